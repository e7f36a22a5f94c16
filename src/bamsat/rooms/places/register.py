# SPDX-License-Identifier: Apache-2.0
"""Attributes that a kind of place describes as data: reading what people typed, and showing what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.numbers import read_number
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.models import Place, PlaceKind
from bamsat.ui import words

# A frame around Viet Nam with Hoàng Sa and Trường Sa: latitude, longitude.
SOUTH, NORTH, WEST, EAST = Decimal("6.5"), Decimal("23.5"), Decimal("102"), Decimal("118")
_YES, _NO = {"co", "x", "1", "yes", "true", "dung"}, {"khong", "0", "no", "false", "sai"}
_LONGEST = 300


class RegisterRefused(BamsatError):
    """Something about a facility cannot be kept as it was typed; `field` says where it stands."""

    def __init__(self, field: str, *, vi: str, en: str) -> None:
        super().__init__(vi=vi, en=en)
        self.field = field


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a kind, as its data says."""

    code: str
    name: str
    type: str
    unit: str
    choices: tuple[str, ...]


def attributes_of(kind: PlaceKind | None) -> list[Attribute]:
    english = (get_language() or "vi").startswith("en")
    return [
        Attribute(
            each["code"], (english and each.get("name_en")) or each["name_vi"], each["type"], each.get("unit", ""),
            tuple(each.get("choices", ())),
        )
        for each in (kind.attributes if kind else [])
    ]  # fmt: skip


def described(place: Place, kind: PlaceKind | None) -> list[tuple[Attribute, str]]:
    """Each attribute that the place has, with its value in words."""
    held = place.attributes or {}
    return [
        (each, shown(each, held[each.code])) for each in attributes_of(kind) if held.get(each.code) not in (None, "")
    ]


def shown(attribute: Attribute, value: Any) -> str:
    """A kept value as people write it: 1.234,5; 05/03/2026; có."""
    if attribute.type == "yes_no":
        return _("có") if value else _("không")
    if attribute.type == "number":
        return words.number(Decimal(str(value)))
    if attribute.type == "date":
        return words.day(date.fromisoformat(str(value)))
    return str(value)


def read_value(attribute: Attribute, typed: str) -> Any:
    """What JSON keeps of a typed value; None where nothing was typed."""
    typed = " ".join(typed.split())
    if not typed:
        return None
    return _READERS[attribute.type](attribute, typed)


def _text(attribute: Attribute, typed: str) -> str:
    if len(typed) > _LONGEST:
        raise RegisterRefused(
            attribute.code,
            vi=f"{attribute.name}: dài {len(typed)} ký tự, tối đa {_LONGEST}. Hãy rút gọn.",
            en=f"{attribute.name}: {len(typed)} characters, at most {_LONGEST}. Shorten it.",
        )
    return typed


def _number(attribute: Attribute, typed: str) -> str:
    """Kept as exact text: JSON numbers would become floats."""
    number = read_number(typed)
    if number is None or number.is_english or abs(number.value) >= Decimal(10) ** 18:
        raise RegisterRefused(
            attribute.code,
            vi=f"{attribute.name}: “{typed}” chưa phải số. Hãy viết như 1.234,5 (chấm ngăn nghìn, phẩy thập phân).",
            en=f"{attribute.name}: “{typed}” is no number. Write it as 1.234,5 (dot for thousands, decimal comma).",
        )
    return f"{number.value:f}"


def _date(attribute: Attribute, typed: str) -> str:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(typed, pattern).date().isoformat()
        except ValueError:
            continue
    raise RegisterRefused(
        attribute.code,
        vi=f"{attribute.name}: “{typed}” chưa phải ngày. Hãy viết như 05/03/2026.",
        en=f"{attribute.name}: “{typed}” is no date. Write it as 05/03/2026.",
    )


def _yes_no(attribute: Attribute, typed: str) -> bool:
    folded = fold(typed)
    if folded not in _YES | _NO:
        raise RegisterRefused(
            attribute.code,
            vi=f"{attribute.name}: “{typed}” chưa rõ. Hãy ghi “có” hoặc “không”.",
            en=f"{attribute.name}: “{typed}” is unclear. Write “có” (yes) or “không” (no).",
        )
    return folded in _YES


def _choice(attribute: Attribute, typed: str) -> str:
    found = next((choice for choice in attribute.choices if fold(choice) == fold(typed)), None)
    if found is None:
        offered = ", ".join(attribute.choices)
        raise RegisterRefused(
            attribute.code,
            vi=f"{attribute.name}: không có lựa chọn “{typed}”. Hãy chọn một trong: {offered}.",
            en=f"{attribute.name}: there is no choice “{typed}”. Choose one of: {offered}.",
        )
    return found


_READERS = {"text": _text, "number": _number, "date": _date, "yes_no": _yes_no, "choice": _choice}


def read_point(latitude: str, longitude: str) -> tuple[Decimal, Decimal] | None:
    """Degrees inside Viet Nam, both or neither; a dot or a comma for decimals."""
    if not latitude.strip() and not longitude.strip():
        return None
    try:
        point = [Decimal(each.strip().replace(",", ".")).quantize(Decimal("0.00001")) for each in (latitude, longitude)]
    except ArithmeticError:
        point = []
    known = len(point) == 2 and all(each.is_finite() for each in point)  # “NaN” is a Decimal, and below nothing
    if known and SOUTH <= point[0] <= NORTH and WEST <= point[1] <= EAST:
        return point[0], point[1]
    raise RegisterRefused(
        "latitude",
        vi=f"Tọa độ “{latitude}; {longitude}” không ở trong Việt Nam. Hãy ghi đủ vĩ độ và kinh độ, như 22,66 và "
        "106,25, hoặc để trống cả hai.",
        en=f"The point “{latitude}; {longitude}” is not in Viet Nam. Write latitude and longitude, such as 22,66 and "
        "106,25, or neither.",
    )

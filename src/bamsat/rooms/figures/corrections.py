# SPDX-License-Identifier: Apache-2.0
"""Correcting what the reader understood: each field is checked, and the answer says what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.figure import HEDGES, MEASURES, STATUSES
from bamsat.core.terms.interval import interval
from bamsat.core.terms.numbers import NUMBER, read_number
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.unit import read_unit
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.families import FAMILIES
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.documents.models import FigureState, ReadFigure, State
from bamsat.rooms.documents.queries import may_judge
from bamsat.rooms.documents.reading import day_of_names, plain
from bamsat.rooms.figures.rechecking import recheck
from bamsat.rooms.places.queries import NotAllowed, place_named

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

PRICE_BASES = ("", "current", "constant:2010", "constant:2020")
FIELDS = (
    "label", "indicator", "segment", "measure", "value", "unit", "of", "status", "hedge", "area", "period", "base",
    "price_basis",
)  # fmt: skip
MOST_DIGITS = 24
_NUMBER_AND_UNIT = re.compile(r"\s*([-−+]?\s*[\d.,]*\d)\s*(.*?)\s*", re.DOTALL)


class CorrectionRefused(BamsatError):
    """A correction with fields that cannot be taken; `fields` says, for each, what is wrong and what is allowed."""

    def __init__(self, *, vi: str, en: str, fields: dict[str, tuple[str, str]] | None = None) -> None:
        super().__init__(vi=vi, en=en)
        self.fields = fields or {}


class TypedNumber(NamedTuple):
    """A number as somebody typed it, in base units, with the interval of its last digit and hedge."""

    value: Decimal
    lower: Decimal
    upper: Decimal
    unit: str


@transaction.atomic
def correct(user: User, read_figure: ReadFigure, **fields: Any) -> ReadFigure:
    """Change what the program understood of a figure; what it read at first stays in `as_read`.

    Fields: see FIELDS. `value` is a Decimal in base units, or as people type it, in `unit` ("5.310", "tỷ đồng"). A
    corrected figure waits to be accepted; its doubt has been looked at and is gone, and if it waited for approval it
    is to be checked again.
    """
    figure = ReadFigure.objects.select_for_update(of=("self",)).select_related("document__place").get(pk=read_figure.pk)
    _ask(user, figure)
    changes = _checked(figure, fields)
    old = {name: getattr(figure, name) for name in changes}
    changes = {name: value for name, value in changes.items() if old[name] != value}
    for name, value in changes.items():
        setattr(figure, name, value)
    figure.inferred = [name for name in figure.inferred if name not in fields]
    figure.corrected = figure.corrected or bool(changes)
    figure.doubt, figure.state = "", FigureState.WAITING
    figure.checked_by = figure.checked_at = figure.checked_place = None
    figure.save()
    if changes:
        audit.record(user, "figures.figure.corrected", figure, old={name: old[name] for name in changes}, new=changes)
        recheck(figure.document, user)
    read_figure.refresh_from_db()
    return read_figure


def typed_number(value: str | Decimal, unit: str, base_unit: str, hedge: str = "") -> TypedNumber:
    """Read "5.310 tỷ đồng", or "5.310" with the unit beside it, into base units.

    >>> typed_number("5.310", "tỷ đồng", "VND").value
    Decimal('5310000000000')
    >>> typed_number("12,5 %", "", "%").unit
    '%'
    """
    if isinstance(value, Decimal):
        return TypedNumber(value, value, value, unit or base_unit)
    found = _NUMBER_AND_UNIT.fullmatch(value)
    number = read_number(found[1].replace(" ", "")) if found else None
    if found is None or number is None:
        raise CorrectionRefused(
            vi=f"Không hiểu số “{value}”. Hãy viết như 1.234,5: dấu chấm ngăn hàng nghìn, "
            "dấu phẩy trước phần thập phân.",
            en=f"Cannot read the number “{value}”. Write it as 1.234,5: points between thousands, "
            "a comma before decimals.",
        )
    code, scale = typed_unit(found[2] or unit or base_unit, base_unit)
    exact = number.value * scale
    if sum(sign.isdigit() for sign in found[1]) > MOST_DIGITS:  # more, and the product above would be rounded
        raise CorrectionRefused(
            vi=f"Số “{found[1]}” có nhiều hơn {MOST_DIGITS} chữ số. Hãy xem lại, hoặc ghi theo đơn vị lớn hơn.",
            en=f"The number “{found[1]}” has more than {MOST_DIGITS} digits. Check it, or use a larger unit.",
        )
    kind = "counted" if code not in ("VND", "USD", "%") and scale == 1 and number.last_place == 0 else "physical"
    lower, upper = interval(exact, found[1].lstrip("-−+ "), scale, hedge or None, kind=kind)  # type: ignore[arg-type]
    return TypedNumber(exact, lower, upper, code)


def typed_unit(text: str, base_unit: str) -> tuple[str, Decimal]:
    """The unit's code and the scale of its words; a code is taken as it stands.

    >>> typed_unit("triệu USD", ""), typed_unit("VND/kg", ""), typed_unit("tỷ", "VND")
    (('USD', Decimal('1000000')), ('VND/kg', Decimal('1')), ('VND', Decimal('1000000000')))
    """
    text = " ".join(text.split())
    found = read_unit(text.lower())
    if text == base_unit or found is None or found.end < len(text):
        return text, Decimal(1)
    return found.code or base_unit, found.scale


def _ask(user: User, figure: ReadFigure) -> None:
    if not may_judge(user, figure.document):
        raise NotAllowed(
            vi="Anh/chị không có quyền sửa số của văn bản này.", en="You may not correct figures of this document."
        )
    if figure.document.state != State.READ:
        raise CorrectionRefused(vi="Văn bản chưa đọc xong.", en="The document has not been read yet.")
    if figure.state in (FigureState.ACCEPTED, FigureState.REJECTED):
        raise CorrectionRefused(
            vi="Số này đã nhận hoặc đã bỏ. Hãy rút bút toán hoặc mở lại rồi sửa.",
            en="This figure was accepted or rejected. Withdraw its entry or reopen it, and then correct it.",
        )


def _checked(figure: ReadFigure, fields: dict[str, Any]) -> dict[str, str]:
    """The columns to write; every field is checked before anything is refused."""
    changes: dict[str, str] = {}
    wrong: dict[str, tuple[str, str]] = {}
    for name, value in fields.items():
        if name in ("value", "unit", "of"):
            continue
        try:
            changes[name] = _check(name, value, figure, fields)
        except BamsatError as trouble:
            wrong[name] = (trouble.vi, trouble.en)
    try:
        changes |= _checked_number(figure, fields)
    except BamsatError as trouble:
        wrong["value"] = (trouble.vi, trouble.en)
    if wrong:
        raise CorrectionRefused(
            vi=" ".join(vi for vi, _ in wrong.values()), en=" ".join(en for _, en in wrong.values()), fields=wrong
        )
    return changes


def _check(name: str, value: Any, figure: ReadFigure, fields: dict[str, Any]) -> str:
    if name not in _CHECKS:
        raise CorrectionRefused(
            vi=f"Không có trường “{name}”. Sửa được: {', '.join(FIELDS)}.",
            en=f"There is no field “{name}”. These can be corrected: {', '.join(FIELDS)}.",
        )
    text = " ".join(str(value or "").split())
    if name == "area":
        return _area(text, figure, fields.get("period") or figure.period)
    return _CHECKS[name](text)


def _checked_number(figure: ReadFigure, fields: dict[str, Any]) -> dict[str, str]:
    if not {"value", "unit", "hedge", "of"} & fields.keys():
        return {}
    hedge = " ".join(str(fields.get("hedge", figure.hedge) or "").split())
    unit, changes = str(fields.get("unit") or ""), {}
    if fields.get("value") not in (None, ""):
        number = typed_number(fields["value"], unit, figure.unit, hedge if hedge in HEDGES else "")
        changes = {
            "value_text": plain(number.value), "lower": plain(number.lower), "upper": plain(number.upper),
            "unit": number.unit[:60],
        }  # fmt: skip
        if number.value != figure.value:
            changes["value_high"] = ""
    else:
        if unit:
            changes["unit"] = _unit_alone(unit, figure)
        if hedge != figure.hedge and hedge in ("", *HEDGES):
            changes |= _rehedged(figure, hedge)
    if "of" in fields:
        changes["of"] = (
            plain(typed_number(fields["of"], "", figure.unit).value) if fields["of"] not in (None, "") else ""
        )
    return changes


def _rehedged(figure: ReadFigure, hedge: str) -> dict[str, str]:
    """The interval of the same words under another hedge; nothing where the number was written in words."""
    found = NUMBER.search(figure.number)
    number = read_number(found[0]) if found else None
    if found is None or number is None or not number.value:
        return {}
    scale = abs(figure.value / number.value)
    lower, upper = interval(figure.value, found[0], scale, hedge or None)
    return {"lower": plain(lower), "upper": plain(upper)}


def _unit_alone(unit: str, figure: ReadFigure) -> str:
    code, scale = typed_unit(unit, figure.unit)
    if scale != 1:
        raise CorrectionRefused(
            vi=f"Đổi đơn vị thành “{unit}” thì hãy ghi lại cả giá trị theo đơn vị đó.",
            en=f"To change the unit to “{unit}”, give the value in that unit too.",
        )
    return code[:60]


# One check a field: the value as it will be stored, or a refusal that says what is allowed.


def _one_of(allowed: tuple[str, ...], what_vi: str, what_en: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text in allowed:
            return text
        listed = ", ".join(each for each in allowed if each)
        raise CorrectionRefused(
            vi=f"{what_vi} “{text}” không có. Chọn một trong: {listed}.",
            en=f"There is no {what_en} “{text}”. Choose one of: {listed}.",
        )

    return check


def _period(text: str) -> str:
    return Period.parse(text).code if text else ""


def _base(text: str) -> str:
    try:
        return Period.parse(text).code if text else ""
    except PeriodUnreadable as trouble:
        raise CorrectionRefused(vi=f"Kỳ so sánh: {trouble.vi}", en=f"Base: {trouble.en}") from trouble


def _indicator(text: str) -> str:
    family, _, subject = text.partition(":")
    if indicator_coded(text) or (family in FAMILIES and subject.strip() and len(text) <= 160):
        return text
    raise CorrectionRefused(
        vi=f"Danh mục chưa có chỉ tiêu “{text}”. Hãy chọn trong danh sách gợi ý, hoặc ghi tên mới kèm nhóm, như "
        f"“product:xi măng” (các nhóm: {', '.join(FAMILIES)}).",
        en=f"The catalogue has no indicator “{text}”. Choose from the list, or write a new name with its family, such "
        f"as “product:xi măng” (families: {', '.join(FAMILIES)}).",
    )


def _area(text: str, figure: ReadFigure, period: Any) -> str:
    try:
        day = day_of_names(_period(str(period or "")), figure.document.dated)
    except BamsatError:
        day = figure.document.dated
    if text and place_named(text, on=day) is None:
        raise CorrectionRefused(
            vi=f"Không tìm thấy địa bàn “{text}”, hoặc có nhiều nơi trùng tên. "
            "Hãy ghi tên tỉnh, huyện hoặc xã như trong danh mục.",
            en=f"No place, or more than one, is called “{text}”. Give the name of a province, district or commune.",
        )
    return text[:200]


def _line(most: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if len(text) > most:
            raise CorrectionRefused(vi=f"Dài quá {most} ký tự.", en=f"Longer than {most} characters.")
        return text

    return check


_CHECKS: dict[str, Callable[[str], str]] = {
    "label": _line(500),
    "segment": _line(300),
    "indicator": _indicator,
    "measure": _one_of(MEASURES, "Loại số", "measure"),
    "status": _one_of(STATUSES, "Tình trạng số", "status"),
    "hedge": _one_of(("", *HEDGES), "Mức dè dặt", "hedge"),
    "price_basis": _one_of(PRICE_BASES, "Giá", "price basis"),
    "period": _period,
    "base": _base,
    "area": str,
}

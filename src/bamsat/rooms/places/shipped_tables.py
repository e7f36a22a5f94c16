# SPDX-License-Identifier: Apache-2.0
"""The tables of administrative units that the product ships (data/places/*.csv), as places that point to each other."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.models import Kind

COUNTRY = "viet-nam"
MERGER_ACT = "Nghị quyết số 202/2025/QH15 của Quốc hội"
HUE_ACT = "Nghị quyết số 175/2024/QH15 của Quốc hội"
COMMUNES_ACT = "Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã năm 2025"


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the shipped tables, with the address it gets."""

    slug: str
    kind: str
    name: str
    code: str
    parent: str
    valid_from: date | None
    valid_to: date | None
    name_en: str = ""
    word: str = ""
    aliases: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    province: str = ""
    earlier_parent: tuple[str, date] | None = None  # another one, until that day

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Step:
    """One unit became another, in whole (share 1) or in a part that nobody stated."""

    old: str
    new: str
    on: date
    share: Decimal | None
    act: str


def country() -> Unit:
    return Unit(COUNTRY, Kind.COUNTRY, "Việt Nam", "", "", None, None, "Viet Nam", aliases=("cả nước", "toàn quốc"))


@cache
def provinces() -> tuple[Unit, ...]:
    rows = list(_rows("provinces.csv"))
    standing = {slug_of(row["name"]) for row in rows if not row["valid_to"]}
    units = []
    for row in rows:
        slug, ended = slug_of(row["name"]), row["valid_to"]
        if ended and slug in standing:
            slug = f"{slug}-den-{ended[:4]}"
        word = "thành phố" if row["kind"] == "city" and not row["name"].startswith("Thành phố") else ""
        units.append(
            Unit(
                slug, Kind.PROVINCE, row["name"], row["code"], COUNTRY, _day(row["valid_from"]), _day(ended),
                row["name_en"], word or ("tỉnh" if row["kind"] == "province" else ""),
                tuple(filter(None, row["aliases"].split("|"))), tuple(filter(None, [row["successor"]])),
                _degrees(row["latitude"]), _degrees(row["longitude"]),
            )
        )  # fmt: skip
    return tuple(units)


@cache
def districts() -> tuple[Unit, ...]:
    return tuple(_below(row, Kind.DISTRICT, "") for row in _rows("districts.csv"))


@cache
def communes() -> tuple[Unit, ...]:
    """Communes of before in their district, those of today in their province."""
    above = {unit.code: unit.slug for unit in districts()}
    rows = _rows("communes.csv")
    return tuple(_below(row, Kind.COMMUNE, above.get(row["district_code"], "")) for row in rows)


def _below(row: dict[str, str], kind: str, parent: str) -> Unit:
    """A district or commune of the province that bore the code on its last day; codes come back, so dates decide."""
    start, end = _day(row["valid_from"]), _day(row["valid_to"])
    last = end - timedelta(days=1) if end else date.max
    bore = [each for each in provinces() if each.code == row["province_code"]]
    province = next(each for each in bore if each.holds_on(last))
    before = [(each.slug, each.valid_to) for each in bore if each.valid_to == province.valid_from and each.valid_to]
    slug = f"{slug_of(row['kind'])}-{slug_of(row['name'])}-{row['code']}"
    return Unit(
        f"{slug}-den-{end.year}" if end else slug, kind, row["name"], row["code"], parent or province.slug, start, end,
        word=row["kind"], successors=tuple(filter(None, row["successors"].split("|"))),
        latitude=_degrees(row["latitude"]), longitude=_degrees(row["longitude"]), province=province.slug,
        earlier_parent=before[0] if before and not parent and start is None else None,
    )  # fmt: skip


def steps(units: Iterable[Unit]) -> list[Step]:
    """What became of each unit that ended; a successor that is not among the units is left out."""
    standing = {(unit.kind, unit.code): unit for unit in units if unit.valid_to is None and unit.code}
    found = []
    for unit in units:
        kind = Kind.PROVINCE if unit.kind == Kind.PROVINCE else Kind.COMMUNE
        share = Decimal(1) if len(unit.successors) == 1 else None
        heirs = [standing[kind, code] for code in unit.successors if (kind, code) in standing]
        found += [Step(unit.slug, heir.slug, unit.valid_to, share, _act(unit, heir)) for heir in heirs if unit.valid_to]
    return found


def _act(old: Unit, new: Unit) -> str:
    if old.kind != Kind.PROVINCE:
        return COMMUNES_ACT
    return HUE_ACT if new.name == "Huế" else MERGER_ACT


def slug_of(text: str) -> str:
    """The words of a name as they stand in an address."""
    return "-".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


@cache
def _rows(table: str) -> tuple[dict[str, str], ...]:
    text = files("bamsat").joinpath("data", "places", table).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _degrees(text: str) -> Decimal | None:
    return Decimal(text).quantize(Decimal("0.00001")) if text else None

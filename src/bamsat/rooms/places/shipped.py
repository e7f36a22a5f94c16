# SPDX-License-Identifier: Apache-2.0
"""Loading the administrative units that the product ships (data/places/*.csv)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction

from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import fold, sort_key
from bamsat.rooms.places.actions import rebuild_ancestors
from bamsat.rooms.places.models import Kind, Place, PlaceKind, PlaceName, PlaceVersion, Succession

COUNTRY = "viet-nam"
MERGER_ACT = "Nghị quyết số 202/2025/QH15 của Quốc hội"
_BATCH = 1000


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
    aliases: tuple[str, ...] = ()
    successor: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@transaction.atomic
def load_places(districts: bool = True, communes: bool = True) -> dict[str, int]:
    """Add the shipped units that are missing; those that are there, and all that an administrator added, stay."""
    provinces = _provinces()
    lower: list[Unit] = []
    if districts:
        lower += _below("districts.csv", Kind.DISTRICT)
    if communes:
        lower += _below("communes.csv", Kind.COMMUNE)
    country = Unit(COUNTRY, Kind.COUNTRY, "Việt Nam", "", "", None, None, "Viet Nam", ("cả nước", "toàn quốc"))
    units = list({unit.slug: unit for unit in (country, *provinces, *lower)}.values())
    load_kinds()
    added = _add(units)
    if added:
        _succeed(provinces)
        rebuild_ancestors()
    return {"places": len(units), "added": added}


def load_kinds() -> int:
    """Bring the kinds of place up to what this version ships; those that an administrator added stay."""
    rows = shipped("place_kinds.yml")
    kinds = [
        PlaceKind(
            code=row["code"], name_vi=row["name"]["vi"], name_en=row["name"]["en"], rank=row["rank"],
            administrative=row.get("administrative", False), shipped=True,
            attributes=[_attribute(each) for each in row.get("attributes", [])],
        )
        for row in rows
    ]  # fmt: skip
    fields = ["name_vi", "name_en", "rank", "administrative", "attributes", "shipped"]
    PlaceKind.objects.bulk_create(kinds, update_conflicts=True, update_fields=fields, unique_fields=["code"])
    return len(kinds)


def _attribute(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"], "name_vi": row["name"]["vi"], "name_en": row["name"]["en"], "type": row["type"],
        "unit": row.get("unit", ""), "choices": row.get("choices", []),
    }  # fmt: skip


@cache
def _provinces() -> tuple[Unit, ...]:
    rows = list(_rows("provinces.csv"))
    standing = {_slug(row["name"]) for row in rows if not row["valid_to"]}
    units = []
    for row in rows:
        slug, ended = _slug(row["name"]), row["valid_to"]
        if ended and slug in standing:
            slug = f"{slug}-den-{ended[:4]}"
        units.append(
            Unit(
                slug, Kind.PROVINCE, row["name"], row["code"], COUNTRY, _day(row["valid_from"]), _day(ended),
                row["name_en"], tuple(filter(None, row["aliases"].split("|"))), row["successor"],
                _degrees(row["latitude"]), _degrees(row["longitude"]),
            )
        )  # fmt: skip
    return tuple(units)


@cache
def _below(table: str, kind: str) -> tuple[Unit, ...]:
    """Districts and communes under the province that bore the code on their day; codes come back, so dates decide."""
    units = []
    for row in _rows(table):
        start, end = _day(row["valid_from"]), _day(row["valid_to"])
        last = date.fromordinal(end.toordinal() - 1) if end else date.max
        above = next((p for p in _provinces() if p.code == row["province_code"] and _holds(p, last)), None)
        if above is None:
            continue
        slug = f"{_slug(row['kind'])}-{_slug(row['name'])}-{row['code']}"
        slug = f"{slug}-den-{end.year}" if end else slug
        units.append(Unit(slug, kind, row["name"], row["code"], above.slug, start, end))
    return tuple(units)


def _holds(unit: Unit, day: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_to is None or day < unit.valid_to)


def _add(units: list[Unit]) -> int:
    there = set(Place.objects.values_list("slug", flat=True))
    new = [unit for unit in units if unit.slug not in there]
    Place.objects.bulk_create(
        [
            Place(
                slug=unit.slug, kind=unit.kind, name=unit.name, name_en=unit.name_en,
                sort_key=sort_key(unit.name)[:400], latitude=unit.latitude, longitude=unit.longitude,
                ended=unit.valid_to,
            )
            for unit in new
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    ids = dict(Place.objects.values_list("slug", "pk"))
    versions = [_version(unit, ids) for unit in new]
    PlaceVersion.objects.bulk_create(versions, batch_size=_BATCH)
    names = [
        PlaceName(version=version, text=alias, folded=fold(alias)[:200])
        for unit, version in zip(new, versions, strict=True)
        for alias in unit.aliases
    ]
    PlaceName.objects.bulk_create(names, batch_size=_BATCH)
    return len(new)


def _version(unit: Unit, ids: dict[str, int]) -> PlaceVersion:
    version = PlaceVersion(
        place_id=ids[unit.slug], name=unit.name, name_en=unit.name_en, code=unit.code,
        parent_id=ids[unit.parent] if unit.parent else None, valid_from=unit.valid_from, valid_to=unit.valid_to,
    )  # fmt: skip
    version.fill_keys()
    return version


def _succeed(provinces: tuple[Unit, ...]) -> None:
    """A province that ended went whole into the one that bears the successor's code from that day."""
    ids = dict(Place.objects.filter(kind=Kind.PROVINCE).values_list("slug", "pk"))
    ended = [(unit, unit.valid_to) for unit in provinces if unit.successor and unit.valid_to]
    Succession.objects.bulk_create(
        [
            Succession(
                old_id=ids[unit.slug], new_id=ids[_heir(unit, day, provinces).slug], on=day, share=Decimal(1),
                act=MERGER_ACT,
            )
            for unit, day in ended
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _heir(unit: Unit, day: date, provinces: tuple[Unit, ...]) -> Unit:
    heirs = (p for p in provinces if p.code == unit.successor and p.slug != unit.slug)
    return next(heir for heir in heirs if _holds(heir, day))


def _rows(table: str) -> Iterable[dict[str, str]]:
    text = files("bamsat").joinpath("data", "places", table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _slug(text: str) -> str:
    return "-".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _degrees(text: str) -> Decimal | None:
    return Decimal(text).quantize(Decimal("0.00001")) if text else None

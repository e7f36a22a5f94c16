# SPDX-License-Identifier: Apache-2.0
"""Loading the administrative units that the product ships; what is there already, and what people added, stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import fold, sort_key
from bamsat.rooms.places import shipped_tables as tables
from bamsat.rooms.places.ancestors import rebuild_ancestors
from bamsat.rooms.places.models import Place, PlaceKind, PlaceName, PlaceVersion, Succession
from bamsat.rooms.places.shipped_tables import Unit

_BATCH = 1000


@transaction.atomic
def load_places(districts: bool = True, communes: bool = True) -> dict[str, int]:
    """Add the shipped units that are missing, and what became of them; the same again changes nothing."""
    wanted = [tables.country(), *tables.provinces()]
    if districts:
        wanted += tables.districts()
    if communes:
        wanted += tables.communes()
    units = list({unit.slug: unit for unit in wanted}.values())
    load_kinds()
    ids = dict(Place.objects.values_list("slug", "pk"))
    new = [unit for unit in units if unit.slug not in ids]
    bare = _bare(units) if len(new) < len(units) else []
    if new:
        ids = _add(new)
    if bare:
        _complete(bare, {unit.slug: unit for unit in units}, ids)
    _succeed(units, ids)
    if new or bare:
        rebuild_ancestors()
    return {"places": len(units), "added": len(new)}


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


def _add(new: Sequence[Unit]) -> dict[str, int]:
    """Places, versions and other names, many at a time; the ids of every place by its address."""
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
    versions = {unit.slug: _version(unit, ids) for unit in new}
    earlier = [version for unit in new if (version := _earlier(unit, ids))]
    PlaceVersion.objects.bulk_create([*versions.values(), *earlier], batch_size=_BATCH)
    names = [
        PlaceName(version=versions[unit.slug], text=alias, folded=fold(alias)[:200])
        for unit in new
        for alias in unit.aliases
    ]
    PlaceName.objects.bulk_create(names, batch_size=_BATCH)
    return ids


def _version(unit: Unit, ids: dict[str, int]) -> PlaceVersion:
    start = unit.earlier_parent[1] if unit.earlier_parent else unit.valid_from
    return _filled(unit, ids[unit.slug], ids.get(unit.parent), start, unit.valid_to)


def _earlier(unit: Unit, ids: dict[str, int]) -> PlaceVersion | None:
    """The version below the province that came before: the districts of Huế were those of Thừa Thiên Huế."""
    if unit.earlier_parent is None:
        return None
    parent, until = unit.earlier_parent
    return _filled(unit, ids[unit.slug], ids[parent], unit.valid_from, until)


def _filled(unit: Unit, place: int, parent: int | None, start: date | None, end: date | None) -> PlaceVersion:
    version = PlaceVersion(
        place_id=place, name=unit.name, name_en=unit.name_en, word=unit.word, code=unit.code, parent_id=parent,
        valid_from=start, valid_to=end,
    )  # fmt: skip
    version.fill_keys()
    return version


def _bare(units: Sequence[Unit]) -> list[PlaceVersion]:
    """Versions that an earlier release loaded with less: no word before the name, no district, no point."""
    with_word = {unit.slug for unit in units if unit.word}
    kinds = {unit.kind for unit in units}
    found = PlaceVersion.objects.filter(word="", place__kind__in=kinds).select_related("place")
    return [version for version in found if version.place.slug in with_word]


def _complete(bare: list[PlaceVersion], units: dict[str, Unit], ids: dict[str, int]) -> None:
    """Bring them up to what is shipped now, except where somebody has put another parent or point since."""
    for version in bare:
        unit, place = units[version.place.slug], version.place
        version.word = unit.word
        if version.parent_id == ids.get(unit.province):
            version.parent_id = ids[unit.parent]
            if unit.earlier_parent and version.valid_from is None:
                version.valid_from = unit.earlier_parent[1]
        if place.latitude is None:
            place.latitude, place.longitude = unit.latitude, unit.longitude
    PlaceVersion.objects.bulk_update(bare, ["word", "parent", "valid_from"], batch_size=_BATCH // 4)
    Place.objects.bulk_update({v.place_id: v.place for v in bare}.values(), ["latitude", "longitude"], batch_size=250)
    started = {version.place.slug for version in bare if version.valid_from}
    earlier = [before for slug in started if (before := _earlier(units[slug], ids))]
    PlaceVersion.objects.bulk_create(earlier, ignore_conflicts=True)


def _succeed(units: Sequence[Unit], ids: dict[str, int]) -> None:
    there = set(Succession.objects.filter(change=None).values_list("old_id", "new_id", "on"))
    missing = [
        Succession(old_id=ids[step.old], new_id=ids[step.new], on=step.on, share=step.share, act=step.act)
        for step in tables.steps(units)
        if (ids[step.old], ids[step.new], step.on) not in there
    ]
    Succession.objects.bulk_create(missing, batch_size=_BATCH)

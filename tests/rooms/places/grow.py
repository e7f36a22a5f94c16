# SPDX-License-Identifier: Apache-2.0
"""A small tree of its own for tests of changes: one province with three communes and a market, and its neighbour."""

from __future__ import annotations

from datetime import date

from bamsat.rooms.places.ancestors import renew_ancestors
from bamsat.rooms.places.changes import Begin, Change
from bamsat.rooms.places.models import ChangeKind, Place, PlaceVersion

START, DAY = date(2020, 1, 1), date(2026, 1, 1)
ACT = "Nghị quyết số 01/NQ-UBTVQH16"


def grown(slug: str, kind: str, parent: Place | None, name: str = "", code: str = "", word: str = "") -> Place:
    """A place that stands since 2020."""
    told = name or slug.replace("-", " ").capitalize()
    place = Place.objects.create(slug=slug, kind=kind, name=told)
    PlaceVersion.objects.create(place=place, name=told, code=code, word=word, parent=parent, valid_from=START)
    place.take_name_from_versions()
    renew_ancestors([place.pk])
    return place


def tree() -> dict[str, Place]:
    """Places by their addresses: tinh-a holds xa-mot, xa-hai, xa-ba; tinh-b holds xa-bon; cho-mot stands in xa-mot."""
    made = {"tinh-a": grown("tinh-a", "province", None), "tinh-b": grown("tinh-b", "province", None)}
    for slug, above, code in (
        ("mot", "a", "90001"),
        ("hai", "a", "90002"),
        ("ba", "a", "90003"),
        ("bon", "b", "90004"),
    ):
        made[f"xa-{slug}"] = grown(f"xa-{slug}", "commune", made[f"tinh-{above}"], slug.capitalize(), code, "xã")
    made["cho-mot"] = grown("cho-mot", "market", made["xa-mot"], "Chợ Một")
    return made


def merge(*places: Place, name: str = "Hợp Nhất", into: Place | None = None, on: date = DAY, code: str = "") -> Change:
    begins = () if into else (Begin(name, code=code, word="xã"),)
    return Change(
        ChangeKind.MERGE, on, ACT, tuple(place.pk for place in places), begins=begins, into=into.pk if into else None
    )


def version_on(place: Place, day: date) -> PlaceVersion | None:
    return next((each for each in PlaceVersion.objects.filter(place=place) if each.holds_on(day)), None)

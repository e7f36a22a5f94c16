# SPDX-License-Identifier: Apache-2.0
"""What a place was made of and what it became, through every change, with the days; and what restating needs of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone

from bamsat.core.ledger.succession import Step
from bamsat.rooms.places.models import Place, PlaceVersion, Succession
from bamsat.rooms.places.previewing import percent

_ASKED = 500
_LINE = """
WITH RECURSIVE line(id) AS (
    SELECT id FROM places_place WHERE id IN ({ids})
    UNION SELECT CASE WHEN step.old_id = line.id THEN step.new_id ELSE step.old_id END
    FROM line JOIN places_succession step ON step.old_id = line.id OR step.new_id = line.id
) SELECT {columns} FROM places_succession WHERE old_id IN (SELECT id FROM line)
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One step away from a place, through time: who became whom, when, with which part, by which act."""

    old: Place
    new: Place
    on: date
    share: Decimal | None
    act: str
    change: str | None  # where to read about it, if it was entered on a page

    @property
    def percent(self) -> str:
        return percent(self.share)


def continued_by(place: Place) -> list[Part]:
    """What became of the place, and of what that became, the earliest first."""
    return _walk(place, "old_id", "new_id", lambda known, on: on > known)


def made_of(place: Place) -> list[Part]:
    """What the place was made of, and what that was made of, the latest first."""
    return _walk(place, "new_id", "old_id", lambda known, on: on < known, latest_first=True)


def succession_edges(places: Iterable[int]) -> list[Succession]:
    """Every succession that touches a line of places, back and forth: what restating their figures needs."""
    found = {step.pk: step for ids in _some(set(places)) for step in _line(ids)}
    return sorted(found.values(), key=lambda step: (step.on, step.pk))


def _line(places: list[int]) -> Iterable[Succession]:
    """The successions of these places and of all that succession leads to from them, either way, in one question to the
    database."""
    if not places:
        return ()
    columns = ", ".join(f'places_succession."{field.column}"' for field in Succession._meta.concrete_fields)
    return Succession.objects.raw(_LINE.format(ids=", ".join(["%s"] * len(places)), columns=columns), places)


def put_together_on(place: Place) -> date | None:
    """The last day by now on which a place that stands took in others; None where it never did."""
    if place.ended is not None:
        return None
    joined = Succession.objects.filter(new=place, on__lte=timezone.localdate()).exclude(old=place)
    last: date | None = joined.aggregate(last=Max("on"))["last"]
    return last


def steps_for(*places: int) -> list[Step]:
    """The same as the ledger's steps, by ids of places: with `since`, all that restating needs to know of places."""
    return [Step(edge.old_id, edge.new_id, edge.on, edge.share, edge.act) for edge in succession_edges(places)]


def since(steps: Iterable[Step], *places: int) -> dict[int, date | None]:
    """When each place of the steps, and each of these, came to be; nothing where nobody knows a beginning."""
    wanted = {*places, *(int(str(place)) for step in steps for place in (step.old, step.new))}
    found: dict[int, date | None] = {}
    for ids in _some(wanted):
        for place, start in PlaceVersion.objects.filter(place__in=ids).values_list("place_id", "valid_from"):
            first = found.get(place, date.max)
            found[place] = None if start is None or first is None else min(start, first)
    return found


def names_of(places: Iterable[int]) -> dict[int, tuple[str, str]]:
    """What places are called, in Vietnamese and in English, for sentences about them."""
    rows = (row for ids in _some(set(places)) for row in Place.objects.filter(pk__in=ids))
    return {place.pk: (place.name, place.name_en or place.name) for place in rows}


def _walk(
    place: Place, come_from: str, go_to: str, follows: Callable[[date, date], bool], latest_first: bool = False
) -> list[Part]:
    """Along successions, later and later or earlier and earlier; a place that went on with a part leads to itself only
    on the day."""
    limits: dict[int, list[date | None]] = {place.pk: [None]}
    edge, found = {place.pk}, {}
    while edge:
        steps = Succession.objects.filter(**{f"{come_from}__in": edge}).select_related("old", "new", "change")
        reached: dict[int, list[date | None]] = defaultdict(list)
        for step in steps:
            start, end = getattr(step, come_from), getattr(step, go_to)
            allowed = any(known is None or follows(known, step.on) for known in limits[start])
            if allowed and step.pk not in found:
                found[step.pk] = step
                if end != start:
                    reached[end].append(step.on)
        for pk, days in reached.items():
            limits.setdefault(pk, []).extend(days)
        edge = set(reached)
    ordered = sorted(found.values(), key=lambda step: (step.old.sort_key, step.pk))
    ordered.sort(key=lambda step: step.on, reverse=latest_first)
    return [
        Part(step.old, step.new, step.on, step.share, step.act, str(step.change.uuid) if step.change else None)
        for step in ordered
    ]


def _some(ids: Iterable[int]) -> Iterable[list[int]]:
    listed = sorted(ids)
    return (listed[at : at + _ASKED] for at in range(0, len(listed), _ASKED))

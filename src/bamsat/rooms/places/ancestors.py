# SPDX-License-Identifier: Apache-2.0
"""The table of ancestors: every place above a place, with its days, so that rights and totals need one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from bamsat.rooms.places.models import Ancestor, PlaceVersion

# A parent of a place and the days on which it is that: from, to (the day after the last).
Link = tuple[int, date | None, date | None]
_BATCH = 2000
_ASKED = 500  # ids in one question; SQLite takes no unlimited list


@transaction.atomic
def rebuild_ancestors() -> int:
    """Write the whole table anew from the versions; how many rows it has then."""
    parents = _links(PlaceVersion.objects.exclude(parent=None).values_list(*_FIELDS))
    rows = _rows(parents, parents)
    Ancestor.objects.all().delete()
    Ancestor.objects.bulk_create(rows, batch_size=_BATCH)
    return len(rows)


@transaction.atomic
def renew_ancestors(changed: Iterable[int]) -> int:
    """Bring the table up to the versions for these places and all that ever stood below them, and nothing else."""
    touched = _closed(changed, "parent_id", "place_id")
    around = _closed(touched, "place_id", "parent_id")
    parents = _links(
        row
        for ids in _chunks(around)
        for row in PlaceVersion.objects.filter(place__in=ids).exclude(parent=None).values_list(*_FIELDS)
    )
    rows = _rows(touched, parents)
    for ids in _chunks(touched):
        Ancestor.objects.filter(place__in=ids).delete()
    Ancestor.objects.bulk_create(rows, batch_size=_BATCH)
    return len(rows)


_FIELDS = ("place_id", "parent_id", "valid_from", "valid_to")


def _links(rows: Iterable[tuple[int, int, date | None, date | None]]) -> dict[int, list[Link]]:
    parents: dict[int, list[Link]] = defaultdict(list)
    for place, parent, start, end in rows:
        parents[place].append((parent, start, end))
    return parents


def _rows(places: Iterable[int], parents: Mapping[int, list[Link]]) -> list[Ancestor]:
    return [
        Ancestor(place_id=place, ancestor_id=above, valid_from=start, valid_to=end)
        for place in places
        for above, start, end in _above(place, None, None, parents, frozenset({place}))
    ]


def _above(
    place: int, start: date | None, end: date | None, parents: Mapping[int, list[Link]], seen: frozenset[int]
) -> list[Link]:
    """Each place above, with the days on which both it and the way up to it held."""
    found: list[Link] = []
    for above, valid_from, valid_to in parents.get(place, []):
        first = max((day for day in (start, valid_from) if day), default=None)
        last = min((day for day in (end, valid_to) if day), default=None)
        if above in seen or (first and last and first >= last):
            continue
        found.append((above, first, last))
        found += _above(above, first, last, parents, seen | {above})
    return found


def _closed(ids: Iterable[int], come_from: str, go_to: str) -> set[int]:
    """The places, and all that parents lead to from them, at any time."""
    reached = set(ids)
    edge = set(reached)
    while edge:
        found: set[int] = set()
        for chunk in _chunks(edge):
            steps = PlaceVersion.objects.filter(**{f"{come_from}__in": chunk}).exclude(parent=None)
            found |= set(steps.values_list(go_to, flat=True))
        edge = found - reached
        reached |= edge
    return reached


def _chunks(ids: Iterable[int]) -> Iterable[Sequence[int]]:
    listed = sorted(ids)
    return (listed[at : at + _ASKED] for at in range(0, len(listed), _ASKED))

# SPDX-License-Identifier: Apache-2.0
"""Which place each place's figures belong to on the boundaries of one day, month by month, for joins on data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bamsat.core.ledger.boundaries import Boundaries
from bamsat.core.ledger.outcomes import Refusal
from bamsat.core.ledger.succession import Step
from bamsat.rooms.places.territory import since, steps_for

FIRST, LAST = 0, 9999 * 12 + 11  # of all months that there are
_ABSENT = ("gone", "not_yet")


@dataclass(frozen=True, slots=True)
class Belongs:
    """`share` of `of` parts of a place belong to `to`, in figures of these months; no share where nobody stated one."""

    place: int
    first_month: int
    last_month: int
    to: int
    share: int | None
    of: int | None


def belonging(places: Iterable[int], on: date) -> list[Belongs]:
    """All that these places, and those they share a change of boundaries with, belong to on that day.

    A place that never changed belongs to itself in every month. A figure stands on the boundaries of the last day of
    its period; what changes after the day `on` is left as it is.
    """
    wanted = sorted(set(places))
    steps = [step for step in steps_for(*wanted) if step.on <= on]
    changed = {_id(place) for step in steps for place in (step.old, step.new)}
    found = [Belongs(place, FIRST, LAST, place, 1, 1) for place in wanted if place not in changed]
    if steps:
        found += _restated(steps, sorted(changed), on)
    return sorted(found, key=lambda each: (each.place, each.first_month, each.to))


def _restated(steps: list[Step], places: list[int], on: date) -> Iterator[Belongs]:
    boundaries = Boundaries(steps, since=dict(since(steps).items()))
    days = sorted({step.on for step in steps})
    standing = [place for place in places if not _is_absent(boundaries, place, on)]
    held: dict[tuple[int, int], list[Belongs]] = defaultdict(list)
    for first, last, day in _spans(days):
        for target in standing:
            for place, share, of in _parts(boundaries, steps, target, day, on):
                _prolong(held[place, target], Belongs(place, first, last, target, share, of))
    for each in held.values():
        yield from each


def _spans(days: list[date]) -> Iterator[tuple[int, int, date]]:
    """Months whose last day lies between two changes: first, last, and a day whose boundaries they stand on."""
    starts = [FIRST, *(_month(day) for day in days)]
    for at, first in enumerate(starts):
        last = starts[at + 1] - 1 if at + 1 < len(starts) else LAST
        if last >= first:  # of several changes in a month the last one counts
            yield first, last, days[at - 1] if at else days[0] - timedelta(days=1)


def _parts(
    boundaries: Boundaries, steps: list[Step], target: int, day: date, on: date
) -> list[tuple[int, int | None, int | None]]:
    there = boundaries.territory(target, on=on, as_of=day)
    if not isinstance(there, Refusal):
        return [(_id(part.place), part.share.numerator, part.share.denominator) for part in there]
    return [(place, None, None) for place in sorted(_led_here(steps, target, day))]


def _led_here(steps: list[Step], target: int, day: date) -> set[int]:
    """The places of a day of which some part, nobody knows how much, came to the target."""
    found, left = {target}, sorted((step for step in steps if step.on > day), key=lambda step: step.on, reverse=True)
    for on in dict.fromkeys(step.on for step in left):
        today = [step for step in left if step.on == on]
        begun = {_id(step.new) for step in today} - {_id(step.old) for step in today}
        found = {_id(step.old) for step in today if _id(step.new) in found} | (found - begun)
    return found


def _prolong(held: list[Belongs], new: Belongs) -> None:
    """Two spans that follow each other with the same share are one."""
    last = held[-1] if held else None
    if last and last.last_month + 1 == new.first_month and (last.share, last.of) == (new.share, new.of):
        held[-1] = Belongs(new.place, last.first_month, new.last_month, new.to, new.share, new.of)
    else:
        held.append(new)


def _is_absent(boundaries: Boundaries, place: int, on: date) -> bool:
    there = boundaries.territory(place, on=on, as_of=on)
    return isinstance(there, Refusal) and there.why in _ABSENT


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _id(place: object) -> int:
    return int(str(place))

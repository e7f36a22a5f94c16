# SPDX-License-Identifier: Apache-2.0
"""The boundaries of a place over time: what it was made of, what became of it, and the days that matter to it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from bamsat.core.ledger.boundaries import Boundaries
from bamsat.core.ledger.outcomes import Refusal
from bamsat.core.ledger.succession import Step
from bamsat.core.terms.period import Period
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.territory import since, steps_for


@dataclass(frozen=True, slots=True)
class Ending:
    """When a place ended, and where it went."""

    on: date
    into: tuple[Place, ...]
    act: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A place with all places that it shares a change of boundaries with."""

    place: Place
    places: dict[int, Place]
    steps: tuple[Step, ...]
    boundaries: Boundaries

    @property
    def others(self) -> list[int]:
        return [pk for pk in self.places if pk != self.place.pk]

    def days(self) -> list[date]:
        """The days from which its boundaries were new, the latest first; none where it never changed."""
        days = sorted({step.on for step in self.steps}, reverse=True)
        return [day for day in days if self._is_new_on(day)]

    def _is_new_on(self, day: date) -> bool:
        eve = date.fromordinal(day.toordinal() - 1)
        there = self.boundaries.territory(self.place.pk, on=day, as_of=day)
        return not isinstance(there, Refusal) and self.boundaries.changed(self.place.pk, as_of=eve, on=day)

    def changed(self, period: Period, on: date) -> bool:
        """Whether figures of a period are on other boundaries than those of a day."""
        return bool(self.steps) and self.boundaries.changed(self.place.pk, as_of=end_of(period), on=on)

    def ending(self) -> Ending | None:
        """What became of the place, if it is no more."""
        if self.place.ended is None:
            return None
        left = [step for step in self.steps if step.old == self.place.pk and step.on == self.place.ended]
        into = tuple(self.places[int(str(step.new))] for step in left)
        return Ending(self.place.ended, into, next((step.act for step in left if step.act), "")) if left else None


def end_of(period: Period) -> date:
    """The last day of a period: figures stand on the boundaries of that day."""
    year, month = divmod(period.last, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def ground_of(place: Place) -> Ground:
    """Two queries where nothing ever changed, four where something did."""
    steps = tuple(steps_for(place.pk))
    if not steps:
        return Ground(place, {place.pk: place}, (), Boundaries(()))
    begun: dict[Hashable, date | None] = dict(since(steps, place.pk).items())
    places = Place.objects.in_bulk([int(str(pk)) for pk in begun])

    def names(each: Hashable) -> tuple[str, str]:
        named = places.get(int(str(each)))
        return (named.name, named.name_en or named.name) if named else (str(each), str(each))

    return Ground(place, {**places, place.pk: place}, steps, Boundaries(steps, names, begun))

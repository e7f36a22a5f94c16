# SPDX-License-Identifier: Apache-2.0
"""The months of a year added up for the rows of a scoreboard, this year and the years before, in one query.

It says the same as core/compare's expression `years`, which a test holds it to. A page has few series: adding their
months up here takes half the time of that statement, and nothing has to be compiled before the first page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.compared import observations
from bamsat.rooms.figures.comparison import KINDS_DONE, Heard, Shelf, Summed, earlier_first
from bamsat.rooms.figures.models import EntryKind, Measure, Series
from bamsat.rooms.figures.restated import RestatedShelf
from bamsat.rooms.scoreboard.year_end import LEVELS

HISTORY = 5  # years before that say how a year usually runs
Key = tuple[int, int, str]  # indicator, place, price basis
Span = tuple[int, int]  # first and last month
_PARTS = ("series", "first_month", "last_month", "kind", "vintage", "value", "lower", "upper")


@dataclass(frozen=True, slots=True)
class Sum:
    """One series in one year: done from January to the month, done in all, and which months are there (as bits)."""

    series: Series
    to_date: Summed | None
    total: Summed | None
    present: int
    months: tuple[Heard | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of every series of levels, by year."""

    year: int
    month: int
    of: Mapping[Key, Mapping[int, Sequence[Sum]]]

    def give(self, shelf: Shelf, place: int) -> int:
        """Let a shelf answer for sums of its months; says which months of this year are there, as bits."""
        if isinstance(shelf, RestatedShelf):
            for pk, part in shelf.parts.items():
                self._give(part, pk)
            present = self._give(shelf, place)
            return self._joined(shelf) or present
        return self._give(shelf, place)

    def _joined(self, shelf: RestatedShelf) -> int:
        """A year inside which the place was put together: the months before from what it was made of, then its own."""
        so_far = Period(self.year * 12, self.year * 12 + self.month - 1)
        if shelf.indicator.adds_up != AddsUp.FLOW or shelf.level(so_far):
            return 0
        for pk in shelf.ground.places:
            for one in self.of.get((shelf.indicator.pk, pk, shelf.price_basis), {}).get(self.year, ()):
                part = shelf.part(pk)
                part.unit = part.unit or one.series.unit
                for at, told in enumerate(one.months):
                    if told and part.unit == one.series.unit:
                        month = Period(so_far.first + at, so_far.first + at)
                        part.add_up(month, Summed.of([told], one.series))
                        if pk == shelf.ground.place.pk:
                            shelf.unit = shelf.unit or one.series.unit
                            shelf.add_up(month, Summed.of([told], one.series))
        months = [shelf.level(Period(at, at)) for at in range(so_far.first, so_far.last + 1)]
        found = [month for month in months if month]
        if len(found) == self.month and len({month.unit for month in found}) == 1:
            shelf.join(so_far, found)
        return sum(1 << at for at, month in enumerate(months) if month)

    def _give(self, shelf: Shelf, place: int) -> int:
        present = 0
        for year, found in self.of.get((shelf.indicator.pk, place, shelf.price_basis), {}).items():
            alike = [one for one in found if one.series.unit == shelf.unit]
            if len(alike) > 1:
                alike.sort(key=lambda one: shelf.heard(one.series.provider))
            for period, told in (
                (Period(year * 12, year * 12 + self.month - 1), [one.to_date for one in alike]),
                (Period(year * 12, year * 12 + 11), [one.total for one in alike]),
            ):
                if best := next((one for one in told if one), None):
                    shelf.add_up(period, best)
            if year == self.year and alike:
                present = max(alike, key=lambda one: (one.to_date is not None, one.present.bit_count())).present
        return present

    def present(self, shelf: Shelf, place: int, year: int) -> int:
        """Which months of a year are there, as bits; those of the series that has most of them."""
        found = self.of.get((shelf.indicator.pk, place, shelf.price_basis), {}).get(year, ())
        return max((one.present for one in found if one.series.unit == shelf.unit), key=int.bit_count, default=0)

    def told_now(self) -> list[Series]:
        """The series that have anything of this year."""
        return [one.series for by_year in self.of.values() for one in by_year.get(self.year, ())]

    def run(self, shelf: Shelf, place: int) -> tuple[float, ...]:
        """The levels of the latest months of what does not add up, back to the first that lacks."""
        if shelf.indicator.adds_up not in LEVELS or isinstance(shelf, RestatedShelf):
            return ()
        told = self.of.get((shelf.indicator.pk, place, shelf.price_basis), {})
        now = [one for one in told.get(self.year, ()) if one.series.unit == shelf.unit]
        if not now:
            return ()
        series = min(now, key=lambda one: shelf.heard(one.series.provider)).series
        by_year = {year: one.months for year, found in told.items() for one in found if one.series is series}
        run: list[float] = []
        for at in range(self.year * 12 + self.month - 1, (self.year - HISTORY) * 12 - 1, -1):
            level = by_year[at // 12][at % 12] if at // 12 in by_year else None
            if level is None:
                break
            run.append(float(level[2]) / 10.0**series.scale)
        return tuple(reversed(run))

    def without_shelf(self, shelves: Iterable[Shelf], heard: Mapping[int, Sequence[str]]) -> list[Shelf]:
        """Shelves for what has months of this year, and no entry of the periods that a page asks for."""
        have = {(shelf.indicator.pk, shelf.price_basis): shelf for shelf in shelves}
        made = []
        for (indicator, _place, basis), found in self.of.items():
            told = found.get(self.year, ())
            if not told:
                continue
            shelf = have.get((indicator, basis))
            if shelf is None:
                shelf = have[indicator, basis] = Shelf(told[0].series.indicator, basis, (), heard.get(indicator, ()))
                made.append(shelf)
            shelf.unit = shelf.unit or told[0].series.unit
        return made


def sums_of(series: Sequence[Series], year: int, month: int, known: datetime | None) -> Sums:
    """One query, however many series there are."""
    levels = {one.pk: one for one in series if one.measure == Measure.LEVEL}
    made: dict[Key, dict[int, list[Sum]]] = defaultdict(lambda: defaultdict(list))
    for pk, spans in _told(levels, _codes(year, month), known).items():
        one = levels[pk]
        for each in sorted({last // 12 for _first, last in spans}):
            made[one.indicator_id, one.place_id, one.price_basis][each].append(_sum(one, each, month, spans))
    return Sums(year, month, made)


def _told(levels: Iterable[int], codes: Sequence[str], known: datetime | None) -> dict[int, dict[Span, Heard]]:
    """The figure that stands for each series and period: actual before estimate, official before preliminary."""
    asked = observations(Series.objects.filter(pk__in=list(levels)), known, _PARTS)
    found: dict[int, dict[Span, Heard]] = defaultdict(dict)
    rows = asked.filter(period__in=codes, kind__in=KINDS_DONE, base="")
    for series, first, last, kind, vintage, value, low, high in rows:
        rank = earlier_first(kind, vintage)
        there = found[series].get((first, last))
        if there is None or rank < there[0]:
            found[series][first, last] = (rank, kind, value, low, high)
    return found


def _sum(one: Series, year: int, month: int, spans: Mapping[Span, Heard]) -> Sum:
    first, adds_up = year * 12, one.indicator.adds_up
    months = [spans.get((at, at)) for at in range(first, first + 12)]
    present = sum(1 << at for at, told in enumerate(months) if told)
    made: list[Summed | None] = []
    for length in (month, 12):
        part = [told for told in months[:length] if told]
        if stated := spans.get((first, first + length - 1)):
            made.append(Summed.of([stated], one))
        elif adds_up == AddsUp.FLOW and len(part) == length:
            estimated = sum(told[1] == EntryKind.ESTIMATE for told in part)
            made.append(Summed.of(part, one, months=length, estimated=estimated))
        else:
            last = months[length - 1]
            made.append(Summed.of([last], one) if adds_up == AddsUp.STOCK and last else None)
    return Sum(one, made[0], made[1], present, tuple(months))


def _codes(year: int, month: int) -> list[str]:
    """The months of these years, the years themselves, and what is stated for the part."""
    spans = range(year - HISTORY, year + 1)
    whole = [code for each in spans for code in (Period.year(each).code, Period.months(each, 1, month).code)]
    return list(dict.fromkeys([*whole, *(Period.month(each, at).code for each in spans for at in range(1, 13))]))

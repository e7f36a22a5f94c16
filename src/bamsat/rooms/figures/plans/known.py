# SPDX-License-Identifier: Apache-2.0
"""What was done, beside what is planned: last year's level, growth and level so far, as the ledger has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser

from bamsat.core.compare import arithmetic
from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import AddsUp, Provider
from bamsat.rooms.figures.models import Entry, EntryKind, Latest, Measure, Series, Vintage
from bamsat.rooms.figures.plans.queries import period_of
from bamsat.rooms.figures.scopes import series_of

_KINDS = {EntryKind.ACTUAL: 0, EntryKind.ESTIMATE: 1}
_VINTAGES = {Vintage.OFFICIAL: 0, Vintage.PRELIMINARY: 1, Vintage.ESTIMATE: 2}
Cell = tuple[int, int, str]  # indicator, place, segment


@dataclass(frozen=True, slots=True)
class Done:
    """A level that was reached in a period, and the entries that say so."""

    number: Bounded
    period: Period
    entries: tuple[Entry, ...]
    summed: bool = False

    @property
    def estimated(self) -> bool:
        return any(entry.kind == EntryKind.ESTIMATE for entry in self.entries)


def cell_of(series: Series) -> Cell:
    return (series.indicator_id, series.place_id, series.segment)


class Known:
    """Levels and growths of some indicators and places, asked for by period; one query for all of them."""

    def __init__(
        self, user: User | AnonymousUser, indicators: Iterable[int], places: Iterable[int], first: int, last: int
    ) -> None:
        rows = Latest.objects.filter(
            series__in=series_of(user).filter(indicator__in=set(indicators), place__in=set(places)).values("pk"),
            series__measure__in=(Measure.LEVEL, Measure.GROWTH), kind__in=tuple(_KINDS),
            entry__first_month__gte=first - 12, entry__last_month__lte=last,
        ).select_related("entry", "series")  # fmt: skip
        order = dict(Provider.objects.values_list("code", "order"))
        self._found: dict[tuple[Cell, str], list[Entry]] = defaultdict(list)
        for row in rows:
            row.entry.series = row.series
            self._found[cell_of(row.series), row.series.measure].append(row.entry)
        for entries in self._found.values():
            entries.sort(key=lambda e: (*_rank(e), order.get(e.series.provider, 1000), -e.pk))

    def level(self, of: Series, period: Period, cell: Cell | None = None) -> Done | None:
        """The level of exactly this period: actual before estimate, official before preliminary."""
        found = next((e for e in self._levels(of, cell) if period_of(e) == period), None)
        return Done(_bounded(found), period, (found,)) if found else None

    def growth(self, of: Series, period: Period) -> Done | None:
        """The growth of this period against the year before, as stated."""
        before = period.shift_years(-1).code
        stated = self._found.get((cell_of(of), Measure.GROWTH), ())
        found = next((e for e in stated if period_of(e) == period and e.base in ("", before)), None)
        return Done(_bounded(found), period, (found,)) if found else None

    def so_far(self, of: Series, period: Period, adds_up: str) -> Done | None:
        """How far a period has come: its level, or that of its longest part from its start; months are summed."""
        levels = self._levels(of)
        started = [e for e in levels if e.first_month == period.first and e.last_month <= period.last]
        if adds_up == AddsUp.STOCK:
            started = [e for e in levels if period.first <= e.first_month and e.last_month <= period.last]
        best = max(started, key=lambda e: e.last_month, default=None)
        stated = Done(_bounded(best), period_of(best), (best,)) if best else None
        if adds_up != AddsUp.FLOW:
            return stated
        months = self._months(levels, period)
        if months and (stated is None or months.period.last > stated.period.last):
            return months
        return stated

    def _months(self, levels: list[Entry], period: Period) -> Done | None:
        by_month: dict[int, Entry] = {}
        for entry in levels:
            if entry.first_month == entry.last_month:
                by_month.setdefault(entry.first_month, entry)
        run: list[Entry] = []
        while period.first + len(run) <= period.last and (found := by_month.get(period.first + len(run))):
            run.append(found)
        if len(run) < 2:
            return None
        parts = [_bounded(entry) for entry in run]
        total = Bounded(*(sum((getattr(p, edge) for p in parts), Decimal(0)) for edge in ("value", "low", "high")))
        return Done(total, Period(period.first, period.first + len(run) - 1), tuple(run), summed=True)

    def _levels(self, of: Series, cell: Cell | None = None) -> list[Entry]:
        """Levels in the same unit; where the plan names a price basis, in that one alone."""
        found = self._found.get((cell or cell_of(of), Measure.LEVEL), [])
        unit = of.unit if of.measure == Measure.LEVEL else ""
        return [
            e
            for e in found
            if (not unit or e.series.unit == unit)
            and (not of.price_basis or e.series.price_basis in ("", of.price_basis))
        ]


def implied_level(before: Bounded, growth: Bounded) -> Bounded:
    """The level that a growth on last year's level comes to.

    >>> implied_level(Bounded.exactly(Decimal(200)), Bounded.exactly(Decimal(10))).value
    Decimal('220.0')
    """
    times = [1 + part / 100 for part in (growth.value, growth.low, growth.high)]
    corners = [side * factor for side in (before.low, before.high) for factor in times[1:]]
    return Bounded(before.value * times[0], min(corners), max(corners))


def implied_growth(level: Bounded, before: Bounded) -> Bounded | None:
    return arithmetic.growth(level, before)


def _rank(entry: Entry) -> tuple[int, int]:
    return _KINDS[EntryKind(entry.kind)], _VINTAGES[Vintage(entry.vintage)]


def _bounded(entry: Entry) -> Bounded:
    return Bounded(entry.amount, entry.low, entry.high)

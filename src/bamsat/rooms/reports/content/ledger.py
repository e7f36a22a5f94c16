# SPDX-License-Identifier: Apache-2.0
"""What the ledger has for a report: a shelf an indicator and price basis, as the scoreboard takes them, and the entries
behind every sum of months. A fixed number of queries, however many indicators there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from bamsat.core.report.facts import Fact
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.figures.compared import observations
from bamsat.rooms.figures.comparison import KINDS_DONE, Shelf, earlier_first
from bamsat.rooms.figures.models import EntryKind, Latest, Measure, Series
from bamsat.rooms.figures.queries import standing, told_by
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.scoreboard.progress import Span, lacking_in, span_of
from bamsat.rooms.scoreboard.rows import shelves_of
from bamsat.rooms.scoreboard.why.months import sums

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

Key = tuple[int, str, str]  # indicator, breakdown, price basis

_SAYING = {"growth": (Measure.INDEX,)}  # in which other measures the same can be said
_HUNDRED = 100
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Level:
    """What a month came to, and its entry."""

    uuid: UUID
    kind: str
    value: Decimal
    low: Decimal
    high: Decimal


Months = Mapping[tuple[str, int], Level]  # by provider and month


@dataclass(frozen=True, slots=True)
class ReportSpan(Span):
    """The span of a scoreboard, with the period before and the one after, whose targets a report tells."""

    after: Period | None = None

    @property
    def years(self) -> tuple[Period, ...]:
        """The years of a report on several, and the one before them, which the first is held against."""
        if self.asked.length <= _YEAR:
            return ()
        return tuple(Period.year(year) for year in range(self.asked.start_year - 1, self.asked.end_year + 1))

    def codes(self) -> list[str]:
        more = [self.asked.before().code, *([self.after.code] if self.after else [])]
        more += [year.code for year in self.years]
        return list(dict.fromkeys([*Span.codes(self), *more]))


@dataclass(frozen=True, slots=True)
class Held:
    """A shelf, the months of the year so far that nobody reported, so that nothing was added up, and the entry of each
    month behind its sums."""

    shelf: Shelf
    lacking: tuple[Period, ...] = ()
    months: Months = field(default_factory=dict)

    @property
    def indicator(self) -> Indicator:
        return self.shelf.indicator

    def behind(self, period: Period, provider: str) -> tuple[UUID, ...]:
        """The entries of the months that a level is the sum of; of a stock, that of its last month."""
        first = period.last if self.indicator.adds_up == AddsUp.STOCK else period.first
        keys = ((provider, at) for at in range(first, period.last + 1))
        return tuple(self.months[key].uuid for key in keys if key in self.months)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of a place around a period."""

    place: Place
    span: ReportSpan
    held: tuple[Held, ...]
    series: tuple[Series, ...]
    known: datetime | None

    def confirmed(self, held: Held, fact: Fact) -> tuple[str, ...]:
        """Entries of what was done that say the same growth or ratio to the plan as an estimate did."""
        alike = [
            one for one in self.series
            if one.indicator_id == held.indicator.pk and one.measure in (fact.measure, *_SAYING.get(fact.measure, ()))
        ]  # fmt: skip
        base = fact.base.code if fact.base else ""
        return tuple(
            str(entry.uuid) for entry in standing(alike, [fact.period.code], self.known)
            if entry.kind == EntryKind.ACTUAL and entry.base in ("", base)
            and entry.amount - (_HUNDRED if entry.series.measure == Measure.INDEX else 0) == fact.value
        )  # fmt: skip

    @property
    def shelves(self) -> list[Shelf]:
        return [one.shelf for one in self.held]

    def of(self, code: str) -> list[Held]:
        """An indicator at each of its prices."""
        return [one for one in self.held if one.indicator.code == code]


def ledger_of(
    user: User | AnonymousUser, place: Place, asked: Period, after: Period | None, codes: Collection[str] | None,
    known: datetime | None,
) -> Ledger:  # fmt: skip
    """Of these indicators (None: of all that the user may see there)."""
    wanted = told_by(series_of(user).filter(place=place, segment=""), known)
    if codes is not None:
        wanted = wanted.filter(indicator__code__in=codes)
    series = list(wanted.select_related("indicator"))
    for one in series:
        one.place = place
    usual = span_of(asked, _spoken(series, asked, known))
    span = ReportSpan(usual.asked, usual.year, usual.so_far, after)
    found, sums = shelves_of(user, place, series, span, known)
    _add_years(series, span, found, known)
    months = months_behind(series, span, known)
    held = []
    for shelf in found:
        present = sums.give(shelf, place.pk) if sums else 0
        behind = months.get((shelf.indicator.pk, "", shelf.price_basis), {})
        held.append(Held(shelf, _lacking(shelf, span, present), behind))
    return Ledger(place, span, tuple(held), tuple(series), known)


def _add_years(series: Sequence[Series], span: ReportSpan, found: list[Shelf], known: datetime | None) -> None:
    """Of several years each is what its months come to, where nobody stated it."""
    by_key = {(shelf.indicator.pk, shelf.price_basis): shelf for shelf in found}
    levels = [one for one in series if one.measure == Measure.LEVEL and one.indicator.adds_up == AddsUp.FLOW]
    for year in span.years[1::2]:  # each question answers for the year before too
        for one in sums(levels, year, known):
            key = (one.series.indicator_id, one.series.price_basis)
            if key not in by_key:
                by_key[key] = Shelf(one.series.indicator, one.series.price_basis, ())
                found.append(by_key[key])
            shelf = by_key[key]
            shelf.unit = shelf.unit or one.series.unit
            if shelf.unit == one.series.unit and shelf.level(one.period) is None:
                shelf.add_up(one.period, one.summed)
    found.sort(key=lambda one: (one.indicator.order, one.indicator.sort_key, one.indicator.code, one.price_basis))


def _spoken(series: Sequence[Series], asked: Period, known: datetime | None) -> list[tuple[Period, str]]:
    """Which parts of the year anything was told of: so far has it come."""
    if not asked.is_year:
        return []
    year = asked.start_year
    parts = [Period.month(year, at) for at in range(1, 13)]
    parts += [Period.quarter(year, at) for at in range(1, 5)] + [Period.months(year, 1, at) for at in range(1, 13)]
    codes = list(dict.fromkeys(part.code for part in parts))
    if known is None:
        rows = Latest.objects.filter(series__in=[one.pk for one in series], period__in=codes, kind__in=KINDS_DONE)
        found: Iterable[tuple[str, str]] = rows.order_by().values_list("period", "kind").distinct()
    else:
        told = observations(Series.objects.filter(pk__in=[one.pk for one in series]), known, ("period", "kind"))
        found = set(told.filter(period__in=codes, kind__in=KINDS_DONE))
    return [(Period.parse(code), kind) for code, kind in found]


def _lacking(shelf: Shelf, span: Span, present: int) -> tuple[Period, ...]:
    flows = shelf.indicator.adds_up == AddsUp.FLOW
    if not (flows and present and span.so_far and span.year) or shelf.level(span.so_far) or shelf.level(span.year):
        return ()
    return lacking_in(span.year.start_year, present, span.month)


def months_behind(series: Sequence[Series], span: ReportSpan, known: datetime | None) -> dict[Key, Months]:
    """The entry that stands for each month of this year and the year before, or of all the years told."""
    levels = {one.pk: one for one in series if one.measure == Measure.LEVEL}
    now = span.so_far
    if now is not None:
        months = [*range(now.first - 12, now.last - 11), *range(now.first, now.last + 1)]
    else:
        months = [at for year in span.years for at in range(year.first, year.last + 1)]
    if not months or not levels:
        return {}
    columns = ("series", "first_month", "kind", "vintage", "uuid", "value", "lower", "upper")
    rows = observations(Series.objects.filter(pk__in=list(levels)), known, columns)
    best: dict[tuple[int, int], tuple[tuple[int, int], Level]] = {}
    wanted = rows.filter(period__in=[Period(at, at).code for at in months], kind__in=KINDS_DONE, base="")
    for pk, month, kind, vintage, uuid, *numbers in wanted:
        rank = earlier_first(kind, vintage)
        if (pk, month) not in best or rank < best[pk, month][0]:
            best[pk, month] = (rank, Level(uuid, kind, *(levels[pk].to_decimal(each) for each in numbers)))
    made: dict[Key, dict[tuple[str, int], Level]] = defaultdict(dict)
    for (pk, month), (_rank, level) in best.items():
        one = levels[pk]
        made[one.indicator_id, one.segment, one.price_basis][one.provider, month] = level
    return dict(made)

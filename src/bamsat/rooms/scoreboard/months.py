# SPDX-License-Identifier: Apache-2.0
"""The months of indicators at a place, for charts: the values of many series in one query, without opening entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from bamsat.core.compare.pace import Year, shape_of
from bamsat.core.ledger.vintages import VINTAGES
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.compared import observations
from bamsat.rooms.figures.ground import Ground, end_of, ground_of
from bamsat.rooms.figures.models import EntryKind, Measure, Series
from bamsat.rooms.figures.providers import heard_first, orders
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.restated import Restating, related
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.scoreboard.rows import Row

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MONTHS = 12
YEARS = 6  # this year, and five before it that tell the usual pace
Key = tuple[int, str]  # indicator and price basis
Span = tuple[int, int]  # first and last month of a period, counted from year 0
_DONE = (EntryKind.ACTUAL, EntryKind.ESTIMATE)
_PARTS = ("series", "first_month", "last_month", "kind", "vintage", "value")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an indicator: what was done and planned in each span, and which of it is estimated."""

    done: dict[Span, Decimal] = field(default_factory=dict)
    plan: dict[Span, Decimal] = field(default_factory=dict)
    estimated: set[Span] = field(default_factory=set)


def known_of(
    user: User | AnonymousUser, place: Place, rows: Sequence[Row], year: int, moment: datetime | None
) -> dict[Key, Known]:
    """The levels of the rows' indicators in a year and the years before; of a place that was put together since, on
    the boundaries of that year."""
    levels = series_of(user).filter(segment="", measure=Measure.LEVEL, indicator__in={row.indicator.pk for row in rows})
    ground, last = ground_of(place), Period.year(year)
    on = next((day for day in ground.days() if day <= end_of(last)), None)
    if on is not None and ground.changed(Period.year(year - YEARS + 1), on):
        return _restated(user, ground, rows, year, moment)
    return _as_reported(levels.filter(place=place), rows, year, moment)


def _codes(year: int) -> list[str]:
    """The spans that a chart of a year reads: months, quarters, and all that begins in January."""
    found = []
    for each in range(year - YEARS + 1, year + 1):
        spans = [Period.month(each, month) for month in range(1, MONTHS + 1)]
        spans += [Period.months(each, 1, month) for month in range(2, MONTHS + 1)]
        found += [span.code for span in (*spans, *(Period.quarter(each, quarter) for quarter in range(2, 5)))]
    return found


def _as_reported(levels: QuerySet[Series], rows: Sequence[Row], year: int, moment: datetime | None) -> dict[Key, Known]:
    units = {(row.indicator.pk, row.price_basis): _unit(row) for row in rows}
    about: dict[int, tuple[Key, str, int]] = {}
    for pk, indicator, basis, unit, provider, scale in levels.values_list(
        "pk", "indicator_id", "price_basis", "unit", "provider", "scale"
    ):
        if units.get((indicator, basis)) == unit:
            about[pk] = ((indicator, basis), provider, scale)
    heard = _heard(about.values())
    best: dict[tuple[Key, bool, Span], tuple[tuple[int, int, int], Decimal, str]] = {}
    there = Series.objects.filter(pk__in=list(about))
    asked = observations(there, moment, _PARTS).filter(period__in=_codes(year), base="")
    for series, first, last, kind, vintage, value in asked.exclude(kind=EntryKind.FORECAST):
        key, provider, scale = about[series]
        rank = (heard.get((key[0], provider), 0), _kind(kind), -VINTAGES.index(vintage))
        where = (key, kind == EntryKind.PLAN, (first, last))
        if where not in best or rank < best[where][0]:
            best[where] = (rank, Decimal(value).scaleb(-scale), kind)
    return _sorted_out(best)


def _unit(row: Row) -> str:
    number = row.value or row.plan or row.before
    return number.unit if number else row.indicator.unit


def _heard(about: Iterable[tuple[Key, str, int]]) -> dict[tuple[int, str], int]:
    """Which place each provider has where several speak of one indicator."""
    told = {(key[0], provider) for key, provider, _scale in about}
    if len({provider for _indicator, provider in told}) < 2:
        return {}
    asked = orders({indicator for indicator, _provider in told})
    return {(one, code): at for one, codes in asked.items() for at, code in enumerate(codes)}


def _kind(kind: str) -> int:
    return 1 if kind == EntryKind.ESTIMATE else 0


def _sorted_out(best: Mapping[tuple[Key, bool, Span], tuple[Any, Decimal, str]]) -> dict[Key, Known]:
    found: dict[Key, Known] = {}
    for (key, planned, span), (_rank, value, kind) in best.items():
        known = found.setdefault(key, Known())
        (known.plan if planned else known.done)[span] = value
        if kind == EntryKind.ESTIMATE:
            known.estimated.add(span)
    return found


def _restated(
    user: User | AnonymousUser, ground: Ground, rows: Sequence[Row], year: int, moment: datetime | None
) -> dict[Key, Known]:
    """The same on the boundaries of the year's end, period by period: as the table restates its numbers."""
    on = next(day for day in ground.days() if day <= end_of(Period.year(year)))
    indicators = {row.indicator.pk: row.indicator for row in rows}
    wanted = series_of(user).filter(indicator__in=related(indicators.values()), place__in=ground.places, segment="")
    family = list(wanted.select_related("indicator"))
    for one in family:
        one.place = ground.places[one.place_id]
    codes = _codes(year)
    entries = standing(family, codes, moment)
    restating = Restating(ground, on, entries, heard_first(entries))
    found: dict[Key, Known] = {}
    for row in rows:
        known = found[row.indicator.pk, row.price_basis] = Known()
        shelf = restating.shelf(row.indicator, row.price_basis)
        for code in codes:
            span = Period.parse(code)
            if number := shelf.level(span):
                known.done[span.first, span.last] = number.value
                if number.kind == EntryKind.ESTIMATE:
                    known.estimated.add((span.first, span.last))
        if row.plan:
            plan = Period.parse(row.plan.period)
            known.plan[plan.first, plan.last] = row.plan.value
    return found


# What follows for a chart.


def cumulated(values: Mapping[Span, Decimal], year: int) -> list[Decimal | None]:
    """Done by the end of each month: as stated, else added up; nothing where a part of it lacks.

    >>> cumulated({(24240, 24240): Decimal(3), (24241, 24241): Decimal(4), (24240, 24245): Decimal(30)}, 2020)[:6]
    [Decimal('3'), Decimal('7'), None, None, None, Decimal('30')]
    """
    first, found = year * MONTHS, dict[int, Decimal]()
    for month in range(1, MONTHS + 1):
        last = first + month - 1
        if (first, last) in values:
            found[month] = values[first, last]
            continue
        parts = (
            found[before] + values[first + before, last]
            for before in range(month - 1, 0, -1)
            if before in found and (first + before, last) in values
        )
        if (value := next(parts, None)) is not None:
            found[month] = value
    return [found.get(month) for month in range(1, MONTHS + 1)]


def at_ends(values: Mapping[Span, Decimal], year: int) -> list[Decimal | None]:
    """What stood at the end of each month: of the month itself, else of the shortest span that ends with it."""
    found: list[Decimal | None] = []
    for last in range(year * MONTHS, year * MONTHS + MONTHS):
        spans = sorted((span for span in values if span[1] == last), reverse=True)
        found.append(values[spans[0]] if spans else None)
    return found


def pace(known: Known, year: int, plan: Decimal | None) -> list[Decimal | None]:
    """What should be done by each month: as planned for the months, else the plan's usual share by that month."""
    planned = cumulated(known.plan, year)
    if sum(value is not None for value in planned) > 1:
        return planned
    if plan is None:
        return [None] * MONTHS
    past = [(each, cumulated(known.done, each)) for each in range(year - YEARS + 1, year)]
    finished = [(each, done) for each, done in past if done[-1] is not None]
    found: list[Decimal | None] = []
    for month in range(1, MONTHS + 1):
        of_years = [
            Year(each, float(done[month - 1] or 0), float(done[-1] or 0))
            for each, done in finished
            if done[month - 1] is not None
        ]
        found.append(plan * Decimal(shape_of(of_years, month).share))
    return found

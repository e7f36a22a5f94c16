# SPDX-License-Identifier: Apache-2.0
"""Programmes of several years: whose committee leads them, what each year has to do, what came of it by the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from bamsat.core.act.tasks import Counts, counts
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.directory.models import Body
from bamsat.rooms.documents.models import Record, Relation
from bamsat.rooms.documents.searching import records_for
from bamsat.rooms.figures.comparison import Shelf, shelves
from bamsat.rooms.figures.numbers import Told, told
from bamsat.rooms.figures.queries import standing as standing_entries
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.tasks.models import Kind, Task
from bamsat.rooms.tasks.rights import seen_tasks
from bamsat.rooms.tasks.standing import Line, lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST_YEARS = 12  # that are laid out; of a longer span those around the year that runs
MOST_RECORDS = 40


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with its parts; `span` None where nobody wrote its years."""

    line: Line
    span: Period | None
    counts: Counts  # of its parts

    @property
    def task(self) -> Task:
        return self.line.task

    def passed(self, today: date) -> tuple[int, int] | None:
        """Years that are over, and all of them."""
        if self.span is None:
            return None
        years = self.span.end_year - self.span.start_year + 1
        return max(0, min(years, today.year - self.span.start_year)), years

    def runs_in(self, year: int) -> bool:
        if self.span is None:
            return self.task.begins.year <= year
        return self.span.start_year <= year <= self.span.end_year


@dataclass(frozen=True, slots=True)
class Year:
    """What a year of a programme has to do."""

    year: int
    lines: tuple[Line, ...]
    counts: Counts
    is_now: bool


@dataclass(frozen=True, slots=True)
class Result:
    """An indicator of a programme, year by year: what was done, what was planned, in percent of it."""

    indicator: Indicator
    unit: str
    cells: tuple[tuple[Told | None, Told | None, Told | None], ...]
    target: Told | None  # of the whole span


def span_of(task: Task) -> Period | None:
    try:
        return Period.parse(task.period) if task.period else None
    except PeriodUnreadable:
        return None


def programmes(user: User | AnonymousUser, today: date, committee: Body | None = None) -> list[Programme]:
    """Every programme that the user may see, or those that a committee leads; those that end first before the others.
    Four queries."""
    rows = seen_tasks(user).filter(kind=Kind.PROGRAMME).select_related("committee", "place", "lead")
    if committee:
        rows = rows.filter(committee=committee)
    found = lines(rows, today)
    parts: dict[int, list[Line]] = defaultdict(list)
    for one in lines(seen_tasks(user).filter(parent__in=[line.task.pk for line in found]), today):
        if one.task.parent_id is not None:
            parts[one.task.parent_id].append(one)
    made = [Programme(one, span_of(one.task), counts(p.standing for p in parts[one.task.pk])) for one in found]
    return sorted(made, key=lambda one: (one.span.last if one.span else 0, one.task.pk))


def programme_of(line: Line, children: Sequence[Line]) -> Programme:
    return Programme(line, span_of(line.task), counts(one.standing for one in children))


# Year by year.


def years(programme: Programme, children: Iterable[Line], today: date) -> list[Year]:
    """The years of its span with the parts that each has; parts outside of it have years of their own."""
    by_year: dict[int, list[Line]] = defaultdict(list)
    for one in children:
        by_year[year_of(one.task)].append(one)
    laid_out = sorted({*by_year, *_shown(programme.span, today)})
    return [
        Year(year, tuple(by_year[year]), counts(one.standing for one in by_year[year]), year == today.year)
        for year in laid_out
    ]


def year_of(task: Task) -> int:
    """The year of a programme in which a part has to be done: of its deadline, else the one in which it begins."""
    return (task.first_due or task.due or task.begins).year


def _shown(span: Period | None, today: date) -> range:
    if span is None:
        return range(0)
    first, last = span.start_year, span.end_year
    if last - first < MOST_YEARS:
        return range(first, last + 1)
    middle = min(max(today.year, first), last)
    start = max(first, min(middle - MOST_YEARS // 2, last - MOST_YEARS + 1))
    return range(start, start + MOST_YEARS)


# What came of it.


def results(user: User, programme: Programme, shown: Sequence[int]) -> list[Result]:
    """Approved figures of the indicators that it serves, as the user may see them; a fixed number of queries."""
    task = programme.task
    indicators = list(task.indicators.all())
    if not indicators:
        return []
    series = list(
        series_of(user).filter(place=task.place, indicator__in=indicators, segment="").select_related("indicator")
    )
    for one in series:
        one.place = task.place
    periods = [Period.year(year) for year in shown]
    codes = [one.code for one in periods] + ([programme.span.code] if programme.span else [])
    found: dict[int, Shelf] = {}
    for shelf in shelves(standing_entries(series, codes, None)):
        found.setdefault(shelf.indicator.pk, shelf)
    return [_result(one, found.get(one.pk), periods, programme.span) for one in indicators]


def _result(indicator: Indicator, shelf: Shelf | None, periods: Sequence[Period], span: Period | None) -> Result:
    if shelf is None:
        return Result(
            indicator, indicator.display_unit or indicator.unit, tuple((None, None, None) for _ in periods), None
        )
    cells = tuple(
        (told(shelf.value(year) or shelf.growth(year)), told(shelf.plan(year)), told(shelf.plan_ratio(year)))
        for year in periods
    )
    target = told(shelf.plan(span)) if span else None
    unit = next((one.unit for cell in cells for one in cell[:2] if one), indicator.display_unit or indicator.unit)
    return Result(indicator, unit, cells, target)


# What it rests on.


def records(user: User, task: Task) -> list[tuple[str, Record]]:
    """The documents behind it: that which gave it, and those that it carries out or that carry it out; with how they
    stand to it (of core.terms.directive.RELATIONS, or nothing)."""
    if task.record is None:
        return []
    near = Relation.objects.filter(Q(of=task.record) | Q(to=task.record)).select_related("of", "to")
    seen = records_for(user).values("pk")
    found = [("", task.record)]
    for one in near.filter(of__in=seen, to__in=seen).order_by("pk")[:MOST_RECORDS]:
        other = one.to if one.of_id == task.record_id else one.of
        found.append((one.kind if one.of_id == task.record_id else f"is_{one.kind}", other))
    return found

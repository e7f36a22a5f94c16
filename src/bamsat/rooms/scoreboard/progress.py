# SPDX-License-Identifier: Apache-2.0
"""How far a year has come against its plan: the pace, the forecast, the chance of the plan, what is now needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bamsat.core.compare.forecast import Forecast, Needed, Shape, Year, forecast, needed
from bamsat.core.compare.pace import Pace, at_risk, pace_of, shape_of
from bamsat.core.compare.reasons import months_lacking
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.comparison import Number, PlanState, Shelf
from bamsat.rooms.figures.models import EntryKind
from bamsat.rooms.scoreboard.sums import HISTORY
from bamsat.rooms.scoreboard.year_end import end_of_year

DONE = (EntryKind.ACTUAL, EntryKind.ESTIMATE)
TET = 2  # January and February are told together too: the new year moves between them


@dataclass(frozen=True, slots=True)
class Span:
    """The period of a page, the year that its plan is of, and the part of that year which is over."""

    asked: Period
    year: Period | None  # None for several years at once
    so_far: Period | None

    @property
    def month(self) -> int:
        return self.so_far.length if self.so_far else 0

    def codes(self) -> list[str]:
        """The periods that a row asks its entries for."""
        found = [self.asked, self.asked.shift_years(-1)]
        for back in range(HISTORY + 1):
            found += [each.shift_years(-back) for each in (self.year, self.so_far) if each]
        if self.month in range(1, TET + 1) and self.year:
            found += [each for back in (0, 1) for each in _months(self.year.start_year - back)]
        return list(dict.fromkeys(each.code for each in found))


@dataclass(frozen=True, slots=True)
class Progress:
    """What follows from the part of a year that is done; each is None where it cannot be told."""

    to_date: Number | None = None
    to_date_growth: Number | None = None
    together: Number | None = None  # growth of January and February as one
    lacking: tuple[Period, ...] = ()
    shape: Shape | None = None
    pace: Pace | None = None
    forecast: Forecast | None = None
    chance: float | None = None
    needed: Needed | None = None
    came: Number | None = None  # what the whole year came to, where that is known by now


def span_of(asked: Period, spoken: Sequence[tuple[Period, str]]) -> Span:
    """A year is as far as the last month, quarter or part of it that something was done in."""
    if asked.start_year != asked.end_year:
        return Span(asked, None, None)
    year, first = Period.year(asked.end_year), asked.end_year * 12
    if not asked.is_year:
        return Span(asked, year, Period(first, asked.last))
    parts = [each for each, kind in spoken if kind in DONE and first <= each.first and each.last <= year.last]
    return Span(asked, year, Period(first, max((each.last for each in parts if each != year), default=year.last)))


def progress_of(shelf: Shelf, span: Span, held: Period, present: int, run: Sequence[float] = ()) -> Progress:
    """`held` is the period that stands against the plan; `present` the months of the year that are there, as bits;
    `run` the latest levels month by month of what does not add up."""
    if span.so_far is None or span.year is None:
        return Progress()
    to_date = shelf.level(span.so_far)
    lacking: tuple[Period, ...] = ()
    if to_date is None and present and shelf.indicator.adds_up == AddsUp.FLOW and not shelf.level(span.year):
        lacking = lacking_in(span.year.start_year, present, span.month)
    told = Progress(
        to_date=to_date, to_date_growth=shelf.growth(span.so_far) if span.so_far != span.asked else None,
        together=_together(shelf, span), lacking=lacking,
    )  # fmt: skip
    over = span.so_far.length >= 12 or (span.asked.is_year and held == span.asked)
    if over:
        return told
    if shelf.indicator.adds_up != AddsUp.FLOW:
        return _level_ahead(told, shelf, span, run)
    return told if to_date is None else _ahead(told, shelf, span, to_date)


def lacking_in(year: int, present: int, until: int) -> tuple[Period, ...]:
    """The months of a year up to one that nobody reported; `present` has a bit for each that is there."""
    return tuple(Period.month(year, at) for at in months_lacking(present, until))


def _ahead(told: Progress, shelf: Shelf, span: Span, to_date: Number) -> Progress:
    assert span.year
    done, month, plan = float(to_date.value), span.month, shelf.plan(span.year) or shelf.plan(to_date_of(span))
    before, totals = _years_before(shelf, span)
    shape = shape_of(before, month)
    ahead = forecast(done, month, before, totals, float(to_date.high - to_date.low))
    asked = float(plan.value) if plan else None
    return Progress(
        to_date=told.to_date, to_date_growth=told.to_date_growth, together=told.together, lacking=told.lacking,
        shape=shape, forecast=ahead if ahead.method != "none" else None,
        pace=pace_of(done, asked, shape) if asked is not None else None,
        chance=ahead.chance(asked, shelf.indicator.good) if asked is not None else None,
        needed=needed(done, asked, month) if asked is not None else None, came=shelf.level(span.year),
    )  # fmt: skip


def _level_ahead(told: Progress, shelf: Shelf, span: Span, run: Sequence[float]) -> Progress:
    assert span.year
    assert span.so_far
    now = told.to_date or shelf.value(span.asked)
    ahead, plan = end_of_year(shelf, span.year, span.so_far, now, run, HISTORY)
    if ahead is None:
        return told
    chance = ahead.chance(float(plan.value), shelf.indicator.good) if plan else None
    came = shelf.growth(span.year) if ahead.method == "growth" else shelf.level(span.year)
    return replace(told, forecast=ahead, chance=chance, came=came)


def to_date_of(span: Span) -> Period:
    return span.so_far or span.asked


def _years_before(shelf: Shelf, span: Span) -> tuple[list[Year], dict[int, float]]:
    """The finished years of which part and whole are known, and the totals of those of which only the whole is."""
    assert span.year
    assert span.so_far
    years, totals = [], {}
    for back in range(1, HISTORY + 1):
        year = span.year.shift_years(-back)
        whole = shelf.amount(year)
        if whole is None and (derived := shelf.level_or_derived(year)):
            whole = float(derived.value)
        if whole is None:
            continue
        part = shelf.amount(span.so_far.shift_years(-back))
        if part is None:
            totals[year.start_year] = whole
        else:
            years.append(Year(year.start_year, part, whole))
    return years, totals


def refined(
    state: PlanState, shelf: Shelf, span: Span, held: Period, told: Progress, nothing_done: bool
) -> PlanState:  # fmt: skip
    """Whether the forecast sees a running plan missed; whether a plan without a percentage has begun at all."""
    whole = held == span.so_far or (held == span.asked and shelf.indicator.adds_up == AddsUp.RATIO)
    if state == PlanState.RUNNING and whole and at_risk(told.chance):
        return PlanState.AT_RISK
    if state == PlanState.NO_PLAN and (nothing_done or told.lacking) and shelf.plan(span.asked):
        return PlanState.NOT_STARTED if nothing_done else PlanState.RUNNING
    return state


def _months(year: int) -> list[Period]:
    return [Period.month(year, 1), Period.month(year, 2), Period.months(year, 1, 2)]


def _together(shelf: Shelf, span: Span) -> Number | None:
    """Growth of January and February as one, on a page of either month."""
    if span.year is None or span.asked.length != 1 or span.month not in range(1, TET + 1):
        return None
    both = Period.months(span.year.start_year, 1, TET)
    if shelf.indicator.adds_up == AddsUp.FLOW:
        for period in (both, both.shift_years(-1)):
            _add_two(shelf, period)
    return shelf.growth(both)


def _add_two(shelf: Shelf, both: Period) -> None:
    parts = [shelf.level(Period(month, month)) for month in range(both.first, both.last + 1)]
    if shelf.level(both) is None and all(parts):
        found = [part for part in parts if part]
        if len({part.provider for part in found}) == 1 and not any(part.pieces for part in found):
            shelf.add_months(both, found)

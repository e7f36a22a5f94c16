# SPDX-License-Identifier: Apache-2.0
"""Targets of several years, the way to them year by year, how far it was gone, and what the years left now need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q

from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.compare.paths import even_path, growth_to_total, needed_growth, rest_of_average
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp, Good, Indicator
from bamsat.rooms.figures.compared import observations
from bamsat.rooms.figures.comparison import Number, Shelf
from bamsat.rooms.figures.models import Entry, EntryKind, Measure, Series
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.scoreboard.progress import Span
from bamsat.rooms.scoreboard.rows import shelves_of
from bamsat.rooms.situation.models import Kind, Note
from bamsat.rooms.situation.queries import visible

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MONTHS = 12
FEWEST, MOST = 2, 10  # years of a frame
LEVEL, TOTAL, GROWTH = "level", "total", "growth"
_PIVOT = (
    re.compile(r"bản lề[^.;\d]{0,60}(20\d\d)", re.IGNORECASE),
    re.compile(r"(20\d\d)[^.;\d]{0,60}bản lề", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A year of the way: what the path wants, what was done."""

    year: int
    path: Decimal | None
    done: Number | None
    sliced: bool = False  # the plan itself names the year's target


@dataclass(frozen=True, slots=True)
class Way:
    """A target of several years. `asked` says of what: the level of the last year, the total, the growth a year."""

    indicator: Indicator
    price_basis: str
    frame: Period
    asked: str
    entry: Entry
    target: Bounded | None  # in the unit of the levels; None where only a growth is asked for and no base is known
    growth: Decimal | None  # a year, along the whole way
    base: Number | None
    steps: tuple[Step, ...]
    latest: Step | None
    needed: Bounded | None  # growth a year that the years left need
    presumed: bool = False  # a target for the span that is read as the level of its last year

    @property
    def good(self) -> str:
        return self.indicator.good

    @property
    def left(self) -> int:
        """Years still to go."""
        return self.frame.end_year - (self.latest.year if self.latest else self.frame.start_year - 1)

    @property
    def over(self) -> bool:
        return self.latest is not None and self.latest.year >= self.frame.end_year


@dataclass(frozen=True, slots=True)
class Pivot:
    """The year on which the frame turns (năm bản lề), and who says so."""

    year: int
    note: Note | None
    plan: Entry | None


@dataclass(frozen=True, slots=True)
class FiveYears:
    place: Place
    frame: Period | None
    frames: tuple[Period, ...]
    ways: tuple[Way, ...]
    pivot: Pivot | None


def five_years(
    user: User | AnonymousUser, place: Place, frame: Period | None = None, known: datetime | None = None
) -> FiveYears:
    """The targets of one frame of years: the named one, else the latest that has any."""
    found = list(_targets(user, place, known))
    frames = tuple(sorted({_frame_of(one) for one in found}, key=lambda one: (-one.last, one.first)))
    chosen = frame if frame in frames else frames[0] if frames else None
    if chosen is None:
        return FiveYears(place, None, (), (), None)
    targets = [one for one in found if _frame_of(one) == chosen]
    ways = tuple(_ways(user, place, chosen, targets, known))
    return FiveYears(place, chosen, frames, ways, _pivot(user, place, chosen, targets, known))


# Targets.


def _targets(user: User | AnonymousUser, place: Place, known: datetime | None) -> Iterable[Entry]:
    """Standing targets for a span of years, or for the last year of a plan of several years."""
    at = "" if known else "entry__"
    series = series_of(user).filter(place=place, segment="", measure__in=(Measure.LEVEL, Measure.GROWTH))
    rows = observations(series, known).filter(kind=EntryKind.PLAN)
    long = rows.annotate(months=F(f"{at}last_month") - F(f"{at}first_month") + 1).filter(
        Q(months__gte=FEWEST * MONTHS) | Q(**{f"{at}plan__period__contains": "/"})
    )
    ids = list(long.values_list("pk" if known else "entry_id", flat=True))
    entries = Entry.objects.filter(pk__in=ids).select_related("series__indicator", "plan", "source__document")
    for entry in entries.order_by("series__indicator__order", "series__indicator__sort_key", "pk"):
        frame = _frame_of(entry)
        years = frame.end_year - frame.start_year + 1
        whole = frame.first % MONTHS == 0 and frame.length % MONTHS == 0
        if whole and FEWEST <= years <= MOST and entry.last_month == frame.last:
            entry.series.place = place
            yield entry


def _frame_of(entry: Entry) -> Period:
    own = Period(entry.first_month, entry.last_month)
    if own.length > MONTHS or entry.plan is None:
        return own
    planned = Period.parse(entry.plan.period)
    return planned if planned.length > MONTHS else own


# Ways.


def _ways(
    user: User | AnonymousUser, place: Place, frame: Period, targets: Sequence[Entry], known: datetime | None
) -> Iterable[Way]:
    wanted = {entry.series.indicator_id for entry in targets}
    series = list(series_of(user).filter(place=place, segment="", indicator__in=wanted).select_related("indicator"))
    for one in series:
        one.place = place
    last = Period.year(frame.end_year)
    shelves, sums = shelves_of(user, place, series, Span(last, last, last), known)
    for shelf in shelves:
        if sums:
            sums.give(shelf, place.pk)
    told: set[tuple[int, str, str]] = set()
    for entry in sorted(targets, key=lambda one: one.series.measure != Measure.LEVEL):
        shelf = _shelf_of(shelves, entry.series)
        key = (entry.series.indicator_id, shelf.price_basis, entry.series.provider)
        # A growth beside a level says the same once more.
        if key not in told:
            told.add(key)
            yield _way(shelf, frame, entry)


def _shelf_of(shelves: Sequence[Shelf], series: Series) -> Shelf:
    own = [one for one in shelves if one.indicator.pk == series.indicator_id]
    same = next((one for one in own if one.price_basis == series.price_basis), None)
    return same or (own[0] if own else Shelf(series.indicator, series.price_basis, ()))


def _way(shelf: Shelf, frame: Period, entry: Entry) -> Way:
    years = range(frame.start_year, frame.end_year + 1)
    base = shelf.level_or_derived(Period.year(frame.start_year - 1))
    done = {year: shelf.value(Period.year(year)) for year in years}
    asked, presumed = _asked(shelf, frame, entry, base)
    said = Bounded(entry.amount, entry.low, entry.high)
    growth = _growth(asked, base, said, len(years))
    target = (_after(base, said, len(years)) if base else None) if asked == GROWTH else said
    slices = _slices(shelf, entry, years)
    levels = even_path(base.value, growth, len(years)) if base and growth is not None else (None,) * len(years)
    steps = [
        Step(year, slices.get(year, level), done[year], year in slices)
        for year, level in zip(years, levels, strict=True)
    ]
    latest = next((step for step in reversed(steps) if step.done), None)
    return Way(
        shelf.indicator, shelf.price_basis, frame, asked, entry, target, growth, base, tuple(steps), latest,
        _needed(asked, steps, latest, target, said, shelf, frame), presumed,
    )  # fmt: skip


def _asked(shelf: Shelf, frame: Period, entry: Entry, base: Number | None) -> tuple[str, bool]:
    """A target for the span of a flow is its total, unless that is less than two years of the base: then it can only be
    meant for the last year."""
    if entry.series.measure == Measure.GROWTH:
        return GROWTH, False
    spans = entry.last_month - entry.first_month >= MONTHS
    if not spans or shelf.indicator.adds_up != AddsUp.FLOW:
        return LEVEL, False
    if base is not None and entry.amount < 2 * base.value:
        return LEVEL, True
    return TOTAL, False


def _growth(asked: str, base: Number | None, said: Bounded, years: int) -> Decimal | None:
    if asked == GROWTH:
        return said.value
    if base is None or base.value <= 0:
        return None
    if asked == TOTAL:
        return growth_to_total(base.value, said.value, years)
    even = needed_growth(base.bounded, said, years)
    return even.value if even else None


def _after(base: Number, growth: Bounded, years: int) -> Bounded:
    """The level of the last year, where the base grows so much every year."""
    low, high = (even_path(edge, rate, years)[-1] for edge, rate in ((base.low, growth.low), (base.high, growth.high)))
    return Bounded(even_path(base.value, growth.value, years)[-1], low, high)


def _slices(shelf: Shelf, entry: Entry, years: Iterable[int]) -> dict[int, Decimal]:
    """The years' own targets of the same plan; those of yearly plans are other decisions."""
    if entry.plan is None:
        return {}
    found = {year: shelf.plan(Period.year(year)) for year in years}
    same = Entry.objects.filter(uuid__in=[n.entry for n in found.values() if n and n.entry], plan=entry.plan)
    own = set(same.values_list("uuid", flat=True))
    return {year: number.value for year, number in found.items() if number and number.entry in own}


def _needed(
    asked: str, steps: Sequence[Step], latest: Step | None, target: Bounded | None, said: Bounded, shelf: Shelf,
    frame: Period,
) -> Bounded | None:  # fmt: skip
    """The growth a year that the years left need, from the last year that is done."""
    if latest is None or latest.done is None or latest.year >= frame.end_year:
        return None
    left = frame.end_year - latest.year
    if asked == TOTAL and target is not None:
        done = [step.done.value for step in steps if step.done]
        if len(done) != latest.year - frame.start_year + 1:
            return None
        rate = growth_to_total(latest.done.value, target.value - sum(done, Decimal(0)), left)
        return Bounded.exactly(rate) if rate is not None else None
    if target is not None and latest.done.measure == Measure.LEVEL:
        return needed_growth(latest.done.bounded, target, left)
    grown = [shelf.growth(Period.year(year)) for year in range(frame.start_year, latest.year + 1)]
    there = [number.value for number in grown if number]
    rate = rest_of_average(there, said.value, len(steps)) if len(there) == len(grown) else None
    return Bounded.exactly(rate) if rate is not None else None


def ahead(way: Way) -> Decimal | None:
    """What is done, in percent of what the path wants by the same year; of a total, of all years together."""
    if way.latest is None or way.latest.done is None or not way.latest.path:
        return None
    if way.asked != TOTAL:
        return way.latest.done.value / way.latest.path * 100
    through = [step for step in way.steps if step.year <= way.latest.year]
    if any(step.done is None or step.path is None for step in through):
        return None
    wanted = sum((step.path or Decimal(0) for step in through), Decimal(0))
    done = sum((step.done.value for step in through if step.done), Decimal(0))
    return done / wanted * 100 if wanted > 0 else None


def is_good(way: Way, percent: Decimal) -> bool:
    return percent <= 100 if way.good == Good.DOWN else percent >= 100


# The pivot year.


def _pivot(
    user: User | AnonymousUser, place: Place, frame: Period, targets: Sequence[Entry], known: datetime | None
) -> Pivot | None:
    """As an objective of the situation names it; else as the note or title of a plan does."""
    noted = visible(user, known).filter(
        thread__place=place, kind=Kind.OBJECTIVE, pivot_year__gte=frame.start_year, pivot_year__lte=frame.end_year
    )
    note = noted.select_related("thread", "by").order_by("-recorded_at").first()
    if note is not None and note.pivot_year:
        return Pivot(note.pivot_year, note, None)
    for entry in targets:
        said = f"{entry.plan.title}. {entry.plan.note}" if entry.plan else ""
        for pattern in _PIVOT:
            if (found := pattern.search(said)) and frame.start_year <= int(found[1]) <= frame.end_year:
                return Pivot(int(found[1]), None, entry)
    return None

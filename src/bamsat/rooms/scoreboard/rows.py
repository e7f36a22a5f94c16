# SPDX-License-Identifier: Apache-2.0
"""The rows of a scoreboard: one an indicator and price basis, each number with the entries it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from bamsat.core.compare.forecast import Forecast, Needed, Shape
from bamsat.core.compare.pace import Pace
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp, Good, Indicator
from bamsat.rooms.figures.asked_growth import Asked, asked_growth
from bamsat.rooms.figures.compared import stood
from bamsat.rooms.figures.comparison import Number, PlanState, Shelf, shelves
from bamsat.rooms.figures.ground import end_of, ground_of
from bamsat.rooms.figures.models import Entry, Latest, Measure, Series
from bamsat.rooms.figures.pending import Pending
from bamsat.rooms.figures.providers import heard_first, orders
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.restated import RestatedShelf, Restating, related
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.scoreboard.progress import Progress, Span, lacking_in, progress_of, refined
from bamsat.rooms.scoreboard.sums import Sums, sums_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

Direction = Literal["up", "down", "flat", ""]


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of the scoreboard; every number leads to its entries, a sum of months to its series."""

    indicator: Indicator
    price_basis: str
    value: Number | None  # its level; so many of so many, or a share, where it has none
    before: Number | None  # last year's level, stated or derived
    growth: Number | None
    plan: Number | None
    plan_ratio: Number | None
    state: PlanState
    direction: Direction
    favourable: bool | None  # None where the direction is neither good nor bad
    segments: int  # how many breakdowns have entries too
    refusal: str = ""  # why last year's number cannot be put on this year's boundaries
    progress: Progress = field(default_factory=Progress)
    asked: Asked | None = None  # the growth that the plan asks for, where nothing is done yet
    drafts: tuple[Pending, ...] = ()  # what waits for approval; in no number, ratio or state of the row
    lacking_before: tuple[Period, ...] = ()  # months of the year before for which there is no growth

    @property
    def unit(self) -> str:
        """The unit of its level, as shown."""
        number = self.value or self.to_date or self.plan or self.before
        return number.display_unit if number else self.indicator.display_unit or self.indicator.unit

    @property
    def to_date(self) -> Number | None:
        """From the year's start: stated, or the sum of its months; of a stock the last one."""
        return self.progress.to_date

    @property
    def to_date_growth(self) -> Number | None:
        return self.progress.to_date_growth

    @property
    def lacking(self) -> tuple[Period, ...]:
        """Months of the year so far that nobody reported, so that nothing was added up."""
        return self.progress.lacking

    @property
    def shape(self) -> Shape | None:
        return self.progress.shape

    @property
    def pace(self) -> Pace | None:
        return self.progress.pace

    @property
    def forecast(self) -> Forecast | None:
        return self.progress.forecast

    @property
    def chance(self) -> float | None:
        """That the plan of the year will be met."""
        return self.progress.chance

    @property
    def lacks_its_base(self) -> bool:
        """Whether the year so far is told, and could not be held against the same months of the year before."""
        grown = self.growth or self.to_date_growth
        return self.indicator.adds_up == AddsUp.FLOW and bool(self.to_date) and not grown and not self.refusal

    @property
    def needed(self) -> Needed | None:
        return self.progress.needed


def rows_of(
    user: User | AnonymousUser, place: Place, series: Sequence[Series], span: Span, known: datetime | None
) -> Iterator[Row]:
    found, sums = shelves_of(user, place, series, span, known)
    segments = _segments(place, series, span.asked, known)
    for shelf in found:
        present, run = (sums.give(shelf, place.pk), sums.run(shelf, place.pk)) if sums else (0, ())
        made = _row(shelf, span, segments, present, run, found)
        if sums and made.lacks_its_base:
            before = sums.present(shelf, place.pk, sums.year - 1)
            made = replace(made, lacking_before=lacking_in(sums.year - 1, before, sums.month) if before else ())
        if _says_something(made):
            yield made


def shelves_of(
    user: User | AnonymousUser, place: Place, series: Sequence[Series], span: Span, known: datetime | None
) -> tuple[list[Shelf], Sums | None]:
    """What is known of each indicator and price basis, in the catalogue's order, and the sums to give to each."""
    entries = standing(series, span.codes(), known)
    found, family, restating = _restating(user, place, series, span, entries, known)
    sums = sums_of([*series, *family], span.year.start_year, span.month, known) if span.year else None
    if restating and sums:
        have = {(shelf.indicator.pk, shelf.price_basis) for shelf in found}
        shown = {one.indicator_id for one in series}
        there = [one for one in sums.told_now() if one.indicator_id in shown]
        others = {(one.indicator_id, one.price_basis): one.indicator for one in there}
        found += [restating.shelf(one, basis) for (pk, basis), one in others.items() if (pk, basis) not in have]
    if found:
        return sorted(found, key=_order), sums
    several = len({one.provider for one in series if one.measure == Measure.LEVEL}) > 1
    heard = orders({one.indicator_id for one in series}) if several else heard_first(entries)
    found = shelves(entries, heard)
    more = sums.without_shelf(found, heard) if sums else []
    return sorted([*found, *more], key=_order) if more else found, sums


def _order(shelf: Shelf) -> tuple[int, str, str, str]:
    one = shelf.indicator
    return (one.order, one.sort_key, one.code, shelf.price_basis)


def _restating(
    user: User | AnonymousUser, place: Place, series: Sequence[Series], span: Span, entries: Sequence[Entry],
    known: datetime | None,
) -> tuple[list[Shelf], list[Series], Restating | None]:  # fmt: skip
    """Where the place was another one a year before, all its periods on the boundaries of this one; else nothing."""
    ground = ground_of(place)
    on = next((day for day in ground.days() if day <= end_of(span.asked)), None)
    if on is None or not ground.changed(span.asked.shift_years(-1), on):
        return [], [], None
    indicators = {one.indicator_id: one.indicator for one in series}
    wanted = series_of(user).filter(indicator__in=related(indicators.values()), place__in=ground.others, segment="")
    family = list(wanted.select_related("indicator"))
    for one in family:
        one.place = ground.places[one.place_id]
    weights = [f"{one.base_year:04}" for one in indicators.values() if one.weight_id and one.base_year]
    found = [*entries, *standing(family, [*span.codes(), *weights], known)]
    if weights:
        have = {entry.pk for entry in found}
        found += [entry for entry in standing(series, weights, known) if entry.pk not in have]
    restating = Restating(ground, on, found, heard_first(found))
    ordered = sorted(indicators.values(), key=lambda one: (one.order, one.sort_key, one.code))
    made: list[Shelf] = [restating.shelf(one, basis) for one in ordered for basis in restating.price_bases(one)]
    return made, family, restating


def _segments(place: Place, series: Sequence[Series], span: Period, known: datetime | None) -> dict[int, int]:
    shown = {one.indicator_id for one in series}
    of_all: QuerySet[Any] = Latest.objects.all() if known is None else Entry.objects.filter(stood(known))
    rows = of_all.filter(series__place=place, series__indicator__in=shown, period=span.code)
    counted = rows.exclude(series__segment="").order_by().values("series__indicator")
    told = counted.annotate(n=Count("series__segment", distinct=True))
    return {row["series__indicator"]: row["n"] for row in told}


def _row(
    shelf: Shelf, span: Span, segments: dict[int, int], present: int, run: Sequence[float], beside: Sequence[Shelf]
) -> Row:  # fmt: skip
    asked = span.asked
    growth, value, held = shelf.growth(asked), shelf.value(asked), held_against_plan(shelf, span)
    told = progress_of(shelf, span, held, present, run)
    ratio, direction = shelf.plan_ratio(held), _direction(growth or told.to_date_growth)
    nothing = value is None and told.to_date is None and growth is None and not told.lacking
    return Row(
        indicator=shelf.indicator, price_basis=shelf.price_basis, value=value,
        before=shelf.level_or_derived(asked.shift_years(-1)), growth=growth,
        plan=shelf.plan(asked) or shelf.plan(held), plan_ratio=ratio,
        state=refined(shelf.state(held), shelf, span, held, told, nothing), direction=direction,
        favourable=_favourable(direction, shelf.indicator.good), segments=segments.get(shelf.indicator.pk, 0),
        refusal=shelf.refusal(asked.shift_years(-1)) if isinstance(shelf, RestatedShelf) else "", progress=told,
        asked=asked_growth(shelf, asked, _others(shelf, beside)) if nothing else None,
    )  # fmt: skip


def held_against_plan(shelf: Shelf, span: Span) -> Period:
    """The period itself where it has a plan or a stated ratio of its own, or was told as a whole; else the year so far,
    for one month says nothing about the plan of a year."""
    asked = span.asked
    adds = shelf.indicator.adds_up in (AddsUp.FLOW, AddsUp.STOCK)
    if span.so_far is None or not adds or shelf.plan_ratio_stated(asked):
        return asked
    if asked.is_year:
        return asked if shelf.level(asked) else span.so_far
    return asked if shelf.own_plan(asked) else span.so_far


def _others(shelf: Shelf, beside: Iterable[Shelf]) -> list[Shelf]:
    return [one for one in beside if one is not shelf]


def _says_something(row: Row) -> bool:
    """A row that has only figures of other years would be empty here."""
    return any((row.value, row.growth, row.plan, row.plan_ratio, row.to_date, row.lacking, row.asked))


def _direction(growth: Number | None) -> Direction:
    if growth is None:
        return ""
    return "up" if growth.low > 0 else "down" if growth.high < 0 else "flat"


def _favourable(direction: Direction, good: str) -> bool | None:
    if direction not in ("up", "down") or good == Good.NONE:
        return None
    return direction == good

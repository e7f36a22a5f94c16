# SPDX-License-Identifier: Apache-2.0
"""The rows of a scoreboard: one an indicator and price basis, each number with the entries it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Good, Indicator
from bamsat.rooms.figures.comparison import Number, PlanState, Shelf, shelves
from bamsat.rooms.figures.ground import end_of, ground_of
from bamsat.rooms.figures.models import Entry, Latest, Series
from bamsat.rooms.figures.pending import Pending
from bamsat.rooms.figures.providers import heard_first
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.restated import RestatedShelf, Restating, related
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

YEARS_SHOWN = 6
Direction = Literal["up", "down", "flat", ""]


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of the scoreboard; every number leads to its entries."""

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
    spark: tuple[Number, ...]  # levels (or growths, where there are no levels) of the years before, oldest first
    segments: int  # how many breakdowns have entries too
    refusal: str = ""  # why last year's number cannot be put on this year's boundaries
    drafts: tuple[Pending, ...] = ()  # what waits for approval; in no number, ratio or state of the row

    @property
    def unit(self) -> str:
        """The unit of its level, as shown."""
        number = self.value or self.plan or self.before
        return number.display_unit if number else self.indicator.display_unit or self.indicator.unit


def rows_of(
    user: User | AnonymousUser, place: Place, series: Sequence[Series], span: Period, known: datetime | None
) -> Iterator[Row]:
    codes = _window(span)
    entries = standing(series, codes, known)
    segments = _segments(place, series, span)
    restating = _restating(user, place, series, span, entries, known)
    for shelf in restating or shelves(entries, heard_first(entries)):
        made = _row(shelf, span, segments)
        if _says_something(made):
            yield made


def _window(span: Period) -> list[str]:
    """The period in this year and the years before, and the year that its plan is for."""
    years = [span.shift_years(-back) for back in range(YEARS_SHOWN)]
    return list({*(year.code for year in years), Period.year(span.end_year).code})


def _restating(
    user: User | AnonymousUser, place: Place, series: Sequence[Series], span: Period, entries: Sequence[Entry],
    known: datetime | None,
) -> list[Shelf]:  # fmt: skip
    """Where the place was another one a year before, all its periods on the boundaries of this one; else nothing."""
    ground = ground_of(place)
    on = next((day for day in ground.days() if day <= end_of(span)), None)
    if on is None or not ground.changed(span.shift_years(-1), on):
        return []
    indicators = {one.indicator_id: one.indicator for one in series}
    wanted = series_of(user).filter(indicator__in=related(indicators.values()), place__in=ground.others, segment="")
    family = list(wanted.select_related("indicator"))
    for one in family:
        one.place = ground.places[one.place_id]
    weights = [f"{one.base_year:04}" for one in indicators.values() if one.weight_id and one.base_year]
    found = [*entries, *standing(family, [*_window(span), *weights], known)]
    if weights:
        have = {entry.pk for entry in found}
        found += [entry for entry in standing(series, weights, known) if entry.pk not in have]
    restating = Restating(ground, on, found, heard_first(found))
    ordered = sorted(indicators.values(), key=lambda one: (one.order, one.sort_key, one.code))
    return [restating.shelf(one, basis) for one in ordered for basis in restating.price_bases(one)]


def _segments(place: Place, series: Sequence[Series], span: Period) -> dict[int, int]:
    shown = {one.indicator_id for one in series}
    rows = Latest.objects.filter(series__place=place, series__indicator__in=shown, period=span.code)
    counted = rows.exclude(series__segment="").order_by().values("series__indicator")
    told = counted.annotate(n=Count("series__segment", distinct=True))
    return {row["series__indicator"]: row["n"] for row in told}


def _row(shelf: Shelf, span: Period, segments: dict[int, int]) -> Row:
    growth = shelf.growth(span)
    direction = _direction(growth)
    return Row(
        indicator=shelf.indicator, price_basis=shelf.price_basis, value=shelf.value(span),
        before=shelf.level_or_derived(span.shift_years(-1)), growth=growth, plan=shelf.plan(span),
        plan_ratio=shelf.plan_ratio(span), state=shelf.state(span), direction=direction,
        favourable=_favourable(direction, shelf.indicator.good), spark=_spark(shelf, span),
        segments=segments.get(shelf.indicator.pk, 0),
        refusal=shelf.refusal(span.shift_years(-1)) if isinstance(shelf, RestatedShelf) else "",
    )  # fmt: skip


def _says_something(row: Row) -> bool:
    """A row that has only figures of other years would be empty here."""
    return any((row.value, row.growth, row.plan, row.plan_ratio))


def _direction(growth: Number | None) -> Direction:
    if growth is None:
        return ""
    return "up" if growth.low > 0 else "down" if growth.high < 0 else "flat"


def _favourable(direction: Direction, good: str) -> bool | None:
    if direction not in ("up", "down") or good == Good.NONE:
        return None
    return direction == good


def _spark(shelf: Shelf, span: Period) -> tuple[Number, ...]:
    years = [span.shift_years(-back) for back in reversed(range(YEARS_SHOWN))]
    levels = [level for year in years if (level := shelf.level_or_derived(year))]
    return tuple(levels or [growth for year in years if (growth := shelf.growth(year))])

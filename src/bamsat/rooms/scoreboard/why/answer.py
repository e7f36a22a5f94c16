# SPDX-License-Identifier: Apache-2.0
"""Why a number of the scoreboard is what it is: what each part gave to its growth and to its gap to the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.core.compare.contributions import Contribution, ContributionsRefused, explained, to_gap, to_growth
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.figures.comparison import Number, PlanState, Shelf
from bamsat.rooms.figures.ground import end_of, ground_of
from bamsat.rooms.figures.histories import Asked, History, history
from bamsat.rooms.figures.models import Measure
from bamsat.rooms.places.models import Place
from bamsat.rooms.scoreboard.why.parts import Breakdown, adds, breakdowns
from bamsat.rooms.scoreboard.why.reached import level_of, reached
from bamsat.rooms.scoreboard.why.weights import index_lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Whole:
    """The number that is asked about. `span` is the period of the page, `period` the part of it that is done."""

    indicator: Indicator
    place: Place
    segment: str
    price_basis: str
    price_bases: tuple[str, ...]
    shelf: Shelf
    span: Period
    period: Period
    now: Number | None
    before: Number | None
    growth: Number | None
    plan: Number | None
    ratio: Number | None
    state: PlanState
    lacking: tuple[Period, ...]
    summed: bool
    known: datetime | None

    @property
    def planned_for(self) -> Period | None:
        return Period.parse(self.plan.period) if self.plan else None

    @property
    def is_over(self) -> bool:
        """Whether the period that the plan is for is done."""
        return self.planned_for is None or self.period.last >= self.planned_for.last


@dataclass(frozen=True, slots=True)
class Told:
    """A breakdown and what its parts gave; the reason where they cannot be held against the whole."""

    breakdown: Breakdown
    growth: tuple[Contribution, ...]
    gap: tuple[Contribution, ...]
    refusal: ContributionsRefused | None = None

    @property
    def explains(self) -> Fraction:
        return explained(self.growth or self.gap)


@dataclass(frozen=True, slots=True)
class Why:
    whole: Whole
    told: tuple[Told, ...]  # what explains most comes first

    def chosen(self, code: str) -> Told | None:
        return next((one for one in self.told if one.breakdown.code == code), self.told[0] if self.told else None)


def why(
    user: User | AnonymousUser, indicator: Indicator, place: Place, span: Period | None, price_basis: str | None = None,
    segment: str = "", known: datetime | None = None,
) -> Why | None:  # fmt: skip
    """None where the ledger has nothing of it; Place.DoesNotExist where the user may not see the place."""
    whole = whole_of(user, indicator, place, span, price_basis, segment, known)
    if whole is None:
        return None
    found = [_told(user, one, whole) for one in breakdowns(user, whole)]
    return Why(whole, tuple(sorted(found, key=lambda one: (one.breakdown.overlapping, -one.explains))))


def whole_of(
    user: User | AnonymousUser, indicator: Indicator, place: Place, span: Period | None, price_basis: str | None,
    segment: str, known: datetime | None,
) -> Whole | None:  # fmt: skip
    on = _boundaries(place, span) if span else None
    found = history(user, indicator, place, Asked(price_basis=price_basis, segment=segment, size=1, known=known, on=on))
    span = span or _usual(found)
    if span is None:
        return None
    shelf = found.shelf
    far = reached(shelf, span)
    before = level_of(shelf, far.period.shift_years(-1))
    return Whole(
        indicator, found.place, segment, found.price_basis, found.price_bases, shelf, span, far.period, far.number,
        before, shelf.growth(far.period), shelf.plan(far.period), shelf.plan_ratio(far.period), shelf.state(far.period),
        far.lacking, far.summed, known,
    )  # fmt: skip


def _boundaries(place: Place, span: Period) -> date | None:
    """The day whose boundaries both years stand on, where the place was another one a year before."""
    ground = ground_of(place)
    on = next((day for day in ground.days() if day <= end_of(span)), None)
    return on if on and ground.changed(span.shift_years(-1), on) else None


def _usual(found: History) -> Period | None:
    """The latest year in which something was done; without any, the latest period that has a number."""
    done = [period for period in found.shelf.periods() if found.shelf.value(period)]
    return next((period for period in done if period.is_year), done[0] if done else None)


def _told(user: User | AnonymousUser, one: Breakdown, whole: Whole) -> Told:
    if whole.indicator.adds_up == AddsUp.INDEX:
        return _of_index(user, one, whole)
    if not adds(whole.indicator) or whole.now is None or whole.now.measure != Measure.LEVEL:
        return Told(one, (), (), ContributionsRefused(
            vi="Tỷ lệ không cộng được từ tỷ lệ của các phần. Hãy xem riêng tử số và mẫu số.",
            en="The ratios of parts do not add up. Look at the numerator and the denominator by themselves.",
        ))  # fmt: skip
    parts = one.parts(whole)
    same = whole.before is not None and whole.before.unit == whole.now.unit
    growth = to_growth(parts, whole.now.bounded, whole.before.bounded) if whole.before and same else ()
    gap: Sequence[Contribution] = ()
    if whole.plan and whole.plan.unit == whole.now.unit and any(part.plan for part in parts):
        gap = to_gap(parts, whole.now.bounded, whole.plan.bounded)
    return Told(one, growth, tuple(gap))


def _of_index(user: User | AnonymousUser, one: Breakdown, whole: Whole) -> Told:
    try:
        return Told(one, index_lines(user, one, whole) if whole.growth else (), ())
    except ContributionsRefused as refused:
        return Told(one, (), (), refused)

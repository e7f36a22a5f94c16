# SPDX-License-Identifier: Apache-2.0
"""Where places stand beside each other: the number that each is ranked and coloured by, its rank, or why none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from bamsat.core.compare import arithmetic, contributions
from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.compare.contributions import Part
from bamsat.core.compare.forecast import Year, forecast
from bamsat.core.compare.pace import at_risk
from bamsat.rooms.catalogue.models import AddsUp, Good
from bamsat.rooms.figures.comparison import PlanState
from bamsat.rooms.figures.models import Measure
from bamsat.rooms.places.models import Place
from bamsat.rooms.scoreboard.places.asked import GROWTH, PART, PLAN, VALUE, PlacesAsked
from bamsat.rooms.scoreboard.places.levels import Levels, Spoken, added, levels_of
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

HISTORY = 5  # years before that tell how a year usually runs


@dataclass(frozen=True, slots=True)
class Standing:
    """One place: what it did, the number that it stands by, its rank this year and a year before."""

    place: Place
    done: Bounded | None
    number: Decimal | None  # as it is shown, so that places that read alike share a rank
    why: str = ""  # why there is no number
    rank: int = 0
    rank_before: int = 0  # 0 where it had none
    state: PlanState = PlanState.NO_PLAN
    growth: Decimal | None = None
    plan: Bounded | None = None
    plan_ratio: Decimal | None = None
    restated: bool = False


@dataclass(frozen=True, slots=True)
class Standings:
    """All places: those ranked, the first one first, and those without a number."""

    ranked: tuple[Standing, ...]
    without: tuple[Standing, ...]
    of_whole: bool = True  # contributions: whether the place above told its own number
    restated: bool = False

    @property
    def every(self) -> tuple[Standing, ...]:
        return (*self.ranked, *self.without)


def standings_of(user: User | AnonymousUser, asked: PlacesAsked) -> Standings:
    running = (asked.span.month or 12) < 12
    levels = levels_of(user, asked, HISTORY if running else 2)
    year = asked.span.asked.end_year
    now, of_whole = _numbers(asked, levels, year)
    before, _whole = _numbers(asked, levels, year - 1)
    low_first = asked.by in (GROWTH, PLAN) and asked.indicator.good == Good.DOWN
    ranks = ranks_of({pk: one.number.value for pk, one in now.items() if one.number}, low_first)
    ranks_before = ranks_of({pk: one.number.value for pk, one in before.items() if one.number}, low_first)
    made = [
        replace(
            _standing(asked, levels, place, year, now[place.pk]), rank=ranks.get(place.pk, 0),
            rank_before=ranks_before.get(place.pk, 0),
        )
        for place in asked.places
    ]  # fmt: skip
    ranked = sorted((one for one in made if one.rank), key=lambda one: (one.rank, one.place.sort_key))
    return Standings(
        tuple(ranked), tuple(one for one in made if not one.rank), of_whole, any(one.restated for one in made)
    )


def standings_by(user: User | AnonymousUser, asked: PlacesAsked, named: bool) -> tuple[PlacesAsked, Standings]:
    """What the places stand by, if it was named; else by their values, where nothing else can be told of any."""
    found = standings_of(user, asked)
    if named or found.ranked or asked.by == VALUE:
        return asked, found
    return (by_value := replace(asked, by=VALUE)), standings_of(user, by_value)


def ranks_of(numbers: Mapping[int, Decimal], low_first: bool = False) -> dict[int, int]:
    """The rank of each; those with the same number share the first of their ranks, and the next ones stay free.

    >>> ranks_of({1: Decimal(7), 2: Decimal(9), 3: Decimal(7), 4: Decimal(1)})
    {2: 1, 1: 2, 3: 2, 4: 4}
    """
    ordered = sorted(numbers.items(), key=lambda one: (one[1] if low_first else -one[1], one[0]))
    found: dict[int, int] = {}
    for at, (key, number) in enumerate(ordered):
        shared = at > 0 and ordered[at - 1][1] == number
        found[key] = found[ordered[at - 1][0]] if shared else at + 1
    return found


def _standing(asked: PlacesAsked, levels: Levels, place: Place, year: int, stands_by: Spoken) -> Standing:
    done, plan = levels.done(place.pk, year), levels.plan(place.pk, year)
    growth, ratio = _growth(levels, place.pk, year), _plan_ratio(levels, place.pk, year)
    return Standing(
        place, done.number, stands_by.number.value if stands_by.number else None, _said(stands_by),
        state=_state(asked, levels, place.pk, year, ratio.number),
        growth=arithmetic.shown(growth.number) if growth.number else None, plan=plan.number,
        plan_ratio=arithmetic.shown(ratio.number) if ratio.number else None,
        restated=done.restated or levels.done(place.pk, year - 1).restated,
    )  # fmt: skip


def _said(what: Spoken) -> str:
    """Why there is no number; how to mend it is told where one figure is looked at."""
    return "" if what.number else words.told(what).split(". ")[0].rstrip(".") or _("chưa có số")


# The number that places stand by.


def _numbers(asked: PlacesAsked, levels: Levels, year: int) -> tuple[dict[int, Spoken], bool]:
    places = [place.pk for place in asked.places]
    if asked.by == PART:
        return _contributions(asked, levels, places, year)
    of = {VALUE: levels.done, GROWTH: lambda *one: _growth(levels, *one), PLAN: lambda *one: _plan_ratio(levels, *one)}
    told = {pk: of.get(asked.by, of[PLAN])(pk, year) for pk in places}
    if asked.by == VALUE:
        return told, True
    return {pk: _as_shown(one) for pk, one in told.items()}, True


def _as_shown(one: Spoken) -> Spoken:
    return replace(one, number=Bounded.exactly(arithmetic.shown(one.number))) if one.number else one


def _growth(levels: Levels, place: int, year: int) -> Spoken:
    """As a report states it, else computed from two levels; of an index or a ratio it is never computed."""
    if stated := levels.stated.get((place, Measure.GROWTH, year)):
        return Spoken(stated)
    now, before = levels.done(place, year), levels.done(place, year - 1)
    if now.number is None or not levels.adds:
        return now if now.number is None else _lacks("chỉ số, tỷ lệ không tính tăng trưởng", "no growth of a ratio")
    if before.number is None:
        return Spoken(None, f"cùng kỳ: {before.vi}", f"a year before: {before.en}")
    grown = arithmetic.growth(now.number, before.number)
    if grown is None:
        return _lacks("số cùng kỳ bằng 0 hoặc âm", "a year before it was zero or negative")
    return Spoken(grown, restated=now.restated or before.restated)


def _lacks(vi: str, en: str) -> Spoken:
    return Spoken(None, vi, en)


def _plan_ratio(levels: Levels, place: int, year: int) -> Spoken:
    if stated := levels.stated.get((place, Measure.PLAN_RATIO, year)):
        return Spoken(stated)
    done, plan = levels.done(place, year), levels.plan(place, year)
    if done.number is None or plan.number is None:
        return done if done.number is None else plan
    ratio = arithmetic.plan_ratio(done.number, plan.number)
    return Spoken(ratio) if ratio else _lacks("kế hoạch bằng 0", "the plan is zero")


def _contributions(
    asked: PlacesAsked, levels: Levels, places: Sequence[int], year: int
) -> tuple[dict[int, Spoken], bool]:
    """How many points of the growth of the whole each place gave. The whole is what the place above told of itself;
    without that, the sum of the places that have both numbers."""
    parts = {pk: (levels.done(pk, year), levels.done(pk, year - 1)) for pk in places}
    both = {pk: (now.number, then.number) for pk, (now, then) in parts.items() if now.number and then.number}
    whole = (
        tuple(levels.done(asked.above.pk, each).number for each in (year, year - 1)) if asked.above else (None, None)
    )
    of_whole = None not in whole
    if not of_whole and both:
        whole = added(now for now, _then in both.values()), added(then for _now, then in both.values())
    found = {pk: _growth(levels, pk, year) for pk in places}
    if not both or whole[0] is None or whole[1] is None or whole[1].low <= 0 or not levels.adds:
        none = _lacks("chưa tính được tăng trưởng chung", "the growth of the whole is not known")
        return dict.fromkeys(places, none), of_whole
    lines = contributions.to_growth([Part(str(pk), *numbers) for pk, numbers in both.items()], whole[0], whole[1])
    points = {line.key: line.points for line in lines if line.kind == "part" and line.points}
    for pk in places:
        if point := points.get(str(pk)):
            found[pk] = _as_shown(Spoken(point.bounded))
        elif found[pk].number:  # a stated growth alone says nothing of the whole
            found[pk] = _lacks("chưa có số của cả hai năm", "not both years are known")
    return found, of_whole


# States.


def _state(asked: PlacesAsked, levels: Levels, place: int, year: int, ratio: Bounded | None) -> PlanState:
    """As the scoreboard tells it: against the plan, and at risk where the forecast sees it missed."""
    over = levels.month >= 12
    state = PlanState(arithmetic.state_against_plan(ratio, asked.indicator.good, over))
    if state != PlanState.RUNNING or asked.indicator.adds_up != AddsUp.FLOW:
        return state
    done, plan = levels.done(place, year).number, levels.plan(place, year).number
    if done is None or plan is None:
        return state
    past, totals = [], {}
    for each in range(year - HISTORY, year):
        total, part = levels.total(place, each), levels.done(place, each).number
        if total and part:
            past.append(Year(each, float(part.value), float(total.value)))
        elif total:
            totals[each] = float(total.value)
    ahead = forecast(float(done.value), levels.month, past, totals)
    return PlanState.AT_RISK if at_risk(ahead.chance(float(plan.value), asked.indicator.good)) else state

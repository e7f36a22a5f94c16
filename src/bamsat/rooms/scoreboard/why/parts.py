# SPDX-License-Identifier: Apache-2.0
"""The parts that a number is made of, as the ledger has them: components, industries and other breakdowns, places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.compare.contributions import Part, completed
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import sort_key
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.figures.comparison import Number, PlanState, Shelf, shelves
from bamsat.rooms.figures.ground import end_of
from bamsat.rooms.figures.models import Entry, Series
from bamsat.rooms.figures.providers import heard_first
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.scopes import may_write, series_of
from bamsat.rooms.places.models import Place, PlaceVersion
from bamsat.rooms.places.queries import called_on, reaches
from bamsat.rooms.places.rights import Function
from bamsat.rooms.scoreboard.why.components import Component, components_of
from bamsat.rooms.scoreboard.why.months import Sum, sums
from bamsat.rooms.scoreboard.why.risk import at_risk_below
from bamsat.rooms.scoreboard.why.segments import Group, groups_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.scoreboard.why.answer import Whole

COMPONENTS, PLACES, NAMED = "thanh-phan", "noi", "neu-ten"


@dataclass(frozen=True, slots=True)
class Member:
    """A part with its numbers, and where it is looked at by itself: as an indicator, a breakdown or a place."""

    key: str
    name: str
    now: Number | None
    before: Number | None
    plan: Number | None
    growth: Number | None = None
    ratio: Number | None = None
    state: PlanState = PlanState.NO_PLAN
    indicator: str = ""
    segment: str = ""
    place: str = ""
    sign: int = 1

    def part(self) -> Part:
        return Part(self.key, self._signed(self.now), self._signed(self.before), self._signed(self.plan))

    def _signed(self, number: Number | None) -> Bounded | None:
        if number is None or self.sign > 0:
            return number.bounded if number else None
        return Bounded(-number.value, -number.high, -number.low)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to take a number apart. Its parts are all there are where it is `complete`."""

    code: str
    name: str
    members: tuple[Member, ...]
    complete: bool = False
    overlapping: bool = False  # parts that reports name may share things, so they are not added up
    silent: int = 0  # places below that never told anything

    def parts(self, whole: Whole) -> tuple[Part, ...]:
        """With what follows from the whole, where one alone is missing."""
        told = [member.part() for member in self.members]
        if not self.complete or whole.now is None or whole.before is None:
            return tuple(told)
        return completed(told, whole.now.bounded, whole.before.bounded)


def breakdowns(user: User | AnonymousUser, whole: Whole) -> list[Breakdown]:
    """Every way to take the number apart that the ledger has figures for."""
    found = [*_by_components(user, whole), *_by_segments(user, whole), *_by_places(user, whole)]
    return [one for one in found if any(member.now for member in one.members)]


# Components: indicators of their own that an identity adds up.


def _by_components(user: User | AnonymousUser, whole: Whole) -> list[Breakdown]:
    if whole.segment:
        return []
    components = components_of(whole.indicator)
    wanted = {one.code for one in components}
    rows = series_of(user).filter(place=whole.place, segment="", indicator__code__in=wanted)
    series = _placed(rows.select_related("indicator"), whole.place)
    found = _shelves(series, whole, lambda one: one.indicator.code) if series else {}
    hidden = _hidden(user, whole.place, wanted - found.keys())
    members = [_component(one, found.get(one.code), whole) for one in components if one.code not in hidden]
    return [Breakdown(COMPONENTS, _("Thành phần"), tuple(members), complete=not hidden)] if found else []


def _hidden(user: User | AnonymousUser, place: Place, codes: Collection[str]) -> set[str]:
    """Those that no role of the user covers here: nothing is worked out for them from the whole and the other parts."""
    if not codes or all(reach.sets is None for reach in reaches(user, Function.SEE)):
        return set()
    rows = Indicator.objects.filter(code__in=codes)
    return {one.code for one in rows if not may_write(user, place, one, Function.SEE)}


def _component(one: Component, shelf: Shelf | None, whole: Whole) -> Member:
    made = _member(one.code, one.name, shelf, whole)
    return replace(made, indicator=one.code, place=whole.place.slug, sign=one.sign)


# Breakdowns by code lists, and parts that reports name.


def _by_segments(user: User | AnonymousUser, whole: Whole) -> list[Breakdown]:
    rows = series_of(user).filter(place=whole.place, indicator=whole.indicator).exclude(segment="")
    series = _placed(rows, whole.place, whole.indicator)
    groups = groups_of(whole.indicator, whole.segment, {one.segment for one in series})
    wanted = {segment for group in groups for segment in group.segments}
    of_groups = [one for one in series if one.segment in wanted]
    found = _shelves(of_groups, whole, lambda one: one.segment)
    return [_group(group, found, whole) for group in groups]


def _group(group: Group, found: Mapping[str, Shelf], whole: Whole) -> Breakdown:
    members = [
        replace(
            _member(segment, name, found.get(segment), whole),
            indicator=whole.indicator.code, segment=segment, place=whole.place.slug,
        )
        for segment, name in group.segments.items()
    ]  # fmt: skip
    return Breakdown(group.code, group.name, tuple(members), group.complete, overlapping=group.overlapping)


# Places below, on the boundaries of the period's last day.


def _by_places(user: User | AnonymousUser, whole: Whole) -> list[Breakdown]:
    known = timezone.localdate(whole.known) if whole.known else None
    below = children(whole.place, end_of(whole.period), known)
    if not below:
        return []
    rows = series_of(user).filter(indicator=whole.indicator, segment=whole.segment, place__in=below)
    series = list(rows)
    for one in series:
        one.indicator, one.place = whole.indicator, below[one.place_id]
    found = _shelves(series, whole, lambda one: one.place.slug)
    named = {place.slug: place for place in below.values()}
    risky = at_risk_below(whole, found, series)
    made = {slug: _member(slug, named[slug].label, shelf, whole) for slug, shelf in found.items()}
    members = [
        replace(
            made[slug], indicator=whole.indicator.code, segment=whole.segment, place=slug,
            state=PlanState.AT_RISK if slug in risky and made[slug].now else made[slug].state,
        )
        for slug in sorted(found, key=lambda slug: sort_key(named[slug].name))
    ]  # fmt: skip
    told = tuple(member for member in members if member.now or member.before or member.plan)
    silent = len(below) - len(told)
    return [Breakdown(PLACES, _("Nơi cấp dưới"), told, complete=not silent, silent=silent)]


def children(place: Place, day: date, known: date | None = None) -> dict[int, Place]:
    """The places right below on a day, under the names of the day that the ledger is looked at."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    going_on = Q(valid_to=None) | Q(valid_to__gt=day)
    rows = PlaceVersion.objects.filter(begun, going_on, parent=place).select_related("place")
    found = {row.place_id: row.place for row in rows}
    called_on(found.values(), known)
    return found


# Numbers of many parts at once.


def _placed(rows: QuerySet[Series], place: Place, indicator: Indicator | None = None) -> list[Series]:
    found = list(rows)
    for one in found:
        one.place = place
        if indicator is not None:
            one.indicator = indicator
    return found


def _shelves(series: Sequence[Series], whole: Whole, key_of: Callable[[Series], str]) -> dict[str, Shelf]:
    """The shelf of each part at the whole's prices, with the sums of months where the whole is one too."""
    span = whole.period
    codes = {span.code, span.shift_years(-1).code, Period.year(span.end_year).code}
    by_key: dict[str, list[Entry]] = defaultdict(list)
    entries = standing(series, codes, whole.known)
    for entry in entries:
        by_key[key_of(entry.series)].append(entry)
    heard = heard_first(entries)
    found = {key: shelf for key, told in by_key.items() if (shelf := _at_prices(shelves(told, heard), whole))}
    if whole.summed:
        for one in sums([each for each in series if _priced(each, whole)], span, whole.known):
            _give(found, key_of(one.series), one)
    return found


def _give(found: dict[str, Shelf], key: str, one: Sum) -> None:
    shelf = found.setdefault(key, Shelf(one.series.indicator, one.series.price_basis, ()))
    shelf.unit = shelf.unit or one.series.unit
    if shelf.unit == one.series.unit:
        # What was stated for the period comes before what its months add up to.
        shelf.add_up(one.period, one.summed)


def _priced(series: Series, whole: Whole) -> bool:
    return series.measure == "level" and (not whole.price_basis or series.price_basis in ("", whole.price_basis))


def _at_prices(found: Iterable[Shelf], whole: Whole) -> Shelf | None:
    """The one at the prices of the whole; one that states none can be at any."""
    by_basis = {shelf.price_basis: shelf for shelf in found}
    if whole.price_basis in by_basis:
        return by_basis[whole.price_basis]
    if "" in by_basis:
        return by_basis[""]
    return next(iter(by_basis.values())) if not whole.price_basis and len(by_basis) == 1 else None


def _member(key: str, name: str, shelf: Shelf | None, whole: Whole) -> Member:
    if shelf is None:
        return Member(key, name, None, None, None)
    span = whole.period
    now, before = shelf.value(span), shelf.level_or_derived(span.shift_years(-1))
    plan = shelf.plan(span)
    if whole.now and now and now.unit != whole.now.unit:
        now = None
    unit = now.unit if now else whole.now.unit if whole.now else ""
    state = shelf.state(span) if now or shelf.plan_ratio(span) else PlanState.NO_PLAN
    return Member(
        key, name, now, before if before and before.unit == unit else None,
        plan if plan and plan.unit == unit else None, shelf.growth(span), shelf.plan_ratio(span), state,
    )  # fmt: skip


def adds(indicator: Indicator) -> bool:
    return indicator.adds_up in (AddsUp.FLOW, AddsUp.STOCK)

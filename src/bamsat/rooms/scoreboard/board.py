# SPDX-License-Identifier: Apache-2.0
"""The scoreboard of a place and period: which indicators it shows, in which fields; a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp, Indicator, IndicatorSet, SetMember
from bamsat.rooms.catalogue.queries import sets
from bamsat.rooms.figures import series_list
from bamsat.rooms.figures.compared import stood
from bamsat.rooms.figures.comparison import PlanState
from bamsat.rooms.figures.models import Entry, Latest, Measure, Series
from bamsat.rooms.figures.pending import Pending, pending
from bamsat.rooms.figures.queries import told_by
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import home_places, scope
from bamsat.rooms.places.rights import remembering
from bamsat.rooms.scoreboard.progress import DONE, Span, span_of
from bamsat.rooms.scoreboard.rows import Row, rows_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

SHOWN = 40  # indicators of one page
MAIN, EVERYTHING, REST = "main", "all", "rest"  # codes of fields


@dataclass(frozen=True, slots=True)
class Field:
    """An indicator set of which the place has figures, or the rest that is in no set."""

    code: str
    set: IndicatorSet | None
    indicators: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """A place and period, indicator by indicator."""

    place: Place
    period: str
    periods: tuple[str, ...]  # those that the shown indicators have figures of, the latest first
    rows: tuple[Row, ...]
    fields: tuple[Field, ...] = ()  # none where all indicators stand on one page
    field: str = ""
    page: int = 1
    pages: int = 1
    drafts: tuple[Pending, ...] = ()  # those that have no row here
    span: Span | None = None  # the period, the year around it, and how much of that is over

    @property
    def page_numbers(self) -> range:
        return range(1, self.pages + 1)

    @property
    def tally(self) -> dict[str, int]:
        """How many rows are in each state, in the order in which they are told."""
        counts = Counter(row.state.value for row in self.rows)
        return {state: counts[state] for state in PlanState.values}


def scoreboard(
    user: User | AnonymousUser, place: Place, period: Period | str | int | None = None, field: str = "", page: int = 1,
    known: datetime | None = None,
) -> Scoreboard:  # fmt: skip
    """The indicators of a place in a period (its latest year, if none is named), as known now or at a moment.

    All of them where one page holds them, else one field at a time. Place.DoesNotExist when the user may not see the
    place; PeriodUnreadable when the period cannot be read.
    """
    with remembering(user):
        place = scope(user).get(pk=place.pk)
        there = told_by(series_of(user).filter(place=place), known)
        fields = _fields(there)
        chosen = next((each for each in fields if each.code == field), fields[0])
        shown = chosen.indicators[SHOWN * (page - 1) : SHOWN * page]
        series = list(there.filter(segment="", indicator__in=shown).select_related("indicator"))
        for one in series:
            one.place = place
        spoken = _periods(series, known)
        usual = _usual(spoken, series)
        span = Period.parse(str(period)) if period else usual
        spread = span_of(span, spoken) if span else None
        rows = tuple(rows_of(user, place, series, spread, known)) if spread else ()
        waits = pending(user, place, period=span.code if span else None) if known is None else []
    rows, drafts = _beside(rows, [one for one in waits if not one.segment])
    told = dict.fromkeys(each.code for each, _ in spoken)
    periods = told if usual is None or usual.code in told else (usual.code, *told)
    return Scoreboard(
        place, span.code if span else "", tuple(periods), rows,
        fields if len(fields) > 1 else (), chosen.code, page, max(1, -(-len(chosen.indicators) // SHOWN)), drafts,
        spread,
    )  # fmt: skip


def _beside(rows: Iterable[Row], drafts: Sequence[Pending]) -> tuple[tuple[Row, ...], tuple[Pending, ...]]:
    """Each draft beside the row of its indicator and price basis; those without a row apart."""
    rest, told = list(drafts), []
    for row in rows:
        one = row.indicator
        fit = [d for d in rest if d.indicator == one.code and (d.price_basis or one.price_basis) == row.price_basis]
        rest = [d for d in rest if d not in fit]
        told.append(replace(row, drafts=tuple(fit)) if fit else row)
    return tuple(told), tuple(rest)


def _fields(there: QuerySet[Series]) -> tuple[Field, ...]:
    """The sets that have figures at the place, the main one first; one field of everything where that fits a page."""
    every = tuple(there.filter(segment="").order_by().values_list("indicator_id", flat=True).distinct())
    if len(every) <= SHOWN:
        return (Field(EVERYTHING, None, every),)
    members: dict[int, list[int]] = defaultdict(list)
    here = set(every)  # looked up here: to ask for hundreds of indicators by name takes longer than to read all members
    for held, indicator in SetMember.objects.order_by("set_id", "order", "pk").values_list("set_id", "indicator_id"):
        if indicator in here:
            members[held].append(indicator)
    in_force = sorted(sets().filter(pk__in=members), key=lambda one: (one.code != MAIN, one.order, one.code))
    in_sets = {indicator for one in in_force for indicator in members[one.pk]}
    rest = _in_order([indicator for indicator in every if indicator not in in_sets])
    made = [Field(one.code, one, tuple(members[one.pk])) for one in in_force]
    return (*made, *([Field(REST, None, rest)] if rest else []))


def _in_order(indicators: Sequence[int]) -> tuple[int, ...]:
    found = Indicator.objects.filter(pk__in=indicators) if indicators else Indicator.objects.none()
    return tuple(found.order_by("order", "sort_key", "pk").values_list("pk", flat=True))


def _periods(series: Sequence[Series], known: datetime | None) -> list[tuple[Period, str]]:
    """Each period that these series have entries of, and their kinds, the latest first; read off the index."""
    asked = [one.pk for one in series]
    rows: QuerySet[Latest] | QuerySet[Entry] = Latest.objects.filter(series__in=asked)
    if known is not None:
        rows = Entry.objects.filter(stood(known), series__in=asked)
    spans = rows.order_by().values_list("period", "kind").distinct()
    told = [(Period.parse(code), kind) for code, kind in spans]
    return sorted(told, key=lambda one: (-one[0].last, one[0].first, one[1]))


def _usual(spoken: Sequence[tuple[Period, str]], series: Iterable[Series]) -> Period | None:
    """The latest year in which something was done, for plans reach years ahead: as far as it has come, where the year
    is spoken of or its months add up. Of anything else the latest period."""
    done = [period for period, kind in spoken if kind in DONE]
    years = [Period.year(period.end_year) for period in done if period.start_year == period.end_year]
    latest = max(years, key=lambda year: year.last, default=None)
    if latest and (any(period == latest for period, _ in spoken) or any(_adds_up(one) for one in series)):
        return latest
    found = done or [period for period, _ in spoken]
    return found[0] if found else None


def _adds_up(one: Series) -> bool:
    return one.measure == Measure.LEVEL and one.indicator.adds_up in (AddsUp.FLOW, AddsUp.STOCK)


def places_with_figures(user: User | AnonymousUser) -> list[Place]:
    """Places that the user may see and that have series, for the choice of a scoreboard; the user's own first."""
    own = {place.pk for place in home_places(user)}
    return _own_first(series_list.places_with_figures(user), own)


def _own_first(places: Iterable[Place], own: set[int]) -> list[Place]:
    return sorted(places, key=lambda place: (place.pk not in own, place.sort_key, place.slug))

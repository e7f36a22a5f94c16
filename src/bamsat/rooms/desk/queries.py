# SPDX-License-Identifier: Apache-2.0
"""The scoreboard of a place and period, and what the first page shows; a fixed number of queries each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Good, Indicator, IndicatorSet, SetMember
from bamsat.rooms.catalogue.queries import sets
from bamsat.rooms.documents.models import Document
from bamsat.rooms.documents.queries import Waiting, documents_for, to_approve, waiting
from bamsat.rooms.figures import series_list
from bamsat.rooms.figures.comparison import Number, PlanState, Shelf, shelves
from bamsat.rooms.figures.ground import end_of, ground_of
from bamsat.rooms.figures.models import Entry, EntryKind, Latest, Series
from bamsat.rooms.figures.pending import Pending, pending
from bamsat.rooms.figures.providers import heard_first
from bamsat.rooms.figures.queries import as_of, last_written, standing
from bamsat.rooms.figures.restated import RestatedShelf, Restating, related
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import home_places, scope
from bamsat.rooms.places.rights import remembering

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

__all__ = ["Home", "Row", "Scoreboard", "Waiting", "home", "places_with_figures", "scoreboard", "waiting"]

YEARS_SHOWN = 6
SHOWN = 40  # indicators of one page
MAIN, EVERYTHING, REST = "main", "all", "rest"  # codes of fields
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

    @property
    def page_numbers(self) -> range:
        return range(1, self.pages + 1)

    @property
    def tally(self) -> dict[str, int]:
        """How many rows are in each state, in the order in which they are told."""
        counts = Counter(row.state.value for row in self.rows)
        return {state: counts[state] for state in PlanState.values}


def scoreboard(
    user: User | AnonymousUser, place: Place, period: str | int | None = None, field: str = "", page: int = 1,
    known: datetime | None = None,
) -> Scoreboard:  # fmt: skip
    """The indicators of a place in a period (its latest year, if none is named), as known now or at a moment.

    All of them where one page holds them, else one field at a time. Place.DoesNotExist when the user may not see the
    place; PeriodUnreadable when the period cannot be read.
    """
    with remembering(user):
        place = scope(user).get(pk=place.pk)
        there = series_of(user).filter(place=place)
        fields = _fields(there)
        chosen = next((each for each in fields if each.code == field), fields[0])
        shown = chosen.indicators[SHOWN * (page - 1) : SHOWN * page]
        series = list(there.filter(segment="", indicator__in=shown).select_related("indicator"))
        for one in series:
            one.place = place
        spoken = _periods(series, known)
        span = Period.parse(str(period)) if period else _usual(spoken)
        rows = tuple(_rows(user, place, series, span, known)) if span else ()
        waits = pending(user, place, period=span.code if span else None) if known is None else []
    rows, drafts = _beside(rows, [one for one in waits if not one.segment])
    return Scoreboard(
        place, span.code if span else "", tuple(dict.fromkeys(each.code for each, _ in spoken)), rows,
        fields if len(fields) > 1 else (), chosen.code, page, max(1, -(-len(chosen.indicators) // SHOWN)), drafts,
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
    found = there.filter(segment="").order_by("indicator__order", "indicator__sort_key", "indicator_id")
    every = tuple(dict.fromkeys(found.values_list("indicator_id", flat=True)))
    if len(every) <= SHOWN:
        return (Field(EVERYTHING, None, every),)
    members: dict[int, list[int]] = defaultdict(list)
    rows = SetMember.objects.filter(indicator__in=every).order_by("set_id", "order", "pk")
    for held, indicator in rows.values_list("set_id", "indicator_id"):
        members[held].append(indicator)
    in_force = sorted(sets().filter(pk__in=members), key=lambda one: (one.code != MAIN, one.order, one.code))
    in_sets = {indicator for one in in_force for indicator in members[one.pk]}
    rest = tuple(indicator for indicator in every if indicator not in in_sets)
    made = [Field(one.code, one, tuple(members[one.pk])) for one in in_force]
    return (*made, *([Field(REST, None, rest)] if rest else []))


def _periods(series: Sequence[Series], known: datetime | None) -> list[tuple[Period, str]]:
    """Each period that these series have entries of, and their kinds, the latest first; read off the index."""
    if known is None:
        rows = Latest.objects.filter(series__in=[one.pk for one in series]).order_by()
        spans = set(rows.values_list("period", "kind").distinct())
    else:
        spans = {(entry.period, entry.kind) for entry in as_of(known, series)}
    told = [(Period.parse(code), kind) for code, kind in spans]
    return sorted(told, key=lambda one: (-one[0].last, one[0].first, one[1]))


def _usual(spoken: list[tuple[Period, str]]) -> Period | None:
    """The latest year in which something was done, for plans reach years ahead; without any, the latest period."""
    done = [period for period, kind in spoken if kind in (EntryKind.ACTUAL, EntryKind.ESTIMATE)]
    found = [period for period in done if period.is_year] or done or [period for period, _ in spoken]
    return found[0] if found else None


def _rows(
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


# The first page.


@dataclass(frozen=True, slots=True)
class Home:
    """What waits, what came in last, and what was written to the ledger last."""

    waiting: Waiting
    to_approve: tuple[Document, ...]  # with figures that wait for this user's approval
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    places: tuple[Place, ...]


def home(user: User | AnonymousUser) -> Home:
    with remembering(user):
        waits = waiting(user)
        with_drafts = documents_for(user).filter(pk__in=to_approve(user).values("document"))
        return Home(
            waiting=waits,
            to_approve=tuple(with_drafts[:8]) if waits.to_approve else (),
            documents=tuple(documents_for(user)[:8]),
            entries=tuple(last_written(user, 8)),
            places=tuple(places_with_figures(user)),
        )


def places_with_figures(user: User | AnonymousUser) -> list[Place]:
    """Places that the user may see and that have series, for the choice of a scoreboard; the user's own first."""
    own = {place.pk for place in home_places(user)}
    return _own_first(series_list.places_with_figures(user), own)


def _own_first(places: Iterable[Place], own: set[int]) -> list[Place]:
    return sorted(places, key=lambda place: (place.pk not in own, place.sort_key, place.slug))

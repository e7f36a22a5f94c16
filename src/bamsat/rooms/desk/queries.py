# SPDX-License-Identifier: Apache-2.0
"""The scoreboard of a place and period, and what the first page shows; a fixed number of queries each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Good, Indicator
from bamsat.rooms.documents.models import Document
from bamsat.rooms.documents.queries import Waiting, documents_for, waiting
from bamsat.rooms.figures.comparison import Number, PlanState, Shelf, shelves
from bamsat.rooms.figures.models import Entry, EntryKind, Latest
from bamsat.rooms.figures.queries import standing, visible_entries
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import home_places, scope

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

__all__ = ["Home", "Row", "Scoreboard", "Waiting", "home", "places_with_figures", "scoreboard", "waiting"]

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

    @property
    def unit(self) -> str:
        """The unit of its level, as shown."""
        number = self.value or self.plan or self.before
        return number.display_unit if number else self.indicator.display_unit or self.indicator.unit


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """A place and period, indicator by indicator."""

    place: Place
    period: str
    periods: tuple[str, ...]  # those that the place has figures of, the latest first
    rows: tuple[Row, ...]

    @property
    def tally(self) -> dict[str, int]:
        """How many rows are in each state, in the order in which they are told."""
        counts = Counter(row.state.value for row in self.rows)
        return {state: counts[state] for state in PlanState.values}


def scoreboard(user: User | AnonymousUser, place: Place, period: str | int | None = None) -> Scoreboard:
    """Every indicator of a place in a period (its latest year, if none is named).

    Place.DoesNotExist when the user may not see the place; PeriodUnreadable when the period cannot be read.
    """
    place = scope(user).get(pk=place.pk)
    spoken = _periods(place)
    span = Period.parse(str(period)) if period else _usual(spoken)
    codes = tuple(dict.fromkeys(each.code for each, _ in spoken))
    if span is None:
        return Scoreboard(place, "", codes, ())
    entries = standing(_window(place, span))
    segments = _segments(place, span)
    rows = [_row(shelf, span, segments) for shelf in shelves(entries)]
    return Scoreboard(place, span.code, codes, tuple(row for row in rows if _says_something(row)))


def _periods(place: Place) -> list[tuple[Period, str]]:
    """Each period that the place has entries of, and their kinds, the latest first."""
    rows = Latest.objects.filter(series__place=place).order_by()
    spans = rows.values_list("entry__first_month", "entry__last_month", "kind").distinct()
    return [(Period(first, last), kind) for first, last, kind in sorted(spans, key=lambda span: (-span[1], span[0]))]


def _usual(spoken: list[tuple[Period, str]]) -> Period | None:
    """The latest year in which something was done, for plans reach years ahead; without any, the latest period."""
    done = [period for period, kind in spoken if kind in (EntryKind.ACTUAL, EntryKind.ESTIMATE)]
    found = [period for period in done if period.is_year] or done or [period for period, _ in spoken]
    return found[0] if found else None


def _window(place: Place, span: Period) -> Q:
    """The period in this year and the years before, and the plan of its year."""
    years = [span.shift_years(-back) for back in range(YEARS_SHOWN)]
    same = Q(entry__last_month__in=[year.last for year in years], entry__first_month__in=[year.first for year in years])
    plan = Q(entry__first_month=span.end_year * 12, entry__last_month=span.end_year * 12 + 11, kind=EntryKind.PLAN)
    return Q(series__place=place, series__segment="") & (same | plan)


def _segments(place: Place, span: Period) -> dict[int, int]:
    rows = Latest.objects.filter(series__place=place, period=span.code).exclude(series__segment="")
    counted = rows.order_by().values("series__indicator").annotate(n=Count("series__segment", distinct=True))
    return {row["series__indicator"]: row["n"] for row in counted}


def _row(shelf: Shelf, span: Period, segments: dict[int, int]) -> Row:
    growth = shelf.growth(span)
    direction = _direction(growth)
    return Row(
        indicator=shelf.indicator, price_basis=shelf.price_basis, value=shelf.value(span),
        before=shelf.level_or_derived(span.shift_years(-1)), growth=growth, plan=shelf.plan(span),
        plan_ratio=shelf.plan_ratio(span), state=shelf.state(span), direction=direction,
        favourable=_favourable(direction, shelf.indicator.good), spark=_spark(shelf, span),
        segments=segments.get(shelf.indicator.pk, 0),
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
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    places: tuple[Place, ...]


def home(user: User | AnonymousUser) -> Home:
    return Home(
        waiting=waiting(user),
        documents=tuple(documents_for(user)[:8]),
        entries=tuple(visible_entries(user).order_by("-pk")[:8]),
        places=tuple(places_with_figures(user)),
    )


def places_with_figures(user: User | AnonymousUser) -> list[Place]:
    """Places that the user may see and that have entries, for the choice of a scoreboard; the user's own first."""
    with_entries = Latest.objects.values("series__place")
    found = list(scope(user).filter(pk__in=with_entries).order_by("sort_key", "slug"))
    own = {place.pk for place in home_places(user)}
    return _own_first(found, own)


def _own_first(places: Iterable[Place], own: set[int]) -> list[Place]:
    return sorted(places, key=lambda place: (place.pk not in own, place.sort_key, place.slug))

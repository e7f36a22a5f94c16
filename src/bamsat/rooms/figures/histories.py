# SPDX-License-Identifier: Apache-2.0
"""An indicator at a place through all its periods: of its time or on other boundaries, as known now or on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.comparison import Number, PlanState, Shelf, shelves
from bamsat.rooms.figures.ground import Ground, ground_of
from bamsat.rooms.figures.models import Entry, EntryKind, Series
from bamsat.rooms.figures.providers import heard_first
from bamsat.rooms.figures.queries import standing, told_by
from bamsat.rooms.figures.restated import RestatedShelf, Restating, related
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import scope
from bamsat.rooms.places.rights import remembering

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

ROWS = BARS = 24  # periods of one page of a table, and of a chart


@dataclass(frozen=True, slots=True)
class Asked:
    """How someone wants to look at a series."""

    price_basis: str | None = None
    segment: str = ""
    provider: str = ""
    kind: str = ""  # of period: month, quarter, year, so_far; all of them if none is named
    page: int = 1
    size: int = ROWS
    known: datetime | None = None  # as it was known then
    on: date | None = None  # on the boundaries of that day


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One period of a series."""

    period: str
    level: Number | None  # or a ratio or share, where the indicator has no levels
    growth: Number | None
    growth_on_last: Number | None
    plan: Number | None
    plan_ratio: Number | None
    forecast: Number | None
    state: PlanState
    refusal: str = ""  # why there is no number on these boundaries


@dataclass(frozen=True, slots=True)
class History:
    """An indicator at a place through its periods, the latest first, one page of them; one part a price basis."""

    indicator: Indicator
    place: Place
    asked: Asked
    price_basis: str
    price_bases: tuple[str, ...]
    segments: tuple[str, ...]
    providers: tuple[str, ...]  # those with values, plans aside
    kinds: tuple[str, ...]
    unit: str
    rows: tuple[HistoryRow, ...]
    levels: tuple[Number, ...]  # those of the most frequent length of period, oldest first: the line of a chart
    pages: int
    ground: Ground
    entries: tuple[Entry, ...]  # all that stands, of this segment and price basis and all providers
    shelf: Shelf

    @property
    def segment(self) -> str:
        return self.asked.segment


def history(
    user: User | AnonymousUser, indicator: Indicator, place: Place, asked: Asked | None = None
) -> History:  # fmt: skip
    """Place.DoesNotExist when the user may not see the place."""
    asked = asked or Asked()
    with remembering(user):
        place = scope(user).get(pk=place.pk)
        there = told_by(series_of(user).filter(indicator=indicator, place=place), asked.known)
        series = _named(there, indicator, place)
        entries = standing([s for s in series if s.segment == asked.segment], known=asked.known)
        ground = ground_of(place)
        family = _of_family(user, indicator, ground, asked) if asked.on else []
    heard = heard_first([*entries, *family])
    spoken = [e for e in entries if asked.provider in ("", e.series.provider) or e.kind == EntryKind.PLAN]
    found = _restated(indicator, ground, asked.on, [*spoken, *family], heard) if asked.on else shelves(spoken, heard)
    shelf = next(
        (s for s in found if s.price_basis == asked.price_basis), found[0] if found else Shelf(indicator, "", [])
    )
    periods = shelf.periods()
    shown = [period for period in periods if asked.kind in ("", kind_of(period))]
    page = shown[asked.size * (asked.page - 1) : asked.size * asked.page]
    return History(
        indicator=indicator, place=place, asked=asked, price_basis=shelf.price_basis,
        price_bases=tuple(s.price_basis for s in found),
        segments=tuple(sorted({s.segment for s in series if s.segment})),
        providers=tuple(sorted({e.series.provider for e in entries if e.kind != EntryKind.PLAN})),
        kinds=tuple(kind for kind in KINDS if any(kind_of(period) == kind for period in periods)), unit=shelf.unit,
        rows=tuple(row(shelf, p) for p in page), levels=_line(shelf, shown), pages=max(1, -(-len(shown) // asked.size)),
        ground=ground, entries=tuple(entries), shelf=shelf,
    )  # fmt: skip


def _named(series: Iterable[Series], indicator: Indicator, place: Place) -> list[Series]:
    found = list(series)
    for one in found:
        one.indicator, one.place = indicator, place
    return found


def _of_family(user: User | AnonymousUser, indicator: Indicator, ground: Ground, asked: Asked) -> list[Entry]:
    """What restating takes beside the place's own series: the same of its family, parts of ratios, weights."""
    rows = series_of(user).filter(indicator__in=related([indicator]), place__in=list(ground.places))
    own = {"indicator": indicator, "place": ground.place}
    found = rows.filter(segment=asked.segment).exclude(**own).select_related("indicator")
    series = [one for one in found if asked.provider in ("", one.provider) or one.indicator_id != indicator.pk]
    for one in series:
        one.place = ground.places[one.place_id]
    return standing(series, known=asked.known)


def _restated(
    indicator: Indicator, ground: Ground, on: date, entries: Sequence[Entry], heard: dict[int, tuple[str, ...]]
) -> list[Shelf]:
    restating = Restating(ground, on, entries, heard)
    return [restating.shelf(indicator, basis) for basis in restating.price_bases(indicator)]


def row(shelf: Shelf, period: Period) -> HistoryRow:
    """All that is said of one period."""
    level = shelf.value(period)
    return HistoryRow(
        period=period.code, level=level, growth=shelf.growth(period), growth_on_last=shelf.growth_on_last(period),
        plan=shelf.plan(period), plan_ratio=shelf.plan_ratio(period), forecast=shelf.forecast(period),
        state=shelf.state(period),
        refusal=shelf.refusal(period) if level is None and isinstance(shelf, RestatedShelf) else "",
    )  # fmt: skip


# Kinds of period.

KINDS = ("month", "quarter", "year", "so_far", "other")


def kind_of(period: Period) -> str:
    """Month, quarter, year, or the year so far.

    >>> [kind_of(Period.parse(code)) for code in ("2021-07", "2021-Q3", "2021", "2021-01/2021-09", "2021/2025")]
    ['month', 'quarter', 'year', 'so_far', 'other']
    """
    if period.length == 1:
        return "month"
    if period.length == 3 and period.first % 3 == 0:
        return "quarter"
    if period.is_year:
        return "year"
    return "so_far" if period.first % 12 == 0 and period.length < 12 else "other"


def _line(shelf: Shelf, periods: Sequence[Period]) -> tuple[Number, ...]:
    """Levels of one length of period, so that a chart compares like with like; years before all else."""
    lengths = [period.length for period in periods]
    if not lengths:
        return ()
    for length in sorted(set(lengths), key=lambda n: (n != 12 or lengths.count(12) < 2, -lengths.count(n), -n)):
        latest = [period for period in periods if period.length == length][:BARS]
        levels = [level for period in latest if (level := shelf.level(period))]
        if levels:
            return tuple(reversed(levels))
    return ()

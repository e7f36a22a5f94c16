# SPDX-License-Identifier: Apache-2.0
"""The ledger as a user may see it: entries and their trail, the history of a series, and how it stood on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Q, QuerySet

from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.comparison import Number, PlanState, Shelf, shelves
from bamsat.rooms.figures.models import Confirmation, Entry, Latest, Series
from bamsat.rooms.figures.scopes import may_write, series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import scope

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_WITH_ALL = ("series__indicator", "series__place", "source__document", "by")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One period of a series."""

    period: str
    level: Number | None  # or a ratio or share, where the indicator has no levels
    growth: Number | None
    plan: Number | None
    plan_ratio: Number | None
    forecast: Number | None
    state: PlanState


@dataclass(frozen=True, slots=True)
class History:
    """An indicator at a place through all its periods, the latest first, one part a price basis."""

    indicator: Indicator
    place: Place
    price_basis: str
    price_bases: tuple[str, ...]
    segment: str
    segments: tuple[str, ...]
    unit: str
    rows: tuple[HistoryRow, ...]
    levels: tuple[Number, ...]  # those of the most frequent length of period, oldest first: the line of a chart


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """An indicator at a place, in the list of all that the ledger holds."""

    indicator: Indicator
    place: Place
    entries: int
    last_month: int


# Entries.


def visible_entries(user: User | AnonymousUser) -> QuerySet[Entry]:
    return Entry.objects.filter(series__in=series_of(user).values("pk")).select_related(*_WITH_ALL)


def entry_for(user: User | AnonymousUser, uuid: UUID | str) -> Entry:
    """The entry at an address; Entry.DoesNotExist also when the user may not see its place."""
    return visible_entries(user).select_related("withdrawal", "replaces", "source__document__place").get(uuid=uuid)


def may_change(user: User | AnonymousUser, entry: Entry) -> bool:
    """Whether the user may replace or withdraw it."""
    return may_write(user, entry.series.place, entry.series.indicator)


def is_standing(entry: Entry) -> bool:
    return Latest.objects.filter(entry=entry).exists()


def trail(entry: Entry) -> list[Entry]:
    """Every entry of the line, the latest first: what was said when, by whom, from where and why it changed."""
    line = Entry.objects.filter(
        series=entry.series_id, period=entry.period, base=entry.base, kind=entry.kind, vintage=entry.vintage
    )
    return list(line.select_related(*_WITH_ALL, "withdrawal__by").order_by("-pk"))


def releases(entry: Entry) -> list[Entry]:
    """The standing entries of the same series and period in every kind and vintage: plan, estimate, official."""
    standing = Latest.objects.filter(series=entry.series_id, period=entry.period).values("entry_id")
    return list(Entry.objects.filter(pk__in=standing).select_related(*_WITH_ALL).order_by("pk"))


def confirmations(entry: Entry) -> QuerySet[Confirmation]:
    """Other documents that say the same."""
    return entry.confirmations.select_related("source__document", "by")


def entries_of(document: Document) -> dict[int, Entry]:
    """For each figure of a document that was accepted: the entry that it made or confirmed."""
    confirmed = Confirmation.objects.filter(source__document=document, entry__withdrawal=None).select_related("entry")
    made = Entry.objects.filter(source__document=document, withdrawal=None).order_by("pk")
    found = {each.source_id: each.entry for each in confirmed}
    return found | {entry.source_id: entry for entry in made if entry.source_id}


def as_of(moment: datetime, series: Iterable[Series]) -> list[Entry]:
    """The entries that stood at a moment: recorded by then, not withdrawn by then, the last of each line."""
    known = Entry.objects.filter(series__in=list(series), recorded_at__lte=moment)
    known = known.exclude(withdrawal__at__lte=moment)
    newest = known.order_by().values("series", "period", "base", "kind", "vintage").annotate(newest=Max("pk"))
    return list(Entry.objects.filter(pk__in=newest.values("newest")).select_related(*_WITH_ALL).order_by("pk"))


# Series.


def standing(which: Q) -> list[Entry]:
    """Standing entries with all that a screen shows of them, in one query."""
    rows = Latest.objects.filter(which).select_related("entry", "series__indicator", "series__place", "entry__source")
    found = []
    for row in rows.order_by("entry_id"):
        row.entry.series = row.series
        found.append(row.entry)
    return found


def history(
    user: User | AnonymousUser, indicator: Indicator, place: Place, price_basis: str | None = None, segment: str = ""
) -> History:
    """All periods of an indicator at a place; Place.DoesNotExist when the user may not see the place."""
    place = scope(user).get(pk=place.pk)
    entries = standing(Q(series__in=series_of(user).filter(indicator=indicator, place=place).values("pk")))
    segments = tuple(sorted({e.series.segment for e in entries if e.series.segment}))
    found = shelves(e for e in entries if e.series.segment == segment)
    shelf = next((s for s in found if s.price_basis == price_basis), found[0] if found else Shelf(indicator, "", []))
    return History(
        indicator=indicator, place=place, price_basis=shelf.price_basis,
        price_bases=tuple(s.price_basis for s in found), segment=segment, segments=segments, unit=shelf.unit,
        rows=tuple(_row(shelf, p) for p in shelf.periods()), levels=_line(shelf),
    )  # fmt: skip


def _row(shelf: Shelf, period: Period) -> HistoryRow:
    return HistoryRow(
        period=period.code, level=shelf.value(period), growth=shelf.growth(period), plan=shelf.plan(period),
        plan_ratio=shelf.plan_ratio(period), forecast=shelf.forecast(period), state=shelf.state(period),
    )  # fmt: skip


def _line(shelf: Shelf) -> tuple[Number, ...]:
    """Levels of one length of period, so that a chart compares like with like; years before all else."""
    levels = [(period, level) for period in shelf.periods() if (level := shelf.level(period))]
    lengths = [period.length for period, _ in levels]
    if not lengths:
        return ()
    length = 12 if lengths.count(12) > 1 else max(set(lengths), key=lambda n: (lengths.count(n), n))
    return tuple(level for period, level in reversed(levels) if period.length == length)


def series_lines(
    user: User | AnonymousUser, search: str = "", place: Place | None = None, limit: int = 500
) -> list[SeriesLine]:
    """What the ledger holds that the user may see: indicator by place, with the number of standing entries."""
    rows = Latest.objects.filter(series__in=series_of(user).values("pk"))
    if place:
        rows = rows.filter(series__place=place)
    if search.strip():
        wanted = fold(search)
        rows = rows.filter(
            Q(series__indicator__folded__contains=wanted) | Q(series__place__versions__folded__contains=wanted)
        )
    counted = (
        rows.values("series__indicator", "series__place")
        .annotate(n=Count("entry", distinct=True), last=Max("entry__last_month"))
        .order_by("series__indicator__order", "series__indicator__sort_key", "series__place__sort_key")[:limit]
    )
    found = list(counted)
    indicators = Indicator.objects.in_bulk({row["series__indicator"] for row in found})
    places = Place.objects.in_bulk({row["series__place"] for row in found})
    return [
        SeriesLine(indicators[row["series__indicator"]], places[row["series__place"]], row["n"], row["last"])
        for row in found
    ]

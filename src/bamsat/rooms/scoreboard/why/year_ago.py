# SPDX-License-Identifier: Apache-2.0
"""What was said a year ago of the same period of that year: known then, known now, and in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bamsat.core.terms.period import Period
from bamsat.rooms.documents.models import Document
from bamsat.rooms.documents.queries import visible
from bamsat.rooms.figures.comparison import Shelf, shelves
from bamsat.rooms.figures.models import Entry, EntryKind, Measure
from bamsat.rooms.figures.numbers import KIND_OF_STATE, Told, entry_number, scale_of, told
from bamsat.rooms.figures.providers import heard_first
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.scoreboard.why.answer import Whole
from bamsat.rooms.scoreboard.why.reached import add
from bamsat.ui import paper, words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST = 6  # values of the period that are listed


@dataclass(frozen=True, slots=True)
class Side:
    """Number, growth, plan ratio and state, as known at one moment."""

    value: Told | None
    growth: Told | None
    ratio: Told | None
    kind: str
    state: str

    @property
    def anything(self) -> bool:
        return any((self.value, self.growth, self.ratio))


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that said it."""

    before: str
    words: str
    after: str
    address: str
    document: Document


@dataclass(frozen=True, slots=True)
class Said:
    """A value that was recorded for the period, and when."""

    at: datetime
    text: str
    note: str
    reason: str
    address: str


@dataclass(frozen=True, slots=True)
class YearAgo:
    period: Period
    moment: datetime
    then: Side
    now: Side
    quote: Quote | None
    said: tuple[Said, ...]


def year_ago(user: User | AnonymousUser, whole: Whole, today: datetime) -> YearAgo | None:
    """None where nothing is known of that period, then or now. `today` is when the page is looked at."""
    period = whole.period.shift_years(-1)
    moment = a_year_before(whole.known or today)
    now = _side(whole.shelf, period)
    series = list(
        series_of(user)
        .filter(indicator=whole.indicator, place=whole.place, segment=whole.segment)
        .select_related("indicator")
    )
    codes = _codes(period)
    entries = standing(series, codes, moment)
    then = _side(_shelf(entries, whole), period)
    if not now.anything and not then.anything:
        return None
    line = _line([one.pk for one in series if one.measure == Measure.LEVEL], period, whole)
    return YearAgo(period, moment, then, now, _quote(user, entries, line, period), _said(line, moment))


def a_year_before(moment: datetime) -> datetime:
    """
    >>> a_year_before(datetime(2024, 2, 29, 12)), a_year_before(datetime(2023, 8, 15))
    (datetime.datetime(2023, 2, 28, 12, 0), datetime.datetime(2022, 8, 15, 0, 0))
    """
    if moment.year == 1:  # nothing was known before
        return moment
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:
        return moment.replace(year=moment.year - 1, day=28)


def _codes(period: Period) -> list[str]:
    """The period, the same a year before it, the year of its plan, and the months that it may be the sum of."""
    spans = [period, period.shift_years(-1), Period.year(period.end_year)]
    if 1 < period.length <= 12:
        spans += [Period(at, at) for at in range(period.first - 12, period.last - 11)]
        spans += [Period(at, at) for at in range(period.first, period.last + 1)]
    return list(dict.fromkeys(span.code for span in spans))


def _shelf(entries: Sequence[Entry], whole: Whole) -> Shelf:
    found = shelves(entries, heard_first(entries))
    empty = Shelf(whole.indicator, whole.price_basis, ())
    return next((shelf for shelf in found if shelf.price_basis == whole.price_basis), found[0] if found else empty)


def _side(shelf: Shelf, period: Period) -> Side:
    add(shelf, period)
    add(shelf, period.shift_years(-1))
    value = shelf.value(period) or shelf.level_or_derived(period)
    state = shelf.state(period)
    return Side(
        told(value, scale=scale_of(value)), told(shelf.growth(period), sign=True), told(shelf.plan_ratio(period)),
        KIND_OF_STATE[state], str(state.label),
    )  # fmt: skip


def _line(series: Sequence[int], period: Period, whole: Whole) -> list[Entry]:
    """Every level that was recorded for the period, the first first."""
    found = Entry.objects.filter(series__in=series, period=period.code, kind__in=(EntryKind.ACTUAL, EntryKind.ESTIMATE))
    if whole.known is not None:
        found = found.filter(recorded_at__lte=whole.known)
    ordered = found.select_related("series__indicator", "source__document", "withdrawal").order_by("recorded_at", "pk")
    return [one for one in ordered if not whole.price_basis or one.series.price_basis in ("", whole.price_basis)]


def _quote(user: User | AnonymousUser, entries: Sequence[Entry], line: Sequence[Entry], period: Period) -> Quote | None:
    """The first sentence that told the number, or else its growth; of documents that the user may read."""
    told_it = [one for one in (*line, *(e for e in entries if e.period == period.code)) if one.source_id]
    for entry in told_it:
        figure = entry.source
        if figure is None or not visible(user).filter(pk=figure.document_id).exists():
            continue
        before, said, after = paper.sentence_around(figure.document.text, figure.start, figure.end)
        address = f"{reverse('figures:reading', args=[figure.document.uuid])}?so={figure.ordinal}#cau-{figure.ordinal}"
        return Quote(before, said, after, address, figure.document)
    return None


def _said(line: Sequence[Entry], moment: datetime) -> tuple[Said, ...]:
    """What was recorded when, where it was told more than once; the last value of a year ago and all since."""
    if len(line) < 2:
        return ()
    before = [one for one in line if one.recorded_at <= moment][-1:]
    since = [one for one in line if one.recorded_at > moment]
    return tuple(_one(entry) for entry in [*before, *since][-MOST:])


def _one(entry: Entry) -> Said:
    text, unit = entry_number(entry)
    note = words.status(entry.kind) if entry.kind == EntryKind.ESTIMATE else str(entry.get_vintage_display())
    address = reverse("figures:entry", args=[entry.uuid])
    return Said(entry.recorded_at, f"{text} {unit}".strip(), note, entry.reason, address)

# SPDX-License-Identifier: Apache-2.0
"""What stands beside the numbers of a series: its breakdowns, its releases, its other sources, its restated parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from bamsat.core.compare import arithmetic
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.naming import code_names
from bamsat.rooms.documents.models import Document
from bamsat.rooms.documents.queries import visible
from bamsat.rooms.figures import numbers, providers
from bamsat.rooms.figures.comparison import Number, Shelf, by_price_basis
from bamsat.rooms.figures.histories import History, HistoryRow
from bamsat.rooms.figures.models import Entry, EntryKind, Measure
from bamsat.rooms.figures.numbers import Told, told
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.restated import share_words
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST_PARTS = 100
_RELEASED = (EntryKind.ACTUAL, EntryKind.ESTIMATE)


# Breakdowns.


@dataclass(frozen=True, slots=True)
class PartLine:
    """One breakdown in a period: its value, and its share of the whole."""

    segment: str
    name: str
    level: Told | None
    share: str


def breakdown(user: User | AnonymousUser, history: History, row: HistoryRow) -> list[PartLine]:
    """The breakdowns that have a level in the period, the largest first."""
    if not history.segments or history.segment or row.level is None:
        return []
    rows = series_of(user).filter(
        indicator=history.indicator, place=history.place, measure=Measure.LEVEL, price_basis=history.price_basis
    )
    series = list(rows.exclude(segment="")[:MOST_PARTS])
    for one in series:
        one.indicator, one.place = history.indicator, history.place
    entries = standing(series, [row.period], history.asked.known)
    by_segment: dict[str, list[Entry]] = {}
    for entry in entries:
        by_segment.setdefault(entry.series.segment, []).append(entry)
    period = Period.parse(row.period)
    levels = {s: level for s, e in by_segment.items() if (level := Shelf(history.indicator, "", e).level(period))}
    called = segment_names(levels)
    scale = numbers.scale_of(row.level)
    ordered = sorted(levels, key=lambda segment: (-levels[segment].value, called[segment]))
    return [PartLine(s, called[s], told(levels[s], scale=scale), _share(levels[s], row.level)) for s in ordered]


def _share(part: Number, whole: Number) -> str:
    if part.unit != whole.unit or whole.boundaries or whole.measure != Measure.LEVEL:
        return ""
    ratio = arithmetic.plan_ratio(part.bounded, whole.bounded)
    return f"{format_number(arithmetic.shown(ratio, 1))}%" if ratio else ""


def segment_names(segments: Iterable[str]) -> dict[str, str]:
    """What breakdowns are called: codes of code lists by their names, words as they are."""
    names = code_names()
    return {segment: names.segment(segment) for segment in segments}


# Releases: what was first an estimate, then preliminary, then official.


@dataclass(frozen=True, slots=True)
class Release:
    """One release of a period's value, and how it differs from the one before."""

    entry: Entry
    text: str
    unit: str
    difference: str
    known: datetime
    document: Document | None
    provider: str


def releases(user: User | AnonymousUser, history: History, period: str) -> list[Release]:
    """All standing values of one period in the order in which they became known; documents that the user may read."""
    found = (
        [
            entry
            for entry in by_price_basis(history.entries).get(history.price_basis, [])
            if entry.period == period and entry.series.measure == Measure.LEVEL and entry.kind in _RELEASED
        ]
        if history.entries
        else []
    )
    found.sort(key=lambda entry: (entry.series.provider, entry.recorded_at, entry.pk))
    told_by = {e.source.document_id for e in found if e.source}
    documents = visible(user).in_bulk(told_by) if told_by else {}
    called = providers.names({entry.series.provider for entry in found}) if found else {}
    before: dict[str, Entry] = {}
    made = []
    for entry in found:
        text, unit = numbers.entry_number(entry)
        former = before.get(entry.series.provider)
        document = documents.get(entry.source.document_id) if entry.source else None
        difference = _difference(entry, former) if former else ""
        made.append(Release(entry, text, unit, difference, entry.recorded_at, document, called[entry.series.provider]))
        before[entry.series.provider] = entry
    return made


def _difference(entry: Entry, former: Entry) -> str:
    """ "+12,5 (+0,3%)", in the unit that the value is said in."""
    size = entry.series.indicator.display_scale if entry.series.unit == entry.series.indicator.unit else 1
    change = entry.amount - former.amount
    if not change:
        return _("không đổi")
    shown = words.signed((change / size).normalize() if change % size else Decimal(change // size))
    if former.amount <= 0 or entry.series.unit == "%":
        return shown
    return f"{shown} ({words.signed(round(100 * change / former.amount, 2).normalize())}%)"


# Providers side by side.


@dataclass(frozen=True, slots=True)
class Beside:
    """A period as several providers tell it."""

    period: str
    values: tuple[tuple[Told | None, str], ...]  # of each provider, and its difference to the first


@dataclass(frozen=True, slots=True)
class SideBySide:
    names: tuple[str, ...]
    lines: tuple[Beside, ...]


def side_by_side(history: History) -> SideBySide | None:
    """Periods by providers, where there are at least two; the first is the one that is heard first."""
    if len(history.providers) < 2:
        return None
    order = providers.orders([history.indicator.pk])[history.indicator.pk]
    codes = sorted(history.providers, key=lambda code: (order.index(code) if code in order else len(order), code))
    entries = by_price_basis(history.entries).get(history.price_basis, [])
    shelves = [
        Shelf(history.indicator, history.price_basis, [e for e in entries if e.series.provider == c]) for c in codes
    ]
    called = providers.names(codes)
    scale = numbers.scale_of_history(history)
    lines = []
    for row in history.rows:
        levels = [shelf.value(Period.parse(row.period)) for shelf in shelves]
        if sum(level is not None for level in levels) > 1:
            lines.append(Beside(row.period, tuple((told(one, scale=scale), _apart(one, levels[0])) for one in levels)))
    return SideBySide(tuple(called[code] for code in codes), tuple(lines)) if lines else None


def _apart(level: Number | None, first: Number | None) -> str:
    if level is None or first is None or level is first or level.display_unit != first.display_unit:
        return ""
    if level.value == first.value:
        return _("khớp")
    shown = words.signed(level.display - first.display)
    if first.value <= 0:
        return shown
    return f"{shown} ({words.signed(round(100 * (level.value - first.value) / first.value, 2).normalize())}%)"


# What restated numbers are made of.


@dataclass(frozen=True, slots=True)
class PieceLine:
    place: Place
    value: Told | None
    share: str
    taken: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """The parts of one restated number."""

    period: str
    anchor: str
    whole: Told
    lines: tuple[PieceLine, ...]


def pieces(history: History) -> list[Pieces]:
    scale = numbers.scale_of_history(history)
    return [_pieces(row, scale) for row in history.rows if row.level and row.level.pieces]


def _pieces(row: HistoryRow, scale: numbers.Scale | None) -> Pieces:
    assert row.level is not None
    whole = told(row.level, scale=scale)
    assert whole is not None
    made = []
    for one in row.level.pieces:
        taken = one.taken if scale is None or one.taken is None else one.taken / scale.size
        share = _("cả") if one.share == 1 else share_words(one.share)
        made.append(PieceLine(one.place, told(one.number, scale=scale), share, words.number(taken)))
    return Pieces(row.period, numbers.anchor(row.period), whole, tuple(made))

# SPDX-License-Identifier: Apache-2.0
"""What the ledger knows for the cells of a form: last period, last year, to date, plan; one query for a whole form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bamsat.core.forms.definition import Column, Definition, Row, key_of, period_of
from bamsat.core.forms.sheet import is_pattern
from bamsat.core.terms.period import Period
from bamsat.core.terms.unit import read_unit
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.figures.models import Entry, EntryKind, Latest, Vintage
from bamsat.rooms.places.models import Place

_VINTAGES = {Vintage.OFFICIAL: 0, Vintage.PRELIMINARY: 1, Vintage.ESTIMATE: 2}
_KINDS = {
    "actual": (EntryKind.ACTUAL, EntryKind.ESTIMATE), "estimate": (EntryKind.ACTUAL, EntryKind.ESTIMATE),
    "plan": (EntryKind.PLAN,), "forecast": (EntryKind.FORECAST,),
}  # fmt: skip


class UnitOf(NamedTuple):
    """A unit as a form writes it: the unit of the ledger, and how many of it one is."""

    code: str
    scale: Decimal


@lru_cache(maxsize=512)
def unit_of(words: str) -> UnitOf:
    """ "triệu đồng" is a million VND; words that no unit is called stand for themselves.

    >>> unit_of("triệu đồng")
    UnitOf(code='VND', scale=Decimal('1000000'))
    """
    found = read_unit(words.lower()) if words else None
    if found is None or words[found.end :].strip():
        return UnitOf(words, Decimal(1))
    return UnitOf(found.code, found.scale)


@dataclass(frozen=True, slots=True)
class Known:
    """A value of the ledger in the unit of its row, and what it is."""

    value: Decimal
    kind: str
    entry: str = ""  # uuid of the entry; none where it was added up from months
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a cell is about in the ledger: all of a series but its place."""

    indicator: str
    segment: str
    measure: str
    unit: UnitOf
    price_basis: str
    provider: str


def coded(segment: Mapping[str, str]) -> str:
    """A breakdown as the ledger writes it, lists in order.

    >>> coded({"partner": "CN", "commodity": "coffee"})
    'commodity:coffee|partner:CN'
    """
    return "|".join(f"{codelist}:{code}" for codelist, code in sorted(segment.items()))


def subject_of(definition: Definition, row: Row, column: Column) -> Subject:
    """The subject of a cell; the breakdown of its column is added to that of its row."""
    segment = coded({**row.segment, **column.segment})
    return Subject(
        column.indicator or row.indicator, segment, row.measure, unit_of(column.unit or row.unit), row.price_basis,
        row.provider or definition.provider,
    )  # fmt: skip


def base_of(column: Column, period: Period) -> str:
    """The period that a column's values are compared with, as an entry names it.

    >>> from bamsat.core.forms.definition import Words
    >>> base_of(Column("to_year_ago", Words("so với cùng kỳ"), base="year_ago"), Period.month(2026, 10))
    '2025-10'
    """
    span = period_of(column.base, period) if column.base else None
    return span.code if span else ""


_Told = tuple[str, str, str, str, str, str, str]  # indicator, breakdown, measure, unit, period, price basis, base


class _Found(NamedTuple):
    provider: str
    kind: str
    vintage: str
    value: Decimal
    entry: str


class Shelf:
    """What the ledger has of a form's indicators at some places, in the periods that its columns name: one query."""

    def __init__(
        self, definition: Definition, places: Iterable[int], period: Period,
        indicators: dict[str, Indicator] | None = None,
    ) -> None:  # fmt: skip
        """`indicators` are those that other shelves have read; this one adds its own."""
        read = {} if indicators is None else indicators
        told = ({each.indicator for each in definition.rows} | {each.indicator for each in definition.columns}) - {""}
        if lacking := told - read.keys():
            read |= {each.code: each for each in Indicator.objects.filter(code__in=lacking)}
        self.indicators = {code: read[code] for code in told if code in read}
        self._values: dict[int, dict[_Told, list[_Found]]] = {}
        rows = Latest.objects.filter(
            series__place__in=list(places), series__indicator__in=[each.pk for each in self.indicators.values()],
            period__in=periods_of(definition, period), base__in=_bases(definition, period),
        ).values_list(
            "series__place", "series__indicator__code", "series__segment", "series__measure", "series__unit",
            "series__price_basis", "series__provider", "series__scale", "period", "base", "kind", "vintage",
            "entry__value", "entry__uuid",
        )  # fmt: skip
        for place, code, segment, measure, unit, price, provider, scale, span, base, kind, vintage, value, uuid in rows:
            told_of = self._values.setdefault(place, {})
            found = _Found(provider, kind, vintage, Decimal(value).scaleb(-scale), str(uuid))
            told_of.setdefault((code, segment, measure, unit, span, price, base), []).append(found)

    @classmethod
    def of_entries(cls, entries: Iterable[Entry]) -> Shelf:
        """The same of entries that somebody has read: those that a user may see, or those that stood at a moment."""
        made = cls.__new__(cls)
        made.indicators, made._values = {}, {}
        for entry in entries:
            one = entry.series
            made.indicators[one.indicator.code] = one.indicator
            key = (
                one.indicator.code, one.segment, one.measure, one.unit, entry.period, one.price_basis, entry.base,
            )  # fmt: skip
            found = _Found(one.provider, entry.kind, entry.vintage, entry.amount, str(entry.uuid))
            made._values.setdefault(one.place_id, {}).setdefault(key, []).append(found)
        return made

    def at(self, place: int) -> Mapping[_Told, list[_Found]]:
        return self._values.get(place, {})


def periods_of(definition: Definition, period: Period) -> list[str]:
    """The codes of all periods that a form's columns speak of, with the months that may add up to them."""
    codes = {period.before().code}
    for column in definition.columns:
        span = period_of(column.period, period)
        if span is not None:
            codes.add(span.code)
            if column.period.startswith("to_date"):
                codes |= {Period(month, month).code for month in range(span.first, span.last + 1)}
    return sorted(codes)


def _bases(definition: Definition, period: Period) -> list[str]:
    spans = (period, period.before())
    return sorted({""} | {base_of(column, span) for column in definition.columns for span in spans})


class LedgerValues:
    """What the ledger has of a form's indicators at one place in the periods that its columns name.

    A `shelf` of several places is handed in where many returns are looked at.
    """

    def __init__(
        self, definition: Definition, rows: Sequence[Row], place: Place, period: Period, shelf: Shelf | None = None
    ) -> None:
        self.definition, self.place, self.period = definition, place, period
        also = any(column.indicator for column in definition.columns)
        self.rows = [row for row in rows if (row.indicator or also) and not row.heading and not is_pattern(row)]
        shelf = shelf or Shelf(definition, [place.pk], period)
        self.indicators, self._values = shelf.indicators, shelf.at(place.pk)

    def of(self, row: Row, column: Column, period: Period | None = None) -> Known | None:
        """The value of a cell's subject in the period that its column means, or in another one."""
        span = period or period_of(column.period, self.period)
        if not (column.indicator or row.indicator) or column.type != "number":
            return None
        if span is None:
            return Known(Decimal(0), EntryKind.ACTUAL)
        if not self._values:
            return None  # the ledger has nothing of the form for this place
        subject = subject_of(self.definition, row, column)
        found = self._best(subject, span, column.kind, base_of(column, period or self.period))
        if found is None and column.period.startswith("to_date") and span.length > 1:
            found = self._added(subject, span, column.kind)
        return found

    def _best(self, subject: Subject, span: Period, kind: str, base: str = "") -> Known | None:
        indicator = self.indicators.get(subject.indicator)
        prices = (subject.price_basis or (indicator.price_basis if indicator else ""), "")
        allowed = _KINDS[kind]
        for price in dict.fromkeys(prices):
            key = (subject.indicator, subject.segment, subject.measure, subject.unit.code, span.code, price, base)
            fitting = [each for each in self._values.get(key, ()) if each.kind in allowed]
            if fitting:
                # Its own provider's first, then done before estimated, then the later vintage.
                best = min(
                    fitting,
                    key=lambda each: (
                        each.provider != subject.provider, allowed.index(EntryKind(each.kind)),
                        _VINTAGES.get(Vintage(each.vintage), 9), each.provider,
                    ),
                )  # fmt: skip
                return Known(best.value / subject.unit.scale, best.kind, best.entry, best.provider)
        return None

    def _added(self, subject: Subject, span: Period, kind: str) -> Known | None:
        """The sum of the months, where each of them is known and they can be added."""
        indicator = self.indicators.get(subject.indicator)
        if indicator is None or indicator.adds_up != AddsUp.FLOW or subject.measure != "level":
            return None
        months = [self._best(subject, Period(month, month), kind) for month in range(span.first, span.last + 1)]
        there = [each for each in months if each is not None]
        if len(there) < len(months):
            return None
        estimated = any(each.kind == EntryKind.ESTIMATE for each in there)
        total = sum((each.value for each in there), Decimal(0))
        return Known(total, EntryKind.ESTIMATE if estimated else EntryKind.ACTUAL, provider=there[0].provider)


def known_values(values: LedgerValues) -> dict[str, Known]:
    """The known values of a form's cells, by key."""
    found = {}
    for row in values.rows:
        for column in values.definition.columns:
            if row.has(column.code) and (column.fill in ("known", "known_or_typed") or column.code in row.typed):
                value = values.of(row, column)
                if value is not None:
                    found[key_of(row.code, column.code)] = value
    return found


def values_before(values: LedgerValues) -> dict[str, Decimal]:
    """What the typed cells had a period ago, by key; for questions beside the cell."""
    before = values.period.before()
    found = {}
    for row in values.rows:
        for column in values.definition.columns:
            typed = column.fill == "typed" or column.code in row.typed
            if typed and column.type == "number" and column.period == "this" and row.has(column.code):
                value = values.of(row, column, before)
                if value is not None:
                    found[key_of(row.code, column.code)] = value.value
    return found


def plain(known: Mapping[str, Known]) -> dict[str, Decimal]:
    return {key: each.value for key, each in known.items()}

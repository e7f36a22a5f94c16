# SPDX-License-Identifier: Apache-2.0
"""Values that need not be typed: from the period before, from the ledger, added up from the places below."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from bamsat.core.forms.definition import Column, Definition, Row, key_of, period_of
from bamsat.core.forms.sheet import Sheet
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.models import Entry, EntryKind, Latest
from bamsat.rooms.places.browse import on_day
from bamsat.rooms.places.models import Kind, Place, PlaceVersion
from bamsat.rooms.submissions.filling.actions import Change, typed_keys
from bamsat.rooms.submissions.grids import Grid, definition_of
from bamsat.rooms.submissions.known import LedgerValues, subject_of
from bamsat.rooms.submissions.models import Origin, Return, ReturnState
from bamsat.rooms.submissions.period_words import period_name
from bamsat.ui import words

SENT = (ReturnState.SENT, ReturnState.CHECKED, ReturnState.APPROVED)
SOURCES = {
    Origin.LAST: _l("Số kỳ trước"), Origin.LEDGER: _l("Số đã có trong sổ"),
    Origin.BELOW: _l("Cộng từ các nơi bên dưới"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pulled:
    """A text for a cell and, in words, where it is from."""

    key: str
    text: str
    origin: str
    src: str

    def change(self, seen: int | None) -> Change:
        return Change(self.key, self.text, seen, self.origin, src=self.src)


def pulled(grid: Grid, origin: str) -> list[Pulled]:
    """What a source has for the cells that can be typed, in the order of the form."""
    if origin == Origin.LAST:
        return list(from_last(grid))
    if origin == Origin.LEDGER:
        return from_ledger(grid)
    return from_below(grid) if origin == Origin.BELOW else []


def cells_to_type(grid: Grid) -> Iterator[tuple[str, Row, Column]]:
    keys = typed_keys(grid.definition, grid.sent_return.chosen)
    for row in grid.sheet.rows:
        for column in grid.definition.columns:
            key = key_of(row.code, column.code)
            if key in keys:
                yield key, row, column


# From the period before.


def from_last(grid: Grid) -> Iterator[Pulled]:
    """The return of the period before if it was sent, else what the ledger has of that period."""
    before = grid.sent_return.span.before()
    name = period_name(before, words.language() == "en")
    texts = last_texts(grid.sent_return)
    for key, _row, _column in cells_to_type(grid):
        if texts.get(key, "").strip():
            yield Pulled(key, texts[key], Origin.LAST, _("phiếu %(period)s") % {"period": name})
        elif key in grid.before:
            yield Pulled(key, format_number(grid.before[key]), Origin.LAST, _("sổ, %(period)s") % {"period": name})


def last_texts(sent: Return) -> dict[str, str]:
    """What the return of the period before holds; of a draft nothing."""
    last = Return.objects.filter(
        form=sent.form_id, place=sent.place_id, period=sent.span.before().code, state__in=SENT
    ).first()
    return last.texts if last else {}


# From the ledger.


def from_ledger(grid: Grid) -> list[Pulled]:
    """What the ledger has for the typed cells, with the document or the file that it came by."""
    values = LedgerValues(grid.definition, grid.sheet.rows, grid.sent_return.place, grid.sent_return.span)
    found = []
    for key, row, column in cells_to_type(grid):
        known = values.of(row, column) if period_of(column.period, grid.sent_return.span) else None
        if known is not None:
            found.append((key, known))
    sources = _sources({known.entry for _key, known in found if known.entry})
    return [
        Pulled(
            key, format_number(known.value), Origin.LEDGER, sources.get(known.entry) or _("sổ số liệu, cộng các tháng")
        )
        for key, known in found
    ]


def _sources(entries: Iterable[str]) -> dict[str, str]:
    rows = Entry.objects.filter(uuid__in=list(entries)).values_list(
        "uuid", "source__document__name", "intake__name", "plan__number"
    )
    told = {}
    for uuid, document, file, plan in rows:
        name = document or file or plan
        told[str(uuid)] = _("sổ số liệu, theo %(name)s") % {"name": name} if name else _("sổ số liệu")
    return told


# From the places below.

_Wanted = tuple[str, str, str, str, str]  # indicator, breakdown, unit, price basis, period


def from_below(grid: Grid) -> list[Pulled]:
    """Sums over the places one level below: of their returns that were sent, else of their figures in the ledger.

    Only amounts can be added: neither growth nor ratios, nor columns of words.
    """
    period = grid.sent_return.span
    places = places_below(grid.sent_return.place, period)
    below = _Below(grid, period)
    if not places or not below.wanted:
        return []
    by_place = below.in_ledger(places)
    for place, values in below.in_returns(places):
        by_place.setdefault(place, {}).update(values)
    found = []
    for asked, cells in below.wanted.items():
        parts = [values[asked] for values in by_place.values() if asked in values]
        told = _added(len(parts), places)
        found += [
            Pulled(key, format_number(sum(parts, Decimal(0)) / scale), Origin.BELOW, told)
            for key, scale in cells
            if parts
        ]
    return found


def places_below(place: Place, period: Period) -> dict[int, str]:
    """The places one level below at the end of a period, with their kinds: communes if there are any, else whatever
    stands there, so that nothing is counted in a commune and again by itself."""
    year, month = divmod(period.last, 12)
    day = date(year, month + 1, monthrange(year, month + 1)[1])
    found = dict(PlaceVersion.objects.filter(on_day(day), parent=place).values_list("place_id", "place__kind"))
    for kind in (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE):
        if kind in found.values():
            return {pk: each for pk, each in found.items() if each == kind}
    return found


def _added(count: int, places: Mapping[int, str]) -> str:
    told = {"count": words.number(count), "all": words.number(len(places))}
    if set(places.values()) == {Kind.COMMUNE}:
        return _("cộng %(count)s/%(all)s xã, phường") % told
    return _("cộng %(count)s/%(all)s nơi bên dưới") % told


class _Below:
    """What a form wants of the places below, and what they have; amounts in the ledger's units."""

    def __init__(self, grid: Grid, period: Period) -> None:
        self.period = period
        self.prices = dict(
            Indicator.objects.filter(code__in={row.indicator for row in grid.sheet.rows}).values_list(
                "code", "price_basis"
            )
        )
        self.wanted: dict[_Wanted, list[tuple[str, Decimal]]] = {}
        for key, row, column in cells_to_type(grid):
            found = self.asked(grid.definition, row, column)
            if found:
                self.wanted.setdefault(found[0], []).append((key, found[1]))

    def asked(self, definition: Definition, row: Row, column: Column) -> tuple[_Wanted, Decimal] | None:
        """What a cell is about, and how many of the ledger's unit its own is; nothing for what cannot be added."""
        span = period_of(column.period, self.period)
        if not row.indicator or row.measure != "level" or column.type != "number" or span is None:
            return None
        subject = subject_of(definition, row, column)
        price = subject.price_basis or self.prices.get(subject.indicator, "")
        return (subject.indicator, subject.segment, subject.unit.code, price, span.code), subject.unit.scale

    def in_returns(self, places: Iterable[int]) -> Iterator[tuple[int, dict[_Wanted, Decimal]]]:
        """What returns say that were sent, checked or approved, of whatever form; their totals too."""
        rows = Return.objects.filter(place__in=list(places), period=self.period.code, state__in=SENT)
        for sent in rows.select_related("version").order_by("pk").iterator(chunk_size=200):
            definition = definition_of(sent.version)
            values: dict[_Wanted, Decimal] = {}
            for cell in Sheet(definition, sent.texts, {}, sent.chosen).cells():
                if cell.value is None or cell.lacking or not cell.column.is_typed:
                    continue
                found = self.asked(definition, cell.row, cell.column)
                if found and found[0] in self.wanted:
                    values[found[0]] = cell.value * found[1]
            yield sent.place_id, values

    def in_ledger(self, places: Iterable[int]) -> dict[int, dict[_Wanted, Decimal]]:
        """What the ledger has; done before estimated."""
        kinds = {EntryKind.ESTIMATE: 0, EntryKind.ACTUAL: 1}
        rows = Latest.objects.filter(
            base="", series__place__in=list(places), series__measure="level",
            series__indicator__code__in={asked[0] for asked in self.wanted},
            period__in={asked[4] for asked in self.wanted}, kind__in=list(kinds),
        ).values_list(
            "series__place_id", "kind", "series__indicator__code", "series__segment", "series__unit",
            "series__price_basis", "period", "series__scale", "entry__value",
        )  # fmt: skip
        found: dict[int, dict[_Wanted, Decimal]] = {}
        for row in sorted(rows, key=lambda row: kinds[EntryKind(row[1])]):
            place, _kind, indicator, segment, unit, price, period, scale, value = row
            asked = (indicator, segment, unit, price or self.prices.get(indicator, ""), period)
            if asked in self.wanted:
                found.setdefault(place, {})[asked] = Decimal(value).scaleb(-scale)
        return found

# SPDX-License-Identifier: Apache-2.0
"""A form as a table of a report, from the ledger alone: the monthly grid, the yearly return on markets, any other.

The rows, columns and formulas are those of the form's definition; its returns are not asked, only approved entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.core.forms.definition import LENGTHS, Column, Definition, Row
from bamsat.core.forms.sheet import Pick, is_pattern, rows_of
from bamsat.core.report import outline
from bamsat.core.report.amounts import cell as told_cell
from bamsat.core.report.outline import Cell, Frame, Table, Words
from bamsat.core.report.xlsx.sheet import HEADED, PREPARED, Sheet, issuers
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.models import Entry, Series
from bamsat.rooms.figures.providers import names
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import scope
from bamsat.rooms.reports.grids_cells import LedgerCells, Value
from bamsat.rooms.submissions import period_words
from bamsat.rooms.submissions.grids import definition_of, named_picks
from bamsat.rooms.submissions.known import LedgerValues, Shelf, periods_of
from bamsat.rooms.submissions.models import Form
from bamsat.rooms.submissions.queries import forms, version_for

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

NOT_THERE = "x"  # in official tables: nothing is asked in this cell
NOTE_NOT_THERE = "Dấu x: chỉ tiêu không tính ở cột này."
NOTE_EMPTY = "Ô trống: sổ số liệu chưa có số."


class NoSuchGrid(BamsatError):
    """A form that the user does not have, or a period that it is not made for."""


def grid_table(
    user: User | AnonymousUser, form_code: str, place: Place, period: Period, known: datetime | None = None
) -> Table:
    """The form as a table, as known now or at a moment. NoSuchGrid where there is no such form for the period;
    Place.DoesNotExist when the user may not see the place."""
    return _read(user, form_code, place, period, known).table()


def grid_sheet(
    user: User | AnonymousUser, form_code: str, place: Place, period: Period, known: datetime | None = None,
    frame: Frame | None = None,
) -> Sheet:  # fmt: skip
    """The same as a sheet to print and sign, under the names of the office that `frame` tells."""
    grid = _read(user, form_code, place, period, known)
    frame = frame or Frame(place=place.name)
    organ = frame.organ or place.name
    if grid.form.number:
        corner: tuple[str, ...] = (
            grid.form.number,
            f"Ban hành theo {grid.form.basis.partition(' của ')[0]}" if grid.form.basis else "",
        )
        right: tuple[str, ...] = ("Đơn vị báo cáo:", organ)
    else:
        corner, right = issuers(frame), ()
    table = grid.table()
    return Sheet(
        grid.form.number or table.caption, (table,), title=table.caption.upper(), left=tuple(filter(None, corner)),
        right=right, prepared=PREPARED, headed=HEADED, signer=frame.signer, place=frame.place or place.name,
        day=frame.day,
        year=0 if period.last % 12 == 11 else period.end_year,
    )  # fmt: skip


def _read(user: User | AnonymousUser, form_code: str, place: Place, period: Period, known: datetime | None) -> _Grid:
    place = scope(user).get(pk=place.pk)
    form = forms(user).filter(code=form_code).first()
    version = version_for(form, period) if form else None
    if form is None or version is None:
        raise NoSuchGrid(
            vi=f"Không có biểu “{form_code}” dùng cho kỳ {period.code}. Hãy chọn một biểu trong danh sách biểu mẫu.",
            en=f"There is no form “{form_code}” for {period.code}. Choose one from the list of forms.",
        )
    definition = definition_of(version)
    if period.length != LENGTHS[definition.frequency]:
        raise NoSuchGrid(
            vi=f"Biểu “{form.name_vi}” mỗi kỳ {LENGTHS[definition.frequency]} tháng; kỳ {period.code} dài "
            f"{period.length} tháng. Hãy chọn kỳ khác.",
            en=f"The form “{form.name_en or form.name_vi}” is for periods of {LENGTHS[definition.frequency]} months; "
            f"{period.code} has {period.length}. Choose another period.",
        )
    return _Grid(form, definition, place, period, *_of_ledger(user, definition, place, period, known))


def _of_ledger(
    user: User | AnonymousUser, definition: Definition, place: Place, period: Period, known: datetime | None
) -> tuple[list[Entry], frozenset[str]]:
    """The entries of a form that the user may see; codes of the indicators of which there are some that stay unseen."""
    told = ({row.indicator for row in definition.rows} | {column.indicator for column in definition.columns}) - {""}
    there = Series.objects.filter(place=place, indicator__code__in=told)
    seen = list(series_of(user).filter(place=place, indicator__code__in=told).select_related("indicator"))
    for one in seen:
        one.place = place
    codes = set(there.order_by().values_list("indicator__code", flat=True).distinct())
    return standing(seen, periods_of(definition, period), known), frozenset(codes - {s.indicator.code for s in seen})


@dataclass(frozen=True)
class _Grid:
    """One form with what the ledger has for it."""

    form: Form
    definition: Definition
    place: Place
    period: Period
    entries: Sequence[Entry]
    unseen: frozenset[str] = frozenset()

    @property
    def columns(self) -> list[Column]:
        return [column for column in self.definition.columns if not column.hidden]

    def table(self) -> Table:
        rows = tuple(rows_of(self.definition, named_picks(tuple(self._picks()), self.definition)))
        values = LedgerValues(self.definition, rows, self.place, self.period, Shelf.of_entries(self.entries))
        cells = LedgerCells(values, rows, {str(each.uuid): each for each in self.entries}, sources_of(self.entries))
        kept = self._kept(rows, cells)
        places = {row.code: at for at, row in enumerate(kept, 1)}
        own_units = {row.unit for row in kept if row.unit and not row.heading}
        common = self.definition.unit.vi if self.definition.unit else ""
        units = bool(own_units - {common})
        lines = tuple(self._line(row, cells, places, units) for row in kept)
        return Table(
            period_words.titled(self.form.name_vi, self.period), tuple(self._heads(units)), lines,
            unit="" if units else common, note=self._note(lines), numbered=True,
        )  # fmt: skip

    # Rows.

    def _picks(self) -> Iterator[Pick]:
        """A row for each breakdown of which the ledger has something in these periods, by the patterns of the form."""
        for row in self.definition.rows:
            if not row.pick:
                continue
            found = {}
            for entry in self.entries:
                if entry.series.indicator.code == row.indicator and entry.series.measure == row.measure:
                    told = dict(part.split(":", 1) for part in entry.series.segment.split("|") if ":" in part)
                    own = {key: code for key, code in told.items() if key not in row.segment}
                    if set(own) == set(row.pick) and all(told.get(k) == v for k, v in row.segment.items()):
                        found[tuple(own[each] for each in row.pick)] = True
            yield from (Pick(row.code, codes) for codes in sorted(found))

    def _kept(self, rows: Iterable[Row], cells: LedgerCells) -> list[Row]:
        """Without patterns, without optional rows of which nothing is known and those that the user may not see, and
        without headings under which nothing is left."""
        rows = [row for row in rows if not is_pattern(row) and row.indicator not in self.unseen]
        rows = [row for row in rows if not row.optional or any(cells.value(row, each) for each in self.columns)]
        return [row for at, row in enumerate(rows) if not row.heading or _has_rows(rows, at)]

    def _line(self, row: Row, cells: LedgerCells, places: Mapping[str, int], units: bool) -> outline.Row:
        told = [_words(row.number), _words(row.name.vi)]
        if units:
            told.append(_words("" if row.heading else row.unit))
        told += [self._cell(row, column, cells, places) for column in self.columns]
        kind = "head" if row.heading else "total" if row.formula else "body"
        return outline.Row(tuple(told), kind, row.level)  # type: ignore[arg-type]

    def _cell(self, row: Row, column: Column, cells: LedgerCells, at: Mapping[str, int]) -> Cell:
        if row.heading or column.type != "number":
            return Cell()
        if not row.has(column.code):
            return _words(NOT_THERE)
        found: Value | None = cells.value(row, column)
        formula = cells.formula(row, column, at)
        if found is None:
            return Cell((), formula)
        places = None if found.quotient else self._places(row, cells)
        return Cell(told_cell(cells.fact(row, column, found, self.place.name), places=places).pieces, formula)

    def _places(self, row: Row, cells: LedgerCells) -> int:
        """The decimals of a row: as many as the longest of its amounts has."""
        found = [cells.value(row, column) for column in self.columns if column.type == "number"]
        return max((_decimals(each.value) for each in found if each and not each.quotient), default=0)

    # Heads and notes.

    def _heads(self, units: bool) -> Iterator[outline.Column]:
        yield outline.Column(("STT",), 12)
        yield outline.Column(("Chỉ tiêu",), code="name")
        if units:
            yield outline.Column(("Đơn vị tính",))
        for column in self.columns:
            name = period_words.column_name(column, self.period)
            name = f"{name} ({column.unit})" if column.unit else name
            group = period_words.group_name(column, self.period)
            number = column.type == "number"
            yield outline.Column((group, name) if group else (name,), number=number, code=column.code)

    def _note(self, lines: Sequence[outline.Row]) -> str:
        told = list(dict.fromkeys(entry.series.provider for entry in self.entries))
        called = names(told)
        said = [f"Nguồn số liệu: {'; '.join(called[code] for code in told)}."] if told else []
        numbers = [cell for line in lines if line.kind != "head" for cell in line.cells[-len(self.columns) :]]
        if any(cell.text == NOT_THERE for cell in numbers):
            said.append(NOTE_NOT_THERE)
        if any(not cell.pieces for cell in numbers):
            said.append(NOTE_EMPTY)
        if self.unseen:
            said.append(f"Không in {len(self.unseen)} chỉ tiêu ngoài phạm vi được xem của người lập.")
        return " ".join(said)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _has_rows(rows: Sequence[Row], at: int) -> bool:
    """Whether a row with numbers stands under a heading, before the next one of its own level."""
    for below in rows[at + 1 :]:
        if below.heading and below.level <= rows[at].level:
            return False
        if not below.heading:
            return True
    return False


def _words(text: str) -> Cell:
    return Cell((Words(text),)) if text else Cell()


def sources_of(entries: Sequence[Entry]) -> dict[str, str]:
    """What each entry comes from: whose number it is, and the document, file or plan that says it."""
    called = names({entry.series.provider for entry in entries})
    by_key = {entry.pk: entry for entry in entries}
    rows = Entry.objects.filter(pk__in=list(by_key)).values_list(
        "pk", "source__document__name", "source__at", "intake__name", "plan__number"
    )
    found = {}
    for pk, document, at, file, plan in rows:
        by = called[by_key[pk].series.provider]
        told = f"văn bản “{document}”" + (f", {at}" if at else "") if document else ""
        told = told or (f"tệp “{file}”" if file else "") or (f"kế hoạch {plan}" if plan else "")
        found[str(by_key[pk].uuid)] = f"{by}, {told}" if told else by
    return found

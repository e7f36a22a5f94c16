# SPDX-License-Identifier: Apache-2.0
"""The table in which a return is filled: heads, lines and cells in the words of the page, ready to be written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from bamsat.core.forms.definition import Column, Definition, Row, key_of
from bamsat.core.forms.sheet import Cell, Sheet, is_pattern
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.submissions.grids import Grid
from bamsat.rooms.submissions.models import CellData, Origin
from bamsat.rooms.submissions.period_words import column_name, group_name, period_name
from bamsat.ui import words

FEW_CHOICES = 12  # more than these are searched in a list as one types
MOST_PLACES = 6  # a quotient that does not end within so many decimals is rounded to two
YES_NO = (("có", _l("có")), ("không", _l("không")))
# What stands in the cell of a value that was not typed.
FROM = {
    Origin.LAST: _l("kỳ trước"), Origin.LEDGER: _l("sổ"), Origin.BELOW: _l("cộng dưới"), Origin.EXCEL: "Excel",
    Origin.XML: "XML",
}  # fmt: skip


class Head(NamedTuple):
    """A column's name, and what kind of cells it has."""

    column: Column
    name: str
    unit: str
    kind: str  # "in" for one to fill, else ""


class HeadGroup(NamedTuple):
    """Columns under one head; a column of its own has no name above."""

    name: str
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell as it is shown."""

    key: str
    kind: str  # input, select, list, known, calc or "" where the row has no such cell
    label: str  # the column, for a screen on which a table is a list
    shown: str = ""
    name: str = ""  # all that a screen reader needs: row, column, unit
    state: str = ""  # bad, ask or ""
    words: bool = False  # holds words rather than a number
    hint: str = ""  # the value of the ledger that holds if nothing is typed
    source: str = ""  # a short word for where the value is from
    told: str = ""  # the same in full
    described: str = ""  # ids of what is said about the cell
    options: tuple[tuple[str, str], ...] = ()
    listed: str = ""  # the column whose list of choices belongs to it
    is_in: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    row: Row
    name: str
    unit: str
    kind: str  # row, sum, heading or pattern
    slots: tuple[Slot, ...] = ()
    lacks: str = ""
    picked: tuple[str, ...] = ()

    @property
    def depth(self) -> int:
        """How far its name is set in."""
        return min(self.row.level, 4)


@dataclass(frozen=True, slots=True)
class Table:
    groups: tuple[HeadGroup, ...]
    lines: tuple[Line, ...]
    grouped: bool
    units: bool  # whether rows differ in their unit, so that it has a column
    numbered: bool
    unit: str
    lists: tuple[tuple[str, tuple[str, ...]], ...]  # by column, the choices that are too many for a small list

    @property
    def heads(self) -> list[Head]:
        return [head for group in self.groups for head in group.heads]

    @property
    def column_numbers(self) -> bool:
        """Whether the form has the row of column numbers that circulars print: A, B, C, 1, 2 ..."""
        return any(head.column.number for head in self.heads)

    @property
    def width(self) -> int:
        return len(self.heads) + 1 + int(self.units) + int(self.numbered)


def shown(value: Decimal | None, places: int | None, exact: bool = False) -> str:
    """A number in the table. What a source gave is never rounded; what is computed has the places of its column.

    >>> shown(Decimal("101.3940"), 1), shown(Decimal(10) / 3, None), shown(Decimal("1.25"), 1, exact=True)
    ('101,4', '3,33', '1,25')
    """
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    own = max(0, -exponent) if isinstance(exponent, int) else 0
    if exact:
        return format_number(value, max(own, places or 0))
    if places is None:
        places = own if own <= MOST_PLACES else 2
    return format_number(value, places)


def places_of(row: Row, column: Column) -> int | None:
    """A ratio has the decimals of its column, everything else rather those of its row."""
    if column.fill == "computed":
        return column.decimals
    return row.decimals if row.decimals is not None else column.decimals


def table_of(grid: Grid, last: Mapping[str, str] | None = None) -> Table:
    """The table of a return; `last` are the texts of the return of the period before, shown where the ledger waits for
    its approval."""
    english = words.language() == "en"
    definition, span = grid.definition, grid.sent_return.span
    columns = [column for column in definition.columns if not column.hidden]
    heads = [
        Head(column, column_name(column, span, english), words.unit_name(column.unit), "in" if column.is_typed else "")
        for column in columns
    ]
    names = [group_name(column, span, english) for column in columns]
    own = sorted({row.unit for row in grid.sheet.rows if not row.heading and row.unit})
    writer = _Writer(grid, heads, names, english, last or {})
    return Table(
        tuple(_grouped(heads, names)),
        tuple(writer.line(row) for row in grid.sheet.rows),
        any(names),
        len(own) > 1,
        any(row.number for row in grid.sheet.rows),
        definition.unit.said(english) if definition.unit else (words.unit_name(own[0]) if len(own) == 1 else ""),
        tuple(
            (column.code, grid.sheet.choices_of(column)) for column in columns if _kind(column, grid.sheet)[0] == "list"
        ),
    )


def _grouped(heads: Sequence[Head], names: Sequence[str]) -> Iterable[HeadGroup]:
    at = 0
    while at < len(heads):
        end = at + 1
        while names[at] and end < len(heads) and names[end] == names[at]:
            end += 1
        yield HeadGroup(names[at], tuple(heads[at:end]))
        at = end


class _Writer:
    """Writes lines; what does not change from cell to cell is asked once."""

    def __init__(
        self, grid: Grid, heads: Sequence[Head], groups: Sequence[str], english: bool, last: Mapping[str, str]
    ) -> None:
        self.sheet, self.known, self.english = grid.sheet, grid.known, english
        self.cells: Mapping[str, CellData] = grid.sent_return.cells
        self.picks = {pick.code: pick.codes for pick in grid.sent_return.chosen}
        self.heads = [
            (head, f"{group}: {head.name}" if group else head.name) for head, group in zip(heads, groups, strict=True)
        ]
        self.states = {each.key: "bad" if each.severity == "error" else "ask" for each in reversed(grid.found)}
        for each in grid.found:
            if each.severity == "missing":
                self.states.pop(each.key, None)
        self.last, self.twins = last, _twins(grid.definition)
        self.before = period_name(grid.sent_return.span.before(), english)

    def line(self, row: Row) -> Line:
        name = row.name.said(self.english)
        unit = words.unit_name(row.unit)
        if row.heading:
            return Line(row, name, "", "heading")
        if is_pattern(row):
            return Line(row, name, unit, "pattern")
        cells = [(self.sheet.cell(row.code, head.column.code), head, label) for head, label in self.heads]
        slots = tuple(self.slot(cell, head, label, name, unit) for cell, head, label in cells)
        lacks = lacking_words(row, [cell for cell, _h, _l in cells])
        kind = "sum" if row.formula else "row"
        return Line(row, name, unit, kind, slots, lacks, self.picks.get(row.code, ()))

    def slot(self, cell: Cell, head: Head, label: str, name: str, unit: str) -> Slot:
        if not cell.role:
            return Slot(cell.key, "", label)
        is_in = cell.column.is_typed
        if cell.role == "known":
            return self.known_slot(cell, label)
        if cell.role != "typed":
            return Slot(cell.key, "calc", label, cell_words(cell), is_in=is_in)
        data = self.cells.get(cell.key, {})
        source = str(FROM.get(data.get("o", ""), "")) if data.get("t") else ""  # type: ignore[call-overload]
        state = self.states.get(cell.key, "")
        described = " ".join(
            part for part in (f"loi-{cell.key}" if state else "", f"tu-{cell.key}" if source else "") if part
        )
        kind, options = _kind(cell.column, self.sheet)
        text = data.get("t", "")
        if kind == "select" and cell.typed and cell.typed.words:
            text = {"yes": "có", "no": "không"}.get(cell.typed.words, cell.typed.words)
        known = self.known.get(cell.key)
        said_unit = head.unit or unit
        return Slot(
            cell.key, kind, label, text, ", ".join(part for part in (name, label, said_unit) if part), state,
            cell.column.type != "number", shown(known.value, places_of(cell.row, cell.column), True) if known else "",
            source, data.get("src", "") or source, described, options,
            cell.column.code if kind == "list" else "", is_in,
        )  # fmt: skip

    def known_slot(self, cell: Cell, label: str) -> Slot:
        """A value of the ledger; where it has none yet, what was sent a period ago and waits to be approved."""
        text = self.last.get(key_of(cell.row.code, self.twins.get(cell.column.code, "")), "").strip()
        if cell.value is not None or not text:
            return Slot(cell.key, "known", label, cell_words(cell))
        told = _("phiếu %(period)s, chưa duyệt") % {"period": self.before}
        return Slot(cell.key, "known", label, text, source=_("chờ duyệt"), told=told)


def _twins(definition: Definition) -> dict[str, str]:
    """Of each column of the period before, the column in which that period's own return has the value."""
    found = {}
    for column in definition.columns:
        if column.fill == "known" and column.period == "previous":
            typed = (each for each in definition.columns if each.is_typed and each.period == "this")
            twin = next((each for each in typed if each.type == "number" and each.segment == column.segment), None)
            if twin:
                found[column.code] = twin.code
    return found


def _kind(column: Column, sheet: Sheet) -> tuple[str, tuple[tuple[str, str], ...]]:
    if column.type == "yes_no":
        return "select", tuple((value, str(name)) for value, name in YES_NO)
    if column.type == "choice":
        choices = sheet.choices_of(column)
        return ("select", tuple((each, each) for each in choices)) if len(choices) <= FEW_CHOICES else ("list", ())
    return "input", ()


def cell_words(cell: Cell) -> str:
    """What stands in a cell that is not typed."""
    if cell.value is None:
        if cell.role == "known":
            return _("chưa có số")
        return _("chưa đủ") if cell.lacking and cell.row.formula else words.DASH
    return shown(cell.value, places_of(cell.row, cell.column), cell.role == "known")


def lacking_words(row: Row, cells: Iterable[Cell]) -> str:
    """What a total says of itself: that it is added by the program, and how many cells it still waits for."""
    if not row.formula:
        return ""
    lacking = sum(cell.lacking for cell in cells if cell.column.is_typed)
    if not lacking:
        return _("máy cộng")
    told = ngettext("máy cộng, còn %(n)s ô chưa có số", "máy cộng, còn %(n)s ô chưa có số", lacking)
    return told % {"n": words.number(lacking)}


# What the page computes with while one types.


def computing(grid: Grid) -> dict[str, Any]:
    """The form's own formulas and everything that they need beside what is typed, short names for a small page."""
    definition, sheet = grid.definition, grid.sheet
    return {
        "c": {
            column.code: {
                "f": column.formula.tree if column.formula and column.fill == "computed" else 0,
                "k": column.fill, "t": column.type, "d": column.decimals, "h": int(column.hidden),
            }
            for column in definition.columns
        },
        "r": [_row(sheet, row) for row in sheet.rows if not row.heading and not is_pattern(row)],
        "k": {key: format(value.value, "f") for key, value in grid.known.items()},
    }  # fmt: skip


def _row(sheet: Sheet, row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {"c": row.code}
    if row.formula:
        told |= {"f": row.formula.tree, "p": sheet.parts_of(row.code)}
    if row.optional:
        told["o"] = 1
    if row.columns:
        told["h"] = row.columns
    if row.typed:
        told["t"] = row.typed
    if row.decimals is not None:
        told["d"] = row.decimals
    return told

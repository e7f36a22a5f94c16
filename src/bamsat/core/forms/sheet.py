# SPDX-License-Identifier: Apache-2.0
"""A form being filled: typed and known values in, every computed cell out, with what a total still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bamsat.core.forms.cells import Typed, read_typed, read_words
from bamsat.core.forms.definition import PARTS, Column, Definition, Row, Words, key_of, parts_of, picked
from bamsat.core.forms.formulas import Result


@dataclass(frozen=True, slots=True)
class Pick:
    """A row that the sender added: the pattern's code, one code of each of its lists, its name and its unit if not the
    pattern's."""

    row: str
    codes: tuple[str, ...]
    name: str = ""
    unit: str = ""

    @property
    def code(self) -> str:
        return picked(self.row, self.codes)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its value: typed by somebody, known from the ledger, or computed."""

    key: str
    row: Row
    column: Column
    role: str  # "typed", "known", "computed" or "" where the row has no such column
    value: Decimal | None = None
    lacking: int = 0
    typed: Typed | None = None

    @property
    def text(self) -> str:
        return self.typed.text if self.typed else ""


class Sheet:
    """Every cell of one return. `typed` are texts by key, `known` numbers in the row's unit by key."""

    def __init__(
        self, definition: Definition, typed: Mapping[str, str], known: Mapping[str, Decimal],
        picks: Sequence[Pick] = (),
        choices: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:  # fmt: skip
        self.definition = definition
        self.rows = tuple(rows_of(definition, picks))
        self._by_code = {row.code: row for row in self.rows}
        self._columns = {column.code: column for column in definition.columns}
        self._parts = {row.code: tuple(self._below(row)) for row in self.rows if row.formula}
        self._choices = choices or {}
        self._told, self._known = typed, known
        self._typed: dict[str, Typed] = {}
        self._found: dict[str, Result] = {}
        self._open: set[str] = set()
        self._cells: dict[tuple[str, str], Cell] = {}

    def _below(self, row: Row) -> Iterator[str]:
        for each in parts_of(self.rows, row):
            if not (each.pick and "~" not in each.code):
                yield each.code

    # Cells.

    def cells(self) -> Iterator[Cell]:
        for row, column in self._places():
            yield self.cell(row.code, column.code)

    def typed_cells(self) -> Iterator[Cell]:
        """Those to type in, without computing the others."""
        for row, column in self._places():
            if role_of(row, column) == "typed" and row.has(column.code):
                yield self.cell(row.code, column.code)

    def keys(self) -> Iterator[str]:
        """The keys of all cells, in their order."""
        for row, column in self._places():
            yield key_of(row.code, column.code)

    def _places(self) -> Iterator[tuple[Row, Column]]:
        for row in self.rows:
            if not row.heading and not is_pattern(row):
                for column in self.definition.columns:
                    yield row, column

    def cell(self, row_code: str, column_code: str) -> Cell:
        at = row_code, column_code
        if at not in self._cells:
            self._cells[at] = self._cell(row_code, column_code)
        return self._cells[at]

    def _cell(self, row_code: str, column_code: str) -> Cell:
        row, column = self._by_code[row_code], self._columns[column_code]
        key = key_of(row_code, column_code)
        if not row.has(column_code):
            return Cell(key, row, column, "")
        role = role_of(row, column)
        if role == "typed":
            typed = self.typed(key)
            if typed.is_blank and key in self._known and not typed.text.strip():
                return Cell(key, row, column, role, self._known[key], 0, None)
            return Cell(key, row, column, role, typed.value, 0, typed)
        found = self.result(key)
        return Cell(key, row, column, role, found.value, found.lacking)

    def typed(self, key: str) -> Typed:
        """What was typed there, understood."""
        if key not in self._typed:
            row, _, column = key.rpartition(".")
            self._typed[key] = self._read(self._by_code[row], self._columns[column], self._told.get(key, ""))
        return self._typed[key]

    def _read(self, row: Row, column: Column, text: str) -> Typed:
        if column.type == "number":
            return read_typed(text, column.unit or row.unit)
        return read_words(text, column.type, self.choices_of(column))

    def choices_of(self, column: Column) -> tuple[str, ...]:
        """What may be chosen in a column: the names of its list, else its own choices."""
        return self._choices.get(column.codelist) or column.choices

    def parts_of(self, row: str) -> tuple[str, ...]:
        """The codes of the rows that a total adds where its formula says parts."""
        return self._parts.get(row, ())

    def result(self, key: str) -> Result:
        """The value that stands in a cell, typed or known or computed; what it lacks."""
        if key in self._found:
            return self._found[key]
        row_code, _, column_code = key.rpartition(".")
        row, column = self._by_code.get(row_code), self._columns.get(column_code)
        if row is None or column is None or not row.has(column_code) or key in self._open:
            return Result(None)  # no such cell: it is not lacking, there is none
        self._open.add(key)
        found = self._result(row, column, key)
        self._open.discard(key)
        self._found[key] = found
        return found

    def _result(self, row: Row, column: Column, key: str) -> Result:
        role = role_of(row, column)
        if role == "computed" and column.formula:
            return column.formula.compute(lambda name: self.result(name if "." in name else key_of(row.code, name)))
        if role == "computed" and row.formula:
            if column.fill in ("known", "known_or_typed") and key in self._known:
                return Result(self._known[key])
            return self._sum(row, column)
        if role == "typed":
            value = self.typed(key).value
            if value is None and not self._told.get(key, "").strip():
                value = self._known.get(key)
            optional = row.optional and value is None
            return Result(value, 0 if optional else int(value is None))
        value = self._known.get(key)
        return Result(value, int(value is None))

    def _sum(self, row: Row, column: Column) -> Result:
        assert row.formula is not None

        def value_of(name: str) -> Result:
            if name != PARTS:
                return self.result(name if "." in name else key_of(name, column.code))
            parts = [self.result(key_of(code, column.code)) for code in self._parts[row.code]]
            there = [part.value for part in parts if part.value is not None]
            return Result(sum(there, Decimal(0)) if there else None, sum(part.lacking for part in parts))

        return row.formula.compute(value_of)


def role_of(row: Row, column: Column) -> str:
    """How a cell gets its value; a computed column is computed in every row: a total's ratio is the ratio of totals."""
    if column.code in row.typed:
        return "typed"
    if column.fill == "computed":
        return "computed"
    if row.formula and column.type == "number":
        return "computed"
    return "typed" if column.is_typed else "known"


def is_pattern(row: Row) -> bool:
    """The row by which the sender's own rows are made; it has no cells itself."""
    return bool(row.pick) and "~" not in row.code


def rows_of(definition: Definition, picks: Sequence[Pick]) -> Iterator[Row]:
    """The rows of the form, each pattern followed by the rows that the sender added by it."""
    for row in definition.rows:
        yield row
        if row.pick:
            for pick in picks:
                if pick.row == row.code:
                    segment = {**row.segment, **dict(zip(row.pick, pick.codes, strict=True))}
                    name, unit = Words(pick.name or pick.code), pick.unit or row.unit
                    yield replace(row, code=pick.code, name=name, segment=segment, unit=unit, number="")

# SPDX-License-Identifier: Apache-2.0
"""What stands in the cells of a form's grid by the ledger: stated there, or computed by the form from what is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bamsat.core.forms.definition import PARTS, Column, Row, key_of, parts_of, period_of
from bamsat.core.forms.formulas import Formula, Result
from bamsat.core.forms.sheet import is_pattern
from bamsat.core.report.facts import Fact
from bamsat.core.report.xlsx.formulas import parsed, written
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.models import Entry, EntryKind
from bamsat.rooms.submissions.known import LedgerValues, base_of, subject_of, unit_of

_STATUS = {EntryKind.PLAN: "target", EntryKind.ESTIMATE: "estimate", EntryKind.FORECAST: "forecast"}
_LONGEST = 500  # letters of a formula; the number stands by itself where it would need more
_SURE = 2  # decimals of a quotient whose column names none


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a cell in the unit of its row; computed ones have the entries of all that they come from."""

    value: Decimal
    status: str
    entries: tuple[str, ...] = ()
    how: str = ""
    quotient: bool = False

    @property
    def derived(self) -> bool:
        return bool(self.how)


class LedgerCells:
    """Every cell of a form at one place and period. `entries` are those of the ledger by uuid, `sources` what each of
    them comes from, in words."""

    def __init__(
        self, values: LedgerValues, rows: Sequence[Row], entries: Mapping[str, Entry], sources: Mapping[str, str]
    ) -> None:
        self.values, self.rows, self._entries, self._sources = values, tuple(rows), entries, sources
        self.definition, self.period = values.definition, values.period
        self._rows = {row.code: row for row in self.rows}
        self._columns = {column.code: column for column in self.definition.columns}
        self._found: dict[str, Value | None] = {}
        self._open: set[str] = set()

    # Values.

    def value(self, row: Row, column: Column) -> Value | None:
        """What the ledger says there, or else what the form computes from all that it needs."""
        key = key_of(row.code, column.code)
        if key in self._open or not row.has(column.code):
            return None
        if key not in self._found:
            self._open.add(key)
            self._found[key] = self._stated(row, column) or self._computed(row, column)
            self._open.discard(key)
        return self._found[key]

    def _stated(self, row: Row, column: Column) -> Value | None:
        # A ratio that the form computes is asked of the ledger only where a row says that somebody states it.
        if column.fill == "computed" and column.unit and column.code not in row.typed:
            return None
        known = self.values.of(row, column)
        if known is None:
            return None
        status = _STATUS.get(EntryKind(known.kind), "actual")
        if known.entry:
            return Value(known.value, status, (known.entry,))
        span = period_of(column.period, self.period)
        if span is None:
            return Value(known.value, status)
        months = [self.values.of(row, column, Period(each, each)) for each in range(span.first, span.last + 1)]
        there = [month for month in months if month is not None]
        how = " + ".join(format_number(month.value) for month in there)
        return Value(known.value, status, tuple(month.entry for month in there if month.entry), f"cộng các tháng {how}")

    def _computed(self, row: Row, column: Column) -> Value | None:
        formula = formula_of(row, column)
        if formula is None:
            return None
        used: list[Value] = []

        def of(name: str) -> Result:
            found = [self._part(key, used, formula is row.formula) for key in self._keys(name, row, column)]
            there = [each.value for each in found if each.value is not None]
            return Result(sum(there, Decimal(0)) if there else None, sum(each.lacking for each in found))

        result = formula.compute(of)
        if result.value is None or result.lacking:
            return None
        told = [each for each in used if each.status != "target"] or used
        status = next((s for s in ("forecast", "estimate") if any(each.status == s for each in told)), told[0].status)
        entries = tuple(dict.fromkeys(entry for each in used for entry in each.entries))
        return Value(result.value, status, entries, self._how(formula, row, column), "/" in formula.text)

    def _part(self, key: str, used: list[Value], of_rows: bool) -> Result:
        code, _, name = key.rpartition(".")
        row, column = self._rows.get(code), self._columns.get(name)
        if row is None or column is None or not row.has(name):
            return Result(None)  # no such cell: it is not lacking, there is none
        found = self.value(row, column)
        if found is None:
            # A total goes without an optional row; a sum of months or a ratio never without one of its numbers.
            return Result(None, int(not (of_rows and row.optional)))
        used.append(found)
        return Result(found.value)

    def _keys(self, name: str, row: Row, column: Column) -> list[str]:
        """The cells that a name of a formula means."""
        if "." in name:
            return [name]
        if column.fill == "computed":
            return [key_of(row.code, name)]
        if name == PARTS:
            return [key_of(each.code, column.code) for each in parts_of(self.rows, row) if not is_pattern(each)]
        return [key_of(name, column.code)]

    def _how(self, formula: Formula, row: Row, column: Column) -> str:
        """The calculation in numbers: "5.300 ÷ 4.700 × 100"."""

        def said(name: str) -> str:
            numbers = []
            for key in self._keys(name, row, column):
                code, _, at = key.rpartition(".")
                found = self.value(self._rows[code], self._columns[at]) if code in self._rows else None
                if found is not None:
                    numbers.append(format_number(found.value, None if not found.quotient else _SURE))
            return " + ".join(numbers) or "0"

        text = said(PARTS) if formula.text == f"sum({PARTS})" else written(formula.tree, said)
        return text.replace(" * ", " × ").replace(" / ", " ÷ ")

    # As facts and formulas of a report's table.

    def fact(self, row: Row, column: Column, found: Value, area: str) -> Fact:
        """A value as a report tells it."""
        subject = subject_of(self.definition, row, column)
        unit = unit_of(column.unit or row.unit)
        entry = self._entries.get(found.entries[0]) if len(found.entries) == 1 and not found.derived else None
        base = base_of(column, self.period)
        places = None
        if found.quotient:
            places = column.decimals if column.decimals is not None else _SURE
        return Fact(
            indicator=subject.indicator, measure=self._measure(row, column), value=found.value * unit.scale,
            unit=unit.code, period=period_of(column.period, self.period) or self.period,
            base=Period.parse(base) if base else None, status=found.status, hedge=entry.hedge if entry else "",
            value_high=entry.amount_high if entry else None, of=entry.amount_of if entry else None,
            segment=subject.segment, area=area, price_basis=subject.price_basis,
            low=entry.low if entry else None, high=entry.high if entry else None,
            written=(column.unit or row.unit, unit.scale), places=places, entries=found.entries,
            derived=found.derived, how=found.how, source=self._source(found),
        )  # fmt: skip

    def _measure(self, row: Row, column: Column) -> str:
        if column.fill != "computed" or column.unit != "%" or column.code in row.typed:
            return row.measure
        if column.base:
            return "index"
        names = column.formula.names if column.formula else ()
        planned = any(self._columns[name].kind == "plan" for name in names if name in self._columns)
        return "plan_ratio" if planned else "ratio"

    def _source(self, found: Value) -> str:
        return "; ".join(dict.fromkeys(self._sources[entry] for entry in found.entries if entry in self._sources))

    def formula(self, row: Row, column: Column, places: Mapping[str, int]) -> str:
        """The formula of a cell in the words of a report's table, whose rows stand at `places`, counted from 1.

        "" where it needs a cell that the table does not have and nobody knows.
        """
        formula = formula_of(row, column)
        if formula is None:
            return ""
        lost: list[str] = []

        def cell(name: str) -> str:
            found = [self._reference(key, row, column, places) for key in self._keys(name, row, column)]
            there = [each for each in found if each and (name != PARTS or each != "0")]
            if not there or (name != PARTS and len(there) < len(found)):
                lost.append(name)
            return f"sum({', '.join(_ranges(there))})" if name == PARTS else "".join(there)

        text = cell(PARTS) if formula.text == f"sum({PARTS})" else written(formula.tree, cell)
        if lost or len(text) > _LONGEST:
            return ""
        parsed(text)  # what cannot be read is refused here, where it is made
        return text

    def _reference(self, key: str, row: Row, column: Column, places: Mapping[str, int]) -> str:
        code, _, name = key.rpartition(".")
        other, there = self._rows.get(code), self._columns.get(name)
        if other is None or there is None or not other.has(name):
            return "0" if other is not None and other.optional else ""
        if there.hidden:
            found = self.value(other, there)
            return "" if found is None else f"({found.value:f})" if found.value < 0 else f"{found.value:f}"
        if code not in places:
            return "0" if other.optional else ""
        if code == row.code:
            return name
        return f"R{places[code]}" if name == column.code else f"{name}.R{places[code]}"


def formula_of(row: Row, column: Column) -> Formula | None:
    """The formula by which a cell gets its number, if it has one and nobody types it."""
    if column.code in row.typed or column.type != "number":
        return None
    return column.formula if column.fill == "computed" else row.formula


def _ranges(references: Sequence[str]) -> Iterator[str]:
    """Rows one below the other as a range: R2, R3, R4 is "R2:R4"."""
    start = 0
    while start < len(references):
        end = start
        while end + 1 < len(references) and _next(references[end]) == references[end + 1]:
            end += 1
        yield references[start] if start == end else f"{references[start]}:{references[end]}"
        start = end + 1


def _next(reference: str) -> str:
    return f"R{int(reference[1:]) + 1}" if reference.startswith("R") else ""

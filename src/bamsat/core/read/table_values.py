# SPDX-License-Identifier: Apache-2.0
"""The values of a table: which cells hold a number, what it says, and where numbers correct the head above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from bamsat.core.read.document import Cell, Table
from bamsat.core.read.doubts import GROWTH_NEAR_100
from bamsat.core.read.quantities import decimal_of
from bamsat.core.read.table_columns import Column
from bamsat.core.read.table_rows import Row
from bamsat.core.terms.interval import hedge_after, hedge_before
from bamsat.core.terms.unit import UnitFound, read_unit

_VALUE = re.compile(
    r"(?P<sign>[-−–+]|\(\s*[-−–]?\s*\)?)?\s*(?P<digits>\d+(?:[.,]\d+)*)"
    r"(?:\s*(?P<joint>-|–|đến|/)\s*(?P<second>\d+(?:[.,]\d+)*))?"
)
_LONGEST_VALUE = 60
_ENGLISH = re.compile(r"\d,\d{3}(?:,\d{3})*\.\d|\d,\d{3},\d{3}|(?<![\d.,])\d+\.\d{1,2}(?![\d.,])")
_VIETNAMESE = re.compile(r"\d\.\d{3}(?:\.\d{3})*,\d|\d\.\d{3}\.\d{3}|(?<![\d.,])\d+,\d{1,2}(?![\d.,])")
_MOST_GROWTH = 250  # percent; where a head does not say "%", more than this is an amount
_NEAR_100 = (Decimal(50), Decimal(250))


def says_value(cell: Cell | None) -> bool:
    return cell is not None and (cell.number is not None or _VALUE.search(cell.text) is not None)


def merged_away(cells: tuple[Cell | None, ...], cell: Cell, column: Column) -> bool:
    """Whether a cell only continues the one to its left."""
    left = cells[column.index - 1] if column.index else None
    return left is not None and left.start == cell.start and left.end == cell.end


def is_english(table: Table) -> bool:
    """Whether the typed numbers of a table have English separators; raw numbers are written by ourselves."""
    typed = [cell.text for row in table.rows for cell in row if cell is not None and cell.number is None]
    english = sum(_ENGLISH.search(words) is not None for words in typed)
    return english > 0 and not any(_VIETNAMESE.search(words) for words in typed)


def by_values(column: Column, body: Sequence[tuple[Cell | None, ...]], english: bool) -> Column:
    """Where a head says one measure and the numbers say another, the numbers are right."""
    if column.measure not in ("growth", "index") or (column.unit is not None and column.unit.kind not in ("percent",)):
        return column
    cells = {c.start: c for row in body if column.index < len(row) and (c := row[column.index]) is not None}
    values = [read[0] for cell in cells.values() if (read := read_value(cell, english)) is not None]
    if not values:
        return column
    if column.measure == "growth" and column.unit is None and median(abs(value) for value in values) > _MOST_GROWTH:
        return replace(column, measure="change")
    near = _NEAR_100[0] <= median(values) <= _NEAR_100[1]
    if column.measure == "index" and not near:
        return replace(column, measure="growth")
    if column.measure == "growth" and near and len(values) > 1 and all(value > 0 for value in values):
        return replace(column, measure="index", doubt=GROWTH_NEAR_100)
    return column


def measured(
    row: Row, column: Column, in_cell: UnitFound | None, caption: UnitFound | None, value: Decimal
) -> tuple[Column, UnitFound | None]:
    """The unit of a cell, and its measure where the row's unit decides it."""
    percent = UnitFound("%", Decimal(1), "percent", 0, 1)
    if column.measure in ("growth", "index", "plan_ratio", "share"):
        return column, percent
    if column.measure == "contribution":
        return column, UnitFound("point", Decimal(1), "point", 0, 0)
    own = column.unit if column.unit is not None and column.unit.kind != "percent" else None
    unit = in_cell if in_cell is not None and in_cell.kind != "scale" else None
    unit = unit or row.unit or own or column.unit or caption
    if unit is None or unit.kind != "percent" or column.measure == "change":
        return column, unit
    return _percent_row(row, column, value), unit


def _percent_row(row: Row, column: Column, value: Decimal) -> Column:
    """A row counted in percent: an index, a growth or a share, by its label and its value."""
    low = row.name.lower()
    about_index = any(words in low for words in ("chỉ số", "iip", "cpi"))
    grows = any(words in low for words in ("tăng trưởng", "tốc độ", "tăng", "giảm"))
    if about_index or grows:
        near = _NEAR_100[0] <= value <= _NEAR_100[1]
        base = column.period.shift_years(-1) if column.period else None
        return replace(column, measure="index" if near and about_index else "growth", base=base)
    return replace(column, measure="share")


ReadValue = tuple[Decimal, Decimal | None, Decimal | None, str, int, int, str | None, UnitFound | None]


def read_value(cell: Cell, english: bool) -> ReadValue | None:
    """Value, upper end, whole, digits, span in the cell, hedge and unit of a cell; None where it holds words."""
    text = cell.text
    if len(text) > _LONGEST_VALUE:
        return None
    found = _VALUE.search(text)
    if found is None or (cell.number is None and not _stands_alone(text, found)):
        return None
    digits = found["digits"]
    value = cell.number if cell.number is not None else decimal_of(digits, english=english)
    if value is None:
        return None
    low = text.lower()
    sign = (found["sign"] or "").strip()
    if cell.number is None and sign and sign != "+":
        value = -value
    high = of = None
    if found["second"] and cell.number is None:
        second = decimal_of(found["second"], english=english)
        if found["joint"] == "/":
            of = second
        elif second is not None and second > value:
            high = second
        else:
            return None
    end = found.end()
    unit = read_unit(low, end)
    before = hedge_before(low, found.start())
    behind = hedge_after(low, unit.end if unit else end)
    hedge = before or behind
    start = found.start("digits") if sign in ("", "+") or "(" in sign else found.start()
    written = str(abs(value)).replace(".", ",") if english or cell.number is not None else digits
    return value, high, of, written, start, unit.end if unit else end, hedge.means if hedge else None, unit


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """Whether a cell holds one number, with a hedge, a verb or a unit beside it at most."""
    rest = text[found.end() :].strip(" )%")
    if any(char.isdigit() for char in rest):
        return False
    before = text[: found.start()].strip(" (").lower()
    unit = read_unit(rest.lower()) if rest else None
    led = (
        not before
        or hedge_before(f"{before} ", len(before) + 1) is not None
        or before in ("đạt", "ước", "ước đạt", "tăng")
    )
    return led and (not rest or unit is not None or hedge_after(rest.lower(), 0) is not None or len(rest.split()) <= 2)

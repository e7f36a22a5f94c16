# SPDX-License-Identifier: Apache-2.0
"""Where the head of a table ends, what stands above each column, and the rules that say what such words mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from bamsat.core.read.document import Cell, Table
from bamsat.core.terms.data import shipped

_MOST_HEAD_ROWS = 6
A_YEAR = re.compile(r"(?<![\d./-])(?:19[5-9]|20[0-9])\d(?![\d%]|[.,]\d)")
_COLUMN_NUMBER = re.compile(r"\(?(?:[A-ZĐa-z]|\d{1,2})\)?(?:\s*=.*)?")
_NUMBER = re.compile(r"[-−–+(]?\s*\d+(?:[.,]\d+)*\s*%?\)?")


@dataclass(frozen=True, slots=True)
class Rule:
    means: str
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None = None
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def rules(kind: str) -> tuple[Rule, ...]:
    """The rules of one part of tables.yml."""
    rows: list[dict[str, Any]] = shipped("phrases/tables.yml")[kind]
    return tuple(
        Rule(
            row["means"],
            re.compile(row["pattern"]),
            re.compile(row["needs"]) if "needs" in row else None,
            tuple(row["says"]),
            tuple(row.get("never", ())),
        )
        for row in rows
    )


def decide(kind: str, head: str) -> str:
    """The first rule of a kind that fits a head, or nothing.

    >>> decide("roles", "Đơn vị tính"), decide("measures", "So với kế hoạch năm (%)"), decide("statuses", "Ước TH 2021")
    ('unit', 'plan_ratio', 'estimate')
    """
    low = head.lower().strip()
    for rule in rules(kind):
        if rule.pattern.search(low) and (rule.needs is None or rule.needs.search(low)):
            return rule.means
    return ""


def is_number(cell: Cell | None) -> bool:
    return cell is not None and (cell.number is not None or bool(_NUMBER.fullmatch(cell.text.strip())))


def _is_year(cell: Cell) -> bool:
    return bool(A_YEAR.fullmatch(cell.text.strip()))


def head_rows(table: Table) -> int:
    """How many rows at the top are the head; the row of column numbers (A, B, 1, 2) belongs to it."""
    for index, row in enumerate(table.rows[: _MOST_HEAD_ROWS + 1]):
        cells = [cell for cell in row if cell is not None and cell.text.strip()]
        if not cells or is_column_numbers(row):
            continue
        values = [cell for cell in cells if is_number(cell) and not _is_year(cell)]
        ordinal = len(values) == 1 and values[0].col == cells[0].col
        named = any(decide("roles", cell.text) in ("unit", "label", "ordinal") for cell in cells)
        if (values and not ordinal and not (named and len(values) < len(cells) / 3)) or index == _MOST_HEAD_ROWS:
            return index
        if ordinal and not named:
            return index
        if index and not named and not _goes_on(table, index):
            return index
    return 0


def _goes_on(table: Table, index: int) -> bool:
    """Whether a row without numbers is a second line of the head: it stands under merged cells."""
    above, row = table.rows[index - 1], table.rows[index]
    spans = [cell.start for cell in above if cell is not None]
    merged_across = len(set(spans)) < len(spans)
    merged_down = any(a is not None and b is not None and a.start == b.start for a, b in zip(above, row, strict=False))
    filled = sum(cell is not None and bool(cell.text.strip()) for cell in row)
    return (merged_across or merged_down) and filled > 1


def is_column_numbers(row: tuple[Cell | None, ...]) -> bool:
    """A row that only numbers the columns: A, B, C, 1, 2, 3=2/1."""
    said = [cell.text.strip() for cell in row if cell is not None and cell.text.strip()]
    if len(said) < 3 or not all(_COLUMN_NUMBER.fullmatch(words) for words in said):
        return False
    counted = [
        int(words.strip("()").split("=")[0]) for words in said if words.strip("()").split("=")[0].strip().isdigit()
    ]
    return len(counted) > 1 and all(later - earlier == 1 for earlier, later in pairwise(counted))


def head_levels(table: Table, rows: int, column: int) -> list[str]:
    """The words above a column, from the top, a merged cell once; a title across the whole table is none of them."""
    levels: list[str] = []
    seen: set[int] = set()
    for row in table.rows[:rows]:
        cell = row[column] if column < len(row) else None
        if cell is None or cell.start in seen or not cell.text.strip() or is_column_numbers(row):
            continue
        seen.add(cell.start)
        if len({other.start for other in row if other is not None}) > 1 or len(row) == 1:
            levels.append(" ".join(cell.text.split()))
    return levels

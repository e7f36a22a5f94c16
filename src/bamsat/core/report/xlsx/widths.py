# SPDX-License-Identifier: Apache-2.0
"""Widths of columns and heights of rows, in letters and lines: spreadsheets do not measure merged or wrapped text."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from bamsat.core.report.outline import Column, Table

_LETTER = 1.9  # millimetres
_NARROWEST = 78.0  # of a sheet, so that its title and signatures have room
_LEAST, _MOST, _NUMBER = 5.0, 44.0, 10.0


def widths_of(tables: Sequence[Table]) -> list[float]:
    """The width of each column of a sheet: as asked in millimetres, else by what stands in it."""
    count = max((len(table.columns) for table in tables), default=2)
    found = [_LEAST] * count
    for table in tables:
        for at, column in enumerate(table.columns):
            found[at] = max(found[at], _width(table, at, column))
    wider = max(1.0, _NARROWEST / sum(found))
    return [round(width * wider, 1) for width in found]


def _width(table: Table, at: int, column: Column) -> float:
    if column.width:
        return round(column.width / _LETTER, 1)
    texts = [row.cells[at].text for row in table.rows if at < len(row.cells)]
    longest = max((len(text) for text in texts), default=0)
    if column.number:
        return min(max(_NUMBER, longest + 3.0), 24.0)
    word = max((len(word) for head in column.heads for word in head.split()), default=0)
    return min(max(_LEAST, longest * 1.05 + 2, word + 2.0), _MOST)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many letters.

    >>> lines_of("Tổng mức bán lẻ hàng hóa", 12), lines_of("Điện", 12)
    (3, 1)
    """
    lines, room = 1, width
    for word in text.split():
        wide = sum(1.25 if letter.isupper() else 1.0 for letter in word)
        if wide > room and room < width:
            lines, room = lines + 1, width
        lines += max(0, ceil(wide / width) - 1) if width else 0
        room -= wide + 1
    return lines

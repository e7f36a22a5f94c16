# SPDX-License-Identifier: Apache-2.0
"""How wide the columns of a table are on paper, and the size of type at which all its words fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bamsat.core.report.docx.metrics import width as width_of
from bamsat.core.report.outline import Column, Table

_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
_SMALLEST_WHOLE = 9.0
_INSET = 2.4 + 0.6  # millimetres: both sides, and what an estimate may miss
_WIDEST = 75.0
_SOME = 38.0  # of a long name
_SHORT = 12  # characters of a unit or a code: they stay in one line
_READ = 400  # characters of a cell that are measured: a longer one takes lines anyway
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Laid:
    """The size in points, and the width of each column in millimetres."""

    size: float
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Measured:
    """A column, its longest word and its longest text, in millimetres at one point; widths grow with the size."""

    column: Column
    word: float
    text: float
    short: bool

    def least(self, size: float, whole: bool) -> float:
        """Its longest word; where there is room, short names whole and of long ones some."""
        if whole and not self.column.number:
            return max(self.word * size, min(self.text * size, _WIDEST if self.short else _SOME)) + _INSET
        return self.word * size + _INSET

    def asked(self, size: float) -> float:
        """Its own width, or its words in one line."""
        return min(self.column.width or self.text * size + _INSET, max(_WIDEST, self.column.width))


def laid(table: Table, room: float) -> Laid:
    """The largest size at which no word of the table is wider than its column, and columns that fill the room."""
    columns = [_measured(table, place) for place in range(len(table.columns))]
    sizes = _SIZES[0 if len(columns) <= 6 else 1 :]
    for whole in (True, False):  # short names in one line first, words in one line at least
        for size in sizes:
            least = [column.least(size, whole) for column in columns]
            for widths in (_equal(columns, least), least):
                if sum(widths) <= room and (size >= _SMALLEST_WHOLE or not whole):
                    return Laid(size, _shared(columns, widths, room, size))
    return Laid(sizes[-1], tuple(room * one / sum(least) for one in least))


def _measured(table: Table, place: int) -> _Measured:
    column = table.columns[place]
    head = column.heads[-1] if column.heads else ""
    texts = [row.cells[place].text[:_READ] for row in table.rows if place < len(row.cells)]
    longest = max(texts, key=len, default="")
    # Of the three longest words by letters the widest: enough, and quick for tables of thousands of cells.
    words = sorted({word for text in (head, *texts) for word in _WORDS.findall(text)}, key=len)[-3:]
    word = max((width_of(word, 1, True) for word in words), default=0.0)
    return _Measured(column, word, max(width_of(longest, 1, True), width_of(head, 1, True) / 2), len(longest) <= _SHORT)


def _equal(columns: Sequence[_Measured], least: Sequence[float]) -> list[float]:
    """Columns of numbers are equally wide where there is room."""
    widest = max((one for one, measured in zip(least, columns, strict=True) if measured.column.number), default=0.0)
    return [widest if measured.column.number else one for one, measured in zip(least, columns, strict=True)]


def _shared(columns: Sequence[_Measured], least: Sequence[float], room: float, size: float) -> tuple[float, ...]:
    """What each column asks for, brought to the width of the page."""
    asked = [max(minimum, column.asked(size)) for column, minimum in zip(columns, least, strict=True)]
    spare = room - sum(least)
    wish = [ask - minimum for ask, minimum in zip(asked, least, strict=True)]
    if sum(wish) > spare:
        return tuple(minimum + spare * one / sum(wish) for minimum, one in zip(least, wish, strict=True))
    left = spare - sum(wish)
    grows = [1.0 if one.column.number else 0.2 if one.short else 3.0 for one in columns]
    return tuple(ask + left * one / sum(grows) for ask, one in zip(asked, grows, strict=True))

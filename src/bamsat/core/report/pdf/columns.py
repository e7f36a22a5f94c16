# SPDX-License-Identifier: Apache-2.0
"""How wide the columns of a table are on paper, and the size of type at which all its words fit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bamsat.core.report.docx.metrics import width as width_of
from bamsat.core.report.outline import Table

_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
_INSET = 2.4 + 0.6  # millimetres: both sides, and what an estimate may miss
_WIDEST = 75.0
_SHORT = 12  # characters of a unit or a code: they stay in one line
_SOME = 38.0  # millimetres for longer names
_SMALLEST_WHOLE = 9.0
_READ = 400  # characters of a cell that are measured: a longer one takes lines anyway
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Laid:
    """The size in points, and the width of each column in millimetres."""

    size: float
    widths: tuple[float, ...]


def laid(table: Table, room: float) -> Laid:
    """The largest size at which no word of the table is wider than its column, and columns that fill the room."""
    sizes = _SIZES[0 if len(table.columns) <= 6 else 1 :]
    for whole in (True, False):  # short names in one line first, words in one line at least
        for size in sizes:
            least = _least(table, size, whole)
            for widths in (_equal(table, least), least):
                if sum(widths) <= room and (size >= _SMALLEST_WHOLE or not whole):
                    return Laid(size, tuple(_shared(table, widths, room, size)))
    return Laid(sizes[-1], tuple(room * one / sum(least) for one in least))


def _equal(table: Table, least: list[float]) -> list[float]:
    """Columns of numbers are equally wide where there is room."""
    widest = max((one for one, column in zip(least, table.columns, strict=True) if column.number), default=0.0)
    return [widest if column.number else one for one, column in zip(least, table.columns, strict=True)]


def _least(table: Table, size: float, whole: bool) -> list[float]:
    """What each column needs: its longest word; its short names whole, of long ones some."""
    least = []
    for column, texts in zip(table.columns, _texts(table), strict=True):
        need = max(_longest_word(text, size) for text in texts)
        if whole and not column.number:
            longest = max(texts[1:], key=len, default="")
            need = max(need, min(width_of(longest, size, True), _SOME if len(longest) > _SHORT else _WIDEST))
        least.append(need + _INSET)
    return least


def _texts(table: Table) -> list[list[str]]:
    texts: list[list[str]] = [[column.heads[-1] if column.heads else ""] for column in table.columns]
    for row in table.rows:
        for place, cell in enumerate(row.cells[: len(texts)]):
            texts[place].append(cell.text[:_READ])
    return texts


def _longest_word(text: str, size: float) -> float:
    """Of the two longest words by letters the wider one: enough, and quick for tables of thousands of cells."""
    words = sorted(_WORDS.findall(text), key=len)[-2:]
    return max((width_of(word, size, True) for word in words), default=0.0)


def _shared(table: Table, least: list[float], room: float, size: float) -> list[float]:
    """What each column asks for (its own width, or its words in one line), brought to the width of the page."""
    asked = [
        max(minimum, min(column.width or _natural(texts, size), max(_WIDEST, column.width)))
        for column, texts, minimum in zip(table.columns, _texts(table), least, strict=True)
    ]
    spare = room - sum(least)
    wish = [ask - minimum for ask, minimum in zip(asked, least, strict=True)]
    if sum(wish) >= spare:
        return [minimum + spare * one / sum(wish) for minimum, one in zip(least, wish, strict=True)]
    left = spare - sum(wish)
    grows = [
        1.0 if column.number else 3.0 if ask > 20 else 0.2 for column, ask in zip(table.columns, asked, strict=True)
    ]
    return [ask + left * one / sum(grows) for ask, one in zip(asked, grows, strict=True)]


def _natural(texts: list[str], size: float) -> float:
    head, *cells = texts
    longest = max(cells, key=len, default="")
    return max(width_of(longest, size, True), width_of(head, size, True) / 2) + _INSET

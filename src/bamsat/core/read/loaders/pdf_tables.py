# SPDX-License-Identifier: Apache-2.0
"""Ruled tables of a PDF page: found by their lines, filled with the words inside each cell."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType
from typing import Any

from pypdfium2 import raw as pdfium

from bamsat.core.read.loaders.assembly import Slot

_THIN = 3.0
_NEAR = 3.0
_MOST_STROKES = 20_000  # a drawing, not a table
_NUMBER_CUT = re.compile(r"(?<=[\d.,])\s*\r?\n\s*(?=\d)")
_WHOLE_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?%?")

Box = tuple[float, float, float, float]  # left, bottom, right, top


def is_ruled(page: Any) -> bool:
    """Whether a page has ruling lines both ways; a search without them takes justified text for a table."""
    across = down = boxes = 0
    strokes = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    for stroke in islice(strokes, _MOST_STROKES):
        left, bottom, right, top = stroke.get_bounds()
        wide, high = right - left, top - bottom
        across += wide > 20 and high < _THIN
        down += high > 6 and wide < _THIN
        boxes += wide > 15 and high > 6
        if (across > 1 and down > 1) or boxes > 3:
            return True
    return False


@dataclass(slots=True)
class RuledTable:
    """A table of one page, or of several that follow each other."""

    first_page: int
    box: Box
    columns: list[float]
    rows: list[list[Slot | None]] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.box[3]

    def holds(self, x: float, y: float) -> bool:
        left, bottom, right, top = self.box
        return left - _NEAR <= x <= right + _NEAR and bottom - _NEAR <= y <= top + _NEAR

    def goes_on(self, other: RuledTable) -> bool:
        """Whether another table, at the head of the next page, is the rest of this one."""
        if len(self.columns) != len(other.columns):
            return False
        shift = other.columns[0] - self.columns[0]
        return all(abs(b - a - shift) < 2 * _NEAR for a, b in zip(self.columns, other.columns, strict=True))

    def extend(self, other: RuledTable) -> None:
        """Append the rest; a header that is printed again is left out, a row cut by the page end made whole."""
        rest = list(other.rows)
        head = [_words(row) for row in self.rows[:4]]
        while rest and head and _words(rest[0]) == head[0]:
            rest.pop(0)
            head.pop(0)
        if rest and self.rows and _is_rest_of_row(rest[0], self.rows[-1]):
            self.rows[-1] = [_together(a, b) for a, b in zip(self.rows[-1], rest.pop(0), strict=True)]
        self.rows += rest

    def grid(self) -> list[list[Slot | None]]:
        return self.rows


def _words(row: list[Slot | None]) -> list[str]:
    return [str(slot.text).strip() if slot else "" for slot in row]


def _is_rest_of_row(row: list[Slot | None], above: list[Slot | None]) -> bool:
    """Whether a row at the head of a page holds the last words of the row that the page end has cut."""
    pairs = [(over, under) for over, under in zip(_words(above), _words(row), strict=True) if under]
    if not pairs or _words(row)[0] or not all(over for over, _ in pairs):
        return False
    return all(_is_cut_number(over, under) or (not under[0].isupper() and over[-1].isalpha()) for over, under in pairs)


def _is_cut_number(first: str, rest: str) -> bool:
    """Whether two pieces make a number that the first alone is not: 840.80 and 0."""
    return _WHOLE_NUMBER.fullmatch(first + rest) is not None and not _WHOLE_NUMBER.fullmatch(first)


def _together(above: Slot | None, below: Slot | None) -> Slot | None:
    if above is None or below is None or not str(below.text).strip():
        return above or below
    first, rest = str(above.text), str(below.text)
    return Slot(first + rest if _is_cut_number(first, rest) else f"{first} {rest}".strip())


@dataclass(slots=True)
class RuledTables:
    """Opens the slower library once, and only when a page with ruling lines comes."""

    data: bytes
    opened: Any = None

    def __enter__(self) -> RuledTables:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.opened is not None:
            self.opened.close()

    def on_page(self, index: int, words: Any, page: Any) -> list[RuledTable]:
        if self.opened is None:
            import pdfplumber  # heavy, and most files have no ruled page

            self.opened = pdfplumber.open(io.BytesIO(self.data))
        plumbed = self.opened.pages[index]
        try:
            found = [[tuple(cell) for cell in table.cells] for table in plumbed.find_tables()]
            height = float(plumbed.height)
        finally:
            plumbed.close()
        tables = [_table(cells, index, words, height, page.get_rotation()) for cells in found]
        return [table for table in tables if len(table.columns) > 2 and table.rows]


def _table(cells: list[Any], index: int, words: Any, height: float, rotation: int) -> RuledTable:
    lefts = _edges([cell[0] for cell in cells] + [cell[2] for cell in cells])
    tops = _edges([cell[1] for cell in cells] + [cell[3] for cell in cells])
    rows: list[list[Slot | None]] = [[None] * (len(lefts) - 1) for _ in tops[:-1]]
    for left, top, right, bottom in cells:
        said = _unrotated((left, height - bottom, right, height - top), words, rotation)
        slot = Slot(_cell_words(said))
        for row in range(_nearest(tops, top), _nearest(tops, bottom)):
            for column in range(_nearest(lefts, left), _nearest(lefts, right)):
                rows[row][column] = slot
    box = (lefts[0], height - tops[-1], lefts[-1], height - tops[0])
    return RuledTable(index, box, lefts, [row for row in rows if any(slot is not None for slot in row)])


def _unrotated(box: Box, words: Any, rotation: int) -> str:
    """The words in a box of the page as shown; the text layer counts from the page as stored."""
    left, bottom, right, top = box
    width, height = words.page.get_size()
    if rotation == 90:
        left, bottom, right, top = height - top, left, height - bottom, right
    elif rotation == 180:
        left, bottom, right, top = width - right, height - top, width - left, height - bottom
    elif rotation == 270:
        left, bottom, right, top = bottom, width - right, top, width - left
    return str(words.get_text_bounded(left=left, bottom=bottom, right=right, top=top))


def _cell_words(said: str) -> str:
    """Lines of a cell as one; a number that the narrow cell has cut is made whole."""
    words = " ".join(_NUMBER_CUT.sub("", said.strip()).replace("\ufffe", "-").split())
    first, _, rest = words.partition(" ")
    return first + rest if rest and _is_cut_number(first, rest) else words


def _edges(values: list[float]) -> list[float]:
    """Coordinates that are nearly one, as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))

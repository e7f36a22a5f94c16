# SPDX-License-Identifier: Apache-2.0
"""A document's text laid out for the reading page: its blocks and tables in order, each figure marked in its own words.

Takes spans, gives pieces of text; a template speaks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Any

Span = tuple[int, int]
MOST_ROWS = 300  # of a table, shown whole
LETTERHEAD = 100  # a line above the title up to this long names the sender, the motto, the place and day


@dataclass(frozen=True, slots=True)
class Mark:
    """The words of one or more figures: two figures may be told by one number."""

    start: int
    end: int
    ordinals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is plain, or a mark, or part of a statement."""

    text: str
    mark: Mark | None = None
    first: bool = False  # the piece that carries the mark's anchor
    statement: int = 0  # ordinal of a statement
    opens: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    runs: tuple[Run, ...]
    colspan: int = 1
    rowspan: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    head: bool = False
    left_out: int = 0  # rows without a mark that a very long table does not show here


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing on the sheet: a heading, a paragraph or a table."""

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0  # of a heading, as HTML counts them
    rows: tuple[Row, ...] = ()
    caption: str = ""


def merged(figures: Iterable[tuple[int, int, int]]) -> list[Mark]:
    """Marks of (start, end, ordinal): spans that touch the same letters become one mark.

    >>> [(mark.start, mark.end, mark.ordinals) for mark in merged([(4, 9, 1), (4, 9, 2), (12, 15, 3)])]
    [(4, 9, (1, 2)), (12, 15, (3,))]
    """
    marks: list[Mark] = []
    for start, end, ordinal in sorted(figures):
        if marks and start < marks[-1].end:
            last = marks[-1]
            marks[-1] = Mark(last.start, max(last.end, end), (*last.ordinals, ordinal))
        else:
            marks.append(Mark(start, end, (ordinal,)))
    return marks


class Sheet:
    """The text with its marks and statements, from which runs are cut."""

    def __init__(self, text: str, marks: Sequence[Mark], statements: Sequence[tuple[int, int, int]]) -> None:
        self.text = text
        self.marks = sorted(marks, key=lambda mark: mark.start)
        self._starts = [mark.start for mark in self.marks]
        self._ends = [mark.end for mark in self.marks]
        self.statements = sorted(statements)
        self._said_starts = [one[0] for one in self.statements]
        self._said_ends = list(accumulate((one[1] for one in self.statements), max))

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        # Marks do not overlap, so their ends are in order too.
        marks = self.marks[bisect_right(self._ends, start) : bisect_left(self._starts, end)]
        near = slice(bisect_right(self._said_ends, start), bisect_left(self._said_starts, end))
        said = [one for one in self.statements[near] if one[1] > start]
        edges = {start, end}
        for low, high in [(mark.start, mark.end) for mark in marks] + [(low, high) for low, high, _ in said]:
            edges |= {max(low, start), min(high, end)}
        cuts = sorted(edges)
        pieces = [self._run(low, high, marks, said) for low, high in pairwise(cuts)]
        return tuple(_joined(pieces))

    def _run(self, low: int, high: int, marks: Sequence[Mark], said: Sequence[tuple[int, int, int]]) -> Run:
        text = self.text[low:high]
        mark = next((mark for mark in marks if mark.start <= low and high <= mark.end), None)
        if mark:
            return Run(text, mark, first=mark.start == low)
        for start, end, ordinal in said:
            if start <= low and high <= end:
                return Run(text, statement=ordinal, opens=start == low, closes=end == high)
        return Run(text)


def _joined(runs: Iterable[Run]) -> Iterable[Run]:
    """Pieces of one mark, cut apart by a statement's edge, are one again."""
    for mark, group in groupby(runs, key=lambda run: run.mark):
        pieces = list(group)
        if mark is None:
            yield from pieces
        else:
            yield Run("".join(piece.text for piece in pieces), mark, first=pieces[0].first)


def lay_out(
    text: str,
    blocks: Sequence[Mapping[str, Any]],
    tables: Sequence[Mapping[str, Any]],
    marks: Sequence[Mark],
    statements: Sequence[tuple[int, int, int]] = (),
) -> list[Piece]:
    """The pieces of a document in reading order. Blocks that lie in a table are shown by the table."""
    sheet = Sheet(text, marks, statements)
    within_table = _Inside((table["start"], table["end"]) for table in tables)
    things: list[tuple[int, Mapping[str, Any], bool]] = [(table["start"], table, True) for table in tables]
    things += [(block["start"], block, False) for block in blocks if not within_table(block["start"], block["end"])]
    if not things and text:
        things = [(0, {"kind": "paragraph", "start": 0, "end": len(text)}, False)]
    things.sort(key=lambda thing: thing[0])
    titled = next((start for start, thing, _table in things if thing.get("kind") == "title"), 0)
    pieces: list[Piece] = []
    depth = 2
    for _start, thing, is_table in things:
        if is_table:
            pieces.append(_table(sheet, thing))
            continue
        piece = _block(sheet, thing, depth, above_title=thing["start"] < titled)
        depth = piece.level or depth
        pieces.append(piece)
    return pieces


class _Inside:
    """Whether a stretch lies in one of these spans; asked once a block, so it must not walk through all of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [low for low, _high in ordered]
        self._reach = list(accumulate((high for _low, high in ordered), max))

    def __call__(self, start: int, end: int) -> bool:
        before = bisect_right(self._starts, start)
        return before > 0 and end <= self._reach[before - 1]


def _block(sheet: Sheet, block: Mapping[str, Any], depth: int, above_title: bool = False) -> Piece:
    kind, runs = str(block["kind"]), sheet.runs(block["start"], block["end"])
    if kind == "title":
        return Piece("title", runs, level=3)
    if kind == "heading":
        # Never a level deeper than one below the heading before it: people who listen lose their way otherwise.
        return Piece("heading", runs, level=min(3 + max(1, int(block.get("level") or 1)), depth + 1, 6))
    if above_title and kind == "paragraph" and block["end"] - block["start"] <= LETTERHEAD:
        return Piece("letterhead", runs)
    return Piece(kind if kind in ("item", "caption", "furniture") else "paragraph", runs)


def _table(sheet: Sheet, table: Mapping[str, Any]) -> Piece:
    rows = table["rows"]
    taken: set[tuple[int, int]] = set()
    laid = [_row(sheet, rows, number, taken) for number in range(len(rows))]
    heads = _head_rows(laid)
    made = [Row(cells, head=number < heads) for number, cells in enumerate(laid) if cells]
    return Piece(
        "table",
        rows=tuple(made if len(made) <= MOST_ROWS else _shortened(made, heads)),
        caption=str(table.get("caption") or ""),
    )


def _shortened(rows: Sequence[Row], heads: int) -> Iterable[Row]:
    """A very long table: its head, and the rows with a mark and next to one; how many are left out stands between."""
    marked = [any(run.mark for cell in row.cells for run in cell.runs) for row in rows]
    kept = [at < heads + 10 or any(marked[max(0, at - 1) : at + 2]) for at in range(len(rows))]
    for keeps, group in groupby(enumerate(rows), key=lambda each: kept[each[0]]):
        found = [row for _at, row in group]
        if keeps:
            yield from found
        else:
            yield Row((), left_out=len(found))


def _row(sheet: Sheet, rows: Sequence[Any], number: int, taken: set[tuple[int, int]]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for column, cell in enumerate(rows[number]):
        if (number, column) in taken:
            continue
        if cell is None:
            cells.append(Cell(()))
            continue
        wide, high = _reach(rows, number, column)
        taken |= {(number + down, column + right) for down in range(high) for right in range(wide)}
        start, end = cell["start"], cell["end"]
        cells.append(Cell(sheet.runs(start, end), wide, high, _is_number(sheet.text[start:end])))
    return tuple(cells)


def _reach(rows: Sequence[Any], number: int, column: int) -> tuple[int, int]:
    """How far a merged cell reaches: it stands in each place with one and the same span."""

    here = _span(rows[number][column])

    def same(row: int, col: int) -> bool:
        there = rows[row][col] if row < len(rows) and col < len(rows[row]) else None
        return there is not None and here[1] > here[0] and here == _span(there)

    wide = high = 1
    while same(number, column + wide):
        wide += 1
    while all(same(number + high, column + right) for right in range(wide)):
        high += 1
    return wide, high


def _span(cell: Mapping[str, Any]) -> Span:
    return cell["start"], cell["end"]


def _is_number(text: str) -> bool:
    digits = sum(letter.isdigit() for letter in text)
    return digits > 0 and digits * 2 >= len(text.strip().replace(" ", "").replace(".", "").replace(",", ""))


def _head_rows(rows: Sequence[tuple[Cell, ...]]) -> int:
    """Rows above the first that holds a number or is half empty (a heading of a part) are the head."""
    heads = 0
    for cells in rows[:3]:
        filled = [cell for cell in cells if any(run.text.strip() for run in cell.runs)]
        if any(cell.number for cell in filled[1:]) or 2 * len(filled) < len(cells):
            break
        heads += 1
    return heads if len(rows) > heads else 0


def sentence_around(text: str, start: int, end: int, limit: int = 320) -> tuple[str, str, str]:
    """The words before a figure, the figure, and the words after, as far as its sentence goes.

    >>> sentence_around("Năm 2021 khá. Giá trị đạt 5.300 tỷ đồng, tăng 2%. Hết.", 26, 39)
    ('Giá trị đạt ', '5.300 tỷ đồng', ', tăng 2%.')
    """
    low = max(text.rfind("\n", 0, start) + 1, start - limit)
    high = text.find("\n", end)
    high = min(len(text) if high < 0 else high, end + limit)
    low = max([low, *(at + 2 for at in (text.rfind(mark, low, start) for mark in (". ", "! ", "? ")) if at >= 0)])
    stops = [at + 1 for at in (text.find(mark, end, high) for mark in (". ", "! ", "? ")) if at >= 0]
    high = min([high, *stops])
    return text[low:start], text[start:end], text[end:high]

# SPDX-License-Identifier: Apache-2.0
"""Tables: heads that are merged and repeat on each page, rows that do not split, numbers to the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from bamsat.core.report.docx.marks import paragraph, run, twips
from bamsat.core.report.docx.metrics import width
from bamsat.core.report.outline import Cell, Column, Piece, Row, Table
from bamsat.core.terms.errors import BamsatError

Pieces = Callable[[Sequence[Piece], str], str]  # the markup of words and numbers, with settings of their type

_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0)
_PADDING = 3.2  # millimetres left and right in a cell, with a little room for another font
_WIDEST_WISH = 75.0
_SHORT = 24.0
_LEVEL = 4.0  # millimetres by which a level is indented
_ORDER = ("tt", "stt", "số tt", "số thứ tự")
_BOLD = "<w:b/><w:bCs/>"


class TableUneven(BamsatError):
    """A row with more cells than its table has columns."""


@dataclass(frozen=True, slots=True)
class _Layout:
    widths: tuple[int, ...]  # twips
    size: float

    @property
    def type(self) -> str:
        if self.size == _SIZES[0]:
            return ""
        return f'<w:sz w:val="{round(self.size * 2)}"/><w:szCs w:val="{round(self.size * 2)}"/>'


@dataclass(frozen=True, slots=True)
class _Head:
    """A head over a span of columns and rows."""

    text: str
    row: int
    column: int
    down: int
    across: int


def grid(table: Table, room: float, pieces: Pieces) -> str:
    """The markup of a table in so many millimetres; its caption, unit and note stand around it."""
    _check(table)
    layout = _layout(table, room)
    heads = _head_rows(table.columns, layout)
    if table.numbered:
        heads += _row([(code, "SoCot") for code in _codes(table.columns)], layout, head=True)
    rows = "".join(_body_row(row, table.columns, layout, pieces) for row in table.rows)
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in layout.widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="BangSoLieu"/><w:tblW w:w="{sum(layout.widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{heads}{rows}</w:tbl>"
    )


def _check(table: Table) -> None:
    for number, row in enumerate(table.rows, start=1):
        if len(row.cells) > len(table.columns):
            raise TableUneven(
                vi=f"Bảng “{table.caption}”, dòng {number}: có {len(row.cells)} ô mà bảng chỉ có "
                f"{len(table.columns)} cột. Hãy thêm cột hoặc bớt ô.",
                en=f"Table “{table.caption}”, row {number}: {len(row.cells)} cells in {len(table.columns)} columns. "
                "Add columns or take cells away.",
            )


def _codes(columns: Sequence[Column]) -> list[str]:
    """A, B, C over words, 1, 2, 3 over numbers."""
    letters, numbers = iter(ascii_uppercase), iter(range(1, len(columns) + 1))
    return [str(next(numbers)) if column.number else next(letters, "") for column in columns]


def _layout(table: Table, room: float) -> _Layout:
    """The largest type in which every word and number fits on a line of its column."""
    for size in _SIZES:
        needs = [_need(table, place, column, size) for place, column in enumerate(table.columns)]
        if sum(needs) <= room or size == _SIZES[-1]:
            break
    widths = _shared(table, room, needs, size)
    return _Layout(tuple(max(twips(each), 1) for each in widths), size)


def _shared(table: Table, room: float, needs: Sequence[float], size: float) -> list[float]:
    """Widths that were given; of what is left, each column its need, then words what they wish, then all alike."""
    given = [column.width for column in table.columns]
    if sum(given) > room or all(given):
        return [each * room / sum(given) for each in given]
    open_ = [place for place, each in enumerate(given) if not each]
    left = room - sum(given)
    needed = sum(needs[place] for place in open_)
    if needed >= left:
        return [each or needs[place] * left / needed for place, each in enumerate(given)]
    wishes = {place: max(_wish(table, place, table.columns[place], size) - needs[place], 0.0) for place in open_}
    spare, wished = left - needed, sum(wishes.values())
    share = min(1.0, spare / wished) if wished else 0.0
    rest = (spare - wished * share) / max(sum(not _is_order(table.columns[place]) for place in open_), 1)
    return [
        each or needs[place] + wishes[place] * share + (0.0 if _is_order(table.columns[place]) else rest)
        for place, each in enumerate(given)
    ]


def _need(table: Table, place: int, column: Column, size: float) -> float:
    """The least width of a column: its longest word, or its longest number."""
    words = [word for head in column.heads for word in head.split()]
    most = max((width(word, size, bold=True) for word in words), default=0.0)
    texts = [(row.cells[place].text, row.kind != "body") for row in table.rows if place < len(row.cells) > 1]
    whole = max((width(text, size, bold) for text, bold in texts), default=0.0)
    # A number, and a unit or another short name, stays on one line.
    if not column.number and whole > _SHORT:
        whole = max((width(word, size, bold) for text, bold in texts for word in text.split()), default=0.0)
    return max(most, whole) + _PADDING


def _wish(table: Table, place: int, column: Column, size: float) -> float:
    """How wide a column would like to be: its longest cell on one line, within reason, and its head on two."""
    if _is_order(column):
        return 0.0
    head = width(column.heads[-1], size, bold=True) / 2 if column.heads else 0.0
    if column.number:
        return head + _PADDING
    texts = [row.cells[place].text for row in table.rows if place < len(row.cells) and len(row.cells) > 1]
    return min(max((width(text, size, bold=True) for text in texts), default=head) + _PADDING, _WIDEST_WISH)


def _is_order(column: Column) -> bool:
    return bool(column.heads) and not column.number and column.heads[-1].strip().lower() in _ORDER


def _heads(columns: Sequence[Column]) -> list[_Head]:
    """Heads with equal neighbours merged: to the right within one group, then downwards."""
    depth = max((len(column.heads) for column in columns), default=0)
    texts = [
        [*column.heads, *[column.heads[-1] if column.heads else ""] * (depth - len(column.heads))] for column in columns
    ]
    taken: set[tuple[int, int]] = set()
    found: list[_Head] = []
    for row in range(depth):
        for place in range(len(columns)):
            if (row, place) in taken:
                continue
            text, group = texts[place][row], texts[place][:row]
            across = 1
            while (
                place + across < len(columns)
                and text
                and texts[place + across][row] == text
                and texts[place + across][:row] == group
                and (row, place + across) not in taken
            ):
                across += 1
            down = 1
            while row + down < depth and all(texts[place + each][row + down] == text for each in range(across)):
                down += 1
            taken |= {(row + below, place + each) for below in range(down) for each in range(across)}
            found.append(_Head(text, row, place, down, across))
    return found


def _head_rows(columns: Sequence[Column], layout: _Layout) -> str:
    heads = _heads(columns)
    depth = max((head.row + head.down for head in heads), default=0)
    rows = []
    for number in range(depth):
        cells = []
        for head in sorted((head for head in heads if head.row <= number < head.row + head.down), key=_column):
            merge = "" if head.down == 1 else '<w:vMerge w:val="restart"/>' if head.row == number else "<w:vMerge/>"
            text = head.text if head.row == number else ""
            cells.append(
                _cell(
                    run(text, settings=layout.type) if text else "", "DauCot", layout, head.column, head.across, merge
                )
            )
        rows.append(_tr("".join(cells), head=True))
    return "".join(rows)


def _column(head: _Head) -> int:
    return head.column


def _row(cells: Sequence[tuple[str, str]], layout: _Layout, head: bool = False) -> str:
    return _tr("".join(_cell(run(text), style, layout, place) for place, (text, style) in enumerate(cells)), head)


def _tr(cells: str, head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _cell(
    content: str, style: str, layout: _Layout, place: int, across: int = 1, merge: str = "", settings: str = ""
) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    wide = sum(layout.widths[place : place + across])
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(content, style, settings)}</w:tc>"
    )


def _body_row(row: Row, columns: Sequence[Column], layout: _Layout, pieces: Pieces) -> str:
    type_ = ("" if row.kind == "body" else _BOLD) + layout.type
    if len(row.cells) == 1 < len(columns):
        return _tr(
            _cell(pieces(row.cells[0].pieces, type_), "OChu", layout, 0, len(columns), settings=_indent(row.level))
        )
    cells = [*row.cells, *[Cell()] * (len(columns) - len(row.cells))]
    name = next((place for place, column in enumerate(columns) if not column.number and not _is_order(column)), -1)
    return _tr(
        "".join(
            _cell(
                pieces(cell.pieces, type_) if cell.pieces else "",
                "OSo" if column.number else "OGiua" if _is_order(column) else "OChu",
                layout,
                place,
                settings=_indent(row.level) if place == name else "",
            )
            for place, (cell, column) in enumerate(zip(cells, columns, strict=True))
        )
    )


def _indent(level: int) -> str:
    return f'<w:ind w:left="{twips(level * _LEVEL)}"/>' if level > 0 else ""

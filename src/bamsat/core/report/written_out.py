# SPDX-License-Identifier: Apache-2.0
"""An outline with everything that its layout adds in words: numbers of tables and charts, quotation marks, dashes.

PDF and page draw what this gives, word for word, as Word's document has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bamsat.core.report.outline import Block, Cell, Chart, Lacking, Paragraph, Piece, Report, Row, Table, Words

_LACKING = {"missing": "Còn thiếu", "estimate": "Số ước", "contradiction": "Mâu thuẫn", "note": "Lưu ý"}
_NUMBERED = re.compile(r"(?:Bảng|Biểu|Biểu đồ|Hình|Phụ lục)\s+(?:số\s+)?[\dIVXLC]+", re.IGNORECASE)
_QUOTED = ("“", '"', "«")
_DASHED = ("-", "–", "+")


def written_out(report: Report) -> Report:
    """The report with its captions numbered through, appendices too.

    >>> from bamsat.core.report.outline import Frame
    >>> table = Table("Kết quả năm 2021", (), ())
    >>> [block.caption for block in written_out(Report(Frame(), (table, table))).blocks]
    ['Bảng 1. Kết quả năm 2021', 'Bảng 2. Kết quả năm 2021']
    """
    count = _Count()
    blocks = tuple(_block(block, count) for block in report.blocks)
    appendices = tuple(
        replace(one, blocks=tuple(_block(_untitled(block, one.title), count) for block in one.blocks))
        for one in report.appendices
    )
    return replace(report, blocks=blocks, appendices=appendices)


def _untitled(block: Block, title: str) -> Block:
    """A table that bears its appendix's own title is not captioned a second time."""
    if isinstance(block, Table) and block.caption.strip().casefold() == title.strip().casefold():
        return replace(block, caption="")
    return block


@dataclass(slots=True)
class _Count:
    tables: int = 0
    charts: int = 0


def _block(block: Block, count: _Count) -> Block:
    match block:
        case Paragraph():
            return replace(block, pieces=_paragraph(block))
        case Table():
            count.tables += bool(block.caption) and not _NUMBERED.match(block.caption)
            return replace(_quoted_cells(block), caption=_caption("Bảng", count.tables, block.caption))
        case Chart():
            count.charts += bool(block.caption) and not _NUMBERED.match(block.caption)
            return replace(block, caption=_caption("Biểu đồ", count.charts, block.caption))
        case Lacking():
            return replace(block, text=f"[{_LACKING[block.kind]}] {block.text}")
        case _:
            return block


def _caption(label: str, number: int, text: str) -> str:
    """ "Bảng 1. ..."; a caption with a number of its own (a form) stays."""
    return f"{label} {number}. {text}" if text and not _NUMBERED.match(text) else text


def _paragraph(block: Paragraph) -> tuple[Piece, ...]:
    pieces = _quoted(block.pieces)
    dash = block.style == "item" and not "".join(piece.text for piece in pieces).startswith(_DASHED)
    return (Words("- "), *pieces) if dash else pieces


def _quoted(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Somebody's words stand between quotation marks."""
    return tuple(
        replace(piece, text=f"“{piece.text}”")
        if isinstance(piece, Words) and piece.quoted and not piece.text.startswith(_QUOTED)
        else piece
        for piece in pieces
    )


def _quoted_cells(table: Table) -> Table:
    if not any(
        isinstance(piece, Words) and piece.quoted for row in table.rows for cell in row.cells for piece in cell.pieces
    ):
        return table
    return replace(table, rows=tuple(_row(row) for row in table.rows))


def _row(row: Row) -> Row:
    return replace(row, cells=tuple(Cell(_quoted(cell.pieces), cell.formula) for cell in row.cells))

# SPDX-License-Identifier: Apache-2.0
"""An outline as the plain data that the program of the page draws."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bamsat.core.report.charts import png, svg
from bamsat.core.report.docx.annexes import belongs_to
from bamsat.core.report.docx.letterhead import MOTTO, NATION, listed, number_line, place_line
from bamsat.core.report.docx.metrics import balanced, lines
from bamsat.core.report.docx.metrics import width as width_of
from bamsat.core.report.layout import Levels, column_numbers, names_column
from bamsat.core.report.outline import (
    Appendix,
    Block,
    Chart,
    Frame,
    Heading,
    Lacking,
    PageBreak,
    Paragraph,
    Piece,
    Report,
    Row,
    Table,
    Told,
)
from bamsat.core.report.pdf.columns import laid
from bamsat.core.report.pdf.words import clean
from bamsat.core.report.written_out import written_out
from bamsat.core.report.xlsx.heads import merged

_WIDTH = re.compile(r'width="([\d.]+)"')

Data = dict[str, Any]
Address = Callable[[str], str]

PORTRAIT, LANDSCAPE = 160.0, 247.0  # millimetres between the margins
_SIGNED = ("(Ký, ghi rõ họ tên)", "(Ký, đóng dấu, ghi rõ họ tên)")
_LEFT = 62.0  # millimetres for the names of the organ
_SUBJECT = 140.0
_ROWS_OF_A_SHEET = 45
_LONG = 1200  # characters of a cell that may go over two pages
_MM_A_PX = 25.4 / 96


def report_data(report: Report, address: Address | None) -> Data:
    """Everything that the program of the page needs."""
    shown = any((report.frame.organ, report.frame.parent, report.frame.kind, report.frame.symbol))
    report = written_out(report)
    levels = Levels()
    day = report.frame.day
    return {
        "title": report.title or " ".join(filter(None, (report.frame.kind, report.frame.subject))) or "Báo cáo",
        "author": report.frame.organ,
        "keywords": [f"{name}: {value}" for name, value in sorted(report.attributes.items())],
        "date": [day.year, day.month, day.day] if day else None,
        "frame": _frame(report.frame) if shown else None,
        "blocks": [
            *({"is": "paragraph", "style": "bases", "pieces": [{"text": text}]} for text in listed(report.frame.bases)),
            *_blocks(report.blocks, address, PORTRAIT, levels),
        ],
        "appendices": [_appendix(one, report.frame, address) for one in report.appendices],
    }


def _frame(frame: Frame) -> Data:
    about = f"V/v {frame.subject.removeprefix('V/v ')}" if frame.subject and not frame.kind else ""
    inside = balanced(frame.subject, _SUBJECT, 14, True) if frame.subject else _SUBJECT
    title = lines(frame.subject, inside, 14, True) or [frame.kind.upper()]
    return {
        "nation": NATION,
        "motto": MOTTO,
        "motto-rule": width_of(MOTTO, 14, True),
        "parent": frame.parent,
        "organ": frame.organ,
        "parent-width": balanced(frame.parent, _LEFT, 13) if frame.parent else _LEFT,
        "organ-width": balanced(frame.organ, _LEFT, 13, True) if frame.organ else _LEFT,
        "organ-rule": max((width_of(line, 13, True) for line in lines(frame.organ, _LEFT, 13, True)), default=60)
        * 0.42,
        "number": number_line(frame),
        "about": about,
        "day": place_line(frame),
        "kind": frame.kind.upper(),
        "subject": frame.subject,
        "subject-width": inside + 0.5,
        "subject-rule": max(width_of(line, 14, True) for line in title) * 0.42,
        "addressee": _addressees(frame.addressee),
        "addressee-words": "Kính gửi:",
        "recipients": listed(frame.recipients, "- "),
        "recipients-words": "Nơi nhận:",
        "authority": frame.authority.upper(),
        "post": frame.post.upper(),
        "signer": frame.signer,
        "signed": bool(frame.recipients or frame.post or frame.authority or frame.signer),
    }


def _short(appendix: Appendix) -> bool:
    """Whether it may well fit on one sheet with its signatures."""
    rows = sum(len(block.rows) for block in appendix.blocks if isinstance(block, Table))
    broken = any(isinstance(block, PageBreak) for block in appendix.blocks)
    return bool(appendix.prepared or appendix.headed) and rows <= _ROWS_OF_A_SHEET and not broken


def _addressees(bodies: Sequence[str]) -> list[str]:
    """One body stands behind the words, several below them."""
    return [body.strip().rstrip(".;") for body in bodies] if len(bodies) == 1 else listed(bodies, "- ")


def _appendix(appendix: Appendix, frame: Frame, address: Address | None) -> Data:
    levels = Levels()
    if clean(appendix.title).strip():
        levels.of(1)
    named = appendix.title.strip().lower().startswith("phụ lục")
    return {
        "number": "" if named else f"Phụ lục {appendix.number}".strip(),
        "title": appendix.title,
        "landscape": appendix.landscape,
        "short": _short(appendix),
        "belongs": belongs_to(frame) if frame.kind else "",
        "day": place_line(frame),
        "prepared": appendix.prepared.upper(),
        "headed": appendix.headed.upper(),
        "how": list(_SIGNED),
        "blocks": _blocks(appendix.blocks, address, LANDSCAPE if appendix.landscape else PORTRAIT, levels),
    }


def _blocks(blocks: Sequence[Block], address: Address | None, room: float, levels: Levels) -> list[Data]:
    return [_block(block, address, room, levels) for block in blocks if not _empty(block)]


def _empty(block: Block) -> bool:
    """A heading without a word that can be seen is none."""
    return isinstance(block, Heading) and not clean(f"{block.number}{block.text}").strip()


def _block(block: Block, address: Address | None, room: float, levels: Levels) -> Data:
    match block:
        case Heading():
            text = f"{block.number} {block.text}".strip()
            return {
                "is": "heading",
                "level": levels.of(block.level),
                "look": str(min(max(block.level, 1), 4)),
                "text": text,
            }
        case Paragraph():
            return {"is": "paragraph", "style": block.style, "pieces": _pieces(block.pieces, address)}
        case Table():
            return _table(block, address, room)
        case Chart():
            return _chart(block)
        case Lacking():
            return {"is": "lacking", "text": block.text}
        case PageBreak():
            return {"is": "break"}


def _pieces(pieces: Sequence[Piece], address: Address | None) -> list[Data]:
    return [_piece(piece, address) for piece in pieces if piece.text]


def _piece(piece: Piece, address: Address | None) -> Data:
    data: Data = {"text": piece.text}
    if isinstance(piece, Told):
        if address is not None and piece.entries:
            data["url"] = address(piece.entries[0])
        return data
    if piece.strong:
        data["strong"] = True
    if piece.quoted:
        data["quoted"] = True
    return data


def _chart(chart: Chart) -> Data:
    """A picture, not a drawing: words of a drawing would stand in the text of the page, apart from their sentences."""
    return {
        "is": "chart",
        "drawn": png(chart.spec),
        "width": float(_WIDTH.findall(svg(chart.spec))[0]) * _MM_A_PX,
        "alt": chart.sentence or chart.caption or "Biểu đồ",
        "caption": chart.caption,
        "note": chart.note,
    }


def _table(table: Table, address: Address | None, room: float) -> Data:
    table = replace(table, columns=tuple(replace(column, heads=column.heads or ("",)) for column in table.columns))
    layout = laid(table, room)
    head = [
        {
            "pieces": [{"text": head.text}],
            "colspan": head.right - head.left + 1,
            "rowspan": head.bottom - head.top + 1,
            "bold": True,
        }
        for head in merged(table.columns)
    ]
    if table.numbered:
        numbers = column_numbers(table)
        head += [{"pieces": [{"text": text}], "italic": True, "colspan": 1, "rowspan": 1} for text in numbers]
    names = names_column(table)
    return {
        "is": "table",
        "caption": table.caption,
        "unit": f"Đơn vị tính: {table.unit}" if table.unit else "",
        "note": table.note,
        "size": layout.size,
        "widths": layout.widths,
        "sides": [
            "right" if column.number else "left" if place == names else "center"
            for place, column in enumerate(table.columns)
        ],
        "head": head,
        "body": [cell for row in table.rows for cell in _row(row, table, names, address)],
    }


def _row(row: Row, table: Table, names: int, address: Address | None) -> list[Data | str]:
    cells: list[Data | str] = []
    # The name of a section of the table reaches over the cells that it leaves out.
    shown = len(row.cells) if row.kind == "head" and row.cells else len(table.columns)
    for place in range(min(shown, len(table.columns))):
        pieces = _pieces(row.cells[place].pieces, address) if place < len(row.cells) else []
        data: Data = {"pieces": pieces}
        if row.kind != "body":
            data["bold"] = True
        if place == names and row.level:
            data["level"] = row.level
        if sum(len(piece["text"]) for piece in pieces) > _LONG:
            data["long"] = True
        if place == shown - 1 and shown < len(table.columns):
            data |= {"colspan": len(table.columns) - place, "rowspan": 1, "side": "left"}
        plain = len(data) == 1 and all(len(piece) == 1 for piece in pieces)
        cells.append("".join(piece["text"] for piece in pieces) if plain else data)
    return cells

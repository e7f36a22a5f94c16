# SPDX-License-Identifier: Apache-2.0
"""An outline as the plain data that the program of the page draws."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bamsat.core.report.charts import png, svg
from bamsat.core.report.docx.metrics import balanced, lines
from bamsat.core.report.docx.metrics import width as width_of
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
from bamsat.core.report.xlsx.heads import merged

_WIDTH = re.compile(r'width="([\d.]+)"')

Data = dict[str, Any]
Address = Callable[[str], str]

PORTRAIT, LANDSCAPE = 160.0, 247.0  # millimetres between the margins
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LEFT = 68.0  # millimetres for the names of the organ
_LONG = 1200  # characters of a cell that may go over two pages
_MM_A_PX = 25.4 / 96


def report_data(report: Report, address: Address | None) -> Data:
    """Everything that the program of the page needs."""
    shown = any((report.frame.organ, report.frame.parent, report.frame.kind, report.frame.symbol))
    levels = _Levels()
    day = report.frame.day
    return {
        "title": report.title or " ".join(filter(None, (report.frame.kind, report.frame.subject))) or "Báo cáo",
        "author": report.frame.organ,
        "keywords": [f"{name}: {value}" for name, value in sorted(report.attributes.items())],
        "date": [day.year, day.month, day.day] if day else None,
        "frame": _frame(report.frame) if shown else None,
        "blocks": [
            *({"is": "paragraph", "style": "bases", "pieces": [{"text": text}]} for text in _bases(report.frame.bases)),
            *_blocks(report.blocks, address, PORTRAIT, levels),
        ],
        "appendices": [_appendix(one, report.frame, address) for one in report.appendices],
    }


def day_words(frame: Frame) -> str:
    """ "Cao Bằng, ngày 05 tháng 01 năm 2022"; what is not known is left to write by hand."""
    place = f"{frame.place}, " if frame.place else ""
    if frame.day is None:
        return f"{place}ngày      tháng      năm        "
    month = f"{frame.day.month:02}" if frame.day.month < 3 else str(frame.day.month)
    return f"{place}ngày {frame.day.day:02} tháng {month} năm {frame.day.year}"


def number_words(frame: Frame) -> str:
    """ "Số: 05/BC-SCT": a number under ten has a zero before it."""
    if not frame.number and not frame.symbol:
        return ""
    number = frame.number.zfill(2) if frame.number.isdigit() else frame.number or "        "
    return f"Số: {number}/{frame.symbol}" if frame.symbol else f"Số: {number}"


def _bases(bases: Sequence[str]) -> list[str]:
    """Each ends with a semicolon, the last with a full stop."""
    texts = [text.rstrip() for text in bases if text.strip()]
    ends = [";"] * (len(texts) - 1) + ["."]
    return [text if text[-1] in ";.," else text + end for text, end in zip(texts, ends, strict=bool(texts))]


def _frame(frame: Frame) -> Data:
    about = frame.subject if not frame.kind else ""
    lines_of_subject = [*lines(frame.subject, PORTRAIT, 14, True)] or [frame.kind]
    return {
        "nation": _NATION,
        "motto": _MOTTO,
        "motto-rule": width_of(_MOTTO, 13, True),
        "parent": frame.parent,
        "organ": frame.organ,
        "parent-width": balanced(frame.parent, _LEFT, 12) if frame.parent else _LEFT,
        "organ-width": balanced(frame.organ, _LEFT, 12, True) if frame.organ else _LEFT,
        "organ-rule": max((width_of(line, 12, True) for line in lines(frame.organ, _LEFT, 12, True)), default=60)
        * 0.42,
        "number": number_words(frame),
        "about": about,
        "day": day_words(frame),
        "kind": frame.kind,
        "subject": frame.subject,
        "subject-rule": width_of(lines_of_subject[-1], 14, True) * 0.4,
        "addressee": list(frame.addressee),
        "addressee-words": "Kính gửi:",
        "recipients": [one if one.lstrip().startswith(("-", "–")) else f"- {one}" for one in frame.recipients],
        "recipients-words": "Nơi nhận:",
        "authority": frame.authority,
        "post": frame.post,
        "signer": frame.signer,
        "signed": bool(frame.recipients or frame.post or frame.authority or frame.signer),
    }


def belongs_to(frame: Frame) -> str:
    """The line of an appendix that says to which document it belongs."""
    if not frame.symbol:
        return ""
    kind = frame.kind.capitalize() or "Văn bản"
    day = f"{frame.day:%d/%m/%Y}" if frame.day else "....../....../......"
    number = frame.number.zfill(2) if frame.number.isdigit() else frame.number or "......"
    of = f" của {frame.organ}" if frame.organ else ""
    return f"(Kèm theo {kind} số {number}/{frame.symbol} ngày {day}{of})"


def _appendix(appendix: Appendix, frame: Frame, address: Address | None) -> Data:
    levels = _Levels()
    levels.of(1)  # its title
    return {
        "number": f"PHỤ LỤC {appendix.number}".strip() if appendix.number else "",
        "title": appendix.title,
        "landscape": appendix.landscape,
        "belongs": belongs_to(frame),
        "day": day_words(frame),
        "prepared": appendix.prepared,
        "headed": appendix.headed,
        "blocks": _blocks(appendix.blocks, address, LANDSCAPE if appendix.landscape else PORTRAIT, levels),
    }


class _Levels:
    """Levels of headings as a reader for the blind needs them: none is jumped over."""

    def __init__(self) -> None:
        self._last = 0

    def of(self, level: int) -> int:
        self._last = max(1, min(level, self._last + 1))
        return self._last


def _blocks(blocks: Sequence[Block], address: Address | None, room: float, levels: _Levels) -> list[Data]:
    return [_block(block, address, room, levels) for block in blocks]


def _block(block: Block, address: Address | None, room: float, levels: _Levels) -> Data:
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
            return {"is": "paragraph", "style": block.style, "pieces": _paragraph_pieces(block, address)}
        case Table():
            return _table(block, address, room)
        case Chart():
            return _chart(block)
        case Lacking():
            return {"is": "lacking", "text": block.text}
        case PageBreak():
            return {"is": "break"}


def _paragraph_pieces(paragraph: Paragraph, address: Address | None) -> list[Data]:
    pieces = _pieces(paragraph.pieces, address)
    if paragraph.style == "item" and not "".join(piece["text"] for piece in pieces).lstrip().startswith(
        ("-", "–", "+")
    ):
        return [{"text": "- "}, *pieces]
    return pieces


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
        numbers = _column_numbers(table)
        head += [{"pieces": [{"text": text}], "italic": True, "colspan": 1, "rowspan": 1} for text in numbers]
    names = _names_column(table)
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


def _column_numbers(table: Table) -> list[str]:
    """A, B for the columns that name, 1, 2, 3 for those that count."""
    letters, numbers = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), iter(range(1, len(table.columns) + 1))
    return [str(next(numbers)) if column.number else next(letters, "") for column in table.columns]


def _names_column(table: Table) -> int:
    """The column whose words are indented by the level of their row: of those without numbers, the longest."""
    lengths = [
        (
            0 if column.number else sum(len(row.cells[place].text) for row in table.rows if place < len(row.cells)),
            -place,
        )
        for place, column in enumerate(table.columns)
    ]
    return -max(lengths, default=(0, 0))[1]


def _row(row: Row, table: Table, names: int, address: Address | None) -> list[Data | str]:
    cells: list[Data | str] = []
    for place in range(len(table.columns)):
        pieces = _pieces(row.cells[place].pieces, address) if place < len(row.cells) else []
        data: Data = {"pieces": pieces}
        if row.kind != "body":
            data["bold"] = True
        if place == names and row.level:
            data["level"] = row.level
        if sum(len(piece["text"]) for piece in pieces) > _LONG:
            data["long"] = True
        plain = len(data) == 1 and all(len(piece) == 1 for piece in pieces)
        cells.append("".join(piece["text"] for piece in pieces) if plain else data)
    return cells

# SPDX-License-Identifier: Apache-2.0
"""Writes the blocks of an outline into a Word document: headings, paragraphs, tables, charts, what is lacking."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.shared import Mm

from bamsat.core.report import charts
from bamsat.core.report.docx import styles
from bamsat.core.report.docx.grids import grid
from bamsat.core.report.docx.marks import EMU_A_MM, W, elements, escaped, line, paragraph, run
from bamsat.core.report.docx.store import keep_numbers, kept_ids
from bamsat.core.report.docx.tags import Numbers, first_free, number_of
from bamsat.core.report.outline import Block, Chart, Heading, Lacking, PageBreak, Paragraph, Piece, Table, Told, Words

_STYLES = {
    "item": "GachDauDong", "question": "CauHoi", "answer": "TraLoi", "note": "GhiChu", "centred": "CanGiua",
}  # fmt: skip
LACKING = {"missing": "Còn thiếu", "estimate": "Số ước", "contradiction": "Mâu thuẫn", "note": "Lưu ý"}
_CAPTIONED = re.compile(r"(?:Bảng|Biểu|Biểu đồ|Hình|Phụ lục)\s+(?:số\s+)?[\dIVXLC]+", re.IGNORECASE)
_QUOTE = "bamsat-quote:"
_LONGEST_TAG = 64
_TALLEST = {False: 200.0, True: 115.0}
_KEEP = "<w:keepNext/>"


@dataclass(slots=True)
class Writer:
    """One pass over an outline. It adds styles and pictures to the document, and counts its tables and charts."""

    package: Any  # a python-docx Document
    room: float = 160.0  # millimetres between the margins
    landscape: bool = False
    picture: Callable[[Any], bytes] | None = None  # draws a chart's specification; the product's own when none is given
    numbers: Numbers = field(default_factory=Numbers)
    tables: int = 0
    charts: int = 0
    quotes: int = 0
    _renamed: dict[str, str] = field(default_factory=dict)
    _shapes: int = 0

    @classmethod
    def into(cls, package: Any, picture: Callable[[Any], bytes] | None = None) -> Writer:
        """A writer for any document: its page's room, its free ids, with the styles that it lacked."""
        settings = package.sections[-1]
        across, down = settings.page_width or Mm(210), settings.page_height or Mm(297)
        margins = [Mm(25) if side is None else side for side in (settings.left_margin, settings.right_margin)]
        writer = cls(package, (across - sum(margins)) / Mm(1), across > down, picture)
        body = package.element.body
        writer.numbers.first = max(first_free(body), *(number + 1 for number in kept_ids(package)), 1)
        writer._renamed = styles.add_missing(package)
        writer._shapes = max((number_of(shape.get("id")) for shape in body.iter("{*}docPr")), default=0)
        return writer

    def written(self, blocks: Iterable[Block]) -> list[Any]:
        """The elements of these blocks, to be put where they belong."""
        return [element for block in blocks for element in self.parsed(self.markup(block))]

    def parsed(self, markup: str) -> list[Any]:
        found = elements(markup)
        if self._renamed:
            for element in found:
                for style in element.iter(W + "pStyle", W + "rStyle"):
                    style.set(W + "val", self._renamed.get(style.get(W + "val"), style.get(W + "val")))
        return found

    def keep(self) -> None:
        """Keep the numbers' keys in the file; called once, after the last block."""
        keep_numbers(self.package, self.numbers)

    def markup(self, block: Block) -> str:
        """A block as markup."""
        match block:
            case Heading():
                words = f"{block.number} {block.text}".strip()
                return line(words, f"Heading{min(max(block.level, 1), 4)}")
            case Paragraph():
                return self._paragraph(block)
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)
            case Lacking():
                return paragraph(run(f"[{LACKING[block.kind]}] ", "NhanManh") + run(block.text), "ConThieu")
            case PageBreak():
                return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    def pieces(self, pieces: Sequence[Piece], settings: str = "") -> str:
        """Words and numbers as runs and content controls."""
        return "".join(self._piece(piece, settings) for piece in pieces)

    def _piece(self, piece: Piece, settings: str) -> str:
        if isinstance(piece, Told):
            return self.numbers.control(piece, settings)
        if piece.quoted:
            return self._quote(piece, settings)
        bold = "<w:b/><w:bCs/>" if piece.strong and "<w:b/>" not in settings else ""
        return run(piece.text, settings=bold + settings) if piece.text else ""

    def _quote(self, words: Words, settings: str) -> str:
        """Somebody's words, between quotation marks; where they come from stands in the control around them."""
        text = words.text if words.text[:1] in ("“", '"', "«") else f"“{words.text}”"
        content = run(text, "LoiTrich", settings)
        if not words.source:
            return content
        self.quotes += 1
        source = escaped(words.source[: _LONGEST_TAG - len(_QUOTE)])
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="Lời trích {self.quotes}"/><w:tag w:val="{_QUOTE}{source}"/>'
            f'<w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'
        )

    def _paragraph(self, block: Paragraph) -> str:
        dash = block.style == "item" and not _text(block.pieces).startswith(("-", "–", "+"))
        return paragraph((run("- ") if dash else "") + self.pieces(block.pieces), _STYLES.get(block.style, "ThanBai"))

    def _table(self, table: Table) -> str:
        above = ""
        if table.caption:
            above = self._caption("Bảng", table.caption, "Caption")
        if table.unit:
            above += line(f"Đơn vị tính: {table.unit}", "DonViTinh")
        body = grid(table, self.room, self.pieces) if table.columns else ""
        # Two tables without a paragraph between them would become one.
        below = line(table.note, "GhiChu") if table.note else paragraph("", "CachBang")
        return above + body + below

    def _chart(self, chart: Chart) -> str:
        draw = self.picture or charts.png
        image = draw(chart.spec)
        relation, _image = self.package.part.get_or_add_image(io.BytesIO(image))
        self._shapes += 1
        wide, tall = _size(image, self.room, _TALLEST[self.landscape])
        below = self._caption("Biểu đồ", chart.caption, "TenBieuDo", last=not chart.note) if chart.caption else ""
        below += line(chart.note, "GhiChu") if chart.note else ""
        return paragraph(_drawing(relation, self._shapes, wide, tall, chart), "HinhAnh") + below

    def _caption(self, label: str, text: str, style: str, last: bool = False) -> str:
        """ "Bảng 1. ..." with a field that Word counts anew; a caption with a number of its own (a form) stays."""
        settings = '<w:keepNext w:val="0"/>' if last else ""
        if _CAPTIONED.match(text):
            return line(text, style, settings)
        if label == "Bảng":
            self.tables += 1
            number = self.tables
        else:
            self.charts += 1
            number = self.charts
        counted = f'<w:fldSimple w:instr=" SEQ {label.replace(" ", "_")} \\* ARABIC ">{run(str(number))}</w:fldSimple>'
        return paragraph(f"{run(f'{label} ')}{counted}{run(f'. {text}')}", style, settings)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _size(image: bytes, room: float, tallest: float) -> tuple[int, int]:
    """Width and height of a PNG on the page: as wide as the text, no taller than a page takes."""
    across, down = struct.unpack(">II", image[16:24])
    wide = min(room, tallest * across / down)
    return round(wide * EMU_A_MM), round(wide * down / across * EMU_A_MM)


def _drawing(relation: str, number: int, wide: int, tall: int, chart: Chart) -> str:
    """A picture in the line, with a sentence for who cannot see it."""
    said = f'name="Biểu đồ {number}" title="{escaped(chart.caption)}" descr="{escaped(chart.sentence)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{tall}"/>'
        f'<wp:docPr id="{number}" {said}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" {said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )

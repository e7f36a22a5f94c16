# SPDX-License-Identifier: Apache-2.0
"""Word files (.docx): paragraphs and tables in their order, with headings, notes, text boxes and old fonts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from bamsat.core.read import legacy
from bamsat.core.read.document import Document
from bamsat.core.read.furniture import load_rules
from bamsat.core.read.loaders import limits
from bamsat.core.read.loaders.archive import check_members, open_archive
from bamsat.core.read.loaders.assembly import Assembly, Slot, one_line
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.lines import LAYOUT_WORDS, line_kind
from bamsat.core.read.loaders.word_styles import Looks, Styles, W
from bamsat.core.read.repair import Repaired, joined, repair, repair_font

_DAMAGED = (
    PackageNotFoundError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, OSError,
)  # fmt: skip
_SKIPPED = {  # deleted words, field codes, and the second copy of a drawing for old programs
    W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pPr", W + "rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_BOX = W + "txbxContent"
_DEEPEST = 40
_OLD_FONT = re.compile(rb"\"(?:\.Vn|VNI[- ])", re.IGNORECASE)


def read(data: bytes, name: str) -> Document:
    """Read a .docx file."""
    with open_archive(data, name) as archive:
        check_members(archive, name)
    try:
        package = docx.Document(io.BytesIO(data))
        return _Word(Assembly(name, "docx"), package).read()
    except _DAMAGED as error:
        raise unreadable(name, "truncated") from error


@dataclass(slots=True)
class _Word:
    """One pass over the body of a document."""

    assembly: Assembly
    package: Any
    styles: Styles = field(default_factory=Styles)
    old_fonts: bool = False
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0
    in_title: bool = False
    boxes: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self) -> Document:
        part = self.package.part
        self.styles = Styles.of(self.package.styles.element)
        body = self.package.element.body
        markup = (part.blob, etree.tostring(self.package.styles.element))
        self.old_fonts = any(_OLD_FONT.search(words) for words in markup)
        self._page_edge("header", "đầu trang")
        for element in _blocks(body):
            if element.tag == W + "p":
                self.paragraph(element)
            else:
                self.table(element)
        self._footnotes()
        self._page_edge("footer", "chân trang")
        title = self.package.core_properties.title
        document = self.assembly.finish()
        if title and "title" not in document.attributes:
            document.attributes["title"] = one_line(title)
        if not document.text.strip():
            raise unreadable(self.assembly.name, "empty")
        return document

    def paragraph(self, element: Any, at: str = "") -> None:
        """A paragraph, one block for each of its lines, and the text boxes that hang on it."""
        boxes, self.boxes = self.boxes, []
        looks = self.styles.looks(element)
        lines = self.lines(element)
        if lines:
            self.paragraphs += 1
        for line in lines:
            kind, level = self._kind(line.text, looks)
            self.assembly.add(kind, line, at or f"đoạn {self.paragraphs}", level)
        hanging, self.boxes = self.boxes, boxes
        for box in hanging:
            for inner in box.iter(W + "p"):
                self.paragraph(inner, at or f"khung chữ ở đoạn {self.paragraphs}")

    def _kind(self, line: str, looks: Looks) -> tuple[str, int]:
        opens_title = line.lower().strip() in load_rules().document_kinds and looks.centred
        self.in_title = opens_title or (self.in_title and looks.centred and line[:1] not in "-_–(*")
        if looks.title or self.in_title:
            return "title", 0
        if looks.heading:
            return "heading", looks.heading
        kind, level = line_kind(line)
        return ("item", 0) if kind == "paragraph" and looks.listed else (kind, level)

    def lines(self, paragraph: Any) -> list[Repaired]:
        """The words of a paragraph, mended, one piece a line."""
        lines: list[list[tuple[str, str]]] = [[]]
        for words, font in self._words(paragraph, paragraph, 0):
            first, *rest = words.split("\n")
            lines[-1].append((first, font))
            lines += [[(more, font)] for more in rest]
        return [line for pieces in lines if (line := _mended(pieces)).text.strip()]

    def _words(self, element: Any, paragraph: Any, depth: int) -> Iterator[tuple[str, str]]:
        font = ""
        if self.old_fonts and element.tag == W + "r":
            font = self.styles.font(element, paragraph)
        for child in element:
            if child.tag == W + "t":
                yield (child.text or "").replace("\n", " "), font
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag], font
            elif child.tag == _BOX:
                self.boxes.append(child)
            elif child.tag not in _SKIPPED and depth < _DEEPEST:
                yield from self._words(child, paragraph, depth + 1)

    def table(self, element: Any) -> None:
        """A table of data as a grid; a table that only lays the page out as paragraphs."""
        words = "".join(element.itertext(W + "t"))
        rows = [row for row in element.iter(W + "tr") if _owner(row, W + "tbl") is element]
        widest = max((len(row.findall(W + "tc")) for row in rows), default=0)
        if LAYOUT_WORDS.search(words) or (widest <= 1 and len(rows) <= 2):
            self._laid_out(rows)
            return
        self.in_title = False
        self.tables += 1
        grid = _grid(rows, self)
        self.cells += sum(len(row) for row in grid)
        if self.cells > limits.MOST_CELLS:
            raise unreadable(self.assembly.name, "too_large", "quá nhiều ô bảng", "too many table cells")
        self.assembly.add_table(grid, f"bảng {self.tables}")

    def _laid_out(self, rows: list[Any]) -> None:
        for row in rows:
            for cell in row.findall(W + "tc"):
                for element in _blocks(cell):
                    if element.tag == W + "p":
                        self.paragraph(element)
                    else:
                        self.table(element)

    def cell_text(self, cell: Any) -> Repaired:
        """All lines of a cell as one."""
        lines: list[Repaired] = []
        for paragraph in cell.iter(W + "p"):
            for line in self.lines(paragraph):
                lines += [Repaired(" ", line.offsets.of(()), {}), line] if lines else [line]
        self.boxes = []
        return joined(lines)

    def _footnotes(self) -> None:
        for relation in self.package.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
                continue
            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
            for number, note in enumerate(found for found in root if found.get(W + "type") is None):
                for paragraph in note.iter(W + "p"):
                    self.paragraph(paragraph, f"chú thích {number + 1}")

    def _page_edge(self, edge: str, at: str) -> None:
        """What is printed on every page; a letterhead that stands there is text, everything else furniture."""
        seen: set[str] = set()
        for relation in self.package.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(f"/{edge}"):
                continue
            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
            for paragraph in root.iter(W + "p"):
                for line in self.lines(paragraph):
                    if line.text not in seen and line.text.strip(" -–/0123456789").lower() not in ("", "trang"):
                        seen.add(line.text)
                        official = load_rules().letterhead.fullmatch(line.text.strip())
                        self.assembly.add("paragraph" if official else "furniture", line, at)
        self.boxes = []


def _mended(pieces: list[tuple[str, str]]) -> Repaired:
    """Runs of one font together; the font says how to mend them."""
    runs: list[tuple[str, tuple[str, bool] | None]] = []
    for words, font in pieces:
        code = legacy.of_font(font) if font else None
        if runs and runs[-1][1] == code:
            runs[-1] = (runs[-1][0] + words, code)
        else:
            runs.append((words, code))
    whole = [_one_run(words, code) for words, code in runs]
    return whole[0] if len(whole) == 1 else joined(whole)


def _one_run(words: str, code: tuple[str, bool] | None) -> Repaired:
    words = words.replace("\t", " ")
    # Text that was pasted as Unicode keeps the name of the old font.
    if code is None or legacy.is_converted(words):
        return repair(words)
    return repair_font(words, code[0], capitals=code[1])


def _owner(element: Any, tag: str) -> Any:
    while element is not None and element.tag != tag:
        element = element.getparent()
    return element


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls and revisions."""
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml", W + "smartTag", W + "moveTo"):
            yield from _blocks(child)


def _grid(rows: list[Any], word: _Word) -> list[list[Slot | None]]:
    """The cells in columns; a merged cell is the same slot in every place that it covers."""
    grid: list[list[Slot | None]] = []
    for row in rows:
        slots: list[Slot | None] = [None] * _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in row.iterchildren(W + "tc", W + "sdt"):
            inner = cell if cell.tag == W + "tc" else next(cell.iter(W + "tc"), None)
            if inner is None:
                continue
            settings = inner.find(W + "tcPr")
            down = None if settings is None else settings.find(W + "vMerge")
            above = grid[-1][len(slots)] if grid and len(slots) < len(grid[-1]) else None
            continues = down is not None and down.get(W + "val") in (None, "continue") and above is not None
            slot = above if continues else Slot(word.cell_text(inner))
            slots += [slot] * _number(inner.find(f"{W}tcPr/{W}gridSpan"), 1)
        grid.append(slots)
    width = min(max((len(slots) for slots in grid), default=0), 16_384)
    return [slots[:width] + [None] * (width - len(slots)) for slots in grid]


def _number(element: Any, otherwise: int) -> int:
    said = "" if element is None else str(element.get(W + "val") or "")
    return min(max(int(said), 0), 1000) if said.isdigit() else otherwise

# SPDX-License-Identifier: Apache-2.0
"""PDF: pages into lines, lines back into paragraphs, ruled tables into grids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import raw as pdfium

from bamsat.core.read.document import Document
from bamsat.core.read.furniture import load_rules
from bamsat.core.read.loaders import limits
from bamsat.core.read.loaders.assembly import Assembly
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.lines import line_kind
from bamsat.core.read.loaders.pdf_tables import RuledTable, RuledTables, is_ruled
from bamsat.core.read.loaders.plain_text import old_code

_EDGE = 0.09  # of a page's height: where page numbers and running heads stand
_SAMPLE_PAGES = 3
_MOSTLY = 0.7
_NARROWEST = 0.6  # of a page's width: a margin further left is none
_LINE = re.compile("[^\r\n\ufffe]+\ufffe?")  # a hyphen at the end of a line comes as U+FFFE, without the line's end
_LINE_END_HYPHEN = re.compile(r"[\x02\ufffe\u00ad]$")
_YEAR_AFTER_DASH = re.compile(r"[-–]\s*\d")
_BROKEN_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{3})*[.,]$")
_DIGITS = re.compile(r"\d+")


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and the box that it fills, from the bottom left."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def char(self) -> float:
        return (self.right - self.left) / max(len(self.text), 1)

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(slots=True)
class Page:
    """What is read from a page before it is closed."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[RuledTable] = field(default_factory=list)
    pictured: bool = False
    left: float = 0.0  # where lines begin and end
    right: float = 0.0
    reach: float = 0.0  # the widest distance between lines of one paragraph
    spaced: bool = False  # paragraphs stand further apart than their lines

    def measure(self) -> None:
        """Find the margins and the distances of what stands outside tables, once all lines are there."""
        lines = [one for one in self.lines if not any(t.holds(one.left, one.middle) for t in self.tables)]
        long_lines = [line for line in lines if len(line.text) > 30]
        self.left = min((line.left for line in long_lines), default=0.0)
        self.right = max((line.right for line in long_lines), default=0.0)
        if self.right < _NARROWEST * self.width:
            self.right = 0.0  # short lines of a list: nothing shows where the margin is
        steps = [(a.bottom - b.bottom, a) for a, b in pairwise(lines) if a.bottom - b.bottom > 1]
        if not steps:
            return
        usual = _median([step for step, _ in steps])
        # A line that ends well before the margin ends a paragraph; the distance after it tells.
        last_lines = [step for step, line in steps if line.right < self.right - 0.25 * (self.right - line.left)]
        wide = _median(last_lines) if last_lines else usual
        apart = wide > 1.25 * usual
        self.reach = (usual + wide) / 2 if apart else 1.45 * usual
        self.spaced = apart and len(last_lines) > 2


def read(data: bytes, name: str) -> Document:
    """Read a PDF file with a text layer."""
    if b"%%EOF" not in data[-4096:]:
        raise unreadable(name, "truncated", ", thiếu phần cuối", ", its end is missing")
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        secret = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error)
        raise unreadable(name, "encrypted" if secret else "truncated") from error
    try:
        if len(opened) > limits.MOST_PAGES:
            raise unreadable(name, "too_large", f"{len(opened)} trang", f"{len(opened)} pages")
        pages = _pages(opened, data, name)
    finally:
        opened.close()
    return _Layout(Assembly(name, "pdf", _code(pages)), pages).read()


def _pages(opened: Any, data: bytes, name: str) -> list[Page]:
    pages: list[Page] = []
    length = 0
    with RuledTables(data) as ruled:
        for index in range(len(opened)):
            try:
                page = opened[index]
            except pypdfium2.PdfiumError as error:
                raise unreadable(name, "truncated", f", ở trang {index + 1}", f", at page {index + 1}") from error
            words = page.get_textpage()
            pages.append(_page(page, words, index, ruled))
            length += sum(len(line.text) for line in pages[-1].lines)
            words.close()
            page.close()
            if length > limits.MOST_CHARACTERS:
                raise unreadable(name, "too_large", "quá nhiều chữ", "too much text")
    if not length:
        raise unreadable(
            name,
            "unsupported",
            "chỉ có ảnh quét, không có chữ. Hãy nhận dạng chữ trước (ví dụ: ocrmypdf -l vie) hoặc gửi bản Word.",
            "holds scanned pictures only, no text. Recognise it first (ocrmypdf -l vie) or send the Word file.",
        )
    return pages


def _page(page: Any, words: Any, index: int, ruled: RuledTables) -> Page:
    width, height = page.get_size()
    read_page = Page(index + 1, width, height, list(_lines(words)))
    if not read_page.lines:
        read_page.pictured = True
    elif is_ruled(page):
        read_page.tables = ruled.on_page(index, words, page)
    read_page.measure()
    return read_page


def _lines(words: Any) -> Iterator[Line]:
    count = words.count_chars()
    for found in _LINE.finditer(words.get_text_range()):
        text = found[0]
        first = found.start() + len(text) - len(text.lstrip())
        last = found.start() + len(text.rstrip()) - 1
        if first > last or last >= count:
            continue
        left, bottom, _, top = words.get_charbox(first, loose=True)
        _, low, right, high = words.get_charbox(last, loose=True)
        yield Line(text.strip(), left, right, min(bottom, low), max(top, high))


def _code(pages: list[Page]) -> str | None:
    return old_code(" ".join(line.text for page in pages[:_SAMPLE_PAGES] for line in page.lines))


@dataclass(slots=True)
class _Layout:
    """Pages into blocks: paragraphs run on over line and page ends, tables over page ends."""

    assembly: Assembly
    pages: list[Page]
    held: list[Line] = field(default_factory=list)
    held_page: int = 0
    held_title: bool = False
    margin: float = 0.0  # where lines end on the page that the held paragraph stands on
    edges: list[tuple[str, int]] = field(default_factory=list)
    table: RuledTable | None = None
    table_page: int = 0
    tables: int = 0
    in_title: bool = False

    def read(self) -> Document:
        running = self._running_heads()
        for page in self.pages:
            self._page(page, running)
        self._flush()
        blank = [str(page.number) for page in self.pages if page.pictured]
        if blank:
            self.assembly.notices.append(f"trang {', '.join(blank[:20])} không có chữ (ảnh quét hoặc trang trắng)")
        return self.assembly.finish()

    def _running_heads(self) -> frozenset[str]:
        """Words that stand at the edge of most pages."""
        seen: Counter[str] = Counter()
        for page in self.pages:
            seen.update({_DIGITS.sub("#", line.text) for line in page.lines if _at_edge(line, page)})
        often = max(2, len(self.pages) // 2)
        return frozenset(words for words, times in seen.items() if times >= often)

    def _page(self, page: Page, running: frozenset[str]) -> None:
        waiting = sorted(page.tables, key=lambda table: -table.top)
        fresh = True
        for line in page.lines:
            if _at_edge(line, page) and (line.text.strip(" -–").isdigit() or _DIGITS.sub("#", line.text) in running):
                self.edges.append((line.text, page.number))
                continue
            inside = next((table for table in page.tables if table.holds(line.left, line.middle)), None)
            while waiting and (waiting[0] is inside or (inside is None and waiting[0].top > line.top)):
                self._table(waiting.pop(0), page, fresh)
                fresh = False
            if inside is None:
                self._line(line, page, fresh)
                fresh = False
        for table in waiting:
            self._table(table, page, fresh)
            fresh = False

    def _line(self, line: Line, page: Page, fresh: bool) -> None:
        if self.table is not None:
            self._flush()
        if self.held and not self._runs_on(self.held[-1], line, page, fresh):
            self._flush()
        self._mark_title(line, page)
        if not self.held:
            self.held_page, self.held_title = page.number, self.in_title
        self.held.append(line)
        self.margin = page.right or self.margin or page.width

    def _runs_on(self, last: Line, line: Line, page: Page, fresh: bool) -> bool:
        """Whether a line belongs to the paragraph that the line before it left open."""
        if (
            self.in_title
            or load_rules().letterhead.fullmatch(last.text)
            or _in_capitals(last.text) != _in_capitals(line.text)
        ):
            return False
        kind, _ = line_kind(line.text)
        if kind != "paragraph" and not _YEAR_AFTER_DASH.match(line.text) and not line.text.isupper():
            return False
        near = fresh or not page.reach or last.bottom - line.bottom < page.reach
        if not near or not (self._is_full(last, line) or (page.spaced and not fresh and self._is_long(last))):
            return False
        listed = line_kind(self.held[0].text)[0] == "item"
        indent = line.left - last.left
        return indent <= (45 if listed else 8) or line.left <= page.left + 8

    def _is_full(self, last: Line, line: Line) -> bool:
        """Whether a line ends where the margin ends it: the next word would not have fitted."""
        first_word = len(line.text.split(maxsplit=1)[0])
        if last.right + (first_word + 0.5) * last.char >= self.margin:
            return True
        in_mid_sentence = last.text[-1] not in ".;:!?" and (line.text[0].islower() or line.text[0].isdigit())
        return in_mid_sentence and self._is_long(last)

    def _is_long(self, line: Line) -> bool:
        return line.right - line.left > _MOSTLY * (self.margin - line.left)

    def _mark_title(self, line: Line, page: Page) -> None:
        left, right = page.left, page.right or page.width
        centred = abs(line.left + line.right - left - right) < 24 and line.left > left + 12
        opens = line.text.lower() in load_rules().document_kinds
        self.in_title = opens or (self.in_title and centred)

    def _table(self, table: RuledTable, page: Page, fresh: bool) -> None:
        if self.table is not None and fresh and self.table_page == page.number - 1 and self.table.goes_on(table):
            self.table.extend(table)
        else:
            self._flush()
            self.table = table
        self.table_page = page.number
        self.in_title = False

    def _flush(self) -> None:
        """Write what is open, then the page edges that stood in between."""
        if self.table is not None:
            self.tables += 1
            page = self.table.first_page + 1
            self.assembly.add_table(self.table.grid(), f"trang {page}, bảng {self.tables}")
            self.table = None
        if self.held:
            words = _joined([line.text for line in self.held])
            kind, level = ("title", 0) if self.held_title else line_kind(words)
            self.assembly.add(kind, words, f"trang {self.held_page}", level)
            self.held = []
        for words, number in self.edges:
            self.assembly.add("furniture", words, f"trang {number}")
        self.edges = []


def _in_capitals(text: str) -> bool:
    """A line of its own style; one word in capitals is an abbreviation that the margin cut off: "... triệu | USD."."""
    return text.isupper() and len(text.split()) > 1


def _at_edge(line: Line, page: Page) -> bool:
    return line.top < page.height * _EDGE or line.bottom > page.height * (1 - _EDGE)


def _joined(lines: list[str]) -> str:
    """Lines as one paragraph: a word or a number that the line's end has cut is made whole."""
    parts = lines[:1]
    for line in lines[1:]:
        last = parts[-1]
        if _LINE_END_HYPHEN.search(last):
            plain = line[:1].islower() and last[-2:-1].isalpha()
            parts[-1] = last[:-1] + ("" if plain else "-")
        elif not (_BROKEN_NUMBER.search(last) and line[:1].isdigit()):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)

# SPDX-License-Identifier: Apache-2.0
"""Puts blocks and tables of a file together into one text with stable offsets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bamsat.core.read.document import Block, Cell, Document, OffsetMap, Table
from bamsat.core.read.furniture import mark
from bamsat.core.read.loaders.limits import MOST_CHARACTERS, unreadable
from bamsat.core.read.repair import Repaired, repair, repair_font

_MOST_CAPTION_LINES = 4
_LONGEST_CAPTION = 240
_LONGEST_NAME = 160
_CAPTION_KINDS = ("title", "heading", "caption")
_NAMES_UNIT = re.compile(r"(?:ĐVT|Đơn vị|Đơn vị tính)\s*:", re.IGNORECASE)
_NAMES_A_TABLE = re.compile(r"^(?:Bảng|Biểu|Phụ lục|Phụ biểu)\b|" + _NAMES_UNIT.pattern, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell before it has a place in the text."""

    text: str | Repaired
    number: Decimal | None = None
    at: str = ""


Grid = Sequence[Sequence[Slot | None]]  # a merged cell is the same Slot object in every place it covers


@dataclass(slots=True)
class Assembly:
    """A document under construction; what is added comes out in the same order."""

    name: str
    media: str
    code: str | None = None  # an old code that the whole file is written in
    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    edits: list[tuple[int, int, int, int]] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)
    length: int = 0
    original: int = 0

    def write(self, raw: str | Repaired) -> tuple[int, int, str]:
        """Append words, repaired; their span without the spaces around them, and what they became."""
        done = self._repair(raw) if isinstance(raw, str) else raw
        start = self.length
        if done.offsets.new_starts:
            shift = self.original
            self.edits += [(n + start, m + start, o + shift, p + shift) for n, m, o, p in done.offsets.edits()]
        for words, count in done.mended.items():
            self.mended[words] += count
        self._append(done.text, done.original_length)
        bare = done.text.strip()
        start += len(done.text) - len(done.text.lstrip()) if bare else 0
        return start, start + len(bare), bare

    def _repair(self, raw: str) -> Repaired:
        return repair(raw) if self.code is None else repair_font(raw, self.code)

    def _append(self, text: str, original: int) -> None:
        self.parts.append(text)
        self.length += len(text)
        self.original += original
        if self.length > MOST_CHARACTERS:
            raise unreadable(self.name, "too_large", "quá nhiều chữ", "too much text")

    def add(self, kind: str, raw: str | Repaired, at: str, level: int = 0) -> None:
        """Append one block on a line of its own."""
        before = self.length
        start, end, _ = self.write(raw)
        if end > start:
            self.blocks.append(Block(kind, start, end, at, level))
        if self.length > before:
            self._append("\n", 1)

    def add_table(self, grid: Grid, at: str, caption: str = "") -> None:
        """Append a table: tab between the cells of a row, a new line between rows."""
        caption = caption or self._lines_above()
        start = self.length
        written: dict[int, tuple[int, int, str]] = {}
        rows = [self._row(slots, row, at, written) for row, slots in enumerate(grid)]
        if written:
            self.tables.append(Table(start, self.length - 1, at, tuple(rows), caption))

    def _lines_above(self) -> str:
        """The lines right above a table that name it or its unit."""
        lines: list[str] = []
        for block in reversed(self.blocks[-_MOST_CAPTION_LINES:]):
            words = self._tail(block)
            named = block.kind in _CAPTION_KINDS or _NAMES_A_TABLE.search(words) is not None
            over_unit = (
                len(lines) == 1
                and block.kind == "paragraph"
                and _NAMES_UNIT.search(lines[0]) is not None
                and words[-1:] not in ".;:"
            )
            alone = not lines and block.kind == "paragraph" and len(words) <= _LONGEST_NAME and words[-1:] not in ".;:,"
            if block.kind == "cell" or len(words) > _LONGEST_CAPTION or not (named or over_unit or alone):
                break
            lines.insert(0, words)
        return " ".join(lines)

    def _tail(self, block: Block) -> str:
        """The words of one of the last blocks; the parts are walked from the end."""
        at = self.length
        for part in reversed(self.parts):
            at -= len(part)
            if at <= block.start:
                return part[block.start - at : block.end - at]
        return ""

    def _row(
        self, slots: Sequence[Slot | None], row: int, at: str, written: dict[int, tuple[int, int, str]]
    ) -> tuple[Cell | None, ...]:
        cells: list[Cell | None] = []
        opened = False
        for col, slot in enumerate(slots):
            if slot is None:
                cells.append(None)
                continue
            place = slot.at or f"{at}, hàng {row + 1}, cột {col + 1}"
            if id(slot) not in written:
                if opened:
                    self._append("\t", 1)
                opened = True
                written[id(slot)] = self._cell(slot, place)
            start, end, text = written[id(slot)]
            cells.append(Cell(row, col, start, end, text, slot.number, place))
        if opened:
            self._append("\n", 1)
        return tuple(cells)

    def _cell(self, slot: Slot, place: str) -> tuple[int, int, str]:
        done = self.write(one_line(slot.text) if isinstance(slot.text, str) else slot.text)
        if done[1] > done[0]:
            self.blocks.append(Block("cell", done[0], done[1], place))
        return done

    def finish(self) -> Document:
        """The document, its furniture marked."""
        text = "".join(self.parts).rstrip("\n")
        blocks, attributes = mark(text, self.blocks, self.attributes)
        return Document(
            name=self.name,
            media=self.media,
            text=text,
            blocks=blocks,
            tables=tuple(self.tables),
            attributes=attributes,
            notices=(*self.notices, *(words.format(count=count) for words, count in self.mended.items())),
            offsets=OffsetMap.of(self.edits),
        )


def one_line(words: str) -> str:
    """Breaks and tabs inside a cell or a paragraph as single spaces."""
    return " ".join(words.split("\n")).replace("\t", " ").replace("\r", "").strip()

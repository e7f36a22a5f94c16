# SPDX-License-Identifier: Apache-2.0
"""A report as data: what stands on its first page, its headings, sentences, tables and charts, number by number.

Writers (Word, PDF, web, Excel) take an outline and nothing else, so that all outputs of a report say the same. A
number is never bare text: it is a `Told`, with the ledger entries that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from bamsat.core.report.facts import Fact


@dataclass(frozen=True, slots=True)
class Told:
    """A number in its words ("5.300 tỷ đồng", "12,77%"), and the fact that it tells: what it measures, its entries."""

    text: str
    fact: Fact

    @property
    def entries(self) -> tuple[str, ...]:
        return self.fact.entries


@dataclass(frozen=True, slots=True)
class Words:
    """Text without a number of ours; `strong` as the title of a paragraph is, `quoted` where they are somebody's."""

    text: str
    strong: bool = False
    quoted: bool = False
    source: str = ""  # of quoted words: the address of the note or document that they come from


Piece = Words | Told


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: level 1 "I.", 2 "1.", 3 "a)", 4 "-" (how reports without articles are divided)."""

    level: int
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words and numbers. `style`: body, item ("- "), question, answer, note (small, under a table), centred."""

    pieces: tuple[Piece, ...]
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heads from top to bottom (equal neighbours are merged), width in millimetres (0: what is left),
    and whether it holds numbers, which stand to the right with equal decimals."""

    heads: tuple[str, ...]
    width: float = 0
    number: bool = False
    code: str = ""  # by which a formula of the sheet names the column


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `formula` computes it in Excel: of codes of this table's columns ("now / year_ago * 100") or,
    with rows in brackets, of cells of its column ("sum(R2:R5)"); other writers show the pieces."""

    pieces: tuple[Piece, ...] = ()
    formula: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: head (a section of the table), total, or body; `level` indents its name."""

    cells: tuple[Cell, ...]
    kind: Literal["body", "head", "total"] = "body"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; heads repeat on each page. `unit` stands over it where all numbers share one."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    note: str = ""  # source and definitions, under it
    numbered: bool = False  # a row of column numbers under the heads (A, B, 1, 2 ...)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: one Vega-Lite specification for page, Word and PDF, a sentence for who cannot see it, its numbers."""

    caption: str
    spec: Mapping[str, Any]
    sentence: str
    table: Table | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that the report should say and cannot yet, or says only as an estimate. Shown in a draft alone."""

    text: str
    kind: Literal["missing", "estimate", "contradiction", "note"] = "missing"
    address: str = ""  # where it can be mended


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows stands on a new page."""


Block = Heading | Paragraph | Table | Chart | Lacking | PageBreak


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a document that Decree 30/2020/NĐ-CP prescribes around its content (appendix I, section II).

    An empty field is left as a line to fill (number, day, signer) or left out. Nobody's name is made up: the signer is
    whoever the office entered.
    """

    parent: str = ""  # the body above: "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"
    organ: str = ""  # who issues: "SỞ CÔNG THƯƠNG"
    number: str = ""  # from the office's own register
    symbol: str = ""  # "BC-SCT"
    place: str = ""  # "Cao Bằng"
    day: date | None = None
    kind: str = "BÁO CÁO"
    subject: str = ""  # what it is about, under the kind
    addressee: tuple[str, ...] = ()  # after "Kính gửi:"
    bases: tuple[str, ...] = ()  # "Căn cứ ..."
    recipients: tuple[str, ...] = ()  # under "Nơi nhận:", the last line "Lưu: VT, ..."
    authority: str = ""  # "KT. GIÁM ĐỐC", "TL. GIÁM ĐỐC", "TM. ..."
    post: str = ""  # "GIÁM ĐỐC"
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """Tables behind the report, on sheets of their own; `prepared` and `headed` are the two signatures under a return
    ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ")."""

    title: str
    blocks: tuple[Block, ...]
    number: str = ""  # a Roman number where there are several
    landscape: bool = True
    prepared: str = ""
    headed: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, ready for any writer."""

    frame: Frame
    blocks: tuple[Block, ...]
    appendices: tuple[Appendix, ...] = ()
    title: str = ""  # of the file
    attributes: Mapping[str, str] = field(default_factory=dict)  # kind, place, period, known: kept in the file

    def all_blocks(self) -> Iterator[Block]:
        yield from self.blocks
        for appendix in self.appendices:
            yield from appendix.blocks


def told_in(blocks: Iterator[Block] | tuple[Block, ...]) -> Iterator[Told]:
    """Every number of these blocks, in order."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from (piece for piece in block.pieces if isinstance(piece, Told))
            case Table():
                for row in block.rows:
                    yield from (piece for cell in row.cells for piece in cell.pieces if isinstance(piece, Told))
            case Chart(table=Table() as table):
                yield from told_in((table,))
            case _:
                pass

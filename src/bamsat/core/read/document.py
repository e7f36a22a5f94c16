# SPDX-License-Identifier: Apache-2.0
"""The one form that every file type is read into: a text, its blocks and its tables, with stable offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text that stands on its own."""

    kind: str  # title | heading | paragraph | item | cell | caption | furniture
    start: int
    end: int
    at: str  # address for people: "đoạn 12", "trang 3", "KetQua!C7", "bảng 1, hàng 3, cột 4"
    level: int = 0  # depth of a heading


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; a merged cell stands in every place that it covers, with one and the same span."""

    row: int
    col: int
    start: int
    end: int
    text: str
    number: Decimal | None  # the raw value of a typed cell; None where the cell holds only text
    at: str


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells; None where the grid has no cell."""

    start: int
    end: int
    at: str
    rows: tuple[tuple[Cell | None, ...], ...]
    caption: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where a repaired text and its original differ in length: parallel spans, in order.

    Between two edits positions run on one for one, so a text that was not repaired has no edits.

    >>> OffsetMap.of([(1, 2, 1, 4)]).origin(1, 3)  # three characters became one
    (1, 5)
    """

    new_starts: tuple[int, ...] = ()
    new_ends: tuple[int, ...] = ()
    old_starts: tuple[int, ...] = ()
    old_ends: tuple[int, ...] = ()

    @classmethod
    def of(cls, edits: Iterable[tuple[int, int, int, int]]) -> OffsetMap:
        """From (new start, new end, old start, old end), in order of position."""
        columns = list(zip(*edits, strict=True))
        return cls(*columns) if columns else cls()

    def edits(self) -> Iterable[tuple[int, int, int, int]]:
        return zip(self.new_starts, self.new_ends, self.old_starts, self.old_ends, strict=True)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that the span [start, end) of the repaired text came from."""
        if not self.new_starts:
            return start, end
        old_start, _ = self._one(start)
        if end <= start:
            return old_start, old_start
        return old_start, self._one(end - 1)[1]

    def _one(self, position: int) -> tuple[int, int]:
        last = bisect_right(self.new_starts, position) - 1
        if last < 0:
            return position, position + 1
        if position < self.new_ends[last]:
            return self.old_starts[last], self.old_ends[last]
        old = self.old_ends[last] + position - self.new_ends[last]
        return old, old + 1


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: NFC text, blocks and tables by span, and what the file says about itself."""

    name: str
    media: str  # txt html docx doc pdf xlsx xls ods csv md
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    # title, outlet, author, dated (YYYY-MM-DD, or YYYY-MM where no day is said), photo, audio, number
    attributes: dict[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()  # repairs made and things left out, in Vietnamese
    offsets: OffsetMap = field(default_factory=OffsetMap, repr=False)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The same span in the character stream of the file, before anything was repaired."""
        return self.offsets.origin(start, end)

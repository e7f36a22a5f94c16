# SPDX-License-Identifier: Apache-2.0
"""One document's letterhead and foot put together, with the marks outside them."""

from __future__ import annotations

from bamsat.core.read.citing.symbols import symbols
from bamsat.core.read.document import Block, Document, Table
from bamsat.core.read.heading.foot import find_foot
from bamsat.core.read.heading.lines import Line, lines_of
from bamsat.core.read.heading.stamps import levels, stamps
from bamsat.core.read.heading.top import NATION, Top, find_top, is_head_line, is_number_or_day
from bamsat.core.terms.directive import Letterhead

_FIRST_BLOCKS = 80
_FIRST_LINES = 4  # where a stamp stands over a document that has no letterhead
_EDGES = ("đầu trang", "chân trang")
_LAST_LINES = 3
_SIGNING_ROWS = 2
_VERY_TOP = 200  # characters
_FEW_ROWS = 5
_LONGEST_STAMP = 60
_VERY_FIRST = 40  # characters


def headed(document: Document) -> Letterhead:
    """The letterhead and the signature of a loaded document, as `letterhead` says."""
    blocks = _blocks(document)
    above = lines_of(document, blocks[:_FIRST_BLOCKS])
    top = find_top(above)
    marks, where = _marks(document, above, top)
    if top is None:
        spans = tuple((name, *span) for name, span in where.items())
        return Letterhead(urgency=marks.get("urgency", ""), secrecy=marks.get("secrecy", ""), spans=spans)
    below = [line for line in lines_of(document, (*blocks, *_signed(document))) if line.start >= _end(top)]
    foot = find_foot(below)
    said = {"type": _type(top)} | top.said | marks
    spans_by_name = foot.spans | top.spans | where
    return Letterhead(
        **said,
        authority="; ".join(foot.authority),
        post=foot.post,
        signer=foot.signer,
        recipients=tuple(dict.fromkeys([*top.recipients, *foot.recipients])),
        spans=tuple(sorted(((name, *span) for name, span in spans_by_name.items()), key=lambda span: span[1])),
    )


def _blocks(document: Document) -> tuple[Block, ...]:
    """The blocks outside tables of data; a table that lays out a letterhead counts with its cells."""
    laid_out = [
        (table.start, table.end)
        for table in document.tables[:2]
        if NATION.search(document.text, table.start, table.end) or _opens(document, table) or _frames(table)
    ]
    return tuple(
        block
        for block in document.blocks
        if block.kind != "furniture"
        and (block.kind != "cell" or any(start <= block.start < end for start, end in laid_out))
    )


def _opens(document: Document, table: Table) -> bool:
    """A small table on top with a number or a day lays out a letterhead that leaves the nation's name out."""
    if table.start > _VERY_TOP or len(table.rows) > _FEW_ROWS:
        return False
    cells = [cell.text for row in table.rows for cell in row if cell is not None]
    return len(cells) <= 3 * _FEW_ROWS and any(is_number_or_day(text) for text in cells)


def _frames(table: Table) -> bool:
    """A stamp's frame drawn as a small table, with nothing but stamps in it; a list of goods says more."""
    cells = [cell.text for row in table.rows for cell in row if cell is not None and cell.text.strip()]
    return 0 < len(cells) <= _SIGNING_ROWS and all(stamps(text) for text in cells)


def _signed(document: Document) -> tuple[Block, ...]:
    """The last lines of the file where they were taken for a writer's name or a table: here they are who signed."""
    last = [block for block in document.blocks if block.at not in _EDGES][-_LAST_LINES:]
    table = document.tables[-1] if document.tables and len(document.tables[-1].rows) <= _SIGNING_ROWS else None
    return tuple(
        block
        for block in last
        if block.kind == "furniture"
        or (block.kind == "cell" and table is not None and table.start <= block.start < table.end)
    )


def _end(top: Top) -> int:
    return max((end for _, end in top.spans.values()), default=0)


def _type(top: Top) -> str:
    """An official letter has no title of its own; a lost title is in the symbol."""
    symbol = top.said.get("symbol", "")
    number = symbol if symbol[:1].isdigit() else f"1{symbol}"
    found = next((one.type for one in symbols(f"số {number}")), None) if symbol else None
    return found.name if found is not None else "Công văn" if symbol and "subject" in top.said else ""


def _marks(document: Document, above: list[Line], top: Top | None) -> tuple[dict[str, str], dict[str, tuple[int, int]]]:
    """Stamps outside the letterhead's own lines: over it, on the edge of pages, over an annex."""
    found: dict[str, str] = {}
    where: dict[str, tuple[int, int]] = {}
    for line in _stamped(document, above, top):
        for name, value in (stamps(line.text) or levels(line.text)).items():
            if name not in found:
                found[name], where[name] = value, (line.start, line.end)
    if top is not None:
        found = {name: value for name, value in found.items() if name not in top.said}
        where = {name: span for name, span in where.items() if name in found}
    return found, where


def _stamped(document: Document, above: list[Line], top: Top | None) -> list[Line]:
    """The lines on which a stamp counts as one: not a cell of data, not an item of a list.

    Over the content any line may bear it. Further down, and where there is no letterhead, "MẬT" alone may be honey on
    a list of goods: it has to stand beside a title, a body or an annex, while the higher levels name no goods.
    """
    edges = tuple(block for block in document.blocks if block.kind == "furniture")
    short = lines_of(document, tuple(block for block in _blocks(document) if block.end - block.start <= _LONGEST_STAMP))
    lone = [line for place, line in enumerate(short) if stamps(line.text) and _is_stamp(short, place)]
    upper = above[: top.last + 2] if top else [line for line in above[:_FIRST_LINES] if levels(line.text)]
    return [line for line in (*upper, *lines_of(document, edges), *lone) if line.kind != "item"]


def _is_stamp(lines: list[Line], place: int) -> bool:
    line = lines[place]
    if line.kind in ("cell", "item"):
        return False
    first = place == 0 and line.start < _VERY_FIRST
    near = lines[max(0, place - 1) : place] + lines[place + 1 : place + 2]
    marks = stamps(line.text)
    return first or marks.get("secrecy", "") in ("toi_mat", "tuyet_mat") or any(is_head_line(other) for other in near)

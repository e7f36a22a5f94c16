# SPDX-License-Identifier: Apache-2.0
"""A sheet of cells into what a reader sees in it: lines above, tables, lines below."""

from __future__ import annotations

from collections.abc import Sequence

from bamsat.core.read.furniture import load_rules
from bamsat.core.read.loaders.assembly import Assembly, Slot
from bamsat.core.read.loaders.lines import line_kind

Row = Sequence[Slot | None]


def column_name(index: int) -> str:
    """The letters of a column.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def add_sheet(assembly: Assembly, rows: Sequence[Row], at: str) -> None:
    """Write a sheet: rows with one cell are lines of text, runs of rows with several cells are tables."""
    start: int | None = None
    stop = 0
    tables = 0
    for index in range(len(rows) + 1):
        said = _said(rows[index]) if index < len(rows) else []
        tabular = len(said) > 1 and not _is_letterhead(said)
        ends = index == len(rows) or (not tabular and start is not None and not _goes_on(rows, index, stop))
        if start is not None and ends:
            tables += 1
            assembly.add_table(_cut(rows[start:stop]), f"{at}, bảng {tables}" if at else f"bảng {tables}")
            for row in rows[stop:index]:
                _add_lines(assembly, _said(row))
            start = None
        if tabular:
            start = index if start is None else start
            stop = index + 1
        elif start is None:
            _add_lines(assembly, said)


def _said(row: Row) -> list[Slot]:
    """The cells of a row that say something, a merged cell once."""
    seen: dict[int, Slot] = {}
    for slot in row:
        if slot is not None and str(slot.text).strip():
            seen.setdefault(id(slot), slot)
    return list(seen.values())


def _is_letterhead(said: list[Slot]) -> bool:
    if len(said) > 3 or any(slot.number is not None for slot in said):
        return False
    letterhead = load_rules().letterhead
    return any(letterhead.fullmatch(line.strip()) for slot in said for line in str(slot.text).split("\n"))


def _goes_on(rows: Sequence[Row], index: int, stop: int) -> bool:
    """Whether a table goes on after a row of one cell or none: a section name, a gap of one row."""
    if index - stop > 1:
        return False
    following = [_said(row) for row in rows[index + 1 : index + 3]]
    here = _said(rows[index])
    if not here:
        return bool(following) and len(following[0]) > 1 and _has_number(following[0])
    return any(len(said) > 1 and not _is_letterhead(said) for said in following[:1])


def _has_number(said: list[Slot]) -> bool:
    return any(slot.number is not None or str(slot.text).strip()[:1].isdigit() for slot in said[1:])


def _add_lines(assembly: Assembly, said: list[Slot]) -> None:
    for slot in said:
        for line in str(slot.text).split("\n"):
            if line.strip():
                kind, level = line_kind(line.strip())
                assembly.add(kind, line.strip(), slot.at, level)


def _cut(rows: Sequence[Row]) -> list[list[Slot | None]]:
    """The rows without the empty columns around them."""
    used = [
        column
        for column in range(max(len(row) for row in rows))
        if any(column < len(row) and row[column] is not None and str(row[column].text).strip() for row in rows)  # type: ignore[union-attr]
    ]
    first, last = used[0], used[-1] + 1
    width = last - first
    return [[*row[first:last], *[None] * (width - len(row[first:last]))] for row in rows]

# SPDX-License-Identifier: Apache-2.0
"""Heads of a table: which of them stand over several columns or several rows, as one cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bamsat.core.report.outline import Column


@dataclass(frozen=True, slots=True)
class Head:
    """A head with the rows and columns that it covers, both ends included, counted from 0."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def depth(columns: Sequence[Column]) -> int:
    """How many rows the heads take."""
    return max((len(column.heads) for column in columns), default=1) or 1


def merged(columns: Sequence[Column]) -> Iterator[Head]:
    """Equal neighbours under one head are one, and the last head of a column reaches down to the table.

    >>> columns = [Column(("STT",)), Column(("Năm 2026", "Kế hoạch")), Column(("Năm 2026", "Ước"))]
    >>> [(head.text, head.bottom - head.top, head.right - head.left) for head in merged(columns)]
    [('STT', 1, 0), ('Năm 2026', 0, 1), ('Kế hoạch', 0, 0), ('Ước', 0, 0)]
    """
    deep = depth(columns)
    left = 0
    for level in range(deep):
        left = 0
        while left < len(columns):
            heads = columns[left].heads
            right = left
            if level < len(heads) - 1:  # a last head is the column's own
                while right + 1 < len(columns) and _shared(columns, right, right + 1, level):
                    right += 1
            bottom = deep - 1 if level == len(heads) - 1 else level
            if level < len(heads):
                yield Head(heads[level], level, left, bottom, right)
            left = right + 1


def _shared(columns: Sequence[Column], one: int, other: int, level: int) -> bool:
    first, second = columns[one].heads, columns[other].heads
    return level < len(second) - 1 and first[: level + 1] == second[: level + 1]

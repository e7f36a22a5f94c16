# SPDX-License-Identifier: Apache-2.0
"""What every drawn report needs to know of its headings and tables."""

from __future__ import annotations

from string import ascii_uppercase

from bamsat.core.report.outline import Table


class Levels:
    """Levels of headings as a reader for the blind needs them: none is jumped over.

    >>> levels = Levels()
    >>> [levels.of(level) for level in (2, 3, 1, 4)]
    [1, 2, 1, 2]
    """

    def __init__(self) -> None:
        self._last = 0

    def of(self, level: int) -> int:
        self._last = max(1, min(level, self._last + 1))
        return self._last


def column_numbers(table: Table) -> list[str]:
    """A, B for the columns that name, 1, 2, 3 for those that count."""
    letters, numbers = iter(ascii_uppercase), iter(range(1, len(table.columns) + 1))
    return [str(next(numbers)) if column.number else next(letters, "") for column in table.columns]


def names_column(table: Table) -> int:
    """The column whose words name the row and are indented by its level: the one called "name", else of those without
    numbers the longest."""
    named = next((place for place, column in enumerate(table.columns) if column.code == "name"), None)
    if named is not None:
        return named
    lengths = []
    for place, column in enumerate(table.columns):
        texts = () if column.number else (row.cells[place].text for row in table.rows if place < len(row.cells))
        lengths.append((sum(map(len, texts)), -place))
    return -max(lengths, default=(0, 0))[1]

# SPDX-License-Identifier: Apache-2.0
"""Tables with a row for each value: which column says what, told by their heads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from bamsat.rooms.figures.intake.fields import CELL, FIELDS, SEGMENT, Row, heading


@dataclass(frozen=True, slots=True)
class Names:
    """What a reader of files may ask about words: which code list a head names, and whether a text is a place."""

    list_named: Callable[[str], str] = lambda _text: ""
    is_place: Callable[[str], bool] = lambda _text: False


_NEEDED = {"period", "value"}
MOST_HEAD_ROWS = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field of a row stands; breakdowns beside the segment have columns of their own."""

    width: int
    getter: Callable[[Sequence[str]], tuple[str, ...]]
    breakdowns: tuple[tuple[str, int], ...]
    value: int

    def row(self, cell: str, cells: list[str]) -> Row:
        """The row of a line; `cells` is used up."""
        cells.append("")
        try:
            row = (cell, *self.getter(cells))
        except IndexError:
            row = (cell, *self.getter([*cells, *[""] * (self.width + 1 - len(cells))]))
        return self._with_breakdowns(row, cells) if self.breakdowns else row

    def _with_breakdowns(self, row: Row, cells: Sequence[str]) -> Row:
        coded = [f"{name}:{cells[at].strip()}" for name, at in self.breakdowns if at < len(cells) and cells[at].strip()]
        if not coded:
            return row
        words = [row[SEGMENT]] if row[SEGMENT] else []
        return (*row[:SEGMENT], "|".join([*words, *sorted(coded)]), *row[SEGMENT + 1 :])


def columns_of(heads: Sequence[str], names: Names) -> Columns | None:
    """The columns of a table whose heads these are; None if they are not those of a table of single values."""
    at: dict[str, int] = {}
    breakdowns = []
    for column, head in enumerate(heads):
        field = heading(head)
        if field and field not in at:
            at[field] = column
        elif head.strip() and not field and (name := names.list_named(head.strip())):
            breakdowns.append((name, column))
    if not set(at) >= _NEEDED or len(at) < 3:
        return None
    wanted = [at.get(field, -1) for field in FIELDS[CELL + 1 :]]
    return Columns(len(heads), itemgetter(*wanted), tuple(breakdowns), at["value"])

# SPDX-License-Identifier: Apache-2.0
"""Where each cell of a form stands on its sheet: title lines, heads, a line for each row, empty lines to add rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bamsat.core.forms.definition import Column, Definition, Row, key_of
from bamsat.core.forms.sheet import Pick, is_pattern, rows_of

TITLE, NUMBER, SENDER, PERIOD, UNIT, DUE, HOW = range(7)
HEAD = 8
SPARE_LINES = 15
Place = tuple[int, int]  # line and column of the sheet, counted from 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: a row of the form, or an empty one for a row that the sender adds by a pattern."""

    at: int
    row: Row
    spare: bool = False


@dataclass(frozen=True)
class Layout:
    """The places of all cells of one form; the same for everybody who sends it, but for the rows they added."""

    definition: Definition
    picks: tuple[Pick, ...] = ()

    @cached_property
    def has_groups(self) -> bool:
        return any(column.group for column in self.definition.columns)

    @cached_property
    def last_head(self) -> int:
        return HEAD + (1 if self.has_groups else 0)

    @cached_property
    def picking(self) -> int:
        """How many columns the names of picked rows take: one a code list, the first that of names."""
        return max((len(row.pick) for row in self.definition.rows), default=0)

    @cached_property
    def has_units(self) -> bool:
        """Whether rows or columns say units of their own, so that one for the whole form would not do."""
        units = {row.unit for row in self.definition.rows if not row.heading}
        common = self.definition.unit.vi if self.definition.unit else ""
        return bool(units - {common, ""})

    @cached_property
    def unit_at(self) -> int:
        """The column of units; -1 where there is none."""
        return 1 + max(self.picking, 1) if self.has_units else -1

    @cached_property
    def columns(self) -> tuple[tuple[int, Column], ...]:
        first = 1 + max(self.picking, 1) + int(self.has_units)
        return tuple(enumerate(self.definition.columns, first))

    @property
    def last_column(self) -> int:
        return self.columns[-1][0]

    @property
    def reason_at(self) -> int:
        """The column for why a value is missing or unusual."""
        return self.last_column + 1

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        found: list[Line] = []
        at = self.last_head + 1
        rows = list(rows_of(self.definition, self.picks))
        for number, row in enumerate(rows):
            found.append(Line(at, row))
            at += 1
            if row.pick and (number + 1 == len(rows) or "~" not in rows[number + 1].code):
                pattern = self.definition.row(row.code.partition("~")[0])
                found.extend(Line(at + more, pattern, spare=True) for more in range(SPARE_LINES))
                at += SPARE_LINES
        return tuple(found)

    @cached_property
    def places(self) -> dict[str, Place]:
        """The place of each cell by its key."""
        return {
            key_of(line.row.code, column.code): (line.at, at)
            for line in self.lines
            if not line.spare and not line.row.heading and not is_pattern(line.row)
            for at, column in self.columns
        }

    @cached_property
    def by_code(self) -> dict[str, Row]:
        return {line.row.code: line.row for line in self.lines if not line.spare}

    @cached_property
    def _spare(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for line in self.lines:
            if line.spare:
                found.setdefault(line.row.code, []).append(line.at)
        return found

    def spare_lines(self, pattern: str) -> Sequence[int]:
        """The empty lines for rows of a pattern."""
        return self._spare.get(pattern, [])

# SPDX-License-Identifier: Apache-2.0
"""The words by which the columns and rows of a form are known again, however a sheet was changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bamsat.core.forms.definition import Column, Definition, Row
from bamsat.core.forms.sheet import Pick, is_pattern, role_of, rows_of
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.submissions import period_words
from bamsat.rooms.submissions.files.lists import Listed

_MARK = re.compile(r"^(?:(?:[-+*•–]|\d+(?:\.\d+)*[.)]|\d+(?:\.\d+)+|[ivxlc]+[.)]|[a-z][.)])\s*)+(?=\S)")
_SIGNS = re.compile(r"[^a-z0-9%]+")
_NUMBERS = re.compile(r"\d+|\b(?:iv|i{1,3})\b")
_OF_PERIODS = {"thang", "nam", "quy", "ky", "bao", "cao", "t", "q", "dau", "cuoi"}


@lru_cache(maxsize=32768)
def clean(text: str) -> str:
    """What counts in a label: no accents, no numbering before it, no signs.

    >>> clean("1. Lương thực,  thực phẩm"), clean("- Hàng may mặc")
    ('luong thuc thuc pham', 'hang may mac')
    """
    folded = fold(text)
    return _SIGNS.sub(" ", _MARK.sub("", folded)).strip() or _SIGNS.sub(" ", folded).strip()


@lru_cache(maxsize=8192)
def without_period(label: str) -> frozenset[str]:
    """The words of a clean label but those that say a period.

    >>> sorted(without_period("thang 10 2026 uoc"))
    ['uoc']
    """
    return frozenset(_NUMBERS.sub(" ", label).split()) - _OF_PERIODS


@lru_cache(maxsize=8192)
def numbers_in(label: str) -> tuple[str, ...]:
    return tuple(each.lstrip("0") for each in _NUMBERS.findall(label))


@dataclass(frozen=True, slots=True)
class ColumnLabel:
    """A column with all that its head may say: alone, with its unit, under the head of its group."""

    column: Column
    leaves: tuple[str, ...]
    wholes: tuple[str, ...]

    @property
    def is_typed(self) -> bool:
        return self.column.is_typed and not self.column.hidden


@dataclass(frozen=True)
class FormLabels:
    """Everything that identifies the cells of a form in one period; read once for all who send it."""

    code: str
    number: str
    name: str
    definition: Definition
    period: Period
    lists: Mapping[str, Listed]

    @cached_property
    def columns(self) -> tuple[ColumnLabel, ...]:
        return tuple(self._column(each) for each in self.definition.columns)

    @cached_property
    def leaves(self) -> frozenset[str]:
        return frozenset(leaf for each in self.columns for leaf in each.leaves)

    def _column(self, column: Column) -> ColumnLabel:
        names = []
        for english in (False, True):
            name = period_words.column_name(column, self.period, english)
            names += [name, f"{name} ({column.unit})"] if column.unit else [name]
        group = period_words.group_name(column, self.period)
        leaves = tuple(dict.fromkeys(clean(each) for each in names))
        wholes = tuple(clean(f"{group} {each}") for each in names) if group else leaves
        return ColumnLabel(column, leaves, wholes)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for row in self.definition.rows if not row.heading and not is_pattern(row))

    @cached_property
    def patterns(self) -> tuple[Row, ...]:
        return tuple(row for row in self.definition.rows if is_pattern(row))

    @cached_property
    def by_name(self) -> dict[str, list[Row]]:
        """Rows by their own names, in both languages."""
        found: dict[str, list[Row]] = {}
        for row in self.definition.rows:
            for name in dict.fromkeys((clean(row.name.vi), clean(row.name.en))):
                if name:
                    found.setdefault(name, []).append(row)
        return found

    @cached_property
    def by_other_name(self) -> dict[str, Row]:
        """Rows by what the codes of their breakdown are also called, where that means one row only."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            for codelist, code in row.segment.items():
                listed = self.lists.get(codelist)
                for name in listed.names.get(code, ()) if listed else ():
                    found.setdefault(clean(name), []).append(row)
        return {name: rows[0] for name, rows in found.items() if len(rows) == 1 and name not in self.by_name}

    @cached_property
    def by_number(self) -> dict[str, Row]:
        """Rows by their number, where it is theirs alone."""
        numbers = [numbering(row.number) for row in self.rows if row.number]
        return {
            numbering(row.number): row for row in self.rows if row.number and numbers.count(numbering(row.number)) == 1
        }

    def cells_of(self, row: Row) -> tuple[tuple[Column, str, str], ...]:
        """The cells of a row that a sheet may show: column, key, and how each gets its value."""
        if row.code not in self._cells:
            self._cells[row.code] = tuple(
                (column, f"{row.code}.{column.code}", role_of(row, column))
                for column in self.definition.columns
                if row.has(column.code) and not column.hidden
            )
        return self._cells[row.code]

    @cached_property
    def _cells(self) -> dict[str, tuple[tuple[Column, str, str], ...]]:
        return {}

    @cached_property
    def typed(self) -> frozenset[str]:
        return self.typed_with(())

    def typed_with(self, picks: Iterable[Pick]) -> frozenset[str]:
        """The keys of cells to type in, with those of added rows."""
        return frozenset(
            f"{row.code}.{column.code}"
            for row in rows_of(self.definition, tuple(picks))
            if not row.heading and not is_pattern(row)
            for column in self.definition.columns
            if row.has(column.code) and not column.hidden and role_of(row, column) == "typed"
        )


def numbering(text: str) -> str:
    """A number of a row without the signs around it: "1.", "(1)" and "=1" are 1."""
    return fold(text).strip(" ().:-=")

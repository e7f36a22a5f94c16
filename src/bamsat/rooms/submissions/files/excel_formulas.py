# SPDX-License-Identifier: Apache-2.0
"""The formulas of a form as a spreadsheet computes them: the same trees, with nothing where something is lacking."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from bamsat.core.forms.definition import PARTS, Column, Row, key_of, parts_of
from bamsat.core.forms.formulas import Formula, Tree
from bamsat.core.forms.sheet import role_of
from bamsat.rooms.submissions.files.layout import Layout

_MOST_COUNTED = 200  # arguments of a function; a spreadsheet takes 255
_LONGEST = 8000


@dataclass(frozen=True)
class Formulas:
    """Writes the formula of any computed cell of a layout."""

    layout: Layout
    known: Collection[str] = ()  # computed cells for which the ledger has a value

    def of(self, row: Row, column: Column) -> str:
        """ "" where the formula would be longer than a spreadsheet takes: the value then stands there by itself."""
        formula = column.formula if column.fill == "computed" else row.formula
        assert formula is not None
        written = self._shown(formula, self._names(row, column))
        return f"={written}" if written and len(written) < _LONGEST else ""

    def _names(self, row: Row, column: Column) -> Callable[[str], list[str]]:
        """What a name of the formula stands for: the keys of cells."""

        def keys(name: str) -> list[str]:
            if "." in name:
                return [name]
            if column.fill == "computed":
                return [key_of(row.code, name)]
            if name == PARTS:
                below = parts_of(list(self.layout.by_code.values()), row)
                return [key_of(each.code, column.code) for each in below]
            return [key_of(name, column.code)]

        return keys

    def _shown(self, formula: Formula, keys: Callable[[str], list[str]]) -> str:
        there = self._cells(key for name in formula.names for key in keys(name))
        body = self._written(formula.tree, keys)
        if not there or not body:
            return body
        return f'IF(COUNT({",".join(there)})=0,"",{body})' if len(there) <= _MOST_COUNTED else body

    def _written(self, tree: Tree, keys: Callable[[str], list[str]]) -> str:
        kind = tree[0]
        if kind == "n":
            return str(tree[1])
        if kind == "c":
            cells = self._cells(keys(tree[1]))
            return f"SUM({','.join(cells)})" if len(cells) != 1 or ":" in cells[0] else cells[0]
        if kind == "sum":
            terms = [self._written(each, keys) for each in tree[1:]]
            return f"SUM({','.join(self._number(each) for each in terms)})"
        left, right = self._written(tree[1], keys), self._written(tree[2], keys)
        if kind in ("+", "-"):
            return f"({self._number(left)}{kind}{self._number(right)})"
        needed = list(dict.fromkeys(self._leaves(name for each in tree[1:] for name in _names(each, keys))))
        body = f'IFERROR(({left}){kind}({right}),"")'
        if not needed or len(needed) > _MOST_COUNTED:
            return body
        return f'IF(COUNT({",".join(needed)})<{len(needed)},"",{body})'

    def _number(self, written: str) -> str:
        """A term of a sum; what is empty counts as nothing."""
        return written if written.startswith("SUM(") or written[:1].isdigit() else f"N({written})"

    def _cells(self, keys: Iterable[str]) -> list[str]:
        """Addresses; the empty lines of a pattern count with it."""
        found = []
        for key in keys:
            row, _, column = key.rpartition(".")
            if key in self.layout.places and self._has(key):
                found.append(xl_rowcol_to_cell(*self.layout.places[key]))
            elif lines := self.layout.spare_lines(row):
                at = next(at for at, each in self.layout.columns if each.code == column)
                found.append(f"{xl_rowcol_to_cell(lines[0], at)}:{xl_rowcol_to_cell(lines[-1], at)}")
        return found or ["0"]

    def _has(self, key: str) -> bool:
        row, _, column = key.rpartition(".")
        return self.layout.by_code[row].has(column)

    def _leaves(self, keys: Iterable[str], deep: int = 0) -> Iterator[str]:
        """The cells from which these are computed, and without which a quotient cannot be."""
        for key in keys:
            if key not in self.layout.places or not self._has(key):
                continue
            row, column = (
                self.layout.by_code[key.rpartition(".")[0]],
                self.layout.definition.column(key.rpartition(".")[2]),
            )
            role = role_of(row, column)
            if role != "computed" or key in self.known:
                if not (row.optional and role == "typed"):
                    yield xl_rowcol_to_cell(*self.layout.places[key])
            elif deep < 12:
                formula = column.formula if column.fill == "computed" else row.formula
                if formula is not None:
                    names = self._names(row, column)
                    yield from self._leaves((each for name in formula.names for each in names(name)), deep + 1)


def _names(tree: Tree, keys: Callable[[str], list[str]]) -> Iterator[str]:
    if tree[0] == "c":
        yield from keys(tree[1])
    elif tree[0] != "n":
        for each in tree[1:]:
            yield from _names(each, keys)

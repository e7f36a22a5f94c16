# SPDX-License-Identifier: Apache-2.0
"""Formulas of a table: which cells their names mean, what they come to, and how a spreadsheet writes them.

A name is the code of a column ("now": that column in the same row), a row counted from 1 ("R2": that row in the same
column), a cell ("now.R2") or rows one below the other ("R2:R5", "now.R2:R5").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from xlsxwriter.utility import xl_rowcol_to_cell

from bamsat.core.forms.formulas import Formula, FormulaUnreadable, Result, Tree
from bamsat.core.report.outline import Table

At = tuple[int, int]  # row and column of a table, counted from 0
_ROWS = re.compile(r"\bR(\d+)\s*:\s*R(\d+)\b")
_NAME = re.compile(r"(?:(?P<column>[a-z][a-z0-9_]*)(?:\.|$))?(?:R(?P<first>\d+)(?:_R(?P<last>\d+))?)?")
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
_MOST_COUNTED = 200  # arguments of a function; a spreadsheet takes 255


@lru_cache(maxsize=4096)
def parsed(text: str) -> Formula:
    """A formula of a table, its ranges as names; FormulaUnreadable says what stands where.

    >>> parsed("sum(R2:R5) / year_ago.R1").names
    ('R2_R5', 'year_ago.R1')
    """
    return Formula.parse(_ROWS.sub(r"R\1_R\2", text))


def written(tree: Tree, leaf: Callable[[str], str]) -> str:
    """A formula in words, with as few brackets as it needs; `leaf` says what stands for a name.

    >>> written(parsed("(a + b) / c * 100").tree, str.upper)
    '(A + B) / C * 100'
    """
    kind = tree[0]
    if kind == "n":
        return format(Decimal(tree[1]), "f")
    if kind == "c":
        return leaf(tree[1])
    if kind == "sum":
        return f"sum({', '.join(written(each, leaf) for each in tree[1:])})"
    left, right = (written(each, leaf) for each in tree[1:])
    if _RANK.get(tree[1][0], 3) < _RANK[kind]:
        left = f"({left})"
    below = _RANK.get(tree[2][0], 3)
    if below < _RANK[kind] or (below == _RANK[kind] and kind in "-/"):
        right = f"({right})"
    return f"{left} {kind} {right}"


class Live:
    """The formulas of a table beside the numbers told in it; `told` has each cell's number and its decimals.

    A formula is live where it comes to what is told, up to its last decimal, or where nothing is told because a
    number is lacking. Elsewhere the number of the source stays as it is: a workbook never says anything else than
    the report does.
    """

    def __init__(self, table: Table, told: Mapping[At, tuple[Decimal, Decimal, int]]) -> None:
        """`told`: the number as exactly as it is known, as it is written, and its decimals."""
        self._table, self._told = table, told
        self._columns = {column.code: at for at, column in enumerate(table.columns) if column.code}
        self._formulas = {
            (r, c): parsed(cell.formula)
            for r, row in enumerate(table.rows)
            for c, cell in enumerate(row.cells)
            if cell.formula
        }
        self._found: dict[At, Result] = {}
        self._live: dict[At, bool] = {}
        self._open: set[At] = set()

    def has(self, at: At) -> bool:
        """Whether the cell computes itself in the workbook."""
        self.value(at)
        return self._live.get(at, False)

    def value(self, at: At) -> Decimal | None:
        """What stands in a cell: its number, or what its formula comes to."""
        return self._result(at).value

    def computed(self, at: At) -> Decimal | None:
        """What the formula of a cell comes to, live or not."""
        formula = self._formulas.get(at)
        return formula.compute(lambda name: self._sum(name, at)).value if formula else None

    def _result(self, at: At) -> Result:
        if at not in self._found:
            self._found[at] = self._find(at)
        return self._found[at]

    def _find(self, at: At) -> Result:
        told, formula = self._told.get(at), self._formulas.get(at)
        if formula is None:
            return Result(told[0] if told else None, int(told is None))
        if at in self._open:
            raise self._wrong(at, vi="tính vòng: ô cần chính nó", en="goes in a circle: the cell needs itself")
        self._open.add(at)
        found = formula.compute(lambda name: self._sum(name, at))
        self._open.discard(at)
        if told is None:
            self._live[at] = found.value is None or bool(found.lacking)
            return Result(None, 1)
        _exact, shown, places = told
        near = found.value is not None and abs(found.value - shown) <= Decimal(5).scaleb(-places - 1)
        self._live[at] = near
        return Result(found.value if near else told[0])

    def _sum(self, name: str, at: At) -> Result:
        parts = [self._result(each) for each in self.cells(name, at)]
        there = [part.value for part in parts if part.value is not None]
        return Result(sum(there, Decimal(0)) if there else None, sum(part.lacking for part in parts))

    def cells(self, name: str, at: At) -> list[At]:
        """The cells that a name means in the formula of a cell."""
        match = _NAME.fullmatch(name)
        column = self._columns.get(match["column"], -1) if match and match["column"] else at[1]
        if match is None or column < 0:
            raise self._wrong(at, vi=f"không có cột “{name}”", en=f"there is no column “{name}”")
        if not match["first"]:
            return [(at[0], column)]
        first = int(match["first"])
        rows = range(first, int(match["last"] or first) + 1)
        if not rows or rows[0] < 1 or rows[-1] > len(self._table.rows):
            said = name.replace("_", ":")
            raise self._wrong(at, vi=f"không có dòng “{said}”", en=f"there is no row “{said}”")
        return [(row - 1, column) for row in rows]

    def _wrong(self, at: At, vi: str, en: str) -> FormulaUnreadable:
        text, place = self._table.rows[at[0]].cells[at[1]].formula, (at[0] + 1, at[1] + 1)
        where = f"“{self._table.caption}”, dòng {place[0]}, cột {place[1]}"
        return FormulaUnreadable(
            vi=f"Bảng {where}: công thức “{text}” {vi}. Hãy sửa công thức của ô.",
            en=f"Table “{self._table.caption}”, row {place[0]}, column {place[1]}: the formula “{text}”: {en}. "
            "Mend the formula of the cell.",
        )

    # As a spreadsheet writes it.

    def excel(self, at: At, top: int) -> str:
        """The formula of a live cell in a sheet whose first row of this table is `top`.

        Where a number that it needs is lacking it shows nothing until all are there.
        """
        formula = self._formulas[at]
        body = self._excel(formula.tree, at, top)
        if at in self._told:
            return f"={body}"
        if _divides(formula.tree):
            body = f'IFERROR({body},"")'
        cells = list(dict.fromkeys(cell for name in formula.names for cell in self.cells(name, at)))
        asked = list(_addresses(cells, top))
        if not cells:
            return f"={body}"
        return f'=IF(COUNT({",".join(asked)})<{len(cells)},"",{body})' if len(asked) <= _MOST_COUNTED else ""

    def _excel(self, tree: Tree, at: At, top: int, outer: int = 0) -> str:
        kind = tree[0]
        if kind == "n":
            return format(Decimal(tree[1]), "f")
        if kind == "c":
            cells = self.cells(tree[1], at)
            if len(cells) > 1:
                return f"SUM({','.join(_addresses(cells, top))})"
            address = next(_addresses(cells, top))
            # A formula that shows nothing holds a text, which only N() and SUM() take for nothing.
            return f"N({address})" if outer == 1 and self.value(cells[0]) is None else address
        if kind == "sum":
            return f"SUM({','.join(self._term(each, at, top) for each in tree[1:])})"
        rank = _RANK[kind]
        left, right = (self._excel(each, at, top, rank) for each in tree[1:])
        if _RANK.get(tree[1][0], 3) < rank:
            left = f"({left})"
        below = _RANK.get(tree[2][0], 3)
        if below < rank or (below == rank and kind in "-/"):
            right = f"({right})"
        return f"{left}{kind}{right}"

    def _term(self, tree: Tree, at: At, top: int) -> str:
        """A range stands in SUM as it is."""
        if tree[0] == "c":
            return ",".join(_addresses(self.cells(tree[1], at), top))
        return self._excel(tree, at, top)


def _divides(tree: Tree) -> bool:
    return tree[0] == "/" or any(_divides(each) for each in tree[1:] if isinstance(each, tuple))


def _addresses(cells: Sequence[At], top: int) -> Iterator[str]:
    """Addresses, cells one below the other as a range."""
    start = 0
    while start < len(cells):
        end = start
        while end + 1 < len(cells) and cells[end + 1] == (cells[end][0] + 1, cells[end][1]):
            end += 1
        first, last = (xl_rowcol_to_cell(cells[i][0] + top, cells[i][1]) for i in (start, end))
        yield first if start == end else f"{first}:{last}"
        start = end + 1

# SPDX-License-Identifier: Apache-2.0
"""Formulas of forms ("now / previous * 100", "sum(parts)", "markets_new <= markets"), read once, computed exactly."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import isfinite
from typing import Any

from bamsat.core.terms.errors import BamsatError

COMPARISONS = {"==": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">", "!=": "≠"}
_LONGEST = 600
_DIGITS = 40
_DEEPEST = 100  # operations within each other; a sum of so many terms is written sum(parts)
_SINGLE_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.LtE: "<=", ast.GtE: ">=", ast.Lt: "<", ast.Gt: ">", ast.NotEq: "!=",
}  # fmt: skip

# A formula as nested tuples, so that a page can compute with the same one: ("n", "100"), ("c", "now"),
# ("+" | "-" | "*" | "/", left, right), ("sum", term, ...).
Tree = tuple[Any, ...]


class FormulaUnreadable(BamsatError):
    """A formula that cannot be computed as it is written."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula gives, and how many cells it lacked: a sum goes on without them and says so, a quotient cannot."""

    value: Decimal | None
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Formula:
    """An arithmetic expression over cells; names are codes of rows or columns, or "row.column".

    >>> formula = Formula.parse("now / previous * 100")
    >>> formula.names
    ('now', 'previous')
    >>> formula.compute({"now": Decimal(30), "previous": Decimal(40)}.get).value == 75
    True
    """

    text: str
    tree: Tree

    @classmethod
    def parse(cls, text: str) -> Formula:
        """FormulaUnreadable says what stands where."""
        return cls(text, _tree(text, _parsed(text)))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_names(self.tree)))

    def compute(self, value_of: Callable[[str], Decimal | Result | None]) -> Result:
        """With what each name stands for; a name without a value counts as lacking."""
        with localcontext() as context:
            context.prec = _DIGITS
            try:
                found = _compute(self.tree, value_of)
            except ArithmeticError:
                return Result(None)
        beyond = found.value is not None and found.value.adjusted() >= _DIGITS  # what nobody counts or can be shown
        return Result(None, found.lacking) if beyond else found


@dataclass(frozen=True, slots=True)
class Comparison:
    """What must be so between two formulas: "markets_new <= markets".

    >>> Comparison.parse("a = b + c").sign
    '=='
    """

    text: str
    left: Formula
    sign: str
    right: Formula

    @classmethod
    def parse(cls, text: str) -> Comparison:
        node = _parsed(_SINGLE_EQUALS.sub("==", text))
        if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in _COMPARED:
            raise FormulaUnreadable(
                vi=f"“{text}” không phải một phép so sánh. Hãy viết như “a <= b” hoặc “a = b + c”.",
                en=f"“{text}” compares nothing. Write it as “a <= b” or “a = b + c”.",
            )
        left, right = _tree(text, node.left), _tree(text, node.comparators[0])
        return cls(text, Formula(text, left), _COMPARED[type(node.ops[0])], Formula(text, right))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.left.names, *self.right.names)))

    def holds(self, left: Decimal, right: Decimal, tolerance: Decimal = Decimal(0)) -> bool:
        """Whether it is so, up to what rounding allows."""
        gap = left - right
        return {
            "==": abs(gap) <= tolerance, "!=": abs(gap) > tolerance, "<=": gap <= tolerance, "<": gap < 0,
            ">=": gap >= -tolerance, ">": gap > 0,
        }[self.sign]  # fmt: skip


def _parsed(text: str) -> ast.expr:
    if len(text) > _LONGEST:
        raise FormulaUnreadable(
            vi=f"Công thức dài {len(text)} ký tự; nhiều nhất là {_LONGEST}. Hãy chia làm hai dòng tính.",
            en=f"The formula has {len(text)} characters; {_LONGEST} at most. Divide it between two computed rows.",
        )
    try:
        found = ast.parse(text.strip(), mode="eval").body
        _ask_shallow(found)
        return found
    except (SyntaxError, ValueError, RecursionError, MemoryError) as trouble:
        at = getattr(trouble, "offset", None) or 1
        raise FormulaUnreadable(
            vi=f"Không hiểu công thức “{text}” từ ký tự thứ {at}. Hãy dùng mã dòng hoặc cột với + - * / ( ) và sum(…).",
            en=f"Cannot read the formula “{text}” from character {at}. Use codes of rows or columns with + - * / ( ) "
            "and sum(…).",
        ) from None


def _ask_shallow(node: ast.AST) -> None:
    """ValueError where a formula is so deep that going down into it would not end well."""
    level: list[ast.AST] = [node]
    for _ in range(_DEEPEST):
        level = [below for each in level for below in ast.iter_child_nodes(each)]
        if not level:
            return
    raise ValueError("too deep")


def _is_number(value: object) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and isfinite(value))


def _tree(text: str, node: ast.expr) -> Tree:
    if isinstance(node, ast.Constant) and _is_number(node.value):
        return ("n", str(Decimal(str(node.value))))
    if isinstance(node, ast.Name):
        return ("c", node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return ("c", f"{node.value.id}.{node.attr}")
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return (_OPERATORS[type(node.op)], _tree(text, node.left), _tree(text, node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return ("-", ("n", "0"), _tree(text, node.operand))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum" and not node.keywords:
        return ("sum", *(_tree(text, each) for each in node.args))
    said = ast.unparse(node)[:80]
    raise FormulaUnreadable(
        vi=f"Trong công thức “{text}” có “{said}”, máy không tính. Chỉ dùng số, mã dòng hoặc cột, "
        "+ - * / ( ) và sum(…).",
        en=f"The formula “{text}” has “{said}”, which cannot be computed. Use numbers, codes of rows or columns, "
        "+ - * / ( ) and sum(…) only.",
    )


def _names(tree: Tree) -> Iterator[str]:
    if tree[0] == "c":
        yield tree[1]
    elif tree[0] != "n":
        for each in tree[1:]:
            yield from _names(each)


def _compute(tree: Tree, value_of: Callable[[str], Decimal | Result | None]) -> Result:
    kind = tree[0]
    if kind == "n":
        return Result(Decimal(tree[1]))
    if kind == "c":
        found = value_of(tree[1])
        return found if isinstance(found, Result) else Result(found, int(found is None))
    if kind in ("+", "-", "sum"):
        return _summed(kind, [_compute(each, value_of) for each in tree[1:]])
    left, right = _compute(tree[1], value_of), _compute(tree[2], value_of)
    lacking = left.lacking + right.lacking
    if left.value is None or right.value is None or lacking or (kind == "/" and not right.value):
        return Result(None, lacking)
    return Result(left.value * right.value if kind == "*" else left.value / right.value)


def _summed(kind: str, terms: list[Result]) -> Result:
    lacking = sum(term.lacking for term in terms)
    there = [(at, term.value) for at, term in enumerate(terms) if term.value is not None]
    if not there:
        return Result(None, lacking)
    return Result(sum((-value if kind == "-" and at else value for at, value in there), Decimal(0)), lacking)

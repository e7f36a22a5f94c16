# SPDX-License-Identifier: Apache-2.0
"""Inequalities with whole-number coefficients, from what figures say in decimals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd

from bamsat.core.check.model import Row


def between(at: int, low: Decimal | None, high: Decimal | None) -> Row:
    """A true value lies between two decimals.

    >>> between(3, Decimal("1.5"), Decimal(2))
    Row(terms=((3, 1),), low=15, high=20, over=10)
    """
    over = _over(low, high)
    return Row(((at, 1),), _whole(low, over), _whole(high, over), over)


def equal(whole: int, parts: Iterable[tuple[int, int]]) -> Row:
    """The whole is the sum of its parts, each times a factor."""
    return Row(((whole, 1), *((part, -times) for part, times in parts)), 0, 0)


def at_least(whole: int, parts: Iterable[tuple[int, int]]) -> Row:
    """The whole is not less than some of its parts."""
    return Row(((whole, 1), *((part, -times) for part, times in parts)), 0, None)


def change(now: int, base: int, low: Decimal, high: Decimal) -> Row:
    """What was added since the base lies between two decimals."""
    over = _over(low, high)
    return Row(((now, 1), (base, -1)), _whole(low, over), _whole(high, over), over)


def ratio(upper: int, lower: int, low: Decimal | None, high: Decimal | None) -> tuple[Row, ...]:
    """100 times the upper over the lower lies between two decimals; the lower is above zero.

    Figures of growth speak of a base that was something: less than a thousandth of a unit is nothing.

    >>> ratio(0, 1, Decimal("112.5"), Decimal("113"))[0]
    Row(terms=((0, 8), (1, -9)), low=0, high=None, over=1)
    """
    rows = []
    if low is not None:
        rows.append(Row(_terms(upper, lower, low), 0, None))
    if high is not None:
        rows.append(Row(_terms(upper, lower, high), None, 0))
    return (*rows, Row(((lower, 1),), 1, None, 1000))


def contribution(now: int, then: int, whole: int, low: Decimal, high: Decimal) -> tuple[Row, ...]:
    """100 times what a part added, over the whole of the base, lies between two decimals."""
    rows = []
    for bound, lowest in ((low, True), (high, False)):
        over = _over(bound)
        terms = _reduced(((now, 100 * over), (then, -100 * over), (whole, -int(bound * over))))
        rows.append(Row(terms, 0 if lowest else None, None if lowest else 0))
    return (*rows, Row(((whole, 1),), 1, None, 1000))


def _terms(upper: int, lower: int, percent: Decimal) -> tuple[tuple[int, int], ...]:
    exact = Fraction(percent) / 100
    return _reduced(((upper, exact.denominator), (lower, -exact.numerator)))


def _reduced(terms: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    shared = gcd(*(times for _, times in terms)) or 1
    return tuple((at, times // shared) for at, times in terms if times)


def _over(*bounds: Decimal | None) -> int:
    places = [-int(bound.normalize().as_tuple().exponent) for bound in bounds if bound is not None]
    return int(10 ** max([0, *places]))


def _whole(bound: Decimal | None, over: int) -> int | None:
    return None if bound is None else int(bound * over)

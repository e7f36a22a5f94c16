# SPDX-License-Identifier: Apache-2.0
"""A network as arrays: its rows side by side, so that all of them can be looked at in one stroke."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain

import numpy as np
import numpy.typing as npt

from bamsat.core.check.model import Constraint, Network, Row

Numbers = npt.NDArray[np.longdouble]
Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# Every product, sum or quotient errs by at most half of this times its size; bounds are widened by more than that.
EPS = np.finfo(np.longdouble).eps
_SMALLEST = 10**6
_EXACT = 1 << min(62, np.finfo(np.longdouble).nmant + 1)


@dataclass(slots=True)
class Packed:
    """The rows of a network: those of one variable apart from those that tie several.

    `rows` are the rows themselves, for exact arithmetic; `owner` the constraint of each, `owners_` the same as a list.
    A row i with several variables has the terms start[i] to start[i + 1] of `column` and `times`; `rises` where that is
    positive; `low` and `high` are its bounds, rounded outwards.
    `ones` are rows of one variable, `many` rows of several. A variable v stands in the rows used[v] to used[v + 1] of
    `user`.
    """

    network: Network
    rows: list[Row]
    owner: Positions
    owners_: list[int]
    width: Positions
    start: Positions
    column: Positions
    times: Numbers
    rises: Flags
    low: Numbers
    high: Numbers
    ones: Positions
    many: Positions
    positive: Flags

    user: Positions
    used: Positions

    @property
    def variables(self) -> int:
        return len(self.positive)

    def of(self, constraints: Iterable[int]) -> list[int]:
        """All rows of some constraints."""
        ends = ((int(end) for end in np.searchsorted(self.owner, (at, at + 1))) for at in sorted(constraints))
        return [row for first, last in ends for row in range(first, last)]

    def owners(self, rows: Iterable[int]) -> frozenset[int]:
        """The constraints of some rows."""
        return frozenset([self.owners_[row] for row in rows])

    def bases(self, rows: Iterable[int]) -> set[int]:
        """Of the constraints of some rows those rows that only say that a base is positive."""
        last = {int(np.searchsorted(self.owner, self.owner[row] + 1)) - 1 for row in rows}
        return {row for row in last if self.rows[row].over == _SMALLEST}

    def users(self, variables: Positions) -> Flags:
        """Which rows some variables stand in."""
        marked = np.zeros(len(self.rows), np.bool_)
        marked[self.user[ranges(self.used[variables], self.used[variables + 1] - self.used[variables])]] = True
        return marked


def packed(network: Network) -> Packed:
    """The network as arrays."""
    rows: list[Row] = []
    owner: list[int] = []
    least: dict[int, Row] = {}
    for position, constraint in enumerate(network.constraints):
        before = len(rows)
        for row in constraint.rows:
            plain = row if _is_plain(row.terms) else _plain(row)
            if plain is not None:
                rows.append(plain)
        base = _base(constraint)
        if base is not None and base not in network.signed:
            if base not in least:
                least[base] = Row(((base, 1),), low=1, over=_SMALLEST)
            rows.append(least[base])
        owner += [position] * (len(rows) - before)
    terms = list(chain.from_iterable(row.terms for row in rows))
    width = np.fromiter((len(row.terms) for row in rows), np.int64, len(rows))
    start = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(width, out=start[1:])
    column, times = np.array(list(chain.from_iterable(terms)), np.int64).reshape(-1, 2).T.copy()
    order = np.argsort(column, kind="stable")
    low, high = _bounds(rows, -1), _bounds(rows, 1)
    positive = np.ones(len(network.variables), np.bool_)
    positive[list(network.signed)] = False
    return Packed(
        network,
        rows,
        np.array(owner, np.int64),
        owner,
        width,
        start,
        column,
        times.astype(np.longdouble),
        times > 0,
        low,
        high,
        np.flatnonzero(width == 1),
        np.flatnonzero(width > 1),
        positive,
        np.repeat(np.arange(len(rows)), width)[order],
        np.searchsorted(column[order], np.arange(len(positive) + 1)),
    )


def _is_plain(terms: tuple[tuple[int, int], ...]) -> bool:
    """Whether a row has each variable once, with coefficients that can be reckoned with."""
    if len(terms) == 1:
        return 0 < abs(terms[0][1]) < _EXACT
    if len(terms) == 2:
        (first, times), (second, more) = terms
        return first != second and 0 < abs(times) < _EXACT and 0 < abs(more) < _EXACT
    coefficients = [times for _, times in terms]
    once = len(dict(terms)) == len(terms) > 0
    return once and all(coefficients) and max(coefficients) < _EXACT and min(coefficients) > -_EXACT


def _plain(row: Row) -> Row | None:
    """The row with each variable once; None where nothing is left, or where a coefficient has too many digits."""
    sums: dict[int, int] = {}
    for variable, times in row.terms:
        sums[variable] = sums.get(variable, 0) + times
    if len(sums) < len(row.terms) or not all(sums.values()):
        row = replace(row, terms=tuple(term for term in sums.items() if term[1]))
    return row if row.terms and all(-_EXACT < times < _EXACT for _, times in row.terms) else None


def _bounds(rows: Sequence[Row], side: int) -> Numbers:
    """The bounds of rows, below (-1) or above (1), never narrower than they are."""
    stated = [row.low if side < 0 else row.high for row in rows]
    over = [row.over for row in rows]
    try:
        bound, divisor = np.array([one or 0 for one in stated], np.int64), np.array(over, np.int64)
        exact_ = (divisor == 1) & (np.abs(bound) < _EXACT)
        found = bound.astype(np.longdouble) / divisor.astype(np.longdouble)
        spread = np.where(exact_, 0, 2 * EPS)
    except OverflowError:
        found = np.array([_long(one or 0) for one in stated]) / np.array([_long(one) for one in over])
        spread = np.full(len(rows), 32 * EPS)
    widened: Numbers = found + side * spread * np.abs(found)
    widened[[one is None for one in stated]] = side * np.inf
    return widened


def _long(number: int) -> np.longdouble:
    """A whole number as a long double, near enough."""
    shift = max(0, number.bit_length() - 62)
    return np.longdouble(np.ldexp(np.longdouble(np.int64(number >> shift)), shift))


def _base(constraint: Constraint) -> int | None:
    """The base of a printed ratio. It is positive, and so at least a millionth of its unit: without that any ratios
    would agree, as long as all values are nothing."""
    if constraint.figure is None:
        return None
    first = constraint.rows[0]
    if len(first.terms) != 2 or first.low or first.high or first.terms[0][1] * first.terms[1][1] >= 0:
        return None
    return first.terms[1][0]


def groups(size: int, tied: Iterable[Sequence[int]]) -> list[int]:
    """For each of `size` things the name of its group, when those of each sequence belong together."""
    parent = list(range(size))
    for members in tied:
        root = -1
        for at in members:
            while parent[at] != at:
                parent[at] = at = parent[parent[at]]
            if root < 0:
                root = at
            elif root != at:
                parent[at] = root
    for at in range(size):
        root = at
        while parent[root] != root:
            root = parent[root]
        parent[at] = root
    return parent


def alive(rows: Packed, dropped: Collection[int]) -> Flags:
    """Which rows hold when some constraints are dropped."""
    kept = np.ones(len(rows.network.constraints) + 1, np.bool_)
    kept[list(dropped)] = False
    return kept[rows.owner]


def ranges(starts: Positions, lengths: Positions) -> Positions:
    """start, start + 1, ... for each pair, one behind the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - ends + lengths, lengths)


def terms_of(rows: Packed, which: Positions) -> tuple[Positions, Positions]:
    """The terms of some rows, and the row of each."""
    return ranges(rows.start[which], rows.width[which]), np.repeat(which, rows.width[which])


def exact(row: Row) -> tuple[Fraction | None, Fraction | None]:
    """The bounds of a row as they are."""
    return (
        None if row.low is None else Fraction(row.low, row.over),
        None if row.high is None else Fraction(row.high, row.over),
    )

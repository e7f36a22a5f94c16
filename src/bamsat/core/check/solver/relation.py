# SPDX-License-Identifier: Apache-2.0
"""A proof that a solver hints at, worked out in exact arithmetic: one linear relation between rows (Farkas).

The solver names the rows and the values whose bounds it needs. If a single relation ties the rows once all other values
cancel out, its two sides are reckoned in fractions: what the rows say it is, and what the bounds of the values allow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import gcd

from bamsat.core.check.model import Row

# A bound and the row that gives it; None where only the sign of the value does.
Bound = tuple[Fraction, int | None]
_Terms = dict[int, int]


def contradiction(
    rows: Mapping[int, Row], low: Mapping[int, Bound], high: Mapping[int, Bound], positive: Collection[int] = ()
) -> set[int] | None:
    """Rows, and rows behind bounds, that contradict each other, none to spare; None if no single relation shows it.

    Where the sign of a value can stand in for its lower bound, that is to spare.

    >>> tied = {7: Row(((0, 1), (1, 1), (2, -1)), 0, 0), 8: Row(((2, 1), (3, -2)), 0, 0)}
    >>> low, high = {0: (Fraction(5), 1), 1: (Fraction(3), 2)}, {3: (Fraction(3), 3)}
    >>> sorted(contradiction(tied, low, high))
    [1, 2, 3, 7, 8]
    """
    times = _relation(rows, {*low, *high})
    if times is None:
        return None
    pulls: _Terms = {}
    for name, share in times.items():
        for variable, coefficient in rows[name].terms:
            pulls[variable] = pulls.get(variable, 0) + share * coefficient
    turned = {name: -share for name, share in times.items()}, {at: -pull for at, pull in pulls.items()}
    shown = _shown(rows, times, pulls, low, high, positive)
    return shown or _shown(rows, *turned, low, high, positive)


def _shown(
    rows: Mapping[int, Row],
    times: _Terms,
    pulls: _Terms,
    low: Mapping[int, Bound],
    high: Mapping[int, Bound],
    positive: Collection[int],
) -> set[int] | None:
    """Whether the rows say that the relation is more than its values allow; who is needed for that."""
    gap: dict[int, int] = {}  # by denominator
    for name, share in times.items():
        bound = rows[name].low if share > 0 else rows[name].high
        if bound is None:
            return None
        gap[rows[name].over] = gap.get(rows[name].over, 0) + share * bound
    reasons, spare = set(times), []
    for variable, pull in pulls.items():
        side = high if pull > 0 else low
        if pull and variable not in side:
            return None
        if pull:
            value, reason = side[variable]
            gap[value.denominator] = gap.get(value.denominator, 0) - pull * value.numerator
            if side is low and variable in positive:
                spare.append((-pull * value, reason))
            elif reason is not None:
                reasons.add(reason)
    left = sum((Fraction(total, over) for over, total in gap.items()), Fraction(0))
    if left <= 0:
        return None
    for part, reason in sorted(spare, key=lambda one: one[0]):
        if part < left:
            left -= part
        elif reason is not None:
            reasons.add(reason)
    return reasons


def _relation(rows: Mapping[int, Row], bounded: set[int]) -> _Terms | None:
    """Multiples of rows whose sum has only values with bounds; None unless there is one such relation and no more."""
    equations: dict[int, _Terms] = {}
    for name, row in rows.items():
        for variable, coefficient in row.terms:
            if variable not in bounded:
                equations.setdefault(variable, {})[name] = coefficient
    solved: list[tuple[int, int, _Terms]] = []
    waiting = list(equations.values())
    while waiting:
        waiting.sort(key=len, reverse=True)
        equation = waiting.pop()
        if not equation:
            continue
        name = min(equation)
        own = equation.pop(name)
        solved.append((name, own, equation))
        for terms in waiting:
            share = terms.pop(name, None)
            if share is not None:
                _without(terms, share, own, equation)
    free = rows.keys() - {name for name, _, _ in solved}
    if len(free) != 1:
        return None
    times: _Terms = {next(iter(free)): 1}
    for name, own, rest in reversed(solved):
        total = -sum(share * times[other] for other, share in rest.items() if other in times)
        if not total:
            return None
        if total % own:
            more = abs(own) // gcd(total, own)
            times = {other: share * more for other, share in times.items()}
            total *= more
        times[name] = total // own
    return times


def _without(terms: _Terms, share: int, own: int, equation: _Terms) -> None:
    """Puts into an equation what another one says of a value that had the coefficients `share` here and `own` there."""
    if share % own:
        common = gcd(share, own)
        more, share = own // common, share // common
        for other in terms:
            terms[other] *= more
    else:
        share //= own
    for other, part in equation.items():
        total = terms.get(other, 0) - share * part
        if total:
            terms[other] = total
        else:
            terms.pop(other, None)

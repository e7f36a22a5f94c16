# SPDX-License-Identifier: Apache-2.0
"""A proof that a solver hints at, worked out in exact arithmetic: one linear relation between rows (Farkas).

The solver names the rows and the values whose bounds it needs. If a single relation ties the rows once all other values
cancel out, its two sides are reckoned in fractions: what the rows say it is, and what the bounds of the values allow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from bamsat.core.check.model import Row
from bamsat.core.check.packed import exact

# A bound and the row that gives it; None where only the sign of the value does.
Bound = tuple[Fraction, int | None]
_Terms = dict[int, Fraction]


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
            pulls[variable] = pulls.get(variable, Fraction(0)) + share * coefficient
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
    gap = Fraction(0)
    for name, share in times.items():
        bound = exact(rows[name])[0 if share > 0 else 1]
        if bound is None:
            return None
        gap += share * bound
    reasons, spare = set(times), []
    for variable, pull in pulls.items():
        side = high if pull > 0 else low
        if pull and variable not in side:
            return None
        if pull:
            value, reason = side[variable]
            gap -= pull * value
            if side is low and variable in positive:
                spare.append((-pull * value, reason))
            elif reason is not None:
                reasons.add(reason)
    if gap <= 0:
        return None
    for share, reason in sorted(spare, key=lambda one: one[0]):
        if share < gap:
            gap -= share
        elif reason is not None:
            reasons.add(reason)
    return reasons


def _relation(rows: Mapping[int, Row], bounded: set[int]) -> _Terms | None:
    """Multiples of rows whose sum has only values with bounds; None unless there is one such relation and no more."""
    equations: dict[int, _Terms] = {}
    for name, row in rows.items():
        for variable, coefficient in row.terms:
            if variable not in bounded:
                equations.setdefault(variable, {})[name] = Fraction(coefficient)
    solved: list[tuple[int, _Terms]] = []
    waiting = list(equations.values())
    while waiting:
        waiting.sort(key=len, reverse=True)
        equation = waiting.pop()
        if not equation:
            continue
        name, own = min(equation.items(), key=lambda term: term[0])
        rest = {other: -share / own for other, share in equation.items() if other != name}
        solved.append((name, rest))
        for terms in waiting:
            share = terms.pop(name, None)
            if share is not None:
                for other, part in rest.items():
                    total = terms.get(other, Fraction(0)) + share * part
                    if total:
                        terms[other] = total
                    else:
                        terms.pop(other, None)
    free = rows.keys() - {name for name, _ in solved}
    if len(free) != 1:
        return None
    times = {next(iter(free)): Fraction(1)}
    for name, rest in reversed(solved):
        times[name] = sum((share * times[other] for other, share in rest.items() if other in times), Fraction(0))
    return times if all(times.values()) else None

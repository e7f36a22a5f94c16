# SPDX-License-Identifier: Apache-2.0
"""Intervals passed along the rows until they settle: what each true value must lie between.

All rows are looked at side by side, in long doubles. Every result is widened by more than the arithmetic can err, so
that an interval that came out empty is empty. Who narrowed a bound, and when, is written down: that is the proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from bamsat.core.check.packed import EPS, Flags, Numbers, Packed, Positions, exact

SWEEPS = 80
_PATIENT = 30
# A bound must move by this part of its interval to be worth passing on; later by more, so that it ends.
_WORTH, _WORTH_LATE = np.longdouble(1e-7), np.longdouble(1e-2)
_LOW, _HIGH = 0, 1
_NEVER = 1 << 30


@dataclass(slots=True)
class Settled:
    """The intervals at the end, the variables whose interval came out empty, and who narrowed what in which sweep."""

    rows: Packed
    low: Numbers
    high: Numbers
    alive: Flags
    empty: list[tuple[int, int]] = field(default_factory=list)
    complete: bool = True
    _sweeps: list[tuple[Positions, Positions, int, int]] = field(default_factory=list)
    _index: tuple[Positions, Positions, Positions, Positions] | None = None
    _known: dict[tuple[int, int, int], Fraction | None] = field(default_factory=dict)

    def _note(self, variables: Positions, by: Positions, side: int, sweep: int) -> None:
        self._sweeps.append((variables, by, side, sweep))

    def _event(self, variable: int, side: int, before: int) -> tuple[int, int] | None:
        """The row that gave a bound as it stood before a sweep, and the sweep in which it did."""
        if self._index is None:
            keys = np.concatenate([2 * v + side for v, _, side, _ in self._sweeps] or [np.zeros(0, np.int64)])
            by = np.concatenate([by for _, by, _, _ in self._sweeps] or [np.zeros(0, np.int64)])
            when = np.concatenate([np.full(len(v), t) for v, _, _, t in self._sweeps] or [np.zeros(0, np.int64)])
            order = np.lexsort((when, keys))
            names, first = np.unique(keys[order], return_index=True)
            self._index = names, np.append(first, len(order)), by[order], when[order]
        names, first, by, when = self._index
        at = int(np.searchsorted(names, 2 * variable + side))
        if at == len(names) or names[at] != 2 * variable + side:
            return None
        found = int(np.searchsorted(when[first[at] : first[at + 1]], before)) + int(first[at]) - 1
        return (int(by[found]), int(when[found])) if found >= first[at] else None

    def reasons(self, *bounds: tuple[int, int], before: int = _NEVER) -> list[int]:
        """The rows from which bounds follow: (variable, 0 for the lower or 1 for the upper)."""
        rows: set[int] = set()
        seen: set[tuple[int, int, int]] = set()
        waiting = [(variable, side, before) for variable, side in bounds]
        while waiting:
            variable, side, sweep = waiting.pop()
            event = self._event(variable, side, sweep)
            if event is None or (variable, side, event[1]) in seen:
                continue
            seen.add((variable, side, event[1]))
            rows.add(event[0])
            waiting.extend((other, at, event[1]) for other, at, _ in self._others(event[0], variable, side))
        return sorted(rows)

    def _others(self, row: int, variable: int, side: int) -> Iterator[tuple[int, int, int]]:
        """Which bounds of the other values of a row gave it this bound of one: variable, side, coefficient."""
        terms = self.rows.rows[row].terms
        own = next(times for at, times in terms if at == variable)
        for other, times in terms:
            if other != variable:
                yield other, side if times * own < 0 else 1 - side, times

    def bound(self, variable: int, side: int, before: int = _NEVER) -> Fraction | None:
        """A bound in exact arithmetic, by the way that it was found; None where it is open."""
        event = self._event(variable, side, before)
        if event is None:
            return Fraction(0) if side == _LOW and self.rows.positive[variable] else None
        key = (variable, side, event[1])
        if key not in self._known:
            row = self.rows.rows[event[0]]
            own = next(times for at, times in row.terms if at == variable)
            total = exact(row)[side if own > 0 else 1 - side]
            for other, at, times in self._others(event[0], variable, side):
                value = self.bound(other, at, event[1])
                total = None if value is None or total is None else total - times * value
            self._known[key] = None if total is None else total / own
        return self._known[key]


def settle(rows: Packed, kept: Flags) -> Settled:
    """Intervals of all variables from the rows that are kept."""
    low = np.full(rows.variables, -np.inf, np.longdouble)
    low[rows.positive] = 0
    found = Settled(rows, low, np.full(rows.variables, np.inf, np.longdouble), kept)
    frozen = np.zeros(rows.variables, np.bool_)
    touched = _alone(found, frozen)
    many = rows.many[kept[rows.many]]
    waiting = many
    users = _Users(rows, many)
    for sweep in range(1, SWEEPS):
        if not len(waiting):
            return found
        touched = _sweep(found, waiting, sweep, frozen)
        waiting = users.of(touched)
    found.complete = not len(waiting)
    return found


class _Users:
    """Which rows a variable stands in."""

    def __init__(self, rows: Packed, many: Positions) -> None:
        self.rows = len(rows.rows)
        terms, owner = _terms(rows, many)
        variables = rows.column[terms]
        order = np.argsort(variables, kind="stable")
        self.row = owner[order]
        self.start = np.searchsorted(variables[order], np.arange(rows.variables + 1))

    def of(self, variables: Positions) -> Positions:
        marked = np.zeros(self.rows, np.bool_)
        marked[self.row[_ranges(self.start[variables], self.start[variables + 1] - self.start[variables])]] = True
        return np.flatnonzero(marked)


def _ranges(starts: Positions, lengths: Positions) -> Positions:
    """start, start + 1, ... for each pair, one behind the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - ends + lengths, lengths)


def _terms(rows: Packed, which: Positions) -> tuple[Positions, Positions]:
    """The terms of some rows, and the row of each."""
    return _ranges(rows.start[which], rows.width[which]), np.repeat(which, rows.width[which])


def _alone(found: Settled, frozen: Flags) -> Positions:
    """What the rows of one variable say."""
    rows = found.rows
    ones = rows.ones[found.alive[rows.ones]]
    term = rows.start[ones]
    variable, times = rows.column[term], rows.times[term]
    rises = times > 0
    unit = np.abs(times) == 1
    low = np.where(rises, rows.low[ones], rows.high[ones]) / times
    high = np.where(rises, rows.high[ones], rows.low[ones]) / times
    low = np.where(unit, low, low - 4 * EPS * np.abs(low))
    high = np.where(unit, high, high + 4 * EPS * np.abs(high))
    return _narrow(found, variable, low, high, ones, 0, frozen)


def _sweep(found: Settled, which: Positions, sweep: int, frozen: Flags) -> Positions:
    """Looks at some rows once, all with the intervals as they stand before."""
    rows = found.rows
    term, owner = _terms(rows, which)
    starts = np.cumsum(rows.width[which]) - rows.width[which]
    at = np.repeat(np.arange(len(which)), rows.width[which])
    variable, times = rows.column[term], rows.times[term]
    rises = times > 0
    with np.errstate(invalid="ignore"):
        least = times * np.where(rises, found.low[variable], found.high[variable])
        most = times * np.where(rises, found.high[variable], found.low[variable])
    below, above = _others(least, starts, at, -1), _others(most, starts, at, 1)
    from_low, from_high = rows.low[which][at] - above, rows.high[which][at] - below
    low = np.where(rises, from_low, from_high) / times
    high = np.where(rises, from_high, from_low) / times
    low, high = low - 6 * EPS * np.abs(low), high + 6 * EPS * np.abs(high)
    low[np.isnan(low)], high[np.isnan(high)] = -np.inf, np.inf
    return _narrow(found, variable, low, high, owner, sweep, frozen)


def _others(values: Numbers, starts: Positions, at: Positions, side: int) -> Numbers:
    """For each term the sum of the other terms of its row, rounded down (-1) or up (1)."""
    open_ = np.isinf(values)
    plain = np.where(open_, 0, values)
    opens = np.add.reduceat(open_, starts, dtype=np.int64)[at] - open_
    total, size = np.add.reduceat(plain, starts), np.add.reduceat(np.abs(plain), starts)
    count = np.diff(np.append(starts, len(values)))
    spread = (size * ((count + 4) * EPS))[at]
    return np.where(opens > 0, side * np.longdouble(np.inf), total[at] - plain + side * spread)


def _narrow(
    found: Settled, variable: Positions, low: Numbers, high: Numbers, by: Positions, sweep: int, frozen: Flags
) -> Positions:
    """Takes the best of the new bounds; a variable whose interval would be empty is left open and no longer moves."""
    was_low, was_high = found.low, found.high
    worth = _WORTH if sweep < _PATIENT else _WORTH_LATE
    with np.errstate(invalid="ignore"):
        room = was_high - was_low
    room = np.where(np.isfinite(room), room, 0)[variable] * (worth if sweep else 0)
    moves = ~frozen[variable]
    now_low, by_low, rose = _best(was_low, variable, low, by, moves & (low > was_low[variable] + room), 1)
    now_high, by_high, fell = _best(was_high, variable, high, by, moves & (high < was_high[variable] - room), -1)
    found._note(rose, by_low, _LOW, sweep)
    found._note(fell, by_high, _HIGH, sweep)
    touched = np.union1d(rose, fell)
    nothing = touched[now_low[touched] > now_high[touched]]
    if len(nothing):
        found.empty.extend((int(at), sweep) for at in nothing)
        frozen[nothing] = True
        now_low[nothing], now_high[nothing] = np.where(found.rows.positive[nothing], 0, -np.inf), np.inf
    found.low, found.high = now_low, now_high
    return touched[~frozen[touched]]


def _best(
    bound: Numbers, variable: Positions, values: Numbers, by: Positions, better: Flags, side: int
) -> tuple[Numbers, Positions, Positions]:
    """The bounds with the tightest of the better ones in place; who gave them, and to which variables."""
    chosen = np.flatnonzero(better)
    if not len(chosen):
        return bound.copy(), chosen, chosen
    chosen = chosen[np.lexsort((side * values[chosen], variable[chosen]))]
    names = variable[chosen]
    last = np.append(np.flatnonzero(names[1:] != names[:-1]), len(names) - 1)
    best = chosen[last]
    now = bound.copy()
    now[names[last]] = values[best]
    return now, by[best], names[last]

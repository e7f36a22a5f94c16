# SPDX-License-Identifier: Apache-2.0
"""Intervals passed along the rows until they settle: what each true value must lie between.

All rows are looked at side by side, in long doubles. Every result is widened by more than the arithmetic can err, so
that an interval that came out empty is empty. Who narrowed a bound, and when, is written down: that is the proof.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from bamsat.core.check.solver.packed import EPS, Flags, Numbers, Packed, Positions, terms_of
from bamsat.core.check.solver.ways import HIGH, LOW, Ways

SWEEPS = 80
_PATIENT = 30
# A bound must move by this part of its interval to be worth passing on; later by more, so that it ends.
_WORTH, _WORTH_LATE = np.longdouble(1e-7), np.longdouble(1e-2)
_NEVER = 1 << 30


@dataclass(frozen=True, slots=True)
class Traced:
    """The rows from which bounds follow, and the bounds on the way, by number."""

    rows: tuple[int, ...]
    events: set[int]


@dataclass(slots=True)
class Settled:
    """The intervals at the end, the variables whose interval came out empty, and how the bounds came about.

    `last` is the number of the latest bound of each key in `ways` (-1 for none), `good` which of the bounds there rest
    on rows that hold.
    """

    rows: Packed
    low: Numbers
    high: Numbers
    alive: Flags
    ways: Ways
    last: Positions
    good: Flags
    empty: list[int] = field(default_factory=list)
    complete: bool = True

    def traced(self, *bounds: tuple[int, int], most: int = _NEVER) -> Traced:
        """How bounds came about: (variable, 0 for the lower or 1 for the upper). It ends early beyond `most` steps."""
        events = self.ways.behind((int(self.last[2 * variable + side]) for variable, side in bounds), most)
        return Traced(tuple(sorted(self.ways.by(events))), events)

    def proof(self, variable: int, traced: Traced) -> tuple[tuple[int, ...], bool]:
        """Rows that leave nothing for a variable in exact arithmetic, and whether none of them is to spare."""
        low, high = int(self.last[2 * variable]), int(self.last[2 * variable + 1])
        if high < 0 or (low < 0 and not self.rows.positive[variable]):
            return (), False
        return self.ways.proof(low, high, traced.events)

    def bound(self, variable: int, side: int) -> Fraction | None:
        """A bound in exact arithmetic, by the way that it was found; None where it is open."""
        last = int(self.last[2 * variable + side])
        if last < 0:
            return Fraction(0) if side == LOW and self.rows.positive[variable] else None
        return self.ways.exact(last)


def settle(rows: Packed, kept: Flags, before: Settled | None = None) -> Settled:
    """Intervals of all variables from the rows that are kept; what still follows of those found before is used."""
    low = np.full(rows.variables, -np.inf, np.longdouble)
    low[rows.positive] = 0
    high = np.full(rows.variables, np.inf, np.longdouble)
    ways = before.ways if before else Ways(rows)
    found = Settled(rows, low, high, kept, ways, np.full(2 * rows.variables, -1), np.zeros(0, np.bool_))
    frozen = np.zeros(rows.variables, np.bool_)
    if before is None:
        ones = rows.ones[kept[rows.ones]]
        waiting = np.zeros(len(rows.rows), np.bool_)
        waiting[rows.many] = True
    else:
        new = kept & ~before.alive
        ones = rows.ones[new[rows.ones]]
        waiting = new | rows.users(_taken_over(found, before, frozen))
    old = len(ways)
    waiting |= rows.users(_alone(found, ones, frozen))
    found.complete = _passed_along(found, waiting, frozen)
    found.good = np.concatenate((found.good, np.ones(len(ways) - old, np.bool_)))
    return found


def _passed_along(found: Settled, waiting: Flags, frozen: Flags) -> bool:
    """Looks at rows again and again until nothing moves; whether it came to that."""
    rows = found.rows
    for sweep in range(SWEEPS):
        which = rows.many[(waiting & found.alive)[rows.many]]
        if not len(which):
            return True
        waiting = rows.users(_sweep(found, which, frozen, sweep > _PATIENT))
    return False


def _taken_over(found: Settled, before: Settled, frozen: Flags) -> Positions:
    """Takes over the bounds that do not rest on a row that is dropped; the variables about which less is known now."""
    ways = found.ways
    if not len(ways):
        return np.zeros(0, np.int64)
    good = np.zeros(len(ways), np.bool_)
    good[: len(before.good)] = before.good
    found.good = good & ~ways.lost(good, found.alive)
    keys, _, values, _, _ = ways.arrays()
    which = np.flatnonzero(found.good)
    found.last[keys[which]] = which  # of several the latest, which is the narrowest
    set_ = np.flatnonzero(found.last >= 0)
    lows, highs = set_[set_ & 1 == LOW], set_[set_ & 1 == HIGH]
    found.low[lows >> 1], found.high[highs >> 1] = values[found.last[lows]], values[found.last[highs]]
    once = np.array(before.empty, np.int64)
    _freeze(found, np.flatnonzero(found.low > found.high), frozen)
    return np.union1d(np.flatnonzero(found.last != before.last) >> 1, once[~frozen[once]])


def _alone(found: Settled, ones: Positions, frozen: Flags) -> Positions:
    """What rows of one variable say."""
    rows = found.rows
    if not len(ones):
        return ones
    term = rows.start[ones]
    variable, times = rows.column[term], rows.times[term]
    rises = times > 0
    unit = np.abs(times) == 1
    low = np.where(rises, rows.low[ones], rows.high[ones]) / times
    high = np.where(rises, rows.high[ones], rows.low[ones]) / times
    low = np.where(unit, low, low - 4 * EPS * np.abs(low))
    high = np.where(unit, high, high + 4 * EPS * np.abs(high))
    return _narrow(found, variable, low, high, ones, frozen, np.longdouble(0))


def _sweep(found: Settled, which: Positions, frozen: Flags, late: bool) -> Positions:
    """Looks at some rows once, all with the intervals as they stand before."""
    rows = found.rows
    term, owner = terms_of(rows, which)
    width = rows.width[which]
    starts = np.cumsum(width) - width
    at = np.repeat(np.arange(len(which)), width)
    variable, times, rises = rows.column[term], rows.times[term], rows.rises[term]
    with np.errstate(invalid="ignore"):
        least = times * np.where(rises, found.low[variable], found.high[variable])
        most = times * np.where(rises, found.high[variable], found.low[variable])
    below, above = _others(least, starts, at, width, -1), _others(most, starts, at, width, 1)
    from_low, from_high = rows.low[which][at] - above, rows.high[which][at] - below
    low = np.where(rises, from_low, from_high) / times
    high = np.where(rises, from_high, from_low) / times
    low, high = low - 6 * EPS * np.abs(low), high + 6 * EPS * np.abs(high)
    low[np.isnan(low)], high[np.isnan(high)] = -np.inf, np.inf
    return _narrow(found, variable, low, high, owner, frozen, _WORTH_LATE if late else _WORTH)


def _others(values: Numbers, starts: Positions, at: Positions, width: Positions, side: int) -> Numbers:
    """For each term the sum of the other terms of its row, rounded down (-1) or up (1)."""
    open_ = np.isinf(values)
    some = open_.any()
    plain = np.where(open_, 0, values) if some else values
    total, size = np.add.reduceat(plain, starts), np.add.reduceat(np.abs(plain), starts)
    bound: Numbers = (total + side * (size * ((width + 4) * EPS)))[at] - plain
    if some:
        opens = np.add.reduceat(open_, starts, dtype=np.int64)[at] - open_
        bound[opens > 0] = side * np.inf
    return bound


def _narrow(
    found: Settled,
    variable: Positions,
    low: Numbers,
    high: Numbers,
    by: Positions,
    frozen: Flags,
    worth: np.longdouble,
) -> Positions:
    """Takes the best of the new bounds where they narrow an interval enough; which variables moved."""
    was_low, was_high = found.low[variable], found.high[variable]
    with np.errstate(invalid="ignore"):
        room = was_high - was_low
    room = np.where(np.isfinite(room), room, 0) * worth
    moves = ~frozen[variable]
    rose = _best(variable, low, moves & (low > was_low + room), 1)
    fell = _best(variable, high, moves & (high < was_high - room), -1)
    if not len(rose) and not len(fell):
        return rose
    keys = np.concatenate((2 * variable[rose] + LOW, 2 * variable[fell] + HIGH))
    values = np.concatenate((low[rose], high[fell]))
    start = len(found.ways)
    found.ways.add(keys, np.concatenate((by[rose], by[fell])), values, found.last, frozen)
    found.last[keys] = np.arange(start, start + len(keys))
    found.low[variable[rose]], found.high[variable[fell]] = low[rose], high[fell]
    touched = np.union1d(variable[rose], variable[fell])
    _freeze(found, touched[found.low[touched] > found.high[touched]], frozen)
    return touched[~frozen[touched]]


def _freeze(found: Settled, empty: Positions, frozen: Flags) -> None:
    """A variable whose interval would be empty is left open and no longer moves, so that nonsense does not spread."""
    if len(empty):
        found.empty += empty.tolist()
        frozen[empty] = True
        found.low[empty], found.high[empty] = np.where(found.rows.positive[empty], 0, -np.inf), np.inf


def _best(variable: Positions, values: Numbers, better: Flags, side: int) -> Positions:
    """Of the better bounds the tightest for each variable."""
    chosen = np.flatnonzero(better)
    if len(chosen) < 2:
        return chosen
    chosen = chosen[np.lexsort((side * values[chosen], variable[chosen]))]
    names = variable[chosen]
    best: Positions = chosen[np.append(names[1:] != names[:-1], True)]
    return best

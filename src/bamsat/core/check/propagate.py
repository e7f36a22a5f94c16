# SPDX-License-Identifier: Apache-2.0
"""Intervals passed along the rows until they settle: what each true value must lie between.

All rows are looked at side by side, in long doubles. Every result is widened by more than the arithmetic can err, so
that an interval that came out empty is empty. Who narrowed a bound, and when, is written down: that is the proof.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from bamsat.core.check.packed import EPS, Flags, Numbers, Packed, Positions, exact, terms_of

SWEEPS = 80
_PATIENT = 30
# A bound must move by this part of its interval to be worth passing on; later by more, so that it ends.
_WORTH, _WORTH_LATE = np.longdouble(1e-7), np.longdouble(1e-2)
_LOW, _HIGH = 0, 1
_NEVER = 1 << 30
# A bound as it was set: variable, side, sweep.
_Event = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Sweep:
    """What moved in one sweep: bounds (twice the variable, plus one for the upper), rows that moved them, values."""

    number: int
    keys: Positions
    by: Positions
    values: Numbers


@dataclass(frozen=True, slots=True)
class Traced:
    """The rows from which a bound follows, and the row of each bound on the way: (variable, side, sweep)."""

    rows: tuple[int, ...]
    events: dict[_Event, int]


@dataclass(slots=True)
class Settled:
    """The intervals at the end, the variables whose interval came out empty, and who narrowed what in which sweep."""

    rows: Packed
    low: Numbers
    high: Numbers
    alive: Flags
    empty: list[tuple[int, int]] = field(default_factory=list)
    complete: bool = True
    _sweeps: list[_Sweep] = field(default_factory=list)
    _index: tuple[list[int], list[int], list[int]] | None = None
    _known: dict[_Event, Fraction | None] = field(default_factory=dict)

    def _event(self, variable: int, side: int, before: int) -> tuple[int, int] | None:
        """The row that gave a bound as it stood before a sweep, and the sweep in which it did."""
        if not self._sweeps:
            return None
        if self._index is None:
            keys = np.concatenate([one.keys for one in self._sweeps])
            order = np.argsort(keys, kind="stable")
            ends = np.searchsorted(keys[order], np.arange(2 * self.rows.variables + 1))
            rows = np.concatenate([one.by for one in self._sweeps])
            numbers = np.concatenate([np.full(len(one.keys), one.number) for one in self._sweeps])
            self._index = ends.tolist(), rows[order].tolist(), numbers[order].tolist()
        first, by, when = self._index
        start, end = first[2 * variable + side], first[2 * variable + side + 1]
        found = bisect_left(when, before, start, end) - 1
        return (by[found], when[found]) if found >= start else None

    def traced(self, *bounds: tuple[int, int], most: int = _NEVER) -> Traced:
        """How bounds came about: (variable, 0 for the lower or 1 for the upper). It ends early beyond `most` steps."""
        events: dict[_Event, int] = {}
        waiting = [(variable, side, _NEVER) for variable, side in bounds]
        rows = self.rows.rows
        while waiting and len(events) <= most:
            variable, side, sweep = waiting.pop()
            event = self._event(variable, side, sweep)
            if event is None or (variable, side, event[1]) in events:
                continue
            row, when = event
            events[variable, side, when] = row
            terms = rows[row].terms
            if len(terms) > 1:
                rises = next(times for at, times in terms if at == variable) > 0
                waiting += [
                    (at, 1 - side if (times > 0) is rises else side, when) for at, times in terms if at != variable
                ]
        return Traced(tuple(sorted(set(events.values()))), events)

    def proof(self, variable: int, traced: Traced) -> tuple[tuple[int, ...], bool]:
        """Rows that leave nothing for a variable in exact arithmetic, and whether none of them is to spare.

        From the contradiction backwards it is known by how much it would shrink with each bound. A lower bound that the
        sign of the value can stand in for is to spare, with all that it came from. None of the others is when every
        value on the way was bounded once: then a single linear relation ties the rows.
        """
        low, high = self.bound(variable, _LOW), self.bound(variable, _HIGH)
        if low is None or high is None or low <= high:
            return (), False
        gap = low - high
        pulls: dict[_Event, Fraction] = {}
        for name in sorted(traced.events, key=lambda event: -event[2]):
            if name[0] == variable:
                pulls.update({name: Fraction(1)} if name[2] == self._last(variable, name[1]) else {})
            if name not in pulls:
                continue
            value = self.bound(name[0], name[1], name[2] + 1)
            if name[1] == _LOW and self.rows.positive[name[0]] and value is not None and pulls[name] * value < gap:
                gap -= pulls.pop(name) * value
                continue
            self._pull(name, traced.events[name], pulls)
        rows = {traced.events[name] for name in pulls}
        constraints = {int(self.rows.owner[row]) for row in rows}
        once = len({name[0] for name in pulls}) + (len({name[1] for name in pulls if name[0] == variable}) == 2)
        return tuple(sorted(rows)), len(pulls) == len(constraints) == once

    def _last(self, variable: int, side: int) -> int:
        event = self._event(variable, side, _NEVER)
        return event[1] if event else -1

    def _pull(self, name: _Event, row: int, pulls: dict[_Event, Fraction]) -> None:
        """Passes on to the bounds that a bound was reckoned from how much depends on it."""
        variable, side, sweep = name
        own = next(times for at, times in self.rows.rows[row].terms if at == variable)
        for other, at, times in self._others(row, variable, side):
            event = self._event(other, at, sweep)
            if event is not None:
                key = (other, at, event[1])
                pulls[key] = pulls.get(key, 0) + pulls[name] * abs(Fraction(times, own))

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


def settle(rows: Packed, kept: Flags, before: Settled | None = None) -> Settled:
    """Intervals of all variables from the rows that are kept; what still follows of those found before is used."""
    low = np.full(rows.variables, -np.inf, np.longdouble)
    low[rows.positive] = 0
    found = Settled(rows, low, np.full(rows.variables, np.inf, np.longdouble), kept)
    frozen = np.zeros(rows.variables, np.bool_)
    if before is None:
        ones, first = rows.ones[kept[rows.ones]], 1
        waiting = np.zeros(len(rows.rows), np.bool_)
        waiting[rows.many] = True
    else:
        new = kept & ~before.alive
        ones, first = rows.ones[new[rows.ones]], before._sweeps[-1].number + 1 if before._sweeps else 1
        waiting = new | rows.users(_taken_over(found, before, frozen))
    waiting |= rows.users(_alone(found, ones, first - 1, frozen))
    for sweep in range(first, first + SWEEPS):
        which = rows.many[(waiting & kept)[rows.many]]
        if not len(which):
            return found
        waiting = rows.users(_sweep(found, which, sweep, frozen, sweep - first > _PATIENT))
    found.complete = False
    return found


def _taken_over(found: Settled, before: Settled, frozen: Flags) -> Positions:
    """Takes over the bounds that do not rest on a row that is dropped; the variables about which less is known now."""
    size = 2 * found.rows.variables
    lost = np.zeros(size, np.bool_)
    for sweep in before._sweeps:
        good = found.alive[sweep.by] & ~_rests_on(found.rows, sweep, lost)
        lost[sweep.keys] = ~good
        if good.any():
            keys, values = sweep.keys[good], sweep.values[good]
            found._sweeps.append(_Sweep(sweep.number, keys, sweep.by[good], values))
            lows = keys % 2 == _LOW
            found.low[keys[lows] // 2], found.high[keys[~lows] // 2] = values[lows], values[~lows]
    once = np.array([variable for variable, _ in before.empty], np.int64)
    _freeze(found, np.flatnonzero(found.low > found.high), 0, frozen)
    return np.union1d(np.flatnonzero(lost) // 2, once[~frozen[once]])


def _rests_on(rows: Packed, sweep: _Sweep, lost: Flags) -> Flags:
    """Which of the bounds that moved in a sweep were reckoned from a bound that is lost."""
    term, _ = terms_of(rows, sweep.by)
    width = rows.width[sweep.by]
    starts = np.cumsum(width) - width
    at = np.repeat(np.arange(len(sweep.by)), width)
    variable, times = rows.column[term], rows.times[term] > 0
    own = variable == (sweep.keys // 2)[at]
    rises = np.logical_or.reduceat(own & times, starts)[at]
    upper = (sweep.keys % 2 == _HIGH)[at] ^ (times == rises)
    found: Flags = np.logical_or.reduceat(~own & lost[2 * variable + upper], starts)
    return found


def _alone(found: Settled, ones: Positions, sweep: int, frozen: Flags) -> Positions:
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
    return _narrow(found, variable, low, high, ones, sweep, frozen, np.longdouble(0))


def _sweep(found: Settled, which: Positions, sweep: int, frozen: Flags, late: bool) -> Positions:
    """Looks at some rows once, all with the intervals as they stand before."""
    rows = found.rows
    term, owner = terms_of(rows, which)
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
    return _narrow(found, variable, low, high, owner, sweep, frozen, _WORTH_LATE if late else _WORTH)


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
    found: Settled,
    variable: Positions,
    low: Numbers,
    high: Numbers,
    by: Positions,
    sweep: int,
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
    keys = np.concatenate((2 * variable[rose] + _LOW, 2 * variable[fell] + _HIGH))
    values = np.concatenate((low[rose], high[fell]))
    found._sweeps.append(_Sweep(sweep, keys, np.concatenate((by[rose], by[fell])), values))
    found.low[variable[rose]], found.high[variable[fell]] = low[rose], high[fell]
    touched = np.union1d(variable[rose], variable[fell])
    _freeze(found, touched[found.low[touched] > found.high[touched]], sweep, frozen)
    return touched[~frozen[touched]]


def _freeze(found: Settled, empty: Positions, sweep: int, frozen: Flags) -> None:
    """A variable whose interval would be empty is left open and no longer moves, so that nonsense does not spread."""
    if len(empty):
        found.empty.extend((int(at), sweep) for at in empty)
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

# SPDX-License-Identifier: Apache-2.0
"""How bounds came about: which row narrowed what, and from which earlier bounds. That is the proof of an interval.

Nothing that was written down is changed. A bound is named by its number; what it was reckoned from has smaller numbers,
so that going through the numbers upwards or downwards is going along the proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd

import numpy as np

from bamsat.core.check.solver.packed import Flags, Numbers, Packed, Positions, terms_of

LOW, HIGH = 0, 1
# A bound as a numerator and a denominator; None where it is open.
_Exact = tuple[int, int] | None


@dataclass(slots=True)
class Ways:
    """All bounds that were ever found for a network, in the order in which they were found.

    A bound belongs to a key (twice the variable, plus one for the upper), was given by the row `by` and reckoned from
    the bounds since[first] to since[next first], one for each term of that row: -1 for the value itself, and where
    nothing was known but its sign. `ends` are the ends of sweeps: no bound rests on another of its own sweep.
    """

    rows: Packed
    ends: list[int] = field(default_factory=lambda: [0])
    _new: list[tuple[Positions, Positions, Numbers, Positions]] = field(default_factory=list)
    _arrays: tuple[Positions, Positions, Numbers, Positions, Positions] | None = None
    _key: list[int] = field(default_factory=list)
    _by: list[int] = field(default_factory=list)
    _first: list[int] = field(default_factory=lambda: [0])
    _since: list[int] = field(default_factory=list)
    _older: dict[int, list[int]] = field(default_factory=dict)
    _known: dict[int, _Exact] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.ends[-1]

    def add(self, keys: Positions, by: Positions, values: Numbers, last: Positions, frozen: Flags) -> None:
        """Writes down what moved in a sweep; `last` are the bounds of all keys before it."""
        rows = self.rows
        term, _ = terms_of(rows, by)
        width = rows.width[by]
        at = np.repeat(np.arange(len(by)), width)
        variable, rises = rows.column[term], rows.rises[term]
        own = variable == (keys >> 1)[at]
        same = rises == rises[own][at]
        since = np.where(own | frozen[variable], -1, last[2 * variable + (same ^ (keys & 1).astype(np.bool_)[at])])
        self._new.append((keys, by, values, since))
        self.ends.append(self.ends[-1] + len(keys))
        self._by += by.tolist()
        self._key += keys.tolist()
        self._since += since.tolist()
        self._first += (np.cumsum(width) + self._first[-1]).tolist()

    def arrays(self) -> tuple[Positions, Positions, Numbers, Positions, Positions]:
        """Keys, rows, values, what each bound is since, and where that starts."""
        if self._new:
            older = [self._arrays[:4]] if self._arrays else []
            keys, by, values, since = (np.concatenate(parts) for parts in zip(*older, *self._new, strict=True))
            first = np.cumsum(self.rows.width[by]) - self.rows.width[by]
            self._arrays, self._new = (keys, by, values, since, first), []
        assert self._arrays is not None
        return self._arrays

    def lost(self, good: Flags, alive: Flags) -> Flags:
        """Which of the good bounds rest on rows that hold no more."""
        _, by, _, since, first = self.arrays()
        lost = np.zeros(len(by) + 1, np.bool_)  # the last stands for -1
        lost[:-1] = good & ~alive[by]
        begin = int(np.argmax(lost))
        if not lost[begin]:
            return lost[:-1]
        for start, end in zip(self.ends, self.ends[1:], strict=False):
            if end > begin:
                stop = first[end] if end < len(first) else len(since)
                lost[start:end] |= np.logical_or.reduceat(
                    lost[since[first[start] : stop]], first[start:end] - first[start]
                )
        return lost[:-1] & good

    def behind(self, bounds: Iterable[int], most: int) -> set[int]:
        """All bounds from which some follow, and these themselves. It ends early beyond `most`."""
        found: set[int] = set()
        waiting = [one for one in bounds if one >= 0]
        older = self._older
        while waiting and len(found) <= most:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                if one not in older:
                    older[one] = [at for at in self._of(one) if at >= 0]
                waiting += older[one]
        return found

    def _of(self, bound: int) -> list[int]:
        return self._since[self._first[bound] : self._first[bound + 1]]

    def by(self, bounds: Iterable[int]) -> set[int]:
        """The rows that gave some bounds."""
        return {self._by[one] for one in bounds}

    def exact(self, bound: int) -> Fraction | None:
        """A bound in exact arithmetic, by the way that it was found; None where it is open."""
        found = self._exact(bound)
        return None if found is None else Fraction(*found)

    def _exact(self, bound: int) -> _Exact:
        known = self._known
        if bound not in known:
            needed: set[int] = set()
            waiting = [bound]
            while waiting:
                one = waiting.pop()
                if one not in needed:
                    needed.add(one)
                    waiting += [at for at in self._of(one) if at >= 0 and at not in known]
            for one in sorted(needed):
                known[one] = self._reckoned(one)
        return known[bound]

    def _reckoned(self, bound: int) -> _Exact:
        """A bound from those that it rests on."""
        variable, side = self._key[bound] >> 1, self._key[bound] & 1
        row = self.rows.rows[self._by[bound]]
        own = next(times for at, times in row.terms if at == variable)
        total, over = (row.low if (own > 0) is (side == LOW) else row.high), row.over
        if total is None:
            return None
        for (other, times), since in zip(row.terms, self._of(bound), strict=True):
            if other == variable:
                continue
            if since < 0:
                of = side if (times > 0) is not (own > 0) else 1 - side
                if of == HIGH or not self.rows.positive[other]:
                    return None
                continue
            known = self._known[since]
            if known is None:
                return None
            value, divisor = known
            if divisor == over:
                total -= times * value
            elif divisor == 1:
                total -= times * value * over
            else:
                total, over = total * divisor - times * value * over, over * divisor
        total, over = (total, over * own) if own > 0 else (-total, -over * own)
        common = gcd(total, over)
        return total // common, over // common

    def proof(self, low: int, high: int, events: Iterable[int]) -> tuple[tuple[int, ...], bool]:
        """Rows that leave nothing between two bounds in exact arithmetic, and whether none of them is to spare.

        From the contradiction backwards it is known by how much it would shrink with each bound. A lower bound that the
        sign of the value can stand in for is to spare, with all that it came from. None of the others is when every
        value on the way was bounded once: then a single linear relation ties the rows.
        """
        least, most = self.exact(low) if low >= 0 else Fraction(0), self.exact(high)
        if least is None or most is None or least <= most:
            return (), False
        gap = least - most
        pulls: dict[int, int | Fraction] = {one: 1 for one in (low, high) if one >= 0}
        for bound in sorted(events, reverse=True):
            pull = pulls.get(bound)
            if pull is None:
                continue
            spare = self._to_spare(bound, pull, gap)
            if spare is None:
                self._pull(bound, pull, pulls)
            else:
                gap -= spare
                del pulls[bound]
        rows = self.by(pulls)
        constraints = {self.rows.owners_[row] for row in rows}
        once = len({self._key[one] >> 1 for one in pulls}) + (low in pulls and high in pulls)
        return tuple(sorted(rows)), len(pulls) == len(constraints) == once

    def _to_spare(self, bound: int, pull: int | Fraction, gap: Fraction) -> Fraction | None:
        """What the contradiction shrinks by when only the sign of a value is used, if it can do with that."""
        if self._key[bound] & 1 or not self.rows.positive[self._key[bound] >> 1]:
            return None
        known = self._exact(bound)
        if known is None or (known[0] * gap.denominator > 2 * gap.numerator * known[1] and pull >= 1):
            return None
        spare = pull * Fraction(*known)
        return spare if spare < gap else None

    def _pull(self, bound: int, pull: int | Fraction, pulls: dict[int, int | Fraction]) -> None:
        """Passes on to the bounds that a bound was reckoned from how much depends on it."""
        terms, variable = self.rows.rows[self._by[bound]].terms, self._key[bound] >> 1
        if len(terms) == 1:
            return
        own = abs(next(times for at, times in terms if at == variable))
        for (_, times), since in zip(terms, self._of(bound), strict=True):
            if since >= 0:
                share = pull if abs(times) == own else pull * Fraction(abs(times), own)
                pulls[since] = pulls.get(since, 0) + share

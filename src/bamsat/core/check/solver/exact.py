# SPDX-License-Identifier: Apache-2.0
"""Exact arithmetic over a few rows: whether they can all hold, and if not, which of them cannot and none to spare.

The general simplex of Dutertre and de Moura (2006) in fractions. When it stops at a row that no exchange can mend, that
row and those that hold it back are tied by a single linear relation (Farkas): with their bounds it is impossible, and
without any one of them the others are independent of each other, so that they can all hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from math import gcd

from bamsat.core.check.model import Row
from bamsat.core.check.solver.packed import exact

# The reason of a bound that no row gives: the value may not be negative.
SIGN = -1
_MOST_EXCHANGES = 600
_Bound = tuple[Fraction, int]


def impossible(
    rows: Sequence[Row], positive: Callable[[int], bool], owner: Sequence[int] = (), bases: Collection[int] = ()
) -> list[int] | None:
    """Positions of rows that cannot all hold, none to spare; None when all can hold.

    `bases` are rows that only say that a base is positive, `owner` tells which rows were said in one. Where something
    else in the proof has said so too, a level is not called upon for what the least of a base can do.

    >>> impossible([Row(((0, 1),), 5, 6), Row(((1, 1),), 1, 2), Row(((0, 1), (1, -2)), 0, 0)], lambda at: True)
    [0, 1, 2]
    >>> impossible([Row(((0, 1),), 4, 6), Row(((1, 1),), 1, 2), Row(((0, 1), (1, -2)), 0, 0)], lambda at: True)
    """
    found = _Simplex(rows, positive, owner, bases).run()
    return None if found is None else sorted(found - {SIGN})


class _Simplex:
    """Variables are the values and, behind them, one for each row of several values; rows are kept as equations."""

    def __init__(
        self, rows: Sequence[Row], positive: Callable[[int], bool], owner: Sequence[int], bases: Collection[int]
    ) -> None:
        names = sorted({variable for row in rows for variable, _ in row.terms})
        at = {variable: position for position, variable in enumerate(names)}
        self.lower: dict[int, _Bound] = {at[name]: (Fraction(0), SIGN) for name in names if positive(name)}
        self.upper: dict[int, _Bound] = {}
        self.least: dict[int, list[_Bound]] = {variable: [bound] for variable, bound in self.lower.items()}
        self.owner = owner
        # In whole numbers: a basic variable times its share is the sum of the terms.
        self.equation: dict[int, dict[int, int]] = {}
        self.share: dict[int, int] = {}
        self.value: dict[int, Fraction] = {}
        for position, row in enumerate(rows):
            low, high = exact(row)
            if len(row.terms) == 1:
                variable, times = row.terms[0]
                low, high = (None if b is None else b / times for b in ((low, high) if times > 0 else (high, low)))
                self._bound(at[variable], low, high, position)
                if position in bases and low is not None:
                    self.least.setdefault(at[variable], []).append((low, position))
            else:
                new = len(names) + position
                self.equation[new] = {at[variable]: times for variable, times in row.terms}
                self.share[new] = 1
                self._bound(new, low, high, position)
        for variable in range(len(names)):
            start = self.lower.get(variable) or self.upper.get(variable)
            self.value[variable] = start[0] if start else Fraction(0)
        for basic, equation in self.equation.items():
            self.value[basic] = sum((times * self.value[v] for v, times in equation.items()), Fraction(0))

    def _bound(self, variable: int, low: Fraction | None, high: Fraction | None, reason: int) -> None:
        if low is not None and (variable not in self.lower or low > self.lower[variable][0]):
            self.lower[variable] = (low, reason)
        if high is not None and (variable not in self.upper or high < self.upper[variable][0]):
            self.upper[variable] = (high, reason)

    def run(self) -> set[int] | None:
        for variable, (high, reason) in self.upper.items():
            if variable in self.lower and self.lower[variable][0] > high:
                return {reason, self.lower[variable][1]}
        for _ in range(_MOST_EXCHANGES):
            wrong = self._wrong()
            if wrong is None:
                return None
            basic, target, rises = wrong
            entering = self._helps(basic, rises)
            if entering is None:
                return self._why(basic, rises)
            self._exchange(basic, entering, target)
        return None

    def _wrong(self) -> tuple[int, Fraction, bool] | None:
        for basic in sorted(self.equation):
            value = self.value[basic]
            if basic in self.lower and value < self.lower[basic][0]:
                return basic, self.lower[basic][0], True
            if basic in self.upper and value > self.upper[basic][0]:
                return basic, self.upper[basic][0], False
        return None

    def _helps(self, basic: int, rises: bool) -> int | None:
        """The first value (Bland's rule, so that it ends) that has room to move the row where it must go."""
        equation = self.equation[basic]
        for other in sorted(equation):
            if (equation[other] > 0) is rises:
                if other not in self.upper or self.value[other] < self.upper[other][0]:
                    return other
            elif other not in self.lower or self.value[other] > self.lower[other][0]:
                return other
        return None

    def _why(self, basic: int, rises: bool) -> set[int]:
        """The bounds that hold a row back; a lower bound gives way to the least that its value can be, if that does."""
        bound = (self.lower if rises else self.upper)[basic]
        gap = abs(bound[0] - self.value[basic])
        sides = [(basic, Fraction(1), rises)]
        sides += [
            (other, Fraction(abs(times), self.share[basic]), (times > 0) is not rises)
            for other, times in self.equation[basic].items()
        ]
        reasons, loose = set(), []
        for variable, times, lower in sides:
            if lower and variable in self.least:
                loose.append((times, variable))
            else:
                reasons.add((self.lower if lower else self.upper)[variable][1])
        said = {self.owner[reason] for reason in reasons if reason != SIGN} if self.owner else set()
        for times, variable in sorted(loose, key=lambda one: (one[0] * self.lower[one[1]][0], one[1])):
            low, reason = self.lower[variable]
            for least, why in self.least[variable]:
                if times * (low - least) < gap and (why == SIGN or self.owner[why] in said):
                    gap, reason = gap - times * (low - least), why
                    break
            reasons.add(reason)
        return reasons

    def _exchange(self, basic: int, entering: int, target: Fraction) -> None:
        solved, share = self.equation.pop(basic), self.share.pop(basic)
        times = solved.pop(entering)
        step = (target - self.value[basic]) * share / times
        self.value[basic] = target
        self.value[entering] += step
        sign = 1 if times > 0 else -1
        solved = {other: -sign * coefficient for other, coefficient in solved.items()}
        solved[basic], times = sign * share, abs(times)
        for row, terms in self.equation.items():
            own = terms.pop(entering, None)
            if own is not None:
                self.value[row] += own * step / self.share[row]
                self._insert(row, terms, own, solved, times)
        self.equation[entering], self.share[entering] = solved, times

    def _insert(self, row: int, terms: dict[int, int], own: int, solved: dict[int, int], times: int) -> None:
        """Puts into a row what one of its variables, that had the coefficient `own`, is: solved / times."""
        common = gcd(own, times)
        own, times = own // common, times // common
        if times != 1:
            for other in terms:
                terms[other] *= times
        for other, coefficient in solved.items():
            total = terms.get(other, 0) + own * coefficient
            if total:
                terms[other] = total
            else:
                del terms[other]
        share = self.share[row] * times
        common = gcd(share, *terms.values())
        if common != 1:
            self.equation[row] = {other: coefficient // common for other, coefficient in terms.items()}
        self.share[row] = share // common

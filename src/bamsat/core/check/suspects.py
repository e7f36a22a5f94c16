# SPDX-License-Identifier: Apache-2.0
"""Who in a conflict may be the wrong one: those that alone mend it first, and what each would have to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np

from bamsat.core.check.conflicts import Group, Search, Thing
from bamsat.core.check.model import Conflict, Interval, Row, Suspect
from bamsat.core.check.nearby import Span, outward, spans
from bamsat.core.check.packed import alive

_MOST_ROUNDS = 16
_FAR, _MOST_ROWS = 5, 250


def judged(search: Search) -> list[Conflict]:
    """One conflict for each thing that is blamed: the smallest, with its suspects."""
    alone = _alone(search)
    near = _Near(search)
    return [_conflict(search, near, thing, alone[thing]) for thing in sorted(search.blamed) if thing in alone]


def _own(search: Search, blamed: set[Thing]) -> dict[Thing, list[frozenset[int]]]:
    """For each that is blamed, the conflicts in which nobody else is."""
    own: dict[Thing, list[frozenset[int]]] = {}
    for constraints, group in search.known.items():
        hit = group & blamed
        if len(hit) == 1:
            own.setdefault(next(iter(hit)), []).append(constraints)
    return own


def _alone(search: Search) -> dict[Thing, set[Thing]]:
    """For each that is blamed, all who could be wrong in its place. They are tried all at once, as they rarely meet."""
    sure: dict[Thing, set[Thing]] = {thing: {thing} for thing in search.blamed}
    wrong: dict[Thing, set[Thing]] = {thing: set() for thing in search.blamed}
    blamed = frozenset(search.blamed)
    apart = False
    for _ in range(_MOST_ROUNDS):
        own = _own(search, set(blamed))
        trial: dict[Thing, Thing] = {}
        for thing in blamed:
            common = (
                frozenset.intersection(*(search.known[one] for one in own[thing])) if own.get(thing) else frozenset()
            )
            open_ = common - sure[thing] - wrong[thing]
            if open_ and not (apart and trial):
                trial[thing] = min(open_, key=lambda one: (search.weight(one), one))
        if not trial:
            break
        found = [search.kept(one) for one in search.conflicts((blamed - trial.keys()) | set(trial.values()))]
        apart = _judge(found, trial, sure, wrong)
    return {thing: sure[thing] for thing in blamed}


def _judge(
    found: Sequence[Group], trial: dict[Thing, Thing], sure: dict[Thing, set[Thing]], wrong: dict[Thing, set[Thing]]
) -> bool:
    """Notes who stood the trial and who did not; whether they stood in each other's way."""
    if not found:
        for thing, other in trial.items():
            sure[thing].add(other)
        return False
    refuted = [set(group) & trial.keys() for group in found]
    for things in refuted:
        if len(things) == 1:
            thing = things.pop()
            wrong[thing].add(trial[thing])
    return not any(len(things) == 0 for things in refuted)


def _conflict(search: Search, near: _Near, thing: Thing, alone: set[Thing]) -> Conflict:
    own = _own(search, search.blamed)[thing]
    constraints = min(own, key=lambda one: (len(one), sorted(one)))
    every = search.rows.network.constraints
    seen = Counter(name for group in search.known.values() for name in group)
    things = sorted(
        {figure for at in constraints if (figure := every[at].figure) is not None},
        key=lambda one: (one not in alone, search.weight(one), -seen[one], one),
    )
    others = search.blamed - {thing}
    suspects = tuple(Suspect(one, one in alone, near.allowed(one, constraints, others, one in alone)) for one in things)
    return Conflict(
        tuple(sorted(constraints)), suspects, tuple(sorted({every[at].assumed for at in constraints} - {""}))
    )


class _Near:
    """The rows around a figure, and what they leave for it."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.positive = lambda at: bool(search.rows.positive[at])
        packed = search.rows
        order = np.argsort(packed.column, kind="stable")
        self.users = np.repeat(np.arange(len(packed.rows)), packed.width)[order]
        self.start = np.searchsorted(packed.column[order], np.arange(packed.variables + 1))

    def allowed(self, figure: int, conflict: frozenset[int], others: set[Thing], widely: bool) -> Interval:
        """What others leave for a figure: all around it when it alone is wrong, else those of the conflict."""
        every = self.search.rows.network.constraints
        own = self.search.of_things([figure]) - self.search.left_out
        of_figure = [row for at in sorted(own) for row in every[at].rows]
        said = [at for at in sorted(conflict) if every[at].figure != figure]
        known = spans([row for at in said for row in every[at].rows], self.positive)
        if widely:
            wide = spans(self._around(figure, others), self.positive)
            known = wide if all(_is_open(span) for span in wide.values()) else known
        return Interval(*outward(*_measured(of_figure[0], known)), tuple(said))

    def _around(self, figure: int, others: Iterable[Thing]) -> list[Row]:
        search = self.search
        kept = alive(search.rows, search.dropped([*others, figure]))
        every = search.rows.network.constraints
        own = search.of_things([figure]) - search.left_out
        waiting = {variable for at in own for row in every[at].rows for variable, _ in row.terms}
        seen, rows = set(waiting), dict[int, None]()
        for _ in range(_FAR):
            next_: set[int] = set()
            for variable in sorted(waiting):
                for row in self.users[self.start[variable] : self.start[variable + 1]].tolist():
                    if kept[row] and row not in rows and len(rows) < _MOST_ROWS:
                        rows[row] = None
                        next_.update(other for other, _ in search.rows.rows[row].terms)
            waiting = next_ - seen
            seen |= next_
        return [search.rows.rows[row] for row in rows]


def _is_open(span: Span) -> bool:
    return span[0] is None or span[1] is None or span[0] <= span[1]


def _measured(row: Row, known: dict[int, Span]) -> Span:
    """A level in its unit; a ratio as 100 times the upper by the lower; a difference as it is."""
    (first, times), *rest = row.terms
    upper = known.get(first, (None, None))
    if not rest:
        return upper
    lower = known.get(rest[0][0], (None, None))
    if len(rest) == 1 and not row.low and not row.high:
        return _quotient(upper, lower)
    if len(rest) == 1 and times == -rest[0][1]:
        return (
            None if upper[0] is None or lower[1] is None else upper[0] - lower[1],
            None if upper[1] is None or lower[0] is None else upper[1] - lower[0],
        )
    return None, None


def _quotient(upper: Span, lower: Span) -> Span:
    least, most = lower
    if least is None or least <= 0:
        return (Fraction(0) if upper[0] is not None and upper[0] >= 0 else None), None
    low, high = upper
    by_low = most if low is not None and low >= 0 else least
    by_high = least if high is not None and high >= 0 else most
    return (
        None if low is None else Fraction(0) if by_low is None else 100 * low / by_low,
        None if high is None else Fraction(0) if by_high is None else 100 * high / by_high,
    )

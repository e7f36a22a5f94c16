# SPDX-License-Identifier: Apache-2.0
"""Who in a conflict may be the wrong one: those that alone mend it first, and what each would have to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from fractions import Fraction

from bamsat.core.check.mending.nearby import Span, outward, spans
from bamsat.core.check.model import Conflict, Interval, Row, Suspect
from bamsat.core.check.solver.conflicts import Search, Thing
from bamsat.core.check.solver.propagate import Settled

_MOST_ROUNDS = 16
# What a figure would have to be is worked out for those that alone mend everything, and for some others of a conflict
# that can be read.
_MOST_OTHERS, _LONG = 8, 24
_UNSAID = Interval(None, None)
# For who alone could be wrong: the intervals when that one is left out.
_Sure = dict[Thing, Settled]


def judged(search: Search, settled: Settled) -> list[Conflict]:
    """One conflict for each thing that is blamed: the smallest, with its suspects.

    `settled` are the intervals without those blamed.
    """
    sure: dict[Thing, _Sure] = {thing: {thing: settled} for thing in search.blamed}
    own = _own(search, search.blamed)
    _others(search, sure)
    return [_conflict(search, own[thing], sure[thing]) for thing in sorted(search.blamed) if thing in own]


def _own(search: Search, blamed: Collection[Thing]) -> dict[Thing, list[frozenset[int]]]:
    """For each that is blamed, the conflicts in which nobody else is."""
    own: dict[Thing, list[frozenset[int]]] = {}
    for constraints, group in search.known.items():
        hit = group.intersection(blamed)
        if len(hit) == 1:
            own.setdefault(next(iter(hit)), []).append(constraints)
    return own


def _others(search: Search, sure: dict[Thing, _Sure]) -> None:
    """Finds all who could be wrong in the place of one that is blamed; tried all at once, as they rarely meet."""
    wrong: dict[Thing, set[Thing]] = {thing: set() for thing in sure}
    apart = False
    for _ in range(_MOST_ROUNDS):
        if search.over:
            return
        own = _own(search, sure.keys())
        trial: dict[Thing, Thing] = {}
        for thing, conflicts in own.items():
            open_ = (
                frozenset.intersection(*(search.known[one] for one in conflicts)) - sure[thing].keys() - wrong[thing]
            )
            if open_ and not (apart and trial):
                trial[thing] = min(open_, key=lambda one: (search.weight(one), one))
        if not trial:
            return
        found, settled = search.look((sure.keys() - trial.keys()) | set(trial.values()))
        if not found:
            for thing, other in trial.items():
                sure[thing][other] = settled
        refuted = [trial.keys() & group for group in found]
        for things in refuted:
            if len(things) == 1:
                thing = next(iter(things))
                wrong[thing].add(trial[thing])
        apart = bool(found) and not any(len(things) == 1 for things in refuted)


def _conflict(search: Search, own: Sequence[frozenset[int]], sure: _Sure) -> Conflict:
    constraints = min(own, key=lambda one: (len(one), sorted(one)))
    every = search.rows.network.constraints
    seen = Counter(name for one in own for name in search.known[one])
    figures = sorted(
        {figure for at in constraints if (figure := every[at].figure) is not None},
        key=lambda one: (one not in sure, search.weight(one), -seen[one], one),
    )
    few = len(sure) + _MOST_OTHERS if len(constraints) <= _LONG else len(sure)
    suspects = tuple(
        Suspect(one, one in sure, _allowed(search, one, constraints, sure.get(one)) if at < few else _UNSAID)
        for at, one in enumerate(figures)
    )
    return Conflict(
        tuple(sorted(constraints)), suspects, tuple(sorted({every[at].assumed for at in constraints} - {""}))
    )


def _allowed(search: Search, figure: int, conflict: frozenset[int], settled: Settled | None) -> Interval:
    """What is left for a figure: by everything else when it alone is wrong, otherwise by the others of the conflict."""
    every = search.rows.network.constraints
    row = next(row for at in sorted(search.of_things([figure]) - search.left_out) for row in every[at].rows)
    others = [at for at in sorted(conflict) if every[at].figure != figure]
    known: dict[int, Span] = {}
    if settled is not None:
        known = {variable: (settled.bound(variable, 0), settled.bound(variable, 1)) for variable, _ in row.terms}
    positive = search.positive
    if settled is None or not all(_is_open(span) for span in known.values()):
        known = spans([row for at in others for row in every[at].rows], positive)
    low, high = _measured(row, known)
    if _is_ratio(row) and not (low and high):
        low, high = _at_any_scale(row, [row for at in others for row in every[at].rows], positive)
    return Interval(*outward(low, high), tuple(others))


def _is_ratio(row: Row) -> bool:
    return len(row.terms) == 2 and not row.low and not row.high


def _at_any_scale(row: Row, others: Sequence[Row], positive: Callable[[int], bool]) -> Span:
    """What others leave for a ratio when they say nothing of the size of its values: the lower is set to 100."""
    upper, lower = (variable for variable, _ in row.terms)
    free = [other for other in others if not other.low and not other.high]
    return spans([*free, Row(((lower, 1),), 100, 100)], positive).get(upper, (None, None))


def _is_open(span: Span) -> bool:
    return span[0] is None or span[1] is None or span[0] <= span[1]


def _measured(row: Row, known: dict[int, Span]) -> Span:
    """A level in its unit; a ratio as 100 times the upper by the lower; a difference as it is."""
    (first, times), *rest = row.terms
    upper = known.get(first, (None, None))
    if not rest:
        return upper
    lower = known.get(rest[0][0], (None, None))
    if _is_ratio(row):
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

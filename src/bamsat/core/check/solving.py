# SPDX-License-Identifier: Apache-2.0
"""The solver of a network: what cannot all be true, who may be wrong, and between what the true values lie."""

from __future__ import annotations

from collections.abc import Collection
from math import inf
from time import monotonic

from bamsat.core.check.mending.nearby import outward
from bamsat.core.check.model import Conflict, Interval, Network
from bamsat.core.check.solver.conflicts import Search, impossible_sets
from bamsat.core.check.solver.linear import Start
from bamsat.core.check.solver.packed import alive, packed
from bamsat.core.check.solver.propagate import settle
from bamsat.core.check.solver.suspects import judged


def conflicts(network: Network, most: int = 200, patience: float = inf) -> list[Conflict]:
    """What cannot all be true, failures first: those need nothing that was only assumed.

    Conflicts that need something assumed are looked for without the figures that the failures blame. `patience` is for
    how many seconds is looked: what is found by then is true, and may not be all.
    """
    until = monotonic() + patience
    rows = packed(network)
    assumed = frozenset(at for at, constraint in enumerate(network.constraints) if constraint.assumed)
    sure = Search(rows, assumed, until)
    failures = judged(sure, sure.run(most))
    if not assumed or len(failures) >= most or sure.over:
        return failures[:most]
    doubted = Search(rows, frozenset(sure.of_things(sure.blamed)), until, latest=sure.latest, start=sure.start)
    both = failures + judged(doubted, doubted.run(most - len(failures)))
    return sorted(both, key=lambda conflict: bool(conflict.assumed))[:most]


def feasible(network: Network, dropped: Collection[int] = ()) -> bool:
    """Whether all constraints, also those that are only assumed, can hold without those dropped (by position)."""
    rows = packed(network)
    settled = settle(rows, alive(rows, dropped))
    return next(impossible_sets(settled, Start()), None) is None


def bounds(network: Network, dropped: Collection[int] = ()) -> list[Interval]:
    """For each variable the interval that all constraints leave it, without those dropped (by position).

    Rounded outwards where twenty digits do not suffice. Open for a value on which they contradict each other.
    """
    rows = packed(network)
    settled = settle(rows, alive(rows, dropped))
    empty = set(settled.empty)
    found = []
    for variable in range(rows.variables):
        if variable in empty:
            found.append(Interval(None, None))
            continue
        low, high = outward(settled.bound(variable, 0), settled.bound(variable, 1))
        because = rows.owners(settled.traced((variable, 0), (variable, 1)).rows)
        found.append(Interval(low, high, tuple(sorted(because))))
    return found

# SPDX-License-Identifier: Apache-2.0
"""The cheapest choice that takes something out of every conflict: the fewest and most plausible errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import inf
from time import monotonic

import highspy
import numpy as np

from bamsat.core.check.solver.linear import solver
from bamsat.core.check.solver.packed import groups

_MOST_STEPS = 800
_LONGEST = 5.0  # seconds of one programme
_Conflict = frozenset[int]
Solved = dict[frozenset[_Conflict], Collection[int]]


def cheapest(
    conflicts: Iterable[_Conflict], weight: Mapping[int, int], solved: Solved | None = None, until: float = inf
) -> set[int]:
    """The cheapest set of things with at least one of every conflict; among equals the one found in most conflicts.

    `solved` keeps what was found for conflicts that hang together, for the next time. What is not found until then (by
    the monotonic clock) is not the cheapest, but something of every conflict all the same.

    >>> sorted(cheapest([frozenset({1, 2}), frozenset({2, 3}), frozenset({4, 5})], {1: 1, 2: 1, 3: 1, 4: 3, 5: 1}))
    [2, 5]
    """
    distinct = sorted(set(conflicts), key=lambda one: (len(one), sorted(one)))
    names = sorted(frozenset().union(*distinct)) if distinct else []
    place = {name: at for at, name in enumerate(names)}
    parent = groups(len(names), ([place[name] for name in conflict] for conflict in distinct))
    clusters: dict[int, list[_Conflict]] = {}
    for conflict in distinct:
        clusters.setdefault(parent[place[next(iter(conflict))]], []).append(conflict)
    solved = {} if solved is None else solved
    for cluster in clusters.values():
        if (key := frozenset(cluster)) not in solved:
            solved[key] = _of_cluster(cluster, weight, until)
    return {name for cluster in clusters.values() for name in solved[frozenset(cluster)]}


def _of_cluster(cluster: Sequence[_Conflict], weight: Mapping[int, int], until: float) -> Collection[int]:
    seen = Counter(name for conflict in cluster for name in conflict)
    common = [name for name, count in seen.items() if count == len(cluster)]
    if common and len(cluster) == 1:
        return [min(common, key=lambda name: (weight[name], name))]
    search = _Search(cluster, weight, seen)
    if search.run():
        return search.best
    left = min(_LONGEST, until - monotonic())
    return _programme(cluster, weight, left) or search.best if left > 0 else search.best


class _Search:
    """Tries the members of a conflict that is not hit yet, the commonest first, as long as it may be cheaper."""

    def __init__(self, cluster: Sequence[_Conflict], weight: Mapping[int, int], seen: Mapping[int, int]) -> None:
        self.weight, self.seen, self.steps = weight, seen, 0
        self.cluster = cluster
        self.best: list[int] = self._greedy()
        self.cost = sum(weight[name] for name in self.best)

    def _greedy(self) -> list[int]:
        left, chosen = list(self.cluster), []
        while left:
            seen = Counter(name for conflict in left for name in conflict)
            name = min(seen, key=lambda one: (self.weight[one] / seen[one], one))
            chosen.append(name)
            left = [conflict for conflict in left if name not in conflict]
        return chosen

    def run(self) -> bool:
        """Whether the search came to its end."""
        self._try(list(self.cluster), [], 0)
        return self.steps < _MOST_STEPS

    def _try(self, left: list[_Conflict], chosen: list[int], cost: int) -> None:
        self.steps += 1
        if not left:
            if cost < self.cost:
                self.best, self.cost = chosen, cost
            return
        if self.steps >= _MOST_STEPS or cost + self._least(left) >= self.cost:
            return
        conflict = min(left, key=len)
        for name in sorted(conflict, key=lambda one: (-self.seen[one] / self.weight[one], one)):
            self._try([one for one in left if name not in one], [*chosen, name], cost + self.weight[name])

    def _least(self, left: Sequence[_Conflict]) -> int:
        """What conflicts that share nothing cost at least."""
        taken: set[int] = set()
        least = 0
        for conflict in left:
            if taken.isdisjoint(conflict):
                taken |= conflict
                least += min(self.weight[name] for name in conflict)
        return least


def _programme(cluster: Sequence[_Conflict], weight: Mapping[int, int], seconds: float) -> list[int]:
    """The same by mixed integer programming, where there are too many ways to try; nothing where it found nothing."""
    names = sorted(frozenset().union(*cluster))
    place = {name: at for at, name in enumerate(names)}
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(names), len(cluster)
    programme.col_cost_ = np.array([float(weight[name]) for name in names])
    programme.col_lower_, programme.col_upper_ = np.zeros(len(names)), np.ones(len(names))
    programme.row_lower_, programme.row_upper_ = np.ones(len(cluster)), np.full(len(cluster), np.inf)
    programme.integrality_ = [highspy.HighsVarType.kInteger] * len(names)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.cumsum([0, *(len(conflict) for conflict in cluster)])
    programme.a_matrix_.index_ = np.array([place[name] for conflict in cluster for name in sorted(conflict)])
    programme.a_matrix_.value_ = np.ones(sum(map(len, cluster)))
    highs = solver(time_limit=seconds)
    highs.passModel(programme)
    highs.run()
    solution = highs.getSolution()
    if not solution.value_valid:
        return []
    chosen = [name for name, value in zip(names, solution.col_value, strict=True) if value > 0.5]
    missed = [conflict for conflict in cluster if conflict.isdisjoint(chosen)]
    return chosen + [min(conflict, key=lambda name: weight[name]) for conflict in missed]

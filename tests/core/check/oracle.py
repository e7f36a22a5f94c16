# SPDX-License-Identifier: Apache-2.0
"""An exact judge of its own, to hold the solver against: a two-phase tableau in whole numbers (Edmonds' pivots)."""

from __future__ import annotations

from collections.abc import Collection

from bamsat.core.check.model import Network


def can_all_hold(network: Network, without: Collection[int] = (), assumed: bool = False) -> bool:
    """Whether the constraints can all hold without some figures; those only assumed count only if asked."""
    kept = [c for c in network.constraints if c.figure not in without and (assumed or not c.assumed)]
    return _feasible(len(network.variables), network.signed, _inequalities(kept))


def _inequalities(kept: list) -> list[tuple[dict[int, int], int]]:
    """Everything as sum >= bound; the base of a printed ratio is at least a millionth."""
    found = []
    for row in (row for constraint in kept for row in constraint.rows):
        if row.low is not None:
            found.append(({v: times * row.over for v, times in row.terms}, row.low))
        if row.high is not None:
            found.append(({v: -times * row.over for v, times in row.terms}, -row.high))
    bases = {c.rows[0].terms[1][0] for c in kept if c.figure is not None and len(c.rows[0].terms) == 2}
    return found + [({base: 10**6}, 1) for base in sorted(bases)]


def _feasible(variables: int, signed: set[int], rows: list[tuple[dict[int, int], int]]) -> bool:
    """Phase one: sum - slack + artificial = bound, artificials driven to zero; the tableau stays whole."""
    free = sorted(signed)
    width = variables + len(free) + len(rows)
    table, basis = [], []
    for at, (terms, bound) in enumerate(rows):
        line = [0] * (width + 1)
        for variable, times in terms.items():
            line[variable] = times
            if variable in signed:
                line[variables + free.index(variable)] = -times
        line[variables + len(free) + at] = -1
        line[width] = bound
        if bound <= 0:
            line = [-value for value in line]
            basis.append(variables + len(free) + at)
        else:
            basis.append(-1)
        table.append(line)
    goal = [sum(line[at] for line, base in zip(table, basis, strict=True) if base < 0) for at in range(width + 1)]
    before = 1
    while goal[width] > 0:
        enters = next((at for at in range(width) if goal[at] > 0), None)
        if enters is None:
            return False
        leaves = None
        for at, line in enumerate(table):
            if line[enters] <= 0:
                continue
            if leaves is None:
                leaves = at
                continue
            here, there = line[width] * table[leaves][enters], table[leaves][width] * line[enters]
            if here < there or (here == there and basis[at] < basis[leaves]):
                leaves = at
        if leaves is None:
            return False
        chosen = table[leaves]
        pivot = chosen[enters]
        for at, line in enumerate(table):
            if at != leaves:
                share = line[enters]
                table[at] = [(pivot * a - share * b) // before for a, b in zip(line, chosen, strict=True)]
        share = goal[enters]
        goal = [(pivot * a - share * b) // before for a, b in zip(goal, chosen, strict=True)]
        basis[leaves] = enters
        before = pivot
    return True

# SPDX-License-Identifier: Apache-2.0
"""The search for conflicts: what cannot all hold, and the cheapest figures without which the rest can.

Conflicts are found one after another, each without the figures blamed for those before (implicit hitting sets), until
what is left can all be true. No conflict is believed before exact arithmetic has confirmed it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from bamsat.core.check.exact import impossible
from bamsat.core.check.hitting import cheapest
from bamsat.core.check.linear import impossible_rings
from bamsat.core.check.packed import Packed, alive
from bamsat.core.check.propagate import Settled, settle

_MOST_ROUNDS = 200
# A proof longer than this is not tried by hand; the linear programme will find a shorter one.
_LONGEST = 400
# What may be wrong: a figure by its position, a relation by -1 - its position.
Thing = int
Group = frozenset[Thing]


@dataclass(slots=True)
class Search:
    """The conflicts of a network, as far as they are known, when some constraints are left out."""

    rows: Packed
    left_out: frozenset[int] = frozenset()
    blamed: set[Thing] = field(default_factory=set)
    known: dict[frozenset[int], Group] = field(default_factory=dict)
    _of_thing: dict[Thing, list[int]] = field(default_factory=dict)
    _weight: dict[Thing, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for position, constraint in enumerate(self.rows.network.constraints):
            thing = -1 - position if constraint.figure is None else constraint.figure
            self._of_thing.setdefault(thing, []).append(position)
            self._weight[thing] = max(self._weight.get(thing, 1), constraint.weight)

    def weight(self, thing: Thing) -> int:
        return self._weight[thing]

    def run(self, most: int) -> Settled:
        """Finds conflicts until without the blamed everything can be true, or until there are enough of them."""
        for _ in range(_MOST_ROUNDS):
            new, settled = self.look(self.blamed)
            if not new:
                break
            self.blamed = cheapest(self.known.values(), self._weight)
            if len(self.blamed) >= most:
                break
        return settled

    def look(self, without: Collection[Thing]) -> tuple[list[Group], Settled]:
        """What cannot all hold when some things are left out, which is remembered, and what the intervals are then."""
        settled = settle(self.rows, alive(self.rows, self.dropped(without)))
        groups = []
        for rows in proofs(settled) if settled.empty else impossible_rings(settled):
            constraints = frozenset(int(self.rows.owner[row]) for row in rows)
            if constraints not in self.known:
                self.known[constraints] = self._things(constraints)
            groups.append(self.known[constraints])
        return groups, settled

    def _things(self, constraints: frozenset[int]) -> Group:
        """What may be wrong in a conflict: figures and what was assumed; a sure relation only where nothing else is."""
        every = self.rows.network.constraints
        may = [at for at in constraints if every[at].figure is not None or every[at].assumed] or list(constraints)
        return frozenset(-1 - at if (figure := every[at].figure) is None else figure for at in may)

    def of_things(self, things: Iterable[Thing]) -> set[int]:
        """All constraints of some things."""
        return {at for thing in things for at in self._of_thing[thing]}

    def dropped(self, without: Iterable[Thing]) -> set[int]:
        return self.of_things(without) | self.left_out


def proofs(settled: Settled) -> Iterator[list[int]]:
    """For each value without any room left the rows that leave none, confirmed exactly."""
    packed, tried = settled.rows, set()
    for variable, _ in settled.empty:
        rows = settled.reasons((variable, 0), (variable, 1))
        if len(rows) > _LONGEST or (name := tuple(rows)) in tried:
            continue
        tried.add(name)
        exactly = impossible([packed.rows[row] for row in rows], lambda at: bool(packed.positive[at]))
        if exactly is not None:
            yield [rows[at] for at in exactly]

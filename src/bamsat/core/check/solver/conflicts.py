# SPDX-License-Identifier: Apache-2.0
"""The search for conflicts: what cannot all hold, and the cheapest figures without which the rest can.

Conflicts are found one after another, each without the figures blamed for those before (implicit hitting sets), until
what is left can all be true. No conflict is believed before exact arithmetic has confirmed it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from math import inf
from time import monotonic

from bamsat.core.check.solver.exact import impossible
from bamsat.core.check.solver.hitting import Solved, cheapest
from bamsat.core.check.solver.linear import Start, impossible_rings, shown
from bamsat.core.check.solver.packed import Packed, alive, groups
from bamsat.core.check.solver.propagate import Settled, settle

_MOST_ROUNDS = 200
# A proof longer than this is not tried by hand; the linear programme will find a shorter one.
_LONGEST = 1000
_SHORT = 30
# So many rows are worth asking the linear programme first which of them it needs.
_MANY = 12
# What may be wrong: a figure by its position, a relation by -1 - its position.
Thing = int
Group = frozenset[Thing]


@dataclass(slots=True)
class Search:
    """The conflicts of a network, as far as they are known, when some constraints are left out."""

    rows: Packed
    left_out: frozenset[int] = frozenset()
    until: float = inf  # by the monotonic clock: what is not found by then is not looked for
    blamed: set[Thing] = field(default_factory=set)
    known: dict[frozenset[int], Group] = field(default_factory=dict)
    latest: Settled | None = None
    start: Start = field(default_factory=Start)
    _of_thing: dict[Thing, list[int]] = field(default_factory=dict)
    _weight: dict[Thing, int] = field(default_factory=dict)
    _solved: Solved = field(default_factory=dict)

    def __post_init__(self) -> None:
        for position, constraint in enumerate(self.rows.network.constraints):
            thing = -1 - position if constraint.figure is None else constraint.figure
            self._of_thing.setdefault(thing, []).append(position)
            self._weight[thing] = max(self._weight.get(thing, 1), constraint.weight)

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return monotonic() > self.until

    def weight(self, thing: Thing) -> int:
        return self._weight[thing]

    def run(self, most: int) -> Settled:
        """Finds conflicts until without the blamed everything can be true, until there are enough of them, or until
        the time is over."""
        for _ in range(_MOST_ROUNDS):
            new, settled = self.look(self.blamed)
            if not new:
                break
            self.blamed = cheapest(self.known.values(), self._weight, self._solved, self.until)
            if len(self.blamed) >= most or self.over:
                break
        return settled

    def look(self, without: Collection[Thing]) -> tuple[list[Group], Settled]:
        """What cannot all hold when some things are left out, which is remembered, and what the intervals are then."""
        settled = settle(self.rows, alive(self.rows, self.dropped(without)), self.latest)
        self.latest = settled
        groups = []
        for constraints in impossible_sets(settled, self.start):
            if constraints not in self.known:
                self.known[constraints] = self._things(constraints)
            groups.append(self.known[constraints])
            if self.over:
                break
        return groups, settled

    def _things(self, constraints: frozenset[int]) -> Group:
        """What may be wrong in a conflict: figures and what was assumed; a sure relation only where nothing else is."""
        every = self.rows.network.constraints
        may = [at for at in constraints if every[at].figure is not None or every[at].assumed] or list(constraints)
        return frozenset(-1 - at if (figure := every[at].figure) is None else figure for at in may)

    def positive(self, variable: int) -> bool:
        return bool(self.rows.positive[variable])

    def of_things(self, things: Iterable[Thing]) -> set[int]:
        """All constraints of some things."""
        return {at for thing in things for at in self._of_thing[thing]}

    def dropped(self, without: Iterable[Thing]) -> set[int]:
        return self.of_things(without) | self.left_out


def impossible_sets(settled: Settled, start: Start) -> Iterator[frozenset[int]]:
    """Constraints that cannot all hold, none to spare: what the intervals show, and where that is nothing, rings."""
    return _in_intervals(settled) if settled.empty else _in_rings(settled, start)


def _in_intervals(settled: Settled) -> Iterator[frozenset[int]]:
    """What leaves values without any room, the shortest proofs first.

    A proof that contains another is left for when that is mended, and so are long ones as long as there are short ones:
    they are mostly echoes.
    """
    known: list[frozenset[int]] = []
    for most in (_SHORT, _LONGEST):
        traces = [(settled.traced((variable, 0), (variable, 1), most=most), variable) for variable in settled.empty]
        for traced, variable in sorted(traces, key=lambda one: (len(one[0].events), one[1])):
            through = settled.rows.owners(traced.rows)
            if len(traced.events) > most or any(conflict <= through for conflict in known):
                continue
            rows, none_spare = settled.proof(variable, traced)
            owners = settled.rows.owners(rows)
            found = owners if none_spare and not _at_any_scale(settled.rows, owners) else none_to_spare(settled, rows)
            if found:
                known.append(found)
                yield found
        if known:
            return


def _in_rings(settled: Settled, start: Start) -> Iterator[frozenset[int]]:
    for rows in impossible_rings(settled, start):
        if found := none_to_spare(settled, rows):
            yield found


def none_to_spare(settled: Settled, rows: Collection[int]) -> frozenset[int] | None:
    """The constraints of those among some rows that cannot all hold, none to spare; None if all can hold.

    Ratios and sums that contradict each other do so at any scale: then no level is called upon.
    """
    packed = settled.rows
    hint = shown(settled, rows) if len(rows) > _MANY else None
    found = packed.owners(hint) if hint else _impossible(packed, rows)
    free = _at_any_scale(packed, found or ())
    if not found or not free or len(found) > _MANY:
        return found
    found = _impossible(packed, packed.of(free)) or found
    for constraint in sorted(found) if found <= free else ():
        found = _impossible(packed, packed.of(found - {constraint})) or found
    return found


def _at_any_scale(packed: Packed, constraints: Iterable[int]) -> frozenset[int]:
    """Those that say nothing of the size of values, if they are tied in a ring: otherwise they do not contradict."""
    every = packed.network.constraints
    free = [at for at in constraints if not any(row.low or row.high for row in every[at].rows)]
    tied = [{variable for row in every[at].rows for variable, _ in row.terms} for at in free]
    names = {name: at for at, name in enumerate(sorted(set().union(*tied)))}
    trees = len(set(groups(len(names), ([names[name] for name in some] for some in tied))))
    return frozenset(free if sum(len(some) - 1 for some in tied) > len(names) - trees else ())


def _impossible(packed: Packed, rows: Iterable[int]) -> frozenset[int] | None:
    bases = packed.bases(rows)
    every = sorted({*rows, *bases})
    owner = [packed.owners_[row] for row in every]
    of_base = {at for at, row in enumerate(every) if row in bases}
    found = impossible([packed.rows[row] for row in every], lambda at: bool(packed.positive[at]), owner, of_base)
    return None if found is None else frozenset(owner[at] for at in found)

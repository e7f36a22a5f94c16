# SPDX-License-Identifier: Apache-2.0
"""What sources tie: two that speak of one value. Official results agree; estimates are revised, which is no error."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Constraint, Network, Stated, Variable
from bamsat.core.check.ties.rows import equal


def tie_sources(network: Network, knowledge: Knowledge) -> None:
    """Tie what several sources say of one value to what the most trusted of them says."""
    told: dict[int, list[Stated]] = defaultdict(list)
    for constraint in network.constraints:
        if constraint.rule == "told_twice" and constraint.figure is not None:
            told[constraint.rows[0].terms[0][0]].append(network.figures[constraint.figure])
    groups: dict[Variable, list[int]] = defaultdict(list)
    for at, variable in enumerate(network.variables):
        if APART not in variable.breakdown:
            groups[replace(variable, source="")].append(at)
    for group in groups.values():
        if len(group) > 1:
            hub = max(group, key=lambda at: (_trust(told[at]), -at))
            for at in group:
                if at != hub:
                    assumed = "" if _final(told[at]) and _final(told[hub]) else "estimate"
                    network.constraints.append(Constraint((equal(at, ((hub, 1),)),), "told_twice", None, assumed))


def _final(told: list[Stated]) -> bool:
    """Whether a source has the last word on a value: official, and not an estimate."""
    return bool(told) and all(one.official and one.figure.status != "estimate" for one in told)


def _trust(told: list[Stated]) -> tuple[bool, bool, float]:
    return bool(told), _final(told), max((float(one.weight) for one in told), default=0.0)

# SPDX-License-Identifier: Apache-2.0
"""What sources tie: two that speak of one value. Official results agree; estimates are revised, which is no error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Constraint, Network, Stated, Variable
from bamsat.core.check.ties.rows import equal
from bamsat.core.terms.period import Period, PeriodUnreadable


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
    eras = latest(network.figures)
    for group in groups.values():
        if len(group) > 1:
            hub = max(group, key=lambda at: (_trust(told[at]), -at))
            for at in group:
                if at != hub:
                    assumed = "" if _final(told[at]) and _final(told[hub]) else "estimate"
                    if apart(network.variables[at], network.variables[hub], eras, knowledge):
                        assumed = "boundary"
                    network.constraints.append(Constraint((equal(at, ((hub, 1),)),), "told_twice", None, assumed))


def latest(stated: Iterable[Stated]) -> Mapping[str, int]:
    """The last month that each source tells as done: the boundaries of that time are the ones on which it speaks."""
    eras: dict[str, int] = {}
    for one in stated:
        if one.figure.period and one.figure.status in ("actual", "estimate"):
            try:
                last = Period.parse(one.figure.period).last
            except PeriodUnreadable:
                continue
            eras[one.source] = max(last, eras.get(one.source, last))
    return eras


def apart(one: Variable, other: Variable, eras: Mapping[str, int], knowledge: Knowledge) -> bool:
    """Whether two sources speak of a place on different boundaries: one ends before they were drawn anew."""
    since = knowledge.redrawn.get(one.place)
    if since is None or one.source not in eras or other.source not in eras:
        return False
    month = since.year * 12 + since.month - 1
    return (eras[one.source] < month) != (eras[other.source] < month)


def _final(told: list[Stated]) -> bool:
    """Whether a source has the last word on a value: official, and not an estimate."""
    return bool(told) and all(one.official and one.figure.status != "estimate" for one in told)


def _trust(told: list[Stated]) -> tuple[bool, bool, float]:
    return bool(told), _final(told), max((float(one.weight) for one in told), default=0.0)

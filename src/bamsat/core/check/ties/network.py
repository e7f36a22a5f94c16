# SPDX-License-Identifier: Apache-2.0
"""The network of true values behind figures: what each figure bounds or ties, and what ties them beforehand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Constraint, Network, Row, Stated, Variable
from bamsat.core.check.ties.identities import tie_identities, tie_partitions
from bamsat.core.check.ties.intervals import level_said
from bamsat.core.check.ties.lists import tie_lists
from bamsat.core.check.ties.periods import tie_free_periods, tie_periods
from bamsat.core.check.ties.places import tie_places
from bamsat.core.check.ties.ratios import Tied, ties_of
from bamsat.core.check.ties.rows import between, change, contribution, ratio
from bamsat.core.check.ties.series import Levels, Placed, Sense, levels_of, placed, settled
from bamsat.core.check.ties.sources import tie_sources


def network_of(stated: Sequence[Stated], knowledge: Knowledge | None = None) -> Network:
    """Everything that these figures say of true values, and everything known that ties those values."""
    known = knowledge or Knowledge.shipped()
    network = Network(figures=list(stated))
    by_source: dict[str, list[Placed]] = defaultdict(list)
    for at, one in enumerate(stated):
        if (home := placed(at, one, known)) is not None:
            by_source[one.source].append(home)
    doubled: set[Variable] = set()
    for members in by_source.values():
        figures = settled(members)
        levels = levels_of(figures, known)
        doubled |= levels.doubled
        _tie_figures(network, levels, ties_of(figures, levels, known), known)
    tie_periods(network, known, doubled)
    tie_free_periods(network, known)
    tie_identities(network, known, doubled)
    tie_partitions(network, known, doubled)
    tie_lists(network, known)
    tie_places(network, known)
    tie_sources(network, known)
    return network


def _tie_figures(network: Network, levels: Levels, tied: list[Tied], knowledge: Knowledge) -> None:
    for senses in levels.senses.values():
        for sense in senses:
            _bound(network, sense, knowledge)
    for tie in tied:
        _tie(network, tie)


def _bound(network: Network, sense: Sense, knowledge: Knowledge) -> None:
    """Each level bounds its true value: as its hedge is usually meant, and as it surely holds."""
    at = network.variable(sense.variable, signed=sense.variable.indicator in knowledge.signed)
    for member in sense.members:
        for said in level_said(member.stated):
            row = between(at, said.low, said.high)
            network.constraints.append(
                Constraint((row,), "told_twice", member.at, said.assumed, weight_of(member.stated))
            )


def _tie(network: Network, tie: Tied) -> None:
    upper, lower = network.variable(tie.upper), network.variable(tie.lower)
    weight = weight_of(tie.one.stated)
    for said in tie.said:
        if tie.rule == "change" and said.low is not None and said.high is not None:
            rows: tuple[Row, ...] = (change(upper, lower, said.low, said.high),)
        elif tie.whole is not None and said.low is not None and said.high is not None:
            rows = contribution(upper, lower, network.variable(tie.whole), said.low, said.high)
        else:
            rows = ratio(upper, lower, said.low, said.high)
        network.constraints.append(Constraint(rows, tie.rule, tie.one.at, said.assumed, weight))


def weight_of(stated: Stated) -> int:
    """What it costs to take a figure for wrong, in tenths of a figure just read."""
    return max(1, int(stated.weight * 10))

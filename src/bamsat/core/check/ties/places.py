# SPDX-License-Identifier: Apache-2.0
"""What places tie: a place and the places in it, where everything in it is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Constraint, Network, Variable
from bamsat.core.check.ties.rows import at_least, equal


def tie_places(network: Network, knowledge: Knowledge) -> None:
    """A place is the sum of the places in it when all are told, and not less than those that are."""
    if not knowledge.children:
        return
    told: dict[Variable, dict[str, Variable]] = defaultdict(dict)
    for variable in network.variables:
        told[replace(variable, place="", source="")].setdefault(variable.place, variable)
    for whole in list(network.variables):
        if _adds(whole, knowledge) and whole.place in knowledge.children:
            _tie_place(network, whole, knowledge.children[whole.place], told[replace(whole, place="", source="")])


def _adds(variable: Variable, knowledge: Knowledge) -> bool:
    adds_up = knowledge.adds_up.get(variable.indicator, "flow" if variable.indicator.startswith("product:") else "")
    return adds_up in ("flow", "stock") and "/" not in variable.unit and APART not in variable.breakdown


def _tie_place(network: Network, whole: Variable, places: tuple[str, ...], told: Mapping[str, Variable]) -> None:
    """Children as the parent's own source tells them, else as another does, which may count otherwise."""
    present = []
    for place in places:
        own = replace(whole, place=place)
        child = own if own in network.places else told.get(place)
        if child is not None:
            present.append(child)
    if not present:
        return
    parts = [(network.places[child], 1) for child in present]
    complete = len(present) == len(places)
    row = equal(network.places[whole], parts) if complete else at_least(network.places[whole], parts)
    own_words = all(child.source == whole.source for child in present)
    signed = network.places[whole] in network.signed
    if complete or not signed:
        network.constraints.append(Constraint((row,), "places", None, "" if own_words else "completeness"))

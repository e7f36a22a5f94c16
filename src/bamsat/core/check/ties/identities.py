# SPDX-License-Identifier: Apache-2.0
"""What identities of the catalogue and whole breakdowns tie: a total and its components, told or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from bamsat.core.check.knowledge import APART, Knowledge, Partition
from bamsat.core.check.model import Constraint, Network, Variable
from bamsat.core.check.ties.rows import at_least, equal
from bamsat.core.check.ties.scopes import Levels, Scope, adds_up_or_slips, told_levels
from bamsat.core.ledger.identities import Identity

_SOON = 2
# A place, a period, a kind, a unit and a price basis in one source: what an identity speaks of at a time.
Context = Variable


def contexts(network: Network) -> Mapping[Context, dict[str, int]]:
    """The true values by context: what they are values of, and where they stand."""
    grouped: dict[Context, dict[str, int]] = defaultdict(dict)
    for at, variable in enumerate(network.variables):
        if APART not in variable.breakdown:
            grouped[replace(variable, indicator="")][variable.indicator] = at
    return grouped


def tie_identities(network: Network, knowledge: Knowledge, doubled: Collection[Variable]) -> None:
    """Tie totals to their components wherever two of them are known; one that is missing is bounded by the others."""
    scope, levels = Scope.of(network, knowledge), told_levels(network)
    for context, found in contexts(network).items():
        if context.breakdown:
            continue
        for identity in knowledge.identities:
            _tie_identity(network, knowledge, identity, context, found, scope, levels, doubled)


def _tie_identity(
    network: Network, knowledge: Knowledge, identity: Identity, context: Context, found: dict[str, int],
    scope: Scope, levels: Levels, doubled: Collection[Variable],
) -> None:  # fmt: skip
    if (context.source, context.place, identity.whole) in scope.elsewhere:
        return
    codes, assumed = _counted(identity, knowledge, context, scope)
    present = [code for code in codes if code in found]
    missing = [code for code in codes if code not in found]
    if len(present) < 2 or any(term.times % 1 for term in identity.terms):
        return
    if len(missing) > 1:
        if identity.whole in missing or any(t.times != 1 for t in identity.terms if t.code in missing):
            return
        rest = "+".join(missing)
        found[rest] = network.variable(replace(context, indicator=rest))
        missing = [rest]
    elif missing:
        signed = missing[0] in knowledge.signed
        found[missing[0]] = network.variable(replace(context, indicator=missing[0]), signed=signed)
    times = {term.code: int(term.times) for term in identity.terms} | dict.fromkeys(missing, 1)
    if missing and missing[0] in {t.code for t in identity.terms}:
        times[missing[0]] = int(next(t.times for t in identity.terms if t.code == missing[0]))
    parts = [(found[code], times[code]) for code in (*present, *missing) if code != identity.whole]
    unsure = any(network.variables[found[code]] in doubled for code in present)
    balance = identity.whole in knowledge.signed  # of two totals, where a part would not be spoken of
    if unsure or not (balance or adds_up_or_slips(levels, found[identity.whole], parts)):
        assumed = assumed or "scope"
    row = equal(found[identity.whole], parts)
    network.constraints.append(Constraint((row,), "sum", None, assumed))


def _counted(identity: Identity, knowledge: Knowledge, context: Context, scope: Scope) -> tuple[tuple[str, ...], str]:
    """The codes that count here, and why they may not: an optional term is nil unless somebody speaks of it."""
    codes, assumed = [identity.whole], ""
    for term in identity.terms:
        key = (context.source, context.place, term.code)
        if term.code not in knowledge.optional or key in scope.told or (context.place, term.code) in knowledge.spoken:
            codes.append(term.code)
        elif key in scope.spoken and key not in scope.apart:
            codes.append(term.code)
            assumed = "scope"
    return tuple(codes), assumed


def tie_partitions(network: Network, knowledge: Knowledge, doubled: Collection[Variable]) -> None:
    """Tie wholes to breakdowns that fill them; another part whose name is known is not more than its whole."""
    known = [set(identity.codes) for identity in knowledge.identities]
    partitions = [
        partition
        for partition in knowledge.partitions
        if not any({partition.indicator, *(part.code for part in partition.parts)} <= codes for codes in known)
    ]
    levels = told_levels(network)
    wholes = [v for v in network.variables if not v.breakdown]
    for whole in wholes:
        for partition in partitions:
            if partition.indicator == whole.indicator:
                _tie_partition(network, knowledge, partition, whole, levels, doubled)
    for part, whole in _loose_parts(network, knowledge):
        row = at_least(network.places[whole], ((network.places[part], 1),))
        network.constraints.append(Constraint((row,), "parts", None, "scope"))
    for part, whole in _listed_behind(network, knowledge, levels):
        if whole not in doubled and part not in doubled:
            row = at_least(network.places[whole], ((network.places[part], 1),))
            network.constraints.append(Constraint((row,), "parts", None, ""))


def _tie_partition(
    network: Network, knowledge: Knowledge, partition: Partition, whole: Variable, levels: Levels,
    doubled: Collection[Variable],
) -> None:  # fmt: skip
    parts = [replace(whole, indicator=p.code or whole.indicator, breakdown=p.breakdown) for p in partition.parts]
    present = [part for part in parts if part in network.places]
    if not present:
        return
    adds = knowledge.adds_up.get(whole.indicator)
    missing = [part for part in parts if part not in network.places]
    assumed = "scope" if any(one in doubled for one in (whole, *present)) else ""
    if not missing:
        members = [(network.places[part], 1) for part in parts]
        row = equal(network.places[whole], members)
        if not adds_up_or_slips(levels, network.places[whole], members):
            assumed = assumed or "scope"
    elif adds == "index":
        return
    elif len(missing) == 1:
        row = equal(network.places[whole], ((network.variable(part), 1) for part in parts))
    else:
        row = at_least(network.places[whole], ((network.places[part], 1) for part in present))
    network.constraints.append(Constraint((row,), "parts", None, assumed))


def _loose_parts(network: Network, knowledge: Knowledge) -> Iterator[tuple[Variable, Variable]]:
    listed = {(p.indicator, part.breakdown) for p in knowledge.partitions for part in p.parts}
    loose, told = knowledge.parts - listed, told_levels(network)
    for part in list(network.variables):
        whole = replace(part, breakdown="")
        named = (part.indicator, part.breakdown)
        if named in loose and network.places.get(whole) in told and knowledge.flows(part.indicator, part.unit):
            yield part, whole


def _listed_behind(network: Network, knowledge: Knowledge, levels: Levels) -> Iterator[tuple[Variable, Variable]]:
    """Parts that are named in the sentence of their whole, or soon behind it: "Theo mặt hàng: gạo 5 triệu USD"."""
    known = {(p.indicator, part.breakdown) for p in knowledge.partitions for part in p.parts} | knowledge.parts
    for part in list(network.variables):
        whole = replace(part, breakdown="")
        at, of = network.places[part], network.places.get(whole)
        if not part.breakdown or APART in part.breakdown or (part.indicator, part.breakdown) in known or of is None:
            continue
        if part.unit in ("VND", "USD") and knowledge.flows(part.indicator, part.unit) and _behind(levels, at, of):
            yield part, whole


def _behind(levels: Levels, part: int, whole: int) -> bool:
    """Whether a part is told by its own name, at most two sentences behind its whole."""
    return any(
        0 <= one.sentence - other.sentence <= _SOON and other.sentence >= 0 and "indicator" not in one.figure.inferred
        for one in levels.get(part, ()) for other in levels.get(whole, ())
    )  # fmt: skip

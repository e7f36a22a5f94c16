# SPDX-License-Identifier: Apache-2.0
"""What a text counts in a total: whether an optional term is in it, whether its parts are those of another total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Network, Stated, Variable
from bamsat.core.check.ties.alike import digits_of, explained, is_slip, overlap
from bamsat.core.ledger.identities import Identity
from bamsat.core.terms.vietnamese import fold

Told = tuple[str, str, str]
Ends = tuple[Decimal, Decimal]
Levels = Mapping[int, list[Stated]]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the texts say of an optional term (source, place, code): told in figures and counted, told and left out, or
    spoken of in words; and totals (source, place, code) whose parts are told of something else."""

    told: frozenset[Told]
    apart: frozenset[Told]
    spoken: frozenset[Told]
    elsewhere: frozenset[Told]

    @classmethod
    def of(cls, network: Network, knowledge: Knowledge) -> Scope:
        levels = told_levels(network)
        beside = _by_sentence(network.figures)
        apart, elsewhere = set[Told](), set[Told]()
        for identity in knowledge.identities:
            for whole in [at for at in levels if network.variables[at].indicator == identity.whole]:
                apart |= _left_out(network, knowledge, identity, whole, levels)
                elsewhere |= _of_others(network, knowledge, identity, whole, levels, beside)
        told, spoken = _optional(network.figures, knowledge)
        return cls(frozenset(told - apart), frozenset(apart), frozenset(spoken), frozenset(elsewhere))


def told_levels(network: Network) -> Levels:
    """The levels that figures tell, by the true value they bound."""
    found: dict[int, list[Stated]] = defaultdict(list)
    for constraint in network.constraints:
        if constraint.rule == "told_twice" and constraint.figure is not None:
            stated = network.figures[constraint.figure]
            members = found[constraint.rows[0].terms[0][0]]
            if stated not in members:
                members.append(stated)
    return found


def _optional(figures: Iterable[Stated], knowledge: Knowledge) -> tuple[set[Told], set[Told]]:
    """Optional terms that are told in figures, and those that words of a total speak of."""
    told, spoken = set[Told](), set[Told]()
    wholes = {code: _wholes(code, knowledge) for code in knowledge.optional}
    for one in figures:
        figure, place = one.figure, one.place or fold(one.figure.area or "")
        for code, words in knowledge.optional.items():
            if figure.indicator == code:
                told.add((one.source, place, code))
            elif figure.indicator in wholes[code] and _speaks(one, words):
                spoken.add((one.source, place, code))
    return told, spoken


def _speaks(one: Stated, words: Collection[str]) -> bool:
    said = f"{fold(one.near)} {fold(one.figure.label)}"
    return any(word in said for word in words)


def _wholes(code: str, knowledge: Knowledge) -> frozenset[str]:
    """The other codes of the identities that an optional term stands in."""
    found = [i.codes for i in knowledge.identities if any(term.code == code for term in i.terms)]
    return frozenset(other for codes in found for other in codes) - {code}


def _left_out(network: Network, knowledge: Knowledge, identity: Identity, whole: int, levels: Levels) -> set[Told]:
    """Optional terms without which a total is what its other terms come to, and with which it is not."""
    one = network.variables[whole]
    found = set[Told]()
    for term in identity.terms:
        extra = _ends(network, levels, one, [term.code])
        if term.code in knowledge.optional and extra is not None:
            rest = _ends(network, levels, one, [t.code for t in identity.terms if t.code != term.code])
            total = _span(levels[whole])
            with_it = (rest[0] + extra[0], rest[1] + extra[1]) if rest is not None else total
            if rest is not None and overlap(total, rest) and not overlap(total, with_it):
                found.add((one.source, one.place, term.code))
    return found


Beside = Mapping[tuple[str, int], list[Stated]]


def _by_sentence(figures: Iterable[Stated]) -> Beside:
    found: dict[tuple[str, int], list[Stated]] = defaultdict(list)
    for one in figures:
        if one.sentence >= 0 and one.figure.measure == "level":
            found[one.source, one.sentence].append(one)
    return found


def _of_others(
    network: Network, knowledge: Knowledge, identity: Identity, whole: int, levels: Levels,
    beside: Beside,
) -> set[Told]:  # fmt: skip
    """A total that is not what its terms come to, where another number in their sentence is: they are of that one."""
    one = network.variables[whole]
    codes = [term.code for term in identity.terms if term.code not in knowledge.optional]
    parts = _ends(network, levels, one, codes)
    if parts is None or any(term.times != 1 for term in identity.terms) or overlap(_span(levels[whole]), parts):
        return set()
    own = {stated.key for stated in levels[whole]}
    told = [stated for code in codes for stated in levels[network.places[replace(one, indicator=code)]]]
    others = {(other.source, other.sentence) for other in told}
    for other in (stated for sentence in sorted(others) for stated in beside.get(sentence, ())):
        figure = other.figure
        if other.key not in own and figure.unit == one.unit and overlap((figure.lower, figure.upper), parts):
            return {(one.source, one.place, identity.whole)}
    return set()


def _ends(network: Network, levels: Levels, whole: Variable, codes: Iterable[str]) -> Ends | None:
    """What several indicators of one context come to, where all are told."""
    low = high = Decimal(0)
    for code in codes:
        at = network.places.get(replace(whole, indicator=code))
        if at is None or at not in levels or APART in network.variables[at].breakdown:
            return None
        ends = _span(levels[at])
        low, high = low + ends[0], high + ends[1]
    return low, high


def adds_up_or_slips(levels: Levels, whole: int, parts: Iterable[tuple[int, int]]) -> bool:
    """Whether a total with all members told is their sum, or is out as slips make it; else they are not its parts."""
    members = [(whole, -1), *parts]
    if any(at not in levels for at, _ in members):
        return True
    low = high = middle = Decimal(0)
    for at, times in members:
        ends = sorted(times * end for end in _span(levels[at]))
        low, high, middle = low + ends[0], high + ends[1], middle + times * levels[at][0].figure.value
    if low <= 0 <= high:
        return True
    values = [(levels[at][0].figure.value, times) for at, times in members]
    return any(explained(value, value - middle / times) for value, times in values)


def out_by_a_slip(levels: Levels, whole: int, parts: Iterable[tuple[int, int]]) -> bool:
    """Whether a total with all members told is not their sum, and would be but for a slip of digits of one number."""
    members = [(whole, -1), *parts]
    if any(len(levels.get(at, ())) != 1 or levels[at][0].figure.hedge is not None for at, _ in members):
        return False
    figures = [(levels[at][0].figure, times) for at, times in members]
    ends = [sorted((times * figure.lower, times * figure.upper)) for figure, times in figures]
    if sum(low for low, _ in ends) <= 0 <= sum(high for _, high in ends):
        return False
    off = sum((times * figure.value for figure, times in figures), Decimal(0))
    needed = [(figure.value, figure.value - off / times) for figure, times in figures]
    return any(meant > 0 and is_slip(value, _rounded_as(value, meant)) for value, meant in needed)


def _rounded_as(value: Decimal, meant: Decimal) -> Decimal:
    return Context(prec=max(1, len(digits_of(value)))).plus(meant)


def _span(told: Collection[Stated]) -> Ends:
    return min(one.figure.lower for one in told), max(one.figure.upper for one in told)

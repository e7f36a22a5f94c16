# SPDX-License-Identifier: Apache-2.0
"""What a sentence lists as the parts of a total: "đạt 90 tỷ đồng, gồm bán lẻ 60 tỷ đồng và ăn uống 30 tỷ đồng".

No list of the catalogue knows such parts. They are taken for the whole of it where they make it up, or would but for
one slip of one number; where the words say that they are all of it; or where they are the owners of anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import pairwise

from bamsat.core.check.beside.passages import Sentence, sentences
from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Constraint, Network, Stated, Variable
from bamsat.core.check.ties.alike import digits_of, is_slip
from bamsat.core.check.ties.intervals import level_said
from bamsat.core.check.ties.rows import at_least, between, equal
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold

_LITTLE = Decimal("0.15")
_TELLING = 3  # digits of a total that parts hardly make up by chance
_MOST = 12


@dataclass(frozen=True, slots=True)
class _List:
    """A total with what is listed behind it; `whole`: the words or the names say that nothing is left out."""

    total: Stated
    parts: tuple[Stated, ...]
    whole: bool
    closed: bool


def tie_lists(network: Network, knowledge: Knowledge) -> None:
    """Tie every total to the list behind it in its sentence, or in the sentence that goes on with it."""
    levels = _levels(network)
    places = {one.key: at for at, one in enumerate(network.figures)}
    tied = {
        frozenset(at for at, _ in row.terms) for one in network.constraints for row in one.rows if len(row.terms) > 2
    }
    spoken = sentences(network.figures)
    for before, sentence in pairwise([None, *spoken]):
        assert sentence is not None
        for listed in _lists(sentence, before, knowledge):
            _tie(network, listed, levels, places, tied)


def _levels(network: Network) -> dict[str, int]:
    """The true value that each level bounds, by the key of its figure."""
    return {
        network.figures[one.figure].key: one.rows[0].terms[0][0]
        for one in network.constraints if one.rule == "told_twice" and one.figure is not None
    }  # fmt: skip


# ---- what is listed


def _lists(sentence: Sentence, before: Sentence | None, knowledge: Knowledge) -> Iterator[_List]:
    told = [one for one in sentence.stated if _countable(one)]
    for number, total in enumerate(told[:-1]):
        between_ = _between(sentence, total, told[number + 1])
        if (opened := knowledge.listing(between_)) is not None:
            yield from _listed(sentence, total, told[number + 1 :], opened, knowledge)
    if before is not None and before.leads_to(sentence) and told:
        earlier = [one for one in before.stated if _countable(one) and one.figure.unit == told[0].figure.unit]
        opened = knowledge.listing(sentence.text[: sentence.place(told[0])], first=True)
        if opened is not None and len(earlier) == 1:
            yield from _listed(sentence, earlier[0], told, opened, knowledge)


def _listed(
    sentence: Sentence, total: Stated, behind: Sequence[Stated], complete: bool, knowledge: Knowledge
) -> Iterator[_List]:
    parts: list[Stated] = []
    for one in behind:
        if one.figure.unit != total.figure.unit or _when(one) != _when(total):
            break
        if parts and knowledge.listing(_between(sentence, parts[-1], one)) is not None:
            break
        parts.append(one)
    if not 2 <= len(parts) <= _MOST or len({one.source for one in parts}) > 1:
        return
    owners = {knowledge.owner(one.figure.segment or one.figure.label) for one in parts}
    whole = complete or owners in ({"state", "private", "foreign"}, {"domestic", "foreign"})
    closed = " và " in _between(sentence, parts[-2], parts[-1])
    yield _List(total, tuple(parts), whole, closed)


def _countable(one: Stated) -> bool:
    figure = one.figure
    counts = figure.measure == "level" and figure.hedge is None and figure.value > 0
    return counts and figure.unit not in ("%", "point") and "/" not in figure.unit and _dated(figure.period)


def _dated(code: str | None) -> bool:
    try:
        Period.parse(code or "")
    except PeriodUnreadable:
        return False
    return True


def _when(one: Stated) -> tuple[object, ...]:
    return one.figure.period, one.figure.status in ("target", "forecast")


def _between(sentence: Sentence, one: Stated, other: Stated) -> str:
    return sentence.text[sentence.place(one) + len(one.figure.number) : sentence.place(other)]


# ---- whether it is all


def _tie(
    network: Network, listed: _List, levels: dict[str, int], places: dict[str, int], tied: set[frozenset[int]]
) -> None:
    judged = _judged(listed)
    if judged is None:
        return
    members = [_variable(network, one, levels, places[one.key]) for one in (listed.total, *listed.parts)]
    whole, parts = members[0], [(at, 1) for at in members[1:]]
    if frozenset(members) in tied or len(set(members)) < len(members):
        return
    bounded, assumed = judged
    row = at_least(whole, parts) if bounded else equal(whole, parts)
    network.constraints.append(Constraint((row,), "parts", None, assumed))


def _judged(listed: _List) -> tuple[bool, str] | None:
    """Whether the parts only bound their total, and why they may not; None where they say nothing of it."""
    total = listed.total.figure
    low = sum((one.figure.lower for one in listed.parts), Decimal(0))
    high = sum((one.figure.upper for one in listed.parts), Decimal(0))
    if low <= total.upper and total.lower <= high:
        return (False, "") if listed.whole or len(digits_of(total.value)) >= _TELLING else None
    if _slipped(listed):
        return False, ""
    if not listed.whole or abs(high - total.value) > _LITTLE * total.value:
        return None
    return (True, "") if low > total.upper else (False, "completeness")


def _slipped(listed: _List) -> bool:
    """Whether one slip of one number is all that keeps the parts from being their total."""
    total = listed.total.figure.value
    every = sum((one.figure.value for one in listed.parts), Decimal(0))
    needed = [(total, every), *((one.figure.value, total - every + one.figure.value) for one in listed.parts)]
    return any(_is_slip(value, other, listed) for value, other in needed if other > 0)


def _is_slip(value: Decimal, needed: Decimal, listed: _List) -> bool:
    digits = digits_of(value)
    meant = Context(prec=max(1, len(digits))).plus(needed)
    if digits == digits_of(meant):  # a power of ten: of round numbers only in a list that is all
        return listed.whole or len(digits) > 1
    return (listed.whole or listed.closed) and is_slip(value, meant)


def _variable(network: Network, one: Stated, levels: dict[str, int], position: int) -> int:
    """The true value of a listed figure; that of a free name is its own."""
    at = levels.get(one.key)
    if at is None:
        figure = one.figure
        apart = f"{fold(figure.segment or '')}{APART}{one.key}"
        place = one.place or fold(figure.area or "")
        at = levels[one.key] = network.variable(
            Variable(figure.indicator, place, figure.period or "", apart, "actual", figure.unit, "", one.source)
        )
        for said in level_said(one):
            weight = max(1, int(one.weight * 10))
            network.constraints.append(
                Constraint((between(at, said.low, said.high),), "told_twice", position, said.assumed, weight)
            )
    return at

# SPDX-License-Identifier: Apache-2.0
"""What a section comes to: how many indicators rose, fell and met the plan, which rose most, fell most, lie behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from bamsat.core.report.clauses import Manner, Pieces, clause
from bamsat.core.report.directions import seen_moving
from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.names import capital, mid_sentence, topic_name
from bamsat.core.report.outline import Piece
from bamsat.core.report.period_words import base_words, period_words
from bamsat.core.report.phrasebook import choose, fill, joined, writing
from bamsat.core.report.setting import Setting
from bamsat.core.terms.period import Period

_LEAST = 2  # of fewer nothing need be summed up
_PLAN = 100


def summary(topics: Sequence[Topic], setting: Setting, style: int = 0) -> tuple[Piece, ...]:
    """Sentences that count what the topics say of the report's period and place; nothing where that is too little."""
    period = setting.period
    grown = [fact for topic in topics if _is_of(fact := topic.growth, setting) and _is_growth(fact, period)]
    planned = [fact for topic in topics if _is_of(fact := topic.plan_ratio, setting) and period.is_year]
    names = {id(fact): mid_sentence(_name(topic, fact)) for topic in topics for fact in topic.facts()}
    sentences = [
        *([_grown(grown, period, style)] if len(grown) >= _LEAST else []),
        *([_planned(planned, period)] if len(planned) >= _LEAST else []),
        *_extremes(grown, names, style),
        *_behind_most(planned, names, style),
    ]
    return tuple(joined(sentences, " "))


def _name(topic: Topic, fact: Fact) -> str:
    return topic_name(topic, fact, fact.area, again=False)


def _is_of(fact: Fact | None, setting: Setting) -> TypeGuard[Fact]:
    """Whether it happened in that period and place."""
    return (
        fact is not None
        and fact.period == setting.period
        and fact.area in ("", setting.area)
        and fact.status in ("actual", "estimate")
    )


def _is_growth(fact: Fact, period: Period) -> bool:
    """A growth on the same period of the year before, which alone can be set beside that of others."""
    return fact.measure == "growth" and fact.unit == "%" and fact.base == period.shift_years(-1)


def _grown(grown: list[Fact], period: Period, style: int) -> Pieces:
    signs = [0 if (moving := seen_moving(fact)) is None else 1 if moving.value > 0 else -1 for fact in grown]
    counts = (("rose", signs.count(1)), ("fell", signs.count(-1)), ("held", signs.count(0)))
    base = base_words(period, period.shift_years(-1), style)
    against = choose("summary.against", 0).format(base=base)
    mood = choose("summary.estimated", 0) if any(fact.status == "estimate" for fact in grown) else ""
    alike = next((kind for kind, count in counts[:2] if count == len(grown)), "")
    if alike:
        told = mood + choose(f"summary.all_{alike}", 0) + against
        return fill(choose("summary.alike", 0), Period=capital(period_words(period)), told=told)
    return fill(
        choose("summary.head", style),
        Period=capital(period_words(period)),
        all=_many(len(grown)),
        told=mood + _counted(counts) + against,
    )


def _planned(planned: list[Fact], period: Period) -> Pieces:
    met = sum(fact.value >= _PLAN for fact in planned)
    told = _counted((("met", met), ("missed", len(planned) - met)))
    mood = choose("summary.estimated", 0) if any(fact.status == "estimate" for fact in planned) else ""
    return fill(choose("summary.plan", 0), told=mood + told, year=str(period.end_year))


def _counted(counts: Sequence[tuple[str, int]]) -> str:
    return "có " + ", ".join(choose(f"summary.{kind}", 0).format(count=_many(count)) for kind, count in counts if count)


def _many(count: int) -> str:
    return choose("summary.one", 0).format(count=spelled(count))


def spelled(count: int) -> str:
    """A count below a hundred in words.

    >>> spelled(9), spelled(12), spelled(15), spelled(21), spelled(40)
    ('chín', 'mười hai', 'mười lăm', 'hai mươi mốt', 'bốn mươi')
    """
    digits, tens = writing()["digits"], writing()["tens"]
    if count < len(digits):
        return str(digits[count])
    ten, one = divmod(count, 10)
    head = tens["ten"] if ten == 1 else f"{digits[ten]} {tens['many']}"
    last = tens["one"] if one == 1 and ten > 1 else tens["five"] if one == 5 else digits[one]
    return head if not one else f"{head} {last}"


def _extremes(grown: list[Fact], names: dict[int, str], style: int) -> list[Pieces]:
    told: list[Pieces] = []
    best, worst = _first_of(grown, highest=True), _first_of(grown, highest=False)
    if best is not None and best.value > 0:
        told.append(_one("best", best, names, style))
    if worst is not None and worst.value < 0:
        told.append(_one("worst", worst, names, style))
    return told


def _first_of(facts: list[Fact], *, highest: bool) -> Fact | None:
    """The one that stands first, where no other stands beside it and there is another at all."""
    ordered = sorted(facts, key=lambda fact: fact.value, reverse=highest)
    return ordered[0] if len(ordered) >= _LEAST and ordered[0].value != ordered[1].value else None


def _behind_most(planned: list[Fact], names: dict[int, str], style: int) -> list[Pieces]:
    least = _first_of(planned, highest=False)
    if least is None or least.value >= _PLAN:
        return []
    return [_one("behind", least, names, style)]


def _one(kind: str, fact: Fact, names: dict[int, str], style: int) -> Pieces:
    name = names[id(fact)]
    return fill(choose(f"summary.{kind}", style), name=name, Name=capital(name), told=clause(fact, Manner()))

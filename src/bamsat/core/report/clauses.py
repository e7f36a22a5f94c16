# SPDX-License-Identifier: Apache-2.0
"""One fact in one clause: "ước đạt 5.300 tỷ đồng", "tăng 12,77% so với cùng kỳ năm 2020", "bằng 100% kế hoạch năm"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bamsat.core.report.amounts import hedged, shown_value, told
from bamsat.core.report.directions import direction, seen_moving
from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import Piece, Told
from bamsat.core.report.period_words import base_words
from bamsat.core.report.phrasebook import choose, fill
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period

_HUNDRED = Decimal(100)
Pieces = list[Piece]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a clause is told."""

    style: int = 0
    announced: str = ""  # the status that was said before it, so that it need not be said again
    said: Period | None = None  # the base of the clause before, likewise
    whole: str = ""  # what it is a part of
    rises: bool = False  # whether the whole is known to have risen
    first: bool = True  # whether it is the first of its sentence


def clause(fact: Fact, manner: Manner) -> Pieces:
    """The words of one fact; empty where there is nothing true to say."""
    return _TELLERS[fact.measure](fact, manner)


def _mood(fact: Fact, manner: Manner, pieces: Pieces) -> Pieces:
    """ "ước", "dự kiến" before a clause of which nothing has said yet what kind of value it is."""
    if fact.status == manner.announced:
        return pieces
    return fill("{mood}{clause}", mood=choose(f"mood.{fact.status}", manner.style), clause=pieces)


def _level(fact: Fact, manner: Manner) -> Pieces:
    if fact.indicator == "trade_balance" and fact.value:
        side = "balance.up" if fact.value > 0 else "balance.down"
        return _mood(fact, manner, fill(choose(side, manner.style), number=hedged(fact, manner.style)))
    pieces = fill(choose(f"level.{fact.status}", manner.style), number=hedged(fact, manner.style))
    return pieces if fact.status == "estimate" else _mood(fact, manner, pieces)


def _growth(fact: Fact, manner: Manner) -> Pieces:
    moving = seen_moving(fact)
    verb = direction(moving, manner.style) if moving is not None else ""
    if moving is None or not verb:
        return _unmoved(fact, manner)
    number = hedged(moving, manner.style)
    if fact.unit == "%/year":
        return _mood(fact, manner, fill(choose("growth_a_year", manner.style), direction=verb, number=number))
    if fact.base is None or fact.base == manner.said:
        return _mood(fact, manner, fill("{direction} {number}", direction=verb, number=number))
    kind = "growth" if fact.measure == "growth" else "change"
    # "ước so với cùng kỳ tăng" would be no good Vietnamese
    pattern = choose(kind, manner.style if fact.status in ("actual", manner.announced) else 0)
    base = base_words(fact.period, fact.base, manner.style)
    return _mood(fact, manner, fill(pattern, direction=verb, number=number, base=base))


def _unmoved(fact: Fact, manner: Manner) -> Pieces:
    if fact.base is None or fact.value_high is not None:
        return []
    base = base_words(fact.period, fact.base, manner.style)
    return _mood(fact, manner, fill(choose("hardly_moved" if fact.value else "unmoved", manner.style), base=base))


def _index(fact: Fact, manner: Manner) -> Pieces:
    number = hedged(fact, manner.style)
    if fact.base is None:
        return _mood(fact, manner, fill(choose("share_alone", manner.style), number=number))
    base = base_words(fact.period, fact.base, manner.style)
    return _mood(fact, manner, fill(choose("index", manner.style), number=number, base=base))


def _plan_ratio(fact: Fact, manner: Manner) -> Pieces:
    plan = plan_words(fact.period, manner.style)
    if manner.style % 4 == 3 and fact.value > _HUNDRED and not fact.hedge and fact.value_high is None:
        over = shown_value(fact) - _HUNDRED
        if over:
            number = Told(format_number(over, -int(over.as_tuple().exponent)) + "%", fact)
            return _mood(fact, manner, fill(choose("plan_passed", manner.style), number=(number,), plan=plan))
    pattern = choose("plan_ratio", manner.style)
    return _mood(fact, manner, fill(pattern, number=hedged(fact, manner.style), plan=plan))


def plan_words(period: Period, style: int = 0) -> str:
    """The plan that a figure is held against: of the year, also for the months since January."""
    monthly = period.length == 1
    kind = "year" if period.is_year or (period.first % 12 == 0 and period.length <= 12 and not monthly) else "other"
    return choose(f"plans.{kind}", style).format(year=period.end_year)


def _share(fact: Fact, manner: Manner) -> Pieces:
    number = hedged(fact, manner.style)
    if manner.whole:
        return _mood(fact, manner, fill(choose("share", manner.style), number=number, whole=manner.whole))
    kind = "share_alone" if manner.first else "share_of_something"
    return _mood(fact, manner, fill(choose(kind, manner.style), number=number))


def _contribution(fact: Fact, manner: Manner) -> Pieces:
    if not fact.value:
        return []
    side = ("down" if fact.value < 0 else "up") + ("" if manner.rises else "_against")
    return _mood(fact, manner, fill(choose(f"contribution.{side}", manner.style), number=hedged(fact, manner.style)))


def _ratio(fact: Fact, manner: Manner) -> Pieces:
    if fact.of is None:
        return _share(fact, manner)
    return _mood(fact, manner, fill(choose("ratio", manner.style), number=(told(fact),)))


_TELLERS: dict[str, Callable[[Fact, Manner], Pieces]] = {
    "level": _level,
    "growth": _growth,
    "change": _growth,
    "index": _index,
    "plan_ratio": _plan_ratio,
    "share": _share,
    "contribution": _contribution,
    "ratio": _ratio,
}

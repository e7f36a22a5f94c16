# SPDX-License-Identifier: Apache-2.0
"""The verb before a number: its sign decides, and a stronger word stands only where the number bears it out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bamsat.core.report.amounts import either_way, shown_value
from bamsat.core.report.facts import Fact
from bamsat.core.report.phrasebook import choose, writing

_MOST_PLACES = 4


def direction(fact: Fact, style: int = 0) -> str:
    """The verb of a growth or a change; "" where it does not move at all.

    >>> from bamsat.core.terms.period import Period
    >>> direction(Fact("iip", "growth", Decimal("-9.16"), "%", Period.year(2020)))
    'giảm'
    """
    high = fact.value if fact.value_high is None else fact.value_high
    if either_way(fact):
        return choose("directions.either", style)
    moved = fact.value or high
    if not moved:
        return ""
    sign = 1 if moved > 0 else -1
    if style % 3 == 2 and high == fact.value and _on_the_year_before(fact):
        for degree in writing()["directions"]["degrees"]:
            if degree["sign"] == sign and _bears_out(abs(fact.value), degree):
                return str(degree["says"])
    return choose("directions.up" if sign > 0 else "directions.down", style)


def _on_the_year_before(fact: Fact) -> bool:
    """Only of a year's growth that came about, and is told as it is, the thresholds speak."""
    happened = fact.status in ("actual", "estimate") and not fact.hedge
    return happened and fact.measure == "growth" and fact.base == fact.period.shift_years(-1)


def _bears_out(size: Decimal, degree: dict[str, float]) -> bool:
    return degree.get("at_least", 0) <= size and ("at_most" not in degree or size <= Decimal(str(degree["at_most"])))


def seen_moving(fact: Fact) -> Fact | None:
    """The fact with as many decimals as show that it moved; None where nothing moved, or nobody can say which way."""
    if not fact.value and not fact.value_high:
        return None
    if shown_value(fact) or fact.value_high:
        return fact
    if fact.low is not None and fact.high is not None and fact.low <= 0 <= fact.high:
        return None
    for places in range((fact.places or 0) + 1, _MOST_PLACES + 1):
        finer = replace(fact, places=places)
        if shown_value(finer):
            return finer
    return None

# SPDX-License-Identifier: Apache-2.0
"""Growth, plan ratio and plan, computed from published numbers, each with the interval that rounding leaves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

_EXACT = Context(prec=40)
_HUNDRED = Decimal(100)

State = Literal["exceeded", "met", "near", "missed", "running", "no_plan"]


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number, and the lowest and highest that it can be.

    >>> Bounded.exactly(Decimal(5))
    Bounded(value=Decimal('5'), low=Decimal('5'), high=Decimal('5'))
    """

    value: Decimal
    low: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, value: Decimal) -> Bounded:
        return cls(value, value, value)

    @property
    def width(self) -> Decimal:
        return self.high - self.low


def quotient(upper: Bounded, lower: Bounded) -> Bounded | None:
    """a / b; None where b may be zero, because then nothing can be said.

    >>> quotient(Bounded.exactly(Decimal(1)), Bounded(Decimal(0), Decimal(-1), Decimal(1))) is None
    True
    """
    if lower.low <= 0 <= lower.high:
        return None
    corners = [_EXACT.divide(a, b) for a in (upper.low, upper.high) for b in (lower.low, lower.high)]
    return Bounded(_EXACT.divide(upper.value, lower.value), min(corners), max(corners))


def growth(now: Bounded, before: Bounded) -> Bounded | None:
    """By how many percent a level grew; None where last year's level may be zero or below it.

    >>> growth(Bounded.exactly(Decimal("8871.77")), Bounded.exactly(Decimal("8525.63"))).value.quantize(Decimal("0.01"))
    Decimal('4.06')
    """
    ratio = quotient(now, before) if before.low > 0 else None
    if ratio is None:
        return None
    return Bounded(*((part - 1) * _HUNDRED for part in (ratio.value, ratio.low, ratio.high)))


def level_before(now: Bounded, percent: Bounded) -> Bounded | None:
    """Last year's level, from this year's and the growth that a report states.

    >>> round(level_before(Bounded.exactly(Decimal(5300)), Bounded.exactly(Decimal("12.77"))).value, 1)
    Decimal('4699.8')
    """
    return quotient(now, Bounded(*(1 + part / _HUNDRED for part in (percent.value, percent.low, percent.high))))


def plan_ratio(done: Bounded, plan: Bounded) -> Bounded | None:
    """What percentage of the plan was done.

    >>> plan_ratio(Bounded.exactly(Decimal(106)), Bounded.exactly(Decimal(100))).value
    Decimal('106.00')
    """
    ratio = quotient(done, plan) if plan.low > 0 else None
    if ratio is None:
        return None
    return Bounded(*(_EXACT.multiply(part, _HUNDRED) for part in (ratio.value, ratio.low, ratio.high)))


def plan_behind(done: Bounded, percent: Bounded) -> Bounded | None:
    """The plan, from what was done and the percentage of the plan that a report states.

    >>> plan = plan_behind(Bounded.exactly(Decimal("777.792")), Bounded.exactly(Decimal("110.63")))
    >>> plan.value.quantize(Decimal("0.01"))
    Decimal('703.06')
    """
    return quotient(done, Bounded(*(part / _HUNDRED for part in (percent.value, percent.low, percent.high))))


def state_against_plan(percent: Bounded | None, good: str = "up", year_is_over: bool = True) -> State:
    """Where a plan ratio stands; "near" when rounding hides on which side of 100 percent it lies.

    >>> def of(low, high, **more): return state_against_plan(Bounded(Decimal(low), Decimal(low), Decimal(high)), **more)
    >>> of("110.4", "110.5"), of(100, 100), of("99.5", "100.5"), of(91, 92)
    ('exceeded', 'met', 'near', 'missed')
    >>> of("104", "104", good="down"), state_against_plan(None), of(70, 71, year_is_over=False)
    ('missed', 'no_plan', 'running')
    """
    if percent is None:
        return "no_plan"
    over, under = percent.low > _HUNDRED, percent.high < _HUNDRED
    if percent.low == percent.high == _HUNDRED:
        return "met"
    if not over and not under:
        return "near"
    if under and not year_is_over:
        return "running"
    return "exceeded" if over == (good != "down") else "missed"


def shown(number: Bounded, most: int = 2) -> Decimal:
    """A computed number with one decimal more than its interval is sure of, two at most.

    >>> shown(Bounded(Decimal("703.0571"), Decimal("703.025"), Decimal("703.089")))
    Decimal('703.06')
    >>> shown(Bounded(Decimal("5300.2"), Decimal(5273), Decimal(5327)))
    Decimal('5300')
    >>> shown(Bounded(Decimal("4699.832"), Decimal("4699.18"), Decimal("4700.48")))
    Decimal('4699.8')
    """
    decimals = most
    while decimals and number.width > Decimal(1).scaleb(most - decimals):
        decimals -= 1
    return number.value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)

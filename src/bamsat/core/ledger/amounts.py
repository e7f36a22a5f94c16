# SPDX-License-Identifier: Apache-2.0
"""Numbers as the ledger keeps them, whole numbers at the scale of their series, and numbers computed from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Amount:
    """A value of the ledger with the lowest and highest that its written form allows, at the scale of its series.

    >>> Amount.exactly(10) + Amount(20, 15, 25)
    Amount(value=30, lower=25, upper=35)
    """

    value: int
    lower: int
    upper: int

    @classmethod
    def exactly(cls, value: int) -> Amount:
        return cls(value, value, value)

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.value + other.value, self.lower + other.lower, self.upper + other.upper)

    @classmethod
    def sum(cls, amounts: Iterable[Amount]) -> Amount:
        value = lower = upper = 0
        for amount in amounts:
            value, lower, upper = value + amount.value, lower + amount.lower, upper + amount.upper
        return cls(value, lower, upper)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A computed number with the lowest and highest that it can be; rounding never narrows it."""

    value: Decimal
    lower: Decimal
    upper: Decimal

    @classmethod
    def of(cls, value: Fraction, lower: Fraction, upper: Fraction) -> Bounds:
        """Three exact numbers as decimals of 40 digits, the bounds rounded outwards.

        >>> bounds = Bounds.of(Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))
        >>> bounds.lower < Fraction(1, 3) < bounds.upper
        True
        """
        return cls(_decimal(value, ROUND_HALF_EVEN), _decimal(lower, ROUND_FLOOR), _decimal(upper, ROUND_CEILING))


def _decimal(number: Fraction, rounding: str) -> Decimal:
    context = Context(prec=_DIGITS, rounding=rounding)
    # Both are whole numbers, exact at any length; only the division rounds.
    return context.divide(Decimal(number.numerator), Decimal(number.denominator))


def quotient(above: Amount, below: Amount, times: Decimal = Decimal(1), less: Decimal = Decimal(0)) -> Bounds | None:
    """`times * above / below - less`; None where `below` may be zero, because then nothing can be said.

    >>> quotient(Amount.exactly(30), Amount.exactly(40), times=Decimal(100)).value
    Decimal('75')
    >>> quotient(Amount.exactly(1), Amount(0, -1, 1)) is None
    True
    """
    if below.lower <= 0 <= below.upper:
        return None
    scale, offset = Fraction(times), Fraction(less)
    corners = [scale * a / b - offset for a in (above.lower, above.upper) for b in (below.lower, below.upper)]
    value = scale * above.value / below.value - offset
    return Bounds.of(value, min(corners), max(corners))

# SPDX-License-Identifier: Apache-2.0
"""The way from a base year to the target of several years: even growth, and the growth that the rest now needs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal

from bamsat.core.compare.arithmetic import Bounded

_EXACT = Context(prec=40)
_ONE, _HUNDRED = Decimal(1), Decimal(100)
_HALVINGS = 120
_FASTEST = Decimal(100)  # a hundredfold a year: no path is steeper


def needed_growth(now: Bounded, target: Bounded, years: int) -> Bounded | None:
    """The growth a year, in percent, that leads from a level to a target; None where no growth leads there.

    >>> round(needed_growth(Bounded.exactly(Decimal(4700)), Bounded.exactly(Decimal(6900)), 5).value, 2)
    Decimal('7.98')
    """
    if years < 1 or now.low <= 0 or target.low <= 0:
        return None
    pairs = ((target.value, now.value), (target.low, now.high), (target.high, now.low))
    return Bounded(*(_rate(_EXACT.divide(above, below), years) for above, below in pairs))


def _rate(times: Decimal, years: int) -> Decimal:
    return (_EXACT.power(times, _EXACT.divide(_ONE, Decimal(years))) - _ONE) * _HUNDRED


def even_path(base: Decimal, growth: Decimal, years: int) -> tuple[Decimal, ...]:
    """The level of each year that grows by so many percent a year, the first after the base year.

    >>> [round(level) for level in even_path(Decimal(100), Decimal(10), 3)]
    [110, 121, 133]
    """
    step = _ONE + growth / _HUNDRED
    return tuple(base * step**year for year in range(1, years + 1))


def growth_to_total(base: Decimal, total: Decimal, years: int) -> Decimal | None:
    """The even growth by which the years after a base year add up to a total; None where none does.

    >>> round(growth_to_total(Decimal(100), Decimal(364.1), 3), 2)
    Decimal('10.00')
    """
    if base <= 0 or total <= 0 or years < 1:
        return None
    low, high = -_ONE, _FASTEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if sum((base * (_ONE + middle) ** year for year in range(1, years + 1)), Decimal(0)) < total:
            low = middle
        else:
            high = middle
    return None if high == _FASTEST else (low + high) / 2 * _HUNDRED


def average_growth(growths: Sequence[Decimal]) -> Decimal | None:
    """The even growth a year that comes to the same as these, in percent.

    >>> round(average_growth([Decimal(10), Decimal(10)]), 4)
    Decimal('10.0000')
    """
    times = _ONE
    for growth in growths:
        times *= _ONE + growth / _HUNDRED
    if not growths or times <= 0:
        return None
    return _rate(times, len(growths))


def rest_of_average(growths: Sequence[Decimal], asked: Decimal, years: int) -> Decimal | None:
    """The growth that the years left need, so that all years together come to the average asked for.

    >>> round(rest_of_average([Decimal(4)], Decimal(8), 5), 2)
    Decimal('9.02')
    """
    times = (_ONE + asked / _HUNDRED) ** years
    for growth in growths:
        step = _ONE + growth / _HUNDRED
        if step <= 0:
            return None
        times /= step
    left = years - len(growths)
    return _rate(times, left) if left > 0 and times > 0 else None

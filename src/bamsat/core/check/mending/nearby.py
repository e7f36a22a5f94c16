# SPDX-License-Identifier: Apache-2.0
"""What a few rows leave for a value, in exact arithmetic: the calculation that a reader can follow by hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from bamsat.core.check.model import Row

Span = tuple[Fraction | None, Fraction | None]
_DIGITS = 20
_MOST_LOOKS = 12
_MOST_BITS = 400


def spans(rows: Sequence[Row], positive: Callable[[int], bool]) -> dict[int, Span]:
    """Intervals of the values in some rows, passed along until they settle; a contradiction just ends it.

    >>> spans([Row(((0, 1),), 10, 12), Row(((0, 1), (1, -2)), 0, 0)], lambda at: True)[1]
    (Fraction(5, 1), Fraction(6, 1))
    """
    known: dict[int, Span] = {}
    users: dict[int, list[int]] = {}
    for position, row in enumerate(rows):
        for variable, _ in row.terms:
            known.setdefault(variable, (Fraction(0) if positive(variable) else None, None))
            users.setdefault(variable, []).append(position)
    looks = [0] * len(rows)
    waiting = deque(sorted(range(len(rows)), key=lambda position: len(rows[position].terms)))
    queued = [True] * len(rows)
    while waiting:
        position = waiting.popleft()
        queued[position] = False
        looks[position] += 1
        for variable in _narrowed(rows[position], known):
            for other in users[variable]:
                if not queued[other] and other != position and looks[other] < _MOST_LOOKS:
                    queued[other] = True
                    waiting.append(other)
    return known


def _narrowed(row: Row, known: dict[int, Span]) -> list[int]:
    """Narrows the values of one row; which of them moved."""
    moved = []
    for variable, times in row.terms:
        low, high = known[variable]
        new_low, new_high = _left(row, known, variable, times)
        better_low = new_low is not None and (low is None or new_low > low)
        better_high = new_high is not None and (high is None or new_high < high)
        if better_low or better_high:
            known[variable] = (new_low if better_low else low), (new_high if better_high else high)
            moved.append(variable)
    return moved


def _left(row: Row, known: dict[int, Span], variable: int, times: int) -> Span:
    """What a row leaves for one of its values."""
    low, high = _rest(row, known, variable, 0), _rest(row, known, variable, 1)
    if times < 0:
        low, high = high, low
    return _short(low, times, -1), _short(high, times, 1)


def _rest(row: Row, known: dict[int, Span], variable: int, side: int) -> tuple[int, int] | None:
    """A bound of the row without what its other values are at least or at most, as numerator and denominator."""
    total, over = row.high if side else row.low, row.over
    if total is None:
        return None
    for other, coefficient in row.terms:
        if other != variable:
            value = known[other][side if coefficient < 0 else 1 - side]
            if value is None:
                return None
            divisor = value.denominator
            if divisor == over:
                total -= coefficient * value.numerator
            else:
                total, over = total * divisor - coefficient * value.numerator * over, over * divisor
    return total, over


def _short(value: tuple[int, int] | None, times: int, side: int) -> Fraction | None:
    """value / times; digits that nobody will read are rounded away, outwards."""
    if value is None:
        return None
    found = Fraction(value[0], value[1] * times)
    if found.denominator.bit_length() <= _MOST_BITS:
        return found
    steps = 1 << (_MOST_BITS // 2)
    return Fraction((found.numerator * steps * side // found.denominator) * side + side, steps)


def outward(low: Fraction | None, high: Fraction | None) -> tuple[Decimal | None, Decimal | None]:
    """As decimals: exact where twenty digits suffice, otherwise rounded outwards.

    >>> outward(Fraction(1, 3), Fraction(11, 2))
    (Decimal('0.33333333333333333333'), Decimal('5.5'))
    """
    return _decimal(low, ROUND_FLOOR), _decimal(high, ROUND_CEILING)


def _decimal(value: Fraction | None, rounding: str) -> Decimal | None:
    if value is None:
        return None
    long = Context(prec=_DIGITS + len(str(abs(value.numerator))), rounding=rounding)
    digits = long.divide(Decimal(value.numerator), Decimal(value.denominator))
    short = Context(prec=max(_DIGITS, digits.adjusted() + 3), rounding=rounding).plus(digits)
    whole = Context(prec=max(400, short.adjusted() + 2))
    return short if short != short.to_integral_value() else short.quantize(Decimal(1), context=whole)

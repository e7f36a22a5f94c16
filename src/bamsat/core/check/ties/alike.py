# SPDX-License-Identifier: Apache-2.0
"""Whether two numbers that differ are one value told twice with a slip, or two different things under one name.

A reader may lose the word that tells a part from its whole. Two numbers with nothing in common are then two things;
two that differ as people err (a digit, two digits swapped, a comma, a sign) are one value told twice.
"""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache

_FEW, _MANY = 2, 4  # digits that agree by chance at times, and that hardly do
_LITTLE = Decimal("0.15")
_ROUNDED = Decimal("0.02")


def overlap(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    """Whether two intervals have a number in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers differ as a slip of the pen makes them differ.

    >>> is_slip(Decimal("5300"), Decimal("530")), is_slip(Decimal("12.77"), Decimal("17.27"))
    (True, True)
    >>> is_slip(Decimal("872.3"), Decimal("640.5")), is_slip(Decimal("5321"), Decimal("5371"))
    (False, True)
    """
    first, second = digits_of(one), digits_of(other)
    if min(len(first), len(second)) < _FEW:
        return False
    if first == second:
        return True
    if len(first) == len(second):
        differ = sum(a != b for a, b in zip(first, second, strict=True))
        swapped = differ == 2 and sorted(first) == sorted(second) and len(first) > _FEW
        return swapped or (differ == 1 and len(first) >= _MANY)
    return _one_more(first, second) or _one_more(second, first)


@lru_cache(maxsize=65536)
def digits_of(value: Decimal) -> str:
    """The digits of a number without what only says its size."""
    return "".join(map(str, value.normalize().as_tuple().digits)).strip("0")


def _one_more(longer: str, shorter: str) -> bool:
    """Whether one digit was left out, of many."""
    if len(longer) != len(shorter) + 1 or len(shorter) < _MANY:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def explained(one: Decimal, needed: Decimal) -> bool:
    """Whether a number is out by little, or by what slips make: a power of ten, digits swapped.

    >>> explained(Decimal("540"), Decimal("500")), explained(Decimal("20"), Decimal("300"))
    (True, False)
    >>> explained(Decimal("0.3"), Decimal("300.4")), explained(Decimal("712"), Decimal("217.3"))
    (True, True)
    """
    one, needed = abs(one), abs(needed)
    if not one or not needed:
        return False
    if abs(one - needed) <= _LITTLE * max(one, needed):
        return True
    power = round((needed / one).log10())
    if power and abs(needed / one / Decimal(10) ** power - 1) <= _ROUNDED:
        return True
    return is_slip(one, _rounded(needed, len(digits_of(one))))


def _rounded(value: Decimal, digits: int) -> Decimal:
    return Context(prec=max(1, digits)).plus(value)

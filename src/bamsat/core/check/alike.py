# SPDX-License-Identifier: Apache-2.0
"""Whether two numbers that differ are one value told twice with a slip, or two different things under one name.

A reader may lose the word that tells a part from its whole. Two numbers with nothing in common are then two things;
two that differ as people err (a digit, two digits swapped, a comma, a sign) are one value told twice.
"""

from __future__ import annotations

from decimal import Decimal

from bamsat.core.check.model import Stated

_SOME_DIGITS = 3


def overlap(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    """Whether two intervals have a number in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers differ as a slip of the pen makes them differ.

    >>> is_slip(Decimal("5300"), Decimal("530")), is_slip(Decimal("12.77"), Decimal("17.27"))
    (True, True)
    >>> is_slip(Decimal("872.3"), Decimal("640.5")), is_slip(Decimal("5320"), Decimal("5370"))
    (False, True)
    """
    first, second = _digits(one), _digits(other)
    if min(len(first), len(second)) < 2:
        return False
    if first == second:
        return True
    if max(len(first), len(second)) < _SOME_DIGITS:
        return False
    if len(first) == len(second):
        differ = sum(a != b for a, b in zip(first, second, strict=True))
        return differ == 1 or (differ == 2 and sorted(first) == sorted(second))
    return _one_more(first, second) or _one_more(second, first)


def _digits(value: Decimal) -> str:
    return "".join(map(str, value.normalize().as_tuple().digits)).strip("0")


def _one_more(longer: str, shorter: str) -> bool:
    """Whether one digit was left out, of at least three that are left."""
    if len(longer) != len(shorter) + 1 or len(shorter) < _SOME_DIGITS:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def spoken_for(stated: Stated) -> bool:
    """Whether the words themselves say what and when: nothing that matters was inferred."""
    return not {"period", "indicator", "area"}.intersection(stated.figure.inferred) and not stated.figure.doubt

# SPDX-License-Identifier: Apache-2.0
"""Sharing out a whole number so that the parts add up to it, to the last unit (phương pháp số dư lớn nhất)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.numbers import format_number

Share = Decimal | Fraction


class SharesRefused(BamsatError):
    """Shares or weights by which nothing can be shared out."""


def shown_share(share: Fraction) -> tuple[str, str]:
    """A share as people read it, in Vietnamese and in English; a fraction when no short decimal says it.

    >>> shown_share(Fraction(9, 10)), shown_share(Fraction(2, 3))
    (('0,9', '0.9'), ('2/3', '2/3'))
    """
    decimal = Decimal(share.numerator) / Decimal(share.denominator)
    if Fraction(decimal) != share:
        return str(share), str(share)
    return format_number(decimal), format(decimal, "f")


def allocate(total: int, shares: Sequence[Share]) -> list[int]:
    """The whole split by shares that add up to 1; units left by rounding go to the largest remainders, first first.

    >>> allocate(100, [Fraction(1, 3)] * 3), allocate(-100, [Decimal("0.5"), Decimal("0.25"), Decimal("0.25")])
    ([34, 33, 33], [-50, -25, -25])
    >>> allocate(10, [Decimal("0.5"), Decimal("0.4")])
    Traceback (most recent call last):
    bamsat.core.ledger.allocation.SharesRefused: Các phần cộng lại bằng 0,9, phải bằng 1. Hãy sửa các phần rồi chia lại.
    """
    exact = _exact(shares)
    whole = sum(exact, Fraction(0))
    if whole != 1:
        vi, en = shown_share(whole)
        raise SharesRefused(
            vi=f"Các phần cộng lại bằng {vi}, phải bằng 1. Hãy sửa các phần rồi chia lại.",
            en=f"The shares add up to {en}; they must add up to 1. Correct the shares and split again.",
        )
    return by_numerators(total, *numerators(exact))


def spread(total: int, weights: Sequence[Share | int]) -> list[int]:
    """The whole split in proportion to weights: a yearly plan by last year's months, or equally with weights all 1.

    >>> spread(1000, [1, 1, 1, 1]), spread(1000, [30, 20, 10])
    ([250, 250, 250, 250], [500, 333, 167])
    >>> spread(7, [0, 0])
    Traceback (most recent call last):
    bamsat.core.ledger.allocation.SharesRefused: Không chia được theo các trọng số đều bằng 0. \
Hãy chia đều hoặc chọn năm khác làm mẫu.
    """
    exact = _exact(weights)
    if not any(exact):
        raise SharesRefused(
            vi="Không chia được theo các trọng số đều bằng 0. Hãy chia đều hoặc chọn năm khác làm mẫu.",
            en="Nothing can be shared out by weights that are all 0. Split equally or take the shape of another year.",
        )
    return by_numerators(total, *numerators(exact))


def _exact(shares: Sequence[Share | int]) -> list[Fraction]:
    exact = [Fraction(share) for share in shares]
    for at, share in enumerate(exact, start=1):
        if share < 0:
            vi, en = shown_share(share)
            raise SharesRefused(
                vi=f"Phần thứ {at} là {vi}: không chia theo phần âm được. Hãy nhập số từ 0 trở lên.",
                en=f"Part {at} is {en}: nothing can be shared out by a negative part. Give 0 or more.",
            )
    return exact


def numerators(shares: Sequence[Fraction]) -> tuple[tuple[int, ...], int]:
    """The shares over one denominator, their sum: splitting many values then takes whole numbers only.

    >>> numerators([Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)])
    ((3, 2, 1), 6)
    """
    below = lcm(*(share.denominator for share in shares))
    above = tuple(int(share * below) for share in shares)
    return above, sum(above)


def by_numerators(total: int, above: Sequence[int], below: int) -> list[int]:
    """The split by shares `above[i] / below`, where `below` is the sum of `above`.

    >>> by_numerators(-7, (1, 1), 2)
    [-4, -3]
    """
    sign, size = (-1, -total) if total < 0 else (1, total)
    parts, remainders = [], []
    for share in above:
        part, remainder = divmod(size * share, below)
        parts.append(part)
        remainders.append(remainder)
    left = size - sum(parts)
    for at in sorted(range(len(parts)), key=lambda i: -remainders[i])[:left]:
        parts[at] += 1
    return parts if sign > 0 else [-part for part in parts]

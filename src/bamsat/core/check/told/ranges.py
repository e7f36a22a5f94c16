# SPDX-License-Identifier: Apache-2.0
"""Where a number lies, in exact arithmetic, open ends included."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Range:
    """Where a number lies, exactly; None is open."""

    low: Fraction | None = None
    high: Fraction | None = None

    def meets(self, other: Range) -> bool:
        """Whether both can hold.

        >>> low, high = Range(None, Fraction(1)), Range(Fraction(1), Fraction(2))
        >>> low.meets(high), low.meets(Range(Fraction(2)))
        (True, False)
        """
        return not _above(self.low, other.high) and not _above(other.low, self.high)

    def within(self, other: Range) -> Range:
        low = max((end for end in (self.low, other.low) if end is not None), default=None)
        high = min((end for end in (self.high, other.high) if end is not None), default=None)
        return Range(low, high)

    @property
    def is_open(self) -> bool:
        return self.low is None and self.high is None

    @property
    def middle(self) -> Fraction | None:
        if self.low is None or self.high is None:
            return self.high if self.low is None else self.low
        return (self.low + self.high) / 2

    def plus(self, other: Range, times: Fraction = Fraction(1)) -> Range:
        far = other if times >= 0 else Range(other.high, other.low)
        low = None if self.low is None or far.low is None else self.low + times * far.low
        high = None if self.high is None or far.high is None else self.high + times * far.high
        return Range(low, high)

    def times(self, factor: Fraction) -> Range:
        return Range(Fraction(0), Fraction(0)).plus(self, factor)

    def product(self, other: Range) -> Range:
        """Of two numbers that are not negative."""
        low = _ZERO if self.low is None or other.low is None else max(self.low, _ZERO) * max(other.low, _ZERO)
        return Range(low, None if self.high is None or other.high is None else self.high * other.high)

    def quotient(self, other: Range) -> Range:
        """Of two numbers that are not negative."""
        low = _ZERO if self.low is None or not other.high else max(self.low, _ZERO) / other.high
        return Range(low, None if self.high is None or other.low is None or other.low <= 0 else self.high / other.low)

    def by(self, other: Range) -> Range:
        """Divided by a number above zero."""
        if other.low is None or other.low <= 0:
            return Range()
        ends = [1 / other.low, Fraction(0) if other.high is None else 1 / other.high]
        low = None if self.low is None else min(self.low * end for end in ends)
        high = None if self.high is None else max(self.high * end for end in ends)
        return Range(low, high)

    def spread(self, other: Range) -> Range:
        """Times a number that is not negative."""
        if other.low is None or other.high is None:
            return Range()
        ends = (max(other.low, Fraction(0)), other.high)
        low = None if self.low is None else min(self.low * end for end in ends)
        high = None if self.high is None else max(self.high * end for end in ends)
        return Range(low, high)


def _above(low: Fraction | None, high: Fraction | None) -> bool:
    return low is not None and high is not None and low > high

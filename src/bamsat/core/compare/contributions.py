# SPDX-License-Identifier: Apache-2.0
"""What each part gave to the growth of a whole, and to its gap to the plan: in points, adding up exactly.

Values are fractions, so that a column of contributions comes to its total without any rounding in between; beside each
stand the lowest and highest that the digits published allow. What no part told of is a remainder with its own line.

Flows and stocks add: a part's contribution is its change over the whole's level before. An index adds where the weights
of its parts are known (`to_index`). A ratio adds from its parts in no way: its numerator and denominator do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Literal

from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.terms.errors import BamsatError

REST, OTHERS = "", "*"  # keys of what nobody reported, and of small parts told together
_DIGITS = 40
_HUNDRED = Fraction(100)
Kind = Literal["part", "rest", "others"]


class ContributionsRefused(BamsatError):
    """The parts say nothing about the whole: they do not add, and what would make them add is not known."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A computed number without rounding, and the lowest and highest that it can be.

    >>> Exact.of(Bounded.exactly(Decimal(1))) / Exact.of(Bounded.exactly(Decimal(3)))
    Exact(value=Fraction(1, 3), low=Fraction(1, 3), high=Fraction(1, 3))
    """

    value: Fraction
    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, number: Bounded) -> Exact:
        return cls(Fraction(number.value), Fraction(number.low), Fraction(number.high))

    @classmethod
    def exactly(cls, value: Fraction | int) -> Exact:
        return cls(Fraction(value), Fraction(value), Fraction(value))

    @property
    def bounded(self) -> Bounded:
        """As decimals of 40 digits, the bounds rounded outwards."""
        return Bounded(
            _decimal(self.value, ROUND_HALF_EVEN), _decimal(self.low, ROUND_FLOOR), _decimal(self.high, ROUND_CEILING)
        )

    @property
    def may_be_zero(self) -> bool:
        return self.low <= 0 <= self.high

    def __add__(self, other: Exact) -> Exact:
        return Exact(self.value + other.value, self.low + other.low, self.high + other.high)

    def __sub__(self, other: Exact) -> Exact:
        return Exact(self.value - other.value, self.low - other.high, self.high - other.low)

    def __mul__(self, other: Exact) -> Exact:
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Exact(self.value * other.value, min(corners), max(corners))

    def __truediv__(self, other: Exact) -> Exact:
        corners = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Exact(self.value / other.value, min(corners), max(corners))

    def times(self, factor: Fraction | int) -> Exact:
        low, high = sorted((self.low * factor, self.high * factor))
        return Exact(self.value * factor, low, high)


NOTHING = Exact.exactly(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: what it was, what it was before, and what was planned for it; None where nobody told."""

    key: str
    now: Bounded | None
    before: Bounded | None = None
    plan: Bounded | None = None
    derived: bool = False  # what it was before follows from the whole and the other parts


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a part gave: its change, that change in points of the whole, and in percent of the whole's own change.

    There are no points where the whole was nothing or less, and no share where the whole may not have changed.
    `of` names the parts that a line of several stands for.
    """

    key: str
    change: Exact
    points: Exact | None
    share: Exact | None
    kind: Kind = "part"
    of: tuple[str, ...] = ()
    derived: bool = False


def to_growth(parts: Sequence[Part], whole_now: Bounded, whole_before: Bounded) -> tuple[Contribution, ...]:
    """What each part gave to the growth of the whole, the most first; they add up to it, the remainder included.

    >>> def told(*numbers): return [Bounded.exactly(Decimal(number)) for number in numbers]
    >>> found = to_growth([Part("exports", *told(120, 100)), Part("imports", *told(90, 100))], *told(220, 200))
    >>> [(each.key, float(each.points.value)) for each in found]
    [('exports', 10.0), ('', 5.0), ('imports', -5.0)]
    """
    told = [(part, part.now, part.before) for part in parts]
    return _given(told, Exact.of(whole_now), Exact.of(whole_before))


def to_gap(parts: Sequence[Part], whole_now: Bounded, whole_plan: Bounded) -> tuple[Contribution, ...]:
    """What each part gave to what is over the plan or missing; parts without a plan of their own are the remainder.

    >>> def told(*numbers): return [Bounded.exactly(Decimal(number)) for number in numbers]
    >>> parts = [Part("exports", told(120)[0], plan=told(100)[0]), Part("imports", told(90)[0])]
    >>> [(each.key, each.of, float(each.change.value)) for each in to_gap(parts, *told(210, 200))]
    [('exports', (), 20.0), ('', ('imports',), -10.0)]
    """
    told = [(part, part.now, part.plan) for part in parts]
    return _given(told, Exact.of(whole_now), Exact.of(whole_plan))


def _given(
    told: Iterable[tuple[Part, Bounded | None, Bounded | None]], now: Exact, base: Exact
) -> tuple[Contribution, ...]:
    changes, silent = list[tuple[Part, Exact]](), list[str]()
    for part, own, before in told:
        if own is None or before is None:
            silent.append(part.key)
        else:
            changes.append((part, Exact.of(own) - Exact.of(before)))
    whole = now - base
    rest = whole
    for _part, change in changes:
        rest = rest - change
    lines = [_line(part.key, change, base, whole, derived=part.derived) for part, change in changes]
    if silent or rest.value:
        lines.append(_line(REST, rest, base, whole, "rest", tuple(silent)))
    return _ordered(lines)


def _line(
    key: str, change: Exact, base: Exact, whole: Exact, kind: Kind = "part", of: tuple[str, ...] = (),
    derived: bool = False,
) -> Contribution:  # fmt: skip
    points = (change / base).times(100) if base.low > 0 else None
    share = None if whole.may_be_zero else (change / whole).times(100)
    return Contribution(key, change, points, share, kind, of, derived)


def _ordered(lines: Iterable[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(lines, key=lambda one: (-one.change.value, one.key)))


def total(lines: Iterable[Contribution]) -> Contribution:
    """The line under the column: all contributions together.

    The values are exact; how far the total can be off is known better from the whole itself.
    """
    found = list(lines)
    change = points = share = NOTHING
    for one in found:
        change = change + one.change
        points = points + (one.points or NOTHING)
        share = share + (one.share or NOTHING)
    without = any(one.points is None for one in found) or not found
    return Contribution(
        "sum", change, None if without else points, None if any(one.share is None for one in found) else share
    )


def gathered(lines: Sequence[Contribution], most: int) -> tuple[Contribution, ...]:
    """At most so many lines: the smallest parts told together as one, so that the column still adds up.

    >>> def told(*numbers): return [Bounded.exactly(Decimal(number)) for number in numbers]
    >>> found = to_growth([Part(str(n), *told(n, 0)) for n in range(6)], *told(15, 10))
    >>> [(each.key, int(each.change.value)) for each in gathered(found, 3)][:3]
    [('*', 6), ('5', 5), ('4', 4)]
    """
    parts = [one for one in lines if one.kind == "part"]
    if len(lines) <= most or len(parts) < 2:
        return tuple(lines)
    kept = sorted(parts, key=lambda one: (-abs(one.change.value), one.key))[: max(1, most - 1)]
    small = [one for one in parts if one not in kept]
    if len(small) < 2:
        return tuple(lines)
    told = replace(total(small), key=OTHERS, kind="others", of=tuple(one.key for one in small))
    return _ordered([*(one for one in lines if one.kind != "part"), *kept, told])


def explained(lines: Sequence[Contribution]) -> Fraction:
    """How much of all that moved the parts tell of, from 0 (only a remainder) to 1 (no remainder)."""
    moved = sum((abs(one.change.value) for one in lines), Fraction(0))
    rest = sum((abs(one.change.value) for one in lines if one.kind == "rest"), Fraction(0))
    return 1 - rest / moved if moved else Fraction(0)


def completed(parts: Sequence[Part], whole_now: Bounded, whole_before: Bounded) -> tuple[Part, ...]:
    """The parts of a whole that has no others, with the one number that is missing before, or now, as it follows.

    >>> def told(*numbers): return [Bounded.exactly(Decimal(number)) for number in numbers]
    >>> parts = [Part("a", *told(5, 3)), Part("b", told(7)[0])]
    >>> completed(parts, *told(12, 9))[1].before.value
    Decimal('6')
    """
    made = list(parts)
    for of, whole in (("now", whole_now), ("before", whole_before)):
        lacking = [at for at, part in enumerate(made) if getattr(part, of) is None]
        if len(lacking) != 1:
            continue
        left = Exact.of(whole)
        for at, part in enumerate(made):
            if at != lacking[0]:
                left = left - Exact.of(getattr(part, of))
        part, follows = made[lacking[0]], left.bounded
        made[lacking[0]] = replace(
            part, now=follows if of == "now" else part.now, before=follows if of == "before" else part.before,
            derived=True,
        )  # fmt: skip
    return tuple(made)


# An index: the mean of its parts' indices by weights.


@dataclass(frozen=True, slots=True)
class Weighted:
    """A part of an index (same period of last year = 100), and its weight; None where nobody told."""

    key: str
    index: Bounded | None
    weight: Decimal | None


def to_index(parts: Sequence[Weighted], whole: Bounded) -> tuple[Contribution, ...]:
    """What each part gave to the points by which an index is over or under 100.

    >>> parts = [Weighted("mining", Bounded.exactly(Decimal(120)), Decimal(1)),
    ...          Weighted("manufacturing", Bounded.exactly(Decimal(104)), Decimal(3))]
    >>> [(each.key, float(each.points.value)) for each in to_index(parts, Bounded.exactly(Decimal(108)))]
    [('mining', 5.0), ('manufacturing', 3.0)]
    """
    whole_weight = sum((part.weight for part in parts if part.weight is not None), Decimal(0))
    if any(part.weight is None or part.weight < 0 for part in parts) or whole_weight <= 0:
        raise ContributionsRefused(
            vi="Chỉ số không cộng được: chưa có quyền số của các phần. "
            "Hãy nhập giá trị tăng thêm của kỳ gốc làm quyền số.",
            en="Indices do not add: the weights of the parts are not known. "
            "Enter the value added of the base period as weights.",
        )
    off = Exact.of(whole) - Exact.exactly(100)
    lines, rest, silent = list[Contribution](), off, list[str]()
    for part in parts:
        if part.index is None:
            silent.append(part.key)
            continue
        share = Fraction(part.weight or 0) / Fraction(whole_weight)
        given = (Exact.of(part.index) - Exact.exactly(100)).times(share)
        rest = rest - given
        lines.append(_line(part.key, given, Exact.exactly(100), off))
    if silent or rest.value:
        lines.append(_line(REST, rest, Exact.exactly(100), off, "rest", tuple(silent)))
    return _ordered(lines)


def _decimal(number: Fraction, rounding: str) -> Decimal:
    context = Context(prec=_DIGITS, rounding=rounding)
    return context.divide(Decimal(number.numerator), Decimal(number.denominator))

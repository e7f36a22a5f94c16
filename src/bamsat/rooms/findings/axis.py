# SPDX-License-Identifier: Apache-2.0
"""Intervals of one value drawn on one axis: what is printed against what the other figures demand, and the gap.

Each interval has its words on a line of their own over its bar, so words never run into each other, however near or far
the intervals lie. Positions are text in percent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bamsat.rooms.findings.picture import broken, percent

LETTERS = 44  # of a line, at the width of a phone
SMALL, BAR = 18, 12
FROM, TO = 3.0, 97.0
LEAST = 0.8  # an interval that is narrower still is seen


@dataclass(frozen=True, slots=True)
class Span:
    """An interval to draw, open where an end is None; `kind` is its class: printed, asked or mended."""

    words: str
    low: Decimal | None
    high: Decimal | None
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    words: tuple[tuple[str, int], ...]  # lines and their heights
    x: str
    width: str
    y: int
    kind: str
    mark_x: str  # where an end is open, the arrow's end
    open_low: bool
    open_high: bool


@dataclass(frozen=True, slots=True)
class Gap:
    x1: str
    x2: str
    middle: str
    y: int


@dataclass(frozen=True, slots=True)
class Axis:
    bars: tuple[Bar, ...]
    gap: Gap | None
    foot: int
    height: int


def axis(spans: Sequence[Span]) -> Axis | None:
    """The bars of these intervals and the gap between the first two; nothing where there is nothing to compare."""
    ends = [end for span in spans for end in (span.low, span.high) if end is not None]
    if len(spans) < 2 or not ends:
        return None
    low, high = min(ends), max(ends)
    reach = high - low or abs(high) or Decimal(1)
    # An open end runs on to the edge of the drawing; closed ones keep a little off it.
    low, reach = low - reach / 10, reach * Decimal("1.2")
    bars, y = [], 0
    for span in spans:
        bars.append(_bar(span, low, reach, y))
        y = bars[-1].y + BAR + SMALL // 2
    gap = _gap(spans[0], spans[1], low, reach, y)
    foot = y + (SMALL + 6 if gap else 0)
    return Axis(tuple(bars), gap, foot, foot + 8)


def distance(one: Span, other: Span) -> Decimal | None:
    """How far two intervals are apart; None where they meet."""
    if one.low is not None and other.high is not None and other.high < one.low:
        return one.low - other.high
    if other.low is not None and one.high is not None and one.high < other.low:
        return other.low - one.high
    return None


def _bar(span: Span, low: Decimal, reach: Decimal, top: int) -> Bar:
    lines = broken(span.words, LETTERS, 3)
    start, end = _at(span.low, low, reach, FROM), _at(span.high, low, reach, TO)
    start = max(FROM, min(start, TO - LEAST))
    width = max(end - start, LEAST)
    y = top + SMALL * len(lines) + 2
    words = tuple((line, top + SMALL * (row + 1) - 4) for row, line in enumerate(lines))
    open_low, open_high = span.low is None, span.high is None
    mark = start if open_low else start + width
    return Bar(words, percent(start), percent(width), y, span.kind, percent(mark), open_low, open_high)


def _gap(one: Span, other: Span, low: Decimal, reach: Decimal, top: int) -> Gap | None:
    """The dashed line from the end of the one to the beginning of the other."""
    if distance(one, other) is None:
        return None
    first, second = (one, other) if one.high is not None and other.low is not None and one.high < other.low else (
        other, one
    )  # fmt: skip
    x1, x2 = _at(first.high, low, reach, FROM), _at(second.low, low, reach, TO)
    return Gap(percent(x1), percent(x2), percent(min(max((x1 + x2) / 2, 30), 70)), top + SMALL // 2)


def _at(value: Decimal | None, low: Decimal, reach: Decimal, otherwise: float) -> float:
    return otherwise if value is None else FROM + float((value - low) / reach) * (TO - FROM)

# SPDX-License-Identifier: Apache-2.0
"""Where the bars, lines and words of a chart stand. Positions are text in percent, so that words keep their size.

Bars start at zero; what is missing is a dashed gap with words, never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from bamsat.ui import words

HEIGHT = 280  # of the drawing, above the words at its foot
HEAD = 40  # room for the value over the tallest bar
MINI = 40
FULL = Decimal(125)  # percent of plan at the end of the track
MOST_BARS = 24
WORDS = 8  # names of periods that fit under a chart


def percent(value: float | Decimal) -> str:
    """A position: a point as decimal mark, whatever the language of the page."""
    return f"{float(value):.2f}%"


def pixels(value: float | Decimal) -> str:
    return f"{float(value):.1f}"


# ---- parts of a whole: how much of a document has been seen


@dataclass(frozen=True, slots=True)
class Part:
    kind: str
    x: str
    width: str


def parts(counts: Sequence[tuple[str, int]]) -> list[Part]:
    """Counts side by side on one bar; a part that is not nothing is always seen."""
    shown = [(kind, count) for kind, count in counts if count > 0]
    total = sum(count for _kind, count in shown)
    made, at = [], 0.0
    for kind, count in shown:
        width = 100 * count / total
        made.append(Part(kind, percent(at), percent(max(width - 0.3, 0.4))))
        at += width
    return made


# ---- a percentage of the plan


@dataclass(frozen=True, slots=True)
class PlanBar:
    width: str
    plan: str
    estimated: bool
    pace: str = ""  # where the bar should be by now


def plan_bar(ratio: Decimal, estimated: bool, pace: Decimal | None = None) -> PlanBar:
    """The bar ends at 125% of the plan; what goes beyond fills it."""
    return PlanBar(
        _on_track(ratio), percent(100 * 100 / FULL), estimated, "" if pace is None or pace >= 100 else _on_track(pace)
    )


def _on_track(ratio: Decimal) -> str:
    return percent(min(max(ratio, Decimal(0)), FULL) * 100 / FULL)


# ---- last year, this year, plan


@dataclass(frozen=True, slots=True)
class Mini:
    past: tuple[str, str] | None  # y, height
    now: tuple[str, str] | None
    plan: str
    estimated: bool


def mini(past: Decimal | None, now: Decimal | None, plan: Decimal | None, estimated: bool) -> Mini | None:
    """Two bars and a line; nothing where there is nothing to compare with, or where a value is below zero."""
    known = [value for value in (past, now, plan) if value is not None]
    if len(known) < 2 or min(known) < 0 or max(known) <= 0:
        return None
    top = max(known) / Decimal(MINI - 6)

    def bar(value: Decimal | None) -> tuple[str, str] | None:
        return None if value is None else (pixels(MINI - value / top), pixels(value / top))

    return Mini(bar(past), bar(now), "" if plan is None else pixels(MINI - plan / top), estimated)


# ---- a series over time


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series: its value, or only its plan."""

    period: str
    value: Decimal | None
    shown: str  # the value in words, with its hedge
    estimated: bool = False
    derived: bool = False
    plan: Decimal | None = None
    plan_shown: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    width: str
    middle: str
    y: str
    height: str
    shown: str
    shown_y: str
    estimated: bool
    derived: bool
    missing: bool
    plan_y: str
    plan_from: str
    plan_to: str
    plan_shown: str
    foot: str
    note: str


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[str, str], ...]  # y, words
    zero: str
    height: int
    foot_y: int
    note_y: int
    words_shown: bool


def series(points: Sequence[Point], scale: Decimal) -> Chart | None:
    """Bars of the latest periods; `scale` turns base units into the unit that is shown."""
    points = points[-MOST_BARS:]
    known = [value for point in points for value in (point.value, point.plan) if value is not None]
    if not known:
        return None
    high, low = max([*known, Decimal(0)]), min([*known, Decimal(0)])
    reach = (high - low) or Decimal(1)
    per_unit = Decimal(HEIGHT - HEAD) / reach

    def y(value: Decimal) -> Decimal:
        return HEAD + (high - value) * per_unit

    # Words under every bar would run into each other: of many bars every second or third is named, the last always.
    every = -(-len(points) // WORDS)
    bars = tuple(
        _bar(point, place, len(points), y, named=(len(points) - 1 - place) % every == 0)
        for place, point in enumerate(points)
    )
    ticks = tuple((pixels(y(tick)), words.number(tick / scale)) for tick in _ticks(low, high, scale))
    return Chart(bars, ticks, pixels(y(Decimal(0))), HEIGHT + 50, HEIGHT + 20, HEIGHT + 37, len(points) <= 8)


def _bar(point: Point, place: int, count: int, at: Callable[[Decimal], Decimal], named: bool = True) -> Bar:
    slot = 94 / count
    width = min(slot * 0.6, 15)
    middle = 6 + slot * (place + 0.5)
    zero, missing = at(Decimal(0)), point.value is None
    tall = point.plan if missing and point.plan is not None else point.value or Decimal(0)
    top, bottom = sorted((at(tall), zero))
    plan_y = at(point.plan) if point.plan is not None else None
    return Bar(
        x=percent(middle - width / 2), width=percent(width), middle=percent(middle),
        y=pixels(top), height=pixels(max(bottom - top, Decimal(1))),
        shown=point.shown, shown_y=pixels(_above(top, plan_y)),
        estimated=point.estimated, derived=point.derived, missing=missing,
        plan_y="" if plan_y is None else pixels(plan_y),
        plan_from=percent(middle - width / 2 - 1.5), plan_to=percent(middle + width / 2 + 1.5),
        plan_shown=point.plan_shown, foot=words.period_short(point.period) if named else "", note=point.note,
    )  # fmt: skip


def _above(top: Decimal, plan_y: Decimal | None) -> Decimal:
    """The value stands over its bar, and over the line of the plan where that would cross it."""
    stands = top - 9
    return plan_y - 9 if plan_y is not None and stands - 12 < plan_y < stands + 6 else stands


def _ticks(low: Decimal, high: Decimal, scale: Decimal) -> list[Decimal]:
    """Three to five round values between the ends, in the unit that is shown."""
    reach = (high - low) / scale
    if reach <= 0:
        return []
    rough = float(reach) / 4
    power = 10.0 ** floor(log10(rough))
    step = Decimal(str(next(size for size in (1, 2, 2.5, 5, 10) if size * power >= rough) * power)) * scale
    first = -(-low // step) * step
    found = []
    tick = first
    while tick <= high:
        if tick != 0:
            found.append(tick)
        tick += step
    return found

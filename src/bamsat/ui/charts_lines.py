# SPDX-License-Identifier: Apache-2.0
"""Small charts of a year, month by month: this year, the year before, the pace that the plan asks for, the plan.

Lines are drawn on a field of twelve months and two hundred steps that stretches to any width; words, dots and gaps
stand outside that field, in percent and pixels, so that they keep their size. Months without a number are not bridged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString

from bamsat.ui.charts import percent, pixels

MONTHS = 12
STEPS = 200  # of the field, from its top
HEAD, TALL, FOOT = 8, 84, 20  # pixels over, of and under the field
WIDE = 84.0  # percent of the drawing that the field takes; names of lines stand beside it
APART = 13.0  # pixels between two names

Value = float | Decimal | None


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a line, beside its end."""

    kind: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A year beside the year before; each path is empty where nothing is known."""

    now: str
    past: str
    pace: str
    plan: str  # where the line of the plan stands, in pixels
    dot: tuple[str, str] | None  # the last month of this year
    gaps: tuple[tuple[str, str], ...]  # x and width of the months without a number
    ticks: tuple[tuple[str, str], ...]  # x and name of some months
    names: tuple[Name, ...]
    field: str = f"0 0 {MONTHS - 1} {STEPS}"
    width: str = percent(WIDE)
    head: int = HEAD
    tall: int = TALL
    ground: int = HEAD + TALL
    foot: int = HEAD + TALL + FOOT - 6
    height: int = HEAD + TALL + FOOT


def lines(
    now: Sequence[Value], past: Sequence[Value], pace: Sequence[Value], plan: Value, names: tuple[str, str, str],
    months: Sequence[str], from_zero: bool = True, upto: int = MONTHS,
) -> Lines | None:  # fmt: skip
    """None where nothing of the year and the year before is known. `names` are those of this year, the year before and
    the plan; `upto` is the last month that this year is asked for."""
    if not [value for value in (*now, *past) if value is not None]:
        return None
    known = [float(value) for value in (*now, *past, *pace, plan) if value is not None]
    high, low = max(known), min(known)
    if from_zero:
        high, low = max(high, 0.0), min(low, 0.0)
    reach = (high - low) or 1.0
    if not from_zero:
        high, reach = high + reach / 10, reach * 1.2

    def y(value: Value) -> float:
        return (high - float(value or 0)) / reach * STEPS

    last = _last(now)
    ends = [("n", _last_of(now), names[0]), ("p", _last_of(past), names[1]), ("k", plan, names[2])]
    return Lines(
        _path(now, y), _path(past, y), _path(pace, y), "" if plan is None else pixels(_at(y(plan))),
        None if last is None else (_x(last), pixels(_at(y(now[last])))),
        _gaps(now, upto), tuple((_x(at), months[at]) for at in (0, 5, 11)),
        _apart([(kind, _at(y(value)), text) for kind, value, text in ends if value is not None]),
    )  # fmt: skip


def drawing(chart: Lines, label: str) -> SafeString:
    """The chart as SVG. A page has forty of them: written here, they take a fifth of the time that a template takes."""
    gaps = "".join(
        f'<rect class="gap" x="{x}" y="{chart.head}" width="{wide}" height="{chart.tall}"/>' for x, wide in chart.gaps
    )
    plan = _rule("plan", chart.width, chart.plan) if chart.plan else ""
    paths = (("l-past", chart.past), ("l-pace", chart.pace), ("line", chart.now))
    drawn = "".join(f'<path class="{kind}" d="{path}"/>' for kind, path in paths if path)
    dot = f'<circle class="dot" cx="{chart.dot[0]}" cy="{chart.dot[1]}" r="3.5"/>' if chart.dot else ""
    names = "".join(
        f'<text class="{"v" if name.kind == "n" else "s"}" x="100%" y="{name.y}" dy="4" text-anchor="end">'
        f"{escape(name.text)}</text>"
        for name in chart.names
    )
    anchors = ("start", "middle", "end")
    ticks = "".join(
        f'<text class="s" x="{x}" y="{chart.foot}" text-anchor="{anchor}">{escape(text)}</text>'
        for anchor, (x, text) in zip(anchors, chart.ticks, strict=True)
    )
    return SafeString(
        f'<svg class="ch" height="{chart.height}" role="img" aria-label="{escape(label)}">{gaps}'
        f"{_rule('axis', chart.width, str(chart.ground))}{plan}"
        f'<svg y="{chart.head}" width="{chart.width}" height="{chart.tall}" viewBox="{chart.field}"'
        f' preserveAspectRatio="none">{drawn}</svg>{dot}{names}{ticks}</svg>'
    )


def _rule(kind: str, width: str, y: str) -> str:
    return f'<line class="{kind}" x1="0" x2="{width}" y1="{y}" y2="{y}"/>'


def _x(month: int) -> str:
    return percent(WIDE * month / (MONTHS - 1))


def _at(steps: float) -> float:
    return HEAD + steps * TALL / STEPS


def _last(values: Sequence[Value]) -> int | None:
    return max((at for at, value in enumerate(values) if value is not None), default=None)


def _last_of(values: Sequence[Value]) -> Value:
    last = _last(values)
    return None if last is None else values[last]


def _path(values: Sequence[Value], y: Callable[[Value], float]) -> str:
    """ "M0 150l1-12 1-9": a line for every run of months that follow one another."""
    told, before = "", None
    for month, value in enumerate(values):
        if value is None:
            before = None
            continue
        step = round(y(value))
        told += f"M{month} {step}h0" if before is None else f"l1 {step - before}".replace(" -", "-")
        before = step
    return told


def _gaps(values: Sequence[Value], upto: int) -> tuple[tuple[str, str], ...]:
    """The months up to `upto` that have no number, run by run; none where the year has none at all."""
    if _last(values) is None:
        return ()
    found, start = [], None
    for month in range(upto + 1):
        lacks = month < upto and values[month] is None
        if lacks and start is None:
            start = month
        elif not lacks and start is not None:
            left, right = max(start - 0.5, 0), min(month - 0.5, MONTHS - 1)
            found.append((percent(WIDE * left / (MONTHS - 1)), percent(WIDE * (right - left) / (MONTHS - 1))))
            start = None
    return tuple(found)


def _apart(ends: list[tuple[str, float, str]]) -> tuple[Name, ...]:
    """Names stand beside the ends of their lines, and never on one another."""
    placed: list[tuple[str, float, str]] = []
    for kind, at, text in sorted(ends, key=lambda end: end[1]):
        floor = placed[-1][1] + APART if placed else HEAD - 4.0
        placed.append((kind, max(at, floor), text))
    over = placed[-1][1] - (HEAD + TALL) if placed else 0.0
    return tuple(Name(kind, pixels(at - max(over, 0.0)), text) for kind, at, text in placed)


# ---- years beside each other, where nothing is known of their months


@dataclass(frozen=True, slots=True)
class YearBar:
    x: str
    width: str
    middle: str
    y: str
    height: str
    kind: str  # past, der, bar, est; gap where only a plan is known
    foot: str


@dataclass(frozen=True, slots=True)
class Years:
    bars: tuple[YearBar, ...]
    plan: tuple[str, str, str] | None  # from, to, y
    ground: str
    foot: int = HEAD + TALL + FOOT - 6
    height: int = HEAD + TALL + FOOT


def years(points: Sequence[tuple[str, Value, str]], plan: Value = None) -> Years | None:
    """Bars from zero, one a year (name, value, kind); the plan is a line over the last of them."""
    known = [float(value) for _name, value, _kind in points if value is not None] + (
        [] if plan is None else [float(plan)]
    )
    if not known or not [value for _name, value, _kind in points if value is not None]:
        return None
    high, low = max(*known, 0.0), min(*known, 0.0)
    reach = (high - low) or 1.0

    def y(value: Value) -> float:
        return HEAD + (high - float(value or 0)) / reach * TALL

    slot = 100 / max(len(points), 3)
    bars = []
    for at, (name, value, kind) in enumerate(points):
        middle, width = slot * (at + 0.5), slot * 0.6
        top, bottom = sorted((y(plan if value is None else value), y(0)))
        bars.append(
            YearBar(
                percent(middle - width / 2), percent(width), percent(middle), pixels(top),
                pixels(max(bottom - top, 1)), "gap" if value is None else kind, name,
            )
        )  # fmt: skip
    middle = slot * (len(points) - 0.5)
    over = None if plan is None else (percent(middle - slot * 0.45), percent(middle + slot * 0.45), pixels(y(plan)))
    return Years(tuple(bars), over, pixels(y(0)))

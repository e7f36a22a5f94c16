# SPDX-License-Identifier: Apache-2.0
"""The course of a year that is not over: done against the plan and the usual pace, the forecast, what is now needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor, log10

from django.utils.translation import gettext as _

from bamsat.core.compare import arithmetic
from bamsat.core.compare.explained import explained
from bamsat.core.compare.forecast import SYMMETRIC, Forecast
from bamsat.core.compare.pace import shape_of
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.comparison import Number
from bamsat.rooms.figures.numbers import told
from bamsat.rooms.scoreboard.ahead import chance_said
from bamsat.rooms.scoreboard.progress import Progress, Span, progress_of, span_of
from bamsat.rooms.scoreboard.sums import HISTORY
from bamsat.rooms.scoreboard.why.answer import Whole
from bamsat.rooms.scoreboard.why.lines import Size, size_of
from bamsat.rooms.scoreboard.why.reached import add
from bamsat.rooms.scoreboard.year_end import run_of_levels
from bamsat.ui import words
from bamsat.ui.charts import percent

FULL = 95.0  # percent of the width that the larger of plan and forecast takes
APART = 25.0  # two words over the bar stand at least so far from each other


@dataclass(frozen=True, slots=True)
class Bar:
    """Where things stand over the bar of the year; empty where there is nothing to show."""

    done: str
    estimated: bool
    plan: str
    pace: str
    pace_named: bool
    band: str
    band_width: str
    came: str


@dataclass(frozen=True, slots=True)
class Course:
    bar: Bar | None
    label: str
    done_when: str
    done: str
    plan: str
    pace: str
    forecast: str
    came: str
    facts: tuple[tuple[str, str], ...]
    method: str
    unit: str
    chance: float | None


def course(whole: Whole) -> Course | None:
    """None for a year that is over, and for one of which nothing can be said."""
    shelf = whole.shelf
    spoken = [(period, "actual") for period in shelf.periods() if shelf.value(period) or shelf.growth(period)]
    span = span_of(whole.span, spoken)
    if span.year is None or span.so_far is None or span.month >= 12:
        return None
    for back in range(HISTORY + 1):
        add(shelf, span.so_far.shift_years(-back))
        add(shelf, span.year.shift_years(-back))
    flow = shelf.indicator.adds_up == AddsUp.FLOW
    run = () if flow else run_of_levels(shelf, span.so_far.last, (HISTORY + 1) * 12)
    found = progress_of(shelf, span, span.so_far, 0, run)
    if found.forecast is not None and found.forecast.method == "growth":
        return _of_growth(found, found.forecast)
    done = found.to_date or (None if flow else shelf.value(span.so_far) or shelf.value(span.asked))
    if done is None or (found.forecast is None and found.pace is None):
        return None
    return _told(whole, span, found, done)


def _of_growth(found: Progress, ahead: Forecast) -> Course:
    """Growth has no bar from zero to a plan: the sentence tells it."""
    facts = [(_("Khả năng đạt kế hoạch"), chance_said(found.chance))] if found.chance is not None else []
    method = explained(ahead, shape_of([], ahead.month), words.language())
    return Course(None, "", "", "", "", "", "", "", tuple(facts), method, "%", found.chance)


def _told(whole: Whole, span: Span, found: Progress, done: Number) -> Course:
    size = size_of(whole)
    plan = whole.shelf.plan(span.year) if span.year else None
    plan = plan or whole.shelf.plan(span.so_far or span.asked)
    ahead = _scaled(found.forecast, size) if found.forecast else None
    plan_told, done_told, came = told(plan), told(done), told(found.came)
    said = {
        "when": words.period(span.so_far.code if span.so_far else ""),
        "done": f"{done_told.text if done_told else ''} {size.name}",
    }
    forecast_told = _range(ahead) if ahead else ""
    label = [_("%(when)s: %(done)s") % said]
    if plan_told:
        label.append(_("kế hoạch %(plan)s") % {"plan": plan_told.text})
    if found.pace:
        label.append(_("nhịp cần có %(share)s%% năm") % {"share": _share(found)})
    if forecast_told:
        label.append(_("dự báo cả năm %(range)s") % {"range": forecast_told})
    places = 1 if size.size > 1 else 0
    return Course(
        bar=_bar(found, done, plan, ahead, size), label="; ".join(label), done_when=said["when"],
        done=done_told.text if done_told else "", plan=plan_told.text if plan_told else "",
        pace=_share(found) if found.pace else "", forecast=forecast_told,
        came=_came(found.came, plan, came.text if came else ""), facts=tuple(_facts(found, done, plan, size, span)),
        method=_method(ahead, found, places), unit=size.name,
        chance=found.chance,
    )  # fmt: skip


def _method(ahead: Forecast | None, found: Progress, places: int) -> str:
    if ahead is None:
        return ""
    # Levels published with decimals are told as closely as four digits tell them.
    decimals = None if ahead.method == "level" else places
    return explained(ahead, found.shape or shape_of([], ahead.month), words.language(), decimals)


def _scaled(ahead: Forecast, size: Size) -> Forecast:
    """In the unit that people read; what is relative stays."""
    by = float(size.size)
    return replace(
        ahead, value=ahead.value / by, low=ahead.low / by, high=ahead.high / by, done=ahead.done / by,
        rest=ahead.rest / by, before=None if ahead.before is None else ahead.before / by,
        spread=ahead.spread / by if ahead.method in SYMMETRIC else ahead.spread,
    )  # fmt: skip


def _bar(found: Progress, done: Number, plan: Number | None, ahead: Forecast | None, size: Size) -> Bar:
    by = float(size.size)
    values = [abs(float(each.value)) / by for each in (done, plan, found.came) if each] + (
        [ahead.high] if ahead else []
    )
    top = max([*values, 1e-9])

    def at(value: float) -> float:
        return max(0.0, value / top * FULL)

    plan_at = at(float(plan.value) / by) if plan else 0.0
    pace_at = at(found.pace.should / by) if found.pace else 0.0
    return Bar(
        done=percent(at(float(done.value) / by)), estimated=done.kind == "estimate",
        plan=percent(plan_at) if plan else "", pace=percent(pace_at) if found.pace else "",
        pace_named=plan_at - pace_at > APART, band=percent(at(ahead.low)) if ahead else "",
        band_width=percent(at(ahead.high) - at(ahead.low)) if ahead else "",
        came=percent(at(float(found.came.value) / by)) if found.came else "",
    )  # fmt: skip


def _facts(found: Progress, done: Number, plan: Number | None, size: Size, span: Span) -> list[tuple[str, str]]:
    facts, by = list[tuple[str, str]](), float(size.size)
    ratio = arithmetic.plan_ratio(done.bounded, plan.bounded) if plan else None
    if ratio:
        facts.append((_("Đạt đến hết tháng %(month)s") % {"month": span.month}, f"{_number(ratio.value, 1)}%"))
    if found.pace and plan and plan.value > 0:
        off = Decimal(repr(found.pace.ahead)) / plan.value * 100
        usual = bool(found.shape and found.shape.years)
        names = {
            (True, True): _("Nhanh hơn nhịp thường"), (True, False): _("Nhanh hơn nhịp đều"),
            (False, True): _("Chậm so với nhịp thường"), (False, False): _("Chậm so với nhịp đều"),
        }  # fmt: skip
        facts.append((names[off >= 0, usual], f"{_number(abs(off), 1)} {_('điểm %')}"))
    if found.needed and found.needed.months:
        facts.append((_("Mỗi tháng đã làm"), _number(found.needed.so_far / by, 1)))
        facts.append((_("Mỗi tháng còn lại cần"), _number(found.needed.each / by, 1)))
        if found.needed.times is not None and found.needed.left:
            times = found.needed.times
            facts.append((_("So với đến nay"), _("gấp %(times)s lần") % {"times": _number(times, 2)}))
    if found.chance is not None and found.forecast:
        facts.append((_("Khả năng đạt kế hoạch"), chance_said(found.chance)))
    if found.together is not None and (both := told(found.together, sign=True)):
        facts.append((_("Tháng 1 và 2 tính chung"), f"{both.text}%"))
    return facts


def _share(found: Progress) -> str:
    return _number(100 * found.shape.share, 1) if found.shape else ""


def _came(came: Number | None, plan: Number | None, text: str) -> str:
    """What the year came to, where that is known by now."""
    if came is None:
        return ""
    ratio = arithmetic.plan_ratio(came.bounded, plan.bounded) if plan else None
    if ratio is None:
        return _("Cả năm về sau: %(number)s") % {"number": text}
    said = {"number": text, "ratio": words.number(arithmetic.shown(ratio, 1))}
    return _("Cả năm về sau: %(number)s, đạt %(ratio)s%%") % said


def _range(ahead: Forecast) -> str:
    """Both ends outwards, in steps of about a hundredth of the width: as the sentence below tells them."""
    width = ahead.high - ahead.low
    step = floor(log10(width / 100)) + 1 if width > 0 else -2
    places = max(-step, 0)
    low = Decimal(repr(ahead.low)).scaleb(-step).quantize(Decimal(1), rounding=ROUND_FLOOR).scaleb(step)
    high = Decimal(repr(ahead.high)).scaleb(-step).quantize(Decimal(1), rounding=ROUND_CEILING).scaleb(step)
    first, last = _number(low, places), _number(high, places)
    return f"{first} {words.DASH} {last}" if first != last else first


def _number(value: float | Decimal, places: int) -> str:
    return format_number(Decimal(repr(value)) if isinstance(value, float) else value, places)

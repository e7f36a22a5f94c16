# SPDX-License-Identifier: Apache-2.0
"""Numbers of the ledger as tables and charts show them: text with hedge and sign, unit beside it, where it leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.compare import arithmetic
from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.comparison import Number, PlanState
from bamsat.rooms.figures.histories import History, HistoryRow
from bamsat.rooms.figures.models import Entry
from bamsat.ui import charts, words

KIND_OF_STATE = {
    PlanState.EXCEEDED: "good", PlanState.MET: "good", PlanState.NEAR: "doubt", PlanState.MISSED: "bad",
    PlanState.AT_RISK: "doubt", PlanState.RUNNING: "half", PlanState.NOT_STARTED: "wait", PlanState.NO_PLAN: "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A number in words."""

    text: str
    unit: str
    note: str
    address: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The size in which numbers of one unit are said side by side, where the catalogue does not name one."""

    unit: str
    size: Decimal
    name: str


def scale_of(*numbers: Number | None) -> Scale | None:
    """That of the first number which has one: all numbers of a row or column are said in it."""
    for number in numbers:
        if number and number.unit and number.display_unit == number.unit:
            size, name = words.size_and_unit(number.value, number.unit, number.written)
            return Scale(number.unit, size, name)
    return None


def told(number: Number | None, sign: bool = False, scale: Scale | None = None) -> Told | None:
    """ "trên 68.800", "tỷ đồng", "ước", and the address of its entry."""
    if number is None:
        return None
    shown, unit = in_unit(number, scale)
    text = words.hedged(f"+{shown}" if sign and number.value > 0 else shown, number.hedge)
    # A restated number is no entry: it leads to its parts, further down the page, and they to theirs.
    address = f"#{anchor(number.period)}" if number.pieces else ""
    if not address and number.entry:
        address = entry_address(number.entry)
    return Told(text, unit, note_of(number), address, number.how)


def entry_address(uuid: UUID) -> str:
    """The page of an entry, without asking the router for each of the many numbers of a table."""
    return f"{_entries(get_script_prefix())}{uuid}/"


@lru_cache(maxsize=4)
def _entries(_prefix: str) -> str:
    return reverse("figures:entry", args=[UUID(int=0)]).removesuffix(f"{UUID(int=0)}/")


def anchor(period: str) -> str:
    """Where the parts of a restated number stand on the page of its series."""
    return f"phan-{period.replace('/', '_')}"


def without_sign(number: Number | None) -> str:
    """For a sentence whose verb says the direction: "gần 16" after "tăng"."""
    return words.hedged(words.number(abs(number.display)), number.hedge) if number else ""


def in_unit(number: Number, scale: Scale | None = None) -> tuple[str, str]:
    """In the unit that the catalogue shows, else in the size that its neighbours are said in."""
    if number.of is not None:
        return f"{words.number(number.value)}/{words.number(number.of)}", words.unit_name(number.unit)
    scale = scale or scale_of(number)
    if scale and number.display_unit == number.unit == scale.unit:
        return words.number(number.display / scale.size), scale.name
    return words.number(number.display), words.unit_name(number.display_unit)


def note_of(number: Number) -> str:
    """What the number is: restated, derived, estimated; nothing for what was simply done."""
    if number.boundaries:
        return _("quy đổi")
    if number.months:
        return ngettext("cộng %(count)s tháng", "cộng %(count)s tháng", number.months) % {"count": number.months}
    if number.derived:
        return _("suy ra")
    if number.of:
        return f"{format_number(100 * number.value / number.of, 1)}%"
    return words.status(number.kind) if number.kind in ("estimate", "forecast") else ""


def range_of(number: Number, scale: Scale | None = None) -> str:
    if number.low == number.high:
        return ""
    size = scale.size if scale and number.display_unit == number.unit == scale.unit else Decimal(1)
    return words.span(number.display_low / size, number.display_high / size)


@dataclass(frozen=True, slots=True)
class Line:
    """A period of a series in its table."""

    period: str
    level: Told | None
    range: str
    growth_on_last: Told | None
    growth: Told | None
    plan: Told | None
    plan_ratio: Told | None
    kind: str
    state: str
    refusal: str = ""


def lines(history: History, called: Mapping[str, str] | None = None) -> list[Line]:
    """`called` names the providers where several speak: each value then says whose it is."""
    scale = scale_of_history(history)
    return [_line(row, scale, called or {}) for row in history.rows]


def scale_of_history(history: History) -> Scale | None:
    return scale_of(*(row.level for row in history.rows), *(row.plan for row in history.rows))


def _of_provider(said: Told | None, number: Number | None, called: Mapping[str, str]) -> Told | None:
    if said is None or number is None or number.provider not in called:
        return said
    return replace(said, note=", ".join(part for part in (said.note, called[number.provider]) if part))


def _line(row: HistoryRow, scale: Scale | None, called: Mapping[str, str]) -> Line:
    return Line(
        period=row.period,
        level=_of_provider(told(row.level, scale=scale), row.level, called),
        range=range_of(row.level, scale) if row.level else "",
        growth_on_last=told(row.growth_on_last, sign=True),
        growth=told(row.growth, sign=True),
        plan=told(row.plan, scale=scale),
        plan_ratio=told(row.plan_ratio),
        kind=KIND_OF_STATE[row.state],
        state=str(row.state.label),
        refusal=row.refusal,
    )


def chart_of(history: History) -> charts.Chart | None:
    """The periods of one length, with the plan of each; a period with only a plan is a gap with words."""
    lengths = {number.period for number in history.levels}
    length = Period.parse(next(iter(lengths))).length if lengths else 0
    rows = [
        row
        for row in reversed(history.rows)
        if row.period in lengths or _only_planned(row, history) or _refused(row, length)
    ]
    known = [number for row in rows for number in (row.level, row.plan) if number]
    if not known:
        return None
    scale = scale_of_history(history)
    points = [_point(row, scale) for row in rows]
    before = _year_before(rows[0], scale)
    return charts.series([before, *points] if before else points, _size(known[-1], scale))


def _year_before(row: HistoryRow, said: Scale | None) -> charts.Point | None:
    """What the first level and its growth imply for the year before; told as derived."""
    if not (row.level and row.growth) or row.level.measure != "level" or row.growth.derived:
        return None
    level = arithmetic.level_before(row.level.bounded, row.growth.bounded)
    if level is None:
        return None
    scale = _size(row.level, said)
    shown = arithmetic.shown(Bounded(level.value / scale, level.low / scale, level.high / scale))
    code = Period.parse(row.period).shift_years(-1).code
    return charts.Point(code, level.value, words.number(shown), derived=True, note=_("suy ra"))


def _only_planned(row: HistoryRow, history: History) -> bool:
    return row.level is None and row.plan is not None and not row.plan.derived and len(row.period) == 4


def _refused(row: HistoryRow, length: int) -> bool:
    """A gap where the line has no number on these boundaries."""
    return bool(row.refusal) and Period.parse(row.period).length == length


def _point(row: HistoryRow, scale: Scale | None) -> charts.Point:
    level = told(row.level, scale=scale)
    plan = told(row.plan, scale=scale) if row.plan and row.plan.period == row.period else None
    return charts.Point(
        period=row.period, value=row.level.value if row.level else None, shown=level.text if level else "",
        estimated=bool(row.level and row.level.kind == "estimate" and not row.level.derived),
        derived=bool(row.level and row.level.derived),
        plan=row.plan.value if row.plan and plan else None, plan_shown=plan.text if plan else "",
        note=_note_under(row),
    )  # fmt: skip


def _note_under(row: HistoryRow) -> str:
    if row.level is None:
        return _("kế hoạch") if row.plan else ""
    return note_of(row.level) if row.level.of is None else ""


def _size(number: Number, scale: Scale | None) -> Decimal:
    """How many base units one shown unit has."""
    if number.display_unit == number.unit:
        return scale.size if scale else Decimal(1)
    return number.value / number.display if number.display else Decimal(1)


def sentence(history: History) -> str:
    """The chart in one sentence, for who cannot see it."""
    parts = [
        f"{words.period(row.period)}: {level.text} {level.unit}{', ' + level.note if level.note else ''}"
        for row in reversed(history.rows)
        if (level := told(row.level, scale=scale_of_history(history)))
    ]
    return "; ".join(parts)


def entry_number(entry: Entry) -> tuple[str, str]:
    """Number and unit of an entry, in the unit of the catalogue or as the document wrote it."""
    indicator, unit = entry.series.indicator, entry.series.unit
    measure = entry.series.measure
    if entry.amount_of is not None:
        return f"{words.number(entry.amount)}/{words.number(entry.amount_of)}", words.unit_name(unit)
    values: Sequence[Decimal] = [entry.amount] + ([entry.amount_high] if entry.amount_high is not None else [])
    if unit and unit == indicator.unit and indicator.display_unit:
        said = [words.number(value / indicator.display_scale) for value in values]
        name = words.unit_name(indicator.display_unit)
    else:
        written = entry.source.number if entry.source else ""
        size, name = words.size_and_unit(entry.amount, unit, written)
        said = [words.number(value / size) for value in values]
    text = " – ".join(said)
    if words.carries_sign(measure) and entry.amount > 0:
        text = f"+{text}"
    return words.hedged(text, entry.hedge), name

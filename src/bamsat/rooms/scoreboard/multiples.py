# SPDX-License-Identifier: Apache-2.0
"""The scoreboard as small charts: one an indicator, this year beside the year before and the pace of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bamsat.core.compare import arithmetic
from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.models import EntryKind
from bamsat.rooms.figures.numbers import KIND_OF_STATE, told
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.scoreboard import board, lines, months
from bamsat.rooms.scoreboard.asked import asked, ways
from bamsat.rooms.scoreboard.months import MONTHS, Known
from bamsat.rooms.scoreboard.rows import Row
from bamsat.ui import charts_lines, words

Values = list[Decimal | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator: its chart, what it says in words, and the numbers under it."""

    row: Row
    address: str
    kind: str  # shape of its state
    state: str
    unit: str
    price: str
    says: tuple[str, ...]
    label: str
    chart: SafeString | None
    years: charts_lines.Years | None
    table: tuple[tuple[str, SafeString], ...]  # what a line of numbers is, and the cells of its months


@may(Function.SEE)
@require_GET
def multiples(request: HttpRequest) -> HttpResponse:
    """The indicators of a place and field, month by month."""
    with remembering(request.user):
        wanted = asked(request)
        if wanted is None:
            return render(request, "scoreboard/none.html")
        moment = wanted.known.moment
        found = board.scoreboard(request.user, wanted.place, wanted.period, wanted.field, wanted.page, moment)
        span = Period.parse(found.period) if found.period else None
        known = months.known_of(request.user, wanted.place, found.rows, span.end_year, moment) if span else {}
    feet = [_month(month) for month in range(1, MONTHS + 1)]
    context: dict[str, Any] = {
        "board": found,
        "known": wanted.known,
        "place": wanted.place,
        "places": wanted.places,
        "ways": ways(request.path),
        "fields": lines.fields(found),
        "panels": [
            panel(row, wanted.place, span, known.get((row.indicator.pk, row.price_basis), Known()), feet)
            for row in found.rows
            if span
        ],
        "tally": lines.tally(found),
        "sentence": lines.sentence(found),
        "months": feet,
        "year": span.end_year if span else "",
    }
    return render(request, "scoreboard/multiples.html", context)


def panel(row: Row, place: Place, span: Period, known: Known, feet: Sequence[str]) -> Panel:
    year, upto = span.end_year, span.last % MONTHS + 1
    adds = row.indicator.adds_up == AddsUp.FLOW
    at = months.cumulated if adds else months.at_ends
    now, past = at(known.done, year), at(known.done, year - 1)
    now = [value if month < upto else None for month, value in enumerate(now)]
    plan = _plan(row, known, year)
    size, unit = _size(row, [*now, *past, plan])
    by_month = _tells_months(now) or _tells_months(past)
    pace: Values = months.pace(known, year, plan) if adds and by_month else [None] * MONTHS
    asked_upto = _upto(now, known, span)
    chart = _chart(now, past, pace, plan, year, adds, asked_upto, feet) if by_month else None
    says = _says(row, now, past, plan, year, adds, known, size, unit, asked_upto) if chart else _said_of_years(row)
    label = f"{row.indicator.name}: {'; '.join(says)}"
    return Panel(
        row=row, address=f"{reverse('figures:series', args=[row.indicator.code, place.slug])}",
        kind=KIND_OF_STATE[row.state], state=str(row.state.label), unit=unit, price=words.price_basis(row.price_basis),
        says=tuple(says), label=label, chart=charts_lines.drawing(chart, label) if chart else None,
        years=None if chart else _years(row, span, known), table=_table(now, past, pace, year, size) if chart else (),
    )  # fmt: skip


def _tells_months(values: Values) -> bool:
    """More than the year's end alone."""
    return any(value is not None for value in values[:-1])


def _plan(row: Row, known: Known, year: int) -> Decimal | None:
    if row.plan and row.plan.period == Period.year(year).code and row.plan.measure == "level":
        return row.plan.value
    return known.plan.get((year * MONTHS, year * MONTHS + MONTHS - 1))


def _size(row: Row, values: Sequence[Decimal | None]) -> tuple[Decimal, str]:
    """The size in which all numbers of a chart are said, and its name."""
    number = row.value or row.plan or row.before
    unit = number.unit if number else row.indicator.unit
    if unit == row.indicator.unit and row.indicator.display_unit:
        return Decimal(row.indicator.display_scale), words.unit_name(row.indicator.display_unit)
    largest = max((abs(value) for value in values if value is not None), default=Decimal(0))
    return words.size_and_unit(largest, unit, number.written if number else "")


def _upto(now: Values, known: Known, span: Period) -> int:
    """How many months are asked for; of a year that runs, the months to come lack nothing yet."""
    if not span.is_year:
        return span.last % MONTHS + 1
    own = [last - span.first for first, last in known.done if first == last and span.first <= last <= span.last]
    last = _last(now)
    return max([*own, -1 if last is None else last]) + 1


def _chart(
    now: Values, past: Values, pace: Values, plan: Decimal | None, year: int, adds: bool, upto: int,
    feet: Sequence[str],
) -> charts_lines.Lines | None:  # fmt: skip
    names = (str(year), str(year - 1), _("KH"))
    return charts_lines.lines(now, past, pace, plan, names, feet, from_zero=adds, upto=upto)


def _month(month: int) -> str:
    """ "T9", for the foot of a chart."""
    return words.period_short(Period.month(2000, month).code).removesuffix("/2000").removesuffix(" 2000")


def _last(values: Values) -> int | None:
    return max((month for month, value in enumerate(values) if value is not None), default=None)


def _says(
    row: Row, now: Values, past: Values, plan: Decimal | None, year: int, adds: bool, known: Known, size: Decimal,
    unit: str, upto: int,
) -> list[str]:  # fmt: skip
    """The chart in words: done by its last month, the year before, the plan, and which months lack."""
    last = _last(now)
    if last is None:
        return [_("năm %(year)s chưa có số") % {"year": year}]
    value = now[last] or Decimal(0)
    when = Period.months(year, 1, last + 1) if adds else Period.month(year, last + 1)
    estimated = (when.first, when.last) in known.estimated or (when.last, when.last) in known.estimated
    pattern = _("%(when)s: ước %(number)s %(unit)s") if estimated else _("%(when)s: %(number)s %(unit)s")
    said = [pattern % {"when": words.capital(words.period(when.code)), "number": _shown(value, size), "unit": unit}]
    before = past[last]
    if before is not None:
        grown = arithmetic.growth(Bounded.exactly(value), Bounded.exactly(before))
        rate = f" ({words.signed(arithmetic.shown(grown))}%)" if grown and _percent(row) else ""
        said.append(_("cùng kỳ %(number)s%(rate)s") % {"number": _shown(before, size), "rate": rate})
    else:
        why = _lacking(past, known, year - 1, adds, last + 1)
        said.append(_("cùng kỳ: %(why)s") % {"why": why})
    if plan is not None:
        said.append(_("kế hoạch năm %(number)s") % {"number": _shown(plan, size)})
    if lacking := _lacking(now, known, year, adds, upto):
        said.append(lacking)
    return said


def _percent(row: Row) -> bool:
    """Of an index or a ratio a growth in percent says nothing."""
    return row.indicator.adds_up in (AddsUp.FLOW, AddsUp.STOCK)


def _lacking(values: Values, known: Known, year: int, adds: bool, upto: int) -> str:
    """Which months are missing, and what cannot be told for that."""
    first = year * MONTHS
    lack = [month for month in range(1, upto + 1) if values[month - 1] is None]
    if not lack:
        return ""
    own = [month for month in lack if (first + month - 1, first + month - 1) not in known.done]
    which = {"months": ", ".join(str(month) for month in own or lack), "year": year}
    if adds and own and len(own) < len(lack):
        return _("còn thiếu tháng %(months)s/%(year)s: chưa cộng được lũy kế") % which
    return _("chưa có số tháng %(months)s/%(year)s") % which if len(lack) < MONTHS else _("chưa có số")


def _shown(value: Decimal, size: Decimal) -> str:
    told_ = value / size
    exponent = int(told_.as_tuple().exponent)
    # Source figures keep their digits; only what was divided among places has more than anybody wrote.
    return words.number(round(told_, 2) if exponent < -4 else told_)


def _table(
    now: Values, past: Values, pace: Values, year: int, size: Decimal
) -> tuple[tuple[str, SafeString], ...]:  # fmt: skip
    found = [(str(year), _cells(_shown(one, size) if one is not None else "" for one in now))]
    found.append((str(year - 1), _cells(_shown(one, size) if one is not None else "" for one in past)))
    if any(value is not None for value in pace):
        rounded = (
            words.number(arithmetic.shown(Bounded.exactly(one / size))) if one is not None else "" for one in pace
        )
        found.append((_("nhịp KH"), _cells(rounded)))
    return tuple(found)


def _cells(texts: Iterable[str]) -> SafeString:
    """A page has more than a thousand of them: made here, in a third of the time that a template takes."""
    return format_html_join("", '<td class="num">{}</td>', ((text or "–",) for text in texts))


# Where a report tells years alone.


def _years(row: Row, span: Period, known: Known) -> charts_lines.Years | None:
    """The same part of the years before, this one, and its plan; growths alone make no bars."""
    points: list[tuple[str, Decimal | None, str]] = []
    for back in range(months.YEARS - 1, 0, -1):
        past = span.shift_years(-back)
        told = known.done.get((past.first, past.last))
        if told is not None:
            points.append((words.period_short(past.code), told, "past"))
        elif back == 1 and row.before and row.before.measure == "level":
            points.append((words.period_short(past.code), row.before.value, "der" if row.before.derived else "past"))
    value = row.value if row.value and row.value.measure == "level" else None
    kind = "der" if value and value.derived else "est" if value and value.kind == EntryKind.ESTIMATE else "bar"
    points.append((words.period_short(span.code), value.value if value else None, kind))
    plan = row.plan.value if row.plan and row.plan.measure == "level" else None
    return charts_lines.years(points, plan)


def _said_of_years(row: Row) -> list[str]:
    said = []
    for pattern, number, sign in (
        ("%(number)s", row.value, False),
        (_("so với cùng kỳ %(number)s%%"), row.growth, True),
        (_("kế hoạch %(number)s"), row.plan, False),
        (_("bằng %(number)s%% kế hoạch"), row.plan_ratio, False),
    ):
        if shown := told(number, sign):
            text = f"{shown.text} {shown.unit}" if pattern == "%(number)s" and shown.unit else shown.text
            said.append(pattern % {"number": f"{text}, {shown.note}" if shown.note and not sign else text})
    return said or [_("chưa có số")]

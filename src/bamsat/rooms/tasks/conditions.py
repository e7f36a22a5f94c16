# SPDX-License-Identifier: Apache-2.0
"""A condition on a figure ("giải ngân đạt ít nhất 60% trước 30/9"), held against what the ledger has approved.

Three answers: met, not met, cannot tell yet. It is shown and can be quoted as evidence; it never closes a task.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from bamsat.core.terms.directive import Condition
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.figures.comparison import KINDS_DONE, Number, Shelf, earlier_first, shelves
from bamsat.rooms.figures.models import Entry, Measure, Series
from bamsat.rooms.figures.numbers import told as number_told
from bamsat.rooms.figures.providers import heard_first
from bamsat.rooms.figures.queries import standing, visible_entries
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.tasks.models import Task
from bamsat.rooms.tasks.suggesting import condition_of
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_SAID = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
# What grows over a year, so that part of a year that has it already is enough.
_ADDS_UP = (Measure.LEVEL, Measure.PLAN_RATIO)


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a condition is met, by which number of which period, in a sentence; None: it cannot be told yet."""

    met: bool | None
    words: str
    asked: str = ""  # the condition in words: "Giải ngân vốn đầu tư công, so với kế hoạch ≥ 60 %, năm 2026"
    value: Decimal | None = None
    shown: str = ""  # the number as a page says it: "61,2 %"
    period: str = ""
    entries: tuple[UUID, ...] = ()
    address: str = ""  # of the entry that it leads to

    @property
    def entry(self) -> UUID | None:
        return self.entries[0] if self.entries else None

    @property
    def shape(self) -> str:
        return {True: "good", False: "bad", None: "wait"}[self.met]

    @property
    def word(self) -> str:
        return {True: _("Đạt điều kiện"), False: _("Chưa đạt điều kiện"), None: _("Chưa kết luận được")}[self.met]


def judge(user: User | AnonymousUser, task: Task, today: date) -> Judged | None:
    """How the condition of a task stands in the ledger as the user may see it; None for a task without one."""
    condition = condition_of(task.condition)
    if condition is None:
        return None
    indicator = Indicator.objects.filter(code=condition.indicator).first()
    if indicator is None:
        return Judged(None, _("Danh mục không có chỉ tiêu này nên máy không đối chiếu được."))
    asked = said(condition, indicator, tells_condition(user, task))
    series = list(_series(user, task, condition, indicator))
    if not series:
        return Judged(
            None, _("Sổ số liệu chưa có chỉ tiêu này của %(place)s, hoặc anh/chị không được xem.")
            % {"place": task.place.label}, asked,
        )  # fmt: skip
    periods = tuple(_periods(condition, task.due or today, today))
    if not periods:
        return Judged(None, _("Điều kiện không nói kỳ nào của số liệu. Hãy sửa nhiệm vụ và ghi kỳ."), asked)
    return _judged(condition, asked, _numbers(series, condition, periods), periods)


def tells_condition(user: User | AnonymousUser, task: Task) -> bool:
    """Whether the amount of a task's condition is for the user: that of a target for who may see the target."""
    return task.target_id is None or visible_entries(user).filter(pk=task.target_id).exists()


def said(condition: Condition, indicator: Indicator, whole: bool = True) -> str:
    """The condition in words; its amount only with the whole."""
    value, unit = words.in_unit(condition.value, condition.unit)
    name = f"{indicator.name}, {condition.segment}" if condition.segment else indicator.name
    amount = f" {_SAID.get(condition.comparison, '')} {value} {unit}".rstrip() if whole else ""
    told = f"{name}, {words.measure(condition.measure)}{amount}"
    return f"{told}, {words.period(condition.period)}" if condition.period else told


def _series(
    user: User | AnonymousUser, task: Task, condition: Condition, indicator: Indicator
) -> Sequence[Series]:  # fmt: skip
    found = series_of(user).filter(indicator=indicator, place=task.place, segment=condition.segment or "")
    return list(found.select_related("indicator", "place"))


# The periods that can answer it.


def _periods(condition: Condition, until: date, today: date) -> Iterator[Period]:
    """The period itself; for a year, or where none was said, the months from January, the latest first."""
    period = _period(condition.period)
    if period:
        yield period
        if not period.is_year or condition.measure not in _ADDS_UP:
            return
    year = period.end_year if period else until.year
    latest = min(until, today)
    last = 12 if year < latest.year else latest.month if year == latest.year else 0
    yield from (Period.months(year, 1, month) for month in range(last, 0, -1))


def _period(code: str | None) -> Period | None:
    try:
        return Period.parse(code) if code else None
    except PeriodUnreadable:
        return None


# The numbers.


def _numbers(series: Sequence[Series], condition: Condition, periods: Sequence[Period]) -> dict[Period, Number]:
    """What the ledger has for each period: stated, or computed from the levels as the pages of figures do."""
    entries = standing(series, _codes(periods))
    heard = heard_first(entries)
    found: dict[Period, Number] = {}
    for shelf in shelves(entries, heard):
        for period in periods:
            if period not in found and (number := _number(shelf, entries, condition, period)):
                found[period] = number
    return found


def _codes(periods: Sequence[Period]) -> list[str]:
    """These periods, their months, the same a year before, and the years around them, for plans."""
    spans = [*periods, *(period.shift_years(-1) for period in periods)]
    months = {Period(month, month) for span in spans if span.length <= 12 for month in range(span.first, span.last + 1)}
    years = {Period.year(period.end_year) for period in periods}
    return sorted({span.code for span in (*spans, *months, *years)})


def _number(shelf: Shelf, entries: Sequence[Entry], condition: Condition, period: Period) -> Number | None:
    for span in (period, period.shift_years(-1)):
        _add_months(shelf, span)
    if condition.measure == Measure.LEVEL:
        return shelf.level(period)
    if condition.measure == Measure.GROWTH:
        return shelf.growth(period)
    if condition.measure == Measure.PLAN_RATIO:
        return shelf.plan_ratio(period)
    return _stated(shelf, entries, condition.measure, period)


def _add_months(shelf: Shelf, span: Period) -> None:
    """A span that nobody stated is the sum of its months, where each of them is known and the indicator adds up."""
    if shelf.indicator.adds_up != AddsUp.FLOW or not 1 < span.length <= 12 or shelf.level(span):
        return
    months = [shelf.level(Period(month, month)) for month in range(span.first, span.last + 1)]
    known = [month for month in months if month]
    if len(known) == len(months) and len({month.provider for month in known}) == 1:
        shelf.add_months(span, known)


def _stated(shelf: Shelf, entries: Sequence[Entry], measure: str, period: Period) -> Number | None:
    """Shares, ratios, indices: what was stated, the best of it; a shelf of that alone says it."""
    found = [
        entry
        for entry in entries
        if entry.series.measure == measure and entry.period == period.code and entry.kind in KINDS_DONE
    ]
    best = min(found, key=lambda entry: (*earlier_first(entry.kind, entry.vintage), -entry.pk), default=None)
    if best is None:
        return None
    value = best.amount
    return Number(
        value=value, low=best.low, high=best.high, unit=best.series.unit, display=value, display_low=best.low,
        display_high=best.high, display_unit=best.series.unit, period=best.period, entries=(best.uuid,),
        measure=best.series.measure, of=best.amount_of, kind=best.kind, vintage=best.vintage, hedge=best.hedge,
    )  # fmt: skip


# The judgement.


def _judged(condition: Condition, asked: str, found: dict[Period, Number], periods: Sequence[Period]) -> Judged:
    period = next((each for each in periods if each in found), None)
    if period is None:
        wanted = words.period(condition.period or periods[0].code)
        return Judged(None, _("Sổ số liệu chưa có số đã duyệt của %(period)s.") % {"period": wanted}, asked)
    number = found[period]
    told = number_told(number)
    shown = f"{told.text} {told.unit}".strip() if told else ""
    address = told.address if told else ""

    def answer(met: bool | None, sentence: str) -> Judged:
        return Judged(met, sentence, asked, number.value, shown, period.code, number.entries, address)

    said_of = {"period": words.capital(words.period(period.code)), "value": shown}
    if number.unit != condition.unit:
        return answer(None, _("%(period)s: %(value)s, khác đơn vị với điều kiện nên chưa so được.") % said_of)
    if _holds(condition, number):
        return _when_met(condition, period, answer, said_of)
    if period.code != condition.period and condition.period and _may_still(condition):
        return answer(None, _("%(period)s: %(value)s; chưa đạt, kỳ chưa hết nên chưa kết luận.") % said_of)
    return answer(False, _("%(period)s: %(value)s, chưa đạt.") % said_of)


def _when_met(
    condition: Condition, period: Period, answer: Callable[[bool | None, str], Judged], said_of: dict[str, str]
) -> Judged:
    """A ceiling that part of the period keeps may yet be passed."""
    if condition.period and period.code != condition.period and not _may_still(condition):
        return answer(None, _("%(period)s: %(value)s; đang giữ được, kỳ chưa hết nên chưa kết luận.") % said_of)
    return answer(True, _("%(period)s: %(value)s, đạt.") % said_of)


def _may_still(condition: Condition) -> bool:
    """Whether what part of a year lacks the rest may bring: something is asked for at the least."""
    return condition.comparison in (">=", ">")


def _holds(condition: Condition, number: Number) -> bool:
    if condition.comparison == "=":
        return number.low <= condition.value <= number.high
    return _COMPARED[condition.comparison](number.value, condition.value)

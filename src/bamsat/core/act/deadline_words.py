# SPDX-License-Identifier: Apache-2.0
"""The rule of a deadline as a form says it, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping

from bamsat.core.act.deadlines import DeadlineRule, IfOff

_Said = tuple[str, str]  # Vietnamese, English

_PERIOD: Mapping[int, _Said] = {1: ("tháng", "the month"), 3: ("quý", "the quarter"), 12: ("năm", "the year")}
_LAST_MONTH: Mapping[int, _Said] = {
    1: ("hằng tháng", "of the month"),
    3: ("tháng cuối quý", "of the last month of the quarter"),
    12: ("tháng 12", "of December"),
}
_NEXT_MONTH: Mapping[int, _Said] = {
    1: ("tháng sau", "of the next month"),
    3: ("tháng đầu quý sau", "of the first month of the next quarter"),
    12: ("tháng 01 năm sau", "of January of the next year"),
}
_ANY_PERIOD = ("kỳ", "the period")
_ANY_LAST_MONTH = ("tháng cuối kỳ", "of the last month of the period")
_ANY_NEXT_MONTH = ("tháng liền sau kỳ", "of the month after the period")
_ON_A_DAY_OFF = {
    IfOff.BEFORE: (
        "trùng ngày nghỉ thì ngày làm việc liền trước",
        "if that is a day off, the last working day before it",
    ),
    IfOff.AFTER: ("trùng ngày nghỉ thì ngày làm việc liền sau", "if that is a day off, the next working day"),
    IfOff.SAME: ("kể cả khi là ngày nghỉ", "a day off included"),
}
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LAST_DAY = 31


def words(rule: DeadlineRule, language: str = "vi", months: int = 1) -> str:
    """The rule for periods of so many months.

    >>> words(DeadlineRule(day=20, if_off=IfOff.BEFORE))
    'ngày 20 hằng tháng, trùng ngày nghỉ thì ngày làm việc liền trước'
    >>> words(DeadlineRule(working_days_after=5), months=3)
    'ngày làm việc thứ 5 sau khi hết quý'
    >>> words(DeadlineRule(day=15, month=3, years_after=1), "en", months=12)
    'day 15 of March of the next year; if that is a day off, the next working day'
    """
    english = language == "en"
    day = _day(rule, months)[english]
    if rule.time:
        day = f"{rule.time:%H:%M}{', ' if english else ' '}{day}"
    if rule.working_days_after:
        return day
    return f"{day}{'; ' if english else ', '}{_ON_A_DAY_OFF[rule.if_off][english]}"


def _day(rule: DeadlineRule, months: int) -> _Said:
    if rule.working_days_after:
        vi, en = _PERIOD.get(months, _ANY_PERIOD)
        number = rule.working_days_after
        return f"ngày làm việc thứ {number} sau khi hết {vi}", f"working day {number} after the end of {en}"
    return _day_of_year(rule) if rule.month else _day_of_month(rule, months)


def _day_of_month(rule: DeadlineRule, months: int) -> _Said:
    if rule.months_after == 0:
        vi, en = _LAST_MONTH.get(months, _ANY_LAST_MONTH)
    elif rule.months_after == 1:
        vi, en = _NEXT_MONTH.get(months, _ANY_NEXT_MONTH)
    else:
        vi, en = _PERIOD.get(months, _ANY_PERIOD)
        vi, en = (
            f"tháng thứ {rule.months_after} sau khi hết {vi}",
            f"of month {rule.months_after} after the end of {en}",
        )
    if rule.day == _LAST_DAY:
        return f"ngày cuối cùng {vi}", f"the last day {en}"
    return f"ngày {rule.day:02} {vi}", f"day {rule.day} {en}"


def _day_of_year(rule: DeadlineRule) -> _Said:
    vi, en = {0: ("hằng năm", "the same year"), 1: ("năm sau", "the next year")}.get(
        rule.years_after, (f"sau {rule.years_after} năm", f"the year {rule.years_after} years later")
    )
    month = _ENGLISH_MONTHS[rule.month - 1]
    if rule.day == _LAST_DAY:
        return f"ngày cuối cùng tháng {rule.month:02} {vi}", f"the last day of {month} of {en}"
    return f"ngày {rule.day:02}/{rule.month:02} {vi}", f"day {rule.day} of {month} of {en}"

# SPDX-License-Identifier: Apache-2.0
"""Deadlines of what is sent in every period (hạn gửi): the rule, the day that it means, and whether it was kept."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from bamsat.core.act.calendar import Calendar
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LIMITS = {
    "day": (1, 31),
    "month": (1, 12),
    "months_after": (0, 24),
    "years_after": (0, 5),
    "working_days_after": (1, 250),
}
_BY_MONTH = {"day", "months_after", "if_off", "time"}
_BY_YEAR = {"day", "month", "years_after", "if_off", "time"}
_BY_WORKING_DAYS = {"working_days_after", "time"}


class DeadlineUnreadable(BamsatError):
    """A rule of a deadline that says no day, or two."""


class IfOff(StrEnum):
    """What a deadline does that falls on a day off."""

    BEFORE = "before"
    AFTER = "after"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """Until when something is sent, in one of three shapes; `time` is the last moment of that day, none its end.

    - `day` and `months_after`: a day of the last month of the period, or of a month after it; 31 is any month's last;
    - `day`, `month` and `years_after`: a day of the year in which the period ends, or of a year after it;
    - `working_days_after`: the n-th working day after the period.

    A deadline on a day off moves to the next working day unless the rule says otherwise: so does the Civil Code
    (Điều 148 khoản 5 Bộ luật Dân sự 2015).
    """

    day: int = 0
    months_after: int = 0
    month: int = 0
    years_after: int = 0
    working_days_after: int = 0
    if_off: IfOff = IfOff.AFTER
    time: time | None = None

    @classmethod
    def parse(cls, said: Mapping[str, Any]) -> DeadlineRule:
        """The rule that a form's definition says.

        >>> DeadlineRule.parse({"day": 20, "if_off": "before", "time": "17:00"}).time
        datetime.time(17, 0)
        >>> DeadlineRule.parse({"day": 20, "working_days_after": 5})
        Traceback (most recent call last):
        ...
        bamsat.core.act.deadlines.DeadlineUnreadable: Hạn gửi: “working_days_after” không đi cùng “day”. \
Hãy bỏ một trong hai.
        """
        if not isinstance(said, Mapping):
            raise _unreadable(f"“{said}” không phải là một quy tắc", f"“{said}” is no rule", *_SHAPES)
        shape = _shape(said)
        for key in said:
            _check_key(key, shape)
        numbers = {key: _number(key, said[key]) for key in _LIMITS if key in said}
        return cls(**numbers, if_off=_if_off(said.get("if_off", IfOff.AFTER)), time=_time(said.get("time")))

    def written(self) -> dict[str, Any]:
        """The rule as a form's definition says it: what `parse` reads.

        >>> DeadlineRule.parse({"day": 15, "month": 3, "years_after": 1}).written()
        {'day': 15, 'month': 3, 'years_after': 1, 'if_off': 'after'}
        """
        if self.working_days_after:
            said: dict[str, Any] = {"working_days_after": self.working_days_after}
        elif self.month:
            said = {"day": self.day, "month": self.month, "years_after": self.years_after}
        else:
            said = {"day": self.day, "months_after": self.months_after}
        if not self.working_days_after:
            said["if_off"] = self.if_off.value
        return said | ({"time": f"{self.time:%H:%M}"} if self.time else {})


def due(rule: DeadlineRule, period: Period, calendar: Calendar) -> date:
    """The day until which something about a period is sent.

    >>> rule = DeadlineRule(day=20, if_off=IfOff.BEFORE)
    >>> due(rule, Period.month(2026, 9), Calendar()).isoformat()  # 20 September is a Sunday
    '2026-09-18'
    >>> due(DeadlineRule(day=31), Period.months(2026, 1, 6), Calendar()).isoformat()
    '2026-06-30'
    >>> due(DeadlineRule(day=15, month=3, years_after=1), Period.year(2026), Calendar()).isoformat()
    '2027-03-15'
    >>> due(DeadlineRule(working_days_after=5), Period.month(2026, 9), Calendar()).isoformat()
    '2026-10-07'
    """
    if rule.working_days_after:
        return calendar.add_working_days(_in_month(period.last, 31), rule.working_days_after)
    month = (
        (period.end_year + rule.years_after) * 12 + rule.month - 1 if rule.month else period.last + rule.months_after
    )
    day = _in_month(month, rule.day)
    if rule.if_off is IfOff.SAME or calendar.is_working(day):
        return day
    return calendar.last_working_before(day) if rule.if_off is IfOff.BEFORE else calendar.next_working(day)


class Timeliness(StrEnum):
    """How what was asked for stands to its deadline."""

    ON_TIME = "on_time"  # gửi đúng hạn
    LATE = "late"  # gửi quá hạn
    WAITING = "waiting"  # chưa gửi, trong hạn
    OVERDUE = "overdue"  # chưa gửi, quá hạn

    @property
    def is_sent(self) -> bool:
        return self in (Timeliness.ON_TIME, Timeliness.LATE)


def timeliness(day: date, until: time | None, sent: datetime | None, now: datetime) -> Timeliness:
    """Whether it was sent by a day and time; moments are those of the office's own clock.

    >>> noon, day = datetime(2026, 10, 20, 12), date(2026, 10, 20)
    >>> timeliness(day, time(17), noon, noon).value, timeliness(day, time(11), noon, noon).value
    ('on_time', 'late')
    >>> timeliness(day, None, None, noon).value, timeliness(day, time(11), None, noon).value
    ('waiting', 'overdue')
    """
    moment = sent or now
    kept = moment.date() < day or (moment.date() == day and (until is None or moment.time() <= until))
    if sent:
        return Timeliness.ON_TIME if kept else Timeliness.LATE
    return Timeliness.WAITING if kept else Timeliness.OVERDUE


# Reading a rule.

_SHAPES = (
    "Hãy viết như {day: 20, months_after: 0, if_off: before, time: \"17:00\"}, {day: 15, month: 3, years_after: 1} "
    "hoặc {working_days_after: 5}.",
    "Write it as {day: 20, months_after: 0, if_off: before, time: \"17:00\"}, {day: 15, month: 3, years_after: 1} "
    "or {working_days_after: 5}.",
)  # fmt: skip


def _shape(said: Mapping[str, Any]) -> tuple[str, set[str]]:
    """The key that tells which shape a rule has, and the keys that go with it."""
    if "working_days_after" in said:
        return "working_days_after", _BY_WORKING_DAYS
    if "day" not in said:
        raise _unreadable("thiếu ngày", "the day is missing", *_SHAPES)
    if "month" in said:
        return "month", _BY_YEAR
    return "day", _BY_MONTH


def _check_key(key: str, shape: tuple[str, set[str]]) -> None:
    kind, allowed = shape
    if key not in _BY_MONTH | _BY_YEAR | _BY_WORKING_DAYS:
        raise _unreadable(f"không có mục “{key}”", f"there is no “{key}”", *_SHAPES)
    if key in allowed:
        return
    if key == "years_after":
        raise _unreadable(
            "“years_after” cần có “month”", "“years_after” needs “month”",
            "Hãy thêm tháng, như month: 3.", "Add the month, as in month: 3.",
        )  # fmt: skip
    raise _unreadable(
        f"“{kind}” không đi cùng “{key}”", f"“{kind}” does not go with “{key}”",
        "Hãy bỏ một trong hai.", "Leave one of them out.",
    )  # fmt: skip


def _number(key: str, value: object) -> int:
    least, most = _LIMITS[key]
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    raise _unreadable(
        f"“{key}” là “{value}”", f"“{key}” is “{value}”",
        f"Hãy viết một số nguyên từ {least} đến {most}.", f"Write a whole number from {least} to {most}.",
    )  # fmt: skip


def _if_off(value: object) -> IfOff:
    if isinstance(value, str) and value in list(IfOff):
        return IfOff(value)
    raise _unreadable(
        f"“if_off” là “{value}”", f"“if_off” is “{value}”",
        "Hãy viết before (lùi về trước), after (sang ngày làm việc sau) hoặc same (giữ nguyên).",
        "Write before, after or same.",
    )  # fmt: skip


def _time(value: object) -> time | None:
    if value is None or value == "":
        return None
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        return time(int(found[1]), int(found[2]))
    raise _unreadable(  # YAML takes a bare 17:00 for the number 1020
        f"“time” là “{value}”", f"“time” is “{value}”",
        "Hãy viết giờ và phút trong ngoặc kép, như \"17:00\".", "Write hours and minutes in quotes, as in \"17:00\".",
    )  # fmt: skip


def _unreadable(vi: str, en: str, mend_vi: str, mend_en: str) -> DeadlineUnreadable:
    return DeadlineUnreadable(vi=f"Hạn gửi: {vi}. {mend_vi}", en=f"Deadline: {en}. {mend_en}")


def _in_month(month: int, day: int) -> date:
    """A day of a month counted from year 0; its last day if it has not so many."""
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1]))

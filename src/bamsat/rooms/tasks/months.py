# SPDX-License-Identifier: Apache-2.0
"""A month of deadlines as a grid of weeks, Monday first: what falls due each day, and the days that are not worked."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bamsat.rooms.catalogue.queries import SpecialDay, calendar, special_days
from bamsat.rooms.submissions.month.day_words import weekday
from bamsat.rooms.tasks.counting import judged
from bamsat.rooms.tasks.models import Act, Task, Time
from bamsat.rooms.tasks.queries import Asked, tasks_for
from bamsat.rooms.tasks.standing import Line, lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

SHOWN = 4  # tasks of a day; the rest one step away
FIRST_YEAR, LAST_YEAR = 2000, 2100
_WORST = {"bad": 0, "doubt": 1, "wait": 2, "half": 3, "good": 4, "none": 5}


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    inside: bool
    off: bool
    today: bool
    special: SpecialDay | None
    lines: tuple[Line, ...]
    more: int

    @property
    def weekday(self) -> str:
        return weekday(self.day)


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: tuple[tuple[Day, ...], ...]
    total: int
    undone: int

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + timedelta(days=31):%Y-%m}"


def month_said(text: str, today: date) -> date:
    """The first day of a month as an address says it ("2026-10"); of this month where it says none."""
    year, _dash, month = text.partition("-")
    if len(text) > len("2026-10") or not (year.isdecimal() and month.isdecimal()):
        return today.replace(day=1)
    if FIRST_YEAR <= int(year) <= LAST_YEAR and int(month) in range(1, 13):
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def month_of(user: User, asked: Asked, first: date, today: date) -> Month:
    """The deadlines of a month; what was cancelled has none any more. Only the tasks that a day shows are looked at
    whole."""
    weeks = Weeks().monthdatescalendar(first.year, first.month)
    due = tasks_for(user, asked).filter(due__gte=weeks[0][0], due__lte=weeks[-1][-1]).exclude(time=Time.STANDING)
    by_day: dict[date, list[tuple[bool, int]]] = defaultdict(list)
    for key, day, act in judged(due.order_by("pk")).values_list("pk", "due", "last_act"):
        if act != Act.CANCELLED:
            by_day[day].append((act == Act.CLOSED, key))
    shown = {day: sorted(each)[:SHOWN] for day, each in by_day.items()}
    found = Task.objects.filter(pk__in=[key for each in shown.values() for _done, key in each])
    told = {line.task.pk: line for line in lines(found, today)}
    special = {one.day: one for one in special_days(weeks[0][0].year, weeks[-1][-1].year)}
    worked = calendar(first.year - 1, first.year + 1)

    def one(day: date) -> Day:
        of_day = sorted((told[key] for _done, key in shown.get(day, ())), key=lambda line: _WORST.get(line.shape, 9))
        return Day(
            day, day.month == first.month, not worked.is_working(day), day == today, special.get(day), tuple(of_day),
            max(0, len(by_day.get(day, ())) - SHOWN),
        )  # fmt: skip

    inside = [done for day, each in by_day.items() if day.month == first.month for done, _key in each]
    return Month(first, tuple(tuple(one(day) for day in week) for week in weeks), len(inside), inside.count(False))

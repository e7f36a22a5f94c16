# SPDX-License-Identifier: Apache-2.0
"""The agenda of a month: what is due when, who keeps it, where it stands, and the one button that starts it.

Rooms above add what waits in them to `agenda_sources`; here all rows come into their groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bamsat.core.act.calendar import Calendar
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.submissions.month.day_words import long_day, short_day
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_MONDAY_TO_SUNDAY = 7
OVERDUE, TODAY, TOMORROW, TASKS, WEEK, MONTH, CHECK, OUT, DONE = (
    "overdue", "today", "tomorrow", "tasks", "week", "month", "check", "out", "done",
)  # fmt: skip
GROUPS = {
    OVERDUE: gettext_lazy("Quá hạn"),
    TODAY: gettext_lazy("Hạn hôm nay"),
    TOMORROW: gettext_lazy("Hạn ngày mai"),
    TASKS: gettext_lazy("Nhiệm vụ được giao"),
    WEEK: gettext_lazy("Trong tuần này"),
    MONTH: gettext_lazy("Trong tháng"),
    CHECK: gettext_lazy("Đã gửi đủ, chờ kiểm tra hoặc duyệt"),
    OUT: gettext_lazy("Sở phải gửi đi"),
    DONE: gettext_lazy("Đã xong trong tháng"),
}
_SIGNS = {"bad": "◆", "doubt": "▲", "half": "◐", "wait": "○", "none": "╌", "good": "●"}
_WORST_FIRST = ("bad", "doubt", "half", "wait", "none", "good")


@dataclass(frozen=True, slots=True)
class Action:
    """The button of a row: where it leads, or, with `post`, what it begins."""

    label: str
    href: str
    post: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One thing with a date, an owner, a state and a button; `group` is set where the date does not decide it."""

    due: datetime | None
    what: str
    sub: str
    owner: str
    shape: str
    word: str
    action: Action | None = None
    group: str = ""
    share: float | None = None  # percent done, for the bar
    href: str = ""
    note: str = ""  # a reminder that came, remarks that wait
    done_note: str = ""  # "đúng hạn", once it is done
    lacking: frozenset[int] = frozenset()  # ids of the places that have not sent
    rank: int = 0
    key: Any = None  # what the row is about, for who made it

    @property
    def width(self) -> str:
        """The bar of what is done; a point as decimal mark, whatever the language of the page."""
        return "" if self.share is None else f"{self.share:.1f}%"


Source = Callable[["User", Period, datetime], list[AgendaRow]]
agenda_sources: list[Source] = []


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page shows it."""

    row: AgendaRow
    when: str
    left: str


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """A month of one user."""

    month: Period
    today: date
    is_now: bool
    rows: tuple[AgendaRow, ...]
    groups: tuple[Group, ...]
    workdays: Calendar

    @property
    def urgent(self) -> list[AgendaRow]:
        """What is overdue, due today or tomorrow, and lacking."""
        soon = {OVERDUE, TODAY, TOMORROW}
        return [line.row for group in self.groups if group.code in soon for line in group.lines]

    @property
    def lacking(self) -> frozenset[int]:
        return frozenset().union(*(row.lacking for row in self.urgent))

    @property
    def before(self) -> str:
        return self.month.before().code

    @property
    def after(self) -> str:
        return Period(self.month.last + 1, self.month.last + 1).code

    @property
    def year(self) -> int:
        return self.month.start_year

    def count(self, *groups: str) -> int:
        return sum(len(group.lines) for group in self.groups if group.code in groups)


def agenda_of(user: User, month: Period, now: datetime) -> Agenda:
    """Everything due in the month, of every room that has something, in groups."""
    today = timezone.localdate(now)
    this_month = today.year * 12 + today.month - 1
    workdays = calendar(month.start_year - 1, month.end_year + 1)
    rows = [row for source in agenda_sources for row in source(user, month, now)]
    held: dict[str, list[AgendaRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.due is None, row.due or now, row.rank, row.what)):
        held[group_of(row, today, now)].append(row)
    held[DONE].sort(key=lambda row: (row.due is not None, row.due or now), reverse=True)
    groups = tuple(
        Group(code, _name(code, month, this_month), tuple(_line(row, code, now, workdays) for row in held[code]))
        for code in GROUPS
        if held[code]
    )
    return Agenda(month, today, month.first == this_month, tuple(rows), groups, workdays)


def group_of(row: AgendaRow, today: date, now: datetime) -> str:
    if row.group:
        return row.group
    if row.due is None:
        return MONTH
    day = timezone.localdate(row.due)
    if row.due < now:
        return OVERDUE
    if day == today:
        return TODAY
    if day == today + timedelta(days=1):
        return TOMORROW
    sunday = today + timedelta(days=_MONDAY_TO_SUNDAY - 1 - today.weekday())
    return WEEK if day <= sunday else MONTH


def _name(code: str, month: Period, this_month: int) -> str:
    if code == MONTH and month.first != this_month:
        return words.capital(_("trong %(month)s") % {"month": words.period(month.code)})
    return str(GROUPS[code])


def _line(row: AgendaRow, group: str, now: datetime, workdays: Calendar) -> Line:
    if row.due is None:
        return Line(row, _("không có hạn"), row.done_note if group == DONE else "")
    left = row.done_note if group == DONE else time_left(row.due, now, workdays)
    return Line(row, words.capital(short_day(timezone.localdate(row.due))), left)


def time_left(due: datetime, now: datetime, workdays: Calendar) -> str:
    """How long until a deadline, or since, in working days."""
    day, today = timezone.localdate(due), timezone.localdate(now)
    days = workdays.working_days_between(today, day)
    if due < now:
        late = -days
        if late:
            return ngettext("quá %(n)s ngày làm việc", "quá %(n)s ngày làm việc", late) % {"n": late}
        return _("quá hạn từ %(time)s") % {"time": f"{timezone.localtime(due):%H:%M}"} if day == today else _("quá hạn")
    if day == today:
        return _("đến %(time)s hôm nay") % {"time": f"{timezone.localtime(due):%H:%M}"}
    return ngettext("còn %(n)s ngày làm việc", "còn %(n)s ngày làm việc", days) % {"n": days}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What matters most, in words: the first part is bold."""

    today: str
    overdue: str
    rest: tuple[str, ...]


def sentence(agenda: Agenda) -> Sentence:
    """Today, and what is late or close."""
    overdue, close = agenda.count(OVERDUE), agenda.count(TODAY, TOMORROW)
    parts = []
    if agenda.count(TODAY):
        n = agenda.count(TODAY)
        parts.append(ngettext("%(n)s biểu đến hạn hôm nay", "%(n)s biểu đến hạn hôm nay", n) % {"n": n})
    if agenda.count(TOMORROW):
        n = agenda.count(TOMORROW)
        parts.append(ngettext("%(n)s biểu đến hạn ngày mai", "%(n)s biểu đến hạn ngày mai", n) % {"n": n})
    if agenda.lacking:
        n = len(agenda.lacking)
        parts.append(ngettext("%(n)s nơi chưa gửi", "%(n)s nơi chưa gửi", n) % {"n": n})
    if agenda.is_now and not overdue and not close:
        left = agenda.count(WEEK, MONTH)
        parts.append(
            ngettext("%(n)s biểu đến hạn trong tháng", "%(n)s biểu đến hạn trong tháng", left) % {"n": left}
            if left
            else _("không còn biểu nào chờ gửi")
        )
    late = ngettext("%(n)s biểu quá hạn", "%(n)s biểu quá hạn", overdue) % {"n": overdue} if overdue else ""
    if parts and not late:
        parts[0] = words.capital(parts[0])
    return Sentence(_("Hôm nay %(day)s.") % {"day": long_day(agenda.today)}, late, tuple(parts))


# The calendar strip.


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the strip; positions in percent."""

    number: int
    x: str
    middle: str
    width: str
    off: bool
    today: bool
    shape: str
    count: int

    @property
    def sign(self) -> str:
        return _SIGNS.get(self.shape, "")


def strip(agenda: Agenda, rows: Sequence[AgendaRow]) -> list[Day]:
    """The days of the month with the worst of what is due on each."""
    year, month = divmod(agenda.month.first, 12)
    first = date(year, month + 1, 1)
    after = date((agenda.month.first + 1) // 12, (agenda.month.first + 1) % 12 + 1, 1)
    length = (after - first).days
    due: dict[date, list[AgendaRow]] = defaultdict(list)
    for row in rows:
        if row.due is not None:
            due[timezone.localdate(row.due)].append(row)
    days = [first + timedelta(days=at) for at in range(length)]
    return [
        Day(
            day.day, f"{100 * at / length:.3f}%", f"{100 * (at + 0.5) / length:.2f}%", f"{100 / length:.3f}%",
            not agenda.workdays.is_working(day), day == agenda.today, worst(due[day]), len(due[day]),
        )
        for at, day in enumerate(days)
    ]  # fmt: skip


def worst(rows: Iterable[AgendaRow]) -> str:
    shapes = {row.shape for row in rows}
    return next((shape for shape in _WORST_FIRST if shape in shapes), "")


def strip_in_words(agenda: Agenda, days: Sequence[Day]) -> str:
    """What the strip shows, for who does not see it."""
    late = [str(day.number) for day in days if day.shape == "bad"]
    others = [str(day.number) for day in days if day.shape and day.shape != "bad"]
    told = [_("Lịch %(month)s") % {"month": words.period(agenda.month.code)}]
    if late:
        told.append(_("quá hạn ngày %(days)s") % {"days": ", ".join(late)})
    if others:
        told.append(_("đến hạn ngày %(days)s") % {"days": ", ".join(others)})
    return told[0] + (": " + "; ".join(told[1:]) if told[1:] else "")

# SPDX-License-Identifier: Apache-2.0
"""Where tasks stand today: their steps in one query, derived by core/act/tasks, in a shape and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.act import tasks as core
from bamsat.core.act.calendar import Calendar
from bamsat.core.act.deadlines import Timeliness
from bamsat.core.act.tasks import Counts, Event, Standing, State, counted_as
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.tasks.models import Act, Step, Task, Time

SOON = 3  # working days before a deadline from which it shows as close


@dataclass(frozen=True, slots=True)
class Line:
    """A task as a list shows it: where it stands, by a shape and a word, and how long is left."""

    task: Task
    standing: Standing
    shape: str  # good | doubt | bad | half | wait | none, as the agenda's rows
    word: str
    left: str  # "còn 3 ngày làm việc"; nothing where it is finished or has no deadline
    working_days: int | None = None
    steps: tuple[Step, ...] = ()

    @property
    def counted_as(self) -> str:
        return counted_as(self.standing)

    @property
    def is_open(self) -> bool:
        return self.standing.state.is_open

    @property
    def is_overdue(self) -> bool:
        return self.standing.timeliness is Timeliness.OVERDUE

    @property
    def progress(self) -> Step | None:
        """The last note on its progress."""
        return self._last(Act.PROGRESS)

    @property
    def percent(self) -> int | None:
        """How much is said to be done: all of it once it is confirmed."""
        if self.standing.state is State.DONE:
            return 100
        said = [step.percent for step in self.steps if step.percent is not None]
        return said[-1] if said else None

    @property
    def report(self) -> Step | None:
        """The report by which it is, or waits to be, finished; with its evidence."""
        return self._last(Act.REPORTED) if self.standing.reported_on else None

    @property
    def asking(self) -> Step | None:
        """The request for a later deadline that nobody has decided on."""
        return self._last(Act.EXTENSION_ASKED) if self.standing.asked else None

    def _last(self, act: str) -> Step | None:
        return next((step for step in reversed(self.steps) if step.act == act), None)


def standing_of(task: Task, today: date) -> Standing:
    """Where one task stands."""
    return _derived(task, task.steps.all(), today)


def line(task: Task, today: date) -> Line:
    """One task as a list shows it."""
    return _line(task, tuple(task.steps.select_related("by", "record", "document")), today, _workdays(today))


def lines(tasks: QuerySet[Task] | Iterable[Task], today: date) -> list[Line]:
    """These tasks in their order, their steps in one query."""
    found = list(tasks)
    steps: dict[int, list[Step]] = defaultdict(list)
    for start in range(0, len(found), _AT_ONCE):
        some = [task.pk for task in found[start : start + _AT_ONCE]]
        for step in Step.objects.filter(task__in=some).select_related("by", "record").order_by("pk"):
            steps[step.task_id].append(step)
    workdays = _workdays(today)
    return [_line(task, tuple(steps[task.pk]), today, workdays) for task in found]


_AT_ONCE = 5000  # a database takes only so many values in one query


def counted(lines: Iterable[Line]) -> Counts:
    """How many stand where."""
    return core.counts(line.standing for line in lines)


def events(steps: Iterable[Step]) -> list[Event]:
    """What happened, as core/act/tasks derives from it."""
    return [Event(step.act, step.on, step.due, step.stage) for step in steps]


def time_left(due: date, today: date, workdays: Calendar) -> str:
    """How long until a deadline, or since, in working days."""
    days = workdays.working_days_between(today, due)
    if due == today:
        return _("hạn hôm nay")
    if due < today:
        late = -days
        return (
            ngettext("quá %(n)s ngày làm việc", "quá %(n)s ngày làm việc", late) % {"n": late} if late else _("quá hạn")
        )
    return ngettext("còn %(n)s ngày làm việc", "còn %(n)s ngày làm việc", days) % {"n": days}


def _workdays(today: date) -> Calendar:
    return calendar(today.year - 2, today.year + 6)


def _derived(task: Task, steps: Iterable[Step], today: date) -> Standing:
    return core.standing(task.begins, task.first_due, task.time, events(steps), today)


def _line(task: Task, steps: tuple[Step, ...], today: date, workdays: Calendar) -> Line:
    now = _derived(task, steps, today)
    days = workdays.working_days_between(today, now.due) if now.due and now.state.is_open else None
    shape, word = _told(task, now, days)
    left = time_left(now.due, today, workdays) if now.due and now.state.is_open else ""
    return Line(task, now, shape, word, left, days, steps)


def _told(task: Task, now: Standing, days: int | None) -> tuple[str, str]:
    """A shape and a word, both from where it stands."""
    if now.state is State.CANCELLED:
        return "none", _("Thôi thực hiện")
    if now.state is State.DONE:
        return "doubt" if now.timeliness is Timeliness.LATE else "good", _done_word(now.timeliness)
    if now.state is State.REPORTED:
        return "half", _("Báo quá hạn, chờ xác nhận") if now.timeliness is Timeliness.OVERDUE else _("Chờ xác nhận")
    if now.timeliness is Timeliness.OVERDUE:
        return "bad", _("Quá hạn, chưa giao") if now.state is State.UNASSIGNED else _("Quá hạn")
    if now.state is State.UNASSIGNED:
        return "doubt" if days is not None and days <= SOON else "wait", _("Chờ giao")
    if days is not None and days <= SOON:
        return "doubt", _("Sắp đến hạn")
    return "wait", _("Thường xuyên") if task.time == Time.STANDING else _("Đang thực hiện")


def _done_word(timeliness: Timeliness | None) -> str:
    if timeliness is Timeliness.ON_TIME:
        return _("Hoàn thành đúng hạn")
    return _("Hoàn thành quá hạn") if timeliness is Timeliness.LATE else _("Hoàn thành")

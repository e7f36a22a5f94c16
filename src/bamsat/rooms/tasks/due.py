# SPDX-License-Identifier: Apache-2.0
"""Tasks in the month of their people: one's own and one's units' that fall due, and what waits to be confirmed."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.core.act.tasks import State
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.places.rights import holds, remembering
from bamsat.rooms.submissions.month.agenda import CHECK, DONE, TASKS, Action, AgendaRow
from bamsat.rooms.tasks.mails import shortened
from bamsat.rooms.tasks.models import Act, Step, Task, Time
from bamsat.rooms.tasks.queries import UNIT, Asked, tasks_for
from bamsat.rooms.tasks.reminding import DECIDING, last_reminded, unfinished
from bamsat.rooms.tasks.rights import ASSIGN, WORK, within
from bamsat.rooms.tasks.standing import SOON, Line, lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

END_OF_DAY = time(23, 59)
MOST = 30  # rows of each kind; the list of tasks has the rest


def rows(user: User, month: Period, now: datetime) -> list[AgendaRow]:
    """What of the user's falls due in the month, in this month also what is overdue from before; and for those who
    assign what waits to be confirmed."""
    today = timezone.localdate(now)
    with remembering(user):
        if not holds(user, WORK):
            return []
        mine = lines(_mine(user, month, today)[: 10 * MOST], today)
        found = [line for line in mine if _stands_in(line, month, today)][:MOST]
        reminded = last_reminded(user, [line.task.pk for line in found])
        told = [_row(line, reminded.get(line.task.pk)) for line in found]
        if month.first == _month(today):
            held = {line.task.pk for line in found}
            told += [_to_confirm(line) for line in _reported(user, today) if line.task.pk not in held]
    return told


def waiting_count(user: User | AnonymousUser) -> int:
    """How many of one's own and one's units' tasks are overdue, or due within three working days."""
    today = timezone.localdate()
    if not holds(user, WORK):
        return 0
    near = calendar(today.year - 1, today.year + 1).add_working_days(today, SOON)
    return _of_user(user).filter(due__lte=near).exclude(time=Time.STANDING).count()


def _of_user(user: User | AnonymousUser) -> QuerySet[Task]:
    return unfinished(tasks_for(user, Asked(whose=UNIT)))


def _mine(user: User, month: Period, today: date) -> QuerySet[Task]:
    first, after = _day(month.first), _day(month.last + 1)
    due = Q(due__gte=first, due__lt=after)
    asked = tasks_for(user, Asked(whose=UNIT)).exclude(time=Time.STANDING)
    if month.first != _month(today):
        return asked.filter(due)
    late = unfinished(Task.objects.filter(due__lt=first)).values("pk")
    return asked.filter(due | Q(pk__in=late))


def _stands_in(line: Line, month: Period, today: date) -> bool:
    if line.standing.state is State.CANCELLED or line.standing.due is None:
        return False
    return line.is_open or _month(line.standing.due) == month.first


def _reported(user: User, today: date) -> list[Line]:
    """What somebody reported done and this user may confirm."""
    if not holds(user, ASSIGN):
        return []
    last = Step.objects.filter(task=OuterRef("pk"), act__in=DECIDING).order_by("-pk").values("act")[:1]
    waiting = Task.objects.filter(within(user, ASSIGN)).annotate(decided=Subquery(last)).filter(decided=Act.REPORTED)
    waiting = waiting.select_related("place", "lead", "person", "record")[:MOST]
    return [line for line in lines(waiting, today) if line.standing.state is State.REPORTED]


def _row(line: Line, reminded: date | None) -> AgendaRow:
    task, done = line.task, line.standing.state is State.DONE
    label = _("Xem") if done or line.standing.state is State.REPORTED else _("Cập nhật")
    return AgendaRow(
        due=_moment(line.standing.due), what=shortened(task.what), sub=str(task.record or task.assigner),
        owner=str(task.person or task.lead or ""), shape=line.shape, word=line.word,
        action=Action(label, _address(task)), group=DONE if done else TASKS, share=line.percent,
        href=_address(task), rank=8000, key=task,
        note=_("đã nhắc ngày %(day)s") % {"day": f"{reminded:%d/%m}"} if reminded and line.is_open else "",
        done_note=line.word if done else "",
    )  # fmt: skip


def _to_confirm(line: Line) -> AgendaRow:
    task = line.task
    return AgendaRow(
        due=_moment(line.standing.due), what=shortened(task.what), sub=str(task.record or task.assigner),
        owner=str(task.lead or task.person or ""), shape=line.shape, word=line.word,
        action=Action(_("Xác nhận"), _address(task)), group=CHECK, href=_address(task), rank=8000, key=task,
    )  # fmt: skip


def _address(task: Task) -> str:
    return reverse("tasks:task", args=[task.uuid])


def _moment(due: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(due, END_OF_DAY)) if due else None


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)

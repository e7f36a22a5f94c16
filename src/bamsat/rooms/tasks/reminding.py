# SPDX-License-Identifier: Apache-2.0
"""Reminding of tasks: 7, 3 and 1 working days before a deadline and 1, 3 and 7 after it, each once a person and way.

What is owed is the latest milestone that has come (core.act.tasks.reminders): days on which nobody asked lose nothing,
and asking twice sends nothing twice. One mail a person a day tells all that is owed; what comes to be owed after it
went out is told on the page at once and in the mail of the next day.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone, translation

from bamsat.core.act.calendar import Calendar
from bamsat.core.act.tasks import MILESTONES, reminders
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit, mails
from bamsat.rooms.accounts.models import Mail, User
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.places.queries import NotAllowed, covered_by
from bamsat.rooms.places.rights import sees_everything
from bamsat.rooms.tasks.mails import body, by_urgency, subject, text_of
from bamsat.rooms.tasks.models import Act, Reminder, Step, Task, Time, Way
from bamsat.rooms.tasks.recipients import recipients
from bamsat.rooms.tasks.rights import ASSIGN, WORK, may, places_for, seen_tasks, within
from bamsat.rooms.tasks.standing import Line, lines

if TYPE_CHECKING:
    from django.db.models import QuerySet

KEY = "tasks.reminders "  # of the mail of a day
CHASED = "tasks.chased "  # of a mail that somebody asked for
DECIDING = (Act.REPORTED, Act.RETURNED, Act.CLOSED, Act.CANCELLED, Act.REOPENED)
ONE_AT_A_TIME = 7_219_055  # any fixed number: PostgreSQL lets one transaction at a time hold it


class NothingToRemind(BamsatError):
    """What was chosen is finished, has no deadline, or nobody is there to be reminded."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a round did: reminders on the page, mails written, mails tried again, and whom no mail reaches."""

    on_page: int = 0
    by_mail: int = 0
    again: int = 0
    without_address: frozenset[int] = frozenset()
    before: int = 0  # reminders asked for by hand that had been given earlier today

    @property
    def is_nothing(self) -> bool:
        return not (self.on_page or self.by_mail or self.again)


@dataclass(frozen=True, slots=True)
class Owed:
    """A milestone of a task that a person (or nobody) has not been told yet in a way."""

    line: Line
    due: date
    days: int
    way: str
    user: User | None

    def row(self, today: date, now: datetime) -> Reminder:
        return Reminder(task=self.line.task, due=self.due, days=self.days, way=self.way, to=self.user, on=today, at=now)


# By itself.


def remind(now: datetime, address: str = "") -> Told:
    """Tell everybody what is owed today; on a day that is not worked nobody is told anything."""
    today = timezone.localdate(now)
    workdays = calendar(today.year - 2, today.year + 2)
    if not workdays.is_working(today):
        return Told()
    found = open_lines(Task.objects.all(), today, workdays)
    whom = recipients([line.task for line in found], today)
    with transaction.atomic():
        _one_at_a_time()
        return _tell(found, whom, now, workdays, address)


def open_lines(tasks: QuerySet[Task], today: date, workdays: Calendar) -> list[Line]:
    """Those with a deadline that is near or past, and which somebody has still to do."""
    near = workdays.add_working_days(today, max(MILESTONES))
    asked = unfinished(tasks.filter(due__lte=near).exclude(time=Time.STANDING))
    return [line for line in lines(asked.select_related("place", "lead", "person", "record"), today) if line.is_open]


def unfinished(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Those of which no step says that they are reported, finished or cancelled; so that `lines` has few to derive."""
    last = Step.objects.filter(task=OuterRef("pk"), act__in=DECIDING).order_by("-pk").values("act")[:1]
    return tasks.annotate(decided=Subquery(last)).filter(Q(decided=None) | Q(decided__in=(Act.RETURNED, Act.REOPENED)))


def _tell(found: Sequence[Line], whom: dict[int, list[User]], now: datetime, workdays: Calendar, address: str) -> Told:
    today = timezone.localdate(now)
    done = _done(found)
    by_page = _owed(found, whom, Way.PAGE, done, today, workdays)
    told_today = set(_mails_of(today).values_list("user_id", flat=True)) if settings.BAMSAT_MAIL else set()
    by_mail = _owed(found, whom, Way.MAIL, done, today, workdays) if settings.BAMSAT_MAIL else []
    without = frozenset(one.user.pk for one in by_mail if one.user and not one.user.email)
    by_mail = [one for one in by_mail if one.user and one.user.email and one.user.pk not in told_today]
    Reminder.objects.bulk_create([one.row(today, now) for one in (*by_page, *by_mail)])
    written = _mail(by_mail, _lost(found, whom, today), today, address) if settings.BAMSAT_MAIL else []
    again = mails.try_again(f"{KEY}{today}") if told_today else 0
    if by_page or written:
        tasks = sorted({one.line.task.pk for one in (*by_page, *by_mail)})
        audit.record(None, "tasks.reminder.sent", None, on=f"{today}", tasks=tasks, mailed=written)
    return Told(len(by_page), len(written), again, without)


def _owed(
    found: Iterable[Line], whom: dict[int, list[User]], way: str, done: dict[_Key, set[int]], today: date,
    workdays: Calendar,
) -> list[Owed]:  # fmt: skip
    owed = []
    for line in found:
        nobody: list[User | None] = [None] if way == Way.PAGE else []
        for user in whom[line.task.pk] or nobody:
            due = line.standing.due
            told = done[line.task.pk, due, way, user.pk if user else None]
            if due and (days := reminders(due, today, told, workdays)) is not None:
                owed.append(Owed(line, due, days, way, user))
    return owed


_Key = tuple[int, date | None, str, int | None]


def _done(found: Iterable[Line]) -> dict[_Key, set[int]]:
    """The milestones that were told: of which task and deadline, how, to whom."""
    told: dict[_Key, set[int]] = defaultdict(set)
    rows = Reminder.objects.filter(task__in=[line.task.pk for line in found])
    for task, due, days, way, to in rows.values_list("task_id", "due", "days", "way", "to_id"):
        told[task, due, way, to].add(days)
    return told


# The mail of the day.


def _mails_of(day: date) -> QuerySet[Mail]:
    return Mail.objects.filter(key=f"{KEY}{day}")


def _lost(found: Sequence[Line], whom: dict[int, list[User]], today: date) -> dict[int, list[Line]]:
    """What mails of earlier days told that never went out, and is still to be told; the mails are given up."""
    by_task = {line.task.pk: line for line in found}
    lost: dict[int, list[Line]] = defaultdict(list)
    for mail in mails.to_send(KEY).exclude(key=f"{KEY}{today}"):
        if not mails.to_send().filter(pk=mail.pk).delete()[0]:
            continue  # it is just being sent
        rows = Reminder.objects.filter(way=Way.MAIL, to=mail.user_id, on=date.fromisoformat(mail.key[len(KEY) :]))
        for pk in rows.values_list("task_id", flat=True):
            if pk in by_task and mail.user in whom[pk] and mail.user.email:
                lost[mail.user_id].append(by_task[pk])
    return lost


def _mail(owed: Sequence[Owed], lost: dict[int, list[Line]], today: date, address: str) -> list[int]:
    """One mail a person; the ids of those who get one."""
    told: dict[int, dict[int, Line]] = defaultdict(dict)
    for user, held in lost.items():
        told[user] |= {line.task.pk: line for line in held}
    for one in owed:
        if one.user:
            told[one.user.pk][one.line.task.pk] = one.line
    return _write(told, lambda _lines: f"{KEY}{today}", today, address)


def _write(
    told: dict[int, dict[int, Line]], key: Callable[[Collection[int]], str], today: date, address: str
) -> list[int]:
    users = User.objects.in_bulk(told)
    written = []
    for pk, held in sorted(told.items()):
        user = users[pk]
        with translation.override(user.language):
            again = lines([line.task for line in held.values()], today)  # in the words of the reader's language
            mail = mails.write(user, key(held), subject(again), body(user, again, address))
        written += [pk] if mail else []
    return written


# By hand.


def remind_by_hand(
    user: User, tasks: QuerySet[Task], now: datetime | None = None, address: str = "", as_text: bool = False
) -> tuple[Told, str]:
    """Remind of tasks now, on the page and by mail, or as words to paste, which come back; each once a day."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    held = [line for line in lines(tasks.select_related("place", "lead", "person", "record"), today) if line.is_open]
    held = [line for line in held if line.standing.due]
    for line in held:
        _ask(user, line.task)
    if not held:
        raise NothingToRemind(
            vi="Không có gì để nhắc: nhiệm vụ đã xong, đã báo hoàn thành hoặc không có hạn.",
            en="There is nothing to remind of: the task is finished, reported done, or has no deadline.",
        )
    whom = {line.task.pk: [] for line in held} if as_text else recipients([line.task for line in held], today)
    with transaction.atomic():
        _one_at_a_time()
        told = _by_hand(user, held, whom, [Way.TEXT] if as_text else _ways(), now, address)
    return told, text_of(held, address) if as_text else ""


def may_remind(user: User, task: Task) -> bool:
    """Who assigns the task, or works at the office whose task it is."""
    return may(user, task, ASSIGN) or may(user, task.place, WORK)


def _ask(user: User, task: Task) -> None:
    if not may_remind(user, task):
        raise NotAllowed(
            vi=f"Anh/chị không đôn đốc nhiệm vụ của {task.place.label}. Việc này của cơ quan theo dõi nhiệm vụ ở đó.",
            en=f"You do not chase tasks of {task.place.label}. Whoever follows the tasks there does.",
        )


def _ways() -> list[str]:
    return [Way.PAGE, Way.MAIL] if settings.BAMSAT_MAIL else [Way.PAGE]


def _by_hand(
    user: User, held: Sequence[Line], whom: dict[int, list[User]], ways: Sequence[str], now: datetime, address: str
) -> Told:
    today = timezone.localdate(now)
    workdays = calendar(today.year - 2, today.year + 2)
    wanted = [
        Owed(line, line.standing.due, workdays.working_days_between(today, line.standing.due), way, to)
        for line in held
        if line.standing.due
        for way in ways
        for to in _people(whom[line.task.pk])
        if way != Way.MAIL or (to and to.email)
    ]
    rows = Reminder.objects.filter(task__in=[line.task.pk for line in held], way__in=ways)
    there = {(r.task_id, r.way, r.to_id, r.due, r.days) for r in rows}
    today_too = {(r.task_id, r.way, r.to_id) for r in rows if r.on == today}
    new = [one for one in wanted if _key(one) not in today_too and (*_key(one), one.due, one.days) not in there]
    Reminder.objects.bulk_create([one.row(today, now) for one in new])
    told: dict[int, dict[int, Line]] = defaultdict(dict)
    for one in new:
        if one.user and one.way == Way.MAIL:
            told[one.user.pk][one.line.task.pk] = one.line
    written = _write(told, lambda chosen: f"{CHASED}{today} {_digest(chosen)}", today, address)
    if new:
        pks = sorted({one.line.task.pk for one in new})
        single = held[0].task if len(pks) == 1 else None
        audit.record(user, "tasks.reminder.asked", single, tasks=pks, ways=sorted({one.way for one in new}))
    without = frozenset(to.pk for people in whom.values() for to in people if Way.MAIL in ways and not to.email)
    on_page = sum(one.way != Way.MAIL for one in new)
    return Told(on_page, len(written), 0, without, len(wanted) - len(new))


def _people(held: Sequence[User]) -> list[User | None]:
    """Where there is nobody, the task itself shows that it was asked for."""
    return list(held) or [None]


def _key(one: Owed) -> tuple[int, str, int | None]:
    return one.line.task.pk, one.way, one.user.pk if one.user else None


def _digest(chosen: Collection[int]) -> str:
    return hashlib.sha256(",".join(map(str, sorted(chosen))).encode()).hexdigest()[:12]


def _one_at_a_time() -> None:
    """Two rounds at once: the second waits, and finds everything told. On SQLite one transaction writes at a time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


# What pages show of it.


def chased_by(user: User, today: date, workdays: Calendar) -> list[Line]:
    """What is late or nearly so, of the tasks that the user may remind of, the most urgent first."""
    reached = Task.objects.filter(within(user, ASSIGN))
    offices = covered_by(set(places_for(user, WORK).values_list("pk", flat=True)))
    works_at = seen_tasks(user).filter(place__in=offices.values("pk")).order_by()
    if not sees_everything(user):
        reached = Task.objects.filter(Q(pk__in=reached.values("pk")) | Q(pk__in=works_at.values("pk")))
    return by_urgency(open_lines(reached, today, workdays))


def told_of(found: Iterable[Line]) -> set[int]:
    """Who was reminded of these by mail."""
    rows = Reminder.objects.filter(task__in=[line.task.pk for line in found], way=Way.MAIL)
    return {pk for pk in rows.values_list("to_id", flat=True) if pk}


def reminders_of(task: Task) -> list[Reminder]:
    """Who was reminded of a task, the last first."""
    return list(task.reminders.select_related("to").order_by("-pk"))


def last_reminded(user: User, tasks: Iterable[int]) -> dict[int, date]:
    """When the user was last reminded of these on the page."""
    rows = Reminder.objects.filter(task__in=list(tasks), to=user, way=Way.PAGE).order_by("on")
    return dict(rows.values_list("task_id", "on"))

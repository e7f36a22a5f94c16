# SPDX-License-Identifier: Apache-2.0
"""The calendar feed of one user (iCalendar, RFC 5545): one's own and one's units' deadlines, as of its fetching.

Its address is a secret: whoever has it reads it without signing in. So it tells no more than what, until when and where
to look, and answers nothing once the user may no longer open tasks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from bamsat.core.act.calendar import Calendar as Workdays
from bamsat.core.act.tasks import State
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.places.rights import Function, holds, keep_rights
from bamsat.rooms.tasks.mails import shortened
from bamsat.rooms.tasks.models import Act, Feed
from bamsat.rooms.tasks.queries import UNIT, Asked, tasks_for
from bamsat.rooms.tasks.standing import Line, lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

BEFORE = (7, 3, 1)  # working days; the alarm goes off at eight in the morning
AT = timedelta(hours=8)
SHOWN_CANCELLED = timedelta(days=30)
_NO_CHANGE = {Act.PROGRESS, Act.STAGE, Act.EXTENSION_ASKED, Act.EXTENSION_REFUSED}


@dataclass(frozen=True, slots=True)
class Deadline:
    """What stands in a calendar on a day; `sequence` grows whenever it is changed."""

    uid: str
    day: date
    title: str
    path: str
    changed_at: datetime
    sequence: int = 0
    cancelled: bool = False


# Rooms above add their deadlines.
sources: list[Callable[[User, datetime], list[Deadline]]] = []


def digest(secret: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def owner_of(secret: str) -> User | None:
    """Whose feed it is, if there is one and its owner may open tasks today."""
    found = Feed.objects.filter(secret=digest(secret)).select_related("user").first()
    user = found.user if found else None
    return user if user and user.is_active and holds(user, Function.WORK) else None


def feed(user: User, now: datetime, site: str) -> bytes:
    """The whole calendar; the same bytes as long as nothing changed."""
    keep_rights(user)
    today = timezone.localdate(now)
    workdays = calendar(today.year - 2, today.year + 6)
    with translation.override(user.language):
        found = [*_deadlines(user, today), *(one for source in sources for one in source(user, now))]
        told = Calendar()
        told.add("prodid", "-//Bám Sát//Nhiệm vụ//VI")
        told.add("version", "2.0")
        told.add("calscale", "GREGORIAN")
        told.add("x-wr-calname", _("Bám Sát: hạn công việc"))
        told.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
        for one in sorted(found, key=lambda one: (one.day, one.uid)):
            told.add_component(_event(one, site, workdays))
    return bytes(told.to_ical())


def _deadlines(user: User, today: date) -> list[Deadline]:
    found = lines(tasks_for(user, Asked(whose=UNIT)).exclude(due=None), today)
    return [_deadline(line) for line in found if _is_told(line, today)]


def _is_told(line: Line, today: date) -> bool:
    if line.standing.due is None:
        return False
    if line.standing.state is State.CANCELLED:
        return today - timezone.localdate(_changed(line)) < SHOWN_CANCELLED
    return line.is_open


def _deadline(line: Line) -> Deadline:
    task = line.task
    return Deadline(
        uid=f"{task.uuid}@bamsat", day=line.standing.due or task.begins, title=shortened(task.what),
        path=reverse("tasks:task", args=[task.uuid]), changed_at=_changed(line),
        sequence=sum(step.act not in _NO_CHANGE for step in line.steps),
        cancelled=line.standing.state is State.CANCELLED,
    )  # fmt: skip


def _changed(line: Line) -> datetime:
    return max((step.at for step in line.steps if step.act not in _NO_CHANGE), default=line.task.created_at)


def _event(one: Deadline, site: str, workdays: Workdays) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("dtstart", one.day)
    event.add("summary", _("Hạn: %(what)s") % {"what": one.title})
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy all day
    event.add("url", site.rstrip("/") + one.path)
    for number in () if one.cancelled else BEFORE:
        event.add_component(_alarm(one, number, workdays))
    return event


def _alarm(one: Deadline, number: int, workdays: Workdays) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Còn %(n)s ngày làm việc: %(what)s") % {"n": number, "what": one.title})
    alarm.add("trigger", AT - (one.day - workdays.add_working_days(one.day, -number)))
    return alarm

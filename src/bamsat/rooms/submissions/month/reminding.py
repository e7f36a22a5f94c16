# SPDX-License-Identifier: Apache-2.0
"""The reminders that nobody has to press: some working days before a deadline, and on the working day after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from bamsat.core.act.calendar import Calendar
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.submissions.models import Channel
from bamsat.rooms.submissions.month.actions import NobodyToRemind, Owed, remind_all
from bamsat.rooms.submissions.month.duties import Duty, duties_everywhere
from bamsat.rooms.submissions.month.laggards import places_of

DAYS_BEFORE = (3, 1)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    on_page: int
    by_mail: int
    without_address: int


def remind_of_deadlines(now: datetime, address: str = "") -> Round:
    """Remind who has not sent what is due today's way; a second round on one day does nothing more."""
    today = timezone.localdate(now)
    workdays = calendar(today.year - 1, today.year + 1)
    if not workdays.is_working(today):
        return Round(0, 0, 0)
    month = today.year * 12 + today.month - 1
    found = [duty for duty in duties_everywhere(Period(month - 1, month + 1)) if is_day_for(duty, now, workdays)]
    owed = [Owed(duty.form, duty.period, tuple(places_of(duty.missing))) for duty in found if duty.missing]
    if not owed:
        return Round(0, 0, 0)
    try:
        page = remind_all(None, owed, Channel.PAGE, now=now)
        if not settings.BAMSAT_MAIL:
            return Round(len(page.made), 0, 0)
        mail = remind_all(None, owed, Channel.MAIL, address, now)
    except NobodyToRemind:  # somebody has just sent the last one
        return Round(0, 0, 0)
    return Round(len(page.made), len(mail.made), len(mail.without_address))


def is_day_for(duty: Duty, now: datetime, workdays: Calendar) -> bool:
    """Whether a deadline is three or one working days off, or was on the working day before."""
    if duty.due is None:
        return False
    today, day = timezone.localdate(now), timezone.localdate(duty.due)
    if day < today:
        return workdays.next_working(day) == today
    return day > today and workdays.working_days_between(today, day) in DAYS_BEFORE

# SPDX-License-Identifier: Apache-2.0
"""What the page of a month shows, and that of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils import timezone

from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.places.models import PlaceKind
from bamsat.rooms.places.rights import Function, holds, remembering
from bamsat.rooms.submissions.month.agenda import Agenda, AgendaRow, Day, agenda_of, sentence, strip, strip_in_words
from bamsat.rooms.submissions.month.duties import Duty, duties
from bamsat.rooms.submissions.month.laggards import lag_of
from bamsat.rooms.submissions.month.rows import address, office_row, own_row, worst_duty

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

NAMED = 6  # places that have not sent, on the page of the month
FIRST_YEAR, LAST_YEAR = 2000, 2100


def month_asked(code: str, now: datetime) -> Period:
    """The month of an address, else this one."""
    try:
        asked = Period.parse(code)
    except PeriodUnreadable:
        asked = None
    if asked and asked.length == 1 and FIRST_YEAR <= asked.start_year < LAST_YEAR:
        return asked
    today = timezone.localdate(now)
    return Period.month(today.year, today.month)


def month_page(user: User, month: Period, now: datetime) -> dict[str, Any]:
    """The agenda of a month with its strip, its sentence and the form from which most is lacking."""
    with remembering(user):
        agenda = agenda_of(user, month, now)
        worst = worst_duty(agenda.urgent)
        days = strip(agenda, agenda.rows)
        return {
            "agenda": agenda, "sentence": sentence(agenda), "days": days, "days_told": strip_in_words(agenda, days),
            "lag": lag_of(worst, now, NAMED) if worst else None,
            "chase": _chase(worst), "overview": _overview(worst), "watches": holds(user, Function.JUDGE),
        }  # fmt: skip


def _chase(duty: Duty | None) -> str:
    if duty is None:
        return ""
    return address("submissions:chase", duty.form.code) + "?" + urlencode({"ky": duty.period.code})


def _overview(duty: Duty | None) -> str:
    return address("submissions:overview") + ("?" + urlencode({"bieu": duty.form.code}) if duty else "")


@dataclass(frozen=True, slots=True)
class MonthOfYear:
    """One month of the year's page."""

    month: Period
    days: tuple[Day, ...]
    told: str
    due: int
    expected: int
    done: int
    late: int


def year_page(user: User, year: int, now: datetime) -> list[MonthOfYear]:
    """The twelve months with what falls due on which day, and how much of it came."""
    with remembering(user):
        found = duties(user, Period.year(year), now)
        kinds = {kind.code: kind.name for kind in PlaceKind.objects.all()}
    made = []
    for at in range(12):
        month = Period.month(year, at + 1)
        here = [
            duty
            for duty in found
            if duty.due and timezone.localdate(duty.due).month == at + 1 and timezone.localdate(duty.due).year == year
        ]
        rows = [own_row(one, now, None) if one.place else office_row(one, now, kinds, None) for one in here]
        made.append(_month(month, here, rows, now))
    return made


def _month(month: Period, here: list[Duty], rows: list[AgendaRow], now: datetime) -> MonthOfYear:
    agenda = _bare(month, now)
    days = strip(agenda, rows)
    return MonthOfYear(
        month, tuple(days), strip_in_words(agenda, days), len(here), sum(one.counts.total for one in here),
        sum(one.counts.done for one in here), sum(one.counts.late for one in here),
    )  # fmt: skip


def _bare(month: Period, now: datetime) -> Agenda:
    today = timezone.localdate(now)
    return Agenda(month, today, False, (), (), calendar(month.start_year - 1, month.end_year + 1))

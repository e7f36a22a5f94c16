# SPDX-License-Identifier: Apache-2.0
"""When a return of a period has to be in."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Min
from django.utils import timezone

from bamsat.core.act.calendar import Calendar
from bamsat.core.act.deadlines import DeadlineRule, due
from bamsat.core.forms.definition import Definition
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.submissions.models import FormVersion

MOST_YEARS_AFTER = 6  # five by the rule, one more by days off at the turn of a year
END_OF_WORK = time(17)
LAST_YEAR = 9900  # dates end with the year 9999; nobody owes anything for then


def due_of(definition: Definition, period: Period, workdays: Calendar | None = None) -> datetime | None:
    """The last moment of a return of this period; None for a form without a deadline."""
    if not definition.deadline:
        return None
    rule = DeadlineRule.parse(definition.deadline)
    if period.end_year > LAST_YEAR:
        return None
    day = due(rule, period, workdays or calendar_around(period))
    return timezone.make_aware(datetime.combine(day, rule.time or END_OF_WORK))


def due_here(version: FormVersion, definition: Definition, period: Period) -> datetime | None:
    """The same for a return that is made: none where it passed before the form was in use, for nobody was late then."""
    day = due_of(definition, period)
    since = FormVersion.objects.filter(form=version.form_id, in_use=True).aggregate(since=Min("at"))["since"]
    return None if day and since and day < since else day


def calendar_around(period: Period) -> Calendar:
    """The working days of the years in which a return of this period can fall due."""
    year = min(max(period.end_year, 2), LAST_YEAR)
    return calendar(year - 1, year + MOST_YEARS_AFTER)

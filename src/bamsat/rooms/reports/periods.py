# SPDX-License-Identifier: Apache-2.0
"""The periods of a planned report, and until when each has to be issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from bamsat.core.act.calendar import Calendar
from bamsat.core.act.deadline_words import words as rule_in_words
from bamsat.core.act.deadlines import DeadlineRule, due
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.reports.models import Frequency, ReportPlan
from bamsat.rooms.submissions.due import END_OF_WORK, calendar_around
from bamsat.ui import words

# Months of a period, and every how many months it comes; six and nine months are counted from January.
LENGTHS = {
    Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.NINE_MONTHS: 9, Frequency.YEAR: 12,
    Frequency.FIVE_YEARS: 60,
}  # fmt: skip
_ENDS_IN_YEAR = {Frequency.HALF: 5, Frequency.NINE_MONTHS: 8, Frequency.YEAR: 11}


def is_period_of(frequency: str, period: Period) -> bool:
    """Whether a report of this frequency can be about such a period; a second half year only on request.

    >>> is_period_of("half", Period.months(2026, 7, 12)), is_period_of("nine_months", Period.months(2026, 4, 12))
    (True, False)
    """
    if frequency == Frequency.ONCE:
        return True
    if frequency == Frequency.HALF:
        return period.length == 6 and period.first % 6 == 0
    return period.length == LENGTHS[Frequency(frequency)] and _ends(frequency, period.last)


def periods(frequency: str, first: int, last: int) -> Iterator[Period]:
    """Periods of a frequency that end in these months, counted from year 0."""
    if frequency == Frequency.ONCE:
        return
    length = LENGTHS[Frequency(frequency)]
    for end in range(first, last + 1):
        if _ends(frequency, end):
            yield Period(end - length + 1, end)


def _ends(frequency: str, month: int) -> bool:
    if frequency == Frequency.QUARTER:
        return month % 3 == 2
    if frequency == Frequency.FIVE_YEARS:
        return (month + 1) % 60 == 12  # 2021-2025, 2026-2030
    return month % 12 == _ENDS_IN_YEAR.get(Frequency(frequency), month % 12)


def due_of(plan: ReportPlan, period: Period, workdays: Calendar | None = None) -> datetime | None:
    """The last moment for the report of this period; None where the plan has no deadline."""
    if not plan.deadline:
        return None
    rule = DeadlineRule.parse(plan.deadline)
    day = due(rule, period, workdays or calendar_around(period))
    return timezone.make_aware(datetime.combine(day, rule.time or END_OF_WORK))


def deadline_words(said: object, frequency: str) -> str:
    """A deadline in words; nothing where there is none."""
    if not isinstance(said, dict) or not said:
        return ""
    try:
        rule = DeadlineRule.parse(said)
    except BamsatError:
        return ""
    # A half year, nine months and five years are "the period" in the words of a rule; a year's last month is December.
    months = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}.get(Frequency(frequency), 6)
    return rule_in_words(rule, words.language(), months)

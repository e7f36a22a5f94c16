# SPDX-License-Identifier: Apache-2.0
"""Standing work that comes back (việc thường xuyên theo kỳ): each period is a task of its own, begun in its turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from bamsat.core.act.calendar import Calendar
from bamsat.core.act.deadlines import DeadlineRule, due
from bamsat.core.forms.definition import LENGTHS
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.tasks.models import Act, Step, Task, Time
from bamsat.rooms.tasks.standing import standing_of
from bamsat.rooms.tasks.steps import Refused
from bamsat.ui import words


@dataclass(frozen=True, slots=True)
class Rule:
    """How often standing work comes back, and until when the work of each period has to be done."""

    frequency: str  # of core.forms.definition.LENGTHS
    deadline: DeadlineRule

    @classmethod
    def parse(cls, said: Mapping[str, Any]) -> Rule:
        """The rule that a task keeps.

        >>> Rule.parse({"frequency": "month", "deadline": {"day": 20}}).frequency
        'month'
        """
        frequency = said.get("frequency")
        if frequency not in LENGTHS:
            raise Refused(
                vi=f"“{frequency}” không phải kỳ lặp lại. Hãy chọn tháng, quý, 6 tháng, 9 tháng hoặc năm.",
                en=f"“{frequency}” is no frequency. Choose month, quarter, half, nine_months or year.",
            )
        return cls(str(frequency), DeadlineRule.parse(said.get("deadline") or {}))

    def written(self) -> dict[str, Any]:
        return {"frequency": self.frequency, "deadline": self.deadline.written()}

    def period_of(self, day: date) -> Period | None:
        """The period of this frequency in which a day lies; none where no such period is reported ("9 tháng" in
        October).

        >>> rule = Rule.parse({"frequency": "quarter", "deadline": {"day": 31}})
        >>> rule.period_of(date(2026, 5, 2)).code
        '2026-Q2'
        """
        length, month = LENGTHS[self.frequency], day.month - 1
        first = month // length * length
        last = first + length - 1
        return Period.months(day.year, first + 1, last + 1) if last < 12 else None


def start_due(today: date) -> list[Task]:
    """Begin, once, the tasks of the periods whose turn has come, of all standing work that comes back and runs. Periods
    that went by while nobody asked are begun too, and show as late."""
    workdays = calendar(today.year - 2, today.year + 3)
    standing = Task.objects.filter(time=Time.STANDING, begins__lte=today).exclude(rule={}).order_by("pk")
    return [made for task in standing for made in _started(task, today, workdays)]


def _started(task: Task, today: date, workdays: Calendar) -> list[Task]:
    if not standing_of(task, today).state.is_open:
        return []
    rule, known = Rule.parse(task.rule), timezone.localdate(task.created_at)
    begun = set(task.children.values_list("period", flat=True))
    found = []
    for period in _periods(rule, max(task.begins, known), today):
        until = due(rule.deadline, period, workdays)
        if period.code not in begun and until >= known:  # nobody owed what was over before it was asked for
            found.append(_once(task, period, today, until))
    return [made for made in found if made]


def _periods(rule: Rule, since: date, today: date) -> list[Period]:
    """Those in which the days from one to another lie."""
    months = range(since.year * 12 + since.month - 1, today.year * 12 + today.month)
    found = (rule.period_of(date(month // 12, month % 12 + 1, 1)) for month in months)
    return list(dict.fromkeys(period for period in found if period))


def _once(task: Task, period: Period, today: date, until: date) -> Task | None:
    try:
        with transaction.atomic():
            return _child(task, period, today, until)
    except IntegrityError:
        return None  # somebody else's run was first


def _child(task: Task, period: Period, today: date, until: date) -> Task:
    """The work of one period, given to whoever has the standing work."""
    first_day = date(period.start_year, period.first % 12 + 1, 1)
    made = Task.objects.create(
        kind=task.kind, place=task.place, parent=task, record=task.record, words=task.words, assigner=task.assigner,
        what=f"{task.what} ({words.period(period.code)})", product=task.product, lead=task.lead, person=task.person,
        begins=min(max(task.begins, first_day), today, until), time=Time.DATE, due=until, first_due=until,
        period=period.code, target=task.target, created_by=task.created_by,
    )  # fmt: skip
    made.supporting.set(task.supporting.all())
    made.indicators.set(task.indicators.all())
    assigned = task.steps.filter(act=Act.ASSIGNED).order_by("-pk").first()
    if assigned:
        Step.objects.create(task=made, act=Act.ASSIGNED, on=made.begins, details=assigned.details, by=assigned.by)
    audit.record(None, "tasks.task.started", made, what=made.what[:200], period=period.code, due=until.isoformat())
    return made

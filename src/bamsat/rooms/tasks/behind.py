# SPDX-License-Identifier: Apache-2.0
"""The tasks behind a figure: who does what by when for an indicator of a place, and a task for a gap to its plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from bamsat.core.terms.directive import Condition
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.catalogue.models import Good, Indicator
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.figures.ground import end_of
from bamsat.rooms.figures.models import Entry, EntryKind, Measure
from bamsat.rooms.figures.queries import entry_for
from bamsat.rooms.places.models import Place
from bamsat.rooms.tasks.models import Act, Step, Task, Time
from bamsat.rooms.tasks.rights import seen_tasks
from bamsat.rooms.tasks.standing import Line, lines
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

SHOWN = 8
_DECIDE = (Act.REPORTED, Act.RETURNED, Act.CLOSED, Act.CANCELLED, Act.REOPENED)
_OPEN = Q(last=None) | Q(last__in=(Act.RETURNED, Act.REOPENED))


@dataclass(frozen=True, slots=True)
class Mark:
    """How many open tasks serve an indicator, and how many of them are overdue."""

    open: int
    overdue: int


def marks(
    user: User | AnonymousUser, place: Place, indicators: Collection[int], today: date
) -> dict[int, Mark]:  # fmt: skip
    """By indicator, those that have any; one query."""
    if not indicators:
        return {}
    last = Step.objects.filter(task=OuterRef("task_id"), act__in=_DECIDE).order_by("-pk").values("act")[:1]
    through = Task.indicators.through._default_manager
    of_place = seen_tasks(user).filter(place=place).order_by().values("pk")
    rows = through.filter(indicator__in=indicators, task__in=of_place).annotate(last=Subquery(last)).filter(_OPEN)
    found: dict[int, list[bool]] = defaultdict(list)
    for pk, due, time in rows.values_list("indicator_id", "task__due", "task__time"):
        found[pk].append(due is not None and due < today and time != Time.STANDING)
    return {pk: Mark(len(late), sum(late)) for pk, late in found.items()}


def tasks_behind(user: User | AnonymousUser, indicator: Indicator, place: Place, today: date) -> list[Line]:
    """Those that serve the indicator at the place: what is open first, by its deadline, then what is done."""
    found = lines(seen_tasks(user).filter(place=place, indicators=indicator).distinct(), today)
    return sorted(found, key=lambda one: not one.is_open)[:SHOWN]


# A task for a gap.


@dataclass(frozen=True, slots=True)
class Gap:
    """What is to be reached, and the task that one would type for it; no entry where only the ratio to it is known."""

    target: Entry | None
    typed: dict[str, Any]


def gap_said(user: User, said: Mapping[str, str]) -> Gap | None:
    """The gap that an address names: by its target, or by an indicator and a period."""
    if said.get("dich"):
        return _of_target(user, said["dich"])
    indicator, code = indicator_coded(said.get("chi-tieu", "")), said.get("ky", "")
    try:
        period = Period.parse(code) if code else None
    except PeriodUnreadable:
        period = None
    if indicator is None or period is None or period.start_year <= 1:
        return None
    condition = Condition(indicator.code, None, Measure.PLAN_RATIO, _way(indicator), Decimal(100), "%", period.code)
    return Gap(None, _typed(indicator, condition, period))


def _of_target(user: User, uuid: str) -> Gap | None:
    """None of what is no target, or is not for this user."""
    try:
        entry = entry_for(user, UUID(uuid))
    except (Entry.DoesNotExist, ValueError):
        return None
    if entry.kind != EntryKind.PLAN:
        return None
    series = entry.series
    condition = Condition(
        series.indicator.code, series.segment or None, series.measure, _way(series.indicator), entry.amount,
        series.unit, entry.period,
    )  # fmt: skip
    return Gap(entry, _typed(series.indicator, condition, Period.parse(entry.period)))


def _way(indicator: Indicator) -> str:
    """At least the target, or of what is to fall at most."""
    return "<=" if indicator.good == Good.DOWN else ">="


def _typed(indicator: Indicator, condition: Condition, period: Period) -> dict[str, Any]:
    said = words.period(period.code)
    what = _("Đề xuất và thực hiện giải pháp để đạt kế hoạch %(indicator)s %(period)s.") % {
        "indicator": indicator.name, "period": said
    }  # fmt: skip
    return {
        "what": what, "indicators": [indicator.code], "due": end_of(period), "condition": condition,
        "c_measure": condition.measure, "c_comparison": condition.comparison,
        "c_value": words.number(condition.value), "c_unit": condition.unit, "c_period": said,
    }  # fmt: skip

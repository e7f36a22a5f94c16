# SPDX-License-Identifier: Apache-2.0
"""Who does what about a number: the tasks that serve its indicator at the place, and where to give one for its gap."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bamsat.rooms.figures.comparison import PlanState
from bamsat.rooms.scoreboard.why.answer import Whole
from bamsat.rooms.tasks import rights
from bamsat.rooms.tasks.behind import tasks_behind
from bamsat.rooms.tasks.standing import Line

REACHED = (PlanState.MET, PlanState.EXCEEDED)

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def serving(user: User | AnonymousUser, whole: Whole, today: date) -> list[Line]:
    """Nothing where the page shows a day of the past: tasks stand as they stand today."""
    return [] if whole.known is not None else tasks_behind(user, whole.indicator, whole.place, today)


def new_task_address(user: User | AnonymousUser, whole: Whole) -> str:
    """Where to give a task for the gap to the plan; nothing where there is none, or for who may not."""
    if whole.known is not None or whole.plan is None or whole.state in REACHED:
        return ""
    if not rights.may(user, whole.place, rights.WORK):
        return ""
    asked = {"noi": whole.place.slug}
    if whole.plan.derived or whole.plan.entry is None:
        asked |= {"chi-tieu": whole.indicator.code, "ky": whole.plan.period}
    else:
        asked["dich"] = str(whole.plan.entry)
    return f"{reverse('tasks:new')}?{urlencode(asked)}"

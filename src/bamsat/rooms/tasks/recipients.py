# SPDX-License-Identifier: Apache-2.0
"""Who is reminded of a task: its person, else who holds a post in its lead unit, else who assigns there.

Nobody is reminded of a task that they may not open today, nor is anybody whose account is closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bamsat.rooms.accounts.models import User
from bamsat.rooms.directory.models import Holding
from bamsat.rooms.directory.models import standing as holding_on
from bamsat.rooms.places.models import PlaceRole, Role
from bamsat.rooms.places.rights import Function, remembering, roles_with
from bamsat.rooms.tasks.models import Task
from bamsat.rooms.tasks.rights import seen_tasks, within

if TYPE_CHECKING:
    from django.db.models import QuerySet


def recipients(tasks: Sequence[Task], today: date) -> dict[int, list[User]]:
    """Of each task; an empty list where there is nobody. A few questions a person, however many tasks there are."""
    found: dict[int, list[User]] = {task.pk: [] for task in tasks}
    persons = {task.pk: [task.person] for task in tasks if task.person and task.person.is_active}
    for choose in (lambda _left: persons, lambda left: _in_lead(left, today), _assigning):
        left = [task for task in tasks if not found[task.pk]]
        if left:
            found |= _who_may_open(choose(left))
    return found


def _in_lead(tasks: Sequence[Task], today: date) -> dict[int, list[User]]:
    """Who holds a post in the lead unit."""
    held = Holding.objects.filter(
        holding_on(today), post__body__in={task.lead_id for task in tasks if task.lead_id}, user__is_active=True
    )
    by_body: dict[int, dict[int, User]] = defaultdict(dict)
    for holding in held.select_related("user", "post").order_by("post__order", "pk"):
        if holding.user:
            by_body[holding.post.body_id].setdefault(holding.user.pk, holding.user)
    return {task.pk: list(by_body[task.lead_id].values()) for task in tasks if task.lead_id}


def _assigning(tasks: Sequence[Task]) -> dict[int, list[User]]:
    """Who assigns at the place; administrators are left in peace."""
    named = [role for role in roles_with(Function.ASSIGN) if role != Role.ADMIN]
    holding = PlaceRole.objects.filter(role__in=named).values("user")
    found: dict[int, list[User]] = defaultdict(list)
    for user in User.objects.filter(pk__in=holding, is_active=True, is_superuser=False).order_by("pk"):
        with remembering(user):
            for pk in _of(Task.objects.filter(within(user, Function.ASSIGN)), tasks):
                found[pk].append(user)
    return found


def _who_may_open(chosen: dict[int, list[User]]) -> dict[int, list[User]]:
    users = {user.pk: user for held in chosen.values() for user in held}
    opens: dict[int, set[int]] = {}
    for user in users.values():
        theirs = [pk for pk, held in chosen.items() if user in held]
        with remembering(user):
            opens[user.pk] = set(seen_tasks(user).filter(pk__in=theirs).values_list("pk", flat=True))
    fitting = {pk: [user for user in held if pk in opens[user.pk]] for pk, held in chosen.items()}
    return {pk: held for pk, held in fitting.items() if held}


def _of(seen: QuerySet[Task], tasks: Iterable[Task]) -> list[int]:
    return list(seen.filter(pk__in=[task.pk for task in tasks]).values_list("pk", flat=True))

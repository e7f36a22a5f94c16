# SPDX-License-Identifier: Apache-2.0
"""Who may do what with a task: the place whose office it belongs to decides, and for work on it also its units'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from bamsat.rooms.catalogue.models import SetMember
from bamsat.rooms.places.models import Place, PlaceRole, Role
from bamsat.rooms.places.queries import NotAllowed, covered_by, reaches, under
from bamsat.rooms.places.rights import Function, remembering, roles_with, sees_everything
from bamsat.rooms.tasks.models import Task

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

WORK, ASSIGN = Function.WORK, Function.ASSIGN
OPENS = (WORK, ASSIGN)
_ALL = ("place", "lead", "person", "record", "parent", "created_by")
_WHO: dict[str, tuple[str, str]] = {
    WORK: ("lập nhiệm vụ, ghi tiến độ và báo hoàn thành", "make tasks, note progress and report them done"),
    ASSIGN: ("giao, gia hạn, xác nhận hoặc thôi nhiệm vụ", "assign, extend, confirm or cancel tasks"),
}


def seen_tasks(user: User | AnonymousUser) -> QuerySet[Task]:
    """The tasks that the user may open: of the places where the user works or assigns, and those whose lead or
    supporting body belongs to one of them."""
    rows = Task.objects.select_related(*_ALL)
    with remembering(user):
        return rows if sees_everything(user) else rows.filter(_reached(user, *OPENS))


def within(user: User | AnonymousUser, function: str) -> Q:
    """What a task must be for the user to do this with it."""
    return Q() if sees_everything(user) else _reached(user, function)


def may(user: User | AnonymousUser, about: Task | Place, function: str) -> bool:
    """Whether the user does this with a task, or with any task of a place."""
    with remembering(user):
        if sees_everything(user):
            return True
        if isinstance(about, Place):
            return any(covered_by(set(reach.roots)).filter(pk=about.pk).exists() for reach in reaches(user, function))
        return Task.objects.filter(_reached(user, function), pk=about.pk).exists()


def ask(user: User | AnonymousUser, about: Task | Place, function: str) -> None:
    """NotAllowed, with a sentence that says what, unless the user may."""
    if may(user, about, function):
        return
    place = about if isinstance(about, Place) else about.place
    vi, en = _WHO[function]
    raise NotAllowed(
        vi=f"Anh/chị không có quyền {vi} của {place.label}. Hãy nhờ người phụ trách.",
        en=f"You may not {en} of {place.label}. Ask whoever may.",
    )


def places_for(user: User | AnonymousUser, function: str = WORK) -> QuerySet[Place]:
    """The places at which the user's roles of this kind begin; every province for who sees everything."""
    if sees_everything(user):
        return Place.objects.filter(kind="province", ended=None)
    roots = {pk for reach in reaches(user, function) for pk in reach.roots}
    return Place.objects.filter(pk__in=roots, ended=None)


def others_may(besides: User, task: Task, function: str) -> bool:
    """Whether anybody else's role, not an administrator's, covers the task with this function today."""
    named = [role for role in roles_with(function) if role != Role.ADMIN]
    held = PlaceRole.objects.filter(role__in=named, user__is_active=True).exclude(user=besides)
    return any(may(role.user, task, function) for role in held.select_related("user"))


def _reached(user: User | AnonymousUser, *functions: str) -> Q:
    found = Q(pk__in=[])
    for function in functions:
        for reach in reaches(user, function):
            part = under(reach.roots)
            if function == WORK:
                part |= under(reach.roots, "lead__place") | Q(Exists(_supported(reach.roots)))
            if reach.sets is not None:
                part &= _tells_nothing() | Q(Exists(_in_sets(reach.sets)))
            found |= part
    return found


def _supported(roots: frozenset[int]) -> QuerySet[Task]:
    through = Task.supporting.through._default_manager
    return through.filter(under(roots, "body__place"), task=OuterRef("pk"))  # type: ignore[return-value]


def _tells_nothing() -> Q:
    """Of figures: neither a condition nor a target that only those who work for its indicator may see."""
    return Q(condition__isnull=True) & Q(target=None)


def _in_sets(sets: frozenset[int]) -> QuerySet[Task]:
    members = SetMember.objects.filter(set__in=sets).values("indicator_id")
    through = Task.indicators.through._default_manager
    return through.filter(task=OuterRef("pk"), indicator__in=members)  # type: ignore[return-value]

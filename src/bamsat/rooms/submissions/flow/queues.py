# SPDX-License-Identifier: Apache-2.0
"""The returns that wait for a user: to fill, sent back, to check, to approve; and all that the user may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from bamsat.core.forms.definition import Definition
from bamsat.rooms.places.rights import Function, holds
from bamsat.rooms.submissions.flow.deciders import Deciders
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import FormVersion, Return, ReturnState
from bamsat.rooms.submissions.queries import returns

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

ORDER = ("-last_month", "form__order", "form_id", "place__sort_key", "pk")
MOST_IN_A_ROW = 1000


def own(user: User) -> Q:
    """At the user's own places: who covers a province does not fill the returns of its communes."""
    deciders = Deciders(user, Function.ENTER)
    return Q() if deciders.everything else deciders.condition() & Q(place__in=deciders.places)


def to_fill(user: User) -> QuerySet[Return]:
    return Return.objects.filter(own(user), state=ReturnState.DRAFT)


def sent_back(user: User) -> QuerySet[Return]:
    return Return.objects.filter(own(user), state=ReturnState.RETURNED)


def to_check(user: User) -> QuerySet[Return]:
    """Sent ones that the user checks, by function, place, field and the roles that the form names."""
    if not holds(user, Function.JUDGE):
        return Return.objects.none()
    return Return.objects.filter(by_roles(user, Function.JUDGE, lambda each: each.checks), state=ReturnState.SENT)


def to_approve(user: User) -> QuerySet[Return]:
    """Checked ones that the user approves; not those that the user sent."""
    if not holds(user, Function.APPROVE):
        return Return.objects.none()
    deciders = Deciders(user, Function.APPROVE)
    found = Return.objects.filter(
        by_roles(user, Function.APPROVE, lambda each: each.approves, deciders), state=ReturnState.CHECKED
    )
    return found if deciders.everything else found.exclude(sent_by=user)


def by_roles(
    user: User, function: str, named: Callable[[Definition], Sequence[str]], deciders: Deciders | None = None
) -> Q:
    """By the user's roles with a function, where a form names some only by those."""
    deciders = deciders or Deciders(user, function)
    if deciders.everything:
        return Q()
    groups: dict[tuple[str, ...], list[int]] = {}
    for version in FormVersion.objects.filter(in_use=True).defer("definition"):
        groups.setdefault(tuple(named(definition_of(version))), []).append(version.pk)
    allowed = Q(pk__in=[])
    for roles, versions in groups.items():
        allowed |= Q(version__in=versions) & deciders.condition(roles)
    return allowed


def waiting_count(user: User | AnonymousUser) -> int:
    """How many returns wait for the user, for the side bar."""
    if user.is_anonymous or not holds(user, Function.ENTER):
        return 0
    count = to_check(user).count() + to_approve(user).count()
    return count + (0 if Deciders(user, Function.ENTER).everything else sent_back(user).count())


def in_a_row(user: User, sent: Return) -> tuple[UUID | None, UUID | None]:
    """The returns before and after one among those that wait for the user in its state; it may be done already."""
    queue = to_approve(user) if sent.state == ReturnState.CHECKED else to_check(user)
    if not queue.filter(pk=sent.pk).exists() and not queue.exists():
        queue = to_check(user) if sent.state == ReturnState.CHECKED else to_approve(user)
    keys = list((queue | Return.objects.filter(pk=sent.pk)).order_by(*ORDER).values_list("pk", "uuid")[:MOST_IN_A_ROW])
    at = next((at for at, (pk, _uuid) in enumerate(keys) if pk == sent.pk), None)
    if at is None:
        return None, None
    before = keys[at - 1][1] if at else None
    after = keys[at + 1][1] if at + 1 < len(keys) else None
    return before, after


def seen(user: User | AnonymousUser) -> QuerySet[Return]:
    """Everything that the user may open."""
    return returns(user)

# SPDX-License-Identifier: Apache-2.0
"""To whom a finding can be given: those whose roles of today reach the office that holds its figures."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from bamsat.rooms.accounts.models import User
from bamsat.rooms.findings.models import Finding, Origin
from bamsat.rooms.places.models import Ancestor, PlaceRole
from bamsat.rooms.places.queries import reached_from, roots, under
from bamsat.rooms.places.rights import Function, roles_with, sees_everything

MOST = 200
_NEEDS = {Origin.DOCUMENT: Function.READ, Origin.FORM: Function.ENTER, Origin.LEDGER: Function.SEE}


def for_finding(user: User, finding: Finding) -> list[User]:
    """Who may be given this finding; the user first."""
    where = finding.document.office if finding.document else finding.place
    if where is None:
        return [user]
    near = reached_from(where.pk)
    above = Ancestor.objects.filter(place__in=near).values("ancestor_id")
    held = _roles(_NEEDS[Origin(finding.origin)]).filter(Q(place__in=near) | Q(place__in=above))
    return _people(user, held)


def for_many(user: User) -> list[User]:
    """Who may be given findings of the user's places; whether each of them sees each finding, the action asks."""
    held = _roles(Function.READ)
    return _people(user, held if sees_everything(user) else held.filter(under(roots(user, Function.JUDGE))))


def _roles(function: str) -> QuerySet[PlaceRole]:
    today = timezone.localdate()
    begun = Q(valid_from=None) | Q(valid_from__lte=today)
    return PlaceRole.objects.filter(begun, Q(valid_to=None) | Q(valid_to__gt=today), role__in=roles_with(function))


def _people(user: User, held: QuerySet[PlaceRole]) -> list[User]:
    others = User.objects.filter(pk__in=held.values("user_id"), is_active=True).exclude(pk=user.pk)
    return [user, *others.order_by("display_name", "username")[:MOST]]

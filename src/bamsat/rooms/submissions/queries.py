# SPDX-License-Identifier: Apache-2.0
"""Which forms and returns a user sees, and what the user may do with one; both axes, places and fields of work."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from bamsat.core.terms.period import Period
from bamsat.rooms.places.models import Ancestor, Place
from bamsat.rooms.places.queries import covered_by, reaches, roots, under
from bamsat.rooms.places.rights import Function, holds, kept, sees_everything
from bamsat.rooms.submissions.models import Form, FormVersion, Return

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def forms(user: User | AnonymousUser) -> QuerySet[Form]:
    """The forms of everybody, and those of offices at, above or below the user's places."""
    if user.is_anonymous:
        return Form.objects.none()
    if sees_everything(user):
        return Form.objects.all()
    held = roots(user)
    near = Ancestor.objects.filter(place__in=held).values("ancestor_id")
    return Form.objects.filter(Q(place=None) | Q(place__in=held) | Q(place__in=near))


def only_sends(user: User | AnonymousUser) -> bool:
    """Whether the user comes to send in forms and nothing else: an official of a commune, a facility."""
    return holds(user, Function.ENTER) and not holds(user, Function.READ)


def returns(user: User | AnonymousUser, function: str = Function.ENTER) -> QuerySet[Return]:
    """The returns for which the user may do a function; who fills, checks or approves sees them in every state."""
    if sees_everything(user):
        return Return.objects.all()
    allowed = Q(pk__in=[])
    for reach in reaches(user, function):
        part = under(reach.roots)
        if reach.sets is not None:
            part &= Q(form__set__in=reach.sets)
        allowed |= part
    return Return.objects.filter(allowed)


def return_at(user: User | AnonymousUser, uuid: UUID | str) -> Return:
    """The return at an address, if the user may see it; Return.DoesNotExist otherwise."""
    return returns(user).select_related("form", "version", "place", "form__set").get(uuid=uuid)


def may(user: User | AnonymousUser, function: str, form: Form, place: Place) -> bool:
    """Whether a role of the user covers this form at this place with this function."""
    if sees_everything(user):
        return True
    return bool(
        kept(user, ("form", function, form.set_id, place.pk), lambda: _may(user, function, form.set_id, place.pk))
    )


def _may(user: User | AnonymousUser, function: str, field: int | None, place: int) -> bool:
    return any(
        (reach.sets is None or field in reach.sets) and covered_by(set(reach.roots)).filter(pk=place).exists()
        for reach in reaches(user, function)
    )


def places_for(user: User | AnonymousUser, function: str, form: Form) -> QuerySet[Place]:
    """The places for which the user may do a function with this form."""
    if sees_everything(user):
        return Place.objects.all()
    held: set[int] = set()
    for reach in reaches(user, function):
        if reach.sets is None or form.set_id in reach.sets:
            held |= reach.roots
    return covered_by(held)


def version_for(form: Form, period: Period) -> FormVersion | None:
    """The version of a form that a period is reported by: the latest in use that begins no later."""
    return FormVersion.objects.filter(form=form, in_use=True, first_month__lte=period.first).order_by("-number").first()

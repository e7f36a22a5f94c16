# SPDX-License-Identifier: Apache-2.0
"""Which series a user may see or write: both axes of a role, its places and its indicator sets, in one condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from bamsat.rooms.catalogue.models import Indicator, SetMember
from bamsat.rooms.figures.models import Series
from bamsat.rooms.places.models import Ancestor, Place
from bamsat.rooms.places.queries import covered_by, reaches
from bamsat.rooms.places.rights import Function, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def condition(user: User | AnonymousUser, function: str = Function.SEE, through: str = "") -> Q | None:
    """What a series must be for the user to see it; None where all are seen. `through` leads to it from another row."""
    if sees_everything(user):
        return None
    allowed = Q(**{f"{through}pk__in": []})
    for reach in reaches(user, function):
        below = Ancestor.objects.filter(ancestor__in=reach.roots).values("place_id")
        part = Q(**{f"{through}place__in": reach.roots}) | Q(**{f"{through}place__in": below})
        if reach.sets is not None:
            members = SetMember.objects.filter(set__in=reach.sets).values("indicator_id")
            part &= Q(**{f"{through}indicator__in": members})
        allowed |= part
    return allowed


def series_of(user: User | AnonymousUser, function: str = Function.SEE) -> QuerySet[Series]:
    """The series of the user's places, and of those indicator sets alone that the user's roles name."""
    allowed = condition(user, function)
    return Series.objects.all() if allowed is None else Series.objects.filter(allowed)


def may_write(user: User | AnonymousUser, place: Place, indicator: Indicator, function: str = Function.JUDGE) -> bool:
    """Whether a role of the user covers this indicator at this place with this function."""
    if sees_everything(user):
        return True
    return any(
        (reach.sets is None or SetMember.objects.filter(set__in=reach.sets, indicator=indicator).exists())
        and covered_by(set(reach.roots)).filter(pk=place.pk).exists()
        for reach in reaches(user, function)
    )

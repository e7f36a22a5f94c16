# SPDX-License-Identifier: Apache-2.0
"""Who may note something: whoever enters or judges figures of the place, for the indicator sets of the role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.catalogue.queries import sets
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import Reach, covered_by, reaches
from bamsat.rooms.places.rights import Function, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


def may_write(
    user: User | AnonymousUser, place: Place, field: IndicatorSet | None, indicators: Iterable[Indicator] = ()
) -> bool:
    """Whether roles of the user cover the field and every indicator at the place; no field at all is for those whose
    role is for every set."""
    if sees_everything(user):
        return True
    held = _at(user, place)
    if any(reach.sets is None for reach in held):
        return True
    mine = frozenset().union(*(reach.sets or () for reach in held))
    if field is None or field.pk not in mine:
        return False
    wanted = {indicator.pk for indicator in indicators}
    members = SetMember.objects.filter(set__in=mine, indicator__in=wanted).values_list("indicator_id", flat=True)
    return wanted <= set(members)


def fields_of(user: User | AnonymousUser, place: Place) -> QuerySet[IndicatorSet]:
    """The fields for which the user may note something at the place."""
    if general(user, place):
        return sets()
    mine = frozenset[int]().union(*(reach.sets or () for reach in _at(user, place)))
    return sets().filter(pk__in=mine)


def general(user: User | AnonymousUser, place: Place) -> bool:
    """Whether the user may note something of the whole place, in no field."""
    return sees_everything(user) or any(reach.sets is None for reach in _at(user, place))


def _at(user: User | AnonymousUser, place: Place) -> list[Reach]:
    return [
        reach
        for reach in reaches(user, Function.ENTER)
        if covered_by(set(reach.roots)).filter(pk=place.pk).exists()
    ]  # fmt: skip

# SPDX-License-Identifier: Apache-2.0
"""Which series a user may see or write: both axes of a role, its places and its indicator sets, in one condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from bamsat.rooms.catalogue.models import Indicator, SetMember
from bamsat.rooms.figures.models import Entry, Series
from bamsat.rooms.findings.models import Origin, Part
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import covered_by, reached_from, reaches, under
from bamsat.rooms.places.rights import Function, roles_of, roles_with, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

# Rules that compare with what the ledger has of former years.
OF_THE_PAST = ("history", "revision", "copied")


def condition(user: User | AnonymousUser, function: str = Function.SEE, through: str = "") -> Q | None:
    """What a series must be for the user to see it; None where all are seen. `through` leads to it from another row."""
    if sees_everything(user):
        return None
    allowed = Q(**{f"{through}pk__in": []})
    for reach in reaches(user, function):
        part = under(reach.roots, f"{through}place")
        if reach.sets is not None:
            members = SetMember.objects.filter(set__in=reach.sets).values("indicator_id")
            part &= Q(**{f"{through}indicator__in": members})
        allowed |= part
    return allowed


def series_of(user: User | AnonymousUser, function: str = Function.SEE) -> QuerySet[Series]:
    """The series of the user's places, and of those indicator sets alone that the user's roles name."""
    allowed = condition(user, function)
    return Series.objects.all() if allowed is None else Series.objects.filter(allowed)


def with_hidden_entries(user: User | AnonymousUser) -> Q | None:
    """What a finding is that speaks of an entry of the ledger whose series the user may not see, or quotes its past;
    None for those who see everything."""
    allowed = condition(user, through="series__")
    if allowed is None:
        return None
    shown = Entry.objects.filter(allowed, uuid=OuterRef("entry"))
    unseen = Part.objects.filter(~Exists(shown), entry__isnull=False, finding=OuterRef("pk"))
    return Q(Exists(unseen)) | Q(origin=Origin.DOCUMENT, rule__in=OF_THE_PAST) & ~_past_seen(user)


def _past_seen(user: User | AnonymousUser) -> Q:
    """What a finding of a document is whose indicator the user may see in the ledger of the document's place: former
    years are quoted there without an entry of their own beside it."""
    seen = Q(document__place=None)  # beside a document of no place nothing of the ledger stands
    for reach in reaches(user, Function.SEE):
        part = under(reach.roots, "document__place")
        if reach.sets is not None:
            members = SetMember.objects.filter(set__in=reach.sets)
            part &= Q(data__of__in=sorted(set(members.values_list("indicator__code", flat=True))))
        seen |= part
    return seen


def may_write(
    user: User | AnonymousUser, place: Place, indicator: Indicator | None, function: str = Function.JUDGE
) -> bool:
    """Whether a role of the user covers this indicator (None: one that is in no set yet) at this place with this
    function."""
    if sees_everything(user):
        return True
    return any(
        _in_sets(indicator, reach.sets) and covered_by(set(reach.roots)).filter(pk=place.pk).exists()
        for reach in reaches(user, function)
    )


def may_approve(user: User | AnonymousUser, place: Place, indicator: Indicator | None) -> bool:
    """Whether what the user says of this indicator at this place is in the ledger at once."""
    return may_write(user, place, indicator, Function.APPROVE)


def acting_for(user: User, place: Place, indicator: Indicator, function: str = Function.APPROVE) -> User | None:
    """For whom the user does this here (quyền, ủy quyền); None where a role of the user's own covers it too."""
    if sees_everything(user):
        return None
    stands_for = None
    held = roles_of(user).filter(role__in=roles_with(function))
    for role in held.select_related("acting_for").prefetch_related("sets").order_by("pk"):
        sets = frozenset(one.pk for one in role.sets.all()) or None
        if _in_sets(indicator, sets) and covered_by(reached_from(role.place_id)).filter(pk=place.pk).exists():
            if role.acting_for is None:
                return None
            stands_for = stands_for or role.acting_for
    return stands_for


def _in_sets(indicator: Indicator | None, sets: frozenset[int] | None) -> bool:
    if sets is None:
        return True
    return indicator is not None and SetMember.objects.filter(set__in=sets, indicator=indicator).exists()

# SPDX-License-Identifier: Apache-2.0
"""Who may do what with a report: its place decides, and for those who work for some fields alone, its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed, covered_by, reaches, under
from bamsat.rooms.places.rights import Function, kept, sees_everything
from bamsat.rooms.reports.models import Report, ReportPlan
from bamsat.rooms.reports.told import others_versions, telling_too_much

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

WRITE, APPROVE, ISSUE = Function.REPORT, Function.APPROVE, Function.ISSUE
OPENS = (WRITE, APPROVE, ISSUE)


def may_do(user: User | AnonymousUser, place: Place, function: str, field: IndicatorSet | None = None) -> bool:
    """Whether a role of the user does this at the place: for every field, or for this one."""
    if sees_everything(user):
        return True
    return any(
        (reach.sets is None or (field is not None and field.pk in reach.sets))
        and covered_by(set(reach.roots)).filter(pk=place.pk).exists()
        for reach in reaches(user, function)
    )


def may_write(user: User | AnonymousUser, place: Place, field: IndicatorSet | None = None) -> bool:
    """Whether the user may write reports there. One who works for some fields alone may too: the report then holds
    what its writer may see."""
    if sees_everything(user):
        return True
    return any(covered_by(set(reach.roots)).filter(pk=place.pk).exists() for reach in reaches(user, WRITE))


def ask(user: User, place: Place, function: str, field: IndicatorSet | None = None) -> None:
    """NotAllowed, with a sentence that says who does it, unless the user may."""
    allowed = may_write(user, place, field) if function == WRITE else may_do(user, place, function, field)
    if allowed:
        return
    vi, en = _WHO[function]
    raise NotAllowed(
        vi=f"Anh/chị không có quyền {vi} của {place.label}.", en=f"You may not {en} of {place.label}."
    )  # fmt: skip


_WHO: dict[str, tuple[str, str]] = {
    WRITE: ("soạn báo cáo", "write reports"),
    APPROVE: ("duyệt báo cáo", "approve reports"),
    ISSUE: ("ghi số và ban hành báo cáo", "number and issue reports"),
}


def seen_reports(user: User | AnonymousUser) -> QuerySet[Report]:
    """The reports that the user may open."""
    rows = Report.objects.select_related("place", "plan", "field", "created_by")
    if sees_everything(user):
        return rows
    return rows.filter(_seen(user))


def _seen(user: User | AnonymousUser) -> Q:
    """Of a place where the user writes, approves or issues; who works for some fields alone opens what `_of_fields`
    says."""
    seen = Q(pk__in=[])
    for function in OPENS:
        for reach in reaches(user, function):
            part = under(reach.roots)
            if reach.sets is not None:
                part &= _of_fields(user, reach.sets)
            seen |= part
    return seen


def _of_fields(user: User | AnonymousUser, sets: frozenset[int]) -> Q:
    """Reports of these fields and those that the user began, while each of their numbers is one that the user may see;
    of one's own, nobody else's version stands in them."""
    own = Q(created_by=user.pk) & ~Exists(others_versions(user).filter(report=OuterRef("pk")))
    closed = kept(
        user, ("telling too much", sets), lambda: telling_too_much(user, Report.objects.filter(field__in=sets))
    )
    return own | (Q(field__in=sets) & ~Q(pk__in=closed))


def within(user: User | AnonymousUser, function: str) -> Q:
    """What a report must be for the user to do this with it."""
    if sees_everything(user):
        return Q()
    found = Q(pk__in=[])
    for reach in reaches(user, function):
        part = under(reach.roots)
        if reach.sets is not None:
            of_field = Q(field__in=reach.sets)
            part &= of_field | Q(created_by=user.pk) if function == WRITE else of_field
        found |= part
    return found


def seen_plans(user: User | AnonymousUser) -> QuerySet[ReportPlan]:
    """The plans of the places where the user writes, approves or issues."""
    rows = ReportPlan.objects.select_related("place", "field", "created_by")
    if sees_everything(user):
        return rows
    seen = Q(pk__in=[])
    for function in OPENS:
        for reach in reaches(user, function):
            seen |= under(reach.roots)
    return rows.filter(seen)


def places_to_write(user: User | AnonymousUser) -> QuerySet[Place]:
    """The places of which the user may write reports; those of today first."""
    standing_first = (F("ended").asc(nulls_first=True), "sort_key", "slug")
    if sees_everything(user):
        return Place.objects.filter(kind="province").order_by(*standing_first)
    roots: set[int] = set()
    for reach in reaches(user, WRITE):
        roots |= set(reach.roots)
    return Place.objects.filter(pk__in=roots).order_by(*standing_first)

# SPDX-License-Identifier: Apache-2.0
"""Reports as their pages ask for them: one, those being written, those issued, and how many wait for a user."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.rights import remembering, sees_everything
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.models import Issue, Origin, Report, ReportPlan, State, Step, Version
from bamsat.rooms.reports.naming import kind_name

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_YEAR = re.compile(r"[0-9]{1,4}")
SHAPES = {
    State.DRAFT: "half", State.SUBMITTED: "half", State.RETURNED: "bad", State.APPROVED: "good", State.ISSUED: "good",
    State.DROPPED: "none",
}  # fmt: skip


def report_at(user: User | AnonymousUser, uuid: UUID) -> Report:
    """The report at an address; Report.DoesNotExist also where the user may not open it."""
    return rights.seen_reports(user).get(uuid=uuid)


def plan_at(user: User | AnonymousUser, uuid: UUID) -> ReportPlan:
    return rights.seen_plans(user).get(uuid=uuid)


def version_of(report: Report, uuid: UUID) -> Version:
    return report.versions.select_related("by", "template").get(uuid=uuid)


def versions(report: Report) -> list[Version]:
    """Every version, the latest first."""
    return list(report.versions.select_related("by").order_by("-pk"))


def steps(report: Report) -> list[Step]:
    return list(report.steps.select_related("by").order_by("pk"))


def issue_of(report: Report) -> Issue | None:
    return Issue.objects.filter(report=report).select_related("version", "signed", "by").first()


def signed_of(report: Report) -> Version | None:
    """The signed PDF that was recorded last."""
    return report.versions.filter(origin=Origin.SIGNED).order_by("-pk").first()


def last_issued(user: User | AnonymousUser, report: Report) -> Report | None:
    """The issued report of the same kind, place and field before this one, if the user may open it."""
    before = rights.seen_reports(user).filter(
        kind=report.kind, place=report.place_id, field=report.field_id, state=State.ISSUED,
        last_month__lt=report.last_month,
    )  # fmt: skip
    return before.order_by("-last_month", "-pk").first()


# Lists.


def being_written(user: User | AnonymousUser) -> list[Report]:
    """What is on its way, with the person who has it: those that wait for the user first."""
    with remembering(user):
        rows = rights.seen_reports(user).exclude(state__in=(State.ISSUED, State.DROPPED))
        waits = set(waiting(user).values_list("pk", flat=True))
    found = list(rows.order_by("due", "-last_month", "pk"))
    found.sort(key=lambda report: report.pk not in waits)
    return found


def dropped(user: User | AnonymousUser, most: int = 20) -> list[Report]:
    return list(rights.seen_reports(user).filter(state=State.DROPPED).order_by("-pk")[:most])


@dataclass(frozen=True, slots=True)
class Searched:
    """What the issued reports are narrowed to."""

    words: str = ""
    year: str = ""
    kind: str = ""
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.year or self.kind or self.place)


def issued(user: User | AnonymousUser, asked: Searched) -> list[Issue]:
    """Issued reports, the latest first; words are looked for without their tones, in titles, numbers and symbols."""
    rows = Issue.objects.filter(report__in=rights.seen_reports(user)).select_related("report__place", "version")
    if asked.year:
        rows = rows.filter(year=int(asked.year)) if _YEAR.fullmatch(asked.year) else rows.none()
    if asked.kind:
        rows = rows.filter(report__kind=asked.kind)
    if asked.place:
        rows = rows.filter(report__place__slug=asked.place)
    found = list(rows)
    if wanted := fold(asked.words).split():
        found = [issue for issue in found if all(word in _searched_in(issue) for word in wanted)]
    return found


def _searched_in(issue: Issue) -> str:
    report = issue.report
    told = f"{report.title} {issue.number}/{issue.symbol} {issue.signer} {report.place.label} {kind_name(report.kind)}"
    return fold(told)


@dataclass(frozen=True, slots=True)
class Choices:
    """By what the issued reports can be narrowed."""

    years: list[int]
    kinds: list[tuple[str, str]]
    places: list[tuple[str, str]]


def issued_choices(user: User | AnonymousUser) -> Choices:
    rows = Issue.objects.filter(report__in=rights.seen_reports(user)).select_related("report__place")
    found = list(rows)
    places = {issue.report.place.slug: issue.report.place.label for issue in found}
    return Choices(
        years=sorted({issue.year for issue in found}, reverse=True),
        kinds=_named({issue.report.kind for issue in found}),
        places=sorted(places.items(), key=lambda pair: fold(pair[1])),
    )


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((code, kind_name(code)) for code in codes), key=lambda pair: fold(pair[1]))


# What waits.


def waiting(user: User | AnonymousUser, now: datetime | None = None) -> QuerySet[Report]:
    """Reports whose next step is this user's: to approve, to mend, to issue, or late."""
    to_approve = Q(state=State.SUBMITTED) & rights.within(user, rights.APPROVE)
    if not sees_everything(user):
        mine = Report.objects.filter(state=State.SUBMITTED, steps__in=_submitted_by(user))
        to_approve &= ~Q(pk__in=mine)
    to_mend = Q(state=State.RETURNED) & rights.within(user, rights.WRITE)
    to_issue = Q(state=State.APPROVED) & rights.within(user, rights.ISSUE)
    late = Q(state=State.DRAFT, due__lt=now or timezone.now()) & rights.within(user, rights.WRITE)
    return Report.objects.filter(to_approve | to_mend | to_issue | late)


def _submitted_by(user: User | AnonymousUser) -> QuerySet[Step]:
    """The last submission of each report, where it was this user's."""
    later = Step.objects.filter(report=OuterRef("report"), state=State.SUBMITTED, pk__gt=OuterRef("pk"))
    return Step.objects.filter(~Exists(later), state=State.SUBMITTED, by=user.pk)


def waiting_count(user: User | AnonymousUser) -> int:
    with remembering(user):
        return waiting(user).count()


def state_of(report: Report, now: datetime) -> tuple[str, str]:
    """Shape and word of where a report is."""
    word = str(State(report.state).label)
    if report.state in (State.DRAFT, State.RETURNED) and report.due and report.due < now:
        return "bad", _("Quá hạn, %(state)s") % {"state": word[:1].lower() + word[1:]}
    if report.state == State.APPROVED:
        return "half", _("Đã duyệt, chờ ban hành")
    return SHAPES[State(report.state)], word

# SPDX-License-Identifier: Apache-2.0
"""What a report should say and cannot yet, or says only as an estimate; each with where it can be mended.

It is told in Vietnamese, as the report is: both are kept together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Lacking
from bamsat.core.report.wording import listed, period_words
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.findings.models import Part, Severity
from bamsat.rooms.findings.queries import to_look_at
from bamsat.rooms.places.models import Place
from bamsat.rooms.reports.content.asked import Asked
from bamsat.rooms.submissions.models import Form
from bamsat.rooms.submissions.month.duties import duty_of, title_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST = 40  # contradictions that are listed


def of_topic(topic: Topic, place: Place, named: bool) -> Iterator[Lacking]:
    """Months that nobody reported, estimates, and of what a kind names itself a year without a plan."""
    address = series_address(topic.indicator, place)
    if topic.lacking:
        yield Lacking(f"{topic.name}: chưa có số {listed(topic.lacking)}.", "missing", address)
    if any(fact.status == "estimate" for fact in _all(topic)):
        yield Lacking(f"{topic.name} {period_words(topic.period)} mới là số ước.", "estimate", address)
    if named and topic.adds_up in (AddsUp.FLOW, AddsUp.STOCK) and not _planned(topic):
        text = f"{topic.name}: chưa có kế hoạch năm {topic.period.end_year} để so."
        yield Lacking(text, "missing", reverse("figures:plans"))


def _all(topic: Topic) -> Iterable[Fact]:
    yield from topic.facts()
    if topic.to_date:
        yield from topic.to_date.facts()


def _planned(topic: Topic) -> bool:
    told = (topic, topic.to_date) if topic.to_date else (topic,)
    return any(one.plan or one.plan_ratio for one in told) or topic.level is None


def silent(name: str, code: str, place: Place, period: Period) -> Lacking:
    """An indicator that was told before and not for this period."""
    return Lacking(f"{name}: chưa có số {period_words(period)}.", "missing", series_address(code, place))


def series_address(code: str, place: Place) -> str:
    return reverse("figures:series", args=[code, place.slug])


def contradictions(user: User | AnonymousUser, entries: Collection[str]) -> list[Lacking]:
    """Open findings that speak of the figures of the report."""
    if not entries:
        return []
    parts = Part.objects.filter(entry__in=[UUID(one) for one in entries]).values("finding")
    found = to_look_at(user).filter(pk__in=parts).order_by("severity", "pk")[:MOST]
    return [
        Lacking(
            one.vi if one.severity == Severity.ERROR else f"Đáng hỏi: {one.vi}",
            "contradiction", reverse("findings:finding", args=[one.uuid]),
        )
        for one in found
    ]  # fmt: skip


def unsent(user: User | AnonymousUser, asked: Asked) -> list[Lacking]:
    """Places that have not sent the forms that the numbers come from."""
    found = []
    for form in Form.objects.filter(code__in=asked.forms).order_by("code"):
        for period in _of_form(asked.period):
            duty = duty_of(user, form, period)
            if duty and duty.missing:
                counts = f"còn {len(duty.missing)}/{duty.counts.total} nơi chưa gửi"
                text = f"{title_of(form.name_vi, period.code)}: {counts}."
                found.append(Lacking(text, "missing", reverse("submissions:chase", args=[form.code])))
    return found


def _of_form(period: Period) -> list[Period]:
    """The form of the period itself, and of its last month where that is another."""
    last = Period(period.last, period.last)
    return [period] if period == last else [period, last]

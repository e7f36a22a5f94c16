# SPDX-License-Identifier: Apache-2.0
"""Every change of a finding, named, atomic and signed: kept, assigned, explained, left as it is, opened again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bamsat.core.check.model import Report
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents.models import Document
from bamsat.rooms.findings import keeping
from bamsat.rooms.findings.keeping import Stands
from bamsat.rooms.findings.models import Finding, Part, State, Step
from bamsat.rooms.findings.queries import LOUD, SETTLED, STANDING, findings, may_decide, may_explain
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bamsat.rooms.accounts.models import User

__all__ = ["Kept", "Refused", "Stands", "accept_as_is", "assign", "explain", "keep", "reopen"]

MOST_WORDS = 2000
_CLOSED = (State.CORRECTED, State.GONE)
_ACTS = {State.EXPLAINED: "explained", State.ACCEPTED: "accepted"}
_STATES = {"explained": State.EXPLAINED, "accepted": State.ACCEPTED, "reopened": State.OPEN}
_CHANGED = ["rule", "outcome", "severity", "vi", "en", "calc", "folded", "data", "state", "settled_by", "settled_at"]


class Refused(BamsatError):
    """This is not done with a finding now; the sentence says what to do instead."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a report changed: findings that are new or open again, and findings that no longer arise."""

    new: int = 0
    closed: int = 0
    standing: int = 0


# What the check said.


@transaction.atomic
def keep(
    report: Report, *, origin: str, document: Document | None = None, about: UUID | None = None,
    place: Place | None = None, period: str = "", parts: Mapping[str, Stands] | None = None, by: User | None = None,
) -> Kept:  # fmt: skip
    """Keep what a check said of a document, a return (`about`) or the ledger of a place and period.

    The same finding found again is the same row, and what was decided about it stays decided, unless it speaks louder
    now. What no longer arises is closed: as corrected where one of its figures says something else now, else as gone.
    `parts` says of each key of the report where that figure stands.
    """
    parts = parts or {}
    told = keeping.told_of(report, parts)
    _hold(document, place)
    rows = {row.fingerprint: row for row in _known(origin, document, about, place, period, told)}
    now = keeping.said_now(report, parts)
    steps: list[Step] = []
    again = _again(rows, told, steps)
    closed = _close(rows, told, now, by, steps)
    Finding.objects.bulk_update([*again, *closed], _CHANGED, batch_size=100)
    where = {"origin": origin, "document": document, "about": about, "place": place, "period": period[:40]}
    new = _add(report, parts, told, rows, where)
    Step.objects.bulk_create(steps, batch_size=200)
    opened = len(new) + sum(step.act == "found" for step in steps)
    if any(row.severity in LOUD for row in (*new, *closed)):
        audit.record(
            by, "findings.check.kept", document, origin=origin, place=str(place or ""), period=period,
            **({"about": str(about)} if about else {}), found=_loud(new), closed=_loud(closed),
        )  # fmt: skip
    return Kept(opened, len(closed), len(told))


def _hold(document: Document | None, place: Place | None) -> None:
    """Two checks of the same figures at once: the second waits, and finds what the first kept."""
    if document is not None:
        list(Document.objects.select_for_update(of=("self",)).filter(pk=document.pk).values_list("pk"))
    elif place is not None:
        list(Place.objects.select_for_update(of=("self",)).filter(pk=place.pk).values_list("pk"))


def _known(
    origin: str, document: Document | None, about: UUID | None, place: Place | None, period: str,
    told: Collection[str],
) -> QuerySet[Finding]:  # fmt: skip
    rows = Finding.objects.select_for_update(of=("self",)).filter(origin=origin)
    if document is not None:
        return rows.filter(document=document)
    if about is not None:
        return rows.filter(about=about)
    # A finding that ties two periods is found from either of them.
    return rows.filter(place=place, period=period) | rows.filter(fingerprint__in=list(told))


def _again(rows: dict[str, Finding], told: dict[str, keeping.Told], steps: list[Step]) -> list[Finding]:
    """Findings that were known: what is said of them now, and open again where they had gone or speak louder."""
    changed = []
    known = [(rows[mark], one) for mark, one in told.items() if mark in rows]
    before = _decided([row for row, _one in known if row.state in _CLOSED])
    for row, one in known:
        columns = keeping.columns(one)
        rises = keeping.louder(one.found.severity, row.severity)
        decided = before.get(row.pk)
        back = _STATES[decided.act] if decided else State.OPEN
        state = State.OPEN if rises else back if row.state in _CLOSED else row.state
        if state == row.state and all(getattr(row, name) == value for name, value in columns.items()):
            continue
        if state != row.state:
            steps.append(Step(finding=row, act="found"))
            stays = decided if decided and state in SETTLED else None
            row.settled_by, row.settled_at = (stays.by, stays.at) if stays else (None, None)
        for name, value in columns.items():
            setattr(row, name, value)
        row.state = state
        changed.append(row)
    return changed


def _decided(rows: list[Finding]) -> dict[int, Step]:
    """What had been decided last of findings before they went away."""
    if not rows:
        return {}
    steps = Step.objects.filter(finding__in=rows, act__in=list(_STATES)).select_related("by").order_by("pk")
    return {step.finding_id: step for step in steps}


def _close(
    rows: dict[str, Finding], told: dict[str, keeping.Told], now: Mapping[str, str], by: User | None, steps: list[Step]
) -> list[Finding]:
    closed = [row for mark, row in rows.items() if mark not in told and row.state in STANDING]
    for row in closed:
        row.state = State.CORRECTED if keeping.was_corrected(row, now) else State.GONE
        row.settled_by, row.settled_at = by, timezone.now()
        steps.append(Step(finding=row, act=row.state, by=by))
    return closed


def _add(
    report: Report, parts: Mapping[str, Stands], told: dict[str, keeping.Told], rows: dict[str, Finding],
    where: Mapping[str, Any],
) -> list[Finding]:  # fmt: skip
    stated = {each.key: each for each in report.stated}
    fresh = [one for mark, one in told.items() if mark not in rows]
    new = [Finding(fingerprint=one.fingerprint, **where, **keeping.columns(one)) for one in fresh]
    Finding.objects.bulk_create(new, batch_size=100)
    made = zip(new, fresh, strict=True)
    Part.objects.bulk_create(
        [part for row, one in made for part in keeping.parts_of(row, one, stated, parts)], batch_size=200
    )
    return new


def _loud(rows: list[Finding]) -> int:
    return sum(row.severity in LOUD for row in rows)


# What people do with it.


@transaction.atomic
def assign(user: User, finding: Finding, to: User | None, due: date | None = None) -> Finding:
    """Give a finding to somebody who may see it, to look at until a day; to nobody, to take it back."""
    held = _held(user, finding)
    _ask_to_decide(user, held)
    _ask_that_it_stands(held)
    if to is not None and not (to.is_active and findings(to).filter(pk=held.pk).exists()):
        raise Refused(
            vi=f"{to} không xem được phát hiện này nên không giao được. Hãy chọn người phụ trách nơi này.",
            en=f"{to} cannot see this finding, so it cannot be given to them. Choose somebody in charge of the place.",
        )
    if due is not None and due < timezone.localdate():
        raise Refused(
            vi=f"Hạn {due:%d/%m/%Y} đã qua. Hãy chọn từ hôm nay trở đi.",
            en=f"The date {due:%d/%m/%Y} has passed. Choose today or later.",
        )
    held.assignee, held.due = to, due if to else None
    return _done(user, finding, held, "assigned", to=to, until=held.due.isoformat() if held.due else "")


@transaction.atomic
def explain(user: User, finding: Finding, text: str) -> Finding:
    """Say why the figures are as they are; the finding waits no longer."""
    held = _held(user, finding)
    if not may_explain(user, held):
        raise NotAllowed(
            vi="Anh/chị không phụ trách số liệu này. Hãy nhờ người phụ trách nơi này hoặc người được giao giải trình.",
            en="These figures are not yours to explain. Ask whoever is in charge of the place, or was given this.",
        )
    _ask_that_it_stands(held)
    if held.state == State.ACCEPTED:
        raise Refused(
            vi="Phát hiện này đã được để nguyên. Muốn ghi giải trình khác, hãy nhờ người quyết định mở lại.",
            en="This finding was left as it is. To explain it differently, ask whoever decided to open it again.",
        )
    held.reason = _words(
        text,
        "Hãy ghi giải trình: vì sao các số này như vậy.",
        "Write the explanation: why these figures are as they are.",
    )
    return _settled(user, finding, held, State.EXPLAINED)


@transaction.atomic
def accept_as_is(user: User, finding: Finding, reason: str) -> Finding:
    """Leave the figures as they are, for a reason that stays with the finding."""
    held = _held(user, finding)
    _ask_to_decide(user, held)
    _ask_that_it_stands(held)
    held.reason = _words(
        reason,
        "Hãy ghi lý do để nguyên: người xem sau cần biết vì sao.",
        "Give the reason for leaving it: whoever looks later needs to know why.",
    )
    return _settled(user, finding, held, State.ACCEPTED)


@transaction.atomic
def reopen(user: User, finding: Finding) -> Finding:
    """Take up again what was explained or left as it is; what was said stays in the steps."""
    held = _held(user, finding)
    _ask_to_decide(user, held)
    if held.state == State.OPEN:
        return finding
    if held.state not in SETTLED:
        raise Refused(
            vi="Phát hiện này không còn: các số đã khác. Khi các số lại như cũ, nó tự hiện ra.",
            en="This finding no longer arises: its figures have changed. It comes back by itself if they do.",
        )
    held.state, held.reason, held.settled_by, held.settled_at = State.OPEN, "", None, None
    return _done(user, finding, held, "reopened")


def _held(user: User, finding: Finding) -> Finding:
    """The finding as it is now, locked, if the user may see it at all."""
    seen = findings(user).filter(pk=finding.pk).exists()
    if not seen:
        raise NotAllowed(
            vi="Anh/chị không xem được phát hiện này: nó thuộc nơi khác.",
            en="You may not see this finding: it belongs to another office.",
        )
    rows = Finding.objects.select_for_update(of=("self",))
    return rows.select_related("document__holder", "document__place", "place", "assignee").get(pk=finding.pk)


def _ask_to_decide(user: User, held: Finding) -> None:
    if not may_decide(user, held):
        raise NotAllowed(
            vi="Anh/chị không quyết định được phát hiện này. "
            "Chuyên viên hoặc lãnh đạo của nơi giữ số liệu mới quyết định được.",
            en="You may not decide about this finding; a specialist or head of the office that holds the figures may.",
        )


def _ask_that_it_stands(held: Finding) -> None:
    if held.state in _CLOSED:
        raise Refused(
            vi="Phát hiện này không còn: các số đã khác. Hãy tải lại trang.",
            en="This finding no longer arises: its figures have changed. Load the page again.",
        )


def _words(text: str, vi: str, en: str) -> str:
    words = text.replace("\0", "").strip()
    if not words:
        raise Refused(vi=vi, en=en)
    return words[:MOST_WORDS]


def _settled(user: User, finding: Finding, held: Finding, state: State) -> Finding:
    held.state, held.settled_by, held.settled_at = state, user, timezone.now()
    return _done(user, finding, held, _ACTS[state], held.reason)


def _done(
    user: User, finding: Finding, held: Finding, act: str, reason: str = "", to: User | None = None, **details: str
) -> Finding:
    """Write what was decided, who did it, and let the finding that a page shows say it too."""
    changed = ["state", "assignee", "due", "reason", "settled_by", "settled_at"]
    held.save(update_fields=changed)
    Step.objects.create(finding=held, act=act, by=user, to=to, reason=reason)
    who = {"to": to.username} if to else {}
    audit.record(user, f"findings.finding.{act}", held, reason, rule=held.rule, **who, **details)
    for name in changed:
        setattr(finding, name, getattr(held, name))
    return finding

# SPDX-License-Identifier: Apache-2.0
"""Which findings a user sees, and what the user may do with one; what the check says of one document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from bamsat.rooms.documents import queries as documents
from bamsat.rooms.documents.models import Document
from bamsat.rooms.findings.models import Finding, Origin, Part, Severity, State
from bamsat.rooms.places.queries import may_accept, roots, under, writing_scope
from bamsat.rooms.places.rights import Function, holds, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LOUD = (Severity.ERROR, Severity.QUESTION)
STANDING = (State.OPEN, State.EXPLAINED, State.ACCEPTED)
SETTLED = (State.EXPLAINED, State.ACCEPTED)

# What a room above knows of its own findings: by origin, what a finding must be for the user to see it.
Scope = Callable[["User | AnonymousUser"], Q]
scopes: dict[str, Scope] = {}
# What a room above keeps from the user wherever it stands: findings that speak of figures the user may not see.
Hidden = Callable[["User | AnonymousUser"], "Q | None"]
hidden: list[Hidden] = []


def findings(user: User | AnonymousUser) -> QuerySet[Finding]:
    """Every finding that the user may see, whatever became of it: those of documents as documents are seen, those of
    returns by who fills or checks them, those of the ledger by place."""
    if sees_everything(user):
        return Finding.objects.all()
    if user.is_anonymous:
        return Finding.objects.none()
    seen = Q(origin=Origin.DOCUMENT, document__in=documents.visible(user).values("pk"))
    seen |= Q(origin=Origin.FORM) & scopes.get(Origin.FORM, _by_place(Function.ENTER))(user)
    seen |= Q(origin=Origin.LEDGER) & scopes.get(Origin.LEDGER, _by_place(Function.SEE))(user)
    found = Finding.objects.filter(seen)
    for keeps in hidden:
        if (not_seen := keeps(user)) is not None:
            found = found.exclude(not_seen)
    return found


def _by_place(function: str) -> Scope:
    def scope(user: User | AnonymousUser) -> Q:
        held = roots(user, function)
        return under(held) if held else Q(pk__in=[])

    return scope


def finding_at(user: User | AnonymousUser, uuid: UUID | str) -> Finding:
    """The finding at an address; Finding.DoesNotExist also when the user may not see it."""
    found = findings(user).select_related("document__holder", "document__place", "place", "assignee", "settled_by")
    return found.defer("document__text", "document__layout").get(uuid=uuid)


def to_look_at(user: User | AnonymousUser) -> QuerySet[Finding]:
    """The open findings that speak loudly enough to be looked at."""
    return findings(user).filter(state=State.OPEN, severity__in=LOUD)


def waiting(user: User | AnonymousUser) -> int:
    """How many findings wait for the user: for those who decide, all that are open; for others, what was given to
    them."""
    # Asked on every page: whose finding is whose is looked up only where any waits at all.
    if not Finding.objects.filter(state=State.OPEN, severity__in=LOUD).exists():
        return 0
    found = to_look_at(user)
    if not holds(user, Function.JUDGE):
        found = found.filter(assignee_id=user.pk)
    return found.count()


def may_decide(user: User | AnonymousUser, finding: Finding) -> bool:
    """Whether the user may assign the finding, leave it as it is, or open it again: who judges figures there."""
    if finding.document is not None:
        return documents.may_judge(user, finding.document)
    return may_accept(user, finding.place)


def may_explain(user: User | AnonymousUser, finding: Finding) -> bool:
    """Whether the user may say why the figures are as they are: who decides, who enters figures there, and whoever was
    asked to."""
    if finding.assignee_id is not None and finding.assignee_id == user.pk:
        return True
    if may_decide(user, finding):
        return True
    where = finding.document.office if finding.document is not None else finding.place
    return where is not None and writing_scope(user, Function.ENTER).filter(pk=where.pk).exists()


def of_document(user: User | AnonymousUser, document: Document) -> list[Finding]:
    """What stands of one document and the user may see, the loudest first, each with its figures."""
    found = findings(user).filter(document=document, state__in=STANDING).select_related("settled_by", "assignee")
    parts = Part.objects.select_related("figure").defer("figure__as_read")
    rank = list(Severity.values)
    rows = found.prefetch_related(Prefetch("parts", parts))
    return sorted(rows, key=lambda each: (rank.index(each.severity), each.pk))


def of_figures(user: User | AnonymousUser, document: Document) -> dict[int, list[Finding]]:
    """For each figure of a document, by its key in the database: the findings that speak of it."""
    by_figure: dict[int, list[Finding]] = {}
    for finding in of_document(user, document):
        for figure in {part.figure_id for part in finding.parts.all() if part.figure_id}:
            by_figure.setdefault(figure, []).append(finding)
    return by_figure


def loudest(user: User | AnonymousUser, document: Document) -> dict[int, str]:
    """For each figure that an open finding speaks of: "error" or "question". One query."""
    rows = to_look_at(user).filter(document=document, parts__figure__isnull=False)
    told: dict[int, str] = {}
    for figure, severity in rows.order_by().values_list("parts__figure", "severity"):
        if told.get(figure) != Severity.ERROR:
            told[figure] = severity
    return told


def standing(user: User | AnonymousUser, document: Document) -> frozenset[tuple[int, str, str]]:
    """What stands of a document, to see whether it changed: key, state and severity of each finding."""
    rows = findings(user).filter(document=document, state__in=STANDING)
    return frozenset(rows.order_by().values_list("pk", "state", "severity"))


def open_errors(user: User | AnonymousUser, document: Document) -> dict[int, Finding]:
    """The figures of a document that an open finding says cannot all be true, each with the first such finding."""
    found: dict[int, Finding] = {}
    rows = to_look_at(user).filter(document=document, severity=Severity.ERROR)
    for finding in rows.prefetch_related("parts").order_by("pk"):
        for part in finding.parts.all():
            if part.figure_id:
                found.setdefault(part.figure_id, finding)
    return found

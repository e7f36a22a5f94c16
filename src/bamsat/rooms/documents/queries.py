# SPDX-License-Identifier: Apache-2.0
"""Documents that a user may see, with how much of each is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import SetMember
from bamsat.rooms.documents.models import (
    Document,
    FigureState,
    ProposalState,
    ReadFigure,
    ReadInstruction,
    ReadStatement,
    State,
)
from bamsat.rooms.places.models import PlaceVersion
from bamsat.rooms.places.queries import covered_by, reaches, roots, writing_scope
from bamsat.rooms.places.rights import Function, holds, sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_LEFT = (FigureState.WAITING, FigureState.DOUBT, FigureState.EDITING, FigureState.RETURNED)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many figures of a document stand where."""

    total: int
    waiting: int
    doubt: int
    editing: int
    checked: int
    returned: int
    accepted: int
    rejected: int
    statements: int

    @property
    def left(self) -> int:
        """What somebody who reads the document has to look at."""
        return self.waiting + self.doubt + self.editing + self.returned

    @property
    def seen(self) -> int:
        return self.total - self.left

    @property
    def under_way(self) -> int:
        return self.editing + self.checked


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the user, for the numbers beside the navigation."""

    documents: int
    figures: int
    doubts: int
    returned: int
    to_approve: int
    failed: int
    reading: int


def visible(user: User | AnonymousUser) -> QuerySet[Document]:
    """Documents of the offices that the user belongs to; where no office holds one, of the places it is about."""
    seen = _seen(user)
    return Document.objects.all() if seen is None else Document.objects.filter(seen)


def _seen(user: User | AnonymousUser, path: str = "") -> Q | None:
    """What a document at the end of the path must be for the user to see it; None where it may be any."""
    if sees_everything(user):
        return None
    held = roots(user, Function.READ)
    if not held:
        return Q(pk__in=[])
    places = covered_by(held).values("pk")
    nobody, nowhere = Q(**{f"{path}holder": None}), Q(**{f"{path}place": None})
    own = nobody & nowhere & Q(**{f"{path}uploaded_by": user.pk})
    return Q(**{f"{path}holder__in": places}) | (nobody & Q(**{f"{path}place__in": places})) | own


def documents_for(user: User | AnonymousUser, search: str = "", state: str = "") -> QuerySet[Document]:
    """The list of documents, the newest first, each with figures_total, figures_left, figures_doubt, figures_returned,
    figures_checked, figures_accepted, statements_total and instructions_waiting."""
    found = visible(user).select_related("place", "holder", "uploaded_by").defer("text", "layout")
    if state:
        found = found.filter(state=state)
    if search:
        wanted = search.strip()
        called = PlaceVersion.objects.filter(folded__contains=fold(wanted)).values("place")
        found = found.filter(Q(name__icontains=wanted) | Q(title__icontains=wanted) | Q(place__in=called))
    return found.annotate(
        figures_total=_counted(),
        figures_left=_counted(Q(state__in=_LEFT)),
        figures_doubt=_counted(Q(state=FigureState.DOUBT)),
        figures_returned=_counted(Q(state=FigureState.RETURNED)),
        figures_checked=_counted(Q(state=FigureState.CHECKED)),
        figures_accepted=_counted(Q(state=FigureState.ACCEPTED)),
        statements_total=_counted(of=ReadStatement),
        instructions_waiting=_counted(Q(state=ProposalState.WAITING), ReadInstruction),
    )


def _counted(which: Q | None = None, of: type[Model] = ReadFigure) -> Coalesce:
    """How many rows of a sort a document has."""
    rows = of._default_manager.filter(which or Q(), document=OuterRef("pk")).order_by().values("document")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def document_for(user: User | AnonymousUser, uuid: UUID | str) -> Document:
    """The document at an address; Document.DoesNotExist also when the user may not see it."""
    return visible(user).select_related("place", "holder", "uploaded_by").get(uuid=uuid)


def figure_for(user: User | AnonymousUser, uuid: UUID | str) -> ReadFigure:
    """A figure at an address; ReadFigure.DoesNotExist also when the user may not see its document."""
    return _with_document(ReadFigure.objects.filter(document__in=visible(user).values("pk"))).get(uuid=uuid)


def figure_at(user: User | AnonymousUser, document: Document, ordinal: int) -> ReadFigure:
    """The figure with this number in a document of the user's."""
    mine = ReadFigure.objects.filter(document__in=visible(user).values("pk"), document=document)
    return _with_document(mine).get(ordinal=ordinal)


def _with_document(figures: QuerySet[ReadFigure]) -> QuerySet[ReadFigure]:
    return figures.select_related("document", "document__place", "document__holder").defer(
        "document__text", "document__layout"
    )


def figures_of(document: Document) -> QuerySet[ReadFigure]:
    """Figures in reading order."""
    return document.figures.order_by("ordinal")


def statements_of(document: Document) -> QuerySet[ReadStatement]:
    return document.statements.order_by("ordinal")


def tally(document: Document) -> Tally:
    counts = dict(document.figures.order_by().values_list("state").annotate(n=Count("pk")))
    by_state = {state: counts.get(state, 0) for state in FigureState.values}
    return Tally(total=sum(by_state.values()), statements=document.statements.count(), **by_state)


def may_judge(user: User | AnonymousUser, document: Document) -> bool:
    """Whether the user may accept, correct and reject what was read in the document."""
    if sees_everything(user):
        return True
    office = document.office
    return office is not None and writing_scope(user).filter(pk=office.pk).exists()


def may_approve(user: User | AnonymousUser, document: Document) -> bool:
    """Whether what the user accepts of the office's own figures is in the ledger at once; which, each figure says."""
    if sees_everything(user):
        return True
    office = document.office
    return office is not None and writing_scope(user, Function.APPROVE).filter(pk=office.pk).exists()


def to_approve(user: User | AnonymousUser) -> QuerySet[ReadFigure]:
    """Checked figures of documents that the user sees, of places and indicator sets for which the user approves."""
    found = ReadFigure.objects.filter(state=FigureState.CHECKED, document__in=visible(user).values("pk"))
    if sees_everything(user):
        return found
    allowed = Q(pk__in=[])
    for reach in reaches(user, Function.APPROVE):
        part = Q(checked_place__in=covered_by(set(reach.roots)).values("pk"))
        if reach.sets is not None:
            members = SetMember.objects.filter(set__in=reach.sets).values("indicator__code")
            part &= Q(indicator__in=members)
        allowed |= part
    return found.filter(allowed)


def documents_left(user: User | AnonymousUser) -> int:
    """How many documents have figures that nobody has looked at: what the side bar shows, in one query."""
    left, seen = ReadFigure.objects.filter(state__in=_LEFT), _seen(user, "document__")
    # From the figures to their documents: most documents of a large register have none that wait.
    left = left if seen is None else left.filter(seen)
    return left.values("document").distinct().count()


def waiting(user: User | AnonymousUser) -> Waiting:
    """What waits in the documents that the user sees: three queries beside those for the rights."""
    # From the few that wait to their documents: most documents of a large register have nothing left to do.
    unread = Document.objects.filter(state__in=(State.FAILED, State.WAITING, State.READING))
    documents = (
        visible(user)
        .filter(pk__in=unread.values("pk"))
        .aggregate(failed=Count("pk", filter=Q(state=State.FAILED)), reading=Count("pk", filter=~Q(state=State.FAILED)))
    )
    left = ReadFigure.objects.filter(state__in=_LEFT)
    mine = visible(user).filter(pk__in=left.values("document"))
    figures = left.filter(document__in=mine.values("pk")).aggregate(
        documents=Count("document", distinct=True),
        figures=Count("pk"),
        doubts=Count("pk", filter=Q(state=FigureState.DOUBT)),
        returned=Count("pk", filter=Q(state=FigureState.RETURNED)),
    )
    approver = holds(user, Function.APPROVE)
    return Waiting(**documents, **figures, to_approve=to_approve(user).count() if approver else 0)

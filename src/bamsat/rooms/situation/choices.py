# SPDX-License-Identifier: Apache-2.0
"""What can be chosen while a note is written: indicators, targets, documents, other notes, sentences to quote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.catalogue.models import Indicator, SetMember
from bamsat.rooms.documents import queries as documents
from bamsat.rooms.documents.models import Document, ReadStatement
from bamsat.rooms.figures.models import Entry, EntryKind, Latest
from bamsat.rooms.figures.queries import visible_entries
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.situation import queries
from bamsat.rooms.situation.models import Note, Thread
from bamsat.rooms.situation.quoting import sentence_at
from bamsat.rooms.situation.rights import fields_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST_INDICATORS, MOST_TARGETS, MOST_DOCUMENTS, MOST_NOTES, MOST_SENTENCES = 60, 60, 40, 60, 8


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document that speaks of a direction, to be quoted."""

    document: Document
    ordinal: int
    text: str


def indicators(user: User, place: Place, chosen: Iterable[Indicator] = ()) -> list[Indicator]:
    """Those that were chosen already, then those that the place has figures of; without any, those of its fields."""
    there = series_of(user).filter(place=place, segment="").values("indicator_id")
    found = list(Indicator.objects.filter(pk__in=there).order_by("order", "sort_key", "pk")[:MOST_INDICATORS])
    if not found:
        members = SetMember.objects.filter(set__in=fields_of(user, place)).order_by("set__order", "order")
        found = [one.indicator for one in members.select_related("indicator")[:MOST_INDICATORS]]
    return list({one.pk: one for one in (*chosen, *found)}.values())


def targets(user: User, place: Place, span: Period, chosen: Iterable[Entry] = ()) -> list[Entry]:
    """Targets that stand now and touch the period, of the place as a whole."""
    series = series_of(user).filter(place=place, segment="", measure__in=("level", "growth"))
    rows = Latest.objects.filter(
        series__in=series, kind=EntryKind.PLAN, entry__first_month__lte=span.last, entry__last_month__gte=span.first
    ).order_by("series__indicator__order", "entry__first_month", "pk")
    ids = [*(one.pk for one in chosen), *rows.values_list("entry_id", flat=True)[:MOST_TARGETS]]
    found = {one.pk: one for one in visible_entries(user).filter(pk__in=ids)}
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def received(user: User, place: Place, chosen: Document | None = None) -> list[Document]:
    """Documents about the place, the latest first."""
    found = documents.visible(user).filter(Q(place=place) | Q(holder=place)).defer("layout", "text")
    rest = list(found.order_by("-uploaded_at", "-pk")[:MOST_DOCUMENTS])
    return [*([chosen] if chosen and chosen not in rest else []), *rest]


def others(user: User, place: Place, span: Period, thread: Thread | None = None) -> list[Note]:
    """Notes of the place that another one can speak about."""
    found = queries.notes(user, place, span)
    return [note for note in found if thread is None or note.thread_id != thread.pk][:MOST_NOTES]


def objectives(user: User, place: Place, thread: Thread | None = None) -> QuerySet[Note]:
    """Objectives that another one can be part of."""
    found = queries.objectives_over(user, place).order_by("-last_month", "pk")
    return found.exclude(thread=thread) if thread else found


def sentences(user: User, place: Place, span: Period) -> list[Sentence]:
    """Sentences that the reader took for statements, in documents about the place and a period that touches this."""
    rows = ReadStatement.objects.filter(document__in=documents.visible(user).filter(place=place).values("pk"))
    found = []
    for row in (
        rows.select_related("document")
        .defer("document__layout")
        .order_by("-document__uploaded_at", "ordinal")[: 5 * MOST_SENTENCES]
    ):
        if _touches(row.period or row.document.period or "", span):
            start, end = sentence_at(row.document.text, row.start, row.end)
            found.append(Sentence(row.document, row.ordinal, " ".join(row.document.text[start:end].split())))
    return list({(one.document.pk, one.text): one for one in found}.values())[:MOST_SENTENCES]


def sentence_of(user: User, uuid: UUID | str, ordinal: int | None) -> tuple[Document, str] | None:
    """A document and its sentence around a statement; nothing where the user may not see it."""
    document = documents.visible(user).filter(uuid=uuid).first()
    if document is None:
        return None
    row = document.statements.filter(ordinal=ordinal).first() if ordinal is not None else None
    if row is None:
        return document, ""
    start, end = sentence_at(document.text, row.start, row.end)
    return document, " ".join(document.text[start:end].split())


def seen(user: User, document: Document | None) -> Document | None:
    """The document, if the user may see it."""
    return documents.visible(user).filter(pk=document.pk).first() if document else None


def _touches(code: str, span: Period) -> bool:
    try:
        said = Period.parse(code)
    except PeriodUnreadable:
        return True  # a sentence of no period may speak of any
    return said.first <= span.last and said.last >= span.first

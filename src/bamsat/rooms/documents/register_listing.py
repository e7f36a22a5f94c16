# SPDX-License-Identifier: Apache-2.0
"""A page of an office's register: which office, which book, which lines of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Substr

from bamsat.rooms.documents.models import Direction, Document, Record, Urgency
from bamsat.rooms.documents.register_rights import may_register
from bamsat.rooms.documents.search_words import Group, groups_of
from bamsat.rooms.documents.searching import Found, among, records_for
from bamsat.rooms.documents.snippets import MOST_READ, Piece, marked, snippet
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import home_places, scope
from bamsat.rooms.places.rights import Function

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_LATELY = 1000  # lines among which the kinds of documents offered are looked for


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page of a register is asked for."""

    holder: Place
    direction: str = Direction.RECEIVED
    year: int | None = None
    type: str = ""
    issuer: str = ""
    urgency: str = ""
    unconfirmed: bool = False
    search: str = ""

    @property
    def filtered(self) -> bool:
        return bool(self.year or self.type or self.issuer or self.urgency or self.unconfirmed or self.search)


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its subject and a stretch of its text, what was searched for marked."""

    record: Record
    subject: list[Piece] = field(default_factory=list)
    symbol: list[Piece] = field(default_factory=list)
    text: list[Piece] = field(default_factory=list)


def registers(user: User | AnonymousUser) -> list[Place]:
    """The offices whose registers the user may open: their own, and those that have lines."""
    own = [place for place in home_places(user) if _reads(user, place)]
    kept = scope(user).filter(Exists(Record.objects.filter(holder=OuterRef("pk"))))
    others = [place for place in kept.order_by("sort_key", "slug")[:300] if place not in own]
    return [*own, *(place for place in others if _reads(user, place))]


def _reads(user: User | AnonymousUser, place: Place) -> bool:
    return may_register(user, place, Function.READ)


def records_of(user: User | AnonymousUser, holder: Place) -> QuerySet[Record]:
    """The register of one office, if the user may open it. Asked for by the office alone, so that its index gives the
    order; the right is asked for before."""
    return Record.objects.filter(holder=holder) if _reads(user, holder) else Record.objects.none()


def lines(user: User | AnonymousUser, asked: Asked) -> QuerySet[Record] | Found:
    """The lines asked for, the newest first; with words, those called by them before those in which they stand."""
    rows = filtered(user, asked).select_related("document").defer("document__text", "document__layout", "as_read")
    if asked.search:
        return Found(rows, groups_of(asked.search))
    return rows.order_by("-filed_on", "-pk")


def filtered(user: User | AnonymousUser, asked: Asked) -> QuerySet[Record]:
    rows = records_of(user, asked.holder).filter(direction=asked.direction)
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.type:
        rows = rows.filter(type=asked.type)
    if asked.urgency:
        rows = rows.filter(urgency=asked.urgency)
    if asked.unconfirmed:
        rows = rows.filter(confirmed_at=None)
    if groups := groups_of(asked.issuer):
        rows = among(rows, groups, head=True)
    return rows


def shown(records: Iterable[Record], search: str) -> list[Row]:
    """Lines as a page shows them; the texts of these few files are looked into, no others."""
    records, groups = list(records), groups_of(search)
    if not groups:
        return [Row(record, [Piece(record.subject)], [Piece(record.symbol)]) for record in records]
    texts = _texts(records)
    return [_row(record, groups, texts.get(record.document_id or 0, "")) for record in records]


def _texts(records: Sequence[Record]) -> dict[int, str]:
    held = [record.document_id for record in records if record.document_id]
    rows = Document.objects.filter(pk__in=held).annotate(start=Substr("text", 1, MOST_READ)).values_list("pk", "start")
    return dict(rows)


def _row(record: Record, groups: tuple[Group, ...], text: str) -> Row:
    return Row(record, marked(record.subject, groups), marked(record.symbol, groups), snippet(text, groups))


def counts(user: User | AnonymousUser, holder: Place) -> dict[str, int]:
    """How many lines each book of an office has."""
    found = records_of(user, holder).order_by().values_list("direction").annotate(n=Count("pk"))
    return dict.fromkeys(Direction.values, 0) | dict(found)


def unconfirmed(user: User | AnonymousUser, holder: Place, direction: str) -> int:
    """How many lines of a book are as the machine read them, and nobody has looked yet."""
    return records_of(user, holder).filter(direction=direction, confirmed_at=None).count()


def choices(user: User | AnonymousUser, asked: Asked) -> dict[str, list[Any]]:
    """By what the book can be narrowed down: years, types that came lately, degrees of urgency."""
    book = records_of(user, asked.holder).filter(direction=asked.direction)
    years = book.exclude(year=None).order_by(F("year").desc()).values_list("year", flat=True).distinct()
    lately = book.order_by("-filed_on", "-pk").values_list("type", flat=True)[:_LATELY]
    types = sorted({each for each in lately if each} | ({asked.type} if asked.type else set()))
    return {"years": list(years), "types": list(types), "urgencies": list(Urgency.choices)[1:]}


def record_for(user: User | AnonymousUser, uuid: UUID | str) -> Record:
    """The record at an address; Record.DoesNotExist also when the user may not see it."""
    return records_for(user).select_related("holder", "document", "confirmed_by").get(uuid=uuid)

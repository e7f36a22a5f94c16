# SPDX-License-Identifier: Apache-2.0
"""The page of one document of the register: its fields with the words they were read from, and what rooms above add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Field, QuerySet
from django.urls import NoReverseMatch, reverse

from bamsat.rooms.documents.models import Document, ReadInstruction, Record
from bamsat.rooms.documents.queries import visible

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Section:
    """What a room above shows on the page: a title, a template of its own, and what that needs."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


# Rooms above add to the page of a record what came of it: tasks, reports.
record_sections: list[Callable[[User | AnonymousUser, Record], Section | None]] = []


@dataclass(frozen=True, slots=True)
class Told:
    """A field as it stands, and the words in the file that it was read from."""

    name: str
    value: str
    words: str = ""


_SPAN_OF = {"dated": "date"}
_SHOWN = ("type", "symbol", "dated", "issuer", "signer", "post", "subject", "urgency")


def fields_told(record: Record) -> list[Told]:
    """The fields of a record with their words, where the file still has them."""
    spans = {name: (start, end) for name, start, end in record.as_read.get("spans", [])}
    text = record.document.text if record.document else ""
    made = []
    for name in _SHOWN:
        start, end = spans.get(_SPAN_OF.get(name, name), (0, 0))
        said = " ".join(text[start:end].split())
        value = getattr(record, f"get_{name}_display")() if name == "urgency" else getattr(record, name)
        shown = f"{value:%d/%m/%Y}" if name == "dated" and value else str(value or "")
        made.append(Told(_name_of(name), shown, said if said != shown else ""))
    return made


def _name_of(field: str) -> str:
    column = Record._meta.get_field(field)
    assert isinstance(column, Field)
    return str(column.verbose_name)


def instructions(user: User | AnonymousUser, record: Record) -> QuerySet[ReadInstruction]:
    """What the document asks, with what became of each; only where the user may see the document."""
    return ReadInstruction.objects.filter(
        document=record.document_id, document__in=visible(user).values("pk")
    ).order_by("ordinal")


def cited_in(user: User | AnonymousUser, record: Record) -> list[Document]:
    """Documents that cite this one and stand in no register themselves: reports, articles."""
    citing = record.citations.values("document")
    return list(visible(user).filter(pk__in=citing, record=None).defer("text", "layout").order_by("-uploaded_at")[:50])


def sections(user: User | AnonymousUser, record: Record) -> list[Section]:
    found = (ask(user, record) for ask in record_sections)
    return [section for section in found if section is not None]


def reading_address(document: Document | None) -> str:
    """The reading page, which stands a floor above."""
    if document is None:
        return ""
    try:
        return reverse("figures:reading", args=[document.uuid])
    except NoReverseMatch:
        return ""

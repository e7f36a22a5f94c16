# SPDX-License-Identifier: Apache-2.0
"""When a document is checked: when it has been read, and whenever something is said of one of its figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django_tasks import task

from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.checking import check_document
from bamsat.rooms.figures.models import Confirmation, Entry

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

AT_ONCE = 400  # figures of a document that are checked while somebody waits
PATIENCE = 5.0  # seconds for which somebody waits while contradictions are looked for
MOST_DOCUMENTS = 5  # that one entry was said by, checked again when it changes


@task()
def check_later(uuid: str) -> str:
    """Check a document; the same again finds the same."""
    kept = check_document(Document.objects.get(uuid=uuid))
    return "" if kept is None else f"{kept.new} {kept.closed}"


def recheck(document: Document, by: User | None = None) -> None:
    """Check a document again after something was said of its figures: at once, or by a worker where it is long."""
    if document.figures.count() < AT_ONCE:
        check_document(document, by, PATIENCE)
    else:
        transaction.on_commit(lambda: _enqueue(str(document.uuid)))


def recheck_sources(entry: Entry, by: User | None = None) -> None:
    """Check again the documents that say what an entry of the ledger said."""
    for document in _sources(entry):
        recheck(document, by)


def _enqueue(uuid: str) -> None:
    check_later.enqueue(uuid)


def _sources(entry: Entry) -> Iterable[Document]:
    confirmed = Confirmation.objects.filter(entry=entry).values_list("source__document", flat=True)
    own = [entry.source.document_id] if entry.source else []
    return Document.objects.filter(pk__in=[*own, *confirmed]).order_by("pk")[:MOST_DOCUMENTS]

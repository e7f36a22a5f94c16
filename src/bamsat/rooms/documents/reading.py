# SPDX-License-Identifier: Apache-2.0
"""Reading a received document: the one long piece of work, done outside any transaction and stored in one short one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from bamsat.core.read.apart import ReaderBroke, read_apart
from bamsat.core.terms.data import shipped
from bamsat.core.terms.errors import FileUnreadable
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import refusing, register
from bamsat.rooms.documents.models import Document, ReadCitation, ReadFigure, ReadInstruction, ReadStatement, State
from bamsat.rooms.documents.read_rows import (
    citation_row,
    day,
    figure_row,
    fits,
    instruction_row,
    layout_of,
    plain,
    statement_row,
)
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import covered_by, home_places, place_named

if TYPE_CHECKING:
    from bamsat.core.read.document import Document as Source
    from bamsat.core.terms.figure import Reading

__all__ = [
    "after_reading", "day_of_names", "finish", "layout_of", "plain", "read_document", "store",
]  # fmt: skip

log = logging.getLogger(__name__)
_BATCH = 200
DEPARTMENT = "department"
_SETTLED = (State.READ, State.REFUSED)
_LETTERHEAD = 6  # lines in which an office names itself

# What rooms above do with a document that has just been read; whoever sent it is not told of their faults.
after_reading: list[Callable[[Document], object]] = []


def read_document(document: Document) -> Document:
    """Read a document and store all that was found, or the reason why it cannot be read; never half of it.

    A document that was read stays as it is, so that the work may be handed out twice. It counts as read only when what
    follows was done too: nobody is shown its figures before they were checked.
    """
    document.refresh_from_db()
    if document.read_at is None and document.state != State.REFUSED:
        _read_and_store(document)
        document.refresh_from_db()
    if document.read_at is not None and document.state != State.READ:
        _hand_on(document)
        finish(document)
        document.refresh_from_db()
    return document


def _read_and_store(document: Document) -> None:
    if refusing.is_refused(document.sha256):  # the same bytes, while these waited
        refusing.refuse(document)
        return
    try:
        _tell(document, 10, "Đang mở tệp.", "Opening the file.")
        reading = _read(document)
        found = len(reading.figures)
        _tell(document, 80, f"Đã thấy {found} số liệu, đang ghi lại.", f"Found {found} figures, storing them.")
        store(document, reading)
    except FileUnreadable as error:
        _fail(document, error.vi, error.en, error.cause)
    except Exception as error:
        # Whatever broke, the person who sent the file must hear of it; the fault itself goes to the log.
        log.exception("reading failed: %s", error if isinstance(error, ReaderBroke) else type(error).__name__)
        _fail(
            document,
            f"Chương trình gặp lỗi khi đọc tệp “{document.name}”. Tệp vẫn được giữ; hãy cho đọc lại hoặc báo quản trị.",
            f"The program failed while reading “{document.name}”. The file is kept; "
            "read it again or tell the administrator.",
            "",
        )


def _hand_on(document: Document) -> None:
    for then in after_reading:
        try:
            then(document)
        except Exception:
            log.exception("what follows the reading of %s failed", document.uuid)


def _read(document: Document) -> Reading:
    # In a process of its own: one file that hangs or floods must not hold up everybody's.
    return read_apart(document.path, name=document.name)


def _tell(document: Document, progress: int, vi: str, en: str) -> None:
    Document.objects.filter(pk=document.pk).exclude(state__in=_SETTLED).update(
        state=State.READING, progress=progress, progress_vi=vi, progress_en=en
    )


@transaction.atomic
def _fail(document: Document, vi: str, en: str, cause: str) -> None:
    changed = (
        Document.objects.filter(pk=document.pk)
        .exclude(state__in=_SETTLED)
        .update(state=State.FAILED, error_vi=vi, error_en=en, error_cause=cause, progress_vi="", progress_en="")
    )
    if changed:
        audit.record(document.uploaded_by, "documents.document.unreadable", document, cause=cause)


@transaction.atomic
def store(document: Document, reading: Reading) -> None:
    """Write all that was read, in one short transaction; of a paper marked secret nothing at all."""
    held = Document.objects.select_for_update().get(pk=document.pk)
    if held.read_at is not None or held.state == State.REFUSED:  # another worker was faster
        return
    if reading.letterhead and reading.letterhead.secrecy:
        refusing.refuse(held)
        return
    _describe(held, reading)
    held.state, held.progress, held.read_at = State.READING, 90, timezone.now()
    held.error_vi = held.error_en = held.error_cause = ""
    figures = [figure for figure in reading.figures if fits(figure)]
    count = len(figures)
    held.progress_vi = f"Đã thấy {count} số liệu, đang đối chiếu các số với nhau."
    held.progress_en = f"Found {count} figures, checking them against each other."
    held.save()
    ReadFigure.objects.bulk_create(
        [figure_row(held, ordinal, figure) for ordinal, figure in enumerate(figures, start=1)],
        batch_size=_BATCH,
    )
    ReadStatement.objects.bulk_create(
        [statement_row(held, ordinal, said) for ordinal, said in enumerate(reading.statements, start=1)],
        batch_size=_BATCH,
    )
    ReadCitation.objects.bulk_create(
        [citation_row(held, ordinal, said) for ordinal, said in enumerate(reading.citations, start=1)],
        batch_size=_BATCH,
    )
    ReadInstruction.objects.bulk_create(
        [instruction_row(held, ordinal, said) for ordinal, said in enumerate(reading.instructions, start=1)],
        batch_size=_BATCH,
    )
    told = {"citations": len(reading.citations), "instructions": len(reading.instructions)}
    found: dict[str, Any] = {name: n for name, n in told.items() if n}
    audit.record(
        held.uploaded_by, "documents.document.read", held, figures=count, statements=len(reading.statements),
        **found,
    )  # fmt: skip
    register.propose(held, reading.letterhead)


def finish(document: Document) -> None:
    """Say that a document whose figures are stored has been read."""
    figures, statements = document.figures.count(), document.statements.count()
    Document.objects.filter(pk=document.pk).update(
        state=State.READ, progress=100, progress_vi=f"Đã đọc xong: {figures} số liệu, {statements} nhận định.",
        progress_en=f"Read: {figures} figures, {statements} statements.",
    )  # fmt: skip


def _describe(held: Document, reading: Reading) -> None:
    source = reading.document
    said = source.attributes
    held.media, held.text, held.layout = source.media, source.text, layout_of(source.blocks, source.tables)
    held.attributes, held.notices = dict(said), list(source.notices)
    held.title, held.outlet, held.author = (
        _title(reading)[:500], said.get("outlet", "")[:200], said.get("author", "")[:200],
    )  # fmt: skip
    held.dated = day(said.get("dated", ""))
    held.provider = _issuer(source)
    held.period = reading.period or ""
    held.place = _place(reading.area, held) or held.holder
    if held.holder and held.place:
        held.holder = _nearest_office(held, held.place)


def _title(reading: Reading) -> str:
    """What the document is called; a letter, headed by its sender alone, by its number and subject."""
    title, head = reading.document.attributes.get("title", ""), reading.letterhead
    if head is None or not title or fold(title).strip() not in fold(f"{head.above} {head.issuer}"):
        return title
    named = " ".join(filter(None, (head.type, head.symbol)))
    return ": ".join(filter(None, (named, head.subject))) or title


def _issuer(source: Source) -> str:
    """Whose figures a document gives, by the office that its first lines name; the department's, if none is named."""
    lines = [fold(line).strip() for line in source.text.split("\n", _LETTERHEAD)[:_LETTERHEAD]]
    for entry in shipped("issuers.yml"):
        if any(line.startswith(fold(words)) for words in entry["heads"] for line in lines):
            return str(entry["provider"])
    return DEPARTMENT


def _place(area: str | None, held: Document) -> Place | None:
    return place_named(area, on=day_of_names(held.period or "", held.dated)) if area else None


def _nearest_office(held: Document, place: Place) -> Place | None:
    """Of several offices that the sender works for, the one that the document is about."""
    own = home_places(held.uploaded_by)
    if held.holder not in own:
        return held.holder
    return next((mine for mine in reversed(own) if covered_by({mine.pk}).filter(pk=place.pk).exists()), held.holder)


def day_of_names(period: str, dated: date | None) -> date | None:
    """The day whose place names a document uses for a period: its last day, but not after the document itself."""
    try:
        last = Period.parse(period).last if period else None
    except PeriodUnreadable:
        last = None
    # Years that a calendar does not have ("0000") name no day.
    ends = date(last // 12, last % 12 + 1, 28) if last is not None and last // 12 in range(1, 10_000) else None
    return min(ends, dated) if ends and dated else ends or dated

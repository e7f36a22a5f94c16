# SPDX-License-Identifier: Apache-2.0
"""Every change of a note, named, atomic and signed: written, edited, withdrawn, restored. Each is a new row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet
from bamsat.rooms.documents import queries as documents
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.models import Entry, EntryKind
from bamsat.rooms.figures.queries import visible_entries
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.situation import queries
from bamsat.rooms.situation.models import Act, Kind, Note, Thread
from bamsat.rooms.situation.quoting import found_in
from bamsat.rooms.situation.rights import may_write
from bamsat.rooms.situation.scales import scale

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LONGEST = 2000
LONGEST_REASON = 1000
_OF_RISKS = ("likelihood", "impact", "measure")
_OF_OBJECTIVES = ("parent", "pivot_year")
_TIES = ("indicators", "targets", "about")


class Refused(BamsatError):
    """A note that cannot be kept as it was told; the sentence says how to mend it."""


@dataclass(frozen=True, slots=True)
class Said:
    """All that a note says, as somebody tells it."""

    kind: str
    text: str
    period: Period
    field: IndicatorSet | None = None
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[Entry, ...] = ()
    about: tuple[Thread, ...] = ()
    document: Document | None = None
    quote: str = ""
    likelihood: int | None = None
    impact: int | None = None
    measure: str = ""
    carried_out_on: date | None = None
    parent: Thread | None = None
    pivot_year: int | None = None


@transaction.atomic
def write(by: User, place: Place, said: Said, today: date) -> Note:
    """A new note on the situation of a place."""
    _may_write(by, place, said.field, said.indicators)
    columns = _columns(by, place, said, today)
    thread = Thread.objects.create(place=place)
    note = _row(by, thread, Act.WRITTEN, columns, said)
    audit.record(by, "situation.note.written", note, **_told(note))
    return note


@transaction.atomic
def edit(by: User, note: Note, said: Said, today: date, reason: str = "") -> Note:
    """The same note told anew; what it said before stays in its history."""
    before = _held(by, note)
    _still_there(before)
    _may_write(by, before.place, said.field, said.indicators)
    columns = _columns(by, before.place, said, today, before.thread) | _source_unseen(by, before)
    after = _row(by, before.thread, Act.EDITED, columns, said, before, _short(reason))
    after.about.add(*_threads_unseen(by, before))
    audit.record(by, "situation.note.edited", after, after.reason, **_told(after))
    return after


@transaction.atomic
def withdraw(by: User, note: Note, reason: str) -> Note:
    """Take a note back, saying why; it stays in its history and in what was known before."""
    before = _held(by, note)
    _still_there(before)
    if not reason.strip():
        raise Refused(
            vi="Hãy ghi vì sao rút nhận định này; lý do được giữ cùng nhận định.",
            en="Say why the note is withdrawn; the reason is kept with it.",
        )
    after = _again(by, before, Act.WITHDRAWN, _short(reason))
    audit.record(by, "situation.note.withdrawn", after, after.reason, **_told(after))
    return after


@transaction.atomic
def restore(by: User, note: Note) -> Note:
    """What was withdrawn stands again."""
    before = _held(by, note)
    if not before.withdrawn:
        raise Refused(
            vi="Nhận định này đang dùng, không cần ghi lại.", en="This note stands; there is nothing to undo."
        )
    if before.parent:
        _no_circle(before.thread, before.parent)  # what it belonged to may have come under it since
    after = _again(by, before, Act.RESTORED, "")
    audit.record(by, "situation.note.restored", after, **_told(after))
    return after


# What may be said, and by whom.


def may_change(user: User, note: Note) -> bool:
    """Whether the user may edit, withdraw or restore this note."""
    return may_write(user, note.place, note.field, note.indicators.all())


def _held(by: User, note: Note) -> Note:
    """The last row of the note's thread, held until the transaction ends; the one that the user saw, or nothing."""
    Thread.objects.select_for_update().get(pk=note.thread_id)
    found = queries.seen_by(by, queries.last()).filter(thread=note.thread_id).select_related("thread__place").first()
    if found is None:
        raise _not_allowed()
    _may_write(by, found.place, found.field, tuple(found.indicators.all()))
    if found.pk != note.pk:
        raise Refused(
            vi="Vừa có người khác sửa hoặc rút nhận định này. Hãy tải lại trang, xem bản mới rồi làm lại.",
            en="Someone has just changed or withdrawn this note. Reload the page, look at it and do it again.",
        )
    return found


def _still_there(note: Note) -> None:
    if note.withdrawn:
        raise Refused(
            vi="Nhận định này đã rút. Hãy ghi lại nó trước khi sửa.", en="This note was withdrawn. Restore it first."
        )


def _may_write(by: User, place: Place, field: IndicatorSet | None, indicators: Iterable[Indicator]) -> None:
    if not may_write(by, place, field, indicators):
        raise _not_allowed()


def _not_allowed() -> NotAllowed:
    return NotAllowed(
        vi="Anh/chị không ghi được nhận định cho nơi, lĩnh vực hoặc chỉ tiêu này. Hãy chọn lĩnh vực mình phụ trách, "
        "hoặc nhờ người phụ trách ghi.",
        en="You cannot note anything on this place, field or indicator. Choose a field that you work for, "
        "or ask whoever does.",
    )


def _columns(by: User, place: Place, said: Said, today: date, thread: Thread | None = None) -> dict[str, Any]:
    """The columns of a row; Refused or NotAllowed where it may not be said so."""
    if said.kind not in Kind.values:
        raise Refused(vi="Hãy chọn loại nhận định.", en="Choose the kind of note.")
    text = _words(said.text)
    _visible(by, said)
    start, end, quote = _quoted(said)
    columns: dict[str, Any] = {
        "kind": said.kind, "text": text, "field": said.field, "period": said.period.code,
        "first_month": said.period.first, "last_month": said.period.last, "document": said.document, "quote": quote,
        "start": start, "end": end,
    }  # fmt: skip
    if said.kind == Kind.RISK:
        columns |= _risk(said)
    if said.kind == Kind.SOLUTION:
        columns["carried_out_on"] = _past(said.carried_out_on, today)
    if said.kind == Kind.OBJECTIVE:
        columns |= {"parent": _parent(by, place, said, thread), "pivot_year": _pivot(said)}
    return columns


def _words(typed: str) -> str:
    text = " ".join(typed.split())
    if not text:
        raise Refused(vi="Hãy ghi nội dung, một hoặc vài câu.", en="Write what is noted, in a sentence or a few.")
    if len(text) > LONGEST:
        raise Refused(
            vi=f"Nội dung dài {len(text)} ký tự; nhiều nhất {LONGEST}. Hãy tách thành nhiều nhận định.",
            en=f"The text has {len(text)} characters; at most {LONGEST}. Make several notes of it.",
        )
    return text


def _visible(by: User, said: Said) -> None:
    """What a note is tied to, its writer must be able to see."""
    wanted = {entry.pk for entry in said.targets}
    targets = visible_entries(by).filter(pk__in=wanted, kind=EntryKind.PLAN)
    threads = {thread.pk for thread in (*said.about, *((said.parent,) if said.parent else ()))}
    seen = queries.visible(by).filter(thread__in=threads).values_list("thread_id", flat=True)
    if targets.count() != len(wanted) or set(seen) != threads:
        raise _not_allowed()
    if said.document and not documents.visible(by).filter(pk=said.document.pk).exists():
        raise _not_allowed()


def _quoted(said: Said) -> tuple[int | None, int | None, str]:
    """Where the quotation stands in the document, and its words as they stand there."""
    if not said.quote.strip():
        return None, None, ""
    if said.document is None:
        raise Refused(
            vi="Hãy chọn văn bản có câu trích này, hoặc bỏ câu trích.",
            en="Choose the document that the quotation is from, or leave the quotation out.",
        )
    at = found_in(said.document.text, said.quote)
    if at is None:
        raise Refused(
            vi=f"Không thấy câu trích trong “{said.document}”. Hãy chép đúng từng chữ của văn bản.",
            en=f"The quotation is not in “{said.document}”. Copy it word for word.",
        )
    return at[0], at[1], " ".join(said.document.text[at[0] : at[1]].split())


def _risk(said: Said) -> dict[str, Any]:
    for name, value in (("likelihood", said.likelihood), ("impact", said.impact)):
        if value is not None and value not in {step.value for step in scale(name)}:
            raise Refused(vi="Hãy chọn một mức trong thang.", en="Choose a step of the scale.")
    if (said.likelihood is None) != (said.impact is None):
        raise Refused(
            vi="Mức rủi ro cần cả khả năng xảy ra và mức ảnh hưởng. Hãy chọn cả hai, hoặc để trống cả hai.",
            en="The level of a risk needs both likelihood and impact. Choose both, or neither.",
        )
    return {"likelihood": said.likelihood, "impact": said.impact, "measure": " ".join(said.measure.split())[:LONGEST]}


def _past(day: date | None, today: date) -> date | None:
    if day is not None and day > today:
        raise Refused(
            vi=f"Ngày thực hiện {day:%d/%m/%Y} chưa tới. Giải pháp chưa làm thì để trống ngày.",
            en=f"The day it was carried out, {day:%d/%m/%Y}, is yet to come. Leave it empty until it is done.",
        )
    return day


def _parent(by: User, place: Place, said: Said, thread: Thread | None) -> Thread | None:
    """An objective of the same place or one above, and no circle of objectives."""
    if said.parent is None:
        return None
    if thread is not None:
        _no_circle(thread, said.parent)
    if not queries.objectives_over(by, place).filter(thread=said.parent).exists():
        raise Refused(
            vi="Mục tiêu cấp trên phải là mục tiêu của cùng địa bàn hoặc của cấp trên.",
            en="The objective above must be of the same place, or of one above it.",
        )
    return said.parent


def _no_circle(thread: Thread, parent: Thread) -> None:
    if thread.pk in queries.threads_above(parent):
        raise Refused(
            vi="Mục tiêu không thể thuộc chính nó hoặc thuộc một mục tiêu con của nó. Hãy chọn mục tiêu khác.",
            en="An objective is no part of itself, nor of one of its parts. Choose another one.",
        )


def _pivot(said: Said) -> int | None:
    year = said.pivot_year
    if year is not None and (said.period.length <= 12 or not said.period.start_year <= year <= said.period.end_year):
        raise Refused(
            vi="Năm bản lề phải nằm trong giai đoạn của mục tiêu, và mục tiêu một năm không có năm bản lề.",
            en="The pivot year must lie in the objective's span of years; an objective of one year has none.",
        )
    return year


def _short(reason: str) -> str:
    return " ".join(reason.split())[:LONGEST_REASON]


# Rows.


def _row(
    by: User, thread: Thread, act: str, columns: dict[str, Any], said: Said, before: Note | None = None,
    reason: str = "",
) -> Note:  # fmt: skip
    note = Note.objects.create(thread=thread, act=act, by=by, replaces=before, reason=reason, **columns)
    for name in _TIES:
        getattr(note, name).set([one for one in getattr(said, name) if one != thread])
    return note


def _again(by: User, before: Note, act: str, reason: str) -> Note:
    """The same words and ties in a new row."""
    columns = {
        field.attname: getattr(before, field.attname)
        for field in Note._meta.concrete_fields
        if field.name not in ("id", "act", "by", "recorded_at", "replaces", "reason")
    }
    note = Note.objects.create(act=act, by=by, replaces=before, reason=reason, **columns)
    for name in _TIES:
        getattr(note, name).set(getattr(before, name).all())
    return note


def _source_unseen(by: User, before: Note) -> dict[str, Any]:
    """Where a note comes from stays as it was, if whoever edits it may not see the document."""
    if before.document is None or documents.visible(by).filter(pk=before.document.pk).exists():
        return {}
    return {name: getattr(before, name) for name in ("document", "quote", "start", "end")}


def _threads_unseen(by: User, before: Note) -> list[Thread]:
    """Notes that it speaks about and that whoever edits it may not see: they stay."""
    seen = queries.visible(by).values("thread_id")
    return list(before.about.exclude(pk__in=seen))


def _told(note: Note) -> dict[str, Any]:
    """A note as the trail keeps it."""
    told = {
        "note": str(note.uuid), "place": note.place.slug, "period": note.period, "kind": note.kind, "text": note.text,
        "field": note.field.code if note.field else "",
        "indicators": sorted(note.indicators.values_list("code", flat=True)),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}

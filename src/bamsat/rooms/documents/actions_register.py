# SPDX-License-Identifier: Apache-2.0
"""Every change of the register by a person: lines confirmed and mended, entered by hand, numbered, tied to others."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from bamsat.core.terms.directive import RELATIONS
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents.indexing import index
from bamsat.rooms.documents.models import Direction, Document, Record, Relation, State, Urgency
from bamsat.rooms.documents.register import Meant, absorb, number_taken, own_name, resolve, same_as, settle
from bamsat.rooms.documents.register_keys import key_of, one_text
from bamsat.rooms.documents.register_rights import ask
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.rights import Function

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


_LONGEST = {"type": 60, "symbol": 80, "issuer": 300, "signer": 200, "post": 200, "urgency": 12}


class Refused(BamsatError):
    """A line that cannot be written as it was told; the sentence says how to mend it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register as a person tells it."""

    direction: str
    type: str = ""
    symbol: str = ""
    dated: date | None = None
    issuer: str = ""
    signer: str = ""
    post: str = ""
    subject: str = ""
    urgency: str = ""
    arrival: int | None = None
    received_on: date | None = None
    note: str = ""


@transaction.atomic
def enter(by: User, place: Place, line: Line, document: Document | None = None) -> Record:
    """A line written by hand: a paper that came without a file, or one whose head the machine could not read.

    What was only cited until now, or stands in the register without its file, becomes this line.
    """
    ask(by, place)
    line = _plain(line)
    told = Meant(line.type, line.symbol, line.issuer, line.dated.isoformat() if line.dated else "", line.subject)
    known = same_as(place, told)
    record = next((one for one in known if one.direction == Direction.CITED), None) or Record(holder=place)
    _write(record, line, document)
    record.confirmed_by, record.confirmed_at = by, timezone.now()
    _keep(record)
    if document is not None:
        resolve(document, record, place)
    audit.record(by, "documents.record.entered", record, **_told(record))
    return record


@transaction.atomic
def confirm(by: User, record: Record, line: Line) -> Record:
    """Somebody looked at the line: it is as it is, or as they mended it. What was read stays beside it."""
    held = _held(by, record)
    before = _told(held)
    _write(held, _plain(line), held.document)
    now = _told(held)
    changed = {name: [before.get(name, ""), value] for name, value in now.items() if before.get(name, "") != value}
    held.confirmed_by, held.confirmed_at = by, timezone.now()
    _keep(held)
    action = "documents.record.mended" if changed else "documents.record.confirmed"
    audit.record(by, action, held, **({"changed": changed} if changed else now))
    _merge(by, held)
    return held


@transaction.atomic
def attach(by: User, record: Record, document: Document) -> Record:
    """The file of a line that had none."""
    held = _held(by, record)
    if held.document_id is not None and held.document_id != document.pk:
        raise Refused(
            vi="Dòng này đã có tệp. Một văn bản chỉ gắn một tệp; bản khác hãy ghi vào ghi chú.",
            en="This line has its file. A document has one; tell of another in the note.",
        )
    if document.state == State.REFUSED or document.office != held.holder:
        raise Refused(
            vi="Tệp này không gắn được: nó của đơn vị khác hoặc đã bị từ chối.",
            en="This file cannot be attached: it belongs to another office or was refused.",
        )
    other = Record.objects.select_for_update(of=("self",)).filter(document=document).exclude(pk=held.pk).first()
    if other is not None:  # what the machine proposed for the file is the same document
        _same_or_refuse(other)
        held.as_read = other.as_read
        other.document = None
        other.save(update_fields=["document"])
        absorb(held, [other])
    held.document = document
    _keep(held)
    resolve(document, held, held.holder)
    audit.record(by, "documents.record.attached", held, document=document.pk)
    return held


def _same_or_refuse(other: Record) -> None:
    if other.confirmed_at is not None:
        raise Refused(
            vi=f"Tệp này đã là của dòng “{other}”. Hãy chọn tệp khác, hoặc sửa dòng ấy.",
            en=f"This file is that of the line “{other}”. Choose another file, or mend that line.",
        )


@transaction.atomic
def register_issued(
    user: User, place: Place, type: str, number: str, symbol: str, dated: date, subject: str, signer: str,
    document: Document | None = None, issuer: str = "", post: str = "",
) -> Record:  # fmt: skip
    """The line of a document that the office issued, with the number of its own register, which is never made up here.

    `symbol` is what follows the number ("BC-SCT"), or the whole ("07/BC-SCT"). A line that has the number already is
    this one if it tells the same subject.
    """
    ask(user, place, Function.REGISTER, Function.ISSUE)
    whole = symbol if key_of(symbol).startswith(f"{key_of(number)}/") else f"{number}/{symbol.lstrip('/')}"
    issuer = issuer or own_name(place)
    line = _plain(Line(
        Direction.ISSUED, type=type, symbol=whole, dated=dated, issuer=issuer, signer=signer, post=post, subject=subject
    ))  # fmt: skip
    told = Meant(line.type, line.symbol, line.issuer, dated.isoformat(), line.subject)
    found = [one for one in same_as(place, told) if one.document_id is None or one.document == document]
    record = next(iter(found), None) or Record(holder=place)
    if record.confirmed_at is not None and record.subject and not one_text(record.subject, subject):
        raise _taken(record)
    _write(record, line, document or record.document)
    record.confirmed_by, record.confirmed_at = user, timezone.now()
    _keep(record)
    audit.record(user, "documents.record.issued", record, **_told(record))
    return record


@transaction.atomic
def relate(by: User, record: Record, other: Record, kind: str) -> Relation:
    """Say by hand that a document is based on another, carries it out, amends it, replaces it."""
    held = _held(by, record)
    if kind not in RELATIONS:
        raise Refused(vi="Hãy chọn quan hệ giữa hai văn bản.", en="Choose how the two documents stand to each other.")
    if other.pk == held.pk:
        raise Refused(
            vi="Một văn bản không có quan hệ với chính nó. Hãy chọn văn bản khác.",
            en="A document does not relate to itself. Choose another.",
        )
    if other.holder_id != held.holder_id:
        raise Refused(
            vi="Văn bản kia ở sổ của đơn vị khác. Hãy chọn trong cùng một sổ.",
            en="The other document stands in another office's register. Choose one of the same.",
        )
    relation, made = Relation.objects.get_or_create(of=held, to=other, kind=kind, defaults={"by": by})
    if made:
        audit.record(by, "documents.relation.added", held, to=other.pk, kind=kind)
    return relation


@transaction.atomic
def unrelate(by: User, relation: Relation) -> None:
    """Take a relation away that the machine or somebody got wrong."""
    held = _held(by, relation.of)
    audit.record(by, "documents.relation.removed", held, to=relation.to_id, kind=relation.kind)
    relation.delete()


def next_arrival(place: Place, year: int) -> int:
    """The first number of arrival after the last that the office's register of the year has: a proposal, no more."""
    rows = Record.objects.filter(holder=place, year=year, arrival__isnull=False).order_by("-arrival")
    return (rows.values_list("arrival", flat=True).first() or 0) + 1


# What is common to these.


def _held(by: User, record: Record) -> Record:
    held = Record.objects.select_for_update(of=("self",)).select_related("holder", "document").get(pk=record.pk)
    ask(by, held.holder)
    return held


def _write(record: Record, line: Line, document: Document | None) -> None:
    if line.direction not in (Direction.RECEIVED, Direction.ISSUED, Direction.CITED):
        raise Refused(vi="Hãy chọn sổ: văn bản đến hay văn bản đi.", en="Choose the register: received or issued.")
    if not line.type.strip() and not line.symbol.strip() and not line.subject.strip():
        raise Refused(
            vi="Dòng còn trống. Hãy ghi ít nhất loại văn bản, số, ký hiệu hoặc trích yếu.",
            en="The line is empty. Write at least the type, the symbol or the subject.",
        )
    if line.urgency not in Urgency.values:
        raise Refused(vi="Độ khẩn này không có. Hãy chọn trong danh sách.", en="There is no such urgency.")
    for field in fields(line):
        value = getattr(line, field.name)
        setattr(record, field.name, value)
    record.document = document
    if line.direction == Direction.RECEIVED:
        _arrived(record)
    else:
        record.arrival = record.received_on = None


def _plain(line: Line) -> Line:
    """Words on one line, without what no database keeps, as long as their columns."""
    said = {field.name: getattr(line, field.name) for field in fields(line)}
    words = {name: " ".join(value.replace("\0", "").split()) for name, value in said.items() if isinstance(value, str)}
    kept: dict[str, Any] = {name: text[: _LONGEST.get(name)] for name, text in words.items()}
    return replace(line, **kept)


def _arrived(record: Record) -> None:
    if record.arrival is not None and record.received_on is None:
        raise Refused(
            vi="Đã có số đến mà chưa có ngày đến. Hãy ghi ngày đến của văn bản.",
            en="There is a number of arrival without its day. Write the day of arrival.",
        )
    if record.received_on and record.dated and record.received_on < record.dated:
        raise Refused(
            vi=f"Ngày đến {record.received_on:%d/%m/%Y} trước ngày văn bản {record.dated:%d/%m/%Y}. Hãy xem lại.",
            en=f"It arrived on {record.received_on:%d/%m/%Y}, before its own day {record.dated:%d/%m/%Y}. Look again.",
        )


def _keep(record: Record) -> None:
    """Save with all that follows from the fields; two lines never bear one number."""
    settle(record)
    same = Record.objects.filter(holder=record.holder, year=record.year).exclude(pk=record.pk)
    if record.arrival is not None and (other := same.filter(arrival=record.arrival).first()):
        raise Refused(
            vi=f"Số đến {record.arrival} năm {record.year} đã ghi cho “{other}”. Hãy xem lại sổ và ghi số khác.",
            en=f"Number of arrival {record.arrival} of {record.year} is that of “{other}”. Look into the register.",
        )
    if taken := number_taken(record):
        raise _taken(taken)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as trouble:  # somebody else took the number at the same moment
        raise Refused(
            vi="Số này vừa được ghi cho văn bản khác. Hãy mở lại sổ rồi ghi số khác.",
            en="The number has just been given to another document. Open the register again.",
        ) from trouble
    index(record)


def _taken(other: Record) -> Refused:
    return Refused(
        vi=f"Số {other.symbol} năm {other.year} đã ghi cho “{other.subject or other}”. Hãy xem lại sổ văn bản đi.",
        en=f"Number {other.symbol} of {other.year} is that of “{other.subject or other}”. Look into the register.",
    )


def _merge(by: User, record: Record) -> None:
    """Lines that were only cited and turn out to mean this document."""
    told = Meant(
        record.type, record.symbol, record.issuer, record.dated.isoformat() if record.dated else "", record.subject
    )
    same = [one for one in same_as(record.holder, told, but=record) if one.direction == Direction.CITED]
    if record.key and same and record.direction != Direction.CITED:
        gone = absorb(record, same)
        audit.record(by, "documents.record.merged", record, gone=gone)


def _told(record: Record) -> dict[str, Any]:
    names = ("direction", "type", "symbol", "issuer", "signer", "post", "subject", "urgency", "arrival", "note")
    told: dict[str, Any] = {name: getattr(record, name) for name in names if getattr(record, name)}
    days = {"dated": record.dated, "received_on": record.received_on}
    return told | {name: day.isoformat() for name, day in days.items() if day}

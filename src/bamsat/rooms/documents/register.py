# SPDX-License-Identifier: Apache-2.0
"""The register as the machine fills it: what was read is proposed as a line, what it cites is found or noted.

Nothing here makes up a number: those of issued documents and of arrivals come from the office's own register.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts import audit
from bamsat.rooms.directory.models import BodyVersion
from bamsat.rooms.documents.indexing import index, unindex
from bamsat.rooms.documents.models import Direction, Document, ReadCitation, Record, RecordWords, Relation, Urgency
from bamsat.rooms.documents.register_keys import day_of, key_of, number_of, one_day, one_issuer, one_text, year_of
from bamsat.rooms.places.models import Kind, Place

if TYPE_CHECKING:
    from bamsat.core.terms.directive import Letterhead

_ONE = ("named", "nested", "certificate")  # kinds of citation that mean one document
_DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Meant:
    """A document as somebody tells of it."""

    type: str = ""
    symbol: str = ""
    issuer: str = ""
    date: str = ""  # a day, or a year alone
    subject: str = ""


def propose(document: Document, head: Letterhead | None) -> Record | None:
    """The line of the register for a document that was just read, where its head says enough; then what it cites."""
    holder = document.office
    if holder is None:
        return None
    record = Record.objects.filter(document=document).first()  # a person gave a line this file
    if record is not None:
        _learn(record, head)
    elif head and _says_enough(head):
        record = _proposed(document, holder, head)
    resolve(document, record, holder)
    return record


def _says_enough(head: Letterhead) -> bool:
    return bool(head.symbol or (head.type and head.issuer))


def _proposed(document: Document, holder: Place, head: Letterhead) -> Record:
    told = Meant(head.type, head.symbol, head.issuer, head.date, head.subject)
    direction = Direction.ISSUED if is_own(holder, head.issuer, head.above) else Direction.RECEIVED
    found = same_as(holder, told)
    record = next((one for one in found if one.document_id is None), None)
    if record is None and found:
        return found[0]  # another file of a document that has its line
    record = record or Record(holder=holder)
    _fill(record, document, direction, head)
    settle(record)
    if taken := number_taken(record):
        return taken
    record.save()
    index(record)
    audit.record(document.uploaded_by, "documents.record.read", record, document=document.pk)
    return record


def _learn(record: Record, head: Letterhead | None) -> None:
    """A line that a person entered keeps what they said; the file fills in what they left open."""
    if head is not None and record.document is not None:
        _fill(record, record.document, record.direction, head)
        settle(record)
        record.save()
    index(record)


def _fill(record: Record, document: Document, direction: str, head: Letterhead) -> None:
    """What was read, except where a person said something before."""
    by_hand = record.confirmed_at is not None
    said = {
        "type": head.type[:60], "symbol": head.symbol[:80], "issuer": head.issuer[:300], "signer": head.signer[:200],
        "post": head.post[:200], "subject": head.subject, "dated": day_of(head.date),
        "urgency": head.urgency if head.urgency in Urgency.values else "",
    }  # fmt: skip
    for name, value in said.items():
        if value and not (by_hand and getattr(record, name)):
            setattr(record, name, value)
    if not by_hand:
        record.direction = direction
        record.received_on = timezone.localdate(document.uploaded_at) if direction == Direction.RECEIVED else None
    record.document, record.as_read = document, head.as_json()


def number_taken(record: Record) -> Record | None:
    """The other issued document that bears the number of this one."""
    if record.direction != Direction.ISSUED or not record.number:
        return None
    same = Record.objects.filter(
        holder=record.holder, year=record.year, key=record.key, direction=Direction.ISSUED
    ).exclude(number="")
    return same.exclude(pk=record.pk).first()


def settle(record: Record) -> None:
    """Bring into step what follows from the other fields: key, number, year, the day by which it is filed."""
    record.key, record.number = key_of(record.symbol), number_of(record.symbol)
    own_year = record.dated.year if record.dated else record.year
    record.year = record.received_on.year if record.received_on else own_year
    january = date(record.year, 1, 1) if record.year else None
    entered = timezone.localdate(record.entered_at)
    record.filed_on = record.received_on or record.dated or january or entered


def is_own(holder: Place, issuer: str, above: str = "") -> bool:
    """Whether the body that issued a document is the office that keeps the register."""
    name = fold(issuer)
    if not name:
        return False
    if holder.kind == Kind.COMMUNE:
        bare = fold(holder.name)
        return one_issuer(issuer, f"Ủy ban nhân dân {holder.name}") and bare.split()[-1] in name
    names = _own_names(holder) or [f"Sở Công Thương {holder.name}"]
    elsewhere = fold(above) and fold(holder.name).removeprefix("tinh ").removeprefix("thanh pho ") not in fold(above)
    return name.startswith("so cong thuong") and not elsewhere and any(one_issuer(issuer, each) for each in names)


def own_name(holder: Place) -> str:
    """What the office that keeps the register is called, as far as the directory knows."""
    return next(iter(_own_names(holder)), "")


def _own_names(holder: Place) -> list[str]:
    known = BodyVersion.objects.filter(body__place=holder, body__kind=_DEPARTMENT).order_by("-valid_from", "-pk")
    return [each for each in known.values_list("name", flat=True) if "cong thuong" in fold(each)]


# What is cited.


def resolve(document: Document, record: Record | None, holder: Place) -> None:
    """Tie each citation to the document of the register that it means; one that nobody has yet is noted once."""
    for citation in document.citations.order_by("ordinal"):
        target = _meant_by(citation, holder)
        if target is None:
            continue
        ReadCitation.objects.filter(pk=citation.pk).update(record=target)
        if record is not None and record.pk != target.pk:
            Relation.objects.get_or_create(
                of=record, to=target, kind=citation.relation, defaults={"citation": citation}
            )


def _meant_by(citation: ReadCitation, holder: Place) -> Record | None:
    told = Meant(citation.type, citation.symbol, citation.issuer, citation.date, citation.about)
    # What is only named within another's title ("phê duyệt Chương trình ...") comes with that one, on the same paper.
    by_name = citation.kind != "nested" and told.type and told.issuer and (told.date or told.subject)
    tells_apart = told.symbol or by_name
    if citation.kind not in _ONE or not tells_apart or ";" in told.symbol:
        return None
    found = same_as(holder, told)
    if len(found) > 1:
        return None  # several could be meant; a person may say which
    return _completed(found[0], told) if found else _noted(citation, told, holder)


def _noted(citation: ReadCitation, told: Meant, holder: Place) -> Record:
    record = Record(
        direction=Direction.CITED, holder=holder, type=told.type, symbol=told.symbol, issuer=told.issuer,
        subject=told.subject, dated=day_of(told.date), year=year_of(told.date), as_read=citation.as_read,
    )  # fmt: skip
    settle(record)
    record.save()
    index(record)
    return record


def _completed(record: Record, told: Meant) -> Record:
    """One that is only cited learns from each who cites it; a line of the office's own does not."""
    if record.direction != Direction.CITED or record.confirmed_at is not None:
        return record
    said = {"type": told.type, "issuer": told.issuer, "subject": told.subject, "dated": day_of(told.date)}
    news = {name: value for name, value in said.items() if value and not getattr(record, name)}
    if news:
        for name, value in news.items():
            setattr(record, name, value)
        settle(record)
        record.save()
        index(record)
    return record


def same_as(holder: Place, told: Meant, but: Record | None = None) -> list[Record]:
    """The lines of an office's register that mean this document; several, where it cannot be told which."""
    if key := key_of(told.symbol):
        rows = Record.objects.filter(holder=holder, key=key)
    elif exact := day_of(told.date):
        rows = Record.objects.filter(holder=holder, type=told.type, dated=exact)
    elif told.subject:
        rows = Record.objects.filter(holder=holder, type=told.type, subject__iexact=told.subject)
    else:
        return []
    found = [one for one in rows.order_by("pk") if one.pk != (but.pk if but else None) and _agrees(one, told)]
    return _nearest(found, told)


def _agrees(record: Record, told: Meant) -> bool:
    if not one_day(record.dated, record.year, told.date) or not one_issuer(record.issuer, told.issuer):
        return False
    if told.symbol and record.key:
        return True
    named = record.issuer and told.issuer and fold(record.type) == fold(told.type)
    apart = record.subject and told.subject and not one_text(record.subject, told.subject)
    return bool(named) and not (apart and not day_of(told.date))


def _nearest(found: list[Record], told: Meant) -> list[Record]:
    """Of several, those that agree in more than they must."""
    tests = (
        lambda one: one.dated is not None and one.dated == day_of(told.date),
        lambda one: bool(one.issuer) and fold(one.issuer) == fold(told.issuer),
        lambda one: one.direction != Direction.CITED,
    )
    for test in tests:
        if len(found) > 1:
            found = [one for one in found if test(one)] or found
    return found


# Two lines that mean one document.


def absorb(record: Record, others: Iterable[Record]) -> list[int]:
    """Let a line take the place of others that were only cited: what points to those points to it; ids of those gone.

    Rows of rooms above point to records too; the tables themselves say which.
    """
    gone = []
    for other in others:
        _take_relations(record, other)
        unindex(other)
        for link in Record._meta.related_objects:
            if link.related_model not in (Relation, RecordWords):
                rows = link.related_model._default_manager.filter(**{link.field.name: other})
                rows.update(**{link.field.name: record})
        gone.append(other.pk)
        other.delete()
    return gone


def _take_relations(record: Record, other: Record) -> None:
    for relation in Relation.objects.filter(Q(of=other) | Q(to=other)):
        of = record if relation.of_id == other.pk else relation.of
        to = record if relation.to_id == other.pk else relation.to
        if of != to:
            told = {"citation": relation.citation, "by": relation.by}
            Relation.objects.get_or_create(of=of, to=to, kind=relation.kind, defaults=told)
        relation.delete()

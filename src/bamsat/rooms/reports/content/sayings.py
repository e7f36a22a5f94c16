# SPDX-License-Identifier: Apache-2.0
"""Figures that have no name in the catalogue, told in the sentence of the document that states them.

Such a figure is called only what the reader took for its name. Its document says it better: the sentence is told once,
with each of its numbers in place; only where every number of the sentence is an approved entry of the place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse

from bamsat.core.report.facts import Fact
from bamsat.core.report.names import capital
from bamsat.core.report.outline import Piece, Told, Words
from bamsat.core.terms.period import Period
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure
from bamsat.rooms.documents.queries import visible
from bamsat.rooms.figures.models import DEPARTMENT, Confirmation, Entry
from bamsat.rooms.figures.queries import standing
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.reports.content.facts import status_of, written_as
from bamsat.rooms.reports.content.ledger import Ledger
from bamsat.rooms.situation.quoting import sentence_at

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LONGEST = 400  # characters of a sentence
_SAME = ("measure", "unit", "status", "period", "base", "hedge")  # what a correction may not have changed
_MARK = re.compile(r"(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))\s+")  # what lists open with
_SPEAKER = re.compile(r"(?:P\.?\s?V|Phóng viên|(?:Ông|Bà|Đồng chí)\s[^:.;]{2,40}):\s*")
# Said by a person, or of one: no sentence of a department's report.
_PERSONAL = re.compile(r"(?i:\b(?:tôi|chúng tôi|chúng ta)\b)|\b(?:[Ôô]ng|[Bb]à|đồng chí)\s+[A-ZĐÀ-Ỹ]")
_TOLD_DONE = ("actual", "estimate")


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of a document, its numbers in place."""

    document: int
    start: int
    pieces: tuple[Piece, ...]


def sayings(user: User | AnonymousUser, ledger: Ledger, told: Iterable[str]) -> dict[str, Saying]:
    """By entry: the sentence that states it. A fixed number of queries, and none where nothing is to be told so."""
    wanted = {UUID(one) for one in told}
    if not wanted:
        return {}
    said = Q(entries__uuid__in=wanted) | Q(confirmations__entry__uuid__in=wanted)
    stating = ReadFigure.objects.filter(said, document__in=visible(user)).values("document")
    figures: dict[int, list[ReadFigure]] = defaultdict(list)
    for figure in ReadFigure.objects.filter(document__in=stating).order_by("document", "start"):
        figures[figure.document_id].append(figure)
    entries = _entries(user, ledger, [one.pk for found in figures.values() for one in found])
    made: dict[str, Saying] = {}
    for document in Document.objects.filter(pk__in=list(figures)).order_by("pk"):
        for saying, uuids in _of(document, figures[document.pk], entries, wanted, ledger):
            made |= {uuid: saying for uuid in uuids if uuid not in made}
    return made


def _entries(user: User | AnonymousUser, ledger: Ledger, figures: Sequence[int]) -> dict[int, Entry]:
    """By figure: the entry that stands for it, where the user may see it and it is of the place."""
    confirmed = dict(Confirmation.objects.filter(source__in=figures).values_list("source", "entry"))
    rows = Entry.objects.filter(Q(source__in=figures) | Q(pk__in=list(confirmed.values())))
    series = series_of(user).filter(place=ledger.place, pk__in=rows.values("series")).select_related("indicator")
    wanted = {one.pk for one in rows.only("pk")}
    there = {entry.pk: entry for entry in standing(list(series), None, ledger.known) if entry.pk in wanted}
    found = {entry.source_id: entry for entry in there.values() if entry.source_id is not None}
    return found | {figure: there[entry] for figure, entry in confirmed.items() if entry in there}


def _of(
    document: Document, figures: Sequence[ReadFigure], entries: Mapping[int, Entry], wanted: set[UUID], ledger: Ledger
) -> Iterable[tuple[Saying, list[str]]]:
    """The sentences of a document that can be told as they are, with the entries that they tell."""
    done: set[int] = set()
    for figure in figures:
        entry = entries.get(figure.pk)
        if entry is None or entry.uuid not in wanted or figure.start in done:
            continue
        begin, end = sentence_at(document.text, figure.start, figure.end)
        inside = [one for one in figures if begin <= one.start < end]
        done.update(one.start for one in inside)
        told = [(one, _fact(one, entries.get(one.pk), ledger)) for one in inside]
        pieces = _pieces(document, begin, end, [(one, fact) for one, fact in told if fact])
        if pieces and all(fact for _one, fact in told):
            yield Saying(document.pk, begin, pieces), [str(entries[one.pk].uuid) for one in inside]


def _fact(figure: ReadFigure, entry: Entry | None, ledger: Ledger) -> Fact | None:
    """The figure as the ledger holds it; None where it is not approved, or its words say something else."""
    if entry is None or figure.state != FigureState.ACCEPTED or not _as_it_was_read(figure):
        return None
    one, series = entry.series.indicator, entry.series
    status = status_of(entry.kind)
    if entry.amount != figure.value or status not in _TOLD_DONE:
        return None
    own = series.price_basis if series.price_basis != one.price_basis else ""
    size, places = written_as(figure.number, entry.amount, series.unit, one) or (("", Decimal(1)), None)
    if series.unit.startswith("%") or entry.of is not None:
        size = ("", Decimal(1))
    return Fact(
        one.code, series.measure, entry.amount, series.unit, Period.parse(entry.period),
        base=Period.parse(entry.base) if entry.base else None, status=status, hedge=entry.hedge,
        value_high=entry.amount_high, of=entry.amount_of, segment=series.segment, area=ledger.place.name,
        price_basis=own, low=entry.low, high=entry.high, written=size, places=places, entries=(str(entry.uuid),),
    )  # fmt: skip


def _as_it_was_read(figure: ReadFigure) -> bool:
    """Whether the sentence still says what holds: nobody had to correct more than its name."""
    read = figure.as_read
    same = all((read.get(name) or "") == getattr(figure, name) for name in _SAME)
    return same and Decimal(str(read["value"])) == figure.value


def _pieces(document: Document, begin: int, end: int, told: Sequence[tuple[ReadFigure, Fact]]) -> tuple[Piece, ...]:
    """The sentence with its numbers; nothing where it is no sentence of a report."""
    text = document.text
    kinds = {block["kind"] for block in document.blocks if block["start"] < end and begin < block["end"]}
    for mark in (_MARK, _SPEAKER):
        if found := mark.match(text, begin, end):
            begin = found.end()
    sentence = text[begin:end]
    if not kinds <= {"paragraph", "item"} or not 0 < end - begin <= LONGEST or _PERSONAL.search(sentence):
        return ()
    theirs = document.provider != DEPARTMENT
    address = reverse("figures:reading", args=[document.uuid])
    made: list[Piece] = []
    at = begin
    for figure, fact in told:
        if figure.start < at or figure.end > end:
            return ()
        made += [Words(text[at : figure.start], source=address), Told(text[figure.start : figure.end], fact)]
        at = figure.end
    rest = text[at:end].rstrip(" .;:,\n")
    made += [Words(f"{rest}” (theo {document})." if theirs else f"{rest}.", source=address)]
    first = made[0]
    if isinstance(first, Words):
        made[0] = Words(f"“{first.text}" if theirs else capital(first.text), source=address)
    return tuple(piece for piece in made if piece.text)

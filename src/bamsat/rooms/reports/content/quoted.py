# SPDX-License-Identifier: Apache-2.0
"""Assessments and causes in a report: the notes that people entered, word for word, with where they come from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bamsat.core.report.outline import Paragraph, Piece, Words
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.places.models import Place
from bamsat.rooms.reports.content.asked import Asked
from bamsat.rooms.situation.models import Kind, Note
from bamsat.rooms.situation.queries import notes

_AHEAD = ("planned", "objective", "risk")


class Quoted:
    """The notes of a place around a period; each is quoted once in a report."""

    def __init__(self, user: User | AnonymousUser, asked: Asked, after: Period) -> None:
        self.asked = asked
        span = Period(asked.period.first, max(asked.period.last, after.last))
        self._notes = notes(user, asked.place, span, field=asked.field, known=asked.known)
        self._said: set[int] = set()

    def paragraphs(self, kinds: Sequence[str], fields: Collection[str], members: Collection[str]) -> list[Paragraph]:
        """Those of these kinds, each kind by itself; of these fields and their indicators where any are named."""
        found = []
        for kind in kinds:
            for note in self._notes:
                if note.pk not in self._said and self._fits(note, kind) and _about(note, fields, members):
                    self._said.add(note.pk)
                    found.append(_quote(note))
        return found

    def noted(self, kinds: Sequence[str], code: str, fields: Collection[str]) -> Note | None:
        """The nearest note of these kinds on an indicator, else on its field; the first kind before the others."""
        for about in (_about_one(code), lambda note: _about(note, fields, ()) and bool(fields)):
            for kind in kinds:
                for note in self._notes:
                    if self._fits(note, kind) and about(note):
                        return note
        return None

    def saying(self, kinds: Sequence[str], words: Sequence[str]) -> list[Note]:
        """Those of these kinds that say any of the words: "đề nghị"."""
        return [
            note for note in self._notes
            if any(self._fits(note, kind) for kind in kinds)
            and any(word in _words_of(note).casefold() for word in words)
        ]  # fmt: skip

    def _fits(self, note: Note, kind: str) -> bool:
        if kind not in _AHEAD and note.first_month > self.asked.period.last:
            return False
        if note.kind == Kind.SOLUTION:
            return kind == ("solution" if note.carried_out else "planned")
        return note.kind == kind


def _about(note: Note, fields: Collection[str], members: Collection[str]) -> bool:
    if not fields:
        return True
    field = note.field
    if field is not None and field.code in fields:
        return True
    return any(one.code in members for one in note.indicators.all())


def _quote(note: Note) -> Paragraph:
    text = _words_of(note).rstrip(".;")
    address = reverse("situation:note", args=[note.uuid])
    pieces: list[Piece] = [Words(f"“{text}”", quoted=True, source=address)]
    if note.measure:
        pieces += [Words("; ứng phó: "), Words(f"“{note.measure.rstrip('.;')}”", quoted=True, source=address)]
    return Paragraph((*pieces, Words(f" ({_origin(note)}).")), style="item")


def _about_one(code: str) -> Callable[[Note], bool]:
    return lambda note: any(one.code == code for one in note.indicators.all())


def quoted(note: Note, longest: int) -> Words:
    """The words of a note as far as there is room; what is left out shows."""
    text = _words_of(note).rstrip(".;")
    if len(text) > longest:
        text = f"{text[:longest].rpartition(' ')[0].rstrip(',;')} […]"
    return Words(f"“{text}”", quoted=True, source=reverse("situation:note", args=[note.uuid]))


def _words_of(note: Note) -> str:
    return " ".join((note.quote or note.text).split())


def _origin(note: Note) -> str:
    """Where the words come from: the document that they stand in, else the note itself and its day."""
    document = note.document
    if document is None:
        return f"nhận định ghi ngày {note.recorded_at:%d/%m/%Y}"
    return f"theo {document}"


def new_note(place: Place, period: Period, kind: str) -> str:
    """Where a note of a kind is written."""
    of = Kind.SOLUTION.value if kind in ("solution", "planned") else kind
    return f"{reverse('situation:new')}?noi={place.slug}&ky={period.code}&loai={of}"

# SPDX-License-Identifier: Apache-2.0
"""The situation of a place and period on one page: notes by kind, what answers what, where objectives stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.documents import queries as documents
from bamsat.rooms.documents.models import ReadFigure, ReadStatement
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.numbers import entry_number
from bamsat.rooms.places.models import Place
from bamsat.rooms.situation import queries, standing
from bamsat.rooms.situation.models import Kind, Note
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """A note with what a page tells beside it."""

    note: Note
    about: list[Note]  # what it speaks about
    answers: list[Note]  # its causes, and the solutions that answer it
    targets: list[standing.Line]
    source: str = ""  # the address of its words in the document, where the user may see that
    parts: list[Line] = field(default_factory=list)  # of an objective

    @property
    def quotes_only(self) -> bool:
        """Whether its words are the document's own."""
        return bool(self.note.quote) and self.note.quote == self.note.text

    @property
    def causes(self) -> list[Note]:
        return [one for one in self.answers if one.kind == Kind.CAUSE]

    @property
    def solutions(self) -> list[Note]:
        return [one for one in self.answers if one.kind == Kind.SOLUTION]


@dataclass(frozen=True, slots=True)
class Situation:
    """All that is noted of a place and period, as far as the user may see it."""

    place: Place
    period: Period
    lines: list[Line]
    counts: Counter[str]
    fields: list[tuple[str, str, int]]  # code, name, how many

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.note.kind == kind]

    @property
    def difficulties(self) -> list[Line]:
        return self.of(Kind.DIFFICULTY)

    @property
    def advantages(self) -> list[Line]:
        return self.of(Kind.ADVANTAGE)

    @property
    def causes(self) -> list[Line]:
        return self.of(Kind.CAUSE)

    @property
    def risks(self) -> list[Line]:
        """The highest level first; those that nobody judged last."""
        return sorted(self.of(Kind.RISK), key=lambda line: -(line.note.likelihood or 0) * (line.note.impact or 0))

    @property
    def carried_out(self) -> list[Line]:
        done = [line for line in self.of(Kind.SOLUTION) if line.note.carried_out_on]
        return sorted(done, key=lambda line: str(line.note.carried_out_on), reverse=True)

    @property
    def planned(self) -> list[Line]:
        return [line for line in self.of(Kind.SOLUTION) if not line.note.carried_out_on]

    @property
    def objectives(self) -> list[Line]:
        """As trees: each objective under the one that it is part of, where that is on the page too."""
        return _trees(self.of(Kind.OBJECTIVE))


def situation(
    user: User | AnonymousUser, place: Place, period: Period, of_field: str = "", kind: str = "",
    known: datetime | None = None,
) -> Situation:  # fmt: skip
    """Notes of one kind, if one is named, and of one field; how many there are is told of all."""
    every = queries.notes(user, place, period, known=known)
    named = {note.field.code: note.field for note in every if note.field}
    chosen = queries.notes(user, place, period, field=named[of_field], known=known) if of_field in named else every
    shown = [note for note in chosen if kind in ("", note.kind)]
    return Situation(
        place, period, lines(user, shown, known), Counter(note.kind for note in chosen), _fields(every, named)
    )


def _fields(notes: Sequence[Note], named: dict[str, IndicatorSet]) -> list[tuple[str, str, int]]:
    counts = Counter(note.field.code for note in notes if note.field)
    ordered = sorted(named.values(), key=lambda one: (one.order, one.code))
    return [(one.code, one.name, counts[one.code]) for one in ordered]


def lines(user: User | AnonymousUser, notes: Sequence[Note], known: datetime | None = None) -> list[Line]:
    """Notes with their links; the same number of queries however many there are."""
    spoken = queries.said_by(user, {thread.pk for note in notes for thread in note.about.all()}, known)
    answers = _answers(user, notes, known)
    targets = standing.lines_of(user, notes, known)
    sources = _sources(user, notes)
    return [
        Line(
            note, [spoken[one.pk] for one in note.about.all() if one.pk in spoken], answers.get(note.thread_id, []),
            targets[note.pk], sources.get(note.pk, ""),
        )
        for note in notes
    ]  # fmt: skip


def _answers(user: User | AnonymousUser, notes: Sequence[Note], known: datetime | None) -> dict[int, list[Note]]:
    threads = {note.thread_id for note in notes}
    found = queries.told(queries.visible(user, known).filter(about__in=threads).distinct()).order_by("pk")
    made: dict[int, list[Note]] = defaultdict(list)
    for note in found:
        for thread in note.about.all():
            made[thread.pk].append(note)
    return made


def _sources(user: User | AnonymousUser, notes: Iterable[Note]) -> dict[int, str]:
    """Where the words of each note stand, for those whose document the user may see."""
    quoting = [note for note in notes if note.document_id]
    if not quoting:
        return {}
    seen = documents.visible(user).filter(pk__in={note.document_id for note in quoting})
    uuids = dict(seen.values_list("pk", "uuid"))
    statements, figures = _marks(ReadStatement, uuids), _marks(ReadFigure, uuids)
    made = {}
    for note in quoting:
        if note.document_id in uuids:
            address = reverse("figures:reading", args=[uuids[note.document_id]])
            made[note.pk] = address + _anchor(note, statements, figures)
    return made


_Marks = dict[int, list[tuple[int, int, int]]]


def _marks(model: type[ReadStatement] | type[ReadFigure], among: Iterable[int]) -> _Marks:
    """Start, end and number of what was read in these documents."""
    found: _Marks = defaultdict(list)
    rows = model._default_manager.filter(document__in=list(among)).order_by("ordinal")
    for document, start, end, ordinal in rows.values_list("document_id", "start", "end", "ordinal"):
        found[document].append((start, end, ordinal))
    return found


def _anchor(note: Note, statements: _Marks, figures: _Marks) -> str:
    """The place on the reading page: the first statement, else the first figure, inside the quotation."""
    if note.start is None or note.end is None or note.document_id is None:
        return ""

    def first(marks: _Marks) -> int | None:
        inside = (mark for start, end, mark in marks.get(note.document_id or 0, ()) if _meets(note, start, end))
        return next(inside, None)

    if statement := first(statements):
        return f"#nhan-dinh-{statement}"
    figure = first(figures)
    return f"?so={figure}#cau-{figure}" if figure else ""


def _meets(note: Note, start: int, end: int) -> bool:
    return start < (note.end or 0) and end > (note.start or 0)


def _trees(objectives: Sequence[Line]) -> list[Line]:
    fresh = [replace(line, parts=[]) for line in objectives]
    by_thread = {line.note.thread_id: line for line in fresh}
    roots: list[Line] = []
    for line in sorted(fresh, key=lambda line: (-line.note.span.length, line.note.first_month, line.note.pk)):
        above = by_thread.get(line.note.parent_id) if line.note.parent_id else None
        (above.parts if above else roots).append(line)
    return roots


def lede(found: Situation) -> str:
    """What matters first, in one or two sentences."""
    counts, said = found.counts, []
    if counts[Kind.DIFFICULTY] or counts[Kind.ADVANTAGE]:
        n, more = counts[Kind.DIFFICULTY], counts[Kind.ADVANTAGE]
        said.append(
            _("%(difficulties)s và %(advantages)s.") % {
                "difficulties": ngettext("%(n)s khó khăn", "%(n)s khó khăn", n) % {"n": n},
                "advantages": ngettext("%(n)s thuận lợi", "%(n)s thuận lợi", more) % {"n": more},
            }
        )  # fmt: skip
    high = sum(1 for line in found.risks if line.note.level and line.note.level.code == "high")
    if counts[Kind.RISK]:
        risks = ngettext("%(n)s rủi ro", "%(n)s rủi ro", counts[Kind.RISK]) % {"n": counts[Kind.RISK]}
        said.append(_("%(risks)s, trong đó %(high)s ở mức cao.") % {"risks": risks, "high": high})
    if counts[Kind.SOLUTION]:
        done = len(found.carried_out)
        said.append(_("Đã thực hiện %(done)s/%(all)s giải pháp.") % {"done": done, "all": counts[Kind.SOLUTION]})
    return " ".join(said)


def target_told(entry: Entry) -> str:
    """A target in one line: "Giá trị sản xuất công nghiệp, năm 2021: 5.300 tỷ đồng"."""
    number, unit = entry_number(entry)
    amount = f"{number}%" if unit == "%" else f"{number} {unit}".strip()
    return f"{entry.series.indicator.name}, {words.period(entry.period)}: {amount}"

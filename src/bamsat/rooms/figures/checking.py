# SPDX-License-Identifier: Apache-2.0
"""What was read in a document, checked: against itself, against the ledger of its place, and against the past."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from bamsat.core.check.model import Report, Stated
from bamsat.core.check.stated import stated_of
from bamsat.core.read.document import Block
from bamsat.core.read.document import Document as Source
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.figure import Figure, Reading, Statement
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure, ReadStatement
from bamsat.rooms.documents.reading import day_of_names
from bamsat.rooms.figures.knowledge import knowledge
from bamsat.rooms.figures.known_stated import history_stated, known_stated, place_key
from bamsat.rooms.figures.models import Entry, Latest
from bamsat.rooms.figures.shown import name_of, names_for
from bamsat.rooms.findings.actions import Kept, Stands, keep
from bamsat.rooms.findings.models import Origin
from bamsat.rooms.places.queries import Named, named
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

log = logging.getLogger(__name__)
# How hard it is to believe that a figure is wrong, beside 1 for one that nobody has looked at.
_WEIGHTS = {FigureState.CHECKED: Decimal(2), FigureState.ACCEPTED: Decimal(4)}
MOST_PERIODS = 60  # of the ledger, beside one document
PATIENCE = 60.0  # seconds that contradictions are looked for by a worker
MOST_TIMES = 50  # that a document tells one thing
TRIES = 3


def check_document(document: Document, by: User | None = None, patience: float = PATIENCE) -> Kept | None:
    """Check a document as its figures stand now, and keep what is found; nothing for one that was not read.

    A fault of the check goes to the log and leaves what was found before: nobody's work waits for it.
    """
    if document.read_at is None:
        return None
    for _ in range(TRIES):
        figures = _figures(document)
        stated = stated_figures(document, figures)
        known = _known(document, figures)
        try:
            report = _report(document, figures, stated, known, patience)
        except Exception:
            log.exception("checking document %s failed", document.uuid)
            return None
        if (kept := _keep_if_still_so(document, figures, report, by)) is not None:
            return kept
    return None  # whoever changes the figures all the time has them checked each time


def _figures(document: Document) -> list[ReadFigure]:
    """What stands of a document; what it says over and over, as no report does, some times."""
    times: Counter[tuple[str, ...]] = Counter()
    found = []
    for row in document.figures.exclude(state=FigureState.REJECTED).order_by("ordinal"):
        thing = (row.indicator, row.segment, row.measure, row.unit, row.area, row.period, row.base, row.status)
        times[thing] += 1
        if times[thing] <= MOST_TIMES:
            found.append(row)
    return found


def _keep_if_still_so(
    document: Document, figures: Sequence[ReadFigure], report: Report, by: User | None
) -> Kept | None:
    """Keep what was found, unless the figures were changed while they were checked: that check would say what is no
    longer so, after another that said what is."""
    with transaction.atomic():
        list(Document.objects.select_for_update(of=("self",)).filter(pk=document.pk).values_list("pk"))
        if _signs(_figures(document)) != _signs(figures):
            return None
        return keep(
            report, origin=Origin.DOCUMENT, document=document, place=document.office, period=document.period or "",
            parts=_stands(document, figures, report.stated), by=by,
        )  # fmt: skip


def _signs(figures: Iterable[ReadFigure]) -> list[tuple[int, str, Figure]]:
    return [(row.pk, row.state, figure_of(row)) for row in figures]


def _report(
    document: Document, figures: Sequence[ReadFigure], stated: list[Stated], known: list[Stated], patience: float
) -> Report:
    # The solver is loaded by those who check, not by every page.
    from bamsat.core.check.checking import check

    said = [_statement(row, document.name) for row in document.statements.order_by("ordinal")]
    dated = {document.name: document.dated.isoformat()} if document.dated else None
    whole = check([*stated, *known], said, knowledge(document.place), _history(document, figures), dated, patience)
    own = {one.key for one in stated}
    return Report(tuple(found for found in whole.findings if own.intersection(found.figures)), whole.stated)


# ---- what the document says


def stated_figures(document: Document, figures: Sequence[ReadFigure]) -> list[Stated]:
    """The figures as they stand after corrections, with the words around them; keys are those of their rows."""
    source = Source(document.name, document.media, document.text, tuple(Block(**one) for one in document.blocks))
    told = tuple(figure_of(row, document.name) for row in figures)
    places = _Places(document)
    taken = stated_of(Reading(source, told, (), None, document.period), str(document))
    return [
        replace(one, key=str(row.uuid), place=places.key(row), weight=_WEIGHTS.get(FigureState(row.state), Decimal(1)))
        for one, row in zip(taken, figures, strict=True)
    ]


def figure_of(row: ReadFigure, name: str = "") -> Figure:
    """A row as the figure that it says now."""
    return Figure(
        doc=name, start=row.start, end=row.end, number=row.number, label=row.label, indicator=row.indicator,
        segment=row.segment or None, measure=row.measure, value=row.value, value_high=_number(row.value_high),
        of=_number(row.of), unit=row.unit, lower=Decimal(row.lower or row.value_text),
        upper=Decimal(row.upper or row.value_text), status=row.status, hedge=row.hedge or None, area=row.area or None,
        period=row.period or None, base=row.base or None, price_basis=row.price_basis or None,
        inferred=tuple(row.inferred), doubt=row.doubt or None, at=row.at,
    )  # fmt: skip


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _statement(row: ReadStatement, name: str) -> Statement:
    return Statement(
        doc=name, start=row.start, end=row.end, text=row.text, indicator=row.indicator, sign=row.sign,
        period=row.period or None, base=row.base or None, at=row.at,
    )  # fmt: skip


class _Places:
    """What the check calls the places that a document names, each name looked up once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._named: dict[str, Named] = {}

    def key(self, row: ReadFigure) -> str:
        if not row.area:
            return place_key(self.document.place) if self.document.place else ""
        if row.area not in self._named:
            self._named[row.area] = named(row.area)
        place = self._named[row.area].on(day_of_names(row.period, self.document.dated))
        return place_key(place) if place else fold(row.area)


# ---- what is known beside it


def _known(document: Document, figures: Sequence[ReadFigure]) -> list[Stated]:
    """What the ledger says of the same indicators at the same place in the periods that the document speaks of;
    without the entries that the document itself made or confirmed, which say nothing that it does not say."""
    if document.place is None:
        return []
    told = Counter(code for row in figures for code in (row.period, row.base) if code)
    periods = {code for code, _count in told.most_common(MOST_PERIODS)}
    if not periods:
        return []
    found = known_stated(document.place, periods, {row.indicator for row in figures})
    own = _own_entries(document) if found else set()
    return [one for one in found if one.key not in own]


def _own_entries(document: Document) -> set[str]:
    """The entries that stand now where the document once made or confirmed one: what replaced its number since is a
    decision, and no contradiction."""
    said = Entry.objects.filter(Q(source__document=document) | Q(confirmations__source__document=document))
    lines = set(said.order_by().values_list("series", "period", "base", "kind", "vintage"))
    if not lines:
        return set()
    series, periods = {line[0] for line in lines}, {line[1] for line in lines}
    standing = Latest.objects.filter(series__in=series, period__in=periods)
    rows = standing.values_list("series", "period", "base", "kind", "vintage", "entry__uuid")
    return {f"entry:{row[5]}" for row in rows if row[:5] in lines}


def _history(document: Document, figures: Sequence[ReadFigure]) -> list[Stated]:
    place, before = document.place, _period_of(document, figures)
    if place is None or before is None:
        return []
    return history_stated(place, {row.indicator for row in figures if row.period == before.code}, before)


def _period_of(document: Document, figures: Iterable[ReadFigure]) -> Period | None:
    """The period that most figures of the document speak of."""
    told = Counter(row.period for row in figures if row.period)
    for code in (document.period, *(code for code, _count in told.most_common(1))):
        try:
            if code and code in told:
                return Period.parse(code)
        except BamsatError:
            continue
    return None


# ---- where each figure stands


def _stands(document: Document, figures: Sequence[ReadFigure], stated: Iterable[Stated]) -> Mapping[str, Stands]:
    """In Vietnamese, whatever the language of whoever reads first."""
    rows = {str(row.uuid): row for row in figures}
    names = names_for(figures)
    source = str(document)
    stands: dict[str, Stands] = {}
    with translation.override("vi"):
        for one in stated:
            if row := rows.get(one.key):
                stands[one.key] = Stands(row, label=_label(name_of(row, names), row.measure, row.period), source=source)
            elif one.key.startswith("entry:"):
                stands[one.key] = entry_stands(one)
    return stands


def entry_stands(one: Stated) -> Stands:
    """Where a figure stands that is an entry of the ledger."""
    label = _label(one.figure.label, one.figure.measure, one.figure.period)
    return Stands(entry=UUID(one.key.partition(":")[2]), label=label, source=one.source)


def _label(name: str, measure: str, period: str | None) -> str:
    said = "" if measure == "level" else words.measure(measure)
    return ", ".join(each for each in (name, said, words.period(period)) if each)

# SPDX-License-Identifier: Apache-2.0
"""A document with all that was read in it, held once for the parts of an answer of the reading page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from bamsat.rooms.documents import queries
from bamsat.rooms.documents.models import Document, ReadFigure
from bamsat.rooms.figures import shown
from bamsat.rooms.figures.found import Found
from bamsat.rooms.findings.queries import loudest
from bamsat.ui import paper

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that was read in one document, held once for the parts of an answer."""

    document: Document
    figures: list[ReadFigure]
    loud: dict[int, str]  # of figures that an open finding speaks of: "error" or "question"

    @classmethod
    def of(cls, document: Document, found: Found) -> Sheet:
        return cls(document, list(queries.figures_of(document)), found.loud)

    @classmethod
    def outline(cls, user: User | AnonymousUser, document: Document) -> Sheet:
        """Only where the figures stand and in what state: enough to answer about one of very many."""
        rows = queries.figures_of(document).only("ordinal", "state", "start", "end", "document_id")
        return cls(document, list(rows), loudest(user, document))

    @property
    def by_ordinal(self) -> dict[int, ReadFigure]:
        return {figure.ordinal: figure for figure in self.figures}


def conflicts(sheet: Sheet, tally: queries.Tally) -> dict[str, int]:
    """How many of the figures that wait for a look cannot all be true, and how many of each state are without them."""
    states = Counter(figure.state for figure in sheet.figures if shown.conflicts(figure, sheet.loud))
    count = sum(states.values())
    without = {state: getattr(tally, state) - states[state] for state in ("waiting", "doubt", "editing", "returned")}
    return without | {
        "count": count,
        "bad": count + without["returned"],
        "under_way": tally.checked + without["editing"],
    }


def pieces(sheet: Sheet, current: int | None) -> list[dict[str, Any]]:
    document, by_ordinal = sheet.document, sheet.by_ordinal
    found = list(queries.statements_of(document))
    said_ = [(one.start, one.end, one.ordinal) for one in found]
    arrows = {one.ordinal: shown.SIGNS.get(one.sign, ("·",))[0] for one in found}
    laid = paper.lay_out(document.text, document.blocks, document.tables, shown.marks_of(sheet.figures), said_)

    def run(one: paper.Run) -> dict[str, Any]:
        mark = shown.mark_shown(one.mark, one.text, by_ordinal, current, sheet.loud) if one.mark else None
        return {"text": one.text, "mark": mark, "run": one, "arrow": arrows.get(one.statement)}

    return [
        {
            "piece": piece,
            "runs": [run(one) for one in piece.runs],
            "rows": [
                {
                    "head": row.head,
                    "left_out": row.left_out,
                    "cells": [{"cell": cell, "runs": [run(one) for one in cell.runs]} for cell in row.cells],
                }
                for row in piece.rows
            ],
        }
        for piece in laid
    ]


def marks_of(sheet: Sheet, figures: Collection[ReadFigure]) -> list[shown.MarkShown]:
    wanted = {figure.ordinal: figure for figure in figures}
    marks = [mark for mark in shown.marks_of(sheet.figures) if not wanted.keys().isdisjoint(mark.ordinals)]
    # The text of a long document is fetched only for a number that tells several figures.
    return [
        shown.mark_shown(
            mark,
            wanted[mark.ordinals[0]].number if len(mark.ordinals) == 1 else sheet.document.text[mark.start : mark.end],
            sheet.by_ordinal,
            loud=sheet.loud,
        )
        for mark in marks
    ]

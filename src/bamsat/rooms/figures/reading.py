# SPDX-License-Identifier: Apache-2.0
"""The reading page: the document on the left, what was understood on the right, and what a person says to it.

Each address answers a whole page, or, to htmx, only the parts that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.catalogue.queries import providers
from bamsat.rooms.documents import queries
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure, State
from bamsat.rooms.figures import actions, shown
from bamsat.rooms.figures.corrections import CorrectionRefused
from bamsat.rooms.figures.drafts import Desk
from bamsat.rooms.figures.forms import CorrectionForm
from bamsat.rooms.places.rights import Function, may
from bamsat.ui import paper, words

# What the page asks before it acts on many figures at once, by what its address says.
ASKS = {"nhan-het": "figures/ask.html", "duyet-het": "figures/ask_approval.html"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that was read in one document, held once for the parts of an answer."""

    document: Document
    figures: list[ReadFigure]

    @classmethod
    def of(cls, document: Document) -> Sheet:
        return cls(document, list(queries.figures_of(document)))

    @classmethod
    def outline(cls, document: Document) -> Sheet:
        """Only where the figures stand and in what state: enough to answer about one of very many."""
        return cls(document, list(queries.figures_of(document).only("ordinal", "state", "start", "end", "document_id")))

    @property
    def by_ordinal(self) -> dict[int, ReadFigure]:
        return {figure.ordinal: figure for figure in self.figures}


@may(Function.READ)
@require_GET
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    document = document_or_404(request, uuid)
    if document.state != State.READ:
        return render(request, "figures/not_read.html", {"document": document, "kind": shown.kind_of_file(document)})
    if request.headers.get("HX-Request"):
        # The page that waited for the reading to end: it comes again as a whole.
        return HttpResponse(headers={"HX-Refresh": "true"})
    sheet = Sheet.of(document)
    current = _asked_for(request, sheet)
    context = progress_of(request, sheet) | {
        "kind": shown.kind_of_file(document),
        "providers": list(providers()),
        "pieces": _pieces(sheet, current),
        "groups": shown.groups(sheet.figures, shown.names_for(sheet.figures), current),
        "statements": shown.statements(queries.statements_of(document)),
        "current": current,
    }
    if current:
        context |= _card(request, document, sheet.by_ordinal[current], "sua" in request.GET)
    context["asks"] = ASKS.get(request.GET.get("hoi", ""))
    return render(request, "figures/reading.html", context)


@may(Function.READ)
@require_GET
def card(request: HttpRequest, uuid: UUID, ordinal: int) -> HttpResponse:
    """One figure opened, to look at or to correct."""
    document, figure = _figure(request, uuid, ordinal)
    edits = "sua" in request.GET
    if not request.headers.get("HX-Request"):
        return redirect(address_of(document, ordinal, edits))
    return render(request, "figures/card.html", _card(request, document, figure, edits))


@may(Function.JUDGE)
@require_POST
def accept(request: HttpRequest, uuid: UUID, ordinal: int) -> HttpResponse:
    return act_on(request, uuid, ordinal, lambda figure: actions.accept(request.user, figure))  # type: ignore[arg-type]


@may(Function.JUDGE)
@require_POST
def reject(request: HttpRequest, uuid: UUID, ordinal: int) -> HttpResponse:
    reason = request.POST.get("ly-do", "").replace("\0", "")[:1000]  # PostgreSQL keeps no NUL
    return act_on(request, uuid, ordinal, lambda figure: actions.reject(request.user, figure, reason))  # type: ignore[arg-type]


@may(Function.JUDGE)
@require_POST
def reopen(request: HttpRequest, uuid: UUID, ordinal: int) -> HttpResponse:
    """Undo: a rejected figure is looked at again."""
    return act_on(request, uuid, ordinal, lambda figure: actions.reopen(request.user, figure), stay=True)  # type: ignore[arg-type]


@may(Function.JUDGE)
@require_POST
def correct(request: HttpRequest, uuid: UUID, ordinal: int) -> HttpResponse:
    """Save a correction; with "nhan", accept it at once and go on to the next figure."""
    document, figure = _figure_to_judge(request, uuid, ordinal)
    form = CorrectionForm(figure, request.POST)
    if form.is_valid():
        try:
            actions.correct(request.user, figure, **form.changes())  # type: ignore[arg-type]
        except CorrectionRefused as refused:
            form.tell(refused)
        except BamsatError as error:
            form.add_error(None, words.told(error))
    if form.errors:
        return _refused(request, document, figure, form)
    if "nhan" in request.POST:
        return accept(request, uuid, ordinal)
    return _answer(request, document, figure, opened=ordinal)


@may(Function.JUDGE)
@require_http_methods(["GET", "POST"])
def accept_all(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask first, in the page; then take what raises no question, and say what is left and why."""
    document = document_or_404(request, uuid)
    ask_for_right(request, document)
    back = reverse("figures:reading", args=[document.uuid])
    if request.method == "GET":
        if not request.headers.get("HX-Request"):
            return redirect(f"{back}?hoi=nhan-het")
        return render(request, "figures/ask.html", progress_of(request, Sheet.outline(document)))
    try:
        done = actions.accept_all(request.user, document)  # type: ignore[arg-type]
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect(back)
    return told_of_all(request, document, done)


def told_of_all(request: HttpRequest, document: Document, done: actions.Accepted) -> HttpResponse:
    """How many figures went where, and the first that were left, with the reasons."""
    told = []
    if done.entries or not done.checked:
        told.append(ngettext("%(count)s số vào sổ.", "%(count)s số vào sổ.", done.count) % {"count": done.count})
    if count := len(done.checked):
        told.append(ngettext("%(count)s số chờ duyệt.", "%(count)s số chờ duyệt.", count) % {"count": count})
    if not done.left:
        messages.success(request, " ".join(told))
        return redirect("figures:reading", document.uuid)
    told.append(ngettext("Còn %(count)s số.", "Còn %(count)s số.", len(done.left)) % {"count": len(done.left)})
    messages.warning(request, " ".join(told))
    for one in done.left[:5]:
        messages.info(request, f"{one.figure.ordinal}. {words.told(one)}")
    return redirect(address_of(document, done.left[0].figure.ordinal))


# ---- what the answers are made of


def act_on(
    request: HttpRequest, uuid: UUID, ordinal: int, act: Callable[[ReadFigure], Any], stay: bool = False,
    then: Sequence[FigureState] = shown.LEFT,
) -> HttpResponse:  # fmt: skip
    """Do something with a figure; then the next opens that is in one of these states."""
    document, figure = _figure_to_judge(request, uuid, ordinal)
    following = shown.next_after(Sheet.outline(document).figures, ordinal, then)
    try:
        act(figure)
    except BamsatError as error:
        return _refused(request, document, figure, None, words.told(error))
    figure.refresh_from_db()
    return _answer(request, document, figure, opened=ordinal if stay else following)


def _answer(request: HttpRequest, document: Document, figure: ReadFigure, opened: int | None) -> HttpResponse:
    """The line of the figure, its mark, the tally, and the card that is open now."""
    if not request.headers.get("HX-Request"):
        return redirect(address_of(document, opened))
    sheet = Sheet.outline(document)
    context = progress_of(request, sheet) | {
        "shown": shown.shown(figure, shown.names_for([figure])),
        "marks": _marks_of(sheet, figure),
        "groups": shown.counted(sheet.figures),
        "same": opened == figure.ordinal,
    }
    if opened:
        following = figure if opened == figure.ordinal else queries.figure_at(request.user, document, opened)
        context |= {"open": _card(request, document, following, False)}
    return render(request, "figures/answer.html", context)


def _refused(
    request: HttpRequest, document: Document, figure: ReadFigure, form: CorrectionForm | None, why: str = ""
) -> HttpResponse:
    """The card again, with what is wrong beside its field."""
    if not request.headers.get("HX-Request") and form is None:
        messages.error(request, why)
        return redirect(address_of(document, figure.ordinal))
    context = _card(request, document, figure, form is not None) | {"why": why}
    if form is not None:
        context["form"] = form
    if request.headers.get("HX-Request"):
        return render(request, "figures/card.html", context)
    sheet = Sheet.of(document)
    whole = progress_of(request, sheet) | {
        "kind": shown.kind_of_file(document),
        "pieces": _pieces(sheet, figure.ordinal),
        "groups": shown.groups(sheet.figures, shown.names_for(sheet.figures), figure.ordinal),
        "statements": shown.statements(queries.statements_of(document)),
        "current": figure.ordinal,
    }
    return render(request, "figures/reading.html", whole | context)


def _card(request: HttpRequest, document: Document, figure: ReadFigure, edits: bool) -> dict[str, Any]:
    names = shown.names_for([figure])
    may = queries.may_judge(request.user, document) and document.state == State.READ
    unsettled = may and figure.state in shown.OPEN
    return {
        "document": document,
        "card": shown.shown(figure, names),
        "facts": shown.facts(figure, names),
        "was_read": shown.value_as_read(figure) if figure.corrected else "",
        "may": may,
        "left": figure.state in shown.LEFT,
        "approval": _approval(request, document, figure, unsettled),
        "entry": actions.entry_of(figure) if figure.state == FigureState.ACCEPTED else None,
        "form": CorrectionForm(figure) if edits and unsettled else None,
        "family": figure.indicator.partition(":")[0] if ":" in figure.indicator else "other",
    }


def _approval(request: HttpRequest, document: Document, figure: ReadFigure, unsettled: bool) -> dict[str, Any]:
    """Whether this user approves the figure, and, where it waits for that, who checked it."""
    desk = Desk(request.user, document)  # type: ignore[arg-type]
    desk.know_indicators({figure.indicator})
    waits = figure.state == FigureState.CHECKED
    return {
        "approves": unsettled and desk.approves(figure),
        "waits": waits,
        "may_take_back": unsettled and waits and figure.checked_by_id == request.user.pk,
        "by": figure.checked_by,
        "at": figure.checked_at,
    }


def progress_of(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    tally = queries.tally(sheet.document)
    return {
        "document": sheet.document,
        "tally": tally,
        "may_judge": queries.may_judge(request.user, sheet.document),
        "approver": queries.may_approve(request.user, sheet.document),
        "to_approve": queries.to_approve(request.user).filter(document=sheet.document).count() if tally.checked else 0,
    }


def _pieces(sheet: Sheet, current: int | None) -> list[dict[str, Any]]:
    document, by_ordinal = sheet.document, sheet.by_ordinal
    found = list(queries.statements_of(document))
    said_ = [(one.start, one.end, one.ordinal) for one in found]
    arrows = {one.ordinal: shown.SIGNS.get(one.sign, ("·",))[0] for one in found}
    laid = paper.lay_out(document.text, document.blocks, document.tables, shown.marks_of(sheet.figures), said_)

    def run(one: paper.Run) -> dict[str, Any]:
        mark = shown.mark_shown(one.mark, one.text, by_ordinal, current) if one.mark else None
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


def _marks_of(sheet: Sheet, figure: ReadFigure) -> list[shown.MarkShown]:
    mark = next((mark for mark in shown.marks_of(sheet.figures) if figure.ordinal in mark.ordinals), None)
    if mark is None:
        return []
    # The text of a long document is fetched only for a number that tells several figures.
    text = figure.number if len(mark.ordinals) == 1 else sheet.document.text[mark.start : mark.end]
    return [shown.mark_shown(mark, text, sheet.by_ordinal)]


def _asked_for(request: HttpRequest, sheet: Sheet) -> int | None:
    asked = request.GET.get("so", "")
    ordinal = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else None
    return ordinal if ordinal in sheet.by_ordinal else None


def _figure(request: HttpRequest, uuid: UUID, ordinal: int) -> tuple[Document, ReadFigure]:
    try:
        document = (
            queries.visible(request.user).select_related("place", "holder").defer("text", "layout").get(uuid=uuid)
        )
        return document, queries.figure_at(request.user, document, ordinal)
    except (Document.DoesNotExist, ReadFigure.DoesNotExist):
        raise Http404 from None


def _figure_to_judge(request: HttpRequest, uuid: UUID, ordinal: int) -> tuple[Document, ReadFigure]:
    document, figure = _figure(request, uuid, ordinal)
    ask_for_right(request, document)
    return document, figure


def ask_for_right(request: HttpRequest, document: Document) -> None:
    """The page shows no button to those who may not; whoever sends the form anyway is refused."""
    if not queries.may_judge(request.user, document):
        raise PermissionDenied


def address_of(document: Document, ordinal: int | None = None, edits: bool = False) -> str:
    base = reverse("figures:reading", args=[document.uuid])
    if not ordinal:
        return base
    return f"{base}?{urlencode({'so': ordinal} | ({'sua': 1} if edits else {}))}#so-{ordinal}"


def document_or_404(request: HttpRequest, uuid: UUID) -> Document:
    try:
        return queries.document_for(request.user, uuid)
    except Document.DoesNotExist:
        raise Http404 from None

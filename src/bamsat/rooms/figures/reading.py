# SPDX-License-Identifier: Apache-2.0
"""The reading page: the document on the left, what was understood on the right, and what a person says to it.

Each address answers a whole page, or, to htmx, only the parts that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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
from bamsat.rooms.figures.found import Found
from bamsat.rooms.figures.noting import may_note
from bamsat.rooms.figures.sheet import Sheet, conflicts, marks_of, pieces
from bamsat.rooms.findings.models import Part
from bamsat.rooms.findings.queries import standing
from bamsat.rooms.places.rights import Function, may
from bamsat.ui import words

Standing = frozenset[tuple[int, str, str]]

# What the page asks before it acts on many figures at once, by what its address says.
ASKS = {"nhan-het": "figures/ask.html", "duyet-het": "figures/ask_approval.html"}


@may(Function.READ)
@require_GET
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    document = document_or_404(request, uuid)
    if document.state != State.READ:
        return render(request, "figures/not_read.html", {"document": document, "kind": shown.kind_of_file(document)})
    if request.headers.get("HX-Request"):
        # The page that waited for the reading to end: it comes again as a whole.
        return HttpResponse(headers={"HX-Refresh": "true"})
    found = Found.of(request.user, document)
    sheet = Sheet.of(document, found)
    current = _asked_for(request, sheet)
    context = _whole(request, sheet, found, current)
    if current:
        context |= _card(request, document, sheet.by_ordinal[current], "sua" in request.GET, found)
    context["asks"] = ASKS.get(request.GET.get("hoi", ""))
    return render(request, "figures/reading.html", context)


def _whole(request: HttpRequest, sheet: Sheet, found: Found, current: int | None) -> dict[str, Any]:
    """What the page shows of a document, beside the open card."""
    return _list(request, sheet, found, current) | {
        "kind": shown.kind_of_file(sheet.document),
        "providers": list(providers()),
        "pieces": pieces(sheet, current),
    }


def _list(request: HttpRequest, sheet: Sheet, found: Found, current: int | None) -> dict[str, Any]:
    """What stands beside the document: findings, figures by doubt, statements, what holds."""
    said = list(queries.statements_of(sheet.document))
    noted = sheet.document if said and may_note(request.user, sheet.document) else None
    return progress_of(request, sheet) | {
        "groups": shown.groups(sheet.figures, shown.names_for(sheet.figures), current, sheet.loud),
        "statements": shown.statements(said, noted),
        "checked": found,
        "current": current,
    }


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
    before = standing(request.user, document)
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
        return act_on(request, uuid, ordinal, lambda one: actions.accept(request.user, one), before=before)  # type: ignore[arg-type]
    return _answer(request, document, figure, ordinal, before)


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
        return render(request, "figures/ask.html", progress_of(request, Sheet.outline(request.user, document)))
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
    then: Sequence[FigureState] = shown.LEFT, before: Standing | None = None,
) -> HttpResponse:  # fmt: skip
    """Do something with a figure; then the next opens that is in one of these states. `before` are the findings that
    stood before the request began to change things."""
    document, figure = _figure_to_judge(request, uuid, ordinal)
    before = standing(request.user, document) if before is None else before
    sheet = Sheet.outline(request.user, document)
    following = shown.next_after(sheet.figures, ordinal, then, sheet.loud)
    try:
        act(figure)
    except BamsatError as error:
        return _refused(request, document, figure, None, words.told(error))
    figure.refresh_from_db()
    return _answer(request, document, figure, ordinal if stay else following, before)


def _answer(
    request: HttpRequest, document: Document, figure: ReadFigure, opened: int | None, before: Standing
) -> HttpResponse:
    """The line of the figure, its mark, the tally, and the card that is open now; where the act changed what the check
    finds, also what stands above and below the list, and the lines of the figures spoken of. They keep their places."""
    if not request.headers.get("HX-Request"):
        return redirect(address_of(document, opened))
    changed = {pk for pk, _state, _severity in before ^ standing(request.user, document)}
    sheet = Sheet.outline(request.user, document)
    if changed and len(sheet.figures) > shown.LISTED:  # not every line is on the page
        return answer_whole(request, document, opened, changed, figure)
    touched = _touched(document, changed) if changed else []
    context = progress_of(request, sheet) | {
        "shown": shown.shown(figure, shown.names_for([figure]), sheet.loud),
        "marks": marks_of(sheet, [figure, *(one for one in touched if one.pk != figure.pk)]),
        "groups": shown.counted(sheet.figures, sheet.loud),
        "same": opened == figure.ordinal,
        "checked": Found.of(request.user, document) if changed else None,
        "touched": _lines(touched, {figure.ordinal, opened}, sheet.loud),
    }
    if opened:
        following = figure if opened == figure.ordinal else queries.figure_at(request.user, document, opened)
        context |= {"open": _card(request, document, following, False)}
    return render(request, "figures/answer.html", context)


def _touched(document: Document, findings: Collection[int]) -> list[ReadFigure]:
    """The figures that these findings spoke or speak of."""
    told = Part.objects.filter(finding__in=findings, figure__document=document).values("figure")
    return list(queries.figures_of(document).filter(pk__in=told))


def _lines(figures: Sequence[ReadFigure], apart: Collection[int | None], loud: dict[int, str]) -> list[shown.Shown]:
    """The lines of figures, without those that the answer brings anyhow."""
    others = [figure for figure in figures if figure.ordinal not in apart]
    names = shown.names_for(others) if others else {}
    return [shown.shown(figure, names, loud) for figure in others]


def answer_whole(
    request: HttpRequest, document: Document, opened: int | None, findings: Collection[int],
    acted: ReadFigure | None = None,
) -> HttpResponse:  # fmt: skip
    """Everything beside the document anew, and the marks of all figures that these findings spoke or speak of."""
    found = Found.of(request.user, document)
    sheet = Sheet.of(document, found)
    touched = {one.pk for one in _touched(document, findings)}
    marked = [one for one in sheet.figures if one.pk in touched or (acted and one.pk == acted.pk)]
    opened = opened if opened in sheet.by_ordinal else None
    context = _list(request, sheet, found, opened) | {"marks": marks_of(sheet, marked)}
    if opened:
        context |= _card(request, document, sheet.by_ordinal[opened], False, found)
    response = render(request, "figures/answer_whole.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#danh-sach", "outerHTML"
    return response


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
    found = Found.of(request.user, document)
    whole = _whole(request, Sheet.of(document, found), found, figure.ordinal)
    return render(request, "figures/reading.html", whole | context)


def _card(
    request: HttpRequest, document: Document, figure: ReadFigure, edits: bool, found: Found | None = None
) -> dict[str, Any]:
    names = shown.names_for([figure])
    found = found or Found.of(request.user, document)
    may = queries.may_judge(request.user, document) and document.state == State.READ
    unsettled = may and figure.state in shown.OPEN
    return {
        "document": document,
        "card": shown.shown(figure, names, found.loud),
        "said": found.on_card(figure),
        "facts": shown.facts(figure, names),
        "was_read": shown.value_as_read(figure) if figure.corrected else "",
        "may": may,
        "left": figure.state in shown.LEFT,
        "approval": _approval(request, document, figure, unsettled),
        "entry": actions.entry_of(figure) if figure.state == FigureState.ACCEPTED else None,
        "form": CorrectionForm(figure, proposed=_proposed(request)) if edits and unsettled else None,
        "family": figure.indicator.partition(":")[0] if ":" in figure.indicator else "other",
    }


def _proposed(request: HttpRequest) -> dict[str, str]:
    """What a repair of the check proposes to type: the address of the card says it, who corrects decides."""
    names = ("value", "unit", "measure", "period", "base")
    return {name: request.GET[name].replace("\0", "")[:60] for name in names if request.GET.get(name)}


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
        "conflicts": conflicts(sheet, tally),
        "may_judge": queries.may_judge(request.user, sheet.document),
        "approver": queries.may_approve(request.user, sheet.document),
        "to_approve": queries.to_approve(request.user).filter(document=sheet.document).count() if tally.checked else 0,
    }


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

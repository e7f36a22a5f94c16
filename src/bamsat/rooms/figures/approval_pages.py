# SPDX-License-Identifier: Apache-2.0
"""What the reading page lets an approver do with figures that were checked, and the checker take back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.documents.models import FigureState
from bamsat.rooms.figures import actions, reading
from bamsat.rooms.figures.sheet import Sheet
from bamsat.rooms.places.rights import Function, may
from bamsat.ui import words

_NEXT = (FigureState.CHECKED,)


@may(Function.APPROVE)
@require_POST
def approve(request: HttpRequest, uuid: UUID, ordinal: int) -> HttpResponse:
    seen = _seen(request)
    return reading.act_on(
        request, uuid, ordinal, lambda figure: actions.approve(request.user, figure, seen), then=_NEXT  # type: ignore[arg-type]
    )  # fmt: skip


@may(Function.APPROVE)
@require_POST
def send_back(request: HttpRequest, uuid: UUID, ordinal: int) -> HttpResponse:
    remark = request.POST.get("y-kien", "")[:1000]
    return reading.act_on(
        request, uuid, ordinal, lambda figure: actions.send_back(request.user, figure, remark), then=_NEXT  # type: ignore[arg-type]
    )  # fmt: skip


@may(Function.JUDGE)
@require_POST
def uncheck(request: HttpRequest, uuid: UUID, ordinal: int) -> HttpResponse:
    return reading.act_on(request, uuid, ordinal, lambda figure: actions.uncheck(request.user, figure), stay=True)  # type: ignore[arg-type]


@may(Function.APPROVE)
@require_http_methods(["GET", "POST"])
def approve_all(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask first, in the page; then take what was checked and contradicts nothing, and say what is left and why."""
    document = reading.document_or_404(request, uuid)
    reading.ask_for_right(request, document)
    back = reverse("figures:reading", args=[document.uuid])
    if request.method == "GET":
        if not request.headers.get("HX-Request"):
            return redirect(f"{back}?hoi=duyet-het")
        progress = reading.progress_of(request, Sheet.outline(request.user, document))
        return render(request, reading.ASKS["duyet-het"], progress)
    try:
        done = actions.approve_all(request.user, document, _seen(request))  # type: ignore[arg-type]
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect(back)
    return reading.told_of_all(request, document, done)


def _seen(request: HttpRequest) -> datetime | None:
    """The moment that the form says the figures were looked at."""
    try:
        moment = datetime.fromisoformat(request.POST.get("luc", ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None

# SPDX-License-Identifier: Apache-2.0
"""The first page, search, and help."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bamsat.rooms.accounts.access import anyone, signed_in
from bamsat.rooms.accounts.models import User
from bamsat.rooms.desk import functions, queries
from bamsat.rooms.desk.follow import last_run
from bamsat.rooms.documents.queries import documents_for
from bamsat.rooms.documents.register_listing import Row, shown
from bamsat.rooms.documents.search_words import groups_of
from bamsat.rooms.documents.searching import Found, records_for
from bamsat.rooms.figures.numbers import entry_number
from bamsat.rooms.figures.series_list import series_lines
from bamsat.rooms.places.rights import Function, holds, keep_rights, may
from bamsat.rooms.submissions.month.page import month_asked, month_page
from bamsat.rooms.submissions.month.rows import address
from bamsat.rooms.submissions.queries import only_sends

A_FEW = 5


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The month: what is due, who has not sent; what waits for this user, what went into the ledger."""
    keep_rights(request.user)
    now = timezone.now()
    context = month_page(cast(User, request.user), month_asked(request.GET.get("thang", ""), now), now)
    context["chase_all"] = address("submissions:chase_all")
    if not only_sends(request.user):
        context |= _office(request)
    context["main"] = _main_of(context)
    return render(request, "desk/home.html", context)


def _main_of(context: dict[str, Any]) -> str:
    """The one filled button of the page: chasing, reading on, the first thing due, or receiving a document."""
    agenda = context["agenda"]
    if context["watches"] and agenda.lacking:
        return "chase"
    if context.get("next_document"):
        return "document"
    return "row" if agenda.groups and agenda.groups[0].lines[0].row.shape != "good" else "drop"


def _office(request: HttpRequest) -> dict[str, Any]:
    """What an office has beside its forms: documents that wait, the ledger's last entries, scoreboards."""
    found = queries.home(request.user)
    to_look_at = [one for one in found.documents if _has_work(one)]
    open_documents = list(dict.fromkeys([*found.to_approve, *to_look_at]))
    return {
        "waiting": found.waiting,
        "open_documents": open_documents,
        "to_approve": found.to_approve,
        "next_document": next((one for one in open_documents if _has_figures(one)), None),
        "any_documents": bool(found.documents),
        "entries": [(entry, *entry_number(entry)) for entry in found.entries],
        "places": found.places[:8],
        "limit": settings.BAMSAT_UPLOAD_LIMIT,
        "reads": holds(request.user, Function.READ),
        "followed": last_run(),
    }


def _has_figures(one: Any) -> bool:
    return bool(one.state == "read" and one.figures_total)


def _has_work(one: Any) -> bool:
    """Whether a document still waits: to be read, for its figures, or for what a letter without figures asks."""
    return bool(one.state != "read" or one.figures_left or (one.instructions_waiting and not one.figures_total))


@may(Function.SEE)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Series, documents and lines of the register that fit the words; a few choices while one types, a page after
    Enter. A file that has its line in the register is shown as that line."""
    typed = " ".join(request.GET.get("tim", "").split())[:200]
    as_choices = bool(request.headers.get("HX-Request"))
    most = A_FEW if as_choices else 50
    context = {
        "typed": typed,
        "lines": series_lines(request.user, search=typed, limit=most) if typed else [],
        "records": _records(request, typed, most) if typed else [],
        "documents": documents_for(request.user, search=typed).filter(record=None)[:most] if typed else [],
    }
    return render(request, "desk/choices.html" if as_choices else "desk/search.html", context)


def _records(request: HttpRequest, typed: str, most: int) -> list[Row]:
    if not holds(request.user, Function.READ):
        return []
    rows = records_for(request.user).defer("as_read")
    return shown(Found(rows, groups_of(typed))[0:most], typed)


@anyone
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    found = functions.groups()
    context = {
        "groups": found,
        "built": sum(group.built for group in found),
        "all": sum(len(group.functions) for group in found),
    }
    return render(request, "desk/help.html", context)

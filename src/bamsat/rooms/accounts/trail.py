# SPDX-License-Identifier: Apache-2.0
"""The pages of the audit trail: looking through it, taking it away as CSV, checking that it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import fold, sort_key

from . import actions_trail, audit, queries, tasks, trail_words
from .access import is_administrator, reader_of_trail
from .forms import TrailSearch
from .models import AuditRecord, User


@reader_of_trail
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    form = TrailSearch(request.GET)
    asked = form.asked()
    part = queries.part(asked, form.cleaned_data.get("truoc"))
    names = trail_words.object_names(part.rows)
    context = {
        "form": form,
        "asked": asked,
        "kept": urlencode(form.kept()),
        "part": part,
        "lines": [Line(row, names) for row in part.rows],
        "actions": sorted(((code, trail_words.action_name(code)) for code in shipped("actions.yml")), key=by_name),
        "kinds": sorted(((code, trail_words.kind_name(code)) for code in queries.kinds()), key=by_name),
        "check": queries.last_check(),
        "administers": is_administrator(request.user),
    }
    return render(request, "accounts/trail.html", context)


class Line:
    """One record in words."""

    def __init__(self, row: AuditRecord, names: dict[tuple[str, str], str]) -> None:
        self.row = row
        self.action = trail_words.action_name(row.action)
        self.kind = trail_words.kind_name(row.object_type) if row.object_type else ""
        self.object = names.get((row.object_type, row.object_id), "")
        self.details = trail_words.lines(row.details)


def by_name(pair: tuple[str, str]) -> str:
    return sort_key(pair[1])


@reader_of_trail
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Ask the worker to walk along the whole trail; the page shows how far it is."""
    asked = actions_trail.begin_check(cast(User, request.user))
    if asked.ended is None and not asked.count:
        tasks.check_later.enqueue(asked.pk)
    return redirect("accounts:trail")


@reader_of_trail
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """The records that were asked for, oldest first, as they are written; taking them is itself in the trail."""
    form = TrailSearch(request.GET)
    asked, wanted = form.asked(), fold(form.cleaned_data.get("tim", "")).split()
    actions_trail.note_export(cast(User, request.user), form.kept())

    def rows() -> Iterator[AuditRecord]:
        for row in audit.in_pieces(queries.trail(asked)):
            if queries.has_words(row, wanted):
                yield row

    name = f"nhat-ky-{timezone.localdate():%Y-%m-%d}.csv"
    answer = StreamingHttpResponse(trail_words.csv_lines(rows()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

# SPDX-License-Identifier: Apache-2.0
"""The scoreboard as a table: the first way to look."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bamsat.rooms.places.rights import Function, may
from bamsat.rooms.scoreboard import board, lines
from bamsat.rooms.scoreboard.asked import asked, ways
from bamsat.rooms.scoreboard.coverage import coverage
from bamsat.rooms.tasks.behind import marks
from bamsat.ui import words

WORST_FIRST = "xau"
COLUMNS = 8  # one less where nothing lies ahead


@may(Function.SEE)
@require_GET
def scoreboard(request: HttpRequest) -> HttpResponse:
    """Indicators of a place and period."""
    wanted = asked(request)
    if wanted is None:
        return render(request, "scoreboard/none.html")
    found = board.scoreboard(
        request.user, wanted.place, wanted.period, wanted.field, wanted.page, wanted.known.moment
    )  # fmt: skip
    worst_first = request.GET.get("sap") == WORST_FIRST
    served = {row.indicator.pk for row in found.rows} if wanted.known.moment is None else set()
    marked = marks(request.user, found.place, served, timezone.localdate())
    groups = lines.with_tasks(lines.groups(found, worst_first), marked)
    context = {
        "board": found, "known": wanted.known, "place": wanted.place, "places": wanted.places,
        "ways": ways(request.path), "groups": groups, "worst_first": worst_first,
        "fields": lines.fields(found), "tally": lines.tally(found), "sentence": lines.sentence(found),
        "coverage": coverage(found.rows, found.place), "restated": lines.restated_since(found), **_heads(found),
    }  # fmt: skip
    return render(request, "scoreboard/table.html", context)


def _heads(found: board.Scoreboard) -> dict[str, Any]:
    """What the columns are of: the year of the plan, how much of it is over, what growth compares with."""
    if not found.span:
        return {}
    span = found.span
    ahead = span.year is not None and span.month < 12
    said: dict[str, Any] = {
        "before": span.asked.shift_years(-1).code, "ahead": ahead, "columns": COLUMNS if ahead else COLUMNS - 1
    }  # fmt: skip
    if span.year:
        said["year"] = span.year.code
        said["so_far"] = _("%(done)s/12 tháng") % {"done": span.month}
    else:
        said["year"], said["so_far"] = found.period, words.period_short(found.period)
    return said

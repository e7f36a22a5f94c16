# SPDX-License-Identifier: Apache-2.0
"""The scoreboard as a table: the first way to look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bamsat.core.terms.period import Period
from bamsat.rooms.desk.scoreboard import board, lines
from bamsat.rooms.desk.scoreboard.asked import asked, ways
from bamsat.rooms.places.rights import Function, may


@may(Function.SEE)
@require_GET
def scoreboard(request: HttpRequest) -> HttpResponse:
    """Indicators of a place and period."""
    wanted = asked(request)
    if wanted is None:
        return render(request, "desk/scoreboard/none.html")
    found = board.scoreboard(
        request.user, wanted.place, wanted.period, wanted.field, wanted.page, wanted.known.moment
    )  # fmt: skip
    context = {
        "board": found,
        "known": wanted.known,
        "place": wanted.place,
        "places": wanted.places,
        "ways": ways(request.path),
        "groups": lines.groups(found),
        "fields": lines.fields(found),
        "before": Period.parse(found.period).shift_years(-1).code if found.period else "",
        "tally": lines.tally(found),
        "sentence": lines.sentence(found),
        "restated": lines.restated_since(found),
    }
    return render(request, "desk/scoreboard/table.html", context)

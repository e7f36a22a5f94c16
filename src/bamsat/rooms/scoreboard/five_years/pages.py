# SPDX-License-Identifier: Apache-2.0
"""The five-year plan: each target's way year by year, where we are, what the years left need."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bamsat.core.terms.period import Period
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.scoreboard.asked import asked, ways
from bamsat.rooms.scoreboard.five_years import lines
from bamsat.rooms.scoreboard.five_years.targets import five_years


@may(Function.SEE)
@require_GET
def five_years_page(request: HttpRequest) -> HttpResponse:
    """Targets of a frame of years; `ky` may be the frame or any period within it."""
    with remembering(request.user):
        wanted = asked(request)
        if wanted is None:
            return render(request, "scoreboard/none.html")
        found = five_years(request.user, wanted.place, None, wanted.known.moment)
        around = [one for one in found.frames if wanted.period and _within(wanted.period, one)]
        if around and found.frame not in around:
            found = five_years(request.user, wanted.place, around[0], wanted.known.moment)
        made = lines.lines(found)
        context = {
            "found": found, "place": wanted.place, "places": wanted.places, "known": wanted.known, "lines": made,
            "sentence": lines.sentence(made), "frames": lines.frames(found), "ways": ways(request.path),
            "period": found.frame.code if found.frame else "",
        }  # fmt: skip
        return render(request, "scoreboard/five_years.html", context)


def _within(period: Period, frame: Period) -> bool:
    return frame.first <= period.first and period.last <= frame.last

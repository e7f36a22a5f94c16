# SPDX-License-Identifier: Apache-2.0
"""The scoreboard as a ranking: places beside each other by one indicator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from bamsat.rooms.places.rights import Function, may
from bamsat.rooms.scoreboard.places.asked import GROWTH, PART, PLAN, VALUE, PlacesAsked
from bamsat.rooms.scoreboard.places.opened import opened
from bamsat.rooms.scoreboard.places.standings import Standings
from bamsat.ui import words

WAYS_BY = (GROWTH, VALUE, PLAN, PART)


@may(Function.SEE)
@require_GET
def ranking(request: HttpRequest) -> HttpResponse:
    """Places below or beside the chosen one, the first one first."""
    found_or_page = opened(request, _("Xếp hạng"), WAYS_BY)
    if isinstance(found_or_page, HttpResponse):
        return found_or_page
    found, standings, context = found_or_page
    context["sentence"] = sentence(found, standings)
    return render(request, "scoreboard/places/ranking.html", context)


def sentence(found: PlacesAsked, standings: Standings) -> str:
    """Who is first and last, where the chosen place stands, and how many have no number."""
    said = []
    ranked = standings.ranked
    if len(ranked) > 1:
        first, last = ranked[0], ranked[-1]
        said.append(_("Đứng đầu: %(first)s; đứng cuối: %(last)s.") % {
            "first": first.place.label, "last": last.place.label,
        })  # fmt: skip
    here = next((one for one in ranked if one.place == found.asked.place), None)
    if here:
        told = {"place": here.place.label, "rank": here.rank, "count": len(ranked)}
        said.append(_("%(place)s đứng thứ %(rank)s trên %(count)s.") % told)
    if lacking := len(standings.without):
        told_ = ngettext("%(count)s nơi không xếp được.", "%(count)s nơi không xếp được.", lacking) % {"count": lacking}
        said.append(words.capital(told_))
    return " ".join(said)

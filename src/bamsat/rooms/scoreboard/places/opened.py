# SPDX-License-Identifier: Apache-2.0
"""What a ranking and a map begin with: the places that were asked for, and what they stand by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bamsat.rooms.places.rights import remembering
from bamsat.rooms.scoreboard.asked import asked, ways
from bamsat.rooms.scoreboard.places import shown
from bamsat.rooms.scoreboard.places.asked import PlacesAsked, places_asked
from bamsat.rooms.scoreboard.places.standings import Standings, standings_by

Opened = tuple[PlacesAsked, Standings, dict[str, Any]]


def opened(request: HttpRequest, title: str, ways_by: Sequence[str]) -> Opened | HttpResponse:
    """With what the page shows of them; or the page that says why there is nothing to lay side by side."""
    with remembering(request.user):
        wanted = asked(request)
        if wanted is None:
            return render(request, "scoreboard/none.html")
        found = places_asked(request.user, request, wanted, ways_by)
        if found is None:
            alone = {"place": wanted.place, "places": wanted.places, "known": wanted.known, "ways": ways(request.path)}
            return render(request, "scoreboard/alone.html", alone | {"title": title})
        found, standings = standings_by(request.user, found, "theo" in request.GET)
    return found, standings, {"title": title} | shown.context(request, wanted, found, standings, ways_by)

# SPDX-License-Identifier: Apache-2.0
"""Which places below will probably miss their plan: by the same forecast as a row of the scoreboard."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.comparison import PlanState, Shelf
from bamsat.rooms.figures.models import Series
from bamsat.rooms.scoreboard.progress import Span, progress_of, refined
from bamsat.rooms.scoreboard.sums import sums_of

if TYPE_CHECKING:
    from bamsat.rooms.scoreboard.why.answer import Whole

NONE: frozenset[str] = frozenset()


def at_risk_below(whole: Whole, shelves: Mapping[str, Shelf], series: Sequence[Series]) -> Collection[str]:
    """Of the places, by their address; none of a year that is over. One query, however many places."""
    year, period = whole.period.end_year, whole.period
    so_far = Period(year * 12, period.last)
    if period.first < so_far.first or so_far.length >= 12 or whole.indicator.adds_up != AddsUp.FLOW:
        return NONE
    running = {slug: shelf for slug, shelf in shelves.items() if shelf.state(period) == PlanState.RUNNING}
    if not running:
        return NONE
    asked = [one for one in series if one.place.slug in running]
    sums = sums_of(asked, year, so_far.length, whole.known)
    places = {one.place.slug: one.place_id for one in asked}
    span, found = Span(period, Period.year(year), so_far), set()
    for slug, shelf in running.items():
        sums.give(shelf, places[slug])
        told = progress_of(shelf, span, so_far, 0)
        if refined(PlanState.RUNNING, shelf, span, so_far, told, nothing_done=False) == PlanState.AT_RISK:
            found.add(slug)
    return found

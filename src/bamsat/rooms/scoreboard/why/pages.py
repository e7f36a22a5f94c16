# SPDX-License-Identifier: Apache-2.0
"""Why a number is what it is: under its row of the board, or as a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bamsat.core.compare.pace import at_risk
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.catalogue.naming import segment_name
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.figures.comparison import PlanState
from bamsat.rooms.figures.known import known_of
from bamsat.rooms.figures.numbers import KIND_OF_STATE, told
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import place_at
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.scoreboard.asked import Asked, asked
from bamsat.rooms.scoreboard.why import lines
from bamsat.rooms.scoreboard.why.answer import Told, Whole, Why, why
from bamsat.rooms.scoreboard.why.course import course
from bamsat.rooms.scoreboard.why.notes import new_address, noted
from bamsat.rooms.scoreboard.why.parts import Member
from bamsat.rooms.scoreboard.why.places import above, places_table
from bamsat.rooms.scoreboard.why.serving import new_task_address, serving
from bamsat.rooms.scoreboard.why.year_ago import Side, YearAgo, year_ago
from bamsat.ui import words

FEW = 12  # places that are listed under a row; all of them stand on the page
KEPT = ("ky", "biet", "gia")  # what drilling keeps of the address


@may(Function.SEE)
@require_GET
def why_page(request: HttpRequest, code: str) -> HttpResponse:
    """Growth and gap taken apart, the year's course, what was said a year ago, what was noted."""
    indicator = indicator_coded(code)
    if "dong" in request.GET and request.htmx:  # type: ignore[attr-defined]
        return HttpResponse("")
    with remembering(request.user):
        wanted = _named(request) if request.GET.get("noi") else asked(request)
        if indicator is None or wanted is None:
            raise Http404
        segment = request.GET.get("phan-to", "")[:300]
        found = why(
            request.user, indicator, wanted.place, wanted.period, request.GET.get("gia"), segment, wanted.known.moment
        )  # fmt: skip
        context = _context(request, indicator, wanted, found, segment)
        htmx = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
        return render(request, "scoreboard/why/panel.html" + ("#panel" if htmx else ""), context)


def _named(request: HttpRequest) -> Asked:
    """The place that the address names: nothing is chosen here, so nothing is listed to choose from."""
    code = request.GET.get("ky", "")
    try:
        place = place_at(request.user, request.GET["noi"])
        period = Period.parse(code) if code else None
    except (Place.DoesNotExist, PeriodUnreadable):
        raise Http404 from None
    if period and period.start_year < 2:  # the year before has no calendar
        raise Http404
    return Asked(place, [], period, "", 1, known_of(request))


def _context(
    request: HttpRequest, indicator: Indicator, wanted: Asked, found: Why | None, segment: str
) -> dict[str, Any]:
    context: dict[str, Any] = {
        "indicator": indicator, "place": wanted.place, "known": wanted.known, "found": found,
        "segment": segment, "segment_name": segment_name(segment) if segment else "",
        "board": f"{reverse('scoreboard:table')}?{urlencode(_kept(request, wanted.place.slug))}",
        "above": above(request.user, wanted.place, lambda slug: _address(request, indicator.code, slug, segment)),
        "whole_address": _address(request, indicator.code, wanted.place.slug, "") if segment else "",
    }  # fmt: skip
    return context | _of_whole(request, found) if found else context


def _of_whole(request: HttpRequest, found: Why) -> dict[str, Any]:
    whole, so_far = found.whole, course(found.whole)
    at_risk_now = whole.state == PlanState.RUNNING and at_risk(so_far.chance if so_far else None)
    state = PlanState.AT_RISK if at_risk_now else whole.state
    return {
        "whole": whole, "course": so_far, "kind": KIND_OF_STATE[state], "state": str(state.label),
        "told_now": told(whole.now), "told_before": told(whole.before), "told_plan": told(whole.plan),
        "told_ratio": told(whole.ratio), "told_growth": told(whole.growth, sign=True),
        "bases": _bases(request, whole), "lacking": ", ".join(words.period(month.code) for month in whole.lacking),
        "close": f"{request.path}?dong=1", "ratio_of": _ratio_of(request, whole),
    } | _columns(request, found) | _beside(request, found)  # fmt: skip


def _ratio_of(request: HttpRequest, whole: Whole) -> list[tuple[str, str]]:
    """Name and address of the indicators that a ratio is made of: what moved it is told there."""
    if whole.indicator.adds_up != AddsUp.RATIO:
        return []
    both = (whole.indicator.numerator, whole.indicator.denominator)
    return [(one.name, _address(request, one.code, whole.place.slug, whole.segment)) for one in both if one]


def _columns(request: HttpRequest, found: Why) -> dict[str, Any]:
    """What the parts gave; where those of the growth have no plan of their own, others may have."""
    whole, drill = found.whole, _drill(request)
    chosen = found.chosen(request.GET.get("theo", ""))
    planned = chosen if chosen and chosen.gap else next((one for one in found.told if one.gap), chosen)
    return {
        "chosen": chosen, "planned": planned, "sentence": lines.sentence(whole, chosen),
        "growth_title": lines.growth_words(whole.growth) if whole.growth else "", "gap_title": lines.gap_words(whole),
        "growth": lines.column(chosen, whole, drill) if chosen else None,
        "gap": lines.column(planned, whole, drill, of_gap=True) if planned else None,
        "refusal": words.told(chosen.refusal) if chosen and chosen.refusal else "",
        "splits": [(_split(request, one), one.breakdown.name, one is chosen) for one in found.told],
    }  # fmt: skip


def _beside(request: HttpRequest, found: Why) -> dict[str, Any]:
    """The places below, what was said a year ago, and what people noted."""
    ago = year_ago(request.user, found.whole, timezone.now())
    below = places_table(found, _drill(request))
    few = below[:FEW] if request.htmx else below  # type: ignore[attr-defined]
    return {
        "below": few, "below_count": len(below),
        "ago": ago, "ago_sides": _sides(ago) if ago else [],
        "noted": noted(request.user, found.whole), "note_address": new_address(request.user, found.whole),
        "serving": serving(request.user, found.whole, timezone.localdate()),
        "new_task": new_task_address(request.user, found.whole),
    }  # fmt: skip


def _sides(ago: YearAgo) -> list[Side]:
    """What was known then is a column only where anything was."""
    return [ago.then, ago.now] if ago.then.anything else [ago.now]


def _drill(request: HttpRequest) -> Callable[[Member], str]:
    return lambda member: _address(request, member.indicator, member.place, member.segment)


def _kept(request: HttpRequest, slug: str) -> dict[str, str]:
    return {"noi": slug} | {name: request.GET[name] for name in KEPT[:2] if request.GET.get(name)}


def _address(request: HttpRequest, code: str, slug: str, segment: str) -> str:
    asked_for = _kept(request, slug) | ({"phan-to": segment} if segment else {})
    if request.GET.get("gia"):
        asked_for["gia"] = request.GET["gia"]
    return f"{reverse('scoreboard:why', args=[code])}?{urlencode(asked_for)}"


def _split(request: HttpRequest, one: Told) -> str:
    query = request.GET.copy()
    query["theo"] = one.breakdown.code
    return f"{request.path}?{query.urlencode()}"


def _bases(request: HttpRequest, whole: Whole) -> list[tuple[str, str, bool]]:
    """Address, name and whether it is the one shown, of each price basis, where there are several."""
    if len(whole.price_bases) < 2:
        return []
    made = []
    for basis in whole.price_bases:
        query = request.GET.copy()
        query["gia"] = basis
        name = words.price_basis(basis) or _("giá không nêu")
        made.append((f"{request.path}?{query.urlencode()}", words.capital(name), basis == whole.price_basis))
    return made

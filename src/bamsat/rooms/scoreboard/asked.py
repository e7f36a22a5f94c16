# SPDX-License-Identifier: Apache-2.0
"""What every way of looking at the scoreboard is asked for: a place, a period, a field, a day of knowledge."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.rooms.figures.known import Known, known_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import called_on, place_at
from bamsat.rooms.scoreboard import board
from bamsat.ui.navigation import address_of, is_under

PLACE_KEPT = "place"
# Ways to look at the same place and period; one that no address answers to is not shown.
EARLIEST = 10  # the years before this one must be in the calendar too
WAYS = (
    ("scoreboard:table", gettext_noop("Bảng")),
    ("scoreboard:multiples", gettext_noop("Biểu đồ nhỏ")),
    ("scoreboard:map", gettext_noop("Bản đồ")),
    ("scoreboard:ranking", gettext_noop("Xếp hạng")),
    ("scoreboard:five_years", gettext_noop("Năm năm")),
    ("scoreboard:dual", gettext_noop("Mục tiêu kép")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The place and period of the page; the period is None where the address names none."""

    place: Place
    places: list[Place]
    period: Period | None
    field: str
    page: int
    known: Known


def asked(request: HttpRequest) -> Asked | None:
    """None where the user has no place with figures. The place last looked at stays chosen.

    Http404 where the address names a place that the user may not see, or a period that nobody can read.
    """
    places = board.places_with_figures(request.user)
    place = _place(request, places)
    if place is None:
        return None
    if request.session.get(PLACE_KEPT) != place.slug:
        request.session[PLACE_KEPT] = place.slug
    page = request.GET.get("trang", "1")
    number = max(1, int(page)) if page.isdecimal() and len(page) < 5 else 1
    known = known_of(request)
    called_on(places, known.day)
    called_on([place], known.day)  # which may be another object of the same place
    return Asked(place, places, _period(request), request.GET.get("bo", "")[:40], number, known)


def _place(request: HttpRequest, places: list[Place]) -> Place | None:
    if slug := request.GET.get("noi"):
        try:
            return place_at(request.user, slug)
        except Place.DoesNotExist:
            raise Http404 from None
    kept = request.session.get(PLACE_KEPT)
    return next((place for place in places if place.slug == kept), places[0] if places else None)


def _period(request: HttpRequest) -> Period | None:
    code = request.GET.get("ky", "")
    try:
        found = Period.parse(code) if code else None
    except PeriodUnreadable:
        raise Http404 from None
    if found and found.start_year < EARLIEST:
        raise Http404
    return found


def ways(path: str) -> list[tuple[str, str, bool]]:
    """Address, name and whether it is the current one, of each way to look."""
    found = [(address_of(route), _(name)) for route, name in WAYS]
    there = [(address, name) for address, name in found if address]
    nearest = max((address for address, _name in there if is_under(path, address)), key=len, default="")
    return [(address, name, address == nearest) for address, name in there]

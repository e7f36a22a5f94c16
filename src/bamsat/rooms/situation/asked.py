# SPDX-License-Identifier: Apache-2.0
"""What a page of the situation is asked for: a place, a period, a field, a kind, a day of knowledge."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils import timezone

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.known import Known, known_of
from bamsat.rooms.figures.plans.typed import period_of
from bamsat.rooms.figures.series_list import places_with_figures
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import home_places, place_at, scope
from bamsat.rooms.situation import queries
from bamsat.rooms.situation.models import Kind

PLACE_KEPT = "place"  # in the session: the place last looked at, on the scoreboard too


@dataclass(frozen=True, slots=True)
class Asked:
    place: Place
    places: list[Place]
    period: Period
    field: str
    kind: str
    known: Known


def asked(request: HttpRequest) -> Asked | None:
    """None where the user has no place at all; the place last looked at stays chosen.

    Http404 where the address names a place that the user may not see, or a period that nobody can read.
    """
    places = _places(request)
    place = _place(request, places)
    if place is None:
        return None
    if request.session.get(PLACE_KEPT) != place.slug:
        request.session[PLACE_KEPT] = place.slug
    if place not in places:
        places = [place, *places]
    kind, known = request.GET.get("loai", ""), known_of(request)
    return Asked(
        place, places, _period(request, place, known), request.GET.get("bo", "")[:40],
        kind if kind in Kind.values else "", known,
    )  # fmt: skip


def _places(request: HttpRequest) -> list[Place]:
    """The user's own places first, then those with notes or figures."""
    own = home_places(request.user)
    others = [*queries.places_with_notes(request.user), *places_with_figures(request.user)]
    rest = sorted({one.pk: one for one in others}.values(), key=lambda one: (one.sort_key, one.slug))
    return list({one.pk: one for one in (*own, *rest)}.values())


def _place(request: HttpRequest, places: list[Place]) -> Place | None:
    if slug := request.GET.get("noi"):
        try:
            return place_at(request.user, slug)
        except Place.DoesNotExist:
            raise Http404 from None
    kept = request.session.get(PLACE_KEPT)
    found = scope(request.user).filter(slug=kept).first() if kept else None
    return found or (places[0] if places else None)


def _period(request: HttpRequest, place: Place, known: Known) -> Period:
    """The one that is named, by its code or in words; else the last year with notes, else this year."""
    typed = request.GET.get("ky", "").strip()[:60]
    if not typed:
        return queries.last_year(request.user, place, known.moment) or Period.year(timezone.localdate().year)
    try:
        return period_of(typed)
    except BamsatError:
        raise Http404 from None

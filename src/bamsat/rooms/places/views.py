# SPDX-License-Identifier: Apache-2.0
"""The tree on a day, one place in full, and names offered as one types."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bamsat.rooms.places import browse
from bamsat.rooms.places.forms import read_day
from bamsat.rooms.places.models import Kind, Place, PlaceKind
from bamsat.rooms.places.queries import place_at, scope, writing_scope
from bamsat.rooms.places.register import described
from bamsat.rooms.places.rights import Function, holds, may

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

A_PAGE = 200


@may(Function.SEE)
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """One level at a time; with words or a kind, everything below that fits."""
    day, wrong = day_of(request)
    text, kind = request.GET.get("tim", "").strip()[:200], request.GET.get("loai", "")[:20]
    inside = seen(request, request.GET["trong"]) if request.GET.get("trong") else None
    if text or kind:
        found = browse.search(request.user, day, text, kind)
        if inside:
            found = found.filter(place__above__ancestor=inside).distinct()
    else:
        inside = inside or _only_top(request, day)
        found = browse.level(request.user, day, inside)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "day": day,
        "today": timezone.localdate(),
        "typed_day": request.GET.get("ngay", "") if wrong else f"{day:%d/%m/%Y}",
        "wrong_day": wrong,
        "text": text,
        "kind": kind,
        "kinds": PlaceKind.objects.all(),
        "inside": inside,
        "above": browse.above(inside, day) if inside else [],
        "visible": set(scope(request.user).filter(below__place=inside).values_list("pk", flat=True))
        if inside
        else set(),
        "page": page,
        "lines": browse.lines(page.object_list, day),
        "keeps": holds(request.user, Function.PLACES),
        "filtered": bool(text or kind),
    }
    part = "#lines" if request.htmx and not request.htmx.boosted else ""  # type: ignore[attr-defined]
    return render(request, "places/tree.html" + part, context)


@may(Function.SEE)
@require_GET
def place(request: HttpRequest, slug: str) -> HttpResponse:
    found = seen(request, slug)
    day, _wrong = day_of(request)
    user = cast("User", request.user)
    shown = browse.profile(user, found, day)
    context = {
        "shown": shown,
        "place": found,
        "day": day,
        "today": timezone.localdate(),
        "attributes": described(found, shown.kind),
        "visible": set(scope(user).filter(below__place=found).values_list("pk", flat=True)),
        "may_see": set(scope(user).filter(pk__in=_others(shown)).values_list("pk", flat=True)),
        "keeps": writing_scope(user, Function.PLACES).filter(pk=found.pk).exists(),
        "gives_roles": holds(user, Function.PEOPLE),
        "commune": found.kind == Kind.COMMUNE,
    }
    return render(request, "places/place.html", context)


@may(Function.SEE)
@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Lines of a list of choices: places whose names fit, on the day of the form."""
    typed, (day, _wrong) = " ".join(request.GET.get("tim", "").split())[:150], day_of(request)
    kinds = [kind for kind in request.GET.get("loai", "").split(",") if kind]
    function = Function.PLACES if request.GET.get("sua") else ""
    found = browse.suggest(cast("User", request.user), day, typed, kinds, function)
    return render(request, "places/suggestions.html", {"found": found, "typed": typed})


@may(Function.PLACES)
@require_GET
def pick(request: HttpRequest) -> HttpResponse:
    """One more chosen place as a ticked line of the form; nothing if it is there already."""
    slug = request.GET.get("chon", "")
    if not slug or slug in request.GET.getlist("noi"):
        return HttpResponse("")
    found = writing_scope(request.user, Function.PLACES).filter(slug=slug).first()
    if found is None:
        return HttpResponse("")
    day, _wrong = day_of(request)
    return render(request, "places/picked.html", {"version": standing(found, day), "place": found})


def standing(place: Place, day: date) -> object:
    """The version that held on the day, or the latest."""
    versions = sorted(place.versions.select_related("parent"), key=lambda each: each.valid_from or date.min)
    return next((each for each in versions if each.holds_on(day)), versions[-1] if versions else None)


def day_of(request: HttpRequest) -> tuple[date, bool]:
    """The day of the address, today if none is given; and whether what stands there is no day."""
    typed = request.GET.get("ngay", "").strip()
    found = read_day(typed) if typed else None
    return found or timezone.localdate(), bool(typed) and found is None


def seen(request: HttpRequest, slug: str) -> Place:
    try:
        return place_at(request.user, slug)
    except Place.DoesNotExist:
        raise Http404 from None


def _only_top(request: HttpRequest, day: date) -> Place | None:
    """The one place at the top of what the user sees: its level opens at once."""
    top = list(browse.level(request.user, day, None)[:2])
    return top[0].place if len(top) == 1 else None


def _others(shown: browse.Profile) -> set[int]:
    parts = [pk for part in (*shown.made_of, *shown.became) for pk in (part.old.pk, part.new.pk)]
    parents = [each.version.parent_id for each in shown.versions if each.version.parent_id]
    return {*parts, *parents, *(link.to_id for link in shown.links), *(link.place_id for link in shown.linked)}

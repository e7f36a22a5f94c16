# SPDX-License-Identifier: Apache-2.0
"""The directory's pages: the list on a day, one body on a day, and the forms that change it."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.access import signed_in
from bamsat.rooms.directory import queries
from bamsat.rooms.directory.change_form import ChangeForm
from bamsat.rooms.directory.forms import CHANGES, AddBodyForm, AsOfForm
from bamsat.rooms.directory.kinds import kinds
from bamsat.rooms.directory.led import led_by
from bamsat.rooms.directory.models import Body
from bamsat.rooms.directory.profile import profile
from bamsat.rooms.places.rights import Function, holds, may
from bamsat.ui import words

A_PAGE = 200


@signed_in
@require_GET
def list_of_bodies(request: HttpRequest) -> HttpResponse:
    day, day_form = _day(request)
    search, kind = request.GET.get("tim", "").strip()[:200], request.GET.get("loai", "")
    places = queries.places_with_bodies(request.user)
    place = next((one for one in places if one.slug == request.GET.get("noi")), None)
    found = queries.lines(request.user, day, search=search, kind=kind if kind in kinds() else "", place=place)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "day": day,
        "as_of": day_form,
        "today": timezone.localdate(),
        "count": len(found),
        "page": page,
        "groups": [(where, list(lines)) for where, lines in groupby(page, key=lambda line: line.body.place)],
        "search": search,
        "kind": kind,
        "kinds": kinds().values(),
        "place": place,
        "places": places,
        "filtered": bool(search or kind or place),
        "keeps": holds(request.user, Function.DIRECTORY),
    }
    return render(request, "directory/list.html", context)


@signed_in
@require_GET
def body(request: HttpRequest, slug: str) -> HttpResponse:
    day, day_form = _day(request)
    shown = profile(request.user, _body(request, slug), day)
    context = {
        "shown": shown, "body": shown.body, "day": day, "as_of": day_form, "today": timezone.localdate(),
        "led": led_by(request.user, shown.body),
    }  # fmt: skip
    return render(request, "directory/body.html", context)


@may(Function.DIRECTORY)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A body that belongs to no other in the directory."""
    return _answer(request, AddBodyForm, None, None)


@may(Function.DIRECTORY)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, what: str, item: UUID | None = None) -> HttpResponse:
    """One change to a body or to a thing of it; opens in the page of the body, or as a page of its own."""
    found, kind = _body(request, slug), CHANGES.get(what)
    if kind is None or (kind.of is None) != (item is None):
        raise Http404
    if not queries.may_keep(request.user, found.place):
        raise PermissionDenied
    thing = get_object_or_404(kind.of, uuid=item, **{kind.to_body: found}) if kind.of else None
    return _answer(request, kind, found, thing)


def _answer(request: HttpRequest, kind: type[ChangeForm], found: Body | None, thing: Any) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = kind(request.user, found, thing, timezone.localdate(), sent)  # type: ignore[arg-type]
    if sent is not None and form.is_valid():
        try:
            changed = form.perform()
        except BamsatError as error:
            form.add_error(None, words.told(error))
        else:
            messages.success(request, str(form.done))
            return redirect("directory:body", changed.slug)
    part = "#form" if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted") else ""
    return render(request, f"directory/change.html{part}", {"form": form, "body": found, "thing": thing})


def _day(request: HttpRequest) -> tuple[date, AsOfForm]:
    """The day that was asked for, else today; a day that cannot be read is told beside its field."""
    today = timezone.localdate()
    form = AsOfForm(request.GET if request.GET.get("ngay") else {"ngay": today.strftime("%d/%m/%Y")})
    chosen: date | None = form.cleaned_data["ngay"] if form.is_valid() else None
    return chosen or today, form


def _body(request: HttpRequest, slug: str) -> Body:
    try:
        return queries.body_at(request.user, slug)
    except Body.DoesNotExist:
        raise Http404 from None

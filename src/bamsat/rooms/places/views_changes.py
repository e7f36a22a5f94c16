# SPDX-License-Identifier: Apache-2.0
"""Changes of the tree: the list, one change, and entering one: told, previewed, confirmed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.places import browse
from bamsat.rooms.places.actions_changes import apply, preview, undo
from bamsat.rooms.places.change_checks import LeftBehind
from bamsat.rooms.places.forms import ChangeForm, read_day
from bamsat.rooms.places.models import BoundaryChange, ChangeKind, Place, PlaceKind
from bamsat.rooms.places.queries import scope, writing_scope
from bamsat.rooms.places.rights import Function, holds, may
from bamsat.rooms.places.views import standing
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

A_PAGE = 50


@may(Function.SEE)
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    page = Paginator(browse.changes_seen(request.user), A_PAGE).get_page(request.GET.get("trang"))
    told = [(each, _named(each)) for each in page]
    context = {
        "page": page,
        "changes": told,
        "keeps": holds(request.user, Function.PLACES),
        "kinds": ChangeKind.choices,
    }
    return render(request, "places/changes.html", context)


@may(Function.SEE)
@require_GET
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _found(request, uuid)
    asked = found.told.get("asked", {})
    context = {
        "change": found,
        "name": _named(found),
        "begun": Place.objects.filter(pk__in=found.told.get("done", {}).get("places", [])),
        "places": Place.objects.filter(
            pk__in=[*asked.get("places", []), asked.get("into") or 0, asked.get("parent") or 0]
        ),
        "successions": browse.successions_of(found),
        "moved": len(found.told.get("done", {}).get("cut", [])),
        "withdrawn": found.told.get("withdrawn"),
        "may_undo": _may_undo(request, found),
        "visible": set(scope(request.user).filter(pk__in=found.told.get("touched", [])).values_list("pk", flat=True)),
    }
    return render(request, "places/change.html", context)


@may(Function.PLACES)
@require_http_methods(["GET", "POST"])
def new_change(request: HttpRequest) -> HttpResponse:
    """The form; with `buoc` = "xem" what the change will do; with "ghi" it is made."""
    data = request.POST if request.method == "POST" else request.GET
    form = ChangeForm(data.get("loai", ""), data, writing_scope(request.user, Function.PLACES))
    step = request.POST.get("buoc", "")
    if step not in ("xem", "ghi"):
        return render(request, "places/change_new.html", _form_page(request, form))
    told = form.read()
    if told is None:
        return render(request, "places/change_new.html", _form_page(request, form))
    try:
        if step == "ghi":
            made = apply(cast("User", request.user), told)
            messages.success(
                request, _("Đã ghi thay đổi. Số trong sổ giữ nguyên; chuỗi xem theo địa giới nào cũng được.")
            )
            return redirect("places:change", made.uuid)
        shown = preview(told)
    except LeftBehind as error:
        context = _form_page(request, form) | {"refused": words.told(error), "left": _left(error.places, form)}
        return render(request, "places/change_new.html", context)
    except BamsatError as error:
        return render(request, "places/change_new.html", _form_page(request, form) | {"refused": words.told(error)})
    fields = [(key, value) for key, values in request.POST.lists() for value in values]
    context = {
        "shown": shown,
        "told": told,
        "kind": ChangeKind(told.kind).label,
        "fields": [pair for pair in fields if pair[0] not in ("buoc", "csrfmiddlewaretoken")],
        "future": told.on > timezone.localdate(),
    }
    return render(request, "places/change_preview.html", context)


@may(Function.PLACES)
@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _found(request, uuid)
    try:
        undo(cast("User", request.user), found, request.POST.get("reason", "")[:2000])
    except BamsatError as error:
        messages.error(request, words.told(error))
    else:
        messages.success(request, _("Đã rút. Cây địa bàn trở lại như trước; thay đổi vẫn còn trong danh sách."))
    return redirect("places:change", uuid)


def _form_page(request: HttpRequest, form: ChangeForm) -> dict[str, Any]:
    day = read_day(form.value("tu-ngay")) or timezone.localdate()
    typed = form.value("tim-noi")
    found = browse.suggest(cast("User", request.user), day, typed, [], Function.PLACES) if typed else []
    chosen = {place.slug for place in form.places}
    return {
        "form": form,
        "kinds": ChangeKind.choices,
        "kind_name": ChangeKind(form.kind).label,
        "several": form.kind == ChangeKind.MERGE,
        "day": day,
        "picked": [(standing(place, day), place) for place in form.places],
        "found": [each for each in found if each.place.slug not in chosen],
        "units": _units(form, day),
        "place_kinds": PlaceKind.objects.all(),
    }


def _units(form: ChangeForm, day: date) -> str:
    """What the first chosen place is called before its name: the new one is likely called the same."""
    version = standing(form.places[0], day) if form.places else None
    return getattr(version, "word", "") if version else ""


def _left(places: list[int], form: ChangeForm) -> list[tuple[Place, list[tuple[int, str, bool]]]]:
    """For each place left behind the parts it may go to."""
    told = form.read()
    names = [(-1 - at, begin.name) for at, begin in enumerate(told.begins)] if told else []
    if told and told.keeps and form.places:
        names.insert(0, (form.places[0].pk, form.places[0].name))
    chosen = told.moves if told else {}
    listed = Place.objects.filter(pk__in=places)
    return [(place, [(pk, name, chosen.get(place.pk) == pk) for pk, name in names]) for place in listed]


def _found(request: HttpRequest, uuid: UUID) -> BoundaryChange:
    found = BoundaryChange.objects.select_related("by").filter(uuid=uuid).first()
    if found is None or not _reaches(request, found):
        raise Http404
    return found


def _reaches(request: HttpRequest, found: BoundaryChange) -> bool:
    touched = found.told.get("touched", [])
    return scope(request.user).filter(pk__in=touched).exists() or bool(
        "withdrawn" in found.told and scope(request.user).filter(pk__in=found.told["asked"]["places"]).exists()
    )


def _may_undo(request: HttpRequest, found: BoundaryChange) -> bool:
    if "withdrawn" in found.told or "done" not in found.told or not holds(request.user, Function.PLACES):
        return False
    asked = set(found.told["asked"]["places"])
    return writing_scope(request.user, Function.PLACES).filter(pk__in=asked).count() == len(asked)


def _named(found: BoundaryChange) -> str:
    """The places of a change in a row, as a title."""
    asked = found.told.get("asked", {})
    ids = [*asked.get("places", []), *([asked["into"]] if asked.get("into") else [])]
    names = {place.pk: place.label for place in Place.objects.filter(pk__in=ids)}
    before = ", ".join(names[pk] for pk in ids if pk in names)
    after = ", ".join(each["name"] for each in asked.get("begins", []))
    return " → ".join(part for part in (before, after) if part)

# SPDX-License-Identifier: Apache-2.0
"""The register of facilities: adding, mending, linking one; many from a table; all as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.places import browse, imports, sheets
from bamsat.rooms.places.actions_register import Facility, add_place, edit_place, link_place, unlink_place
from bamsat.rooms.places.forms import FacilityForm, place_typed
from bamsat.rooms.places.models import Place, PlaceKind, PlaceLink
from bamsat.rooms.places.queries import scope, writing_scope
from bamsat.rooms.places.rights import Function, may
from bamsat.rooms.places.views import day_of
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@may(Function.PLACES)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    kind = _kind(request)
    if kind is None:
        return render(
            request, "places/facility_kinds.html", {"kinds": _facility_kinds(), "inside": request.GET.get("noi", "")}
        )
    posted = request.method == "POST"
    parent = _parent(request) if posted else _keeps(request, request.GET.get("noi", ""))
    form = FacilityForm(kind, request.POST or None)
    if posted and form.is_valid():
        made = _done(form, parent, lambda told: add_place(cast("User", request.user), told))
        if made:
            messages.success(request, _("Đã thêm."))
            return redirect("places:place", made.slug)
    return render(request, "places/facility.html", {"form": form, "kind": kind} | _typed(request, parent))


@may(Function.PLACES)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    place = _kept(request, slug)
    kind = PlaceKind.objects.filter(code=place.kind, administrative=False).first()
    if kind is None:
        raise Http404
    latest = max(place.versions.select_related("parent"), key=lambda each: str(each.valid_from or ""))
    parent = _parent(request) if request.method == "POST" else latest.parent
    form = FacilityForm(kind, request.POST or None, initial=FacilityForm.typed(place, kind))
    if request.method == "POST" and form.is_valid():
        reason = request.POST.get("reason", "")[:500]
        if _done(form, parent, lambda told: edit_place(cast("User", request.user), place, told, reason)):
            messages.success(request, _("Đã sửa."))
            return redirect("places:place", slug)
    context = {"form": form, "kind": kind, "place": place} | _typed(request, parent)
    return render(request, "places/facility.html", context)


@may(Function.PLACES)
@require_POST
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a link to another place, or take one away."""
    place = _kept(request, slug)
    by = cast("User", request.user)
    number = request.POST.get("bo", "")
    held = PlaceLink.objects.filter(place=place, pk=int(number[:18])).first() if number.isdecimal() else None
    if held:
        unlink_place(by, held, request.POST.get("reason", "")[:500])
        messages.success(request, _("Đã bỏ liên kết."))
        return redirect("places:place", slug)
    to = place_typed(request.POST, "toi", scope(request.user))
    if to is None:
        messages.error(request, _("Chưa chọn nơi để liên kết. Hãy gõ tên và chọn trong danh sách."))
    else:
        try:
            link_place(by, place, to, request.POST.get("role", ""))
            messages.success(request, _("Đã thêm liên kết."))
        except BamsatError as error:
            messages.error(request, words.told(error))
    return redirect("places:place", slug)


@may(Function.PLACES)
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """A table of facilities: first looked at row by row, then written."""
    kind, by = _kind(request), cast("User", request.user)
    context: dict[str, Any] = {"kinds": _facility_kinds(), "kind": kind, "most": sheets.MOST_ROWS}
    if request.method != "POST" or kind is None:
        return render(request, "places/import.html", context)
    try:
        rows = _rows(request)
    except BamsatError as error:
        return render(request, "places/import.html", context | {"refused": words.told(error)})
    trial = imports.try_rows(by, kind, rows)
    if request.POST.get("buoc") == "ghi" and trial.to_write:
        count = imports.write_rows(by, trial)
        messages.success(request, _("Đã ghi %(count)s cơ sở.") % {"count": count})
        return redirect("places:list")
    context |= {"trial": trial, "rows": sheets.as_text(rows), "read": max(len(rows) - 1, 0)}
    return render(request, "places/import.html", context)


@may(Function.SEE)
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """All facilities of a kind within the user's reach, as a table that can be brought in again."""
    kind = _kind(request)
    if kind is None or form not in ("csv", "xlsx"):
        raise Http404
    day, _wrong = day_of(request)
    empty = bool(request.GET.get("mau"))
    found = browse.versions(request.user, day).filter(place__kind=kind.code).order_by("sort_key", "pk")
    rows = imports.table(kind, [] if empty else found)
    content = sheets.as_csv(rows) if form == "csv" else sheets.as_workbook(rows, kind.name)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8" if form == "csv" else _SHEET)
    answer["Content-Disposition"] = f'attachment; filename="{kind.code}.{form}"'
    return answer


def _rows(request: HttpRequest) -> list[list[str]]:
    """The table of the file, or the one looked at before, which the page carries along."""
    kept = request.POST.get("bang")
    if kept:
        return sheets.carried(kept)
    sent = request.FILES.get("tep")
    if sent is None or isinstance(sent, list):
        raise sheets.TableUnreadable(
            vi="Chưa chọn tệp. Hãy chọn tệp .xlsx hoặc .csv.", en="Choose a .xlsx or .csv file."
        )
    return sheets.read_rows(sent.name or "", sent.read(sheets.MOST_BYTES + 1))


def _done(form: FacilityForm, parent: Place | None, act: Any) -> Place | None:
    """What the action made; its refusal stands at its field."""
    told = form.cleaned_data
    if parent is None:
        return None
    try:
        made: Place = act(
            Facility(
                form.kind_code, told["name"], parent, told["since"], told["code"], told["name_en"], told["point"],
                told["attributes"],
            )
        )  # fmt: skip
    except BamsatError as error:
        at = getattr(error, "field", "")
        form.add_error(at if at in form.fields else None, words.told(error))
        return None
    return made


def _kind(request: HttpRequest) -> PlaceKind | None:
    code = request.POST.get("loai") or request.GET.get("loai", "")
    return _facility_kinds().filter(code=code).first()


def _facility_kinds() -> QuerySet[PlaceKind]:
    return PlaceKind.objects.filter(administrative=False)


def _parent(request: HttpRequest) -> Place | None:
    """The commune chosen or typed for a facility."""
    return place_typed(request.POST, "noi", writing_scope(request.user, Function.PLACES), timezone.localdate())


def _typed(request: HttpRequest, parent: Place | None) -> dict[str, Any]:
    """The commune as the form shows it again, and what is wrong with it."""
    lacks = request.method == "POST" and parent is None
    wrong = _("Chưa chọn xã, phường. Hãy gõ tên và chọn trong danh sách.") if lacks else ""
    return {"parent": parent, "typed": request.POST.get("noi", ""), "place_wrong": wrong}


def _keeps(request: HttpRequest, slug: str) -> Place | None:
    return writing_scope(request.user, Function.PLACES).filter(slug=slug).first()


def _kept(request: HttpRequest, slug: str) -> Place:
    place = _keeps(request, slug)
    if place is None:
        raise Http404
    return place

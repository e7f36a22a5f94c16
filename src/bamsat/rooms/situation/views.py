# SPDX-License-Identifier: Apache-2.0
"""Pages of the situation: the notes of a place and period, one note with its history, and the form for one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.known import known_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.situation import actions, choices, listing, queries, sheet
from bamsat.rooms.situation.asked import Asked, asked
from bamsat.rooms.situation.forms import NoteForm, Where, as_written
from bamsat.rooms.situation.models import Kind, Note
from bamsat.rooms.situation.rights import fields_of, general
from bamsat.ui import words
from bamsat.ui.sheets import XLSX


@may(Function.SEE)
@require_GET
def list_of_notes(request: HttpRequest) -> HttpResponse:
    """What is noted of a place and period: difficulties beside advantages, risks, causes, solutions, objectives."""
    wanted = asked(request)
    if wanted is None:
        return render(request, "situation/none.html")
    found = _found(request, wanted)
    context = {
        "found": found, "asked": wanted, "place": wanted.place, "known": wanted.known, "lede": listing.lede(found),
        "kinds": [(code, word, found.counts[code]) for code, word in Kind.choices if found.counts[code]],
        "writes": _writes(request, wanted.place),
        "periods": queries.periods(request.user, wanted.place, wanted.known.moment),
        "total": sum(found.counts.values()),
    }  # fmt: skip
    return render(request, "situation/list.html", context)


@may(Function.SEE)
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The same notes as a workbook."""
    wanted = asked(request)
    if wanted is None:
        raise Http404
    answer = HttpResponse(sheet.workbook(_found(request, wanted).lines), content_type=XLSX)
    name = f"tinh-hinh-{wanted.place.slug}-{wanted.period.code.replace('/', '_')}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _found(request: HttpRequest, wanted: Asked) -> listing.Situation:
    with remembering(request.user):
        return listing.situation(
            request.user, wanted.place, wanted.period, wanted.field, wanted.kind, wanted.known.moment
        )


def _writes(request: HttpRequest, place: Place) -> bool:
    return general(request.user, place) or fields_of(request.user, place).exists()


# One note.


@may(Function.SEE)
@require_GET
def note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A note with its links and everything that it said before."""
    known = known_of(request)
    found = _note(request, uuid, known.moment)
    with remembering(request.user):
        line = listing.lines(request.user, [found], known.moment)[0]
        history = queries.history(request.user, found, known.moment)
    context = {
        "line": line, "note": found, "history": history, "known": known,
        "writes": known.moment is None and actions.may_change(who(request), found),
        "back": _list_address(found),
    }  # fmt: skip
    return render(request, "situation/note.html", context)


@may(Function.ENTER)
@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _done(request, uuid, _("Đã rút nhận định. Bấm “Ghi lại” nếu rút nhầm."))


@may(Function.ENTER)
@require_POST
def restore(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _done(request, uuid, _("Đã ghi lại nhận định."), back=True)


def _done(request: HttpRequest, uuid: UUID, said: str, back: bool = False) -> HttpResponse:
    found = _as_seen(request, _note(request, uuid))
    try:
        if back:
            actions.restore(who(request), found)
        else:
            actions.withdraw(who(request), found, request.POST.get("reason", ""))
    except actions.Refused as refused:
        messages.error(request, words.told(refused))
    else:
        messages.success(request, said)
    return redirect("situation:note", uuid)


# The form.


@may(Function.ENTER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new note; place, period, kind and indicator come from where one comes from."""
    wanted, user = asked(request), who(request)
    if wanted is None or not _writes(request, wanted.place):
        raise PermissionDenied
    source, text = _source(request)
    indicator = indicator_coded(request.GET.get("chi-tieu", "")[:160])
    where = Where(
        user, wanted.place, wanted.period, indicators=(indicator,) if indicator else (), document=source
    )  # fmt: skip
    given: dict[str, Any] = {
        "kind": wanted.kind or Kind.DIFFICULTY, "period": words.period(wanted.period.code), "field": wanted.field,
        "indicators": [indicator.code] if indicator else [], "text": text, "quote": text,
        "document": str(source.uuid) if source else "",
    }  # fmt: skip
    form = NoteForm(where, request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write(user, wanted.place, form.said(), timezone.localdate())
        except actions.Refused as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, _("Đã ghi nhận định."))
            return redirect(f"{_list_address(made)}#n-{made.uuid}")
    sentences = [] if request.POST or source else choices.sentences(user, wanted.place, wanted.period)
    context = {
        "form": form, "place": wanted.place, "asked": wanted, "sentences": sentences,
        "back": _address_of(wanted.place, wanted.period), "loai": wanted.kind,
    }  # fmt: skip
    return render(request, "situation/form.html", context)


def _source(request: HttpRequest) -> tuple[Document | None, str]:
    """The document and sentence that the address names, to be quoted."""
    try:
        uuid = UUID(request.GET.get("vb", ""))
    except ValueError:
        return None, ""
    typed = request.GET.get("cau", "")
    ordinal = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else None
    return choices.sentence_of(who(request), uuid, ordinal) or (None, "")


@may(Function.ENTER)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found, user = _note(request, uuid), who(request)
    if not actions.may_change(user, found):
        raise PermissionDenied
    where = Where(user, found.place, found.span, found, document=choices.seen(user, found.document))
    version = len(queries.history(user, found))
    form = NoteForm(where, request.POST or None, initial=as_written(found, version))
    if request.method == "POST" and form.is_valid():
        try:
            seen = _as_seen(request, found)
            actions.edit(user, seen, form.said(), timezone.localdate(), form.cleaned_data["reason"])
        except actions.Refused as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, _("Đã sửa nhận định; lời trước vẫn còn trong lịch sử."))
            return redirect("situation:note", uuid)
    context = {"form": form, "place": found.place, "note": found, "back": reverse("situation:note", args=[uuid])}
    return render(request, "situation/form.html", context)


def _note(request: HttpRequest, uuid: UUID, known: Any = None) -> Note:
    try:
        return queries.note_at(request.user, uuid, known)
    except Note.DoesNotExist:
        raise Http404 from None


def _as_seen(request: HttpRequest, found: Note) -> Note:
    """The row that the page showed when its form was opened: an action refuses one that is no longer the last."""
    typed = request.POST.get("version", "")
    rows = queries.history(request.user, found)[::-1]
    at = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else len(rows)
    return rows[at - 1] if 0 < at <= len(rows) else found


def _list_address(found: Note) -> str:
    return _address_of(found.place, found.span)


def _address_of(place: Place, span: Period) -> str:
    return f"{reverse('situation:list')}?{urlencode({'noi': place.slug, 'ky': span.code})}"

# SPDX-License-Identifier: Apache-2.0
"""Pages on which forms are defined: a new form, the editor of a draft, putting it in use, places that are spared."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.catalogue.models import IndicatorSet, Provider
from bamsat.rooms.places.models import Place, PlaceKind, Role
from bamsat.rooms.places.queries import NotAllowed, writing_scope
from bamsat.rooms.places.rights import Function, may, sees_everything
from bamsat.rooms.submissions.defining import actions, editor
from bamsat.rooms.submissions.defining import files as definition_files
from bamsat.rooms.submissions.defining import pages as form_pages
from bamsat.rooms.submissions.defining.editor_fields import FREQUENCIES, PARTS
from bamsat.rooms.submissions.defining.views import drawn, form_at, offices
from bamsat.rooms.submissions.models import Form, FormVersion, Sparing
from bamsat.ui import words

_MONTH = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*")
_TEXTS = ("name_vi", "name_en", "number", "basis", "note_vi", "note_en")


@may(Function.FORMS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new form; its first draft is opened at once."""
    user = who(request)
    posted = request.POST if request.method == "POST" else request.GET
    told = {name: posted.get(name, "") for name in (*_TEXTS, "code", "set", "place")}
    if request.method == "POST":
        try:
            code = told["code"].strip() or actions.code_of(told["name_vi"])
            version = actions.add_form(user, _office(request, told["place"]), code, **_header(request))
        except BamsatError as error:
            return _header_page(request, told, error=error)
        messages.success(request, _("Đã thêm biểu. Hãy ghi cột, dòng rồi đưa vào dùng."))
        return redirect("submissions:form_edit", version.form.code)
    return _header_page(request, told | {"by_practice": True})


@may(Function.FORMS)
@require_http_methods(["GET", "POST"])
def header(request: HttpRequest, code: str) -> HttpResponse:
    """What a form is called, its field of work, its basis and guidance."""
    form = _mine(request, code)
    told = {name: getattr(form, name) for name in (*_TEXTS, "by_practice", "order")}
    told["set"] = form.set.code if form.set else ""
    if request.method == "POST":
        told |= {name: request.POST.get(name, "") for name in (*_TEXTS, "set")}
        try:
            actions.change_form(who(request), form, request.POST.get("reason", ""), **_header(request))
        except BamsatError as error:
            return _header_page(request, told, form, error)
        messages.success(request, _("Đã ghi thay đổi."))
        return redirect("submissions:form", form.code)
    return _header_page(request, told, form)


def _header_page(
    request: HttpRequest, told: dict[str, Any], form: Form | None = None, error: BamsatError | None = None
) -> HttpResponse:
    context = {
        "form": form, "told": told, "trouble": words.told(error) if error else "", "offices": offices(who(request)),
        "sets": IndicatorSet.objects.filter(valid_to=None), "is_administrator": sees_everything(who(request)),
    }  # fmt: skip
    return render(request, "submissions/forms_header.html", context, status=400 if error else 200)


def _header(request: HttpRequest) -> dict[str, Any]:
    told: dict[str, Any] = {name: request.POST.get(name, "") for name in _TEXTS}
    told["set"] = IndicatorSet.objects.filter(code=request.POST.get("set", "")).first()
    told["by_practice"] = "by_practice" in request.POST
    return told


def _office(request: HttpRequest, slug: str) -> Place | None:
    if not slug and sees_everything(who(request)):
        return None
    return get_object_or_404(writing_scope(who(request), Function.FORMS), slug=slug)


# The editor.


@may(Function.FORMS)
@require_POST
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Begin to draft a version, or go on with the draft that there is."""
    form = form_at(request, code)
    return _do(request, lambda: actions.draft_version(who(request), form), "submissions:form_edit", form)


@may(Function.FORMS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The draft of a form as a table of columns, rows and rules; every button saves all that was typed."""
    form = _mine(request, code)
    version = form.versions.filter(in_use=False).first()
    if version is None:
        raise Http404
    if request.method != "POST":
        return _editor(request, version, version.definition, request.GET.get("mo", ""))
    definition = editor.read_page(request.POST)
    asked = request.POST.get("do", "")
    opened = editor.done(definition, asked)
    try:
        actions.save_draft(who(request), version, definition, request.POST.get("seen", ""))
    except BamsatError as error:
        version.refresh_from_db()
        return _editor(request, version, definition, opened, error)
    if asked == "use":
        return _use(request, version)
    if not opened:
        messages.success(request, _("Đã lưu bản soạn."))
        return redirect("submissions:form_edit", form.code)
    address = reverse("submissions:form_edit", args=[form.code])
    shows = asked.split(":")[1] in ("open", "below", "copy")
    return redirect(f"{address}{f'?mo={opened}' if shows else ''}#{opened}")


def _use(request: HttpRequest, version: FormVersion) -> HttpResponse:
    """Put the draft in use from the month that was typed."""
    try:
        month = _month(request.POST.get("first_month", ""))
        if month is None:
            raise actions.FormRefused(
                vi="Hãy ghi tháng bắt đầu dùng, như 01/2027.", en="Say from which month it is used: 01/2027."
            )
        form = actions.put_in_use(who(request), version, month, request.POST.get("note", ""), "even_so" in request.POST)
    except BamsatError as error:
        return _editor(request, version, version.definition, "", error)
    messages.success(request, _("Phiên bản %(number)s đã được đưa vào dùng.") % {"number": version.number})
    return redirect("submissions:form", form.code)


def _editor(
    request: HttpRequest, version: FormVersion, definition: dict[str, Any], opened: str,
    error: BamsatError | None = None,
) -> HttpResponse:  # fmt: skip
    troubles = form_pages.troubles_of(definition)
    senders, deadline = definition.get("senders"), definition.get("deadline") or {}
    unit = definition.get("unit")
    context = {
        "form": version.form, "version": version, "seen": actions.stamp(version), "opened": opened,
        "definition": definition, "trouble": words.told(error) if error else "", "troubles": troubles,
        "general": editor.placed(definition, troubles).get(("", 0), []),
        "parts": [(kind, editor.parts_of_page(definition, kind, opened, troubles)) for kind in PARTS],
        "frequencies": FREQUENCIES, "kinds": PlaceKind.objects.exclude(code="country"),
        "chosen_kinds": senders.get("kinds", []) if isinstance(senders, dict) else senders or [],
        "where": editor.where_typed(definition), "roles": Role.choices, "providers": Provider.objects.all(),
        "deadline": deadline, "shape": editor.deadline_shape(deadline),
        "in_words": form_pages.deadline_words(deadline, str(definition.get("frequency", ""))),
        "unit": unit if isinstance(unit, dict) else {"vi": unit or ""},
        "first_month": request.POST.get("first_month") or actions.month_words(version.first_month),
        "note": request.POST.get("note", version.note), "asks_again": bool(error) and "do" in request.POST,
    }  # fmt: skip
    if not troubles:
        version.definition = definition
        context |= drawn(version)
    return render(request, "submissions/forms_edit.html", context, status=400 if error else 200)


@may(Function.FORMS)
@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """A definition from a file as the draft."""
    form = _mine(request, code)

    def load() -> None:
        sent = request.FILES.get("file")
        if sent is None:
            raise definition_files.DefinitionFileUnreadable(vi="Hãy chọn một tệp.", en="Choose a file.")
        actions.draft_version(who(request), form, definition_files.read(sent.read(definition_files.MOST_BYTES + 1)))

    return _do(request, load, "submissions:form_edit", form)


@may(Function.FORMS)
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    form = _mine(request, code)
    version = get_object_or_404(form.versions, in_use=False)
    left = actions.withdraw_draft(who(request), version, request.POST.get("reason", ""))
    messages.success(request, _("Đã bỏ bản soạn."))
    return redirect("submissions:form", left.code) if left else redirect("submissions:forms")


# Forms as a whole, and places.


@may(Function.FORMS)
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody's form as the office's own."""
    form = form_at(request, code)
    place = get_object_or_404(writing_scope(who(request), Function.FORMS), slug=request.POST.get("place", ""))
    try:
        version = actions.take_form(who(request), form, place)
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect("submissions:form", form.code)
    messages.success(
        request, _("Đã lấy làm biểu của Sở. Hãy sửa rồi đưa vào dùng; đến khi đó biểu dùng chung vẫn dùng.")
    )
    return redirect("submissions:form_edit", version.form.code)


@may(Function.FORMS)
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the form no more from a day on, or ask it again where the day is left out."""
    form = _mine(request, code)

    def do() -> None:
        actions.end_form(who(request), form, _day(request.POST.get("on", "")), request.POST.get("reason", ""))

    return _do(request, do, "submissions:form", form, _("Đã ghi ngày hết dùng."))


@may(Function.FORMS)
@require_POST
def spare(request: HttpRequest, code: str) -> HttpResponse:
    """A place need not send, or has to."""
    form = form_at(request, code)

    def do() -> None:
        scope = writing_scope(who(request), Function.FORMS)
        slug, typed = request.POST.get("noi-ma", ""), request.POST.get("noi", "").strip()
        place = scope.filter(slug=slug).first() if slug else scope.filter(name__iexact=typed).first()
        if place is None:
            raise actions.FormRefused(
                vi=f"Không có nơi “{typed}” trong phạm vi của anh/chị. Hãy gõ rồi chọn trong danh sách.",
                en=f"There is no place “{typed}” within your reach. Type and choose from the list.",
            )
        first, last = (_month(request.POST.get(name, "")) for name in ("tu", "den"))
        actions.spare(
            who(request), form, place, request.POST.get("reason", ""), required=request.POST.get("kieu") == "them",
            first_month=first, last_month=last,
        )  # fmt: skip

    return _do(request, do, "submissions:form", form, _("Đã ghi."))


@may(Function.FORMS)
@require_POST
def unspare(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    form = form_at(request, code)
    sparing = get_object_or_404(Sparing.objects.select_related("place", "form"), pk=pk, form=form)
    return _do(request, lambda: actions.unspare(who(request), sparing), "submissions:form", form, _("Đã bỏ."))


def _do(request: HttpRequest, action: Any, route: str, form: Form, done: str = "") -> HttpResponse:
    """Carry an action out and go to a page; what is refused is told there, and on the form's own page if it lacks."""
    try:
        action()
    except NotAllowed:
        raise
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect("submissions:form", form.code)
    if done:
        messages.success(request, done)
    return redirect(route, form.code)


def _mine(request: HttpRequest, code: str) -> Form:
    form = form_at(request, code)
    actions.ask_to_define(who(request), form)
    return form


def _month(typed: str) -> int | None:
    """ "10/2026" as a month since year 0; nothing for nothing."""
    if not typed.strip():
        return None
    found = _MONTH.fullmatch(typed)
    if not found or not 1 <= int(found[1]) <= 12 or not 1900 <= int(found[2]) <= 2200:
        raise actions.FormRefused(
            vi=f"“{typed[:30]}” không phải tháng. Hãy ghi như 10/2026.",
            en=f"“{typed[:30]}” is no month. Write 10/2026.",
        )
    return int(found[2]) * 12 + int(found[1]) - 1


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    found = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", typed)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(typed.strip())
    except ValueError:
        raise actions.FormRefused(
            vi=f"“{typed[:30]}” không phải ngày. Hãy ghi như 01/12/2026.", en=f"“{typed[:30]}” is no day: 01/12/2026."
        ) from None

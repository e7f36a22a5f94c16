# SPDX-License-Identifier: Apache-2.0
"""Pages that show forms: the list, one form as its senders see it, its definition as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bamsat.core.forms.definition import Definition
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.catalogue import queries as catalogue
from bamsat.rooms.catalogue.models import Code
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import writing_scope
from bamsat.rooms.places.rights import Function, holds, may
from bamsat.rooms.submissions.defining import files as definition_files
from bamsat.rooms.submissions.defining import pages as form_pages
from bamsat.rooms.submissions.defining.actions import may_define, month_words
from bamsat.rooms.submissions.filling.cells import written
from bamsat.rooms.submissions.models import Form, FormVersion, Sparing
from bamsat.rooms.submissions.period_words import period_name, titled
from bamsat.rooms.submissions.queries import forms, places_for
from bamsat.ui.words import language

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@may(Function.SEE)
@require_GET
def list_(request: HttpRequest) -> HttpResponse:
    ended = request.GET.get("ca-het-dung") == "1"
    context = {
        "fields": form_pages.listed(who(request), ended),
        "ended": ended,
        "defines": holds(request.user, Function.FORMS),
        "today": timezone.localdate(),
    }
    return render(request, "submissions/forms_list.html", context)


@may(Function.SEE)
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One form: its grid, who sends it when, its rules, its versions, and the places that are spared."""
    form = form_at(request, code)
    version = _version(form, request.GET.get("phien-ban", ""))
    return render(request, "submissions/forms_page.html", context_of(request, form, version))


def context_of(request: HttpRequest, form: Form, version: FormVersion | None) -> dict[str, Any]:
    user, defines = who(request), may_define(who(request), form)
    if version is not None and not version.in_use and not defines:
        raise Http404
    versions = list(form.versions.all()) if defines else list(form.versions.filter(in_use=True))
    context = {
        "form": form, "version": version, "defines": defines, "today": timezone.localdate(),
        "versions": [(each, month_words(each.first_month)) for each in versions],
        "draft": next((each for each in versions if not each.in_use), None),
        "sparings": [
            (each, month_words(each.first_month), month_words(each.last_month)) for each in _sparings(user, form)
        ],
        "offices": offices(user) if form.place is None else [],
        "spares": holds(user, Function.FORMS),
        "guide": form.note_en if language() == "en" and form.note_en else form.note_vi,
    }  # fmt: skip
    if version is not None and version.in_use:
        context |= _blanks(user, form, version)
    return context | drawn(version)


def _blanks(user: User, form: Form, version: FormVersion) -> dict[str, Any]:
    """For how many places, and for which periods, the user may fetch empty workbooks."""
    definition = Definition.parse(version.definition)
    places = places_for(user, Function.ENTER, form).filter(kind__in=definition.senders, ended=None)
    return {"blank_places": places.count(), "blank_periods": form_pages.periods_around(definition.frequency)}


def drawn(version: FormVersion | None) -> dict[str, Any]:
    """A version in words and as a grid; or all that is wrong with it."""
    if version is None:
        return {}
    troubles = form_pages.troubles_of(version.definition)
    try:
        definition = Definition.parse(version.definition)
    except BamsatError:
        return {"troubles": troubles}
    table, period = form_pages.grid_shown(version, definition)
    return {
        "troubles": troubles, "said": form_pages.in_words(definition), "table": table, "period": period,
        "lines": [(line, written(line.slots), ()) for line in table.lines], "sent": {"place": {"label": ""}},
        "title": titled(version.form.name, period, language() == "en"),
        "period_name": period_name(period, language() == "en"),
    }  # fmt: skip


@may(Function.SEE)
@require_GET
def download(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The definition of a version as a YAML file."""
    form = form_at(request, code)
    version = form.versions.filter(number=number).first()
    if version is None or not (version.in_use or may_define(who(request), form)):
        raise Http404
    answer = HttpResponse(definition_files.written(version), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{form.code}-{number}.yml"'
    return answer


@may(Function.FORMS)
@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """Indicators that fit what was typed; none is added here."""
    typed = " ".join(request.GET.get("tim", "").split())[:150]
    context = {"typed": typed, "found": catalogue.suggest(typed), "new_code": ""}
    return render(request, "catalogue/suggestions.html", context)


@may(Function.FORMS)
@require_GET
def codes(request: HttpRequest) -> HttpResponse:
    """Codes of every list that fit what was typed, as a breakdown says them: "retail_group=food"."""
    typed = " ".join(request.GET.get("tim", "").split())[:150]
    rows = Code.objects.filter(folded__contains=fold(typed), valid_to=None) if typed else Code.objects.none()
    found = rows.select_related("codelist").order_by(Length("folded"), "codelist__code", "order")[:10]
    return render(request, "submissions/forms_codes.html", {"typed": typed, "found": found})


# What the pages share.


def form_at(request: HttpRequest, code: str) -> Form:
    found = forms(who(request)).select_related("set", "place", "replaces").filter(code=code).first()
    if found is None or not (found.versions.filter(in_use=True).exists() or may_define(who(request), found)):
        raise Http404
    return found


def offices(user: User) -> list[Place]:
    """The places at which a user may define forms, as far as a role is held there."""
    held = [role.place for role in user.place_roles.select_related("place")]
    scope = set(
        writing_scope(user, Function.FORMS).filter(pk__in=[each.pk for each in held]).values_list("pk", flat=True)
    )
    return [each for each in dict.fromkeys(held) if each.pk in scope]


def _version(form: Form, number: str) -> FormVersion | None:
    if number.isdecimal():
        found = form.versions.filter(number=int(number[:6])).first()
        if found is None:
            raise Http404
        return found
    return form.versions.filter(in_use=True).first() or form.versions.first()


def _sparings(user: User, form: Form) -> list[Sparing]:
    """Those of places that the user may see to."""
    scope = writing_scope(user, Function.FORMS)
    return list(form.sparings.filter(place__in=scope).select_related("place").order_by("place__sort_key")[:500])

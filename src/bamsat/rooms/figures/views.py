# SPDX-License-Identifier: Apache-2.0
"""The ledger's pages: what it holds, one series through time, one number with its whole history."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Indicator, Provider
from bamsat.rooms.catalogue.naming import code_names
from bamsat.rooms.catalogue.queries import indicator_coded, sets
from bamsat.rooms.documents.queries import visible
from bamsat.rooms.figures import actions, downloads, numbers, providers, queries
from bamsat.rooms.figures import series_page as one_series
from bamsat.rooms.figures.consequences import consequences
from bamsat.rooms.figures.forms import ReplaceForm, WithdrawForm
from bamsat.rooms.figures.histories import History, history
from bamsat.rooms.figures.known import known_of
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.pending import pending
from bamsat.rooms.figures.series_list import Wanted, places_with_figures, series_page
from bamsat.rooms.figures.series_parts import segment_names
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import place_at
from bamsat.rooms.places.rights import Function, may
from bamsat.ui import paper, words

DRAFTS_SHOWN = 12


@may(Function.SEE)
@require_GET
def list_of_series(request: HttpRequest) -> HttpResponse:
    """What the ledger holds, a page at a time."""
    slug, page = request.GET.get("noi", ""), request.GET.get("trang", "1")
    wanted = Wanted(
        search=request.GET.get("tim", "").strip()[:200], place=_place(request, slug) if slug else None,
        field=request.GET.get("bo", "")[:40], provider=request.GET.get("nguon", "")[:40],
    )  # fmt: skip
    found = series_page(request.user, wanted, int(page) if page.isdecimal() and len(page) < 8 else 1)
    context = {
        "found": found,
        "wanted": wanted,
        "places": places_with_figures(request.user),
        "fields": sets(),
        "providers": Provider.objects.all(),
    }
    return render(request, "figures/list.html", context)


@may(Function.SEE)
@require_GET
def series(request: HttpRequest, indicator: str, place: str) -> HttpResponse:
    """One indicator at one place through all its periods; with `tai` as a file."""
    found, where = indicator_coded(indicator), _place(request, place)
    if found is None:
        raise Http404
    known = known_of(request)
    asked = one_series.asked_of(request, known, where)
    if request.GET.get("tai") in downloads.WRITERS:
        return _download(history(request.user, found, where, one_series.whole(asked)), request.GET["tai"])
    told = history(request.user, found, where, asked)
    context = one_series.context(request, told, known)
    if known.moment is None:
        drafts = pending(request.user, where, [found.code])
        context["drafts"] = [one for one in drafts if _coded(found, one.segment) == told.segment][:DRAFTS_SHOWN]
    number = context["number"]
    if number and not number.pieces:
        context["number_entry"] = queries.entry_for(request.user, number.entry)
        context["source"] = _source(request, context["number_entry"])
    return render(request, "figures/series.html", context)


def _coded(indicator: Indicator, segment: str) -> str:
    return code_names().coded(indicator, segment) if segment else ""


def _download(told: History, form: str) -> HttpResponse:
    write, kind = downloads.WRITERS[form]
    name = "-".join([told.indicator.code.replace(":", "-"), told.place.slug])
    name = re.sub(r"[^a-z0-9_-]+", "-", fold(name))
    return HttpResponse(
        write(told), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    )


@may(Function.SEE)
@require_GET
def entry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return render(request, "figures/entry.html", _entry_page(request, _entry(request, uuid)))


@may(Function.APPROVE)
@require_POST
def replace(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another value in its place; both stay."""
    old, form = _entry_to_change(request, uuid), ReplaceForm(request.POST)
    if form.is_valid():
        try:
            new = actions.replace(
                request.user,  # type: ignore[arg-type]
                old,
                form.cleaned_data["value"],
                form.cleaned_data["reason"],
                unit=form.cleaned_data["unit"],
                hedge=form.cleaned_data["hedge"],
            )
        except BamsatError as error:
            form.add_error(None, words.told(error))
        else:
            messages.success(request, _("Đã thay. Số cũ vẫn còn trong lịch sử."))
            return redirect("figures:entry", new.uuid)
    return render(request, "figures/entry.html", _entry_page(request, old) | {"replace_form": form})


@may(Function.APPROVE)
@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    old, form = _entry_to_change(request, uuid), WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw(request.user, old, form.cleaned_data["reason"])  # type: ignore[arg-type]
        except BamsatError as error:
            form.add_error(None, words.told(error))
        else:
            messages.success(request, _("Đã rút. Số vẫn còn trong lịch sử, kèm lý do."))
            return redirect("figures:entry", old.uuid)
    return render(request, "figures/entry.html", _entry_page(request, old) | {"withdraw_form": form})


def _entry_page(request: HttpRequest, one: Entry) -> dict[str, Any]:
    known = known_of(request)
    if known.moment and one.recorded_at > known.moment:
        raise Http404
    text, unit = numbers.entry_number(one)
    line = queries.trail(one, known.moment)
    standing = queries.is_standing(one) if known.moment is None else _last_standing(line) == one
    confirmations = list(queries.confirmations(one, known.moment))
    told_by = {each.source.document_id for each in line if each.source}
    told_by |= {each.source.document_id for each in confirmations}
    open_documents = set(visible(request.user).filter(pk__in=told_by).values_list("pk", flat=True))
    changeable = standing and known.moment is None
    may_change = changeable and queries.may_change(request.user, one)
    return {
        "entry": one,
        "known": known,
        "text": text,
        "unit": unit,
        "standing": standing,
        "withdrawn": next(each for each in line if each == one).taken_back,  # type: ignore[attr-defined]
        "may": may_change,
        "others_may": changeable and not may_change,
        "source": _source(request, one),
        "open_documents": open_documents,
        "trail": [(each, *numbers.entry_number(each)) for each in line],
        "releases": [
            (each, *numbers.entry_number(each)) for each in queries.releases(one, known.moment) if each.pk != one.pk
        ],
        "confirmations": [each for each in confirmations if each.source.document_id in open_documents],
        "consequences": consequences(request.user, one) if standing and known.moment is None else [],
        "provider": providers.names([one.series.provider])[one.series.provider],
        "segment_name": segment_names([one.series.segment])[one.series.segment],
        "replace_form": ReplaceForm(),
        "withdraw_form": WithdrawForm(),
        "unit_typed": _unit_typed(one),
    }


def _last_standing(line: list[Entry]) -> Entry | None:
    """Of a line, the latest first, the entry that was not taken back."""
    return next((each for each in line if not each.taken_back), None)  # type: ignore[attr-defined]


def _unit_typed(one: Entry) -> str:
    """The unit beside the field for a new value: read in Vietnamese, whatever the language of the page."""
    with translation.override("vi"):
        return numbers.entry_number(one)[1]


def _source(request: HttpRequest, one: Entry) -> dict[str, Any] | None:
    """The sentence that a number came from, and the way back to it; that of the number it replaced, if it was typed.

    Who may not read the document reads no sentence of it either: it tells of other places and fields too.
    """
    origin = one
    while origin.source is None and origin.replaces is not None:
        origin = origin.replaces
    figure = origin.source
    if figure is None:
        return None
    if not visible(request.user).filter(pk=figure.document_id).exists():
        return {"closed": True, "entry": one}
    before, words_, after = paper.sentence_around(figure.document.text, figure.start, figure.end)
    address = f"{reverse('figures:reading', args=[figure.document.uuid])}?so={figure.ordinal}#cau-{figure.ordinal}"
    return {
        "figure": figure,
        "document": figure.document,
        "before": before,
        "words": words_,
        "after": after,
        "address": address,
        "entry": one,
        "typed": origin is not one,
    }


def _entry(request: HttpRequest, uuid: UUID) -> Entry:
    try:
        return queries.entry_for(request.user, uuid)
    except Entry.DoesNotExist:
        raise Http404 from None


def _entry_to_change(request: HttpRequest, uuid: UUID) -> Entry:
    one = _entry(request, uuid)
    if not queries.may_change(request.user, one):
        raise PermissionDenied
    return one


def _place(request: HttpRequest, slug: str) -> Place:
    try:
        return place_at(request.user, slug)
    except Place.DoesNotExist:
        raise Http404 from None

# SPDX-License-Identifier: Apache-2.0
"""The ledger's pages: what it holds, one series through time, one number with its whole history."""

from __future__ import annotations

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
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.figures import actions, numbers, queries
from bamsat.rooms.figures.forms import ReplaceForm, WithdrawForm
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.figures.reading import said
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import place_at
from bamsat.rooms.places.rights import Function, may
from bamsat.ui import paper


@may(Function.SEE)
@require_GET
def list_of_series(request: HttpRequest) -> HttpResponse:
    search, slug = request.GET.get("tim", "").strip()[:200], request.GET.get("noi", "")
    place = _place(request, slug) if slug else None
    found = queries.series_lines(request.user, search=search, place=place)
    places = {
        line.place.pk: line.place
        for line in (found if not place and not search else queries.series_lines(request.user))
    }
    context = {
        "lines": found,
        "search": search,
        "place": place,
        "places": sorted(places.values(), key=lambda one: one.sort_key),
        "filtered": bool(search or place),
    }
    return render(request, "figures/list.html", context)


@may(Function.SEE)
@require_GET
def series(request: HttpRequest, indicator: str, place: str) -> HttpResponse:
    found, where = indicator_coded(indicator), _place(request, place)
    if found is None:
        raise Http404
    history = queries.history(
        request.user, found, where, price_basis=request.GET.get("gia"), segment=request.GET.get("phan-to", "")
    )
    latest = next((row for row in history.rows if row.level or row.growth), None)
    number = (latest.level or latest.growth) if latest else None
    context = {
        "indicator": found,
        "place": where,
        "history": history,
        "lines": numbers.lines(history),
        "latest": latest,
        "hero": numbers.told(number, bool(latest and not latest.level), numbers.scale_of(number)) if number else None,
        "growth": numbers.without_sign(latest.growth) if latest and latest.level else None,
        "plan_ratio": numbers.told(latest.plan_ratio) if latest else None,
        "chart": numbers.chart_of(history),
        "sentence": numbers.sentence(history),
        "source": _source(queries.entry_for(request.user, number.entry)) if number else None,
    }
    return render(request, "figures/series.html", context)


@may(Function.SEE)
@require_GET
def entry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return render(request, "figures/entry.html", _entry_page(request, _entry(request, uuid)))


@may(Function.JUDGE)
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
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã thay. Số cũ vẫn còn trong lịch sử."))
            return redirect("figures:entry", new.uuid)
    return render(request, "figures/entry.html", _entry_page(request, old) | {"replace_form": form})


@may(Function.JUDGE)
@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    old, form = _entry_to_change(request, uuid), WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw(request.user, old, form.cleaned_data["reason"])  # type: ignore[arg-type]
        except BamsatError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã rút. Số vẫn còn trong lịch sử, kèm lý do."))
            return redirect("figures:entry", old.uuid)
    return render(request, "figures/entry.html", _entry_page(request, old) | {"withdraw_form": form})


def _entry_page(request: HttpRequest, one: Entry) -> dict[str, Any]:
    text, unit = numbers.entry_number(one)
    standing = queries.is_standing(one)
    return {
        "entry": one,
        "text": text,
        "unit": unit,
        "standing": standing,
        "may": standing and queries.may_change(request.user, one),
        "source": _source(one),
        "trail": [(each, *numbers.entry_number(each)) for each in queries.trail(one)],
        "releases": [(each, *numbers.entry_number(each)) for each in queries.releases(one) if each.pk != one.pk],
        "confirmations": queries.confirmations(one),
        "replace_form": ReplaceForm(),
        "withdraw_form": WithdrawForm(),
        "unit_typed": _unit_typed(one),
    }


def _unit_typed(one: Entry) -> str:
    """The unit beside the field for a new value: read in Vietnamese, whatever the language of the page."""
    with translation.override("vi"):
        return numbers.entry_number(one)[1]


def _source(one: Entry) -> dict[str, Any] | None:
    """The sentence that a number came from, and the way back to it; that of the number it replaced, if it was typed."""
    origin = one
    while origin.source is None and origin.replaces is not None:
        origin = origin.replaces
    figure = origin.source
    if figure is None:
        return None
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

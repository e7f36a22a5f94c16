# SPDX-License-Identifier: Apache-2.0
"""Pages of a return that is being filled: opening it, the table, saving cells as they are typed, sending it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.places.rights import Function
from bamsat.rooms.places.rights import may as may_use
from bamsat.rooms.submissions import queries
from bamsat.rooms.submissions.asking import return_or_404
from bamsat.rooms.submissions.filling import actions as actions_fill
from bamsat.rooms.submissions.filling.actions import Change, typed_keys
from bamsat.rooms.submissions.filling.page import answer_of, context_of, last_values
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow.errors import NotReady
from bamsat.rooms.submissions.grids import definition_of, grid_of
from bamsat.rooms.submissions.models import Origin, Return
from bamsat.rooms.submissions.period_words import period_name, titled
from bamsat.ui import words

UNDO = "submissions_undo"  # in the session: what the last filling or removal took away
CELL, WHY = "o:", "vi-sao:"  # names of fields: a cell's text, the reason for it


@may_use(Function.ENTER)
@require_POST
def open_(request: HttpRequest) -> HttpResponse:
    """The return of a form, a place and a period; made if it is not there."""
    user = who(request)
    code, slug, kept = (request.POST.get(name, "").strip()[:120] for name in ("bieu", "noi", "ky"))
    form = queries.forms(user).filter(code=code).first()
    place = queries.places_for(user, Function.ENTER, form).filter(slug=slug).first() if form else None
    if form is None or place is None:
        raise Http404
    try:
        sent = actions_fill.open_return(user, form, place, Period.parse(kept))
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect("home")
    return redirect("submissions:return", sent.uuid)


@may_use(Function.ENTER)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The table to fill; a POST saves all of it at once, for a browser without scripts."""
    sent = open_at(request, uuid)
    if sent is None:
        return redirect("submissions:review", uuid)
    if request.method == "POST":
        return _save_all(request, sent)
    context = context_of(who(request), sent, missing="trong" in request.GET)
    kept = request.session.get(UNDO, {})
    context["may_undo"] = kept.get("uuid") == str(sent.uuid) and kept.get("revision") == sent.revision
    return render(request, "submissions/fill.html", context)


def _save_all(request: HttpRequest, sent: Return) -> HttpResponse:
    user = who(request)
    changes = list(_posted(request, sent))
    try:
        saved = actions_fill.save_cells(user, sent, changes, request.POST.get("ghi-chu"))
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect("submissions:return", sent.uuid)
    if saved.conflicts:
        mine = {each.key: each.text for each in changes}
        return render(request, "submissions/fill.html", context_of(user, saved.sent_return, saved.conflicts, mine))
    if "gui" in request.POST:
        return _send(request, saved.sent_return)
    messages.success(request, _("Đã lưu."))
    return redirect(reverse("submissions:return", args=[sent.uuid]) + ("?trong=1" if "trong" in request.GET else ""))


def _send(request: HttpRequest, sent: Return) -> HttpResponse:
    """Hand it in; what stands against it is shown at its cell."""
    revision = request.POST.get("lan", "")
    try:
        actions_flow.send(who(request), sent, int(revision) if revision.isdecimal() and len(revision) < 10 else None)
    except NotReady as error:
        messages.warning(request, words.told(error))
        return redirect(reverse("submissions:return", args=[sent.uuid]) + f"?trong=1#loi-{error.findings[0].key}")
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect("submissions:return", sent.uuid)
    messages.success(
        request,
        _("Đã gửi “%(title)s”.") % {"title": titled(sent.form.name, sent.span, words.language() == "en")},
    )
    return redirect("submissions:review", sent.uuid)


def _posted(request: HttpRequest, sent: Return) -> list[Change]:
    """The cells of a posted form; a button beside a cell says what it should hold instead."""
    seen = _json(request.POST.get("thay", ""))
    chosen, _equals, text = request.POST.get("doi", "").partition("=")
    found = {}
    for key in typed_keys(definition_of(sent.version), sent.chosen):
        field = request.POST.get(CELL + key)
        if field is None and key != chosen:
            continue
        why = request.POST.get(WHY + key)
        if why == sent.cells.get(key, {}).get("why", ""):
            why = None  # not touched: it goes with the value that it was given for
        count = seen.get(key, 0)
        found[key] = Change(
            key, text if key == chosen else (field or ""), count if isinstance(count, int) else 0, why=why
        )
    return list(found.values())


# Saving as one goes.


@may_use(Function.ENTER)
@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Some cells, as JSON. A GET gives the token to a page whose user has signed in anew."""
    user = who(request)
    sent = return_or_404(request, uuid)
    if request.method == "GET":
        return JsonResponse({"token": get_token(request), "revision": sent.revision})
    said = _json(request.body.decode("utf-8", "replace"))
    changes, gone = _changes(said, sent)
    note = said.get("note")
    try:
        saved = actions_fill.save_cells(user, sent, changes, note if isinstance(note, str) else None)
    except BamsatError as error:
        return JsonResponse({"error": words.told(error)}, status=409)
    mine = {each.key: each.text for each in changes}
    revision = said.get("revision")
    known = revision if isinstance(revision, int) else -1
    answer = answer_of(request, user, saved, mine, known, bool(said.get("missing")))
    return JsonResponse(answer | {"gone": gone})


def _changes(said: Mapping[str, Any], sent: Return) -> tuple[list[Change], list[str]]:
    """What to write, and the keys of cells that are no longer there: somebody removed their row."""
    listed = said.get("changes")
    keys = typed_keys(definition_of(sent.version), sent.chosen)
    found: dict[str, Change] = {}
    gone: list[str] = []
    copied: list[str] = []
    for each in listed if isinstance(listed, list) else ():
        key, text = (each.get("key"), each.get("text")) if isinstance(each, dict) else (None, None)
        if not isinstance(key, str) or not isinstance(text, str):
            continue
        if key not in keys:
            gone.append(key)
            continue
        seen, why = each.get("seen"), each.get("why")
        found[key] = Change(
            key, text, seen if isinstance(seen, int) else 0,
            Origin.PASTED if each.get("origin") == Origin.PASTED else Origin.TYPED,
            why if isinstance(why, str) else None,
        )  # fmt: skip
        if each.get("origin") == Origin.LAST:
            copied.append(key)
    return list((found | _from_last(found, copied, sent)).values()), gone


def _from_last(found: Mapping[str, Change], copied: list[str], sent: Return) -> dict[str, Change]:
    """That values are last period's is believed when they are."""
    if not copied:
        return {}
    last = last_values(grid_of(sent))
    name = period_name(sent.span.before(), words.language() == "en")
    return {
        key: replace(found[key], origin=Origin.LAST, src=name) for key in copied if last.get(key) == found[key].text
    }


# What several of these need.


def open_at(request: HttpRequest, uuid: UUID) -> Return | None:
    """The return, if the user may fill it now; who may only read it is led there, and changes nothing."""
    try:
        sent = queries.return_at(request.user, uuid)
    except Return.DoesNotExist:
        if request.method == "POST":
            raise Http404 from None
        return None
    return sent if sent.is_open else None


def _json(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}

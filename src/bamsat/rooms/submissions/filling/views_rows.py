# SPDX-License-Identifier: Apache-2.0
"""Beside the table: values pulled instead of typed, rows that the sender adds and removes, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.catalogue.models import Code
from bamsat.rooms.places.rights import Function
from bamsat.rooms.places.rights import may as may_use
from bamsat.rooms.submissions.asking import return_or_404
from bamsat.rooms.submissions.filling import actions as actions_fill
from bamsat.rooms.submissions.filling.actions import Change
from bamsat.rooms.submissions.filling.pulling import SOURCES, Pulled, pulled
from bamsat.rooms.submissions.filling.table import Table, table_of
from bamsat.rooms.submissions.filling.views import UNDO, open_at
from bamsat.rooms.submissions.grids import definition_of, grid_of
from bamsat.rooms.submissions.models import Return
from bamsat.rooms.submissions.period_words import titled
from bamsat.ui import words

MOST_CODES = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that can be taken for a cell, beside what stands there."""

    pulled: Pulled
    name: str
    now: str

    @property
    def chosen(self) -> bool:
        return not self.now.strip()


@may_use(Function.ENTER)
@require_http_methods(["GET", "POST"])
def pull(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a source has for the cells, to choose from; a POST fills the chosen ones."""
    sent = open_at(request, uuid)
    source = request.POST.get("tu") or request.GET.get("tu", "")
    if sent is None:
        return redirect("submissions:review", uuid)
    if source not in SOURCES:
        raise Http404
    grid = grid_of(sent)
    found = pulled(grid, source)
    if request.method == "POST":
        return _filled(request, sent, found)
    names = {slot.key: slot.name for line in table_of(grid).lines for slot in line.slots}
    offers = [Offer(each, names.get(each.key, each.key), sent.cells.get(each.key, {}).get("t", "")) for each in found]
    offers = [each for each in offers if each.now.strip() != each.pulled.text]
    context = {
        "sent": sent, "form": sent.form, "offers": offers, "source": source, "source_name": SOURCES[source],  # type: ignore[index]
        "title": titled(sent.form.name, sent.span, words.language() == "en"),
        "chosen": sum(each.chosen for each in offers), "found": len(found),
    }  # fmt: skip
    return render(request, "submissions/fill_pull.html", context)


def _filled(request: HttpRequest, sent: Return, found: list[Pulled]) -> HttpResponse:
    wanted = set(request.POST.getlist("o"))
    changes = [each.change(sent.cells.get(each.key, {}).get("n", 0)) for each in found if each.key in wanted]
    before = {each.key: dict(sent.cells.get(each.key, {})) for each in changes}
    try:
        saved = actions_fill.save_cells(who(request), sent, changes)
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect("submissions:return", sent.uuid)
    if saved.keys:
        _remember(request, sent, {key: before[key] for key in saved.keys}, saved.sent_return)
    count = len(saved.keys)
    said = ngettext("Đã điền %(n)s ô.", "Đã điền %(n)s ô.", count) % {"n": words.number(count)}
    messages.success(request, said)
    if saved.conflicts:
        messages.warning(request, _("Có ô vừa được người khác sửa nên để nguyên."))
    return redirect("submissions:return", sent.uuid)


# Rows.


@may_use(Function.ENTER)
@require_POST
def add_row(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A row for the chosen codes of the pattern's lists."""
    sent = open_at(request, uuid)
    if sent is None:
        return redirect("submissions:review", uuid)
    row = request.POST.get("dong", "")
    pattern = next((each for each in definition_of(sent.version).rows if each.code == row and each.pick), None)
    codes = [_code(request, codelist) for codelist in pattern.pick] if pattern else []
    try:
        actions_fill.add_row(who(request), sent, row, codes)
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect("submissions:return", sent.uuid)
    return redirect(f"{_address(sent)}#dong-{'~'.join([row, *codes])}")


def _code(request: HttpRequest, codelist: str) -> str:
    """The chosen code; what was typed and not chosen is taken where it is the name of one."""
    code = request.POST.get(f"ma-{codelist}", "").strip()[:40]
    typed = " ".join(request.POST.get(f"ten-{codelist}", "").split())[:300]
    if code or not typed:
        return code
    named = Code.objects.filter(Q(folded=fold(typed)) | Q(code__iexact=typed), codelist__code=codelist)
    found = list(named.order_by("-codelist__version").values_list("code", flat=True)[:2])
    return found[0] if len(set(found)) == 1 else typed[:40]


@may_use(Function.ENTER)
@require_POST
def remove_row(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a row away; the page offers to put it back with what was typed in it."""
    sent = open_at(request, uuid)
    if sent is None:
        return redirect("submissions:review", uuid)
    code = request.POST.get("dong", "")
    pick = next((each for each in sent.chosen if each.code == code), None)
    if pick is None:
        return redirect("submissions:return", sent.uuid)
    name = _row_name(table_of(grid_of(sent, ledger=False)), code)
    gone = {key: dict(cell) for key, cell in sent.cells.items() if key.rpartition(".")[0] == code}
    try:
        held = actions_fill.remove_row(who(request), sent, pick.row, pick.codes)
    except BamsatError as error:
        messages.error(request, words.told(error))
        return redirect("submissions:return", sent.uuid)
    _remember(request, sent, gone, held, pick.row, list(pick.codes))
    messages.success(request, _("Đã bỏ dòng “%(row)s”.") % {"row": name})
    return redirect("submissions:return", sent.uuid)


def _row_name(table: Table, code: str) -> str:
    return next((line.name for line in table.lines if line.row.code == code), code)


def _remember(
    request: HttpRequest, sent: Return, cells: dict[str, dict[str, Any]], held: Return, row: str = "",
    codes: list[str] | None = None,
) -> None:  # fmt: skip
    counts = {key: held.cells.get(key, {}).get("n", 0) for key in cells}
    request.session[UNDO] = {
        "uuid": str(sent.uuid), "cells": cells, "counts": counts, "row": row, "codes": codes or [],
        "revision": held.revision,
    }  # fmt: skip


@may_use(Function.ENTER)
@require_POST
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put back what the last filling or removal took away, where nobody has typed since."""
    sent = open_at(request, uuid)
    if sent is None:
        return redirect("submissions:review", uuid)
    kept = request.session.pop(UNDO, None)
    if not kept or kept["uuid"] != str(sent.uuid):
        messages.warning(request, _("Không còn gì để hoàn tác."))
        return redirect("submissions:return", sent.uuid)
    changes = [
        Change(
            key, cell.get("t", ""), kept["counts"].get(key, 0), cell.get("o", "typed"), cell.get("why", ""),
            cell.get("src", ""),
        )
        for key, cell in kept["cells"].items()
    ]  # fmt: skip
    try:
        actions_fill.put_back(who(request), sent, changes, kept["row"], kept["codes"])
    except BamsatError as error:
        messages.error(request, words.told(error))
    else:
        messages.success(request, _("Đã hoàn tác."))
    return redirect("submissions:return", sent.uuid)


@may_use(Function.ENTER)
@require_GET
def codes(request: HttpRequest, uuid: UUID, codelist: str) -> HttpResponse:
    """Lines of a list of choices: codes whose names fit what was typed."""
    sent = return_or_404(request, uuid)
    definition = definition_of(sent.version)
    if codelist not in {each for row in definition.rows for each in row.pick} | {
        c.codelist for c in definition.columns
    }:
        raise Http404
    typed = " ".join(request.GET.get("tim", "").split())[:150]
    return render(request, "submissions/fill_codes.html", {"found": _fitting(codelist, typed), "typed": typed})


def _fitting(codelist: str, typed: str) -> list[Code]:
    """Names that hold every word, those that begin with what was typed first, short ones first."""
    folded = fold(typed)
    fits = Q()
    for word in folded.split():
        fits &= Q(folded__contains=word)
    rows = Code.objects.filter(fits | Q(code__iexact=typed), codelist__code=codelist).select_related("codelist")
    newest: dict[str, Code] = {}
    for code in rows.order_by("codelist__version")[:400]:
        newest[code.code] = code
    ordered = sorted(
        newest.values(), key=lambda each: (not each.folded.startswith(folded), len(each.folded), each.order)
    )
    return ordered[:MOST_CODES]


def _address(sent: Return) -> str:
    return reverse("submissions:return", args=[sent.uuid])

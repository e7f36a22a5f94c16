# SPDX-License-Identifier: Apache-2.0
"""Pages of findings: the inbox, one finding, and what is done with one or several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.accounts.models import User
from bamsat.rooms.findings import actions, actions_many, listing, people, queries
from bamsat.rooms.findings.actions_many import Many
from bamsat.rooms.findings.forms import AssignForm, ReasonForm
from bamsat.rooms.findings.listing import A_PAGE, NOTES_SHOWN, Filters, Listed, Row
from bamsat.rooms.findings.models import Finding, Severity
from bamsat.rooms.findings.naming import SHAPES, sentence
from bamsat.rooms.findings.page import context_of
from bamsat.rooms.places.rights import Function, holds, may
from bamsat.ui import words

_LEFT = "findings_left"  # in the session: those of several that were left, told on the next page
_LEFT_SHOWN = 20


def _finding(request: HttpRequest, uuid: UUID) -> Finding:
    try:
        return queries.finding_at(request.user, uuid)
    except Finding.DoesNotExist:
        raise Http404 from None


# The inbox.


@may(Function.SEE)
@require_GET
def list_of_findings(request: HttpRequest) -> HttpResponse:
    user = who(request)
    filters = Filters.of(request.GET.dict())
    counts = listing.counted(user, filters)
    page = Paginator(Listed(user, filters, counts), A_PAGE).get_page(request.GET.get("trang"))
    rows = listing.shown(list(page))
    judges = holds(user, Function.JUDGE)
    notes = _notes(user, filters, counts, first=page.number == 1)
    context = {
        "filters": filters, "page": page, "sections": listing.sections(rows, counts), "counts": counts,
        "lede": listing.lede(counts, filters), "choices": listing.choices(user, filters), "notes": notes,
        "notes_count": counts.get(Severity.NOTE, 0), "judges": judges,
        "open_ones": any(row.finding.state in queries.STANDING for row in [*rows, *notes]),
        "assign_form": AssignForm(people.for_many(user) if judges and rows else []),
        "left": request.session.pop(_LEFT, []),
        "tally": [(each, *_word(each), counts.get(each, 0)) for each in listing.LISTED],
    }  # fmt: skip
    return render(request, "findings/list.html", context)


def _notes(user: User, filters: Filters, counts: dict[str, int], first: bool) -> list[Row]:
    """What could not be told, folded at the foot of the first page."""
    if filters.severity or not first or not counts.get(Severity.NOTE):
        return []
    return listing.shown(list(filters.rows(user, Severity.NOTE).values_list("pk", flat=True)[:NOTES_SHOWN]))


def _word(severity: str) -> tuple[str, str]:
    return SHAPES[Severity(severity)], words.capital(str(Severity(severity).label))


@may(Function.JUDGE)
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Give the chosen findings to somebody, or leave them all as they are for one reason."""
    user, keys = who(request), list(_keys(request.POST))
    back = _list_address(Filters.of(request.POST.dict()), request.POST.get("trang", ""))
    if not keys:
        messages.warning(request, _("Chưa chọn phát hiện nào. Hãy đánh dấu các phát hiện rồi bấm lại."))
        return redirect(back)
    if request.POST.get("viec") == "assign":
        _assign_many(request, user, keys)
    elif request.POST.get("viec") == "accept":
        _accept_many(request, user, keys)
    else:
        raise Http404
    return redirect(back)


def _assign_many(request: HttpRequest, user: User, keys: list[UUID]) -> None:
    form = AssignForm(people.for_many(user), request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return
    _tell(request, "assign", actions_many.assign_many(user, keys, form.who, form.until))


def _accept_many(request: HttpRequest, user: User, keys: list[UUID]) -> None:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["reason"])))
        return
    _tell(request, "accept", actions_many.accept_many(user, keys, form.cleaned_data["reason"]))


def _tell(request: HttpRequest, what: str, done: Many) -> None:
    n = len(done.done)
    if n:
        said = {
            "assign": ngettext("Đã giao %(n)s phát hiện.", "Đã giao %(n)s phát hiện.", n),
            "accept": ngettext("Đã để nguyên %(n)s phát hiện.", "Đã để nguyên %(n)s phát hiện.", n),
        }[what]
        messages.success(request, said % {"n": words.number(n)})
    request.session[_LEFT] = [
        {"uuid": str(each.finding.uuid), "says": sentence(each.finding), "why": words.told(each.why)}
        for each in done.left[:_LEFT_SHOWN]
    ]


def _keys(said: QueryDict) -> Iterator[UUID]:
    for text in said.getlist("phat-hien"):
        try:
            yield UUID(text)
        except ValueError:
            continue


def _list_address(filters: Filters, page: str = "") -> str:
    known = page.isascii() and page.isdecimal() and len(page) < 9
    asked = "&".join(part for part in (filters.query, f"trang={page}" if known else "") if part)
    return f"{reverse('findings:list')}{'?' + asked if asked else ''}"


# One finding.


@may(Function.SEE)
@require_GET
def finding(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _page(request, _finding(request, uuid))


def _page(request: HttpRequest, found: Finding, said: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    filters = Filters.of(request.GET.dict())
    return render(request, "findings/finding.html", context_of(who(request), found, filters, said), status=status)


@may(Function.JUDGE)
@require_POST
def assign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, found = who(request), _finding(request, uuid)
    form = AssignForm(people.for_finding(user, found), request.POST)
    if form.is_valid():
        try:
            actions.assign(user, found, form.who, form.until)
        except BamsatError as error:
            form.add_error(None, words.told(error))
        else:
            messages.success(request, _("Đã giao cho %(who)s.") % {"who": form.who} if form.who else _("Đã thôi giao."))
            return redirect(_address(request, found))
    return _page(request, found, {"assign_form": form, "asks": "assign"}, 422)


@may(Function.SEE)
@require_POST
def explain(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _finding(request, uuid)
    return _with_reason(request, found, "explain")


@may(Function.JUDGE)
@require_POST
def accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _finding(request, uuid)
    return _with_reason(request, found, "accept")


def _with_reason(request: HttpRequest, found: Finding, what: str) -> HttpResponse:
    """Explain or leave as it is; then the next that waits comes."""
    user, form = who(request), ReasonForm(request.POST)
    filters = Filters.of(request.GET.dict())
    after = listing.beside(user, filters, found)[1]
    if form.is_valid():
        act = actions.explain if what == "explain" else actions.accept_as_is
        try:
            act(user, found, form.cleaned_data["reason"])
        except BamsatError as error:
            form.add_error("reason", words.told(error))
        else:
            said = _("Đã ghi giải trình.") if what == "explain" else _("Đã để nguyên, kèm lý do.")
            onward = _("Đây là phát hiện kế tiếp.") if after else ""
            messages.success(request, f"{said} {onward}".strip())
            return redirect(_address(request, after or found))
    return _page(request, found, {f"{what}_form": form, "asks": what}, 422)


@may(Function.JUDGE)
@require_POST
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _finding(request, uuid)
    try:
        actions.reopen(who(request), found)
    except BamsatError as error:
        messages.error(request, words.told(error))
    else:
        messages.success(request, _("Đã mở lại."))
    return redirect(_address(request, found))


def _address(request: HttpRequest, found: Finding) -> str:
    """The page of a finding within the list as it is filtered."""
    query = Filters.of(request.GET.dict()).query
    return f"{reverse('findings:finding', args=[found.uuid])}{'?' + query if query else ''}"

# SPDX-License-Identifier: Apache-2.0
"""What documents ask, proposed as tasks: with its words in their place, accepted, accepted after mending, dismissed."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.documents.models import ProposalState
from bamsat.rooms.places.doing import done
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.tasks import actions, offered, proposing, queries
from bamsat.rooms.tasks.forms import ReasonForm
from bamsat.rooms.tasks.forms_task import TaskForm, suggested
from bamsat.rooms.tasks.serving import proposal_or_404
from bamsat.ui import words

A_PAGE, MOST, DISMISSED_SHOWN = 30, 100, 50
_LEFT = "tasks_left"  # in the session: those of several that were left, told on the next page


@may(Function.READ, Function.WORK)
@require_GET
def list_of_proposals(request: HttpRequest) -> HttpResponse:
    """Grouped by document, each with its words, what was understood, and what can become of it."""
    user, find = who(request), request.GET.get("tim", "").replace("\0", "").strip()[:120]
    with remembering(user):
        waiting = queries.proposals(user, search=find)
        page = Paginator(waiting, A_PAGE).get_page(request.GET.get("trang"))
        groups = proposing.grouped(list(page))
        dismissed = list(queries.proposals(user, ProposalState.DISMISSED, search=find)[:DISMISSED_SHOWN])
    context = {
        "groups": groups, "page": page, "find": find, "dismissed": dismissed, "total": page.paginator.count,
        "lede": proposing.lede(waiting), "left": request.session.pop(_LEFT, []),
    }  # fmt: skip
    return render(request, "tasks/proposals.html", context)


def _back(request: HttpRequest) -> str:
    """The page of the list from which one came."""
    said = QueryDict(mutable=True)
    for name in ("tim", "trang"):
        if value := request.POST.get(name, "")[:120]:
            said[name] = value
    asked = said.urlencode()
    return f"{reverse('tasks:proposals')}{'?' + asked if asked else ''}"


@may(Function.READ, Function.WORK)
@require_POST
def accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """As the machine understood it."""
    found, user = proposal_or_404(request, uuid), who(request)
    return done(request, lambda: actions.accept(user, found), _("Đã thành nhiệm vụ."), _back(request))


@may(Function.READ, Function.WORK)
@require_http_methods(["GET", "POST"])
def change_and_accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """As somebody changed it."""
    found, user = proposal_or_404(request, uuid), who(request)
    place = found.document.office
    if place is None or found.state != ProposalState.WAITING:
        return _already(request, uuid)
    data = request.POST if request.method == "POST" else None
    initial = suggested(actions.suggest(found))
    form = TaskForm(user, place, offered.bodies_of(user, place), offered.people_of(place), data, initial=initial)
    del form.fields["words"]  # those of the document stay as they are
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.accept(user, found, form.asked())
        except NotAllowed:
            raise
        except BamsatError as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, _("Đã thành nhiệm vụ."))
            return redirect("tasks:task", made.uuid)
    context = {"form": form, "proposal": proposing.told(found), "place": place}
    return render(request, "tasks/form.html", context, status=422 if form.errors else 200)


def _already(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = proposal_or_404(request, uuid)
    task = getattr(found, "task", None)
    if task is not None:
        messages.info(request, _("Ý kiến này đã thành nhiệm vụ."))
        return redirect("tasks:task", task.uuid)
    messages.info(request, _("Ý kiến này đã được bỏ qua. Muốn nhận thì lấy lại trước."))
    return redirect("tasks:proposals")


@may(Function.READ, Function.WORK)
@require_POST
def dismiss(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found, user, form = proposal_or_404(request, uuid), who(request), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi vì sao bỏ qua: người xem sau cần biết."))
        return redirect(_back(request))
    reason = form.cleaned_data["reason"]
    said = _("Đã bỏ qua. Ở cuối trang có thể lấy lại.")
    return done(request, lambda: actions.dismiss(user, found, reason), said, _back(request))


@may(Function.READ, Function.WORK)
@require_POST
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found, user = proposal_or_404(request, uuid), who(request)
    said = _("Đã lấy lại; đề xuất đứng lại trong danh sách chờ xem.")
    return done(request, lambda: actions.take_back_dismissal(user, found), said, _back(request))


@may(Function.READ, Function.WORK)
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Accept the chosen ones as they are, or dismiss them all for one reason."""
    user, keys = who(request), list(_keys(request.POST))[:MOST]
    if not keys:
        messages.warning(request, _("Chưa chọn đề xuất nào. Hãy đánh dấu các đề xuất rồi bấm lại."))
        return redirect(_back(request))
    chosen = list(queries.proposals(user).filter(uuid__in=keys))
    if request.POST.get("viec") == "bo-qua":
        form = ReasonForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Hãy ghi vì sao bỏ qua: một lý do cho tất cả."))
            return redirect(_back(request))
        left = []
        for one in chosen:
            try:
                actions.dismiss(user, one, form.cleaned_data["reason"])
            except BamsatError as trouble:
                left.append((one, trouble))
        n = len(chosen) - len(left)
        said = ngettext("Đã bỏ qua %(n)s đề xuất.", "Đã bỏ qua %(n)s đề xuất.", n)
    else:
        became = actions.accept_many(user, chosen)
        left, n = list(became.left), len(became.tasks)
        said = ngettext("Đã nhận %(n)s đề xuất thành nhiệm vụ.", "Đã nhận %(n)s đề xuất thành nhiệm vụ.", n)
    if n:
        messages.success(request, said % {"n": words.number(n)})
    request.session[_LEFT] = [
        {"uuid": str(one.uuid), "says": one.text[:160], "why": words.told(trouble)} for one, trouble in left[:20]
    ]
    return redirect(_back(request))


def _keys(said: QueryDict) -> Iterator[UUID]:
    for text in said.getlist("de-xuat"):
        try:
            yield UUID(text)
        except ValueError:
            continue

# SPDX-License-Identifier: Apache-2.0
"""Pages of one task: all of it, each thing that can happen to it, a new one, its words mended, a part of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.accounts.models import User
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.tasks import acting, actions, offered, rights
from bamsat.rooms.tasks.behind import gap_said
from bamsat.rooms.tasks.conditions import judge
from bamsat.rooms.tasks.drafting_page import more_of
from bamsat.rooms.tasks.forms_task import TaskForm, as_typed
from bamsat.rooms.tasks.models import Task
from bamsat.rooms.tasks.page import page_of
from bamsat.rooms.tasks.reminding import may_remind, reminders_of
from bamsat.rooms.tasks.serving import task_or_404
from bamsat.ui import words


@may(Function.WORK)
@require_GET
def task(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _page(request, task_or_404(request, uuid))


def _page(
    request: HttpRequest, found: Task, tried: str = "", form: Form | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    user = who(request)
    with remembering(user):
        page = page_of(user, found, timezone.localdate())
        context = {
            "task": found, "page": page, "line": page.line, "offers": acting.offers(user, page, tried, form),
            "judged": judge(user, found, timezone.localdate()), "reminders": reminders_of(found),
            "may_remind": page.line.is_open and bool(page.standing.due) and may_remind(user, found),
            "supporting": list(found.supporting.all()), "indicators": list(found.indicators.all()),
        } | more_of(user, page, timezone.localdate())  # fmt: skip
    return render(request, "tasks/task.html", context, status=status)


@may(Function.WORK)
@require_POST
def act(request: HttpRequest, uuid: UUID, what: str) -> HttpResponse:
    """One of the things that can happen to a task; who may do it, the action knows."""
    found, user = task_or_404(request, uuid), who(request)
    doing = acting.DOINGS.get(what)
    if doing is None:
        raise Http404
    page = page_of(user, found, timezone.localdate())
    given = {"data": request.POST, "files": request.FILES, "auto_id": f"{what}-%s"}
    form = doing.make(user, page, given)
    if form.is_valid():
        try:
            doing.act(user, found, form)
        except NotAllowed:
            raise
        except BamsatError as refused:
            if what not in page.can:  # the task has moved on: its page says where
                messages.error(request, words.told(refused))
                return redirect("tasks:task", uuid)
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, str(doing.said))
            return redirect(_next(request, found))
    return _page(request, found, what, form, 422)


def _next(request: HttpRequest, found: Task) -> str:
    """Back to the board from its buttons, else to the task."""
    if request.POST.get("ve") == "bang":
        return reverse("tasks:board")
    return reverse("tasks:task", args=[found.uuid])


# Writing one.


@may(Function.WORK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A task by hand: what was said at a meeting, or a part of another task."""
    user = who(request)
    parent = task_or_404(request, _uuid(request.GET["thuoc"])) if request.GET.get("thuoc") else None
    places = list(rights.places_for(user))
    place = parent.place if parent else _place(places, request)
    if place is None:
        raise Http404
    initial: dict[str, Any] = {"begins": timezone.localdate(), "kind": request.GET.get("loai", "")}
    if parent:
        initial |= {"record": parent.record.symbol if parent.record else "", "assigner": parent.assigner}
    gap = gap_said(user, request.GET.dict())
    form = _form(user, place, request, initial | (gap.typed if gap else {}))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create(user, place, replace(form.asked(parent=parent), target=gap.target if gap else None))
        except NotAllowed:
            raise
        except BamsatError as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, _("Đã ghi nhiệm vụ."))
            return redirect("tasks:task", made.uuid)
    context = {"form": form, "parent": parent, "place": place, "places": places}
    return render(request, "tasks/form.html", context, status=422 if form.errors else 200)


def _place(places: list[Place], request: HttpRequest) -> Place | None:
    asked = request.GET.get("noi", "")
    return next((one for one in places if one.slug == asked), places[0] if places else None)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _form(user: User, place: Place, request: HttpRequest, initial: dict[str, Any]) -> TaskForm:
    data = request.POST if request.method == "POST" else None
    return TaskForm(user, place, offered.bodies_of(user, place), offered.people_of(place), data, initial=initial)


@may(Function.WORK)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mend what a task says."""
    found, user = task_or_404(request, uuid), who(request)
    rights.ask(user, found.place, rights.WORK)
    form = _form(user, found.place, request, as_typed(found))
    form.keep(found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(user, found, form.asked_of(found), form.cleaned_data["reason"])
        except NotAllowed as refused:
            form.add_error("due", words.told(refused))
        except BamsatError as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, _("Đã sửa nhiệm vụ."))
            return redirect("tasks:task", uuid)
    context = {"form": form, "task": found, "place": found.place}
    return render(request, "tasks/form.html", context, status=422 if form.errors else 200)

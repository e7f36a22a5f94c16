# SPDX-License-Identifier: Apache-2.0
"""Pages of drafts for the province and of long programmes; what happens to a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.accounts.models import User
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, may, remembering
from bamsat.rooms.tasks import actions_drafts, drafting_page, drafts, programmes, rights
from bamsat.rooms.tasks.models import Kind, Task
from bamsat.rooms.tasks.page import page_of
from bamsat.rooms.tasks.serving import task_or_404
from bamsat.ui import words

TABS = (
    (drafts.WORKING, gettext_lazy("Đang làm")), (drafts.WAITING, gettext_lazy("Đang chờ ký")),
    (drafts.DONE, gettext_lazy("Đã ban hành")), (drafts.ALL, gettext_lazy("Tất cả")),
)  # fmt: skip


@may(Function.WORK)
@require_GET
def drafts_page(request: HttpRequest) -> HttpResponse:
    """The drafts of the office: on their way as a board of stages, the others as lists."""
    user, today = who(request), timezone.localdate()
    show = request.GET.get("xem", "")
    show = show if show in drafts.SHOWS else drafts.WORKING
    with remembering(user):
        every = drafts.drafts(user, today)
        found = drafts.shown(every, show)
        context = {
            "shows": [(code, name, len(drafts.shown(every, code)), code == show) for code, name in TABS],
            "board": drafts.columns(found) if show == drafts.WORKING else [], "drafts": found, "show": show,
            "sentence": _sentence(every), "may_add": rights.places_for(user).exists(),
        }  # fmt: skip
        return render(request, "tasks/drafts.html", context)


def _sentence(every: list[drafts.Draft]) -> str:
    """What matters first: how many wait for a signature, how many are late."""
    going = [one for one in every if not one.is_over]
    waits = sum(one.waits_for_signature for one in going)
    late = sum(one.line.is_overdue for one in going)
    if not going:
        return _("Không có dự thảo nào đang làm.")
    said = ngettext("%(n)s dự thảo đang làm", "%(n)s dự thảo đang làm", len(going)) % {"n": len(going)}
    if waits:
        said += ", " + ngettext("%(n)s đang chờ ký", "%(n)s đang chờ ký", waits) % {"n": waits}
    if late:
        said += ", " + ngettext("%(n)s quá hạn", "%(n)s quá hạn", late) % {"n": late}
    return f"{said}."


@may(Function.WORK)
@require_POST
def draft_step(request: HttpRequest, uuid: UUID, what: str) -> HttpResponse:
    """A stage passed, opinions asked for, an opinion given."""
    found, user = task_or_404(request, uuid), who(request)
    page = page_of(user, found, timezone.localdate())
    form = drafting_page.forms_of(user, page, request.POST, what).get(what) if found.kind != Kind.TASK else None
    if form is None:
        raise Http404
    act, said = _ACTS[what]
    if form.is_valid():
        try:
            act(user, found, form)
        except NotAllowed:
            raise
        except BamsatError as refused:
            form.add_error(None, words.told(refused))
        else:
            messages.success(request, str(said))
            return redirect("tasks:task", uuid)
    return render(request, "tasks/draft_form.html", {"task": found, "form": form, "what": what}, status=422)


def _pass(user: User, task: Task, form: Any) -> object:
    return actions_drafts.pass_on(user, task, form.passing())


def _ask(user: User, task: Task, form: Any) -> object:
    told = form.cleaned_data
    return actions_drafts.ask_opinions(user, task, form.chosen, told["until"], told["letter"], told["on"])


def _answer(user: User, task: Task, form: Any) -> object:
    told = form.cleaned_data
    return actions_drafts.note_opinion(
        user, task, told["unit"], told["agrees"] == "co", told["on"], told["letter"], told["note"]
    )


def _describe(user: User, task: Task, form: Any) -> object:
    return actions_drafts.describe(user, task, form.about())


_ACTS: dict[str, tuple[Callable[[User, Task, Any], object], Any]] = {
    drafting_page.STAGE: (_pass, gettext_lazy("Đã ghi bước của dự thảo.")),
    drafting_page.ASK: (_ask, gettext_lazy("Đã ghi việc lấy ý kiến.")),
    drafting_page.ABOUT: (_describe, gettext_lazy("Đã ghi thông tin.")),
    drafting_page.ANSWER: (_answer, gettext_lazy("Đã ghi ý kiến của đơn vị.")),
}


@may(Function.WORK)
@require_GET
def programmes_page(request: HttpRequest) -> HttpResponse:
    """Every long programme, or those that run in a year."""
    user, today = who(request), timezone.localdate()
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    with remembering(user):
        every = programmes.programmes(user, today)
        found = [one for one in every if year is None or one.runs_in(year)]
        rows = [(one, words.period(one.span.code) if one.span else "", drafting_page.passed_words(one.passed(today)),
                 drafting_page.counts_words(one.counts)) for one in found]  # fmt: skip
        context = {
            "rows": rows, "year": year, "years": _years(every), "count": len(every), "today": today,
            "may_add": rights.places_for(user).exists(),
        }  # fmt: skip
        return render(request, "tasks/programmes.html", context)


def _years(every: list[programmes.Programme]) -> list[int]:
    """The years by which the list can be narrowed."""
    spans = [one.span for one in every if one.span]
    if not spans:
        return []
    first, last = min(one.start_year for one in spans), max(one.end_year for one in spans)
    return list(range(first, min(last, first + 29) + 1))

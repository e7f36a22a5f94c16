# SPDX-License-Identifier: Apache-2.0
"""Pages of returns on their way: the list, the one that is read, and what is done with one or many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.asking import who
from bamsat.rooms.accounts.models import User
from bamsat.rooms.places.rights import Function, holds, may
from bamsat.rooms.submissions import queries
from bamsat.rooms.submissions.asking import return_or_404
from bamsat.rooms.submissions.checking_kept import sentence_of
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many, queues
from bamsat.rooms.submissions.flow import listing as flow_list
from bamsat.rooms.submissions.flow.actions_many import Many
from bamsat.rooms.submissions.flow.listing import A_PAGE, CHECK, Filters
from bamsat.rooms.submissions.flow.review import context_of
from bamsat.rooms.submissions.models import Return, ReturnState
from bamsat.rooms.submissions.naming_places import full_name
from bamsat.rooms.submissions.period_words import titled
from bamsat.ui import words

MOST = 500  # returns of one press; a department's month comes in several
_LEFT, _UNDO = "submissions_left", "submissions_flow_undo"  # in the session
_SHOWN = 30


# The list.


@may(Function.ENTER)
@require_GET
def list_of_returns(request: HttpRequest) -> HttpResponse:
    user = who(request)
    filters = Filters.of(request.GET.dict())
    tabs, tab = flow_list.tabs(user, request.GET.get("muc", "") or (flow_list.ALL if filters.any else ""))
    own = flow_list.rows_of(user, tab)
    found = filters.narrow(own)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    total = page.paginator.count
    context = {
        "queues": tabs, "tab": tab, "filters": filters, "choices": flow_list.choices(user, own, tab), "page": page,
        "rows": flow_list.shown(page), "total": total,
        "lede": "" if filters.any and not total else flow_list.lede(tab, total),
        "many": {"kiem-tra": "check", "duyet": "approve", "nhap": "send", "tra-lai": "send"}.get(tab, ""),
        "plain": _without_questions(found) if tab == CHECK else min(total, MOST),
        "also_approve": tab == CHECK and holds(user, Function.APPROVE),
        "left": request.session.pop(_LEFT, []),
        "narrowing": {name: request.GET.get(name, "") for name in ("bieu", "ky", "loai", "tim")},
    }  # fmt: skip
    return render(request, "submissions/flow_list.html", context)


def _without_questions(rows: QuerySet[Return]) -> int:
    """How many of them may be checked together: those whose sender had nothing to explain."""
    return sum(not sent.explained for sent in rows.select_related(None).only("cells")[:MOST])


@may(Function.ENTER)
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Send, check or approve the chosen returns, or all of the tab as it is filtered."""
    user = who(request)
    tab, what = request.POST.get("muc", ""), request.POST.get("viec", "")
    if tab not in flow_list.NAMES or what not in _MANY:
        raise Http404
    rows = Filters.of(request.POST.dict()).narrow(flow_list.rows_of(user, tab))
    if "tat-ca" not in request.GET:
        rows = rows.filter(uuid__in=_uuids(request.POST))
    ids = list(rows.values_list("pk", flat=True)[: MOST + 1])
    if not ids:
        messages.warning(request, _("Chưa chọn phiếu nào. Hãy đánh dấu các phiếu rồi bấm lại."))
        return redirect(_back(tab, request.POST))
    done = _MANY[what](user, ids[:MOST])
    _tell_many(request, what, done)
    if len(ids) > MOST:
        messages.info(request, _("Mỗi lần làm nhiều nhất %(n)s phiếu; hãy bấm lần nữa cho phần còn lại.") % {"n": MOST})
    return redirect(_back(tab, request.POST))


_MANY: dict[str, Callable[[User, list[int]], Many]] = {
    "send": actions_many.send_many, "check": actions_many.check_many, "approve": actions_many.approve_many,
}  # fmt: skip


def _tell_many(request: HttpRequest, what: str, many: Many) -> None:
    n = len(many.done)
    if n:
        said = {
            "send": ngettext("Đã gửi %(n)s phiếu.", "Đã gửi %(n)s phiếu.", n),
            "check": ngettext("Đã kiểm tra xong %(n)s phiếu.", "Đã kiểm tra xong %(n)s phiếu.", n),
            "approve": ngettext("Đã duyệt %(n)s phiếu vào sổ.", "Đã duyệt %(n)s phiếu vào sổ.", n),
        }[what]
        messages.success(request, said % {"n": words.number(n)})
    english = words.language() == "en"
    request.session[_LEFT] = [
        {"uuid": str(each.sent.uuid), "name": _name(each.sent), "why": each.en if english else each.vi}
        for each in many.left[:_SHOWN]
    ]
    if len(many.left) > _SHOWN:
        messages.info(request, _("%(n)s phiếu để lại; dưới đây là %(shown)s phiếu đầu.")
                      % {"n": words.number(len(many.left)), "shown": _SHOWN})  # fmt: skip


def _uuids(said: QueryDict) -> Iterator[UUID]:
    for text in said.getlist("phieu"):
        try:
            yield UUID(text)
        except ValueError:
            continue


def _back(tab: str, said: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    kept["muc"] = tab
    for name in ("bieu", "ky", "loai", "tim"):
        if said.get(name):
            kept[name] = said.get(name, "")
    return f"{reverse('submissions:list')}?{kept.urlencode()}"


# One return.


@may(Function.SEE)
@require_GET
def review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A return as it is read; an approved one also by those who only see the figures that it put into the ledger."""
    user = who(request)
    sent = queries.returns(user, Function.ENTER).filter(uuid=uuid).exists()
    if sent:
        return _page(request, return_or_404(request, uuid))
    rows = queries.returns(user, Function.SEE).select_related("form", "version", "place", "form__set")
    found = rows.filter(uuid=uuid, state=ReturnState.APPROVED).first()
    if found is None:
        raise Http404
    return render(request, "submissions/flow_review.html", context_of(user, found, outside=True))


def _page(request: HttpRequest, sent: Return, said: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    context = context_of(who(request), sent) | (said or {})
    context.setdefault(
        "remarks_said", [(request.GET.get("o", ""), sentence_of(sent, request.GET.get("phat-hien", "")))]
    )
    context["ask_back"] = bool(said) or "o" in request.GET
    context["undo"] = request.session.pop(_UNDO, None)
    return render(request, "submissions/flow_review.html", context, status=status)


def _acts(
    act: Callable[[User, Return, int | None, QueryDict], Return], done: Callable[[Return], str], onward: bool = False,
    undo: bool = False,
) -> Callable[..., HttpResponse]:  # fmt: skip
    """A view that does one thing with a return and tells it; `onward` goes to the next that waits."""

    @may(Function.ENTER)
    @require_POST
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        user, sent = who(request), return_or_404(request, uuid)
        after = queues.in_a_row(user, sent)[1] if onward else None
        try:
            changed = act(user, sent, _revision(request), request.POST)
        except BamsatError as error:
            messages.error(request, words.told(error))
            fresh = return_or_404(request, uuid)
            remarks = list(_remarks(request.POST)) or [("", "")]
            typed: dict[str, Any] = {"remarks_said": remarks, "reason_said": request.POST.get("ly-do", "")}
            return _page(request, fresh, typed if "y-kien" in request.POST or "ly-do" in request.POST else None, 422)
        messages.success(request, done(changed))
        if undo:
            request.session[_UNDO] = {"uuid": str(sent.uuid), "name": _name(sent), "revision": changed.revision}
        return redirect("submissions:review", after or sent.uuid)

    return view


send = _acts(
    lambda user, sent, seen, _said: actions_flow.send(user, sent, seen),
    lambda sent: _("Đã gửi: %(return)s.") % {"return": _name(sent)},
)
take_back = _acts(
    lambda user, sent, seen, _said: actions_flow.take_back(user, sent, seen),
    lambda sent: _("Đã lấy lại: %(return)s. Sửa xong nhớ gửi lại.") % {"return": _name(sent)},
)
check = _acts(
    lambda user, sent, seen, _said: actions_flow.check(user, sent, seen),
    lambda sent: _("Đã kiểm tra xong: %(return)s.") % {"return": _name(sent)},
    onward=True, undo=True,
)  # fmt: skip
uncheck = _acts(
    lambda user, sent, seen, _said: actions_flow.uncheck(user, sent, seen),
    lambda sent: _("Đã lấy lại bước kiểm tra: %(return)s.") % {"return": _name(sent)},
)
approve = _acts(
    lambda user, sent, seen, _said: actions_many.approve(user, sent, seen),
    lambda sent: _("Đã duyệt vào sổ: %(return)s.") % {"return": _name(sent)},
    onward=True,
)
send_back = _acts(
    lambda user, sent, seen, said: actions_flow.send_back(user, sent, _remarks(said), said.get("ly-do", ""), seen),
    lambda sent: _("Đã trả lại: %(return)s.") % {"return": _name(sent)},
    onward=True,
)
unlock = _acts(
    lambda user, sent, seen, said: actions_flow.unlock(user, sent, said.get("ly-do", ""), seen),
    lambda sent: _("Đã mở lại: %(return)s. Số trong sổ giữ nguyên tới lần duyệt sau.") % {"return": _name(sent)},
)


def _remarks(said: QueryDict) -> Iterator[tuple[str, str]]:
    for key, text in zip(said.getlist("o"), said.getlist("y-kien"), strict=False):
        if text.strip():
            yield key, text


def _revision(request: HttpRequest) -> int | None:
    said = request.POST.get("lan", "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def _name(sent: Return) -> str:
    return f"{titled(sent.form.name, sent.span, words.language() == 'en')}, {full_name(sent.place)}"

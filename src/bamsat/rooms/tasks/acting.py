# SPDX-License-Identifier: Apache-2.0
"""What can happen to a task, each with its form, its words and its action: the buttons of its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.documents import actions as documents
from bamsat.rooms.documents.models import Document
from bamsat.rooms.places.queries import home_places, scope
from bamsat.rooms.places.rights import Function, holds
from bamsat.rooms.tasks import actions, offered
from bamsat.rooms.tasks.forms import (
    AssignForm,
    DecideForm,
    ExtensionForm,
    NoteForm,
    ProgressForm,
    ReasonForm,
    ReportForm,
)
from bamsat.rooms.tasks.models import Task

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.tasks.page import Page


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that can be done: how it is called, its button, what is said once it is done."""

    slug: str
    name: str | _StrPromise
    button: str | _StrPromise
    said: str | _StrPromise
    make: Callable[[User, Page, Mapping[str, Any]], Form]
    act: Callable[[User, Task, Any], object]


def _plain(form: type[Form], **initial: Any) -> Callable[[User, Page, Mapping[str, Any]], Form]:
    return lambda _user, _page, given: form(**given, initial=initial)


def _to_assign(user: User, page: Page, given: Mapping[str, Any]) -> Form:
    task = page.task
    initial = {
        "lead": str(task.lead_id or ""), "person": str(task.person_id or ""),
        "supporting": [str(body.pk) for body in task.supporting.all()],
    }  # fmt: skip
    return AssignForm(offered.bodies_of(user, task.place), offered.people_of(task.place), **given, initial=initial)


def _to_decide(_user: User, page: Page, given: Mapping[str, Any]) -> Form:
    return DecideForm(**given, initial={"due": page.standing.asked})


def _to_report(user: User, page: Page, given: Mapping[str, Any]) -> Form:
    place = page.task.place
    form = ReportForm(offered.issued_of(user, place), **given)
    if not holds(user, Function.READ, Function.UPLOAD):
        del form.fields["file"]
    if not form.issued:
        del form.fields["record"]
    return form


def _report(user: User, task: Task, form: ReportForm) -> object:
    """Done, with what shows it; a file is kept and read as any document."""
    told = form.cleaned_data
    file = told.get("file")
    document: Document | None = None
    if file:
        place = task.place if scope(user).filter(pk=task.place_id).exists() else next(iter(home_places(user)), None)
        document = documents.receive(user, file.name, file, place)
    return actions.report_done(
        user, task, told["on"], told["note"], told["evidence"],
        form.chosen_record if "record" in form.fields else None, document,
    )  # fmt: skip


def _assign(user: User, task: Task, form: AssignForm) -> object:
    return actions.assign(
        user, task, form.chosen_lead, form.chosen_supporting, form.chosen_person, form.cleaned_data["due"],
        form.cleaned_data["note"],
    )  # fmt: skip


def _decide(user: User, task: Task, form: DecideForm) -> object:
    return actions.decide_extension(user, task, form.grants, form.cleaned_data["due"], form.cleaned_data["reason"])


DOINGS = {one.slug: one for one in (
    Doing("giao", _("Giao việc"), _("Giao nhiệm vụ"), _("Đã giao nhiệm vụ."), _to_assign, _assign),
    Doing("xac-nhan", _("Xác nhận hoàn thành"), _("Xác nhận"), _("Đã xác nhận hoàn thành."), _plain(NoteForm),
          lambda user, task, form: actions.close(user, task, form.cleaned_data["reason"])),
    Doing("chua-dat", _("Chưa đạt, làm tiếp"), _("Trả lại để làm tiếp"), _("Đã trả lại để làm tiếp."),
          _plain(ReasonForm), lambda user, task, form: actions.return_(user, task, form.cleaned_data["reason"])),
    Doing("bao-xong", _("Báo hoàn thành"), _("Báo hoàn thành"), _("Đã báo hoàn thành, chờ xác nhận."), _to_report,
          _report),
    Doing("tien-do", _("Ghi tiến độ"), _("Ghi tiến độ"), _("Đã ghi tiến độ."), _plain(ProgressForm),
          lambda user, task, form: actions.note_progress(
              user, task, form.cleaned_data["note"], form.cleaned_data["percent"])),
    Doing("xin-gia-han", _("Xin gia hạn"), _("Xin gia hạn"), _("Đã xin gia hạn, chờ quyết định."),
          _plain(ExtensionForm), lambda user, task, form: actions.ask_extension(
              user, task, form.cleaned_data["due"], form.cleaned_data["reason"])),
    Doing("xet-gia-han", _("Xét gia hạn"), _("Cho gia hạn"), _("Đã ghi quyết định về hạn."), _to_decide, _decide),
    Doing("thoi", _("Thôi thực hiện"), _("Thôi thực hiện"), _("Đã thôi thực hiện; nhiệm vụ vẫn được lưu."),
          _plain(ReasonForm), lambda user, task, form: actions.cancel(user, task, form.cleaned_data["reason"])),
    Doing("mo-lai", _("Mở lại"), _("Mở lại"), _("Đã mở lại."), _plain(ReasonForm),
          lambda user, task, form: actions.reopen(user, task, form.cleaned_data["reason"])),
)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    """A thing that this user can do now, with its form."""

    doing: Doing
    form: Form
    open: bool
    main: bool


def offers(user: User, page: Page, tried: str = "", form: Form | None = None) -> list[Offered]:
    """What the page offers, in the order of a task's way; what was tried and refused stands open with its errors."""
    found = []
    for slug, doing in DOINGS.items():
        if slug not in page.can:
            continue
        mine = form if slug == tried and form is not None else doing.make(user, page, {"auto_id": f"{slug}-%s"})
        first = slug == page.main
        found.append(Offered(doing, mine, slug == tried or (first and not tried), first))
    return sorted(found, key=lambda one: not one.main)

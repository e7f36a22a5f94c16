# SPDX-License-Identifier: Apache-2.0
"""A task is given to a body and a person, and its deadline is extended, or not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bamsat.core.act.tasks import Standing
from bamsat.rooms.tasks import rights
from bamsat.rooms.tasks.columns import known_bodies
from bamsat.rooms.tasks.models import Act, Step, Task, Time
from bamsat.rooms.tasks.steps import OPEN, Refused, hold, state_is, today_or, words, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.directory.models import Body


@transaction.atomic
def assign(
    by: User, task: Task, lead: Body | None, supporting: Iterable[Body] = (), person: User | None = None,
    due: date | None = None, note: str = "", *, today: date | None = None,
) -> Step:  # fmt: skip
    """Give it to a lead, supporting bodies and a person; a deadline of one's own may be sooner than the document's."""
    today, others = today_or(today), tuple(supporting)
    held, now = hold(by, task, rights.ASSIGN, today)
    state_is(held, now, *OPEN)
    if lead is None and person is None:
        raise Refused(vi="Hãy chọn đơn vị chủ trì hoặc người theo dõi.", en="Choose the body that leads, or a person.")
    known_bodies(by, (*others, *((lead,) if lead else ())))
    if lead in others:
        raise Refused(
            vi=f"{lead} vừa chủ trì vừa phối hợp. Hãy bỏ một trong hai.",
            en=f"{lead} both leads and supports. Leave one of them out.",
        )
    held.lead, held.person = lead, person
    if due:
        _deadline(held, now, due)
    held.save(update_fields=["lead", "person", "due", "first_due", "time"])
    held.supporting.set(others)
    _opens(held, person)
    details: dict[str, Any] = {
        "lead": str(lead) if lead else "", "supporting": [str(body) for body in others],
        "person": str(person) if person else "",
    }  # fmt: skip
    return write(by, held, Act.ASSIGNED, today, "assigned", due=due, note=words(note), details=details)


@transaction.atomic
def ask_extension(by: User, task: Task, due: date, reason: str, *, today: date | None = None) -> Step:
    """Ask for a later deadline, saying why; it holds once somebody grants it."""
    today = today_or(today)
    held, now = hold(by, task, rights.WORK, today)
    state_is(held, now, *OPEN)
    if now.asked:
        raise Refused(
            vi=f"Đã xin gia hạn đến {now.asked:%d/%m/%Y}, đang chờ quyết định. Hãy đợi, hoặc nhờ người quyết định.",
            en=f"An extension until {now.asked:%d/%m/%Y} waits to be decided on. Wait for it.",
        )
    _later(now, due)
    note = words(reason, "Hãy ghi vì sao xin gia hạn.", "Say why more time is needed.")
    return write(by, held, Act.EXTENSION_ASKED, today, "extension_asked", due=due, note=note)


@transaction.atomic
def decide_extension(
    by: User, task: Task, grant: bool, due: date | None = None, reason: str = "", *, today: date | None = None
) -> Step:
    """Grant a later deadline, that which was asked for or another; or refuse it, saying why. It can be granted without
    having been asked for."""
    today = today_or(today)
    held, now = hold(by, task, rights.ASSIGN, today)
    state_is(held, now, *OPEN)
    if not grant:
        return _refused(by, held, now, reason, today)
    until = due or now.asked
    if until is None:
        raise Refused(vi="Hãy ghi hạn mới.", en="Write the new deadline.")
    _later(now, until)
    details = {"before": now.due.isoformat() if now.due else "", "asked": now.asked.isoformat() if now.asked else ""}
    held.due = until
    held.save(update_fields=["due"])
    return write(by, held, Act.EXTENDED, today, "extended", due=until, note=words(reason), details=details)


def _refused(by: User, held: Task, now: Standing, reason: str, today: date) -> Step:
    if now.asked is None:
        raise Refused(
            vi="Chưa ai xin gia hạn nhiệm vụ này. Hãy tải lại trang.",
            en="Nobody asks for an extension of this task. Reload the page.",
        )
    note = words(reason, "Hãy ghi vì sao không cho gia hạn.", "Say why the extension is refused.")
    return write(by, held, Act.EXTENSION_REFUSED, today, "extension_refused", due=now.asked, note=note)


def _deadline(held: Task, now: Standing, due: date) -> None:
    """The deadline that whoever assigns gives: the first one, or one that is sooner."""
    if held.time == Time.STANDING:
        raise Refused(
            vi="Việc thường xuyên không có hạn chung. Hãy để trống hạn, hoặc sửa loại hạn của nhiệm vụ trước.",
            en="Standing work has no deadline. Leave it empty, or change the kind of deadline first.",
        )
    if due < held.begins:
        raise Refused(
            vi=f"Hạn {due:%d/%m/%Y} trước ngày giao {held.begins:%d/%m/%Y}. Hãy xem lại hạn.",
            en=f"The deadline, {due:%d/%m/%Y}, is before the task begins, {held.begins:%d/%m/%Y}.",
        )
    if now.due and due > now.due:
        raise Refused(
            vi=f"Hạn {due:%d/%m/%Y} sau hạn đang có ({now.due:%d/%m/%Y}). Muốn lùi hạn thì cho gia hạn, có lý do.",
            en=f"{due:%d/%m/%Y} is after the deadline that holds ({now.due:%d/%m/%Y}). Grant an extension instead.",
        )
    held.due, held.time = due, Time.DATE
    held.first_due = held.first_due or due


def _later(now: Standing, due: date) -> None:
    if now.due is None:
        raise Refused(
            vi="Nhiệm vụ này không có hạn nên không có gì để gia hạn. Hãy giao lại và ghi hạn.",
            en="This task has no deadline to extend. Assign it again with one.",
        )
    if due <= now.due:
        raise Refused(
            vi=f"Hạn mới {due:%d/%m/%Y} không sau hạn đang có ({now.due:%d/%m/%Y}). Hãy ghi ngày muộn hơn.",
            en=f"The new deadline, {due:%d/%m/%Y}, is not after the one that holds ({now.due:%d/%m/%Y}).",
        )


def _opens(held: Task, person: User | None) -> None:
    """Whoever follows a task has to be able to open it."""
    if person and not rights.seen_tasks(person).filter(pk=held.pk).exists():
        raise Refused(
            vi=f"{person} không mở được nhiệm vụ này. Hãy chọn người của đơn vị, hoặc giao vai trò cho người đó trước.",
            en=f"{person} cannot open this task. Choose somebody of the office, or give them a role first.",
        )

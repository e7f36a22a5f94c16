# SPDX-License-Identifier: Apache-2.0
"""The work on a task until its end: progress, stages of a draft, reported, returned, confirmed, cancelled, reopened."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bamsat.core.act.tasks import STAGES, State
from bamsat.rooms.tasks import rights
from bamsat.rooms.tasks.models import Act, Kind, Step, Task
from bamsat.rooms.tasks.steps import (
    OPEN,
    Refused,
    evidence_of,
    happened_on,
    hold,
    nothing_runs_below,
    parent_runs,
    state_is,
    today_or,
    words,
    write,
)

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.documents.models import Document, Record


@transaction.atomic
def note_progress(
    by: User, task: Task, note: str, percent: int | None = None, *, today: date | None = None
) -> Step:  # fmt: skip
    """What was done so far, in words and, where it can be said, in percent."""
    today = today_or(today)
    held, now = hold(by, task, rights.WORK, today)
    state_is(held, now, *OPEN)
    if percent is not None and not 0 <= percent <= 100:
        raise Refused(
            vi=f"Tiến độ {percent} % không nằm trong khoảng 0 đến 100. Hãy ghi lại.",
            en=f"{percent} % is not between 0 and 100. Write it again.",
        )
    said = words(note) if percent is not None else words(note, "Hãy ghi tiến độ.", "Write what was done.")
    return write(by, held, Act.PROGRESS, today, "progress", note=said, percent=percent)


@transaction.atomic
def pass_stage(
    by: User, task: Task, stage: str, on: date, note: str = "", evidence: str = "", record: Record | None = None, *,
    today: date | None = None,
) -> Step:  # fmt: skip
    """A draft has come through a stage on a day; it may come through one again."""
    today = today_or(today)
    held, now = hold(by, task, rights.WORK, today)
    state_is(held, now, *OPEN)
    if held.kind != Kind.DRAFT or stage not in STAGES:
        raise Refused(
            vi="Chỉ văn bản tham mưu mới qua các bước soạn thảo. Hãy chọn một bước trong danh sách.",
            en="Only drafts pass the stages of drafting. Choose one of the list.",
        )
    columns = evidence_of(by, evidence, record, None)
    day = happened_on(held, on, today)
    return write(by, held, Act.STAGE, day, "stage_passed", stage=stage, note=words(note), **columns)


@transaction.atomic
def report_done(
    by: User, task: Task, on: date, note: str = "", evidence: str = "", record: Record | None = None,
    document: Document | None = None, *, today: date | None = None,
) -> Step:  # fmt: skip
    """Say that it is done, with what shows it; `on` is the day of the answering document, by which lateness counts."""
    today = today_or(today)
    held, now = hold(by, task, rights.WORK, today)
    state_is(held, now, *OPEN)
    columns, said = evidence_of(by, evidence, record, document), words(note)
    if not (said or columns["evidence"] or document):
        raise Refused(
            vi="Hãy ghi số văn bản hoàn thành, gửi kèm tệp, hoặc ghi kết quả.",
            en="Give the number of the answering document, a file, or the outcome in words.",
        )
    return write(by, held, Act.REPORTED, happened_on(held, on, today), "reported", note=said, **columns)


@transaction.atomic
def return_(by: User, task: Task, reason: str, *, today: date | None = None) -> Step:
    """What was reported is not enough; the work goes on."""
    today = today_or(today)
    held, now = hold(by, task, rights.ASSIGN, today)
    state_is(held, now, State.REPORTED)
    note = words(reason, "Hãy ghi vì sao chưa đạt, để đơn vị làm tiếp.", "Say what is lacking.")
    return write(by, held, Act.RETURNED, today, "returned", note=note)


@transaction.atomic
def close(by: User, task: Task, note: str = "", *, today: date | None = None) -> Step:
    """Confirm that it is done. Whoever reported it does not confirm it, unless nobody else could; the trail then says
    so."""
    today = today_or(today)
    held, now = hold(by, task, rights.ASSIGN, today)
    state_is(held, now, State.REPORTED)
    nothing_runs_below(held, today)
    reported = held.steps.filter(act=Act.REPORTED).order_by("-pk")[0]
    alone = reported.by_id == by.pk
    if alone and rights.others_may(by, held, rights.ASSIGN):
        raise Refused(
            vi="Anh/chị là người báo hoàn thành nên không tự xác nhận. Hãy để lãnh đạo khác xác nhận.",
            en="You reported it done, so that somebody else confirms it.",
        )
    details = {"alone": True} if alone else {}
    return write(by, held, Act.CLOSED, today, "closed", note=words(note), details=details)


@transaction.atomic
def cancel(by: User, task: Task, reason: str, *, today: date | None = None) -> Step:
    """It is not to be done any more; it stays on record with the reason."""
    today = today_or(today)
    held, now = hold(by, task, rights.ASSIGN, today)
    state_is(held, now, *OPEN, State.REPORTED)
    note = words(reason, "Hãy ghi vì sao thôi thực hiện.", "Say why it is not to be done any more.")
    nothing_runs_below(held, today)
    return write(by, held, Act.CANCELLED, today, "cancelled", note=note)


@transaction.atomic
def reopen(by: User, task: Task, reason: str, *, today: date | None = None) -> Step:
    """What was finished or cancelled goes on."""
    today = today_or(today)
    held, now = hold(by, task, rights.ASSIGN, today)
    if now.state not in (State.DONE, State.CANCELLED):
        raise Refused(
            vi="Nhiệm vụ chưa kết thúc nên không cần mở lại. Hãy tải lại trang.",
            en="The task is not finished; there is nothing to reopen. Reload the page.",
        )
    parent_runs(held.parent, today)
    note = words(reason, "Hãy ghi vì sao mở lại.", "Say why it is reopened.")
    return write(by, held, Act.REOPENED, today, "reopened", note=note)

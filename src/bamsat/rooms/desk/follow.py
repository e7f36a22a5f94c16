# SPDX-License-Identifier: Apache-2.0
"""The whole loop, step by step: receive, read, check, propose, start what is due, remind.

Each step is safe to do twice, and a fault in one does not stop the others: it is told, and the next run tries again.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.models import Mail
from bamsat.rooms.desk import watched
from bamsat.rooms.documents.actions import read_document
from bamsat.rooms.documents.models import Document, ProposalState, ReadInstruction, Record, State
from bamsat.rooms.findings.models import Finding
from bamsat.rooms.submissions.month.reminding import remind_of_deadlines
from bamsat.rooms.tasks.occurrences import start_due
from bamsat.rooms.tasks.reminding import remind
from bamsat.ui import words

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from bamsat.rooms.accounts.models import User

log = logging.getLogger(__name__)
ONE_AT_A_TIME = 7_219_056  # any fixed number: PostgreSQL lets one session at a time hold it
LOST = timedelta(hours=1)  # a job that a killed worker left behind
PATIENCE = 120.0  # seconds for which a document that another worker reads is waited for
LAST = "follow.json"
READ_LATER = "bamsat.rooms.documents.tasks.read_later"


class AlreadyRunning(Exception):
    """Another `bamsat follow` is at work."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a step did, in counts and a sentence."""

    step: str
    vi: str
    en: str
    counts: dict[str, int] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    changed: bool = False


@dataclass(slots=True)
class Round:
    """One run, as its steps know it."""

    now: datetime
    user: User | None = None
    folder: Path | None = None
    address: str = ""
    dry: bool = False
    before: int = 0  # the last document that was there before
    read: list[int] = field(default_factory=list)


def follow(one: Round, tell: Callable[[Told], object] = lambda _told: None) -> list[Told]:
    """All steps in their order; raises AlreadyRunning where another run has not ended."""
    with _alone():
        one.before = Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        told = []
        for step in (receive, read, check, propose, start, remind_forms, remind_tasks, send):
            told.append(_done(step, one))
            tell(told[-1])
        if not one.dry:
            _keep(one, told)
        return told


def receive(one: Round) -> Told:
    """Take in what lies in the watched folder."""
    if one.folder is None or one.user is None:
        return Told("receive", "Nhận: không có thư mục theo dõi.", "Receive: no folder is watched.")
    moment = time.time()
    if one.dry:
        ready, later = watched.look(one.folder, moment)
        return Told(
            "receive", f"Nhận: {len(ready)} tệp đang chờ, {later} tệp đang chép dở.",
            f"Receive: {len(ready)} files wait, {later} are still being written.",
            {"ready": len(ready), "later": later},
        )  # fmt: skip
    taken = watched.take(one.user, one.folder, moment)
    new, refused = len(taken.received), len(taken.refused)
    return Told(
        "receive",
        f"Nhận: {new} tệp mới, {taken.again} đã nhận từ trước, {refused} bị từ chối, {taken.later} đang chép dở.",
        f"Receive: {new} new files, {taken.again} received before, {refused} refused, {taken.later} half written.",
        {"received": new, "again": taken.again, "refused": refused, "later": taken.later}, tuple(taken.faults),
        changed=bool(new or refused),
    )  # fmt: skip


def read(one: Round) -> Told:
    """Read what waits: here, or by the worker that runs beside."""
    waiting = Document.objects.filter(state=State.WAITING)
    if one.dry:
        n = waiting.count()
        return Told("read", f"Đọc: {n} văn bản đang chờ.", f"Read: {n} documents wait.", {"waiting": n})
    ids = list(Document.objects.filter(state__in=(State.WAITING, State.READING)).values_list("pk", flat=True))
    ids += list(Document.objects.filter(pk__gt=one.before).values_list("pk", flat=True))
    work_off_queue()
    for document in waiting.exclude(uuid__in=_with_others()).order_by("pk"):
        read_document(document)
    _wait_for_others()
    found = list(Document.objects.filter(pk__in=set(ids)).defer("text", "layout"))
    counts = {state: sum(each.state == state for each in found) for state in State.values}
    one.read = [each.pk for each in found if each.state == State.READ]
    if one.folder:
        watched.put_aside_secret(one.folder)
    done, failed, refused = counts[State.READ], counts[State.FAILED], counts[State.REFUSED]
    left = counts[State.WAITING] + counts[State.READING]
    return Told(
        "read", f"Đọc: {done} văn bản đọc xong, {failed} không đọc được, {refused} không nhận, {left} còn chờ.",
        f"Read: {done} documents read, {failed} unreadable, {refused} refused, {left} still wait.",
        {"read": done, "failed": failed, "refused": refused, "left": left}, changed=bool(done or failed or refused),
    )  # fmt: skip


def check(one: Round) -> Told:
    """What the reading was held against says; the checks themselves belong to the reading of each document."""
    found = Finding.objects.filter(document__in=one.read)
    fails = found.filter(outcome="fails").count()
    n = found.count()
    return Told(
        "check", f"Kiểm tra: {len(one.read)} văn bản, {fails} mâu thuẫn trong {n} phát hiện.",
        f"Check: {len(one.read)} documents, {fails} contradictions among {n} findings.",
        {"findings": n, "fails": fails},
    )  # fmt: skip


def propose(one: Round) -> Told:
    """What waits for a person's decision: instructions to become tasks, lines of the register to be confirmed."""
    waiting = ReadInstruction.objects.filter(state=ProposalState.WAITING)
    new, n = waiting.filter(document__in=one.read).count(), waiting.count()
    lines = Record.objects.filter(confirmed_at=None, document__isnull=False).count()
    return Told(
        "propose", f"Đề xuất: {new} ý kiến chỉ đạo mới; tất cả {n} ý kiến, {lines} dòng sổ văn bản chờ người xem.",
        f"Propose: {new} new instructions; in all {n} instructions and {lines} lines of the register wait.",
        {"new": new, "instructions": n, "records": lines},
    )  # fmt: skip


def start(one: Round) -> Told:
    """Begin the tasks of this period of standing work."""
    n = len(start_due(timezone.localdate(one.now)))
    return Told(
        "start", f"Bắt đầu: {n} nhiệm vụ của việc thường xuyên.", f"Start: {n} tasks of standing work.",
        {"started": n}, changed=bool(n),
    )  # fmt: skip


def remind_forms(one: Round) -> Told:
    """Remind who has not sent a form."""
    done = remind_of_deadlines(one.now, one.address)
    return Told(
        "forms", f"Nhắc gửi biểu: trên trang {done.on_page} phiếu, qua thư {done.by_mail} phiếu.",
        f"Remind of forms: {done.on_page} on the page, {done.by_mail} by mail.",
        {"on_page": done.on_page, "by_mail": done.by_mail}, changed=bool(done.on_page or done.by_mail),
    )  # fmt: skip


def remind_tasks(one: Round) -> Told:
    """Remind who has a task to do."""
    done = remind(one.now, one.address)
    return Told(
        "tasks", f"Nhắc nhiệm vụ: {done.on_page} lần trên trang, {done.by_mail} thư.",
        f"Remind of tasks: {done.on_page} on the page, {done.by_mail} mails.",
        {"on_page": done.on_page, "by_mail": done.by_mail, "without_address": len(done.without_address)},
        changed=not done.is_nothing,
    )  # fmt: skip


def send(one: Round) -> Told:
    """Let the mails go out that the reminders wrote."""
    if not one.dry:
        work_off_queue()
    waiting = Mail.objects.filter(sent_at=None)
    refused = waiting.exclude(note="").count()
    left = waiting.filter(note="").count()
    return Told(
        "send", f"Gửi thư: {left} thư còn chờ, {refused} thư chưa tới.",
        f"Send: {left} mails wait, {refused} did not arrive.", {"waiting": left, "undelivered": refused},
    )  # fmt: skip


# How a step is done.


def _done(step: Callable[[Round], Told], one: Round) -> Told:
    """The step; on a dry run whatever it wrote is taken back, and no mail or job leaves."""
    try:
        if not one.dry:
            return step(one)
        with transaction.atomic():
            told = step(one)
            transaction.set_rollback(True)
        return told
    except Exception as error:
        log.exception("the step %s failed", step.__name__)
        why = getattr(error, "vi", "") or type(error).__name__
        en = getattr(error, "en", "") or type(error).__name__
        name = step.__name__
        return Told(name, f"Lỗi ở bước {name}: {why}", f"Step {name} failed: {en}", faults=(why,))


def work_off_queue() -> None:
    """Do the jobs that wait, beside whatever worker runs: a job is done by whoever takes it first."""
    if isinstance(task_backends["default"], DatabaseBackend):
        Worker(
            queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=f"follow-{os.getpid()}", excluded_queue_names=[],
        ).run()  # fmt: skip


def _with_others() -> list[str]:
    """Documents that a worker has taken, or is about to take."""
    jobs = DBTaskResult.objects.filter(task_path=READ_LATER, status__in=("READY", "RUNNING"))
    recent = jobs.filter(enqueued_at__gte=timezone.now() - LOST)
    return [args["args"][0] for args in recent.values_list("args_kwargs", flat=True) if args.get("args")]


def _wait_for_others() -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and (ids := _with_others()):
        if not Document.objects.filter(uuid__in=ids, state__in=(State.WAITING, State.READING)).exists():
            return
        time.sleep(0.5)


@contextmanager
def _alone() -> Iterator[None]:
    """One run at a time: on this machine by a file, on several by PostgreSQL."""
    folder = Path(settings.BAMSAT_DATA)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "follow.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning from None
        held = connection.copy()  # of its own: a worker's round gives the other one back
        try:
            if not _lock(held, "pg_try_advisory_lock"):
                raise AlreadyRunning
            try:
                yield
            finally:
                _lock(held, "pg_advisory_unlock")
        finally:
            held.close()


def _lock(held: BaseDatabaseWrapper, function: str) -> bool:
    if held.vendor != "postgresql":
        return True
    with held.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [ONE_AT_A_TIME])
        return bool(cursor.fetchone()[0])


# The last run, for the first page.


def _keep(one: Round, told: list[Told]) -> None:
    """When it ran and what it told; in the trail too where it changed something."""
    file = Path(settings.BAMSAT_DATA) / LAST
    said = {
        "at": one.now.isoformat(), "vi": [each.vi for each in told], "en": [each.en for each in told],
        "failed": any(each.faults for each in told),
    }  # fmt: skip
    written = file.with_suffix(".new")
    written.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    written.replace(file)
    if any(each.changed for each in told):
        audit.record(one.user, "desk.follow.ran", None, steps={each.step: each.counts for each in told})


@dataclass(frozen=True, slots=True)
class LastRun:
    at: datetime
    vi: tuple[str, ...]
    en: tuple[str, ...]
    failed: bool

    @property
    def said(self) -> tuple[str, ...]:
        """Step by step, in the language of the page."""
        return self.en if words.language() == "en" else self.vi


def last_run() -> LastRun | None:
    """The last run that was no trial; none where nobody runs it, or its note cannot be read."""
    try:
        said = json.loads((Path(settings.BAMSAT_DATA) / LAST).read_text(encoding="utf-8"))
        return LastRun(datetime.fromisoformat(said["at"]), tuple(said["vi"]), tuple(said["en"]), bool(said["failed"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None

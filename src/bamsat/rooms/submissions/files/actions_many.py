# SPDX-License-Identifier: Apache-2.0
"""Many files of returns at once: received, read by a worker, their returns filled and, if so wished, sent."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from bamsat.core.read.loaders.archive import open_archive
from bamsat.core.terms.errors import FileUnreadable
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import files as kept_files
from bamsat.rooms.documents.actions import clean_name
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, holds, remembering, sees_everything
from bamsat.rooms.submissions.files.actions import Content, path_of
from bamsat.rooms.submissions.files.filling import Filler
from bamsat.rooms.submissions.files.opening import Source, open_many
from bamsat.rooms.submissions.files.sheets_in import Opened
from bamsat.rooms.submissions.filling.actions import Refused
from bamsat.rooms.submissions.flow.actions_many import send_many
from bamsat.rooms.submissions.models import Batch, BatchFile, BatchState, Form, ReturnState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bamsat.rooms.accounts.models import User

log = logging.getLogger(__name__)
MOST_FILES = 5_000
_WORKBOOK_PARTS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml", "word/document.xml"}
_OPEN = (ReturnState.DRAFT, ReturnState.RETURNED)


def receive(user: User, uploads: Iterable[tuple[str, Content]], send: bool = False, *, now: bool = False) -> Batch:
    """Keep many files, or archives of them, and have them read; `now` leaves that to the caller."""
    if not holds(user, Function.ENTER):
        raise NotAllowed(
            vi="Anh/chị chưa có quyền nhập biểu. Hãy nhờ quản trị giao vai trò.",
            en="You may not fill in forms. Ask an administrator for a role.",
        )
    rows = [row for name, content in uploads for row in _rows(clean_name(name), content)]
    if not rows:
        raise Refused(vi="Chưa chọn tệp nào, hoặc tệp nén rỗng.", en="No file was chosen, or the archive is empty.")
    if len(rows) > MOST_FILES:
        raise Refused(
            vi=f"Có {len(rows)} tệp; mỗi lần nạp nhiều nhất {MOST_FILES}. Hãy chia làm nhiều lần.",
            en=f"There are {len(rows)} files; {MOST_FILES} at most at once. Divide them.",
        )
    with transaction.atomic():
        batch = Batch.objects.create(by=user, options={"send": send}, total=len(rows))
        for row in rows:
            row.batch = batch
        BatchFile.objects.bulk_create(rows, batch_size=500)
        digests = sorted({row.archive or row.sha256 for row in rows})
        audit.record(user, "submissions.batch.received", batch, files=len(rows), kept=digests, send=send)
        if not now:
            transaction.on_commit(lambda: read_later.enqueue(str(batch.uuid)))
    return batch


def _rows(name: str, content: Content) -> list[BatchFile]:
    """The files of one upload: itself, or the members of an archive."""
    kept = kept_files.keep(name, content)
    path = path_of(kept.sha256)
    if not _is_archive(path):
        return [BatchFile(name=name, sha256=kept.sha256, size=kept.size)]
    with open_archive(path.read_bytes(), name) as archive:
        members = archive.infolist()
        return [
            BatchFile(
                name=clean_name(each.filename), size=each.file_size, archive=kept.sha256, member=number,
            )
            for number, each in enumerate(members)
            if not each.is_dir() and not _is_clutter(each.filename)
        ]  # fmt: skip


def _is_archive(path: Path) -> bool:
    """Whether it holds files of its own; a workbook is a zip too, and is looked into elsewhere."""
    try:
        with zipfile.ZipFile(path) as archive:
            return not _WORKBOOK_PARTS & set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _is_clutter(name: str) -> bool:
    """What file managers and Excel leave in folders."""
    path = PurePosixPath(name.replace("\\", "/"))
    return "__MACOSX" in path.parts or path.name.startswith(("~$", ".")) or path.name.lower() == "thumbs.db"


def visible(user: User | AnonymousUser) -> QuerySet[Batch]:
    """One's own batches; an administrator's, all."""
    found = Batch.objects.select_related("by")
    return found if sees_everything(user) else found.filter(by_id=user.pk)


@transaction.atomic
def choose(user: User, file: BatchFile, form: Form, place: Place, period: Period) -> None:
    """Say of which form, place and period a file is that did not say so itself, and have it read again."""
    held = _held(user, file)
    chosen = {"form": form.code, "place": place.slug, "period": period.code}
    held.report, held.done = {"chosen": chosen}, False
    held.save(update_fields=["report", "done"])
    _again(user, held.batch, "submissions.batch.chosen", file=held.name, **chosen)


def _held(user: User, file: BatchFile) -> BatchFile:
    held = BatchFile.objects.select_for_update(of=("self",)).select_related("batch", "batch__by").get(pk=file.pk)
    if held.batch.by_id != user.pk:
        raise NotAllowed(
            vi="Lần nạp này của người khác; người gửi tệp mới nạp lại được.",
            en="This batch belongs to somebody else; only who sent the files can have them read again.",
        )
    if held.filled_id is not None:
        raise Refused(vi="Tệp này đã vào phiếu rồi.", en="This file has filled its return already.")
    return held


def _again(user: User, batch: Batch, action: str, **details: Any) -> None:
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.READING, finished_at=None)
    audit.record(user, action, batch, **details)
    transaction.on_commit(lambda: read_later.enqueue(str(batch.uuid)))


# What a worker does.


@task()
def read_later(uuid: str) -> str:
    """Read what is not read yet of a batch; the same again does nothing."""
    return run(Batch.objects.select_related("by").get(uuid=uuid)).state


def run(batch: Batch) -> Batch:
    """Read the files that wait, fill their returns, send those that nothing is wrong with if that was wished."""
    files = list(batch.files.filter(done=False).order_by("pk"))
    try:
        with remembering(batch.by):
            Filler(batch).fill(zip(files, _opened(files), strict=True))
            if batch.options.get("send"):
                _send(batch)
    except Exception:
        log.exception("a batch of returns stopped")
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.FAILED, finished_at=timezone.now())
        batch.refresh_from_db()
        return batch
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.READ, finished_at=timezone.now())
    batch.refresh_from_db()
    return batch


def _opened(files: Sequence[BatchFile]) -> Iterable[Opened | FileUnreadable]:
    return open_many([Source(path_of(each.archive or each.sha256), each.name, each.member) for each in files])


def to_send(batch: Batch) -> list[int]:
    """The returns that a batch filled without trouble and that nobody has sent, in the order of the files."""
    rows = batch.files.filter(filled__state__in=_OPEN).order_by("pk").values_list("filled_id", "report")
    return [pk for pk, report in rows if not report.get("troubles")]


def _send(batch: Batch) -> None:
    """What cannot be sent is told at its file."""
    result = send_many(batch.by, to_send(batch))
    left = {each.sent.pk: {"vi": each.vi, "en": each.en} for each in result.left}
    if not left:
        return
    files = list(batch.files.filter(filled__in=left))
    for file in files:
        file.report["left"] = left[file.filled_id or 0]
    BatchFile.objects.bulk_update(files, ["report"], batch_size=100)

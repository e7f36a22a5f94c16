# SPDX-License-Identifier: Apache-2.0
"""A return filled from a file of its sender, and files that go with a return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import files as kept_files
from bamsat.rooms.documents.actions import clean_name
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function
from bamsat.rooms.submissions.files import attached
from bamsat.rooms.submissions.files.bundles import expected_of
from bamsat.rooms.submissions.files.findings import ReadReturn
from bamsat.rooms.submissions.files.markup_in import read_markup
from bamsat.rooms.submissions.files.opening import open_one
from bamsat.rooms.submissions.files.returns_in import Expected, read_return
from bamsat.rooms.submissions.files.sheets_in import Opened
from bamsat.rooms.submissions.filling.actions import Change, Refused, add_row, hold_to_fill, save_cells
from bamsat.rooms.submissions.models import Attachment, Origin, Return
from bamsat.rooms.submissions.queries import may

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST_ATTACHMENTS = 30
Content = bytes | BinaryIO | Iterable[bytes]


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What became of a file: what was read in it, and the cells that were written."""

    sent_return: Return
    name: str
    read: ReadReturn
    written: tuple[str, ...]


def take_file(user: User, sent: Return, name: str, content: Content) -> FileTaken:
    """Fill a return from a workbook, a CSV file or XML; FileUnreadable or NotThisReturn where nothing of it can be.

    What was understood is written; what was not is told at its cell. An empty cell never takes away what stands there.
    """
    with transaction.atomic():
        hold_to_fill(user, sent)  # whoever may not fill it is told before the file is looked at
    name = clean_name(name)
    kept = kept_files.keep(name, content)
    opened = open_one(path_of(kept.sha256), name)
    with transaction.atomic():
        held = hold_to_fill(user, sent)
        read = read_opened(opened, expected_of(held))
        written = _fill(user, held, read, name, origin_of(opened))
        audit.record(
            user, "submissions.file.taken", held, name=name, sha256=kept.sha256, cells=len(written),
            troubles=[each.as_json() for each in read.troubles],
        )  # fmt: skip
    sent.refresh_from_db()
    return FileTaken(sent, name, read, written)


def read_opened(opened: Opened, expected: Expected) -> ReadReturn:
    """A return out of whatever kind of file it came in."""
    return read_markup(opened.markup, expected) if opened.markup is not None else read_return(opened, expected)


def origin_of(opened: Opened) -> str:
    return Origin.XML if opened.markup is not None else Origin.EXCEL


def changes_of(read: ReadReturn, name: str, origin: str) -> list[Change]:
    """The changes that a file makes, each with where it stood."""
    return [Change(each.key, each.text, origin=origin, why=each.why, src=f"{name}, {each.at}") for each in read.cells]


def _fill(user: User, held: Return, read: ReadReturn, name: str, origin: str) -> tuple[str, ...]:
    for pick in read.picks:
        if pick.code not in {each.code for each in held.chosen}:
            held = add_row(user, held, pick.row, pick.codes)
    return save_cells(user, held, changes_of(read, name, origin), read.note).keys


def path_of(sha256: str) -> Path:
    """Where the bytes of a kept file lie."""
    return Path(settings.BAMSAT_DATA) / "files" / sha256[:2] / sha256[2:]


# Files that go with a return.


def attach(user: User, sent: Return, name: str, content: Content, signed: bool = False) -> Attachment:
    """Keep a signed PDF or a picture, known by its bytes, with a return; also after it was sent: paper is slow."""
    _ask_to_attach(user, sent)
    name = clean_name(name)
    kept = kept_files.keep(name, content, attached.LARGEST)
    media = attached.media_of(path_of(kept.sha256), name)
    with transaction.atomic():
        held = Return.objects.select_for_update(of=("self",)).get(pk=sent.pk)
        there = held.attachments.filter(removed_at=None)
        if (same := there.filter(sha256=kept.sha256).first()) is not None:
            return same
        if there.count() >= MOST_ATTACHMENTS:
            raise Refused(
                vi=f"Một phiếu có nhiều nhất {MOST_ATTACHMENTS} tệp kèm theo. Hãy gỡ bớt tệp cũ.",
                en=f"A return has {MOST_ATTACHMENTS} attached files at most. Remove some.",
            )
        attachment = Attachment.objects.create(
            sent_return=held, name=name, sha256=kept.sha256, size=kept.size, signed=signed, by=user
        )
        audit.record(
            user, "submissions.attachment.added", held, name=name, sha256=kept.sha256, size=kept.size, media=media,
            signed=signed,
        )  # fmt: skip
    return attachment


@transaction.atomic
def remove_attachment(user: User, attachment: Attachment, reason: str = "") -> None:
    """Take an attached file off the list; its bytes and who removed it stay."""
    _ask_to_attach(user, attachment.sent_return)
    held = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if held.removed_at is not None:
        return
    if not attachment.sent_return.is_open and not reason.strip():
        raise Refused(
            vi="Phiếu đã gửi: hãy ghi lý do gỡ tệp, người kiểm tra cần biết.",
            en="The return has been sent: give the reason for removing the file.",
        )
    held.removed_at = timezone.now()
    held.save(update_fields=["removed_at"])
    audit.record(
        user, "submissions.attachment.removed", attachment.sent_return, reason, name=held.name, sha256=held.sha256
    )


def _ask_to_attach(user: User, sent: Return) -> None:
    if not may(user, Function.ENTER, sent.form, sent.place):
        raise NotAllowed(
            vi=f"Anh/chị không nhập biểu này cho {sent.place} nên không kèm hoặc gỡ tệp được.",
            en=f"You do not fill in this form for {sent.place}, so you cannot attach or remove files.",
        )

# SPDX-License-Identifier: Apache-2.0
"""Papers marked secret (Mật, Tối mật, Tuyệt mật) may not lie on a machine with a network: nothing of them is kept.

What stays is the row with its digest, by which the same bytes are known again: no bytes, no words, no name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents.indexing import unindex
from bamsat.rooms.documents.models import Document, Record, State

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

CAUSE = "secret"
NEUTRAL = "Văn bản không nhận"
WHY_VI = (
    "Văn bản đóng dấu chỉ độ mật. Văn bản Mật, Tối mật, Tuyệt mật không được lưu trên máy có nối mạng; tệp, tên và nội "
    "dung đã bị xóa khỏi máy này. Hãy giao bản giấy cho văn thư bảo mật của cơ quan, và xóa tệp ở máy đã gửi."
)
WHY_EN = (
    "The document bears a mark of secrecy. Papers marked Mật, Tối mật or Tuyệt mật may not be kept on a networked "
    "machine; the file, its name and its content were deleted from this one. Hand the paper to the office's "
    "confidential clerk, and delete the file on the machine that sent it."
)


class SecretRefused(BamsatError):
    """Bytes that were refused before."""

    def __init__(self) -> None:
        super().__init__(
            vi="Tệp này đã bị từ chối: văn bản đóng dấu chỉ độ mật, không được lưu trên máy có nối mạng. Không có gì "
            "được giữ lại. Hãy giao bản giấy cho văn thư bảo mật của cơ quan.",
            en="This file was refused before: it bears a mark of secrecy and may not be kept on a networked machine. "
            "Nothing of it was kept. Hand the paper to the office's confidential clerk.",
        )


def is_refused(sha256: str) -> bool:
    return Document.objects.filter(sha256=sha256, state=State.REFUSED).exists()


def refuse_again(user: User, sha256: str) -> None:
    """Stop bytes that were refused before; whoever sent them is on the trail."""
    refused = Document.objects.filter(sha256=sha256, state=State.REFUSED).order_by("pk").first()
    if refused is not None:
        audit.record(user, "documents.document.refused", refused, again=True)
        raise SecretRefused


@transaction.atomic
def refuse(document: Document) -> None:
    """Keep nothing of the document, nor of any other with the same bytes: the same bytes bear the same mark.

    The file goes before the change is final. Should that fail, the file is lost and not the secret.
    """
    for held in Document.objects.select_for_update(of=("self",)).filter(sha256=document.sha256).order_by("pk"):
        if held.state != State.REFUSED:
            _strip(held)
            audit.record(held.uploaded_by, "documents.document.refused", held)
    document.path.unlink(missing_ok=True)
    document.refresh_from_db()


def _strip(held: Document) -> None:
    """Every word away. Of a paper that was read by an earlier version, figures already in the ledger stay there."""
    for record in Record.objects.filter(document=held):
        _strip_record(record)
    for rows in (held.statements.all(), held.citations.all(), held.instructions.all(), held.figures.all()):
        _drop(rows)
    held.state, held.error_cause, held.error_vi, held.error_en = State.REFUSED, CAUSE, WHY_VI, WHY_EN
    held.name = f"{NEUTRAL}.{held.media}" if held.media.isascii() and held.media.isalnum() else NEUTRAL
    held.title = held.outlet = held.author = held.text = held.progress_vi = held.progress_en = held.period = ""
    held.layout, held.attributes, held.notices, held.dated, held.progress = {}, {}, [], None, 0
    held.place = None
    held.save()


def _strip_record(record: Record) -> None:
    unindex(record)
    try:
        with transaction.atomic():
            record.delete()
    except ProtectedError:  # a task hangs on it
        for name in ("type", "number", "symbol", "key", "issuer", "signer", "post", "subject", "note"):
            setattr(record, name, "")
        record.document, record.dated, record.as_read = None, None, {}
        record.save()


def _drop(rows: QuerySet[object]) -> None:  # type: ignore[type-var]
    for row in rows:
        try:
            with transaction.atomic():
                row.delete()  # type: ignore[attr-defined]
        except ProtectedError:
            continue

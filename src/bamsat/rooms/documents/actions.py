# SPDX-License-Identifier: Apache-2.0
"""Receiving documents: the file is kept, the row written, and reading handed to a worker."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from django.db import IntegrityError, transaction

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.models import Provider
from bamsat.rooms.documents import files, refusing, tasks
from bamsat.rooms.documents.models import Document, FigureState, State
from bamsat.rooms.documents.queries import may_judge, visible
from bamsat.rooms.documents.reading import read_document
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed, home_places, may_upload
from bamsat.rooms.places.rights import sees_everything

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

__all__ = ["clean_name", "read_again", "read_document", "receive", "set_provider"]


def receive(user: User, name: str, content: bytes | BinaryIO | Iterable[bytes], place: Place | None = None) -> Document:
    """Keep a file for the office at `place` (the first of the user's own, if none is named) and have it read.

    The same bytes twice are the same document: the one received before comes back, with `received_before` set.
    """
    holder = _holder(user, place)
    name = clean_name(name)
    kept = files.keep(name, content, unless=lambda sha256: refusing.refuse_again(user, sha256))
    known = visible(user).filter(sha256=kept.sha256).order_by("pk").first()
    if known:
        return _again(known)
    try:
        with transaction.atomic():
            document = Document.objects.create(
                sha256=kept.sha256, size=kept.size, name=name, holder=holder, uploaded_by=user,
                media=name.rpartition(".")[2].lower()[:8] if "." in name else "",
                progress_vi="Đang chờ tới lượt đọc.", progress_en="Waiting for its turn to be read.",
            )  # fmt: skip
            audit.record(user, "documents.document.received", document, sha256=kept.sha256, size=kept.size)
            tasks.read_later.enqueue(str(document.uuid))
    except IntegrityError:  # the same user sent the same bytes at the same moment
        return _again(Document.objects.get(sha256=kept.sha256, uploaded_by=user))
    return document


@transaction.atomic
def read_again(user: User, document: Document) -> None:
    """Have a document read once more that could not be read."""
    if not may_judge(user, document) and document.uploaded_by_id != user.pk:
        raise NotAllowed(
            vi="Văn bản này của đơn vị khác, anh/chị không cho đọc lại được.",
            en="This document belongs to another office; you cannot have it read again.",
        )
    held = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if held.state == State.REFUSED:
        raise refusing.SecretRefused
    if held.state == State.READ:
        raise BamsatError(vi="Văn bản đã đọc xong.", en="The document has already been read.")
    if held.state == State.WAITING:  # asked for a thousand times, it is still read once
        raise BamsatError(vi="Văn bản đang chờ tới lượt đọc.", en="The document is waiting for its turn to be read.")
    Document.objects.filter(pk=document.pk).update(
        state=State.WAITING, progress=0, error_vi="", error_en="", error_cause="",
        progress_vi="Đang chờ tới lượt đọc.", progress_en="Waiting for its turn to be read.",
    )  # fmt: skip
    audit.record(user, "documents.document.read_again", document)
    tasks.read_later.enqueue(str(document.uuid))


@transaction.atomic
def set_provider(user: User, document: Document, provider: str) -> None:
    """Say whose figures a document gives; not once figures of it are in the ledger under another provider."""
    if not may_judge(user, document):
        raise NotAllowed(
            vi="Văn bản này của đơn vị khác, anh/chị không đổi nguồn số liệu được.",
            en="This document belongs to another office; you cannot change whose figures it gives.",
        )
    if not Provider.objects.filter(code=provider).exists():
        raise BamsatError(
            vi="Nguồn số liệu này không có trong danh mục. Hãy chọn một nguồn trong danh sách.",
            en="The catalogue has no such provider. Choose one of the list.",
        )
    held = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if held.provider == provider:
        return
    if held.figures.filter(state=FigureState.ACCEPTED).exists():
        raise BamsatError(
            vi="Đã có số của văn bản này vào sổ. Hãy rút các bút toán đó (có lý do) rồi đổi nguồn số liệu.",
            en="Figures of this document are in the ledger. Withdraw those entries, with a reason, then change the "
            "provider.",
        )
    before, held.provider = held.provider, provider
    held.save(update_fields=["provider"])
    document.provider = provider
    audit.record(user, "documents.document.provider", document, before=before, provider=provider)


def clean_name(name: str) -> str:
    """The last part of a file's name, without what a screen or a file system could not show."""
    bare = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(char for char in bare if unicodedata.category(char)[0] != "C").strip()
    if len(shown) > 255:
        stem, dot, ending = shown.rpartition(".")
        shown = stem[: 250 - len(ending)] + dot + ending if dot and len(ending) < 10 else shown[:255]
    return shown or "khong-ten"


def _holder(user: User, place: Place | None) -> Place | None:
    if place is None:
        place = next(iter(home_places(user)), None) if not sees_everything(user) else None
    if not may_upload(user, place):
        raise NotAllowed(
            vi="Anh/chị chưa có vai trò ở địa bàn này nên không gửi văn bản cho nơi đó được. "
            "Hãy nhờ quản trị giao vai trò.",
            en="You have no role at this place, so you cannot send documents to it. Ask an administrator for a role.",
        )
    return place


def _again(document: Document) -> Document:
    document.received_before = True
    return document

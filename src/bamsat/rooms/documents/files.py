# SPDX-License-Identifier: Apache-2.0
"""The files themselves: kept once each under the SHA-256 of their bytes, outside the web root."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from bamsat.core.terms.errors import FileUnreadable

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies safely on disk."""

    sha256: str
    size: int


def keep(
    name: str, content: bytes | BinaryIO | Iterable[bytes], limit: int | None = None,
    unless: Callable[[str], None] | None = None,
) -> Kept:  # fmt: skip
    """Write the bytes under their digest: first beside it, then flushed, then renamed, so that a power cut leaves
    either the whole file or none. A file over the limit (that of uploads, if none is given), without a byte, or with a
    digest over which `unless` raises, is refused and leaves nothing."""
    folder = Path(settings.BAMSAT_DATA) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix="incoming-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            kept = _copy(name, content, out, limit or settings.BAMSAT_UPLOAD_LIMIT)
            out.flush()
            os.fsync(out.fileno())
        if unless is not None:
            unless(kept.sha256)
        _settle(Path(temporary), folder / kept.sha256[:2] / kept.sha256[2:])
    finally:
        Path(temporary).unlink(missing_ok=True)
    return kept


def _copy(name: str, content: bytes | BinaryIO | Iterable[bytes], out: BinaryIO, limit: int) -> Kept:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(content):
        size += len(piece)
        if size > limit:
            raise _too_large(name, limit)
        digest.update(piece)
        out.write(piece)
    if not size:
        raise FileUnreadable(
            name=name, cause="empty", vi=f"Tệp “{name}” rỗng (0 byte). Hãy gửi lại tệp có nội dung.",
            en=f"The file “{name}” is empty (0 bytes). Send one that has content.",
        )  # fmt: skip
    return Kept(digest.hexdigest(), size)


def _settle(temporary: Path, final: Path) -> None:
    if final.exists():
        return
    final.parent.mkdir(exist_ok=True)
    temporary.chmod(0o600)
    temporary.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _pieces(content: bytes | BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif hasattr(content, "chunks"):  # an upload of Django's, which need not be a plain stream
        yield from content.chunks()
    elif hasattr(content, "read"):
        while piece := content.read(_PIECE):
            yield piece
    else:
        yield from content


def _too_large(name: str, most: int) -> FileUnreadable:
    limit = most // (1024 * 1024)
    return FileUnreadable(
        name=name, cause="too_large",
        vi=f"Tệp “{name}” lớn hơn {limit} MB. Hãy bỏ bớt ảnh hoặc chia thành nhiều tệp rồi gửi lại.",
        en=f"The file “{name}” is larger than {limit} MB. Leave out pictures or split it, then send it again.",
    )  # fmt: skip

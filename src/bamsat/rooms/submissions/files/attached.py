# SPDX-License-Identifier: Apache-2.0
"""What may go with a return: a PDF or a picture, known by its bytes and not by its name."""

from __future__ import annotations

from pathlib import Path

from bamsat.core.read.loaders.limits import MEGABYTE, unreadable

LARGEST = 25 * MEGABYTE
_SIGNS = (
    (b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"), (b"MM\0*", "image/tiff"),
)  # fmt: skip


def media_of(path: Path, name: str) -> str:
    """The type of a file by its first bytes; FileUnreadable for any other."""
    with path.open("rb") as file:
        head = file.read(1024)
    for sign, media in _SIGNS:
        if head.startswith(sign):
            return media
    if b"%PDF-" in head and not head.lstrip().startswith((b"<", b"PK", b"MZ")):
        return "application/pdf"
    raise unreadable(
        name, "unsupported",
        "không phải PDF hay ảnh (PNG, JPEG, TIFF). Hãy quét hoặc xuất bản đã ký ra PDF rồi gửi lại.",
        "is no PDF or picture (PNG, JPEG, TIFF). Scan it or save the signed copy as PDF and send that.",
    )  # fmt: skip

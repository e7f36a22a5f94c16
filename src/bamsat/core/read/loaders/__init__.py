# SPDX-License-Identifier: Apache-2.0
"""Bytes into documents: one module a file type, each loaded only when its type comes."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from bamsat.core.read.document import Document
from bamsat.core.read.loaders import limits
from bamsat.core.read.loaders.plain_text import from_text
from bamsat.core.read.loaders.sniff import kind_of, said_kind
from bamsat.core.terms.errors import FileUnreadable

__all__ = ["from_text", "load"]

_LOADERS = {
    "txt": "plain_text",
    "html": "web_page",
    "docx": "word",
    "doc": "word_97",
    "pdf": "pdf",
    "xlsx": "workbook",
    "xls": "workbook",
    "ods": "workbook",
    "csv": "delimited",
    "md": "markdown",
}


class _Loader(Protocol):
    def read(self, data: bytes, name: str) -> Document: ...


def load(source: Path | bytes, name: str | None = None) -> Document:
    """Read a file of any known type; FileUnreadable says what is wrong with any other.

    What a file is, its content says; a wrong ending of the name is noticed, not obeyed.

    >>> load("Xuất khẩu đạt 242 triệu USD.".encode(), "tin.txt").media
    'txt'
    """
    if isinstance(source, bytes):
        data, name = source, name or ""
    else:
        name = name or source.name
        if source.stat().st_size > limits.LARGEST_TEXT_FILE:
            raise _too_large(name, limits.LARGEST_TEXT_FILE)
        data = source.read_bytes()
    if not data:
        raise limits.unreadable(name, "empty")
    kind = kind_of(data, name)
    if len(data) > limits.LARGEST_FILE and kind not in ("txt", "csv", "md"):
        raise _too_large(name, limits.LARGEST_FILE)
    document = cast(_Loader, import_module(f"{__name__}.{_LOADERS[kind]}")).read(data, name)
    said = said_kind(name)
    if said and said != kind:
        notice = f"đuôi tên tệp là .{said} nhưng nội dung là {kind}; đã đọc theo nội dung"
        document = replace(document, notices=(notice, *document.notices))
    return document


def _too_large(name: str, most: int) -> FileUnreadable:
    megabytes = most // limits.MEGABYTE
    return limits.unreadable(name, "too_large", f"hơn {megabytes} MB", f"more than {megabytes} MB")

# SPDX-License-Identifier: Apache-2.0
"""Bytes into documents: one module a file type, each loaded only when its type comes."""

from __future__ import annotations

from pathlib import Path

from bamsat.core.read.document import Document
from bamsat.core.read.loaders import limits
from bamsat.core.read.loaders.plain_text import from_text, load_text

__all__ = ["from_text", "load"]


def load(source: Path | bytes, name: str | None = None) -> Document:
    """Read a file of any known type; FileUnreadable says what is wrong with any other.

    >>> load("Xuất khẩu đạt 242 triệu USD.".encode(), "tin.txt").media
    'txt'
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    name = name or ("" if isinstance(source, bytes) else Path(source).name)
    if not data:
        raise limits.unreadable(name, "empty")
    return load_text(data, name)

# SPDX-License-Identifier: Apache-2.0
"""Old Word files (.doc): turned into .docx in a temporary folder, then read as such."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from doc2docx import convert
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

from bamsat.core.read.document import Document
from bamsat.core.read.loaders import word
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.plain_text import from_text
from bamsat.core.terms.errors import FileUnreadable

_SECONDS = 30


def read(data: bytes, name: str) -> Document:
    """Read a .doc file."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "report.doc"), Path(folder, "report.docx")
        old.write_bytes(data)
        try:
            convert(old, new)
            return replace(word.read(new.read_bytes(), name), media="doc")
        except EncryptedDocumentError as error:
            raise unreadable(name, "encrypted") from error
        except (Doc2DocxError, FileUnreadable, ValueError, IndexError, KeyError, OSError) as error:
            words = _by_catdoc(old)
            if not words.strip():
                raise unreadable(name, "truncated") from error
    notice = "tệp .doc chỉ đọc được phần chữ, bảng có thể mất hàng cột; nên lưu lại thành .docx"
    return from_text(words, name, "doc", (notice,))


def _by_catdoc(path: Path) -> str:
    """The words of a file that the converter cannot open, where Debian's catdoc is installed."""
    program = shutil.which("catdoc")
    if program is None:
        return ""
    try:
        done = subprocess.run(
            [program, "-d", "utf-8", "-w", str(path)], capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""

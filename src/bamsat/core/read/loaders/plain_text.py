# SPDX-License-Identifier: Apache-2.0
"""Plain text: the text is the file itself; only its code may have to be found out."""

from __future__ import annotations

import re
import unicodedata

from bamsat.core.read import legacy
from bamsat.core.read.document import Block, Document
from bamsat.core.read.furniture import mark
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.lines import line_kind
from bamsat.core.read.repair import repair

_LINE = re.compile(r"[^\s][^\n]*")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LONG_LINE = 220
_CODE_NAMES = {"cp1258": "Windows-1258", "cp1252": "Windows-1252", "latin-1": "TCVN3 hoặc VNI"}


def read(data: bytes, name: str) -> Document:
    """Read a .txt file.

    >>> read("Xuất khẩu đạt 242 triệu USD.".encode(), "tin.txt").text
    'Xuất khẩu đạt 242 triệu USD.'
    """
    text, notice = decode(data, name)
    return from_text(text, name, notices=(notice,) if notice else ())


def from_text(text: str, name: str = "", media: str = "txt", notices: tuple[str, ...] = ()) -> Document:
    """A document of a text that is already decoded; its lines are its blocks."""
    done = repair(text)
    blocks, attributes = mark(done.text, _blocks(done.text), {})
    return Document(name, media, done.text, blocks, (), attributes, (*notices, *done.notices), done.offsets)


def _blocks(text: str) -> list[Block]:
    blocks = []
    for number, match in enumerate(_LINE.finditer(text), 1):
        start, end = match.span()
        if text[end - 1].isspace():
            end = start + len(match[0].rstrip())
        kind, level = (
            ("paragraph", 0) if end - start > _LONG_LINE and text[start] != "-" else line_kind(text[start:end])
        )
        blocks.append(Block(kind, start, end, f"đoạn {number}", level))
    return blocks


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The characters of a file, line ends as \\n, and a notice where the code had to be guessed."""
    text, notice = _characters(data, name)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip(" \n\t\u00a0\ufeff"):
        raise unreadable(name, "empty")
    return text, notice


def old_code(text: str) -> str | None:
    """The old code that a whole file is written in, for files that are mended piece by piece."""
    return None if legacy.is_converted(text) else legacy.guess(text)


def _characters(data: bytes, name: str) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16", name).removeprefix("\ufeff"), ""
    if b"\0" not in data[:4096]:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if error.start > len(data) - 4 and error.start > 0:
                return data[: error.start].decode("utf-8-sig"), "chữ cuối bị cắt: tệp có thể chưa tải trọn vẹn"
            return _guessed(data, name)
        if _is_binary(text):
            raise unreadable(name, "binary")
        return text, ""
    return _wide(data, name), "đoán bảng mã UTF-16 (tệp không có dấu nhận)"


def _wide(data: bytes, name: str) -> str:
    """UTF-16 without its mark: every second byte of the spaces and digits is zero."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) * 5 < min(len(data), 4096) // 2 or min(even, odd) * 8 > max(even, odd):
        raise unreadable(name, "binary")
    return _strict(data, "utf-16-be" if even > odd else "utf-16-le", name)


def _strict(data: bytes, code: str, name: str) -> str:
    try:
        text = data.decode(code)
    except UnicodeDecodeError:
        # One byte is missing at the end of a file that was cut; anything else is no text.
        try:
            text = data[: len(data) // 2 * 2].decode(code)
        except UnicodeDecodeError:
            raise unreadable(name, "binary") from None
    if _is_binary(text):
        raise unreadable(name, "binary")
    return text


def _guessed(data: bytes, name: str) -> tuple[str, str]:
    """Not UTF-8: the code under which the text is most like Vietnamese."""
    best, likeness, code = "", 0.0, ""
    for tried in ("cp1258", "latin-1"):
        text = data.decode(tried, errors="replace")
        found = legacy.guess(text) if tried == "latin-1" else None
        seen = legacy.convert(text, found) if found else unicodedata.normalize("NFC", text)
        if (like := legacy.likeness(seen)) > likeness:
            best, likeness, code = text, like, found or tried
    if likeness >= 0.05:
        return best, f"đoán bảng mã {_CODE_NAMES.get(code, code)}"
    text = data.decode("cp1252", errors="replace")
    if _is_binary(text) or text.count("\ufffd") * 50 > len(text):
        raise unreadable(name, "binary")
    return text, "đoán bảng mã Windows-1252"


def _is_binary(text: str) -> bool:
    sample = text[:20000]
    return len(_CONTROL.findall(sample)) * 100 > len(sample)

# SPDX-License-Identifier: Apache-2.0
"""Mending what old fonts, keyboards and file systems did to Vietnamese text, with the way back kept.

Every step replaces matches of one pattern; where a replacement changes the length, the edit is recorded, so any
span of the mended text leads back to the characters it came from. Spaces and dashes of all widths are left as
they are: the grammar knows them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from bamsat.core.read import legacy
from bamsat.core.read.document import OffsetMap

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_STRAY = {0x01A3: "ư", 0x01A2: "Ư", 0x0130: "I"} | _FULL_WIDTH
_TROUBLE = re.compile(f"[{_INVISIBLE}\u01a2\u01a3\u0130ðÐñÑ\uff01-\uff5e]")
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
_STRAY_CHAR = re.compile("[\u01a2\u01a3\u0130\uff01-\uff5e]")
_CLUSTER = re.compile(r"[^\u0300-\u036f]?[\u0300-\u036f]+")
_WIDE_CLUSTER = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
# In Vietnamese đ only ever opens a syllable; "El Niño" keeps its ñ.
_FALSE_D = re.compile(r"(?<![^\W\d_])[ñðÑÐ](?=[aăâeêioôơuưyAĂÂEÊIOÔƠUƯYÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĩũƠ-ưẠ-ỹ])")
_TRUE_D = {"ñ": "đ", "ð": "đ", "Ñ": "Đ", "Ð": "Đ"}
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_OWN_LETTER = re.compile("[ơưƠƯ\u01a2\u01a3\u1ea0-\u1ef9]")  # no other language that reports here writes these
# A letter of Vietnamese in UTF-8, read as Windows 1252: "BÃO CÃO", "Sáº£n xuáº¥t".
_MISREAD = re.compile("(?:á[º»]|Æ[°¯¡\u00a0]|Ä[\u0090‘ƒ‚©¨]|Ã[\u00a0-¿])")
_MISREAD_RUN = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]+")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A mended text, the way back, and what was done, in words."""

    text: str
    offsets: OffsetMap
    mended: dict[str, int]  # a sentence with a place for the count, and the count

    @property
    def original_length(self) -> int:
        end = len(self.text)
        return self.offsets.origin(end, end)[0]

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(words.format(count=count) for words, count in self.mended.items())


class _Mending:
    """A text under repair: each step rewrites it and carries the offsets along."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = OffsetMap()
        self.mended: dict[str, int] = {}

    def replace(self, pattern: re.Pattern[str], new: Callable[[str], str]) -> int:
        """Replace every match; the number of those that changed."""
        parts: list[str] = []
        edits: list[tuple[int, int, int, int]] = []
        done = 0
        length = 0
        changed = 0
        for match in pattern.finditer(self.text):
            said = match[0]
            mended = new(said)
            if mended == said:
                continue
            changed += 1
            start, end = match.span()
            parts += (self.text[done:start], mended)
            length += start - done
            if len(mended) != len(said):
                edits.append((length, length + len(mended), start, end))
            length += len(mended)
            done = end
        if changed:
            parts.append(self.text[done:])
            self.text = "".join(parts)
            self.offsets = after(self.offsets, edits, len(self.text))
        return changed

    def note(self, count: int, words: str) -> None:
        if count:
            self.mended[words] = self.mended.get(words, 0) + count

    def done(self) -> Repaired:
        return Repaired(self.text, self.offsets, self.mended)


def after(first: OffsetMap, edits: list[tuple[int, int, int, int]], length: int) -> OffsetMap:
    """Two repairs in turn as one map; `edits` lead from the last text, `length` long, to the one between."""
    second = OffsetMap.of(edits)
    if not first.new_starts or not edits:
        return second if edits else first
    edges = {0, length, *second.new_starts, *second.new_ends}
    edges.update(_forward(second, edge) for edge in (*first.new_starts, *first.new_ends))
    merged: list[tuple[int, int, int, int]] = []
    done = 0
    for start, end in pairwise(sorted(edges)):
        old_start, old_end = first.origin(*second.origin(start, end))
        if old_start < done and merged:  # both repairs changed these characters: one edit takes them all
            was_start, _, was_old, was_end = merged.pop()
            merged.append((was_start, end, min(was_old, old_start), max(was_end, old_end)))
        else:
            if old_start > done:
                merged.append((start, start, done, old_start))
            if old_end - old_start != end - start:
                merged.append((start, end, old_start, old_end))
        done = max(done, old_end)
    return OffsetMap.of(merged)


def _forward(offsets: OffsetMap, old: int) -> int:
    """Where a position of the earlier text stands in the later one; inside an edit, at its start."""
    last = bisect_right(offsets.old_starts, old) - 1
    if last < 0:
        return old
    if old < offsets.old_ends[last]:
        return offsets.new_starts[last]
    return offsets.new_ends[last] + old - offsets.old_ends[last]


def nfc(text: str) -> Repaired:
    """Compose the letters.

    >>> nfc("Cao Ba\\u0306\\u0300ng").text, nfc("Cao Ba\\u0306\\u0300ng").offsets.origin(5, 6)
    ('Cao Bằng', (5, 8))
    """
    mending = _Mending(text)
    _compose(mending)
    return mending.done()


def _compose(mending: _Mending) -> None:
    if unicodedata.is_normalized("NFC", mending.text):
        return
    count = mending.replace(_CLUSTER, lambda said: unicodedata.normalize("NFC", said))
    if not unicodedata.is_normalized("NFC", mending.text):
        count += mending.replace(_WIDE_CLUSTER, lambda said: unicodedata.normalize("NFC", said))
    mending.note(count, "ghép dấu rời (Unicode tổ hợp) ở {count} chỗ")


def is_vietnamese(text: str) -> bool:
    """Whether the text has letters that only Vietnamese uses, often enough."""
    letters = len(_VIETNAMESE.findall(text[:20000]))
    return letters > 0 and letters * 100 >= min(len(text), 20000)


def repair(text: str) -> Repaired:
    """Mend a text; the text itself comes back when there is nothing to mend.

    >>> repair("phƣơng pháp").text, repair("ðạt 12,5%").text, repair("El Niño tại tỉnh Cao Bằng").text
    ('phương pháp', 'đạt 12,5%', 'El Niño tại tỉnh Cao Bằng')
    """
    if text.isascii():
        return Repaired(text, OffsetMap(), {})
    own = _OWN_LETTER.search(text) is not None
    if own and _TROUBLE.search(text) is None and unicodedata.is_normalized("NFC", text):
        return Repaired(text, OffsetMap(), {})
    mending = _Mending(text)
    _compose(mending)
    if not own and _OWN_LETTER.search(mending.text) is None:
        _mend_encoding(mending)  # before the soft hyphens go: in TCVN3 that is where ư stands
    mending.replace(_INVISIBLE_RUN, lambda said: "")
    count = mending.replace(_STRAY_CHAR, lambda said: said.translate(_STRAY))
    mending.note(count, "sửa chữ gõ lạc (ƣ thành ư, chữ rộng) ở {count} chỗ")
    _compose(mending)  # a mended letter may now take the mark that follows it
    if _FALSE_D.search(mending.text) and is_vietnamese(mending.text):
        count = mending.replace(_FALSE_D, lambda said: _TRUE_D[said])
        mending.note(count, "sửa ñ, ð thành đ ở {count} chỗ")
    return mending.done()


def _mend_encoding(mending: _Mending) -> None:
    """A text without one letter of its own was perhaps written in an old font, or read in a wrong code page."""
    if _MISREAD.search(mending.text):
        count = mending.replace(_MISREAD_RUN, _read_again)
        mending.note(count, "đọc lại UTF-8 bị hiểu nhầm là Windows-1252 ở {count} chỗ")
        return
    font = legacy.guess(mending.text)
    if font is not None:
        mend_font(mending, font)


def mend_font(mending: _Mending, font: str) -> None:
    table = legacy.table(font)
    count = mending.replace(table.pattern, lambda said: table.letters[said])
    mending.note(count, f"chuyển phông {font} sang Unicode ở {{count}} chỗ")


def repair_font(text: str, font: str, capitals: bool = False) -> Repaired:
    """A text that is known to be set in an old font, such as a run of a Word file in .VnTime.

    >>> repair_font("Gi¸ trÞ s¶n xuÊt", "TCVN3").text
    'Giá trị sản xuất'
    """
    mending = _Mending(text)
    mend_font(mending, font)
    _compose(mending)
    if capitals:  # every Vietnamese letter has a capital of one character
        mending.text = mending.text.upper() if len(mending.text.upper()) == len(mending.text) else mending.text
    return mending.done()


def joined(pieces: Iterable[Repaired]) -> Repaired:
    """Pieces mended one by one, as one."""
    parts: list[str] = []
    edits: list[tuple[int, int, int, int]] = []
    mended: dict[str, int] = {}
    new = old = 0
    for piece in pieces:
        edits += [(a + new, b + new, c + old, d + old) for a, b, c, d in piece.offsets.edits()]
        for words, count in piece.mended.items():
            mended[words] = mended.get(words, 0) + count
        parts.append(piece.text)
        old += piece.original_length
        new += len(piece.text)
    return Repaired("".join(parts), OffsetMap.of(edits), mended)


def _read_again(said: str) -> str:
    try:
        raw = b"".join(_byte(char) for char in said)
        return raw.decode("utf-8")
    except UnicodeError:
        return said


def _byte(char: str) -> bytes:
    # Windows leaves five bytes of its code page undefined; programs pass them through as control characters.
    return bytes([ord(char)]) if ord(char) < 0x100 else char.encode("cp1252")

# SPDX-License-Identifier: Apache-2.0
"""The lines of a document's first and last page, where two columns on one line are two."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bamsat.core.read.document import Block, Document

_APART = re.compile(r"[ \u00a0]*\t+[ \u00a0]*|[ \u00a0]{4,}|[ \u00a0]+\|[ \u00a0]*|[ \u00a0]*\|[ \u00a0]+")
_NATION = (
    "(?i:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM"
    "|Độc lập[ \u00a0]*[-–][ \u00a0]*Tự do[ \u00a0]*[-–][ \u00a0]*Hạnh phúc)"
)
_BESIDE = re.compile(rf"(?<=\S)[ \u00a0]+(?={_NATION})")
_DAY_BESIDE = re.compile(
    r"(?<=[A-ZĐƠƯ])[ \u00a0]{1,3}(?=(?:[^\W\d_]+\.?[ \u00a0]){1,5}?,?[ \u00a0]?ngày[ \u00a0.…_\d]{1,12}tháng)"
)
_BLANK_NUMBER = re.compile(r"(?i)^số[ \u00a0]*:?[ \u00a0.…_]*$")
_LONGEST = 300
_LONGEST_DAY = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or one column of it."""

    text: str
    start: int
    end: int
    kind: str  # of its block
    at: str

    @property
    def capitals(self) -> bool:
        letters = [char for char in self.text if char.isalpha()]
        return len(letters) > 1 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)


def lines_of(document: Document, blocks: tuple[Block, ...]) -> list[Line]:
    """The lines of some blocks, their columns apart; cells stand for themselves."""
    return _whole_days(_lines(document, blocks))


def _whole_days(lines: list[Line]) -> list[Line]:
    """A day that runs over two lines is one: "Cao Bằng, ngày" and "06 tháng 6 năm 2023"."""
    found: list[Line] = []
    for line in lines:
        if found and found[-1].text.endswith(", ngày") and line.text[:1].isdigit() and len(line.text) < _LONGEST_DAY:
            before = found.pop()
            line = replace(before, text=f"{before.text} {line.text}", end=line.end)
        found.append(line)
    return found


def _lines(document: Document, blocks: tuple[Block, ...]) -> list[Line]:
    found: list[Line] = []
    for block in blocks:
        words = document.text[block.start : block.end]
        if len(words) > _LONGEST:
            found.append(Line(words, block.start, block.end, block.kind, block.at))
            continue
        begin = 0
        for line in words.split("\n"):
            found += _columns(line, block.start + begin, block)
            begin += len(line) + 1
    return found


def _columns(line: str, start: int, block: Block) -> list[Line]:
    cuts = [
        (match.start(), match.end())
        for match in _APART.finditer(line)
        if not _BLANK_NUMBER.match(line[: match.start()])
    ]
    cuts = [cut for cut in cuts if not _open_day(line, cut)]
    for pattern in (_BESIDE, _DAY_BESIDE):
        cuts += [(match.start(), match.end()) for match in pattern.finditer(line)]
    cuts.sort()
    found, begin = [], 0
    for first, last in [*cuts, (len(line), len(line))]:
        if first < begin:
            continue
        words = line[begin:first].strip()
        if words:
            at = start + line.index(words, begin)
            found.append(Line(" ".join(words.split()), at, at + len(words), block.kind, block.at))
        begin = last
    return found


def _open_day(line: str, cut: tuple[int, int]) -> bool:
    """Room left for a day to fill in: "ngày      tháng      năm"."""
    before, after = line[: cut[0]].lower().rstrip(), line[cut[1] :].lower()
    return before.endswith(("ngày", "tháng", "năm")) and (after.startswith(("tháng", "năm")) or not after.strip())

# SPDX-License-Identifier: Apache-2.0
"""What a line is by its looks alone, where a file has no styles to say it."""

from __future__ import annotations

import re

LAYOUT_WORDS = re.compile(
    r"XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do|Nơi nhận\s*:", re.IGNORECASE
)
"""Words of a table that holds no data: it sets the parts of a letterhead, or of its foot, side by side."""
_NUMBERED = re.compile(
    r"(?P<roman>[IVX]{1,5}|[A-D])[.)/-]\s+|(?:Phần|PHẦN|Mục|MỤC|Chương|CHƯƠNG)\s+(?:[IVX]+|\d+)\b[.:]?\s*"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)/]?\s+|(?P<letter>[a-zđ])[).]\s+"
)
_FIGURE = re.compile(r"\d[.,]\d|%|\d\s*(?:tỷ|tỉ|triệu|nghìn|tấn|USD|đồng)")
_BULLETS = "-+*•–●◦▪❖►✓○·"
_LONGEST_HEADING = 160


def line_kind(line: str) -> tuple[str, int]:
    """The kind of a line and, for a heading, its depth.

    >>> line_kind("II. TÌNH HÌNH SẢN XUẤT CÔNG NGHIỆP"), line_kind("2.1. Sản xuất công nghiệp")
    (('heading', 1), ('heading', 3))
    >>> line_kind("- Xuất khẩu đạt 242 triệu USD."), line_kind("Năm 2021, xuất khẩu đạt 242 triệu USD.")
    (('item', 0), ('paragraph', 0))
    """
    if line[0] in _BULLETS:
        return "item", 0
    numbered = _NUMBERED.match(line)
    if numbered is None:
        if len(line) <= _LONGEST_HEADING and line.isupper() and len(line.split()) > 1:
            return "heading", 1
        return "paragraph", 0
    rest = line[numbered.end() :]
    ends = rest[-1:] in ".;:,…" and not rest.isupper()
    if not rest or len(line) > _LONGEST_HEADING or ends or _FIGURE.search(rest) or not rest[:1].isupper():
        return ("item", 0) if rest[:1].isupper() else ("paragraph", 0)
    return "heading", _depth(numbered)


def _depth(numbered: re.Match[str]) -> int:
    if number := numbered["number"]:
        return 2 + str(number).count(".")
    return 4 if numbered["letter"] else 1

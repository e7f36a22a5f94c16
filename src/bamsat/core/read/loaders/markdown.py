# SPDX-License-Identifier: Apache-2.0
"""Markdown: headings, lists and pipe tables; the marks of emphasis and links are not text."""

from __future__ import annotations

import re

from bamsat.core.read.document import Document
from bamsat.core.read.loaders.assembly import Assembly, Slot
from bamsat.core.read.loaders.lines import line_kind
from bamsat.core.read.loaders.plain_text import decode, old_code

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*$")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*\*|\*\*|\*|___|__|_)(?=\S)(.+?)(?<=\S)\1(?!\w)|(`)(.+?)`")
_BAR = re.compile(r"(?<!\\)\|")


def read(data: bytes, name: str) -> Document:
    """Read a Markdown file."""
    text, notice = decode(data, name)
    assembly = Assembly(name, "md", old_code(text))
    if notice:
        assembly.notices.append(notice)
    lines = text.split("\n")
    at = _after_front_matter(lines)
    while at < len(lines):
        at = _block(assembly, lines, at)
    return assembly.finish()


def _after_front_matter(lines: list[str]) -> int:
    if lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:40]):
        return next(at for at, line in enumerate(lines[1:], 2) if line.strip() == "---")
    return 0


def _block(assembly: Assembly, lines: list[str], at: int) -> int:
    """Write the block that starts at a line; the line after it."""
    line = lines[at]
    place = f"dòng {at + 1}"
    if not line.strip() or _RULE.match(line) or _FENCE.match(line):
        return at + 1
    if heading := _HEADING.match(line):
        first = len(heading[1]) == 1 and not assembly.blocks
        assembly.add("title" if first else "heading", plain(heading[2]), place, 0 if first else len(heading[1]))
        return at + 1
    if "|" in line and at + 1 < len(lines) and "-" in lines[at + 1] and _TABLE_RULE.match(lines[at + 1]):
        return _table(assembly, lines, at)
    if _ITEM.match(line):
        end = _end_of(lines, at + 1)
        words = " ".join(piece.strip() for piece in lines[at:end])
        assembly.add("item", plain(re.sub(r"^[*+]\s", "- ", words)), place)
        return end
    end = _end_of(lines, at + 1)
    if end < len(lines) and _UNDERLINE.match(lines[end]) and end == at + 1:
        level = 1 if lines[end].strip().startswith("=") else 2
        assembly.add("title" if level == 1 and not assembly.blocks else "heading", plain(line.strip()), place, level)
        return end + 1
    words = plain(" ".join(piece.strip().removeprefix("> ") for piece in lines[at:end]))
    kind, level = line_kind(words) if words else ("paragraph", 0)
    assembly.add(kind, words, place, level)
    return end


def _end_of(lines: list[str], at: int) -> int:
    """Where a paragraph that is wrapped over lines ends."""
    while at < len(lines) and lines[at].strip():
        line = lines[at]
        if _HEADING.match(line) or _ITEM.match(line) or _FENCE.match(line) or _UNDERLINE.match(line) or "|" in line:
            break
        at += 1
    return at


def _table(assembly: Assembly, lines: list[str], at: int) -> int:
    rows: list[list[Slot | None]] = []
    end = at
    while end < len(lines) and "|" in lines[end]:
        if end != at + 1:
            rows.append([Slot(words) if words else None for words in _cells(lines[end])])
        end += 1
    width = max(len(row) for row in rows)
    grid = [[*row, *[None] * (width - len(row))] for row in rows]
    assembly.add_table(grid, f"bảng {len(assembly.tables) + 1}")
    return end


def _cells(line: str) -> list[str]:
    cells = _BAR.split(line.strip())
    cells = cells[1:] if not cells[0].strip() else cells
    cells = cells[:-1] if cells and not cells[-1].strip() else cells
    return [plain(cell.replace("\\|", "|").strip()) for cell in cells]


def plain(words: str) -> str:
    """The words without the marks around them.

    >>> plain("đạt **5.300** tỷ đồng ([nguồn](bao-cao.html))")
    'đạt 5.300 tỷ đồng (nguồn)'
    """
    words = _LINK.sub(r"\1", words)
    return _EMPHASIS.sub(lambda match: match[2] or match[4], words)

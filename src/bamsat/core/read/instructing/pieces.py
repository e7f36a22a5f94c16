# SPDX-License-Identifier: Apache-2.0
"""The parts of a document that may each ask for one thing: marked lines, sentences, and pieces between semicolons."""

from __future__ import annotations

import re

from bamsat.core.read.clauses import sentences
from bamsat.core.read.document import Block

_MARKER = re.compile(
    r"[\s“\"]*(?:(?P<article>(?:Điều|Khoản|Mục|MỤC)\s+\d{1,3}[.:]?\s*)"
    r"|(?P<roman>(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:[IVX]+|\d+)\b[.:]?\s*|[IVX]{1,5}[.)/-]\s*(?=\D)|[A-D][.)]\s+)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)/]\s*(?=[^\W\d])|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[^\W\d])"
    r"|(?P<letter>[a-zđ]\d?)[).]\s+|(?P<dash>[-–—•●▪❖►✓])\s*(?=\D)|(?P<plus>[+*○◦])\s*)"
)
_INLINE = re.compile(r"\s\((?:[ivx]{1,4}|\d{1,2}|[a-h])\)\s")
_PIECE = re.compile(r";|…+|\.{3,}(?=\s|$|;)")
_TRIM_LEFT = " \u00a0\t\n-–—•*+,;:.…"
_TRIM_RIGHT = " \u00a0\t\n,;:.…/-–"
PLAIN = 9.0


def marker(text: str, block: Block) -> tuple[float, int]:
    """How deep a line stands by the mark that it begins with, and where its own words begin.

    The depth of a line without a mark is PLAIN; that of a heading without one, 1 or what its style says.
    """
    found = _MARKER.match(text, block.start, block.end)
    if found is None or found.end() >= block.end:
        if block.kind == "heading":
            return 1.0 + 1.5 * max(0, block.level - 1), block.start
        return (7.0 if block.kind == "item" else PLAIN), block.start
    number = found["number"] or found["deep"]
    if number:
        return 3.0 + 0.6 * number.count("."), found.end()
    named = next(name for name in ("article", "roman", "letter", "dash", "plus") if found[name])
    return {"roman": 1.0, "article": 2.0, "letter": 6.0, "dash": 7.0, "plus": 8.0}[named], found.end()


def deeper_list(text: str, block: Block, following: Block | None) -> bool:
    """Whether a short line without a stop stands over a list: "Phương hướng năm 2027"."""
    short = block.end - block.start < 120 and text[block.end - 1 : block.end] not in ".;:,?"
    return short and following is not None and marker(text, following)[0] < PLAIN


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the marks of punctuation around it; a bracket or a quote that it opened stays closed."""
    while start < end and text[start] in _TRIM_LEFT:
        start += 1
    while end > start and text[end - 1] in _TRIM_RIGHT:
        end -= 1
    if end > start and text[end - 1] in ')”"' and text[start:end].count("(") < text[start:end].count(")"):
        end -= 1
    return start, end


def sentences_of(text: str, low: str, start: int, end: int) -> list[tuple[int, int]]:
    return sentences(text, low, start, end)


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut at its semicolons, dots of omission and (i), (ii), never within brackets."""
    depth, at, cuts = 0, start, []
    for match in _PIECE.finditer(text, start, end):
        depth += text.count("(", at, match.start()) - text.count(")", at, match.start())
        at = match.start()
        if depth <= 0:
            cuts.append((match.start(), match.end()))
    cuts += [(match.start(), match.end()) for match in _INLINE.finditer(text, start, end)]
    spans, at = [], start
    for one, other in sorted(cuts):
        if one >= at:
            spans.append((at, one))
            at = other
    spans.append((at, end))
    return [span for span in spans if text[span[0] : span[1]].strip(_TRIM_LEFT + _TRIM_RIGHT)]


_COLON = re.compile(r":(?!\d)(?!//)")


def colon(text: str, start: int, end: int) -> int:
    """Where a lead stops and its list begins, or -1."""
    found = _COLON.search(text, start, end)
    return found.start() if found else -1

# SPDX-License-Identifier: Apache-2.0
"""The words that name what a figure measures, cut out of the sentence around them."""

from __future__ import annotations

import re
from functools import lru_cache

from bamsat.core.read.clauses import PREDICATES, Clause
from bamsat.core.read.lexicon import listed, phrases
from bamsat.core.terms.vietnamese import tone_variants

_SILENT = frozenset(
    [
        "parts",
        "area",
        "average",
        "per_year",
        "price",
        "hedge",
        "estimate",
        "target",
        "expect",
        "forecast_base",
        "respectively",
        "settle",
        "cumulative",
    ]
)
_LETTERS = re.compile(r"[^\W\d_]+")
_LIST_NUMBER = re.compile(r"[\s\-+•*;,.]*\(?(?:\d{1,2}|[a-hđ]|[ivx]{1,4})\)[ \u00a0,]*(?=[^\W\d_])", re.IGNORECASE)
_MARKS = ' \t\n\u00a0,;:.-–—+•*"“”'


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    return listed("filler")


@lru_cache(maxsize=1)
def _kept() -> frozenset[str]:
    """Two words that name something although the first of them is otherwise cut off."""
    return listed("kept")


@lru_cache(maxsize=1)
def _edges() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Wordings that only link a label to its sentence, and the words that they begin and end with."""
    links = [e["says"] for e in phrases("linking") if e["means"]["class"] in ("link", "parts")]
    whole = listed("edge") | {way for says in links for word in says for way in tone_variants(word)}
    return frozenset(whole), frozenset(w.split()[0] for w in whole), frozenset(w.split()[-1] for w in whole)


def _two(pieces: list[str], at: int) -> str:
    """Two words as they stand, a comma after the second kept: "Trong nước, giá cà phê ..." names no part."""
    return " ".join(pieces[at : at + 2]).rstrip(".:;").lower()


def clean(words: str) -> str:
    """The words of a label without what only links them to the sentence.

    >>> clean(", trong đó sản phẩm gỗ và")
    'gỗ'
    """
    if ")" in words:
        words = _LIST_NUMBER.sub("", words, count=1) if _LIST_NUMBER.match(words) else words
    opened, closed = words.find("("), words.find(")")
    if closed < opened or words.count("(") != words.count(")"):
        words = words.replace("(", " ").replace(")", " ")  # of brackets around other figures
    pieces = words.strip(_MARKS).split()
    whole, first, last = _edges()
    low = [piece.strip(_MARKS).lower() for piece in pieces]
    start, end = 0, len(pieces)
    kept = _kept()
    while start < end and (not low[start] or low[start] in first) and _two(pieces, start) not in kept:
        size = next((n for n in (4, 3, 2, 1) if start + n <= end and " ".join(low[start : start + n]) in whole), 0)
        if not size and low[start]:
            break
        start += size or 1
    while end > start and (not low[end - 1] or low[end - 1] in last):
        size = next((n for n in (4, 3, 2, 1) if end - n >= start and " ".join(low[end - n : end]) in whole), 0)
        if not size and low[end - 1]:
            break
        end -= size or 1
    return " ".join(pieces[start:end]).strip(_MARKS)


def without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """text[start:end] with some spans left out."""
    pieces, at = [], start
    for one, other in sorted(spans):
        if one >= at:
            pieces.append(text[at:one])
        at = max(at, other)
    pieces.append(text[at:end] if at < end else "")
    return " ".join(pieces)


class LabelReader:
    """Finds the open words of the clauses of one document."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def words(self, clause: Clause, periods: list[tuple[int, int]]) -> tuple[str, int]:
        """The open words of the head that name something, and where they start."""
        start, end = clause.head_start, clause.quantity.start
        first = next((e for e in clause.head if e.kind in PREDICATES or e.kind == "plan"), None)
        stop = first.start if first is not None else end
        # most heads hold nothing between their known words: ", tăng"
        named, after = stop - start > 2, first is not None and end - first.end > 2
        if not named and not after:
            return "", start
        spans = [(e.start, e.end) for e in clause.head if e.kind in _SILENT or e.kind in PREDICATES]
        if clause.aside:
            spans.append(clause.aside)
        if clause.head_compare:
            spans.append((clause.head_compare.start, clause.head_compare.end))
        spans += [(a, b) for a, b in periods if start <= a < end]
        if named and (words := self._cleaned(start, stop, spans)):
            return words, start
        if after and first is not None and (words := self._cleaned(first.end, end, spans)):
            return words, first.end
        return "", start

    def _cleaned(self, start: int, end: int, spans: list[tuple[int, int]]) -> str:
        words = without(self._text, start, end, spans)
        if not self.says(words):
            return ""
        words = clean(words)
        return self._last_piece(words) if self.says(words) else ""

    @staticmethod
    def says(words: str) -> bool:
        fillers = _fillers()
        return any(len(word) > 1 and word not in fillers for word in _LETTERS.findall(words.lower()))

    @staticmethod
    def _last_piece(words: str) -> str:
        if len(words) <= 60:
            return words
        pieces = [piece for piece in re.split(r"[,:;(]\s*", words) if piece.strip()]
        return clean(pieces[-1]) if pieces else words

# SPDX-License-Identifier: Apache-2.0
"""The searched words where they stand in the original text, with its own letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.documents.search_words import Group

WIDTH = 220
MOST_READ = 200_000
_MOST_HITS = 400


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool = False


class _Even(dict[int, str]):
    """One letter for each letter, so that places in the folded text are places in the text."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = fold(letter)
        self[code] = " " if letter.isspace() else plain if len(plain) == 1 else letter
        return self[code]


_EVEN = _Even()


def hits(text: str, groups: tuple[Group, ...]) -> list[tuple[int, int, int]]:
    """Where the groups stand in an NFC text: start, end, which group; in the order of the text."""
    folded = text.translate(_EVEN)
    places = [
        (hit.start(), hit.end(), at)
        for at, group in enumerate(groups)
        for hit, _n in zip(_pattern(group).finditer(folded), range(_MOST_HITS), strict=False)
    ]
    return sorted(places)


def _pattern(group: Group) -> re.Pattern[str]:
    words = [f"0*{word}" if word.isdecimal() else re.escape(word) for word in group.words]
    ends = r"[^\W_]*" if group.begins else r"(?![^\W_])"
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + ends)


def marked(text: str, groups: tuple[Group, ...]) -> list[Piece]:
    """The whole text, what was searched for marked."""
    text = unicodedata.normalize("NFC", text)
    return _pieces(text, hits(text, groups), 0, len(text))


def snippet(text: str, groups: tuple[Group, ...]) -> list[Piece]:
    """The stretch of the text in which most of the words stand; nothing where none does."""
    text = unicodedata.normalize("NFC", text[:MOST_READ])
    places = hits(text, groups)
    if not places:
        return []
    first = _best(places)
    start = max(first - WIDTH // 4, 0)
    start = start if start == 0 else text.find(" ", start, first) + 1 or start
    end = min(start + WIDTH, len(text))
    end = end if end == len(text) else max(text.rfind(" ", first, end), first + 1)
    pieces = _pieces(text, places, start, end)
    before, after = Piece("… ") if start else None, Piece(" …") if end < len(text) else None
    return [piece for piece in (before, *pieces, after) if piece]


def _best(places: list[tuple[int, int, int]]) -> int:
    """Where the stretch begins in which the most different groups stand; the first of several."""
    best, first, inside, tail = 0, places[0][0], Counter[int](), 0
    for begins, _ends, at in places:
        inside[at] += 1
        while places[tail][0] < begins - WIDTH * 3 // 4:
            inside[places[tail][2]] -= 1
            inside += Counter()  # groups that stand no more inside are no more counted
            tail += 1
        if len(inside) > best:
            best, first = len(inside), places[tail][0]
    return first


def _pieces(text: str, places: list[tuple[int, int, int]], start: int, end: int) -> list[Piece]:
    made: list[Piece] = []
    last = start
    for begins, ends, _at in places:
        if begins < last or ends > end:
            continue
        if begins > last:
            made.append(Piece(text[last:begins]))
        made.append(Piece(text[begins:ends], marked=True))
        last = ends
    if last < end:
        made.append(Piece(text[last:end]))
    return made

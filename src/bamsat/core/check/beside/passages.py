# SPDX-License-Identifier: Apache-2.0
"""The sentences around what is stated, put together again from the words that each figure brings with it.

A figure knows the words near it (`Stated.near`) and the number of its sentence, no more. The words of one sentence
overlap, so that it comes back whole without the document; their spaces may be fewer than the document's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bamsat.core.check.model import Stated
from bamsat.core.terms.vietnamese import tone_variants

_SPACES = re.compile(r"\s+")
_SHORTEST_JOINT = 12  # characters that two stretches of words must share to be one


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a stretch of a long one, and what is stated in it, in order.

    `places` says where the number of each figure stands in the text; `start` where the text begins in its document.
    """

    doc: str
    number: int
    start: int
    text: str
    stated: tuple[Stated, ...]
    places: tuple[int, ...]
    low: str = field(default="", compare=False)

    def place(self, one: Stated) -> int:
        return self.places[self.stated.index(one)]

    def within(self, start: int, end: int) -> tuple[Stated, ...]:
        """What is stated between two places of the text."""
        return tuple(one for one, place in zip(self.stated, self.places, strict=True) if start <= place < end)

    def leads_to(self, other: Sentence) -> bool:
        """Whether another sentence follows at once."""
        return self.doc == other.doc and other.number - self.number in (0, 1)


def any_of(words: Iterable[str]) -> str:
    """A pattern of words in every spelling, the longest first."""
    ways = {way for word in words for way in tone_variants(word)}
    return "|".join(re.escape(way).replace(r"\ ", r"\s+") for way in sorted(ways, key=len, reverse=True))


def sentences(stated: Iterable[Stated]) -> list[Sentence]:
    """The sentences that hold what is stated, by document, in order; none for what stands in tables and forms."""
    spoken: dict[tuple[str, str, int], list[Stated]] = defaultdict(list)
    for one in stated:
        if one.sentence >= 0 and _flat(one.figure.number) in _flat(one.near):
            spoken[one.source, one.figure.doc, one.sentence].append(one)
    found: list[Sentence] = []
    for (_, doc, number), members in sorted(spoken.items()):
        members.sort(key=lambda one: one.figure.start)
        found += (_sentence(doc, number, text, joined) for text, joined in _stretches(members))
    return found


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text)


def _stretches(members: Sequence[Stated]) -> list[tuple[str, list[Stated]]]:
    """The words of a sentence as far as they are known without a gap."""
    found: list[tuple[str, list[Stated]]] = []
    for one in members:
        near = _flat(one.near)
        joined = _joined(found[-1][0], near) if found else None
        if joined is None:
            found.append((near, [one]))
        else:
            found[-1] = (joined, [*found[-1][1], one])
    return found


def _joined(known: str, near: str) -> str | None:
    """Two stretches of words as one, where they overlap; None where something may be missing between them."""
    if near in known:
        return known
    for shared in range(min(len(known), len(near)), _SHORTEST_JOINT - 1, -1):
        if known.endswith(near[:shared]):
            return known + near[shared:]
    return None


def _sentence(doc: str, number: int, text: str, members: Sequence[Stated]) -> Sentence:
    places: list[int] = []
    for one in members:
        expected = (
            places[-1] + one.figure.start - members[len(places) - 1].figure.start if places else _first(one, text)
        )
        after = places[-1] + 1 if places else 0
        found = [hit.start() for hit in re.finditer(re.escape(_flat(one.figure.number)), text) if hit.start() >= after]
        places.append(min(found, key=lambda place: abs(place - expected)) if found else after)
    return Sentence(doc, number, members[0].figure.start - places[0], text, tuple(members), tuple(places), text.lower())


def _first(one: Stated, text: str) -> int:
    """Where the first figure stands: at the first digits that are its own, none of a period or of a date."""
    number, low = _flat(one.figure.number), text.lower()
    hits = [hit.start() for hit in re.finditer(rf"(?<![\d.,/]){re.escape(number)}", text)]
    named = [hit for hit in hits if not low[:hit].rstrip().endswith(("tháng", "năm", "quý", "ngày"))]
    return (named or hits or [text.find(number)])[0]

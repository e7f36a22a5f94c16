# SPDX-License-Identifier: Apache-2.0
"""The words of data/phrases/instructions.yml, found in one pass over a text and asked for by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

import ahocorasick_rs

from bamsat.core.read.lexicon import blanked, phrases
from bamsat.core.terms.vietnamese import tone_variants


class Mark(NamedTuple):
    """A known wording at a place: its classes, and what it asks or announces, by class."""

    start: int
    end: int
    kinds: frozenset[str]
    asks: dict[str, str]

    def is_a(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


class _Words:
    """All wordings in one automaton; one wording may be of several classes."""

    def __init__(self, chosen: Callable[[str], bool]) -> None:
        kinds: dict[str, set[str]] = {}
        asks: dict[str, dict[str, str]] = {}
        for entry in phrases("instructions"):
            means = entry["means"]
            if not chosen(means["class"]):
                continue
            for said in entry["says"]:
                for way in tone_variants(said):
                    key = _key(way)
                    kinds.setdefault(key, set()).add(means["class"])
                    if "asks" in means:
                        asks.setdefault(key, {})[means["class"]] = means["asks"]
        self._meant = tuple((frozenset(told), asks.get(key, {})) for key, told in kinds.items())
        self._by_key = dict(zip(kinds, self._meant, strict=True))
        self._automaton = ahocorasick_rs.AhoCorasick(
            [" " + key for key in kinds], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )

    def of(self, low: str) -> list[Mark]:
        """Every wording of a lower-case text, in order, none overlapping."""
        flat = f" {blanked(low)} "
        found = self._automaton.find_matches_as_indexes(flat)
        marks: list[Mark] = []
        for place, (which, start, end) in enumerate(found):
            if not flat[end].isalnum():
                marks.append(Mark(start, end - 1, *self._meant[which]))
            else:
                stop = found[place + 1][1] + 1 if place + 1 < len(found) else len(flat)
                marks += self._instead(flat, start + 1, end, stop)
        return marks

    def _instead(self, flat: str, start: int, last: int, stop: int) -> Iterator[Mark]:
        """The wordings in place of one that ends within a word: "sẽ | làm" where "sẽ là" was found."""
        while start < last:
            ends = [at for at in range(start + 1, min(stop, start + 60)) if flat[at] == " " and flat[at - 1] != " "]
            end = next((at for at in reversed(ends) if flat[start:at] in self._by_key), None)
            if end is not None:
                yield Mark(start - 1, end - 1, *self._by_key[flat[start:end]])
            at = end if end is not None else flat.find(" ", start)
            while 0 <= at < len(flat) and flat[at] == " ":
                at += 1
            if at <= start:
                return
            start = at


def _key(words: str) -> str:
    return blanked(words.lower()).rstrip()


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words(lambda kind: kind != "section")


@lru_cache(maxsize=1)
def _sections() -> _Words:
    """Apart from the others, lest "kế hoạch thực hiện" of a heading hide the plan in a sentence."""
    return _Words(lambda kind: kind == "section")


_START = attrgetter("start")


class Marks:
    """The wordings of one text."""

    __slots__ = ("_all", "low")

    def __init__(self, low: str) -> None:
        self.low = low
        self._all = _words().of(low)

    def within(self, start: int, end: int) -> list[Mark]:
        """Those that begin inside a span."""
        first = bisect_left(self._all, start, key=_START)
        return self._all[first : bisect_left(self._all, end, lo=first, key=_START)]

    def sections(self, start: int, end: int) -> list[Mark]:
        """The wordings of a heading that say what its part is about."""
        found = _sections().of(self.low[start:end])
        return [mark._replace(start=mark.start + start, end=mark.end + start) for mark in found]

    def first(self, start: int, end: int, *kinds: str) -> Mark | None:
        return next(self.each(start, end, *kinds), None)

    def each(self, start: int, end: int, *kinds: str) -> Iterator[Mark]:
        return (mark for mark in self.within(start, end) if mark.is_a(*kinds))

# SPDX-License-Identifier: Apache-2.0
"""The words by which documents are cited (data/phrases/citations.yml), ready to be searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick_rs

from bamsat.core.read.lexicon import blanked
from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import tone_variants

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
BLANK = "[ \u00a0]"


@dataclass(frozen=True, slots=True)
class Type:
    """A type of document, or a sort of order, and what its words allow."""

    name: str
    directive: bool = False
    alone: bool = False  # its name in lower case is a document only where a noun has to stand
    vague: bool = False  # never one document: policies, aims
    law: bool = False  # its title follows without a word between
    certificate: bool = False
    numbered: bool = False  # a document only with a number
    joins: bool = False  # a document only together with others
    by: str = ""  # who issues each of them


class Anchor(NamedTuple):
    """A type of document named at a place of the text."""

    start: int
    end: int
    type: Type


def spelled(words: Iterable[str]) -> list[str]:
    """Every spelling of these words in lower case, longest first."""
    ways = {way for word in words for way in tone_variants(word.lower())}
    return sorted(ways, key=lambda way: (-len(way), way))


def pattern_of(words: Iterable[str]) -> str:
    """An alternation of words, any blanks between them, in every spelling."""
    return "|".join(re.escape(way).replace(r"\ ", BLANK + "{1,3}") for way in spelled(words))


def data() -> dict[str, Any]:
    raw: dict[str, Any] = shipped("phrases/citations.yml")
    return raw


@lru_cache(maxsize=1)
def types() -> dict[str, Type]:
    """The types of documents by name."""
    flags = ("alone", "vague", "law", "certificate", "numbered", "joins")
    found = [
        Type(row["name"], by=row.get("by", ""), **{flag: row.get(flag, False) for flag in flags})
        for row in data()["types"]
    ]
    return {each.name: each for each in found}


@lru_cache(maxsize=1)
def types_by_code() -> dict[str, Type]:
    return {code: types()[row["name"]] for row in data()["types"] for code in row.get("codes", ())}


_ABBREVIATED = 4  # "QĐ", "TTr" with the blank before: a type only where a number follows
_NUMBER_BEHIND = re.compile(rf"(?<![/-]..)(?<![/-]...){BLANK}(?:số(?![^\W_])|\d)")


class _Words:
    """All names of types in one automaton, matched at word borders."""

    def __init__(self) -> None:
        meant: dict[str, Type] = {}
        for row in data()["directives"]:
            for way in spelled(row["says"]):
                meant[" " + blanked(way)] = Type(row["name"], directive=True)
        for row in data()["types"]:
            for way in spelled(row["says"]):
                meant[" " + blanked(way)] = types()[row["name"]]
        self._types = tuple(meant.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(meant), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )

    def anchors(self, low: str) -> list[Anchor]:
        flat = " " + blanked(low) + " "
        return [
            Anchor(start, end - 1, self._types[index])
            for index, start, end in self._automaton.find_matches_as_indexes(flat)
            if not flat[end].isalnum() and (end - start > _ABBREVIATED or _NUMBER_BEHIND.match(low, end - 1))
        ]


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words()


def anchors(low: str) -> list[Anchor]:
    """Where a lower-case text names types of documents or orders."""
    return _words().anchors(low)


@lru_cache(maxsize=64)
def starting(name: str) -> re.Pattern[str]:
    """One of the words of a list of the data, whole, at the place where it is matched."""
    return re.compile(rf"(?:{pattern_of(data()[name])})(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Endings:
    """Words that a text may end with, in every spelling."""

    words: frozenset[str]
    most: int  # syllables of the longest

    @classmethod
    def of(cls, words: Iterable[str]) -> Endings:
        ways = spelled(words)
        return cls(frozenset(ways), max(way.count(" ") for way in ways) + 1)

    def at_end(self, before: str) -> int | None:
        """Where the longest of them begins with which a text ends; None where it ends with none."""
        said = before.replace("\u00a0", " ").rstrip(" ")
        at, found = len(said), None
        for _ in range(self.most):
            at = said.rfind(" ", 0, at)
            tail = said[at + 1 :].lstrip('(“"')
            if tail in self.words:
                found = len(said) - len(tail)
            if at < 0:
                break
        return found


@lru_cache(maxsize=16)
def _endings(name: str) -> Endings:
    return Endings.of(data()[name])


def ending(name: str, before: str) -> int | None:
    """Where in a text the word of a list of the data begins with which it ends; None where it ends with no such word.

    >>> ending("many", "ban hành hàng loạt "), ending("many", "văn bản này ")
    (9, None)
    """
    return _endings(name).at_end(before)


_WRAPPED = re.compile(
    r"\n(?<=[^\s.;:!?…]\n)(?=[a-zà-ỹăđĩũơư])(?![a-zđ][.)])"
    r"|\n(?<=[^\s.;:!?…][ \u00a0]\n)(?=[a-zà-ỹăđĩũơư])(?![a-zđ][.)])"
    r"|\n(?<=(?:số|Số|ày|ng|ăm|ạn)\n)(?=\d)"
    r"|\n(?:(?<= của\n)|(?<= và\n)|(?<= về\n)|(?<= tại\n)|(?<= theo\n)|(?<=\w,\n))(?=\w)"
)


def unwrapped(text: str) -> str:
    """The text with a space where a line only runs on; every letter stays in its place."""
    if "\n" not in text:
        return text
    return _WRAPPED.sub(" ", text)

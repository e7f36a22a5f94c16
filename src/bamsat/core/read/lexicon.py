# SPDX-License-Identifier: Apache-2.0
"""The words that the reader knows (data/phrases, data/indicators.yml, places), found in one pass over a text."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from operator import attrgetter
from typing import Any, NamedTuple

import ahocorasick_rs

from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import tone_variants

PHRASE_FILES = ("directions", "verbs", "comparisons", "status", "linking", "branches", "topics", "industries")
_BLANKS = "\u00a0\u2009\u202f\n\t\r,;.:()[]-–—/\"“”'‘’…•+*|%"


@dataclass(frozen=True, slots=True)
class Term:
    """A wording and what it means: a class of words and whatever that class carries."""

    text: str
    kind: str
    means: dict[str, Any]


class Event(NamedTuple):
    """A known wording at a place in a text."""

    start: int
    end: int
    kind: str
    means: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the catalogue as the reader needs it."""

    code: str
    name: dict[str, str]
    unit: str
    adds_up: str
    good: str
    topic: str


def data_text(path: str) -> str:
    """A file of the package's data."""
    return resources.files("bamsat.data").joinpath(path).read_text(encoding="utf-8")


def phrases(name: str) -> list[dict[str, Any]]:
    """The entries of a phrase file: means, says, and beside them examples and counter-examples."""
    entries: list[dict[str, Any]] = shipped(f"phrases/{name}.yml")
    return entries


@lru_cache(maxsize=16)
def listed(kind: str) -> frozenset[str]:
    """The words of one class of data/phrases/labels.yml, which are not searched for but asked about."""
    return frozenset(
        way
        for entry in phrases("labels")
        if entry["means"]["class"] == kind
        for word in entry["says"]
        for way in tone_variants(word)
    )


def indicator_rows() -> list[dict[str, Any]]:
    """The indicators as the data file lists them."""
    rows: list[dict[str, Any]] = shipped("indicators.yml")
    return rows


@lru_cache(maxsize=1)
def indicators() -> dict[str, Indicator]:
    """The catalogue's indicators by code."""
    return {
        row["code"]: Indicator(
            row["code"], row["name"], row["unit"], row["adds_up"], row["good"], row.get("topic", row["code"])
        )
        for row in indicator_rows()
    }


def blanked(low: str) -> str:
    """The lower-case text with every mark of punctuation a space, so that a word always follows a space."""
    for char in _BLANKS:
        low = low.replace(char, " ")
    return low


def _key(text: str) -> str:
    return " " + blanked(text.lower()).rstrip()


def place_names() -> dict[str, list[tuple[str, int, int]]]:
    """Every way of writing a province, with the names it stood for: (name, first year, year after the last)."""
    names: dict[str, list[tuple[str, int, int]]] = {}
    for row in csv.DictReader(data_text("places/provinces.csv").splitlines()):
        dated = (row["name"], int(row["valid_from"][:4] or 0), int(row["valid_to"][:4] or 9999))
        for alias in (row["name"], *row["aliases"].split("|")):
            if alias:
                names.setdefault(alias, []).append(dated)
    return names


def _terms() -> Iterator[Term]:
    for row in indicator_rows():
        for alias in row.get("aliases", ()):
            yield Term(alias, "indicator", {"code": row["code"]})
        for part in row.get("parts", ()):
            yield Term(part, "part", {"code": row["code"]})
    for name in PHRASE_FILES:
        for entry in phrases(name):
            means = dict(entry["means"])
            kind = means.pop("class")
            if kind in _UNSCANNED:
                continue
            for said in entry["says"]:
                yield Term(said, kind, means)
    for hedge in shipped("phrases/hedges.yml")["hedges"]:
        for said in hedge["before"]:
            if said[0].isalpha():
                yield Term(said, "hedge", {"hedge": hedge["means"]})
    for row in csv.DictReader(data_text("outlets.csv").splitlines()):
        for said in (*row["names"].split(";"), *row["domains"].split(";")):
            if said:
                yield Term(said, "outlet", {"name": row["province"], "mark": False})
        for said in row["abbreviations"].split(";"):
            if said:
                yield Term(said, "outlet", {"name": row["province"], "mark": True})
    for alias, dated in place_names().items():
        yield Term(
            alias, "area", {"name": dated[0][0], "dated": dated if len({name for name, _, _ in dated}) > 1 else ()}
        )
    for said in ("cả nước", "toàn quốc", "trên cả nước", "trong cả nước"):
        yield Term(said, "area", {"name": "Cả nước"})
    for said, name in (("khu vực phía bắc", "Khu vực phía Bắc"), ("khu vực phía nam", "Khu vực phía Nam")):
        yield Term(said, "area", {"name": name})


_STRONG = {"indicator": 0, "part": 1, "branch": 2, "industry": 3, "area": 3, "base": 3, "plan": 3, "word": 8}


_UNSCANNED = ("link",)  # words that only join others: subjects.py trims them from labels


class Lexicon:
    """All terms in one automaton (Aho-Corasick, leftmost-longest), matched at word borders."""

    __slots__ = ("_automaton", "_meanings", "terms")

    def __init__(self, terms: Iterator[Term]) -> None:
        chosen: dict[str, Term] = {}
        for term in terms:
            for spelled in tone_variants(term.text.lower()):
                key = _key(spelled)
                held = chosen.get(key)
                if held is None or _STRONG.get(term.kind, 9) < _STRONG.get(held.kind, 9):
                    chosen[key] = term
        self.terms = chosen
        self._meanings = tuple((term.kind, term.means) for term in chosen.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(chosen), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )

    def events(self, low: str) -> list[Event]:
        """The known wordings of a lower-case text, in order, none overlapping."""
        flat = " " + blanked(low) + " "
        meanings = self._meanings
        made = Event._make
        return [
            made((start, end - 1, *meanings[index]))
            for index, start, end in self._automaton.find_matches_as_indexes(flat)
            if not flat[end].isalnum()
        ]

    def meaning(self, text: str) -> tuple[str, dict[str, Any]] | None:
        """What one wording means as a whole, or None."""
        term = self.terms.get(_key(text.strip()))
        return (term.kind, term.means) if term else None


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of the package's data, built once."""
    return Lexicon(_terms())


_START = attrgetter("start")


def within(events: list[Event], start: int, end: int) -> list[Event]:
    """The events that begin inside a span."""
    first = bisect_left(events, start, key=_START)
    return events[first : bisect_left(events, end, lo=first, key=_START)]

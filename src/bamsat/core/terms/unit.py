# SPDX-License-Identifier: Apache-2.0
"""Units: the words that follow a number, what each is called in the data, and how to read them (data/units.yml)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import tone_variants

Kind = Literal["money", "physical", "counted", "percent", "point", "times", "scale", "time"]
_LISTED: tuple[Kind, ...] = ("money", "percent", "point", "times", "physical", "time")


@dataclass(frozen=True, slots=True)
class UnitWord:
    """One way of writing a unit, in lower case; `never` are longer words that begin alike and mean something else."""

    text: str
    unit_code: str
    scale: Decimal
    kind: Kind
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the data: its code and what people call it."""

    code: str
    kind: Kind
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class UnitFound:
    """The unit read at a place in a text: 1,2 | nghìn tỷ đồng/người."""

    code: str
    scale: Decimal
    kind: Kind
    start: int
    end: int


def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = shipped("units.yml")
    return data


def _ways(says: list[str], code: str, scale: int | Decimal, kind: Kind, never: list[str]) -> Iterator[UnitWord]:
    against = tuple(way for phrase in never for way in tone_variants(phrase.lower()))
    for phrase in says:
        for way in tone_variants(phrase.lower()):
            yield UnitWord(way, code, Decimal(scale), kind, against)


def _listed_words(kind: Kind) -> Iterator[UnitWord]:
    for unit in _data()[kind]:
        never = unit.get("never", [])
        yield from _ways(unit["says"], unit["code"], 1, kind, never)
        for scale, says in unit.get("also", {}).items():
            yield from _ways(says, unit["code"], scale, kind, never)


def _counted() -> Iterator[tuple[str, str, list[str], list[str]]]:
    for group in _data()["counted"].values():
        for noun, about in group.items():
            if isinstance(about, str):
                yield noun, about, [], []
            else:
                yield noun, about["en"], about.get("also", []), about.get("never", [])


def _all_words() -> Iterator[UnitWord]:
    for scale in _data()["scales"]:
        yield from _ways(scale["says"], "", scale["scale"], "scale", scale.get("never", []))
    for kind in _LISTED:
        yield from _listed_words(kind)
    for cent in _data()["cents"]:
        yield from _ways(cent["says"], cent["code"], 1, "money", [])
    for noun, _, also, never in _counted():
        yield from _ways([noun, *also], noun, 1, "counted", never)


@lru_cache(maxsize=1)
def units() -> tuple[UnitWord, ...]:
    """Every way of writing every unit and scale word, lower case, the longest first.

    >>> next(word for word in units() if word.text == "nghìn")
    UnitWord(text='nghìn', unit_code='', scale=Decimal('1000'), kind='scale', never=())
    """
    first: dict[str, UnitWord] = {}
    for word in _all_words():
        first.setdefault(word.text, word)
    return tuple(sorted(first.values(), key=lambda word: -len(word.text)))


@lru_cache(maxsize=1)
def _named() -> Mapping[str, Unit]:
    named = {
        unit["code"]: Unit(unit["code"], kind, unit["name"]["vi"], unit["name"]["en"])
        for kind in _LISTED
        for unit in _data()[kind]
    }
    named |= {noun: Unit(noun, "counted", noun, en) for noun, en, _, _ in _counted() if noun not in named}
    return named


def unit_name(code: str, language: str = "vi") -> str:
    """What people call a unit; a rate is spelled with its stroke.

    >>> unit_name("VND/person/month"), unit_name("ton/year", "en"), unit_name("chợ", "en")
    ('đồng/người/tháng', 'ton/year', 'market')
    """
    head, *per = code.split("/")
    unit = _named().get(head)
    name = (unit.vi if language == "vi" else unit.en) if unit else head
    below = [_data()["per"].get(part, [part])[0] if language == "vi" else part for part in per]
    return "/".join([name, *below])


_FIRST = re.compile(r"[^\W\d_]+|\S")
_GAP = re.compile(r"[ \u00a0\u2009\u202f]*")
_BETWEEN_SCALES = re.compile(r"[ \u00a0.]*")
_STROKE = re.compile(r"[ \u00a0]?/[ \u00a0]?(?=[^\W\d_])")
_SPELLED_STROKE = re.compile(r"[ \u00a0]+(?:trên[ \u00a0]+|(?:trên[ \u00a0]+)?m(?:ột|ỗi)[ \u00a0]+)")
_BY_WEIGHT = {"kg", "ton", "litre", "m3", "m2", "kWh"}
_SPELLED_PER = {"physical": {"hour", "second", "ha"}, "money": _BY_WEIGHT, "percent": set[str]()}


@lru_cache(maxsize=1)
def _by_first() -> Mapping[str, tuple[UnitWord, ...]]:
    table: dict[str, list[UnitWord]] = defaultdict(list)
    for word in units():
        if first := _FIRST.match(word.text):
            table[first[0]].append(word)
    return {first: tuple(words) for first, words in table.items()}


@lru_cache(maxsize=1)
def _per_words() -> tuple[tuple[str, str], ...]:
    pairs = {way: code for code, says in _data()["per"].items() for word in says for way in tone_variants(word.lower())}
    return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def _ends_well(low: str, text: str, end: int) -> bool:
    return end >= len(low) or not text[-1].isalnum() or not (low[end].isalnum() or low[end] in "²³")


def word_at(low: str, at: int) -> UnitWord | None:
    """The longest unit word that starts exactly there; the text is in lower case."""
    first = _FIRST.match(low, at)
    for word in _by_first().get(first[0], ()) if first else ():
        written = low.startswith(word.text, at) and _ends_well(low, word.text, at + len(word.text))
        if written and not any(low.startswith(phrase, at) for phrase in word.never):
            return word
    return None


def _per_at(low: str, at: int) -> tuple[str, int] | None:
    for text, code in _per_words():
        if low.startswith(text, at) and _ends_well(low, text, at + len(text)):
            return code, at + len(text)
    return None


def _spelled_per(low: str, end: int, kind: Kind) -> tuple[str, int] | None:
    """`% mỗi năm`, `đồng một kg`, `ki lô mét trên giờ`; a bare "trên" or "một" only where nothing else is meant."""
    joint = _SPELLED_STROKE.match(low, end)
    if not joint or kind not in _SPELLED_PER:
        return None
    per = _per_at(low, joint.end())
    spelled = "mỗi" in joint[0] or "trên một" in joint[0]
    return per if per and (spelled or per[0] in _SPELLED_PER[kind]) else None


def read_rate(low: str, end: int, kind: Kind) -> tuple[str, int]:
    """What follows a unit as "/kg/tháng": ("/kg/month", new end), or ("", end)."""
    code = ""
    while True:
        joint = _STROKE.match(low, end)
        per = _per_at(low, joint.end()) if joint else _spelled_per(low, end, kind)
        if per is None:
            return code, end
        code, end = f"{code}/{per[0]}", per[1]


def read_unit(low: str, at: int = 0) -> UnitFound | None:
    """The scale words and the unit at a place (leading spaces allowed); the text is in lower case.

    >>> read_unit("nghìn tỷ đồng")
    UnitFound(code='VND', scale=Decimal('1000000000000'), kind='money', start=0, end=13)
    >>> read_unit("4 triệu đồng/người/tháng", 1).code, read_unit("ngàn tấn").scale
    ('VND/person/month', Decimal('1000'))
    >>> read_unit("tỷ lệ") is None
    True
    """
    gap = _GAP.match(low, at)
    start = end = gap.end() if gap else at
    scale, next_at = Decimal(1), start
    while word := word_at(low, next_at):
        scale, end = scale * word.scale, next_at + len(word.text)
        if word.kind != "scale":
            rate, end = read_rate(low, end, word.kind)
            return UnitFound(word.unit_code + rate, scale, word.kind, start, end)
        between = _BETWEEN_SCALES.match(low, end)
        next_at = between.end() if between else end
    return UnitFound("", scale, "scale", start, end) if end > start else None

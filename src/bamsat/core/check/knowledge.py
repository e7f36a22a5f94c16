# SPDX-License-Identifier: Apache-2.0
"""What the check knows beforehand: identities, how indicators add up, which parts make a whole (catalogue/ties.yml)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from bamsat.core.ledger.identities import Identity, parse
from bamsat.core.terms.data import shipped
from bamsat.core.terms.vietnamese import fold

_OPENING = 12  # characters in which a sentence that goes on with the one before says so
APART = "~"  # stands in the breakdown of what goes by the name of another series and is another thing


class Name(NamedTuple):
    """What something is called in the two languages."""

    vi: str
    en: str


class Display(NamedTuple):
    """The unit in which people write an indicator, and how many base units it is."""

    unit: str
    scale: Decimal


class Part(NamedTuple):
    """A part of a whole: an indicator of its own, or a breakdown of the whole under a name that no text varies."""

    code: str
    breakdown: str
    name: Name
    says: frozenset[str]


@dataclass(frozen=True, slots=True)
class Partition:
    """Parts that together make the whole of an indicator and never overlap."""

    indicator: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that ties figures without being a figure. Rooms build one of their own tables.

    `parts` are segments (indicator, words) that are surely within their whole. `children` are the places that together
    make up a place, where all of them are known; the keys are those of `Stated.place`. `spoken` are optional terms of
    identities that figures known of a place speak of (place, code).
    """

    identities: tuple[Identity, ...] = ()
    adds_up: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Name] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    displays: Mapping[str, Display] = field(default_factory=dict)
    partitions: tuple[Partition, ...] = ()
    optional: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    several_prices: frozenset[str] = frozenset()
    real_growth: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    parts: frozenset[tuple[str, str]] = frozenset()
    volume_and_value: tuple[tuple[str, str], ...] = ()
    plan_words: tuple[tuple[str, int], ...] = ()
    tellers: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    other_than_made: tuple[str, ...] = ()
    lists_all: tuple[str, ...] = ()
    lists_some: tuple[str, ...] = ()
    by_volume: tuple[str, ...] = ()
    by_value: tuple[str, ...] = ()
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    redrawn: Mapping[str, date] = field(default_factory=dict)  # places that have kept their name on other boundaries
    spoken: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def shipped(cls) -> Knowledge:
        """What the product ships knows; the same object each time."""
        return _shipped()

    def part_of(self, indicator: str, segment: str) -> tuple[str, str]:
        """Indicator and breakdown under which a segment (any spelling) is kept.

        >>> Knowledge.shipped().part_of("industrial_output", "Ngành chế biến, chế tạo")
        ('industrial_output_manufacturing', '')
        >>> Knowledge.shipped().part_of("exports", "khối FDI"), Knowledge.shipped().part_of("exports", "Gạo")
        (('exports', 'foreign'), ('exports', 'gao'))
        """
        said = _said(segment)
        return _parts(self.partitions).get((indicator, said), (indicator, said))

    def name(self, indicator: str, breakdown: str = "") -> Name:
        """What a series is called; a sum of indicators ("imports+supervised_goods") by the names of its terms."""
        whole = [self.names.get(code, Name(code.partition(":")[2] or code, code)) for code in indicator.split("+")]
        name = whole[0] if len(whole) == 1 else Name(" + ".join(n.vi for n in whole), " + ".join(n.en for n in whole))
        if not breakdown:
            return name
        part = self.part_name(indicator, breakdown)
        return Name(f"{name.vi} ({part.vi})", f"{name.en} ({part.en})")

    def part_name(self, indicator: str, breakdown: str) -> Name:
        """What a part is called: by the partitions, else as it is kept."""
        return _part_names(self.partitions).get((indicator, breakdown), Name(breakdown, breakdown))

    def flows(self, indicator: str, unit: str) -> bool:
        """Whether values of months add up to those of a quarter: for goods made, their quantity or value."""
        if indicator.startswith("product:"):
            return "/" not in unit and unit not in ("", "%", "point")
        return "/" not in unit and self.adds_up.get(indicator.partition("+")[0]) == "flow"

    def is_free(self, indicator: str) -> bool:
        """A family's label is free text: two values under one label need not be of one thing."""
        return ":" in indicator and not indicator.startswith("product:")

    def listing(self, words: str, first: bool = False) -> bool | None:
        """Whether words open a list of all parts, or (False) of some; None for no list. `first`: right at the start.

        >>> knowledge = Knowledge.shipped()
        >>> knowledge.listing(", bao gồm bán lẻ "), knowledge.listing("; trong đó FDI "), knowledge.listing(", tăng ")
        (True, False, None)
        """
        said = " ".join(fold(words).split())
        head = f" {said[:_OPENING]} " if first else f" {said} "
        if any(f" {word} " in head.replace(":", " ") for word in self.lists_all):
            return True
        if any(f" {word} " in head.replace(":", " ").replace(",", " ") for word in self.lists_some):
            return False
        return None if first or ":" not in said else False

    def owner(self, words: str) -> str:
        """The owners that words name ("state", "private", "foreign", "domestic"), or ""."""
        return _owners(self.partitions).get(_said(words), "")

    def unit_of(self, indicator: str) -> str:
        return self.units.get(indicator.partition("+")[0], "")


def _said(segment: str) -> str:
    """A segment as it is compared: no case, no marks, and commas for every way of joining."""
    folded = fold(segment).replace(";", ",").replace(" - ", ", ").replace(" va ", ", ").replace(",,", ",")
    words = folded.strip(" ,.:()").split()
    return " ".join(words)


@lru_cache(maxsize=8)
def _parts(partitions: tuple[Partition, ...]) -> Mapping[tuple[str, str], tuple[str, str]]:
    return {
        (whole.indicator, said): (part.code or whole.indicator, part.breakdown)
        for whole in reversed(partitions) for part in whole.parts for said in part.says
    }  # fmt: skip


@lru_cache(maxsize=8)
def _owners(partitions: tuple[Partition, ...]) -> Mapping[str, str]:
    owned = [whole for whole in partitions if whole.indicator == "exports"]
    return {said: part.breakdown for whole in owned for part in whole.parts for said in part.says}


@lru_cache(maxsize=8)
def _part_names(partitions: tuple[Partition, ...]) -> Mapping[tuple[str, str], Name]:
    return {
        (whole.indicator, part.breakdown): part.name for whole in partitions for part in whole.parts if part.breakdown
    }


@lru_cache(maxsize=1)
def _shipped() -> Knowledge:
    ties = shipped("catalogue/ties.yml")
    indicators = [*shipped("indicators.yml"), *shipped("catalogue/indicators.yml")]
    known = {indicator["code"] for indicator in indicators}
    return Knowledge(
        identities=tuple(parse(line["expression"], known) for line in shipped("catalogue/identities.yml")),
        adds_up={indicator["code"]: indicator["adds_up"] for indicator in indicators},
        names={i["code"]: Name(i["name"]["vi"], i["name"]["en"]) for i in indicators},
        units={i["code"]: i["unit"] for i in indicators},
        displays={i["code"]: _display(i["display"]) for i in indicators if "display" in i},
        partitions=tuple(_partitions(ties["partitions"])),
        optional={entry["code"]: tuple(map(fold, entry["says"])) for entry in ties["optional"]},
        several_prices=frozenset(ties["several_prices"]),
        real_growth=frozenset(ties["real_growth"]),
        signed=frozenset(ties["signed"]),
        parts=frozenset((i["code"], _said(part)) for i in indicators for part in i.get("parts", ())),
        volume_and_value=tuple((pair["volume"], pair["value"]) for pair in ties["volume_and_value"]),
        plan_words=tuple((fold(phrase), plan["length"]) for plan in ties["plan_of"] for phrase in plan["says"]),
        tellers=tuple(map(fold, ties["tellers"]["says"])),
        means=tuple(map(fold, ties["means"]["says"])),
        other_than_made=tuple(map(fold, ties["other_than_made"])),
        lists_all=tuple(map(fold, ties["lists"]["all"])),
        lists_some=tuple(map(fold, ties["lists"]["some"])),
        by_volume=tuple(map(fold, ties["by_volume"])),
        by_value=tuple(map(fold, ties["by_value"])),
        redrawn=_redrawn(),
    )


def _redrawn() -> Mapping[str, date]:
    """Provinces put together of several under the name of one, by their folded names, and since when."""
    with resources.files("bamsat").joinpath("data", "places/provinces.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    joined = Counter(row["successor"] for row in rows if row["successor"])
    ended = {row["name"] for row in rows if row["valid_to"]}
    return {
        fold(row["name"]): date.fromisoformat(row["valid_from"])
        for row in rows if not row["valid_to"] and joined[row["code"]] > 1 and row["name"] in ended
    }  # fmt: skip


def _display(display: Mapping[str, Any]) -> Display:
    return Display(display["unit"], Decimal(display["scale"]))


def _partitions(entries: Iterable[Mapping[str, Any]]) -> Iterator[Partition]:
    for entry in entries:
        members = _members(entry["list"]) if "list" in entry else {}
        for indicator in entry["of"]:
            yield Partition(indicator, tuple(_part(part, members) for part in entry["parts"]))


def _part(part: Mapping[str, Any], members: Mapping[str, tuple[Name, frozenset[str]]]) -> Part:
    code = part.get("code", "")
    named = part.get("name")
    name, says = members.get(part["member"], (Name("", ""), frozenset()))
    if named:
        name = Name(named["vi"], named["en"])
    said = frozenset(map(_said, [*part.get("says", ()), name.vi]))
    return Part(code, "" if code else part["member"], name, said | says)


@lru_cache(maxsize=8)
def _members(code: str) -> Mapping[str, tuple[Name, frozenset[str]]]:
    """The codes of one list of the catalogue at every depth, with their wordings."""
    found = next(entry for entry in shipped("catalogue/industries.yml") if entry["code"] == code)
    return dict(_walk(found["codes"]))


def _walk(codes: Iterable[list[Any]]) -> Iterator[tuple[str, tuple[Name, frozenset[str]]]]:
    for code, vi, en, *more in codes:
        says = more[0] if more else []
        yield code, (Name(vi, en), frozenset(map(_said, [vi, *says])))
        if len(more) > 1:
            yield from _walk(more[1])

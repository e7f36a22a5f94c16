# SPDX-License-Identifier: Apache-2.0
"""What the words of a row name in the ledger: worked out once for all rows that share them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.figures.intake import fields
from bamsat.rooms.figures.intake.findings import Finding
from bamsat.rooms.figures.intake.known import Known, Life, UnitRead, unit_words
from bamsat.rooms.figures.models import DEPARTMENT, EntryKind, Measure, Vintage

if TYPE_CHECKING:
    from bamsat.rooms.figures.ledger import SeriesKey

VINTAGE_OF_KIND = {
    EntryKind.ACTUAL: Vintage.PRELIMINARY, EntryKind.ESTIMATE: Vintage.ESTIMATE, EntryKind.PLAN: Vintage.OFFICIAL,
    EntryKind.FORECAST: Vintage.ESTIMATE,
}  # fmt: skip
_MEASURED_IN = {
    Measure.GROWTH: {"percent"}, Measure.PLAN_RATIO: {"percent"}, Measure.SHARE: {"percent"},
    Measure.INDEX: {"percent", "point"}, Measure.CONTRIBUTION: {"percent", "point"},
}  # fmt: skip
_CODED = re.compile(r"[\w-]+:[^|:]+(?:\|[\w-]+:[^|:]+)*")
_MOST_SEGMENT = 300
MOST_HEADS = 40_000


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said of the whole file: defaults for what its rows leave out."""

    place: str = ""
    provider: str = DEPARTMENT
    kind: str = EntryKind.ACTUAL
    vintage: str = ""
    unit: str = ""


@dataclass(slots=True, eq=False)
class Head:
    """Series, kind and vintage of rows; `series` is known once the ledger was asked."""

    indicator: Indicator | None
    key: SeriesKey
    kind: str
    vintage: str
    scale: int
    factor: int
    life: Life
    troubles: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()
    series: int = 0
    told: bool = False  # its notices, which are said once
    steps: dict[int, tuple[int, int, int]] = field(default_factory=dict)

    def step(self, places: int) -> tuple[int, int, int]:
        """For a number with so many decimals: times, divided by, and half its last digit, as integers of the ledger.

        A whole number of base units is exact; any other stands for all that rounds to it.
        """
        if places not in self.steps:
            power, below = self.factor * 10**self.scale, 10**places
            whole = self.factor == 1 and not places
            times, by = (power // below, 1) if power % below == 0 else (power, below)
            half = 0 if whole else -(-power // (2 * below))
            self.steps[places] = (times, by, half)
        return self.steps[places]


@dataclass(slots=True)
class Words:
    """The words of a head while they are understood; troubles gather on the way."""

    said: fields.Row
    troubles: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)

    def __getitem__(self, at: int) -> str:
        return self.said[at - fields.INDICATOR].strip()

    def trouble(self, kind: str, **said: object) -> None:
        self.troubles.append(Finding(kind, "", said))

    def notice(self, kind: str, **said: object) -> None:
        self.notices.append(Finding(kind, "", said))


class Heads:
    """The heads met so far in a file. A place whose name means another one in another month has a head for each."""

    def __init__(self, known: Known, options: Options) -> None:
        self.known, self.options = known, options
        self._heads: dict[fields.Row, Head | None] = {}
        self._by_place: dict[tuple[fields.Row, int], Head] = {}
        self._months: dict[tuple[str, int], int | None] = {}
        self.price_bases: dict[int, set[str]] = {}

    def of(self, row: fields.Row, month: int) -> Head:
        """The head of a row whose period ends in this month."""
        said = row[fields.HEAD]
        head = self._heads.get(said)
        if head is not None:
            return head
        text = (row[fields.PLACE] or self.options.place).strip()
        if said not in self._heads:
            place = self.known.places.fixed(text) if text else 0
            self._heads[said] = (
                None if place is None and self.known.places.named(text).versions else self._made(said, text, place)
            )
            if head := self._heads[said]:
                return head
        return self._of_month(said, text, month)

    def trim(self) -> None:
        """A file with a new head in every row must not fill the memory; what is dropped is worked out again."""
        if len(self._heads) > MOST_HEADS:
            self._heads.clear()
            self._by_place.clear()

    def _of_month(self, said: fields.Row, text: str, month: int) -> Head:
        if (text, month) not in self._months:
            self._months[text, month] = self.known.places.on(text, month)
        place = self._months[text, month]
        if (said, place or 0) not in self._by_place:
            self._by_place[said, place or 0] = self._made(said, text, place)
        return self._by_place[said, place or 0]

    def _made(self, said: fields.Row, text: str, place: int | None) -> Head:
        words = Words(self._apart(said))
        indicator = self._indicator(words)
        life = self._life(words, text, place)
        segment = self._segment(words)
        segment = self.known.codes.names.coded(indicator, segment) if indicator else segment
        measure = _word(words, fields.MEASURE, fields.MEASURE_WORDS) or _usual_measure(indicator)
        unit = self._unit(words, indicator, measure)
        price = self._price(words, indicator)
        provider = self._provider(words)
        kind = _word(words, fields.KIND, fields.KIND_WORDS) or self.options.kind
        vintage = _word(words, fields.VINTAGE, fields.VINTAGE_WORDS) or self._vintage(kind)
        if indicator and life.place and not self.known.places.may_write(life.place, indicator.pk):
            words.trouble("rights", indicator=indicator.name_vi, place=life.name)
        pk = indicator.pk if indicator else 0
        if indicator:
            self.price_bases.setdefault(pk, set()).add(price)
        return Head(
            indicator, (pk, life.place, segment, measure, unit.code, price, provider), kind, vintage,
            self.known.units.scale(unit.code), unit.factor, life, tuple(words.troubles), tuple(words.notices),
        )  # fmt: skip

    # One word after the other.

    def _apart(self, said: fields.Row) -> fields.Row:
        """The same, with a price basis or a unit that stands behind the indicator's name put where it belongs."""
        at, price, unit = (field - fields.INDICATOR for field in (fields.INDICATOR, fields.PRICE_BASIS, fields.UNIT))
        cells = list(said)
        for _ in range(2):  # "... (giá so sánh 2010) (tỷ đồng)"
            name, behind = fields.behind(cells[at])
            if not behind or self.known.indicators.found(cells[at].strip()):
                break
            if fold(behind) in fields.PRICE_WORDS:
                cells[price] = cells[price] or behind
            elif self.known.units.read(behind):
                cells[unit] = cells[unit] or behind
            else:
                break
            cells[at] = name
        return tuple(cells)

    def _indicator(self, words: Words) -> Indicator | None:
        text = words[fields.INDICATOR]
        found = self.known.indicators.found(text) if text else []
        if len(found) == 1:
            return found[0]
        if found:
            words.trouble("indicator_many", text=text, near=", ".join(one.code for one in found[:5]))
        elif near := self.known.indicators.near(text):
            words.trouble("indicator_near", text=text, near=near)
        else:
            words.trouble("indicator", text=text)
        return None

    def _life(self, words: Words, text: str, place: int | None) -> Life:
        if place:
            return self.known.places.life(place)
        if not text:
            words.trouble("place_missing")
        elif near := self.known.places.near(text):
            words.trouble("place_near", text=text, near=near)
        else:
            words.trouble("place", text=text)
        return Life(0, text, -(10**6), 10**6, None, None)

    def _segment(self, words: Words) -> str:
        text = " ".join(words[fields.SEGMENT].replace("\0", " ").split())[:_MOST_SEGMENT]
        if not _CODED.fullmatch(text):
            return text
        parts = []
        for part in text.split("|"):
            name, _, code = part.partition(":")
            codelist = self.known.codes.list_named(name)
            if not codelist:
                return text  # words of a report that happen to hold a colon
            found = self.known.codes.found(codelist, code)
            if not found:
                words.trouble("code", text=code, list=codelist, near=self.known.codes.near(codelist, code) or "–")
            parts.append(f"{codelist}:{found or code}")
        return "|".join(sorted(parts))

    def _unit(self, words: Words, indicator: Indicator | None, measure: str) -> UnitRead:
        text = words[fields.UNIT] or (self.options.unit if measure == Measure.LEVEL else "")
        if not text:
            return self._usual_unit(words, indicator, measure)
        read = self.known.units.read(text)
        if read is None:
            words.trouble("unit", text=text, near=unit_words(indicator) if indicator else "–")
            return UnitRead("", 1, "")
        if not read.code and indicator and measure in (Measure.LEVEL, Measure.CHANGE):
            # "nghìn", "triệu": a size without its unit means the indicator's own.
            read = UnitRead(indicator.unit, read.factor, self.known.units.family(indicator.unit))
        self._check_unit(words, indicator, measure, read, text)
        return read

    def _usual_unit(self, words: Words, indicator: Indicator | None, measure: str) -> UnitRead:
        if measure in _MEASURED_IN:
            return UnitRead("%", 1, "percent")
        if indicator is None:
            return UnitRead("", 1, "")
        if indicator.display_scale > 1:
            words.trouble("unit_missing", near=unit_words(indicator))
        return UnitRead(indicator.unit, 1, "")

    def _check_unit(self, words: Words, indicator: Indicator | None, measure: str, read: UnitRead, text: str) -> None:
        if indicator is None:
            return
        if measure in _MEASURED_IN:
            if read.family not in _MEASURED_IN[Measure(measure)]:
                words.trouble("unit_family", indicator=indicator.name_vi, near="%", text=text)
            return
        if not indicator.unit or measure == Measure.RATIO or read.code == indicator.unit:
            return
        family = self.known.units.family(indicator.unit)
        said = {"indicator": indicator.name_vi, "near": unit_words(indicator), "text": text}
        if family == read.family == "money":
            words.notice("unit_other", **said)
        else:
            words.trouble("unit_family", **said)

    def _price(self, words: Words, indicator: Indicator | None) -> str:
        price = _word(words, fields.PRICE_BASIS, fields.PRICE_WORDS)
        own = indicator.price_basis if indicator else ""
        if indicator and own and price and own != price:
            words.trouble("price_basis", indicator=indicator.name_vi, near=own, text=words[fields.PRICE_BASIS])
        return price or own

    def _provider(self, words: Words) -> str:
        text = words[fields.PROVIDER] or self.options.provider
        found = self.known.providers.found(text)
        if not found:
            words.trouble("word", text=text, near=self.known.providers.codes)
        return found

    def _vintage(self, kind: str) -> str:
        if kind == EntryKind.ACTUAL and self.options.vintage:
            return self.options.vintage
        return VINTAGE_OF_KIND[EntryKind(kind)]


def _word(words: Words, at: int, spelled: dict[str, str]) -> str:
    text = words[at]
    if not text:
        return ""
    found = spelled.get(fold(text.removeprefix("=")), "")
    if not found:
        words.trouble("word", text=text, near=", ".join(sorted(set(spelled.values()))))
    return found


def _usual_measure(indicator: Indicator | None) -> str:
    """What a bare value of an indicator is."""
    own = {AddsUp.INDEX: Measure.INDEX, AddsUp.RATIO: Measure.RATIO}
    return own.get(AddsUp(indicator.adds_up), Measure.LEVEL) if indicator else Measure.LEVEL

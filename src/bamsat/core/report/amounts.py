# SPDX-License-Identifier: Apache-2.0
"""A fact's number as it is written: "5.300 tỷ đồng", "12,77%", "25/79 chợ"; in a table without its unit."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import Cell, Piece, Told, Words
from bamsat.core.report.phrasebook import choose
from bamsat.core.terms.data import shipped
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.unit import read_unit, unit_name

NARROW = "\u00a0"  # Word and browsers do not break a line there, and the reader takes it as a space
EMPTY = "–"
_BY_VERB = frozenset(("growth", "change", "contribution"))
_SIZES = {
    "VND": (("tỷ đồng", Decimal(10) ** 9), ("triệu đồng", Decimal(10) ** 6), ("đồng", Decimal(1))),
    "USD": (("triệu USD", Decimal(10) ** 6), ("USD", Decimal(1))),
}
_SAID = {"%": "%", "%/year": "%/năm", "point": "điểm phần trăm", "điểm %": "điểm phần trăm"}
_SURE = 2  # decimals of a computed percent that says no more of itself


@lru_cache(maxsize=1)
def _displays() -> dict[str, tuple[str, Decimal]]:
    return {
        row["code"]: (str(row["display"]["unit"]), Decimal(row["display"]["scale"]))
        for row in shipped("indicators.yml")
        if "display" in row
    }


def written_unit(fact: Fact) -> tuple[str, Decimal]:
    """The unit that the text has, and how many base units it is: as the source wrote, else as the field does."""
    name, scale = fact.written
    if name:
        return _SAID.get(name, name), scale
    if fact.unit in _SAID:
        return _SAID[fact.unit], Decimal(1)
    shown = _displays().get(fact.indicator) if fact.measure in ("level", "change") else None
    if shown is not None and abs(fact.value) >= shown[1] and _is_scaled(shown, fact.unit):
        return shown
    for said, size in _SIZES.get(fact.unit, ()):
        if abs(fact.value) >= size or size == 1:
            return said, size
    return unit_name(fact.unit), Decimal(1)


@lru_cache(maxsize=256)
def _is_scaled(shown: tuple[str, Decimal], unit: str) -> bool:
    found = read_unit(shown[0].lower())
    return found is not None and found.code == unit and found.scale == shown[1]


def places_of(fact: Fact, scaled: Decimal) -> int:
    """Decimals to write: those given, more where a source's number would lose by it."""
    needed = max(0, -int(scaled.normalize().as_tuple().exponent)) if scaled else 0
    if not fact.derived:
        return max(fact.places or 0, needed)
    if fact.places is not None:
        return max(0, fact.places)
    return min(needed, _SURE) if fact.measure != "level" else min(needed, 3)


def either_way(fact: Fact) -> bool:
    """Whether its ends lie on both sides of nothing: −1% đến 2%."""
    return fact.value_high is not None and fact.value * fact.value_high < 0


def by_verb(fact: Fact) -> bool:
    """Whether a verb before the number carries its sign."""
    if either_way(fact):
        return False
    return fact.measure in _BY_VERB or (fact.indicator == "trade_balance" and fact.measure == "level")


def shown_value(fact: Fact) -> Decimal:
    """The number as its text has it, sign included: rounded only if it was computed.

    >>> from bamsat.core.terms.period import Period
    >>> shown_value(Fact("iip", "growth", Decimal("0.049"), "%", Period.year(2021), derived=True, places=1))
    Decimal('0.0')
    """
    scaled = fact.value / written_unit(fact)[1]
    return Decimal(
        format_number(scaled, places_of(fact, scaled)).replace(".", "").replace(",", ".").replace("\u2212", "-")
    )


def _digits(fact: Fact, value: Decimal, scale: Decimal, *, bare: bool) -> str:
    scaled = value / scale
    return format_number(abs(scaled) if bare else scaled, places_of(fact, scaled))


def told(fact: Fact) -> Told:
    """The number with its unit, as the field writes it; without hedge, and without sign where a verb carries it.

    >>> from bamsat.core.terms.period import Period
    >>> year = Period.year(2021)
    >>> told(Fact("industrial_output", "level", Decimal(5300 * 10**9), "VND", year)).text.replace(NARROW, " ")
    '5.300 tỷ đồng'
    >>> told(Fact("exports", "growth", Decimal("-15.3"), "%", year)).text
    '15,3%'
    """
    unit, scale = written_unit(fact)
    bare = by_verb(fact)
    number = _digits(fact, fact.value, scale, bare=bare)
    if fact.of is not None:
        return Told(_joined(f"{number}/{format_number(fact.of / scale)}", unit), fact)
    if fact.value_high is not None and fact.value_high != fact.value:
        high = _digits(fact, fact.value_high, scale, bare=bare)
        first = _joined(number, unit) if unit.startswith("%") else number
        return Told(f"{first} đến {_joined(high, unit)}", fact)
    return Told(_joined(number, unit), fact)


def _joined(number: str, unit: str) -> str:
    return number + unit if unit.startswith("%") or not unit else f"{number}{NARROW}{unit}"


def hedged(fact: Fact, style: int = 0, shown: Told | None = None) -> tuple[Piece, ...]:
    """The number behind the word that softens it: "trên 68.800 tỷ đồng", "từ 10% đến 12%"."""
    number = shown or told(fact)
    if fact.value_high is not None and fact.value_high != fact.value:
        return (Words("từ "), number)
    return (Words(choose(f"hedges.{fact.hedge}", style) + " "), number) if fact.hedge else (number,)


def cell(fact: Fact | None, unit: str = "", places: int | None = None, sign: bool = False) -> Cell:
    """The number alone, for a table whose head names the unit; "–" where there is nothing that could stand there.

    >>> from bamsat.core.terms.period import Period
    >>> cell(Fact("iip", "growth", Decimal("12.77"), "%", Period.year(2021)), sign=True).text
    '+12,77'
    """
    if fact is None:
        return Cell((Words(EMPTY),))
    scale = _scale_of(unit) if unit else written_unit(fact)[1]
    scaled = fact.value / scale
    width = places_of(fact, scaled)
    if places is not None:
        width = places if fact.derived else max(places, width)
    number = format_number(scaled, width)
    if fact.of is not None:
        number = f"{number}/{format_number(fact.of / scale)}"
    elif fact.value_high is not None and fact.value_high != fact.value:
        number = f"{number} - {format_number(fact.value_high / scale, width)}"
    if sign and fact.value > 0:
        number = "+" + number
    shown = Told(number, fact)
    return Cell((Words(choose(f"hedges.{fact.hedge}", 0) + " "), shown) if fact.hedge else (shown,))


@lru_cache(maxsize=256)
def _scale_of(unit: str) -> Decimal:
    found = read_unit(unit.lower())
    return found.scale if found is not None else Decimal(1)

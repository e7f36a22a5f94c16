# SPDX-License-Identifier: Apache-2.0
"""What a written number can mean: the interval of its last digit, its closing zeros and its hedge (hedges.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from bamsat.core.terms.data import shipped
from bamsat.core.terms.numbers import read_number
from bamsat.core.terms.unit import Kind
from bamsat.core.terms.vietnamese import tone_variants

_NOTHING = Decimal(0)
_HALVES = tuple(Decimal(5).scaleb(-places - 1) for places in range(12))


class Grain(NamedTuple):
    """The steps in which a number was written: of its last digit, and of its last digit that is not a closing zero."""

    last: Decimal
    coarse: Decimal


class HedgeFound(NamedTuple):
    """A hedge read next to a number, with its span."""

    means: str
    start: int
    end: int


def grain_of(number_text: str) -> Grain:
    """The grain of digits alone, without scale.

    >>> grain_of("5.300"), grain_of("12,70"), grain_of("800")
    (Grain(last=Decimal('1'), coarse=Decimal('1E+2')), Grain(last=Decimal('0.01'), coarse=Decimal('0.01')), \
Grain(last=Decimal('1'), coarse=Decimal('1E+2')))
    """
    number = read_number(number_text)
    if number is None:
        return Grain(Decimal(1), Decimal(1))
    last = Decimal(1).scaleb(-number.last_place)
    zeros = 0 if number.last_place else len(str(abs(int(number.value)))) - len(str(abs(int(number.value))).rstrip("0"))
    return Grain(last, last.scaleb(zeros) if number.value else last)


@lru_cache(maxsize=1)
def _widths() -> Mapping[str, Mapping[str, Any]]:
    return {hedge["means"]: hedge["width"] for hedge in shipped("phrases/hedges.yml")["hedges"]}


def _side(width: Mapping[str, float], grain: Decimal, size: Decimal, rounding: Decimal) -> Decimal:
    """One side of the interval; a side that is open at all is never narrower than the rounding of the last digit."""
    if "of_value" in width:
        return Decimal(str(width["of_value"])) * size
    reach = Decimal(str(width["grains"])) * grain
    if not reach:
        return _NOTHING
    most = Decimal(str(width["at_most"])) * size
    return max(min(reach, most) if most else reach, rounding)


@lru_cache(maxsize=1)
def _rounds_half() -> bool:
    written = shipped("phrases/hedges.yml")["written"]
    return bool(written["below"] == written["above"] == 0.5)


def _plain(number_text: str) -> int | None:
    """The decimals of a number written the Vietnamese way without doubt; None for any other, which is read in full."""
    whole, comma, decimals = number_text.partition(",")
    if not _rounds_half() or "," in decimals or "." in decimals or len(decimals) >= len(_HALVES):
        return None
    if comma:
        return len(decimals) if decimals else None
    return 0 if whole.isdigit() else None


def interval(
    value: Decimal,
    number_text: str,
    scale: Decimal = Decimal(1),
    hedge: str | None = None,
    *,
    kind: Kind = "physical",
    falls: bool | None = None,
) -> tuple[Decimal, Decimal]:
    """Lower and upper bound of a value read from `number_text` (the digits) times `scale`.

    A count in full digits is exact. `falls` says that the written size counts downwards (giảm gần 16%, 9% dưới kế
    hoạch), by default when the value is negative.

    >>> interval(Decimal("12.77"), "12,77")
    (Decimal('12.765'), Decimal('12.775'))
    >>> interval(Decimal("68800"), "68.800", hedge="over"), interval(Decimal(-16), "16", hedge="nearly")
    ((Decimal('68800'), Decimal('68900')), (Decimal('-16'), Decimal('-15')))
    >>> interval(Decimal(12), "12", kind="counted")
    (Decimal('12'), Decimal('12'))
    """
    if hedge is None and (plain := _plain(number_text)) is not None:
        if kind == "counted" and scale == 1 and not plain:
            return value, value
        half = _HALVES[plain] * scale
        return value - half, value + half
    grain = grain_of(number_text)
    written = shipped("phrases/hedges.yml")["written"]
    rounding = Decimal(str(written["below"])) * grain.last * scale
    if hedge is None:
        if kind == "counted" and scale == 1 and grain.last == 1:
            return value, value
        return value - rounding, value + Decimal(str(written["above"])) * grain.last * scale
    number = read_number(number_text)
    size = abs(number.value) * scale if number else abs(value)
    width = _widths()[hedge]
    below, above = (_side(width[side], grain.coarse * scale, size, rounding) for side in ("below", "above"))
    if value < 0 if falls is None else falls:
        below, above = above, below
    return value - below, value + above


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, str]:
    return {way: hedge["means"] for hedge in _hedges() for phrase in hedge["before"] for way in tone_variants(phrase)}


def _hedges() -> list[dict[str, Any]]:
    hedges: list[dict[str, Any]] = shipped("phrases/hedges.yml")["hedges"]
    return hedges


def _pattern(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])({_pattern(_phrases())})\s*$")


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    ways = {way: hedge["means"] for hedge in _hedges() for phrase in hedge["after"] for way in tone_variants(phrase)}
    return re.compile(rf"\s*({_pattern(ways)})(?![^\W_])")


def hedge_before(low: str, at: int) -> HedgeFound | None:
    """The hedge that ends right before a number; the text is in lower case.

    >>> hedge_before("tăng gần 16%", 9)
    HedgeFound(means='nearly', start=5, end=8)
    >>> hedge_before("trên địa bàn 12 xã", 13) is None
    True
    """
    found = _before().search(low, max(0, at - 24), at)
    if not found:
        return None
    return HedgeFound(_phrases()[" ".join(found[1].split())], found.start(1), found.end(1))


def hedge_after(low: str, at: int) -> HedgeFound | None:
    """The hedge that starts right after a number and its unit: 8% | trở lên."""
    found = _after().match(low, at)
    if not found:
        return None
    said = " ".join(found[1].split())
    means = next(h["means"] for h in _hedges() if any(said in tone_variants(phrase) for phrase in h["after"]))
    return HedgeFound(means, found.start(1), found.end(1))

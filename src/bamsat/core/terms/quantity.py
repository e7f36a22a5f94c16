# SPDX-License-Identifier: Apache-2.0
"""Amounts: a number with its unit, a range, a bound or a fraction, in digits or in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from bamsat.core.terms.data import shipped
from bamsat.core.terms.interval import hedge_after, hedge_before
from bamsat.core.terms.numbers import NUMBER
from bamsat.core.terms.spelled import read_fraction, read_spelled
from bamsat.core.terms.unit import read_unit, units

_PIECE = re.compile(r"[-\u2212\u2013]?\s?[,\d]*\d(?:[\d.,]*\d)?(?:[KkMG](?![^\W_]))?|[^\W\d_]+\d?|\S")
_DIGITS_THEN_UNIT = re.compile(r"\d[\d.,]*\s*([^\W\d].*)")
_CHANGE = re.compile(r"^(?:và\s+)?(.+?)(?:\s+(\S+))?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in base units; of a range its low end and `value_high`, of a fraction the numerator and `of`."""

    value: Decimal
    unit: str = ""
    value_high: Decimal | None = None
    of: Decimal | None = None
    hedge: str | None = None


@lru_cache(maxsize=1)
def _cents() -> dict[str, Decimal]:
    return {text: Decimal(cent["per"]) for cent in shipped("units.yml")["cents"] for text in cent["says"]}


@lru_cache(maxsize=1)
def _money_in_front() -> re.Pattern[str]:
    signs = sorted((re.escape(word.text) for word in units() if word.kind == "money"), key=len, reverse=True)
    return re.compile(rf"({'|'.join(signs)})\s*(?=[\d,])")


def _small_change(rest: str) -> Decimal | None:
    """What follows a sum of money: `và 23 xen`, `23 xu`, `23`, `rưỡi`, or nothing."""
    if not rest:
        return Decimal(0)
    if rest in shipped("phrases/numbers.yml")["and_a_half"]:
        return Decimal("0.5")
    found = _CHANGE.match(rest)
    if not found:
        return None
    number, per = read_spelled(found[1]), _cents().get(found[2] or "xu")
    if number is None and found[2]:
        number, per = read_spelled(f"{found[1]} {found[2]}"), Decimal(100)
    return number / per if number is not None and per is not None and number < per else None


def _with_unit(number: Decimal, rest: str) -> Quantity | None:
    found = read_unit(rest.lower())
    if found is None:
        return None if rest else Quantity(number)
    value, after = number * found.scale, rest[found.end :].strip()
    if not after:
        return Quantity(value, found.code)
    change = _small_change(after) if found.kind == "money" else None
    return Quantity(value + change, found.code) if change is not None else None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """The text cut in two at each word, the longest first part first."""
    ends = [piece.end() for piece in _PIECE.finditer(text)]
    for end in reversed(ends):
        yield text[:end], text[end:].strip()


def _single(text: str) -> Quantity | None:
    """One amount: `10K đồng`, `hai đô la và 23 xen`, `$10`."""
    in_front = _money_in_front().match(text.lower())
    if in_front:
        number = read_spelled(text[in_front.end() :])
        found = read_unit(in_front[1])
        return Quantity(number, found.code) if number is not None and found else None
    for number_text, rest in _splits(text):
        number = read_spelled(number_text)
        if number is not None and (amount := _with_unit(number, rest)):
            return amount
    return None


def _joined(text: str) -> Iterator[tuple[str, str]]:
    """The two ends of what may be a range."""
    for way in shipped("phrases/numbers.yml")["ranges"]:
        for opening in way["opens"]:
            if not text.lower().startswith(opening):
                continue
            inner = text[len(opening) :].strip()
            for joint in way["joins"]:
                pattern = rf"\s+{joint}\s+" if joint.isalpha() else rf"(?<=\w)\s*{re.escape(joint)}\s*(?=\w)"
                for found in re.finditer(pattern, inner):
                    yield inner[: found.start()], inner[found.end() :]


def _range(text: str) -> Quantity | None:
    for low_text, high_text in _joined(text):
        digits = _DIGITS_THEN_UNIT.fullmatch(high_text)
        shared = digits and _single(f"{low_text} {digits[1]}") if NUMBER.fullmatch(low_text) else None
        low, high = shared or _single(low_text), _single(high_text)
        if low and high and low.unit in ("", high.unit) and low.value < high.value:
            return Quantity(low.value, high.unit, value_high=high.value)
    return None


def _bounded(text: str) -> tuple[str, str | None]:
    """The text without its hedge, and the hedge; `từ` opens `từ ... trở lên`."""
    low = text.lower()
    for at in range(len(low)):
        behind = hedge_after(low, at)
        if behind and behind.end == len(low):
            return text[:at].removeprefix("từ").strip(), behind.means
    hedge = None
    for cut in (at for at in range(len(low), 0, -1) if low[at - 1 : at] in " ~<>≤≥≈"):
        found = hedge_before(low, cut)
        if found and found.start == 0:
            return text[found.end :].strip(), found.means
    return text, hedge


def read_quantity(text: str) -> Quantity | None:
    """The amount that a whole text states, or None when it states none.

    >>> read_quantity("10K đồng"), read_quantity("hai phần ba")
    (Quantity(value=Decimal('10000'), unit='VND', value_high=None, of=None, hedge=None), \
Quantity(value=Decimal('2'), unit='', value_high=None, of=Decimal('3'), hedge=None))
    >>> read_quantity("không quá 7.000 đồng").hedge, read_quantity("1000-2000 đồng").value_high
    ('at_most', Decimal('2000'))
    """
    text = " ".join(unicodedata.normalize("NFC", text).split()).rstrip(".")
    if fraction := read_fraction(text):
        return Quantity(fraction[0], of=fraction[1])
    plain, hedge = _bounded(text)
    amount = _range(plain) or _single(plain)
    return replace(amount, hedge=hedge) if amount else None

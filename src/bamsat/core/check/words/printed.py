# SPDX-License-Identifier: Apache-2.0
"""A figure's number as it is printed, and the way from the digits to the value: to say it again, and to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from bamsat.core.check.words.written import DASH, Language, Size, plain_size, scaled, size_for
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.numbers import MINUS, NUMBER, format_number, read_number
from bamsat.core.terms.unit import read_unit

_EXACT = Context(prec=60)
_NUMBER_AND_UNIT = re.compile(r"([-\u2212\d.,]+)\s*(\D*)")
_OFFSETS = (Decimal(0), Decimal(100), Decimal(-100))
HEDGE_WORDS = {
    "over": ("trên", "over"), "nearly": ("gần", "nearly"), "about": ("khoảng", "about"),
    "at_least": ("trở lên", "or more"), "at_most": ("không quá", "at most"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """Digits in their text: value = times * number + plus. `number` is None where the digits cannot be told apart."""

    text: str
    start: int
    end: int
    number: Decimal | None
    times: Decimal
    plus: Decimal
    size: Size
    english: bool = False

    @property
    def digits(self) -> str:
        return self.text[self.start : self.end]

    @property
    def places(self) -> int:
        exponent = self.number.as_tuple().exponent if self.number is not None else 0
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0

    def places_in(self, size: Size) -> int | None:
        """Its decimals, where it is told in the size in which it is printed."""
        return self.places if self.number is not None and size.scale == self.size.scale else None

    def value(self, number: Decimal) -> Decimal:
        return _EXACT.add(_EXACT.multiply(self.times, number), self.plus)

    def number_of(self, value: Fraction) -> Decimal:
        """The number that would say a value, at the decimals of this one."""
        number = (value - Fraction(self.plus)) / Fraction(self.times)
        return Decimal(round(number * 10**self.places)).scaleb(-self.places)

    def saying(self, value: Fraction) -> tuple[Decimal, str]:
        """The value at the decimals of this number that is nearest to one, and how it would be written.

        Of a fall the size is written, and the words say that it falls.
        """
        number = self.number_of(value)
        return self.value(number), self.written(number.copy_abs() if self.times < 0 else number)

    def written(self, number: Decimal, places: int | None = None) -> str:
        """The text with another number in it, written as this one was."""
        places = self.places if places is None else places
        shown = format_number(number, max(places, 0)) if places >= 0 else format_number(number)
        if self.english:
            shown = shown.translate(str.maketrans(",.", ".,"))
        before = self.text[: self.start]
        if number < 0 or self.number is None or self.number < 0:
            before = before.rstrip("-−–( ")
        after = (
            self.text[self.end :].lstrip(")") if self.number is not None and self.number < 0 else self.text[self.end :]
        )
        return f"{before}{shown}{after}"


@lru_cache(maxsize=8192)
def printed(figure: Figure) -> Printed:
    """How the number of a figure is printed; of a range, a fraction or words there are no digits to speak of."""
    text = " ".join(figure.number.split())
    found = list(NUMBER.finditer(text))
    size = _size(figure, text, found[-1].end() if found else 0)
    nothing = Printed(text, 0, 0, None, Decimal(1), Decimal(0), size)
    if len(found) != 1 or figure.value_high is not None or figure.of is not None:
        return nothing
    start, end = found[0].span()
    read = read_number(text[start:end])
    if read is None:
        return nothing
    signed = read.value.copy_negate() if text[:start].rstrip("( ").endswith(("-", MINUS, DASH)) else read.value
    for number, english in ((signed, read.is_english), (_other(signed, read.english), True)):
        if number is None:
            continue
        for plus in _OFFSETS:
            times = _times(figure.value, number, plus)
            if times is not None and (plus == 0 or abs(times) == 1):
                fitted = size if plus or abs(times) == size.scale else _known_size(figure.unit, abs(times), size)
                return Printed(text, start, end, number, times, plus, fitted, english)
    return nothing


def _other(signed: Decimal, english: Decimal | None) -> Decimal | None:
    return None if english is None else english.copy_sign(signed)


def _times(value: Decimal, number: Decimal, plus: Decimal) -> Decimal | None:
    """The power of ten, up to its sign, that leads from the number to the value."""
    less = _EXACT.subtract(value, plus)
    if not number:
        return Decimal(1) if not less else None
    times = _EXACT.divide(less, number)
    _, digits, _ = times.normalize(_EXACT).as_tuple()
    return times.normalize(_EXACT) if digits == (1,) and times.copy_abs() >= 1 else None


def _known_size(unit: str, scale: Decimal, otherwise: Size) -> Size:
    known = scaled(unit, scale)
    return known if known.scale == scale else otherwise


def _size(figure: Figure, text: str, end: int) -> Size:
    """The unit behind the digits as the document writes it; of a bare number the one that people use."""
    tail = text[end:].strip()
    found = read_unit(tail.lower()) if tail else None
    if found and found.code == figure.unit and found.start == 0:
        known = scaled(figure.unit, found.scale)
        english = known.en if known.scale == found.scale else scaled(figure.unit, Decimal(1)).en
        return Size(found.scale, tail[: found.end], english)
    if figure.measure == "level" or figure.unit not in ("%", "‰", "point"):
        return size_for(figure.value, figure.unit)
    return plain_size(figure.unit)


def as_amount(figure: Figure, language: Language = "vi", *, bare: bool = False) -> str:
    """The number with its unit as it is printed, or the digits alone where the unit is said already."""
    one = printed(figure)
    if one.number is None:
        if any(letter.isalpha() or letter == "%" for letter in one.text):
            return one.text
        return one.size.behind(format_number(figure.value / one.size.scale), language)
    number = one.number.copy_abs() if one.times < 0 else one.number
    shown = format_number(number, one.places)
    return shown if bare else one.size.behind(shown, language)


def hedged(figure: Figure, shown: str, language: Language = "vi") -> str:
    """The hedge of the document is kept: gần 16%."""
    if figure.hedge not in HEDGE_WORDS:
        return shown
    word = HEDGE_WORDS[figure.hedge][language == "en"]
    if figure.hedge == "at_least":
        return f"từ {shown} {word}" if language == "vi" else f"{shown} {word}"
    return f"{word} {shown}"


def said(figure: Figure, language: Language = "vi") -> str:
    """A level with its hedge, as it is printed: "trên 68.800 tỷ đồng"."""
    return hedged(figure, as_amount(figure, language), language)


def growth_said(figure: Figure, language: Language = "vi") -> str:
    """A growth or change with its direction: "tăng gần 16%", "giảm 15,3%", "down 15,3%"."""
    one = printed(figure)
    if one.number is None or one.plus or figure.value == 0:
        number = format_number(figure.value.copy_abs())
        number = plain_size(figure.unit).behind(number, language) if figure.unit == "%" else as_amount(figure, language)
    else:
        number = one.size.behind(format_number(one.number.copy_abs(), one.places), language)
    falls = figure.value < 0
    word = ("giảm" if falls else "tăng") if language == "vi" else ("down" if falls else "up")
    return f"{word} {hedged(figure, number, language)}"


def ratio_said(figure: Figure, language: Language = "vi") -> str:
    """A ratio as the document says it: tăng 21,43%; bằng 110,4%; chiếm 43,44%."""
    if figure.measure == "growth":
        return growth_said(figure, language)
    one = printed(figure)
    if one.plus and one.number is not None:
        number = hedged(figure, one.size.behind(format_number(one.number.copy_abs(), one.places), language), language)
        up = one.times > 0 and one.number >= 0
        if language == "vi":
            return f"{'tăng' if up else 'giảm'} {number}"
        return f"{number} {'above' if up else 'below'}"
    number = said(figure, language)
    if language == "vi":
        return f"{'chiếm' if figure.measure == 'share' else 'bằng'} {number}"
    return f"{number} of"


def percent_of(figure: Figure) -> Fraction:
    """A ratio as 100 times upper over lower."""
    value = Fraction(figure.value)
    value = value * 100 if figure.unit == "times" else value / 10 if figure.unit == "‰" else value
    return value + 100 if figure.measure == "growth" else value


def slip_units(figure: Figure) -> Iterator[tuple[Size, Decimal]]:
    """Units that people take for the one that is printed, each with what the value is then multiplied by."""
    one = printed(figure)
    confused = _CONFUSED_DOLLARS if figure.unit == "USD" else _CONFUSED
    for scale in confused.get(one.size.scale, ()):
        known = scaled(figure.unit, scale)
        if known.scale == scale and one.number is not None:
            yield known, scale / one.size.scale


_TRILLION, _BILLION, _MILLION, _THOUSAND = (Decimal(10) ** power for power in (12, 9, 6, 3))
_CONFUSED = {
    _TRILLION: (_BILLION,),
    _BILLION: (_TRILLION, _MILLION),
    _MILLION: (_BILLION, _THOUSAND),
    _THOUSAND: (_MILLION, Decimal(1)),
    Decimal(1): (_THOUSAND,),
}
_CONFUSED_DOLLARS = {
    _BILLION: (_MILLION,),
    _MILLION: (_BILLION,),
    Decimal(1): (_MILLION,),
}  # of dollars nobody says nghìn


def in_language(figure: Figure, number: str, language: Language = "vi") -> str:
    """A mended number with its unit; a bare one, as a cell holds it, with the unit of its figure.

    What is not written as a number behind which a unit stands is left as it is.
    """
    found = _NUMBER_AND_UNIT.fullmatch(number.strip())
    if found is None:
        return number
    digits, tail = found.groups()
    unit = read_unit(tail.lower()) if tail else None
    if not tail:
        return printed(figure).size.behind(digits, language)
    if unit is None or language == "vi" or unit.code != figure.unit:
        return number
    known = scaled(figure.unit, unit.scale)
    return known.behind(digits, language) if known.scale == unit.scale else number

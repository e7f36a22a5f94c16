# SPDX-License-Identifier: Apache-2.0
"""Numbers as files write them: typed cells, raw digits of a program, or the Vietnamese way (1.234,5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bamsat.core.terms.numbers import read_number

RAW, VIETNAMESE, MIXED = "raw", "vi", "mixed"
_MOST_CHARACTERS = 48
_MOST_EXPONENT = 40
_PLAIN = re.compile(r"([-\u2212]?)(\d+)(?:\.(\d+))?")
_SCIENTIFIC = re.compile(r"([-\u2212]?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})")
_EITHER = re.compile(r"[-\u2212]?[1-9]\d{0,2}(?:\.\d{3}|,\d{3})")  # one sign before three digits says nothing
_MISSING = {"", "-", "–", "—", "...", "…", "..", "x", ":", "n/a", "na", "nan", "null", "chưa có số", "_"}

Amount = tuple[int, int]  # digits as an integer, and how many of them stand after the decimal sign


class NotANumber(ValueError):
    """The text is no number, or can be read in two ways."""


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no value, in one of the signs that tables use."""
    return text in _MISSING or text.strip().lower() in _MISSING


def read_amount(text: str, style: str) -> Amount:
    """The number of a cell; `style` decides what "1.234" means.

    >>> read_amount("=1234.5", "vi"), read_amount("1.234,5", "vi"), read_amount("1234.50", "raw")
    ((12345, 1), (12345, 1), (123450, 2))
    >>> read_amount("1.234", "vi"), read_amount("1.234", "raw"), read_amount("12,7%", "vi")
    ((1234, 0), (1234, 3), (127, 1))
    """
    if text.isascii() and text.isdigit() and len(text) <= _MOST_CHARACTERS:
        return int(text), 0
    if text[:1] == "=":
        return _typed(text[1:])
    if style == RAW:
        whole, dot, decimals = text.partition(".")
        if dot and whole.isdigit() and decimals.isdigit() and text.isascii() and len(text) <= _MOST_CHARACTERS:
            return int(whole + decimals), len(decimals)
    elif style == VIETNAMESE and text.isascii() and len(text) <= _MOST_CHARACTERS:
        # What nine in ten cells are; the rest is for the full grammar of numbers.
        whole, _comma, decimals = text.partition(",")
        if whole.isdigit() and decimals.isdigit():
            return int(whole + decimals), len(decimals)
    text = text.strip().rstrip("%").strip()
    if len(text) > _MOST_CHARACTERS:
        raise NotANumber(text[:_MOST_CHARACTERS])
    if style == MIXED and _EITHER.fullmatch(text):
        raise NotANumber(text)
    if style == RAW and (found := _PLAIN.fullmatch(text)):
        return _signed(found[1], found[2], found[3] or "")
    return _written(text, style)


def _typed(text: str) -> Amount:
    if len(text) <= _MOST_CHARACTERS and (found := _PLAIN.fullmatch(text)):
        return _signed(found[1], found[2], found[3] or "")
    return _scientific(text)


def _signed(sign: str, whole: str, decimals: str) -> Amount:
    number = int(whole + decimals)
    return (-number if sign else number), len(decimals)


def _written(text: str, style: str) -> Amount:
    number = read_number(text.replace(" ", "\u00a0"))
    if number is None:
        return _scientific(text)
    value = number.english if style == RAW and number.english is not None else number.value
    digits = value.as_tuple()
    exponent = int(digits.exponent)
    whole = int("".join(map(str, digits.digits)) or "0") * (10**exponent if exponent > 0 else 1)
    return (-whole if digits.sign else whole), max(0, -exponent)


def _scientific(text: str) -> Amount:
    found = _SCIENTIFIC.fullmatch(text) if len(text) <= _MOST_CHARACTERS else None
    if found is None or abs(int(found[4])) > _MOST_EXPONENT:
        raise NotANumber(text[:_MOST_CHARACTERS])
    number, places = _signed(found[1], found[2], found[3] or "")
    places -= int(found[4])
    return (number, places) if places >= 0 else (number * 10**-places, 0)


@dataclass(slots=True)
class Evidence:
    """What the numbers of a file, typed as text, give away of how they are written."""

    raw: int = 0
    vietnamese: int = 0
    either: int = 0

    def note(self, text: str) -> None:
        if text.isdigit() or text[:1] == "=":
            return
        text = text.strip().rstrip("%").strip()
        if len(text) > _MOST_CHARACTERS:
            return
        if _EITHER.fullmatch(text):
            self.either += 1
        elif (number := read_number(text)) is None:
            return
        elif number.is_english or number.english is not None:
            self.raw += 1
        elif "." in text or "," in text:
            self.vietnamese += 1

    @property
    def style(self) -> str:
        """Vietnamese unless only a program can have written the numbers; mixed where both kinds stand in one file."""
        if self.raw and self.vietnamese:
            return MIXED if self.either else VIETNAMESE
        return RAW if self.raw else VIETNAMESE

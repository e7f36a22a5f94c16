# SPDX-License-Identifier: Apache-2.0
"""Numbers in words: hai mươi lăm phẩy ba, một trăm linh năm nghìn, ba phần tư (data/phrases/numbers.yml)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bamsat.core.terms.data import shipped
from bamsat.core.terms.numbers import read_number
from bamsat.core.terms.unit import units
from bamsat.core.terms.vietnamese import tone_variants


class Word(NamedTuple):
    """A word of a number: what kind of word it is, and its value."""

    kind: str  # digit, late, ten, tens, hundred, skipped_ten, scale, point, and_a_half, half, written
    value: Decimal


_SINGLE = ("ten", "tens", "hundred", "skipped_ten", "point", "and_a_half")
_TOKEN = re.compile(r"[^\W\d_]+|[,\d]*\d(?:[\d.,]*\d)?(?:[KkMG](?!\w))?")
_ONE, _FIVE = Decimal(1), Decimal(5)


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Word]:
    data = shipped("phrases/numbers.yml")
    words = {word.text: Word("scale", word.scale) for word in units() if word.kind == "scale" and " " not in word.text}
    words |= {text: Word("scale", Decimal(value)) for text, value in data["multiples"].items()}
    words |= {text: Word("digit", Decimal(value)) for text, value in data["digits"].items()}
    words |= {text: Word("late", Decimal(value)) for text, value in data["late_digits"].items()}
    words |= {text: Word(kind, Decimal(0)) for kind in _SINGLE for text in data[kind]}
    words |= {text: Word("half", Decimal("0.5")) for text in data["half"]}
    return {way: word for text, word in words.items() for way in tone_variants(text)}


def _written(token: str) -> Word | None:
    scale = Decimal(shipped("phrases/numbers.yml")["letters"].get(token[-1], 1))
    number = read_number(token.rstrip("KkMG"))
    return Word("written", number.value * scale) if number else None


def as_words(text: str) -> list[Word] | None:
    """The words of a number, or None when some word cannot be part of one."""
    words = []
    rest = _TOKEN.sub(" ", text)
    if rest.strip() or not text.strip():
        return None
    for token in _TOKEN.findall(text):
        word = _written(token) if token[0] in ",0123456789" else _vocabulary().get(token.lower())
        if word is None:
            return None
        words.append(word)
    return words


class _Reader:
    """One pass over the words of a number, from left to right."""

    def __init__(self, words: list[Word]) -> None:
        self.words, self.at = words, 0

    def kind(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.words[place].kind if place < len(self.words) else "end"

    def take(self) -> Decimal:
        self.at += 1
        return self.words[self.at - 1].value

    def _unit_digit(self) -> Decimal:
        """The last digit after a ten. A plain "năm" there means years: mười năm is no fifteen."""
        if self.kind() == "late" or (self.kind() == "digit" and self.words[self.at].value not in (0, _FIVE)):
            return self.take()
        return Decimal(0)

    def _pair_follows(self) -> bool:
        """Two digits said as tens and units: bảy hai, chín lăm; not "hai một", not "ba năm"."""
        if self.kind() != "digit" or self.words[self.at].value == 0:
            return False
        plain = self.kind(1) == "digit" and self.words[self.at + 1].value not in (0, _ONE, _FIVE)
        return (plain or self.kind(1) == "late") and self.kind(2) not in ("digit", "late", "tens", "hundred")

    def tens(self) -> Decimal | None:
        """A number of two digits."""
        if self.kind() == "ten":
            self.take()
            return 10 + self._unit_digit()
        if self.kind() == "digit" and self.kind(1) == "tens":
            ten = self.take() * 10
            self.take()
            return ten + self._unit_digit()
        return self.take() * 10 + self.take() if self._pair_follows() else None

    def after_skipped_ten(self) -> Decimal | None:
        """linh năm, lẻ tư"""
        if self.kind() != "skipped_ten" or self.kind(1) not in ("digit", "late"):
            return None
        self.take()
        return self.take()

    def _short_tens(self) -> Decimal | None:
        """The digit of một trăm hai (120), năm trăm tư (540); một and năm are left to what follows."""
        short = self.kind() == "late" or (self.kind() == "digit" and self.words[self.at].value not in (0, _ONE, _FIVE))
        return self.take() if short and self.kind(1) in ("end", "scale", "point") else None

    def _below_hundred(self) -> Decimal:
        found = self.after_skipped_ten()
        if found is None:
            found = self.tens()
        if found is None and (short := self._short_tens()) is not None:
            found = short * 10
        if found is None and self.kind() == "and_a_half":
            self.take()
            found = Decimal(50)
        return found or Decimal(0)

    def group(self) -> Decimal | None:
        """A number below a thousand, or one in digits."""
        if self.kind() in ("written", "half"):
            return self.take()
        if self.kind() == "hundred" or (self.kind() == "digit" and self.kind(1) == "hundred"):
            hundreds = self.take() if self.kind() == "digit" else _ONE
            self.take()
            return hundreds * 100 + self._below_hundred()
        tens = self.tens()
        if tens is None and self.kind() == "digit":
            return self.take()
        return tens

    def decimals(self) -> str | None:
        """The digits after phẩy: không năm (05), hai mươi lăm (25), or in digits."""
        if self.kind() == "written":
            return str(self.take())
        if self.kind() == "ten" or (self.kind() == "digit" and self.kind(1) == "tens"):
            return str(self.tens())
        digits = ""
        while self.kind() == "digit" or (self.kind() == "late" and (digits or self.words[self.at].value == 4)):
            digits += str(self.take())
        return digits or None

    def fraction_after(self, whole: Decimal) -> Decimal | None:
        self.take()
        digits = self.decimals()
        return whole + Decimal("0." + digits) if digits and digits.isdigit() else None


def _short_end(reader: _Reader, scale: Decimal) -> Decimal | None:
    """What an end says in short after a scale: một triệu hai (200000), năm nghìn rưỡi (500), một nghìn linh một (1)."""
    if reader.kind() == "and_a_half":
        reader.take()
        return scale / 2
    if (odd := reader.after_skipped_ten()) is not None:
        return odd
    late_five = reader.kind() == "late" and reader.words[reader.at].value == _FIVE
    if reader.kind(1) == "end" and not late_five and reader.kind() in ("digit", "late"):
        value = reader.words[reader.at].value
        if reader.kind() == "late" or value not in (0, _ONE, _FIVE):
            return reader.take() * scale / 10
    return None


def _after_scale(reader: _Reader, scale: Decimal) -> Decimal | None:
    """The next part once a scale has been read; None when nothing that fits follows."""
    short = _short_end(reader, scale)
    if short is not None:
        return short
    if reader.kind() == "digit" and reader.kind(1) == "end":
        return None
    return reader.group()


def _times_scale(parts: list[tuple[Decimal, Decimal]], current: Decimal | None, scale: Decimal) -> None:
    """Multiply what was read since the last larger scale: một nghìn | tỷ."""
    section = current or Decimal(0)
    while parts and (parts[-1][1] < scale or (current is None and parts[-1][1] == scale)):
        section += parts.pop()[0]
    parts.append((section * scale, scale))


def value_of(words: list[Word]) -> Decimal | None:
    """The value of the words of one number without sign or fraction."""
    reader = _Reader(words)
    current = reader.group()
    if current is None:
        return None
    parts: list[tuple[Decimal, Decimal]] = []
    while reader.kind() != "end":
        if reader.kind() == "point":
            current = reader.fraction_after(current or Decimal(0))
            if current is None:
                return None
        elif reader.kind() == "scale":
            scale = reader.take()
            _times_scale(parts, current, scale)
            current = None
            if reader.kind() not in ("end", "scale", "point"):
                current = _after_scale(reader, scale)
                if current is None:
                    return None
        elif reader.kind() == "and_a_half" and not parts:
            reader.take()
            current = (current or Decimal(0)) + Decimal("0.5")
        else:
            return None
    return sum((value for value, _ in parts), current or Decimal(0))


@lru_cache(maxsize=1)
def _fraction() -> re.Pattern[str]:
    over = "|".join(shipped("phrases/numbers.yml")["over"])
    return re.compile(rf"(.+?)\s+(?:{over})\s+(.+)")


def read_fraction(text: str) -> tuple[Decimal, Decimal] | None:
    """Numerator and denominator in words.

    >>> read_fraction("ba phần tư"), read_fraction("ba mươi phần trăm")
    ((Decimal('3'), Decimal('4')), None)
    """
    sign, low = _signed(text)
    data = shipped("phrases/numbers.yml")
    found = _fraction().fullmatch(low)
    if not found or any(phrase in low for phrase in data["not_a_fraction"]):
        return None
    quarter = found[2] in data["late_digits"] and Decimal(data["late_digits"][found[2]])
    above, below = _plain(found[1]), quarter or _plain(found[2])
    return (sign * above, below) if above is not None and below else None


def _signed(text: str) -> tuple[int, str]:
    low = " ".join(unicodedata.normalize("NFC", text).split())
    for word in (*shipped("phrases/numbers.yml")["minus"], "-", "\u2212", "\u2013"):
        if low.lower().startswith(word) and not low[len(word) : len(word) + 1].isalpha():
            return -1, low[len(word) :].strip()
    return 1, low


def _plain(text: str) -> Decimal | None:
    low = text.lower() if not any(c.isdigit() for c in text) else text
    for half in shipped("phrases/numbers.yml")["half"]:
        if low == half:
            return Decimal("0.5")
    words = as_words(low)
    return value_of(words) if words else None


def read_spelled(text: str) -> Decimal | None:
    """The number that a whole text spells, digits allowed among the words; None when it is no number.

    >>> read_spelled("hai mươi lăm phẩy ba"), read_spelled("một trăm linh năm nghìn"), read_spelled("một triệu rưỡi")
    (Decimal('25.3'), Decimal('105000'), Decimal('1500000'))
    >>> read_spelled("âm ba phần tư"), read_spelled("ba năm")
    (Decimal('-0.75'), None)
    """
    if parts := read_fraction(text):
        return parts[0] / parts[1]
    sign, low = _signed(text)
    value = _plain(low)
    return None if value is None else sign * value

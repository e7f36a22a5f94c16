# SPDX-License-Identifier: Apache-2.0
"""Numbers in digits, as Vietnamese reports write them: 1.234,5 with a dot for thousands and a comma for decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

MINUS = "\u2212"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
"""Every run of digits in prose that can be one number; what it means is for `read_number` to say."""

_NEGATIVE = re.compile(r"^(?:[-\u2212\u2013]|\(-\)|\(\u2212\))\s*(?=[\d,])")
_IN_BRACKETS = re.compile(r"^\(\s*(\d[\d.,]*)\s*\)$")
_GROUP_SPACE = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_VIETNAMESE_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_VIETNAMESE_PLAIN = re.compile(r"\d*(?:,\d+)|\d+")
_ENGLISH_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_ENGLISH_PLAIN = re.compile(r"\d*\.\d+")


@dataclass(frozen=True, slots=True)
class Number:
    """What digits mean: `value` by the Vietnamese convention, `english` if the other convention gives another value.

    A number that only the English convention can write ("11.25", "1,234,567") has that value and `is_english`.
    """

    value: Decimal
    text: str
    english: Decimal | None = None
    is_english: bool = False

    @property
    def is_padded(self) -> bool:
        """Written with a leading zero, as counts below ten are: 01 nhà máy."""
        return len(self.text) > 1 and self.text[0] == "0" and self.text[1].isdigit()

    @property
    def last_place(self) -> int:
        """Digits after the decimal sign.

        >>> [n.last_place for text in ("5.300", "12,77", "11.25") if (n := read_number(text))]
        [0, 2, 2]
        """
        exponent = self.value.as_tuple().exponent
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _vietnamese(body: str) -> Decimal | None:
    if _VIETNAMESE_GROUPS.fullmatch(body) or _VIETNAMESE_PLAIN.fullmatch(body):
        return Decimal(body.replace(".", "").replace(",", "."))
    return None


def _english(body: str) -> Decimal | None:
    if _ENGLISH_GROUPS.fullmatch(body) or _ENGLISH_PLAIN.fullmatch(body):
        return Decimal(body.replace(",", ""))
    return None


def read_number(text: str) -> Number | None:
    """The number that a piece of text is, sign included, or None when it is no number.

    >>> read_number("44.767,5").value, read_number("\u22121,7").value, read_number(",77").value
    (Decimal('44767.5'), Decimal('-1.7'), Decimal('0.77'))
    >>> read_number("7,357").value, read_number("7,357").english
    (Decimal('7.357'), Decimal('7357'))
    >>> read_number("11.25")
    Number(value=Decimal('11.25'), text='11.25', english=None, is_english=True)
    >>> read_number("26/02") is None
    True
    """
    text = _GROUP_SPACE.sub(".", text.strip())
    body = _NEGATIVE.sub("", text)
    if bracketed := _IN_BRACKETS.match(text):
        body = bracketed[1]
    vietnamese, english = _vietnamese(body), _english(body)
    if body != text:  # by sign alone: arithmetic would round at 28 digits
        vietnamese, english = vietnamese and vietnamese.copy_negate(), english and english.copy_negate()
    if vietnamese is None:
        return None if english is None else Number(english, body, None, True)
    return Number(vietnamese, body, english)


def _grouped(digits: str) -> str:
    head = len(digits) % 3 or 3
    return ".".join([digits[:head], *(digits[i : i + 3] for i in range(head, len(digits), 3))])


def _rounded(value: Decimal, places: int) -> Decimal:
    with localcontext() as context:
        context.prec = max(28, value.adjusted() + places + 2)
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """The number as Vietnamese write it, with so many decimals, or as few as it has.

    >>> format_number(Decimal("1234.50")), format_number(Decimal("-0.126"), 2), format_number(1000000)
    ('1.234,5', '\u22120,13', '1.000.000')
    """
    value = Decimal(value)
    if not value.is_finite():
        raise ValueError(f"không viết được số {value}")
    if places is not None:
        value = _rounded(value, places)
    whole, _, decimals = format(value.copy_abs(), "f").partition(".")
    if places is None:
        decimals = decimals.rstrip("0")
    written = _grouped(whole) + ("," + decimals if decimals else "")
    return MINUS + written if value < 0 else written

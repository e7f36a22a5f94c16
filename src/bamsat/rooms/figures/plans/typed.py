# SPDX-License-Identifier: Apache-2.0
"""Targets as decisions write them ("79.770 tỷ đồng", "gần 51.000", "tăng trên 9,7%", "8% trở lên"), and periods."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from bamsat.core.read.periods import read_period
from bamsat.core.terms.interval import hedge_after, hedge_before
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.corrections import typed_number

_NUMBER = re.compile(r"[-−+]?\s*\d")
_FALLS = re.compile(r"\bgiảm$")
_GROWS = re.compile(r"\b(?:tăng|bằng|đạt|từ)$")


class Said(NamedTuple):
    """A number as it was said, in base units, with its interval and its hedge."""

    value: Decimal
    lower: Decimal
    upper: Decimal
    unit: str
    hedge: str


def said(text: str | Decimal, base_unit: str, unit: str = "", hedge: str = "") -> Said:
    """Read a typed target; the hedge may stand in the words or be given beside them.

    >>> told = said("gần 51.000 tỷ đồng", "VND")
    >>> told.value, told.hedge
    (Decimal('51000000000000'), 'nearly')
    >>> said("giảm 2%", "%").value, said("8% trở lên", "%").hedge
    (Decimal('-2'), 'at_least')
    """
    if isinstance(text, Decimal):
        return Said(text, text, text, base_unit or unit, hedge)
    words, falls, found = _without_hedge(" ".join(text.split()))
    hedge = found or hedge
    number = typed_number(("-" if falls else "") + words, unit, base_unit, hedge)
    return Said(number.value, number.lower, number.upper, number.unit, hedge)


def _without_hedge(text: str) -> tuple[str, bool, str]:
    """The number with its unit, whether a word says that it falls, and the hedge that stood around it."""
    low, hedge, falls = text.lower(), "", False
    start = _NUMBER.search(text)
    if start and (before := hedge_before(low, start.start())):
        hedge = before.means
        text = text[: before.start] + text[start.start() :]
    elif not hedge:
        for at in range(start.end() if start else 0, len(text)):
            if after := hedge_after(low, at):
                hedge, text = after.means, f"{text[:at].rstrip()}{text[after.end :]}"
                break
    start = _NUMBER.search(text)
    head = text[: start.start()].strip().lower() if start else ""
    if start and (_FALLS.search(head) or _GROWS.search(head)):
        falls, text = bool(_FALLS.search(head)), text[start.start() :]
    return text.removeprefix("+").lstrip(), falls, hedge


def period_of(typed: str) -> Period:
    """A period in words ("năm 2021", "quý III/2021") or as a code; refused with an explanation otherwise.

    >>> period_of("năm 2021").code, period_of("2021-Q3").code
    ('2021', '2021-Q3')
    """
    typed = " ".join(typed.split())
    read = read_period(typed.lower()) if typed else None
    return read if read and read.start_year > 1900 else Period.parse(typed)

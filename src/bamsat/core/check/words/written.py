# SPDX-License-Identifier: Apache-2.0
"""Amounts, spans and periods as the sentences of the check write them: 305,9 – 306,2 triệu USD; quý III/2021.

Numbers keep the Vietnamese comma in both languages, as on every page; a span is always rounded outwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Literal

from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.unit import unit_name

Language = Literal["vi", "en"]
Number = Decimal | Fraction | int
Side = tuple[Number | None, Number | None]

DASH = "–"
_WIDER = Fraction(5, 4)  # a span may be a quarter wider than the truth for being shorter
_FINE = Fraction(1, 100_000)  # and of a point, so fine a part of it
_MOST_PLACES = 15
_ATTACHED = ("%", "‰")
_SIZES = (
    (Decimal(10) ** 12, "nghìn tỷ", "trillion"),
    (Decimal(10) ** 9, "tỷ", "billion"),
    (Decimal(10) ** 6, "triệu", "million"),
    (Decimal(1000), "nghìn", "thousand"),
)
_SAID_IN = {"VND": (Decimal(10) ** 9, Decimal(10) ** 6), "USD": (Decimal(10) ** 6,)}
_AS_THEY_ARE = ("kWh", "MW", "ha", "kg", "km", "USD", "%", "‰")
_SAID = {
    **{unit: (unit, unit) for unit in _AS_THEY_ARE}, "%/year": ("%/năm", "% a year"), "VND": ("đồng", "dong"),
    "point": ("điểm %", "percentage points"), "times": ("lần", "times"), "ton": ("tấn", "tonnes"),
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Size:
    """What a number is multiplied by, and the words that stand behind it: 10^9, "tỷ đồng", "billion dong"."""

    scale: Decimal
    vi: str
    en: str

    def said(self, language: Language) -> str:
        return self.vi if language == "vi" else self.en

    def behind(self, number: str, language: Language) -> str:
        """A number with its unit; percent stands without a space."""
        unit = self.said(language)
        return f"{number}{'' if unit.startswith(_ATTACHED) else ' '}{unit}".rstrip()


def plain_size(unit: str) -> Size:
    """A unit as it is, without a word of scale.

    >>> plain_size("ton").behind("1.250", "en"), plain_size("%").behind("12,77", "vi")
    ('1.250 tonnes', '12,77%')
    """
    vi, en = _SAID.get(unit) or (unit_name(unit), unit_name(unit, "en"))
    return Size(Decimal(1), vi, en)


@lru_cache(maxsize=1024)
def scaled(unit: str, scale: Decimal) -> Size:
    """A unit under a word of scale, or as it is where no word says the scale.

    >>> scaled("VND", Decimal(10) ** 12).said("vi"), scaled("ton", Decimal(1000)).said("en")
    ('nghìn tỷ đồng', 'thousand tonnes')
    """
    name = plain_size(unit)
    for size, vi, en in _SIZES:
        if scale == size:
            return Size(size, f"{vi} {name.vi}".rstrip(), f"{en} {name.en}".rstrip())
    return name


def size_for(value: Number | None, unit: str) -> Size:
    """The size in which people say an amount: money in tỷ or triệu, everything else in its unit.

    >>> size_for(Decimal("5.3e12"), "VND").vi, size_for(Decimal(337887000), "USD").en, size_for(Decimal(40), "chợ").vi
    ('tỷ đồng', 'million USD', 'chợ')
    """
    for scale in _SAID_IN.get(unit, ()):
        if value is not None and abs(Fraction(value)) >= Fraction(scale):
            return scaled(unit, scale)
    return plain_size(unit)


def amount(value: Number, unit: str, language: Language = "vi", size: Size | None = None) -> str:
    """A value in the unit that people use, with every digit it has.

    >>> amount(Decimal("337887000"), "USD"), amount(Decimal("5300000000000"), "VND", "en")
    ('337,887 triệu USD', '5.300 billion dong')
    >>> amount(Decimal("-1.7"), "%")
    '−1,7%'
    """
    size = size or size_for(value, unit)
    return size.behind(exact(Fraction(value) / Fraction(size.scale)), language)


def exact(value: Number, places: int = 12) -> str:
    """A number with all of its decimals, or so many where they do not end.

    >>> exact(Fraction(1, 3), 3), exact(Fraction(-5, 4)), exact(Fraction(52, 10))
    ('0,333', '−1,25', '5,2')
    """
    number = Fraction(value)
    scaled_up = number * 10**places
    return format_number(Decimal(round(scaled_up)).scaleb(-places)) if number else "0"


# ---- spans


def span(
    low: Number | None,
    high: Number | None,
    unit: str,
    language: Language = "vi",
    *,
    size: Size | None = None,
    apart: Side | None = None,
    signed: bool = False,
    places: int | None = None,
) -> str:
    """An interval rounded outwards to the shortest that still says it; an open side is said in words.

    `apart` is what was written instead: the span never reaches it, however fine the difference. With `places`,
    the decimals of what was written, it is otherwise no finer than that.

    >>> span(Decimal("305917618"), Decimal("306195288"), "USD")
    '305,9 – 306,2 triệu USD'
    >>> span(Decimal(5273100000000), None, "VND"), span(None, Decimal("40"), "chợ", "en")
    ('từ 5.273 tỷ đồng trở lên', 'at most 40 market')
    >>> span(Decimal("-0.31"), Decimal("0.2"), "%", signed=True)
    '−0,4 – +0,2%'
    """
    if size is None:
        ends = [Fraction(end) for end in (low, high) if end is not None]
        size = size_for(max(map(abs, ends), default=None), unit)
    told = digits(low, high, scale=size.scale, apart=apart, signed=signed, places=places)
    if len(told) == 2:
        return size.behind(f"{told[0]} {DASH} {told[1]}", language)
    if low is None and high is None:
        return "bao nhiêu cũng được" if language == "vi" else "anything"
    only = size.behind(told[0], language)
    if low is not None and high is not None:
        return only
    if low is None:
        return f"không quá {only}" if language == "vi" else f"at most {only}"
    return f"từ {only} trở lên" if language == "vi" else f"at least {only}"


def digits(
    low: Number | None,
    high: Number | None,
    *,
    scale: Decimal = Decimal(1),
    apart: Side | None = None,
    signed: bool = False,
    places: int | None = None,
) -> tuple[str, ...]:
    """The ends of a span as digits alone, rounded outwards: two, or one where they are the same or a side is open.

    >>> digits(Decimal("277.9"), Decimal("278.31"), apart=(Decimal("277.85"), Decimal("277.95")))
    ('277,9', '278,4')
    >>> digits(Decimal("337.951"), Decimal("338.09"), apart=(Decimal("337.9"), Decimal("337.95")))
    ('337,951', '338,09')
    """
    ends = [None if end is None else Fraction(end) / Fraction(scale) for end in (low, high)]
    beside = [None if end is None else Fraction(end) / Fraction(scale) for end in apart] if apart else None
    rounded = _outward(ends[0], ends[1], beside, _MOST_PLACES if places is None else places)
    told = [_said(end, signed) for end in rounded if end is not None]
    return tuple(dict.fromkeys(told))


def _said(end: Decimal, signed: bool) -> str:
    return f"+{format_number(end)}" if signed and end > 0 else format_number(end)


def _outward(
    low: Fraction | None, high: Fraction | None, beside: list[Fraction | None] | None, enough: int
) -> tuple[Decimal | None, Decimal | None]:
    below: Decimal | None = None
    above: Decimal | None = None
    for places in range(_MOST_PLACES + 1):
        below = None if low is None else Decimal(floor(low * 10**places)).scaleb(-places)
        above = None if high is None else Decimal(ceil(high * 10**places)).scaleb(-places)
        fine = places >= enough or _close(low, high, below, above)
        if fine and not _reaches(low, high, below, above, beside):
            break
    return below, above


def _close(low: Fraction | None, high: Fraction | None, below: Decimal | None, above: Decimal | None) -> bool:
    size = max(abs(end) for end in (low, high, Fraction(0)) if end is not None)
    if low is None or high is None:
        lost = (low - Fraction(below) if low is not None and below is not None else Fraction(0)) + (
            Fraction(above) - high if high is not None and above is not None else Fraction(0)
        )
        return lost <= size / 10_000
    width = Fraction(above or 0) - Fraction(below or 0)
    return width <= (high - low) * _WIDER or width <= size * _FINE


def _reaches(
    low: Fraction | None,
    high: Fraction | None,
    below: Decimal | None,
    above: Decimal | None,
    beside: list[Fraction | None] | None,
) -> bool:
    """Whether rounding made the span meet what it has to stay apart from, though the truth does not."""
    if beside is None:
        return False
    least, most = beside
    if most is not None and low is not None and most < low:
        return below is not None and Fraction(below) <= most
    if least is not None and high is not None and high < least:
        return above is not None and least <= Fraction(above)
    return False


def grew(
    low: Number | None,
    high: Number | None,
    language: Language = "vi",
    apart: Side | None = None,
    places: int | None = None,
) -> str:
    """A growth between two percentages, in words: "tăng 21,39 – 21,44%", "từ giảm 0,3% đến tăng 0,2%".

    >>> grew(Decimal("-15.4"), Decimal("-15.2")), grew(Decimal("-0.3"), Decimal("0.2"), "en")
    ('giảm 15,2 – 15,4%', 'between a fall of 0,3% and a rise of 0,2%')
    >>> grew(Decimal("35.65"), None), grew(None, Decimal("-3")), grew(None, Decimal(5), "en")
    ('tăng từ 35,65% trở lên', 'giảm từ 3% trở lên', 'up at most 5%')
    """
    falls = (high is not None and high <= 0 and low != 0) or (high is None and low is not None and low < 0)
    if falls:
        low, high = None if high is None else -high, None if low is None else -low
        apart = None if apart is None else tuple(None if end is None else -end for end in (apart[1], apart[0]))  # type: ignore[assignment]
    word = (("tăng", "up"), ("giảm", "down"))[falls][language == "en"]
    if low is None or high is None or low >= 0:
        return f"{word} {span(low, high, '%', language, apart=apart, places=places)}"
    told = digits(low, high, apart=apart, places=places)
    fall, rise = told[0].lstrip("−"), told[-1]
    if language == "vi":
        return f"từ giảm {fall}% đến tăng {rise}%"
    return f"between a fall of {fall}% and a rise of {rise}%"


# ---- periods


@lru_cache(maxsize=4096)
def period_words(code: str | None, language: Language = "vi") -> str:
    """A period as sentences say it; a code that cannot be read as it is.

    >>> [period_words(code) for code in ("2021", "2021-01/2021-09", "2021-Q3", "2021-07", "2021/2025")]
    ['năm 2021', '9 tháng đầu năm 2021', 'quý III/2021', 'tháng 7/2021', 'giai đoạn 2021–2025']
    >>> [period_words(code, "en") for code in ("2021", "2021-01/2021-06", "2021-Q3", "2021-07", "2021-05/2022-06")]
    ['2021', 'the first half of 2021', 'Q3 2021', 'July 2021', 'May 2021 – June 2022']
    """
    if not code:
        return ""
    try:
        period = Period.parse(code)
    except PeriodUnreadable:
        return code
    return _vietnamese(period) if language == "vi" else _english(period)


def _vietnamese(period: Period) -> str:
    year, month = divmod(period.first, 12)
    end_year, end_month = divmod(period.last, 12)
    if period.is_year:
        return f"năm {year}"
    if period.length == 1:
        return f"tháng {month + 1}/{year}"
    if period.length == 3 and month % 3 == 0:
        return f"quý {_ROMAN[month // 3]}/{year}"
    if year == end_year and month == 0:
        return f"{period.length} tháng {'đầu ' if period.length < 10 else ''}năm {year}"
    if year == end_year and period.length == 6 and month == 6:
        return f"6 tháng cuối năm {year}"
    if month == 0 and end_month == 11:
        return f"giai đoạn {year}–{end_year}"
    start = f"{month + 1}" if year == end_year else f"{month + 1}/{year}"
    return f"tháng {start}–{end_month + 1}/{end_year}"


def _english(period: Period) -> str:
    year, month = divmod(period.first, 12)
    end_year, end_month = divmod(period.last, 12)
    if period.is_year:
        return str(year)
    if period.length == 1:
        return f"{_MONTHS[month]} {year}"
    if period.length == 3 and month % 3 == 0:
        return f"Q{month // 3 + 1} {year}"
    if year == end_year and period.length == 6 and month in (0, 6):
        return f"the {'second' if month else 'first'} half of {year}"
    if year == end_year and month == 0:
        return f"the first {period.length} months of {year}"
    if month == 0 and end_month == 11:
        return f"{year}–{end_year}"
    if year == end_year:
        return f"{_MONTHS[month]}–{_MONTHS[end_month]} {year}"
    return f"{_MONTHS[month]} {year} {DASH} {_MONTHS[end_month]} {end_year}"

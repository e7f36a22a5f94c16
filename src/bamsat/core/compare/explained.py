# SPDX-License-Identifier: Apache-2.0
"""A forecast in one sentence, with the numbers that an official needs to work it out again on a pocket calculator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor, isfinite, log10

from bamsat.core.compare.forecast import MONTHS_OF_LAST_YEAR, Forecast
from bamsat.core.compare.pace import MONTHS, Shape
from bamsat.core.terms.numbers import format_number

# A range is told in steps of about a hundredth of its width: its ends are not surer than that.
STEPS_OF_A_RANGE = 100


def explained(forecast: Forecast, shape: Shape, language: str = "vi", places: int | None = None) -> str:
    """How the forecast came about; `places` are the decimals in which the figures are published.

    >>> from bamsat.core.compare.forecast import Year, forecast, shape_of
    >>> years = [Year(2018, 536_000, 731_000), Year(2019, 553_790, 757_000)]
    >>> print(explained(forecast(567_634.2, 9, years), shape_of(years, 9)))
    Năm 2018 và 2019, đến hết tháng 9 thường xong 73,2–73,3% cả năm, bình quân 73,24%; nay xong 567.634, theo nhịp đó \
cả năm là 775.033; lấy 9 phần theo nhịp này và 2 phần theo cả năm 2019 (757.000) thì 3 tháng còn lại (26,76%) \
thêm 206.521, cả năm khoảng 774.155, khả năng 80% nằm trong khoảng 743.000–810.000.
    >>> print(explained(forecast(567_634.2, 9, []), shape_of([], 9), "en"))
    No past year is known; at an even pace 9 of 12 months are 75%: 567,634 done makes 756,846 for the year, and since \
the usual pace is not known the range is wide, eight times in ten within 670,000–910,000.
    """
    say = _VI if language == "vi" else _EN
    words = _words(forecast, shape, _Numbers(language, _places(forecast, places)))
    return say[_case(forecast)].format(**words)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Numbers as one language writes them."""

    language: str
    places: int

    def of(self, value: float, places: int | None = None) -> str:
        said = format_number(Decimal(repr(value)), self.places if places is None else places)
        return said if self.language == "vi" else said.translate(str.maketrans(",.", ".,"))

    def percent(self, share: float, places: int) -> str:
        said = self.of(share * 100, places)
        comma = "," if self.language == "vi" else "."
        return said.rstrip("0").rstrip(comma) if comma in said else said

    def growth(self, percent: float, about: str) -> str:
        vi = self.language == "vi"
        moved = ("tăng" if vi else "grows by") if percent >= 0 else ("giảm" if vi else "falls by")
        return f"{moved} {about}{self.of(abs(percent))}%"

    def range(self, low: float, high: float, done: float | None) -> str:
        """Both ends outwards to a step that suits the width; the lower never below what is done already."""
        step = _step(high - low)
        places = max(-step, 0)
        lowest, highest = _stepped(low, step, ROUND_FLOOR), _stepped(high, step, ROUND_CEILING)
        passed = done is not None and lowest < done <= low
        first = self.of(done) if passed and done is not None else self.of(float(lowest), places)
        last = self.of(float(highest), places)
        between = (" đến " if self.language == "vi" else " to ") if lowest < 0 else "–"
        return first if first == last else f"{first}{between}{last}"


def _step(width: float) -> int:
    """The power of ten in whose steps a range of this width is told."""
    return floor(log10(width / STEPS_OF_A_RANGE)) + 1 if width > 0 and isfinite(width) else -2


def _stepped(value: float, step: int, rounding: str) -> Decimal:
    steps = Decimal(repr(value)).scaleb(-step).quantize(Decimal(1), rounding=rounding)
    return steps.scaleb(step)


def _places(forecast: Forecast, places: int | None) -> int:
    """Decimals: as published, or enough for four digits."""
    if places is not None:
        return places
    if forecast.method == "growth":
        return 2
    size = max(abs(forecast.value), abs(forecast.done))
    return min(max(3 - floor(log10(size)), 0), 6) if size > 0 else 0


def _case(forecast: Forecast) -> str:
    if forecast.method == "share" and len(forecast.years) == 1:
        return "one year"
    if forecast.method == "plain" and not forecast.years:
        return "plain alone"
    return forecast.method


def _words(forecast: Forecast, shape: Shape, numbers: _Numbers) -> dict[str, str]:
    vi = numbers.language == "vi"
    share = forecast.share
    pace = forecast.done / share if share > 0 else 0.0
    low, high = (numbers.of(end * 100, 1) for end in (shape.low, shape.high))
    left = MONTHS - forecast.month
    return {
        "years": _years(forecast.years, vi),
        "month": str(forecast.month),
        "left": str(left),
        "months_left": _months_left(left, vi),
        "month_en": _MONTHS_EN[min(max(forecast.month, 1), MONTHS) - 1],
        "shares": low if low == high else f"{low}–{high}",
        "share": numbers.percent(share, 2),
        "rest_share": numbers.percent(1 - share, 2),
        "done": numbers.of(forecast.done),
        "pace": numbers.of(pace),
        "parts": str(forecast.month),
        "parts_before": numbers.of(MONTHS_OF_LAST_YEAR, 0),
        "before": numbers.of(forecast.before or 0.0),
        "before_year": str(forecast.before_year),
        "rest": numbers.of(forecast.rest),
        "value": numbers.of(forecast.value),
        "weight": numbers.percent(forecast.weight, 1),
        "range": numbers.range(forecast.low, forecast.high, forecast.done if forecast.rest > 0 else None),
        "grew": numbers.growth(forecast.done, ""),
        "grows": numbers.growth(forecast.value, "khoảng " if vi else "about "),
    }


def _months_left(left: int, vi: bool) -> str:
    if vi:
        return f"{left} tháng còn lại" if left != 1 else "tháng còn lại"
    return f"the {left} months left" if left != 1 else "the month left"


def _years(years: Sequence[int], vi: bool) -> str:
    """2019 · 2018 và 2019 · 2016–2020 · 2016, 2018 và 2020."""
    if not years:
        return ""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    *first, last = (str(year) for year in years)
    return f"{', '.join(first)} {'và' if vi else 'and'} {last}" if first else last


_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

_VI_LEVEL = (
    "lấy {parts} phần theo nhịp này và {parts_before} phần theo cả năm {before_year} ({before}) thì {months_left} "
    "({rest_share}%) thêm {rest}, cả năm khoảng {value}, khả năng 80% nằm trong khoảng {range}."
)
_VI = {
    "share": "Năm {years}, đến hết tháng {month} thường xong {shares}% cả năm, bình quân {share}%; nay xong {done}, "
    "theo nhịp đó cả năm là {pace}; " + _VI_LEVEL,
    "one year": "Chỉ có năm {years} để so: đến hết tháng {month} xong {share}% cả năm; nay xong {done}, theo nhịp đó "
    "cả năm là {pace}; " + _VI_LEVEL,
    "totals": "Các năm trước chỉ có số cả năm, chưa có số đến hết tháng {month}, nên tính đều {month}/12 tháng "
    "là {share}%: nay xong {done}, theo nhịp đó cả năm là {pace}; " + _VI_LEVEL,
    "even": "Chưa có số các năm trước; tính đều, {month}/12 tháng là {share}%: xong {done} thì cả năm khoảng {value}, "
    "và vì chưa biết nhịp thường của năm nên khoảng rộng, khả năng 80% nằm trong {range}.",
    "plain": "Năm {years}, {months_left} sau tháng {month} bình quân được {rest}; lũy kế nay là {done}, nên cả năm "
    "khoảng {value}, khả năng 80% nằm trong khoảng {range}.",
    "plain alone": "Chưa có số các năm trước; tính đều thì {months_left} thêm {rest} vào lũy kế {done}, cả năm khoảng "
    "{value}, khoảng rộng, khả năng 80% nằm trong {range}.",
    "level": "Lấy mức hiện nay {done} làm mức cuối năm; theo mức thay đổi từng tháng vừa qua, sau {left} tháng, "
    "khả năng 80% nằm trong khoảng {range}.",
    "growth": "Lũy kế {month} tháng {grew}; coi {months_left} giữ được {weight}% mức ấy thì cả năm {grows}, "
    "khả năng 80% nằm trong khoảng {range}%.",
    "done": "Đã hết năm: cả năm là {done}.",
    "none": "Chưa có số để ước cả năm: năm nay chưa phát sinh và chưa có số các năm trước.",
}
_EN_LEVEL = (
    "taking {parts} parts of this pace and {parts_before} parts of the whole of {before_year} ({before}), "
    "{months_left} ({rest_share}%) would add {rest}, which makes about {value} for the year, eight times in ten "
    "within {range}."
)
_EN = {
    "share": "In {years}, {shares}% of the year was usually done by the end of {month_en}, {share}% on average; "
    "{done} is done now, a pace of {pace} for the year; " + _EN_LEVEL,
    "one year": "Only {years} is there to compare: {share}% of the year was done by the end of {month_en}; {done} is "
    "done now, a pace of {pace} for the year; " + _EN_LEVEL,
    "totals": "Of past years only totals are known, so {month} of 12 months are taken evenly as {share}%: {done} is "
    "done now, a pace of {pace} for the year; " + _EN_LEVEL,
    "even": "No past year is known; at an even pace {month} of 12 months are {share}%: {done} done makes {value} for "
    "the year, and since the usual pace is not known the range is wide, eight times in ten within {range}.",
    "plain": "In {years}, {months_left} after {month_en} brought {rest} on average; {done} stands now, which makes "
    "about {value} for the year, eight times in ten within {range}.",
    "plain alone": "No past year is known; at an even pace {months_left} would add {rest} to {done}, about {value} for "
    "the year, a wide range, eight times in ten within {range}.",
    "level": "The level of now, {done}, is taken for the end of the year; by its monthly changes so far, "
    "after {left} months it lies within {range} eight times in ten.",
    "growth": "It {grew} over {month} months; with {months_left} keeping {weight}% of that, the year {grows}, "
    "eight times in ten within {range}%.",
    "done": "The year is over: {done} in all.",
    "none": "There is nothing to forecast from: nothing is done this year and no past year is known.",
}

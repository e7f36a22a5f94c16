# SPDX-License-Identifier: Apache-2.0
"""Plausibility from history: a value beside those of former years. It asks; it never says that anything is wrong.

Growth on the same period of the year before takes the season out of a level. Its logarithms have a median and a usual
distance from it (MAD), which a few odd years do not move. Tết falls in January or in February, so that these two months
are looked at together. The fewer years are known, the wider the range; of fewer than two nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from bamsat.core.check.beside.past import Past, Series, feels_tet, tet_moved, told_now
from bamsat.core.check.mending.slips import meant
from bamsat.core.check.model import Finding, Repair, Stated
from bamsat.core.check.words.called import LANGUAGES, called
from bamsat.core.check.words.naming import capital
from bamsat.core.check.words.printed import as_amount
from bamsat.core.check.words.written import Language, amount, period_words, size_for
from bamsat.core.terms.period import Period

_YEAR = 12
_FEWEST = 2  # periods of former years from which anything is said at all
_FEWEST_GROWTHS = 3  # growths from which their spread is believed
_MAD_TO_SIGMA = 1.4826
_SPREAD_AT_LEAST = 0.05
_HALF_AT_LEAST = math.log(1.4)
_HALF_AT_MOST = math.log(8)  # a place lost in a number is asked about however restless the series is
_SIGMAS = 4.0
_GROSS = math.log(5)  # with few growths only what differs by more than this factor is asked about
_TET_STAYS, _TET_MOVES = math.log(1.5), math.log(2.5)
_POINTS_AT_LEAST = 15.0  # percentage points
_MEASURED = ("VND", "USD", "%", "point", "ton", "kWh", "MW")
_FEW = 5  # a count that small may well be none at all
_RANK = 2  # slips up to this rank are mentioned: a word of scale, a comma, a zero


@dataclass(frozen=True, slots=True)
class Usual:
    """Where a value would usually lie, from so many earlier ones; `last` is that of the year before."""

    low: float
    high: float
    count: int
    last: Stated | None

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def findings(stated: Sequence[Stated], history: Sequence[Stated]) -> list[Finding]:
    """Questions about values that are far from what the same series said in former years.

    `history` are levels, growths and indices of earlier periods. What is stated with a weight over 1 is approved: it
    counts as history and is not asked about.
    """
    past = Past(history, stated)
    if not past.points:
        return []
    told = list(told_now(stated))
    januaries = {(series, period.first): one for one, series, period in told if feels_tet(period)}
    found = []
    for one, series, period in told:
        points = {first: known for first, known in past.of(series).items() if first < period.first}
        if feels_tet(period) and (january := januaries.get((series, period.first - 1))):
            points.setdefault(period.first - 1, january)  # beside February in the same paper
        usual = _usual(one, series, period, points)
        if usual is not None and not usual.holds(float(one.figure.value)):
            found.append(_asked(one, series, period, usual))
    return found


def _usual(one: Stated, series: Series, period: Period, points: Mapping[int, Stated]) -> Usual | None:
    if len(points) < _FEWEST:
        return None
    values = {first: float(known.figure.value) for first, known in points.items()}
    if series.measure != "level":
        return _of_rates(period, points, values)
    if min(values.values()) <= 0:
        return _of_signed(period, points, values)
    usual = _of_levels(period, points, values)
    if usual is None or series.unit in _MEASURED:
        return usual
    if one.figure.value == 0 and usual.low < _FEW:
        return None
    return _widened(usual, _of_counts(one, usual))


def _of_counts(one: Stated, usual: Usual) -> float:
    """Small counts jump about by chance."""
    size = max(1.0, min(float(one.figure.value), math.sqrt(usual.low * usual.high)))
    return 3 / math.sqrt(size)


def _widened(usual: Usual, by: float) -> Usual:
    return Usual(usual.low * math.exp(-by), usual.high * math.exp(by), usual.count, usual.last)


# ---- levels: logarithms of growth on the same period of the year before


def _of_levels(period: Period, points: Mapping[int, Stated], values: Mapping[int, float]) -> Usual | None:
    growths = _growths(period, values)
    before = values.get(period.first - _YEAR)
    last = points.get(period.first - _YEAR)
    if before is None:
        return _of_size(period, values)
    if len(growths) < _FEWEST_GROWTHS:
        middle, half = (median(growths) if growths else 0.0), _GROSS
    else:
        middle = median(growths)
        half = _half(growths, middle)
    if not feels_tet(period):
        return Usual(before * math.exp(middle - half), before * math.exp(middle + half), len(values), last)
    return _around_tet(period, points, values, middle, half)


def _half(growths: Sequence[float], middle: float) -> float:
    spread = max(_SPREAD_AT_LEAST, _MAD_TO_SIGMA * median(abs(growth - middle) for growth in growths))
    return min(max(_HALF_AT_LEAST, _SIGMAS * (1 + 3 / len(growths)) * spread), _HALF_AT_MOST)


def _growths(period: Period, values: Mapping[int, float]) -> list[float]:
    """Logarithms of growth on the year before; of January and February only where Tết stayed, or of both together."""
    found = []
    for first, value in values.items():
        before = values.get(first - _YEAR)
        if before is None:
            continue
        here = Period(first, first + period.length - 1)
        if feels_tet(here) and tet_moved(first, first - _YEAR):
            together, then = _together(values, first), _together(values, first - _YEAR)
            if together is None or then is None:
                continue
            value, before = together, then
        found.append(math.log(value / before))
    return found


def _together(values: Mapping[int, float], first: int) -> float | None:
    """January and February of a year as one."""
    january = first - first % _YEAR
    if january not in values or january + 1 not in values:
        return None
    return values[january] + values[january + 1]


def _around_tet(
    period: Period, points: Mapping[int, Stated], values: Mapping[int, float], middle: float, half: float
) -> Usual:
    """A February: what the usual of both months leaves after January; a January: a range as wide as Tết makes it."""
    before, last = values[period.first - _YEAR], points[period.first - _YEAR]
    moved = tet_moved(period.first, period.first - _YEAR)
    wide = half + (_TET_MOVES if moved else _TET_STAYS)
    low, high = before * math.exp(middle - wide), before * math.exp(middle + wide)
    january, then = values.get(period.first - 1), _together(values, period.first - _YEAR)
    if period.first % _YEAR == 1 and january is not None and then is not None:
        low = min(low, max(then * math.exp(middle - half) - january, 0.0))
        high = max(high, then * math.exp(middle + half) - january)
    return Usual(low, high, len(values), last)


def _of_size(period: Period, values: Mapping[int, float]) -> Usual:
    """Without the year before only the order of magnitude speaks."""
    logs = [math.log(value) for value in values.values()]
    middle, half = median(logs), _GROSS + max(logs) - min(logs)
    return Usual(math.exp(middle - half), math.exp(middle + half), len(values), None)


# ---- what may be negative, and rates


def _of_signed(period: Period, points: Mapping[int, Stated], values: Mapping[int, float]) -> Usual | None:
    """Differences on the year before, in the unit itself; a zero is no reason to ask."""
    before = values.get(period.first - _YEAR)
    steps = [value - values[first - _YEAR] for first, value in values.items() if first - _YEAR in values]
    if before is None or len(steps) < _FEWEST_GROWTHS:
        return None
    middle = median(steps)
    size = median(abs(value) for value in values.values())
    half = max(size, _SIGMAS * (1 + 3 / len(steps)) * _MAD_TO_SIGMA * median(abs(step - middle) for step in steps))
    if not half:
        return None
    return Usual(before + middle - half, before + middle + half, len(values), points[period.first - _YEAR])


def _of_rates(period: Period, points: Mapping[int, Stated], values: Mapping[int, float]) -> Usual | None:
    """Growths and indices beside earlier ones, in percentage points."""
    told = list(values.values())
    if len(told) < _FEWEST_GROWTHS:
        return None
    middle = median(told)
    spread = _MAD_TO_SIGMA * median(abs(value - middle) for value in told)
    half = max(_POINTS_AT_LEAST, 2 * _SIGMAS * (1 + 3 / len(told)) * spread, 2 * (max(told) - min(told)))
    if feels_tet(period):
        half *= 2
    return Usual(middle - half, middle + half, len(told), points.get(period.first - _YEAR))


# ---- words


def _asked(one: Stated, series: Series, period: Period, usual: Usual) -> Finding:
    figure = one.figure
    higher = float(figure.value) > usual.high
    low, high = _outward(usual, figure.unit)
    ranges = {language: _range(low, high, figure.unit, language) for language in LANGUAGES}
    vi = (
        f"{capital(_named(one, 'vi'))} {period_words(period.code)} là {as_amount(figure)}, "
        f"{'cao' if higher else 'thấp'} hơn hẳn mức thường gặp {ranges['vi']}, suy từ {usual.count} kỳ trước"
        f"{_last_year(usual, 'vi')}. Cần xem lại hoặc ghi lý do."
    )
    en = (
        f"{capital(_named(one, 'en'))} in {period_words(period.code, 'en')}: {as_amount(figure, 'en')}, far "
        f"{'above' if higher else 'below'} the usual {ranges['en']}, from {usual.count} earlier periods"
        f"{_last_year(usual, 'en')}. To look at again, or to explain."
    )
    calc = f"{as_amount(figure)} ∉ {ranges['vi']}"
    repairs = tuple(_slips(one, usual))[:2]
    return Finding("cannot_tell", "question", "history", (one.key,), vi, en, calc, repairs, because=("history",))


def _named(one: Stated, language: Language) -> str:
    if one.figure.measure != "growth":
        return called(one, language)
    return f"mức tăng {called(one)}" if language == "vi" else f"growth of {called(one, 'en')}"


def _range(low: Decimal, high: Decimal, unit: str, language: Language) -> str:
    size = size_for(max(abs(low), abs(high)), unit)
    least = amount(low, unit, language, size).removesuffix(size.said(language)).rstrip()
    return f"{least} – {amount(high, unit, language, size)}"


def _outward(usual: Usual, unit: str) -> tuple[Decimal, Decimal]:
    """The range at two figures that count: more would claim a precision that it does not have."""
    size = size_for(Decimal(repr(max(abs(usual.low), abs(usual.high)))), unit).scale
    reach = max(abs(usual.low), abs(usual.high)) / float(size)
    step = Decimal(10) ** (math.floor(math.log10(reach)) - 1 if reach else 0) * size
    low = Decimal(math.floor(usual.low / float(step))) * step
    high = Decimal(math.ceil(usual.high / float(step))) * step
    return low, high


def _last_year(usual: Usual, language: Language) -> str:
    if usual.last is None:
        return ""
    said = as_amount(usual.last.figure, language)
    return f" (cùng kỳ năm trước {said})" if language == "vi" else f" ({said} a year before)"


def _slips(one: Stated, usual: Usual) -> Iterator[Repair]:
    """Slips of the hand that bring the value back to what is usual."""
    low, high = _outward(usual, one.figure.unit)
    for slip in sorted(meant(one.figure), key=lambda slip: slip.rank):
        if slip.rank <= _RANK and usual.holds(float(slip.value)):
            vi = f"Nếu là {slip.number} ({slip.vi}) thì nằm trong mức thường gặp."
            en = f"As {amount(slip.value, one.figure.unit, 'en')} ({slip.en}) it would be usual."
            yield Repair(one.key, slip.slip, slip.value, low, high, slip.number, vi, en)

# SPDX-License-Identifier: Apache-2.0
"""What the year will come to, with its range and the chance to meet the plan; chosen by back-test (docs/forecast.md).

The months left usually bring a known part of a year. They are expected to bring that part of a yearly level, which lies
between what this year's pace points to and last year's total: the more months are done, the nearer to the pace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from bamsat.core.compare.pace import MONTHS, Needed, Shape, Year, needed, shape_of, usable
from bamsat.core.compare.student import below, quantile

__all__ = ["COVERAGE", "Forecast", "Needed", "Shape", "Year", "forecast", "needed", "shape_of"]

# Ranges that reach as far down as up; of flows, what the months left bring may be so many times less or more.
SYMMETRIC = frozenset({"plain", "level", "growth"})

# The range holds the year's total eight times in ten.
COVERAGE = 0.80

# Last year's level counts as so many months of this year, when both say how high the year runs.
MONTHS_OF_LAST_YEAR = 2.0

# How far the months left fall from their forecast, in logarithms, among comparable series. Errors of the series itself
# take over as years are added: the constant counts as so many of them. A shape out of few years is itself uncertain, as
# a mean is. All found by the back-test.
SPREAD_WITH_SHAPE = 0.12
SPREAD_WITH_TOTALS = 0.20
SPREAD_ALONE = 0.30
ERRORS_OF_OTHERS = 2.0

# Months that brought nothing at all are an error of this size, as large as any: twenty times less than was expected.
# Nor is a year ever taken for done before its end by more than that.
FARTHEST = 3.0

# What is done is never divided by less than this part of the even share: after a year that had hardly begun by now,
# the pace would be anything.
LEAST_OF_EVEN = 0.2


@dataclass(frozen=True, slots=True)
class Forecast:
    """The year's total: its middle, and the range that holds it with the chance named coverage.

    `method` is share (the usual shape is known), totals (only totals of past years), even (nothing but this year),
    plain (figures that may be negative), level or growth (levels.py), done (the year is over), none (nothing to go by).
    """

    value: float
    low: float
    high: float
    coverage: float
    method: str
    years: tuple[int, ...]
    done: float = 0.0
    month: int = MONTHS
    share: float = 1.0
    before: float | None = None  # the last total known, and of which year
    before_year: int | None = None
    weight: float = 1.0  # how far this year's pace counts, against last year's level
    rest: float = 0.0  # what the months left bring, in the middle of the range
    spread: float = 0.0
    freedom: float = ERRORS_OF_OTHERS

    def chance(self, plan: float, good: str = "up") -> float:
        """How likely the year's total meets the plan; for what should be low, stays at or below it."""
        lower = self._below(plan)
        if good == "down":
            return float(self.value <= plan) if self.spread == 0 and self.method != "none" else lower
        return float(self.value >= plan) if self.spread == 0 and self.method != "none" else 1 - lower

    def _below(self, plan: float) -> float:
        if self.method == "none":
            return 0.5 if plan > 0 else 0.0
        if self.spread == 0:
            return float(self.value < plan)
        if self.method in SYMMETRIC:
            return below((plan - self.value) / self.spread, self.freedom)
        left = plan - self.done
        return below(log(left / self.rest) / self.spread, self.freedom) if left > 0 else 0.0


def forecast(
    done: float, month: int, years: Sequence[Year], totals: Mapping[int, float] | None = None, digit: float = 0.0
) -> Forecast:
    """The year's total from what is done by the end of a month and the years before; few points give a wide range.

    `digit` is one step of the last published digit: no range is narrower than what rounding hides.

    >>> told = forecast(567_634.2, 9, [Year(2018, 536_000, 731_000), Year(2019, 553_790, 757_000)])
    >>> round(told.value), told.low < told.value < told.high, told.method
    (774155, True, 'share')
    >>> round(forecast(567_634.2, 9, []).value), forecast(567_634.2, 12, []).value
    (756846, 567634.2)
    """
    if month >= MONTHS:
        return Forecast(done, done - digit / 2, done + digit / 2, COVERAGE, "done", (), done)
    if done < 0 or any(year.to_date < 0 or year.to_date > year.total for year in years):
        return _plain(done, month, years, digit)
    known = usable(years)
    wholes = {year: total for year, total in (totals or {}).items() if total > 0}
    wholes |= {year.year: year.total for year in known}
    before_year = max(wholes, default=None)
    before = wholes[before_year] if before_year is not None else None
    share = _kept_off_the_ends(shape_of(known, month).share, month)
    rest, weight = _rest(done, month, share, before)
    if rest <= 0:
        return Forecast(done, done, done + digit / 2, COVERAGE, "none", (), done, month, share)
    spread, freedom = _spread(known, month, wholes)
    reach = exp(quantile((1 + COVERAGE) / 2, freedom) * spread)
    value = done + rest
    low, high = min(done + rest / reach, value - digit / 2), max(done + rest * reach, value + digit / 2)
    method = "share" if known else "totals" if before else "even"
    used = tuple(year.year for year in known) or tuple(sorted(wholes))
    return Forecast(
        value, low, high, COVERAGE, method, used, done, month, share, before, before_year, weight, rest, spread, freedom
    )  # fmt: skip


def _kept_off_the_ends(share: float, month: int) -> float:
    """A share that was nothing or everything so far may be otherwise this year: a little of the even share is left."""
    even = month / MONTHS
    return min(max(share, even * LEAST_OF_EVEN), 1 - (1 - even) * exp(-FARTHEST))


def _rest(done: float, month: int, share: float, before: float | None) -> tuple[float, float]:
    """What the months left bring, and how far this year's pace counts in it."""
    pace = done / share if share > 0 else 0.0
    weight = month / (month + MONTHS_OF_LAST_YEAR) if before is not None else 1.0
    return (1 - share) * (weight * pace + (1 - weight) * (before or 0.0)), weight


def _spread(known: Sequence[Year], month: int, wholes: Mapping[int, float]) -> tuple[float, float]:
    """How far the months left fall from their forecast, in logarithms, and what that rests on."""
    if not known:
        return (SPREAD_WITH_TOTALS if wholes else SPREAD_ALONE), ERRORS_OF_OTHERS
    errors = [error for year in known if (error := _error(year, known, month, wholes)) is not None]
    freedom = ERRORS_OF_OTHERS + len(errors)
    squares = ERRORS_OF_OTHERS * (1 + 1 / len(known)) * SPREAD_WITH_SHAPE**2 + sum(error * error for error in errors)
    return sqrt(squares / freedom), freedom


def _error(year: Year, known: Sequence[Year], month: int, wholes: Mapping[int, float]) -> float | None:
    """By how much a past year's forecast would have failed, its own shape unknown; None where it had no ground."""
    others = [other.to_date / other.total for other in known if other is not year]
    if not others:
        return None
    share = _kept_off_the_ends(sum(others) / len(others), month)
    rest, _ = _rest(year.to_date, month, share, wholes.get(year.year - 1))
    came = year.total - year.to_date
    if rest <= 0:
        return None
    return min(max(log(came / rest), -FARTHEST), FARTHEST) if came > 0 else -FARTHEST


def _plain(done: float, month: int, years: Sequence[Year], digit: float) -> Forecast:
    """Figures that may fall below zero: the months left bring what they brought, give or take."""
    rests = [year.total - year.to_date for year in years]
    size = max([abs(done), *(abs(rest) for rest in rests)])
    middle = sum(rests) / len(rests) if rests else done * (MONTHS - month) / max(month, 1)
    off = sum((rest - middle) ** 2 for rest in rests) if len(rests) > 1 else 0.0
    freedom = ERRORS_OF_OTHERS + max(len(rests) - 1, 0)
    spread = sqrt((ERRORS_OF_OTHERS * (SPREAD_ALONE * size) ** 2 + off) / freedom)
    reach = max(quantile((1 + COVERAGE) / 2, freedom) * spread, digit / 2)
    value, used = done + middle, tuple(year.year for year in years)
    return Forecast(
        value,
        value - reach,
        value + reach,
        COVERAGE,
        "plain",
        used,
        done,
        month,
        rest=middle,
        spread=spread,
        freedom=freedom,
    )

# SPDX-License-Identifier: Apache-2.0
"""The end of the year for what is not summed over its months: stocks, ratios, and growth to date (IIP)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from bamsat.core.compare.forecast import COVERAGE, ERRORS_OF_OTHERS, MONTHS_OF_LAST_YEAR, Forecast
from bamsat.core.compare.pace import MONTHS, Year
from bamsat.core.compare.student import quantile

# How far a level moves in one month, as a part of itself, and how many percentage points the growth of the months left
# lies from what growth to date lets one expect; among comparable series, as in forecast.py.
MOVE_OF_A_MONTH = 0.02
POINTS_OF_GROWTH = 8.0


def forecast_level(values: Sequence[float], months_left: int, digit: float = 0.0) -> Forecast | None:
    """A stock or a ratio at the end of the year: as it stands, give or take what it moved month by month before.

    `values` are the latest months in their order, without a gap; None where there is none.

    >>> told = forecast_level([120, 121, 121, 122], 3)
    >>> told.value, round(told.low, 1), round(told.high, 1)
    (122, 117.7, 126.3)
    """
    if not values:
        return None
    last = values[-1]
    if months_left <= 0:
        return _around(last, 0.0, ERRORS_OF_OTHERS, digit, "done", last, MONTHS, ())
    moves = [now - before for before, now in pairwise(values)]
    freedom = ERRORS_OF_OTHERS + len(moves)
    usual = ERRORS_OF_OTHERS * (MOVE_OF_A_MONTH * last) ** 2 + sum(move * move for move in moves)
    spread = sqrt(usual / freedom * months_left)
    return _around(last, spread, freedom, digit, "level", last, MONTHS - months_left, ())


def forecast_growth(to_date: float, month: int, years: Sequence[Year] = (), digit: float = 0.0) -> Forecast:
    """The year's growth in percent from growth to date, as reports give it for IIP; a past Year holds its two growths.

    The months left keep a part of the growth to date: the same part that the pace has in a forecast of flows.

    >>> told = forecast_growth(6.5, 9)
    >>> round(told.value, 2), round(told.low, 1), round(told.high, 1)
    (6.2, 2.4, 10.0)
    """
    if month >= MONTHS:
        return _around(to_date, 0.0, ERRORS_OF_OTHERS, digit, "done", to_date, MONTHS, ())
    left = (MONTHS - month) / MONTHS
    errors = [(year.total - kept(year.to_date, month)) / left for year in years]
    freedom = ERRORS_OF_OTHERS + len(errors)
    usual = ERRORS_OF_OTHERS * POINTS_OF_GROWTH**2 + sum(error * error for error in errors)
    spread = sqrt(usual / freedom) * left
    used = tuple(year.year for year in years)
    return _around(kept(to_date, month), spread, freedom, digit, "growth", to_date, month, used)


def kept(growth: float, month: int) -> float:
    """The year's growth when the months left keep their part of the growth to date."""
    weight = month / (month + MONTHS_OF_LAST_YEAR)
    return growth * (month + (MONTHS - month) * weight) / MONTHS


def _around(
    value: float,
    spread: float,
    freedom: float,
    digit: float,
    method: str,
    done: float,
    month: int,
    years: tuple[int, ...],
) -> Forecast:
    reach = max(quantile((1 + COVERAGE) / 2, freedom) * spread, digit / 2)
    weight = month / (month + MONTHS_OF_LAST_YEAR)
    return Forecast(
        value, value - reach, value + reach, COVERAGE, method, years, done, month, weight=weight,
        spread=spread, freedom=freedom,
    )  # fmt: skip

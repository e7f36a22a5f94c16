# SPDX-License-Identifier: Apache-2.0
"""The end of the year of what does not add up over its months: a stock or a ratio, and growth as reports tell it."""

from __future__ import annotations

from collections.abc import Sequence

from bamsat.core.compare.forecast import Forecast
from bamsat.core.compare.levels import forecast_growth, forecast_level
from bamsat.core.compare.pace import MONTHS, Year
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.figures.comparison import Number, Shelf

LEVELS = (AddsUp.STOCK, AddsUp.RATIO)


def end_of_year(
    shelf: Shelf, year: Period, so_far: Period, now: Number | None, run: Sequence[float], history: int
) -> tuple[Forecast | None, Number | None]:
    """The forecast and the plan that it stands against; `now` is what stands at the end of the part that is over.

    `run` are the levels of the latest months without a gap, the last month of the part last.
    """
    if shelf.indicator.adds_up in LEVELS:
        if now is None:
            return None, None
        values = run or (float(now.value),)
        plan = shelf.plan(year)
        return (
            forecast_level(values, MONTHS - so_far.length, float(now.high - now.low)),
            plan if plan and plan.unit == now.unit else None,
        )  # fmt: skip
    if shelf.indicator.adds_up != AddsUp.INDEX or (grown := shelf.growth(so_far)) is None:
        return None, None
    past = _growths_before(shelf, year, so_far, history)
    ahead = forecast_growth(float(grown.value), so_far.length, past, float(grown.high - grown.low))
    return ahead, shelf.growth_asked(year)


def _growths_before(shelf: Shelf, year: Period, so_far: Period, history: int) -> list[Year]:
    """Of each year before, its growth by then and in all."""
    found = []
    for back in range(history, 0, -1):
        part, whole = shelf.growth(so_far.shift_years(-back)), shelf.growth(year.shift_years(-back))
        if part and whole:
            found.append(Year(year.start_year - back, float(part.value), float(whole.value)))
    return found


def run_of_levels(shelf: Shelf, last: int, most: int) -> tuple[float, ...]:
    """The levels of the months up to one, back to the first that lacks."""
    found: list[float] = []
    while len(found) < most and (level := shelf.level(Period(last - len(found), last - len(found)))):
        found.append(float(level.value))
    return tuple(reversed(found))

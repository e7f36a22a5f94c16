# SPDX-License-Identifier: Apache-2.0
"""The back-test of growth to date and of levels: stocks and ratios, SYNTHETIC as the flows are (families.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import exp, sin, tau
from random import Random
from statistics import fmean

from bamsat.core.compare.forecast import Forecast, Year
from bamsat.core.compare.levels import forecast_growth, forecast_level
from bench.series.families import FAMILIES, YEARS, Series, series
from bench.series.methods import TARGETS

COUNT = 12
SOME_MONTHS = (3, 6, 9, 11)


def stock(chance: Random) -> list[float]:
    """Markets, clusters, enterprises: nothing for months, then a few more or less."""
    found, value = [], exp(chance.uniform(3.5, 8))
    for _ in range(12 * len(YEARS)):
        value *= exp(chance.gauss(0.005, 0.015)) if chance.random() < 0.3 else 1
        found.append(round(value))
    return found


def ratio(chance: Random) -> list[float]:
    """A share in percent that wanders about its mean, which creeps up."""
    found, off = [], 0.0
    mean, up, noise = chance.uniform(50, 90), chance.uniform(0, 0.1), chance.uniform(0.3, 1.5)
    for at in range(12 * len(YEARS)):
        off = 0.8 * off + chance.gauss(0, noise)
        found.append(min(mean + up * at / 12 + off, 100.0))
    return found


def goods_kept(chance: Random) -> list[float]:
    """Goods in store: seasonal and restless."""
    found, value, swing = [], exp(chance.uniform(3, 8)), chance.uniform(0.05, 0.2)
    for at in range(12 * len(YEARS)):
        value *= exp(chance.gauss(0.003, 0.04))
        found.append(value * exp(swing * sin(tau * at / 12)))
    return found


KINDS: dict[str, Callable[[Random], list[float]]] = {"stock": stock, "ratio": ratio, "goods_kept": goods_kept}


def level_cases() -> Iterator[tuple[str, list[float], int, float]]:
    """The kind, the months known, how many are left, and the value in December."""
    for kind, make in KINDS.items():
        for number in range(COUNT):
            values = make(Random(f"2021 {kind} {number}"))
            for year in TARGETS:
                end = 12 * (year - YEARS[0] + 1)
                for month in SOME_MONTHS:
                    yield kind, values[: end - 12 + month], 12 - month, values[end - 1]


def level_scores() -> dict[str, dict[str, float]]:
    """Of each kind: the errors in percent of three methods, and how many of a hundred came to lie in the range."""
    sums: dict[str, dict[str, list[float]]] = {kind: {} for kind in KINDS}
    for kind, known, left, came in level_cases():
        told = forecast_level(known[-24:], left)
        assert told is not None
        ago = known[-13]
        values = {
            "as it stands (chosen)": told.value,
            "December before": known[-(12 - left) - 1],
            "change of last year's months left": known[-1] + known[-(12 - left) - 1] - ago,
            "half of that change": known[-1] + (known[-(12 - left) - 1] - ago) / 2,
        }
        for name, value in values.items():
            sums[kind].setdefault(name, []).append(abs(value - came) / came * 100)
        sums[kind].setdefault("within the range", []).append(100.0 * (told.low <= came <= told.high))
    return {kind: {name: fmean(values) for name, values in found.items()} for kind, found in sums.items()}


@lru_cache(maxsize=1)
def growth_cases() -> tuple[tuple[Series, int, Year, tuple[Year, ...]], ...]:
    """The month, the two growths of the year, and those of the five years before."""
    return tuple(
        (one, month, growths(one, year, month), tuple(growths(one, year - back, month) for back in range(5, 0, -1)))
        for one in series(COUNT)
        if one.family.name != "lots"  # growth on months of nothing is not told
        for year in TARGETS
        for month in SOME_MONTHS
    )


def growths(one: Series, year: int, month: int) -> Year:
    """Growth to date and of the whole year, in percent."""
    part, whole = one.to_date(year - 1, month), one.total(year - 1)
    return Year(year, (one.to_date(year, month) / part - 1) * 100, (one.total(year) / whole - 1) * 100)


def growth_scores() -> dict[str, dict[str, float]]:
    """Of each family: errors in percentage points, and years within the range, knowing nothing and five years."""
    sums: dict[str, dict[str, list[float]]] = {family.name: {} for family in FAMILIES if family.name != "lots"}
    for one, month, now, past in growth_cases():
        told, known = forecast_growth(now.to_date, month), forecast_growth(now.to_date, month, past)
        scores = {
            "carried on whole": abs(now.to_date - now.total),
            "half for the months left": abs(now.to_date * (12 + month) / 24 - now.total),
            "last year's growth": abs(past[-1].total - now.total),
            "part kept (chosen)": abs(told.value - now.total),
            "within, nothing known": _within(told, now.total),
            "within, five years": _within(known, now.total),
        }
        for name, score in scores.items():
            sums[one.family.name].setdefault(name, []).append(score)
    return {family: {name: fmean(values) for name, values in found.items()} for family, found in sums.items()}


def _within(told: Forecast, came: float) -> float:
    return 100.0 * (told.low <= came <= told.high)

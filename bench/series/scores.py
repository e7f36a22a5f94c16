# SPDX-License-Identifier: Apache-2.0
"""How well the methods forecast, and how honest the ranges and chances are: the numbers behind docs/forecast.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from math import exp, log
from pathlib import Path
from statistics import fmean
from typing import Any
from unittest.mock import patch

import yaml

from bamsat.core.compare import forecast as method
from bamsat.core.compare import pace
from bamsat.core.compare.forecast import Forecast, forecast
from bench.series.families import FAMILIES, YEARS, Family, Series
from bench.series.methods import METHODS, Case, cases, chosen

COUNT = 12
SOME_MONTHS = (1, 3, 6, 9, 11)
PLANNED_GROWTHS = (0.0, 0.06, 0.12)
PUBLISHED: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("published.yml").read_text(encoding="utf-8"))

Method = Callable[[Case], float | None]


@lru_cache(maxsize=1)
def with_history() -> tuple[Case, ...]:
    return tuple(cases(COUNT, histories=(1, 3, 5)))


@lru_cache(maxsize=1)
def errors() -> dict[str, list[tuple[Case, float]]]:
    """Of each method: each case, and by how many percent of the year's total it failed."""
    return {name: [(case, percent_off(case, one)) for case in with_history()] for name, one in METHODS.items()}


def percent_off(case: Case, one: Method) -> float:
    told = one(case)
    assert told is not None
    return abs(told - case.came) / case.came * 100


def by_family(found: Iterable[tuple[Case, float]]) -> dict[str, float]:
    """The mean error in percent (MAPE) of each family."""
    sums: dict[str, list[float]] = {family.name: [] for family in FAMILIES}
    for case, error in found:
        sums[case.series.family.name].append(error)
    return {name: fmean(values) for name, values in sums.items()}


def against(mine: dict[str, float], other: dict[str, float], families: Iterable[Family] = FAMILIES) -> float:
    """The geometric mean over families of one error over the other, so that no wild family speaks for all."""
    return exp(fmean(log(mine[family.name] / other[family.name]) for family in families))


def by_month(name: str, month: int) -> float:
    """The error in percent in a month, as the geometric mean of the families."""
    found = by_family((case, error) for case, error in errors()[name] if case.month == month)
    return exp(fmean(log(value) for value in found.values()))


@lru_cache(maxsize=4096)
def usual_change(series: Series) -> float:
    """By how much a year's total differs from that of the year before: the naive error that MASE is counted in."""
    return fmean(abs(series.total(year) - series.total(year - 1)) for year in YEARS[1:])


def scaled(name: str) -> float:
    """MASE: the error in naive errors of the same series; the geometric mean of the families."""
    found = by_family((case, error * case.came / 100 / usual_change(case.series)) for case, error in errors()[name])
    return exp(fmean(log(value) for value in found.values()))


KNOWN: dict[str, tuple[int, Callable[[Case], Forecast]]] = {
    "nothing": (0, lambda case: forecast(case.done, case.month, [])),
    "last total": (1, lambda case: forecast(case.done, case.month, [], {case.last.year: case.last.total})),
    "1 year": (1, lambda case: forecast(case.done, case.month, case.years)),
    "3 years": (3, lambda case: forecast(case.done, case.month, case.years)),
    "5 years": (5, lambda case: forecast(case.done, case.month, case.years)),
    "10 years": (10, lambda case: forecast(case.done, case.month, case.years)),
}


@lru_cache(maxsize=8)
def told(known: str) -> tuple[tuple[Case, Forecast], ...]:
    """The forecasts of every month, with so much known."""
    history, make = KNOWN[known]
    return tuple((case, make(case)) for case in cases(COUNT, histories=(history,), months=SOME_MONTHS))


def covered(known: str) -> dict[str, float]:
    """How many years of a hundred came to lie within their range."""
    return by_family((case, 100.0 * (one.low <= case.came <= one.high)) for case, one in told(known))


def width(known: str) -> dict[str, float]:
    """The width of the range, in percent of what the year came to."""
    return by_family((case, (one.high - one.low) / case.came * 100) for case, one in told(known))


def chances(known: str, held_out: bool | None = None) -> Iterator[tuple[float, bool]]:
    """What chance was told that a plan would be met, and whether it was; plans ask for usual growth on last year."""
    for case, one in told(known):
        last = case.series.total(case.year - 1)
        if last > 0 and held_out in (None, case.series.family.held_out):
            for growth in PLANNED_GROWTHS:
                yield one.chance(last * (1 + growth)), case.came >= last * (1 + growth)


def brier(found: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    """The Brier score, and that of always telling how many plans are met."""
    pairs = list(found)
    met = fmean(came for _, came in pairs)
    return fmean((chance - came) ** 2 for chance, came in pairs), met * (1 - met)


def calibration(found: Iterable[tuple[float, bool]]) -> list[tuple[str, int, float, float]]:
    """For each fifth of the chances: how many were told, their mean, and how many plans were met."""
    fifths: list[list[tuple[float, bool]]] = [[] for _ in range(5)]
    for chance, came in found:
        fifths[min(int(chance * 5), 4)].append((chance, came))
    return [
        (f"{20 * at}–{20 * at + 20} %", len(fifth), 100 * fmean(c for c, _ in fifth), 100 * fmean(m for _, m in fifth))
        for at, fifth in enumerate(fifths)
    ]


def alarms(found: Iterable[tuple[float, bool]], below: float) -> tuple[float, float, float]:
    """In percent: plans called at risk, how many of these were missed, how many missed plans were called."""
    pairs = list(found)
    called = [came for chance, came in pairs if chance < below]
    missed = [chance < below for chance, came in pairs if not came]
    return 100 * len(called) / len(pairs), 100 * (1 - fmean(called)), 100 * fmean(missed)


def with_constant(months_of_last_year: float) -> dict[str, float]:
    """The errors with another weight of last year's level, on the families that may choose it."""
    with patch.object(method, "MONTHS_OF_LAST_YEAR", months_of_last_year):
        return by_family((case, percent_off(case, chosen)) for case in cases(COUNT, months=SOME_MONTHS, histories=(3,)))


def with_usual_years(years: int) -> dict[str, float]:
    """The errors when the shape is made of so many years, where ten are known at most."""
    with patch.object(pace, "USUAL_YEARS", years):
        return by_family((case, percent_off(case, chosen)) for case in cases(COUNT, histories=(8,), months=(3, 6, 9)))

# SPDX-License-Identifier: Apache-2.0
"""SYNTHETIC monthly series, made from stated parameters and a fixed seed: nobody published these figures.

A family is a way in which figures of a province come about. Constants of the method were chosen on some families;
the others were made to be unlike its assumptions and are held out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import exp
from random import Random

from bamsat.core.terms.data import shipped

FIRST, LAST = 2010, 2022
YEARS = range(FIRST, LAST + 1)
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Family:
    """The parameters of its series; noises are standard deviations of logarithms unless the making says otherwise."""

    name: str
    held_out: bool
    growth: float  # a usual year's growth, in logarithms
    wander: float  # how far a year's growth lies from it
    noise: float  # of a month
    season: tuple[float, ...]  # the twelve months against their mean
    tet: float = 0.0  # what the month of Tết gains or loses
    shock: float = 0.0  # how deep the months of 2020-2021 may fall
    make: Callable[[Family, Random], dict[int, list[float]]] | None = None
    says: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    family: Family
    number: int
    months: dict[int, list[float]]

    def to_date(self, year: int, month: int) -> float:
        return sum(self.months[year][:month])

    def total(self, year: int) -> float:
        return sum(self.months[year])


@lru_cache(maxsize=4)
def series(count: int, seed: int = 2021) -> tuple[Series, ...]:
    """So many series of each family, the same at every call."""
    return tuple(
        Series(family, number, _made(family, Random(f"{seed} {family.name} {number}")))
        for family in FAMILIES
        for number in range(count)
    )


def _made(family: Family, chance: Random) -> dict[int, list[float]]:
    return (family.make or multiplied)(family, chance)


def multiplied(family: Family, chance: Random) -> dict[int, list[float]]:
    """Level times season times Tết times shock times noise; large provinces are 300 times small ones."""
    level, made = exp(chance.uniform(4.6, 10.3)), {}
    shocks = _shocks(family, chance)
    bend = [chance.gauss(0, 0.03) for _ in MONTHS]
    growth = family.growth + chance.gauss(0, family.growth / 3)
    for year in YEARS:
        yearly = growth + chance.gauss(0, family.wander)
        made[year] = []
        for month in MONTHS:
            level *= exp(yearly / 12)
            up = family.season[month - 1] * exp(bend[month - 1] + chance.gauss(0, family.noise))
            tet = 1 + family.tet * _tet_share(year, month)
            made[year].append(level / 12 * up * tet * shocks.get((year, month), 1.0))
    return made


def added(family: Family, chance: Random) -> dict[int, list[float]]:
    """A straight line, a season and a noise of one size in units, whatever the level has become."""
    level, made = exp(chance.uniform(4.6, 10.3)), {}
    step = family.growth * level / 12 / 12
    for at, year in enumerate(YEARS):
        drift = chance.gauss(0, family.wander) * level / 12
        made[year] = [
            max(
                level / 12 * family.season[month - 1]
                + step * (12 * at + month)
                + drift
                + chance.gauss(0, family.noise) * level / 12,
                0.0,
            )
            for month in MONTHS
        ]
    return made


def stopped(family: Family, chance: Random) -> dict[int, list[float]]:
    """A few plants: in a year each may stand still for one to four months, and a new one may start in any month."""
    made = multiplied(family, chance)
    start = chance.choice(YEARS[4:]), chance.choice(MONTHS)
    bigger = chance.uniform(1.2, 1.8)
    for year in YEARS:
        down = range(0)
        if chance.random() < 0.3:
            first = chance.choice(MONTHS)
            down = range(first, first + chance.randint(1, 4))
        for month in MONTHS:
            if month in down:
                made[year][month - 1] *= chance.uniform(0.3, 0.8)
            if (year, month) >= start:
                made[year][month - 1] *= bigger
    return made


def ramped(family: Family, chance: Random) -> dict[int, list[float]]:
    """Work that is settled late: December brings a quarter to two fifths of the year, never the same part."""
    made = multiplied(family, chance)
    for months in made.values():
        months[11] *= chance.uniform(3, 6)
        months[10] *= chance.uniform(1, 2)
    return made


def sparse(family: Family, chance: Random) -> dict[int, list[float]]:
    """Lots that come in some months only; a closed crossing brings nothing for a while."""
    made = multiplied(family, chance)
    open_part = chance.uniform(0.35, 0.75)
    for months in made.values():
        for at in range(12):
            months[at] *= 0.0 if chance.random() > open_part else exp(chance.gauss(0, 0.6))
    return made


def turned(family: Family, chance: Random) -> dict[int, list[float]]:
    """A year that depends on rain: the strong months come earlier or later, and the whole year more or less."""
    made = multiplied(family, chance)
    for year in YEARS:
        late, wet = chance.choice((-1, 0, 0, 1)), exp(chance.gauss(0, 0.15))
        months = made[year]
        made[year] = [wet * months[(at - late) % 12] for at in range(12)]
    return made


def _shocks(family: Family, chance: Random) -> dict[tuple[int, int], float]:
    """April 2020 and the third quarter of 2021, deeper for some than for others, and back by steps."""
    if not family.shock:
        return {}
    first, second = (1 - family.shock * chance.random() for _ in range(2))
    found = {(2020, 3): (1 + first) / 2, (2020, 4): first, (2020, 5): (1 + first) / 2}
    found |= {(2021, month): second for month in (7, 8, 9)} | {(2021, 10): (1 + second) / 2}
    return found


def _tet_share(year: int, month: int) -> float:
    """How much of the fourteen days around mùng 1 Tết lies in a month."""
    first: date = shipped("lunar_new_year.yml")[year]
    days = [date.fromordinal(first.toordinal() + step) for step in range(-7, 7)]
    return sum((day.year, day.month) == (year, month) for day in days) / len(days)


_FLAT = (1.0,) * 12
_TRADE = (1.01, 0.94, 0.97, 0.97, 0.98, 0.99, 0.99, 1.0, 1.0, 1.03, 1.05, 1.07)
_WORKS = (0.92, 0.82, 0.98, 0.97, 0.99, 1.01, 1.0, 1.02, 1.03, 1.05, 1.08, 1.13)
_ABROAD = (0.95, 0.8, 0.97, 0.95, 0.98, 1.0, 1.02, 1.07, 1.06, 1.06, 1.06, 1.08)
_RAIN = (0.5, 0.4, 0.4, 0.5, 0.9, 1.4, 1.8, 1.9, 1.7, 1.2, 0.8, 0.5)

FAMILIES = (
    Family("retail", False, 0.10, 0.03, 0.02, _TRADE, 0.06, 0.25, says="retail sales: steady, a peak at Tết"),
    Family(
        "industry", False, 0.07, 0.05, 0.04, _WORKS, -0.15, 0.15, says="output of industry: a strong end of the year"
    ),
    Family("export", False, 0.08, 0.12, 0.08, _ABROAD, -0.20, 0.25, says="exports: few large firms, years apart"),
    Family("border", False, 0.03, 0.22, 0.28, _TRADE, -0.35, 0.60, says="border trade: lumpy, closed in bad months"),
    Family("line", True, 0.06, 0.06, 0.06, _WORKS, make=added, says="a straight line with additive season and noise"),
    Family("plants", True, 0.03, 0.06, 0.05, _FLAT, -0.10, 0.10, stopped, "a few plants: standstills, a new plant"),
    Family("works", True, 0.05, 0.15, 0.20, _FLAT, -0.20, 0.20, ramped, "work settled late: December brings most"),
    Family("lots", True, 0.02, 0.20, 0.30, _FLAT, -0.20, 0.50, sparse, "lots that come in some months only"),
    Family("rain", True, 0.02, 0.03, 0.12, _RAIN, 0.0, 0.0, turned, "hydropower: strong months earlier or later"),
)

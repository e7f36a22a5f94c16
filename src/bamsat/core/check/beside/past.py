# SPDX-License-Identifier: Apache-2.0
"""What was told before, by series: the same indicator, place, part and unit in other periods."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Stated
from bamsat.core.terms.data import shipped
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold

_DONE = ("actual", "estimate")
_JANUARY, _FEBRUARY = 0, 1


@dataclass(frozen=True, slots=True)
class Series:
    """What is the same over time; `length` in months, `back` how far a growth or an index looks back."""

    indicator: str
    place: str
    breakdown: str
    measure: str
    unit: str
    length: int
    back: int = 0
    price_basis: str = ""


def series_of(one: Stated) -> tuple[Series, Period] | None:
    """The series that a figure continues, and where in it; None for free labels, plans and what has no period."""
    figure = one.figure
    if figure.measure not in ("level", "growth", "index") or figure.status not in _DONE or not figure.period:
        return None
    if Knowledge.shipped().is_free(figure.indicator) or figure.value_high is not None:
        return None
    try:
        period = Period.parse(figure.period)
        back = period.last - Period.parse(figure.base).last if figure.base and figure.measure != "level" else 0
    except PeriodUnreadable:
        return None
    place = one.place or fold(figure.area or "")
    indicator, breakdown = _part_of(figure.indicator, figure.segment or "")
    prices = figure.price_basis or ""
    return Series(indicator, place, breakdown, figure.measure, figure.unit, period.length, back, prices), period


@lru_cache(maxsize=65536)
def _part_of(indicator: str, segment: str) -> tuple[str, str]:
    return Knowledge.shipped().part_of(indicator, segment)


def told_now(stated: Iterable[Stated]) -> Iterator[tuple[Stated, Series, Period]]:
    """What is newly told, with its series: not what is already approved and stands beside it to compare."""
    for one in stated:
        found = series_of(one) if one.weight <= 1 else None
        if found is not None:
            yield one, *found


class Past:
    """What is known of each series, by the first month of its periods; of several releases the surest."""

    def __init__(self, history: Iterable[Stated], stated: Iterable[Stated] = ()) -> None:
        self.points: dict[Series, dict[int, Stated]] = defaultdict(dict)
        self.priced: dict[Series, list[Series]] = defaultdict(list)
        self.releases: dict[tuple[Series, int], list[Stated]] = defaultdict(list)
        for one in (*history, *(known for known in stated if known.weight > 1)):
            found = series_of(one)
            if found is None:
                continue
            series, period = found
            self.releases[series, period.first].append(one)
            if series not in self.points:
                self.priced[replace(series, price_basis="")].append(series)
            before = self.points[series].get(period.first)
            if before is None or (before.official, before.weight) <= (one.official, one.weight):
                self.points[series][period.first] = one

    def of(self, series: Series) -> Mapping[int, Stated]:
        """What is known of a series; at other prices than it tells none, at unstated prices what is told of any."""
        known = self.points.get(series)
        if known is not None:
            return known
        alike = self.priced.get(replace(series, price_basis=""), ())
        comparable = [other for other in alike if not (other.price_basis and series.price_basis)]
        return self.points[comparable[0]] if len(comparable) == 1 else {}


# ---- Tết


@lru_cache(maxsize=1)
def _new_years() -> Mapping[int, datetime.date]:
    days: Mapping[int, datetime.date] = shipped("lunar_new_year.yml")
    return days


def tet_month(year: int) -> int | None:
    """The month that the lunar new year begins in: 1 or 2; None for a year that the table does not have.

    >>> tet_month(2023), tet_month(2024), tet_month(1800)
    (1, 2, None)
    """
    day = _new_years().get(year)
    return day.month if day else None


def feels_tet(period: Period) -> bool:
    """Whether Tết makes or breaks the figures of a period: a January or a February alone."""
    return period.length == 1 and period.first % 12 in (_JANUARY, _FEBRUARY)


def tet_moved(first: int, other: int) -> bool:
    """Whether Tết is in January in one of two years (given by any of their months), in February in the other."""
    return tet_month(first // 12) != tet_month(other // 12)

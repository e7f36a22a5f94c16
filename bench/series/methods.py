# SPDX-License-Identifier: Apache-2.0
"""The methods that the back-test compares: each answers with a year's total, or None where it has no ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import fmean, median

from bamsat.core.compare.forecast import Year, forecast
from bench.series.families import LAST, Series, series

TARGETS = range(2018, LAST + 1)
HISTORIES = (0, 1, 3, 5)


@dataclass(frozen=True, slots=True)
class Case:
    """What was known at the end of a month, and what the year came to."""

    series: Series
    year: int
    month: int
    done: float
    years: tuple[Year, ...]
    came: float

    @property
    def last(self) -> Year:
        return self.years[-1]


def cases(
    count: int,
    *,
    months: tuple[int, ...] = tuple(range(1, 12)),
    histories: tuple[int, ...] = HISTORIES,
    held_out: bool | None = None,
) -> Iterator[Case]:
    """Every month of every year asked for, with each length of history; a year that came to nothing has no forecast."""
    for one in series(count):
        if held_out is not None and one.family.held_out != held_out:
            continue
        for year in TARGETS:
            if one.total(year) <= 0:
                continue
            for month in months:
                past = [Year(before, one.to_date(before, month), one.total(before)) for before in range(2010, year)]
                past = [before for before in past if before.total > 0]
                for history in histories:
                    years = tuple(past[-history:]) if history else ()
                    yield Case(one, year, month, one.to_date(year, month), years, one.total(year))


def even_pace(case: Case) -> float:
    return case.done * 12 / case.month


def last_total(case: Case) -> float | None:
    """Naive: as much as last year, and never less than is done."""
    return max(case.last.total, case.done) if case.years else None


def last_rest(case: Case) -> float | None:
    """Seasonal naive: the months left bring what they brought last year."""
    return case.done + case.last.total - case.last.to_date if case.years else None


def damped(case: Case) -> float | None:
    """The months left of last year, with half of the growth to date."""
    if not case.years or case.last.to_date <= 0:
        return last_rest(case)
    return case.done + (case.last.total - case.last.to_date) * (1 + 0.5 * (case.done / case.last.to_date - 1))


def last_share(case: Case) -> float | None:
    """Growth to date carried forward whole: the same as the share of last year."""
    return _by_share(case, [case.last.to_date / case.last.total]) if case.years else None


def mean_share(case: Case) -> float | None:
    return _by_share(case, [fmean(_shares(case))]) if case.years else None


def middle_share(case: Case) -> float | None:
    return _by_share(case, [median(_shares(case))]) if case.years else None


def chosen(case: Case) -> float:
    """The method of the product."""
    return forecast(case.done, case.month, case.years).value


def _shares(case: Case) -> list[float]:
    return [year.to_date / year.total for year in case.years]


def _by_share(case: Case, share: list[float]) -> float:
    """What is done, at a share; where the share is too small to divide by, last year's months left are added."""
    return case.done / share[0] if share[0] > 0.005 else case.done + case.last.total - case.last.to_date


METHODS: dict[str, Callable[[Case], float | None]] = {
    "last_total": last_total,
    "even_pace": even_pace,
    "last_rest": last_rest,
    "last_share": last_share,
    "mean_share": mean_share,
    "middle_share": middle_share,
    "damped": damped,
    "chosen": chosen,
}

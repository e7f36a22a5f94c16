# SPDX-License-Identifier: Apache-2.0
"""The pace of a year: what is usually done by a month, what should be by now, what the rest of the year must bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MONTHS = 12

# How many finished years make the usual shape: five, as the five-year plan counts (docs/forecast.md compares).
USUAL_YEARS = 5

# A plan is at risk when it is at least twice as likely to be missed as to be met. At one half, every row about which
# little is known would be an alarm; docs/forecast.md counts how many alarms are right at each threshold.
AT_RISK_BELOW = 1 / 3


@dataclass(frozen=True, slots=True)
class Year:
    """A finished year: what was done by the same month, and in all."""

    year: int
    to_date: float
    total: float


@dataclass(frozen=True, slots=True)
class Shape:
    """The share of a year that is usually done by the end of a month; with no history the even share, and no years."""

    month: int
    share: float
    low: float
    high: float
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """What should be done by now for the plan to be met in the usual way, and how far what was done lies from it."""

    should: float
    low: float
    high: float
    done: float

    @property
    def ahead(self) -> float:
        return self.done - self.should

    @property
    def percent(self) -> float | None:
        """What was done, in percent of what should be done by now."""
        return self.done / self.should * 100 if self.should > 0 else None


@dataclass(frozen=True, slots=True)
class Needed:
    """What the plan still asks for: in all, and in each month left; `times` is that against a month so far."""

    left: float
    months: int
    each: float
    so_far: float
    times: float | None


def shape_of(years: Sequence[Year], month: int) -> Shape:
    """The usual share: the mean of the last finished years that have one.

    >>> shape_of([Year(2019, 70, 100), Year(2020, 74, 100)], 9)
    Shape(month=9, share=0.72, low=0.7, high=0.74, years=(2019, 2020))
    >>> shape_of([], 9)
    Shape(month=9, share=0.75, low=0.75, high=0.75, years=())
    """
    known = usable(years)
    if not known or month >= MONTHS:
        even = min(month / MONTHS, 1.0)
        return Shape(month, even, even, even, ())
    shares = [year.to_date / year.total for year in known]
    low, high = min(shares), max(shares)
    mean = min(max(sum(shares) / len(shares), low), high)
    return Shape(month, mean, low, high, tuple(year.year for year in known))


def usable(years: Sequence[Year]) -> list[Year]:
    """The last years, in their order, of which the part can be told as a share of the whole."""
    known = sorted((year for year in years if 0 <= year.to_date <= year.total > 0), key=lambda year: year.year)
    return known[-USUAL_YEARS:]


def pace_of(done: float, plan: float, shape: Shape) -> Pace:
    """What should be done by now: the plan times the usual share.

    >>> pace = pace_of(567_634.2, 803_300, Shape(9, 0.75, 0.72, 0.76, (2018, 2019)))
    >>> round(pace.should), round(pace.ahead), round(pace.percent, 1)
    (602475, -34841, 94.2)
    """
    low, high = sorted((plan * shape.low, plan * shape.high))
    return Pace(plan * shape.share, low, high, done)


def needed(done: float, plan: float, month: int) -> Needed:
    """What is left of the plan, and what each month left must bring; nothing is left of a plan that is met.

    >>> needed(567_634.2, 803_300, 9).months, round(needed(567_634.2, 803_300, 9).each), needed(90, 80, 9).left
    (3, 78555, 0.0)
    """
    left, months = max(plan - done, 0.0), max(MONTHS - month, 0)
    each = left / months if months else left
    so_far = done / month if month else 0.0
    return Needed(left, months, each, so_far, each / so_far if months and so_far > 0 else None)


def at_risk(chance: float | None) -> bool:
    """Whether the plan will probably be missed; nothing is said where no chance is known.

    >>> at_risk(0.2), at_risk(0.4), at_risk(None)
    (True, False, False)
    """
    return chance is not None and chance < AT_RISK_BELOW

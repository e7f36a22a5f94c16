# SPDX-License-Identifier: Apache-2.0
"""What a report has to say: facts, each a number with all that its words must carry; topics, facts told together.

A fact is the mirror of a figure read: what is written from it must read back to the same indicator, value, unit,
period, base and status (docs/reports/wording.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bamsat.core.terms.period import Period


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that may be told. Values are in base units (đồng, dollar, percent), signs included.

    `written` is how many base units one unit of the text has, with its name ("tỷ đồng", 10**9); `places` the decimals
    in which the source gave it or, for a computed number, those it is sure of: a source's number is never rounded.
    """

    indicator: str
    measure: str  # level, growth, change, plan_ratio, share, index, contribution, ratio
    value: Decimal
    unit: str
    period: Period
    base: Period | None = None  # growth, change, index: the period compared with
    status: str = "actual"  # actual, estimate, target, forecast
    hedge: str = ""  # over, nearly, about, at_least, at_most
    value_high: Decimal | None = None
    of: Decimal | None = None  # of a ratio "25/79"
    segment: str = ""
    area: str = ""  # name of the place
    price_basis: str = ""  # current, constant:2010
    low: Decimal | None = None  # bounds of the number that the ledger holds
    high: Decimal | None = None
    written: tuple[str, Decimal] = ("", Decimal(1))
    places: int | None = None
    entries: tuple[str, ...] = ()  # ids of the ledger entries that it comes from
    derived: bool = False
    how: str = ""  # the calculation, where derived
    source: str = ""  # the provider, as told in a note: "Thống kê tỉnh Cao Bằng"
    counted: str = ""  # by which a number counted in the office's own books, and in no entry, is counted again


@dataclass(frozen=True, slots=True)
class Topic:
    """One indicator (or part of it) in one period, all that is told of it in one breath."""

    indicator: str
    name: str  # as the catalogue names it: "Giá trị sản xuất công nghiệp"
    period: Period
    level: Fact | None = None
    growth: Fact | None = None  # on the same period of the year before
    growth_on_last: Fact | None = None  # on the period before
    plan_ratio: Fact | None = None
    plan: Fact | None = None
    share: Fact | None = None  # in the whole, of a part
    contribution: Fact | None = None  # in points, of a part
    segment: str = ""
    parts: tuple[Topic, ...] = ()
    to_date: Topic | None = None  # the same since January
    adds_up: str = "flow"  # flow, stock, index, ratio
    good: str = "none"  # up, down, none
    lacking: tuple[Period, ...] = ()  # months that nobody reported, so that nothing was added up

    def facts(self) -> tuple[Fact, ...]:
        """Its own, in the order in which they are told; without its parts."""
        return tuple(
            fact
            for fact in (
                self.level,
                self.growth_on_last,
                self.growth,
                self.plan_ratio,
                self.plan,
                self.share,
                self.contribution,
            )
            if fact is not None
        )

# SPDX-License-Identifier: Apache-2.0
"""Reporting periods (kỳ báo cáo; SDMX TIME_PERIOD): spans of whole months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bamsat.core.terms.errors import BamsatError

_CODE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})))?(?:/(\d{4})(?:-(\d{2}))?)?")


class PeriodUnreadable(BamsatError):
    """A period code that says no period."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole months, both ends included; months are counted from year 0.

    >>> Period.year(2021).code, Period.quarter(2021, 3).code, Period.months(2021, 1, 6).code
    ('2021', '2021-Q3', '2021-01/2021-06')
    >>> Period.parse("2021-Q1") == Period.months(2021, 1, 3)
    True
    """

    first: int
    last: int

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(year * 12, year * 12 + 11)

    @classmethod
    def years(cls, first: int, last: int) -> Period:
        return cls(first * 12, last * 12 + 11)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        return cls(year * 12 + 3 * quarter - 3, year * 12 + 3 * quarter - 1)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(year * 12 + month - 1, year * 12 + month - 1)

    @classmethod
    def months(cls, year: int, first: int, last: int) -> Period:
        """Months of one year; a span that passes December ends in the next year."""
        return cls(year * 12 + first - 1, year * 12 + last - 1 + (12 if last < first else 0))

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period of a code ("2021", "2021-Q1", "2021-07", "2021-01/2021-09", "2021/2025")."""
        return _parse(code)

    @property
    def code(self) -> str:
        """The code of DESIGN.md: the shortest that says the span."""
        return _code(self.first, self.last)

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def start_year(self) -> int:
        return self.first // 12

    @property
    def end_year(self) -> int:
        return self.last // 12

    @property
    def is_year(self) -> bool:
        return self.length == 12 and self.first % 12 == 0

    def in_year(self, year: int) -> Period:
        """The same months, ending in another year (the base of "cùng kỳ")."""
        shift = (year - self.end_year) * 12
        return Period(self.first + shift, self.last + shift)

    def shift_years(self, years: int) -> Period:
        return Period(self.first + 12 * years, self.last + 12 * years)

    def before(self) -> Period:
        """The period of the same length just before (tháng trước, quý trước)."""
        return Period(self.first - self.length, self.last - self.length)

    def __str__(self) -> str:
        return self.code


@lru_cache(maxsize=4096)
def _code(first: int, last: int) -> str:
    year, month = divmod(first, 12)
    length = last - first + 1
    if length == 12 and month == 0:
        return f"{year:04}"
    if length == 1:
        return f"{year:04}-{month + 1:02}"
    if length == 3 and month % 3 == 0:
        return f"{year:04}-Q{month // 3 + 1}"
    end_year, end_month = divmod(last, 12)
    if month == 0 and end_month == 11:
        return f"{year:04}/{end_year:04}"
    return f"{year:04}-{month + 1:02}/{end_year:04}-{end_month + 1:02}"


@lru_cache(maxsize=4096)
def _parse(code: str) -> Period:
    match = _CODE.fullmatch(code.strip())
    if match:
        year, quarter, month, end_year, end_month = (int(g) if g else 0 for g in match.groups())
        if quarter and not end_year:
            return Period.quarter(year, quarter)
        first = Period.month(year, month).first if month else year * 12
        if not end_year:
            last = first if month else year * 12 + 11
        else:
            last = end_year * 12 + (end_month - 1 if end_month else 11)
        if (
            last >= first
            and month <= 12
            and end_month <= 12
            and bool(month) == bool(end_month or (not end_year and month))
        ):
            return Period(first, last)
    raise PeriodUnreadable(
        vi=f"Không hiểu kỳ “{code}”. Hãy viết như 2021, 2021-Q3, 2021-07, 2021-01/2021-09 hoặc 2021/2025.",
        en=f"Cannot read the period “{code}”. Write it as 2021, 2021-Q3, 2021-07, 2021-01/2021-09 or 2021/2025.",
    )

# SPDX-License-Identifier: Apache-2.0
"""Periods as reports write them, alone and as what something is compared with."""

from __future__ import annotations

from functools import lru_cache

from bamsat.core.report.phrasebook import choose
from bamsat.core.terms.period import Period

_QUARTERS = ("I", "II", "III", "IV")


@lru_cache(maxsize=4096)
def period_words(period: Period) -> str:
    """The period in words.

    >>> period_words(Period.year(2021)), period_words(Period.months(2021, 1, 9)), period_words(Period.month(2026, 10))
    ('năm 2021', '9 tháng đầu năm 2021', 'tháng 10 năm 2026')
    >>> period_words(Period.quarter(2021, 2)), period_words(Period.years(2021, 2025))
    ('quý II năm 2021', 'giai đoạn 2021 - 2025')
    """
    year, month = divmod(period.first, 12)
    end_year, end_month = divmod(period.last, 12)
    if period.is_year:
        return f"năm {year}"
    if month == 0 and end_month == 11:
        return f"giai đoạn {year} - {end_year}"
    if period.length == 1:
        return f"tháng {month + 1} năm {year}"
    if period.length == 3 and month % 3 == 0:
        return f"quý {_QUARTERS[month // 3]} năm {year}"
    if year != end_year:
        return f"từ tháng {month + 1} năm {year} đến tháng {end_month + 1} năm {end_year}"
    if month == 0:
        return f"{period.length} tháng đầu năm {year}"
    if month == 6 and end_month == 11:
        return f"6 tháng cuối năm {year}"
    return f"từ tháng {month + 1} đến tháng {end_month + 1} năm {year}"


def base_words(period: Period, base: Period, style: int = 0) -> str:
    """What a figure of the period is compared with: "cùng kỳ năm 2020", "tháng trước", "năm 2020".

    >>> base_words(Period.month(2026, 10), Period.month(2026, 9)), base_words(Period.year(2021), Period.year(2020))
    ('tháng trước', 'cùng kỳ năm 2020')
    """
    return choose("bases." + base_kind(period, base), style).format(
        year=base.end_year, base=period_words(base), month=base.last % 12 + 1
    )


def base_kind(period: Period, base: Period) -> str:
    """How the two periods stand to each other, by the names that writing.yml has for it."""
    if base == period.shift_years(-1):
        return "year_before" if period.is_year else "same_before"
    if base == period.before() and period.length == 1:
        return "month_before"
    if base == period.before() and period.length == 3 and period.first % 3 == 0:
        return "quarter_before"
    if base.length == 1 and base.last == period.start_year * 12 - 1:
        return "december"
    same_months = base.length == period.length and (base.first - period.first) % 12 == 0
    if same_months and period.length < 12:
        return "same"
    return "other"


def listed(periods: tuple[Period, ...]) -> str:
    """Several periods in one breath: "tháng 4 và tháng 5 năm 2021".

    >>> listed((Period.month(2021, 4), Period.month(2021, 5)))
    'tháng 4 và tháng 5 năm 2021'
    """
    words = [period_words(period) for period in periods]
    years = {period.end_year for period in periods}
    if len(years) == 1 and all(period.length < 12 for period in periods):
        ending = f" năm {years.pop()}"
        words = [*(word.removesuffix(ending) for word in words[:-1]), *words[-1:]]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} và {words[-1]}" if words else ""

# SPDX-License-Identifier: Apache-2.0
"""Names of columns and periods for the period of a return: "Tháng {month}/{last_year}" is "Tháng 10/2025"."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils import translation

from bamsat.core.forms.definition import Column, Words
from bamsat.core.terms.period import Period
from bamsat.ui import words

_PLACE = re.compile(r"\{([a-z_]+)\}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV")


def column_name(column: Column, period: Period, english: bool = False) -> str:
    """What a column is called in a return of this period."""
    return filled(column.name, period, english)


def group_name(column: Column, period: Period, english: bool = False) -> str:
    """The head that a column shares with its neighbours; "" for a column of its own."""
    return filled(column.group, period, english) if column.group else ""


@lru_cache(maxsize=4096)
def filled(name: Words, period: Period, english: bool = False) -> str:
    """A name with its placeholders filled; one that nobody knows stays as it is written.

    >>> filled(Words("Tháng {last_month}/{last_month_year}"), Period.month(2026, 1))
    'Tháng 12/2025'
    >>> filled(Words("{months} tháng năm {year}", "{months} months of {year}"), Period.month(2026, 10), english=True)
    '10 months of 2026'
    """
    told = parts_of_period(period, english)
    return _PLACE.sub(lambda place: told.get(place[1], place[0]), name.said(english))


def parts_of_period(period: Period, english: bool = False) -> dict[str, str]:
    """What each placeholder stands for; of a period of several months, {month} is the last."""
    before = period.before()
    return {
        "month": _month(period.last, english), "year": str(period.end_year), "last_year": str(period.end_year - 1),
        "next_year": str(period.end_year + 1), "months": str(period.last % 12 + 1),
        "last_month": _month(period.last - 1, english), "last_month_year": str((period.last - 1) // 12),
        "quarter": _quarter(period.last, english), "last_quarter": _quarter(before.last, english),
        "last_quarter_year": str(before.end_year),
        "period": period_name(period, english), "last_period": period_name(before, english),
        "period_last_year": period_name(period.shift_years(-1), english),
    }  # fmt: skip


def period_name(period: Period, english: bool = False) -> str:
    """ "tháng 10/2026", "quý III/2026", "6 tháng đầu năm 2026"; "October 2026" in English."""
    with translation.override("en" if english else "vi"):
        return words.period(period.code)


def titled(name: str, period: Period, english: bool = False) -> str:
    """A form's name with the period, where the name already ends with the period's first word without saying it twice.

    >>> titled("Bán lẻ hàng hóa tháng", Period.month(2026, 10)), titled("Biểu chợ", Period.year(2026))
    ('Bán lẻ hàng hóa tháng 10/2026', 'Biểu chợ năm 2026')
    """
    when = period_name(period, english)
    last, first = name.rpartition(" ")[2], when.partition(" ")[0]
    return f"{name} {when[len(first) :].strip()}" if last.casefold() == first.casefold() else f"{name} {when}"


def _month(count: int, english: bool) -> str:
    """Months have numbers in Vietnamese and names in English."""
    return _MONTHS[count % 12] if english else str(count % 12 + 1)


def _quarter(count: int, english: bool) -> str:
    quarter = count % 12 // 3
    return str(quarter + 1) if english else _ROMAN[quarter]

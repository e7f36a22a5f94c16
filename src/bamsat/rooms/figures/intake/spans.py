# SPDX-License-Identifier: Apache-2.0
"""Periods as column heads and cells write them: 2021, 07/2021, T7/2021, quý III/2021, 2021-Q3, 2021-M07, 6T/2021."""

from __future__ import annotations

import re
from functools import lru_cache

from bamsat.core.read.periods import read_period
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.vietnamese import fold

_YEAR = r"(?P<year>19[5-9]\d|20\d\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:nam |ca nam |uoc |kh |th )?{_YEAR}",
        rf"{_YEAR}-?m{_MONTH}",
        rf"(?:t|thang )\s?{_MONTH}\s?(?:[/.\-]|nam |\s)\s?(?:nam )?{_YEAR}",
        rf"{_MONTH}\s?[/.\-]\s?{_YEAR}",
        rf"{_YEAR}[/.]{_MONTH}",
        rf"(?:q|quy)\s?(?P<quarter>iii|ii|iv|i|[1-4])\s?(?:[/.\-]|nam |\s)\s?(?:nam )?{_YEAR}",
        rf"{_YEAR}\s?-?\s?q(?P<quarter>[1-4])",
        rf"(?P<months>[2-9]|1[0-2])\s?(?:t|thang)(?: dau)?(?: nam)?\s?[/.\-]?\s?(?:nam )?{_YEAR}",
        rf"(?:h|s)(?P<half>[12])\s?[/.\-]?\s?{_YEAR}",
        rf"{_YEAR}-?[sh](?P<half>[12])",
        rf"{_YEAR}-?a1?",
        rf"(?:giai doan )?{_YEAR}\s?-\s?(?P<until>20\d\d)",
        rf"(?:1[0-2]|0?[1-9]|[12]\d|3[01])[/\-]{_MONTH}[/\-]{_YEAR}(?: 00:00)?",
    )
)
_LOOSE_MONTH = re.compile(r"(?:t|thang )\s?(?P<month>1[0-2]|0?[1-9])|(?P<bare>1[0-2]|0?[1-9])")
_LOOSE_QUARTER = re.compile(r"(?:q|quy)\s?(?P<quarter>iii|ii|iv|i|[1-4])")
_LOOSE_MONTHS = re.compile(r"(?P<months>[2-9]|1[0-2])\s?(?:t|thang)(?: dau nam)?")
_WHOLE_YEAR = {"ca nam", "nam", "tong ca nam", "ca nam "}


@lru_cache(maxsize=8192)
def read_span(text: str) -> Period | None:
    """The one period that a cell names.

    >>> [read_span(text).code for text in ("2021", "07/2021", "T7/2021", "quý III/2021", "6 tháng 2021", "2021-M07")]
    ['2021', '2021-07', '2021-07', '2021-Q3', '2021-01/2021-06', '2021-07']
    """
    text = text.removeprefix("=").strip()
    if not text or len(text) > 60:
        return None
    found = _read(text)
    # A phrase that leaves its year to the document it stands in names no period here; no calendar has a year 0.
    return found if found and found.first >= 1900 * 12 and found.last < 2200 * 12 else None


def _read(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except PeriodUnreadable:
        pass
    folded = fold(text)
    for form in _FORMS:
        if found := form.fullmatch(folded):
            return _period(found.groupdict())
    return read_period(text)


def _period(said: dict[str, str | None]) -> Period | None:
    year = int(said["year"] or 0)
    if said.get("until"):
        until = int(said["until"] or 0)
        return Period.years(year, until) if until >= year else None
    if said.get("month"):
        return Period.month(year, int(said["month"] or 0))
    if said.get("months"):
        return Period.months(year, 1, int(said["months"] or 0))
    if quarter := said.get("quarter"):
        return Period.quarter(year, _ROMAN.get(quarter) or int(quarter))
    if half := said.get("half"):
        return Period.months(year, 1, 6) if half == "1" else Period.months(year, 7, 12)
    return Period.year(year)


def read_part(text: str, year: int) -> Period | None:
    """What a head below a year's head names: "Tháng 7", "Quý I", "6 tháng", "Cả năm".

    >>> [read_part(t, 2021).code for t in ("Tháng 7", "T7", "7", "Quý I", "6 tháng", "Cả năm")]
    ['2021-07', '2021-07', '2021-07', '2021-Q1', '2021-01/2021-06', '2021']
    """
    folded = fold(text.removeprefix("="))
    if folded in _WHOLE_YEAR:
        return Period.year(year)
    if found := _LOOSE_MONTHS.fullmatch(folded):
        return Period.months(year, 1, int(found["months"]))
    if found := _LOOSE_MONTH.fullmatch(folded):
        return Period.month(year, int(found["month"] or found["bare"]))
    if found := _LOOSE_QUARTER.fullmatch(folded):
        return Period.quarter(year, _ROMAN.get(found["quarter"]) or int(found["quarter"]))
    return None

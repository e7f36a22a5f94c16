# SPDX-License-Identifier: Apache-2.0
"""The day that stands behind a document's number: "ngày 15/4/2021", "ngày 15 tháng 4 năm 2021", "năm 2021"."""

from __future__ import annotations

import re
from datetime import date

_B = "[ \u00a0]{0,3}"
_DAY = re.compile(
    rf"(?:(?:ban hành|ký|ký ban hành|đề|được ban hành|lập){_B})?(?:từ{_B})?ngày{_B}(?P<day>\d{{1,2}})"
    rf"(?:{_B}[/.\-–]{_B}(?P<month>\d{{1,2}}){_B}[/.\-–]{_B}(?P<year>\d{{4}}|\d\d(?!\d))"
    rf"|{_B}tháng{_B}(?P<month_2>\d{{1,2}}){_B},?{_B}năm{_B}(?P<year_2>\d{{4}})"
    rf"|{_B}tháng{_B}(?P<month_4>\d{{1,2}}){_B}/{_B}(?P<year_4>\d{{4}})"
    rf"|{_B}[/\-]{_B}(?P<month_3>\d{{1,2}})(?![\d/]))"
)
_BARE = re.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})(?!\d)")
_YEAR = re.compile(
    rf"(?:tháng{_B}\d{{1,2}}{_B}(?:/{_B}|năm{_B})|năm{_B}|(?=20|19))(?P<year>(?:19|20)\d\d)(?![\d/%.,]\d|\d| *[-–] *\d)"
)


def day_at(low: str, at: int, limit: int, year: int | None, bare: bool = False) -> tuple[int, str, bool] | None:
    """The end and the date (YYYY-MM-DD) of a day at a place of a text; whether its year was not said."""
    match = _DAY.match(low, at, limit) or (_BARE.match(low, at, limit) if bare else None)
    if match is None:
        return None
    parts = match.groupdict()
    month = parts["month"] or parts.get("month_2") or parts.get("month_4") or parts.get("month_3") or "0"
    said = parts["year"] or parts.get("year_2") or parts.get("year_4")
    if said is None and year is None:
        return match.end(), "", True
    number = int(said) if said else year or 0
    try:
        found = date(number + 2000 if number < 100 else number, int(month), int(parts["day"]))
    except ValueError:
        return None
    return match.end(), found.isoformat(), said is None


def year_at(low: str, at: int, limit: int) -> tuple[int, str] | None:
    """The end and the year of "năm 2021" or "tháng 4/2021" at a place of a text."""
    match = _YEAR.match(low, at, limit)
    return (match.end(), match["year"]) if match else None

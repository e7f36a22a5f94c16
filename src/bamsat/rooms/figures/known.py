# SPDX-License-Identifier: Apache-2.0
"""The day whose knowledge a page shows ("Biết đến ngày"): what was recorded after it is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import HttpRequest
from django.utils import timezone

NAME = "biet"
_FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """The day that was typed, and what else the address says, which the form must keep."""

    typed: str
    day: date | None
    rest: tuple[tuple[str, str], ...]

    @property
    def moment(self) -> datetime | None:
        """The end of that day in Viet Nam."""
        return end_of_day(self.day) if self.day else None

    @property
    def unreadable(self) -> bool:
        return bool(self.typed) and self.day is None


def known_of(request: HttpRequest) -> Known:
    typed = request.GET.get(NAME, "").strip()[:40]
    rest = tuple((name, str(request.GET[name])) for name in request.GET if name not in (NAME, "trang"))
    return Known(typed, day_read(typed), rest)


def day_read(text: str) -> date | None:
    """
    >>> day_read("2025-07-01") == day_read("1/7/2025"), day_read("31/02/2025"), day_read("hôm qua")
    (True, None, None)
    """
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


def end_of_day(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))

# SPDX-License-Identifier: Apache-2.0
"""The calendar that deadlines are counted by: Viet Nam's public holidays as computed, and the table's exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

import holidays
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from bamsat.core.act.calendar import Calendar
from bamsat.rooms.catalogue.models import DayOff, Edition
from bamsat.ui.words import language

_COUNTRY = "VN"
_WEEKDAYS = (
    _l("Thứ Hai"), _l("Thứ Ba"), _l("Thứ Tư"), _l("Thứ Năm"), _l("Thứ Sáu"), _l("Thứ Bảy"), _l("Chủ nhật"),
)  # fmt: skip
_LANGUAGES = {"vi": "vi", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says, or a holiday that falls on a weekend."""

    day: date
    name: str
    working: bool
    stated: DayOff | None = None  # the row of the table that says so; nothing where the day was computed

    @property
    def weekday(self) -> str:
        return str(_WEEKDAYS[self.day.weekday()])


_kept: tuple[UUID, dict[tuple[int, int], Calendar]] | None = None


def calendar(first_year: int, last_year: int) -> Calendar:
    """The working days of some years, both included; from memory as long as no table changed, one small query then."""
    global _kept  # noqa: PLW0603 - what a process knows, and of which edition of the tables
    stamp = Edition.objects.filter(pk=Edition.ONLY).values_list("stamp", flat=True).first()
    if stamp is None:
        return _read(first_year, last_year)
    if _kept is None or _kept[0] != stamp:
        _kept = (stamp, {})
    known = _kept[1]
    if (first_year, last_year) not in known:
        known[first_year, last_year] = _read(first_year, last_year)
    return known[first_year, last_year]


def special_days(first_year: int, last_year: int) -> list[SpecialDay]:
    """Every day of some years that is off or worked in lieu, in order and in words; what the table says comes first."""
    found: dict[date, SpecialDay] = {}
    for year in range(first_year, last_year + 1):
        off, worked = _computed(year, _LANGUAGES[language()])
        found |= {day: SpecialDay(day, name, working=False) for day, name in off}
        found |= {day: SpecialDay(day, _("Làm bù ngày nghỉ hoán đổi"), working=True) for day in worked}
    found |= {row.day: SpecialDay(row.day, row.name, row.working, row) for row in _rows(first_year, last_year)}
    return [found[day] for day in sorted(found)]


def _read(first_year: int, last_year: int) -> Calendar:
    special = special_days(first_year, last_year)
    return Calendar(
        off=frozenset(one.day for one in special if not one.working),
        working=frozenset(one.day for one in special if one.working),
    )


def _rows(first_year: int, last_year: int) -> Iterable[DayOff]:
    return DayOff.objects.filter(day__year__gte=first_year, day__year__lte=last_year)


@lru_cache(maxsize=256)
def _computed(year: int, tongue: str) -> tuple[tuple[tuple[date, str], ...], tuple[date, ...]]:
    """Days off with their names, and weekend days worked in lieu, as far as the package knows them."""
    known = holidays.country_holidays(_COUNTRY, years=year, language=tongue)
    worked = (day for day in known.weekend_workdays if day.year == year)
    return tuple(sorted(known.items())), tuple(sorted(worked))

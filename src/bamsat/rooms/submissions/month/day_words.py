# SPDX-License-Identifier: Apache-2.0
"""Days as a sentence says them: "thứ Hai, 19/10/2026"."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WEEKDAYS = (
    gettext_lazy("thứ Hai"), gettext_lazy("thứ Ba"), gettext_lazy("thứ Tư"), gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"), gettext_lazy("thứ Bảy"), gettext_lazy("Chủ nhật"),
)  # fmt: skip


def weekday(day: date) -> str:
    return str(_WEEKDAYS[day.weekday()])


def long_day(day: date) -> str:
    return f"{weekday(day)}, {day:%d/%m/%Y}"


def short_day(day: date) -> str:
    return f"{weekday(day)}, {day:%d/%m}"


def how_long_ago(day: date, today: date) -> str:
    """ "hôm nay", "hôm qua", else the day."""
    if day == today:
        return _("hôm nay")
    return _("hôm qua") if (today - day).days == 1 else short_day(day)

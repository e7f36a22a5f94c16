# SPDX-License-Identifier: Apache-2.0
"""How numbers, units, periods and measures are said on a page, in the language of the page.

Numbers are written the Vietnamese way in both languages; a value is never rounded, only its unit is changed.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from django.utils import timezone
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from bamsat.core.read import doubts
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period, PeriodUnreadable
from bamsat.core.terms.unit import read_unit
from bamsat.core.terms.unit import unit_name as name_of_unit

DASH = "–"

MONEY = (
    (Decimal(1_000_000_000), {"VND": gettext_noop("tỷ đồng")}),
    (Decimal(1_000_000), {"VND": gettext_noop("triệu đồng"), "USD": gettext_noop("triệu USD")}),
    (Decimal(1), {"VND": gettext_noop("đồng"), "USD": "USD"}),
)

# Sizes of units that documents write, with an English name in the catalogue.
SHOWN_UNITS = (
    "tỷ đồng",
    "triệu đồng",
    "triệu USD",
    gettext_noop("nghìn tỷ đồng"),
    gettext_noop("nghìn đồng"),
    gettext_noop("tỷ USD"),
    gettext_noop("nghìn USD"),
    gettext_noop("nghìn tấn"),
    gettext_noop("triệu tấn"),
    gettext_noop("triệu kWh"),
    gettext_noop("tỷ kWh"),
    gettext_noop("nghìn người"),
    gettext_noop("triệu lượt"),
    gettext_noop("nghìn lượt"),
)
_TAIL = re.compile(r"\d\s*([^\d]*)$")

# ---- numbers


def number(value: Decimal | int | str | None) -> str:
    """1234567.5 -> "1.234.567,5"; as many decimals as the value has, none added and none lost."""
    return "" if value is None or value == "" else format_number(Decimal(value))


def signed(value: Decimal | int | str | None) -> str:
    """A growth carries its sign: "+12,77", "−1,7", "0"."""
    shown = number(value)
    return f"+{shown}" if shown and Decimal(str(value)) > 0 else shown


def span(low: Decimal, high: Decimal) -> str:
    return f"{number(low)} {DASH} {number(high)}"


HEDGES = {
    "over": gettext_noop("trên %(number)s"),
    "nearly": gettext_noop("gần %(number)s"),
    "about": gettext_noop("khoảng %(number)s"),
    "at_least": gettext_noop("từ %(number)s trở lên"),
    "at_most": gettext_noop("không quá %(number)s"),
}


def hedged(shown: str, hedge: str | None) -> str:
    """The hedge of the source is kept: "trên 68.800", "gần +16%"."""
    return _(HEDGES[hedge]) % {"number": shown} if hedge in HEDGES else shown


# ---- units


def money(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """The size in which people say an amount of money: billions, millions, or as it is."""
    for size, names in MONEY:
        if unit in names and (abs(value) >= size or size == 1):
            return size, _(names[unit])
    return Decimal(1), unit_name(unit)


def size_and_unit(value: Decimal, unit: str, as_written: str = "") -> tuple[Decimal, str]:
    """The size and the name of the unit in which a value is said: as the document wrote it, else as people do."""
    words_ = _TAIL.search(" ".join(as_written.split()))
    found = read_unit(words_[1].lower()) if words_ and words_[1] else None
    if found and found.code == unit and found.scale != 1 and words_ and found.end == len(words_[1]):
        said = words_[1]
        if language() == "vi" or said in SHOWN_UNITS:
            return found.scale, _(said)
    return money(value, unit)


def unit_name(unit: str) -> str:
    """The name of a unit, or of a compound: "VND/kg" -> "đồng/kg"; points are "điểm %"."""
    if not unit or unit in ("%", "USD", "kWh", "MW", "ha", "kg", "km"):
        return unit
    if unit in SHOWN_UNITS:
        return _(unit)
    if unit == "point":
        return _("điểm %")
    if unit == "%/year":
        return _("%/năm")
    return name_of_unit(unit, language())


def in_unit(value: Decimal, unit: str, as_written: str = "") -> tuple[str, str]:
    """Number and unit as two pieces, for two columns."""
    size, name = size_and_unit(value, unit, as_written)
    return number(value / size), name


# ---- periods and dates


def period(code: str | None) -> str:
    """ "2021-01/2021-06" -> "6 tháng đầu năm 2021"; a code that cannot be read is shown as it is."""
    return _period(code, get_language()) if code else ""


@lru_cache(maxsize=4096)
def _period(code: str, _language: str | None) -> str:
    try:
        return _said(Period.parse(code))
    except PeriodUnreadable:
        return code


def _said(span_: Period) -> str:
    year, month = divmod(span_.first, 12)
    end_year, end_month = divmod(span_.last, 12)
    names = {
        "year": year,
        "end_year": end_year,
        "month": _month(month + 1),
        "end_month": _month(end_month + 1),
        "length": span_.length,
        "quarter": _quarter(month // 3 + 1),
    }
    return _period_pattern(span_, month, year == end_year, end_month) % names


def _period_pattern(span_: Period, month: int, one_year: bool, end_month: int) -> str:
    if span_.is_year:
        return _("năm %(year)s")
    if span_.length == 1:
        return _("tháng %(month)s/%(year)s")
    if span_.length == 3 and month % 3 == 0:
        return _("quý %(quarter)s/%(year)s")
    if one_year and month == 0:
        return _("6 tháng đầu năm %(year)s") if span_.length == 6 else _("%(length)s tháng năm %(year)s")
    if one_year and span_.length == 6 and month == 6:
        return _("6 tháng cuối năm %(year)s")
    if month == 0 and end_month == 11:
        return _("giai đoạn %(year)s–%(end_year)s")
    if one_year:
        return _("tháng %(month)s–%(end_month)s/%(year)s")
    return _("tháng %(month)s/%(year)s–%(end_month)s/%(end_year)s")


def language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


class Spoken(Protocol):
    """What is said in both languages: an expected trouble, why something was left."""

    @property
    def vi(self) -> str: ...

    @property
    def en(self) -> str: ...


def told(what: Spoken) -> str:
    """A trouble, or whatever else is said in both languages, in the language of the page."""
    return what.en if language() == "en" else what.vi


def _month(month: int) -> str:
    """Months have numbers in Vietnamese and names in English."""
    english = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return english[month - 1] if language() == "en" else str(month)


def _quarter(quarter: int) -> str:
    return str(quarter) if language() == "en" else ("I", "II", "III", "IV")[quarter - 1]


def period_short(code: str | None) -> str:
    """For the foot of a chart, where room is small: "2021", "T7/2021", "Q3/2021", "9T/2021"."""
    if not code:
        return ""
    try:
        span_ = Period.parse(code)
    except PeriodUnreadable:
        return code
    year, month = divmod(span_.first, 12)
    if span_.is_year:
        return str(year)
    if span_.length == 1:
        return pgettext("short month", "T%(month)s/%(year)s") % {"month": month + 1, "year": year}
    if span_.length == 3 and month % 3 == 0:
        return pgettext("short quarter", "Q%(quarter)s/%(year)s") % {"quarter": month // 3 + 1, "year": year}
    if month == 0 and span_.end_year == year:
        return pgettext("short months", "%(months)sT/%(year)s") % {"months": span_.length, "year": year}
    return code.replace("/", f" {DASH} ")


def month_of(count: int) -> str:
    """A month counted from year 0, as the ledger keeps it."""
    return period(Period(count, count).code)


def capital(text: str) -> str:
    """The first letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def day(value: date | datetime | None) -> str:
    """DD/MM/YYYY, on the clock of Viet Nam."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%d/%m/%Y}"


def moment(value: datetime | None) -> str:
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%d/%m/%Y %H:%M}"


def size(count: int) -> str:
    """The size of a file, in words that people compare: "84 KB", "1,2 MB"."""
    if count < 1024 * 1024:
        return f"{number(max(1, round(count / 1024)))} KB"
    return f"{number(Decimal(round(count * 10 / (1024 * 1024))) / 10)} MB"


# ---- what kind of number it is


MEASURES = {
    "level": gettext_noop("mức"),
    "growth": gettext_noop("tăng trưởng"),
    "change": gettext_noop("mức tăng, giảm"),
    "plan_ratio": gettext_noop("so với kế hoạch"),
    "share": gettext_noop("tỷ trọng"),
    "index": gettext_noop("chỉ số"),
    "contribution": gettext_noop("đóng góp"),
    "ratio": gettext_noop("tỷ lệ"),
}
STATUSES = {
    "actual": gettext_noop("thực hiện"),
    "estimate": gettext_noop("ước"),
    "target": gettext_noop("kế hoạch"),
    "plan": gettext_noop("kế hoạch"),
    "forecast": gettext_noop("dự báo"),
}
PRICES = {"current": gettext_noop("giá hiện hành"), "constant": gettext_noop("giá so sánh %(year)s")}
FIELDS = {
    "area": gettext_noop("địa bàn"),
    "period": gettext_noop("kỳ"),
    "base": gettext_noop("kỳ so sánh"),
    "indicator": gettext_noop("chỉ tiêu"),
    "segment": gettext_noop("phân tổ"),
    "unit": gettext_noop("đơn vị"),
    "status": gettext_noop("tình trạng số"),
}


def measure(code: str) -> str:
    return _(MEASURES[code]) if code in MEASURES else code


def status(code: str) -> str:
    return _(STATUSES[code]) if code in STATUSES else code


def price_basis(code: str | None) -> str:
    kind, _colon, year = (code or "").partition(":")
    return _(PRICES[kind]) % {"year": year} if kind in PRICES else ""


def carries_sign(measure_: str) -> bool:
    return measure_ in ("growth", "change", "contribution")


def doubt(said: str) -> str:
    """What the reader is unsure of; it is kept in Vietnamese, as every reading is."""
    return doubts.in_english(said) if language() == "en" else said


SPOTS = {
    "đoạn": gettext_noop("đoạn %(number)s"),
    "khung chữ ở đoạn": gettext_noop("khung chữ ở đoạn %(number)s"),
    "chú thích": gettext_noop("chú thích %(number)s"),
    "trang": gettext_noop("trang %(number)s"),
    "dòng": gettext_noop("dòng %(number)s"),
    "bảng": gettext_noop("bảng %(number)s"),
    "hàng": gettext_noop("hàng %(number)s"),
    "cột": gettext_noop("cột %(number)s"),
}
PAGE_EDGES = {"đầu trang": gettext_noop("đầu trang"), "chân trang": gettext_noop("chân trang")}
_SPOT = re.compile(rf"(?<![^ ])({'|'.join(SPOTS)}) (\d+)(?=,|$)")


def spot(at: str) -> str:
    """Where a figure stands in its document: "trang 3, bảng 1, hàng 3, cột 4"; the cell of a sheet as it is."""
    if at in PAGE_EDGES:
        return _(PAGE_EDGES[at])
    return _SPOT.sub(lambda found: _(SPOTS[found[1]]) % {"number": found[2]}, at)

# SPDX-License-Identifier: Apache-2.0
"""Numbers, units, periods and dates in words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from bamsat.ui import words

PERIODS = {
    "2021": ("năm 2021", "2021", "2021"),
    "2021-Q3": ("quý III/2021", "Q3/2021", "Q3 2021"),
    "2023-08": ("tháng 8/2023", "T8/2023", "August 2023"),
    "2021-01/2021-06": ("6 tháng đầu năm 2021", "6T/2021", "first half of 2021"),
    "2021-07/2021-12": ("6 tháng cuối năm 2021", "2021-07 – 2021-12", "second half of 2021"),
    "2021-01/2021-09": ("9 tháng năm 2021", "9T/2021", "9 months of 2021"),
    "2021-06/2021-12": ("tháng 6–12/2021", "2021-06 – 2021-12", "June–December 2021"),
    "2020-05/2021-06": ("tháng 5/2020–6/2021", "2020-05 – 2021-06", "May 2020 – June 2021"),
    "2021/2025": ("giai đoạn 2021–2025", "2021 – 2025", "2021–2025"),
}


@pytest.mark.parametrize("code", PERIODS)
def test_a_period_is_said_as_people_say_it(code: str):
    vietnamese, short, english = PERIODS[code]
    with translation.override("vi"):
        assert words.period(code) == vietnamese
        assert words.period_short(code) == short
    with translation.override("en"):
        assert words.period(code) == english


def test_a_period_that_cannot_be_read_is_shown_as_it_is():
    assert words.period("mùa xuân") == "mùa xuân"
    assert words.period("") == ""


def test_numbers_are_never_rounded():
    assert words.number(Decimal("8871.77")) == "8.871,77"
    assert words.number(Decimal("-0.1262")) == "−0,1262"
    assert words.number(None) == ""
    assert words.signed(Decimal("12.77")) == "+12,77"
    assert words.signed(Decimal("-1.7")) == "−1,7"
    assert words.signed(Decimal(0)) == "0"


@pytest.mark.parametrize(
    ("value", "unit", "written", "shown"),
    [
        ("5300000000000", "VND", "5.300 tỷ đồng", ("5.300", "tỷ đồng")),
        ("3926000000", "VND", "3,926 tỷ đồng", ("3,926", "tỷ đồng")),
        ("850000000", "VND", "850 triệu đồng", ("850", "triệu đồng")),
        ("25000", "VND", "", ("25.000", "đồng")),
        ("777792000", "USD", "777,792 triệu USD", ("777,792", "triệu USD")),
        ("1500000000", "USD", "1,5 tỷ USD", ("1,5", "tỷ USD")),
        ("1500000000", "USD", "", ("1.500", "triệu USD")),
        ("157500", "ton", "157,5 nghìn tấn", ("157,5", "nghìn tấn")),
        ("157500", "ton", "", ("157.500", "tấn")),
        ("25000", "VND/kg", "", ("25.000", "đồng/kg")),
        ("12.77", "%", "", ("12,77", "%")),
        ("1.2", "point", "", ("1,2", "điểm %")),
        ("79", "chợ", "", ("79", "chợ")),
    ],
)
def test_an_amount_is_said_in_the_unit_of_its_document(value: str, unit: str, written: str, shown: tuple[str, str]):
    assert words.in_unit(Decimal(value), unit, written) == shown


@pytest.mark.parametrize(
    ("hedge", "shown"),
    [
        ("over", "trên 68.800"),
        ("nearly", "gần 68.800"),
        ("about", "khoảng 68.800"),
        ("at_least", "từ 68.800 trở lên"),
        ("at_most", "không quá 68.800"),
        ("", "68.800"),
        (None, "68.800"),
    ],
)
def test_the_hedge_is_kept(hedge: str | None, shown: str):
    assert words.hedged("68.800", hedge) == shown


def test_dates_are_on_the_clock_of_viet_nam():
    assert words.day(date(2021, 3, 2)) == "02/03/2021"
    assert words.moment(datetime(2021, 3, 1, 18, 30, tzinfo=UTC)) == "02/03/2021 01:30"
    assert words.day(None) == words.moment(None) == ""


def test_sizes_of_files():
    assert [words.size(count) for count in (10, 84 * 1024, 1024 * 1024 * 6 // 5)] == ["1 KB", "84 KB", "1,2 MB"]


def test_price_bases_and_measures():
    assert words.price_basis("constant:2010") == "giá so sánh 2010"
    assert words.price_basis("") == ""
    assert words.measure("plan_ratio") == "so với kế hoạch"
    assert words.status("target") == "kế hoạch"


SPOTS = {
    "đoạn 12": "paragraph 12",
    "khung chữ ở đoạn 3": "text box at paragraph 3",
    "chú thích 2": "note 2",
    "trang 3, bảng 1, hàng 3, cột 4": "page 3, table 1, row 3, column 4",
    "dòng 7": "line 7",
    "đầu trang": "page header",
    "KetQua!C7": "KetQua!C7",
    "bảng 2!C7": "bảng 2!C7",
    "Công nghiệp, bảng 2": "Công nghiệp, table 2",
}


@pytest.mark.parametrize("at", SPOTS)
def test_a_spot_in_a_document_is_said_in_the_language_of_the_page(at: str):
    assert words.spot(at) == at
    with translation.override("en"):
        assert words.spot(at) == SPOTS[at]

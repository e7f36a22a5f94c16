# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.quantity import Quantity, read_quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("844 nghìn tỷ đồng", "844E12", "VND"),
        ("44.767,5 tỷ đồng", "44767.5E9", "VND"),
        ("28,85 tỷ USD", "28.85E9", "USD"),
        ("1,156 triệu tỷ đồng", "1156E12", "VND"),
        ("12 tr.đ", "12E6", "VND"),
        ("11,5%", "11.5", "%"),
        ("8,5 điểm phần trăm", "8.5", "point"),
        ("352,7 ngàn tấn", "352700", "ton"),
        ("01 nhà máy", "1", "nhà máy"),
        ("6%/năm", "6", "%/year"),
        ("900 đồng/kg", "900", "VND/kg"),
        ("500MW", "500", "MW"),
        ("hai mươi lăm phần trăm", "25", "%"),
        ("ba doanh nghiệp", "3", "doanh nghiệp"),
    ],
)
def test_it_reads_the_amounts_of_reports(text, value, unit):
    assert read_quantity(text) == Quantity(Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("4 - 5,4 triệu đồng/người/tháng", "4E6", "5.4E6", "VND/person/month"),
        ("900 nghìn - 1 triệu đồng", "900E3", "1E6", "VND"),
        ("từ 10% đến 20%", "10", "20", "%"),
        ("3-4 lần", "3", "4", "times"),
        ("5–10%", "5", "10", "%"),
    ],
)
def test_it_reads_ranges(text, low, high, unit):
    read = read_quantity(text)
    assert (read.value, read.value_high, read.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("gần 6 tỷ đồng", "nearly"),
        ("khoảng 5 tấn", "about"),
        ("trên 68.800 tỷ đồng", "over"),
        ("từ 8% trở lên", "at_least"),
    ],
)
def test_it_reads_the_hedge(text, hedge):
    assert read_quantity(text).hedge == hedge


@pytest.mark.parametrize("text", ["", "tăng trưởng", "ngày 26/02", "hai xã hội", "12 tỷ lệ", "-", "từ đến"])
def test_it_reads_no_amount(text):
    assert read_quantity(text) is None


@given(
    st.integers(1, 10**12), st.sampled_from([("đồng", "VND", 1), ("tỷ đồng", "VND", 10**9), ("nghìn tấn", "ton", 1000)])
)
def test_every_amount_that_is_written_is_read_back(n, unit):
    words, code, scale = unit
    assert read_quantity(f"{format_number(n)} {words}") == Quantity(Decimal(n * scale), code)

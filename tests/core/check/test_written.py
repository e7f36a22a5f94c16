# SPDX-License-Identifier: Apache-2.0
"""Amounts, spans and periods as the sentences of the check write them."""

from __future__ import annotations

import doctest
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.check.told import case, ranges
from bamsat.core.check.words import naming, written
from bamsat.core.check.words.written import amount, digits, grew, period_words, span
from bamsat.core.terms.numbers import read_number


@pytest.mark.parametrize("module", [written, naming, case, ranges], ids=lambda module: module.__name__)
def test_examples_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        ("305917618", "306195288", "USD", "305,9 – 306,2 triệu USD"),
        ("5273131840796", "5327135678392", "VND", "5.273 – 5.328 tỷ đồng"),
        ("843500000000000", "844500000000000", "VND", "843.500 – 844.500 tỷ đồng"),
        ("40", "40", "chợ", "40 chợ"),
        ("12.765", "12.775", "%", "12,765 – 12,775%"),
        ("4500000", "4600000", "VND", "4,5 – 4,6 triệu đồng"),
    ],
)
def test_an_interval_is_as_short_as_it_can_be(low, high, unit, said):
    assert span(Decimal(low), Decimal(high), unit) == said


def test_an_open_side_is_said_in_words():
    assert span(None, Decimal("40"), "chợ") == "không quá 40 chợ"
    assert span(Decimal("249500000"), None, "USD", "en") == "at least 249,5 million USD"
    assert span(None, None, "VND") == "bao nhiêu cũng được"


def test_a_span_never_reaches_what_was_written_instead():
    said = span(Decimal("337.872"), Decimal("337.902"), "%", apart=(Decimal("337.8865"), Decimal("337.8705")))
    assert said == "337,872 – 337,902%"
    assert span(Decimal("10.41"), Decimal("12"), "%", apart=(Decimal("10.35"), Decimal("10.4"))) == "10,41 – 12%"


def test_a_growth_is_said_with_its_direction():
    assert grew(Decimal("21.391"), Decimal("21.439")) == "tăng 21,39 – 21,44%"
    assert grew(Decimal("-15.4"), Decimal("-15.2"), "en") == "down 15,2 – 15,4%"
    assert grew(None, Decimal(-3)) == "giảm từ 3% trở lên"
    assert span(Decimal("12.1"), Decimal("12.4"), "%", signed=True) == "+12,1 – +12,4%"


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("2021", "năm 2021", "2021"),
        ("2021-01/2021-09", "9 tháng đầu năm 2021", "the first 9 months of 2021"),
        ("2021-01/2021-11", "11 tháng năm 2021", "the first 11 months of 2021"),
        ("2021-07/2021-12", "6 tháng cuối năm 2021", "the second half of 2021"),
        ("2021-Q3", "quý III/2021", "Q3 2021"),
        ("2021-07", "tháng 7/2021", "July 2021"),
        ("2020-05/2021-06", "tháng 5/2020–6/2021", "May 2020 – June 2021"),
        ("2021/2025", "giai đoạn 2021–2025", "2021–2025"),
        ("?", "?", "?"),
    ],
)
def test_periods_are_said_as_on_the_pages(code, vi, en):
    assert period_words(code) == vi
    assert period_words(code, "en") == en


def test_amounts_keep_every_digit():
    assert amount(Decimal("8871770000000"), "VND") == "8.871,77 tỷ đồng"
    assert amount(Decimal("8871770000000"), "VND", "en") == "8.871,77 billion dong"
    assert amount(Decimal("950000"), "VND") == "950.000 đồng"


numbers = st.decimals(min_value=-(10**13), max_value=10**13, places=6, allow_nan=False)


@given(numbers, numbers)
def test_rounding_is_always_outward(one, other):
    low, high = min(one, other), max(one, other)
    told = digits(low, high)
    ends = [read_number(end).value for end in told]
    assert ends[0] <= low
    assert ends[-1] >= high


small = st.decimals(min_value="0.000001", max_value=10**6, places=6)


@given(numbers, small, small)
def test_what_lies_apart_stays_apart(low, width, gap):
    written_low, written_high = low - gap - 1, low - gap
    told = digits(low, low + width, apart=(written_low, written_high))
    assert read_number(told[0]).value > written_high


@given(st.fractions(min_value=0, max_value=10**9))
def test_what_has_endless_decimals_is_rounded_outward_too(value):
    told = digits(value, value)
    ends = [Fraction(read_number(end).value) for end in told]
    assert ends[0] <= value <= ends[-1]
    assert ends[-1] - ends[0] <= max(value / 10**4, Fraction(1, 10**6))

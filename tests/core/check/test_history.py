# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.check.beside.history import findings
from bamsat.core.check.beside.past import tet_month
from bamsat.core.terms.data import shipped
from tests.core.check.earlier import months, told


@st.composite
def seasonal(draw):
    """Six years of months: smooth growth, a season, some noise, and a Tết that slows the month it falls in."""
    first = draw(st.integers(2005, 2030))
    growth = draw(st.floats(0.97, 1.2))
    season = draw(st.lists(st.floats(0.7, 1.4), min_size=12, max_size=12))
    tet = draw(st.floats(0.65, 1.3))
    noise = draw(st.lists(st.floats(0.97, 1.03), min_size=72, max_size=72))
    level = draw(st.sampled_from([3.0, 240.0, 9100.0]))
    values = []
    for at in range(72):
        year, month = first + at // 12, at % 12
        value = level * growth ** (at / 12) * season[month] * noise[at]
        values.append(round(value * (tet if tet_month(year) == month + 1 else 1), 3))
    return first, values


@settings(max_examples=60)
@given(seasonal())
def test_smooth_growth_with_a_tet_that_moves_is_never_asked_about(series):
    first, values = series
    past = months(first, values[:60])
    assert findings(months(first + 5, values[60:]), past) == []


@settings(max_examples=60)
@given(seasonal(), st.integers(60, 71), st.sampled_from([10, 1000, 0.1, 0.001]))
def test_a_value_ten_times_too_large_or_too_small_is_asked_about(series, at, factor):
    first, values = series
    past = months(first, values[:at])
    now = months(first, [*values[:at], round(values[at] * factor, 6)])[-1:]
    (one,) = findings(now, past)
    assert (one.outcome, one.severity, one.rule) == ("cannot_tell", "question", "history")
    assert one.figures == (now[0].key,)


@given(st.lists(st.integers(-50, 50), min_size=0, max_size=40), st.integers(-500, 500))
def test_whatever_was_told_it_never_breaks_and_never_fails(values, now):
    past = months(2018, values)
    after = months(2018, [*values, now])[-1:]
    assert all(one.outcome == "cannot_tell" for one in findings(after, past))


def test_the_question_says_what_is_usual_and_what_was_a_year_before():
    past = [told(f"{year}-05", value) for year, value in zip(range(2018, 2023), (200, 212, 221, 236, 250), strict=True)]
    (one,) = findings([told("2023-05", "2640")], past)
    assert one.vi == (
        "Kim ngạch xuất khẩu tháng 5/2023 là 2.640 triệu USD, cao hơn hẳn mức thường gặp 180 – 380 triệu USD, suy từ 5 "
        "kỳ trước (cùng kỳ năm trước 250 triệu USD). Cần xem lại hoặc ghi lý do."
    )
    assert "far above the usual 180 – 380 million USD, from 5 earlier periods (250 million USD a year before)" in one.en
    assert one.calc == "2.640 triệu USD ∉ 180 – 380 triệu USD"


def test_a_word_of_scale_that_brings_the_value_back_is_offered_as_repair():
    past = [
        told(str(year), value, unit="VND", scale=10**9) for year, value in ((2019, 5100), (2020, 5300), (2021, 5550))
    ]
    wrong = told("2022", "5.8", unit="VND", scale=10**9)
    (one,) = findings([wrong], past)
    assert (one.repairs[0].slip, one.repairs[0].value) == ("scale", Decimal("5.8") * 10**12)
    assert "nghìn tỷ đồng" in one.repairs[0].number


def test_below_two_periods_nothing_is_said():
    assert findings([told("2022", 99999)], [told("2021", 5)]) == []


def test_with_few_periods_only_what_is_far_off_is_asked_about():
    past = [told("2020", 100), told("2021", 110)]
    assert findings([told("2022", 300)], past) == []
    assert len(findings([told("2022", 1200)], past)) == 1


def test_a_balance_that_turns_negative_is_nothing_to_ask_about():
    values = (12, -8, 20, 3, -15, 9)
    past = [told(str(2015 + at), value, indicator="trade_balance") for at, value in enumerate(values)]
    assert findings([told("2021", -20, indicator="trade_balance")], past) == []
    assert len(findings([told("2021", 900, indicator="trade_balance")], past)) == 1


def test_a_level_that_was_never_none_is_asked_about_and_a_small_count_is_not():
    many = [told(str(year), 240) for year in range(2016, 2022)]
    assert len(findings([told("2022", 0)], many)) == 1
    few = [told(str(year), 2, indicator="markets", unit="chợ", scale=1) for year in range(2016, 2022)]
    assert findings([told("2022", 0, indicator="markets", unit="chợ", scale=1)], few) == []


def test_a_growth_far_from_all_former_ones_is_asked_about():
    def growth(year, value):
        return told(str(year), value, unit="%", scale=1, measure="growth", base=str(year - 1))

    past = [growth(year, value) for year, value in zip(range(2016, 2022), (5.1, 6.3, 4.8, 7.2, -2.1, 6.0), strict=True)]
    assert findings([growth(2022, 11.5)], past) == []
    (one,) = findings([growth(2022, 1277)], past)
    assert one.repairs[0].slip == "decimal"
    assert one.repairs[0].number == "12,77%"


@pytest.mark.parametrize("other", [{"indicator": "imports"}, {"segment": "chè"}, {"unit": "VND"}, {"status": "target"}])
def test_other_series_are_no_history(other):
    past = [told(str(year), 240) for year in range(2016, 2022)]
    assert findings([told("2022", 9000, **other)], past) == []


def test_what_is_approved_is_history_and_not_asked_about():
    past = [told(str(year), 240, weight=5) for year in range(2016, 2022)]
    assert findings([*past, told("2022", 9000, weight=5)], []) == []
    assert len(findings([*past, told("2022", 9000)], [])) == 1


def test_the_days_of_tet_are_those_of_the_calendar():
    days = shipped("lunar_new_year.yml")
    known = holidays.VN(years=list(days), language="en_US")
    first = {day.year: day for day, name in known.items() if name.split(";")[0].strip() == "Lunar New Year"}
    assert days == first

# SPDX-License-Identifier: Apache-2.0
import doctest
import re
from itertools import pairwise
from types import ModuleType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bamsat.core.compare import explained as telling
from bamsat.core.compare import forecast as forecasting
from bamsat.core.compare import levels, student
from bamsat.core.compare.explained import explained
from bamsat.core.compare.forecast import COVERAGE, Year, forecast, shape_of
from bamsat.core.compare.levels import forecast_growth, forecast_level
from bamsat.core.compare.student import below, quantile

amounts = st.floats(0.01, 1e9)
months = st.integers(1, 11)
shares = st.just(0.0) | st.floats(1e-9, 1)  # less would vanish in the smallest floats, where halves are nothing
growing = st.floats(1.01, 3)


@st.composite
def histories(draw: st.DrawFn, least: int = 0) -> list[Year]:
    found = draw(st.lists(st.tuples(shares, amounts), min_size=least, max_size=10))
    return [Year(2010 + at, min(share * total, total), total) for at, (share, total) in enumerate(found)]


totals_only = st.dictionaries(st.integers(2010, 2020), amounts, max_size=4)


@pytest.mark.parametrize("module", [student, forecasting, levels, telling], ids=lambda module: module.__name__)
def test_the_examples_in_the_modules_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


# The range


@given(amounts, months, histories(), totals_only)
def test_a_year_of_flows_is_never_forecast_below_what_is_done(
    done: float, month: int, years: list[Year], totals: dict[int, float]
) -> None:
    told = forecast(done, month, years, totals)
    assert done <= told.low <= told.value <= told.high


@given(st.floats(-1e9, 1e9), months, st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), max_size=5))
def test_whatever_the_figures_are_there_is_a_number_within_a_range(
    done: float, month: int, past: list[tuple[float, float]]
) -> None:
    years = [Year(2015 + at, part, total) for at, (part, total) in enumerate(past)]
    told = forecast(done, month, years)
    assert told.low <= told.value <= told.high
    assert 0 <= told.chance(1.0) <= 1


@given(amounts, months, st.floats(0.05, 0.95), amounts)
def test_more_years_of_the_same_shape_never_widen_the_range(
    done: float, month: int, share: float, total: float
) -> None:
    assume(month / 12 * 0.2 < share < 1 - (1 - month / 12) * 0.05)
    widths = []
    for count in range(1, 8):
        told = forecast(done, month, [Year(2010 + at, share * total, total) for at in range(count)])
        widths.append((told.high - told.low) / told.rest)
    assert all(later <= earlier * (1 + 1e-9) for earlier, later in pairwise(widths))


@given(amounts, months, amounts)
def test_the_less_is_known_the_wider_the_range(done: float, month: int, total: float) -> None:
    steady = [Year(2010 + at, total * month / 12, total) for at in range(5)]
    known = (forecast(done, month, steady), forecast(done, month, steady[:1]), forecast(done, month, [], {2014: total}))
    nothing = forecast(done, month, [])
    spreads = [told.high / told.low for told in known]
    assert spreads[0] <= spreads[1]
    reach = [(told.high - told.done) / (told.low - told.done) for told in (*known, nothing) if told.low > told.done]
    assert reach == sorted(reach)


@given(amounts, months, histories(1), st.floats(1, 1e6))
def test_no_range_is_narrower_than_the_published_digit(
    done: float, month: int, years: list[Year], digit: float
) -> None:
    told = forecast(done, month, years, digit=digit)
    assert told.high - told.low >= digit * (1 - 1e-9) - 1e-6


@given(amounts, histories(), totals_only)
def test_after_december_the_year_is_what_was_done(done: float, years: list[Year], totals: dict[int, float]) -> None:
    told = forecast(done, 12, years, totals)
    assert (told.value, told.low, told.high) == (done, done, done)
    assert (told.chance(done), told.chance(done * 1.01), told.chance(done * 1.01, "down")) == (1, 0, 1)


# The number


@given(amounts, months, histories(), st.floats(0.001, 1000))
def test_the_unit_of_the_figures_does_not_matter(done: float, month: int, years: list[Year], scale: float) -> None:
    told = forecast(done, month, years)
    scaled = forecast(done * scale, month, [Year(y.year, y.to_date * scale, y.total * scale) for y in years])
    assume(told.method == scaled.method)
    for one, other in ((told.value, scaled.value), (told.low, scaled.low), (told.high, scaled.high)):
        assert other == pytest.approx(one * scale, rel=1e-6)
    assert scaled.chance(done * 1.5 * scale) == pytest.approx(told.chance(done * 1.5), abs=1e-6)


@given(amounts, growing, months, histories(), totals_only)
def test_who_has_done_more_is_forecast_more(
    done: float, more: float, month: int, years: list[Year], totals: dict[int, float]
) -> None:
    less, greater = forecast(done, month, years, totals), forecast(done * more, month, years, totals)
    assert less.value < greater.value
    assert less.low < greater.low
    assert less.high < greater.high


@given(months, amounts, st.floats(0.3, 0.95))
def test_a_year_that_runs_as_all_years_did_comes_to_what_they_came_to(month: int, total: float, share: float) -> None:
    assume(share < 1 - (1 - month / 12) * 0.05 and share > month / 12 * 0.2)
    years = [Year(2015 + at, share * total, total) for at in range(5)]
    assert forecast(share * total, month, years).value == pytest.approx(total)


def test_a_single_total_of_a_past_year_already_narrows_the_range() -> None:
    alone, known = forecast(75, 9, []), forecast(75, 9, [], {2020: 100})
    assert known.high - known.low < alone.high - alone.low
    assert (alone.method, known.method) == ("even", "totals")


def test_months_in_which_nothing_usually_happens_are_not_taken_for_certain() -> None:
    told = forecast(100, 10, [Year(2018, 90, 90), Year(2019, 95, 95)])
    assert 100 < told.value < 102
    assert told.high > told.value


def test_a_year_that_had_hardly_begun_does_not_explode() -> None:
    assert forecast(10, 3, [Year(2019, 0.001, 100)]).value < 300


def test_where_nothing_is_done_and_nothing_known_no_plan_is_called_likely_or_lost() -> None:
    told = forecast(0, 3, [])
    assert (told.method, told.value, told.chance(100), told.chance(100, "down")) == ("none", 0, 0.5, 0.5)


def test_a_balance_below_zero_is_forecast_by_what_the_months_left_brought() -> None:
    told = forecast(-5, 9, [Year(2018, -4, -7), Year(2019, 2, 1)])
    assert told.value == -7
    assert told.low < -7 < told.high


# The chance


@given(amounts, months, histories(), st.floats(0, 1e10), growing)
def test_a_higher_plan_is_never_likelier_met(
    done: float, month: int, years: list[Year], plan: float, more: float
) -> None:
    told = forecast(done, month, years)
    assert 0 <= told.chance(plan * more) <= told.chance(plan) <= 1
    assert told.chance(plan) + told.chance(plan, "down") == pytest.approx(1)


@given(amounts, months, histories())
def test_a_plan_that_is_met_already_is_met(done: float, month: int, years: list[Year]) -> None:
    told = forecast(done, month, years)
    assert told.chance(done) == told.chance(done / 2) == 1


@given(amounts, months, histories())
def test_range_and_chance_are_of_one_distribution(done: float, month: int, years: list[Year]) -> None:
    told = forecast(done, month, years)
    assume(told.rest > done * 1e-3)
    assert told.chance(told.value) == pytest.approx(0.5, abs=1e-3)
    assert told.chance(told.low) - told.chance(told.high) == pytest.approx(COVERAGE, abs=1e-3)


def test_thai_nguyen_nine_months_of_2020() -> None:
    """Published: 567.634,2 of a plan of 803.300; the year came to 783.660 (844.000 of 2021 less 7,7 percent)."""
    bare = forecast(567_634.2, 9, [], digit=0.1)
    assert bare.low < 783_660 < bare.high
    assert bare.chance(803_300) < 1 / 3
    assert bare.years == ()


# What is not summed


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=36), months)
def test_a_stock_is_forecast_as_it_stands(values: list[float], left: int) -> None:
    told, sooner = forecast_level(values, left), forecast_level(values, left - 1)
    assert told is not None
    assert sooner is not None
    assert told.low <= told.value == values[-1] <= told.high
    assert sooner.high - sooner.low <= told.high - told.low


def test_without_a_value_no_level_is_told() -> None:
    assert forecast_level([], 3) is None


@given(st.floats(-50, 100), months)
def test_growth_to_date_fades_and_grows_surer(growth: float, month: int) -> None:
    told, later = forecast_growth(growth, month), forecast_growth(growth, month + 1)
    assert abs(told.value) <= abs(growth)
    assert later.high - later.low < told.high - told.low
    assert told.low <= told.value <= told.high


def test_growth_of_a_whole_year_is_itself() -> None:
    assert (forecast_growth(6.8, 12).value, forecast_growth(6.8, 12).chance(6.8)) == (6.8, 1)


def test_past_years_whose_growth_held_make_the_range_of_growth_narrower() -> None:
    held = [Year(2015 + at, 6.5, 6.2) for at in range(5)]
    alone, known = forecast_growth(6.5, 9), forecast_growth(6.5, 9, held)
    assert known.high - known.low < alone.high - alone.low


# The sentence


def numbers_of(sentence: str) -> list[float]:
    return [float(one.replace(".", "").replace(",", ".")) for one in re.findall(r"\d[\d.]*(?:,\d+)?", sentence)]


@given(st.floats(5e4, 1e6), st.integers(2, 10), st.lists(st.floats(0.9, 1.1), min_size=5, max_size=5))
def test_the_sentence_can_be_worked_out_again_from_the_numbers_it_names(
    done: float, month: int, wobble: list[float]
) -> None:
    years = [Year(2015 + at, month / 12 * part * 6e5, 6e5) for at, part in enumerate(wobble)]
    told = forecast(done, month, years)
    said = explained(told, shape_of(years, month))
    found = re.search(
        r"bình quân (\S+)%; nay xong (\S+), theo nhịp đó cả năm là (\S+); lấy (\d+) phần theo nhịp này và (\d+) phần "
        r"theo cả năm (\d+) \((\S+)\) thì (?:\d+ )?tháng còn lại \((\S+)%\) thêm (\S+), cả năm khoảng ([\d.]+)",
        said,
    )
    assert found is not None
    share, now, pace, parts, last_parts, year, last, rest_share, rest, value = (
        numbers_of(one)[0] for one in found.groups()
    )
    assert now / (share / 100) == pytest.approx(pace, rel=1e-3)
    level = (parts * pace + last_parts * last) / (parts + last_parts)
    assert level * rest_share / 100 == pytest.approx(rest, rel=2e-3)
    assert (now + rest, year) == (pytest.approx(value, abs=2), 2019)


@given(amounts, months, histories(), totals_only)
def test_the_range_that_is_said_holds_the_range_that_is_meant(
    done: float, month: int, years: list[Year], totals: dict[int, float]
) -> None:
    told = forecast(done, month, years, totals)
    low, high = numbers_of(explained(told, shape_of(years, month), places=6).rsplit("nằm trong", 1)[1])[-2:]
    assert low <= told.low + 1e-6
    assert told.high - 1e-6 <= high
    assert low >= done - 1e-6


SAYINGS = [
    (forecast(50, 9, [Year(2019, 45, 60)]), "Chỉ có năm 2019 để so", "Only 2019 is there to compare"),
    (forecast(50, 9, [Year(2018, 45, 60), Year(2020, 45, 60)]), "Năm 2018 và 2020,", "In 2018 and 2020,"),
    (forecast(50, 11, [Year(y, 45, 60) for y in (2018, 2019, 2020)]), "Năm 2018–2020,", "In 2018–2020,"),
    (forecast(50, 9, [], {2019: 60}), "Các năm trước chỉ có số cả năm", "Of past years only totals are known"),
    (forecast(50, 9, []), "Chưa có số các năm trước; tính đều, 9/12", "No past year is known; at an even pace"),
    (forecast(0, 9, []), "Chưa có số để ước cả năm", "There is nothing to forecast from"),
    (forecast(-5, 9, []), "Chưa có số các năm trước; tính đều thì", "No past year is known"),
    (forecast(-5, 9, [Year(2019, 1, 2)]), "Năm 2019, 3 tháng còn lại sau tháng 9", "In 2019, the 3 months left"),
    (forecast(50, 12, []), "Đã hết năm: cả năm là 50,00.", "The year is over: 50.00 in all."),
    (forecast_growth(-9.16, 9), "Lũy kế 9 tháng giảm 9,16%;", "It falls by 9.16% over 9 months;"),
    (forecast_level([40, 40], 3), "Lấy mức hiện nay 40,00", "The level of now, 40.00,"),
]


@pytest.mark.parametrize(("told", "vi", "en"), SAYINGS, ids=lambda one: getattr(one, "method", ""))
def test_every_method_says_in_both_languages_what_it_rests_on(told: forecasting.Forecast, vi: str, en: str) -> None:
    shape = shape_of([Year(year, 45, 60) for year in told.years], told.month)
    assert explained(told, shape).startswith(vi)
    assert explained(told, shape, "en").startswith(en)


# Student's distribution


@given(st.floats(0.01, 0.99), st.floats(1, 200))
def test_a_quantile_has_its_chance_below_it(chance: float, freedom: float) -> None:
    assert below(quantile(chance, freedom), freedom) == pytest.approx(chance, abs=1e-8)


@pytest.mark.parametrize(
    ("freedom", "ninety", "ninety_seven"), [(1, 3.078, 12.706), (2, 1.886, 4.303), (7, 1.415, 2.365), (30, 1.31, 2.042)]
)
def test_quantiles_are_those_of_the_printed_tables(freedom: float, ninety: float, ninety_seven: float) -> None:
    assert quantile(0.9, freedom) == pytest.approx(ninety, abs=1e-3)
    assert quantile(0.975, freedom) == pytest.approx(ninety_seven, abs=1e-3)

# SPDX-License-Identifier: Apache-2.0
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.compare import pace
from bamsat.core.compare.pace import (
    AT_RISK_BELOW,
    USUAL_YEARS,
    Shape,
    Year,
    at_risk,
    needed,
    pace_of,
    shape_of,
)

amounts = st.floats(0.01, 1e12)
months = st.integers(1, 11)
shares = st.floats(0, 1)


@st.composite
def histories(draw: st.DrawFn) -> list[Year]:
    found = draw(st.lists(st.tuples(shares, amounts), max_size=10))
    return [Year(2010 + at, min(share * total, total), total) for at, (share, total) in enumerate(found)]


def test_the_examples_in_the_module_hold() -> None:
    assert doctest.testmod(pace).failed == 0


@given(histories(), months)
def test_the_usual_share_lies_between_those_of_the_years_it_names(years: list[Year], month: int) -> None:
    shape = shape_of(years, month)
    assert shape.low <= shape.share <= shape.high
    assert shape.years == tuple(year.year for year in years[-USUAL_YEARS:])


@given(months)
def test_with_no_history_the_share_is_even_and_names_no_year(month: int) -> None:
    assert shape_of([], month) == Shape(month, month / 12, month / 12, month / 12, ())


def test_a_year_whose_part_is_no_share_of_its_whole_makes_no_shape() -> None:
    odd = [Year(2016, 5, 0), Year(2017, -1, 10), Year(2018, 11, 10), Year(2019, 7, 10)]
    assert shape_of(odd, 9).years == (2019,)


def test_the_order_in_which_years_are_told_does_not_matter() -> None:
    years = [Year(2015 + at, 60 + at, 100) for at in range(7)]
    assert shape_of(years[::-1], 9) == shape_of(years, 9)


@given(amounts, amounts, histories(), months)
def test_what_should_be_done_is_part_of_the_plan(done: float, plan: float, years: list[Year], month: int) -> None:
    told = pace_of(done, plan, shape_of(years, month))
    assert 0 <= told.low <= told.should <= told.high <= plan
    assert told.ahead == done - told.should


def test_nothing_is_a_percentage_of_a_plan_of_which_nothing_should_be_done_yet() -> None:
    assert pace_of(3, 10, Shape(1, 0.0, 0.0, 0.0, (2019,))).percent is None


@given(amounts, amounts, months)
def test_what_the_months_left_must_bring_adds_up_to_the_plan(done: float, plan: float, month: int) -> None:
    asked = needed(done, plan, month)
    assert asked.months == 12 - month
    assert done + asked.each * asked.months == pytest.approx(max(plan, done))
    assert asked.times == pytest.approx(asked.each / (done / month))


def test_a_plan_that_is_met_asks_for_nothing_more() -> None:
    asked = needed(110, 100, 10)
    assert (asked.left, asked.each, asked.times) == (0, 0, 0)


def test_after_december_no_month_is_left_to_bring_what_lacks() -> None:
    asked = needed(90, 100, 12)
    assert (asked.left, asked.months, asked.each, asked.times) == (10, 0, 10, None)


def test_a_year_that_has_brought_nothing_has_no_pace_to_multiply() -> None:
    assert needed(0, 100, 3).times is None
    assert needed(0, 100, 0).so_far == 0


def test_a_plan_is_at_risk_when_it_is_twice_as_likely_missed_as_met() -> None:
    assert at_risk(AT_RISK_BELOW - 0.01)
    assert not at_risk(AT_RISK_BELOW)
    assert not at_risk(None)

# SPDX-License-Identifier: Apache-2.0
import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.compare import arithmetic
from bamsat.core.compare.arithmetic import (
    Bounded,
    growth,
    level_before,
    plan_behind,
    plan_ratio,
    quotient,
    shown,
    state_against_plan,
)

amounts = st.decimals(min_value="0.01", max_value="1e15", places=2)
halves = st.decimals(min_value="0", max_value="0.005", places=4)
percents = st.decimals(min_value="-60", max_value="300", places=2)


def around(value: Decimal | str, half: Decimal | str = "0") -> Bounded:
    value, half = Decimal(value), Decimal(half)
    return Bounded(value, value - half, value + half)


def test_the_examples_in_the_module_hold() -> None:
    assert doctest.testmod(arithmetic).failed == 0


@given(amounts, halves, amounts, halves)
def test_a_quotient_lies_between_its_bounds_and_covers_every_corner(
    a: Decimal, at: Decimal, b: Decimal, around_b: Decimal
) -> None:
    found = quotient(around(a, at), around(b, around_b))
    assert found is not None
    assert found.low <= found.value <= found.high
    corner = quotient(Bounded.exactly(a + at), Bounded.exactly(b - around_b))
    assert corner is not None
    assert found.low <= corner.value <= found.high


@given(amounts, percents)
def test_last_years_level_grown_by_the_stated_percentage_is_this_years(now: Decimal, percent: Decimal) -> None:
    before = level_before(Bounded.exactly(now), Bounded.exactly(percent))
    assert before is not None
    again = growth(Bounded.exactly(now), before)
    assert again is not None
    assert abs(again.value - percent) < Decimal("1e-20")


@given(amounts, st.decimals(min_value="1", max_value="300", places=2))
def test_the_plan_behind_a_ratio_gives_the_ratio_back(done: Decimal, percent: Decimal) -> None:
    plan = plan_behind(Bounded.exactly(done), Bounded.exactly(percent))
    assert plan is not None
    again = plan_ratio(Bounded.exactly(done), plan)
    assert again is not None
    assert abs(again.value - percent) < Decimal("1e-20")


@pytest.mark.parametrize("base", ["0", "-5"])
def test_nothing_is_said_about_a_base_that_is_not_above_zero(base: str) -> None:
    now, before = around("5"), around(base)
    assert growth(now, before) is None
    assert plan_ratio(now, before) is None


def test_a_base_whose_bounds_reach_zero_says_nothing_either() -> None:
    assert growth(around("5"), around("1", "1")) is None


@pytest.mark.parametrize(
    ("now", "percent", "before"),
    [("777.792", "21.7", "639.11"), ("337.887", "21.43", "278.26"), ("178.925", "7.69", "166.15")],
)
def test_the_levels_of_2020_in_the_crosscheck_come_out(now: str, percent: str, before: str) -> None:
    level = level_before(around(now, "0.0005"), around(percent, "0.005"))
    assert level is not None
    assert str(shown(level)) in (before, before.rstrip("0"))


def test_rounding_of_both_numbers_widens_the_plan() -> None:
    plan = plan_behind(around("5300", "0.5"), around("100", "0.5"))
    assert plan is not None
    assert (round(plan.low), round(plan.high), shown(plan)) == (5273, 5327, 5300)


def test_below_the_plan_within_the_year_is_running_and_above_it_is_exceeded_already() -> None:
    assert state_against_plan(around("80"), year_is_over=False) == "running"
    assert state_against_plan(around("101"), year_is_over=False) == "exceeded"


def test_where_less_is_better_staying_under_the_plan_exceeds_it() -> None:
    assert state_against_plan(around("96"), good="down") == "exceeded"
    assert state_against_plan(around("104"), good="down") == "missed"
    assert state_against_plan(around("100", "0.5"), good="down") == "near"

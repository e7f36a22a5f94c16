# SPDX-License-Identifier: Apache-2.0
import doctest
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.compare import paths
from bamsat.core.compare.arithmetic import Bounded
from bamsat.core.compare.paths import average_growth, even_path, growth_to_total, needed_growth, rest_of_average

sizes = st.decimals(min_value="1", max_value="1e9", places=2)
growths = st.decimals(min_value="-40", max_value="80", places=2)
years = st.integers(1, 8)


def test_the_examples_hold():
    assert doctest.testmod(paths).failed == 0


@given(sizes, sizes, years)
def test_the_growth_that_is_needed_leads_to_the_target(now: Decimal, target: Decimal, count: int):
    found = needed_growth(Bounded.exactly(now), Bounded.exactly(target), count)
    assert found
    assert abs(even_path(now, found.value, count)[-1] / target - 1) < Decimal("1e-9")
    assert found.low == found.value == found.high


@given(sizes, sizes, st.decimals(min_value="0", max_value="0.5", places=2), years)
def test_rounding_widens_what_is_needed(now: Decimal, target: Decimal, half: Decimal, count: int):
    found = needed_growth(Bounded(now, now - half, now + half), Bounded(target, target - half, target + half), count)
    assert found
    assert found.low <= found.value <= found.high


@given(sizes, growths, years)
def test_the_growth_to_a_total_adds_up_to_it(base: Decimal, growth: Decimal, count: int):
    total = sum(even_path(base, growth, count), Decimal(0))
    found = growth_to_total(base, total, count)
    assert found is not None
    assert abs(sum(even_path(base, found, count), Decimal(0)) / total - 1) < Decimal("1e-9")


@given(st.lists(growths, min_size=1, max_size=5), growths, st.integers(1, 5))
def test_what_is_left_of_an_average_makes_it(done: list[Decimal], asked: Decimal, left: int):
    rest = rest_of_average(done, asked, len(done) + left)
    assert rest is not None
    average = average_growth([*done, *[rest] * left])
    assert average is not None
    assert abs(average - asked) < Decimal("1e-6")


def test_nothing_leads_from_nothing():
    zero, one = Bounded.exactly(Decimal(0)), Bounded.exactly(Decimal(1))
    assert needed_growth(zero, one, 3) is None
    assert needed_growth(one, one, 0) is None
    assert growth_to_total(Decimal(0), Decimal(1), 3) is None
    assert growth_to_total(Decimal(1), Decimal("1e40"), 1) is None
    assert average_growth([]) is None
    assert rest_of_average([Decimal(8)], Decimal(8), 1) is None
    assert rest_of_average([Decimal(-100)], Decimal(8), 5) is None

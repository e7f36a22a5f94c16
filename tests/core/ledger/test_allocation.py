# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.ledger.allocation import SharesRefused, allocate, spread

totals = st.integers(-(10**18), 10**18)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(totals, weights)
def test_parts_add_up_to_the_whole_and_are_within_a_unit_of_exact(total, shape):
    parts = spread(total, shape)
    assert sum(parts) == total
    for part, weight in zip(parts, shape, strict=True):
        assert abs(part - Fraction(total * weight, sum(shape))) < 1
        assert weight or part == 0


@given(totals, weights)
def test_shares_that_are_the_weights_over_their_sum_split_alike(total, shape):
    assert allocate(total, [Fraction(weight, sum(shape)) for weight in shape]) == spread(total, shape)


@given(totals, weights)
def test_a_fall_is_shared_out_as_a_rise_is(total, shape):
    assert spread(-total, shape) == [-part for part in spread(total, shape)]


@given(totals, st.integers(1, 12))
def test_equal_parts_differ_by_a_unit_at_most_and_the_first_get_it(total, months):
    parts = spread(total, [1] * months)
    assert max(parts) - min(parts) <= 1
    assert [abs(part) for part in parts] == sorted((abs(part) for part in parts), reverse=True)


def test_a_yearly_plan_of_1000_by_quarters_of_last_year():
    assert spread(1000, [Decimal("220.5"), Decimal("240.1"), Decimal("260.2"), Decimal("280.9")]) == [
        220,
        240,
        260,
        280,
    ]


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([Decimal("0.5"), Decimal("0.4")], ("0,9", "0.9")),
        ([Fraction(1, 3)], ("1/3", "1/3")),
        ([], ("bằng 0,", "add up to 0;")),
        ([Decimal("1.5"), Decimal("-0.5")], ("−0,5", "-0.5")),
    ],
)
def test_shares_that_do_not_make_a_whole_are_refused_with_what_they_make(shares, said):
    with pytest.raises(SharesRefused) as refused:
        allocate(10, shares)
    assert said[0] in refused.value.vi
    assert said[1] in refused.value.en


@pytest.mark.parametrize("shape", [[], [0, 0], [1, -1]])
def test_weights_that_say_nothing_are_refused(shape):
    with pytest.raises(SharesRefused):
        spread(10, shape)

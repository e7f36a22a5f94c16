# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.terms.interval import hedge_after, hedge_before, interval
from bamsat.core.terms.numbers import NUMBER, format_number

HEDGES = yaml.safe_load(files("bamsat").joinpath("data/phrases/hedges.yml").read_text(encoding="utf-8"))
EXAMPLES = [(hedge["means"], example) for hedge in HEDGES["hedges"] for example in hedge["examples"]]
MEANINGS = [hedge["means"] for hedge in HEDGES["hedges"]]


@pytest.mark.parametrize(
    ("value", "text", "scale", "lower", "upper"),
    [
        ("5300E9", "5.300", "1E9", "5299.5E9", "5300.5E9"),
        ("12.77", "12,77", "1", "12.765", "12.775"),
        ("12.7", "12,70", "1", "12.695", "12.705"),
        ("-9.16", "9,16", "1", "-9.165", "-9.155"),
        ("352700", "352,7", "1000", "352650", "352750"),
        ("110.63", "10,63", "1", "110.625", "110.635"),
    ],
)
def test_without_a_hedge_a_number_is_rounded_at_its_last_digit(value, text, scale, lower, upper):
    assert interval(Decimal(value), text, Decimal(scale)) == (Decimal(lower), Decimal(upper))


def test_a_count_in_full_digits_is_exact_and_one_in_thousands_is_not():
    assert interval(Decimal(12), "12", kind="counted") == (12, 12)
    assert interval(Decimal(15400), "15,4", Decimal(1000), kind="counted") == (15350, 15450)


@pytest.mark.parametrize(
    ("means", "example"), EXAMPLES, ids=lambda part: part if isinstance(part, str) else part["says"]
)
def test_each_hedge_widens_as_its_examples_say(means, example):
    low = example["says"].lower()
    number = NUMBER.search(low)
    hedge = hedge_before(low, number.start()) or hedge_after(low, number.end())
    assert hedge.means == means
    bounds = interval(Decimal(str(example["value"])), number[0], hedge=hedge.means)
    assert bounds == (Decimal(str(example["lower"])), Decimal(str(example["upper"])))


@pytest.mark.parametrize("example", HEDGES["counter_examples"], ids=lambda example: example["says"])
def test_words_that_only_look_like_hedges_are_none(example):
    number = NUMBER.search(example["says"])
    assert hedge_before(example["says"], number.start()) is None


def test_the_longest_hedge_wins():
    assert hedge_before("không quá 7 tỷ", 10).means == "at_most"
    assert hedge_before("chưa đến 7 tỷ", 9).means == "at_most"
    assert hedge_before("không ít hơn 7", 13).means == "at_least"


def test_a_fall_widens_downwards():
    assert interval(Decimal(-16), "16", hedge="nearly") == (-16, -15)
    assert interval(Decimal(-5), "5", hedge="over") == (Decimal("-6"), -5)
    assert interval(Decimal(91), "9", hedge="over", falls=True) == (90, 91)


@given(st.integers(0, 10**15), st.integers(0, 4), st.sampled_from([None, *MEANINGS]), st.booleans())
def test_the_value_is_never_outside_its_interval(n, places, hedge, falls):
    value = Decimal(n).scaleb(-places) * (-1 if falls else 1)
    lower, upper = interval(value, format_number(abs(value), places), hedge=hedge)
    assert lower <= value <= upper


@given(st.integers(1, 10**9), st.sampled_from(MEANINGS))
def test_a_larger_scale_only_moves_the_bounds(n, hedge):
    text = format_number(n)
    small, large = interval(Decimal(n), text, hedge=hedge), interval(Decimal(n * 10**9), text, Decimal(10**9), hedge)
    assert tuple(bound * 10**9 for bound in small) == large

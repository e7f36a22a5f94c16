# SPDX-License-Identifier: Apache-2.0
"""Formulas are read once and computed exactly; a sum says what it lacks, a quotient waits."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.forms.formulas import Comparison, Formula, FormulaUnreadable

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=3)
NAMES = st.sampled_from(["a", "b", "now", "row.column"])


def trees(depth=3):
    """Formulas as text, with the names in them."""
    leaf = st.one_of(
        NAMES, st.integers(0, 999).map(str), st.decimals(0, 99, places=2).map(lambda each: format(each, "f"))
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda each: f"({each[0]} {each[1]} {each[2]})"),
            st.lists(inner, min_size=1, max_size=4).map(lambda each: f"sum({', '.join(each)})"),
            inner.map(lambda each: f"(-{each})"),
        ),
        max_leaves=depth * 3,
    )


@settings(deadline=None)
@given(trees())
def test_every_formula_of_these_parts_is_read_and_computes_or_lacks(text):
    found = Formula.parse(text).compute({"a": Decimal(3), "b": Decimal(0), "now": Decimal("1.5")}.get)
    assert found.value is None or found.value.is_finite()
    assert found.lacking >= 0


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_other_text_is_told_and_breaks_nothing(text):
    with suppress(FormulaUnreadable):
        Formula.parse(text)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), NUMBERS, min_size=1))
def test_a_sum_adds_what_is_there_and_counts_what_is_not(values):
    found = Formula.parse("sum(a, b, c, d, e, f)").compute(values.get)
    assert found.value == sum(values.values())
    assert found.lacking == 6 - len(values)


@settings(deadline=None)
@given(NUMBERS, NUMBERS)
def test_a_difference_is_exact_to_the_last_digit(left, right):
    assert Formula.parse("a - b").compute({"a": left, "b": right}.get).value == left - right


def test_a_quotient_waits_for_both_and_for_a_divisor():
    formula = Formula.parse("a / b * 100")
    assert formula.compute({"a": Decimal(1)}.get).lacking == 1
    assert formula.compute({"a": Decimal(1), "b": Decimal(0)}.get).value is None
    assert formula.compute({"a": Decimal(1), "b": Decimal(0)}.get).lacking == 0


@pytest.mark.parametrize(
    "text",
    ["", "a +", "__import__('os')", "a.b.c", "a ** 2", "sum(x=a)", "max(a)", "[a]", "a if b else a", "1e400 * a or b",
     "a" * 700, "(" * 300 + "a" + ")" * 300, "True", "'a'", "a; b", "lambda: a", "a < b"],
)  # fmt: skip
def test_what_is_no_arithmetic_is_refused(text):
    with pytest.raises(FormulaUnreadable):
        Formula.parse(text)


@pytest.mark.parametrize(("text", "sign"), [("a = b", "=="), ("a == b", "=="), ("a<=b+c", "<="), ("a != 0", "!=")])
def test_a_comparison_is_read_with_one_equals_sign_or_two(text, sign):
    assert Comparison.parse(text).sign == sign


@pytest.mark.parametrize("text", ["a", "a < b < c", "a in b", "a and b"])
def test_what_compares_nothing_is_refused(text):
    with pytest.raises(FormulaUnreadable):
        Comparison.parse(text)


@settings(deadline=None)
@given(NUMBERS, NUMBERS, st.decimals(0, 10, places=2))
def test_equal_holds_within_the_tolerance_and_unequal_beyond_it(left, right, tolerance):
    equal, unequal = Comparison.parse("a = b"), Comparison.parse("a != b")
    assert equal.holds(left, right, tolerance) == (abs(left - right) <= tolerance)
    assert equal.holds(left, right, tolerance) != unequal.holds(left, right, tolerance)

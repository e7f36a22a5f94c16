# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.ledger.amounts import Bounds
from bamsat.core.ledger.identities import IdentityUnreadable, Term, evaluate, parse

TRADE = parse("trade_total = exports + imports + supervised_goods")


def exactly(value):
    return Bounds(*[Decimal(value)] * 3)


class TestParse:
    @pytest.mark.parametrize(
        ("text", "terms"),
        [
            ("trade_total = exports + imports", [("exports", 1), ("imports", 1)]),
            ("trade_balance=exports-imports", [("exports", 1), ("imports", -1)]),
            ("a = -b + 2*c - 0.5 * d", [("b", -1), ("c", 2), ("d", "-0.5")]),
            ("a = product:xi măng + b.c", [("product:xi măng", 1), ("b.c", 1)]),
            ("  a  =  b  ", [("b", 1)]),
        ],
    )
    def test_terms_are_added_taken_off_and_multiplied(self, text, terms):
        assert list(parse(text).terms) == [Term(code, Decimal(times)) for code, times in terms]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "một dấu bằng"),
            ("a", "một dấu bằng"),
            ("a =", "một dấu bằng"),
            ("= a", "một dấu bằng"),
            ("a = b = c", "một dấu bằng"),
            ("a + b = c", "vế trái"),
            ("2*a = c", "vế trái"),
            ("a = b c", "không hiểu “b c”"),
            ("a = b +", "không hiểu “+”"),
            ("a = b * 2", "không hiểu “b * 2”"),
            ("a = 5", "không hiểu “5”"),
            ("a = a + b", "cả hai vế"),
            ("a = b + b", "2*b"),
            ("a = 0*b", "bằng 0"),
            ("a = b + nope", "nope"),
        ],
    )
    def test_what_cannot_be_tested_is_refused_with_the_place_and_the_remedy(self, text, says):
        with pytest.raises(IdentityUnreadable) as refused:
            parse(text, known={"a", "b", "c"})
        assert says in refused.value.vi
        assert text.strip() in refused.value.en


class TestEvaluate:
    def test_it_holds_for_figures_that_add_up(self):
        values = {"trade_total": exactly(60), "exports": exactly(10), "imports": exactly(20)}
        tested = evaluate(TRADE, {**values, "supervised_goods": exactly(30)})
        assert (tested.outcome, tested.difference) == ("holds", exactly(0))

    def test_it_cannot_tell_without_every_figure_and_names_what_lacks(self):
        tested = evaluate(TRADE, {"trade_total": exactly(60), "imports": exactly(20)})
        assert (tested.outcome, tested.missing) == ("cannot_tell", ("exports", "supervised_goods"))

    def test_rounding_of_published_figures_is_no_failure(self):
        def rounded(value):
            half = Decimal("0.05")
            return Bounds(Decimal(value), Decimal(value) - half, Decimal(value) + half)

        values = {"a": rounded("3.1"), "b": rounded("1.0"), "c": rounded("2.0")}
        assert evaluate(parse("a = b + c"), values).outcome == "holds"
        assert evaluate(parse("a = b + c"), {**values, "a": rounded("3.2")}).outcome == "fails"

    def test_a_difference_in_the_last_of_many_digits_is_seen(self):
        values = {"a": exactly(10**45 + 1), "b": exactly(10**45)}
        assert evaluate(parse("a = b"), values).outcome == "fails"


numbers = st.integers(-(10**12), 10**12).map(Decimal)


@given(
    numbers, numbers, st.integers(0, 9).map(Decimal), st.integers(0, 9).map(Decimal), st.integers(-20, 20).map(Decimal)
)
def test_it_fails_only_where_no_numbers_within_the_bounds_fulfil_it(b, c, wide_b, wide_c, off):
    values = {
        "a": exactly(b - 2 * c + off),
        "b": Bounds(b, b - wide_b, b + wide_b),
        "c": Bounds(c, c - wide_c, c + wide_c),
    }
    tested = evaluate(parse("a = b - 2*c"), values)
    assert tested.outcome == ("holds" if abs(off) <= wide_b + 2 * wide_c else "fails")
    assert tested.difference.value == off

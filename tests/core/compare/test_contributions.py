# SPDX-License-Identifier: Apache-2.0
import doctest
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.compare import contributions
from bamsat.core.compare.arithmetic import Bounded, growth, plan_ratio
from bamsat.core.compare.contributions import (
    OTHERS,
    REST,
    ContributionsRefused,
    Part,
    Weighted,
    completed,
    explained,
    gathered,
    to_gap,
    to_growth,
    to_index,
    total,
)

amounts = st.decimals(min_value="-1e12", max_value="1e12", places=2)
sizes = st.decimals(min_value="0.01", max_value="1e12", places=2)
halves = st.sampled_from([Decimal(0), Decimal("0.005"), Decimal("0.5")])


@st.composite
def around(draw: st.DrawFn, values: st.SearchStrategy[Decimal] = amounts) -> Bounded:
    value, half = draw(values), draw(halves)
    return Bounded(value, value - half, value + half)


def exactly(value: str | int) -> Bounded:
    return Bounded.exactly(Decimal(value))


maybe = st.one_of(st.none(), around())
parts = st.lists(st.tuples(maybe, maybe, maybe), max_size=8).map(
    lambda found: [Part(str(at), now, before, plan) for at, (now, before, plan) in enumerate(found)]
)


def test_the_examples_hold():
    assert doctest.testmod(contributions).failed == 0


@given(parts, around(), around(sizes))
def test_contributions_add_up_to_the_growth_exactly(given_parts: list[Part], now: Bounded, before: Bounded):
    lines = to_growth(given_parts, now, before)
    change = Fraction(now.value) - Fraction(before.value)
    assert sum((one.change.value for one in lines), Fraction(0)) == change
    if before.low > 0 and lines:
        points = sum((one.points.value for one in lines if one.points), Fraction(0))
        assert points == 100 * change / Fraction(before.value)
        told = total(lines)
        assert told.points is not None
        assert told.points.value == points


@given(parts, around(), around(sizes))
def test_contributions_add_up_to_the_gap_exactly(given_parts: list[Part], now: Bounded, plan: Bounded):
    lines = to_gap(given_parts, now, plan)
    assert sum((one.change.value for one in lines), Fraction(0)) == Fraction(now.value) - Fraction(plan.value)


@given(parts, around(), around(sizes), st.integers(2, 6))
def test_telling_small_parts_together_changes_no_total(
    given_parts: list[Part], now: Bounded, before: Bounded, most: int
):
    lines = to_growth(given_parts, now, before)
    fewer = gathered(lines, most)
    assert sum((one.change.value for one in fewer), Fraction(0)) == sum((o.change.value for o in lines), Fraction(0))
    keys = [key for one in fewer for key in (one.of if one.kind == "others" else [one.key])]
    assert sorted(keys) == sorted(one.key for one in lines)


@given(st.lists(st.tuples(sizes, sizes), min_size=1, max_size=6), halves)
def test_what_the_true_numbers_give_lies_within_the_bounds(pairs: list[tuple[Decimal, Decimal]], half: Decimal):
    def told(value: Decimal, off: Decimal) -> Bounded:
        return Bounded(value + off, value + off - half, value + off + half)

    found = [Part(str(at), told(a, half), told(b, -half)) for at, (a, b) in enumerate(pairs)]
    now, before = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    for one in to_growth(found, told(now, -half), told(before, half)):
        if one.points is None:
            continue
        if one.kind == "rest":
            assert one.points.low <= 0 <= one.points.high
        else:
            a, b = pairs[int(one.key)]
            assert one.points.low <= 100 * (Fraction(a) - Fraction(b)) / Fraction(before) <= one.points.high


def test_a_part_that_nobody_reported_is_in_the_remainder_with_its_name():
    lines = to_growth([Part("a", exactly(12), exactly(10)), Part("b", exactly(5))], exactly(30), exactly(20))
    assert [(one.key, one.kind, one.of, int(one.change.value)) for one in lines] == [
        (REST, "rest", ("b",), 8), ("a", "part", (), 2),
    ]  # fmt: skip
    assert explained(lines) == Fraction(1, 5)


def test_parts_that_are_the_whole_leave_no_remainder():
    assert [one.key for one in to_growth([Part("a", exactly(12), exactly(10))], exactly(12), exactly(10))] == ["a"]


def test_nothing_is_said_in_points_of_a_whole_that_was_nothing():
    (line,) = to_growth([Part("a", exactly(12), exactly(0))], exactly(12), exactly(0))
    assert line.points is None
    assert line.share is not None
    assert line.share.value == 100


def test_a_whole_that_may_not_have_changed_has_no_shares():
    now = Bounded(Decimal(10), Decimal("9.5"), Decimal("10.5"))
    assert to_growth([Part("a", now, now)], now, now)[0].share is None


def test_the_one_part_that_is_missing_follows_from_the_others():
    before = [Part("x", exactly("337.887"), exactly("278.26")), Part("m", exactly("178.925"), exactly("166.15")),
              Part("s", exactly("260.98"))]  # fmt: skip
    made = completed(before, exactly("777.792"), exactly("639.11"))
    assert made[2].before == exactly("194.70")
    assert made[2].derived
    assert not made[0].derived
    lines = to_growth(made, exactly("777.792"), exactly("639.11"))
    assert [(one.key, round(float(one.points.value), 2)) for one in lines if one.points] == [
        ("s", 10.37), ("x", 9.33), ("m", 2.0),
    ]  # fmt: skip
    assert lines[0].derived


def test_two_missing_parts_are_not_guessed():
    made = completed([Part("a", exactly(3)), Part("b", exactly(4))], exactly(7), exactly(5))
    assert [part.before for part in made] == [None, None]


def test_growth_and_gap_agree_with_the_arithmetic_of_a_few_numbers():
    now, base = (
        Bounded(Decimal(106), Decimal("105.5"), Decimal("106.5")),
        Bounded(Decimal(100), Decimal(99), Decimal(101)),
    )
    (line,) = to_growth([Part("a", now, base)], now, base)
    grown, ratio = growth(now, base), plan_ratio(now, base)
    assert line.points is not None
    assert grown is not None
    assert ratio is not None
    assert line.points.bounded.value == grown.value == ratio.value - 100
    assert float(line.points.low) == pytest.approx(float(grown.low))
    assert float(line.points.high) == pytest.approx(float(grown.high))


def test_an_index_adds_by_its_weights_and_is_refused_without_them():
    lines = to_index(
        [Weighted("a", exactly(110), Decimal(1)), Weighted("b", None, Decimal(1))], exactly(106)
    )  # fmt: skip
    assert [(one.key, one.of, int(one.change.value)) for one in lines] == [("a", (), 5), (REST, ("b",), 1)]
    for weights in ([None], [Decimal(0)], [Decimal(-1)]):
        with pytest.raises(ContributionsRefused, match="quyền số"):
            to_index([Weighted("a", exactly(110), weight) for weight in weights], exactly(110))


indices = st.decimals(min_value="10", max_value="500", places=2)


@given(st.lists(st.tuples(indices, sizes), min_size=1, max_size=6), indices)
def test_contributions_to_an_index_add_up_exactly(found: list[tuple[Decimal, Decimal]], whole: Decimal):
    told = [Weighted(str(at), Bounded.exactly(index), weight) for at, (index, weight) in enumerate(found)]
    lines = to_index(told, Bounded.exactly(whole))
    assert sum((one.change.value for one in lines), Fraction(0)) == Fraction(whole) - 100


def test_few_lines_are_left_as_they_are():
    lines = to_growth([Part("a", exactly(2), exactly(1))], exactly(4), exactly(2))
    assert gathered(lines, 2) == lines
    assert OTHERS not in {one.key for one in lines}

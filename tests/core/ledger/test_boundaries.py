# SPDX-License-Identifier: Apache-2.0
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.ledger.amounts import Amount
from bamsat.core.ledger.boundaries import Boundaries
from bamsat.core.ledger.derived import growth_of, ratio_of, ratio_without_parts, reweigh
from bamsat.core.ledger.outcomes import Derived, Part, Refusal, Restated
from bamsat.core.ledger.succession import Step

BEFORE, MERGED, AFTER = date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 31)
ACT = "Nghị quyết 202/2025/QH15"
LATER = date(2027, 1, 1)
exactly = Amount.exactly
ten_and_twenty = {"xã A": exactly(10), "xã B": exactly(20)}


def merged_communes(**more):
    return Boundaries([Step("xã A", "xã C", MERGED, act=ACT), Step("xã B", "xã C", MERGED, act=ACT)], **more)


def value(outcome):
    assert isinstance(outcome, Restated), outcome
    return outcome.amount.value


class TestMergers:
    def test_communes_with_10_and_20_are_30_on_new_boundaries_and_10_and_20_on_old_ones(self):
        communes = merged_communes()
        new = communes.restate("xã C", ten_and_twenty, as_of=BEFORE, on=AFTER)
        assert value(new) == 30
        assert new.is_restated
        assert new.acts == ((MERGED, ACT),)
        assert new.parts == (
            Part("xã A", exactly(10), Fraction(1), 10),
            Part("xã B", exactly(20), Fraction(1), 20),
        )
        for place, own in ten_and_twenty.items():
            old = communes.restate(place, ten_and_twenty, as_of=BEFORE, on=BEFORE)
            assert old.amount == own
            assert not old.is_restated

    def test_the_day_of_the_merger_is_already_on_the_new_boundaries(self):
        communes = merged_communes()
        assert value(communes.restate("xã C", {"xã C": exactly(7)}, as_of=MERGED, on=AFTER)) == 7
        assert communes.changed("xã C", as_of=BEFORE, on=MERGED)
        assert not communes.changed("xã C", as_of=MERGED, on=AFTER)

    def test_bounds_add_as_values_do(self):
        values = {"xã A": Amount(10, 9, 12), "xã B": Amount(20, 20, 21)}
        assert merged_communes().restate("xã C", values, as_of=BEFORE, on=AFTER).amount == Amount(30, 29, 33)

    def test_a_partial_sum_is_never_a_total_and_the_lacking_part_is_named(self):
        found = merged_communes().restate("xã C", {"xã A": exactly(10)}, as_of=BEFORE, on=AFTER)
        assert isinstance(found, Refusal)
        assert (found.why, found.missing) == ("missing", ("xã B",))
        assert "xã B" in found.vi
        assert "xã B" in found.en
        assert [part.amount for part in found.parts] == [exactly(10), None]

    def test_a_place_that_is_no_more_tells_where_it_went(self):
        found = merged_communes().restate("xã A", ten_and_twenty, as_of=BEFORE, on=AFTER)
        assert found.why == "gone"
        assert "từ 01/07/2025 thuộc xã C" in found.vi

    def test_a_figure_on_new_boundaries_is_not_taken_apart_onto_old_ones(self):
        provinces = Boundaries(
            [Step("HG", "TQ mới", MERGED), Step("TQ", "TQ mới", MERGED)],
            names=lambda p: {"TQ mới": ("tỉnh Tuyên Quang", "Tuyen Quang Province")}.get(p, (p, p)),
        )
        found = provinces.restate("HG", {"TQ mới": exactly(5)}, as_of=AFTER, on=BEFORE)
        assert found.why == "merged"
        assert "từ 01/07/2025 thuộc tỉnh Tuyên Quang" in found.vi
        assert "Tuyen Quang Province since 01/07/2025" in found.en

    def test_a_place_not_there_yet_has_no_value(self):
        communes = merged_communes(since={"xã C": MERGED})
        assert communes.restate("xã C", ten_and_twenty, as_of=BEFORE, on=BEFORE).why == "not_yet"
        founded = Boundaries([], since={"chợ mới": MERGED})
        assert founded.restate("chợ mới", {}, as_of=BEFORE, on=AFTER).why == "not_yet"
        assert founded.restate("chợ mới", {}, as_of=AFTER, on=AFTER).why == "missing"

    def test_a_place_that_takes_in_another_and_stays_keeps_its_own_values(self):
        for boundaries in (
            Boundaries([Step("A", "B", MERGED), Step("B", "B", MERGED)]),
            Boundaries([Step("A", "B", MERGED)], since={"B": None}),
        ):
            both = {"A": exactly(1), "B": exactly(2)}
            assert value(boundaries.restate("B", both, as_of=BEFORE, on=AFTER)) == 3
            assert boundaries.restate("B", {"A": exactly(1)}, as_of=BEFORE, on=AFTER).missing == ("B",)
            back = boundaries.restate("B", {"B": exactly(3)}, as_of=AFTER, on=BEFORE)
            assert back.why == "merged"

    def test_a_place_of_which_nothing_is_said_counts_when_it_has_figures(self):
        unsaid = Boundaries([Step("A", "B", MERGED)])
        assert value(unsaid.restate("B", {"A": exactly(1), "B": exactly(2)}, as_of=BEFORE, on=AFTER)) == 3
        assert value(unsaid.restate("B", {"A": exactly(1)}, as_of=BEFORE, on=AFTER)) == 1


class TestSplitsAndTransfers:
    def test_a_split_uses_the_stated_shares_and_loses_no_unit(self):
        thirds = [Decimal("0.333333"), Decimal("0.333333"), Decimal("0.333334")]
        boundaries = Boundaries([Step("A", new, MERGED, share) for new, share in zip("BCD", thirds, strict=True)])
        found = boundaries.restate_all({"A": exactly(100)}, as_of=BEFORE, on=AFTER)
        assert sorted(value(outcome) for outcome in found.values()) == [33, 33, 34]

    def test_bounds_of_a_split_are_rounded_outwards(self):
        half = Decimal("0.5")
        boundaries = Boundaries([Step("A", "B", MERGED, half), Step("A", "C", MERGED, half)])
        found = boundaries.restate("C", {"A": Amount(7, 5, 9)}, as_of=BEFORE, on=AFTER)
        assert found.amount == Amount(3, 2, 5)

    def test_a_split_without_stated_shares_is_refused_with_the_reason(self):
        boundaries = Boundaries([Step("A", "B", MERGED), Step("A", "C", MERGED)])
        found = boundaries.restate("B", {"A": exactly(10)}, as_of=BEFORE, on=AFTER)
        assert found.why == "unstated"
        assert "01/07/2025 A tách thành B và C" in found.vi

    def test_a_split_without_shares_does_not_matter_once_its_parts_are_one_again(self):
        steps = [Step("A", "B", MERGED), Step("A", "C", MERGED), Step("B", "D", LATER), Step("C", "D", LATER)]
        found = Boundaries(steps).restate("D", {"A": exactly(10)}, as_of=BEFORE, on=LATER)
        assert value(found) == 10

    def test_shares_that_do_not_add_up_to_1_are_refused_with_their_sum(self):
        boundaries = Boundaries([Step("A", "A", MERGED, Decimal("0.5")), Step("A", "B", MERGED, Decimal("0.4"))])
        found = boundaries.restate("B", {"A": exactly(10), "B": exactly(1)}, as_of=BEFORE, on=AFTER)
        assert found.why == "shares"
        assert "0,9" in found.vi
        assert "0.9" in found.en

    def test_part_of_a_place_goes_to_another_and_both_go_on(self):
        steps = [Step("A", "A", MERGED, Decimal("0.7")), Step("A", "B", MERGED, Decimal("0.3")), Step("B", "B", MERGED)]
        values = {"A": exactly(10), "B": exactly(100)}
        boundaries = Boundaries(steps)
        assert value(boundaries.restate("A", values, as_of=BEFORE, on=AFTER)) == 7
        found = boundaries.restate("B", values, as_of=BEFORE, on=AFTER)
        assert value(found) == 103
        assert [(part.place, part.taken) for part in found.parts] == [("A", 3), ("B", 100)]

    def test_the_old_whole_is_the_sum_of_what_came_out_of_it_alone(self):
        split = Boundaries([Step("A", "B", MERGED), Step("A", "C", MERGED)])
        found = split.restate("A", {"B": exactly(3), "C": exactly(4)}, as_of=AFTER, on=BEFORE)
        assert value(found) == 7

    def test_a_new_name_changes_no_figure_in_either_direction(self):
        renamed = Boundaries([Step("A", "A'", MERGED, Decimal(1), "Nghị quyết 1")])
        assert value(renamed.restate("A'", {"A": exactly(4)}, as_of=BEFORE, on=AFTER)) == 4
        assert value(renamed.restate("A", {"A'": exactly(4)}, as_of=AFTER, on=BEFORE)) == 4

    def test_a_place_may_come_back_under_its_old_identity(self):
        steps = [
            Step("A", "B", MERGED), Step("C", "B", MERGED),
            Step("B", "A", LATER, Decimal("0.25")), Step("B", "B", LATER, Decimal("0.75")),
        ]  # fmt: skip
        boundaries = Boundaries(steps)
        values = {"A": exactly(10), "C": exactly(30)}
        assert value(boundaries.restate("A", values, as_of=BEFORE, on=BEFORE)) == 10
        assert boundaries.restate("A", values, as_of=BEFORE, on=AFTER).why == "gone"
        assert value(boundaries.restate("A", values, as_of=BEFORE, on=LATER)) == 10
        assert value(boundaries.restate("B", values, as_of=BEFORE, on=LATER)) == 30

    def test_two_places_may_swap_on_one_day(self):
        swapped = Boundaries([Step("A", "B", MERGED), Step("B", "A", MERGED)])
        values = {"A": exactly(1), "B": exactly(2)}
        assert value(swapped.restate("A", values, as_of=BEFORE, on=AFTER)) == 2
        assert value(swapped.restate("B", values, as_of=BEFORE, on=AFTER)) == 1

    def test_merged_then_split_then_merged_follows_every_day_in_order(self):
        steps = [
            Step("A", "C", MERGED), Step("B", "C", MERGED),
            Step("C", "D", LATER, Decimal("0.9")), Step("C", "E", LATER, Decimal("0.1")),
            Step("E", "F", date(2028, 1, 1)), Step("G", "F", date(2028, 1, 1)),
        ]  # fmt: skip
        boundaries = Boundaries(steps)
        values = {"A": exactly(7), "B": exactly(8), "G": exactly(100)}
        found = boundaries.restate("F", values, as_of=BEFORE, on=date(2028, 1, 1))
        assert value(found) == 101
        assert sum(part.taken for part in found.parts) == 101
        portions = boundaries.territory("F", on=date(2028, 1, 1), as_of=BEFORE)
        assert {p.place: p.share for p in portions} == {"A": Fraction(1, 10), "B": Fraction(1, 10), "G": Fraction(1)}


class TestWhatDoesNotAdd:
    def test_an_index_without_weights_is_refused_with_the_reason(self):
        indices = {"xã A": exactly(110), "xã B": exactly(100)}
        found = reweigh(merged_communes(), "xã C", indices, None, as_of=BEFORE, on=AFTER)
        assert found.why == "no_weights"
        assert "chỉ số không cộng được" in found.vi
        some = reweigh(merged_communes(), "xã C", indices, {"xã A": Decimal(1)}, as_of=BEFORE, on=AFTER)
        assert some.missing == ("xã B",)

    def test_an_index_is_weighted_with_the_value_added_of_the_base_period(self):
        indices = {"xã A": Amount(110, 109, 111), "xã B": exactly(100)}
        weights = {"xã A": Decimal(3), "xã B": Decimal(1)}
        found = reweigh(merged_communes(), "xã C", indices, weights, as_of=BEFORE, on=AFTER)
        assert found.bounds.value == Decimal("107.5")
        assert (found.bounds.lower, found.bounds.upper) == (Decimal("106.75"), Decimal("108.25"))
        assert [part.share for part in found.parts] == [Fraction(3, 4), Fraction(1, 4)]

    def test_weights_that_are_all_0_say_nothing(self):
        indices = {"xã A": exactly(110), "xã B": exactly(100)}
        weights = dict.fromkeys(indices, Decimal(0))
        assert reweigh(merged_communes(), "xã C", indices, weights, as_of=BEFORE, on=AFTER).why == "no_weights"

    def test_an_index_follows_a_new_name_and_stands_where_nothing_changed(self):
        renamed = Boundaries([Step("A", "A'", MERGED)])
        for target, on in (("A'", AFTER), ("A", BEFORE)):
            found = reweigh(renamed, target, {"A": exactly(104)}, None, as_of=BEFORE, on=on)
            assert isinstance(found, Derived)
            assert found.bounds.value == 104
            assert found.is_restated == (target == "A'")

    def test_a_ratio_from_merged_parts_is_the_pooled_ratio(self):
        communes = merged_communes()
        done = communes.restate("xã C", {"xã A": exactly(1), "xã B": exactly(9)}, as_of=BEFORE, on=AFTER)
        of = communes.restate("xã C", {"xã A": exactly(10), "xã B": exactly(10)}, as_of=BEFORE, on=AFTER)
        assert ratio_of(done, of, Decimal(100)).bounds.value == 50

    def test_a_ratio_without_its_parts_says_what_is_needed(self):
        found = ratio_without_parts("xã C")
        assert found.why == "no_parts"
        assert "tử số" in found.vi

    def test_growth_is_computed_from_both_levels_on_one_set_of_boundaries(self):
        communes = merged_communes()
        before = communes.restate("xã C", ten_and_twenty, as_of=BEFORE, on=AFTER)
        now = communes.restate("xã C", {"xã C": exactly(33)}, as_of=AFTER, on=AFTER)
        assert growth_of(now, before).bounds.value == 10

    @pytest.mark.parametrize("base", [Amount(0, 0, 0), Amount(1, -1, 2), Amount(-5, -5, -5)])
    def test_growth_from_nothing_is_not_said(self, base):
        assert growth_of(Restated("C", exactly(1), (), ()), Restated("C", base, (), ())).why == "zero"

    def test_a_missing_level_leaves_no_ratio_and_no_growth(self):
        communes = merged_communes()
        lacking = communes.restate("xã C", {}, as_of=BEFORE, on=AFTER)
        level = Restated("xã C", exactly(1), (), ())
        for found in (ratio_of(lacking, level), ratio_of(level, lacking), growth_of(level, lacking)):
            assert found is lacking
        assert ratio_of(level, Restated("xã C", exactly(0), (), ())).why == "zero"


# Any history of a province: on each day its places are regrouped, each whole or in shares, some under an old identity.

DAYS = [date(2000 + year, 1, 1) for year in (1, 5, 9, 13)]
START = date(2000, 6, 30)
many = settings(max_examples=150, deadline=None)


@st.composite
def cut(draw, parts):
    """Shares of six decimals that add up to 1."""
    marks = sorted(draw(st.lists(st.integers(0, 10**6), min_size=parts - 1, max_size=parts - 1)))
    ends = [0, *marks, 10**6]
    return [Decimal(b - a).scaleb(-6) for a, b in pairwise(ends)]


@st.composite
def histories(draw, most=3):
    """Steps, and the places on the first day."""
    places = first = [f"p{i}" for i in range(draw(st.integers(1, 6)))]
    steps, fresh = [], 0
    for day in DAYS[: draw(st.integers(0, len(DAYS)))]:
        names = [*places, *(f"n{fresh + i}" for i in range(3))]
        fresh += 3
        after = set()
        for old in places:
            news = draw(st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True))
            shares = draw(cut(len(news))) if len(news) > 1 else [None]
            if (news, shares) != ([old], [None]) or draw(st.booleans()):
                steps += [Step(old, new, day, share, "văn bản") for new, share in zip(news, shares, strict=True)]
            after |= set(news)
        places = sorted(after)
    return steps, first


@st.composite
def amounts(draw):
    value = draw(st.integers(-(10**12), 10**12))
    return Amount(value, value - draw(st.integers(0, 9)), value + draw(st.integers(0, 9)))


def boundaries_of(steps, first):
    fresh = {step.new: step.on for step in reversed(steps) if step.new not in first}
    return Boundaries(steps, since={**dict.fromkeys(first), **fresh})


@many
@given(histories(), st.data())
def test_the_total_of_the_province_is_conserved_under_every_map(history, data):
    steps, first = history
    values = {place: data.draw(amounts()) for place in first}
    boundaries = boundaries_of(steps, first)
    for day in [START, *DAYS]:
        found = boundaries.restate_all(values, as_of=START, on=day)
        assert all(isinstance(outcome, Restated) for outcome in found.values())
        assert sum(value(outcome) for outcome in found.values()) == sum(a.value for a in values.values())
        for outcome in found.values():
            amount = outcome.amount
            assert amount.lower <= amount.value <= amount.upper
            assert sum(part.taken for part in outcome.parts) == amount.value
    given_away = [boundaries.territory(place, on=DAYS[-1], as_of=START) for place in found]
    for place in first:
        assert sum(p.share for portions in given_away for p in portions if p.place == place) == 1


@many
@given(histories(), st.data())
def test_a_restated_value_is_near_what_its_shares_say(history, data):
    steps, first = history
    values = {place: data.draw(amounts()) for place in first}
    boundaries = boundaries_of(steps, first)
    for target, outcome in boundaries.restate_all(values, as_of=START, on=DAYS[-1]).items():
        exact = sum(p.share * values[p.place].value for p in boundaries.territory(target, on=DAYS[-1], as_of=START))
        rounded = sum(1 for step in steps if step.share is not None)  # each split rounds by less than one unit
        assert abs(outcome.amount.value - exact) <= rounded


def restated_once_and_twice(history, data):
    steps, first = history
    values = {place: data.draw(amounts()) for place in first}
    boundaries = boundaries_of(steps, first)
    halfway = boundaries.restate_all(values, as_of=START, on=DAYS[1])
    twice = boundaries.restate_all({p: o.amount for p, o in halfway.items()}, as_of=DAYS[1], on=DAYS[-1])
    once = boundaries.restate_all(values, as_of=START, on=DAYS[-1])
    return {p: o.amount for p, o in once.items()}, {p: o.amount for p, o in twice.items()}


@many
@given(histories(most=1), st.data())
def test_restating_twice_is_restating_once_through_mergers(history, data):
    once, twice = restated_once_and_twice(history, data)
    assert once == twice


@many
@given(histories(), st.data())
def test_restating_twice_gives_the_same_values_through_every_change(history, data):
    # Bounds may differ by their outward rounding: a whole that came together again is known without any.
    once, twice = restated_once_and_twice(history, data)
    assert {p: a.value for p, a in once.items()} == {p: a.value for p, a in twice.items()}


@many
@given(histories(), st.data())
def test_a_place_without_a_figure_leaves_no_place_that_it_went_to_with_a_total(history, data):
    steps, first = history
    boundaries = boundaries_of(steps, first)
    lacking = data.draw(st.sampled_from(first))
    values = {place: exactly(5) for place in first if place != lacking}
    everything = boundaries.restate_all(dict.fromkeys(first, exactly(5)), as_of=START, on=DAYS[-1])
    for target in everything:
        shares = {p.place for p in boundaries.territory(target, on=DAYS[-1], as_of=START)}
        found = boundaries.restate(target, values, as_of=START, on=DAYS[-1])
        assert isinstance(found, Refusal) == (lacking in shares)


@many
@given(histories(most=1), st.data())
def test_the_ratio_of_merged_parts_is_the_pooled_ratio(history, data):
    steps, first = history
    boundaries = boundaries_of(steps, first)
    above = {place: exactly(data.draw(st.integers(0, 10**9))) for place in first}
    below = {place: exactly(data.draw(st.integers(1, 10**9))) for place in first}
    for target, done in boundaries.restate_all(above, as_of=START, on=DAYS[-1]).items():
        of = boundaries.restate(target, below, as_of=START, on=DAYS[-1])
        places = [part.place for part in done.parts]
        pooled = Fraction(sum(above[p].value for p in places), sum(below[p].value for p in places))
        bounds = ratio_of(done, of).bounds
        assert Fraction(bounds.lower) <= pooled <= Fraction(bounds.upper)
        assert bounds.upper - bounds.lower < Decimal("1e-20")


@many
@given(histories(), st.data())
def test_what_is_told_for_earlier_boundaries_is_what_was_there(history, data):
    steps, first = history
    values = {place: data.draw(amounts()) for place in first}
    boundaries = boundaries_of(steps, first)
    later = boundaries.restate_all(values, as_of=START, on=DAYS[-1])
    known = {place: outcome.amount for place, outcome in later.items()}
    for place in first:
        back = boundaries.restate(place, known, as_of=DAYS[-1], on=START)
        assert isinstance(back, Refusal) or value(back) == values[place].value

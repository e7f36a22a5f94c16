# SPDX-License-Identifier: Apache-2.0
"""The solver against an exact judge of its own, on systems that are made up as reports are."""

from decimal import Decimal
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.check.model import Conflict, Constraint, Network, Row, Variable
from bamsat.core.check.solver.parallel import checked_in_parallel
from bamsat.core.check.solving import bounds, conflicts, feasible
from tests.core.check.oracle import can_all_hold
from tests.core.check.telling import FIGURE, World, made_up, slipped

SEEDED = 60


def failures(network: Network) -> list[Conflict]:
    return [conflict for conflict in conflicts(network) if not conflict.assumed]


def only(network: Network, constraints: tuple[int, ...], without: int = -1) -> Network:
    """The same true values, of which only some constraints are told."""
    kept = [constraint for at, constraint in enumerate(network.constraints) if at in constraints and at != without]
    return Network(network.variables, kept, network.figures, network.signed)


@given(st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_figures_that_were_rounded_from_true_values_never_fail(chance):
    assert failures(made_up(chance).network()) == []


@given(st.randoms(use_true_random=False), st.sampled_from([10**9, 10**12, 10**15]))
@settings(max_examples=60, deadline=None)
def test_figures_of_any_size_that_were_rounded_never_fail(chance, size):
    assert failures(made_up(chance, size=size).network()) == []


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_what_fails_cannot_all_hold_and_has_none_to_spare(chance):
    network = slipped(made_up(chance), chance)[0].network()
    for conflict in failures(network):
        assert not can_all_hold(only(network, conflict.constraints))
        for spared in conflict.constraints:
            assert can_all_hold(only(network, conflict.constraints, spared)), (conflict, spared)


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_true_values_lie_between_the_bounds(chance):
    world = made_up(chance)
    network = world.network()
    narrow = {at for at, constraint in enumerate(network.constraints) if constraint.assumed}
    for value, interval in zip(world.truth, bounds(network, narrow), strict=True):
        assert interval.low is None or interval.low <= value
        assert interval.high is None or value <= interval.high


@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_what_a_suspect_is_allowed_to_be_holds_what_is_true(chance):
    world = made_up(chance)
    wrong, at = slipped(world, chance)
    found = failures(wrong.network())
    suspects = [suspect for conflict in found for suspect in conflict.suspects if suspect.figure == at]
    for suspect in suspects:
        low, high = suspect.allowed.low, suspect.allowed.high
        of = [world.truth[variable] for variable in world.told[at].of]
        value = Decimal(of[0]) if len(of) == 1 else Decimal(100 * of[0]) / of[1]
        assert low is None or low <= value * (1 + Decimal("1e-20"))
        assert high is None or value * (1 - Decimal("1e-20")) <= high


@cache
def judged() -> list[tuple[int, list[Conflict], bool, list[int]]]:
    """Systems with one misprint: which figure, what was found, whether all can hold, and who alone repairs it."""
    found = []
    for seed in range(SEEDED):
        chance = Random(seed)
        world, at = slipped(made_up(chance), chance)
        network = world.network()
        holds = can_all_hold(network)
        figures = range(len(network.figures))
        alone = [] if holds else [figure for figure in figures if can_all_hold(network, (figure,))]
        found.append((at, failures(network), holds, alone))
    return found


def test_a_single_misprint_that_contradicts_the_rest_is_found():
    contradicting = [found for _, found, holds, _ in judged() if not holds]
    assert len(contradicting) > SEEDED / 2
    assert sum(map(bool, contradicting)) >= 0.99 * len(contradicting)
    assert not any(found for _, found, holds, _ in judged() if holds)


def test_the_only_figure_that_repairs_everything_comes_first():
    sole = [(found, alone[0]) for _, found, _, alone in judged() if len(alone) == 1 and found]
    assert len(sole) > SEEDED / 4
    assert sum(found[0].suspects[0].figure == figure for found, figure in sole) >= 0.95 * len(sole)


def test_those_that_could_be_wrong_alone_are_those_that_the_judge_names():
    for _, found, _, alone in judged():
        if len(found) == 1:
            assert {suspect.figure for suspect in found[0].suspects if suspect.alone} == set(alone)


def test_a_value_too_many_at_ten_to_the_fifteenth_is_seen():
    size = 10**15
    parts = World()
    total = parts.total([parts.value(size - 7), parts.value(size // 3), parts.value(11)])
    for variable in range(len(parts.truth)):
        parts.level(variable, 1)
    assert failures(parts.network()) == []
    assert failures(parts.wrong(total, parts.truth[total] + 2).network()) == []  # four roundings of half a đồng
    assert [one.constraints for one in failures(parts.wrong(total, parts.truth[total] + 3).network())] == [
        (0, 1, 2, 3, 4)
    ]


def test_a_hedge_alone_is_never_a_failure():
    network = levels(("hedge", 100, 101), ("", 50, 200), ("", 120, 130))
    found = conflicts(network)
    assert [(conflict.constraints, conflict.assumed) for conflict in found] == [((0, 2), ("hedge",))]


def test_failures_come_before_what_needs_something_assumed():
    network = levels(("", 10, 11), ("", 20, 21))
    at = network.variable(Variable("exports", "", "2020"))
    network.constraints += [said(at, 2, 5, 6), said(at, 3, 8, 9, "price_basis")]
    network.figures += [FIGURE] * 2
    assert [conflict.assumed for conflict in conflicts(network)] == [(), ("price_basis",)]


def test_growths_alone_contradict_each_other_at_any_scale():
    network = Network(
        variables=[Variable("exports", "", str(year)) for year in (2019, 2020, 2021)], figures=[FIGURE] * 3
    )
    for figure, (upper, lower, percent) in enumerate(((1, 0, 110), (2, 1, 110), (2, 0, 130))):
        rows = Row(((upper, 200), (lower, 1 - 2 * percent)), 0), Row(((upper, 200), (lower, -1 - 2 * percent)), None, 0)
        network.constraints.append(Constraint(rows, "growth", figure))
    assert [conflict.constraints for conflict in conflicts(network)] == [(0, 1, 2)]
    allowed = {suspect.figure: suspect.allowed for suspect in conflicts(network)[0].suspects}
    assert (allowed[2].low, allowed[2].high) == (Decimal("119.9025"), Decimal("122.1025"))
    assert not feasible(network)
    assert feasible(network, [2])


def test_a_ring_that_intervals_do_not_see_through_is_solved():
    network = Network(variables=[Variable("exports", "", str(year)) for year in range(3)], figures=[FIGURE] * 3)
    network.constraints += [said(at, at, 0, 10) for at in range(3)]
    for pair in ((0, 1), (1, 2), (0, 2)):
        network.constraints.append(Constraint((Row(tuple((at, 1) for at in pair), 5, 5),), "sum"))
    network.constraints.append(Constraint((Row(((0, 1), (1, 1), (2, 1)), 9, 10),), "sum"))
    assert [conflict.constraints for conflict in conflicts(network)] == [(3, 4, 5, 6)]


def test_what_is_hard_to_believe_wrong_comes_later():
    network = levels(("", 10, 11), ("", 20, 21))
    network.constraints[0] = said(0, 0, 10, 11, weight=3)
    (conflict,) = conflicts(network)
    assert [(suspect.figure, suspect.alone) for suspect in conflict.suspects] == [(1, True), (0, True)]


def test_one_wrong_figure_is_one_conflict():
    world = World()
    parts = [world.value(amount) for amount in (110, 220, 330)]
    total = world.total(parts)
    before = [world.value(amount) for amount in (100, 200, 300, 600)]
    for variable in (*parts, total, *before):
        world.level(variable, 1)
    for upper, lower in zip((*parts, total), before, strict=True):
        world.ratio(upper, lower, 1000)
    (conflict,) = conflicts(world.wrong(1, 22).network())
    assert conflict.suspects[0].figure == 1
    assert not conflict.suspects[1].alone


def test_bounds_of_a_value_that_nobody_printed_are_exact():
    network = levels(("", 305, 306))
    other = network.variable(Variable("exports", "", "2020"))
    network.constraints.append(Constraint((Row(((0, 2), (other, -3)), 0, 0),), "growth", 0))
    unknown = network.variable(Variable("exports", "", "2019"), signed=True)
    found = bounds(network)
    assert (found[other].low, found[other].high) == (Decimal("203.33333333333333333"), Decimal(204))
    assert found[other].because == (0, 1)
    assert (found[unknown].low, found[unknown].high) == (None, None)


def test_many_networks_are_checked_side_by_side():
    found = dict(checked_in_parallel(seeded, range(6)))
    assert list(found) == list(range(6))
    assert all(found[seed] == conflicts(seeded(seed)) for seed in found)


def seeded(seed: int) -> Network:
    chance = Random(seed)
    return slipped(made_up(chance), chance)[0].network()


def said(variable: int, figure: int, low: int, high: int, assumed: str = "", weight: int = 1) -> Constraint:
    return Constraint((Row(((variable, 1),), low, high),), "level", figure, assumed, weight)


def levels(*told: tuple[str, int, int]) -> Network:
    """One true value, told several times."""
    network = Network(figures=[FIGURE] * len(told))
    network.variable(Variable("exports", "", "2021"))
    network.constraints += [said(0, figure, low, high, why) for figure, (why, low, high) in enumerate(told)]
    return network

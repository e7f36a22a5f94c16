# SPDX-License-Identifier: Apache-2.0
"""A million figures that hang together, one in a hundred of them wrong: found, blamed, in a minute on two cores.

A component is a sector of a province: parts and their total, month by month over three years, the months up to each,
plans, growths, plan ratios and shares, all rounded. The strong reading of "1 % inconsistent" is taken: one figure in a
hundred is misprinted, so that no component is free of errors. Each process makes its own components (that is timed too,
and said apart) and checks them as any network is checked.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from random import Random
from statistics import median
from typing import Any

import highspy
import numpy as np

from bamsat.core.check.model import Network
from bamsat.core.check.solver.parallel import checked_in_parallel
from bamsat.core.check.solving import conflicts
from bench import Line
from tests.core.check.telling import World, slipped

FIGURES = int(os.environ.get("BAMSAT_BENCH_FIGURES", "1000000"))
COMPONENT = 2000
ERRORS_IN = 100
_PARTS, _YEARS, _MONTHS = 20, 3, 12
_SAMPLE, _PATIENCE = 7, 20.0
# No true value of a sector is more than this many times the size that it was made up with.
_LARGEST = 100.0


def measure() -> Iterator[Line]:
    yield from at_scale()
    yield from beside_milp()
    yield from with_all_digits()


# A sector of a province


def sector(chance: Random, size: int = 10**6, steps: tuple[int, ...] = (1, 10, 100)) -> World:
    """True values of a sector, and two thousand figures told of them."""
    world = World()
    years = [_year(world, chance, size) for _ in range(_YEARS)]
    told: list[tuple[int, ...]] = []
    for number, rows in enumerate(years):
        for which, row in enumerate(rows):
            told += [(variable,) for variable in row if chance.random() < 0.8]
            if number:
                told += [pair for pair in zip(row, years[number - 1][which], strict=True) if chance.random() < 0.6]
            if not chance.randrange(4):
                told += [pair for pair in zip(row, rows[len(rows) // 2 - 1], strict=True) if pair[0] != pair[1]]
            plan = world.value(max(1, world.truth[row[-1]] * chance.randint(85, 115) // 100))
            told += [(plan,), (row[-1], plan)]
    chance.shuffle(told)
    assert len(told) >= COMPONENT
    for of in told[:COMPONENT]:
        if len(of) == 2:
            world.ratio(*of, chance.choice((1000, 10000)))
        else:
            world.level(*of, chance.choice(steps))
    return world


def _year(world: World, chance: Random, size: int) -> list[list[int]]:
    """Parts and total by month, and the same up to each month."""
    rows = [[world.value(chance.randrange(size // 1000, size)) for _ in range(_MONTHS)] for _ in range(_PARTS)]
    rows.append([world.total([row[month] for row in rows]) for month in range(_MONTHS)])
    for row in rows[:]:
        so_far = [row[0]]
        for month in row[1:]:
            so_far.append(world.total([so_far[-1], month]))
        rows.append(so_far)
    return rows


def wrong_sector(seed: int, errors: int = COMPONENT // ERRORS_IN) -> tuple[Network, set[int]]:
    """A sector with misprints, and which figures those are."""
    chance = Random(seed)
    world = sector(chance)
    wrong: set[int] = set()
    while len(wrong) < errors:
        slip, at = slipped(world, chance)
        if at not in wrong:
            world = slip
            wrong.add(at)
    return world.network(), wrong


def network(seed: int) -> Network:
    return wrong_sector(seed)[0]


# Claims


def at_scale() -> Iterator[Line]:
    started = time.monotonic()
    found = dict(checked_in_parallel(network, range(FIGURES // COMPONENT), most=COMPONENT))
    took = time.monotonic() - started
    peak = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = len(found) * COMPONENT
    building = _seconds_of(lambda: [network(seed) for seed in range(5)]) / 5 * len(found) / 2
    hits = wrong = blamed = 0
    for seed in range(0, len(found), 20):
        _, seeded = wrong_sector(seed)
        named = {conflict.suspects[0].figure for conflict in found[seed]}
        hits, wrong, blamed = hits + len(named & seeded), wrong + len(seeded), blamed + len(named)
    share = figures / 1_000_000
    count = sum(map(len, found.values()))
    peer = f"{figures:,} figures, {wrong / len(range(0, len(found), 20)) * len(found):,.0f} wrong, {count:,} conflicts"
    yield Line("linked figures checked on two cores", took, 60 * share, "seconds", peer)
    yield Line("of these, making the figures up", building, None, "seconds")
    yield Line("processor time of each of the two processes", (used.ru_utime + used.ru_stime) / 2, None, "seconds")
    yield Line("peak memory of all processes", peak / 1024, 2048, "MB")
    yield Line("of the first suspects, those that were misprinted", 100 * hits / blamed, None, "%")


def beside_milp() -> Iterator[Line]:
    """The same sectors as above, and such with a single misprint, beside a mixed integer programme of the whole."""
    for errors, said in ((1, "one misprint in 2,000 figures"), (COMPONENT // ERRORS_IN, "20 misprints, each conflict")):
        compared = [one for seed in range(_SAMPLE) if (one := _beside(10_000 + seed, errors))]
        ours, theirs = median(one[0] for one in compared), median(one[1] for one in compared)
        late, right = sum(one[3] for one in compared), sum(one[2] for one in compared)
        peer = f"{1000 * ours:.0f} ms; MILP {theirs:.2f} s, {right} of {len(compared)} right, {late} stopped"
        yield Line(f"{said}, in times of a plain MILP", median(one[0] / one[1] for one in compared), 0.2, "times", peer)


def _beside(seed: int, errors: int) -> tuple[float, float, bool, bool] | None:
    """Seconds that a conflict takes us and that the programme takes; whether that is right, and was stopped."""
    told, _ = wrong_sector(seed, errors)
    found: list[Any] = []
    ours = _seconds_of(lambda: found.extend(conflicts(told, COMPONENT)))
    if not found:
        return None
    solver = highspy.Highs()
    for option, value in _MILP.items():
        solver.setOptionValue(option, value)
    solver.passModel(big_m(told, 1e6))
    theirs = _seconds_of(solver.run)
    right = round(solver.getInfo().objective_function_value) == len(found)
    return ours / len(found), theirs, right, solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit


_MILP = {
    "output_flag": False,
    "threads": 1,
    "time_limit": _PATIENCE,
    "primal_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
}


def big_m(network: Network, unit: float) -> highspy.HighsLp:
    """The fewest figures to drop, every row of a figure switched off by its own yes or no. Values in a unit of their
    size, and no M larger than a row can need: with a larger one the solver's tolerance would hide every misprint."""
    figures, variables = len(network.figures), len(network.variables)
    index, value, start, low = [], [], [0], []
    for figure, row in ((c.figure, row) for c in network.constraints for row in c.rows):
        size = max(abs(times) for _, times in row.terms)
        for bound, side in ((row.low, 1), (row.high, -1)):
            if bound is None:
                continue
            times = [side * times / size for _, times in row.terms]
            low.append(side * bound / row.over / size / unit)
            index += [variable for variable, _ in row.terms]
            value += times
            if figure is not None:
                index.append(variables + figure)
                value.append(low[-1] - sum(_LARGEST * one for one in times if one < 0))
            start.append(len(index))
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = variables + figures, len(low)
    programme.col_cost_ = np.append(np.zeros(variables), np.ones(figures))
    programme.col_lower_ = np.zeros(variables + figures)
    programme.col_upper_ = np.append(np.full(variables, _LARGEST), np.ones(figures))
    programme.row_lower_, programme.row_upper_ = np.array(low), np.full(len(low), np.inf)
    kinds = highspy.HighsVarType
    programme.integrality_ = [kinds.kContinuous] * variables + [kinds.kInteger] * figures
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_, programme.a_matrix_.index_ = np.array(start), np.array(index)
    programme.a_matrix_.value_ = np.array(value)
    return programme


def with_all_digits() -> Iterator[Line]:
    """Sectors told in full digits up to 10^15: nothing fails that is right, and one đồng too many in a sum is seen."""
    false = missed = 0
    for seed in range(5):
        chance = Random(seed)
        world = sector(chance, 10**15, steps=(1,))
        false += len(conflicts(world.network()))
        levels = {told.of[0]: at for at, told in enumerate(world.told) if not told.ratio}
        total, parts = next((t, p) for t, p in world.sums if {t, *p} <= levels.keys())
        wrong = world.wrong(levels[total], world.truth[total] + len(parts) + 2)
        missed += not conflicts(wrong.network())
    yield Line("at 10^15 in full digits: right figures said to fail", false, 0, "figures")
    yield Line("at 10^15 in full digits: a few đồng too many not seen", missed, 0, "sectors", "of 5")


def _seconds_of(work: Any) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started

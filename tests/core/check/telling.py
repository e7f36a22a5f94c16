# SPDX-License-Identifier: Apache-2.0
"""Makes up true values, and tells of them as reports do: rounded levels, growths, plan ratios, shares, sums, months."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from bamsat.core.check.model import Constraint, Network, Row, Stated, Variable
from bamsat.core.terms.figure import Figure

_FIGURE = Figure(
    "bao-cao", 0, 0, "0", "", "retail_sales", None, "level", Decimal(0), None, None, "VND", Decimal(0), Decimal(0),
    "actual", None, None, None, None, None,
)  # fmt: skip
FIGURE = Stated("bao-cao#0", _FIGURE, "bao-cao")


@dataclass
class Told:
    """One printed number: what it is of, and what was written in steps of its last digit."""

    of: tuple[int, ...]
    steps: int
    step: int  # a level: the value of one step; a ratio: how many steps make one
    hedged: bool = False

    @property
    def ratio(self) -> bool:
        return len(self.of) == 2


@dataclass
class World:
    """True values and what is told of them."""

    truth: list[int] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    sums: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def value(self, amount: int) -> int:
        self.truth.append(amount)
        return len(self.truth) - 1

    def total(self, parts: list[int]) -> int:
        total = self.value(sum(self.truth[part] for part in parts))
        self.sums.append((total, tuple(parts)))
        return total

    def level(self, variable: int, step: int, hedged: bool = False) -> None:
        self.told.append(Told((variable,), (2 * self.truth[variable] + step) // (2 * step), step, hedged))

    def ratio(self, upper: int, lower: int, steps: int) -> None:
        above, below = self.truth[upper], self.truth[lower]
        self.told.append(Told((upper, lower), (2 * above * steps + below) // (2 * below), steps))

    def wrong(self, at: int, steps: int) -> World:
        """The same with another number at one place."""
        told = list(self.told)
        told[at] = replace(told[at], steps=steps)
        return replace(self, told=told)

    def network(self) -> Network:
        network = Network()
        network.variables = [Variable("retail_sales", "", f"v{at}") for at in range(len(self.truth))]
        for total, parts in self.sums:
            network.constraints.append(Constraint((Row(((total, -1), *((part, 1) for part in parts)), 0, 0),), "sum"))
        for at, told in enumerate(self.told):
            network.constraints.extend(constraints(told, at))
            network.figures.append(FIGURE)
        return network


def constraints(told: Told, figure: int) -> list[Constraint]:
    """What a printed number surely says; with a hedge also what it says if the hedge is narrow."""
    steps = told.steps
    if told.ratio:
        upper, lower = told.of
        over = 2 * told.step
        rows = (
            Row(((upper, over), (lower, -(2 * steps - 1))), 0, None),
            Row(((upper, over), (lower, -(2 * steps + 1))), None, 0),
        )
        return [Constraint(rows, "growth", figure)]
    (variable,) = told.of
    narrow = Row(((variable, 1),), (2 * steps - 1) * told.step, (2 * steps + 1) * told.step, 2)
    if not told.hedged:
        return [Constraint((narrow,), "level", figure)]
    wide = Row(((variable, 1),), (2 * steps - 1) * told.step, (8 * steps + 2) * told.step, 4)
    return [Constraint((narrow,), "level", figure, "hedge"), Constraint((wide,), "level", figure)]


def made_up(chance: Random, most: int = 3, size: int = 10**6) -> World:
    """Parts and totals of two years, their plans, and months that add up; some of it printed, more or less finely."""
    world = World()
    years = []
    for _ in range(2):
        parts = [world.value(chance.randrange(size // 50, size)) for _ in range(chance.randint(2, most))]
        years.append([*parts, world.total(parts)])
    last, now = years
    plan = [world.value(max(1, world.truth[one] * chance.randint(85, 115) // 100)) for one in now[:-1]]
    plan.append(world.total(plan))
    _printed(world, chance, [*last, *now, *plan])
    for upper, lower in (*zip(now, last, strict=False), *zip(now, plan, strict=False)):
        if chance.random() < 0.6:
            world.ratio(upper, lower, chance.choice((100, 1000, 10000)))
    for part in now[:-1]:
        if chance.random() < 0.3:
            world.ratio(part, now[-1], chance.choice((100, 1000)))
    _months(world, chance, size)
    return world


def _months(world: World, chance: Random, size: int) -> None:
    """A month, the months up to it, and the same of the year before."""
    if chance.random() < 0.5:
        return
    for _ in range(2):
        months = [world.value(chance.randrange(size // 50, size)) for _ in range(2)]
        _printed(world, chance, [*months, world.total(months)])
    count = len(world.truth)
    for upper, lower in zip(range(count - 3, count), range(count - 6, count - 3), strict=True):
        if chance.random() < 0.7:
            world.ratio(upper, lower, chance.choice((100, 1000)))


def _printed(world: World, chance: Random, values: list[int]) -> None:
    for value in values:
        if chance.random() < 0.7:
            world.level(value, chance.choice((1, 10, 100, 1000)), hedged=chance.random() < 0.15)


def slipped(world: World, chance: Random) -> tuple[World, int]:
    """One number printed wrongly, as people slip: two digits swapped, a digit changed, a scale, a comma."""
    at = chance.randrange(len(world.told))
    right = world.told[at].steps
    digits = list(str(right))
    way = chance.choice(("swap", "digit", "scale", "comma", "shift"))
    if way == "swap" and len(digits) > 1:
        where = chance.randrange(len(digits) - 1)
        digits[where], digits[where + 1] = digits[where + 1], digits[where]
    elif way == "digit":
        digits[chance.randrange(len(digits))] = str(chance.randrange(10))
    steps = int("".join(digits))
    if way in ("scale", "comma"):
        factor = 1000 if way == "scale" else 10
        steps = right * factor if chance.random() < 0.5 else right // factor
    if steps == right or steps <= 0 or way == "shift":
        steps = right + chance.randint(2, max(2, right // 4))
    return world.wrong(at, steps), at

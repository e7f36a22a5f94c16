# SPDX-License-Identifier: Apache-2.0
"""Figures as a report would print them, and networks of them built by hand, for the tests of sentences and repairs."""

from __future__ import annotations

from decimal import Decimal

from bamsat.core.check.model import Constraint, Network, Stated, Variable
from bamsat.core.check.ties.rows import at_least, between, change, contribution, equal, ratio
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.interval import interval
from bamsat.core.terms.numbers import read_number
from bamsat.core.terms.unit import read_unit
from bamsat.core.terms.vietnamese import fold


def figure_of(
    number: str, indicator: str = "exports", period: str = "2021", *, measure: str = "level", base: str | None = None,
    falls: bool = False, of_plan: bool = False, segment: str | None = None, area: str = "Cao Bằng",
    doc: str = "bc.docx", hedge: str | None = None,
) -> Figure:  # fmt: skip
    """A figure from its words: "337,887 triệu USD", "21,43%"; `of_plan` reads 10,4% as 110,4% of the plan."""
    digits, _, tail = number.partition(" ") if " " in number else (number.rstrip("%"), "", number[-1:])
    read = read_number(digits)
    unit = read_unit(tail.lower())
    assert read is not None
    assert unit is not None
    size = read.value * unit.scale * (-1 if falls else 1)
    value = size + 100 if of_plan else size
    low, high = interval(size, digits, unit.scale, hedge, kind=unit.kind, falls=falls)
    more = Decimal(100) if of_plan else Decimal(0)
    return Figure(
        doc, 0, len(number), number, indicator, indicator, segment, measure, value, None, None, unit.code, low + more,
        high + more, "actual", hedge, area, period, base, None,
    )  # fmt: skip


class Made:
    """A network built figure by figure; values are named by indicator, period, part and kind."""

    def __init__(self) -> None:
        self.network = Network()

    def at(self, indicator: str, period: str, segment: str | None = None, kind: str = "actual", unit: str = "USD",
           place: str = "Cao Bằng", source: str = "bc.docx") -> int:  # fmt: skip
        variable = Variable(indicator, fold(place), period, fold(segment or ""), kind, unit, "", source)  # type: ignore[arg-type]
        return self.network.variable(variable, signed=indicator == "trade_balance")

    def _stated(self, figure: Figure, weight: int = 1) -> int:
        key = f"{figure.doc}#{len(self.network.figures)}"
        place = fold(figure.area or "")
        self.network.figures.append(Stated(key, figure, figure.doc, place, Decimal(weight)))
        return len(self.network.figures) - 1

    def level(self, variable: int, number: str, weight: int = 1, **words: object) -> int:
        one = self.network.variables[variable]
        named = {"indicator": one.indicator, "period": one.period, "segment": one.breakdown or None} | words
        figure = figure_of(number, **named)  # type: ignore[arg-type]
        at = self._stated(figure, weight)
        row = between(variable, figure.lower, figure.upper)
        self.network.constraints.append(Constraint((row,), "told_twice", at, "hedge" if figure.hedge else "", 10))
        return at

    def ratio(self, upper: int, lower: int, number: str, measure: str = "growth", **words: object) -> int:
        one, base = (self.network.variables[at] for at in (upper, lower))
        named = {"indicator": one.indicator, "period": one.period, "base": base.period, "measure": measure} | words
        figure = figure_of(number, **named)  # type: ignore[arg-type]
        at = self._stated(figure)
        more = 100 if measure == "growth" else 0
        rows = ratio(upper, lower, figure.lower + more, figure.upper + more)
        self.network.constraints.append(Constraint(rows, measure, at, "hedge" if figure.hedge else "", 10))
        return at

    def change(self, now: int, before: int, number: str, **words: object) -> int:
        one, base = (self.network.variables[at] for at in (now, before))
        named = {"indicator": one.indicator, "period": one.period, "base": base.period, "measure": "change"} | words
        figure = figure_of(number, **named)  # type: ignore[arg-type]
        at = self._stated(figure)
        self.network.constraints.append(Constraint((change(now, before, figure.lower, figure.upper),), "change", at))
        return at

    def contribution(self, now: int, before: int, whole: int, number: str) -> int:
        one, base = (self.network.variables[at] for at in (now, before))
        figure = figure_of(number, one.indicator, one.period, measure="contribution", base=base.period)
        at = self._stated(figure)
        rows = contribution(now, before, whole, figure.lower, figure.upper)
        self.network.constraints.append(Constraint(rows, "contribution", at))
        return at

    def sum(self, whole: int, *parts: int, rule: str = "sum", minus: tuple[int, ...] = ()) -> None:
        terms = [(part, -1 if part in minus else 1) for part in parts]
        self.network.constraints.append(Constraint((equal(whole, terms),), rule))

    def part(self, whole: int, *parts: int, rule: str = "months") -> None:
        self.network.constraints.append(Constraint((at_least(whole, [(part, 1) for part in parts]),), rule))

    def same(self, one: int, other: int, assumed: str = "") -> None:
        self.network.constraints.append(Constraint((equal(one, [(other, 1)]),), "told_twice", None, assumed))

# SPDX-License-Identifier: Apache-2.0
"""Slips that borrow from another figure: last month's number kept, another base, a total not brought up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from statistics import median

from bamsat.core.check.mending.slips import Meant
from bamsat.core.check.model import Network, Slip, Variable
from bamsat.core.check.told.case import Case
from bamsat.core.check.told.ranges import Range
from bamsat.core.check.words.naming import several_places
from bamsat.core.check.words.printed import printed
from bamsat.core.check.words.written import period_words
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period, PeriodUnreadable

_RANK: dict[Slip, int] = {"copied": 7, "period": 7, "base": 7}


_LATE = 3


class Index:
    """Which figures speak of which value, and which values are one series; made once for a network."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.many_places = several_places(network)
        self._figures: dict[int, list[int]] = defaultdict(list)
        self._ratios: dict[int, list[int]] = defaultdict(list)
        self._series: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for one in network.constraints:
            if one.figure is not None and not one.assumed:
                many = max(len(row.terms) for row in one.rows)
                (self._figures if many == 1 else self._ratios)[one.rows[0].terms[0][0]].append(one.figure)
        for at, variable in enumerate(network.variables):
            self._series[_series(variable)].append(at)

    def level(self, variable: int) -> int | None:
        """A figure that says a value."""
        return next(iter(self._figures.get(variable, ())), None)

    def says(self, variable: int, value: Decimal) -> bool:
        """Whether a figure says just this of a value."""
        return any(self.network.figures[at].figure.value == value for at in self._figures.get(variable, ()))

    def ratios(self, variable: int) -> list[int]:
        return self._ratios.get(variable, [])

    def usual(self, variable: int, without: Collection[int]) -> Decimal | None:
        """What the other periods of a series come to for as many months, by the median of their figures."""
        found: list[Decimal] = []
        months = _months(self.network.variables[variable])
        for at in self.siblings(variable):
            figure = self.level(at)
            if figure is not None and figure not in without and self.network.figures[figure].figure.value > 0:
                value = self.network.figures[figure].figure.value
                found.append(value * months / _months(self.network.variables[at]))
        return median(found) if found else None

    def siblings(self, variable: int) -> list[int]:
        """The same series at other periods."""
        one = self.network.variables[variable]
        return [at for at in self._series[_series(one)] if self.network.variables[at].period != one.period]


def _ends(code: str) -> int:
    try:
        return Period.parse(code).last
    except PeriodUnreadable:
        return 0


def _months(variable: Variable) -> int:
    try:
        return Period.parse(variable.period).length
    except PeriodUnreadable:
        return 1


def _series(variable: Variable) -> tuple[str, ...]:
    return (
        variable.indicator, variable.place, variable.breakdown, variable.kind, variable.unit, variable.price_basis
    )  # fmt: skip


def borrowed(case: Case, at: int, index: Index, allowed: Range) -> list[Meant]:
    """Where a figure repeats the number of another period, or is a growth on another base."""
    figure = case.figure(at)
    for level in case.shapes.levels:
        if level.figure == at:
            return _level_of_another(case, figure, level.variable, index, allowed)
    for ratio in case.shapes.ratios:
        if ratio.figure == at and figure.measure in ("growth", "index"):
            return _ratio_of_another(case, at, ratio.upper, ratio.lower, index, allowed)
    return []


def _level_of_another(case: Case, figure: Figure, variable: int, index: Index, allowed: Range) -> list[Meant]:
    same = [other for other in index.siblings(variable) if index.says(other, figure.value)]
    periods = {case.network.variables[other].period for other in same}
    for other in same if len(periods) == 1 and len(printed(figure).digits) >= 3 else []:
        one, than = (case.network.variables[which].period for which in (variable, other))
        slip: Slip = "copied" if _alike(one, than) else "period"
        vi, en = period_words(than), period_words(than, "en")
        why = (f"số đang ghi giống hệt số của {vi}", f"what is given is the number of {en}")
        return _meant(figure, slip, allowed, why, late=_ends(than) > _ends(one))
    return []


def _ratio_of_another(case: Case, at: int, upper: int, lower: int, index: Index, allowed: Range) -> list[Meant]:
    figure = case.figure(at)
    stated = Range(Fraction(figure.lower), Fraction(figure.upper))
    above, base = index.level(upper), case.network.variables[lower].period
    for other in index.siblings(upper):
        if case.network.variables[other].period == base:
            continue
        below = index.level(other)
        if other != lower and above is not None and below is not None and case.figure(below).lower > 0:
            up, down = case.figure(above), case.figure(below)
            less = Fraction(100) if figure.measure == "growth" else Fraction(0)
            ends = (Fraction(up.lower) / Fraction(down.upper), Fraction(up.upper) / Fraction(down.lower))
            if Range(ends[0] * 100 - less, ends[1] * 100 - less).meets(stated):
                than = case.network.variables[other].period
                vi, en = period_words(than), period_words(than, "en")
                why = (f"số đang ghi là mức so với {vi}", f"what is given is against {en}")
                return _meant(figure, "base", allowed, why)
        for ratio in index.ratios(other):
            same = case.figure(ratio)
            if same.value == figure.value and same.measure == figure.measure and len(printed(figure).digits) > 3:
                than = case.network.variables[other].period
                vi, en = period_words(than), period_words(than, "en")
                why = (f"số đang ghi giống hệt số của {vi}", f"what is given is the number of {en}")
                return _meant(figure, "copied", allowed, why)
    return []


def _alike(one: str, other: str) -> bool:
    """Whether two periods are of one kind: months, or months since January."""
    try:
        first, second = Period.parse(one), Period.parse(other)
    except PeriodUnreadable:
        return False
    return first.length == second.length or (first.first % 12 == second.first % 12 == 0 and second.length > 1)


def forgotten(case: Case, at: int, index: Index, allowed: Range) -> list[Meant]:
    """A total that leaves out one of its parts."""
    total = next((one for one in case.shapes.levels if one.figure == at), None)
    relation = next((one for one in case.shapes.sums if total and one.whole == total.variable and one.equal), None)
    if total is None or relation is None or len(relation.parts) < 3:
        return []
    known = {part: where for part, _ in relation.parts if (where := _printed_as(case, part, index)) is not None}
    if len(known) < len(relation.parts):
        return []
    for left_out, _ in relation.parts:
        rest = Range(Fraction(0), Fraction(0))
        for part, times in relation.parts:
            if part != left_out:
                rest = rest.plus(known[part], times)
        if rest.meets(total.range) and not _nothing(known[left_out]):
            vi, en = case.names.beside(left_out, relation.whole), case.names.beside(left_out, relation.whole, "en")
            return _meant(case.figure(at), "copied", allowed, (f"tổng chưa cộng {vi}", f"{en} is not in the total"))
    return []


def _printed_as(case: Case, variable: int, index: Index) -> Range | None:
    """Where a value lies by its own figure, whether the conflict needs it or not."""
    at = index.level(variable)
    return None if at is None else Range(Fraction(case.figure(at).lower), Fraction(case.figure(at).upper))


def _nothing(known: Range) -> bool:
    return known.low is not None and known.low <= 0


def _meant(figure: Figure, slip: Slip, allowed: Range, why: tuple[str, str], late: bool = False) -> list[Meant]:
    """The number that the others leave room for, at the decimals of the figure; of what was told later it is rare."""
    one = printed(figure)
    if one.number is None or allowed.middle is None or allowed.low is None or allowed.high is None:
        return []
    value, number = one.saying(allowed.middle)
    half = abs(one.times).scaleb(-one.places) / 2
    return [Meant(slip, _RANK[slip] + _LATE * late, value, value - half, value + half, number, *why)]

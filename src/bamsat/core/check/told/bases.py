# SPDX-License-Identifier: Apache-2.0
"""Sentences about a sum at another time or in a plan, to which levels and their ratios lead back."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from bamsat.core.check.told.case import LISTED, Case, Told, joined, near
from bamsat.core.check.told.ranges import Range
from bamsat.core.check.told.ratios import against
from bamsat.core.check.told.shapes import Ratio, Sum
from bamsat.core.check.words.naming import uncapital
from bamsat.core.check.words.printed import percent_of, ratio_said
from bamsat.core.check.words.written import DASH, Language, digits, exact, period_words


class _Member(NamedTuple):
    """A member of the sum: its value by its own figure, or by a ratio and the level above it."""

    variable: int
    ratio: Ratio | None
    value: Fraction
    where: Range


def sum_led_back(case: Case) -> Told | None:
    """A sum that nobody printed, of values that follow from levels and their growths or plan ratios."""
    shapes = case.shapes
    if len(shapes.sums) != 1 or shapes.changes or shapes.contributions or shapes.loose or not shapes.ratios:
        return None
    relation = shapes.sums[0]
    members = [_member(case, at) for at in relation.variables]
    known = [one for one in members if one is not None]
    if (
        not relation.equal
        or len(known) < len(members)
        or len(shapes.ratios) != sum(one.ratio is not None for one in known)
    ):
        return None
    whole, parts = known[0], known[1:]
    if whole.ratio is None:
        return None
    times = dict(relation.parts)
    where = Range(Fraction(0), Fraction(0))
    for one in parts:
        where = where.plus(one.where, times[one.variable])
    if where.meets(whole.where):
        return None

    def say(language: Language) -> str:
        return _said(case, relation, (whole, *parts), where, language)

    return Told(say, _calc(case, whole, parts, times))


def _member(case: Case, at: int) -> _Member | None:
    ratios = [one for one in case.shapes.ratios if one.lower == at]
    own = case.level(at)
    if own is not None and not ratios:
        return _Member(at, None, Fraction(own.value), _range(case, at))
    if own is not None or len(ratios) != 1 or ratios[0].figure is None:
        return None
    ratio = ratios[0]
    above = case.level(ratio.upper)
    factor = percent_of(case.figure(ratios[0].figure)) / 100
    if above is None or factor <= 0:
        return None
    return _Member(at, ratio, Fraction(above.value) / factor, _range(case, ratio.upper).quotient(ratio.range))


def _range(case: Case, at: int) -> Range:
    found = Range()
    for one in case.levels(at):
        found = found.within(one.range)
    return found


def _said(case: Case, relation: Sum, members: tuple[_Member, ...], where: Range, language: Language) -> str:
    whole, *parts = members
    vietnamese, names = language == "vi", case.names
    assert whole.ratio is not None
    name = names.whole(whole.ratio.upper, language)
    against_ = against(case, whole.ratio, language)
    own = f"{case.amount(whole.ratio.upper, language)}, {_ratio(case, whole.ratio, language)} {against_}"
    listed = [_part(case, one, whole.ratio, language) for one in parts[:LISTED]]
    if more := len(parts) - len(listed):
        listed.append(f"{more} thành phần khác" if vietnamese else f"{more} others")
    size = case.size(whole.ratio.upper, case.order[0])
    sides = []
    for one, other in ((where, whole.where), (whole.where, where)):
        ends = digits(one.low, one.high, scale=size.scale, apart=(other.low, other.high))
        sides.append(size.behind(f" {DASH} ".join(ends), language))
    base = case.network.variables[relation.whole]
    when = period_words(base.period, language)
    if vietnamese:
        back = f"kế hoạch {when}" if base.kind == "plan" else when
        return (
            f"{name} ghi {own}; {joined(listed, 'và')}; nhưng tính ngược ra {back} thì các thành phần cộng lại được "
            f"{sides[0]}, còn tổng là {sides[1]} {case.allowing('vi')}"
        )
    back = f"the plan for {when}" if base.kind == "plan" else when
    return (
        f"{name}: {own}; {joined(listed, 'and')}; but led back to {back} the components come to {sides[0]} "
        f"and the total to {sides[1]} {case.allowing('en')}"
    )


def _ratio(case: Case, ratio: Ratio, language: Language) -> str:
    return ratio_said(case.figure(ratio.figure or 0), language)


def _part(case: Case, one: _Member, whole: Ratio, language: Language) -> str:
    if one.ratio is None:
        return f"{uncapital(case.names.whole(one.variable, language))} {case.amount(one.variable, language)}"
    name = case.names.beside(one.ratio.upper, whole.upper, language)
    return f"{name} {case.amount(one.ratio.upper, language)} ({_ratio(case, one.ratio, language).removesuffix(' of')})"


def _calc(case: Case, whole: _Member, parts: list[_Member], times: dict[int, Fraction]) -> str:
    size = case.size(whole.ratio.upper if whole.ratio else whole.variable, case.order[0])

    def term(one: _Member) -> str:
        if one.ratio is None:
            return case.number(one.variable, size)
        return f"{case.number(one.ratio.upper, size)} : {exact(percent_of(case.figure(one.ratio.figure or 0)) / 100)}"

    told = ""
    for one in parts:
        sign = " − " if times[one.variable] < 0 else " + "
        told += (sign if told or times[one.variable] < 0 else "") + term(one)
    total = sum((times[one.variable] * one.value for one in parts), Fraction(0)) / Fraction(size.scale)
    own = whole.value / Fraction(size.scale)
    return f"{told} {near(total, 2)}; {term(whole)} {near(own, 2)}"

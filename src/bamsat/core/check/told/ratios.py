# SPDX-License-Identifier: Apache-2.0
"""Sentences about growths, indices, plan ratios, shares and changes beside their levels."""

from __future__ import annotations

from fractions import Fraction

from bamsat.core.check.told.case import Case, Told, is_, near
from bamsat.core.check.told.ranges import Range
from bamsat.core.check.told.shapes import Change, Level, Ratio, Saying
from bamsat.core.check.words.printed import growth_said, hedged, percent_of, printed, ratio_said, said
from bamsat.core.check.words.written import Language, Side, exact, grew, period_words, span
from bamsat.core.terms.figure import Figure


def ratio_of_levels(case: Case) -> Told | None:
    """A growth, index, share or plan ratio beside both of its levels."""
    shapes = case.shapes
    if len(shapes.ratios) != 1 or len(shapes.ties) != 1 or shapes.loose:
        return None
    ratio = shapes.ratios[0]
    levels = case.levels_of((ratio.upper, ratio.lower))
    found = next((found for at in case.order if (found := shapes.implied(at)) is not None), None)
    if levels is None or found is None or ratio.figure is None:
        return None
    where, _, saying = found

    def say(language: Language) -> str:
        return f"{_facts(case, ratio, language)}; {_but(case, ratio, where, saying, language)}"

    return Told(say, _calc(case, ratio, saying))


def _calc(case: Case, ratio: Ratio, saying: Saying) -> str:
    figure = case.figure(ratio.figure or 0)
    size = case.size(ratio.upper, saying.figure)
    upper, lower = case.number(ratio.upper, size), case.number(ratio.lower, size)
    factor = percent_of(figure) / 100
    a, b = (case.value(at, {}) / Fraction(size.scale) for at in (ratio.upper, ratio.lower))
    if not isinstance(saying, Level):
        return f"{upper} : {lower} {near(a / b, 5) if b else ''} ≠ {exact(factor)}"
    own = case.level(saying.variable)
    places = printed(own).places + 1 if own and printed(own).size.scale == size.scale else 3
    if saying.variable == ratio.upper:
        return f"{lower} × {exact(factor)} {near(b * factor, places)} ≠ {upper}"
    return f"{upper} : {exact(factor)} {near(a / factor, places) if factor else ''} ≠ {lower}"


def _facts(case: Case, ratio: Ratio, language: Language) -> str:
    figure, names = case.figure(ratio.figure or 0), case.names
    whole, vietnamese = names.whole(ratio.upper, language), language == "vi"
    upper, below = case.amount(ratio.upper, language), case.level_at(ratio.lower)
    lower = "" if below is None else said(case.figure(below), language)
    source = "" if below is None else names.source(below, language)
    own, than = ratio_said(figure, language), names.beside(ratio.lower, ratio.upper, language)
    if figure.measure == "plan_ratio":
        more = "so với " if vietnamese and printed(figure).plus else ""
        joint = f"{own} {more}{base_name(case, ratio, language)} ({lower}){source}"
    elif figure.measure == "share":
        joint = f"{own} {than} ({lower}){source}"
    elif vietnamese:
        joint = f"{own} so với {lower} của {than}{source}"
    else:
        joint = f"{own} {'on ' if figure.measure == 'growth' else ''}{lower} in {than}{source}"
    return f"{whole} ghi {upper}, {joint}" if vietnamese else f"{whole}: {upper}, {joint}"


def _but(case: Case, ratio: Ratio, where: Range, saying: Saying, language: Language) -> str:
    figure, vietnamese = case.figure(ratio.figure or 0), language == "vi"
    a, b = (said(level, language) for at in (ratio.upper, ratio.lower) if (level := case.level(at)))
    room = case.allowing(language)
    if isinstance(saying, Level):
        told = level_span(case, saying, where, language)
        if saying.variable == ratio.lower:
            than = base_name(case, ratio, language)
            return f"nhưng như vậy thì {than} phải {is_(told)}{told} {room}" if vietnamese else (
                f"but then {than} would have to be {told} {room}"
            )  # fmt: skip
        if figure.measure == "growth":
            grown = growth_said(figure, language)
            return (
                f"nhưng {b} {grown} phải {is_(told)}{told} {room}"
                if vietnamese
                else f"but {b} {grown} is {told} {room}"
            )
        share = hedged(figure, f"{exact(percent_of(figure))}%", language)
        return (
            f"nhưng {share} của {b} phải {is_(told)}{told} {room}"
            if vietnamese
            else f"but {share} of {b} is {told} {room}"
        )
    told = ratio_span(figure, where, ratio.range, language)
    if figure.measure == "growth":
        return f"nhưng từ {b} đến {a} là {told} {room}" if vietnamese else f"but from {b} to {a} is {told} {room}"
    return f"nhưng {a} bằng {told} của {b} {room}" if vietnamese else f"but {a} is {told} of {b} {room}"


def base_name(case: Case, ratio: Ratio, language: Language) -> str:
    """What a ratio is taken of, beside its upper value: năm 2020; kế hoạch; tổng kim ngạch."""
    if ratio.figure is not None and case.figure(ratio.figure).measure == "plan_ratio":
        upper, lower = (case.network.variables[at].period for at in (ratio.upper, ratio.lower))
        when = "" if upper == lower else period_words(lower, language)
        if language == "vi":
            return f"kế hoạch {when}".rstrip()
        return f"the plan for {when}" if when else "the plan"
    return case.names.beside(ratio.lower, ratio.upper, language)


def against(case: Case, ratio: Ratio, language: Language) -> str:
    """What a ratio is taken against: so với năm 2020; so với kế hoạch; trong tổng kim ngạch."""
    figure, than = case.figure(ratio.figure or 0), base_name(case, ratio, language)
    if figure.measure == "share":
        return f"trong {than}" if language == "vi" else f"of {than}"
    return f"so với {than}" if language == "vi" else f"against {than}"


def compared(case: Case, ratio: Ratio, language: Language) -> str:
    """What stands behind a ratio: so với năm 2020 behind a growth, kế hoạch behind a percentage of it."""
    figure, than = case.figure(ratio.figure or 0), base_name(case, ratio, language)
    if figure.measure == "growth":
        return f"so với {than}" if language == "vi" else f"on {than}"
    return than if language == "vi" else f"of {than}"


def level_span(case: Case, saying: Level, where: Range, language: Language) -> str:
    """What a level would have to be, apart from what is printed."""
    unit = case.network.variables[saying.variable].unit
    size = case.size(saying.variable, saying.figure)
    low = where.low if where.low or where.high is None or saying.variable in case.network.signed else None
    own = case.level(saying.variable)
    places = None if own is None else printed(own).places_in(size)
    apart = (saying.range.low, saying.range.high)
    return span(low, where.high, unit, language, size=size, apart=apart, places=places)


def ratio_span(figure: Figure, where: Range, stated: Range, language: Language) -> str:
    """What a ratio, given as a plain quotient, would have to be, in the words of its measure."""
    less = 100 if figure.measure == "growth" else 0
    low, high = (None if end is None else end * 100 - less for end in (where.low, where.high))
    apart: Side = (
        None if stated.low is None else stated.low * 100 - less,
        None if stated.high is None else stated.high * 100 - less,
    )
    if figure.measure == "growth":
        return grew(None if low == -100 else low, high, language, apart, printed(figure).places)
    places = printed(figure).places
    return span(low or None if high is not None else low, high, "%", language, apart=apart, places=places)


def change_of_levels(case: Case) -> Told | None:
    """A change beside both of its levels."""
    shapes = case.shapes
    if len(shapes.changes) != 1 or len(shapes.ties) != 1 or shapes.loose:
        return None
    change = shapes.changes[0]
    levels = case.levels_of((change.now, change.before))
    if levels is None or change.figure is None or (found := shapes.implied(change.figure)) is None:
        return None
    where, size = found[0], case.size(change.now)
    figure, names = case.figure(change.figure), case.names

    def say(language: Language) -> str:
        whole, than = names.whole(change.now, language), names.beside(change.before, change.now, language)
        a, b = case.amount(change.now, language), case.amount(change.before, language)
        grown, told = growth_said(figure, language), change_span(figure, where, change, language)
        if language == "vi":
            return f"{whole} ghi {a}, {grown} so với {b} của {than}; nhưng {a} trừ {b} là {told} {case.allowing('vi')}"
        return f"{whole}: {a}, {grown} on {b} in {than}; but {a} less {b} is {told} {case.allowing('en')}"

    scale = Fraction(size.scale)
    less = exact((Fraction(levels[change.now].value) - Fraction(levels[change.before].value)) / scale)
    stated = exact(Fraction(figure.value) / scale)
    return Told(say, f"{case.number(change.now, size)} − {case.number(change.before, size)} = {less} ≠ {stated}")


def change_span(figure: Figure, where: Range, change: Change, language: Language) -> str:
    apart = (change.range.low, change.range.high)
    one = printed(figure)
    return span(where.low, where.high, figure.unit, language, size=one.size, apart=apart, places=one.places)

# SPDX-License-Identifier: Apache-2.0
"""Sentences about a whole and its parts."""

from __future__ import annotations

from fractions import Fraction

from bamsat.core.check.told.case import LISTED, Case, Told, added, joined
from bamsat.core.check.told.ranges import Range
from bamsat.core.check.told.ratios import against
from bamsat.core.check.told.shapes import Ratio, Sum
from bamsat.core.check.words.naming import uncapital
from bamsat.core.check.words.printed import as_amount, hedged, percent_of, printed, ratio_said
from bamsat.core.check.words.written import Language, Size, digits, exact, span
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period

_NOUNS = {"places": ("đơn vị", "places"), 1: ("tháng", "months"), 3: ("quý", "quarters")}


def parts_and_whole(case: Case) -> Told | None:
    """A sum whose members are all printed."""
    shapes = case.shapes
    if len(shapes.sums) != 1 or len(shapes.ties) != 1 or shapes.loose:
        return None
    relation = shapes.sums[0]
    figures = case.levels_of(relation.variables)
    if figures is None:
        return _some_parts(case, relation)
    if len(relation.parts) == 1:
        return _part_and_whole(case, relation)
    size = case.size(relation.whole, case.order[0])
    total = sum((times * Fraction(figures[at].value) for at, times in relation.parts), Fraction(0))
    come_to = exact(total / Fraction(size.scale))

    def say(language: Language) -> str:
        name, stated = uncapital(case.names.whole(relation.whole, language)), case.amount(relation.whole, language)
        listed = _parts(case, relation, size, language)
        together, apart = _come_to(case, relation, figures, size, language)
        if language == "vi":
            return f"{listed} được {together}; nhưng {name} ghi {stated}{apart}"
        return f"{listed} {together}; but {name}: {stated}{apart}"

    numbers = [(times, case.number(at, size)) for at, times in relation.parts]
    return Told(say, f"{added(numbers)} = {come_to} ≠ {case.number(relation.whole, size)}")


def _come_to(case: Case, relation: Sum, figures: dict[int, Figure], size: Size, language: Language) -> tuple[str, str]:
    """What the parts come to with the rounding allowed, and how far the whole is from it; of hedged parts a span."""
    known = {one.variable: one.range for one in case.shapes.levels}
    where = Range(Fraction(0), Fraction(0))
    for at, times in relation.parts:
        where = where.plus(known[at], times)
    whole = known[relation.whole]
    unit = case.network.variables[relation.whole].unit
    if any(figure.hedge for figure in figures.values()):
        told = span(where.low, where.high, unit, language, size=size, apart=(whole.low, whole.high))
        return f"{told} {case.allowing(language)}", ""
    total = sum((times * Fraction(figures[at].value) for at, times in relation.parts), Fraction(0))
    gap = Fraction(figures[relation.whole].value) - total
    slack = (_width(where) + _width(whole)) / 2
    together = size.behind(exact(total / Fraction(size.scale)), language)
    if slack:
        room = digits(None, slack, scale=size.scale)[0]
        together += f" (làm tròn chỉ cho lệch {room})" if language == "vi" else f" (rounding allows only {room})"
    more = (("nhiều hơn", "more") if gap > 0 else ("ít hơn", "less"))[language == "en"]
    apart = size.behind(exact(abs(gap) / Fraction(size.scale)), language)
    return together, f", {more} {apart}" if language == "vi" else f", {apart} {more}"


def _width(known: Range) -> Fraction:
    return Fraction(0) if known.low is None or known.high is None else known.high - known.low


def _part_and_whole(case: Case, relation: Sum) -> Told:
    """A part that is larger than its whole."""
    part, times = relation.parts[0]
    names, size = case.names, case.size(relation.whole, case.order[0])
    one_figure = case.level_at(part) == case.level_at(relation.whole)
    sign = ">" if not relation.equal or Fraction(times) == 1 else "≠"

    def say(language: Language) -> str:
        vietnamese = language == "vi"
        if one_figure:
            text = as_amount(case.figure(case.order[0]), language)
            name = names.whole(part, language)
            return f"{name} ghi {text}: số đạt không thể lớn hơn tổng số" if vietnamese else (
                f"{name}: {text}, but no more can be covered than there are"
            )  # fmt: skip
        small, large = case.amount(part, language), case.amount(relation.whole, language)
        name, whole = names.whole(part, language), names.beside(relation.whole, part, language)
        if vietnamese:
            return f"{name} ghi {small}, nhiều hơn {whole} ({large}); một phần không thể lớn hơn cả phần chứa nó"
        return f"{name}: {small}, more than {whole} ({large}); a part cannot be more than what it is part of"

    return Told(say, f"{case.number(part, size)} {sign} {case.number(relation.whole, size)}")


def _some_parts(case: Case, relation: Sum) -> Told | None:
    """Parts that already come to more than their whole, though not all of them are printed."""
    known = tuple((at, times) for at, times in relation.parts if case.level(at) is not None)
    if not known or case.level(relation.whole) is None or any(times < 0 for _, times in relation.parts):
        return None
    if any(at in case.network.signed for at, _ in relation.parts):
        return None
    some = Sum(relation.rule, relation.whole, known, equal=False)
    if len(known) == 1:
        return _part_and_whole(case, some)
    size = case.size(relation.whole, case.order[0])
    total = sum((times * case.value(at, {}) for at, times in known), Fraction(0)) / Fraction(size.scale)
    whole = case.number(relation.whole, size)

    def say(language: Language) -> str:
        listed, come_to = _parts(case, some, size, language), size.behind(exact(total), language)
        name, stated = uncapital(case.names.whole(relation.whole, language)), case.amount(relation.whole, language)
        room = case.allowing(language)
        if language == "vi":
            return f"riêng {uncapital(listed)} đã được {come_to}; nhưng {name} chỉ ghi {stated} {room}"
        return f"{listed} {come_to} by themselves; but {name}: only {stated} {room}"

    numbers = [(times, case.number(at, size)) for at, times in known]
    return Told(say, f"{added(numbers)} = {exact(total)} > {whole}")


def _parts(case: Case, relation: Sum, size: Size, language: Language) -> str:
    """The parts with their amounts; of many only how many there are."""
    vietnamese = language == "vi"
    if len(relation.parts) > LISTED:
        periods = {case.network.variables[at].period for at, _ in relation.parts}
        lengths = {Period.parse(period).length for period in periods} if relation.rule == "months" else set()
        kind = relation.rule if len(lengths) != 1 else lengths.pop()
        noun = _NOUNS.get(kind, ("kỳ", "periods") if relation.rule == "months" else ("thành phần", "components"))
        many = len(relation.parts)
        return f"{many} {noun[0]} cộng lại" if vietnamese else f"the {many} {noun[1]} together come to"
    told: list[tuple[Fraction, str]] = []
    for at, times in relation.parts:
        figure = case.level(at)
        if figure is None:
            continue
        alike = printed(figure).size.scale == size.scale and printed(figure).number is not None
        number = hedged(figure, as_amount(figure, language, bare=alike), language)
        factor = "" if abs(times) == 1 else f"{exact(abs(times))} × "
        told.append((times, f"{case.names.beside(at, relation.whole, language)} ({factor}{number})"))
    plus = joined([text for times, text in told if times > 0], "và" if vietnamese else "and")
    minus = [text for times, text in told if times < 0]
    if minus:
        less = joined(minus, "và" if vietnamese else "and")
        return f"{plus} trừ {less}" if vietnamese else f"{plus} less {less} come to"
    return f"{plus} cộng lại" if vietnamese else f"{plus} come to"


# ---- growths of a whole and of its parts, without any level


def _growths(case: Case) -> tuple[Ratio, list[Ratio]] | None:
    """The ratio of a total and those of all its parts, where nothing else is told."""
    shapes = case.shapes
    if shapes.levels or shapes.loose or len(shapes.sums) != 2 or len(shapes.ratios) + 2 != len(shapes.ties):
        return None
    wholes = {relation.whole for relation in shapes.sums}
    total = next((one for one in shapes.ratios if {one.upper, one.lower} == wholes), None)
    if total is None or len(shapes.ratios) < 2:
        return None
    return total, [one for one in shapes.ratios if one is not total]


def growths_alone(case: Case) -> Told | None:
    """A total that grew more, or less, than every one of its parts."""
    found = _growths(case)
    if found is None:
        return None
    total, parts = found
    own = percent_of(case.figure(total.figure or 0))
    others = [percent_of(case.figure(one.figure or 0)) for one in parts]
    above = own > max(others)

    def say(language: Language) -> str:
        names, vietnamese = case.names, language == "vi"
        figure = case.figure(total.figure or 0)
        told = [
            f"{names.beside(one.upper, total.upper, language)} {ratio_said(case.figure(one.figure or 0), language)}"
            for one in parts[:LISTED]
        ]
        if more := len(parts) - len(told):
            told.append(f"{more} thành phần khác" if vietnamese else f"{more} others")
        whole = f"{names.whole(total.upper, language)}{' ghi' if vietnamese else ':'} {ratio_said(figure, language)}"
        than, listed = against(case, total, language), joined(told, "và" if vietnamese else "and")
        growth = figure.measure == "growth"
        if vietnamese:
            most = ("tăng nhanh" if above else "tăng chậm") if growth else ("đạt cao" if above else "đạt thấp")
            return f"{whole} {than}, trong khi {listed}; tổng không thể {most} hơn mọi thành phần của nó"
        most = "more" if above else "less"
        return (
            f"{whole} {than}, while {listed}; a total cannot {'grow' if growth else 'reach'} {most} than all its parts"
        )

    return Told(say, f"{exact(own)}% {'>' if above else '<'} {'; '.join(f'{exact(one)}%' for one in others)}")


def growth_room(case: Case, figure: int) -> Range | None:
    """What growths alone leave for one of them, as a plain quotient: between the parts, or beyond the total."""
    found = _growths(case)
    if found is None:
        return None
    total, parts = found
    lows = [one.range.low for one in parts]
    highs = [one.range.high for one in parts]
    if figure == total.figure:
        low = None if None in lows else min(low for low in lows if low is not None)
        return Range(low, None if None in highs else max(high for high in highs if high is not None))
    above = total.range.low is not None and all(high is not None and total.range.low > high for high in highs)
    return Range(total.range.low, None) if above else Range(None, total.range.high)

# SPDX-License-Identifier: Apache-2.0
"""A conflict in one sentence: what is printed, what follows from it with rounding allowed for, what is printed instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from bamsat.core.check.model import Conflict, Network, Suspect
from bamsat.core.check.naming import Names, capital, uncapital
from bamsat.core.check.printed import as_amount, growth_said, hedged, printed, said
from bamsat.core.check.shapes import Change, Level, Range, Ratio, Shapes, Step, Sum
from bamsat.core.check.written import Language, Size, exact, grew, size_for, span
from bamsat.core.terms.figure import Figure

_HUNDRED = Fraction(100)
_LISTED = 5  # parts that a sentence names; of more it says how many


class Case:
    """A conflict with everything at hand to speak of it; `order` are its figures, the likeliest wrong one first."""

    def __init__(self, network: Network, conflict: Conflict, order: Sequence[int]) -> None:
        self.network = network
        self.conflict = conflict
        self.shapes = Shapes.of(network, conflict)
        variables = {at for one in conflict.constraints for row in network.constraints[one].rows for at, _ in row.terms}
        self.names = Names(network, sorted(variables), self.shapes.figures)
        self.order = list(order)
        self.suspects: dict[int, Suspect] = {one.figure: one for one in conflict.suspects}
        self._own = {self.shapes.root(at): at for at in sorted(variables, reverse=True)}

    def figure(self, at: int) -> Figure:
        return self.network.figures[at].figure

    def levels(self, variable: int) -> list[Level]:
        return [one for one in self.shapes.levels if one.variable == variable and one.figure is not None]

    def level(self, variable: int) -> Figure | None:
        """The figure that says a value, if just one does."""
        found = {one.figure for one in self.levels(variable)}
        return self.figure(at) if len(found) == 1 and (at := found.pop()) is not None else None

    def at_level(self, variable: int) -> int:
        return next(one.figure for one in self.levels(variable) if one.figure is not None)

    def size(self, variable: int, among: Iterable[int] = ()) -> Size:
        """The unit in which values of a sentence are told: that of the figure itself, else of one of its kind."""
        unit = self.network.variables[variable].unit
        for other in (variable, *among, *(one.variable for one in self.shapes.levels)):
            figure = self.level(other)
            if figure is not None and figure.unit == unit:
                return printed(figure).size
        level = next((one.range.middle for one in self.shapes.levels if one.variable == variable), None)
        return size_for(level, unit)

    def amount(self, variable: int, language: Language) -> str:
        """A value as its figure prints it, with its source where there are several."""
        at = self.at_level(variable)
        return said(self.figure(at), language) + self.names.source(at, language)

    def number(self, variable: int, size: Size) -> str:
        """The digits of a level for a calculation, in one unit for all."""
        figure = self.level(variable)
        return exact(Fraction(figure.value) / Fraction(size.scale)) if figure is not None else "?"

    def value(self, variable: int, known: dict[int, Range]) -> Fraction:
        figure = self.level(variable)
        if figure is not None:
            return Fraction(figure.value)
        return known[variable].middle or Fraction(0)


class Told:
    """A sentence in both languages with its calculation."""

    def __init__(self, say: Callable[[Language], str], calc: str = "") -> None:
        self.vi, self.en, self.calc = _sentence(say("vi")), _sentence(say("en")), calc


def _sentence(text: str) -> str:
    return capital(" ".join(text.split()).rstrip(".")) + "."


def tell(case: Case) -> Told:
    """The sentence for a conflict, of the first form that fits."""
    forms = (told_twice, ratio_twice, parts_and_whole, ratio_of_levels, change_of_levels, growths_alone, chain)
    for form in forms:
        found = form(case)
        if found is not None:
            return found
    return together(case)


# ---- one value told twice


def told_twice(case: Case) -> Told | None:
    """Two figures of one value that do not meet."""
    told = case.shapes.levels
    figures = {one.figure for one in told}
    if len(case.shapes.figures) != 2 or len(figures) != 2 or len({one.variable for one in told}) != 1:
        return None
    first, second = (case.figure(at) for at in case.order[:2])
    names, at = case.names, told[0].variable
    size = printed(first).size
    values = [exact(Fraction(one.value) / Fraction(size.scale)) for one in (first, second)]

    def say(language: Language) -> str:
        pair = [said(case.figure(at), language) + names.source(at, language) for at in case.order[:2]]
        if language == "vi":
            return f"{names.whole(at)} ghi hai số khác nhau: {pair[0]} và {pair[1]}"
        return f"{names.whole(at, 'en')} is told twice, with two values: {pair[0]} and {pair[1]}"

    return Told(say, f"{values[0]} ≠ {values[1]}")


def ratio_twice(case: Case) -> Told | None:
    """Two figures of one growth, share or plan ratio that do not meet."""
    ratios = case.shapes.ratios
    if case.shapes.levels or case.shapes.sums or len(ratios) != 2 or len(case.shapes.figures) != 2:
        return None
    one, other = ratios
    if (one.upper, one.lower) != (other.upper, other.lower):
        return None
    names = case.names

    def say(language: Language) -> str:
        pair = [ratio_said(case.figure(at), language) + names.source(at, language) for at in case.order[:2]]
        whole, than = names.whole(one.upper, language), against(case, one, language)
        if language == "vi":
            return f"{whole} {than} ghi hai mức khác nhau: {pair[0]} và {pair[1]}"
        return f"{whole}, {than}, is told twice, with two values: {pair[0]} and {pair[1]}"

    return Told(say, " ≠ ".join(exact(_percent(case.figure(at))) for at in case.order[:2]))


# ---- a whole and its parts


def parts_and_whole(case: Case) -> Told | None:
    """A sum whose members are all printed."""
    if len(case.shapes.sums) != 1 or case.shapes.ratios or case.shapes.changes or case.shapes.loose:
        return None
    relation = case.shapes.sums[0]
    figures = {at: case.level(at) for at in relation.variables}
    if any(figure is None for figure in figures.values()):
        return None
    if len(relation.parts) == 1:
        return part_and_whole(case, relation)
    size = case.size(relation.whole)
    known = {one.variable: one.range for one in case.shapes.levels}
    total = sum(
        (times * Fraction(figure.value) for at, times in relation.parts if (figure := figures[at])), Fraction(0)
    )
    whole = figures[relation.whole]
    assert whole is not None
    gap = Fraction(whole.value) - total
    slack = sum(
        (abs(times) * (span_ / 2) for at, times in ((relation.whole, Fraction(1)), *relation.parts)
         if (span_ := _width(known[at])) is not None), Fraction(0),
    )  # fmt: skip
    soft = any(figure and figure.hedge for figure in figures.values())

    def say(language: Language) -> str:
        vietnamese = language == "vi"
        listed = _parts(case, relation, language)
        come_to = size.behind(exact(total / Fraction(size.scale)), language)
        if not soft and slack:
            room = span(None, slack, "", size=Size(size.scale, "", "")).removeprefix("không quá ")
            come_to += f" (làm tròn chỉ cho lệch {room})" if vietnamese else f" (rounding allows only {room})"
        name = names.whole(relation.whole, language)
        stated = case.amount(relation.whole, language)
        apart = size.behind(exact(abs(gap) / Fraction(size.scale)), language)
        if vietnamese:
            more = "nhiều hơn" if gap > 0 else "ít hơn"
            return f"{listed} được {come_to}; nhưng {uncapital(name)} ghi {stated}, {more} {apart}"
        more = "more" if gap > 0 else "less"
        return f"{listed} {come_to}; but {uncapital(name)} is given as {stated}, {apart} {more}"

    names = case.names
    numbers = [(times, case.number(at, size)) for at, times in relation.parts]
    return Told(say, f"{_added(numbers)} = {exact(total / Fraction(size.scale))} ≠ {case.number(relation.whole, size)}")


def part_and_whole(case: Case, relation: Sum) -> Told:
    """A part that is larger than its whole, or a whole that is one part only and differs from it."""
    part, times = relation.parts[0]
    names, size = case.names, case.size(relation.whole)

    def say(language: Language) -> str:
        small, large = case.amount(part, language), case.amount(relation.whole, language)
        name, whole = names.whole(part, language), names.beside(relation.whole, part, language)
        if language == "vi":
            than = "lớn hơn" if times == 1 else f"gấp {exact(times)} lần thì lớn hơn"
            return f"{name} ghi {small}, {than} {whole} là {large}; một phần không thể lớn hơn cả phần chứa nó"
        return f"{name} is given as {small}, more than {whole}, {large}; a part cannot be more than what it is part of"

    return Told(say, f"{case.number(part, size)} > {case.number(relation.whole, size)}")


def _parts(case: Case, relation: Sum, language: Language) -> str:
    """The parts with their amounts; of many only how many there are."""
    vietnamese = language == "vi"
    if len(relation.parts) > _LISTED:
        nouns = {"months": ("kỳ", "periods"), "places": ("đơn vị", "places")}
        noun = nouns.get(relation.rule, ("thành phần", "components"))
        if vietnamese:
            return f"{len(relation.parts)} {noun[0]} cộng lại"
        return f"the {len(relation.parts)} {noun[1]} together come to"
    size = case.size(relation.whole)
    told = []
    for at, times in relation.parts:
        figure = case.level(at)
        assert figure is not None
        alike = printed(figure).size.scale == size.scale and printed(figure).number is not None
        number = hedged(figure, as_amount(figure, language, bare=alike), language)
        factor = "" if abs(times) == 1 else f"{exact(abs(times))} × "
        told.append((times, f"{case.names.beside(at, relation.whole, language)} {factor}{number}"))
    plus = [text for times, text in told if times > 0]
    minus = [text for times, text in told if times < 0]
    if vietnamese:
        return f"{_and(plus, 'và')} trừ {_and(minus, 'và')}" if minus else f"{_and(plus, 'và')} cộng lại"
    return f"{_and(plus, 'and')} less {_and(minus, 'and')} come to" if minus else f"{_and(plus, 'and')} come to"


def _and(texts: list[str], word: str) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {word} {texts[-1]}"


def _added(numbers: Sequence[tuple[Fraction, str]]) -> str:
    told = ""
    for times, number in numbers:
        sign = " − " if times < 0 else " + "
        factor = "" if abs(times) == 1 else f"{exact(abs(times))} × "
        told += (sign if told or times < 0 else "") + factor + (f"({number})" if number.startswith("−") else number)
    return told.strip()


def _width(known: Range) -> Fraction | None:
    return None if known.low is None or known.high is None else known.high - known.low


# ---- ratios


def ratio_of_levels(case: Case) -> Told | None:
    """A growth, index, share or plan ratio beside both of its levels."""
    if len(case.shapes.ratios) != 1 or case.shapes.sums or case.shapes.changes or case.shapes.loose:
        return None
    ratio = case.shapes.ratios[0]
    if case.level(ratio.upper) is None or case.level(ratio.lower) is None or ratio.figure is None:
        return None
    subject = case.order[0]
    found = case.shapes.implied(subject)
    if found is None:
        return None
    where, _, shape = found
    figure = case.figure(ratio.figure)

    def say(language: Language) -> str:
        return f"{_ratio_facts(case, ratio, language)}; {_ratio_but(case, ratio, where, shape, language)}"

    size = case.size(ratio.upper)
    upper, lower = case.number(ratio.upper, size), case.number(ratio.lower, size)
    factor = exact(_percent(figure) / _HUNDRED)
    values = [
        Fraction(level.value) / Fraction(size.scale) for at in (ratio.upper, ratio.lower) if (level := case.level(at))
    ]
    if shape is not ratio and isinstance(shape, Level):
        by = f"{lower} × {factor}" if shape.variable == ratio.upper else f"{upper} : {factor}"
        result = (
            values[1] * _percent(figure) / 100 if shape.variable == ratio.upper else values[0] * 100 / _percent(figure)
        )
        return Told(say, f"{by} {_equals(result, case.figure(subject), size)} ≠ {case.number(shape.variable, size)}")
    return Told(say, f"{upper} : {lower} {_near(values[0] / values[1], 5)} ≠ {factor}")


def _ratio_facts(case: Case, ratio: Ratio, language: Language) -> str:
    assert ratio.figure is not None
    figure, names = case.figure(ratio.figure), case.names
    whole = names.whole(ratio.upper, language)
    upper, lower = case.amount(ratio.upper, language), case.amount(ratio.lower, language)
    own, than = ratio_said(figure, language), names.beside(ratio.lower, ratio.upper, language)
    vietnamese = language == "vi"
    if figure.measure == "plan_ratio":
        behind = f" ({lower})"
        base = "kế hoạch" if vietnamese else "the plan"
        joint = f"{own} {'so với ' if printed(figure).plus and vietnamese else ''}{base}{behind}"
    elif figure.measure == "share":
        joint = f"{own} {than} ({lower})"
    else:
        joint = f"{own} so với {lower} của {than}" if vietnamese else f"{own} {_on(figure)} {lower} in {than}"
    return f"{whole} ghi {upper}, {joint}" if vietnamese else f"{whole}: {upper}, {joint}"


def _on(figure: Figure) -> str:
    return "on" if figure.measure == "growth" else "of"


def _ratio_but(case: Case, ratio: Ratio, where: Range, shape: Level | Ratio | Change, language: Language) -> str:
    assert ratio.figure is not None
    figure, vietnamese = case.figure(ratio.figure), language == "vi"
    upper, lower = case.level(ratio.upper), case.level(ratio.lower)
    assert upper is not None and lower is not None
    a, b = said(upper, language), said(lower, language)
    if isinstance(shape, Level):
        told = level_span(case, shape, where, language)
        if shape.variable == ratio.lower:
            than = _base_name(case, ratio, language)
            return (
                f"nhưng như vậy thì {than} phải là {told}" if vietnamese else f"but then {than} would have to be {told}"
            )
        if figure.measure == "growth":
            grown = growth_said(figure, language)
            return f"nhưng {b} {grown} phải là {told}" if vietnamese else f"but {b} {grown} would be {told}"
        share = _whole_percent(figure, language)
        return f"nhưng {share} của {b} phải là {told}" if vietnamese else f"but {share} of {b} would be {told}"
    told = ratio_span(figure, where, ratio.range, language)
    if figure.measure == "growth":
        return f"nhưng từ {b} đến {a} là {told}" if vietnamese else f"but from {b} to {a} is {told}"
    return f"nhưng {a} bằng {told} của {b}" if vietnamese else f"but {a} is {told} of {b}"


def _base_name(case: Case, ratio: Ratio, language: Language) -> str:
    if ratio.figure is not None and case.figure(ratio.figure).measure == "plan_ratio":
        return "kế hoạch" if language == "vi" else "the plan"
    return case.names.beside(ratio.lower, ratio.upper, language)


def against(case: Case, ratio: Ratio, language: Language) -> str:
    """What a ratio is taken against: so với năm 2020; so với kế hoạch; trong tổng kim ngạch."""
    assert ratio.figure is not None
    figure, than = case.figure(ratio.figure), _base_name(case, ratio, language)
    if figure.measure == "share":
        return f"trong {than}" if language == "vi" else f"as a share of {than}"
    return f"so với {than}" if language == "vi" else f"against {than}"


def ratio_said(figure: Figure, language: Language = "vi") -> str:
    """A ratio as the document says it: tăng 21,43%; bằng 110,4%; chiếm 43,44%."""
    if figure.measure == "growth":
        return growth_said(figure, language)
    one = printed(figure)
    if one.plus and one.number is not None:
        number = hedged(figure, one.size.behind(exact(one.number.copy_abs()), language), language)
        up = one.times > 0 and one.number >= 0
        if language == "vi":
            return f"{'tăng' if up else 'giảm'} {number}"
        return f"{number} {'above' if up else 'below'}"
    number = said(figure, language)
    if language == "vi":
        return f"{'chiếm' if figure.measure == 'share' else 'bằng'} {number}"
    return f"{number} of"


def _whole_percent(figure: Figure, language: Language) -> str:
    return hedged(figure, f"{exact(_percent(figure))}%", language)


def _percent(figure: Figure) -> Fraction:
    """A ratio as 100 times upper over lower."""
    value = Fraction(figure.value)
    if figure.unit == "times":
        value *= 100
    elif figure.unit == "‰":
        value /= 10
    return value + 100 if figure.measure == "growth" else value


def level_span(case: Case, shape: Level, where: Range, language: Language) -> str:
    """What a level would have to be, in the unit of its figure, apart from what is printed."""
    unit = case.network.variables[shape.variable].unit
    apart = (shape.range.low, shape.range.high)
    return span(where.low, where.high, unit, language, size=case.size(shape.variable), apart=apart)


def ratio_span(figure: Figure, where: Range, stated: Range, language: Language) -> str:
    """What a ratio would have to be, in the words of its measure."""
    hundred = [None if end is None else end * 100 for end in (where.low, where.high)]
    apart = [None if end is None else end * 100 for end in (stated.low, stated.high)]
    low, high = hundred
    if figure.measure == "growth" and low is not None and high is not None:
        return grew(low - 100, high - 100, language, (_less(apart[0]), _less(apart[1])))
    if figure.measure == "growth":
        return span(_less(low), _less(high), "%", language, apart=(_less(apart[0]), _less(apart[1])), signed=True)
    return span(low, high, "%", language, apart=(apart[0], apart[1]))


def _less(end: Fraction | None) -> Fraction | None:
    return None if end is None else end - 100


def _near(value: Fraction, places: int) -> str:
    """ "= 1,5" or, where the decimals go on, "≈ 1,21411"."""
    shown = exact(value, places)
    return f"{'=' if round(value * 10**places) == value * 10**places else '≈'} {shown}"


def _equals(value: Fraction, figure: Figure, size: Size) -> str:
    one = printed(figure)
    finer = one.places if one.size.scale == size.scale else 3
    return _near(value, finer + 1)


# ---- changes


def change_of_levels(case: Case) -> Told | None:
    """A change beside both of its levels."""
    if len(case.shapes.changes) != 1 or case.shapes.sums or case.shapes.ratios or case.shapes.loose:
        return None
    change = case.shapes.changes[0]
    now, before = case.level(change.now), case.level(change.before)
    if now is None or before is None or change.figure is None:
        return None
    figure, names = case.figure(change.figure), case.names
    where = Range(Fraction(now.lower), Fraction(now.upper)).plus(
        Range(Fraction(before.lower), Fraction(before.upper)), Fraction(-1)
    )
    size = case.size(change.now)

    def say(language: Language) -> str:
        whole, than = names.whole(change.now, language), names.beside(change.before, change.now, language)
        a, b = case.amount(change.now, language), case.amount(change.before, language)
        grown = growth_said(figure, language)
        told = span(
            where.low, where.high, figure.unit, language, size=size, apart=(change.range.low, change.range.high)
        )
        if language == "vi":
            return f"{whole} ghi {a}, {grown} so với {b} của {than}; nhưng {a} trừ {b} là {told}"
        return f"{whole}: {a}, {grown} on {b} in {than}; but {a} less {b} is {told}"

    scale = Fraction(size.scale)
    result = exact((Fraction(now.value) - Fraction(before.value)) / scale)
    stated = exact(Fraction(figure.value) / scale)
    return Told(say, f"{case.number(change.now, size)} − {case.number(change.before, size)} = {result} ≠ {stated}")


# ---- growths of a whole and of its parts, without any level


def growths_alone(case: Case) -> Told | None:
    """A total that grew more, or less, than every one of its parts."""
    shapes = case.shapes
    if shapes.levels or shapes.changes or shapes.loose or len(shapes.sums) != 2 or len(shapes.ratios) < 2:
        return None
    wholes = {relation.whole for relation in shapes.sums}
    total = next((one for one in shapes.ratios if {one.upper, one.lower} == wholes), None)
    if total is None or any(one.figure is None for one in shapes.ratios):
        return None
    parts = [one for one in shapes.ratios if one is not total]
    assert total.figure is not None

    def say(language: Language) -> str:
        names, vietnamese = case.names, language == "vi"
        told = [
            f"{names.beside(one.upper, total.upper, language)} {ratio_said(case.figure(one.figure), language)}"
            for one in parts[:_LISTED] if one.figure is not None
        ]  # fmt: skip
        more = len(parts) - len(told)
        if more:
            told.append(f"{more} thành phần khác" if vietnamese else f"{more} others")
        own = ratio_said(case.figure(total.figure or 0), language)
        whole, than = names.whole(total.upper, language), against(case, total, language)
        if vietnamese:
            return (
                f"{whole} ghi {own} {than}, trong khi {_and(told, 'và')}; "
                "tổng không thể tăng giảm vượt ra ngoài mức của mọi thành phần"
            )
        return f"{whole}: {own} {than}, while {_and(told, 'and')}; a total cannot move outside what all its parts do"

    shown = [exact(_percent(case.figure(one.figure))) for one in parts if one.figure is not None]
    own = _percent(case.figure(total.figure))
    above = all(own > _percent(case.figure(one.figure)) for one in parts if one.figure is not None)
    return Told(say, f"{exact(own)} {'>' if above else '<'} {', '.join(shown)}")


# ---- longer chains


def chain(case: Case) -> Told | None:
    """Figures that lead to a value by several steps; the value of the first suspect, against what is printed."""
    for subject in case.order:
        found = case.shapes.implied(subject)
        if found is not None:
            where, steps, shape = found
            calc = chain_calc(case, subject, steps, shape)
            return Told(lambda language: _chain(case, subject, where, shape, language), calc)  # noqa: B023
    return None


def _chain(case: Case, subject: int, where: Range, shape: Level | Ratio | Change, language: Language) -> str:
    conclusion = must_be(case, subject, where, shape, language)
    if language == "vi":
        return f"{facts(case, 'vi')}; nhưng tính từ các số còn lại thì {conclusion}"
    return f"{facts(case, 'en')}; but by the other figures {conclusion}"


def must_be(case: Case, subject: int, where: Range, shape: Level | Ratio | Change, language: Language) -> str:
    vietnamese, names, figure = language == "vi", case.names, case.figure(subject)
    if isinstance(shape, Level):
        told, name = level_span(case, shape, where, language), uncapital(names.whole(shape.variable, language))
        return f"{name} phải là {told}" if vietnamese else f"{name} would have to be {told}"
    if isinstance(shape, Change):
        size = printed(figure).size
        told = span(where.low, where.high, figure.unit, language, size=size, apart=(shape.range.low, shape.range.high))
        name = uncapital(names.whole(shape.now, language))
        return f"{name} phải tăng giảm {told}" if vietnamese else f"{name} would have to change by {told}"
    told, name = ratio_span(figure, where, shape.range, language), uncapital(names.whole(shape.upper, language))
    than = against(case, shape, language)
    if vietnamese:
        return f"{name} {than} phải {'' if figure.measure == 'growth' else 'bằng '}{told}"
    return f"{name} would have to be {told} {than}"


def facts(case: Case, language: Language) -> str:
    """Everything that is printed, value by value, and the relations that tie the values."""
    told: list[str] = []
    uppers = dict.fromkeys(
        [one.variable for one in case.shapes.levels if one.figure is not None]
        + [one.upper for one in case.shapes.ratios] + [one.now for one in case.shapes.changes]
    )  # fmt: skip
    for at in uppers:
        told.append(_fact(case, at, language))
    loose = dict.fromkeys(one.figure for one in case.shapes.loose if one.figure is not None)
    told += [_loose_fact(case, at, language) for at in loose]
    for relation in case.shapes.sums:
        told.append(_relation(case, relation, language))
    kept = list(dict.fromkeys(told))
    return "; ".join([kept[0], *(uncapital(one) for one in kept[1:])])


def _fact(case: Case, at: int, language: Language) -> str:
    name = case.names.whole(at, language)
    figures = list(dict.fromkeys(one.figure for one in case.levels(at) if one.figure is not None))
    said_ = [said(case.figure(one), language) + case.names.source(one, language) for one in figures]
    for ratio in case.shapes.ratios:
        if ratio.upper == at and ratio.figure is not None:
            said_.append(_ratio_fact(case, ratio, language))
    for change in case.shapes.changes:
        if change.now == at and change.figure is not None:
            than = case.names.beside(change.before, change.now, language)
            own = growth_said(case.figure(change.figure), language)
            said_.append(f"{own} so với {than}" if language == "vi" else f"{own} on {than}")
    return f"{name} ghi {', '.join(said_)}" if language == "vi" else f"{name}: {', '.join(said_)}"


def _ratio_fact(case: Case, ratio: Ratio, language: Language) -> str:
    assert ratio.figure is not None
    figure = case.figure(ratio.figure)
    own, than = ratio_said(figure, language), _base_name(case, ratio, language)
    if language == "vi":
        direct = figure.measure == "share" or (figure.measure == "plan_ratio" and not printed(figure).plus)
        return f"{own} {'' if direct else 'so với '}{than}" + case.names.source(ratio.figure)
    return f"{own} {'on ' if figure.measure == 'growth' else ''}{than}" + case.names.source(ratio.figure, "en")


def _loose_fact(case: Case, at: int, language: Language) -> str:
    figure = case.figure(at)
    name = case.names.indicator(case.network.variables[_variable(case, at)], language)
    if figure.measure == "contribution":
        number = said(figure, language)
        return f"{name} ghi đóng góp {number}" if language == "vi" else f"{name}: contributes {number}"
    return f"{name} ghi {said(figure, language)}" if language == "vi" else f"{name}: {said(figure, language)}"


def _variable(case: Case, figure: int) -> int:
    return next(
        case.shapes.root(row.terms[0][0])
        for at in case.conflict.constraints
        if (one := case.network.constraints[at]).figure == figure
        for row in one.rows
    )


def _relation(case: Case, relation: Sum, language: Language) -> str:
    names = case.names
    whole = names.whole(relation.whole, language)
    parts = [names.beside(at, relation.whole, language) for at, _ in relation.parts[:_LISTED]]
    if len(relation.parts) > _LISTED:
        parts = [f"{len(relation.parts)} phần của nó" if language == "vi" else f"its {len(relation.parts)} parts"]
    if any(times < 0 for _, times in relation.parts) and len(parts) == 2:
        joined = f"{parts[0]} trừ {parts[1]}" if language == "vi" else f"{parts[0]} less {parts[1]}"
    else:
        joined = _and(parts, "cộng" if language == "vi" else "plus")
    if language == "vi":
        return f"{whole} {'bằng' if relation.equal else 'không nhỏ hơn'} {joined}"
    return f"{whole} {'is' if relation.equal else 'is no less than'} {joined}"


def chain_calc(case: Case, subject: int, steps: list[Step], shape: Level | Ratio | Change) -> str:
    """The steps as a calculation, each from numbers that are printed or were computed just before."""
    known, _ = case.shapes.derived((subject,))
    told: list[str] = []
    values: dict[int, Fraction] = {}

    def value(at: int) -> Fraction:
        return values[at] if at in values else case.value(at, known)

    size = case.size(
        shape.variable if isinstance(shape, Level) else shape.upper if isinstance(shape, Ratio) else shape.now
    )

    def shown(at: int) -> str:
        return exact(value(at) / Fraction(size.scale), 4)

    for step in steps:
        told.append(_step(case, step, values, value, shown, size))
    if isinstance(shape, Ratio):
        factor = exact(_percent(case.figure(subject)) / _HUNDRED)
        told.append(
            f"{shown(shape.upper)} : {shown(shape.lower)} {_near(value(shape.upper) / value(shape.lower), 5)} ≠ {factor}"
        )
    elif isinstance(shape, Change):
        less = (value(shape.now) - value(shape.before)) / Fraction(size.scale)
        told.append(f"{shown(shape.now)} − {shown(shape.before)} {_near(less, 4)}")
    elif told:
        told[-1] += f" ≠ {exact(Fraction(case.figure(subject).value) / Fraction(size.scale))}"
    return "; ".join(told)


def _step(
    case: Case, step: Step, values: dict[int, Fraction], value: Callable[[int], Fraction], shown: Callable[[int], str],
    size: Size,
) -> str:  # fmt: skip
    shape, at = step.shape, step.variable
    if isinstance(shape, Ratio):
        factor = _percent(case.figure(shape.figure)) / _HUNDRED if shape.figure is not None else Fraction(1)
        other = shape.lower if at == shape.upper else shape.upper
        sign = "×" if at == shape.upper else ":"
        values[at] = value(other) * factor if at == shape.upper else value(other) / (factor or 1)
        by = f"{shown(other)} {sign} {exact(factor)}"
    elif isinstance(shape, Change):
        change = Fraction(case.figure(shape.figure).value) if shape.figure is not None else Fraction(0)
        other, sign = (shape.before, "+") if at == shape.now else (shape.now, "−")
        values[at] = value(other) + (change if at == shape.now else -change)
        by = f"{shown(other)} {sign} {exact(change / Fraction(size.scale))}"
    else:
        times = dict(shape.parts)
        if at == shape.whole:
            values[at] = sum((factor * value(part) for part, factor in shape.parts), Fraction(0))
            by = _added([(factor, shown(part)) for part, factor in shape.parts])
        else:
            rest = [(-factor, part) for part, factor in shape.parts if part != at]
            total = value(shape.whole) + sum((factor * value(part) for factor, part in rest), Fraction(0))
            values[at] = total / times[at]
            by = _added([(Fraction(1), shown(shape.whole)), *((factor, shown(part)) for factor, part in rest)])
            by = f"{by}" if times[at] == 1 else f"({by}) : {exact(times[at])}" if times[at] > 0 else f"−({by})"
    return f"{by} {_near(values[at] / Fraction(size.scale), 4)}"


def together(case: Case) -> Told:
    """Where no sum of steps leads to one figure: what is printed, and what the first suspect would have to be."""
    suspect = case.suspects.get(case.order[0]) if case.order else None

    def say(language: Language) -> str:
        told = facts(case, language)
        must = _allowed(case, suspect, language) if suspect else ""
        if language == "vi":
            return f"{told}; {must or 'các số này không thể cùng đúng'}"
        return f"{told}; {must or 'these cannot all be true'}"

    return Told(say)


def _allowed(case: Case, suspect: Suspect, language: Language) -> str:
    figure, allowed = case.figure(suspect.figure), suspect.allowed
    if allowed.low is None and allowed.high is None:
        return ""
    if figure.measure == "level" or figure.measure not in ("growth", "index", "plan_ratio", "share"):
        told = span(allowed.low, allowed.high, figure.unit, language, size=printed(figure).size,
                    apart=(figure.lower, figure.upper))  # fmt: skip
    else:
        ends = [None if end is None else Fraction(end) / 100 for end in (allowed.low, allowed.high)]
        told = ratio_span(figure, Range(*ends), Range(), language)
    number: str = said(figure, language) if figure.measure != "growth" else growth_said(figure, language)
    if language == "vi":
        return f"nhưng theo các số còn lại, thay cho {number} phải là {told}"
    return f"but by the other figures {number} would have to be {told}"


def decimal_of(value: Fraction | None) -> Decimal | None:
    """An exact number as a decimal of enough digits."""
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)

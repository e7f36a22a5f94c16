# SPDX-License-Identifier: Apache-2.0
"""Sentences about figures that lead to a value by several steps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bamsat.core.check.told.case import LISTED, Case, Told, added, is_, joined, near
from bamsat.core.check.told.ranges import Range
from bamsat.core.check.told.ratios import base_name, change_span, compared, level_span, ratio_span
from bamsat.core.check.told.shapes import Change, Contribution, Level, Ratio, Saying, Step, Sum, Tie
from bamsat.core.check.words.naming import uncapital
from bamsat.core.check.words.printed import growth_said, percent_of, printed, ratio_said, said
from bamsat.core.check.words.written import Language, Size, exact, period_words, span


def chain(case: Case) -> Told | None:
    """Figures that lead to what one of them says by several steps, and what it says instead."""
    for subject in case.order:
        found = case.shapes.implied(subject)
        if found is not None:
            where, steps, saying = found

            def say(language: Language, where: Range = where, saying: Saying = saying) -> str:
                must = must_be(case, where, saying, language)
                if language == "vi":
                    return f"{facts(case, 'vi')}; nhưng tính từ các số còn lại thì {must} {case.allowing('vi')}"
                return f"{facts(case, 'en')}; but by the other figures {must} {case.allowing('en')}"

            return Told(say, _Calculation(case, subject, saying).told(steps))
    return None


def must_be(case: Case, where: Range, saying: Saying, language: Language) -> str:
    """What a figure would have to say."""
    vietnamese, names, figure = language == "vi", case.names, case.figure(saying.figure or 0)
    if isinstance(saying, Level):
        told, name = level_span(case, saying, where, language), uncapital(names.whole(saying.variable, language))
        return f"{name} phải {is_(told)}{told}" if vietnamese else f"{name} would have to be {told}"
    if isinstance(saying, Ratio):
        told, name = ratio_span(figure, where, saying.range, language), uncapital(names.whole(saying.upper, language))
        than = compared(case, saying, language)
        if vietnamese:
            return f"{name} phải {'' if figure.measure == 'growth' or not told[0].isdigit() else 'bằng '}{told} {than}"
        return f"{name} would have to be {told} {than}"
    name = uncapital(names.whole(saying.now, language))
    if isinstance(saying, Change):
        told, than = change_span(figure, where, saying, language), names.beside(saying.before, saying.now, language)
        return (
            f"{name} phải thay đổi {told} so với {than}"
            if vietnamese
            else f"{name} would have to move by {told} on {than}"
        )
    apart = (saying.range.low, saying.range.high)
    told = span(where.low, where.high, figure.unit, language, size=printed(figure).size, apart=apart)
    return f"{name} phải đóng góp {told}" if vietnamese else f"{name} would have to contribute {told}"


# ---- what is printed


def facts(case: Case, language: Language) -> str:
    """Everything that is printed, value by value, and the relations that tie the values.

    What the first of them has said already, a period or what it is compared with, the others leave out.
    """
    shapes = case.shapes
    spoken = [one.variable for one in shapes.levels if one.figure is not None]
    spoken += [one.upper for one in shapes.ratios]
    spoken += [one.now for one in shapes.changes] + [one.now for one in shapes.contributions]
    order = list(dict.fromkeys(spoken))
    bases: set[str] = set()
    told = [_fact(case, at, order[0], bases, language) for at in order]
    loose = dict.fromkeys(one.figure for one in shapes.loose if one.figure is not None)
    told += [_loose_fact(case, at, language) for at in loose]
    told += [_relation(case, alike, language) for alike in _alike(case)]
    kept = list(dict.fromkeys(told))
    return "; ".join([kept[0], *(uncapital(one) for one in kept[1:])])


def _fact(case: Case, at: int, first: int, bases: set[str], language: Language) -> str:
    vietnamese, names = language == "vi", case.names
    figures = dict.fromkeys(one.figure for one in case.levels(at) if one.figure is not None)
    told = [said(case.figure(one), language) + names.source(one, language) for one in figures]
    for ratio in case.shapes.ratios:
        if ratio.upper == at:
            told.append(_ratio_fact(case, ratio, bases, language))
    for change in case.shapes.changes:
        if change.now == at and change.figure is not None:
            than, own = names.beside(change.before, at, language), growth_said(case.figure(change.figure), language)
            told.append(own + _new(f" {'so với' if vietnamese else 'on'} {than}", bases))
    for share in case.shapes.contributions:
        if share.now == at and share.figure is not None:
            whole = uncapital(names.whole(share.whole, language, period=False))
            own = said(case.figure(share.figure), language)
            told.append(f"đóng góp {own} vào mức tăng của {whole}" if vietnamese else f"{own} of the growth of {whole}")
    name = names.whole(at, language) if at == first else _other_name(case, at, first, language)
    return f"{name}{' ghi' if vietnamese else ':'} {', '.join(told)}"


def _other_name(case: Case, at: int, first: int, language: Language) -> str:
    """A value named by what sets it apart from the first; of another year in full."""
    one, than = (case.network.variables[which] for which in (at, first))
    return case.names.beside(at, first, language) if one.period == than.period else case.names.whole(at, language)


def _new(words: str, said_: set[str]) -> str:
    """Words that were not said yet."""
    if words in said_:
        return ""
    said_.add(words)
    return words


def _ratio_fact(case: Case, ratio: Ratio, bases: set[str], language: Language) -> str:
    figure = case.figure(ratio.figure or 0)
    own, than = ratio_said(figure, language), base_name(case, ratio, language)
    source = case.names.source(ratio.figure or 0, language)
    if figure.measure == "growth":
        return f"{own}{_new(f' so với {than}' if language == 'vi' else f' on {than}', bases)}{source}"
    direct = figure.measure == "share" or (figure.measure == "plan_ratio" and not printed(figure).plus)
    return f"{own} {'' if direct or language == 'en' else 'so với '}{than}{source}"


def _loose_fact(case: Case, at: int, language: Language) -> str:
    figure = case.figure(at)
    first = next(row.terms[0][0] for one in case.constraints if one.figure == at for row in one.rows)
    name = case.names.whole(first, language)
    return f"{name} ghi {said(figure, language)}" if language == "vi" else f"{name}: {said(figure, language)}"


def _alike(case: Case) -> list[list[Sum]]:
    """The relations, those that say the same of several periods together."""
    groups: dict[object, list[Sum]] = {}
    every = case.network.variables
    for relation in case.shapes.sums:
        whole = every[relation.whole].period
        named = [(replace(every[at], period=""), every[at].period == whole) for at in relation.variables]
        groups.setdefault((relation.rule, relation.equal, tuple(named)), []).append(relation)
    return list(groups.values())


def _relation(case: Case, alike: list[Sum], language: Language) -> str:
    names, vietnamese, relation = case.names, language == "vi", alike[0]
    whole = names.whole(relation.whole, language)
    for other in alike[1:]:
        when = period_words(case.network.variables[other.whole].period, language)
        whole += f" cũng như {when}" if vietnamese else f" as in {when}"
    parts = [(times, names.beside(at, relation.whole, language)) for at, times in relation.parts]
    if len(parts) > LISTED:
        told = f"{len(parts)} phần của nó cộng lại" if vietnamese else f"its {len(parts)} parts together"
    else:
        told = joined([text for times, text in parts if times > 0], "cộng" if vietnamese else "plus")
        if minus := [text for times, text in parts if times < 0]:
            told += f" {'trừ' if vietnamese else 'less'} {joined(minus, 'và' if vietnamese else 'and')}"
    if vietnamese:
        return f"{whole} {'bằng' if relation.equal else 'không nhỏ hơn'} {told}"
    return f"{whole} {'is' if relation.equal else 'is no less than'} {told}"


# ---- the calculation


class _Calculation:
    """Steps as sums on a calculator, each from numbers that are printed or were computed just before."""

    def __init__(self, case: Case, subject: int, saying: Saying) -> None:
        self.case = case
        self.subject = subject
        self.saying = saying
        self.unit = case.shapes.unit_of(saying)
        self.known, _ = case.shapes.derived((subject,), self.unit)
        self.values: dict[int, Fraction] = {} if self.unit is None else {self.unit: Fraction(1)}
        at = saying.variable if isinstance(saying, Level) else saying.upper if isinstance(saying, Ratio) else saying.now
        self.size: Size = case.size(at, subject)

    def told(self, steps: list[Step]) -> str:
        return "; ".join(told for told in (*(self._step(step) for step in steps), self._last()) if told)

    def value(self, at: int) -> Fraction:
        return self.values[at] if at in self.values else self.case.value(at, self.known)

    def shown(self, at: int) -> str:
        return exact(self.value(at) / Fraction(self.size.scale), 4)

    def _last(self) -> str:
        saying, figure = self.saying, self.case.figure(self.subject)
        if isinstance(saying, Level):
            return f"{self.shown(saying.variable)} ≠ {exact(Fraction(figure.value) / Fraction(self.size.scale))}"
        if isinstance(saying, Ratio):
            lower = self.value(saying.lower)
            result = near(self.value(saying.upper) / lower, 5) if lower else ""
            by = f"{self.shown(saying.upper)} : {self.shown(saying.lower)}"
            if saying.lower == self.unit:
                return f"{self.shown(saying.upper)} ≠ {exact(percent_of(figure) / 100)}"
            return f"{by} {result} ≠ {exact(percent_of(figure) / 100)}"
        less = self.value(saying.now) - self.value(saying.before)
        by = f"{self.shown(saying.now)} − {self.shown(saying.before)}"
        if isinstance(saying, Change):
            scale = Fraction(self.size.scale)
            return f"{by} {near(less / scale, 4)} ≠ {exact(Fraction(figure.value) / scale)}"
        whole = self.value(saying.whole)
        result = near(100 * less / whole, 4) if whole else ""
        return f"({by}) : {self.shown(saying.whole)} × 100 {result} ≠ {exact(figure.value)}"

    def _step(self, step: Step) -> str:
        value, by = self._derive(step, step.shape, step.variable)
        self.values[step.variable] = value
        if by == self.shown(step.variable):
            return ""
        return f"{by} {near(value / Fraction(self.size.scale), 4)}"

    def _derive(self, step: Step, shape: Tie, at: int) -> tuple[Fraction, str]:
        if isinstance(shape, Ratio):
            factor = percent_of(self.case.figure(shape.figure or 0)) / 100
            if at == shape.upper:
                by = "" if shape.lower == self.unit else f"{self.shown(shape.lower)} × "
                return self.value(shape.lower) * factor, f"{by}{exact(factor)}"
            return self.value(shape.upper) / (factor or 1), f"{self.shown(shape.upper)} : {exact(factor)}"
        if isinstance(shape, Sum):
            return self._of_sum(shape, at, step.inputs)
        added_ = Fraction(self.case.figure(shape.figure or 0).value)
        by = exact(added_ / Fraction(self.size.scale))
        if isinstance(shape, Contribution):
            if at == shape.whole:
                less = f"({self.shown(shape.now)} − {self.shown(shape.before)})"
                grown = self.value(shape.now) - self.value(shape.before)
                return 100 * grown / (added_ or 1), f"{less} : {exact(added_)} × 100"
            by = f"{self.shown(shape.whole)} × {exact(added_)} : 100"
            added_ = self.value(shape.whole) * added_ / 100
        if at == shape.now:
            return self.value(shape.before) + added_, f"{self.shown(shape.before)} + {by}"
        return self.value(shape.now) - added_, f"{self.shown(shape.now)} − {by}"

    def _of_sum(self, shape: Sum, at: int, inputs: tuple[int, ...]) -> tuple[Fraction, str]:
        """From the members that are known; the others, of which nothing is left over, are not negative."""
        times = dict(shape.parts)
        if at == shape.whole:
            known = [(times[part], part) for part in times if part in inputs]
            total = sum((factor * self.value(part) for factor, part in known), Fraction(0))
            return total, added((factor, self.shown(part)) for factor, part in known)
        own = times[at]
        rest = [(-factor, part) for part, factor in times.items() if part != at and part in inputs]
        total = self.value(shape.whole) + sum((factor * self.value(part) for factor, part in rest), Fraction(0))
        by = added([(Fraction(1), self.shown(shape.whole)), *((factor, self.shown(part)) for factor, part in rest)])
        return total / own, by if own == 1 else f"({by}) : {exact(own)}" if own > 0 else f"−({by})"


# ---- where no steps lead to one figure


def together(case: Case) -> Told:
    """What is printed, and what the first suspect would have to be by the solver's word."""
    found = next((found for at in case.order if (found := _by_the_solver(case, at)) is not None), None)

    def say(language: Language) -> str:
        if found is None:
            otherwise = "các số này không thể cùng đúng" if language == "vi" else "these cannot all be true"
            return f"{facts(case, language)}; {otherwise} {case.allowing(language)}"
        must = must_be(case, *found, language)
        but = "nhưng theo các số còn lại thì" if language == "vi" else "but by the other figures"
        return f"{facts(case, language)}; {but} {must} {case.allowing(language)}"

    if found is None:
        return Told(say)
    where, saying = found
    figure = case.figure(saying.figure or 0)
    if isinstance(saying, Ratio):
        return Told(say, f"{exact(percent_of(figure))}% ≠ {span(*_hundred(where), '%')}")
    return Told(say, f"{said(figure)} ≠ {span(where.low, where.high, figure.unit, size=printed(figure).size)}")


def _by_the_solver(case: Case, at: int) -> tuple[Range, Saying] | None:
    """What the solver leaves for a suspect, with the shape that says what it is of."""
    suspect, shapes = case.suspects.get(at), case.shapes
    if suspect is None:
        return None
    allowed = Range(*(None if end is None else Fraction(end) for end in (suspect.allowed.low, suspect.allowed.high)))
    sayings: tuple[Saying, ...] = (*shapes.levels, *shapes.ratios, *shapes.changes)
    saying = next((one for one in sayings if one.figure == at), None)
    if saying is None:
        return None
    where = allowed.times(Fraction(1, 100)) if isinstance(saying, Ratio) else allowed
    nothing = where.high is None and not where.low
    return None if nothing or where.meets(saying.range) else (where, saying)


def _hundred(where: Range) -> tuple[Fraction | None, Fraction | None]:
    hundred = where.times(Fraction(100))
    return hundred.low, hundred.high

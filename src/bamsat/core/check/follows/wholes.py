# SPDX-License-Identifier: Apache-2.0
"""What totals imply: that they hold, what a part is of them, and what is left for a part that nobody published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from bamsat.core.check.follows.values import LANGUAGES, Span, Values
from bamsat.core.check.model import Bound, Constraint, Finding, Row
from bamsat.core.check.words.naming import uncapital
from bamsat.core.check.words.printed import as_amount, said
from bamsat.core.check.words.written import Language
from bamsat.core.terms.period import Period

_TOTALS = ("sum", "parts", "months", "places")
_MOST_PARTS = 12


def findings(values: Values) -> list[Finding]:
    """Totals whose members are told or follow, as they stand in the network."""
    found: list[Finding] = []
    for at, constraint in enumerate(values.network.constraints):
        if constraint.rule in _TOTALS and constraint.figure is None and at not in values.dropped:
            row = constraint.rows[0]
            if row.low == row.high == 0 and len(row.terms) <= _MOST_PARTS:
                found += _of(values, constraint, row)
            elif row.low == 0 and constraint.rule != "parts":
                found += _at_least(values, constraint, row)
    return found


def _of(values: Values, constraint: Constraint, row: Row) -> Iterator[Finding]:
    members = [at for at, _ in row.terms]
    if any(values.span(at) is None for at in members):
        return
    followed = [at for at in members if not values.told(at) and not values.paired(at)]
    if all(values.told(at) for at in members):
        yield _adds_up(values, constraint, row)
    elif followed and len(followed) < len(members):
        yield _implies(values, constraint, row, followed)


def _adds_up(values: Values, constraint: Constraint, row: Row) -> Finding:
    """All members are told: the sum itself, what each is of the whole, and the balance that nobody told."""
    (whole, _), *parts = row.terms
    calc = _calc(values, row)
    bounds = list(_shares(values, row))
    shares = {lang: [bound.vi if lang == "vi" else bound.en for bound in bounds] for lang in LANGUAGES}
    name = {lang: _name(values, whole, lang) for lang in LANGUAGES}
    tail = {lang: f" {'; '.join(texts)}." if texts else "" for lang, texts in shares.items()}
    figures = [figure for at in (whole, *(part for part, _ in parts)) for figure in values.levels[at]]
    return Finding(
        "holds", "fine", constraint.rule, values.keys(figures), f"{name['vi']} khớp với các thành phần.{tail['vi']}",
        f"{name['en']} agrees with its components.{tail['en']}", calc, bounds=tuple(bounds),
    )  # fmt: skip


def _calc(values: Values, row: Row) -> str:
    """The sum in the printed digits, where all are printed in one size."""
    told = [(values.network.figures[values.levels[at][0]].figure, times) for at, times in row.terms if values.told(at)]
    if len(told) < len(row.terms):
        return ""
    (whole, _), *parts = told
    texts = [f"{'−' if times > 0 else '+'} {as_amount(figure)}" for figure, times in parts]
    return f"{' '.join(texts).removeprefix('+ ')} = {as_amount(whole)}"


def _shares(values: Values, row: Row) -> Iterator[Bound]:
    (whole, _), *parts = row.terms
    total = values.span(whole)
    if whole in values.network.signed or total is None or total.low <= 0 or any(times > 0 for _, times in parts):
        return
    of = {lang: uncapital(values.name(whole, lang)) for lang in LANGUAGES}
    for part, _ in parts:
        found = values.span(part)
        if found is not None and found.low > 0 and not values.pairs.get((part, whole, "share")):
            yield values.ratio_bound(part, "share", found.over(total), (of["vi"], f"of {of['en']}"))


def _implies(values: Values, constraint: Constraint, row: Row, untold: list[int]) -> Finding:
    """What the others leave for a member that nobody told: its value, its growth, what it is of its plan."""
    whole = row.terms[0][0]
    bounds: list[Bound] = []
    for at in untold:
        found = values.span(at)
        if found is not None:
            bounds.append(values.level_bound(at, found))
            bounds += [*_growths(values, at), *_later(values, at)]
    done = [part for at in untold for part in _done(values, at)]
    bounds += _plan_of_rest(values, untold)
    rule = "sum" if untold == [whole] or constraint.rule == "months" else "remainder"
    if constraint.rule == "months":
        rule = "months"
    figures = [*values.because([at for at, _ in row.terms]), *(figure for at in done for figure in values.levels[at])]
    equation = {lang: _equation(values, row, lang) for lang in LANGUAGES}
    texts = {lang: "; ".join(bound.vi if lang == "vi" else bound.en for bound in bounds) for lang in LANGUAGES}
    return Finding(
        "holds", "fine", rule, values.keys(figures), f"{equation['vi']}; suy ra {texts['vi']}.",
        f"{equation['en']}; it follows that {texts['en']}.", bounds=tuple(bounds),
    )  # fmt: skip


def _equation(values: Values, row: Row, language: Language) -> str:
    """The relation in words: "Tổng kim ngạch xuất nhập khẩu = kim ngạch xuất khẩu + kim ngạch nhập khẩu"."""
    (whole, _), *parts = row.terms
    periods = len({values.network.variables[at].period for at, _ in row.terms}) > 1

    def name(at: int) -> str:
        return values.when(at, language) if periods else uncapital(values.name(at, language, place=False))

    texts = [f"{'−' if times > 0 else '+'} {name(at)}" for at, times in parts]
    told = " ".join(texts).removeprefix("+ ")
    head = values.name(whole, language)
    return f"{head}: {name(whole)} = {told}" if periods else f"{head} = {told}"


def _growths(values: Values, at: int) -> Iterator[Bound]:
    """The growth of a value that follows, on the year before."""
    one = values.network.variables[at]
    base = values.at(replace(one, period=Period.parse(one.period).shift_years(-1).code))
    above, below = values.span(at), values.span(base)
    if base is None or above is None or below is None or one.kind != "actual" or at in values.network.signed:
        return
    if above.low > 0 and below.low > 0 and not values.pairs.get((at, base, "growth")):
        yield values.growth_bound(at, base, above.over(below))


def _later(values: Values, at: int) -> Iterator[Bound]:
    """What a value that follows says of the growth of the year after, where that is told and its growth is not."""
    one = values.network.variables[at]
    now = values.at(replace(one, period=Period.parse(one.period).shift_years(1).code))
    if now is not None and values.told(now):
        yield from _growths(values, now)


def _done(values: Values, at: int) -> list[int]:
    """What was done of parts that are planned together, where each of them is known."""
    one = values.network.variables[at]
    if one.kind != "plan" or "+" not in one.indicator:
        return []
    found = [values.at(replace(one, indicator=code, kind="actual")) for code in one.indicator.split("+")]
    return [part for part in found if part is not None] if all(values.span(part) for part in found) else []


def _plan_of_rest(values: Values, untold: list[int]) -> Iterator[Bound]:
    """Parts that are told apart and planned together: what was done is so much of the plan."""
    for at in untold:
        plan, total = values.span(at), Span(Fraction(0), Fraction(0))
        done = _done(values, at)
        for part in done:
            total = total.plus(values.span(part) or total)
        if done and plan is not None:
            yield values.ratio_bound(at, "plan_ratio", total.over(plan), ("kế hoạch", "of the plan"))


def _at_least(values: Values, constraint: Constraint, row: Row) -> Iterator[Finding]:
    """A total that is not less than what it takes in, all of it told."""
    (whole, _), *parts = row.terms
    if not values.told(whole) or not all(values.told(part) for part, _ in parts):
        return
    figures = [figure for at in (whole, *(part for part, _ in parts)) for figure in values.levels[at]]
    texts = {
        lang: ", ".join(f"{said(values.network.figures[values.levels[at][0]].figure, lang)}" for at, _ in parts)
        for lang in LANGUAGES
    }
    total = {lang: said(values.network.figures[values.levels[whole][0]].figure, lang) for lang in LANGUAGES}
    vi = f"{_name(values, whole, 'vi')} là {total['vi']}, không ít hơn các kỳ ở trong đó ({texts['vi']})."
    en = f"{_name(values, whole, 'en')} is {total['en']}, not less than what it takes in ({texts['en']})."
    yield Finding("holds", "fine", constraint.rule, values.keys(figures), vi, en)


def _name(values: Values, at: int, language: Language) -> str:
    joint = " " if language == "vi" else ", "
    return f"{values.name(at, language)}{joint}{values.when(at, language)}"

# SPDX-License-Identifier: Apache-2.0
"""What growths and plan ratios imply: last year's values, plans, what a plan asks for; by series and by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from bamsat.core.check.follows.values import AS_WRITTEN, LANGUAGES, Pair, Span, Values
from bamsat.core.check.knowledge import APART
from bamsat.core.check.model import Bound, Finding, Stated, Variable
from bamsat.core.check.words.printed import as_amount, ratio_said, said
from bamsat.core.check.words.written import Language, exact, grew, size_for, span
from bamsat.core.terms.period import Period


@dataclass(frozen=True, slots=True)
class Implied:
    """A value that nobody published, and what it follows from."""

    at: int
    found: Span
    figures: tuple[int, ...]
    source: str
    rule: str
    now: int


def findings(values: Values) -> list[Finding]:
    """Each series with a growth or a plan ratio, then the last year and the plans of each document as a whole."""
    implied: list[Implied] = []
    found: list[Finding] = []
    for (upper, lower, kind), pairs in values.pairs.items():
        if kind == "share" or APART in values.network.variables[upper].breakdown:
            continue
        one = _growth(values, upper, lower, pairs) if kind == "growth" else _plan(values, upper, lower, pairs)
        if one is not None:
            found.append(one)
            implied += _implied(values, upper, lower, kind, pairs)
    found += _targets(values)
    return [*found, *_last_year(values, implied), *_plans(values, implied)]


def _figures(values: Values, pairs: Iterable[Pair], *ats: int) -> tuple[int, ...]:
    """Levels in the order given, then the ratios."""
    levels = [figure for at in ats for figure in values.levels.get(at, ())]
    return tuple(dict.fromkeys([*levels, *(pair.figure for pair in pairs)]))


def _implied(values: Values, upper: int, lower: int, kind: str, pairs: list[Pair]) -> Iterator[Implied]:
    where = values.span(lower)
    variable = values.network.variables[lower]
    rule = "last_year" if kind == "growth" else "plans"
    wanted = rule == "plans" or _is_last_year(values.network.variables[upper], variable)
    if where is not None and wanted and values.told(upper) and (rule == "plans" or not values.told(lower)):
        yield Implied(lower, where, _figures(values, pairs, upper), variable.source, rule, upper)


def _is_last_year(now: Variable, base: Variable) -> bool:
    return Period.parse(now.period).shift_years(-1).code == base.period


# ---- one series


def _growth(values: Values, upper: int, lower: int, pairs: list[Pair]) -> Finding | None:
    """A growth with the levels it ties: what they imply where one is not told, or that they agree."""
    above, below = values.span(upper), values.span(lower)
    if above is None or below is None:
        return _chain(values, upper, lower, pairs)
    figures = _figures(values, pairs, upper, lower)
    ratio = {lang: ratio_said(_first(values, pairs).figure, lang) for lang in LANGUAGES}
    bounds: list[Bound] = []
    if not values.told(lower):
        bounds.append(values.level_bound(lower, below))
        bounds += _written(values, upper, lower, pairs)
    if not values.told(upper):
        bounds.append(values.level_bound(upper, above))
    if values.told(upper) and values.told(lower):
        vi, en = _agrees(values, upper, lower, above.over(below).as_growth(), ratio)
    else:
        told, derived = (upper, lower) if values.told(upper) else (lower, upper)
        vi = f"{_subject(values, told, 'vi')}, {ratio['vi']}: suy ra {_is(values, derived, 'vi')}."
        en = f"{_subject(values, told, 'en')}, {ratio['en']}: so {_is(values, derived, 'en')}."
    calc = _quotient(values, upper, pairs[0]) if values.told(upper) and not values.told(lower) else ""
    return Finding("holds", "fine", "growth", values.keys(figures), vi, en, calc, bounds=tuple(bounds))


def _agrees(values: Values, upper: int, lower: int, growth: Span, ratio: dict[Language, str]) -> tuple[str, str]:
    base = {
        lang: f"{_told(values, lower, lang)} {'' if lang == 'vi' else 'in '}{values.when(lower, lang)}"
        for lang in LANGUAGES
    }
    vi = f"{_subject(values, upper, 'vi')}, so với {base['vi']} là {grew(growth.low, growth.high)}"
    en = f"{_subject(values, upper, 'en')}, {grew(growth.low, growth.high, 'en')} against {base['en']}"
    return f"{vi}: khớp với {ratio['vi']}.", f"{en}: agrees with {ratio['en']}."


def _quotient(values: Values, upper: int, pair: Pair) -> str:
    """The sum itself, in the printed digits: 337,887 ÷ 110,4% ≈ 306,06 triệu USD."""
    level, ratio = values.network.figures[values.levels[upper][0]].figure, values.network.figures[pair.figure].figure
    percent = Fraction(ratio.value) + (100 if ratio.measure == "growth" else 0)
    if percent <= 0 or level.value <= 0:
        return ""
    found = Fraction(level.value) / percent * 100
    size = size_for(found, level.unit)
    told = size.behind(exact(found / Fraction(size.scale), 2), "vi")
    return f"{as_amount(level)} ÷ {exact(percent)}% ≈ {told}"


def _written(values: Values, upper: int, lower: int, pairs: list[Pair]) -> Iterator[Bound]:
    """The base again, where the level under a hedge is taken as it is written."""
    written = values.as_written(upper)
    if written is not None and written.low > 0:
        yield values.level_bound(lower, written.over(pairs[0].quotient), AS_WRITTEN)


def _chain(values: Values, upper: int, lower: int, pairs: list[Pair]) -> Finding | None:
    """Growths one upon the other where no level is told: a plan on a result that grew on the year before."""
    for first, kind in values.above.get(lower, ()):
        if kind == "growth":
            before = values.pairs[lower, first, kind]
            quotient = pairs[0].quotient.times(before[0].quotient)
            growth = quotient.as_growth()
            figures = _figures(values, [*pairs, *before])
            bound = values.growth_bound(upper, first, quotient)
            texts = {}
            for lang in LANGUAGES:
                told = [
                    f"{values.when(at, lang)} {ratio_said(_first(values, each).figure, lang)}"
                    for at, each in ((lower, before), (upper, pairs))
                ]
                together = grew(growth.low, growth.high, lang)
                joint = "so với" if lang == "vi" else "on"
                texts[lang] = (
                    f"{values.name(upper, lang)}: {', '.join(told)}; {joint} {values.when(first, lang)} {together}."
                )
            vi, en = texts["vi"], texts["en"]
            return Finding("holds", "fine", "growth", values.keys(figures), vi, en, bounds=(bound,))
    return None


def _plan(values: Values, upper: int, lower: int, pairs: list[Pair]) -> Finding | None:
    """A plan ratio with its level: the plan, and what the plan asked for on the year before."""
    above, below = values.span(upper), values.span(lower)
    if above is None or below is None:
        return None
    growths = _growths_of(values, upper) if values.network.variables[upper].period == _period(values, lower) else []
    figures = _figures(values, [*pairs, *growths], upper, lower)
    bounds = [] if values.told(lower) else [values.level_bound(lower, below)]
    asked = {"vi": "", "en": ""}
    if growths:
        planned = growths[0].quotient.over(pairs[0].quotient)
        bounds.append(values.growth_bound(lower, growths[0].lower, planned))
        growth = planned.as_growth()
        asked = {
            "vi": f", tức kế hoạch {grew(growth.low, growth.high)} so với {values.when(growths[0].lower)}",
            "en": f", a plan {grew(growth.low, growth.high, 'en')} on {values.when(growths[0].lower, 'en')}",
        }
    ratio = {lang: ratio_said(_first(values, pairs).figure, lang) for lang in LANGUAGES}
    words = ("khớp với", "agrees with") if values.told(lower) else ("suy ra", "so")
    plan = {lang: f"{words[lang == 'en']} {_is(values, lower, lang)}{asked[lang]}" for lang in LANGUAGES}
    vi = f"{_subject(values, upper, 'vi')}, {ratio['vi']} so với kế hoạch: {plan['vi']}."
    en = f"{_subject(values, upper, 'en')}, {ratio['en']} the plan: {plan['en']}."
    calc = _quotient(values, upper, pairs[0]) if values.told(upper) else ""
    return Finding("holds", "fine", "plan_ratio", values.keys(figures), vi, en, calc, bounds=tuple(bounds))


def _period(values: Values, at: int) -> str:
    return values.network.variables[at].period


def _growths_of(values: Values, upper: int) -> list[Pair]:
    """The growths of a value on the same period of the year before."""
    now = values.network.variables[upper]
    return [
        pair
        for base, kind in values.above.get(upper, ())
        if kind == "growth" and _is_last_year(now, values.network.variables[base])
        for pair in values.pairs[upper, base, kind]
    ]


def _targets(values: Values) -> Iterator[Finding]:
    """What a target asks for, on the last years that are known: where nobody says it, and two years back."""
    for at in range(len(values.network.variables)):
        one = values.network.variables[at]
        if one.kind == "plan" and values.told(at) and APART not in one.breakdown and Period.parse(one.period).is_year:
            bounds, figures = list[Bound](), list(values.levels[at])
            for years in (1, 2):
                base = _year_before(values, one, years)
                if base is not None:
                    bounds += _on_base(values, at, base)
                    figures += values.because([base])
            if bounds:
                vi = f"{values.name(at)}, {values.when(at)} {_told(values, at, 'vi')}: " + "; ".join(
                    bound.vi.partition(": ")[2] for bound in bounds
                )
                en = f"{values.name(at, 'en')}, {values.when(at, 'en')} {_told(values, at, 'en')}: " + "; ".join(
                    bound.en.partition(": ")[2] for bound in bounds
                )
                keys = values.keys(dict.fromkeys(figures))
                yield Finding("holds", "fine", "growth", keys, f"{vi}.", f"{en}.", bounds=tuple(bounds))


def _year_before(values: Values, one: Variable, years: int) -> int | None:
    base = Period.parse(one.period).shift_years(-years).code
    at = values.at(replace(one, period=base, kind="actual"))
    return at if at is not None and values.span(at) is not None else None


def _on_base(values: Values, at: int, base: int) -> Iterator[Bound]:
    """A target over a year that is known or implied; again with hedged numbers as they are written."""
    if not values.pairs.get((at, base, "growth")):
        quotient = values.quotient(at, base)
        if quotient is not None:
            yield values.growth_bound(at, base, quotient)
    below, above = _base_as_written(values, base), values.as_written(at)
    if below is None and above is None:
        return
    below, above = below or values.span(base), above or values.span(at)
    if below is not None and above is not None and above.low > 0:
        yield values.growth_bound(at, base, above.over(below), AS_WRITTEN)


def _base_as_written(values: Values, base: int) -> Span | None:
    if (own := values.as_written(base)) is not None:
        return own
    for upper, kind in values.below.get(base, ()):
        if kind == "growth" and (written := values.as_written(upper)) is not None:
            return written.over(values.pairs[upper, base, kind][0].quotient)
    return None


# ---- whole documents


def _last_year(values: Values, implied: Iterable[Implied]) -> Iterator[Finding]:
    """All values of last year that a document implies."""
    for source, members in _by_source(implied, "last_year"):
        if len(members) > 1:
            bounds = [values.level_bound(one.at, one.found) for one in members]
            for one in members:
                growths = values.pairs[one.now, one.at, "growth"]
                bounds += _written(values, one.now, one.at, growths)
            keys = values.keys(figure for one in members for figure in one.figures)
            texts = {lang: "; ".join(f"{_short(values, one, lang)}" for one in members) for lang in LANGUAGES}
            yield Finding(
                "holds", "fine", "last_year", keys, f"Số năm trước suy ra từ {source}: {texts['vi']}.",
                f"Values of the year before implied by {source}: {texts['en']}.", bounds=tuple(bounds),
            )  # fmt: skip


def _plans(values: Values, implied: Iterable[Implied]) -> Iterator[Finding]:
    """All plans that a document implies: what was above its plan, and how much each plan asked for."""
    for source, members in _by_source(implied, "plans"):
        if len(members) < 2:
            continue
        bounds, figures = list[Bound](), list[int]()
        above = 0
        texts: dict[str, list[str]] = {"vi": [], "en": []}
        for one in members:
            ratio = values.pairs[one.now, one.at, "plan_ratio"][0].quotient
            above += ratio.low >= 1
            bounds.append(values.level_bound(one.at, one.found))
            figures += one.figures
            growths = _growths_of(values, one.now) if _period(values, one.now) == _period(values, one.at) else []
            planned = growths[0].quotient.over(ratio) if growths else None
            if planned is not None:
                bounds.append(values.growth_bound(one.at, growths[0].lower, planned))
                figures += [pair.figure for pair in growths]
            for lang in LANGUAGES:
                growth = planned.as_growth() if planned is not None else None
                asked = f" ({grew(growth.low, growth.high, lang)})" if growth is not None else ""
                texts[lang].append(f"{_short(values, one, lang)}{asked}")
        vi = f"Kế hoạch suy ra từ {source} ({above}/{len(members)} chỉ tiêu vượt kế hoạch): {'; '.join(texts['vi'])}."
        en = f"Plans implied by {source} ({above} of {len(members)} above plan): {'; '.join(texts['en'])}."
        yield Finding("holds", "fine", "plans", values.keys(figures), vi, en, bounds=tuple(bounds))


def _by_source(implied: Iterable[Implied], rule: str) -> Iterator[tuple[str, list[Implied]]]:
    grouped: dict[str, dict[int, Implied]] = {}
    for one in implied:
        if one.rule == rule:
            grouped.setdefault(one.source, {}).setdefault(one.at, one)
    for source, members in grouped.items():
        yield source, list(members.values())


# ---- words


def _short(values: Values, one: Implied, lang: Language) -> str:
    unit = values.network.variables[one.at].unit
    return f"{values.name(one.at, lang)} {values.when(one.at, lang)}: {span(one.found.low, one.found.high, unit, lang)}"


def _first(values: Values, pairs: Iterable[Pair]) -> Stated:
    return values.network.figures[next(iter(pairs)).figure]


def _subject(values: Values, at: int, lang: Language) -> str:
    """A value with its name, its period and its number: "Kim ngạch xuất khẩu năm 2021 là 337,9 triệu USD"."""
    number = _told(values, at, lang) or _span(values, at, lang)
    if lang == "vi":
        return f"{values.name(at)} {values.when(at)} là {number}"
    return f"{values.name(at, lang)}, {values.when(at, lang)}: {number}"


def _is(values: Values, at: int, lang: Language) -> str:
    """A period with its value: "năm 2020 là 278,2 – 278,3 triệu USD"."""
    return (
        f"{values.when(at, lang)} {'là' if lang == 'vi' else 'is'} {_told(values, at, lang) or _span(values, at, lang)}"
    )


def _told(values: Values, at: int, lang: Language) -> str:
    figures = values.levels.get(at, ())
    return said(values.network.figures[figures[0]].figure, lang) if figures else ""


def _span(values: Values, at: int, lang: Language) -> str:
    found = values.span(at)
    return span(found.low, found.high, values.network.variables[at].unit, lang) if found else ""

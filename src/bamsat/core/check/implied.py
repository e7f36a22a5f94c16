# SPDX-License-Identifier: Apache-2.0
"""What growths and plan ratios imply: last year's values, plans, what a plan asks for; each series of a document, and all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bamsat.core.check.model import Bound, Finding, Stated, Variable
from bamsat.core.check.printed import ratio_said, said
from bamsat.core.check.series import APART
from bamsat.core.check.values import AS_WRITTEN, LANGUAGES, Pair, Span, Values
from bamsat.core.check.written import grew, span
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
    if where is not None and not values.told(lower) and values.told(upper):
        rule = "last_year" if kind == "growth" else "plans"
        if rule == "plans" or _is_last_year(values.network.variables[upper], variable):
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
        quotient = above.over(below).as_growth()
        levels = {lang: (_told(values, upper, lang), _told(values, lower, lang)) for lang in LANGUAGES}
        vi = (
            f"{_subject(values, upper, 'vi')} {levels['vi'][0]} so với {levels['vi'][1]} {values.when(lower)} là "
            f"{grew(quotient.low, quotient.high)}: khớp với {ratio['vi']}."
        )
        en = (
            f"{_subject(values, upper, 'en')} {levels['en'][0]} against {levels['en'][1]} in {values.when(lower, 'en')} "
            f"is {grew(quotient.low, quotient.high, 'en')}: agrees with {ratio['en']}."
        )
    else:
        told, derived = (upper, lower) if values.told(upper) else (lower, upper)
        where = {lang: _span(values, derived, lang) for lang in LANGUAGES}
        vi = (
            f"{_subject(values, told, 'vi')} {_told(values, told, 'vi')}, {ratio['vi']}: suy ra {values.when(derived)} là "
            f"{where['vi']}."
        )
        en = (
            f"{_subject(values, told, 'en')} {_told(values, told, 'en')}, {ratio['en']}: so {values.when(derived, 'en')} "
            f"was {where['en']}."
        )
    return Finding("holds", "fine", "growth", values.keys(figures), vi, en, bounds=tuple(bounds))


def _written(values: Values, upper: int, lower: int, pairs: list[Pair]) -> Iterator[Bound]:
    """The base again, where the level under a hedge is taken as it is written."""
    written = values.as_written(upper)
    if written is not None and written.low > 0:
        yield values.level_bound(lower, written.over(pairs[0].quotient), AS_WRITTEN)


def _chain(values: Values, upper: int, lower: int, pairs: list[Pair]) -> Finding | None:
    """Growths one upon the other where no level is told: a plan on a result that grew on the year before."""
    for (middle, first, kind), before in list(values.pairs.items()):
        if middle == lower and kind == "growth":
            quotient = pairs[0].quotient.times(before[0].quotient)
            growth = quotient.as_growth()
            figures = _figures(values, [*pairs, *before])
            bound = values.growth_bound(upper, first, quotient)
            said_by = {
                lang: [ratio_said(_first(values, each).figure, lang) for each in (before, pairs)] for lang in LANGUAGES
            }
            vi = (
                f"{values.name(upper)} {values.when(lower)} {said_by['vi'][0]}, {values.when(upper)} {said_by['vi'][1]}: "
                f"so với {values.when(first)} là {grew(growth.low, growth.high)}."
            )
            en = (
                f"{values.name(upper, 'en')}: {said_by['en'][0]} in {values.when(lower, 'en')}, {said_by['en'][1]} in "
                f"{values.when(upper, 'en')}; on {values.when(first, 'en')} that is {grew(growth.low, growth.high, 'en')}."
            )
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
    word = "suy ra" if bounds and not values.told(lower) else "khớp với"
    where = {lang: _told(values, lower, lang) or _span(values, lower, lang) for lang in LANGUAGES}
    vi = (
        f"{_subject(values, upper, 'vi')} {_told(values, upper, 'vi') or _span(values, upper, 'vi')}, {ratio['vi']} so với "
        f"kế hoạch: {word} {values.when(lower)} {where['vi']}{asked['vi']}."
    )
    en = (
        f"{_subject(values, upper, 'en')} {_told(values, upper, 'en') or _span(values, upper, 'en')}, {ratio['en']} the "
        f"plan: {values.when(lower, 'en')} is {where['en']}{asked['en']}."
    )
    return Finding("holds", "fine", "plan_ratio", values.keys(figures), vi, en, bounds=tuple(bounds))


def _period(values: Values, at: int) -> str:
    return values.network.variables[at].period


def _growths_of(values: Values, upper: int) -> list[Pair]:
    """The growths of a value on the same period of the year before."""
    now = values.network.variables[upper]
    return [
        pair
        for (above, base, kind), pairs in values.pairs.items()
        if above == upper and kind == "growth" and _is_last_year(now, values.network.variables[base])
        for pair in pairs
    ]


def _targets(values: Values) -> Iterator[Finding]:
    """What a target asks for, on the last years that are known: where nobody says it, and two years back."""
    for at in range(len(values.network.variables)):
        one = values.network.variables[at]
        if one.kind == "plan" and values.told(at) and APART not in one.breakdown and Period.parse(one.period).is_year:
            bounds, figures = list[Bound](), list(values.levels[at])
            for years in (1, 2):
                base = _year_before(values, one, years)
                if base is None or (base, at) in ():
                    continue
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
    written = _base_as_written(values, base)
    above = values.as_written(at) or values.span(at)
    if written is not None and above is not None and above.low > 0:
        yield values.growth_bound(at, base, above.over(written), AS_WRITTEN)


def _base_as_written(values: Values, base: int) -> Span | None:
    if (own := values.as_written(base)) is not None:
        return own
    for (upper, lower, kind), pairs in values.pairs.items():
        if lower == base and kind == "growth" and (written := values.as_written(upper)) is not None:
            return written.over(pairs[0].quotient)
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


def _short(values: Values, one: Implied, language: str) -> str:
    lang = LANGUAGES[language == "en"]
    unit = values.network.variables[one.at].unit
    return f"{values.name(one.at, lang)} {values.when(one.at, lang)}: {span(one.found.low, one.found.high, unit, lang)}"


def _first(values: Values, pairs: Iterable[Pair]) -> Stated:
    return values.network.figures[next(iter(pairs)).figure]


def _subject(values: Values, at: int, language: str) -> str:
    lang = LANGUAGES[language == "en"]
    return (
        f"{values.name(at, lang)} {values.when(at, lang)}"
        if lang == "vi"
        else f"{values.name(at, lang)}, {values.when(at, lang)}:"
    )


def _told(values: Values, at: int, language: str) -> str:
    lang = LANGUAGES[language == "en"]
    figures = values.levels.get(at, ())
    return said(values.network.figures[figures[0]].figure, lang) if figures else ""


def _span(values: Values, at: int, language: str) -> str:
    lang = LANGUAGES[language == "en"]
    found = values.span(at)
    return span(found.low, found.high, values.network.variables[at].unit, lang) if found else ""

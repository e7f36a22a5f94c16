# SPDX-License-Identifier: Apache-2.0
"""A source that revises its own past: an earlier period told anew, or implied anew by a growth.

Sources revise: an estimate becomes preliminary, then official. How far they usually go is seen in their former
releases; what stays within that is worth a note, what goes beyond it a question.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise

from bamsat.core.check.beside.past import Past, Series, series_of, told_now
from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Finding, Severity, Stated
from bamsat.core.check.words.called import LANGUAGES, called
from bamsat.core.check.words.naming import capital
from bamsat.core.check.words.printed import as_amount, growth_said
from bamsat.core.check.words.written import Language, exact, period_words, span
from bamsat.core.terms.period import Period

_EXACT = Context(prec=60)
_FEWEST = 3  # revisions from which a source's habit is known
_HABIT = 1.5  # a revision may be so much larger than the largest before
_USUAL = math.log(1.05)  # where no habit is known
_OFFICIAL = math.log(1.01)  # what was final hardly moves
_HUNDRED = 100


def findings(stated: Sequence[Stated], history: Sequence[Stated]) -> list[Finding]:
    """Notes and questions about earlier periods whose values are no longer what was published.

    `history` holds the former releases: a `source` each ("Cục Thống kê (ước tính)"), in the order in which they were
    published, `official` where a value was final. What the check ties anyway (an approved figure among `stated`) is
    left to it.
    """
    past = Past(history)
    if not past.points:
        return []
    habits = _habits(past)
    tied = {where for one in stated if one.weight > 1 and (where := _where(one))}
    told = list(told_now(stated))
    levels: dict[tuple[str, str, str, str, Period], list[tuple[Stated, Series]]] = defaultdict(list)
    found: list[Finding] = []
    for one, series, period in told:
        if series.measure != "level":
            continue
        levels[_thing(one, series, period)].append((one, series))
        known = past.of(series).get(period.first)
        if known is not None and (series, period.first) not in tied and not _overlap(one, known):
            found.append(_told_anew(one, known, period, _severity(_gap(one, known), known, series, habits)))
    for growth, series, period in told:
        for level, of in levels.get(_thing(growth, series, period), ()) if series.measure == "growth" else ():
            base = Period(period.first - series.back, period.last - series.back)
            known = past.of(of).get(base.first) if series.back else None
            if known is not None and (of, base.first) not in tied and _same_prices(level, growth, known):
                found += _implied_anew(level, growth, known, base, habits, of)
    return found


def _thing(one: Stated, series: Series, period: Period) -> tuple[str, str, str, str, Period]:
    return one.source, series.indicator, series.place, series.breakdown, period


def _where(one: Stated) -> tuple[Series, int] | None:
    found = series_of(one)
    return (found[0], found[1].first) if found else None


# ---- how far a source goes


def _habits(past: Past) -> dict[str, float]:
    """By indicator, and over all under "": the largest revision known, as a difference of logarithms."""
    sizes: dict[str, list[float]] = defaultdict(list)
    for (series, _), released in past.releases.items():
        values = [float(one.figure.value) for one in released]
        if series.measure != "level" or len(values) < 2 or min(values) <= 0:
            continue
        moved = max(abs(math.log(after / before)) for before, after in pairwise(values))
        sizes[series.indicator].append(moved)
        sizes[""].append(moved)
    return {indicator: max(moved) for indicator, moved in sizes.items() if len(moved) >= _FEWEST}


def _severity(gap: float, known: Stated, series: Series, habits: dict[str, float]) -> Severity:
    habit = habits.get(series.indicator, habits.get(""))
    allowed = _OFFICIAL if known.official else _USUAL if habit is None else max(_HABIT * habit, _OFFICIAL)
    return "note" if gap <= allowed else "question"


def _gap(one: Stated, known: Stated) -> float:
    now, before = float(one.figure.value), float(known.figure.value)
    return abs(math.log(now / before)) if now > 0 and before > 0 else math.inf


def _overlap(one: Stated, known: Stated) -> bool:
    return one.figure.lower <= known.figure.upper and known.figure.lower <= one.figure.upper


# ---- told anew


def _told_anew(one: Stated, known: Stated, period: Period, severity: Severity) -> Finding:
    said = {language: (as_amount(one.figure, language), as_amount(known.figure, language)) for language in LANGUAGES}
    vi = (
        f"{capital(called(one, 'vi'))} {period_words(period.code)} nay là {said['vi'][0]}, trước đây {known.source} "
        f"công bố {said['vi'][1]}: {_verdict(severity, 'vi')}."
    )
    en = (
        f"{capital(called(one, 'en'))} in {period_words(period.code, 'en')} is now {said['en'][0]}; {known.source} "
        f"told {said['en'][1]} before: {_verdict(severity, 'en')}."
    )
    calc = f"{said['vi'][0]} ≠ {said['vi'][1]}"
    return Finding("cannot_tell", severity, "revision", (one.key,), vi, en, calc, because=("revision",))


def _verdict(severity: Severity, language: Language) -> str:
    if severity == "note":
        return "số đã được chỉnh lý" if language == "vi" else "the value was revised"
    if language == "vi":
        return "mức chỉnh lý lớn hơn thường lệ, cần xem lại"
    return "more than is usually revised, to look at again"


# ---- implied anew


def _implied_anew(
    level: Stated, growth: Stated, known: Stated, base: Period, habits: dict[str, float], series: Series
) -> Iterator[Finding]:
    """Last year's level from this year's and its growth, beside what was published of last year."""
    implied = _implied(level, growth)
    if implied is None or known.figure.value <= 0:
        return
    low, high = implied
    if low <= known.figure.upper and known.figure.lower <= high:
        return
    gap = abs(math.log(float(low + high) / 2 / float(known.figure.value)))
    yield _told_implied(level, growth, known, base, implied, _severity(gap, known, series, habits))


def _implied(level: Stated, growth: Stated) -> tuple[Decimal, Decimal] | None:
    """Where the base must lie, with the rounding of both figures; None for hedges and falls to nothing."""
    if level.figure.hedge or growth.figure.hedge or level.figure.lower <= 0:
        return None
    slow, fast = (1 + Fraction(end) / _HUNDRED for end in (growth.figure.lower, growth.figure.upper))
    if slow <= 0:
        return None
    low, high = Fraction(level.figure.lower) / fast, Fraction(level.figure.upper) / slow
    return _decimal(low), _decimal(high)


def _decimal(value: Fraction) -> Decimal:
    return _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _same_prices(level: Stated, growth: Stated, known: Stated) -> bool:
    """Whether all three speak of one price basis, or of something that is told at one only."""
    if level.figure.indicator not in Knowledge.shipped().several_prices:
        return True
    bases = {one.figure.price_basis for one in (level, growth, known)}
    return len(bases) == 1 and None not in bases


def _told_implied(
    level: Stated, growth: Stated, known: Stated, base: Period, implied: tuple[Decimal, Decimal], severity: Severity
) -> Finding:
    unit = level.figure.unit
    now = {language: span(*implied, unit, language) for language in LANGUAGES}
    then = {language: span(known.figure.lower, known.figure.upper, unit, language) for language in LANGUAGES}
    usual = severity == "note"
    vi = (
        f"Từ {as_amount(level.figure)} và mức {growth_said(growth.figure)}, {called(level)} {period_words(base.code)} "
        f"phải là {now['vi']}; {known.source} đã công bố {as_amount(known.figure)} (tức {then['vi']}): số kỳ trước đã "
        f"chỉnh lý{'' if usual else ' nhiều hơn thường lệ, hoặc mức tăng tính trên số khác'}."
    )
    en = (
        f"From {as_amount(level.figure, 'en')}, {growth_said(growth.figure, 'en')}, {called(level, 'en')} in "
        f"{period_words(base.code, 'en')} must be {now['en']}; {known.source} told {as_amount(known.figure, 'en')} "
        f"(that is {then['en']}): the earlier value was revised"
        f"{'' if usual else ' more than usual, or the growth is of something else'}."
    )
    calc = f"{as_amount(level.figure)} ÷ {exact(1 + Fraction(growth.figure.value) / _HUNDRED)} = {now['vi']}"
    return Finding("cannot_tell", severity, "revision", (level.key, growth.key), vi, en, calc, because=("revision",))

# SPDX-License-Identifier: Apache-2.0
"""Figures that are those of the period before, digit by digit: last month's report whose numbers were left standing.

One level may come out the same by chance, and a stock may well stay as it is. Two flows of four digits, or one of six,
hardly do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bamsat.core.check.beside.past import Past, Series, series_of, told_now
from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Finding, Stated
from bamsat.core.check.words.called import LANGUAGES, called
from bamsat.core.check.words.printed import as_amount, printed
from bamsat.core.check.words.written import period_words
from bamsat.core.terms.period import Period

_FEWEST_DIGITS = 4
_BY_CHANCE = 2  # digits of each that agree anyway: a level does not change much from one period to the next
_IMPROBABLE = 4  # digits beyond these that all figures of a paper share with one earlier period
_STEPS = (1, 3)  # months by which a running total grows


def findings(stated: Sequence[Stated], history: Sequence[Stated] = ()) -> list[Finding]:
    """Questions about papers that repeat the numbers of an earlier period: one for each paper and period repeated.

    Earlier is what `history` tells, what is approved, and what other papers of the same check tell of earlier periods.
    """
    many = _told_often([*stated, *history])
    told = [
        (one, series, period, digits)
        for one, series, period in told_now(one for one in stated if (one.figure.indicator, one.figure.value) in many)
        if series.measure == "level" and Knowledge.shipped().flows(series.indicator, series.unit)
        if (digits := _digits(one)) >= _FEWEST_DIGITS
    ]
    if not told:
        return []
    past, beside, anew = Past(history, stated), _beside(told), _told_anew(stated)
    same: dict[tuple[str, Period], list[tuple[Stated, int]]] = defaultdict(list)
    for one, series, period, digits in told:
        if anew[one.source, series, period] > 1:
            continue
        for earlier, at in _before(series, period):
            known = past.of(earlier).get(at.first)
            others = [known] if known else [o for o in beside.get((earlier, at.first), ()) if o.source != one.source]
            if all(other.figure.value != one.figure.value for other in others) or _stands_still(past, series):
                continue
            same[one.source, at].append((one, digits))
            break
    return [
        _asked([one for one, _ in members], at)
        for (_, at), members in same.items()
        if sum(digits - _BY_CHANCE for _, digits in members) >= _IMPROBABLE
    ]


def _told_often(stated: Sequence[Stated]) -> set[tuple[str, Decimal]]:
    """Values that are told more than once of an indicator: there are few, and nothing else needs a closer look."""
    times = Counter((one.figure.indicator, one.figure.value) for one in stated)
    return {told for told, number in times.items() if number > 1}


def _told_anew(stated: Sequence[Stated]) -> Counter[tuple[str, Series, Period]]:
    """How many values a paper tells of one thing: beside a new one the old one is quoted, not left standing."""
    told = {(one.source, series, period, one.figure.value) for one, series, period in told_now(stated)}
    return Counter(each[:3] for each in told)


def _digits(one: Stated) -> int:
    """How many digits of a number mean something: zeros at either end only say its size."""
    digits = [char for char in printed(one.figure).digits if char.isdigit()]
    return len("".join(digits).strip("0")) if one.figure.hedge is None else 0


def _beside(told: Sequence[tuple[Stated, Series, Period, int]]) -> dict[tuple[Series, int], list[Stated]]:
    found: dict[tuple[Series, int], list[Stated]] = defaultdict(list)
    for one, series, period, _ in told:
        found[series, period.first].append(one)
    return found


def _before(series: Series, period: Period) -> Iterator[tuple[Series, Period]]:
    """The periods whose numbers may have been left standing: the one before, the running total before, last year's."""
    running = period.first % 12 == 0 and period.length > 1
    if running:
        for step in _STEPS:
            if period.length > step:
                yield replace(series, length=period.length - step), Period(period.first, period.last - step)
    if not running or period.length in (3, 12):
        yield series, period.before()
    if period.length < 12:
        yield series, period.shift_years(-1)


def _stands_still(past: Past, series: Series) -> bool:
    """Whether the numbers of a series have stayed as they were before: then that says nothing."""
    points = past.of(series)
    return any(
        (before := points.get(first - step)) is not None and before.figure.value == one.figure.value
        for first, one in points.items()
        for step in (series.length, 12)
    )


def _asked(members: list[Stated], at: Period) -> Finding:
    period = next(found[1] for one in members if (found := series_of(one)))
    listed = {
        language: "; ".join(f"{called(one, language)} {as_amount(one.figure, language)}" for one in members)
        for language in LANGUAGES
    }
    count = len(members)
    vi = (
        f"{count} số của {period_words(period.code)} giống hệt số của {period_words(at.code)}: {listed['vi']}. "
        f"Có thể số cũ còn để lại."
    )
    en = (
        f"{count} figure{'s' if count > 1 else ''} of {period_words(period.code, 'en')} "
        f"{'are' if count > 1 else 'is'} the same as of {period_words(at.code, 'en')}: {listed['en']}. "
        f"The old numbers may have been left standing."
    )
    keys = tuple(one.key for one in members)
    return Finding("cannot_tell", "question", "copied", keys, vi, en, because=("history",))

# SPDX-License-Identifier: Apache-2.0
"""Periods that one sentence names beside each other, and the year of a plan (phrases/windows.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from bamsat.core.check.beside.passages import Sentence, any_of
from bamsat.core.check.model import Finding, Repair, Stated
from bamsat.core.check.words.called import LANGUAGES
from bamsat.core.check.words.written import Language, period_words
from bamsat.core.read.periods import Mention, mentions
from bamsat.core.terms.data import shipped
from bamsat.core.terms.period import Period

_FARTHEST_PLAN = 60  # characters after the figure
_FARTHEST_QUARTER = 12  # characters between the months and a quarter named right behind them


def findings(sentence: Sentence) -> Iterator[Finding]:
    """What a sentence says of its periods that does not go together."""
    named = list(mentions(sentence.low))
    for before, after in pairwise(named):
        yield from _in_brackets(sentence, before, after)
        yield from _after_the_months(sentence, before, after)
    yield from _plan_years(sentence)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    data = shipped("phrases/windows.yml")
    return {
        "explains": re.compile(rf",?\s*(?:{any_of(data['explains'])})\s*"),
        "apart": re.compile(rf"(?<![^\W_])(?:{any_of(data['apart'])})(?![^\W_])"),
        "plan": re.compile(
            rf"(?<![^\W_])(?:{any_of(data['plans'])})(?:\s+(?:{any_of(data['plan_of'])})){{0,4}}\s+năm\s+(20\d\d)"
        ),
    }


def brief(period: Period) -> str:
    """A period as months alone: 05/2020 – 06/2021."""
    months = dict.fromkeys(f"{month % 12 + 1:02}/{month // 12}" for month in (period.first, period.last))
    return " – ".join(months)


def from_to(period: Period, language: Language) -> str:
    """A period by its first and last month, in words.

    >>> from_to(Period.parse("2021-06/2021-12"), "vi"), from_to(Period.parse("2021-06"), "en")
    ('từ tháng 6/2021 đến tháng 12/2021', 'in June 2021')
    """
    first, last = (Period(month, month).code for month in (period.first, period.last))
    if first == last:
        return ("trong " if language == "vi" else "in ") + period_words(first, language)
    begins, ends = period_words(first, language), period_words(last, language)
    return f"từ {begins} đến {ends}" if language == "vi" else f"from {begins} to {ends}"


def _in_brackets(sentence: Sentence, before: Mention, after: Mention) -> Iterator[Finding]:
    """A period and the months that explain it, where they differ: quý II (từ tháng 4 đến tháng 9)."""
    low = sentence.low
    if after.kind != "span" or before.kind not in ("span", "quarter") or not low.startswith("từ ", after.start):
        return
    if not _patterns()["explains"].fullmatch(low, before.end, after.start):
        return
    year = after.year or before.year or _year(sentence)
    first, second = before.resolve(before.year or year, None), after.resolve(year, None)
    about = next(iter(sentence.within(before.start, len(low))), None)
    alone = low[after.end :].lstrip().startswith((")", ",", "là", "đạt"))
    if first is None or second is None or about is None or first == second or not alone:
        return
    said = sentence.text[before.start : after.end].strip()
    months = {language: from_to(first, language) for language in LANGUAGES}
    vi = f"“{said}” nói hai khoảng thời gian khác nhau: {period_words(first.code)} là {months['vi']}."
    en = f"“{said}” names two different times: {period_words(first.code, 'en')} is {months['en']}."
    yield Finding("fails", "error", "window", (about.key,), vi, en, f"[{brief(first)}] ≠ [{brief(second)}]")


def _after_the_months(sentence: Sentence, before: Mention, after: Mention) -> Iterator[Finding]:
    """A running total and a quarter that it does not reach, named as one time: 9 tháng đầu năm, quý IV đạt ..."""
    low = sentence.low
    between = low[before.end : after.start]
    if before.kind != "span" or before.first != 1 or after.kind != "quarter" or len(between) > _FARTHEST_QUARTER:
        return
    if re.search(r"[;:()\d]", between) or sentence.within(before.end, after.start):
        return
    if _patterns()["apart"].search(low, max(0, before.start - 16), after.start):
        return
    year = after.year or before.year or _year(sentence)
    months, quarter = before.resolve(before.year or year, None), after.resolve(year, None)
    about = next(iter(sentence.within(after.end, len(low))), None)
    if months is None or quarter is None or about is None or quarter.first <= months.last:
        return
    if about.figure.status != "actual" or _patterns()["apart"].search(low, after.end, after.end + 16):
        return
    vi = (
        f"“{about.figure.number}” được nói là của {period_words(months.code)} và cả {period_words(quarter.code)}: "
        f"{period_words(quarter.code)} không nằm trong {period_words(months.code)}."
    )
    en = (
        f"“{about.figure.number}” is told of {period_words(months.code, 'en')} and of "
        f"{period_words(quarter.code, 'en')}, which does not lie in it."
    )
    yield Finding("cannot_tell", "question", "window", (about.key,), vi, en, f"[{brief(quarter)}] ⊄ [{brief(months)}]")


def _year(sentence: Sentence) -> int:
    return max((Period.parse(one.figure.period).end_year for one in sentence.stated if one.figure.period), default=0)


def _plan_years(sentence: Sentence) -> Iterator[Finding]:
    """A plan of another year than the one that is told."""
    for one, after in zip(sentence.stated, [*sentence.stated[1:], None], strict=True):
        if one.figure.measure == "plan_ratio" and one.figure.period and _is_told(sentence, one):
            yield from _plan_year(sentence, one, after)


def _plan_year(sentence: Sentence, one: Stated, after: Stated | None) -> Iterator[Finding]:
    ends = sentence.place(one) + len(one.figure.number)
    until = sentence.place(after) if after else len(sentence.low)
    plan = _patterns()["plan"].search(sentence.low, ends, min(ends + _FARTHEST_PLAN, until))
    period = Period.parse(one.figure.period or "")
    if plan is None or period.start_year <= int(plan[1]) <= period.end_year or period.length > 12:
        return
    number, year = one.figure.number, period.end_year
    vi = f"“{number}” là số của {period_words(period.code)} nhưng được so với kế hoạch năm {plan[1]}."
    en = f"“{number}” is told of {period_words(period.code, 'en')} but set against the plan of {plan[1]}."
    repair = Repair(
        figure=one.key, slip="period", value=None, low=None, high=None, number=f"năm {year}",
        vi=f"Có lẽ là kế hoạch năm {year}.", en=f"Probably the plan of {year}.",
    )  # fmt: skip
    yield Finding("cannot_tell", "question", "window", (one.key,), vi, en, "", (repair,))


def _is_told(sentence: Sentence, one: Stated) -> bool:
    """Whether the year of a figure is its own, or stands before it in its sentence."""
    if "period" not in one.figure.inferred:
        return True
    return str(Period.parse(one.figure.period or "").end_year) in sentence.text[: sentence.place(one)]

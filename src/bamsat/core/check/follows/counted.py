# SPDX-License-Identifier: Apache-2.0
"""What counts tell: so many covered out of all, and what one of a number comes to on average."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from bamsat.core.check.follows.values import LANGUAGES
from bamsat.core.check.mending.nearby import outward
from bamsat.core.check.model import Bound, Finding, Stated
from bamsat.core.check.words.naming import capital
from bamsat.core.check.words.printed import said
from bamsat.core.check.words.written import Language, exact, period_words, span
from bamsat.core.terms.unit import unit_name

_MONEY = ("VND", "USD")
_MOST_COUNTED = 100_000


def findings(stated: Sequence[Stated]) -> list[Finding]:
    """Coverage and averages of the figures of documents, in order."""
    return [*_coverage(stated), *_averages(stated)]


# ---- so many out of all


def _coverage(stated: Sequence[Stated]) -> Iterator[Finding]:
    grouped: dict[tuple[str, str, str, str | None], list[Stated]] = defaultdict(list)
    for one in stated:
        figure = one.figure
        if figure.measure == "ratio" and figure.of and figure.of > 0:
            family = figure.indicator.partition(":")[0]
            grouped[one.source, family, one.place, figure.period].append(one)
    for members in grouped.values():
        over = [one for one in members if one.figure.value > (one.figure.of or 0)]
        yield from (_too_many(one) for one in over)
        good = [one for one in members if one not in over]
        if good:
            yield _covered(good)


def _too_many(one: Stated) -> Finding:
    vi = f"{one.figure.number}: số đạt nhiều hơn tổng số."
    en = f"{one.figure.number}: more are covered than there are."
    return Finding("cannot_tell", "question", "coverage", (one.key,), vi, en, because=("scope",))


def _covered(members: Sequence[Stated]) -> Finding:
    """Each as a percentage, and all of one family together."""
    bounds = [_percent(one.figure.value, one.figure.of or 1, one.figure.number, one) for one in members]
    kinds = len({one.figure.indicator for one in members})
    if kinds > 1 and ":" in members[0].figure.indicator:
        done = sum((one.figure.value for one in members), members[0].figure.value * 0)
        every = sum((one.figure.of or 0 for one in members), members[0].figure.value * 0)
        together = f"{int(done)}/{int(every)}"
        bounds.append(_percent(done, every, together, members[0], ("gộp lại", "together")))
    vi = "Số đạt không nhiều hơn tổng số: " + "; ".join(bound.vi for bound in bounds) + "."
    en = "No more are covered than there are: " + "; ".join(bound.en for bound in bounds) + "."
    keys = tuple(one.key for one in members)
    return Finding("holds", "fine", "coverage", keys, vi, en, bounds=tuple(bounds))


def _percent(done: object, every: object, number: str, one: Stated, note: tuple[str, str] = ("", "")) -> Bound:
    share = Fraction(done) / Fraction(every) * 100  # type: ignore[call-overload]
    low, high = outward(share, share)
    said_in = {
        lang: f"{f'{extra} ' if extra else ''}{number} = {exact(share, 2)}%"
        for lang, extra in zip(LANGUAGES, note, strict=True)
    }
    figure = one.figure
    return Bound(
        figure.indicator, figure.area or "", figure.period or "", "share", "%", low, high, said_in["vi"], said_in["en"]
    )


# ---- what one comes to


def _averages(stated: Sequence[Stated]) -> Iterator[Finding]:
    """Money told right after the number of things it was for, in one sentence and under one name."""
    sentences: dict[tuple[str, int], list[Stated]] = defaultdict(list)
    for one in stated:
        if one.sentence >= 0 and one.figure.measure == "level":
            sentences[one.source, one.sentence].append(one)
    for members in sentences.values():
        ordered = sorted(members, key=lambda one: one.figure.start)
        for count, money in pairwise(ordered):
            if _one_matter(count, money):
                yield _average(count, money)


def _one_matter(count: Stated, money: Stated) -> bool:
    one, other = count.figure, money.figure
    alike = (one.indicator, one.period, one.status, one.area) == (
        other.indicator, other.period, other.status, other.area,
    )  # fmt: skip
    counted = one.unit not in (*_MONEY, "%", "point") and "/" not in one.unit and one.lower >= 1
    each = ":" in one.indicator and counted and one.value == one.value.to_integral_value() and one.value < _MOST_COUNTED
    return alike and each and other.unit in _MONEY and other.lower > 0 and one.value > 1


def _average(count: Stated, money: Stated) -> Finding:
    one, other = count.figure, money.figure
    low, high = Fraction(other.lower) / Fraction(one.upper), Fraction(other.upper) / Fraction(one.lower)
    below, above = outward(low, high)
    texts: dict[Language, str] = {lang: _each(low, high, other.unit, one.unit, lang) for lang in LANGUAGES}
    bound = Bound(
        one.indicator, one.area or "", one.period or "", "level", f"{other.unit}/{one.unit}", below, above,
        f"Bình quân {texts['vi']}", f"On average {texts['en']}",
    )  # fmt: skip
    when = {lang: period_words(one.period, lang) for lang in LANGUAGES}
    vi = capital(f"{said(other)} cho {said(one)} {when['vi']}: bình quân {texts['vi']}.")
    en = capital(f"{said(other, 'en')} for {said(one, 'en')}, {when['en']}: on average {texts['en']}.")
    keys = (count.key, money.key)
    return Finding("holds", "fine", "per_unit", keys, vi, en, bounds=(bound,))


def _each(low: Fraction, high: Fraction, unit: str, counted: str, language: Language) -> str:
    return f"{span(low, high, unit, language)}/{unit_name(counted, language)}"

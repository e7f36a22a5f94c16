# SPDX-License-Identifier: Apache-2.0
"""Periods that contradict each other: a total that ends before its last round, a base that comes after its period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bamsat.core.check.beside import spoken_periods
from bamsat.core.check.beside.passages import Sentence, sentences
from bamsat.core.check.beside.rounds import Round, noun, pairs
from bamsat.core.check.beside.spoken_periods import brief, from_to
from bamsat.core.check.model import Bound, Finding, Repair, Stated
from bamsat.core.check.words.called import LANGUAGES
from bamsat.core.check.words.written import Language, amount, exact, period_words, size_for, span
from bamsat.core.terms.period import Period

_COMPARED = ("growth", "change", "index")
_TOLD = ("actual", "estimate")


def findings(stated: Sequence[Stated], dated: Mapping[str, str] | None = None) -> list[Finding]:
    """What periods say that cannot be true together, in order.

    `dated` gives the day ("2020-12-30") of each document whose day is known, by its name.
    """
    told = sentences(stated)
    found = _of_rounds(told)
    for sentence in told:
        found += spoken_periods.findings(sentence)
    for one in stated:
        found += _base_first(one)
    return found + _foretold(stated, dated or {})


# ---- rounds and their total


def _of_rounds(told: Sequence[Sentence]) -> list[Finding]:
    found: list[Finding] = []
    for part, total in pairs(told):
        pair = _amounts(part, total)
        if pair is None:
            continue
        found += _window(part, total, *pair)
        found.append(_remainder(part, total, *pair))
    return found


def _amounts(part: Round, total: Round) -> tuple[Stated, Stated] | None:
    """What was given in a round and in all of them: the first amounts in one unit."""
    for one in part.amounts:
        for whole in total.amounts:
            if one.figure.unit == whole.figure.unit and one.source == whole.source:
                return one, whole
    return None


def _all(total: Round, language: Language) -> str:
    named = noun(total.noun)
    if language == "vi":
        return f"cả {total.count or 'các'} {named['says']}" if total.noun else "tất cả các đợt"
    return f"all {total.count or ''} {named['en_all']}".replace("  ", " ")


def _holds(around: Period | None, inside: Period) -> bool:
    return around is not None and around.first <= inside.first and inside.last <= around.last


def _of_its_own(whole: Stated) -> Period | None:
    """The period that a total has itself: somebody may have corrected what the words say."""
    figure = whole.figure
    return Period.parse(figure.period) if figure.period and "period" not in figure.inferred else None


def _window(part: Round, total: Round, one: Stated, whole: Stated) -> list[Finding]:
    inside, around = part.window, total.window
    if inside is None or around is None or any(_holds(span, inside) for span in (around, _of_its_own(whole))):
        return []
    named = noun(part.noun)
    counted = tuple(other.key for other in total.stated if total.counts_rounds(other))[:1]
    must = Period(min(inside.first, around.first), max(inside.last, around.last))
    vi = (
        f"Số của {_all(total, 'vi')} ({whole.figure.number}) tính {from_to(around, 'vi')}, nhưng {named['says']} "
        f"{part.number} ({one.figure.number}) diễn ra {from_to(inside, 'vi')}: khoảng thời gian của tổng không chứa "
        f"hết {named['says']} {part.number}."
    )
    en = (
        f"The total of {_all(total, 'en')} ({whole.figure.number}) runs {from_to(around, 'en')}, but {named['en']} "
        f"{part.number} ({one.figure.number}) lasted {from_to(inside, 'en')}: the time of the total does not hold all "
        f"of {named['en']} {part.number}."
    )
    repair = Repair(
        figure=whole.key,
        slip="period",
        value=None,
        low=None,
        high=None,
        number=from_to(must, "vi"),
        vi=f"Có lẽ {_all(total, 'vi')} tính {from_to(must, 'vi')}.",
        en=f"Probably {_all(total, 'en')} run {from_to(must, 'en')}.",
    )
    calc = f"[{brief(inside)}] ⊄ [{brief(around)}]"
    return [Finding("fails", "error", "window", (one.key, *counted, whole.key), vi, en, calc, (repair,))]


def _remainder(part: Round, total: Round, one: Stated, whole: Stated) -> Finding:
    """The amounts of a round and of all rounds: never more than the total, and what is left for the others."""
    unit, named = whole.figure.unit, noun(part.noun)
    low, high = whole.figure.lower - one.figure.upper, whole.figure.upper - one.figure.lower
    calc = f"{_digits(whole)} − {_digits(one)} = {_difference(one, whole)}"
    if high < 0:
        vi = (
            f"Riêng {named['says']} {part.number} là {one.figure.number}, nhiều hơn {_all(total, 'vi')} "
            f"({whole.figure.number})."
        )
        en = (
            f"{named['en'].capitalize()} {part.number} alone is {one.figure.number}, more than {_all(total, 'en')} "
            f"({whole.figure.number})."
        )
        return Finding("fails", "error", "window", (one.key, whole.key), vi, en, calc)
    left = {language: span(max(low, low * 0), high, unit, language) for language in LANGUAGES}
    vi = (
        f"{_all(total, 'vi').capitalize()} là {whole.figure.number}, trong đó {named['says']} {part.number} là "
        f"{one.figure.number}: các {named['says']} khác cộng lại {left['vi']}."
    )
    en = (
        f"{_all(total, 'en').capitalize()} come to {whole.figure.number}, of which {named['en']} {part.number} "
        f"{one.figure.number}: the other {named['en_all']} together {left['en']}."
    )
    bound = Bound(
        indicator=whole.figure.indicator,
        place=whole.figure.area or "",
        period=whole.figure.period or "",
        measure="level",
        unit=unit,
        low=max(low, low * 0),
        high=high,
        vi=f"Các {named['says']} khác cộng lại: {left['vi']}",
        en=f"The other {named['en_all']} together: {left['en']}",
        breakdown=f"ngoài {named['says']} {part.number}",
    )
    return Finding("holds", "fine", "remainder", (one.key, whole.key), vi, en, calc, bounds=(bound,))


def _digits(one: Stated) -> str:
    return exact(one.figure.value / size_for(one.figure.value, one.figure.unit).scale)


def _difference(one: Stated, whole: Stated) -> str:
    size = size_for(whole.figure.value, whole.figure.unit)
    return amount(whole.figure.value - one.figure.value, whole.figure.unit, size=size)


# ---- bases, the document's own day


def _base_first(one: Stated) -> list[Finding]:
    """A figure that is compared with its own time or with a later one."""
    figure = one.figure
    if figure.measure not in _COMPARED or not figure.base or not figure.period or figure.status not in _TOLD:
        return []
    base, period = Period.parse(figure.base), Period.parse(figure.period)
    if base.length != period.length or base.first < period.first or figure.value == 0 or "base" in figure.inferred:
        return []
    right = period.shift_years(-1)
    vi = f"“{figure.number}” là số của {period_words(period.code)} nhưng được so với {period_words(base.code)}, " + (
        "chính kỳ đó." if base == period else "một kỳ về sau."
    )
    en = (
        f"“{figure.number}” is told of {period_words(period.code, 'en')} but compared with "
        f"{period_words(base.code, 'en')}, " + ("the same period." if base == period else "a later one.")
    )
    repair = Repair(
        figure=one.key,
        slip="base",
        value=None,
        low=None,
        high=None,
        number=period_words(right.code),
        vi=f"Có lẽ so với {period_words(right.code)}.",
        en=f"Probably compared with {period_words(right.code, 'en')}.",
    )
    # a growth against itself is none at all; against what comes later it is only strange
    surely = base == period and not (figure.lower <= (100 if figure.measure == "index" else 0) <= figure.upper)
    if surely and one.near.count(str(base.end_year)) > 1:
        return [Finding("fails", "error", "window", (one.key,), vi, en, "", (repair,))]
    return [Finding("cannot_tell", "question", "window", (one.key,), vi, en, "", (repair,))]


def _foretold(stated: Sequence[Stated], dated: Mapping[str, str]) -> list[Finding]:
    """What is told as done though its time begins after the document's own day."""
    told: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for one in stated:
        if len(dated.get(one.figure.doc, "")) >= 7 and one.figure.period:
            told[one.figure.doc, one.figure.period].append(one)
    found = []
    for (doc, code), members in told.items():
        written, period = Period.parse(dated[doc][:7]), Period.parse(code)
        done = [one for one in members if one.figure.status == "actual" and "period" not in one.figure.inferred]
        if period.first <= written.last or not done or any(one.figure.status != "actual" for one in members):
            continue
        vi = (
            f"Văn bản viết trong {period_words(written.code)} nhưng nêu “{done[0].figure.number}” của "
            f"{period_words(code)} như số đã thực hiện."
        )
        en = (
            f"The document is of {period_words(written.code, 'en')} but tells “{done[0].figure.number}” of "
            f"{period_words(code, 'en')} as already done."
        )
        keys = tuple(one.key for one in done)
        found.append(Finding("cannot_tell", "question", "window", keys, vi, en, f"{code} > {written.code}"))
    return found

# SPDX-License-Identifier: Apache-2.0
"""Sentences about one thing that is told twice, with two values."""

from __future__ import annotations

from fractions import Fraction

from bamsat.core.check.told.case import Case, Told
from bamsat.core.check.told.ratios import against
from bamsat.core.check.words.printed import percent_of, printed, ratio_said, said
from bamsat.core.check.words.written import Language, exact


def level_twice(case: Case) -> Told | None:
    """Two figures of one value that do not meet."""
    told = case.shapes.levels
    if (
        case.shapes.ties
        or case.shapes.loose
        or len(case.shapes.figures) != 2
        or len({one.variable for one in told}) != 1
    ):
        return None
    names, variable = case.names, told[0].variable
    first, second = case.order[:2]
    size = printed(case.figure(first)).size

    def say(language: Language) -> str:
        one, other = (said(case.figure(at), language) + names.source(at, language) for at in (first, second))
        if language == "vi":
            return f"{names.whole(variable)} ghi hai số khác nhau: {one} và {other}"
        return f"{names.whole(variable, 'en')}: told twice, as {one} and as {other}"

    numbers = (exact(Fraction(case.figure(at).value) / Fraction(size.scale)) for at in (first, second))
    return Told(say, " ≠ ".join(numbers))


def ratio_twice(case: Case) -> Told | None:
    """Two figures of one growth, share or plan ratio that do not meet."""
    ratios = case.shapes.ratios
    if case.shapes.levels or len(case.shapes.ties) != 2 or len(ratios) != 2 or case.shapes.loose:
        return None
    one, other = ratios
    if (one.upper, one.lower) != (other.upper, other.lower) or one.figure == other.figure:
        return None
    names = case.names
    first, second = case.order[:2]

    def say(language: Language) -> str:
        own = [ratio_said(case.figure(at), language).removesuffix(" of") for at in (first, second)]
        pair = [told + names.source(at, language) for told, at in zip(own, (first, second), strict=True)]
        whole, than = names.whole(one.upper, language), against(case, one, language)
        if language == "vi":
            return f"{whole} {than} ghi hai mức khác nhau: {pair[0]} và {pair[1]}"
        return f"{whole} {than}: told twice, as {pair[0]} and as {pair[1]}"

    return Told(say, " ≠ ".join(f"{exact(percent_of(case.figure(at)))}%" for at in (first, second)))

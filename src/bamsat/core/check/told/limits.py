# SPDX-License-Identifier: Apache-2.0
"""Sentences about a figure that nothing can be: a fall of more than everything, a share of more than all."""

from __future__ import annotations

from bamsat.core.check.told.case import Case, Told
from bamsat.core.check.told.ratios import base_name
from bamsat.core.check.words.printed import growth_said, percent_of, ratio_said, said
from bamsat.core.check.words.written import Language, exact, period_words


def beyond_all(case: Case) -> Told | None:
    """One figure that cannot be true whatever the others say."""
    if len(case.shapes.figures) != 1 or not case.order:
        return None
    at = case.order[0]
    figure = case.figure(at)
    if figure.measure == "growth" and figure.upper < -100:
        return Told(lambda language: _fall(case, at, language), f"{exact(figure.value)}% < −100%")
    if figure.measure == "share" and figure.lower > 100 and case.shapes.ratios:
        return Told(lambda language: _share(case, language), f"{exact(percent_of(figure))}% > 100%")
    if figure.measure == "level" and figure.upper < 0:
        return Told(lambda language: _level(case, at, language), f"{said(figure)} < 0")
    return None


def _first(case: Case) -> int:
    return case.constraints[0].rows[0].terms[0][0]


def _fall(case: Case, at: int, language: Language) -> str:
    figure, name = case.figure(at), case.names.whole(_first(case), language)
    grown, base = growth_said(figure, language), period_words(figure.base, language)
    if language == "vi":
        than = f" so với {base}" if base else ""
        return f"{name} ghi {grown}{than}; không gì có thể giảm quá 100%"
    than = f" on {base}" if base else ""
    return f"{name}: {grown}{than}; nothing can fall by more than 100%"


def _share(case: Case, language: Language) -> str:
    ratio = case.shapes.ratios[0]
    own, name = ratio_said(case.figure(ratio.figure or 0), language), case.names.whole(ratio.upper, language)
    whole = base_name(case, ratio, language)
    if language == "vi":
        return f"{name} ghi {own} {whole}; một phần không thể lớn hơn cả phần chứa nó"
    return f"{name}: {own} {whole}; a part cannot be more than what it is part of"


def _level(case: Case, at: int, language: Language) -> str:
    name, stated = case.names.whole(_first(case), language), said(case.figure(at), language)
    if language == "vi":
        return f"{name} ghi {stated}; giá trị này không thể âm"
    return f"{name}: {stated}; this cannot be negative"

# SPDX-License-Identifier: Apache-2.0
"""Findings about conflicts: a sentence in both languages, who may be wrong, and how it may be mended."""

from __future__ import annotations

from bamsat.core.check.mending.elsewhere import Index
from bamsat.core.check.mending.misread import Misread
from bamsat.core.check.mending.misread_words import as_repair, told_misread
from bamsat.core.check.mending.repairs import repairs, suspected
from bamsat.core.check.model import Conflict, Finding, Network, Repair
from bamsat.core.check.told.case import Case
from bamsat.core.check.words.printed import HEDGE_WORDS
from bamsat.core.check.words.telling import tell
from bamsat.core.check.words.written import Language

_RELATIONS = ("sum", "months", "places", "parts")
_RATIOS = ("growth", "index", "plan_ratio", "share", "change", "contribution")
_REASONS = {
    "hedge": ("có số chỉ là gần đúng", "one of the numbers is only approximate"),
    "price_basis": (
        "không rõ các số theo giá hiện hành hay giá so sánh",
        "it is not said whether current or constant prices are meant",
    ),
    "scope": ("các số có thể không cùng phạm vi", "the figures may not cover the same things"),
    "boundary": ("các số tính trên địa giới khác nhau", "the figures stand on different boundaries"),
    "estimate": ("có số ước, có thể đã được chỉnh lại", "one of them is an estimate, which may have been revised"),
    "completeness": ("có thể còn thành phần chưa nêu", "there may be components that are not told"),
    "plan_period": (
        "không rõ so với kế hoạch của năm hay của kỳ", "it is not said whether the plan is the year's or the period's",
    ),
    "reading": (
        "hoặc có số ghi sai, hoặc máy đọc nhầm kỳ hay nhầm phân tổ",
        "either a figure is wrong, or its period or part was misread",
    ),
}  # fmt: skip


def failure(network: Network, conflict: Conflict, index: Index | None = None) -> Finding:
    """What cannot all be true, as a finding; of a large network the index is made once and passed in."""
    case, mended = _case(network, conflict, index)
    told = tell(case)
    return Finding("fails", "error", rule_of(case), _keys(case), told.vi, told.en, told.calc, mended)


def doubted(network: Network, conflict: Conflict, index: Index | None = None) -> Finding:
    """What cannot all be true if something assumed holds: worth asking, and why nobody need have erred."""
    case, mended = _case(network, conflict, index)
    told = tell(case)
    vi = f"{told.vi} Chưa kết luận được: {'; '.join(reasons(case))}."
    en = f"{told.en} Not conclusive: {'; '.join(reasons(case, 'en'))}."
    return Finding(
        "cannot_tell", "question", rule_of(case), _keys(case), vi, en, told.calc, mended, (), conflict.assumed
    )


def misreading(network: Network, conflict: Conflict, meant: Misread, index: Index | None = None) -> Finding:
    """What cannot all be true as it was read, where one figure may have been read as something that it is not."""
    case, mended = _case(network, conflict, index)
    told, other = tell(case), as_repair(network, meant)
    vi = f"{told.vi} Chưa kết luận được: hoặc có số ghi sai, hoặc {told_misread(network, meant)}."
    en = f"{told.en} Not conclusive: either a figure is wrong, or {told_misread(network, meant, 'en')}."
    return Finding(
        "cannot_tell", "question", rule_of(case), _keys(case), vi, en, told.calc, (other, *mended), (), ("reading",)
    )


def _case(network: Network, conflict: Conflict, index: Index | None) -> tuple[Case, tuple[Repair, ...]]:
    index = index or Index(network)
    found = suspected(network, conflict, index)
    case = Case(network, conflict, [one.suspect.figure for one in found], index.many_places)
    return case, repairs(case, found)


def _keys(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case.network.figures[at].key for at in case.order))


def rule_of(case: Case) -> str:
    """The rule that a conflict breaks: of a sum, of months, places or parts; else the ratio's; else told twice."""
    rules = {relation.rule for relation in case.shapes.sums}
    for rule in _RELATIONS:
        if rule in rules:
            return rule
    ratios = {one.figure: one.rule for one in case.constraints if one.figure is not None and one.rule in _RATIOS}
    first = next((ratios[at] for at in case.order if at in ratios), "")
    return first or next(iter(sorted(rules)), "told_twice")


def reasons(case: Case, language: Language = "vi") -> list[str]:
    """Why no one need have erred, in words."""
    told = []
    for reason in case.conflict.assumed:
        words = _hedges(case, language) if reason == "hedge" else ""
        if words or reason in _REASONS:
            told.append(words or _REASONS[reason][language == "en"])
    return told or [("có điều chỉ là giả định", "something here is only assumed")[language == "en"]]


def _hedges(case: Case, language: Language) -> str:
    figures = [case.figure(one.figure) for one in case.constraints if one.figure is not None and one.assumed == "hedge"]
    words = dict.fromkeys(HEDGE_WORDS[one.hedge][language == "en"] for one in figures if one.hedge in HEDGE_WORDS)
    if not words:
        return ""
    named = ", ".join(f"“{word}”" for word in words)
    return (
        f"số có chữ {named} có thể lệch nhiều hơn"
        if language == "vi"
        else f"what is told as {named} may be further off"
    )

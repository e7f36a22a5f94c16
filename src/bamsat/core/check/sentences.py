# SPDX-License-Identifier: Apache-2.0
"""Findings about conflicts: a sentence in both languages, who may be wrong, and how it may be mended."""

from __future__ import annotations

from bamsat.core.check.elsewhere import Index
from bamsat.core.check.model import Conflict, Finding, Network, Severity
from bamsat.core.check.repairs import repairs, suspected
from bamsat.core.check.telling import Case, Told, tell

_RELATIONS = ("sum", "months", "places", "parts")
_RATIOS = ("growth", "index", "plan_ratio", "share", "change", "contribution")
_HEDGES = {
    "over": ("trên", "over"), "nearly": ("gần", "nearly"), "about": ("khoảng", "about"),
    "at_least": ("trở lên", "or more"), "at_most": ("không quá", "at most"),
}  # fmt: skip
_REASONS = {
    "hedge": ("có số chỉ là gần đúng", "one of the numbers is only approximate"),
    "price_basis": ("chưa rõ giá hiện hành hay giá so sánh", "current or constant prices, it is not said which"),
    "scope": ("phạm vi tính có thể khác nhau", "they may not cover the same things"),
    "estimate": ("có số ước, có thể đã được chỉnh lại", "one of them is an estimate, which may have been revised"),
    "completeness": ("có thể còn thành phần chưa nêu", "there may be components that are not told"),
    "plan_period": (
        "chưa rõ là kế hoạch của năm hay của kỳ", "it is not said whether the plan is the year's or the period's",
    ),
}  # fmt: skip


def failure(network: Network, conflict: Conflict, index: Index | None = None) -> Finding:
    """What cannot all be true, as a finding; of a large network the index is made once and passed in."""
    case, told, finding = _finding(network, conflict, index)
    keys, mended = finding
    return Finding("fails", "error", rule_of(case), keys, told.vi, told.en, told.calc, mended)


def doubted(network: Network, conflict: Conflict, index: Index | None = None) -> Finding:
    """What cannot all be true if something holds that was only assumed: worth asking, and why nobody need have erred."""
    case, told, finding = _finding(network, conflict, index)
    keys, mended = finding
    vi = f"{told.vi} Chưa thể kết luận là sai: {'; '.join(reasons(case, 'vi'))}."
    en = f"{told.en} It need not be wrong: {'; '.join(reasons(case, 'en'))}."
    return Finding("cannot_tell", _severity(case), rule_of(case), keys, vi, en, told.calc, mended, (), conflict.assumed)


def _finding(
    network: Network, conflict: Conflict, index: Index | None
) -> tuple[Case, Told, tuple[tuple[str, ...], tuple]]:
    found = suspected(network, conflict, index)
    order = [one.suspect.figure for one in found]
    case = Case(network, conflict, order)
    case.order += [at for at in case.shapes.figures if at not in order]
    keys = tuple(dict.fromkeys(network.figures[at].key for at in case.order))
    return case, tell(case), (keys, repairs(case, found))


def rule_of(case: Case) -> str:
    """The rule that a conflict breaks: of a sum, of months, places or parts; a value told twice; else the ratio's."""
    rules = {relation.rule for relation in case.shapes.sums}
    for rule in _RELATIONS:
        if rule in rules:
            return rule
    every = [case.network.constraints[at] for at in case.conflict.constraints]
    ratios = [one.rule for one in every if one.figure is not None and one.rule in _RATIOS]
    first = [one.rule for at in case.order for one in every if one.figure == at and one.rule in _RATIOS]
    return next(iter(first or ratios), next(iter(rules), "told_twice"))


def reasons(case: Case, language: str) -> list[str]:
    """Why no one need have erred, in words."""
    told = []
    for reason in case.conflict.assumed:
        if reason == "hedge" and (words := _hedge_words(case, language)):
            told.append(words)
        elif reason in _REASONS:
            told.append(_REASONS[reason][language == "en"])
    return told or [("có điều chỉ là giả định", "something here is only assumed")[language == "en"]]


def _hedge_words(case: Case, language: str) -> str:
    hedges = dict.fromkeys(
        figure.hedge for at in case.shapes.figures if (figure := case.figure(at)).hedge in _HEDGES and figure.hedge
    )
    if not hedges:
        return ""
    words = [f"“{_HEDGES[hedge][language == 'en']}”" for hedge in hedges]
    if language == "vi":
        return f"chữ {', '.join(words)} cho phép số thật khác đi"
    return f"the word {', '.join(words)} leaves room"


def _severity(case: Case) -> Severity:
    """An estimate that was revised a little is told, not asked about."""
    return "question"

# SPDX-License-Identifier: Apache-2.0
"""Findings in words: the names of rules, the shapes of severities and states, the words of relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bamsat.core.terms.data import shipped
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.findings.models import Finding, Part, Severity, State
from bamsat.ui import words

SHAPES = {Severity.ERROR: "bad", Severity.QUESTION: "doubt", Severity.NOTE: "wait", Severity.FINE: "good"}
FRAMES = {Severity.ERROR: "", Severity.QUESTION: "warn", Severity.NOTE: "na", Severity.FINE: "ok"}
STATE_SHAPES = {
    State.OPEN: "wait", State.EXPLAINED: "good", State.ACCEPTED: "good", State.CORRECTED: "good", State.GONE: "none",
}  # fmt: skip

# What stands on the lines of the picture; a rule that is no relation between figures is said by its name.
_RELATIONS = {
    "growth": gettext_noop("tăng trưởng"),
    "change": gettext_noop("tăng giảm"),
    "index": gettext_noop("chỉ số"),
    "plan_ratio": gettext_noop("so kế hoạch"),
    "share": gettext_noop("tỷ trọng"),
    "contribution": gettext_noop("đóng góp"),
    "ratio": gettext_noop("tỷ lệ"),
    "sum": gettext_noop("cộng"),
    "parts": gettext_noop("cộng"),
    "places": gettext_noop("cộng các nơi"),
    "months": gettext_noop("lũy kế"),
    "told_twice": gettext_noop("nói hai lần"),
}
_ACTS = {
    "found": gettext_noop("Lại thấy khi kiểm tra"),
    "assigned": gettext_noop("Giao việc"),
    "explained": gettext_noop("Giải trình"),
    "accepted": gettext_noop("Để nguyên"),
    "reopened": gettext_noop("Mở lại"),
    "corrected": gettext_noop("Số đã sửa"),
    "gone": gettext_noop("Không còn"),
}
_BECAUSE = {
    "hedge": gettext_noop("số viết ước chừng (khoảng, gần, trên)"),
    "price_basis": gettext_noop("văn bản không nói giá so sánh hay giá hiện hành"),
    "scope": gettext_noop("phạm vi của các số có thể khác nhau"),
    "boundary": gettext_noop("các số tính trên địa giới khác nhau"),
    "estimate": gettext_noop("một trong các số là số ước, có thể đã chỉnh"),
    "completeness": gettext_noop("có thể còn thành phần không công bố"),
    "plan_period": gettext_noop("không rõ kế hoạch của cả năm hay của kỳ"),
    "reading": gettext_noop("máy có thể đọc nhầm kỳ hoặc phân tổ của một số"),
}


def rule_name(code: str) -> str:
    """The name of a rule in the language of the page; a code that no file names, as it is."""
    return next((each["name"][words.language()] for each in shipped("rules.yml") if each["code"] == code), code)


def rule_names() -> dict[str, str]:
    """All rules in the order of their file."""
    return {each["code"]: each["name"][words.language()] for each in shipped("rules.yml")}


def relation_name(relation: str) -> str:
    return _(_RELATIONS[relation]) if relation in _RELATIONS else rule_name(relation).lower()


def act_name(act: str) -> str:
    return _(_ACTS[act]) if act in _ACTS else act


def reason_name(reason: str) -> str:
    """Why a check cannot tell; reasons that are already sentences stay as they are."""
    return _(_BECAUSE[reason]) if reason in _BECAUSE else reason


def sentence(finding: Finding) -> str:
    return finding.en if words.language() == "en" and finding.en else finding.vi


def labels(finding: Finding, parts: Sequence[Part]) -> list[str]:
    """What each figure is called in the language of the page. Labels are kept in Vietnamese; in English an indicator
    of the catalogue takes its own name, and what only a document's words name stays as these words."""
    drawn: list[Mapping[str, str]] = finding.data.get("drawn", [])
    if words.language() != "en" or len(drawn) != len(parts):
        return [part.label for part in parts]
    codes = {each.get("indicator", "") for each in drawn}
    names = dict(Indicator.objects.filter(code__in=codes).exclude(name_en="").values_list("code", "name_en"))
    return [_label(part, each, names) for part, each in zip(parts, drawn, strict=True)]


def _label(part: Part, drawn: Mapping[str, str], names: Mapping[str, str]) -> str:
    name = names.get(drawn.get("indicator", ""))
    if name is None:
        return part.label
    measure = drawn.get("measure", "level")
    said = "" if measure == "level" else words.measure(measure)
    return ", ".join(each for each in (name, drawn.get("segment", ""), said, words.period(drawn.get("period"))) if each)

# SPDX-License-Identifier: Apache-2.0
"""What is said under the rows of a return that is read: questions with the sender's reasons, findings, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from bamsat.core.forms.checks import Remark as Found
from bamsat.core.forms.checks import check
from bamsat.rooms.findings.models import Finding, Severity, State
from bamsat.rooms.submissions.checking import OF_TOTALS, Checked, all_asked
from bamsat.rooms.submissions.grids import Grid
from bamsat.rooms.submissions.models import Remark
from bamsat.ui import words


@dataclass(frozen=True, slots=True)
class Note:
    """Something said under a row: an open question, what the sender answered, a finding, a remark."""

    shape: str
    word: str
    text: str
    answer: str = ""
    key: str = ""  # of a finding: the cell that it is told at,
    finding: str = ""  # its name,
    address: str = ""  # its page,
    ask: str = ""  # and what a remark to the sender would say


def notes_of(
    grid: Grid, remarks: Iterable[Remark], kept: Mapping[str, Sequence[Finding]], told: Checked | None = None
) -> dict[str, list[Note]]:
    """By cell. While it is being filled `told` is what the check finds now; after that `kept` is what it found when the
    return was sent, and what became of that."""
    english = words.language() == "en"
    notes: dict[str, list[Note]] = {}
    said = set()
    for found in all_asked(grid, told) if told else _found(grid, kept):
        why = grid.sent_return.cells.get(found.key, {}).get("why", "")
        said.add(found.key)
        if found.severity != "missing" or why or not grid.sent_return.is_open:
            notes.setdefault(found.key, []).append(_asked(found, why, english))
    for key, findings in kept.items() if told is None else ():
        said.add(key)
        notes.setdefault(key, []).extend(_of_finding(each, key, english) for each in findings)
    for key in grid.sent_return.explained - said:
        why = grid.sent_return.cells[key].get("why", "")
        notes.setdefault(key, []).append(Note("good", _("Nơi gửi giải thích"), why))
    for remark in remarks:
        if remark.key:
            who = f"{remark.by}, {words.moment(remark.at)}"
            shape, word = ("none", _("Ý kiến lần trước")) if remark.answered_at else ("bad", _("Trả lại"))
            notes.setdefault(remark.key, []).append(Note(shape, word, f"“{remark.text}” ({who})"))
    return notes


def _found(grid: Grid, kept: Mapping[str, Sequence[Finding]]) -> list[Found]:
    """What the form says of itself; of what a finding says better, only the finding."""
    rules = {key: {each.rule for each in findings} for key, findings in kept.items()}
    return [each for each in check(grid.sheet, grid.before) if not _better_told(each, rules.get(each.key, set()))]


def _better_told(found: Found, rules: set[str]) -> bool:
    if found.kind == "far_from_last":
        return "history" in rules
    return found.kind.startswith("rule:") and bool(rules & OF_TOTALS)


def _asked(found: Found, why: str, english: bool) -> Note:
    text = found.en if english else found.vi
    if found.severity == "error":
        return Note("bad", _("Phải sửa"), text)
    if found.severity == "missing":
        return Note("wait", _("Chưa có số"), "" if why else text, why)
    return Note("doubt", _("Cần xem"), text, why)


def _of_finding(finding: Finding, key: str, english: bool) -> Note:
    """With what became of it: what was explained or left as it is asks nobody any more."""
    text = (finding.en if english else finding.vi) or finding.vi
    address = _address(finding)
    if finding.state == State.OPEN:
        bad = finding.severity == Severity.ERROR
        shape, word = ("bad", _("Không thể cùng đúng")) if bad else ("doubt", _("Đáng hỏi"))
        return Note(shape, word, text, "", key, str(finding.uuid), address, finding.vi)
    word = _("Đã giải trình") if finding.state == State.EXPLAINED else _("Để nguyên")
    return Note("good", word, text, finding.reason, key, str(finding.uuid), address, finding.vi)


def _address(finding: Finding) -> str:
    try:
        return reverse("findings:finding", args=[finding.uuid])
    except NoReverseMatch:
        return ""

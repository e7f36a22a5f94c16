# SPDX-License-Identifier: Apache-2.0
"""What was read in files, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bamsat.rooms.submissions.files.findings import Note, Trouble
from bamsat.rooms.submissions.models import BatchFile, ReturnState
from bamsat.rooms.submissions.period_words import period_name
from bamsat.ui import words


@dataclass(frozen=True, slots=True)
class Told:
    """One line about a cell: where it stands, what is so, what it should probably hold."""

    at: str
    said: str
    mend: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file of a batch on its page."""

    file: BatchFile
    shape: str
    state: str
    said: str
    troubles: tuple[Told, ...] = ()
    notes: tuple[Told, ...] = ()
    unknown: bool = False


def told_lines(found: Iterable[Trouble | Note | Mapping[str, Any]]) -> list[Told]:
    told = []
    for each in found:
        one = each if isinstance(each, Mapping) else each.as_json()
        text = one["en"] if words.language() == "en" else one["vi"]
        told.append(Told(one["at"], text, one.get("mend", ""), bool(one.get("kept"))))
    return told


def file_told(file: BatchFile) -> FileTold:
    """How far a file is, in one sentence, with what is to be mended in it."""
    report = file.report
    language = "en" if words.language() == "en" else "vi"
    if not file.done:
        return FileTold(file, "half", _("Đang đọc"), "")
    if error := report.get("error"):
        state = _("Chưa nhận ra") if report.get("unknown") else _("Không nạp được")
        return FileTold(file, "bad", state, error[language], unknown=bool(report.get("unknown")))
    sent = file.filled
    assert sent is not None
    told = _("%(place)s, %(period)s: %(count)s ô") % {
        "place": sent.place.label, "period": period_name(sent.span, language == "en"),
        "count": words.number(report.get("cells", 0)),
    }  # fmt: skip
    if left := report.get("left"):
        told = f"{told}. {left[language]}"
    troubles = tuple(told_lines(report.get("troubles", ())))
    shape, state = ("doubt", _("Cần sửa")) if troubles else ("good", _("Đã nạp"))
    if sent.state not in (ReturnState.DRAFT, ReturnState.RETURNED):
        state = str(sent.get_state_display())
    elif left:
        shape, state = "doubt", _("Chưa gửi được")
    return FileTold(file, shape, state, told, troubles, tuple(told_lines(report.get("notes", ()))))

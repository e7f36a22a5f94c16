# SPDX-License-Identifier: Apache-2.0
"""An import as a page tells it: findings in sentences, grouped by kind; all of them as a file; a sheet to fill."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.intake.findings import KINDS, Weight, name_of, sentence
from bamsat.rooms.figures.intake.running import path_of
from bamsat.rooms.figures.models import Intake, IntakeState
from bamsat.ui import sheets, words

SHAPES = {
    IntakeState.CHECKING: "half", IntakeState.CHECKED: "wait", IntakeState.WRITING: "half", IntakeState.DONE: "good",
    IntakeState.REFUSED: "bad", IntakeState.SUBMITTED: "half", IntakeState.DROPPED: "none",
}  # fmt: skip
_SHAPE_OF_WEIGHT = {Weight.ERROR: "bad", Weight.CONFLICT: "doubt", Weight.NOTICE: "wait"}
_NAMES = {
    Weight.ERROR: gettext_lazy("lỗi"), Weight.CONFLICT: gettext_lazy("sổ có số khác"),
    Weight.NOTICE: gettext_lazy("lưu ý"),
}  # fmt: skip
_ORDER = list(Weight)
SHOWN_A_GROUP = 200
CELLS_NAMED = 6


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, and the cells of which it is said."""

    said: str
    cells: list[str]

    @property
    def where(self) -> str:
        named = ", ".join(cell for cell in self.cells[:CELLS_NAMED] if cell)
        more = len(self.cells) - CELLS_NAMED
        return f"{named} … +{more}" if more > 0 else named


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one kind: how many there are, and the first of them."""

    name: str
    shape: str
    word: str
    count: int
    first: list[Told]

    @property
    def more(self) -> int:
        return self.count - sum(len(each.cells) for each in self.first)


def groups(report: dict[str, Any]) -> list[Group]:
    """Errors, then conflicts, then what is only worth knowing; the most frequent first."""
    told: dict[str, dict[str, Told]] = {}
    for kind, cell, said in report.get("first", ()):
        if kind not in KINDS:
            continue
        of_kind, text = told.setdefault(kind, {}), sentence(kind, said)
        if text in of_kind:
            of_kind[text].cells.append(cell)
        elif len(of_kind) < SHOWN_A_GROUP:
            of_kind[text] = Told(text, [cell])
    counts = {kind: count for kind, count in report.get("counts", {}).items() if kind in KINDS}
    ordered = sorted(counts, key=lambda kind: (_ORDER.index(KINDS[kind].weight), -counts[kind]))
    return [_group(kind, counts[kind], list(told.get(kind, {}).values())) for kind in ordered]


def _group(kind: str, count: int, first: list[Told]) -> Group:
    weight = KINDS[kind].weight
    return Group(name_of(kind), _SHAPE_OF_WEIGHT[weight], str(_NAMES[weight]), count, first)


def findings_csv(intake: Intake) -> Iterator[str]:
    """Every finding that was kept, a line each, in the language of the page."""
    yield sheets.MARK + sheets.csv_line([_("Ô"), _("Mức"), _("Loại"), _("Nội dung")])
    kept = intake.report.get("findings")
    if not kept:
        return
    with path_of(kept).open(encoding="utf-8") as lines:
        for line in lines:
            kind, cell, said = json.loads(line)
            yield sheets.csv_line([cell, str(_NAMES[KINDS[kind].weight]), name_of(kind), sentence(kind, said)])


def share_done(intake: Intake) -> int:
    """How far it is, in percent."""
    return min(99, 100 * intake.read // intake.rows) if intake.rows else 0


def progress_sentence(intake: Intake) -> str:
    if intake.state == IntakeState.CHECKING:
        return _("Đang xem thử dòng %(read)s/%(rows)s.") % _read(intake) if intake.rows else _("Đang mở tệp.")
    return _("Đã xong dòng %(read)s/%(rows)s.") % _read(intake)


def _read(intake: Intake) -> dict[str, str]:
    return {"read": words.number(intake.read), "rows": words.number(intake.rows)}


# A sheet to fill.


def template(years: list[int], place: str) -> bytes:
    """The department's indicators beside empty columns of years, as a workbook."""
    rows: list[list[Any]] = [
        ["SỐ LIỆU CHỦ YẾU"],
        [f"Địa bàn: {place}"],
        ["TT", "Chỉ tiêu", "Đơn vị tính", *(f"Thực hiện {year}" for year in years)],
    ]
    known = Indicator.objects.exclude(code__contains=":").filter(valid_to=None)
    rows += [[number, one.name_vi, one.display_unit or one.unit] for number, one in enumerate(known, 1)]
    return _workbook(rows)


def _workbook(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, sheets.WORDS_ONLY) as book:
        sheet = book.add_worksheet("Số liệu")
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row, head if number in (0, 2) else None)
        sheet.set_column(0, 0, 5)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, len(rows[2]) - 1, 16)
        sheet.freeze_panes(3, 2)
    return out.getvalue()

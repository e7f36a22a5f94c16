# SPDX-License-Identifier: Apache-2.0
"""The notes of a page as a workbook, a note a row."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from bamsat.rooms.situation.listing import Line, target_told
from bamsat.rooms.situation.models import Kind
from bamsat.ui import words
from bamsat.ui.sheets import WORDS_ONLY


def heads() -> list[str]:
    return [
        _("Loại"), _("Nội dung"), _("Kỳ"), _("Lĩnh vực"), _("Chỉ tiêu"), _("Chỉ tiêu kế hoạch"), _("Nói về nhận định"),
        _("Khả năng xảy ra"), _("Mức ảnh hưởng"), _("Mức rủi ro"), _("Biện pháp ứng phó"), _("Thực hiện ngày"),
        _("Năm bản lề"), _("Câu trích nguyên văn"), _("Văn bản nguồn"), _("Người ghi"), _("Ghi lúc"),
    ]  # fmt: skip


def rows(lines: Iterable[Line]) -> list[list[str]]:
    return [_row(line) for line in lines]


def _row(line: Line) -> list[str]:
    note = line.note
    done = words.day(note.carried_out_on) if note.carried_out_on else _("mới đề ra")
    return [
        str(Kind(note.kind).label), note.text, words.period(note.period), note.field.name if note.field else "",
        "; ".join(one.name for one in note.indicators.all()), "; ".join(target_told(one) for one in note.targets.all()),
        "; ".join(one.text for one in line.about), str(note.likelihood_told or ""), str(note.impact_told or ""),
        str(note.level or ""), note.measure, done if note.kind == Kind.SOLUTION else "", str(note.pivot_year or ""),
        note.quote, str(note.document) if line.source else "", str(note.by), words.moment(note.recorded_at),
    ]  # fmt: skip


def workbook(lines: Iterable[Line]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WORDS_ONLY) as book:
        sheet = book.add_worksheet(_("Tình hình"))
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for at, row in enumerate([heads(), *rows(lines)]):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text, wrapped if at else bold)
        sheet.set_column(0, 16, 20)
        sheet.set_column(1, 1, 70)
        sheet.freeze_panes(1, 2)
    return out.getvalue()

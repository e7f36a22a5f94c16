# SPDX-License-Identifier: Apache-2.0
"""An office's register as the books that it keeps: the columns of Decree 30/2020/NĐ-CP, Appendix IV.

Columns that are signed and filled in by hand stay empty.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import NamedTuple

import xlsxwriter
from django.utils.translation import gettext as _

from bamsat.rooms.documents.models import Direction, Record
from bamsat.ui import words
from bamsat.ui.sheets import WORDS_ONLY


class Column(NamedTuple):
    head: str
    width: int
    told: Callable[[Record], str]


def columns(direction: str) -> list[Column]:
    """The ten columns of the book of documents received, or of those issued."""
    if direction == Direction.ISSUED:
        return [
            Column(_("Số, ký hiệu văn bản"), 18, lambda one: one.symbol), Column(_("Ngày, tháng văn bản"), 13, _dated),
            Column(_("Tên loại và trích yếu nội dung văn bản"), 60, _called),
            Column(_("Người ký"), 22, lambda one: one.signer), Column(_("Nơi nhận văn bản"), 30, _recipients),
            Column(_("Đơn vị, người nhận bản lưu"), 18, _empty), Column(_("Số lượng bản"), 9, _empty),
            Column(_("Ngày chuyển"), 12, _empty), Column(_("Ký nhận"), 12, _empty),
            Column(_("Ghi chú"), 24, _note),
        ]  # fmt: skip
    return [
        Column(_("Ngày đến"), 12, lambda one: words.day(one.received_on) if one.received_on else ""),
        Column(_("Số đến"), 9, lambda one: str(one.arrival or "")), Column(_("Tác giả"), 30, lambda one: one.issuer),
        Column(_("Số, ký hiệu"), 18, lambda one: one.symbol), Column(_("Ngày, tháng"), 12, _dated),
        Column(_("Tên loại và trích yếu nội dung"), 60, _called), Column(_("Đơn vị hoặc người nhận"), 22, _empty),
        Column(_("Ngày chuyển"), 12, _empty), Column(_("Ký nhận"), 12, _empty), Column(_("Ghi chú"), 24, _note),
    ]  # fmt: skip


def _empty(_one: Record) -> str:
    return ""


def _dated(one: Record) -> str:
    return words.day(one.dated) if one.dated else ""


def _called(one: Record) -> str:
    return " ".join(filter(None, (one.type, one.subject)))


def _recipients(one: Record) -> str:
    return "; ".join(map(str, one.as_read.get("recipients", [])))


def _note(one: Record) -> str:
    return "; ".join(filter(None, (str(one.get_urgency_display()) if one.urgency else "", one.note)))


def workbook(title: str, direction: str, records: Iterable[Record]) -> bytes:
    out, book_columns = io.BytesIO(), columns(direction)
    with xlsxwriter.Workbook(out, WORDS_ONLY) as book:
        sheet = book.add_worksheet(_("Văn bản đi") if direction == Direction.ISSUED else _("Văn bản đến"))
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"})
        cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        for at, column in enumerate(book_columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(2, at, column.head, bold)
            sheet.write_string(3, at, f"({at + 1})", bold)
        for row, record in enumerate(records, start=4):
            for at, column in enumerate(book_columns):
                sheet.write_string(row, at, column.told(record), cell)
        sheet.freeze_panes(4, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2, 3)
    return out.getvalue()

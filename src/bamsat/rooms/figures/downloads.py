# SPDX-License-Identifier: Apache-2.0
"""A series as a file to work on: every period with its numbers, and the entry that each of them leads to."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from bamsat.rooms.figures.comparison import Number
from bamsat.rooms.figures.histories import History, HistoryRow
from bamsat.ui import sheets, words

Cell = str | Decimal | None


def head() -> list[str]:
    numbers = [_("Giá trị"), _("So với kỳ trước (%)"), _("So với cùng kỳ (%)"), _("Kế hoạch"), _("% kế hoạch")]
    about = [
        _("Đơn vị"),
        _("Thấp nhất"),
        _("Cao nhất"),
        _("Loại số"),
        _("Nguồn số liệu"),
        _("Địa giới"),
        _("Cách tính"),
    ]
    return [
        _("Mã kỳ"),
        _("Kỳ"),
        *numbers,
        *about,
        *(f"{_('Bút toán')}: {name}" for name in numbers),
        _("Không có số vì"),
    ]


def rows(history: History) -> Iterator[list[Cell]]:
    for row in history.rows:
        told = [row.level, row.growth_on_last, row.growth, row.plan, row.plan_ratio]
        yield [
            row.period, words.capital(words.period(row.period)), *(_value(number) for number in told),
            *_about(row), *(_entries(number) for number in told), row.refusal,
        ]  # fmt: skip


def _value(number: Number | None) -> Decimal | None:
    return number.display if number else None


def _about(row: HistoryRow) -> list[Cell]:
    number = row.level
    if number is None:
        return ["", None, None, "", "", "", ""]
    day = f"{_('từ')} {words.day(number.boundaries)}" if number.boundaries else _("của từng thời")
    kind = _("suy ra") if number.derived else words.status(number.kind)
    return [
        words.unit_name(number.display_unit), number.display_low, number.display_high, kind, number.provider, day,
        number.how,
    ]  # fmt: skip


def _entries(number: Number | None) -> str:
    return " ".join(str(uuid) for uuid in number.entries) if number else ""


def as_csv(history: History) -> bytes:
    """UTF-8 with a mark at the front, by which spreadsheets know Vietnamese letters; numbers with a point."""
    told = ([format(cell, "f") if isinstance(cell, Decimal) else cell for cell in row] for row in rows(history))
    return sheets.as_csv([head(), *told])


def as_xlsx(history: History) -> bytes:
    out = io.BytesIO()
    with Workbook(out, sheets.WORDS_ONLY) as book:
        sheet, bold = book.add_worksheet(_("Chuỗi số liệu")), book.add_format({"bold": True})
        sheet.write_row(0, 0, [history.indicator.name, history.place.label, history.segment], bold)
        sheet.write_row(1, 0, head(), bold)
        for at, row in enumerate(rows(history), start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    _number(sheet.write_number, at, column, cell)
                elif cell:
                    sheet.write_string(at, column, cell)
        sheet.freeze_panes(2, 2)
        sheet.set_column(0, 6, 16)
        sheet.set_column(7, 18, 22)
    return out.getvalue()


def _number(write: Callable[[int, int, float], object], at: int, column: int, value: Decimal) -> None:
    write(at, column, float(value))


WRITERS: dict[str, tuple[Callable[[History], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_xlsx, sheets.XLSX),
}  # fmt: skip

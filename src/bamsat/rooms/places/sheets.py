# SPDX-License-Identifier: Apache-2.0
"""Tables of facilities as files: CSV and XLSX read into rows of text, and written from them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from bamsat.core.read.loaders.first_sheet import first_sheet
from bamsat.core.terms.errors import BamsatError
from bamsat.ui import sheets

MOST_ROWS, MOST_BYTES = 5000, 8_000_000
Row = list[str]


class TableUnreadable(BamsatError):
    """A file that is no table this page can read."""


def read_rows(name: str, content: bytes) -> list[Row]:
    """The rows of the first sheet, every cell as people would type it."""
    if len(content) > MOST_BYTES:
        raise TableUnreadable(
            vi=f"Tệp “{name}” quá lớn. Hãy chia thành nhiều tệp, mỗi tệp dưới 8 MB.",
            en=f"The file “{name}” is too large. Divide it into files below 8 MB each.",
        )
    return _not_too_many(_workbook(name, content) if content[:2] == b"PK" else _delimited(name, content))


def carried(text: str) -> list[Row]:
    """The rows that a page carried along, which its sender may have written anew."""
    try:
        return _not_too_many([[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))])
    except csv.Error as error:
        raise _unreadable("bảng đã xem") from error


def _not_too_many(rows: list[Row]) -> list[Row]:
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS + 1:
        raise TableUnreadable(
            vi=f"Tệp có {len(rows) - 1} dòng, mỗi lần nạp tối đa {MOST_ROWS}. Hãy chia thành nhiều tệp.",
            en=f"The file has {len(rows) - 1} rows; at most {MOST_ROWS} at a time. Divide it into several files.",
        )
    return rows


def _workbook(name: str, content: bytes) -> list[Row]:
    return [[_text(cell) for cell in row] for row in first_sheet(content, name)]


def _delimited(name: str, content: bytes) -> list[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(name) from error
    head = text.partition("\n")[0]
    sign = max(";,\t", key=head.count)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=sign)]
    except csv.Error as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> TableUnreadable:
    return TableUnreadable(
        vi=f"Không đọc được tệp “{name}”. Hãy lưu lại từ Excel thành .xlsx, hoặc .csv mã UTF-8.",
        en=f"The file “{name}” cannot be read. Save it again from Excel as .xlsx, or as .csv in UTF-8.",
    )


def _text(cell: object) -> str:
    """A cell of a workbook as Vietnamese would type it."""
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, float):
        return (f"{cell:.0f}" if cell.is_integer() else repr(cell)).replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell).strip()


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    return sheets.as_csv(rows)


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """The rows as they are, for a page to carry along."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def as_workbook(rows: Sequence[Sequence[str]], title: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, sheets.WORDS_ONLY)
    sheet, bold = book.add_worksheet(title[:31]), book.add_format({"bold": True})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell, None if at else bold)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return out.getvalue()

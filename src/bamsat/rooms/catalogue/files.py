# SPDX-License-Identifier: Apache-2.0
"""The tables as files: CSV and XLSX a table, one ZIP for all; what is exported can be imported again unchanged."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from bamsat.core.read.loaders.archive import check_members, open_archive
from bamsat.core.read.loaders.first_sheet import first_sheet
from bamsat.core.terms.errors import FileUnreadable
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.planning import Line
from bamsat.rooms.catalogue.tables import BY_CODE, TABLES, Kind, Table, written
from bamsat.ui import sheets

MOST_ROWS = 50_000


# Writing.


def as_csv(table: Table, rows: Iterable[Any] | None = None) -> bytes:
    """With a byte order mark, so that spreadsheets read the Vietnamese."""
    return sheets.as_csv([[column.code for column in table.fields], *_cells(table, rows)])


def as_xlsx(table: Table) -> bytes:
    """The rows, and a second sheet that says what each column means."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, sheets.WORDS_ONLY) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(table.code)
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(table.fields):
            sheet.write_string(0, number, column.code, bold)
            sheet.set_column(number, number, 36 if column.code.startswith(("name", "text", "expression")) else 18)
        for row, cells in enumerate(_cells(table), start=1):
            for number, cell in enumerate(cells):
                sheet.write_string(row, number, cell)
        about = book.add_worksheet(_("Giải thích"))
        about.set_column(0, 2, 40)
        for row, told in enumerate(_explained(table)):
            for number, cell in enumerate(told):
                about.write_string(row, number, cell, bold if row == 0 else None)
    return out.getvalue()


def as_zip() -> bytes:
    """Every table as CSV."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            archive.writestr(f"{table.code}.csv", as_csv(table))
    return out.getvalue()


def _cells(table: Table, rows: Iterable[Any] | None = None) -> Iterator[list[str]]:
    for row in table.rows() if rows is None else rows:
        yield [written(column, row) for column in table.fields]


def _explained(table: Table) -> Iterator[tuple[str, str, str]]:
    yield _("Cột"), _("Nghĩa"), _("Cách ghi")
    for column in table.fields:
        yield column.code, table.label(column), how_to_write(table, column.code)


def how_to_write(table: Table, code: str) -> str:
    """What the cells of a column may hold."""
    column = table.field(code)
    if column.kind is Kind.CHOICE:
        return ", ".join(f"{value} ({name})" for value, name in table.column(column).choices)
    if column.kind is Kind.REFERENCE:
        return str(_("mã có trong bảng “%(table)s”") % {"table": BY_CODE[column.to].name})
    if column.kind is Kind.DATE:
        return _("ngày, như 31/07/2025")
    if column.kind is Kind.NUMBER:
        return _("số nguyên")
    return str(column.hint)


# Reading.


def read(table: Table | None, name: str, data: bytes) -> dict[str, list[Line]]:
    """The lines of a file by table: of one table, or of all of them from a ZIP of CSV files."""
    if not data:
        raise _unreadable(name, _("Tệp rỗng."), "The file is empty.")
    if table is not None:
        rows = _workbook(name, data) if data.startswith(b"PK") else _comma_separated(name, data)
        return {table.code: _lines(table, name, rows)}
    with open_archive(data, name) as archive:
        check_members(archive, name)
        found = {
            each.code: _lines(each, f"{each.code}.csv", _comma_separated(name, archive.read(f"{each.code}.csv")))
            for each in TABLES
            if f"{each.code}.csv" in archive.namelist()
        }
    if not found:
        names = ", ".join(f"{each.code}.csv" for each in TABLES)
        raise _unreadable(
            name, _("Tệp nén không có bảng nào. Tên các tệp trong đó phải là: %(names)s.") % {"names": names},
            f"The archive holds no table. Its files must be named {names}.",
        )  # fmt: skip
    return found


def _workbook(name: str, data: bytes) -> Iterator[Sequence[str]]:
    return ([_text(cell) for cell in row] for row in first_sheet(data, name, from_corner=True))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    return str(cell)


def _comma_separated(name: str, data: bytes) -> Iterator[Sequence[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(
            name, _("Tệp CSV không phải mã UTF-8. Hãy lưu lại dạng “CSV UTF-8”."),
            "The CSV file is not UTF-8. Save it again as “CSV UTF-8”.",
        ) from error  # fmt: skip
    first = text[: text.find("\n") if "\n" in text else len(text)]
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    except csv.Error as error:
        raise _unreadable(
            name, _("Tệp CSV bị hỏng: %(why)s.") % {"why": error}, f"The CSV file is damaged: {error}."
        ) from error


def _lines(table: Table, name: str, rows: Iterable[Sequence[str]]) -> list[Line]:
    cells = iter(rows)
    heads = _heads(table, name, next(cells, []))
    found = []
    for number, row in enumerate(cells, start=2):
        texts = {code: sheets.as_it_was(text) for code, text in zip(heads, row, strict=False) if code}
        if any(text.strip() for text in texts.values()):
            found.append(Line(number, texts))
        if len(found) > MOST_ROWS:
            raise _unreadable(
                name, _("Tệp có hơn %(rows)s dòng. Hãy chia thành nhiều tệp.") % {"rows": MOST_ROWS},
                f"The file has more than {MOST_ROWS} rows. Split it.",
            )  # fmt: skip
    return found


def _heads(table: Table, name: str, row: Sequence[str]) -> list[str]:
    """The column of each cell of the first line; a column may be called by its code or by its name on the page."""
    known = {fold(column.code): column.code for column in table.fields}
    for tongue in ("vi", "en"):
        with override(tongue):
            known |= {fold(table.label(column)): column.code for column in table.fields}
    heads = [known.get(fold(head), "") for head in row]
    strange = [head for head, code in zip(row, heads, strict=True) if head.strip() and not code]
    lacking = [column.code for column in table.keys if column.code not in heads]
    if strange or lacking or len({head for head in heads if head}) < sum(1 for head in heads if head):
        columns = ", ".join(column.code for column in table.fields)
        raise _unreadable(
            name,
            _("Dòng đầu phải là tên cột, mỗi cột một lần: %(columns)s. Chưa hiểu: %(strange)s. Còn thiếu: %(lacking)s.")
            % {"columns": columns, "strange": ", ".join(strange) or "–", "lacking": ", ".join(lacking) or "–"},
            f"The first line must name each column once: {columns}. Unknown: {', '.join(strange) or '–'}. "
            f"Lacking: {', '.join(lacking) or '–'}.",
        )
    return heads


def _unreadable(name: str, vi: str, en: str) -> FileUnreadable:
    return FileUnreadable(name=name, cause="wrong_type", vi=f"{name}: {vi}", en=f"{name}: {en}")

# SPDX-License-Identifier: Apache-2.0
"""Workbooks (.xlsx, .xls, .ods): every visible sheet, typed numbers kept, merged cells filled."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import python_calamine as calamine
from lxml import etree

from bamsat.core.read.document import Document
from bamsat.core.read.loaders.archive import check_members, open_archive
from bamsat.core.read.loaders.assembly import Assembly, Slot
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.plain_text import old_code
from bamsat.core.read.loaders.sheet_scan import MOST_SHEET_CELLS, Place, Scan, scan_ods, scan_xlsx
from bamsat.core.read.loaders.sheets import add_sheet, column_name
from bamsat.core.terms.errors import FileUnreadable
from bamsat.core.terms.numbers import format_number

_NAMELESS = re.compile(r"(?:sheet|trang tính|bảng|table|feuil)\s*\d*", re.IGNORECASE)
_SHOWN_FORMULAS = 5
_WIDEST_MERGE = 20_000
_FIRST_YEAR, _LAST_YEAR = 1950, 2100  # a year as often as an amount: written without a sign between thousands


def read(data: bytes, name: str) -> Document:
    """Read a workbook."""
    scans: dict[str, Scan] = {}
    media = "xls"
    if data.startswith(b"PK"):
        with open_archive(data, name) as archive:
            check_members(archive, name)
            media = "ods" if "content.xml" in archive.namelist() else "xlsx"
            try:
                scans = scan_ods(archive, name) if media == "ods" else scan_xlsx(archive, name)
            except (etree.XMLSyntaxError, ValueError) as error:
                raise unreadable(name, "truncated") from error
    try:
        return _read(data, name, media, scans)
    except (FileUnreadable, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        secret = "assword" in f"{type(error).__name__} {error}" or "ncrypt" in str(error)
        raise unreadable(name, "encrypted" if secret else "truncated") from error


def _read(data: bytes, name: str, media: str, scans: dict[str, Scan]) -> Document:
    assembly = Assembly(name, media)
    hidden: list[str] = []
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        visible: list[str] = []
        for sheet in book.sheets_metadata:
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                shown = sheet.visible == calamine.SheetVisibleEnum.Visible
                (visible if shown else hidden).append(sheet.name)
        for title in visible:
            values = book.get_sheet_by_name(title)
            if len(visible) > 1 and values.height and not _NAMELESS.fullmatch(title.strip()):
                assembly.add("heading", title, title, 1)
            _add(assembly, values, title, scans.get(title, Scan()))
    if hidden:
        assembly.notices.append(f"bỏ qua trang tính ẩn: {', '.join(hidden)}")
    document = assembly.finish()
    if not document.text:
        raise unreadable(name, "empty")
    return document


def _add(assembly: Assembly, sheet: Any, title: str, scan: Scan) -> None:
    if not sheet.height:
        return
    if sheet.height * sheet.width > 10 * MOST_SHEET_CELLS:
        raise unreadable(assembly.name, "too_large", "trang tính quá rộng", "a sheet is too wide")
    values = sheet.to_python(skip_empty_area=True)
    top, left = sheet.start or (0, 0)
    words = " ".join(value for row in values[:200] for value in row if isinstance(value, str))
    assembly.code = old_code(words)
    rows: list[list[Slot | None]] = []
    for row, line in enumerate(values, top):
        rows.append([_slot(value, (row, column), title, scan) for column, value in enumerate(line, left)])
    _fill_merged(rows, (top, left), [*(sheet.merged_cell_ranges or ()), *scan.merged])
    add_sheet(assembly, rows, title)
    if scan.uncomputed:
        some = ", ".join(scan.uncomputed[:_SHOWN_FORMULAS])
        assembly.notices.append(
            f"trang tính “{title}”: {len(scan.uncomputed)} công thức chưa có kết quả ({some}); "
            "mở bằng Excel rồi lưu lại để có số"
        )


def _slot(value: Any, place: Place, title: str, scan: Scan) -> Slot | None:
    if value == "" or value is None:
        return None
    at = f"{title}!{column_name(place[1])}{place[0] + 1}"
    if isinstance(value, str):
        return Slot(value, at=at)
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(format(value, ".15g"))
        if place in scan.percent:
            # The cell shows a percent: 0.1277 under that format says 12,77%.
            return Slot(f"{format_number(number * 100)}%", number * 100, at)
        if _FIRST_YEAR <= number <= _LAST_YEAR and place not in scan.grouped and number == int(number):
            return Slot(str(number), number, at)
        return Slot(format_number(number), number, at) if number.is_finite() else None
    return Slot(_written(value), at=at)


def _written(value: Any) -> str:
    """Dates and times as Vietnamese write them."""
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M" if value.time() != dt.time() else "%d/%m/%Y")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def _fill_merged(rows: list[list[Slot | None]], start: Place, merged: list[tuple[Place, Place]]) -> None:
    """The value of a merged cell stands in every place that it covers."""
    for first, last in merged:
        places = list(_covered(first, last, start, rows))
        slot = next((rows[row][column] for row, column in places if rows[row][column] is not None), None)
        if slot is not None:
            for row, column in places:
                rows[row][column] = slot


def _covered(first: Place, last: Place, start: Place, rows: list[list[Slot | None]]) -> Iterator[Place]:
    if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > _WIDEST_MERGE:
        return
    for row in range(max(first[0] - start[0], 0), min(last[0] - start[0] + 1, len(rows))):
        for column in range(max(first[1] - start[1], 0), min(last[1] - start[1] + 1, len(rows[row]))):
            yield row, column

# SPDX-License-Identifier: Apache-2.0
"""Workbooks, taken apart by a process of its own with limits on time and memory: their senders may be strangers."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from bamsat.core.read.loaders.limits import LARGEST_FILE, unreadable
from bamsat.core.read.loaders.safely import answer, apart
from bamsat.core.terms.errors import FileUnreadable
from bamsat.rooms.figures.intake.fields import Row, Unread
from bamsat.rooms.figures.intake.grid import Sheet, Wide
from bamsat.rooms.figures.intake.tidy import Names

SECONDS, MEGABYTES = 120, 1536
MOST_CELLS = 1_500_000
_MOST_TEXT = 2_000


class Workbook:
    """An .xlsx, .xls or .ods file: every visible sheet, wide or with a row for each value."""

    format = "xlsx"

    def __init__(self, path: Path, name: str, names: Names) -> None:
        if path.stat().st_size > LARGEST_FILE:
            raise unreadable(name, "too_large", "hơn 64 MB", "over 64 MB")
        said = apart(__name__, path, name, SECONDS, MEGABYTES)
        sheets = [Sheet(each["name"], each["rows"], each["top"], each["left"]) for each in said["sheets"]]
        self.wide = Wide(sheets, names)

    @property
    def unread(self) -> list[Unread]:
        return self.wide.unread

    def rows(self) -> Iterator[Row]:
        return self.wide.rows()


# What the limited process does.


def _work(path: Path, name: str) -> dict[str, Any]:
    from lxml import etree

    from bamsat.core.read.loaders.archive import check_members, open_archive
    from bamsat.core.read.loaders.sheet_scan import scan_ods, scan_xlsx

    data = path.read_bytes()
    scans: dict[str, Any] = {}
    if data.startswith(b"PK"):
        with open_archive(data, name) as archive:
            check_members(archive, name)
            try:
                ods = "content.xml" in archive.namelist()
                scans = scan_ods(archive, name) if ods else scan_xlsx(archive, name)
            except (etree.XMLSyntaxError, ValueError) as error:
                raise unreadable(name, "truncated") from error
    try:
        return {"sheets": list(_sheets(data, name, scans))}
    except (FileUnreadable, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        secret = "assword" in f"{type(error).__name__} {error}" or "ncrypt" in str(error)
        raise unreadable(name, "encrypted" if secret else "truncated") from error


def _sheets(data: bytes, name: str, scans: dict[str, Any]) -> Iterator[dict[str, Any]]:
    import python_calamine as calamine

    from bamsat.core.read.loaders.sheet_scan import Scan

    cells = 0
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet or meta.visible != calamine.SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if not sheet.height:
                continue
            cells += sheet.height * sheet.width
            if cells > MOST_CELLS:
                raise unreadable(name, "too_large", f"hơn {MOST_CELLS} ô", f"over {MOST_CELLS} cells")
            yield _sheet(sheet, meta.name, scans.get(meta.name, Scan()))


def _sheet(sheet: Any, title: str, scan: Any) -> dict[str, Any]:
    top, left = sheet.start or (0, 0)
    rows = [
        [_text(value, (row, column) in scan.percent) for column, value in enumerate(line, left)]
        for row, line in enumerate(sheet.to_python(skip_empty_area=True), top)
    ]
    for first, last in [*(sheet.merged_cell_ranges or ()), *scan.merged]:
        _fill(rows, first, last, top, left)
    return {"name": title, "top": top, "left": left, "rows": rows}


def _fill(rows: list[list[str]], first: Any, last: Any, top: int, left: int) -> None:
    """The words of a merged cell stand in every place that it covers; a merged number counts once."""
    if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > 20_000:
        return
    places = [
        (row, column)
        for row in range(max(first[0] - top, 0), min(last[0] - top + 1, len(rows)))
        for column in range(max(first[1] - left, 0), min(last[1] - left + 1, len(rows[row])))
    ]
    said = next((rows[row][column] for row, column in places if rows[row][column]), "")
    year = said.startswith("=") and len(said) == 5
    if said and (year or not said.startswith("=")):
        for row, column in places:
            rows[row][column] = said


def _text(value: Any, percent: bool) -> str:
    if value is None or value == "" or isinstance(value, bool):
        return ""
    if isinstance(value, (int, float)):
        number = Decimal(format(value, ".15g"))
        if not number.is_finite():
            return ""
        return f"={format(number * 100 if percent else number, 'f')[:48]}"
    if isinstance(value, (dt.datetime, dt.date)):
        return value.strftime("%d/%m/%Y")
    return str(value).lstrip("=")[:_MOST_TEXT]


if __name__ == "__main__":
    answer(_work, *sys.argv[1:])

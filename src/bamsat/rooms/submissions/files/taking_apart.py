# SPDX-License-Identifier: Apache-2.0
"""The program that opens files of strangers: it knows no database and no setting, and answers a line for each file."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine as calamine
from lxml import etree

from bamsat.core.read.loaders.archive import check_members, chunks, open_archive
from bamsat.core.read.loaders.limits import LARGEST_FILE, MEGABYTE, unreadable
from bamsat.core.read.loaders.sheet_scan import scan_ods
from bamsat.core.terms.errors import FileUnreadable
from bamsat.rooms.submissions.files import delimited, xml_in
from bamsat.rooms.submissions.files.sheet_marks import Marks, marks_of
from bamsat.rooms.submissions.files.sheets_in import DAY, ERROR, NUMBER, PERCENT, UNCOMPUTED, YES_NO, Value

MOST_CELLS = 200_000  # of one file; the largest form has a tenth of it
MOST_TEXT = 2_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def main(listed: str, seconds: str, megabytes: str) -> None:
    most = int(megabytes) * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for path, name, member in json.loads(Path(listed).read_text()):
        _allow(int(seconds))
        sys.stdout.write(json.dumps(answer(path, name, member)) + "\n")
        sys.stdout.flush()


def _allow(seconds: int) -> None:
    """So much processor time for the next file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


def answer(path: str, name: str, member: int | None) -> dict[str, Any]:
    try:
        data = _bytes(path, name, member)
        return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), **taken_apart(data, name)}
    except FileUnreadable as error:
        return {"error": {"name": error.name, "cause": error.cause, "vi": error.vi, "en": error.en}}


def _bytes(path: str, name: str, member: int | None) -> bytes:
    if member is None:
        if Path(path).stat().st_size > LARGEST_FILE:
            raise unreadable(name, "too_large", "hơn 64 MB", "over 64 MB")
        return Path(path).read_bytes()
    archive = _archive(path)
    return b"".join(chunks(archive, archive.infolist()[member], name))


@functools.lru_cache(maxsize=1)
def _archive(path: str) -> zipfile.ZipFile:
    return open_archive(Path(path).read_bytes(), Path(path).name)


def taken_apart(data: bytes, name: str) -> dict[str, Any]:
    """The sheets of a workbook or a delimited file, or what XML says."""
    if not data:
        raise unreadable(name, "empty")
    if data.startswith(b"PK"):
        return _zipped(data, name)
    if data.startswith(_OLE):
        return _workbook(data, name, {})
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<?xml", b"<return")):
        return {"markup": xml_in.parse(data, name)}
    return {"sheets": [delimited.sheet(data, name)]}


def _zipped(data: bytes, name: str) -> dict[str, Any]:
    with open_archive(data, name) as archive:
        check_members(archive, name)
        parts = set(archive.namelist())
        if not parts & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
            raise unreadable(name, "wrong_type", "không phải tệp bảng tính", "is no workbook")
        try:
            if "content.xml" in parts:
                scans = scan_ods(archive, name)
                marks = {title: Marks(scan.percent, merged=scan.merged) for title, scan in scans.items()}
            else:
                marks = marks_of(archive, name)
        except (etree.XMLSyntaxError, ValueError, KeyError) as error:
            raise unreadable(name, "truncated") from error
    return _workbook(data, name, marks)


def _workbook(data: bytes, name: str, marks: dict[str, Marks]) -> dict[str, Any]:
    try:
        return {"sheets": list(_sheets(data, name, marks))}
    except (FileUnreadable, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        secret = "assword" in f"{type(error).__name__} {error}" or "ncrypt" in str(error)
        secret = secret or "EncryptedPackage".encode("utf-16-le") in data
        raise unreadable(name, "encrypted" if secret else "truncated") from error


def _sheets(data: bytes, name: str, marks: dict[str, Marks]) -> Iterator[dict[str, Any]]:
    cells = 0
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if not sheet.height:
                continue
            cells += sheet.height * sheet.width
            if cells > MOST_CELLS:
                raise unreadable(name, "too_large", f"hơn {MOST_CELLS} ô", f"over {MOST_CELLS} cells")
            shown = meta.visible == calamine.SheetVisibleEnum.Visible
            yield _sheet(sheet, meta.name, shown, marks.get(meta.name, Marks()))


def _sheet(sheet: Any, title: str, shown: bool, marks: Marks) -> dict[str, Any]:
    top, left = sheet.start or (0, 0)
    percent = marks.percent
    rows = [
        [_value(value, (row, column) in percent) if value != "" else "" for column, value in enumerate(line, left)]
        for row, line in enumerate(sheet.to_python(skip_empty_area=True), top)
    ]
    lost: list[tuple[int, int, Value]] = [(*place, [ERROR, said]) for place, said in marks.errors]
    lost += [(*place, [UNCOMPUTED, ""]) for place in marks.uncomputed]
    for row, column, value in lost:
        if row >= top and column >= left:
            _put(rows, row - top, column - left, value)
    merged = {(*first, *last) for first, last in (*(sheet.merged_cell_ranges or ()), *marks.merged)}
    return {
        "name": title, "shown": shown, "top": top, "left": left, "rows": rows, "merged": sorted(merged),
        "hidden_rows": marks.hidden_rows, "formulas": marks.formulas,
    }  # fmt: skip


def _put(rows: list[list[Value]], row: int, column: int, value: Value) -> None:
    """A cell that the library left out, where it stands; it may stand beyond all others."""
    if row > MOST_CELLS or column > 20_000:
        return
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([""] * (column + 1 - len(rows[row])))
    if rows[row][column] == "":
        rows[row][column] = value


def _value(value: Any, percent: bool) -> Value:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return [YES_NO, "yes" if value else "no"]
    if isinstance(value, (int, float)):
        number = Decimal(format(value, ".15g"))
        if not number.is_finite():
            return [ERROR, str(number)]
        return [PERCENT, format(number * 100, "f")] if percent else [NUMBER, format(number, "f")]
    if isinstance(value, (dt.datetime, dt.date)):
        return [DAY, value.strftime("%Y-%m-%d")]
    return str(value)[:MOST_TEXT]


if __name__ == "__main__":
    main(*sys.argv[1:])

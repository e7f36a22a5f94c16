# SPDX-License-Identifier: Apache-2.0
"""What a workbook's markup says that its values do not: percent formats, uncomputed formulas, merges, true size."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from bamsat.core.read.loaders.archive import chunks, member_text
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.terms.errors import FileUnreadable

MOST_SHEET_CELLS = 400_000
WIDEST_EXTENT = 4_000_000  # cells of the rectangle from the first to the last; libraries lay it out in full
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>(?:(?=<(?:\w+:)?f)(.{0,4000}?)</(?:\w+:)?c>)?", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_NO_VALUE = re.compile(rb"<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>")
_SHEET_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PERCENT_FORMATS = {"9", "10"}  # built in: 0% and 0.00%
_GROUPED_FORMATS = {"3", "4", "37", "38", "39", "40", "41", "42", "43", "44"}  # built in: #,##0 and the like

Place = tuple[int, int]


@dataclass(slots=True)
class Scan:
    """One sheet; places are (row, column), counted from 0."""

    percent: set[Place] = field(default_factory=set)
    grouped: set[Place] = field(default_factory=set)  # shown with a sign between thousands
    uncomputed: list[str] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def scan_xlsx(archive: zipfile.ZipFile, name: str) -> dict[str, Scan]:
    """The sheets of an .xlsx file by name; empty for a workbook in the binary form."""
    book = member_text(archive, "xl/workbook.xml", name)
    if not book:
        return {}
    relations = etree.fromstring(member_text(archive, "xl/_rels/workbook.xml.rels", name), _parser())
    targets = {relation.get("Id"): str(relation.get("Target")) for relation in relations}
    styles = member_text(archive, "xl/styles.xml", name)
    percent, grouped = _styles(styles, "%", _PERCENT_FORMATS), _styles(styles, "#,#", _GROUPED_FORMATS)
    scans = {}
    for sheet in etree.fromstring(book, _parser()).iter(_SHEET_NS + "sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in archive.namelist():
            scans[str(sheet.get("name"))] = _scan_sheet(archive, path, percent, grouped, name)
    return scans


def _styles(styles: bytes, sign: str, built_in: set[str]) -> set[bytes]:
    """Indices of the cell styles whose format holds a sign, or is one of those built in."""
    if not styles:
        return set()
    root = etree.fromstring(styles, _parser())
    formats = built_in | {
        str(one.get("numFmtId")) for one in root.iter(_SHEET_NS + "numFmt") if sign in str(one.get("formatCode"))
    }
    styled = root.find(_SHEET_NS + "cellXfs")
    return {
        str(index).encode()
        for index, one in enumerate(() if styled is None else styled)
        if str(one.get("numFmtId")) in formats
    }


def _scan_sheet(archive: zipfile.ZipFile, path: str, percent: set[bytes], grouped: set[bytes], name: str) -> Scan:
    member = archive.getinfo(path)
    cells, tail = 0, b""
    for chunk in chunks(archive, member, name):
        seen = tail + chunk
        cells += seen.count(b"<c ") + seen.count(b":c ")
        tail = seen[-2:]  # shorter than the sign, so none is counted twice
    if cells > MOST_SHEET_CELLS:
        raise _too_many(name, cells)
    scan = Scan()
    rows: list[int] = []
    columns: list[int] = []
    for match in _CELL.finditer(member_text(archive, path, name)):
        attributes, _, formula = match.groups()
        place = _PLACE.search(attributes)
        if place is None:
            continue
        row, column = int(place[2]) - 1, column_number(place[1])
        rows.append(row)
        columns.append(column)
        style = _STYLE.search(attributes) if percent or grouped else None
        if style is not None and style[1] in percent:
            scan.percent.add((row, column))
        elif style is not None and style[1] in grouped:
            scan.grouped.add((row, column))
        if formula is not None and (b"<v" not in formula or _NO_VALUE.search(formula)):
            scan.uncomputed.append((place[1] + place[2]).decode())
    if rows:
        _check_extent((max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1), name)
    return scan


def column_number(letters: bytes) -> int:
    """The index of a column by its letters.

    >>> column_number(b"A"), column_number(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _check_extent(extent: int, name: str) -> None:
    if extent > WIDEST_EXTENT:
        raise unreadable(
            name,
            "too_large",
            f"vùng dữ liệu trải rộng {extent:,} ô".replace(",", "."),
            f"its data stretches over {extent:,} cells",
        )


def _too_many(name: str, cells: int) -> FileUnreadable:
    return unreadable(name, "too_large", f"trang tính có {cells:,} ô".replace(",", "."), f"a sheet has {cells:,} cells")


def scan_ods(archive: zipfile.ZipFile, name: str) -> dict[str, Scan]:
    """The sheets of an .ods file by name; a cell that repeats itself a million times is refused."""
    scans: dict[str, Scan] = {}
    content = io.BytesIO(member_text(archive, "content.xml", name))
    scan = Scan()
    row = cells = 0
    for event, element in etree.iterparse(content, events=("start", "end"), resolve_entities=False, no_network=True):
        if event == "start":
            if element.tag == _TABLE + "table":
                scan, row, cells = Scan(), 0, 0
                scans[str(element.get(_TABLE + "name"))] = scan
        elif element.tag == _TABLE + "table-row":
            times = int(element.get(_TABLE + "number-rows-repeated") or 1)
            said = 0
            for column, cell, repeated in _ods_cells(element):
                said += repeated if len(cell) or cell.get(_OFFICE + "value-type") else 0
                _note_ods_cell(scan, row, column, cell)
            cells += said * times
            if cells > MOST_SHEET_CELLS:
                raise _too_many(name, cells)
            row += times
            element.clear()
    return scans


def _ods_cells(row: Any) -> Iterator[tuple[int, Any, int]]:
    column = 0
    for cell in row:
        repeated = int(cell.get(_TABLE + "number-columns-repeated") or 1)
        yield column, cell, repeated
        column += repeated


def _note_ods_cell(scan: Scan, row: int, column: int, cell: Any) -> None:
    if cell.get(_OFFICE + "value-type") == "percentage":
        scan.percent.add((row, column))
    down = int(cell.get(_TABLE + "number-rows-spanned") or 1)
    across = int(cell.get(_TABLE + "number-columns-spanned") or 1)
    if down > 1 or across > 1:
        scan.merged.append(((row, column), (row + down - 1, column + across - 1)))

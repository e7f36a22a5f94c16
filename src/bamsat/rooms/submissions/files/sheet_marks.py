# SPDX-License-Identifier: Apache-2.0
"""What a workbook's markup says that its values do not, in one pass: formulas, errors, percents, hidden rows, size."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from bamsat.core.read.loaders.archive import member_text
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.sheet_scan import column_number, scan_xlsx
from bamsat.rooms.submissions.files.layout import Place

MOST_CELLS = 200_000  # of one sheet; the largest form has a tenth of it
WIDEST = 2_000_000  # cells of the rectangle from the first to the last: the library lays it out in full
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>\s*<f(?:[^>]*/>|[^>]*>[^<]{0,8192}</f>)\s*(?:<v>([^<]*)</v>)?'
)
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>(?:[^v]|v(?!>))*?<v>([^<]{1,20})</v>')
_HIDDEN = re.compile(rb'<row\s[^>]*?\br="(\d{1,7})"[^>]*?\bhidden="(?:1|true)"')
_PERCENT_FORMATS = {"9", "10"}  # built in: 0% and 0.00%


@dataclass(slots=True)
class Marks:
    """One sheet; places are (row, column), counted from 0."""

    percent: set[Place] = field(default_factory=set)
    formulas: list[Place] = field(default_factory=list)
    uncomputed: list[Place] = field(default_factory=list)
    errors: list[tuple[Place, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def marks_of(archive: zipfile.ZipFile, name: str) -> dict[str, Marks]:
    """The sheets of an .xlsx file by name; empty for a workbook in the binary form."""
    book = member_text(archive, "xl/workbook.xml", name)
    if not book:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    relations = etree.fromstring(member_text(archive, "xl/_rels/workbook.xml.rels", name), parser)
    targets = {each.get("Id"): str(each.get("Target")) for each in relations}
    percent = _percent_styles(member_text(archive, "xl/styles.xml", name))
    found = {}
    for sheet in etree.fromstring(book, parser).iter(_MAIN + "sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        text = member_text(archive, target.lstrip("/") if target.startswith("/") else f"xl/{target}", name)
        if text.count(b'<c r="') != text.count(b"<c ") + text.count(b":c "):
            return _otherwise(archive, name)  # other markup for the same cells: the long way round
        found[str(sheet.get("name"))] = _marks(text, percent, name)
    return found


def _otherwise(archive: zipfile.ZipFile, name: str) -> dict[str, Marks]:
    found = {}
    for title, scan in scan_xlsx(archive, name).items():
        blank = [_place(each) for each in scan.uncomputed]
        found[title] = Marks(scan.percent, blank, blank, merged=scan.merged)
    return found


def _place(name: str) -> Place:
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]) - 1, column_number(letters.encode())


def _marks(text: bytes, percent: set[str], name: str) -> Marks:
    cells = _CELL.findall(text)
    if len(cells) > MOST_CELLS:
        raise unreadable(name, "too_large", f"trang tính có {len(cells)} ô", f"a sheet has {len(cells)} cells")
    _check_extent(cells, name)
    marks = Marks()
    if b"<f" in text:
        for column, row, attributes, value in _FORMULA.findall(text):
            place = int(row) - 1, column_number(column)
            marks.formulas.append(place)
            if not value and b't="str"' not in attributes:
                marks.uncomputed.append(place)
    if b't="e"' in text:
        for column, row, said in _ERROR.findall(text):
            marks.errors.append(((int(row) - 1, column_number(column)), said.decode("ascii", "replace")))
    if percent:
        styled = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})" s="(?:' + "|".join(sorted(percent)).encode() + rb')"')
        marks.percent = {(int(row) - 1, column_number(column)) for column, row in styled.findall(text)}
    if b'hidden="' in text:
        marks.hidden_rows = [int(row) - 1 for row in _HIDDEN.findall(text)]
    return marks


def _percent_styles(styles: bytes) -> set[str]:
    """Indices of the cell styles that show a percent."""
    if not styles:
        return set()
    root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True))
    formats = _PERCENT_FORMATS | {
        str(one.get("numFmtId")) for one in root.iter(_MAIN + "numFmt") if "%" in str(one.get("formatCode"))
    }
    styled = root.find(_MAIN + "cellXfs")
    return {
        str(index) for index, one in enumerate(() if styled is None else styled) if str(one.get("numFmtId")) in formats
    }


def _check_extent(cells: Iterable[tuple[bytes, bytes]], name: str) -> None:
    """Two cells far apart make a rectangle that fills the memory."""
    rows, columns = set(), set()
    for column, row in cells:
        rows.add(int(row))
        columns.add(column)
    if not rows:
        return
    places = [column_number(each) for each in columns]
    extent = (max(rows) - min(rows) + 1) * (max(places) - min(places) + 1)
    if extent > WIDEST:
        raise unreadable(
            name, "too_large", f"vùng dữ liệu trải rộng {extent} ô", f"its data stretches over {extent} cells"
        )

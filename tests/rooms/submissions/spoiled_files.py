# SPDX-License-Identifier: Apache-2.0
"""Another sheet, another month, another file, another format."""

from __future__ import annotations

import copy
import io
import zipfile

import openpyxl
from openpyxl.workbook.protection import WorkbookProtection

from tests.rooms.submissions.spoiled import HEAD, Book, Comes, fine, way

# Another sheet, another file.


@way
def the_title_names_another_month(book: Book) -> Comes:
    book.sheet["A4"] = "Kỳ báo cáo: tháng 9/2026"
    return Comes({}, refused="tệp là của tháng 9/2026")


@way
def only_the_heads_name_another_month(book: Book) -> Comes:
    del book.book["_bamsat"]
    book.sheet["A4"] = None
    book.sheet.cell(HEAD, book.column("food.now")).value = "Tháng 9/2026 ước"
    return Comes({}, refused="cột ghi “Tháng 9/2026 ước”")


@way
def two_months_are_in_one_workbook(book: Book) -> Comes:
    other = book.book.copy_worksheet(book.sheet)
    other.title = "Tháng 9"
    other["A4"] = "Kỳ báo cáo: tháng 9/2026"
    other[book.place("food.now")] = 1
    book.book.move_sheet(other, -5)
    return fine()


@way
def the_title_names_another_place(book: Book) -> Comes:
    book.sheet["A3"] = "Nơi gửi: Xã Bên"
    del book.book["_bamsat"]
    return Comes({}, refused="tệp là của Xã Bên")


@way
def the_hidden_sheet_is_lost(book: Book) -> Comes:
    del book.book["_bamsat"]
    return fine()


@way
def the_title_lines_are_deleted(book: Book) -> Comes:
    book.unmerge()
    book.sheet.delete_rows(1, HEAD - 1)
    return fine()


@way
def the_unit_in_the_title_is_changed(book: Book) -> Comes:
    book.sheet["A5"] = "Đơn vị tính: nghìn đồng"
    return Comes({}, refused="đơn vị tính là “nghin dong”")


@way
def the_values_are_copied_into_a_workbook_of_their_own(book: Book) -> Comes:
    own = openpyxl.Workbook()
    sheet = own.active
    sheet.title = "T10"
    sheet.append(["TT", "Nội dung", "Ước tháng 10/2026"])
    for row in range(HEAD + 1, book.row("remaining.now") + 1):
        name, value = book.sheet.cell(row, 2).value, book.sheet.cell(row, book.column("food.now")).value
        sheet.append([None, name, value if not str(value).startswith("=") else None])
    book.book = own
    return fine()


@way
def it_is_another_workbook(book: Book) -> Comes:
    book.book = openpyxl.Workbook()
    book.book.active.append(["Họ tên", "Chức vụ", "Điện thoại"])
    return Comes({}, refused="Hãy tải biểu về")


@way
def the_workbook_is_protected(book: Book) -> Comes:
    book.book.security = WorkbookProtection(workbookPassword="khoa", lockStructure=True)
    book.sheet.protection.password = "khoa"
    return fine()


@way
def it_is_saved_with_macros(book: Book) -> Comes:
    found = fine()
    found.name = "bieu.xlsm"
    return found


@way
def it_is_saved_as_csv(book: Book) -> Comes:
    lines = []
    for line in book.sheet.iter_rows(values_only=True):
        cells = ["" if str(each or "").startswith("=") else copy.copy(each) for each in line]
        lines.append(";".join("" if each is None else str(each).replace(".", ",") if isinstance(each, float)
                              else f'"{each}"' for each in cells))  # fmt: skip
    found = fine()
    found.data, found.name = "\r\n".join(lines).encode("utf-8-sig"), "bieu.csv"
    return found


@way
def it_is_saved_as_ods(book: Book) -> Comes:
    rows = []
    for line in book.sheet.iter_rows(values_only=True):
        cells = []
        for each in line:
            if isinstance(each, (int, float)):
                cells.append(f'<table:table-cell office:value-type="float" office:value="{each}"/>')
            elif each is None or str(each).startswith("="):
                cells.append("<table:table-cell/>")
            else:
                cells.append(f'<table:table-cell office:value-type="string"><text:p>{each}</text:p></table:table-cell>')
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                     for name in ("office", "table", "text"))  # fmt: skip
    content = (
        f'<?xml version="1.0"?><office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Biểu">{"".join(rows)}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr("content.xml", content)
    found = fine()
    found.data, found.name = out.getvalue(), "bieu.ods"
    return found

# SPDX-License-Identifier: Apache-2.0
"""The ways in which people spoil an Excel form, each done to a workbook that the product made and somebody filled."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook.protection import WorkbookProtection

from bamsat.rooms.submissions.files.sheets_in import Opened, SheetIn
from bamsat.rooms.submissions.files.taking_apart import taken_apart


def opened_here(data: bytes, name: str = "bieu.xlsx") -> Opened:
    """What the process that opens files says of one, without the process."""
    said = taken_apart(data, name)
    return Opened(name, "", len(data), [SheetIn.of(each) for each in said.get("sheets", ())], said.get("markup"))


HEAD = 9  # the line of the heads in the workbook of the retail form


class Book:
    """A filled form in the hands of somebody with Excel."""

    def __init__(self, data: bytes, keys: list[str]) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book.worksheets[0]
        self.keys = keys
        self.values: dict[str, Decimal] = {}
        for count, key in enumerate(keys):
            value = Decimal(count + 1) * Decimal("10.5")
            self.sheet[self.place(key)] = float(value)
            self.values[key] = value

    def place(self, key: str) -> str:
        """The address of a cell to fill: the name that the product gave it."""
        name = "o_" + re.sub(r"\W+", "_", key)
        return str(self.book.defined_names[name].attr_text).rpartition("!")[2].replace("$", "")

    def row(self, key: str) -> int:
        return int(re.sub(r"\D", "", self.place(key)))

    def column(self, key: str) -> int:
        return int(self.sheet[self.place(key)].column)

    def at(self, key: str) -> str:
        return f"{self.sheet.title}!{self.place(key)}"

    def unmerge(self) -> None:
        for each in list(self.sheet.merged_cells.ranges):
            self.sheet.unmerge_cells(str(each))

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


@dataclass
class Comes:
    """What has to come of it: values of cells that differ from those typed, notes, troubles by address, a refusal."""

    values: dict[str, str | None]
    trouble: tuple[str, str] | None = None  # where, and what it says
    note: str = ""
    refused: str = ""
    data: bytes | None = None
    name: str = "bieu.xlsx"


def fine(note: str = "", **values: str | None) -> Comes:
    return Comes({key.replace("__", "."): value for key, value in values.items()}, note=note)


def wrong(at: str, says: str, **values: str | None) -> Comes:
    return Comes({key.replace("__", "."): value for key, value in values.items()}, trouble=(at, says))


WAYS: dict[str, Callable[[Book], Comes]] = {}


def way(spoil: Callable[[Book], Comes]) -> Callable[[Book], Comes]:
    WAYS[spoil.__name__] = spoil
    return spoil


# Moved, sorted, renamed, merged.


@way
def nothing_is_spoiled(book: Book) -> Comes:
    return fine()


@way
def the_sheet_is_renamed(book: Book) -> Comes:
    book.sheet.title = "Sheet1"
    return fine()


@way
def empty_lines_are_inserted_above(book: Book) -> Comes:
    book.unmerge()
    book.sheet.insert_rows(1, 3)
    return fine()


@way
def a_title_of_their_own_is_added_above(book: Book) -> Comes:
    book.unmerge()
    book.sheet.insert_rows(1, 2)
    book.sheet["A1"], book.sheet["A2"] = "ỦY BAN NHÂN DÂN XÃ NHÀ", "Ngày 21 tháng 9 năm 2026"
    return fine()


@way
def a_row_is_inserted_between(book: Book) -> Comes:
    book.sheet.insert_rows(book.row("cars.now"))
    return fine()


@way
def a_row_is_deleted(book: Book) -> Comes:
    book.sheet.delete_rows(book.row("jewellery.now"))
    return fine(note="Không thấy dòng “Đá quý", jewellery__now=None)


@way
def the_rows_are_sorted_by_name(book: Book) -> Comes:
    book.unmerge()
    first, last = HEAD + 1, book.row("remaining.now")
    rows = [[cell.value for cell in line] for line in book.sheet.iter_rows(first, last)]
    for at, line in enumerate(sorted(rows, key=lambda line: str(line[1])), first):
        for column, value in enumerate(line, 1):
            book.sheet.cell(at, column).value = value
    return fine()


@way
def a_column_is_inserted_before_the_names(book: Book) -> Comes:
    book.unmerge()
    book.sheet.insert_cols(1)
    return fine()


@way
def a_column_of_notes_is_inserted_between(book: Book) -> Comes:
    book.unmerge()
    at = book.column("food.now")
    book.sheet.insert_cols(at)
    book.sheet.cell(HEAD, at).value = "Ghi chú"
    book.sheet.cell(book.row("food.now"), at).value = "hỏi lại chợ trung tâm"
    return fine()


@way
def a_past_column_is_deleted(book: Book) -> Comes:
    book.unmerge()
    book.sheet.delete_cols(book.column("food.now") - 1)
    return fine()


@way
def the_columns_of_past_values_are_hidden(book: Book) -> Comes:
    for letter in ("C", "D"):
        book.sheet.column_dimensions[letter].hidden = True
    return fine()


@way
def the_column_of_numbers_is_moved_to_the_end(book: Book) -> Comes:
    book.unmerge()
    at, last = book.column("food.now"), book.sheet.max_column + 1
    for row in range(HEAD, book.sheet.max_row + 1):
        book.sheet.cell(row, last).value = book.sheet.cell(row, at).value
        book.sheet.cell(row, at).value = None
    return fine()


@way
def the_numbers_of_rows_are_deleted(book: Book) -> Comes:
    for row in range(HEAD + 1, book.sheet.max_row + 1):
        book.sheet.cell(row, 1).value = None
    return fine()


@way
def the_heads_are_merged_over_two_lines(book: Book) -> Comes:
    book.unmerge()
    book.sheet.insert_rows(HEAD + 1)
    for column in range(1, book.sheet.max_column + 1):
        book.sheet.merge_cells(start_row=HEAD, end_row=HEAD + 1, start_column=column, end_column=column)
    return fine()


@way
def a_head_stands_over_two_columns(book: Book) -> Comes:
    book.unmerge()
    book.sheet.insert_rows(HEAD)
    book.sheet.cell(HEAD, 3).value = "Doanh thu (triệu đồng)"
    book.sheet.merge_cells(start_row=HEAD, end_row=HEAD, start_column=3, end_column=5)
    return fine()


@way
def the_head_is_written_in_capitals_without_accents(book: Book) -> Comes:
    book.sheet.cell(HEAD, book.column("food.now")).value = "THANG 10/2026  UOC"
    return fine()


@way
def the_head_loses_its_month(book: Book) -> Comes:
    book.sheet.cell(HEAD, book.column("food.now")).value = "Ước"
    return fine()


@way
def the_head_is_misspelt(book: Book) -> Comes:
    book.sheet.cell(HEAD, book.column("food.now")).value = "Thág 10/2026 ươc"
    return fine()


@way
def the_head_is_deleted(book: Book) -> Comes:
    book.sheet.cell(HEAD, book.column("food.now")).value = None
    return Comes({}, refused="không có cột nào tên")


@way
def the_column_is_there_twice(book: Book) -> Comes:
    at = book.sheet.max_column + 1
    for row in range(HEAD, book.row("remaining.now") + 1):
        book.sheet.cell(row, at).value = book.sheet.cell(row, book.column("food.now")).value
    letter = openpyxl.utils.get_column_letter(at)
    return wrong(f"{book.sheet.title}!{letter}{HEAD}", "có hai lần", **dict.fromkeys(_ALL, None))


@way
def the_column_is_there_twice_and_one_is_empty(book: Book) -> Comes:
    book.sheet.cell(HEAD, book.sheet.max_column + 1).value = "Tháng 10/2026 ước"
    return fine()


# Names of rows.


@way
def a_name_loses_its_accents(book: Book) -> Comes:
    book.sheet.cell(book.row("food.now"), 2).value = "luong thuc, thuc pham"
    return fine()


@way
def a_name_carries_its_number(book: Book) -> Comes:
    book.sheet.cell(book.row("food.now"), 2).value = "1. Lương thực, thực phẩm"
    return fine()


@way
def a_name_is_shortened(book: Book) -> Comes:
    book.sheet.cell(book.row("transport.now"), 2).value = "Phương tiện đi lại (trừ ô tô con)"
    return fine(note="được hiểu là dòng “Phương tiện đi lại")


@way
def a_name_is_replaced_by_another(book: Book) -> Comes:
    at = book.sheet.cell(book.row("food.now"), 2)
    at.value = "Thủy điện nhỏ và vừa"
    return wrong(f"{book.sheet.title}!{at.coordinate}", "Biểu không có dòng “Thủy điện nhỏ", food__now=None)


@way
def a_name_is_deleted(book: Book) -> Comes:
    at = book.sheet.cell(book.row("food.now"), 2)
    at.value = None
    return wrong(f"{book.sheet.title}!{at.coordinate}", "không có tên", food__now=None)


@way
def a_row_is_copied_and_changed(book: Book) -> Comes:
    at = book.sheet.max_row - 1
    book.sheet.cell(at, 2).value = "Lương thực, thực phẩm"
    book.sheet.cell(at, book.column("food.now")).value = 7
    book.sheet.cell(book.row("food.now"), 1).value = None
    return wrong(f"{book.sheet.title}!B{at}", "2 lần với số khác nhau", food__now=None)


@way
def a_row_is_copied_as_it_is(book: Book) -> Comes:
    at = book.sheet.max_row - 1
    book.sheet.cell(at, 2).value = "Lương thực, thực phẩm"
    book.sheet.cell(at, book.column("food.now")).value = book.sheet[book.place("food.now")].value
    return fine()


@way
def two_names_are_merged(book: Book) -> Comes:
    row = book.row("food.now")
    book.sheet.merge_cells(start_row=row, end_row=row + 1, start_column=2, end_column=2)
    return wrong(f"{book.sheet.title}!B{row + 1}", "không có tên", clothing__now=None)


@way
def a_total_of_their_own_is_added(book: Book) -> Comes:
    at = book.row("remaining.now") + 1
    book.sheet.cell(at, 2).value = "Tổng cộng"
    book.sheet.cell(at, book.column("food.now")).value = 999
    return fine(note="không có trong biểu; máy tự cộng")


@way
def a_line_counts_the_columns(book: Book) -> Comes:
    book.unmerge()
    book.sheet.insert_rows(HEAD + 1)
    for column, text in enumerate(("A", "B", 1, 2, 3, 4, 5), 1):
        book.sheet.cell(HEAD + 1, column).value = text
    return fine()


@way
def notes_stand_below(book: Book) -> Comes:
    book.sheet.cell(book.sheet.max_row + 2, 2).value = "Ghi chú: số của chợ Nhà chưa đủ, sẽ báo cáo bổ sung."
    return fine()


@way
def rows_are_hidden(book: Book) -> Comes:
    book.sheet.row_dimensions[book.row("cars.now")].hidden = True
    return fine(note=f"Dòng {book.row('cars.now')} đang ẩn")


@way
def a_filter_is_left_on(book: Book) -> Comes:
    book.sheet.auto_filter.ref = f"A{HEAD}:G{book.sheet.max_row}"
    return fine()


# Numbers.


def _typed(book: Book, text: Any) -> None:
    book.sheet[book.place("food.now")] = text


@way
def a_number_is_text(book: Book) -> Comes:
    _typed(book, "1.234,5")
    return fine(food__now="1234.5")


@way
def a_number_has_spaces_around_it(book: Book) -> Comes:
    _typed(book, " 1234,5 \u00a0")
    return fine(food__now="1234.5")


@way
def thousands_are_parted_by_hard_spaces(book: Book) -> Comes:
    _typed(book, "1\u00a0234\u00a0567")
    return fine(food__now="1234567")


@way
def a_number_carries_its_unit(book: Book) -> Comes:
    _typed(book, "1.234,5 triệu đồng")
    return fine(food__now="1234.5")


@way
def a_number_is_written_the_english_way(book: Book) -> Comes:
    _typed(book, "1,234.5")
    return wrong(book.at("food.now"), "dấu chấm tách hàng nghìn", food__now=None)


@way
def a_number_carries_a_short_unit(book: Book) -> Comes:
    _typed(book, "12 tr")
    return wrong(book.at("food.now"), "chưa đọc được thành số", food__now=None)


@way
def a_range_is_typed(book: Book) -> Comes:
    _typed(book, "12-15")
    return wrong(book.at("food.now"), "là một khoảng", food__now=None)


@way
def words_are_typed(book: Book) -> Comes:
    _typed(book, "đang tổng hợp")
    return wrong(book.at("food.now"), "chưa đọc được thành số", food__now=None)


@way
def a_dash_says_none(book: Book) -> Comes:
    _typed(book, "-")
    return fine(food__now="0")


@way
def dots_say_that_it_is_not_known(book: Book) -> Comes:
    _typed(book, "…")
    return fine(food__now=None)


@way
def a_cell_is_left_empty(book: Book) -> Comes:
    _typed(book, None)
    return fine(food__now=None)


@way
def a_cell_holds_only_spaces(book: Book) -> Comes:
    _typed(book, "   ")
    return fine(food__now=None)


@way
def a_number_shows_as_a_percent(book: Book) -> Comes:
    _typed(book, 0.5)
    book.sheet[book.place("food.now")].number_format = "0%"
    return wrong(book.at("food.now"), "Ô hiện 50% còn đơn vị là triệu đồng", food__now=None)


@way
def a_number_turned_into_a_day(book: Book) -> Comes:
    _typed(book, datetime(2026, 10, 5))
    return wrong(book.at("food.now"), "Ô là ngày 05/10/2026", food__now=None)


@way
def a_formula_was_never_computed(book: Book) -> Comes:
    _typed(book, "=100+20")
    return wrong(book.at("food.now"), "lưu lại", food__now=None)


@way
def a_formula_has_lost_its_reference(book: Book) -> Comes:
    return _with_error(book, "#REF!")


@way
def a_formula_divides_by_zero(book: Book) -> Comes:
    return _with_error(book, "#DIV/0!")


def _with_error(book: Book, error: str) -> Comes:
    _typed(book, "=1/0")
    address = book.place("food.now")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book.saved())) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(rf'<c r="{address}"([^>]*)><f>1/0</f><v ?/?>(?:</v>)?</c>',
                              rf'<c r="{address}"\1 t="e"><f>1/0</f><v>{error}</v></c>', data.decode())  # fmt: skip
                assert error in text
                data = text.encode()
            after.writestr(name, data)
    found = wrong(book.at("food.now"), f"Ô báo lỗi {error}", food__now=None)
    found.data = out.getvalue()
    return found


@way
def a_formula_carries_its_value(book: Book) -> Comes:
    _typed(book, "=100+20")
    address = book.place("food.now")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book.saved())) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(
                    rf'(<c r="{address}"[^>]*><f>100\+20</f>)<v ?/?>(?:</v>)?', r"\1<v>120</v>", data.decode()
                )
                data = text.encode()
            after.writestr(name, data)
    found = fine(food__now="120")
    found.data = out.getvalue()
    return found


@way
def two_cells_to_fill_are_merged(book: Book) -> Comes:
    row, column = book.row("food.now"), book.column("food.now")
    book.sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    return wrong(book.at("food.now"), "gộp 2 ô", food__now=None, clothing__now=None)


@way
def a_total_is_typed_over(book: Book) -> Comes:
    row = book.row("lodging.now") - 1
    book.sheet.cell(row, book.column("food.now")).value = 5
    return fine(note="lấy số máy tính")


@way
def a_past_value_is_changed(book: Book) -> Comes:
    book.sheet.cell(book.row("food.now"), book.column("food.now") - 1).value = 777
    return fine(note="sửa trong tệp không có tác dụng")


@way
def a_number_is_longer_than_any_amount(book: Book) -> Comes:
    _typed(book, "1234567890123456789012345")
    return wrong(book.at("food.now"), "quá 18 chữ số", food__now=None)


@way
def a_negative_is_in_brackets(book: Book) -> Comes:
    _typed(book, "(12,5)")
    return fine(food__now="-12.5")


@way
def cells_have_comments(book: Book) -> Comes:
    book.sheet[book.place("food.now")].comment = Comment("số ước", "cán bộ xã")
    return fine()


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


_ALL = (
    "food__now", "clothing__now", "household__now", "culture__now", "building__now", "cars__now", "transport__now",
    "petrol__now", "fuel__now", "jewellery__now", "other__now", "repair__now", "lodging__now", "food_services__now",
    "travel__now", "real_estate__now", "administrative__now", "education__now", "health__now", "leisure__now",
    "household_repair__now", "remaining__now",
)  # fmt: skip

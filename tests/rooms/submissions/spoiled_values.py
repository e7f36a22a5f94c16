# SPDX-License-Identifier: Apache-2.0
"""Cells that hold something else than a plain number."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from openpyxl.comments import Comment

from tests.rooms.submissions.spoiled import Book, Comes, fine, way, wrong

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

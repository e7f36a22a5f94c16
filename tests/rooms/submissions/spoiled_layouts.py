# SPDX-License-Identifier: Apache-2.0
"""Sheets moved, sorted, renamed, merged; names of rows changed."""

from __future__ import annotations

import openpyxl

from tests.rooms.submissions.spoiled import ALL, HEAD, Book, Comes, fine, way, wrong

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
    return wrong(f"{book.sheet.title}!{letter}{HEAD}", "có hai lần", **dict.fromkeys(ALL, None))


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

# SPDX-License-Identifier: Apache-2.0
"""Tables of a report in Word: heads that repeat and merge, numbers to the right, widths by what the columns hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bamsat.core.report.docx import to_docx
from bamsat.core.report.docx.grids import TableUneven
from bamsat.core.report.outline import Column, Frame, Report, Row, Table
from tests.core.report.year_report import CHART, FRAME, REPORT, TABLE, W, cells, paragraph_of, part, setting, text_of

MM = 1440 / 25.4


@pytest.fixture(scope="module")
def data() -> bytes:
    return to_docx(REPORT)


@pytest.fixture(scope="module")
def root(data: bytes) -> Any:
    return part(data, "word/document.xml")


@pytest.fixture(scope="module")
def styles(data: bytes) -> Any:
    return part(data, "word/styles.xml")


def data_tables(root: Any) -> list[Any]:
    return [table for table in root.iter(W + "tbl") if table.find(f"{W}tblPr/{W}tblStyle") is not None]


def test_heads_of_a_table_repeat_and_its_rows_do_not_split(root: Any) -> None:
    table = data_tables(root)[0]
    rows = table.findall(W + "tr")
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert heads == [True] * 3 + [False] * 4
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_equal_neighbours_in_the_heads_are_one_cell(root: Any) -> None:
    first, second, numbers, *_ = data_tables(root)[0].findall(W + "tr")
    assert [text_of(cell) for cell in first.iter(W + "tc")] == [
        "TT",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Năm 2021",
        "So sánh (%)",
    ]
    assert [cell.find(f"{W}tcPr/{W}gridSpan").get(W + "val") for cell in first.findall(W + "tc")[3:]] == ["2", "2"]
    assert [cell.find(f"{W}tcPr/{W}vMerge") is not None for cell in second.iter(W + "tc")] == [True] * 3 + [False] * 4
    assert [text_of(cell) for cell in numbers.iter(W + "tc")] == ["A", "B", "C", "1", "2", "3", "4"]


def test_numbers_stand_to_the_right_and_a_table_fills_the_width_of_the_text(root: Any, styles: Any) -> None:
    table = data_tables(root)[0]
    row = table.findall(W + "tr")[4]
    assert [style.get(W + "val") for style in row.iter(W + "pStyle")] == ["OGiua", "OChu", "OChu"] + ["OSo"] * 4
    assert setting(styles.find(f"{W}style[@{W}styleId='OSo']"), "pPr/jc") == "right"
    assert abs(sum(int(each.get(W + "w")) for each in table.iter(W + "gridCol")) - 160 * MM) < 20
    name = table.findall(W + "tr")[5].findall(W + "tc")[1]
    assert int(name.find(f"{W}p/{W}pPr/{W}ind").get(W + "left")) > 0


def test_captions_count_with_fields_and_hold_their_number_already(root: Any) -> None:
    fields = [(field.get(W + "instr").split()[1], text_of(field)) for field in root.iter(W + "fldSimple")]
    assert fields == [("Biểu_đồ", "1"), ("Bảng", "1"), ("Bảng", "2"), ("Bảng", "3"), ("Bảng", "4")]
    assert text_of(paragraph_of(root, "Bảng 1")) == f"Bảng 1. {TABLE.caption}"
    assert text_of(paragraph_of(root, "Biểu đồ 1")) == f"Biểu đồ 1. {CHART.caption}"
    assert paragraph_of(root, "Đơn vị tính: như").getnext() is data_tables(root)[0]


def test_the_caption_of_a_form_keeps_its_own_number() -> None:
    form = replace(TABLE, caption="Biểu 10/SCT-BCT. Báo cáo công tác phát triển chợ")
    root = part(to_docx(Report(Frame(), (form,))), "word/document.xml")
    assert paragraph_of(root, "Biểu 10/SCT-BCT") is not None
    assert not list(root.iter(W + "fldSimple"))


def test_two_tables_in_a_row_stay_two(root: Any) -> None:
    for table in root.iter(W + "tbl"):
        assert table.getnext() is not None
        assert table.getnext().tag != W + "tbl"


def test_a_row_with_more_cells_than_columns_is_refused_with_its_place() -> None:
    uneven = Table("Chợ", (Column(("TT",)),), (Row(cells("1", "2")),))
    with pytest.raises(TableUneven, match=r"Chợ.*dòng 1"):
        to_docx(Report(Frame(), (uneven,)))


def widths(root: Any, number: int = 0) -> list[int]:
    table = [found for found in root.iter(W + "tbl") if found.find(f"{W}tblPr/{W}tblStyle") is not None][number]
    return [round(int(each.get(W + "w")) * 25.4 / 1440) for each in table.iter(W + "gridCol")]


def drawn(table: Table) -> Any:
    return part(to_docx(Report(Frame(), (table,))), "word/document.xml")


def test_widths_that_are_given_are_kept_and_the_others_share_what_is_left() -> None:
    table = Table(
        "", (Column(("TT",), 12), Column(("Tên",)), Column(("Số",), 30, number=True)), (Row(cells("1", "a", "2")),)
    )
    assert widths(drawn(table)) == [12, 118, 30]
    too_wide = replace(table, columns=tuple(replace(column, width=100) for column in table.columns))
    assert sum(widths(drawn(too_wide))) in range(158, 162)


def test_words_get_the_room_that_numbers_do_not_need() -> None:
    long = "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"
    table = Table("", (Column(("TT",)), Column(("Chỉ tiêu",)), *[Column((f"Quý {n}",), number=True) for n in range(4)]),
                  (Row(cells("1", long, "1,5", "2,5", "3,5", "4,5")),))  # fmt: skip
    order, name, *numbers = widths(drawn(table))
    assert order < 14
    assert name > 2 * max(numbers)


def test_a_table_of_many_columns_is_set_smaller_so_that_no_number_breaks() -> None:
    columns = (Column(("Chỉ tiêu",)), *[Column((f"T{n}",), number=True) for n in range(12)])
    root = drawn(Table("", columns, (Row(cells("Xuất khẩu", *["1.234,56"] * 12)),)))
    sizes = {int(size.get(W + "val")) for size in root.iter(W + "sz")}
    assert sizes
    assert max(sizes) < 24


def test_a_section_of_a_table_spans_it_when_it_is_one_cell() -> None:
    root = drawn(replace(TABLE, rows=(Row(cells("I. Công nghiệp"), "head"), *TABLE.rows)))
    cell = next(paragraph_of(root, "I. Công nghiệp").iterancestors(W + "tc"))
    assert cell.find(f"{W}tcPr/{W}gridSpan").get(W + "val") == "7"
    assert next(cell.iter(W + "b")) is not None


def test_a_signature_under_a_table_stays_with_its_last_rows() -> None:
    root = part(to_docx(Report(FRAME, (TABLE,))), "word/document.xml")
    table = next(found for found in root.iter(W + "tbl") if found.find(f"{W}tblPr/{W}tblStyle") is not None)
    kept = [
        all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(W + "p")) for row in table.findall(W + "tr")[3:]
    ]
    assert kept == [False, False, True, True]
    assert paragraph_of(root, "Nguồn").find(f"{W}pPr/{W}keepNext") is not None

# SPDX-License-Identifier: Apache-2.0
"""Sheets of a report: real numbers shown as the report says them, words that stay words, notes, and print set-up."""

from __future__ import annotations

import io
import warnings
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.forms.formulas import FormulaUnreadable
from bamsat.core.report.facts import Fact
from bamsat.core.report.outline import Appendix, Cell, Chart, Column, Frame, Report, Row, Table, Told, Words
from bamsat.core.report.xlsx import Sheet, sheets_of, to_xlsx
from bamsat.core.report.xlsx.cells import number_of
from bamsat.core.report.xlsx.writing import ESTIMATED
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period

ENTRY, OTHER = "0a1b2c3d-0000-4000-8000-000000000001", "0a1b2c3d-0000-4000-8000-000000000002"
BILLION = ("tỷ đồng", Decimal(10**9))
PERCENT = ("%", Decimal(1))


def fact(value: str, **more: Any) -> Fact:
    written = more.pop("written", BILLION)
    said: dict[str, Any] = {"entries": (ENTRY,), "source": "Thống kê tỉnh", "unit": "VND"}
    return Fact(
        "industrial_output", more.pop("measure", "level"), Decimal(value) * written[1], period=Period.month(2026, 10),
        written=written, **said | more,
    )  # fmt: skip


def told(text: str, value: str | None = None, formula: str = "", before: str = "", **more: Any) -> Cell:
    plain = text.replace(".", "").replace(",", ".") if value is None else value
    pieces = (Words(before),) if before else ()
    return Cell((*pieces, Told(text, fact(plain, **more))), formula)


def words(text: str) -> Cell:
    return Cell((Words(text),))


def ratio(text: str, value: str, formula: str) -> Cell:
    return told(text, value, formula, written=PERCENT, unit="%", derived=True, entries=(ENTRY, OTHER),
                how="5.300 ÷ 4.700 × 100")  # fmt: skip


COLUMNS = (
    Column(("STT",)),
    Column(("Chỉ tiêu",)),
    Column(("Năm 2025", "Tháng 10"), number=True, code="before"),
    Column(("Năm 2026", "Tháng 10 (ước)"), number=True, code="now"),
    Column(("Năm 2026", "So cùng kỳ (%)"), number=True, code="ratio"),
)
ROWS = (
    Row((words("1"), words("Công nghiệp"), told("4.700", formula="sum(R2:R3)"), told("5.300", formula="sum(R2:R3)"),
         ratio("112,77", "112.7659574468", "now / before * 100")), "total"),
    Row((words("1.1"), words("=1+1"), told("1.000,5"), told("1.300", status="estimate"),
         ratio("129,94", "129.9350325", "now / before * 100")), level=1),
    Row((words("1.2"), words("+cmd|' /C calc'!A0"), told("3.699,5"), told("4.000", before="trên ", hedge="over"),
         ratio("110", "110", "now / before * 100")), level=1),
    Row((words("2"), words("Xuất khẩu"), Cell(), told("25/79 chợ", "25", of=Decimal(79), written=("chợ", Decimal(1))),
         Cell((), "now / before * 100"))),
)  # fmt: skip
TABLE = Table("Chỉ tiêu tháng 10/2026", COLUMNS, ROWS, unit="tỷ đồng", note="Nguồn: sổ số liệu.", numbered=True)
SHEET = Sheet(
    "Lưới", (TABLE,), title="CHỈ TIÊU", left=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "SỞ CÔNG THƯƠNG"), right=("PHỤ LỤC I",),
    prepared="NGƯỜI LẬP BIỂU", headed="THỦ TRƯỞNG ĐƠN VỊ", place="Cao Bằng", day=date(2026, 10, 22),
)  # fmt: skip


def opened(*sheets: Sheet, **properties: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return openpyxl.load_workbook(io.BytesIO(to_xlsx(sheets or (SHEET,), properties)))


@pytest.fixture(scope="module")
def page() -> Any:
    return opened()["Lưới"]


def cell_with(page: Any, text: str) -> Any:
    return next(cell for row in page.iter_rows() for cell in row if cell.value == text)


def first_row(page: Any) -> int:
    """The row of the sheet where the table's first row stands."""
    row: int = cell_with(page, "Công nghiệp").row
    return row


def test_numbers_are_numbers_in_the_units_and_decimals_of_the_text(page: Any) -> None:
    top = first_row(page)
    assert page.cell(top + 1, 3).value == 1000.5
    assert page.cell(top + 1, 3).number_format.endswith("#,##0.0_ ")
    assert page.cell(top + 1, 4).value == 1300
    assert page.cell(top + 1, 4).number_format.endswith("#,##0_ ")
    assert page.cell(top, 5).number_format.endswith("#,##0.00_ ")


def test_a_hedge_and_a_whole_stand_in_the_format_beside_a_real_number(page: Any) -> None:
    top = first_row(page)
    assert page.cell(top + 2, 4).value == 4000
    assert page.cell(top + 2, 4).number_format.endswith('"trên "#,##0_ ')
    assert page.cell(top + 3, 4).value == 25
    assert page.cell(top + 3, 4).number_format.endswith('#,##0"/79 chợ"_ ')


def test_an_estimate_is_in_italics_and_a_line_says_so(page: Any) -> None:
    top = first_row(page)
    assert page.cell(top + 1, 4).font.i
    assert not page.cell(top + 1, 3).font.i
    assert cell_with(page, ESTIMATED)


def test_totals_and_ratios_are_formulas(page: Any) -> None:
    top = first_row(page)
    assert page.cell(top, 3).value == f"=SUM(C{top + 1}:C{top + 2})"
    assert page.cell(top, 5).value == f"=D{top}/C{top}*100"


def test_what_lacks_its_base_waits_for_it_and_shows_nothing(page: Any) -> None:
    top = first_row(page)
    found = page.cell(top + 3, 5).value
    assert found == f'=IF(COUNT(D{top + 3},C{top + 3})<2,"",IFERROR(D{top + 3}/C{top + 3}*100,""))'


def test_a_source_that_says_another_number_than_the_formula_keeps_it_and_the_note_tells(page: Any) -> None:
    top = first_row(page)
    assert page.cell(top + 2, 5).value == 110
    assert "Tính từ các ô khác được 108,1227" in page.cell(top + 2, 5).comment.text


def test_every_number_has_a_note_with_its_entries_and_source(page: Any) -> None:
    top = first_row(page)
    numbers = [page.cell(top + row, column) for row in range(4) for column in (3, 4, 5)]
    noted = [cell for cell in numbers if cell.comment]
    assert len(noted) == 10
    assert all(ENTRY in cell.comment.text and "nguồn: Thống kê tỉnh" in cell.comment.text for cell in noted)
    assert OTHER in page.cell(top, 5).comment.text
    assert "Cách tính: 5.300 ÷ 4.700 × 100." in page.cell(top, 5).comment.text


def test_words_that_look_like_formulas_stay_words(page: Any) -> None:
    top = first_row(page)
    for row, text in ((1, "=1+1"), (2, "+cmd|' /C calc'!A0")):
        cell = page.cell(top + row, 2)
        assert (cell.value, cell.data_type) == (text, "s")


def test_no_number_of_the_table_is_a_text(page: Any) -> None:
    top = first_row(page)
    kinds = {page.cell(top + row, column).data_type for row in range(4) for column in (3, 4, 5)}
    assert kinds <= {"n", "f"}


def test_heads_are_merged_and_columns_numbered_as_forms_do(page: Any) -> None:
    head = cell_with(page, "STT").row
    merged = {str(box) for box in page.merged_cells.ranges}
    assert {f"A{head}:A{head + 1}", f"B{head}:B{head + 1}", f"D{head}:E{head}"} <= merged
    assert [page.cell(head + 2, at).value for at in range(1, 6)] == ["A", "B", 1, 2, 3]


def test_it_prints_on_a4_across_one_page_wide_with_its_heads_repeated(page: Any) -> None:
    head = cell_with(page, "STT").row
    setup = page.page_setup
    assert (setup.paperSize, setup.orientation) == (9, "landscape")
    assert (setup.fitToWidth, setup.fitToHeight) == (None, None)  # one page, as a workbook says by silence
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == f"${head}:${head + 2}"
    assert page.print_area
    assert [round(edge * 25.4) for edge in (page.page_margins.left, page.page_margins.right)] == [30, 15]
    assert page.cell(head, 1).font.name == "Times New Roman"
    assert page.cell(head, 1).border.left.style == "thin"


def test_a_long_table_goes_over_several_pages_rather_than_small() -> None:
    sheet = Sheet("Dài", (Table("Dài", COLUMNS, ROWS[1:2] * 90),))
    assert opened(sheet)["Dài"].page_setup.fitToHeight == 0


def test_a_narrow_table_leaves_room_for_its_title_and_signatures() -> None:
    columns = (Column(("Tháng",)), Column(("Năm 2026",), number=True))
    page = opened(Sheet("Hẹp", (Table("Hẹp", columns, (Row((words("T1"), told("68,15"))),)),)))["Hẹp"]
    assert sum(page.column_dimensions[letter].width for letter in "AB") > 70


def test_it_has_the_office_above_and_both_signatures_below(page: Any) -> None:
    assert cell_with(page, "SỞ CÔNG THƯƠNG").font.b
    assert not cell_with(page, "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG").font.b
    assert cell_with(page, "Đơn vị tính: tỷ đồng").alignment.horizontal == "right"
    left, right = cell_with(page, "NGƯỜI LẬP BIỂU"), cell_with(page, "THỦ TRƯỞNG ĐƠN VỊ")
    assert left.row == right.row > cell_with(page, "Cao Bằng, ngày 22 tháng 10 năm 2026").row
    assert left.column < right.column


def test_a_day_that_nobody_set_is_left_to_fill_in() -> None:
    assert Sheet("1", (), place="Cao Bằng", year=2026).dated == "Cao Bằng, ngày ...... tháng ...... năm 2026"


def test_the_same_sheets_are_the_same_bytes() -> None:
    assert to_xlsx([SHEET], {"title": "Báo cáo"}) == to_xlsx([SHEET], {"title": "Báo cáo"})


def test_what_the_report_is_of_is_kept_in_the_file() -> None:
    book = opened(SHEET, title="Báo cáo tháng", period="2026-10")
    assert book.properties.title == "Báo cáo tháng"
    assert book.custom_doc_props["period"].value == "2026-10"


def test_each_table_of_a_report_its_charts_and_appendices_has_a_sheet() -> None:
    chart = Chart("Biểu đồ xuất khẩu", {}, "Tăng.", table=TABLE)
    appendix = Appendix("SỐ LIỆU CHI TIẾT", (TABLE, TABLE), "I", prepared="NGƯỜI LẬP BIỂU", headed="GIÁM ĐỐC")
    frame = Frame(organ="SỞ CÔNG THƯƠNG", symbol="BC-SCT", number="12", day=date(2026, 2, 5), place="Cao Bằng")
    sheets = sheets_of(Report(frame, (TABLE, chart), (appendix,)))
    assert [sheet.name for sheet in sheets] == ["Bảng 1", "Biểu đồ 1", "Phụ lục I", "Phụ lục I (2)"]
    assert [sheet.headed for sheet in sheets] == ["", "", "", "GIÁM ĐỐC"]
    assert sheets[2].subtitles == ("(Kèm theo Báo cáo số 12/BC-SCT ngày 05/02/2026 của SỞ CÔNG THƯƠNG)",)
    book = opened(*sheets)
    assert book.sheetnames == ["Mục lục", *(sheet.name for sheet in sheets)]
    assert book["Mục lục"]["A3"].hyperlink.location == "'Bảng 1'!A1"


def test_a_report_without_tables_is_a_workbook_that_says_so() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(sheets_of(Report(Frame(), ())))))
    assert book.active["A1"].value == "Báo cáo không có bảng số liệu."


@pytest.mark.parametrize(
    ("formula", "says"),
    [("gone / now", "không có cột “gone”"), ("sum(R2:R9)", "không có dòng “R2:R9”"), ("ratio + 1", "tính vòng")],
)
def test_a_formula_that_means_no_cell_is_refused_with_its_place(formula: str, says: str) -> None:
    row = Row((words("1"), words("A"), told("1"), told("2"), told("3", formula=formula)))
    with pytest.raises(FormulaUnreadable, match=says) as refused:
        to_xlsx([Sheet("1", (Table("Bảng thử", COLUMNS, (row,)),))])
    assert "“Bảng thử”, dòng 1, cột 5" in refused.value.vi


@given(
    st.decimals(-(10**9), 10**9, places=3),
    st.integers(0, 3),
    st.sampled_from(["", "trên ", "gần ", "khoảng "]),
    st.sampled_from(["", "%", " tỷ đồng"]),
    st.booleans(),
)
def test_a_written_number_is_the_number_of_its_cell(
    value: Decimal, places: int, before: str, after: str, plus: bool
) -> None:
    said = format_number(value, places)
    rounded = Decimal(said.replace(".", "").replace(",", ".").replace("\u2212", "-"))
    sign = "+" if plus and rounded > 0 else ""
    cell = told(f"{sign}{said}{after}", str(rounded), before=before)
    number = number_of(cell)
    assert number is not None
    assert (number.value, number.places, number.plus) == (rounded, places, bool(sign))
    assert (number.before, number.after) == (before, after)

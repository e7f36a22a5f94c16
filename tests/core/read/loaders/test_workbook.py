# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import io
from decimal import Decimal

import openpyxl

from bamsat.core.read.document import Document
from bamsat.core.read.loaders import load
from tests.core.read.loaders.specimens import with_part, workbook, zipped

GRID = (
    ("Biểu 1. Kết quả tháng 7 năm 2021",),
    (None, None, None, "ĐVT: tỷ đồng"),
    ("STT", "Chỉ tiêu", "Kế hoạch", "Ước thực hiện"),
    (1, "Giá trị sản xuất công nghiệp", 5300, 5326.5),
    (2, "Bán lẻ hàng hóa", 44019, 44767.5),
    (),
    ("Ghi chú: số ước tính",),
)


def rows(document: Document, number: int = 0) -> list[list[str | None]]:
    return [[None if cell is None else cell.text for cell in row] for row in document.tables[number].rows]


def test_numbers_are_written_as_vietnamese_write_them_and_kept_as_typed():
    document = load(workbook(("KetQua", GRID)), "bc.xlsx")
    assert rows(document) == [
        ["STT", "Chỉ tiêu", "Kế hoạch", "Ước thực hiện"],
        ["1", "Giá trị sản xuất công nghiệp", "5.300", "5.326,5"],
        ["2", "Bán lẻ hàng hóa", "44.019", "44.767,5"],
    ]
    cell = document.tables[0].rows[2][3]
    assert (cell.number, cell.at) == (Decimal("44767.5"), "KetQua!D5")


def test_lines_above_and_below_a_table_are_text():
    document = load(workbook(("KetQua", GRID)), "bc.xlsx")
    said = [document.text[b.start : b.end] for b in document.blocks if b.kind != "cell"]
    assert said == ["Biểu 1. Kết quả tháng 7 năm 2021", "ĐVT: tỷ đồng", "Ghi chú: số ước tính"]
    assert document.tables[0].caption == "Biểu 1. Kết quả tháng 7 năm 2021 ĐVT: tỷ đồng"


def test_a_number_shown_as_percent_is_a_percent():
    document = load(
        workbook(("S", (("Chỉ tiêu", "Tăng"), ("IIP", (0.1277, "0.00%")), ("CPI", (0.035, "0%"))))), "a.xlsx"
    )
    assert rows(document)[1:] == [["IIP", "12,77%"], ["CPI", "3,5%"]]
    assert document.tables[0].rows[1][1].number == Decimal("12.77")


def test_merged_headers_are_filled():
    lines = ((None,) * 4, (None, "Kế hoạch", "Thực hiện", "Tỷ lệ"), ("Xuất khẩu", 28.17, 28.85, 102.4))
    document = load(workbook(("S", lines), merge=[("B1:D1", "Năm 2021"), ("A1:A2", "Chỉ tiêu")]), "a.xlsx")
    assert rows(document)[0] == ["Chỉ tiêu", "Năm 2021", "Năm 2021", "Năm 2021"]
    assert rows(document)[1][0] == "Chỉ tiêu"


def test_every_visible_sheet_is_read_under_its_name():
    document = load(workbook(("T7.2021", GRID), ("T8.2021", GRID)), "a.xlsx")
    assert [document.text[b.start : b.end] for b in document.blocks if b.at in ("T7.2021", "T8.2021")] == [
        "T7.2021", "T8.2021",
    ]  # fmt: skip
    assert [table.rows[1][2].at for table in document.tables] == ["T7.2021!C4", "T8.2021!C4"]


def test_a_hidden_sheet_is_left_out_and_said():
    book = openpyxl.Workbook()
    book.active.append(["Chỉ tiêu", "Năm 2021"])
    book.create_sheet("Nháp").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert load(out.getvalue(), "a.xlsx").notices == ("bỏ qua trang tính ẩn: Nháp",)


def test_a_formula_without_its_value_is_said():
    book = openpyxl.Workbook()
    book.active.append(["Chỉ tiêu", "Năm 2021", "Năm 2020"])
    book.active.append(["Xuất khẩu", 12, "=B2*2"])
    out = io.BytesIO()
    book.save(out)
    document = load(out.getvalue(), "a.xlsx")
    assert "1 công thức chưa có kết quả (C2)" in document.notices[0]
    assert document.tables[0].rows[1][2] is None


def test_dates_are_written_day_first():
    book = openpyxl.Workbook()
    book.active.append(["Ngày", "Số"])
    book.active.append([dt.date(2021, 7, 30), 5])
    out = io.BytesIO()
    book.save(out)
    assert rows(load(out.getvalue(), "a.xlsx"))[1] == ["30/07/2021", "5"]


def test_a_workbook_in_an_old_code_is_read():
    lines = (("STT", "ChØ tiªu s¶n xuÊt"), (1, "Gi¸ trÞ s¶n xuÊt c«ng nghiÖp cña tØnh"), (2, "XuÊt khÈu ®¹t"))
    assert rows(load(workbook(("S", lines)), "a.xlsx"))[1] == ["1", "Giá trị sản xuất công nghiệp của tỉnh"]


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="KQ"><table:table-row>
<table:table-cell office:value-type="string"><text:p>Chỉ tiêu</text:p></table:table-cell>
<table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="1">
<text:p>Năm 2021</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>IIP</text:p></table:table-cell>
<table:table-cell office:value-type="percentage" office:value="0.068"><text:p>6,8%</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="5300"><text:p>5.300</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def ods(content: str = ODS) -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": kind.encode(),
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.replace(">\n<", "><").encode(),
        }
    )


def test_open_document_sheets_are_read_the_same_way():
    document = load(ods(), "a.ods")
    assert document.media == "ods"
    assert rows(document) == [["Chỉ tiêu", "Năm 2021", "Năm 2021"], ["IIP", "6,8%", "5.300"]]


def test_a_sheet_that_names_its_markup_otherwise_is_read():
    data = workbook(("S", (("Chỉ tiêu", "Tăng"), ("IIP", 6.8))))
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="inlineStr"><x:is><x:t>IIP</x:t></x:is></x:c><x:c r="B1"><x:v>6.8</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    document = load(with_part(data, "xl/worksheets/sheet1.xml", sheet.encode()), "a.xlsx")
    assert rows(document) == [["IIP", "6,8"]]

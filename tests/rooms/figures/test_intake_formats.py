# SPDX-License-Identifier: Apache-2.0
"""Files of every layout become the same rows: workbooks of an office, SDMX-CSV, XML; hostile ones are refused."""

from __future__ import annotations

import doctest
import io
import zipfile
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
import xlsxwriter

from bamsat.rooms.figures.intake import amounts, fields, spans
from bamsat.rooms.figures.models import Entry, IntakeState
from tests import build
from tests.cast import Cast
from tests.rooms.figures.test_intake import checked, kinds, written


@pytest.fixture
def cast(cast: Cast) -> Cast:
    build.catalogue()
    return cast


def workbook(**sheets: Any) -> bytes:
    """A workbook; a sheet is a function that fills it, or its rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, fill in sheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            if callable(fill):
                fill(book, sheet)
                continue
            for number, row in enumerate(fill):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def of_an_office(province: str, first: float) -> Any:
    """Five years of a province as its department keeps them."""

    def fill(book: Any, sheet: Any) -> None:
        bold = book.add_format({"bold": True})
        sheet.merge_range(0, 0, 0, 8, f"UBND TỈNH {province.upper()}", bold)
        sheet.merge_range(1, 0, 1, 8, f"MỘT SỐ CHỈ TIÊU CHỦ YẾU TỈNH {province.upper()} GIAI ĐOẠN 2019 - 2023", bold)
        sheet.merge_range(3, 0, 4, 0, "TT")
        sheet.merge_range(3, 1, 4, 1, "Chỉ tiêu")
        sheet.merge_range(3, 2, 4, 2, "ĐVT")
        sheet.merge_range(3, 3, 3, 7, "Thực hiện")
        for at, year in enumerate(range(2019, 2024)):
            sheet.write(4, 3 + at, year if at % 2 else f"Năm {year}")
        sheet.merge_range(3, 8, 4, 8, "So sánh 2023/2022 (%)")
        sheet.write_row(5, 0, ["A", "B", "C", 1, 2, 3, 4, 5, "6=5/4"])
        sheet.write_row(6, 0, ["I", "CÔNG NGHIỆP"])
        sheet.write_row(
            7, 0, [1, "Giá trị sản xuất công nghiệp", "Tỷ đồng", first, first + 1, "…", "1.234,5", 3000.25, 101]
        )
        sheet.write_row(8, 1, ["- Khai khoáng", "Tỷ đồng", 10, 11, 12, 13, 14])
        sheet.write_row(9, 0, ["II", "THƯƠNG MẠI"])
        sheet.write_row(10, 0, [2, "Kim ngạch xuất khẩu", "Triệu USD", 1.5, 2, 2.5, 3, 3.5])
        sheet.merge_range(12, 5, 12, 8, "NGƯỜI LẬP BIỂU")

    return fill


def test_five_years_of_both_former_provinces_come_from_one_workbook(cast: Cast) -> None:
    data = workbook(
        Ha_Giang=of_an_office("Hà Giang", 1000), Tuyen_Quang=of_an_office("Tuyên Quang", 2000),
        Ghi_chu=[["Số liệu do Phòng Kế hoạch tổng hợp"]],
    )  # fmt: skip
    intake = checked(cast.administrator, data, "so-lieu.xlsx")
    assert intake.state == IntakeState.CHECKED, intake.error_vi
    assert kinds(intake) == {"column": 2, "sheet": 1}
    done = written(cast.administrator, data, "so-lieu.xlsx")
    assert done.written == 2 * (4 + 5 + 5)
    ha_giang = Entry.objects.filter(series__place__slug="ha-giang", series__indicator__code="industrial_output")
    whole = {entry.period: entry.amount for entry in ha_giang.filter(series__segment="")}
    assert whole["2019"] == Decimal(1_000_000_000_000)
    assert whole["2022"] == Decimal(1_234_500_000_000)
    assert whole["2023"] == Decimal(3_000_250_000_000)
    assert "2021" not in whole
    assert ha_giang.get(series__segment="industry:B", period="2020").cell == "Ha Giang!E9"
    assert Entry.objects.filter(series__place__name__contains="Tuyên Quang", period="2019").count() == 3


def test_a_price_basis_or_unit_behind_the_name_is_understood(cast: Cast) -> None:
    rows = [
        ["Chỉ tiêu", "ĐVT", "2020", "2021"], ["Giá trị sản xuất công nghiệp (giá so sánh 2010)", "tỷ đồng", 10, 11],
        ["GTSX công nghiệp theo giá hiện hành", "tỷ đồng", 20, 21], ["Kim ngạch xuất khẩu (ĐVT: triệu USD)", "", 3, 4],
    ]  # fmt: skip
    done = written(cast.head, workbook(Cao_Bang=rows), "gia.xlsx")
    assert (done.written, kinds(done).get("indicator")) == (6, None)
    told = {(e.series.indicator.code, e.series.price_basis): e.amount for e in Entry.objects.filter(period="2020")}
    assert told == {
        ("industrial_output", "constant:2010"): 10 * 10**9, ("industrial_output", "current"): 20 * 10**9,
        ("exports", "current"): 3 * 10**6,
    }  # fmt: skip


def test_months_below_a_merged_year_are_months_of_that_year(cast: Cast) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "Tỉnh Cao Bằng (ĐVT: tỷ đồng)")
        sheet.merge_range(2, 0, 3, 0, "Chỉ tiêu")
        sheet.merge_range(2, 1, 2, 3, "Năm 2021")
        sheet.write_row(3, 1, ["Tháng 1", "T2", "Cả năm"])
        sheet.merge_range(2, 4, 2, 5, "Năm 2022")
        sheet.write_row(3, 4, ["Quý I", "KH cả năm"])
        sheet.write_row(4, 0, ["Giá trị sản xuất công nghiệp", 1, 2, 30, 4, 50])

    written(cast.head, workbook(So_lieu=fill), "thang.xlsx")
    told = {(e.period, e.kind): e.amount / 10**9 for e in Entry.objects.all()}
    assert told == {
        ("2021-01", "actual"): 1, ("2021-02", "actual"): 2, ("2021", "actual"): 30, ("2022-Q1", "actual"): 4,
        ("2022", "plan"): 50,
    }  # fmt: skip


def test_a_table_of_single_values_in_a_workbook_keeps_typed_numbers(cast: Cast) -> None:
    rows = [
        ["Chỉ tiêu", "Địa bàn", "Kỳ", "Loại", "Đơn vị", "Giá trị"],
        ["exports", "Cao Bằng", 2021, "Kế hoạch", "triệu USD", 1.234],
        ["exports", "Cao Bằng", "2021", "TH", "triệu USD", "1.234"],
    ]
    intake = written(cast.head, workbook(Sheet1=rows), "so-lieu.xlsx")
    assert intake.written == 2
    assert {e.kind: e.amount for e in Entry.objects.all()} == {"plan": 1_234_000, "actual": 1_234_000_000}
    assert Entry.objects.get(kind="plan").cell == "Sheet1!F2"


def test_a_wide_csv_is_understood_too(cast: Cast) -> None:
    text = "Chỉ tiêu,ĐVT,2020,2021,So sánh\nKim ngạch xuất khẩu,triệu USD,12.5,13.75,110\n"
    intake = written(cast.head, "TỈNH CAO BẰNG,,,,\n" + text, "rong.csv")
    assert {e.period: e.amount for e in Entry.objects.all()} == {"2020": 12_500_000, "2021": 13_750_000}
    assert intake.format == "wide-csv"
    assert Entry.objects.get(period="2020").cell == "C3"


SDMX = """STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS
dataflow,BAMSAT:LEDGER(1.0),I,Q,exports,cao-bang,2021-Q3,12.345,USD,6,A
dataflow,BAMSAT:LEDGER(1.0),I,M,exports,cao-bang,2021-M07,4,USD,6,E
dataflow,BAMSAT:LEDGER(1.0),I,A,iip,cao-bang,2021,104.2,%,0,P
dataflow,BAMSAT:LEDGER(1.0),D,A,iip,cao-bang,2020,104.2,%,0,P
"""


def test_sdmx_csv_maps_onto_the_dimensions_of_the_ledger(cast: Cast) -> None:
    intake = written(cast.head, SDMX, "sdmx.csv")
    assert (intake.format, intake.written, intake.left) == ("sdmx-csv", 3, 1)
    told = {(e.period, e.kind, e.vintage): e.amount for e in Entry.objects.all()}
    assert told == {
        ("2021-Q3", "actual", "preliminary"): 12_345_000, ("2021-07", "estimate", "estimate"): 4_000_000,
        ("2021", "actual", "preliminary"): Decimal("104.2"),
    }  # fmt: skip


XML = """<?xml version="1.0" encoding="UTF-8"?>
<figures xmlns="urn:bamsat:figures:1" place="cao-bang" provider="department">
  <series indicator="exports" unit="triệu USD">
    <value period="2021-07">12.5</value>
    <value period="2021-08" kind="estimate">13</value>
  </series>
  <Series INDICATOR="iip" UNIT_MEASURE="%"><Obs TIME_PERIOD="2021" OBS_VALUE="104.2"/></Series>
</figures>"""


def test_xml_of_our_schema_and_of_plain_attributes(cast: Cast) -> None:
    intake = written(cast.head, XML, "so-lieu.xml")
    assert (intake.format, intake.written) == ("xml", 3)
    assert Entry.objects.get(period="2021-07").amount == 12_500_000
    assert Entry.objects.get(period="2021-07").cell == "dòng 4, cột 5"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a period="1">&c;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1/">]><a>&x;</a>',
        "<a>" * 200,
        "<a " + " ".join(f'b{n}="1"' for n in range(100)) + "/>",
        "<a>" + "x" * 5000 + "</a>",
    ],
)
def test_hostile_xml_is_refused(cast: Cast, text: str) -> None:
    intake = checked(cast.head, text, "doc.xml")
    assert intake.state == IntakeState.REFUSED
    assert "doc.xml" in intake.error_vi


def test_xml_cut_in_the_middle_says_where(cast: Cast) -> None:
    intake = checked(cast.head, XML[: XML.index("<Series")], "doc.xml")
    assert (intake.report["new"], kinds(intake)) == (2, {"damaged": 1})


def test_a_workbook_that_swells_is_refused(cast: Cast) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    intake = checked(cast.head, out.getvalue(), "bom.xlsx")
    assert intake.state == IntakeState.REFUSED


@pytest.mark.parametrize("data", [b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0nothing", b"\x00\x01\x02\xff" * 50])
def test_what_is_no_file_of_figures_is_refused_in_words(cast: Cast, data: bytes) -> None:
    intake = checked(cast.head, data, "tep.bin")
    assert intake.state == IntakeState.REFUSED or intake.report["new"] == 0


def test_numbers_of_a_program_and_of_people_are_told_apart(cast: Cast) -> None:
    head = "indicator,place,period,unit,value\n"
    rows = "exports,cao-bang,{},triệu USD,{}\n"
    written(cast.head, head + rows.format(2020, "1.234") + rows.format(2021, "12.5"), "may.csv")
    assert Entry.objects.get(period="2020").amount == 1_234_000
    people = head.replace(",", ";") + (rows.format(2018, "1.234") + rows.format(2019, "12_5")).replace(",", ";")
    written(cast.head, people.replace("_", ","), "nguoi.csv")
    assert Entry.objects.get(period="2018").amount == 1_234_000_000
    both = head.replace(",", ";") + "".join(
        f"exports;cao-bang;{year};triệu USD;{value}\n"
        for year, value in ((2010, "1.234"), (2011, "1,5"), (2012, "1.5"))
    )
    assert kinds(checked(cast.head, both, "ca-hai.csv")) == {"number_either": 1}


@pytest.mark.parametrize("module", [amounts, fields, spans])
def test_the_examples_of_the_small_grammars_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("=2021", "2021"), ("Năm 2021", "2021"), ("cả năm 2021", "2021"), ("tháng 7/2021", "2021-07"),
        ("Tháng 07 năm 2021", "2021-07"), ("07-2021", "2021-07"), ("2021M07", "2021-07"), ("Q3/2021", "2021-Q3"),
        ("Quý 3 năm 2021", "2021-Q3"), ("9T/2021", "2021-01/2021-09"), ("6 tháng đầu năm 2021", "2021-01/2021-06"),
        ("2021-S1", "2021-01/2021-06"), ("2016-2020", "2016/2020"), ("giai đoạn 2016 - 2020", "2016/2020"),
        ("31/12/2021", "2021-12"), ("", None), ("tháng 13/2021", None), ("tháng 7", None), ("12.345", None),
    ],
)  # fmt: skip
def test_periods_are_read_as_offices_write_them(text: str, code: str | None) -> None:
    found = spans.read_span(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "style", "said"),
    [
        ("1.234.567,8", "vi", (12345678, 1)), ("-5", "vi", (-5, 0)), ("(1.234)", "vi", (-1234, 0)),
        ("1 234,5", "vi", (12345, 1)), ("1,234.5", "raw", (12345, 1)), ("1,234", "raw", (1234, 0)),
        ("1.5E+3", "raw", (1500, 0)), ("=1e-3", "vi", (1, 3)), ("=-0.5", "vi", (-5, 1)),
    ],
)  # fmt: skip
def test_numbers_are_read_as_files_write_them(text: str, style: str, said: tuple[int, int]) -> None:
    assert amounts.read_amount(text, style) == said


@pytest.mark.parametrize("text", ["abc", "1e999", "9" * 60, "1.2.3.4", "12/7", "=inf"])
def test_what_is_no_number_is_refused(text: str) -> None:
    for style in ("vi", "raw", "mixed"):
        with pytest.raises(amounts.NotANumber):
            amounts.read_amount(text, style)

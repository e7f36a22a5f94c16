# SPDX-License-Identifier: Apache-2.0
"""Figures from tables: units, signs, doubts, and what is no figure."""

from decimal import Decimal

import pytest

from bamsat.core.read.loaders import load
from bamsat.core.read.reader import figures
from bamsat.core.read.table_columns import whole_unit
from bamsat.core.read.table_heads import is_column_numbers
from tests.core.read.loaders.specimens import pdf, ruled, word, workbook
from tests.core.read.test_tables import YEARLY, sheet, told


def test_a_ratio_beside_overlapping_periods_takes_the_latest_and_is_doubted():
    found = sheet(
        "Tình hình xuất nhập khẩu năm 2021 tỉnh Hà Nam",
        [
            ["STT", "Chỉ tiêu", "ĐVT", "Năm 2021", None, None, "Tỷ lệ %", None],
            [None, None, None, "Kế hoạch", "Ước thực hiện", "TH 6 tháng", "TH/KH", "So cùng kỳ"],
            [1, "Kim ngạch nhập khẩu", "Triệu USD", 300, 310, 150, 103.3, 108],
        ],
        merge=[("D2:F2", "Năm 2021"), ("G2:H2", "Tỷ lệ %")],
    )
    assert [told(figure, "measure", "status", "period") for figure in found.values()] == [
        ("level", "target", "2021"),
        ("level", "estimate", "2021"),
        ("level", "actual", "2021-01/2021-06"),
        ("plan_ratio", "estimate", "2021"),
        ("index", "estimate", "2021"),
    ]
    assert "không nói kỳ" in found["G4"].doubt
    assert "không nói kỳ" in found["H4"].doubt


def test_a_table_with_english_separators():
    found = sheet(
        "Kết quả năm 2021 tỉnh Lào Cai",
        [YEARLY, [1, "Giá trị SXCN", "Tr.đồng", "5,300,000.5", "5,400,000.0", "112.7", "101.9"]],
    )
    assert [figure.value for figure in found.values()] == [
        Decimal("5300000500000"), Decimal("5400000000000"), Decimal("112.7"), Decimal("101.9"),
    ]  # fmt: skip


def test_the_unit_may_stand_in_caption_head_or_label():
    found = sheet(
        "Kết quả năm 2021 tỉnh Lào Cai (ĐVT: tỷ đồng)",
        [
            ["Chỉ tiêu", "Năm 2020", "Năm 2021", "Vốn (triệu đồng)"],
            ["Giá trị sản xuất công nghiệp", 5000, 5300, 12],
            ["Kim ngạch xuất khẩu (triệu USD)", 250, 337.9, None],
        ],
    )
    assert told(found["C3"], "unit", "value") == ("VND", Decimal(5_300_000_000_000))
    assert found["D3"].value == Decimal(12_000_000)
    assert told(found["C4"], "unit", "value", "label") == ("USD", Decimal(337_900_000), "Kim ngạch xuất khẩu")


def test_what_no_one_says_is_doubted():
    found = sheet("Phụ lục", [["Chỉ tiêu", "Số liệu"], ["Thiết bị theo dõi", 250]])
    assert "đơn vị tính" in found["B3"].doubt
    assert "kỳ" in found["B3"].doubt
    assert "chỉ tiêu" in found["B3"].doubt


def test_a_growth_column_whose_values_lie_near_100_is_an_index():
    found = sheet(
        "Kết quả năm 2021 tỉnh Lào Cai",
        [
            ["Chỉ tiêu", "ĐVT", "Năm 2021", "Tăng, giảm so với năm 2020 (%)"],
            ["Giá trị sản xuất công nghiệp", "Tỷ đồng", 5300, 112.7],
            ["Tổng mức bán lẻ hàng hóa", "Tỷ đồng", 900, 98.5],
        ],
    )
    assert told(found["D3"], "measure", "base") == ("index", "2020")
    assert "quanh 100" in found["D3"].doubt


def test_a_plan_exceeded_by_percent_is_a_plan_ratio():
    found = sheet(
        "Kết quả năm 2021 tỉnh Lào Cai",
        [["Chỉ tiêu", "ĐVT", "Năm 2021", "Tăng, giảm so với KH (%)"], ["Kim ngạch xuất khẩu", "Triệu USD", 300, 10.4]],
    )
    assert told(found["D3"], "measure", "value") == ("plan_ratio", Decimal("110.4"))
    assert found["D3"].lower == Decimal("110.35")


def test_empty_marks_words_and_numbers_of_rows_are_no_figures():
    found = sheet(
        "Kết quả năm 2021 tỉnh Lào Cai",
        [
            YEARLY,
            [1, "Kim ngạch xuất khẩu", "Triệu USD", "-", "…", "x", "đang tổng hợp"],
            [2, "Điện sản xuất", "Triệu kWh", 5],
        ],
    )
    assert list(found) == ["D4"]


def test_a_fall_in_brackets_and_a_coverage():
    found = sheet(
        "Kết quả năm 2021 tỉnh Lào Cai",
        [
            ["Chỉ tiêu", "ĐVT", "Năm 2021", "Tốc độ tăng (%)"],
            ["Kim ngạch xuất khẩu", "Triệu USD", "300", "(1,7)"],
            ["Số chợ đã khai báo", "chợ", "25/79", ""],
        ],
    )
    assert told(found["D3"], "measure", "value") == ("growth", Decimal("-1.7"))
    assert told(found["C4"], "measure", "value", "of") == ("ratio", Decimal(25), Decimal(79))


@pytest.mark.parametrize(
    ("words", "code", "scale"),
    [
        ("1000 tấn", "ton", 1000),
        ("Tr.đồng", "VND", 10**6),
        ("Nghìn USD", "USD", 1000),
        ("%", "%", 1),
        ("Tỷ đồng", "VND", 10**9),
    ],
)
def test_units_as_their_column_writes_them(words, code, scale):
    unit = whole_unit(words)
    assert unit is not None
    assert (unit.code, unit.scale) == (code, scale)


TABLE = (
    ("STT", "Chỉ tiêu", "ĐVT", "KH năm 2021", "Ước TH 2021", "So KH (%)"),
    ("1", "Xuất khẩu", "Tr.USD", "280", "300", "107,1"),
)


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.html", "a.csv", "a.md"])
def test_the_same_table_reads_the_same_from_every_file_type(name):
    title = "Kết quả năm 2021 tỉnh Lào Cai"
    lefts, tops = (50, 90, 170, 250, 350, 450, 550), (600, 570, 540)
    words = [(lefts[c] + 2, tops[r] - 18, said) for r, row in enumerate(TABLE) for c, said in enumerate(row)]
    pipes = ["| " + " | ".join(row) + " |" for row in TABLE]
    cells = "".join("<tr>" + "".join(f"<td>{said}</td>" for said in row) + "</tr>" for row in TABLE)
    made = {
        "a.docx": word((title,), TABLE),
        "a.pdf": pdf([[(50, 700, title), *words]], [ruled(lefts, tops)]),
        "a.html": f"<html><meta charset=utf-8><body><p>{title}</p><table>{cells}</table></body></html>".encode(),
        "a.csv": "\n".join([title, *(";".join(row) for row in TABLE)]).encode(),
        "a.md": "\n".join([title, "", pipes[0], "|---" * 6 + "|", pipes[1]]).encode(),
    }
    found = figures(load(made[name], name)).figures
    assert [told(figure, "indicator", "measure", "value", "status", "period", "area") for figure in found] == [
        ("exports", "level", Decimal(280_000_000), "target", "2021", "Lào Cai"),
        ("exports", "level", Decimal(300_000_000), "estimate", "2021", "Lào Cai"),
        ("exports", "plan_ratio", Decimal("107.1"), "estimate", "2021", "Lào Cai"),
    ]


def test_a_row_that_numbers_the_columns_is_known():
    document = load(workbook(("S", [("Chỉ tiêu", "A", "B"), ("A", 1, "2=1*5"), ("B", 1, 3)])), "a.xlsx")
    rows = document.tables[0].rows
    assert [is_column_numbers(row) for row in rows] == [False, True, False]

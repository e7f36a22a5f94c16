# SPDX-License-Identifier: Apache-2.0
"""Telegraph style: "T8", "LK 8T", "so CK", KNXK, GTSXCN, TMBLHH."""

import pytest

from bamsat.core.read.reader import read_text

REPORT = "Báo cáo tháng 8/2023 của tỉnh Phú Thọ\n\n"


def read(text: str, *fields: str) -> list[tuple]:
    return [tuple(getattr(figure, field) for field in fields) for figure in read_text(REPORT + text).figures]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("KNXK T8", "2023-08"),
        ("KNXK T8/2022", "2022-08"),
        ("KNXK T8-2022", "2022-08"),
        ("KNXK T8 năm 2022", "2022-08"),
        ("KNXK 8T", "2023-01/2023-08"),
        ("KNXK LK 8T", "2023-01/2023-08"),
        ("KNXK lũy kế 8T", "2023-01/2023-08"),
        ("KNXK 8T đầu năm", "2023-01/2023-08"),
        ("KNXK 8T đầu năm 2022", "2022-01/2022-08"),
        ("Trong T8, KNXK", "2023-08"),
        ("T8: KNXK", "2023-08"),
    ],
)
def test_months_may_be_written_short(words, period):
    assert read(words + " đạt 50 triệu USD.", "indicator", "segment", "period") == [("exports", None, period)]


@pytest.mark.parametrize(
    "words",
    [
        "Máy T8 đạt", "Giống lúa T10 cho", "Nhà ga T3 có", "Xe tải 8T chở", "Tòa T5 dùng", "Trạm T2 nhận",
        "Đội chạy xe 5T chở",
    ],
)  # fmt: skip
def test_machines_seeds_and_loads_are_no_months(words):
    assert read(words + " 12 tấn.", "period") == [("2023-08",)]


def test_a_product_may_stand_before_a_month_that_the_text_writes_so_elsewhere():
    text = "IIP T7 tăng 3%. Xi măng T7 đạt 80 tấn; máy T7 đạt 5 chiếc."
    assert read(text, "number", "period")[1:] == [("80 tấn", "2023-07"), ("5 chiếc", "2023-07")]
    assert read(text, "indicator")[1:] == [("product:xi măng",), ("product:máy t7",)]


@pytest.mark.parametrize(
    ("words", "base"),
    [("so CK", "2022-08"), ("so với CK", "2022-08"), ("so T7", "2023-07"), ("so với T7/2023", "2023-07"),
     ("so cùng kỳ", "2022-08"), ("so CKNT", "2022-08")],
)  # fmt: skip
def test_bases_may_be_written_short(words, base):
    assert read(f"KNXK T8 tăng 4% {words}.", "measure", "base") == [("growth", base)]


@pytest.mark.parametrize(
    ("words", "indicator", "unit"),
    [
        ("GTSXCN", "industrial_output", "tỷ đ"), ("KNXK", "exports", "tr.USD"), ("KNNK", "imports", "triệu USD"),
        ("KNXNK", "trade_total", "triệu USD"), ("TMBLHH", "retail_services", "tỷ đ"), ("KN XK", "exports", "triệu USD"),
        ("Thu NSNN", "budget_revenue", "trđ"),
    ],
)  # fmt: skip
def test_indicators_may_be_written_short(words, indicator, unit):
    assert read(f"{words} T8 TH 50 {unit}.", "indicator", "segment") == [(indicator, None)]


def test_a_whole_line_of_telegraph_style():
    text = "GTSXCN T8 ước 100 tỷ đ, tăng 5% so CK, bằng 102% so T7; LK 8T: 800 tỷ đ, đạt 65% KH."
    assert read(text, "measure", "status", "period", "base") == [
        ("level", "estimate", "2023-08", None),
        ("growth", "estimate", "2023-08", "2022-08"),
        ("index", "estimate", "2023-08", "2023-07"),
        ("level", "estimate", "2023-01/2023-08", None),
        ("plan_ratio", "estimate", "2023-01/2023-08", None),
    ]

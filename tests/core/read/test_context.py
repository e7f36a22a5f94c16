# SPDX-License-Identifier: Apache-2.0
"""What a document says of itself as a whole, and which figures take it."""

import pytest

from bamsat.core.read.reader import read_text

EXPORTS = "kim ngạch xuất khẩu đạt 80 triệu USD"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Tình hình kinh tế tỉnh Thái Bình tháng 8 năm 2023", "2023-08"),
        ("Tình hình kinh tế tỉnh Thái Bình quý II năm 2023", "2023-Q2"),
        ("Tình hình kinh tế tỉnh Thái Bình 9 tháng năm 2023", "2023-01/2023-09"),
        ("Tình hình kinh tế tỉnh Thái Bình năm 2023", "2023"),
        ("Kết quả giai đoạn 2016-2020 của tỉnh Thái Bình", "2016/2020"),
    ],
)
def test_the_period_of_the_title_is_that_of_figures_without_one(title: str, period: str):
    reading = read_text(f"{title}\n{EXPORTS.capitalize()}.")
    assert reading.period == period
    assert [(figure.period, figure.inferred) for figure in reading.figures] == [(period, ("period",))]


def test_the_period_of_a_heading_is_that_of_the_lines_below_it():
    text = "Kết quả công tác\nI. SẢN XUẤT CÔNG NGHIỆP THÁNG 5/2022\nKhai khoáng giảm 3%; dệt tăng 8%."
    assert [figure.period for figure in read_text(text).figures] == ["2022-05", "2022-05"]


def test_in_the_quarter_means_the_documents_quarter():
    text = f"Báo cáo quý I năm 2022\nTrong quý, {EXPORTS}, tăng 9% so với quý trước."
    assert [(figure.period, figure.base) for figure in read_text(text).figures] == [
        ("2022-Q1", None),
        ("2022-Q1", "2021-Q4"),
    ]


def test_the_whole_year_means_the_documents_year():
    text = "Kết quả 9 tháng năm 2022\nTính chung 9 tháng, IIP tăng 5%. Cả năm ước tăng 7%."
    assert [figure.period for figure in read_text(text).figures] == ["2022-01/2022-09", "2022"]


def test_a_year_of_comparison_is_not_the_documents_year():
    text = f"Tháng 5, {EXPORTS}, tăng 9% so với tháng 5/2021. Kết quả này của năm 2022 là khá."
    assert {figure.period for figure in read_text(text).figures} == {"2022-05"}


def test_without_any_period_none_is_made_up():
    (figure,) = read_text(f"Tại hội nghị, {EXPORTS}.").figures
    assert figure.period is None
    assert figure.doubt


@pytest.mark.parametrize("place", ["Thái Bình", "Hà Giang", "Thái Nguyên", "Ninh Bình"])
def test_the_place_of_the_title_is_that_of_the_figures(place: str):
    reading = read_text(f"Tình hình kinh tế tỉnh {place} năm 2023\nNăm 2023, {EXPORTS}.")
    assert reading.area == place
    assert [figure.area for figure in reading.figures] == [place]


def test_the_place_is_inferred_from_the_districts_that_the_text_names():
    text = f"Năm 2022, {EXPORTS}.\nHuyện Đồng Văn và huyện Mèo Vạc đều tăng."
    (figure,) = read_text(text).figures
    assert (figure.area, figure.inferred) == ("Hà Giang", ("area",))


def test_a_place_named_for_a_figure_is_that_figures_place():
    text = "Năm 2022, kim ngạch xuất khẩu cả nước đạt 371 tỷ USD; Bắc Ninh đạt 45 tỷ USD."
    assert [figure.area for figure in read_text(text).figures] == ["Cả nước", "Bắc Ninh"]


def test_without_any_place_none_is_made_up():
    (figure,) = read_text(f"Năm 2022, {EXPORTS}.").figures
    assert figure.area is None
    assert figure.doubt


def test_the_figures_of_a_plan_are_targets():
    text = "Kế hoạch phát triển công nghiệp Hà Giang năm 2023\nGiá trị sản xuất công nghiệp đạt 9.200 tỷ đồng."
    assert [(figure.status, figure.period) for figure in read_text(text).figures] == [("target", "2023")]


def test_the_figures_of_a_report_on_a_plan_are_not():
    text = f"Kết quả thực hiện kế hoạch năm 2023\nNăm 2023, {EXPORTS}."
    assert [figure.status for figure in read_text(text).figures] == ["actual"]


def test_a_heading_says_what_the_lines_below_it_are_about():
    text = "Kết quả năm 2022\nXuất khẩu:\n- Gỗ: 20 triệu USD.\n- Chè: 12 triệu USD."
    assert [figure.indicator for figure in read_text(text).figures] == ["exports", "exports"]

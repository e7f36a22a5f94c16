# SPDX-License-Identifier: Apache-2.0
"""Parts belong to the whole that was told before them, and the whole may be told again without its name."""

import pytest

from bamsat.core.read.reader import read_text

REPORT = "Báo cáo tháng 8/2023 của tỉnh Phú Thọ\n\n"


def told(sentence: str) -> dict[str, tuple[str, str | None]]:
    """Indicator and segment of each number."""
    return {figure.number: (figure.indicator, figure.segment) for figure in read_text(REPORT + sentence).figures}


def periods(sentence: str) -> dict[str, str | None]:
    return {figure.number: figure.period for figure in read_text(REPORT + sentence).figures}


EXPORTS = "Kim ngạch xuất khẩu tháng 8 đạt 100 triệu USD, trong đó chè đạt 40 triệu USD, gỗ đạt 60 triệu USD"


@pytest.mark.parametrize(
    "ending",
    [
        "; so với tháng trước tăng 7%.",
        ". So với tháng trước tăng 7%.",
        "; tăng 7% so với cùng kỳ.",
        "; lũy kế 8 tháng tăng 7%.",
        ". Tính chung 8 tháng, tổng kim ngạch tăng 7%.",
        ". Tính chung, tổng giá trị tăng 7% so với cùng kỳ.",
    ],
)
def test_a_comparison_behind_a_list_of_parts_is_that_of_the_whole(ending):
    assert told(EXPORTS + ending)["7%"] == ("exports", None)


@pytest.mark.parametrize(
    ("ending", "segment"),
    [
        (", tăng 7% so với cùng kỳ.", "gỗ"),
        ("; chè tăng 7% so với cùng kỳ.", "chè"),
        (", chiếm 7%.", "gỗ"),
        ("; chiếm 7%.", "gỗ"),
    ],
)
def test_a_comparison_of_the_last_part_or_of_a_named_one_stays_with_it(ending, segment):
    assert told(EXPORTS + ending)["7%"] == ("exports", segment)


def test_the_whole_that_comes_again_is_the_last_one_that_was_named():
    text = (
        "Xuất khẩu đạt 100 triệu USD. Nhập khẩu đạt 80 triệu USD, trong đó máy móc 30 triệu USD, "
        "nguyên liệu 50 triệu USD; tính chung 8 tháng đạt 600 triệu USD."
    )
    assert told(text)["600 triệu USD"] == ("imports", None)


def test_the_total_of_retail_is_told_behind_its_parts():
    text = "Doanh thu bán lẻ tháng 7 đạt 400 tỷ đồng; lưu trú, ăn uống 60 tỷ đồng. Tháng 8, tổng mức đạt 480 tỷ đồng."
    assert told(text)["480 tỷ đồng"] == ("retail_services", None)


def test_all_trade_is_meant_only_where_both_ways_were_told():
    text = "Xuất khẩu đạt 100 triệu USD, nhập khẩu đạt 80 triệu USD. Tổng kim ngạch đạt 180 triệu USD."
    assert told(text)["180 triệu USD"] == ("trade_total", None)


def test_the_whole_industry_of_values_is_no_index():
    text = "Giá trị sản xuất công nghiệp đạt 900 tỷ đồng, trong đó khai khoáng 100 tỷ đồng. Toàn ngành tăng 5%."
    assert told(text)["5%"] == ("industrial_output", None)


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("Nộp ngân sách 6 tháng 3 tỷ đồng, gồm FDI 2 tỷ đồng, trong nước 1 tỷ đồng.", "other:nộp ngân sách"),
        ("Doanh thu đạt 3 tỷ đồng (FDI 2 tỷ đồng, trong nước 1 tỷ đồng).", "other:doanh thu"),
        ("Doanh thu đạt 3 tỷ đồng, trong đó FDI 2 tỷ đồng, trong nước 1 tỷ đồng.", "other:doanh thu"),
        ("Thu ngân sách đạt 3 tỷ đồng, gồm FDI 2 tỷ đồng, trong nước 1 tỷ đồng.", "budget_revenue"),
        ("Chi ngân sách là 3 tỷ đồng, bao gồm FDI 2 tỷ đồng, trong nước 1 tỷ đồng.", "other:chi ngân sách"),
    ],
)
def test_who_pays_or_earns_is_a_part_of_what_was_just_told(sentence, whole):
    read = told("Giá trị sản xuất công nghiệp đạt 90 tỷ đồng. " + sentence)
    assert read["2 tỷ đồng"] == (whole, "fdi")
    assert read["1 tỷ đồng"] == (whole, "trong nước")


def test_who_makes_or_sells_stays_a_part_of_output_and_of_trade():
    text = "Nhập khẩu đạt 50 triệu USD, trong đó khu vực FDI 40 triệu USD, trong nước 10 triệu USD."
    assert told(text)["10 triệu USD"] == ("imports", "trong nước")
    text = "Giá trị sản xuất công nghiệp đạt 50 tỷ đồng, trong đó khu vực FDI 40 tỷ đồng."
    assert told(text)["40 tỷ đồng"] == ("industrial_output", "khu vực fdi")


def test_parts_in_brackets_may_leave_out_the_unit_of_their_whole():
    figures = read_text(REPORT + "Doanh thu 50 tỷ đồng (FDI: 40; trong nước: 10).").figures
    assert [(figure.unit, int(figure.value)) for figure in figures[1:]] == [("VND", 40 * 10**9), ("VND", 10 * 10**9)]


def test_a_number_in_brackets_without_a_name_takes_no_unit():
    assert len(read_text(REPORT + "Doanh thu 50 tỷ đồng (xem biểu số 4; 12).").figures) == 1


LEADS = [
    "Phân theo thành phần kinh tế: khu vực nhà nước 10 tỷ đồng; FDI 60 tỷ đồng.",
    "Theo thành phần kinh tế: khu vực nhà nước 10 tỷ đồng; FDI 60 tỷ đồng.",
    "Chia theo loại hình: khu vực nhà nước 10 tỷ đồng; FDI 60 tỷ đồng.",
    "Cơ cấu: khu vực nhà nước 10 tỷ đồng; FDI 60 tỷ đồng.",
    "Cơ cấu theo khu vực: khu vực nhà nước 10 tỷ đồng; FDI 60 tỷ đồng.",
]


@pytest.mark.parametrize("lead", LEADS)
def test_a_list_by_owners_goes_back_to_the_first_period_of_the_whole(lead):
    text = "Giá trị sản xuất công nghiệp tháng 8 đạt 70 tỷ đồng; lũy kế 8 tháng đạt 800 tỷ đồng. " + lead
    assert told(text)["10 tỷ đồng"] == ("industrial_output", "khu vực nhà nước")
    assert (periods(text)["10 tỷ đồng"], periods(text)["60 tỷ đồng"]) == ("2023-08", "2023-08")


@pytest.mark.parametrize("lead", ["Theo thị trường", "Phân theo thị trường", "Theo khu vực thị trường", "Cơ cấu"])
def test_the_words_that_lead_a_list_of_markets_are_no_part_of_the_first(lead):
    text = f"Kim ngạch xuất khẩu đạt 50 triệu USD. {lead}: Châu Phi: 4 triệu USD, chiếm 8%; Châu Á: 46 triệu USD."
    assert told(text) == {
        "50 triệu USD": ("exports", None), "4 triệu USD": ("exports", "Châu Phi"), "8%": ("exports", "Châu Phi"),
        "46 triệu USD": ("exports", "Châu Á"),
    }  # fmt: skip


def test_a_list_that_names_its_period_keeps_it():
    text = "Xuất khẩu tháng 8 đạt 50 triệu USD. Theo mặt hàng 8 tháng: chè 200 triệu USD, gỗ 300 triệu USD."
    assert periods(text)["200 triệu USD"] == "2023-01/2023-08"


def test_parts_told_without_such_a_lead_go_on_with_the_period_at_hand():
    text = (
        "Xuất khẩu tháng 8 đạt 50 triệu USD; 8 tháng đạt 400 triệu USD. Chia ra: chè 100 triệu USD, gỗ 300 triệu USD."
    )
    assert periods(text)["100 triệu USD"] == "2023-01/2023-08"

# SPDX-License-Identifier: Apache-2.0
"""The difficult ways of writing a figure in running text, one test each."""

from decimal import Decimal
from pathlib import Path

import pytest

from bamsat.core.read.doubts import NO_PERCENT_SIGN, READ_AS_PLAN_RATIO, TIMES_TWO_WAYS
from bamsat.core.read.reader import read_text


def read(text: str, *fields: str) -> list[tuple]:
    """The fields of each figure of a text, in order; values as text without closing zeros."""
    figures = read_text(text).figures
    return [tuple(plain(getattr(figure, field)) for field in fields) for figure in figures]


def plain(value: object) -> object:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


# Bases


def test_a_base_stated_once_before_a_list_holds_for_the_list():
    text = "Tháng 8/2023, so với cùng kỳ năm trước, một số sản phẩm tăng: xi măng 12%, gạch 8,5%, đường 3%."
    assert read(text, "number", "base") == [("12%", "2022-08"), ("8,5%", "2022-08"), ("3%", "2022-08")]


def test_a_base_stated_once_after_a_list_holds_for_the_list():
    text = "Tháng 8/2023, một số sản phẩm tăng: xi măng 12%, gạch 8,5%, đường 3% so với tháng trước."
    assert read(text, "number", "base") == [("12%", "2023-07"), ("8,5%", "2023-07"), ("3%", "2023-07")]


def test_a_base_stated_once_over_a_list_of_items_holds_for_the_items():
    text = (
        "So với cùng kỳ năm trước, các ngành tháng 3/2022 diễn biến như sau:\n- Dệt tăng 4%.\n- Sản xuất giấy giảm 2%."
    )
    assert read(text, "value", "base") == [("4", "2021-03"), ("-2", "2021-03")]


def test_the_base_may_come_first():
    text = "Quý III/2021, so với cùng kỳ năm trước chỉ số sản xuất công nghiệp giảm 9,16%."
    assert read(text, "indicator", "value", "period", "base") == [("iip", "-9.16", "2021-Q3", "2020-Q3")]


def test_one_verb_may_have_two_bases():
    text = "Tháng 9/2022, IIP tăng 2,3% so với tháng trước và 10,4% so với cùng kỳ năm trước."
    assert read(text, "indicator", "measure", "value", "base") == [
        ("iip", "growth", "2.3", "2022-08"),
        ("iip", "growth", "10.4", "2021-09"),
    ]


def test_the_date_of_a_comparison_is_not_the_figures_own_period():
    text = "Tháng 9/2022, kim ngạch xuất khẩu đạt 8 triệu USD, tăng 14% so với tháng 9/2021."
    assert read(text, "number", "period", "base") == [("8 triệu USD", "2022-09", None), ("14%", "2022-09", "2021-09")]


def test_the_base_of_nine_months_is_nine_months():
    text = "9 tháng năm 2022, thu ngân sách tăng 4% so với cùng kỳ."
    assert read(text, "period", "base") == [("2022-01/2022-09", "2021-01/2021-09")]


def test_the_base_before_a_quarter_is_the_quarter_before():
    text = "Quý I/2022, chỉ số giá tiêu dùng tăng 1,9% so với quý trước và tăng 2,8% so với cùng kỳ."
    assert read(text, "value", "base") == [("1.9", "2021-Q4"), ("2.8", "2021-Q1")]


def test_a_level_inside_a_base_is_the_bases_own():
    text = "Năm 2022, kim ngạch xuất khẩu đạt 80 triệu USD, tăng 12% so với mức 71,4 triệu USD của năm 2021."
    assert read(text, "number", "measure", "period", "base") == [
        ("80 triệu USD", "level", "2022", None),
        ("12%", "growth", "2022", "2021"),
        ("71,4 triệu USD", "level", "2021", None),
    ]


def test_a_level_in_brackets_behind_a_base_is_the_bases_own():
    text = "Quý I/2022, xuất khẩu đạt 80 triệu USD, tăng 12% so với cùng kỳ năm trước (71,4 triệu USD)."
    assert read(text, "value", "period")[2] == ("71400000", "2021-Q1")
    text = "Quý I/2022, xuất khẩu tăng 12% so với cùng kỳ năm trước (80 triệu USD)."
    assert read(text, "value", "period")[1] == ("80000000", "2022-Q1")


@pytest.mark.parametrize("aside", ["(cùng kỳ năm trước tăng 6,2%)", ", cùng kỳ năm trước tăng 6,2%"])
def test_last_years_growth_beside_this_years_is_last_years(aside: str):
    text = f"Tháng 5/2022, IIP tăng 3,1% {aside}."
    assert read(text, "value", "period") == [("3.1", "2022-05"), ("6.2", "2021-05")]


# Growth, index, plan, times


def test_equal_to_a_percent_of_last_year_is_an_index():
    text = "Quý I/2024, chỉ số sản xuất công nghiệp bằng 120,38% so với cùng kỳ."
    assert read(text, "measure", "value", "base") == [("index", "120.38", "2023-Q1")]


def test_growth_over_the_plan_is_a_plan_ratio_above_a_hundred():
    text = "Năm 2021, kim ngạch xuất khẩu đạt 72 triệu USD, tăng 10,63% so với kế hoạch."
    assert read(text, "measure", "value", "base", "doubt")[1] == ("plan_ratio", "110.63", None, READ_AS_PLAN_RATIO)


def test_going_beyond_the_plan_is_a_plan_ratio_too():
    text = "Năm 2021, thu ngân sách đạt 4.200 tỷ đồng, vượt 6% dự toán."
    assert read(text, "measure", "value")[1] == ("plan_ratio", "106")


def test_one_figure_may_be_held_against_two_plans():
    text = "Năm 2021, thu ngân sách đạt 2.140 tỷ đồng, đạt 107% dự toán Trung ương giao, 101% dự toán tỉnh giao."
    assert read(text, "indicator", "measure", "value")[1:] == [
        ("budget_revenue", "plan_ratio", "107"),
        ("budget_revenue", "plan_ratio", "101"),
    ]


def test_nine_months_against_the_years_plan_keep_their_period():
    text = "Trong 9 tháng năm 2022, kim ngạch xuất khẩu đạt 80 triệu USD, bằng 74% kế hoạch năm 2022."
    assert read(text, "measure", "period", "base") == [
        ("level", "2022-01/2022-09", None),
        ("plan_ratio", "2022-01/2022-09", None),
    ]


def test_so_many_times_as_much_is_growth():
    text = "Năm 2021, kim ngạch xuất khẩu đạt 72 triệu USD, gấp 2,6 lần năm 2020."
    assert read(text, "measure", "value", "unit", "base")[1] == ("growth", "160", "%", "2020")


def test_growth_of_so_many_times_is_read_with_doubt():
    (figure,) = read_text("Năm 2021, kim ngạch xuất khẩu tăng 3 lần so với năm 2019.").figures
    assert (figure.value, figure.base, figure.doubt) == (200, "2019", TIMES_TWO_WAYS)


def test_growth_in_money_is_a_change():
    text = "Năm 2022, kim ngạch xuất khẩu tăng 5 triệu USD so với năm 2021."
    assert read(text, "measure", "value", "unit", "base") == [("change", "5000000", "USD", "2021")]


def test_falling_to_a_level_is_a_level():
    text = "Năm 2022, kim ngạch nhập khẩu giảm còn 40 triệu USD."
    assert read(text, "measure", "value") == [("level", "40000000")]


def test_points_are_not_percent():
    text = "Năm 2022, tỷ lệ hộ sử dụng điện đạt 97%, tăng 1,5 điểm phần trăm so với năm 2021."
    assert read(text, "measure", "value", "unit") == [("share", "97", "%"), ("change", "1.5", "point")]


def test_a_share_that_grew_by_percent_grew_by_points():
    text = "Năm 2022, tỷ lệ lấp đầy cụm công nghiệp đạt 58%, tăng 4%."
    assert read(text, "measure", "value", "unit") == [("share", "58", "%"), ("change", "4", "point")]


def test_a_contribution_is_in_points_with_its_sign():
    text = "Tháng 8/2022, IIP tăng 5%, trong đó khai khoáng kéo giảm 0,4 điểm phần trăm."
    assert read(text, "indicator", "measure", "value")[1] == ("iip_mining", "contribution", "-0.4")


def test_a_missing_percent_sign_is_seen_and_told():
    (figure,) = read_text("IIP tháng 4/2022 tăng 4,3 so với cùng kỳ năm trước.").figures
    assert (figure.measure, figure.value, figure.unit) == ("growth", Decimal("4.3"), "%")
    assert figure.doubt == NO_PERCENT_SIGN


def test_average_growth_is_per_year_over_the_span():
    text = "Giai đoạn 2016-2020, kim ngạch xuất khẩu tăng bình quân 12,4%/năm."
    assert read(text, "measure", "unit", "period", "base") == [("growth", "%/year", "2016/2020", None)]


def test_a_deficit_is_a_negative_balance():
    text = "9 tháng năm 2022, tỉnh nhập siêu 15 triệu USD."
    assert read(text, "indicator", "value") == [("trade_balance", "-15000000")]


# Periods


def test_a_period_may_switch_in_mid_sentence():
    text = "Tháng 5/2022, kim ngạch xuất khẩu đạt 9 triệu USD, 5 tháng đạt 41 triệu USD."
    assert read(text, "indicator", "value", "period") == [
        ("exports", "9000000", "2022-05"),
        ("exports", "41000000", "2022-01/2022-05"),
    ]


def test_after_a_switch_the_base_follows_the_new_period():
    text = "Tháng 5/2022, IIP tăng 3,1% so với cùng kỳ, tính chung 5 tháng tăng 4,4%."
    assert read(text, "period", "base") == [("2022-05", "2021-05"), ("2022-01/2022-05", "2021-01/2021-05")]


def test_a_month_without_a_year_takes_the_documents_year():
    text = "Tình hình công nghiệp tháng 8 năm 2023\nTháng 8, IIP tăng 4,1%. Tính chung 8 tháng, IIP tăng 6,2%."
    assert read(text, "value", "period") == [("4.1", "2023-08"), ("6.2", "2023-01/2023-08")]


def test_two_periods_told_in_order_go_to_two_numbers():
    text = "Kim ngạch xuất khẩu tháng 4 và tháng 5/2022 lần lượt đạt 30 triệu USD và 50 triệu USD."
    assert read(text, "value", "period") == [("30000000", "2022-04"), ("50000000", "2022-05")]


# Subjects


def test_parts_in_brackets_need_no_verb():
    text = (
        "Năm 2021, tổng mức bán lẻ đạt 8.200 tỷ đồng (bán lẻ hàng hóa 6.900 tỷ đồng, lưu trú và ăn uống 800 tỷ đồng)."
    )
    assert read(text, "indicator", "measure", "value") == [
        ("retail_services", "level", "8200000000000"),
        ("retail_goods", "level", "6900000000000"),
        ("retail_services", "level", "800000000000"),
    ]


def test_after_a_bracket_the_subject_before_it_goes_on():
    text = "Năm 2022, kim ngạch xuất khẩu đạt 80 triệu USD (chè 12 triệu USD; gỗ 20 triệu USD), tăng 9%."
    figures = read_text(text).figures
    assert [figure.indicator for figure in figures] == ["exports"] * 4
    assert [bool(figure.segment) for figure in figures] == [False, True, True, False]


def test_the_number_may_stand_before_its_noun():
    text = "Năm 2021, đạt 80 triệu USD kim ngạch xuất khẩu, 65 triệu USD kim ngạch nhập khẩu."
    assert read(text, "indicator", "value") == [("exports", "80000000"), ("imports", "65000000")]


def test_a_count_is_named_by_the_noun_behind_it():
    text = "Năm 2021, có 120 doanh nghiệp và 15 hợp tác xã thành lập mới."
    assert read(text, "value", "unit", "measure") == [("120", "doanh nghiệp", "level"), ("15", "hợp tác xã", "level")]


def test_a_list_inherits_the_sign_of_its_verb():
    text = "Tháng 7/2022, các ngành giảm sâu: dệt 12%, sản xuất trang phục 9,4%, sản xuất kim loại 5%."
    assert read(text, "segment", "value") == [
        ("dệt", "-12"),
        ("sản xuất trang phục", "-9.4"),
        ("sản xuất kim loại", "-5"),
    ]


def test_an_elided_indicator_is_the_one_before():
    text = "Năm 2022, GRDP tăng cao nhất là Bắc Giang 19,3%, tiếp theo Hải Phòng 12,3%, Nghệ An 9,1%."
    assert read(text, "indicator", "measure", "value", "area") == [
        ("grdp", "growth", "19.3", "Bắc Giang"),
        ("grdp", "growth", "12.3", "Hải Phòng"),
        ("grdp", "growth", "9.1", "Nghệ An"),
    ]


def test_one_number_of_two_indicators_is_two_figures():
    text = "Năm 2022, kim ngạch xuất khẩu và nhập khẩu đều tăng 11,5%."
    assert read(text, "indicator", "value") == [("exports", "11.5"), ("imports", "11.5")]


def test_one_number_of_two_indicators_told_before_is_two_figures():
    text = "Năm 2022, kim ngạch xuất khẩu đạt 80 triệu USD, nhập khẩu đạt 65 triệu USD, đều tăng 8%."
    assert read(text, "indicator", "value")[2:] == [("exports", "8"), ("imports", "8")]


def test_parts_of_a_total_keep_the_totals_code():
    text = "Năm 2021, kim ngạch xuất khẩu đạt 80 triệu USD, trong đó chè đạt 12 triệu USD."
    assert read(text, "indicator", "segment") == [("exports", None), ("exports", "chè")]


def test_a_subject_is_carried_over_the_border_of_a_sentence():
    text = "Năm 2022, kim ngạch xuất khẩu đạt 80 triệu USD. So với năm 2021, tăng 9%."
    assert read(text, "indicator", "value", "base") == [("exports", "80000000", None), ("exports", "9", "2021")]


def test_a_subject_is_carried_over_the_border_of_a_paragraph():
    text = (
        "Chỉ số sản xuất công nghiệp tháng 7/2022 tăng 5% so với cùng kỳ.\nTrong đó, khai khoáng giảm 3%; dệt tăng 8%."
    )
    assert read(text, "indicator", "value", "period") == [
        ("iip", "5", "2022-07"),
        ("iip_mining", "-3", "2022-07"),
        ("iip", "8", "2022-07"),
    ]


def test_goods_that_no_catalogue_knows_get_their_name_family_and_unit():
    text = "Năm 2021, sản lượng tinh bột sắn đạt 4.500 tấn, giảm 3%."
    assert read(text, "indicator", "unit", "value") == [
        ("product:tinh bột sắn", "ton", "4500"),
        ("product:tinh bột sắn", "%", "-3"),
    ]


def test_an_industry_below_the_first_level_is_a_part_of_the_index():
    text = "Tháng 5/2022, IIP tăng 6%; một số ngành tăng cao: sản xuất trang phục tăng 15,2%."
    assert read(text, "indicator", "segment") == [("iip", None), ("iip", "sản xuất trang phục")]


def test_a_fund_or_project_that_nobody_foresaw_keeps_its_words():
    (figure,) = read_text("Năm 2022, doanh thu quỹ đổi mới công nghệ đạt 12 tỷ đồng.").figures
    assert "quỹ đổi mới công nghệ" in figure.label
    assert figure.indicator.startswith("other:")


def test_a_ratio_keeps_both_its_numbers():
    assert read("Năm 2021, 25/79 chợ đã có phương án phòng cháy.", "measure", "value", "of", "unit") == [
        ("ratio", "25", "79", "chợ")
    ]


# What the words say of the value


def test_a_range_has_two_ends():
    text = "Năm 2023, phấn đấu kim ngạch xuất khẩu tăng 8 - 9%."
    assert read(text, "value", "value_high", "status") == [("8", "9", "target")]


def test_a_hedge_goes_with_its_own_number():
    text = "Năm 2022, xuất khẩu đạt trên 80 triệu USD, nhập khẩu đạt gần 65 triệu USD, xuất siêu khoảng 15 triệu USD."
    assert read(text, "hedge") == [("over",), ("nearly",), ("about",)]


def test_a_bound_behind_the_number_is_a_hedge():
    assert read("Năm 2023, phấn đấu GRDP tăng từ 8% trở lên.", "value", "hedge", "status") == [
        ("8", "at_least", "target")
    ]


def test_an_estimate_covers_the_growth_after_it():
    text = "Năm 2020, kim ngạch xuất khẩu ước đạt 50 triệu USD, giảm 3%."
    assert read(text, "value", "status") == [("50000000", "estimate"), ("-3", "estimate")]


def test_english_separators_are_read_where_the_text_writes_them():
    text = "Năm 2021, kim ngạch xuất khẩu đạt 1,234.5 triệu USD, kim ngạch nhập khẩu đạt 2,345.6 triệu USD."
    assert read(text, "value") == [("1234500000",), ("2345600000",)]


def test_vietnamese_separators_are_read_first():
    text = "Năm 2021, kim ngạch xuất khẩu đạt 1.234,5 triệu USD, kim ngạch nhập khẩu đạt 777,792 triệu USD."
    assert read(text, "value") == [("1234500000",), ("777792000",)]


# Digits that are no figures


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2021, chỉ số cải cách hành chính của Sở xếp thứ 3.",
        "Nhà máy thủy điện Bảo Lâm 3 và Nhà máy Sông Gâm 2 đã hòa lưới.",
        "Đoàn kiểm tra làm việc từ ngày 12/3/2021 đến ngày 15/3/2021.",
        "Thực hiện Công văn số 841/UBND-VX và Quyết định số 12/2021/QĐ-UBND.",
        "Liên hệ điện thoại 0206 3852 111 hoặc 0912.345.678.",
        "Cuộc họp bắt đầu lúc 8h30 tại tầng 2, số nhà 15.",
        "Số liệu tính theo giá so sánh năm 2010.",
        "Dịch COVID-19 diễn biến phức tạp trên Quốc lộ 4.",
        "7,357 lượt xem",
    ],
)
def test_ranks_names_dates_and_document_and_phone_numbers_are_no_figures(text: str):
    assert read(text, "number") == []


def test_the_numbers_of_a_list_are_no_figures():
    text = "1. Kim ngạch xuất khẩu năm 2022 đạt 80 triệu USD.\n2. Kim ngạch nhập khẩu năm 2022 đạt 65 triệu USD."
    assert read(text, "number") == [("80 triệu USD",), ("65 triệu USD",)]


# What is not stated is named


def test_fields_that_the_words_do_not_state_are_named():
    figures = read_text("Năm 2022, kim ngạch xuất khẩu đạt 80 triệu USD, tăng 9%.").figures
    assert [figure.inferred for figure in figures] == [(), ("period", "indicator", "base")]


def test_a_stated_base_is_not_named_as_inferred():
    figures = read_text("Tháng 9/2022, IIP tăng 2,3% so với tháng trước.").figures
    assert [figure.inferred for figure in figures] == [()]


def test_a_period_of_the_document_is_named_as_inferred():
    figures = read_text("Báo cáo tháng 8 năm 2023\nTháng 8, IIP tăng 4,1% so với cùng kỳ.").figures
    assert [figure.inferred for figure in figures] == [("period",)]


def test_every_figure_says_where_it_stands():
    text = "Năm 2022, kim ngạch xuất khẩu đạt 80 triệu USD.\nNăm 2022, kim ngạch nhập khẩu đạt 65 triệu USD."
    assert [at for (at,) in read(text, "at")] == ["đoạn 1", "đoạn 2"]


def test_the_worked_example_of_the_documentation_is_read_as_it_says():
    page = (Path(__file__).parents[3] / "docs" / "reading" / "grammar.md").read_text("utf-8")
    (text,) = [line.removeprefix("> ") for line in page.splitlines() if line.startswith("> ")]
    head = "| number | indicator | measure | value | status | period | base |"
    rows = page.split(head)[1].strip().split("\n\n")[0].splitlines()[1:]
    told = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]
    assert read(text, *(name.strip() for name in head.strip("|").split("|"))) == told

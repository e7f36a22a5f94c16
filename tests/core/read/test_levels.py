# SPDX-License-Identifier: Apache-2.0
"""Levels inside a comparison: of the base that is held against, or of the plan."""

import pytest

from bamsat.core.read.reader import read_text

REPORT = "Báo cáo tháng 8/2023 của tỉnh Phú Thọ\n\n"


def told(sentence: str) -> list[tuple[str, str, str | None]]:
    """Number, status and period of every level."""
    figures = read_text(REPORT + sentence).figures
    return [(figure.number, figure.status, figure.period) for figure in figures if figure.measure == "level"]


@pytest.mark.parametrize(
    ("sentence", "number", "period"),
    [
        ("Xuất khẩu ước đạt 100 triệu USD, tăng 5% so với 95 triệu USD của cùng kỳ.", "95 triệu USD", "2022-08"),
        ("Bán lẻ ước đạt 12 tỷ đồng, tăng 9% so với con số 11 tỷ đồng của cùng kỳ năm ngoái.", "11 tỷ đồng", "2022-08"),
        ("Nhập khẩu 8 tháng là 2 tỷ USD, giảm 5% so với mức 2,1 tỷ USD cùng kỳ.", "2,1 tỷ USD", "2022-01/2022-08"),
        ("Xi măng đạt 82 nghìn tấn, giảm 1,2% so với 83 nghìn tấn của tháng trước.", "83 nghìn tấn", "2023-07"),
        ("Nhập khẩu đạt 21 triệu USD, thấp hơn mức 22 triệu USD của tháng 8/2022.", "22 triệu USD", "2022-08"),
        ("Quý II/2023, xuất khẩu đạt 4 tỷ USD, tăng 10% so với quý II/2022 là 3,6 tỷ USD.", "3,6 tỷ USD", "2022-Q2"),
        ("Xi măng đạt 82 nghìn tấn, giảm 1,2% so với tháng 7 là 83 nghìn tấn.", "83 nghìn tấn", "2023-07"),
        ("Thu ngân sách đạt 30 tỷ đồng, tăng 4,2% (cùng kỳ: 28,8 tỷ đồng).", "28,8 tỷ đồng", "2022-08"),
        ("Thu ngân sách đạt 30 tỷ đồng, tăng 4,2% so cùng kỳ: 28,8 tỷ đồng.", "28,8 tỷ đồng", "2022-08"),
        ("Thu ngân sách ước đạt 30 tỷ đồng (cùng kỳ: 28,8 tỷ đồng).", "28,8 tỷ đồng", "2022-08"),
        ("Chè chế biến ước đạt 12 tấn, tăng 4,3% (tháng trước: 11,5 tấn).", "11,5 tấn", "2023-07"),
        ("So với cùng kỳ (95 triệu USD), kim ngạch xuất khẩu tăng 5%.", "95 triệu USD", "2022-08"),
    ],
)  # fmt: skip
def test_a_level_named_as_the_base_is_told_of_the_bases_period_and_is_no_estimate(sentence, number, period):
    assert (number, "actual", period) in told(sentence)


def test_two_bases_may_each_have_their_level_behind_them():
    sentence = "Chè chế biến ước đạt 12 tấn, bằng 104% tháng trước (11,5 tấn) và bằng 109% cùng kỳ (11 tấn)."
    assert told(sentence) == [
        ("12 tấn", "estimate", "2023-08"), ("11,5 tấn", "actual", "2023-07"), ("11 tấn", "actual", "2022-08"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "Kim ngạch nhập khẩu tăng 5% so với cùng kỳ (đạt 50 triệu USD).",
        "Kim ngạch nhập khẩu tăng 5% so với cùng kỳ (50 triệu USD).",
        "Kim ngạch nhập khẩu tăng 5% so với cùng kỳ, đạt 50 triệu USD.",
        "So với cùng kỳ, kim ngạch nhập khẩu đạt 50 triệu USD, tăng 5%.",
    ],
)
def test_a_level_told_after_a_comparison_stays_of_this_period(sentence):
    assert told(sentence) == [("50 triệu USD", "actual", "2023-08")]


def test_the_growth_is_held_against_the_base_whose_level_it_names():
    figures = read_text(REPORT + "Xi măng đạt 82 tấn, giảm 1,2% so với 83 tấn của tháng trước.").figures
    assert [figure.base for figure in figures] == [None, "2023-07", None]


def test_what_follows_the_level_of_a_base_goes_on_with_this_period():
    sentence = "Xuất khẩu đạt 100 triệu USD, tăng 5% so với 95 triệu USD của cùng kỳ; nhập khẩu đạt 80 triệu USD."
    assert told(sentence)[-1] == ("80 triệu USD", "actual", "2023-08")


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Thu ngân sách 8 tháng đạt 100 tỷ đồng, hoàn thành 50% kế hoạch cả năm là 200 tỷ đồng.", "200 tỷ đồng"),
        ("Xuất khẩu 8 tháng đạt 198 triệu USD, đạt 44% kế hoạch năm (450 triệu USD).", "450 triệu USD"),
        ("Thu ngân sách 8 tháng đạt 225 tỷ đồng, bằng 75% KH giao 300 tỷ đồng.", "300 tỷ đồng"),
        ("Thu ngân sách 8 tháng đạt 150 tỷ đồng, đạt 60% dự toán năm 250 tỷ đồng.", "250 tỷ đồng"),
        ("Bán lẻ 8 tháng đạt 600 tỷ đồng, đạt 60% so với kế hoạch năm 2023 là 1.000 tỷ đồng.", "1.000 tỷ đồng"),
        ("Thu ngân sách 8 tháng đạt 150 tỷ đồng, bằng 60% dự toán (dự toán năm: 250 tỷ đồng).", "250 tỷ đồng"),
        ("Thu ngân sách 8 tháng đạt 150 tỷ đồng, bằng 60% dự toán tỉnh giao (250 tỷ đồng).", "250 tỷ đồng"),
    ],
)
def test_a_level_named_as_the_plan_is_a_target_of_the_year(sentence, number):
    levels = told(sentence)
    assert levels[0][1:] == ("actual", "2023-01/2023-08")
    assert levels[1] == (number, "target", "2023")


def test_the_level_of_a_plan_of_a_quarter_is_of_the_quarter():
    sentence = "Quý II/2023, bán lẻ đạt 90 tỷ đồng, bằng 90% kế hoạch quý (100 tỷ đồng)."
    assert told(sentence)[-1] == ("100 tỷ đồng", "target", "2023-Q2")


@pytest.mark.parametrize(
    "sentence",
    [
        "Thu ngân sách 8 tháng hoàn thành 60% dự toán năm, đạt 150 tỷ đồng.",
        "Thu ngân sách 8 tháng hoàn thành 60% dự toán năm (đạt 150 tỷ đồng).",
    ],
)
def test_what_was_reached_beside_a_plan_is_no_target(sentence):
    assert told(sentence) == [("150 tỷ đồng", "actual", "2023-01/2023-08")]


def test_what_follows_the_level_of_a_plan_goes_on_with_this_period():
    sentence = "Thu ngân sách 8 tháng đạt 150 tỷ đồng, đạt 60% dự toán năm 250 tỷ đồng, tăng 4% so với cùng kỳ."
    growth = read_text(REPORT + sentence).figures[-1]
    assert (growth.status, growth.period, growth.base) == ("actual", "2023-01/2023-08", "2022-01/2022-08")


@pytest.mark.parametrize(
    ("sentence", "base"),
    [
        ("IIP giảm so với cùng kỳ, tăng 3,2% so với tháng trước.", "2023-07"),
        ("IIP tuy giảm so với cùng kỳ nhưng tăng 3,2% so với tháng trước.", "2023-07"),
        ("IIP tăng nhẹ so với tháng trước và tăng 4% so với cùng kỳ.", "2022-08"),
        ("Xuất khẩu đạt 50 triệu USD, tăng so với tháng trước, giảm 2% so với cùng kỳ.", "2022-08"),
        ("IIP bằng tháng trước, tăng 4% so với tháng 8/2022.", "2022-08"),
    ],
)
def test_a_direction_without_a_number_keeps_its_base_to_itself(sentence, base):
    assert read_text(REPORT + sentence).figures[-1].base == base

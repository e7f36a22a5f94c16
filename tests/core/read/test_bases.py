# SPDX-License-Identifier: Apache-2.0
"""Levels that are told of the period compared with, not of the document's own."""

import pytest

from bamsat.core.read.reader import read_text

REPORT = "Báo cáo tháng 8/2023 của tỉnh Phú Thọ\n\n"


def told(sentence: str) -> list[tuple[str, str | None]]:
    return [(figure.number, figure.period) for figure in read_text(REPORT + sentence).figures]


@pytest.mark.parametrize(
    ("sentence", "number", "period"),
    [
        ("Tháng trước kim ngạch nhập khẩu đạt 27 triệu USD.", "27 triệu USD", "2023-07"),
        ("Cùng kỳ năm trước, sản lượng xi măng 8 tháng đạt 790 nghìn tấn.", "790 nghìn tấn", "2022-01/2022-08"),
        ("Năm ngoái kim ngạch nhập khẩu 8 tháng là 210 triệu USD.", "210 triệu USD", "2022-01/2022-08"),
        ("Quý II/2023, bán lẻ đạt 9 tỷ đồng. Quý trước, doanh thu bán lẻ đạt 8 tỷ đồng.", "8 tỷ đồng", "2023-Q1"),
    ],
)
def test_a_base_that_opens_a_sentence_is_the_period_of_its_level(sentence: str, number: str, period: str):
    assert (number, period) in told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "So với tháng trước, kim ngạch nhập khẩu đạt 27 triệu USD.",
        "So với cùng kỳ năm trước, kim ngạch nhập khẩu tăng mạnh, đạt 27 triệu USD.",
        "Kim ngạch nhập khẩu tháng này cao hơn tháng trước, đạt 27 triệu USD.",
    ],
)
def test_a_comparison_is_not_the_period_of_the_level_that_follows(sentence: str):
    assert told(sentence) == [("27 triệu USD", "2023-08")]


def test_one_base_opens_a_whole_list_and_ends_with_the_next_period():
    sentence = "Cùng kỳ năm trước, xuất khẩu đạt 31 triệu USD, nhập khẩu đạt 20 triệu USD; tháng này đạt 33 triệu USD."
    assert [period for _number, period in told(sentence)] == ["2022-08", "2022-08", "2023-08"]


def test_a_verb_alone_names_no_product_and_what_follows_does():
    text = REPORT + "Sản lượng xi măng 8 tháng đạt 820 nghìn tấn; cùng kỳ năm 2022 sản xuất 790 nghìn tấn."
    assert [figure.indicator for figure in read_text(text).figures] == ["product:xi măng", "product:xi măng"]
    text = REPORT + "Sản xuất 120 nghìn tấn phân bón trong 8 tháng."
    assert [figure.indicator for figure in read_text(text).figures] == ["product:phân bón"]

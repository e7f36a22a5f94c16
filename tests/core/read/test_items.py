# SPDX-License-Identifier: Apache-2.0
"""Items of a list: each starts anew, with the period that leads the list, and its number is no part of its name."""

import pytest

from bamsat.core.read.reader import read_text

REPORT = "Báo cáo tháng 8/2023 của tỉnh Phú Thọ\n\n"
MONTH, SO_FAR = "2023-08", "2023-01/2023-08"


def read(text: str, *fields: str) -> list[tuple]:
    return [tuple(getattr(figure, field) for field in fields) for figure in read_text(REPORT + text).figures]


@pytest.mark.parametrize("mark", ["{}) ", "{}. ", "- ", "+ ", "({}) "])
def test_the_number_of_an_item_is_no_part_of_its_name(mark):
    text = "\n".join(mark.format(n) + name + ": ước đạt 12 tấn." for n, name in ((1, "Giấy"), (5, "Xi măng")))
    assert read(text, "indicator") == [("product:giấy",), ("product:xi măng",)]


@pytest.mark.parametrize("letter", ["a", "b", "đ", "ii", "IV"])
def test_the_letter_of_an_item_is_no_part_of_its_name(letter):
    assert read(f"{letter}) Xi măng: tháng 8 đạt 80 tấn.", "indicator") == [("product:xi măng",)]


ITEMS = "\n1) Giấy: ước đạt 12 tấn, lũy kế 8 tháng 90 tấn.\n2) Xi măng: ước đạt 80 tấn, lũy kế 8 tháng 600 tấn."


@pytest.mark.parametrize(
    "lead",
    [
        "Sản lượng một số sản phẩm:",
        "Sản phẩm chủ yếu tháng 8:",
        "IIP tháng 8 tăng 5%; lũy kế 8 tháng tăng 4%. Một số sản phẩm chủ yếu:",
        "Lũy kế 8 tháng, IIP tăng 4%. Sản phẩm chủ yếu:",
        "Sản lượng lũy kế 8 tháng tăng khá:",
    ],
)
def test_an_item_starts_with_the_month_whatever_the_one_before_it_ended_with(lead):
    assert [period for (period,) in read(lead + ITEMS, "period")][-4:] == [MONTH, SO_FAR, MONTH, SO_FAR]


def test_so_does_each_product_of_a_list_in_one_sentence():
    text = "Giấy ước đạt 12 tấn, lũy kế 8 tháng 60 tấn; xi măng ước đạt 80 tấn, lũy kế 8 tháng 600 tấn."
    assert read(text, "period") == [(MONTH,), (SO_FAR,), (MONTH,), (SO_FAR,)]


def test_items_led_by_so_many_months_are_told_of_them():
    text = "Lũy kế 8 tháng, một số sản phẩm tăng khá:\n- Giấy: đạt 12 tấn.\n- Xi măng: đạt 80 tấn."
    assert read(text, "period") == [(SO_FAR,), (SO_FAR,)]


@pytest.mark.parametrize(
    "item",
    [
        "- Giá trị sản xuất công nghiệp tháng 8 đạt 10 tỷ đồng. Lũy kế 8 tháng ước thực hiện 80 tỷ đồng.",
        "- GTSXCN tháng 8 ước thực hiện 10 tỷ đồng; lũy kế 8 tháng ước thực hiện 80 tỷ đồng.",
        "- GTSXCN: tháng 8 đạt 10 tỷ đồng, tăng 3%, tính chung 8 tháng đạt 80 tỷ đồng.",
        "- Tháng 8 ước thực hiện 10 tỷ đồng. Lũy kế 8 tháng ước thực hiện 80 tỷ đồng.",
        "- Lũy kế 8 tháng ước thực hiện 80 tỷ đồng, tăng 4%.",
    ],
)
def test_money_in_an_item_behind_that_of_the_index_is_never_the_index(item):
    text = "- Chỉ số sản xuất công nghiệp tháng 8 tăng 5% so với cùng kỳ.\n" + item
    money = [indicator for indicator, unit in read(text, "indicator", "unit") if unit == "VND"]
    assert set(money) == {"industrial_output"}


def test_the_uses_of_power_keep_their_whole_names():
    text = (
        "Điện thương phẩm đạt 100 triệu kWh, trong đó: công nghiệp - xây dựng 60 triệu kWh, quản lý tiêu dùng dân cư "
        "30 triệu kWh, thương nghiệp và dịch vụ 5 triệu kWh, hoạt động khác 5 triệu kWh."
    )
    assert read(text, "segment")[1:] == [
        ("công nghiệp - xây dựng",), ("quản lý tiêu dùng dân cư",), ("thương nghiệp và dịch vụ",), ("hoạt động khác",)
    ]  # fmt: skip


def test_industry_beside_crafts_is_a_part_of_output():
    text = "GTSXCN đạt 100 tỷ đồng, trong đó công nghiệp 80 tỷ đồng, tiểu thủ công nghiệp 20 tỷ đồng."
    assert read(text, "segment") == [(None,), ("công nghiệp",), ("tiểu thủ công nghiệp",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Phấn đấu kim ngạch xuất khẩu năm 2024 đạt 110 triệu USD, tăng 10% so với ước thực hiện năm nay.",
        "Phấn đấu năm 2024 kim ngạch xuất khẩu đạt 110 triệu USD, tăng 10% so với thực hiện năm 2023.",
        "Mục tiêu năm 2024: kim ngạch xuất khẩu đạt 110 triệu USD, tăng 10% so với ước thực hiện năm 2023.",
        "Năm 2024, phấn đấu xuất khẩu đạt 110 triệu USD, tăng 10% so với năm nay; nhập khẩu đạt 90 triệu USD.",
        "Phấn đấu năm 2024 xuất khẩu đạt 110 triệu USD, tăng 10% so với thực hiện năm nay; bán lẻ đạt 5 tỷ đồng.",
        "Mục tiêu năm 2024: IIP tăng 10% so với năm 2023; kim ngạch xuất khẩu đạt 110 triệu USD.",
    ],
)
def test_a_target_of_next_year_is_held_against_this_year(sentence):
    figures = read(sentence, "status", "period")
    assert set(figures) == {("target", "2024")}
    assert {base for (base,) in read(sentence, "base")} == {None, "2023"}

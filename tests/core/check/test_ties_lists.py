# SPDX-License-Identifier: Apache-2.0
"""What a sentence lists behind a total makes it up, where words, owners or the numbers themselves say so."""

from __future__ import annotations

import pytest

from bamsat.core.check.checking import check
from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.stated import stated_of
from bamsat.core.read.reader import read_text
from bamsat.core.terms.data import shipped

LISTS = shipped("catalogue/ties.yml")["lists"]


def loud(text: str) -> list[tuple[str, str]]:
    findings = check(stated_of(read_text(f"Báo cáo của tỉnh Cao Bằng. {text}", "bao-cao.txt"))).findings
    return [(one.outcome, one.rule) for one in findings if one.needs_look]


def test_words_that_open_a_list_are_known_by_their_examples_only() -> None:
    known = Knowledge.shipped()
    assert all(known.listing(example.partition("đồng")[2]) is not None for example in LISTS["examples"])
    assert all(known.listing(example.partition("đồng")[2]) is None for example in LISTS["never"])


@pytest.mark.parametrize(("goods", "fails"), [("60", False), ("66", True), ("6", True)])
def test_what_is_said_to_be_all_of_a_total_makes_it_up(goods: str, fails: bool) -> None:
    text = "Tháng 9/2021, doanh thu của hội chợ đạt 90 tỷ đồng, gồm hàng tiêu dùng {} tỷ đồng và ăn uống 30 tỷ đồng."
    assert loud(text.format(goods)) == [("fails", "parts")] * fails


@pytest.mark.parametrize(("state", "expected"), [("512,3", []), ("521,3", [("fails", "parts")])])
def test_three_owners_are_all_of_anything_also_in_a_sentence_of_their_own(
    state: str, expected: list[tuple[str, str]]
) -> None:
    text = (
        "Quý III/2021, doanh thu các khu công nghiệp đạt 4.512,3 tỷ đồng. Trong đó: doanh nghiệp nhà nước "
        f"{state} tỷ đồng, doanh nghiệp ngoài nhà nước 1.000,0 tỷ đồng và doanh nghiệp có vốn ĐTNN 3.000,0 tỷ đồng."
    )
    assert loud(text) == expected


def test_two_owners_behind_a_colon_are_all() -> None:
    text = (
        "Năm 2021, vốn đăng ký của các dự án là 1.250 tỷ đồng: doanh nghiệp trong nước {} tỷ đồng, doanh nghiệp FDI "
        "420 tỷ đồng."
    )
    assert not loud(text.format("830"))
    assert loud(text.format("83")) == [("fails", "parts")]


def test_some_parts_of_a_total_leave_the_rest_open() -> None:
    assert not loud(
        "Năm 2021, vốn đăng ký của các dự án là 1.250 tỷ đồng, trong đó du lịch 310 tỷ đồng và thương mại 415 tỷ đồng."
    )


def test_parts_of_another_year_are_no_parts() -> None:
    assert not loud(
        "Năm 2021, vốn đăng ký của các dự án là 1.250 tỷ đồng, gồm du lịch 800 tỷ đồng và thương mại 450 tỷ đồng, "
        "năm 2020 là 900 tỷ đồng."
    )


@pytest.mark.parametrize(("garments", "loud_"), [("130,4", False), ("1.304", True)])
def test_what_is_listed_by_goods_or_markets_is_not_more_than_its_total(garments: str, loud_: bool) -> None:
    text = (
        "Tháng 9/2021, xuất khẩu đạt 320,5 triệu USD. Theo mặt hàng: điện tử 60,4 triệu USD, dệt may {} triệu USD. "
        "Theo thị trường: Trung Quốc 190 triệu USD, Mỹ 120 triệu USD."
    )
    assert [rule for _, rule in loud(text.format(garments))] == ["parts"] * loud_


@pytest.mark.parametrize(("base", "fails"), [("4.020", False), ("5.020", True)])
def test_a_free_name_is_one_thing_within_its_sentence(base: str, fails: bool) -> None:
    text = "Tháng 9/2021, doanh thu các khu công nghiệp đạt 4.352 tỷ đồng, tăng 8,3% so với cùng kỳ ({} tỷ đồng)."
    assert loud(text.format(base)) == [("fails", "growth")] * fails


def test_a_free_name_need_not_be_one_thing_in_two_sentences() -> None:
    assert not loud(
        "Năm 2021, vốn đăng ký của dự án đạt 1.250 tỷ đồng, tăng 12,5% so với năm 2020. Năm 2021, vốn đăng ký của "
        "dự án đạt 1.520 tỷ đồng. Năm 2020, vốn đăng ký của dự án đạt 500 tỷ đồng."
    )


@pytest.mark.parametrize(("share", "fails"), [("46,9", False), ("64,9", True)])
def test_a_share_beside_its_level_is_of_the_total_that_is_told(share: str, fails: bool) -> None:
    text = "Tháng 9/2021, xuất khẩu đạt 320,5 triệu USD, trong đó điện tử 150,2 triệu USD, chiếm {}% tổng kim ngạch."
    assert loud(text.format(share)) == [("fails", "share")] * fails


@pytest.mark.parametrize(("now", "fails"), [("4.532", False), ("4.352", True), ("4.700", False)])
def test_months_of_a_free_name_add_up_where_only_a_slip_denies_it(now: str, fails: bool) -> None:
    text = (
        "Lũy kế 8 tháng năm 2021, doanh thu các khu công nghiệp đạt 4.020 tỷ đồng. Tháng 9/2021, doanh thu các khu "
        f"công nghiệp đạt 512 tỷ đồng. Lũy kế 9 tháng năm 2021, doanh thu các khu công nghiệp đạt {now} tỷ đồng."
    )
    assert loud(text) == [("fails", "months")] * fails


def test_what_has_no_period_is_left_alone() -> None:
    assert not loud("Vốn đăng ký đạt 1.100 tỷ đồng, gồm công ty TNHH 700 tỷ đồng và công ty cổ phần 4.000 tỷ đồng.")

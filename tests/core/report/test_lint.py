# SPDX-License-Identifier: Apache-2.0
"""Numbers of a text held against figures that are known: traced, or called by the sort of mistake that they are."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.read.reader import read_text
from bamsat.core.report.lint import Known, KnownFigure, lint
from bamsat.core.terms.numbers import format_number
from bamsat.core.terms.period import Period

YEAR = Period.year(2021)
BILLION = Decimal(10**9)
TITLE = "Tình hình công nghiệp, thương mại tỉnh Cao Bằng năm 2021\n"


@dataclass(frozen=True)
class Tag:
    text: str
    entries: tuple[str, ...]


def level(value: object, **more: object) -> KnownFigure:
    number = Decimal(str(value))
    told = KnownFigure(
        "industrial_output", "level", number, number, number, "VND", YEAR, place="Cao Bằng", entry="a",
        names=("Giá trị sản xuất công nghiệp",),
    )  # fmt: skip
    return replace(told, **more)  # type: ignore[arg-type]


def growth(value: str, **more: object) -> KnownFigure:
    return level(value, **{"measure": "growth", "unit": "%", "base": Period.year(2020), "entry": "g"} | more)


def remarks(text: str, *figures: KnownFigure, tags: tuple[Tag, ...] = ()):
    reading = read_text(TITLE + text)
    return lint(reading.document, reading, tags, Known(figures, "Cao Bằng"))


def kinds(text: str, *figures: KnownFigure, tags: tuple[Tag, ...] = ()) -> list[str]:
    return [remark.kind for remark in remarks(text, *figures, tags=tags)]


OUTPUT = "Năm 2021, giá trị sản xuất công nghiệp đạt {}."


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 10**6), st.integers(0, 3))
def test_what_the_ledger_says_is_traced_however_many_digits_it_has(number: int, places: int):
    value = Decimal(number).scaleb(-places)
    text = OUTPUT.format(f"{format_number(value, places)} tỷ đồng")
    assert kinds(text, level(value * BILLION)) == []


@settings(deadline=None, max_examples=60)
@given(st.integers(10, 10**6), st.integers(1, 9))
def test_any_other_number_of_the_same_thing_is_called_wrong(number: int, off: int):
    text = OUTPUT.format(f"{format_number(Decimal(number))} tỷ đồng")
    assert len(kinds(text, level(Decimal(number + off) * BILLION))) == 1


@settings(deadline=None, max_examples=60)
@given(st.decimals("0.1", 90, places=2))
def test_a_direction_word_that_the_ledger_does_not_bear_out_is_called_so(percent: Decimal):
    text = "Năm 2021, giá trị sản xuất công nghiệp {} {}% so với năm 2020."
    said = format_number(percent, 2)
    assert kinds(text.format("tăng", said), growth(str(percent))) == []
    assert kinds(text.format("giảm", said), growth(str(percent))) == ["wrong_direction"]
    assert kinds(text.format("giảm", said), growth(str(-percent))) == []


@pytest.mark.parametrize(("words", "kind"), [
    ("5.300 triệu đồng", "wrong_unit"), ("5.300 triệu USD", "wrong_unit"), ("530 tỷ đồng", "wrong_unit"),
    ("5.200 tỷ đồng", "contradicts"), ("hơn 5.300 tỷ đồng", None), ("gần 5.300 tỷ đồng", None),
])  # fmt: skip
def test_a_level_is_called_by_how_it_differs(words: str, kind: str | None):
    assert kinds(OUTPUT.format(words), level(5300 * BILLION)) == ([kind] if kind else [])


def test_a_rounded_number_is_true_and_only_said_to_be_coarser():
    (remark,) = remarks(OUTPUT.format("5.300 tỷ đồng"), level("5299.83e9"))
    assert (remark.kind, remark.severity) == ("rounded", "information")


def test_an_old_value_is_stale_with_its_successor_and_the_day():
    old = level(5300 * BILLION, replaced_by="b", replaced_on=date(2022, 2, 3))
    (remark,) = remarks(OUTPUT.format("5.300 tỷ đồng"), old, level(5412 * BILLION, entry="b"))
    assert (remark.kind, remark.entry, remark.entry_now) == ("stale", "a", "b")
    assert "5.412 tỷ đồng" in remark.vi
    assert "03/02/2022" in remark.vi
    (gone,) = remarks(OUTPUT.format("5.300 tỷ đồng"), replace(old, replaced_by="-"))
    assert "đã rút khỏi sổ" in gone.vi


@pytest.mark.parametrize(("text", "wrong"), [
    ("Năm 2021, giá trị sản xuất công nghiệp tăng {} so với năm 2020", ("12,77%", "12,87%")),
    ("Năm 2021, giá trị sản xuất công nghiệp bằng {} kế hoạch năm", ("106%", "107%")),
    ("Năm 2021, khai khoáng chiếm {} giá trị sản xuất công nghiệp", ("10%", "11%")),
])  # fmt: skip
def test_what_follows_from_levels_is_traced_and_its_neighbour_is_not(text: str, wrong: tuple[str, str]):
    known = (
        level(5300 * BILLION), level(4700 * BILLION, period=Period.year(2020), entry="b"),
        level(5000 * BILLION, status="target", entry="c"), level(530 * BILLION, segment="khai khoáng", entry="d"),
    )  # fmt: skip
    assert kinds(text.format(wrong[0]) + ".", *known) == []
    assert kinds(text.format(wrong[1]) + ".", *known) == ["contradicts"]


def test_what_follows_from_a_value_that_was_replaced_is_stale():
    known = (
        level(5300 * BILLION, replaced_by="z"), level(5412 * BILLION, entry="z"),
        level(4700 * BILLION, period=Period.year(2020), entry="b"),
    )  # fmt: skip
    (remark,) = remarks("Năm 2021, giá trị sản xuất công nghiệp tăng 12,77% so với năm 2020.", *known)
    assert remark.kind == "stale"
    assert "15,15%" in remark.vi


def test_months_add_up_and_an_earlier_sum_is_taken_off():
    months = [level(n * 100 * BILLION, period=Period.month(2021, n), entry=str(n)) for n in range(1, 7)]
    assert kinds("6 tháng đầu năm 2021, giá trị sản xuất công nghiệp đạt 2.100 tỷ đồng.", *months) == []
    sums = [
        level(600 * BILLION, period=Period.quarter(2021, 1)),
        level(2100 * BILLION, period=Period.months(2021, 1, 6), entry="h"),
    ]
    assert kinds("Quý II năm 2021, giá trị sản xuất công nghiệp đạt 1.500 tỷ đồng.", *sums) == []


def test_a_balance_follows_from_its_sides():
    sides = [level("80e6", indicator="exports", unit="USD"), level("100e6", indicator="imports", unit="USD", entry="i")]
    assert kinds("Năm 2021, cán cân thương mại nhập siêu 20 triệu USD.", *sides) == []
    assert kinds("Năm 2021, cán cân thương mại xuất siêu 20 triệu USD.", *sides) == ["wrong_direction"]


def test_a_number_of_another_period_or_another_name_is_said_to_be():
    other = level(5300 * BILLION, period=Period.year(2020))
    assert kinds(OUTPUT.format("5.300 tỷ đồng"), other) == ["wrong_period"]
    goods = level(5317 * BILLION, indicator="retail_goods", names=("Doanh thu bán lẻ hàng hóa",))
    assert kinds(OUTPUT.format("5.317 tỷ đồng"), goods) == ["wrong_indicator"]


def test_what_nobody_knows_is_an_error_of_the_main_indicators_and_a_question_of_the_rest():
    assert [r.severity for r in remarks(OUTPUT.format("5.300 tỷ đồng"))] == ["error"]
    assert [r.severity for r in remarks("Năm 2021, Sở tổ chức 12 lớp tập huấn.")] == ["question"]


def test_numbers_that_are_no_figures_and_words_of_others_are_not_spoken_of():
    text = (
        "Căn cứ Nghị quyết số 12/NQ-HĐND ngày 10/12/2020.\n"
        "Đơn vị nêu: “Năm 2021, kim ngạch xuất khẩu đạt 999 triệu USD”."
    )
    assert kinds(text) == []


def test_a_tag_finds_its_entry_where_the_words_no_longer_name_it():
    known = level(5300 * BILLION, indicator="explosives_used", names=("Vật liệu nổ",))
    text = OUTPUT.format("5.100 tỷ đồng")
    assert kinds(text, known) == ["untraceable"]
    assert kinds(text, known, tags=(Tag("5.100 tỷ đồng", ("a",)),)) == ["contradicts"]


def test_a_tag_whose_number_is_no_number_any_more_is_asked_about():
    (remark,) = remarks("Giá trị sản xuất công nghiệp rất lớn.", level(5300 * BILLION), tags=(Tag("rất lớn", ("a",)),))
    assert (remark.kind, remark.severity, remark.words) == ("unread", "question", "rất lớn")


def test_the_same_remarks_come_in_the_order_of_the_text():
    text = "Năm 2021, kim ngạch xuất khẩu đạt 9 triệu USD; kim ngạch nhập khẩu đạt 8 triệu USD."
    found = remarks(text)
    assert [remark.words for remark in found] == ["9 triệu USD", "8 triệu USD"]
    assert [remark.start for remark in found] == sorted(remark.start for remark in found)

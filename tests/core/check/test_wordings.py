# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

from bamsat.core.check.beside.wordings import findings
from bamsat.core.check.stated import stated_of
from bamsat.core.read.reader import read_text
from bamsat.core.terms.data import shipped

WORDINGS = shipped("phrases/wordings.yml")
TESTS = Path(__file__).parents[2]
SHARED = TESTS.parents[1] / "shared"
TEXTS = [*sorted((TESTS / "specimens").glob("*/*.txt")), *sorted((SHARED / "eval" / "reports").glob("*.txt"))]
SLOW = (
    "Năm 2020, các lĩnh vực công nghiệp, thương mại, dịch vụ của tỉnh đều tăng trưởng chậm. Giá trị sản xuất công "
    "nghiệp ước đạt 6.800 tỷ đồng, giảm 1,7%; tổng mức bán lẻ hàng hóa đạt 4.615 tỷ đồng, tăng 2,6%; kim ngạch xuất "
    "khẩu đạt 156 triệu USD, giảm 15,3% và kim ngạch nhập khẩu đạt 146 triệu USD, giảm 21,6% so với cùng kỳ năm 2019."
)


def found(text):
    reading = read_text(text, "bao-cao")
    stated = stated_of(reading)
    numbers = {one.key: one.figure.number for one in stated}
    return findings(stated, reading.statements), numbers


def failing(text):
    told, numbers = found(text)
    return [[numbers[key] for key in one.figures] for one in told if one.outcome == "fails"]


@pytest.mark.parametrize("example", WORDINGS["examples"], ids=lambda example: example["text"])
def test_it_finds_what_the_examples_of_the_phrases_contradict(example):
    assert failing(example["text"]) == [example["figures"]]


@pytest.mark.parametrize("text", WORDINGS["never"])
def test_it_finds_nothing_in_the_counter_examples(text):
    assert found(text)[0] == []


def test_slow_growth_that_introduces_three_falls_is_a_contradiction_of_all_four_figures():
    (one,), numbers = found(SLOW)
    assert (one.outcome, one.severity, one.rule) == ("fails", "error", "wording")
    assert [numbers[key] for key in one.figures] == ["1,7%", "2,6%", "15,3%", "21,6%"]
    assert "3 trong 4 số" in one.vi
    assert one.repairs == ()


def test_the_one_figure_that_differs_may_have_the_wrong_sign():
    (one,), numbers = found(SLOW.replace("giảm 15,3%", "tăng 15,3%").replace("giảm 21,6%", "tăng 21,6%"))
    (repair,) = one.repairs
    assert (numbers[repair.figure], repair.slip, repair.number) == ("1,7%", "sign", "1,7%")


def test_several_that_are_not_all_are_only_asked_about():
    (one,), _ = found(SLOW.replace("đều tăng trưởng chậm", "tăng trưởng chậm"))
    assert (one.outcome, one.severity) == ("cannot_tell", "question")


def test_a_minus_behind_the_word_that_says_it_is_asked_about():
    (one,), _ = found("Năm 2021, kim ngạch xuất khẩu giảm -5% so với cùng kỳ.")
    assert (one.outcome, one.severity, one.repairs[0].slip) == ("cannot_tell", "question", "sign")


@pytest.mark.parametrize(
    "text",
    [
        "Tháng 5/2022, kim ngạch xuất khẩu giảm so với cùng kỳ, tăng 3,2% so với tháng trước.",
        "Tháng 5/2022, kim ngạch xuất khẩu giảm so với cùng kỳ nhưng tăng 3,2% so với tháng trước.",
        "Tháng 5/2022, kim ngạch xuất khẩu giảm mạnh, tăng 3,2% so với tháng trước.",
    ],
)
def test_a_growth_on_the_month_before_does_not_contradict_what_is_said_of_the_year(text):
    assert failing(text) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_it_is_silent_on_reports_whose_words_and_numbers_agree(path):
    reading = read_text(path.read_text(encoding="utf-8"), path.name)
    assert [one.vi for one in findings(stated_of(reading), reading.statements)] == []

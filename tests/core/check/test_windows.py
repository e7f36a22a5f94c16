# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal
from pathlib import Path

import pytest

from bamsat.core.check.beside.windows import findings
from bamsat.core.check.stated import stated_of
from bamsat.core.read.reader import read_text
from bamsat.core.terms.data import shipped

ROUNDS = shipped("phrases/rounds.yml")
PERIODS = shipped("phrases/windows.yml")
TESTS = Path(__file__).parents[2]
TEXTS = [
    *sorted((TESTS / "specimens").glob("*/*.txt")),
    *sorted((TESTS.parents[1] / "shared" / "eval" / "reports").glob("*.txt")),
]
RELIEF = (
    "Công ty Điện lực hỗ trợ đợt 3 giảm tiền điện từ tháng 6 đến tháng 12/2021 là 3,926 tỷ đồng; "
    "tính chung cả 3 đợt hỗ trợ từ tháng 5/2020 đến tháng 6/2021 là 35,625 tỷ đồng."
)


def found(text, dated=""):
    stated = stated_of(read_text(text, "bao-cao"))
    numbers = {one.key: one.figure.number for one in stated}
    return findings(stated, {"bao-cao": dated}), numbers


def failing(text):
    told, numbers = found(text)
    return [[numbers[key] for key in one.figures] for one in told if one.outcome == "fails"]


@pytest.mark.parametrize("example", ROUNDS["examples"], ids=lambda example: example["text"])
def test_it_finds_what_the_examples_of_the_phrases_contradict(example):
    assert failing(example["text"]) == [example["figures"]]


@pytest.mark.parametrize("text", ROUNDS["never"])
def test_it_finds_nothing_in_the_counter_examples(text):
    assert failing(text) == []


def test_a_total_that_ends_before_its_last_round_does_gets_the_rounds_end_as_repair():
    (window, remainder), numbers = found(RELIEF)
    assert (window.outcome, window.severity, window.rule) == ("fails", "error", "window")
    assert [numbers[key] for key in window.figures] == ["3,926 tỷ đồng", "3 đợt", "35,625 tỷ đồng"]
    (repair,) = window.repairs
    assert (numbers[repair.figure], repair.slip) == ("35,625 tỷ đồng", "period")
    assert repair.number == "từ tháng 5/2020 đến tháng 12/2021"
    assert remainder.outcome == "holds"


def test_what_is_left_of_a_total_for_the_other_rounds_is_told():
    (_, remainder), _ = found(RELIEF)
    (bound,) = remainder.bounds
    assert (bound.low, bound.high) == (Decimal("31698000000"), Decimal("31700000000"))
    assert "31,698 – 31,7 tỷ đồng" in remainder.vi


def test_a_round_that_gave_more_than_all_of_them_cannot_be_true():
    (remainder,), _ = found("Đợt 2 năm 2022 cấp 900 tấn gạo; tính chung cả 2 đợt năm 2022 cấp 640 tấn gạo.")
    assert (remainder.outcome, remainder.severity) == ("fails", "error")


def test_a_growth_against_its_own_period_cannot_be_true():
    (one,), _ = found("Kim ngạch xuất khẩu năm 2022 đạt 100 triệu USD, tăng 5% so với cùng kỳ năm 2022.")
    assert (one.outcome, one.repairs[0].slip, one.repairs[0].number) == ("fails", "base", "năm 2021")


def test_a_growth_against_a_later_year_is_asked_about():
    (one,), _ = found("Kim ngạch xuất khẩu năm 2021 đạt 100 triệu USD, tăng 5% so với năm 2022.")
    assert (one.outcome, one.severity) == ("cannot_tell", "question")


def test_a_plan_of_another_year_is_asked_about():
    (one,), _ = found("Thu ngân sách 9 tháng năm 2021 đạt 300 tỷ đồng, bằng 70% kế hoạch năm 2022.")
    assert (one.outcome, one.severity, one.repairs[0].number) == ("cannot_tell", "question", "năm 2021")


@pytest.mark.parametrize("example", PERIODS["examples"], ids=lambda example: example["text"])
def test_it_finds_periods_that_do_not_go_together(example):
    told, numbers = found(example["text"])
    assert [(one.outcome, [numbers[key] for key in one.figures]) for one in told] == [
        (example["outcome"], example["figures"])
    ]


@pytest.mark.parametrize(
    "text",
    [*PERIODS["never"], "Kim ngạch xuất khẩu năm 2022 đạt 100 triệu USD, tăng 5% so với cùng kỳ năm 2021."],
)
def test_periods_that_go_together_are_not_mentioned(text):
    assert found(text)[0] == []


def test_months_in_brackets_that_are_not_those_of_the_quarter_are_set_beside_them():
    (one,), _ = found("Quý II/2022 (từ tháng 4 đến tháng 9/2022), sản lượng điện đạt 420 triệu kWh.")
    assert one.calc == "[04/2022 – 06/2022] ≠ [04/2022 – 09/2022]"


def test_what_is_told_as_done_before_its_time_is_asked_about():
    told = "Kim ngạch xuất khẩu năm 2022 đạt 100 triệu USD."
    assert [one.severity for one in found(told, "2021-12-20")[0]] == ["question"]
    assert found(told, "2022-12-20")[0] == []
    assert found("Kim ngạch xuất khẩu năm 2022 ước đạt 100 triệu USD.", "2021-12-20")[0] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_it_is_silent_on_reports_without_such_slips(path):
    reading = read_text(path.read_text(encoding="utf-8"), path.name)
    told = findings(stated_of(reading), {path.name: reading.document.attributes.get("dated", "")})
    assert [one.vi for one in told if one.needs_look] == []

# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from bamsat.core.read.loaders import from_text, load
from bamsat.core.read.statements import statements, wordings
from bamsat.core.terms.data import shipped
from bamsat.core.terms.period import Period

GROUPS = shipped("phrases/statements.yml")["groups"]
EXAMPLES = [example for group in GROUPS for example in group["examples"]]
NEVER = [sentence for group in GROUPS for sentence in group.get("never", ())]
SHARED = Path(__file__).parents[4] / "shared"
GOLD = SHARED / "eval" / "articles_qualitative.jsonl"


def read(text, period="2021"):
    parsed = Period.parse(period)
    return statements(from_text(text), SimpleNamespace(period=parsed, year=parsed.start_year))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"])
def test_it_marks_the_examples_of_the_phrases(example):
    found = read(example["text"])
    assert [(one.text, one.sign) for one in found] == [(example["marks"], example["sign"])]


@pytest.mark.parametrize("sentence", NEVER)
def test_it_marks_nothing_in_the_counter_examples(sentence):
    assert read(sentence) == ()


def test_every_meaning_has_an_example():
    assert all(group["examples"] for group in GROUPS)


def test_a_wording_with_sets_stands_for_each_of_their_words():
    assert list(wordings("a [b] c")) == ["a b c", "a c"]
    assert "đều giảm" in set(wordings("{together} {down}"))


def test_the_span_cuts_out_the_words():
    text = "Mở đầu.\nDù vậy, hạ tầng các chợ còn hạn chế; sức mua tăng khá."
    found = read(text)
    assert [text[one.start : one.end] for one in found] == ["hạ tầng các chợ còn hạn chế", "sức mua tăng khá"]
    assert [one.text for one in found] == [text[one.start : one.end] for one in found]


def test_it_takes_the_period_that_is_named_and_the_year_before_as_base():
    found = read("Năm 2022, doanh thu du lịch đều giảm so với năm trước.")
    assert [(one.period, one.base) for one in found] == [("2022", "2021")]


def test_without_a_period_it_takes_the_documents():
    assert [one.period for one in read("Sức mua tăng khá.", "2023-07")] == ["2023-07"]


def test_a_question_states_nothing():
    assert read("Vì sao sức mua tăng khá?") == ()


def test_the_number_in_covid_19_is_no_figure():
    assert [one.sign for one in read("Từ khi có dịch COVID-19, sản xuất bị ảnh hưởng nặng nề.")] == ["-"]


def test_it_finds_nine_in_ten_of_the_annotated_statements_and_does_not_flood_the_page():
    gold = [json.loads(row) for row in GOLD.read_text(encoding="utf-8").splitlines()] if GOLD.exists() else []
    right = 0
    for path in sorted((SHARED / "articles").glob("*.txt")):
        found = statements(load(path), SimpleNamespace(period=Period.year(2021), year=2021))
        assert len(found) <= 25
        right += sum(any(agree(one, row) for one in found) for row in gold if row["doc"] == path.name)
    assert right >= 0.9 * len(gold)


def agree(one, row):
    shared = min(one.end, row["end"]) - max(one.start, row["start"])
    both = max(one.end, row["end"]) - min(one.start, row["start"])
    return shared / both >= 0.5 and one.sign == row["sign"]

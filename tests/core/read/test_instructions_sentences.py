# SPDX-License-Identifier: Apache-2.0
"""Sentences of letters, plans and newspapers with what each asks between ⟦ and ⟧; those without ask nothing."""

import re
from pathlib import Path

import pytest

from bamsat.core.read.instructing.words import Marks
from bamsat.core.read.reader import read_text

SAID = Path(__file__).parents[2] / "specimens/directives/asked.txt"
SENTENCES = [line.replace("\\n", "\n") for line in SAID.read_text(encoding="utf-8").splitlines()]


def parted(marked):
    text, spans, begin = "", [], 0
    for part in re.split("([⟦⟧])", marked):
        if part == "⟦":
            begin = len(text)
        elif part == "⟧":
            spans.append((begin, len(text)))
        else:
            text += part
    return text, spans


def share(a, b):
    return (min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


@pytest.mark.parametrize("marked", SENTENCES, ids=lambda marked: marked[:60])
def test_it_reads_what_a_sentence_asks_and_nothing_more(marked):
    text, spans = parted(marked)
    found = [(one.start, one.end) for one in read_text(text).instructions]
    assert len(found) == len(spans)
    assert all(2 * share(one, other) >= 1 for one, other in zip(found, spans, strict=True))


def test_both_sides_are_held_by_many_sentences():
    asking = [marked for marked in SENTENCES if "⟦" in marked]
    assert len(asking) >= 40
    assert len(SENTENCES) - len(asking) >= 20


def test_a_wording_that_ends_within_a_word_gives_way_to_a_shorter_one():
    low = "sở sẽ làm việc với công ty"
    assert [low[mark.start : mark.end] for mark in Marks(low).within(0, len(low))][:3] == ["sở", "sẽ", "làm việc"]


def test_a_heading_with_the_words_of_somebody_names_who_speaks_and_not_who_works():
    text = (
        "Ý KIẾN CHỈ ĐẠO CỦA CHỦ TỊCH UBND TỈNH\n- Rà soát quỹ đất dành cho chợ.\n- Mở lớp tập huấn cho tiểu thương.\n"
    )
    found = read_text(text).instructions
    assert [(one.who, one.said_by) for one in found] == [("", "CHỦ TỊCH UBND TỈNH")] * 2


def test_a_text_without_a_date_takes_the_year_that_it_said_last():
    found = read_text(
        "Giao Sở Tài chính thẩm định, xong trong tháng 11/2025; Sở Nội vụ báo cáo trước 25/12."
    ).instructions
    assert [one.due for one in found] == ["2025-11-30", "2025-12-25"]


def test_a_day_to_come_is_not_taken_for_the_date_of_the_document():
    found = read_text(
        "Giao Sở Nội vụ báo cáo lần đầu vào ngày 01/6/2026; Sở Tài chính báo cáo trước 29/5."
    ).instructions
    assert found[-1].due == "2026-05-29"

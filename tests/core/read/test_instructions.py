# SPDX-License-Identifier: Apache-2.0
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.read.apart import read_apart
from bamsat.core.read.instructing.whens import when
from bamsat.core.read.loaders import from_text, load
from bamsat.core.read.reader import figures, read_text
from bamsat.core.terms.data import shipped
from bamsat.core.terms.directive import ASKED, TIMES

WORDS = shipped("phrases/instructions.yml")
DEADLINES = shipped("phrases/deadlines_said.yml")
EXAMPLES = [example for entry in WORDS for example in entry.get("examples", ())]
NEVER = [sentence for entry in WORDS for sentence in entry.get("never", ())]
DEVELOPED = Path(__file__).parents[2] / "specimens/directives/developed.jsonl"
ROWS = [json.loads(line) for line in DEVELOPED.read_text(encoding="utf-8").splitlines()]


def asked(text, dated=""):
    document = from_text(text)
    if dated:
        document = replace(document, attributes=document.attributes | {"dated": dated})
    return figures(document).instructions


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"])
def test_it_reads_the_examples_of_the_phrases(example):
    found = asked(example["text"])
    assert [one.text for one in found] == example["marks"]
    assert {one.kind for one in found} == {example["kind"]}


@pytest.mark.parametrize("sentence", NEVER)
def test_it_reads_nothing_in_the_counter_examples(sentence):
    assert asked(sentence) == ()


@pytest.mark.parametrize(
    "example", [one for entry in DEADLINES for one in entry["examples"]], ids=lambda example: example["text"]
)
def test_it_reads_the_deadlines_of_the_phrases(example):
    found = when(example["text"].lower(), 0, len(example["text"]), str(example["dated"]))
    said = example["text"][found.start : found.end]
    assert (said, found.time, found.due) == (example["words"], example["time"], example["due"] and str(example["due"]))


@pytest.mark.parametrize("sentence", [one for entry in DEADLINES for one in entry.get("never", ())])
def test_it_takes_no_other_words_for_a_deadline(sentence):
    assert when(sentence.lower(), 0, len(sentence), "2026-05-28").time == "none"


@pytest.mark.parametrize(
    "example", [one for entry in shipped("phrases/serves.yml") for one in entry.get("examples", ())]
)
def test_it_says_which_indicator_work_serves(example):
    assert [list(one.indicators) for one in asked(example["text"])] == [example["codes"]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_it_reads_the_sentences_it_was_developed_on(row):
    found = asked(row["text"], row["dated"])
    spans = [(task["start"], task["end"]) for task in row["tasks"]]
    assert [any(2 * share(span, (one.start, one.end)) >= 1 for one in found) for span in spans] == [True] * len(spans)
    assert len(found) == len(spans)


def share(a, b):
    return (min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


LETTER = """UBND tỉnh yêu cầu các đơn vị thực hiện một số nội dung sau:
1. Giao Sở Công Thương chủ trì, phối hợp với Sở Tài chính, UBND các xã:
a) Lập danh mục chợ cần nâng cấp trước ngày 15/9.
b) Theo dõi giá cả các mặt hàng thiết yếu.
2. Trung tâm Khuyến công:
- Mở 3 lớp tập huấn trong quý IV/2026.
"""


def test_a_heading_that_names_a_body_governs_the_lines_below_it():
    found = asked(LETTER, "2026-08-03")
    assert [one.who for one in found] == ["Sở Công Thương", "Sở Công Thương", "Trung tâm Khuyến công"]
    assert found[0].supporting == ("Sở Tài chính", "UBND các xã")
    assert [one.due for one in found] == ["2026-09-15", None, "2026-12-31"]
    assert {"who", "due"} <= set(found[0].inferred)
    assert {one.said_by for one in found} == {"UBND tỉnh"}


def test_what_a_report_looks_back_on_is_not_asked():
    report = "I. KẾT QUẢ THÁNG 8\n- Tổ chức kiểm tra 5 chợ.\n- Phối hợp mở phiên chợ vùng cao.\n"
    assert asked(report + "II. NHIỆM VỤ THÁNG 9\n- Tổ chức kiểm tra 7 chợ.\n", "2026-08-25")[0].text.endswith("7 chợ")
    assert asked(report, "2026-08-25") == ()


def test_a_row_of_a_table_of_tasks_is_an_instruction(tmp_path):
    table = (
        "| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian | Sản phẩm |\n|--|--|--|--|--|--|\n"
        "| 1 | Rà soát quy hoạch cụm | Sở Công Thương | Sở Xây dựng; UBND xã | Trước 30/9/2026 | Báo cáo |\n"
        "| 2 | Kiểm tra an toàn hồ đập thủy điện | Sở Công Thương |  | Thường xuyên |  |\n"
    )
    file = tmp_path / "phu-luc.md"
    file.write_text("# Phụ lục phân công nhiệm vụ\n\n" + table, encoding="utf-8")
    first, second = figures(load(file)).instructions
    assert (first.text, first.who, first.supporting) == (
        "Rà soát quy hoạch cụm", "Sở Công Thương", ("Sở Xây dựng", "UBND xã")
    )  # fmt: skip
    assert (first.due, second.time) == ("2026-09-30", "standing")


def test_a_figure_to_be_reached_is_a_condition_that_a_machine_can_check():
    (found,) = asked("Phấn đấu đến 30/9/2026 kim ngạch xuất khẩu đạt ít nhất 210 triệu USD.", "2026-07-02")
    assert (found.kind, found.due) == ("target", "2026-09-30")
    assert found.condition is not None
    assert (found.condition.indicator, found.condition.comparison) == ("exports", ">=")
    assert found.condition.value == Decimal(210_000_000)


def test_who_helps_is_no_part_of_what_a_condition_is_about():
    said = (
        "Giao Sở Công Thương phối hợp với Sở Tài chính giải ngân vốn khuyến công đạt ít nhất 95% kế hoạch trước 25/12."
    )
    (found,) = asked(said, "2026-11-20")
    assert found.condition is not None
    assert (found.condition.indicator, found.condition.value) == ("promotion:khuyến công", 95)


def test_what_is_asked_of_those_above_is_a_proposal_with_its_addressee():
    (found,) = asked("Đề nghị Bộ Công Thương bố trí vốn khuyến công quốc gia năm 2027.", "2026-07-02")
    assert (found.kind, found.addressee) == ("proposal", "Bộ Công Thương")


def test_instructions_cross_the_border_of_the_process_unchanged(tmp_path):
    file = tmp_path / "cong-van.txt"
    file.write_text(LETTER + "Phấn đấu xuất khẩu đạt 210 triệu USD trước ngày 31/12/2026.\n", encoding="utf-8")
    apart = read_apart(file)
    assert apart.instructions == figures(load(file)).instructions
    assert any(one.condition for one in apart.instructions)


_FRAGMENTS = st.sampled_from(
    [said for entry in WORDS for said in entry["says"][:6]]
    + ["Sở Công Thương", "UBND tỉnh", "trước ngày 30/9", "30/02", "31/4/2026", "hằng tháng", ":", ";", ".", "\n",
       "\n- ",
       "\na) ",
       "\n1. ", "(", ")", "(i)", ",", "…", "5%", "120 tỷ đồng", "giai đoạn 2021-2025", "\nII. ", "?", "/./", "\""]
)  # fmt: skip


@given(st.lists(_FRAGMENTS | st.text(max_size=8), max_size=40))
def test_any_text_gives_spans_inside_it_in_order_and_none_over_another(parts):
    reading = read_text(" ".join(parts))
    text, end = reading.document.text, 0
    for one in reading.instructions:
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert one.kind in ASKED
        assert one.time in TIMES
        assert one.due is None or (one.by_when and len(one.due) == 10)
        end = one.end


def test_the_same_text_is_read_the_same_twice():
    assert asked(LETTER) == asked(LETTER)

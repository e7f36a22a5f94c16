# SPDX-License-Identifier: Apache-2.0
"""The files of data/reports: every shipped one is understood, and a mistake in one is said with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from bamsat.core.report.outline import Frame as OutlineFrame
from bamsat.core.report.outline import Heading, Lacking, Paragraph, Report, Words
from bamsat.core.terms.data import shipped
from bamsat.core.terms.period import Period
from bamsat.rooms.reports.content.kinds import KindMistaken, kinds, read_kind
from bamsat.rooms.reports.content.ordering import Part, numbered, without_lacking
from bamsat.rooms.reports.naming import frequency_of, offered

PERIODIC = ("thang", "quy", "6-thang", "9-thang", "nam", "5-nam", "chuyen-de")


def a_kind(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(yaml.safe_dump(shipped("reports/nam.yml")))
    return told | changes


def test_every_periodic_kind_is_there_in_the_order_of_the_year():
    assert tuple(kinds())[: len(PERIODIC)] == PERIODIC


@pytest.mark.parametrize("code", kinds())
def test_a_kind_is_called_as_pages_call_it_and_comes_as_often(code: str):
    assert code in offered()
    assert kinds()[code].frequency == (frequency_of(code) or "once")


@pytest.mark.parametrize("code", kinds())
def test_titles_and_headings_name_only_what_a_report_knows(code: str):
    says = dict.fromkeys(("period", "next", "year", "place", "field", "committee"), "x")
    kind = kinds()[code]
    patterns = [kind.title, *kind.recipients, *(one.title for one in kind.appendices)]
    patterns += [text for section in kind.all_sections() for text in (section.heading, section.lead)]
    assert all("{" not in pattern.format_map(says) for pattern in patterns)


@pytest.mark.parametrize("code", kinds())
def test_it_ends_with_what_is_filed(code: str):
    assert kinds()[code].recipients[-1].startswith("Lưu: VT")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sections": [{"heading": "A", "sets": ["khong-co"]}]}, "sets: không biết “khong-co”"),
        ({"sections": [{"heading": "A", "indicators": ["gdp"]}]}, "indicators: không biết “gdp”"),
        ({"sections": [{"heading": "A", "note": ["cause"]}]}, "không biết khóa “note”"),
        ({"sections": [{"heading": "A", "notes": ["reason"]}]}, "notes: không biết “reason”"),
        ({"sections": [{"heading": "A", "sections": [{"heading": "B", "tables": ["x"]}]}]}, "sections[1].sections[1]"),
        ({"sections": [{}]}, "không có tiêu đề và không nói gì"),
        ({"sections": []}, "không có mục nào"),
        ({"frequency": "week"}, "frequency: không biết “week”"),
        ({"appendices": [{"title": "A", "form": "bieu-la"}]}, "form: không biết “bieu-la”"),
        ({"title": ""}, "thiếu title"),
        ({"colour": "red"}, "không biết khóa “colour”"),
        ({"recipients": "Bộ Công Thương"}, "recipients phải là một danh sách chữ"),
    ],
)
def test_a_mistake_in_a_file_is_said_with_its_place(changes: dict[str, Any], says: str):
    with pytest.raises(KindMistaken) as mistake:
        read_kind(a_kind(**changes), "nam.yml")
    assert str(mistake.value).startswith("data/reports/nam.yml")
    assert says in str(mistake.value)
    assert mistake.value.en.startswith("data/reports/nam.yml")


@pytest.mark.parametrize(
    ("code", "fit", "unfit"),
    [
        ("thang", "2026-10", "2026-Q3"),
        ("quy", "2026-Q3", "2026-08/2026-10"),
        ("6-thang", "2026-01/2026-06", "2026-02/2026-07"),
        ("9-thang", "2026-01/2026-09", "2026-04/2026-12"),
        ("nam", "2026", "2026-10"),
        ("5-nam", "2021/2025", "2021/2024"),
    ],
)
def test_a_kind_fits_its_periods(code: str, fit: str, unfit: str):
    assert kinds()[code].fits(Period.parse(fit))
    assert not kinds()[code].fits(Period.parse(unfit))


def said(text: str) -> Paragraph:
    return Paragraph((Words(text),))


def test_headings_are_numbered_by_level_and_empty_parts_are_left_out():
    inner = (Part("Rỗng"), Part("Có", (said("a"),), (Part("Sâu", (said("b"),)),)))
    blocks = numbered([Part("Trống", (), (Part("Trống nữa"),)), Part("Đầu", (), inner), Part("Sau", (said("c"),))])
    assert [(one.level, one.number, one.text) for one in blocks if isinstance(one, Heading)] == [
        (1, "I.", "Đầu"), (2, "1.", "Có"), (3, "a)", "Sâu"), (1, "II.", "Sau"),
    ]  # fmt: skip


def test_what_is_issued_has_no_mark_of_a_draft_and_no_heading_over_nothing():
    lack: Callable[[], Part] = lambda: Part("Thiếu", (Lacking("chưa có"),))  # noqa: E731
    draft = numbered([Part("A", (), (lack(), Part("B", (said("b"),)))), lack(), Part("C", (said("c"),))])
    issued = without_lacking(Report(OutlineFrame(), tuple(draft))).blocks
    assert [(one.number, one.text) for one in issued if isinstance(one, Heading)] == [
        ("I.", "A"), ("1.", "B"), ("II.", "C"),
    ]  # fmt: skip
    assert not any(isinstance(one, Lacking) for one in issued)

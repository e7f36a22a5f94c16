# SPDX-License-Identifier: Apache-2.0
"""Which numbers of a draft differ from those of the report before, and the reason, told in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.report.differences import (
    REASONS,
    Entered,
    difference_paragraph,
    differences,
    summary,
)
from bamsat.core.report.wording import Setting
from bamsat.core.terms.period import Period


def number(value: str = "450000000000", entry: str = "a", **more: Any) -> dict[str, Any]:
    return {
        "text": value, "indicator": "industrial_output", "segment": "", "measure": "level", "period": "2026-09",
        "base": "", "value": value, "unit": "VND", "status": "actual", "hedge": "", "area": "", "price_basis": "",
        "entries": [entry],
    } | more  # fmt: skip


def exact(value: str, text: str) -> dict[str, Any]:
    return number(value) | {"text": text}


OLD, NEW = number(), number("455000000000", "b")
DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("now", "before", "entered", "why"),
    [
        (NEW, OLD, {"a": Entered("2026-09", replaced_by="b", reason="cộng sót", on=DAY)}, "corrected"),
        (NEW, OLD, {"a": Entered("2026-08", replaced_by="c")}, "part_corrected"),
        (NEW, OLD, {"a": Entered("2026-09", withdrawn=True, reason="nhầm")}, "withdrawn"),
        (NEW, OLD | {"status": "estimate"}, {}, "actual"),
        (NEW, OLD, {"a": Entered("2026-09", vintage="estimate"), "b": Entered("2026-09")}, "released"),
        (NEW, OLD, {"a": Entered("2026-09", source="Sở"), "b": Entered("2026-09", source="Thống kê")}, "source"),
        (NEW, OLD, {"a": Entered("2026-09", place="cũ"), "b": Entered("2026-09", place="mới")}, "boundaries"),
        (NEW, OLD, {"a": Entered("2026-08"), "b": Entered("2026-09")}, "months"),
        (exact("453400000000", "453,4 tỷ đồng"), exact("453000000000", "453 tỷ đồng"), {}, "exact"),
        (exact("453600000000", "453,6 tỷ đồng"), exact("453000000000", "453 tỷ đồng"), {}, "unknown"),
        (exact("455000000000", "455 tỷ đồng"), exact("450000000000", "450 tỷ đồng"), {}, "unknown"),
        (number(hedge="over"), OLD, {}, "hedge"),
        (NEW, OLD, {}, "unknown"),
        (
            number("5.1", "b", measure="growth", unit="%", base="2025-09"),
            number("4.9", "a", measure="growth", unit="%", base="2025-09"),
            {"a": Entered("2025-09", replaced_by="b")},
            "base_corrected",
        ),
    ],
)
def test_each_difference_has_its_likeliest_reason(now: Any, before: Any, entered: Any, why: str):
    [found] = differences([now], [before], entered)
    assert found.why == why
    assert found.reason()
    assert found.reason(english=True)


def test_who_corrected_when_and_why_is_told():
    entered = {"a": Entered("2026-09", replaced_by="b", reason="cộng sót một xã", by="Trưởng phòng", on=DAY)}
    [found] = differences([NEW], [OLD], entered)
    assert found.reason() == "số được đính chính ngày 05/10/2026: “cộng sót một xã”"
    assert summary([found], "báo cáo tháng 9 năm 2026")[0] == (
        "Một số khác với báo cáo tháng 9 năm 2026, vì số được đính chính ngày 05/10/2026: “cộng sót một xã”."
    )


def test_several_are_summed_up_by_their_reasons():
    numbers = [number(str(450 + at), f"b{at}", period=f"2026-0{at + 1}") for at in range(3)]
    before = [number("400", f"a{at}", period=f"2026-0{at + 1}", status="estimate") for at in range(3)]
    before[2]["status"] = "actual"
    entered = {"a2": Entered("2026-03", replaced_by="b2")}
    found = differences(numbers, before, entered)
    vi, en = summary(found, "báo cáo tháng 9 năm 2026", "the September report")
    assert vi == ("Ba số khác với báo cáo tháng 9 năm 2026: 2 số ước nay là số thực hiện; 1 số được đính chính.")
    assert en.startswith("Three figures differ from the September report: 2 estimates became actual figures")


def test_what_only_one_report_tells_counts_where_both_are_of_one_period():
    assert differences([NEW], []) == ()
    assert differences([], [OLD]) == ()
    assert [each.kind for each in differences([NEW], [number(measure="share")], same_period=True)] == ["new", "gone"]


def test_a_target_is_never_held_against_a_result():
    assert differences([NEW], [OLD | {"status": "target"}]) == ()


def test_the_official_paragraph_tells_new_values_only():
    found = differences([NEW], [OLD], {"a": Entered("2026-09", replaced_by="b")})
    setting = Setting(Period.month(2026, 10), "Cao Bằng")
    paragraph = difference_paragraph(
        found, "báo cáo tháng 9 năm 2026", {"industrial_output": "Giá trị sản xuất công nghiệp"}, setting
    )
    assert paragraph is not None
    text = "".join(piece.text for piece in paragraph.pieces).replace("\xa0", " ")
    assert "455 tỷ đồng" in text
    assert "450" not in text
    assert difference_paragraph((), "báo cáo", {}, setting) is None


def test_every_reason_is_told_in_both_languages():
    assert all(len(told) == 4 and all(told) for told in REASONS.values())


_numbers = st.lists(
    st.builds(
        number,
        st.integers(-(10**15), 10**15).map(str),
        st.sampled_from("abc"),
        period=st.sampled_from(["2026-08", "2026-09", "2026"]),
        measure=st.sampled_from(["level", "growth", "share"]),
        status=st.sampled_from(["actual", "estimate", "target"]),
        base=st.sampled_from(["", "2025-09"]),
    ),
    max_size=8,
)


@given(_numbers)
def test_a_report_never_differs_from_itself(numbers: list[dict[str, Any]]):
    assert differences(numbers, numbers, same_period=True) == ()


@given(_numbers, _numbers)
def test_every_difference_is_of_two_tellings_that_say_otherwise(
    now: list[dict[str, Any]], before: list[dict[str, Any]]
):
    found = differences(now, before, same_period=True)
    for each in found:
        if each.now and each.before:
            assert each.now.about == each.before.about
            assert each.now.says != each.before.says
    there_and_back = {(each.number.about, each.kind) for each in differences(before, now, same_period=True)}
    turned = {"new": "gone", "gone": "new", "changed": "changed"}
    assert there_and_back == {(each.number.about, turned[each.kind]) for each in found}

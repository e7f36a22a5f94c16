# SPDX-License-Identifier: Apache-2.0
"""A province that others were joined to keeps its name, and is another territory."""

from __future__ import annotations

from datetime import date

from bamsat.core.check.checking import check
from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Finding
from bamsat.core.check.stated import stated_of
from bamsat.core.read.reader import read_text

BEFORE = "Năm 2024, kim ngạch xuất khẩu của tỉnh {name} đạt 150 triệu USD."
AFTER = "Năm 2025, xuất khẩu của tỉnh {name} đạt 420 triệu USD, tăng 5% so với năm 2024; năm 2024 đạt 400 triệu USD."


def found(*texts: str) -> list[Finding]:
    stated = [one for at, text in enumerate(texts) for one in stated_of(read_text(text), f"{at}.txt")]
    return list(check(stated).findings)


def test_provinces_that_others_were_joined_to_are_known():
    redrawn = Knowledge.shipped().redrawn
    assert redrawn["tuyen quang"] == date(2025, 7, 1)
    assert "cao bang" not in redrawn
    assert "ha giang" not in redrawn


def test_values_on_two_boundaries_are_said_not_to_compare():
    note = next(one for one in found(BEFORE.format(name="Tuyên Quang"), AFTER.format(name="Tuyên Quang"))
                if one.rule == "boundary")  # fmt: skip
    assert note.outcome == "cannot_tell"
    assert "trước và sau 01/07/2025" in note.vi
    assert "before and after 01/07/2025" in note.en


def test_a_value_on_the_old_boundaries_never_contradicts_one_on_the_new():
    answers = found(BEFORE.format(name="Tuyên Quang"), AFTER.format(name="Tuyên Quang"))
    assert not [one for one in answers if one.outcome == "fails"]


def test_a_province_that_stayed_as_it_was_is_compared():
    assert not [
        one for one in found(BEFORE.format(name="Cao Bằng"), AFTER.format(name="Cao Bằng")) if one.rule == "boundary"
    ]


def test_one_source_tells_both_years_on_its_own_boundaries():
    assert not [one for one in found(AFTER.format(name="Tuyên Quang")) if one.rule == "boundary"]

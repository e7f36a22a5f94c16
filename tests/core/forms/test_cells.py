# SPDX-License-Identifier: Apache-2.0
"""What a clerk types is understood the Vietnamese way, or told with what it should probably be."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.forms.cells import read_typed, read_words
from bamsat.core.terms.numbers import format_number

EXACT = st.decimals(min_value=-(10**9), max_value=10**9, places=3)


@settings(deadline=None)
@given(EXACT)
def test_every_number_is_read_back_as_it_is_written(value):
    shown = format_number(value)
    assert read_typed(shown).value == value


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_number_a_blank_or_told(text):
    found = read_typed(text, "triệu đồng")
    assert sum([found.value is not None, found.is_blank, found.is_wrong]) == 1
    assert found.text == text
    if found.mend:
        assert read_typed(found.mend).value is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234,5", "1234.5"), ("1 234", "1234"), ("441,5 triệu đồng", "441.5"), ("+12", "12"), ("-", "0"), ("0", "0")],
)
def test_usual_ways_of_writing_are_understood(text, value):
    assert read_typed(text, "triệu đồng").value == Decimal(value)


@pytest.mark.parametrize("text", ["", "  ", "...", "…", "chưa có", "n/a"])
def test_a_value_that_is_not_known_is_blank(text):
    assert read_typed(text).is_blank


@pytest.mark.parametrize("text", ["1,234.5", "1,234,567"])
def test_english_writing_is_told_with_the_vietnamese_one(text):
    found = read_typed(text)
    assert found.is_wrong
    assert "," in found.mend or "." in found.mend


@pytest.mark.parametrize("text", ["10-20", "mười hai", "12x", "9" * 30, "=A1+B1"])
def test_what_is_no_number_is_told(text):
    assert read_typed(text).is_wrong


@pytest.mark.parametrize(
    ("text", "type", "said"),
    [("5/9/2026", "date", "2026-09-05"), ("2026-09-05", "date", "2026-09-05"), ("Có", "yes_no", "yes"),
     ("không", "yes_no", "no"), ("HANG 1", "choice", "hạng 1"), ("  tự   do ", "text", "tự do")],
)  # fmt: skip
def test_words_of_a_type_are_understood(text, type, said):
    assert read_words(text, type, ("hạng 1", "hạng 2")).words == said


@pytest.mark.parametrize(("text", "type"), [("31/02/2026", "date"), ("có lẽ", "yes_no"), ("hạng 9", "choice")])
def test_words_that_do_not_fit_are_told(text, type):
    assert read_words(text, type, ("hạng 1", "hạng 2")).is_wrong

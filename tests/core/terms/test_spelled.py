# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.terms.spelled import read_fraction, read_spelled

PHRASES = yaml.safe_load(files("bamsat").joinpath("data/phrases/numbers.yml").read_text(encoding="utf-8"))
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
SCALES = [(10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")]


def spell_tens(ten, unit, after_hundred):
    if ten == 0:
        return (["linh"] if after_hundred else []) + [DIGITS[unit]] if unit else []
    words = ["mười"] if ten == 1 else [DIGITS[ten], "mươi"]
    late = {1: "mốt" if ten > 1 else "một", 5: "lăm"}
    return words + ([late.get(unit, DIGITS[unit])] if unit else [])


def spell_group(n, full):
    hundred, ten, unit = n // 100, n // 10 % 10, n % 10
    words = [DIGITS[hundred], "trăm"] if hundred or full else []
    return words + spell_tens(ten, unit, bool(words))


def spell(n, full=False):
    """The number in words, as a school book writes it."""
    if n == 0:
        return ["không"]
    words = []
    for scale, name in SCALES:
        above, n = divmod(n, scale)
        if above:
            words += (spell(above) if above > 999 else spell_group(above, full=full or bool(words))) + [name]
    return words + (spell_group(n, full=full or bool(words)) if n else [])


@given(st.integers(0, 10**15))
def test_it_reads_back_every_number_in_school_spelling(n):
    assert read_spelled(" ".join(spell(n))) == n


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_it_reads_back_every_decimal(whole, digits):
    text = str(digits)
    words = [*spell(whole), "phẩy", *(DIGITS[int(c)] for c in text)]
    assert read_spelled(" ".join(words)) == Decimal(f"{whole}.{text}")


@given(st.integers(1, 10**9), st.sampled_from(["âm", "trừ"]))
def test_it_reads_back_every_negative_number(n, minus):
    assert read_spelled(" ".join([minus, *spell(n)])) == -n


@given(st.text(alphabet=st.sampled_from([*"năm mươi trăm không linh phẩy tỷ 0123456789.,-"]), max_size=30))
def test_no_text_makes_it_fail(text):
    assert read_spelled(text) is None or isinstance(read_spelled(text), Decimal)


@given(st.lists(st.sampled_from([*DIGITS, "mốt", "tư", "lăm", "mười", "mươi", "trăm", "nghìn", "triệu", "tỷ", "linh",
                                 "phẩy", "rưỡi", "nửa", "tá", "phần", "3,5", "100"]), max_size=8))  # fmt: skip
def test_no_order_of_number_words_makes_it_fail(words):
    value = read_spelled(" ".join(words))
    assert value is None or value.is_finite()


@pytest.mark.parametrize("example", PHRASES["examples"], ids=lambda example: example["says"])
def test_it_reads_the_examples_of_the_phrases(example):
    assert read_spelled(example["says"]) == Decimal(str(example["means"]))


@pytest.mark.parametrize("text", PHRASES["counter_examples"])
def test_it_reads_no_number_where_the_phrases_say_there_is_none(text):
    assert read_spelled(text) is None


@pytest.mark.parametrize("text", ["HAI MƯƠI MỐT", "hai  mươi\u00a0mốt", "hai mươi mốt"])
def test_case_spaces_and_composition_do_not_matter(text):
    assert read_spelled(text) == 21


def test_a_fraction_keeps_its_parts():
    assert read_fraction("hai phần ba") == (2, 3)
    assert read_fraction("một phần không") is None

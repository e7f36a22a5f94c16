# SPDX-License-Identifier: Apache-2.0
import unicodedata
from decimal import Decimal

import pytest

from bamsat.core.terms.unit import read_unit, unit_name, units


@pytest.mark.parametrize("word", units(), ids=lambda word: word.text)
def test_every_way_of_writing_a_unit_is_read_as_that_unit(word):
    found = read_unit(f"12 {word.text} ", 2)
    assert found is not None
    assert (found.code, found.scale, found.end) == (word.unit_code, word.scale, 3 + len(word.text))


@pytest.mark.parametrize("word", [word for word in units() if word.never], ids=lambda word: word.text)
def test_no_word_that_only_begins_like_a_unit_is_one(word):
    for phrase in word.never:
        found = read_unit(f"12 {phrase} khác", 2)
        assert found is None or found.code != word.unit_code or found.end > 3 + len(phrase)


def test_the_words_of_the_data_are_composed_and_in_lower_case():
    for word in units():
        assert unicodedata.is_normalized("NFC", word.text)
        assert word.text == word.text.lower()


def test_every_unit_has_a_name_in_both_languages():
    for word in units():
        if word.unit_code:
            assert unit_name(word.unit_code, "vi")
            assert unit_name(word.unit_code, "en").isascii() or word.unit_code in "%‰"


@pytest.mark.parametrize(
    ("written", "code", "scale"),
    [
        ("nghìn tỷ đồng", "VND", 10**12),
        ("triệu tỷ đồng", "VND", 10**15),
        ("tỉ đồng", "VND", 10**9),
        ("trđ", "VND", 10**6),
        ("tr.đ", "VND", 10**6),
        ("tỷ.đ", "VND", 10**9),
        ("triệu USD", "USD", 10**6),
        ("triệu đô-la", "USD", 10**6),
        ("nghìn tấn", "ton", 1000),
        ("ngàn tấn", "ton", 1000),
        ("triệu kWh", "kWh", 10**6),
        ("MWh", "kWh", 1000),
        ("m³", "m3", 1),
        ("triệu lượt khách.km", "lượt khách.km", 10**6),
        ("HTX", "hợp tác xã", 1),
        ("đồng/kg", "VND/kg", 1),
        ("USD/tấn", "USD/ton", 1),
        ("triệu đồng / người / tháng", "VND/person/month", 10**6),
        ("đồng một kg", "VND/kg", 1),
        ("%/năm", "%/year", 1),
        ("% mỗi năm", "%/year", 1),
        ("tạ/ha", "tạ/ha", 1),
        ("m3/ngày đêm", "m3/day", 1),
    ],
)
def test_it_reads_scales_units_and_rates(written, code, scale):
    found = read_unit(written.lower())
    assert found is not None
    assert (found.code, found.scale, found.end) == (code, Decimal(scale), len(written))


@pytest.mark.parametrize("after", ["tỷ lệ", "trong năm", "", "kgx", "đồng bào", "xã hội", "nhà nước"])
def test_it_reads_no_unit_where_there_is_none(after):
    assert read_unit(after) is None


def test_a_rate_ends_where_the_next_word_is_no_divisor():
    found = read_unit("triệu đồng trên địa bàn")
    assert found is not None
    assert (found.code, found.end) == ("VND", len("triệu đồng"))

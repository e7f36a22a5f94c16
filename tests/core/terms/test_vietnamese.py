# SPDX-License-Identifier: Apache-2.0
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.terms.vietnamese import fold, sort_key, tone_variants

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
words = st.text(alphabet=LETTERS + LETTERS.upper() + " 0123456789", max_size=24)


@given(words)
def test_folding_is_the_same_however_the_letters_are_composed(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper())


@given(words)
def test_folding_leaves_plain_letters_and_is_done_once(text):
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Điều tra", "dieu tra"), ("ĐẮK LẮK", "dak lak"), ("Thừa\u00a0Thiên  Huế", "thua thien hue"), ("İzmir", "izmir")],
)
def test_it_folds(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "names",
    [
        ["An Giang", "Bà Rịa", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bến Tre", "Cà Mau", "Cao Bằng"],
        ["Dak", "Dương", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Gia Lai"],
        ["Hoa", "Hòa", "Hỏa", "Họa", "Hòa An", "Hoa Lư"],
        ["Phường 1", "Phường 2", "Phường 10", "Phường 11"],
        ["oan", "ô", "ơ", "p", "ta", "ua", "ư", "va"],
        ["Ha", "Hà Giang", "Hà Nam", "Hà Tĩnh", "Hải Dương", "Hậu Giang"],
    ],
)
def test_names_sort_as_in_a_vietnamese_dictionary(names):
    assert sorted(set(names), key=sort_key) == names


@given(words, words)
def test_a_key_orders_the_same_however_the_letters_are_composed(one, other):
    decomposed = unicodedata.normalize("NFD", one)
    assert sort_key(decomposed) == sort_key(one)
    assert sort_key(one).isascii()


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("hóa", "hoá"),
        ("hoá", "hóa"),
        ("thủy điện", "thuỷ điện"),
        ("ủy ban", "uỷ ban"),
        ("lũy kế", "luỹ kế"),
        ("quý", "qúy"),
        ("Quý", "Quí"),
        ("tỷ đồng", "tỉ đồng"),
        ("kỹ thuật", "kĩ thuật"),
        ("công ty", "công ti"),
        ("lúa mì", "lúa mỳ"),
        ("xóa đói", "xoá đói"),
        ("Hoà Bình", "Hòa Bình"),
        ("tỷ trọng hàng hóa", "tỉ trọng hàng hoá"),
    ],
)
def test_it_knows_the_other_spelling(text, also):
    assert also in tone_variants(text)


@pytest.mark.parametrize("text", ["tỉnh", "toàn", "lúa", "mùa vụ", "khuyến khích", "huế", "của", "12 tấn/năm", ""])
def test_it_makes_up_no_spelling(text):
    assert tone_variants(text) == (text,)


@given(words)
def test_every_spelling_is_composed_and_folds_to_the_same_but_for_i_and_y(text):
    ways = tone_variants(text)
    assert ways[0] == unicodedata.normalize("NFC", text)
    for way in ways:
        assert unicodedata.is_normalized("NFC", way)
        assert fold(way).replace("y", "i") == fold(text).replace("y", "i")

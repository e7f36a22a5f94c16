# SPDX-License-Identifier: Apache-2.0
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.read import legacy
from bamsat.core.read.repair import joined, nfc, repair, repair_font

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ 0123456789,.%\n"
)
MESSY = st.text(alphabet="aeươu\u0301\u0323\u0302\u031b\u200b\u00adƣðđ 12,%")


@pytest.mark.parametrize(("old", "new"), [pair for code in legacy.CODES for pair in legacy.table(code).says.items()])
def test_it_reads_the_examples_of_each_old_code(old, new):
    codes = [code for code in legacy.CODES if old in legacy.table(code).says]
    assert repair_font(old, codes[0]).text == new


@pytest.mark.parametrize("code", legacy.CODES)
def test_an_old_code_has_every_vietnamese_letter(code):
    letters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
    assert set(letters) <= set(legacy.table(code).letters.values())


def test_it_guesses_the_old_code_of_a_plain_text():
    done = repair("Gi¸ trÞ s¶n xuÊt c«ng nghiÖp n\u00adíc ta n¨m 2021 ®¹t 5.300 tû ®ång, t¨ng 12,77% so víi cïng kú")
    assert done.text == "Giá trị sản xuất công nghiệp nước ta năm 2021 đạt 5.300 tỷ đồng, tăng 12,77% so với cùng kỳ"
    assert "TCVN3" in done.notices[0]
    done = repair("Giaù trò saûn xuaát coâng nghieäp naêm 2021 ñaït 5.300 tyû ñoàng, taêng 12,77% so vôùi cuøng kyø")
    assert done.text == "Giá trị sản xuất công nghiệp năm 2021 đạt 5.300 tỷ đồng, tăng 12,77% so với cùng kỳ"


@pytest.mark.parametrize(
    "text",
    [
        "Les échanges de l'année dernière ont augmenté de 12 % à Paris",
        "El Niño làm sản lượng thủy điện giảm",
        "Xuất khẩu sang Coruña đạt 12 triệu USD",
        "plain ASCII 12,5%",
        "Giá\u00a0trị 5–10%, 1\u2009234 tỷ",
    ],
)
def test_it_leaves_alone_what_is_not_broken(text):
    done = repair(text)
    assert (done.text, done.notices) == (text, ())


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("phƣơng pháp, đƣợc giao", "phương pháp, được giao"),
        ("ðạt 12,5%, ñiện thương phẩm tăng", "đạt 12,5%, điện thương phẩm tăng"),
        ("BÃO CÃO Tháng 7".replace("BÃO CÃO Tháng", "Báo cáo tháng".encode().decode("latin-1")), "Báo cáo tháng 7"),
        ("tỷ\u200b đồng, sản\u00ad lượng tăng", "tỷ đồng, sản lượng tăng"),
        ("tăng １２,５% so với cùng kỳ", "tăng 12,5% so với cùng kỳ"),
        ("İnđônêxia tăng mạnh ở tỉnh", "Inđônêxia tăng mạnh ở tỉnh"),
    ],
)
def test_it_mends_slips(broken, whole):
    assert repair(broken).text == whole


def test_it_says_what_it_mended_and_how_often():
    assert repair("phƣơng pháp đƣợc giao cho tỉnh").notices == ("sửa chữ gõ lạc (ƣ thành ư, chữ rộng) ở 2 chỗ",)


@given(VIETNAMESE)
def test_composed_and_decomposed_text_read_the_same(text):
    assert repair(unicodedata.normalize("NFD", text)).text == repair(text).text == text


@given(VIETNAMESE)
def test_every_span_leads_back_to_its_letters(text):
    decomposed = unicodedata.normalize("NFD", text)
    done = nfc(decomposed)
    for start in range(0, len(text), 3):
        old_start, old_end = done.offsets.origin(start, min(start + 4, len(text)))
        assert unicodedata.normalize("NFC", decomposed[old_start:old_end]) == text[start : start + 4]


@given(MESSY)
def test_spans_of_a_twice_mended_text_cover_the_original_in_order(text):
    done = repair("Ở tỉnh " + text)
    spans = [done.offsets.origin(at, at + 1) for at in range(len(done.text))]
    assert all(start < end for start, end in spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))
    assert done.original_length <= len(text) + 7
    left_out = set(range(len(text) + 7)) - {at for start, end in spans for at in range(start, end)}
    assert all(("Ở tỉnh " + text)[at] in "\u200b\u00ad\u0301\u0323\u0302\u031b" for at in left_out)


@given(st.lists(MESSY, max_size=4))
def test_joined_pieces_keep_their_way_back(pieces):
    done = [repair(piece) for piece in pieces]
    whole = joined(done)
    assert whole.text == "".join(piece.text for piece in done)
    at = old = 0
    for piece in done:
        for start in range(len(piece.text)):
            first, last = piece.offsets.origin(start, start + 1)
            assert whole.offsets.origin(at + start, at + start + 1) == (old + first, old + last)
        at += len(piece.text)
        old += piece.original_length

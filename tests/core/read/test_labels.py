# SPDX-License-Identifier: Apache-2.0
"""The words that name a figure, and what is cut off around them."""

import pytest

from bamsat.core.read.labels import LabelReader, clean, without
from bamsat.core.read.reader import read_text


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (", trong đó sản phẩm gỗ và", "gỗ"),
        ("riêng xi măng", "xi măng"),
        ("tiếp theo là gạch nung", "gạch nung"),
        ("  điện   thoại  ", "điện thoại"),
        ("- phân bón:", "phân bón"),
        ("“chè Shan tuyết”", "chè Shan tuyết"),
        ("nhóm hàng may mặc", "hàng may mặc"),
        ("", ""),
        ("và, trong đó", ""),
    ],
)
def test_a_label_loses_what_only_links_it(words: str, label: str):
    assert clean(words) == label


@pytest.mark.parametrize("words", ["xi măng", "gỗ và sản phẩm từ gỗ", "trang phục", "quỹ đổi mới công nghệ"])
def test_a_label_that_links_nothing_stays_whole(words: str):
    assert clean(words) == words


def test_cleaning_a_clean_label_changes_nothing():
    for words in (", trong đó sản phẩm gỗ và", "riêng xi măng đạt", "- phân bón:"):
        assert clean(clean(words)) == clean(words)


def test_spans_can_be_left_out_of_a_text():
    assert without("kim ngạch tháng 5 của chè", 0, 25, [(10, 17)]).split() == ["kim", "ngạch", "của", "chè"]
    assert without("abc", 0, 3, []) == "abc"


@pytest.mark.parametrize("words", ["và", "trong đó", "này", "của các", "12", ""])
def test_small_words_alone_name_nothing(words: str):
    assert not LabelReader.says(words)


@pytest.mark.parametrize("words", ["xi măng", "gạch", "điện"])
def test_a_noun_names_something(words: str):
    assert LabelReader.says(words)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Năm 2021, sản lượng tinh bột sắn đạt 4.500 tấn.", "tinh bột sắn"),
        ("Sản phẩm chủ yếu năm 2021: phân bón 4.500 tấn.", "phân bón"),
        ("Năm 2021, kim ngạch xuất khẩu đạt 80 triệu USD.", "kim ngạch xuất khẩu"),
    ],
)
def test_a_figure_is_labelled_by_the_words_before_it(text: str, label: str):
    assert [figure.label for figure in read_text(text).figures] == [label]


def test_what_follows_the_name_takes_the_label_of_it():
    figures = read_text("Năm 2021, sản lượng xi măng đạt 120 nghìn tấn, tăng 8%, bằng 97% kế hoạch.").figures
    assert {figure.label for figure in figures} == {"xi măng"}


def test_every_figure_of_a_list_has_its_own_label():
    text = "Tháng 8/2023, một số sản phẩm tăng: xi măng 12%, gạch nung 8,5%, đường kính 3%."
    assert [figure.label for figure in read_text(text).figures] == ["xi măng", "gạch nung", "đường kính"]


def test_no_label_holds_the_period_or_the_hedge():
    (figure,) = read_text("Tháng 5/2022, sản lượng giấy các loại ước đạt khoảng 900 tấn.").figures
    assert not {"tháng", "ước", "khoảng", "2022"} & set(figure.label.lower().split())

# SPDX-License-Identifier: Apache-2.0
import unicodedata

import pytest

from bamsat.core.read import legacy
from bamsat.core.read.loaders import load
from tests.core.read.loaders.specimens import SENTENCES

TEXT = "\n".join(SENTENCES)
OLD = {code: {new: old for old, new in legacy.table(code).letters.items()} for code in legacy.CODES}


def in_old_code(text: str, code: str) -> bytes:
    return "".join(OLD[code].get(char, char) for char in text).encode("cp1252")


def test_the_text_is_the_file():
    document = load(f"\ufeff{TEXT}\n".replace("\n", "\r\n").encode(), "tin.txt")
    assert document.text == TEXT + "\n"
    assert document.media == "txt"
    assert document.notices == ()
    assert [document.text[block.start : block.end] for block in document.blocks] == list(SENTENCES)


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be"])
def test_it_reads_utf_16_with_and_without_its_mark(code):
    assert load(TEXT.encode(code), "tin.txt").text == TEXT


def test_it_reads_windows_1258():
    with_marks = "".join(_cp1258(char) for char in TEXT)
    document = load(with_marks.encode("cp1258"), "tin.txt")
    assert document.text == TEXT
    assert "Windows-1258" in document.notices[0]


def _cp1258(char: str) -> str:
    """A letter as that code page writes it: the tone apart, the letter's own mark kept."""
    apart = unicodedata.normalize("NFD", char)
    tone = [mark for mark in apart[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in tone)) + "".join(tone)


@pytest.mark.parametrize("code", legacy.CODES)
def test_it_reads_the_codes_of_the_nineties(code):
    document = load(in_old_code(TEXT, code), "tin.txt")
    assert document.text == TEXT
    assert any(code in notice for notice in document.notices)


def test_headings_items_and_paragraphs_are_told_apart_by_their_looks():
    document = load("I. CÔNG NGHIỆP\n1. Sản xuất\n- Xi măng 12 tấn.\nXuất khẩu đạt 5 triệu USD.".encode(), "a.txt")
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("title", 0), ("heading", 2), ("item", 0), ("paragraph", 0),
    ]  # fmt: skip


def test_a_cut_last_letter_is_said():
    document = load(TEXT.encode() + "ỷ".encode()[:2], "tin.txt")
    assert document.text == TEXT
    assert "bị cắt" in document.notices[0]

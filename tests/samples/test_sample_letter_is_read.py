# SPDX-License-Identifier: Apache-2.0
"""The reader finds in the sample letter who gives what to whom by when, so that a newcomer has something to accept."""

from pathlib import Path

import pytest

from bamsat.core.read.reader import read

LETTER = Path(__file__).parents[2] / "src" / "bamsat" / "data" / "samples" / "cao-bang-giao-viec-2026.docx"


@pytest.fixture(scope="module")
def letter():
    return read(LETTER)


def test_it_is_an_official_letter_of_the_province_marked_as_a_sample(letter):
    head = letter.letterhead
    assert (head.type, head.symbol, head.date) == ("Công văn", "2915/UBND-KT", "2026-11-16")
    assert head.issuer == "Ủy ban nhân dân tỉnh Cao Bằng"
    assert "văn bản mẫu" in head.subject


def test_each_of_its_tasks_is_read_with_who_does_it_and_until_when(letter):
    assert [(one.who, one.time, one.due) for one in letter.instructions] == [
        ("Sở Công Thương", "date", "2026-12-15"),
        ("Sở Công Thương", "date", "2026-12-10"),
        ("Sở Công Thương", "date", "2026-12-25"),
        ("Sở Công Thương", "standing", None),
        ("Sở Tài chính", "date", "2026-11-30"),
        ("Công ty Điện lực Cao Bằng", "date", "2026-12-05"),
        ("Ủy ban nhân dân các xã, phường", "date", "2026-11-30"),
        ("Sở Công Thương", "date", "2026-12-31"),
    ]


def test_its_words_are_its_own(letter):
    text = letter.document.text
    assert all(text[one.start : one.end] == one.text for one in letter.instructions)


def test_it_states_no_figure(letter):
    assert letter.figures == ()

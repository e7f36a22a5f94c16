# SPDX-License-Identifier: Apache-2.0
"""Tags that somebody else wrote into a Word file: however many, they are read and looked for within bounds."""

from __future__ import annotations

from bamsat.core.report.docx.tags import Tag, tags_in
from bamsat.core.report.lint import linting
from tests.security.word_files import paragraph, run, tagged, word


def test_many_controls_in_one_paragraph_are_looked_for_in_it_once():
    words = " ".join(f"{at},5" for at in range(1_000))
    tags = [Tag(at, (), f"{at},5", "đoạn 1", words, words.index(f"{at},5")) for at in range(1_000)]
    looking: list[str] = []
    line = linting._Looking.line

    class Counted(linting._Looking):
        def line(self, whole, alone, at):
            looking.append(whole)
            return line(self, whole, alone, at)

    before, linting._Looking = linting._Looking, Counted
    try:
        assert len(linting.place(words, tags)) == 1_000
    finally:
        linting._Looking = before
    assert len(looking) == 1


def test_words_that_stand_nowhere_are_looked_for_until_it_costs_too_much(monkeypatch):
    monkeypatch.setattr(linting, "_MOST_LOOKED", 100_000)
    text = "một hai ba " * 1_000 + "7,5 tỷ"
    nowhere = [Tag(at, (), f"{at} không có", "đoạn 1") for at in range(1_000)]
    last = Tag(7, (), "7,5 tỷ", "đoạn 9")
    assert linting.place(text, [*nowhere, last]) == []
    assert [one.tag for one in linting.place(text, [*nowhere[:3], last])] == [last]


def test_a_tag_of_a_whole_page_of_words_is_no_number():
    assert linting.place("a " * 500, [Tag(1, (), "a " * 400, "đoạn 1")]) == []


def test_cells_of_a_long_row_and_rows_of_a_long_table_are_counted_in_one_go():
    row = "".join(f"<w:tc>{paragraph(tagged(at, str(at)))}</w:tc>" for at in range(1, 3_001))
    rows = "".join(f"<w:tr><w:tc>{paragraph(tagged(at, str(at)))}</w:tc></w:tr>" for at in range(1, 3_001))
    found = tags_in(word(f"{paragraph(run('Bảng'))}<w:tbl><w:tr>{row}</w:tr></w:tbl><w:tbl>{rows}</w:tbl>"))
    assert (found[2_999].place, found[-1].place) == ("bảng 1, hàng 1, cột 3000", "bảng 2, hàng 3000, cột 1")

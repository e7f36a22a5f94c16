# SPDX-License-Identifier: Apache-2.0
"""A document laid out with its marks: no letter lost, no letter twice."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bamsat.ui import paper

TEXT = "Báo cáo\nGiá trị đạt 5.300 tỷ đồng, tăng 12,77%. Xuất khẩu đều tăng.\nA B 7 8"
LEVEL = TEXT.index("5.300"), TEXT.index("5.300") + len("5.300 tỷ đồng")
GROWTH = TEXT.index("12,77"), TEXT.index("12,77") + len("12,77%")


def block(kind: str, start: int, end: int, level: int = 0) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": end, "at": "", "level": level}


def shown(piece: paper.Piece) -> str:
    return "".join(run.text for run in piece.runs)


def test_each_figure_is_marked_in_its_own_words():
    marks = paper.merged([(*LEVEL, 1), (*GROWTH, 2)])
    title, line = paper.lay_out(TEXT, [block("title", 0, 7), block("paragraph", 8, 64)], [], marks)
    assert (title.kind, title.level, shown(title)) == ("title", 3, "Báo cáo")
    assert [(run.text, run.mark.ordinals) for run in line.runs if run.mark] == [
        ("5.300 tỷ đồng", (1,)),
        ("12,77%", (2,)),
    ]
    assert shown(line) == TEXT[8:64]


def test_two_figures_of_one_number_share_a_mark():
    assert [mark.ordinals for mark in paper.merged([(0, 5, 1), (0, 5, 2), (3, 8, 3), (9, 10, 4)])] == [(1, 2, 3), (4,)]


def test_a_statement_keeps_the_figures_inside_it():
    start, end = TEXT.index("Giá"), TEXT.index(" Xuất")
    (line,) = paper.lay_out(TEXT, [block("paragraph", 8, 64)], [], paper.merged([(*LEVEL, 1)]), [(start, end, 1)])
    said = [run for run in line.runs if run.statement]
    assert [run.opens for run in said] == [True, False]
    assert [run.closes for run in said] == [False, True]
    assert shown(line) == TEXT[8:64]


def test_headings_never_skip_a_level():
    """People who listen to a page go by its headings."""
    blocks = [
        block("heading", 0, 3, 3),
        block("heading", 3, 7, 1),
        block("heading", 8, 12, 4),
        block("heading", 12, 16, 2),
    ]
    levels = [piece.level for piece in paper.lay_out(TEXT, blocks, [], [])]
    assert all(after - before <= 1 for before, after in pairwise([2, *levels]))
    assert min(levels) >= 3


def test_short_lines_above_the_title_are_the_letterhead():
    text = "UBND TỈNH\nBÁO CÁO\nMột dòng"
    blocks = [block("paragraph", 0, 9), block("title", 10, 17), block("paragraph", 18, 26)]
    assert [piece.kind for piece in paper.lay_out(text, blocks, [], [])] == ["letterhead", "title", "paragraph"]


def cell(row: int, col: int, start: int, end: int) -> dict[str, Any]:
    return {"row": row, "col": col, "start": start, "end": end, "text": TEXT[start:end], "at": ""}


def test_a_table_stays_a_table_and_merged_cells_are_one():
    at = TEXT.index("A B")
    wide = [cell(0, 0, at, at + 1), cell(0, 1, at, at + 1)]
    rows = [wide, [cell(1, 0, at + 2, at + 3), cell(1, 1, at + 4, at + 5)], [None, cell(2, 1, at + 6, at + 7)]]
    table = {"start": at, "end": len(TEXT), "at": "", "caption": "Bảng 1", "rows": rows}
    blocks = [block("paragraph", 8, 64), block("cell", at, at + 1)]
    pieces = paper.lay_out(TEXT, blocks, [table], paper.merged([(at + 6, at + 7, 1)]))
    assert [piece.kind for piece in pieces] == ["paragraph", "table"]
    head, _first, last = pieces[1].rows
    assert (head.head, len(head.cells), head.cells[0].colspan) == (True, 1, 2)
    assert last.cells[1].number
    assert last.cells[1].runs[0].mark
    assert pieces[1].caption == "Bảng 1"


SPANS = st.tuples(st.integers(0, 70), st.integers(1, 30))


@given(st.lists(SPANS, max_size=12), st.lists(SPANS, max_size=3))
def test_the_text_comes_out_as_it_went_in(figures: list[tuple[int, int]], said: list[tuple[int, int]]):
    marks = paper.merged((start, start + length, number) for number, (start, length) in enumerate(figures, 1))
    statements = [(start, start + length, number) for number, (start, length) in enumerate(said, 1)]
    runs = paper.Sheet(TEXT, marks, statements).runs(0, len(TEXT))
    assert "".join(run.text for run in runs) == TEXT


def test_the_sentence_around_a_figure():
    before, words, after = paper.sentence_around(TEXT, *GROWTH)
    assert before + words + after == "Giá trị đạt 5.300 tỷ đồng, tăng 12,77%."
    assert words == "12,77%"


def test_a_very_long_table_shows_its_head_and_the_rows_with_marks():
    text = "\n".join(f"a{n:03} {n:03}" for n in range(1000))
    rows = [[cell(n, 0, n * 9, n * 9 + 4), cell(n, 1, n * 9 + 5, n * 9 + 8)] for n in range(1000)]
    table = {"start": 0, "end": len(text), "at": "", "caption": "", "rows": rows}
    (piece,) = paper.lay_out(text, [], [table], paper.merged([(500 * 9 + 5, 500 * 9 + 8, 1)]))
    assert len(piece.rows) < 30
    assert sum(row.left_out or 1 for row in piece.rows) == 1000
    assert sum(bool(run.mark) for row in piece.rows for cell_ in row.cells for run in cell_.runs) == 1

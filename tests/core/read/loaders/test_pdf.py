# SPDX-License-Identifier: Apache-2.0
from bamsat.core.read.document import Document
from bamsat.core.read.loaders import load
from tests.core.read.loaders.specimens import pdf, ruled

# Letters of the specimen's font are 6 points wide: 70 letters make a full line.
PARAGRAPH = (
    "Giá trị sản xuất công nghiệp tháng 7 năm 2021 ước đạt 1.234,5 tỷ đồng,",
    "tăng 6,8% so với cùng kỳ; trong đó khai khoáng giảm 2,1% và chế biến,",
    "chế tạo tăng 7,4%.",
)
LEFTS = (60, 100, 260, 340, 440)
TOPS = (700, 660, 630, 600)
CELLS = (
    (("STT",), ("Chỉ tiêu",), ("Đơn vị", "tính"), ("Ước thực", "hiện 2021")),
    (("1",), ("Giá trị sản xuất",), ("Tỷ đồng",), ("844.76", "7,5")),
    (("2",), ("Xuất khẩu",), ("Triệu USD",), ("28,85",)),
)

Lines = list[tuple[float, float, str]]


def paragraph(top: float, indent: float = 0) -> Lines:
    return [(60 + (indent if n == 0 else 0), top - 16 * n, words) for n, words in enumerate(PARAGRAPH)]


def cells(grid=CELLS, tops=TOPS) -> Lines:
    return [
        (LEFTS[column] + 3, tops[row] - 13 - 13 * n, words)
        for row, line in enumerate(grid)
        for column, lines in enumerate(line)
        for n, words in enumerate(lines)
    ]


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


def rows(document: Document) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in document.tables[0].rows]


def test_lines_are_joined_into_paragraphs():
    document = load(pdf([paragraph(780) + paragraph(720, indent=20)]), "bc.pdf")
    assert blocks(document, "paragraph") == [" ".join(PARAGRAPH)] * 2
    assert document.blocks[0].at == "trang 1"


def test_a_paragraph_runs_on_over_the_page_end_and_page_numbers_are_furniture():
    first, second = paragraph(120), [(60.0, 760.0, PARAGRAPH[2])]
    pages = [[*first[:2], (290, 30, "1")], [*second, (60, 720, "Đoạn sau."), (290, 30, "2")]]
    document = load(pdf(pages), "bc.pdf")
    assert blocks(document, "paragraph") == [" ".join(PARAGRAPH), "Đoạn sau."]
    assert blocks(document, "furniture") == ["1", "2"]


def test_words_on_the_edge_of_every_page_are_furniture():
    pages = [[(60.0, 810.0, "Báo cáo tháng 7"), *paragraph(700)] for _ in range(3)]
    document = load(pdf(pages), "bc.pdf")
    assert blocks(document, "furniture") == ["Báo cáo tháng 7"] * 3
    assert len(blocks(document, "paragraph")) == 3


def test_a_ruled_table_is_a_grid_and_a_cut_number_is_whole():
    document = load(pdf([paragraph(800) + cells()], [ruled(LEFTS, TOPS)]), "bc.pdf")
    assert rows(document) == [
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Ước thực hiện 2021"],
        ["1", "Giá trị sản xuất", "Tỷ đồng", "844.767,5"],
        ["2", "Xuất khẩu", "Triệu USD", "28,85"],
    ]
    assert blocks(document, "paragraph") == [" ".join(PARAGRAPH)]


def test_a_table_goes_on_over_the_page_end():
    pages = [paragraph(800) + cells(CELLS[:2]), cells((CELLS[0], *CELLS[2:]), TOPS)]
    document = load(pdf(pages, [ruled(LEFTS, TOPS[:-1])] * 2), "bc.pdf")
    assert len(document.tables) == 1
    assert [row[1] for row in rows(document)] == ["Chỉ tiêu", "Giá trị sản xuất", "Xuất khẩu"]


def test_a_row_that_the_page_end_cuts_is_whole():
    rest = (CELLS[0], ((), ("công nghiệp",), (), ("7,5",)), (("3",), ("Bán lẻ",), ("Tỷ đồng",), ("12",)))
    whole = (CELLS[0], (("1",), ("Giá trị sản xuất",), ("Tỷ đồng",), ("844.76",)))
    pages = [paragraph(800) + cells(whole), cells(rest, (700, 670, 640, 610))]
    first, second = ruled(LEFTS, TOPS[:-1]), ruled(LEFTS, (700, 670, 640, 610))
    document = load(pdf(pages, [first, second]), "bc.pdf")
    assert rows(document)[1:] == [
        ["1", "Giá trị sản xuất công nghiệp", "Tỷ đồng", "844.767,5"],
        ["3", "Bán lẻ", "Tỷ đồng", "12"],
    ]


def test_a_merged_cell_stands_in_every_place():
    rules = "\n".join(line for line in ruled(LEFTS, TOPS).split("\n") if not line.startswith("340"))
    rules += "\n340 600 m 340 660 l S"
    grid = ((("STT",), ("Chỉ tiêu",), ("Năm 2021",), ()), *CELLS[1:])
    document = load(pdf([paragraph(800) + cells(grid)], [rules]), "bc.pdf")
    assert rows(document)[0] == ["STT", "Chỉ tiêu", "Năm 2021", "Năm 2021"]
    first = document.tables[0].rows[0]
    assert first[2].start == first[3].start


def test_justified_text_is_no_table():
    assert load(pdf([paragraph(780)] * 2), "bc.pdf").tables == ()


def test_headings_and_items_open_blocks_of_their_own():
    lines = [
        (60.0, 780.0, "I. CÔNG NGHIỆP"),
        (60.0, 764.0, "- Khai khoáng của tỉnh trong tháng giảm so với tháng trước và cùng kỳ;"),
        (60.0, 748.0, "- Chế biến, chế tạo tăng."),
    ]
    document = load(pdf([lines]), "bc.pdf")
    assert [block.kind for block in document.blocks] == ["title", "item", "item"]

# SPDX-License-Identifier: Apache-2.0
import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bamsat.core.read.document import Document
from bamsat.core.read.loaders import load
from tests.core.read.loaders.specimens import SENTENCES, TABLE, run_in_font, word


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def rows(document: Document, number: int = 0) -> list[list[str | None]]:
    return [[None if cell is None else cell.text for cell in row] for row in document.tables[number].rows]


def test_paragraphs_and_tables_come_in_their_order():
    document = load(word(change=lambda it: it.add_paragraph("Đoạn sau bảng.")), "bc.docx")
    assert blocks(document, "paragraph") == [*SENTENCES, "Đoạn sau bảng."]
    assert rows(document) == [list(row) for row in TABLE]
    assert document.tables[0].end < document.blocks[-1].start
    assert document.tables[0].rows[1][3].at == "bảng 1, hàng 2, cột 4"


def test_headings_and_title_come_from_styles():
    def change(it: docx.document.Document) -> None:
        it.add_heading("Báo cáo tháng Bảy", 0)
        it.add_heading("Công nghiệp", 1)
        it.add_heading("Khai khoáng", 2)

    document = load(word((), None, change), "bc.docx")
    assert [(block.kind, block.level) for block in document.blocks] == [("title", 0), ("heading", 1), ("heading", 2)]
    assert document.attributes["title"] == "Báo cáo tháng Bảy"


def test_a_numbered_list_is_items_without_its_numbers():
    def change(it: docx.document.Document) -> None:
        it.add_paragraph("Thu ngân sách đạt 12 tỷ đồng", style="List Number")

    document = load(word((), None, change), "bc.docx")
    assert [(b.kind, document.text[b.start : b.end]) for b in document.blocks] == [
        ("item", "Thu ngân sách đạt 12 tỷ đồng")
    ]


def test_merged_cells_stand_in_every_place_with_one_span():
    def change(it: docx.document.Document) -> None:
        grid = it.add_table(rows=3, cols=4)
        grid.cell(0, 0).merge(grid.cell(1, 0)).text = "Chỉ tiêu"
        grid.cell(0, 1).merge(grid.cell(0, 3)).text = "Năm 2021"
        for column, words in enumerate(("Kế hoạch", "Thực hiện", "Tỷ lệ (%)"), 1):
            grid.cell(1, column).text = words
        for column, words in enumerate(("Xuất khẩu", "28,17", "28,85", "102,4")):
            grid.cell(2, column).text = words

    document = load(word((), None, change), "bc.docx")
    assert rows(document) == [
        ["Chỉ tiêu", "Năm 2021", "Năm 2021", "Năm 2021"],
        ["Chỉ tiêu", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"],
        ["Xuất khẩu", "28,17", "28,85", "102,4"],
    ]
    table = document.tables[0]
    assert (table.rows[0][0].start, table.rows[0][1].start) == (table.rows[1][0].start, table.rows[0][3].start)


def test_a_letterhead_table_is_paragraphs():
    def change(it: docx.document.Document) -> None:
        grid = it.add_table(rows=2, cols=2)
        grid.cell(0, 0).text = "UBND TỈNH CAO BẰNG\nSỞ CÔNG THƯƠNG"
        grid.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        grid.cell(1, 0).text = "Số: 12/BC-SCT"
        grid.cell(1, 1).text = "Cao Bằng, ngày 14 tháng 12 năm 2021"
        for words in ("BÁO CÁO", "Kết quả công tác năm 2021", "và nhiệm vụ năm 2022"):
            it.add_paragraph(words).alignment = WD_ALIGN_PARAGRAPH.CENTER
        it.add_paragraph(SENTENCES[0])

    document = load(word((), None, change), "bc.docx")
    assert document.tables == ()
    assert document.attributes == {
        "number": "12/BC-SCT",
        "dated": "2021-12-14",
        "title": "BÁO CÁO Kết quả công tác năm 2021 và nhiệm vụ năm 2022",
    }
    assert [block.kind for block in document.blocks] == ["paragraph"] * 6 + ["title"] * 3 + ["paragraph"]


def test_runs_in_old_fonts_are_read_by_their_font():
    def change(it: docx.document.Document) -> None:
        run_in_font(it, "Gi¸ trÞ s¶n xuÊt", ".VnTime")
        run_in_font(it, "c«ng nghiÖp", ".VnTimeH")
        run_in_font(it, "ñaït 5.300 tyû ñoàng", "VNI-Times")
        run_in_font(it, "đã là Unicode từ trước", ".VnTime")

    document = load(word((SENTENCES[0],), None, change), "bc.docx")
    assert blocks(document)[1:] == [
        "Giá trị sản xuất", "CÔNG NGHIỆP", "đạt 5.300 tỷ đồng", "đã là Unicode từ trước",
    ]  # fmt: skip
    assert any("TCVN3" in notice for notice in document.notices)


def test_deleted_words_are_left_out_and_inserted_ones_kept():
    def change(it: docx.document.Document) -> None:
        it.element.body.insert_element_before(
            parse_xml(
                f'<w:p {nsdecls("w")}><w:r><w:t xml:space="preserve">đạt </w:t></w:r>'
                "<w:del><w:r><w:delText>120</w:delText></w:r></w:del>"
                '<w:ins><w:r><w:t>125</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> tỷ đồng</w:t></w:r></w:p>'
            ),
            "w:sectPr",
        )

    assert blocks(load(word((), None, change), "bc.docx")) == ["đạt 125 tỷ đồng"]


def test_a_text_box_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>Xuất khẩu tăng 5%</w:t></w:r></w:p></w:txbxContent>"
    words = (
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:t>Trước khung</w:t></w:r><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    document = load(
        word((), None, lambda it: it.element.body.insert_element_before(parse_xml(words), "w:sectPr")), "bc.docx"
    )
    assert blocks(document) == ["Trước khung", "Xuất khẩu tăng 5%"]


def test_page_heads_are_furniture():
    def change(it: docx.document.Document) -> None:
        it.sections[0].header.paragraphs[0].text = "Báo cáo nội bộ"
        it.sections[0].footer.paragraphs[0].text = "Trang 3"

    document = load(word(change=change), "bc.docx")
    assert blocks(document, "furniture") == ["Báo cáo nội bộ"]


def test_the_line_above_a_table_is_its_caption():
    document = load(word(("Bảng 1. Kết quả sản xuất", "Đơn vị tính: tỷ đồng")), "bc.docx")
    assert document.tables[0].caption == "Bảng 1. Kết quả sản xuất Đơn vị tính: tỷ đồng"


@pytest.mark.parametrize("name", ["bc.docx", "bc.docm"])
def test_the_name_may_end_either_way(name):
    assert load(word(), name).notices == ()

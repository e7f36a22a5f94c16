# SPDX-License-Identifier: Apache-2.0
"""The PDF of a report: its words, its layout, its tags, and words that look like a program."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from pypdfium2 import raw

from bamsat.core.report.docx.letterhead import MOTTO, NATION
from bamsat.core.report.outline import (
    Appendix,
    Block,
    Chart,
    Column,
    Frame,
    Heading,
    Lacking,
    PageBreak,
    Paragraph,
    Report,
    Row,
    Table,
    Words,
)
from bamsat.core.report.pdf import to_pdf
from bamsat.core.report.pdf.columns import laid
from bamsat.core.report.written_out import written_out
from tests.core.report.year_report import REPORT, TABLE, cells, said, told

A4 = (595.3, 841.9)
MM = 72 / 25.4
HOSTILE = (
    '#eval("1 + 1")', '#read("/etc/passwd")', "$x^2$", "@label", "<b>đậm</b>", "*b* _i_ `c` \\ // /* */ = H",
    "[[[ }}}", "bốn\x00 không\x07", "\u202etừ phải", "\ud800nửa", "a\nb\tc", "- - -", '"""',
)  # fmt: skip


@pytest.fixture(scope="module")
def printed() -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(to_pdf(REPORT))


def text_of(document: pypdfium2.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def squeezed(text: str) -> str:
    """Without spaces and without the hyphens at the ends of lines, which the reader of PDF marks."""
    return re.sub(r"\s+", "", text.replace("\ufffe", "-").replace("\x02", "-"))


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield f"{block.number} {block.text}"
            case Paragraph():
                yield "".join(piece.text for piece in block.pieces)
            case Table():
                yield from (block.caption, f"Đơn vị tính: {block.unit}", block.note)
                yield from (head for column in block.columns for head in column.heads)
                yield from (cell.text for row in block.rows for cell in row.cells)
            case Chart():
                yield from (block.caption, block.note)
            case Lacking():
                yield block.text


def fonts_of(document: pypdfium2.PdfDocument) -> dict[str, bool]:
    """Names of the typefaces, and whether each is inside the file."""
    found: dict[str, bool] = {}
    for page in document:
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(thing)
            name = ctypes.create_string_buffer(128)
            raw.FPDFFont_GetBaseFontName(font, name, 128)
            found[name.value.decode()] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found


def lines_of(page: pypdfium2.PdfPage) -> list[tuple[str, float, float]]:
    """Words of each run with their left edge and height from the top, in millimetres."""
    text = page.get_textpage()
    return [
        (text.get_text_bounded(*box).strip(), box[0] / MM, (page.get_height() - box[3]) / MM)
        for box in (text.get_rect(place) for place in range(text.count_rects()))
    ]


def test_every_word_of_the_outline_is_in_the_text_of_the_pdf(printed: pypdfium2.PdfDocument) -> None:
    text = squeezed(text_of(printed))
    whole = written_out(REPORT)
    for words in (NATION, MOTTO, "Số: 05/BC-SCT", "Cao Bằng, ngày 05 tháng 01 năm 2022", "PHÓ GIÁM ĐỐC",
                  "- Lưu: VT, KHTC.", "Kính gửi: Ủy ban nhân dân tỉnh Cao Bằng", "THỦ TRƯỞNG ĐƠN VỊ", "Phụ lục II",
                  *texts(tuple(whole.all_blocks()))):  # fmt: skip
        assert squeezed(words) in text, words


def test_charts_are_pictures_with_a_sentence_so_that_their_words_do_not_mix_with_the_text() -> None:
    chart = next(block for block in REPORT.blocks if isinstance(block, Chart))
    data = to_pdf(replace(REPORT, blocks=(chart,), appendices=()))
    document = pypdfium2.PdfDocument(data)
    assert [thing for page in document for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
    assert "5,000" not in text_of(document)
    assert chart.sentence in alternatives(document)


def alternatives(document: pypdfium2.PdfDocument) -> list[str]:
    """What the tags of all pages say in place of pictures."""
    found: list[str] = []
    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page)
        waiting = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(raw.FPDF_StructTree_CountChildren(tree))]
        while waiting:
            element = waiting.pop()
            if not element:
                continue
            size = raw.FPDF_StructElement_GetAltText(element, None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDF_StructElement_GetAltText(element, buffer, size)
            found.append(buffer.raw.decode("utf-16-le").rstrip("\0"))
            children = range(raw.FPDF_StructElement_CountChildren(element))
            waiting += [raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in children]
        raw.FPDF_StructTree_Close(tree)
    return found


def tags_of(document: pypdfium2.PdfDocument) -> set[str]:
    found: set[str] = set()
    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page)
        waiting = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(raw.FPDF_StructTree_CountChildren(tree))]
        while waiting:
            element = waiting.pop()
            if not element:
                continue
            size = raw.FPDF_StructElement_GetType(element, None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDF_StructElement_GetType(element, buffer, size)
            found.add(buffer.raw.decode("utf-16-le").rstrip("\0"))
            children = range(raw.FPDF_StructElement_CountChildren(element))
            waiting += [raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in children]
        raw.FPDF_StructTree_Close(tree)
    return found


def test_it_is_tagged_in_vietnamese_with_real_headings_and_tables(printed: pypdfium2.PdfDocument) -> None:
    assert raw.FPDFCatalog_IsTagged(printed)
    assert {"H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure"} <= tags_of(printed)
    size = raw.FPDFCatalog_GetLanguage(printed, None, 0)
    language = (ctypes.c_ushort * size)()
    raw.FPDFCatalog_GetLanguage(printed, language, size)
    assert bytes(language).decode("utf-16-le").rstrip("\0") == "vi-VN"


def test_it_says_that_it_may_be_kept_and_read_aloud() -> None:
    data = to_pdf(REPORT)
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data


def test_its_fonts_are_inside_and_are_those_of_official_documents(printed: pypdfium2.PdfDocument) -> None:
    fonts = fonts_of(printed)
    assert fonts
    assert all(fonts.values())
    assert all("Serif" in name for name in fonts), fonts


def test_its_title_and_organ_are_known_to_the_file(printed: pypdfium2.PdfDocument) -> None:
    assert printed.get_metadata_value("Title") == "Báo cáo năm 2021"
    assert printed.get_metadata_value("Author") == "SỞ CÔNG THƯƠNG"


def test_its_headings_are_bookmarks(printed: pypdfium2.PdfDocument) -> None:
    titles = [(item.level, item.get_title()) for item in printed.get_toc()]
    assert (0, "I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ") in titles
    assert (1, "1. Sản xuất công nghiệp") in titles
    assert (0, "Sản phẩm chủ yếu") in titles


def test_the_sheet_is_a4_and_text_keeps_to_the_margins(printed: pypdfium2.PdfDocument) -> None:
    width, height = printed[0].get_size()
    assert (round(width, 1), round(height, 1)) == A4
    for page in printed:
        for words, left, top in lines_of(page):
            assert left > 29.5, words
            assert top > 18.5 or words.isdigit(), words  # marks over capitals reach above the line


def test_an_appendix_lies_or_stands_as_it_should(printed: pypdfium2.PdfDocument) -> None:
    sizes = [page.get_width() > page.get_height() for page in printed]
    assert True in sizes
    assert sizes[0] is False
    assert sizes[-1] is False


def test_the_page_number_stands_in_the_top_margin_and_not_on_the_first_page() -> None:
    long = replace(
        REPORT, blocks=tuple(said(f"Đoạn {place}. " + "Nội dung. " * 60) for place in range(12)), appendices=()
    )
    document = pypdfium2.PdfDocument(to_pdf(long))
    for number, page in enumerate(document, start=1):
        heads = [(words, left) for words, left, top in lines_of(page) if top < 18]
        if number == 1:
            assert heads == []
        else:
            [(words, left)] = heads
            assert words == str(number)
            assert abs(left + 1 - (30 + 160 / 2)) < 4  # the middle of the text


def test_pages_of_an_appendix_are_counted_by_themselves() -> None:
    rows = tuple(Row(cells(str(place), "Chỉ tiêu", "tấn", *[told("1", 1)] * 4)) for place in range(70))
    report = replace(REPORT, appendices=(Appendix("Biểu 1", (replace(TABLE, rows=rows),)),))
    pages = list(pypdfium2.PdfDocument(to_pdf(report)))
    first = next(place for place, page in enumerate(pages) if page.get_width() > page.get_height())
    numbers = [[words for words, _, top in lines_of(page) if top < 18] for page in pages[first:]]
    assert numbers == [[], *([str(number)] for number in range(2, len(numbers) + 1))]
    assert len(numbers) > 1


def test_heads_of_a_table_are_repeated_on_each_page() -> None:
    rows = tuple(Row(cells(str(place), "Chỉ tiêu", "tấn", *[told("1", 1)] * 4)) for place in range(90))
    document = pypdfium2.PdfDocument(to_pdf(Report(Frame(), (replace(TABLE, rows=rows),))))
    assert len(document) > 1
    assert all("So sánh (%)" in page.get_textpage().get_text_bounded() for page in document)


def test_the_signature_is_never_alone_on_its_page() -> None:
    for filled in range(34, 46):
        blocks = tuple(said(f"Đoạn {place}.") for place in range(filled))
        document = pypdfium2.PdfDocument(to_pdf(Report(REPORT.frame, blocks)))
        for page in document:
            text = page.get_textpage().get_text_bounded()
            if "PHÓ GIÁM ĐỐC" in text:
                assert "Nơi nhận:" in text
                assert "Đoạn" in text


def test_signatures_under_a_return_stay_on_its_sheet_where_lower_rows_make_room() -> None:
    for count in (1, 8, 14, 24):
        rows = tuple(Row(cells(str(place), "Chỉ tiêu", "tấn", *[told("1", 1)] * 4)) for place in range(count))
        annex = Appendix("Biểu 1", (replace(TABLE, rows=rows),), prepared="Người lập biểu")
        pages = list(pypdfium2.PdfDocument(to_pdf(Report(Frame(), (), (annex,)))))
        assert len(pages) == (2 if count <= 14 else 3)
        assert "NGƯỜI LẬP BIỂU" in pages[-1].get_textpage().get_text_bounded()
    broken = Appendix("Biểu 2", (TABLE, PageBreak(), TABLE), prepared="Người lập biểu")
    assert len(pypdfium2.PdfDocument(to_pdf(Report(Frame(), (), (broken,))))) >= 2


def test_numbers_lead_to_their_entries_where_addresses_are_given() -> None:
    told_ = told("5.300 tỷ đồng", 1)
    report = Report(Frame(), (said("Đạt ", told_, "."),))
    linked = to_pdf(report, lambda entry: f"https://bamsat.example/so-lieu/{entry}/")
    assert f"https://bamsat.example/so-lieu/{told_.entries[0]}/".encode() in linked
    assert b"https://bamsat.example" not in to_pdf(report)


def test_words_that_look_like_a_program_are_words() -> None:
    blocks: list[Block] = []
    for text in HOSTILE:
        table = Table(text, (Column((text,)), Column(("x", text), number=True)), (Row(cells(text, text)),), text, text)
        blocks += [Heading(2, text), Paragraph((Words(text), Words(text, quoted=True)), "item"), table]
    frame = Frame(organ=HOSTILE[0], number="1", symbol=HOSTILE[2], kind=HOSTILE[4], subject=HOSTILE[5])
    text = squeezed(text_of(pypdfium2.PdfDocument(to_pdf(Report(frame, tuple(blocks), title=HOSTILE[1])))))
    for words in HOSTILE[:7]:
        assert text.count(squeezed(words)) >= 7, words
    assert "bốnkhông" in text


def test_letters_for_which_there_is_no_typeface_are_marked_and_the_rest_stays() -> None:
    text = text_of(pypdfium2.PdfDocument(to_pdf(Report(Frame(), (said("Xuất sang 中国 😀 đạt 5 triệu USD."),)))))
    assert "Xuất sang ?? ? đạt 5 triệu USD." in text


@pytest.mark.parametrize(
    "report",
    [
        Report(Frame(kind=""), ()),
        Report(Frame(), (Table("", (), ()), Table("x", (Column(()),), (Row(()),)))),
        Report(Frame(), (Heading(3, ""), PageBreak(), Heading(4, "x"), PageBreak())),
        Report(Frame(), (), (Appendix("", (), landscape=False), Appendix("B", (Heading(3, "x"),), prepared="a"))),
        Report(Frame(), (said("x" * 10_000), Table("", (Column(("a",)),), (Row(cells("ắ " * 5_000)),)))),
    ],
    ids=["nothing", "empty tables", "headings that jump", "empty appendices", "very long words"],
)
def test_odd_outlines_are_printed(report: Report) -> None:
    assert len(pypdfium2.PdfDocument(to_pdf(report))) >= 1


def test_the_same_report_gives_the_same_bytes() -> None:
    assert REPORT.frame.day == date(2022, 1, 5)
    assert to_pdf(REPORT) == to_pdf(REPORT)


def test_columns_fill_the_page_and_no_word_is_wider_than_its_column() -> None:
    layout = laid(TABLE, 160)
    assert round(sum(layout.widths), 3) == 160
    months = tuple(Column(("Năm 2021", f"Tháng {month}"), number=True) for month in range(1, 13))
    row = Row(cells("Sản phẩm chủ yếu của ngành công nghiệp", *["12.345,67"] * 12))
    wide = laid(Table("", (Column(("Chỉ tiêu",)), *months), (row,) * 3), 247)
    assert round(sum(wide.widths), 3) == 247
    assert min(wide.widths[1:]) >= 12.3 * wide.size / 9  # "12.345,67" at this size, with its edges
    assert wide.size >= 8

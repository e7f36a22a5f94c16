# SPDX-License-Identifier: Apache-2.0
"""The markup of a report keeps the order that the standard (ECMA-376) sets, for Word repairs what does not."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from lxml import etree

from bamsat.core.report.docx import Slip, appendix_docx, slip_docx, to_docx
from bamsat.core.report.outline import Column, Frame, PageBreak, Report, Row, Table, Words
from tests.core.report.year_report import (
    ANNEX,
    BLOCKS,
    FRAME,
    REPORT,
    TABLE,
    W,
    cells,
    paragraph_of,
    part,
    said,
    text_of,
)

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr shd tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color sz szCs highlight lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg",
    "sdtPr": "alias tag id appearance text",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "inline": "extent docPr cNvGraphicFramePr graphic",
    "tbl": "tblPr tblGrid tr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
}
SLIP = Slip(
    "SỞ CÔNG THƯƠNG", "PHÒNG KẾ HOẠCH", matter="báo cáo năm", summary=(said("Nội dung."),), enclosed=("Dự thảo",)
)
FILES = {
    "report": lambda: to_docx(REPORT),
    "draft": lambda: to_docx(Report(Frame(), (*BLOCKS, PageBreak(), said("Hết.", style="centred")), title="Một trang")),
    "letter": lambda: to_docx(replace(REPORT, frame=replace(FRAME, kind="", addressee=("Bộ", "Sở")))),
    "slip": lambda: slip_docx(SLIP),
    "appendix": lambda: appendix_docx(ANNEX, FRAME),
}


@pytest.mark.parametrize("name", FILES)
def test_every_element_stands_where_the_standard_has_it(name: str) -> None:
    data = FILES[name]()
    for member in ("word/document.xml", "word/styles.xml", "word/settings.xml", "word/header1.xml"):
        for element in part(data, member).iter(etree.Element):
            order = ORDER.get(etree.QName(element).localname)
            if order:
                places = [order.split().index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), etree.tostring(element)[:300]


@pytest.mark.parametrize("name", FILES)
def test_cells_end_with_a_paragraph_and_rows_fill_their_grid(name: str) -> None:
    root = part(FILES[name](), "word/document.xml")
    assert root.find(W + "body")[-1].tag == W + "sectPr"
    assert root.find(W + "body")[-2].tag == W + "p"
    for table in root.iter(W + "tbl"):
        wide = len(table.find(W + "tblGrid"))
        for row in table.findall(W + "tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(W + "tc")]
            assert sum(1 if span is None else int(span.get(W + "val")) for span in spans) == wide
        assert all(cell[-1].tag == W + "p" for cell in table.iter(W + "tc"))


@pytest.mark.parametrize("name", FILES)
def test_every_part_that_is_named_is_in_the_file(name: str) -> None:
    data = FILES[name]()
    assert docx.Document(io.BytesIO(data)).element.body is not None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        overridden = {
            one.get("PartName", "").lstrip("/") for one in etree.fromstring(archive.read("[Content_Types].xml"))
        }
        assert overridden - {""} <= names
        ids = {one.get("Id") for one in etree.fromstring(archive.read("word/_rels/document.xml.rels"))}
    root = part(data, "word/document.xml")
    used = {
        value for element in root.iter(etree.Element) for key, value in element.attrib.items() if "relationships" in key
    }
    assert used <= ids


def widths(root: Any, number: int = 0) -> list[int]:
    table = [found for found in root.iter(W + "tbl") if found.find(f"{W}tblPr/{W}tblStyle") is not None][number]
    return [round(int(each.get(W + "w")) * 25.4 / 1440) for each in table.iter(W + "gridCol")]


def drawn(table: Table) -> Any:
    return part(to_docx(Report(Frame(), (table,))), "word/document.xml")


def test_widths_that_are_given_are_kept_and_the_others_share_what_is_left() -> None:
    table = Table(
        "", (Column(("TT",), 12), Column(("Tên",)), Column(("Số",), 30, number=True)), (Row(cells("1", "a", "2")),)
    )
    assert widths(drawn(table)) == [12, 118, 30]
    too_wide = replace(table, columns=tuple(replace(column, width=100) for column in table.columns))
    assert sum(widths(drawn(too_wide))) in range(158, 162)


def test_words_get_the_room_that_numbers_do_not_need() -> None:
    long = "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"
    table = Table("", (Column(("TT",)), Column(("Chỉ tiêu",)), *[Column((f"Quý {n}",), number=True) for n in range(4)]),
                  (Row(cells("1", long, "1,5", "2,5", "3,5", "4,5")),))  # fmt: skip
    order, name, *numbers = widths(drawn(table))
    assert order < 14
    assert name > 2 * max(numbers)


def test_a_table_of_many_columns_is_set_smaller_so_that_no_number_breaks() -> None:
    columns = (Column(("Chỉ tiêu",)), *[Column((f"T{n}",), number=True) for n in range(12)])
    root = drawn(Table("", columns, (Row(cells("Xuất khẩu", *["1.234,56"] * 12)),)))
    sizes = {int(size.get(W + "val")) for size in root.iter(W + "sz")}
    assert sizes
    assert max(sizes) < 24


def test_a_section_of_a_table_spans_it_when_it_is_one_cell() -> None:
    root = drawn(replace(TABLE, rows=(Row(cells("I. Công nghiệp"), "head"), *TABLE.rows)))
    cell = next(paragraph_of(root, "I. Công nghiệp").iterancestors(W + "tc"))
    assert cell.find(f"{W}tcPr/{W}gridSpan").get(W + "val") == "7"
    assert next(cell.iter(W + "b")) is not None


def test_a_signature_under_a_table_stays_with_its_last_rows() -> None:
    root = part(to_docx(Report(FRAME, (TABLE,))), "word/document.xml")
    table = next(found for found in root.iter(W + "tbl") if found.find(f"{W}tblPr/{W}tblStyle") is not None)
    kept = [
        all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(W + "p")) for row in table.findall(W + "tr")[3:]
    ]
    assert kept == [False, False, True, True]
    assert paragraph_of(root, "Nguồn").find(f"{W}pPr/{W}keepNext") is not None


def test_questions_stay_with_their_answers_and_words_keep_their_look() -> None:
    blocks = (
        said("Phóng viên: Xin hỏi?", style="question"),
        said(Words("Trả lời: ", strong=True), "Có.", style="answer"),
    )
    root = part(to_docx(Report(Frame(kind=""), blocks)), "word/document.xml")
    assert [style.get(W + "val") for style in root.iter(W + "pStyle")][:2] == ["CauHoi", "TraLoi"]
    bold = [text_of(run) for run in root.iter(W + "r") if run.find(f"{W}rPr/{W}b") is not None]
    assert bold == ["Trả lời: "]

# SPDX-License-Identifier: Apache-2.0
"""The markup of a report keeps the order that the standard (ECMA-376) sets, for Word repairs what does not."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from lxml import etree

from bamsat.core.report.docx import Slip, appendix_docx, slip_docx, to_docx
from bamsat.core.report.outline import Frame, PageBreak, Report, Words
from tests.core.report.year_report import (
    ANNEX,
    BLOCKS,
    FRAME,
    REPORT,
    W,
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


def test_questions_stay_with_their_answers_and_words_keep_their_look() -> None:
    blocks = (
        said("Phóng viên: Xin hỏi?", style="question"),
        said(Words("Trả lời: ", strong=True), "Có.", style="answer"),
    )
    root = part(to_docx(Report(Frame(kind=""), blocks)), "word/document.xml")
    assert [style.get(W + "val") for style in root.iter(W + "pStyle")][:2] == ["CauHoi", "TraLoi"]
    bold = [text_of(run) for run in root.iter(W + "r") if run.find(f"{W}rPr/{W}b") is not None]
    assert bold == ["Trả lời: "]

# SPDX-License-Identifier: Apache-2.0
"""A report in Word has every item of layout that Decree 30/2020/NĐ-CP names, asserted in the file itself."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bamsat.core.report.docx import body_elements, to_docx
from bamsat.core.report.outline import Cell, Column, Frame, Heading, Report, Row, Table, Words
from tests.core.report.year_report import (
    ANNEX,
    BLOCKS,
    CHART,
    FRAME,
    REPORT,
    TABLE,
    UPRIGHT,
    W,
    paragraph_of,
    part,
    said,
    setting,
    text_of,
    told,
)

MM = 1440 / 25.4


@pytest.fixture(scope="module")
def data() -> bytes:
    return to_docx(REPORT)


@pytest.fixture(scope="module")
def root(data: bytes) -> Any:
    return part(data, "word/document.xml")


@pytest.fixture(scope="module")
def styles(data: bytes) -> Any:
    return part(data, "word/styles.xml")


def style_of(paragraph: Any, styles: Any) -> Any:
    return styles.find(f"{W}style[@{W}styleId='{paragraph.find(f'{W}pPr/{W}pStyle').get(W + 'val')}']")


def size(root: Any, styles: Any, text: str) -> float:
    found = setting(style_of(paragraph_of(root, text), styles), "rPr/sz", styles=styles)
    return int(found or 0) / 2


def is_on(root: Any, styles: Any, text: str, flag: str) -> bool:
    return setting(style_of(paragraph_of(root, text), styles), f"rPr/{flag}", styles=styles) == "true"


def test_every_section_is_a4_with_the_margins_of_the_decree(root: Any) -> None:
    sections = list(root.iter(W + "sectPr"))
    assert len(sections) == 3
    for section in sections:
        page, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        assert sorted(int(page.get(W + side)) for side in "wh") == [round(210 * MM), round(297 * MM)]
        assert [round(int(margins.get(W + side)) / MM) for side in ("top", "bottom", "left", "right")] == [
            20,
            20,
            30,
            20,
        ]


def test_an_appendix_lies_on_its_side_and_the_sheet_turns_back_after_it(root: Any) -> None:
    turned = [section.find(W + "pgSz").get(W + "orient") for section in root.iter(W + "sectPr")]
    assert turned == [None, "landscape", None]


def test_the_page_number_stands_in_the_top_margin_and_not_on_the_first_page(
    data: bytes, root: Any, styles: Any
) -> None:
    first, *others = root.iter(W + "sectPr")
    assert first.find(W + "titlePg") is not None
    assert [each.get(W + "type") for each in first.findall(W + "headerReference")] == ["default"]
    assert all(section.find(W + "titlePg") is None for section in others)
    assert 0 < int(first.find(W + "pgMar").get(W + "header")) < 20 * MM
    header = part(data, "word/header1.xml")
    assert [field.get(W + "instr").strip() for field in header.iter(W + "fldSimple")] == ["PAGE"]
    style = style_of(next(header.iter(W + "p")), styles)
    assert setting(style, "pPr/jc") == "center"
    assert 13 <= int(setting(style, "rPr/sz") or 0) / 2 <= 14


def test_everything_is_set_in_black_times_new_roman(data: bytes, root: Any, styles: Any) -> None:
    for fonts in [*styles.iter(W + "rFonts"), *root.iter(W + "rFonts")]:
        assert {fonts.get(W + which) for which in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert {colour.get(W + "val") for colour in [*styles.iter(W + "color"), *root.iter(W + "color")]} == {"000000"}
    assert styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang").get(W + "val") == "vi-VN"
    assert "theme" not in " ".join(zipfile.ZipFile(io.BytesIO(data)).namelist())


def test_styles_bear_vietnamese_names_and_every_style_used_is_there(root: Any, styles: Any) -> None:
    names = {style.get(W + "styleId"): style.find(W + "name").get(W + "val") for style in styles.iter(W + "style")}
    used = {style.get(W + "val") for style in root.iter(W + "pStyle", W + "rStyle", W + "tblStyle")}
    assert used <= set(names)
    assert {"Thân bài", "Quốc hiệu", "Tiêu ngữ", "Trích yếu", "Nơi nhận", "Còn thiếu"} <= set(names.values())


def test_the_nation_and_its_motto_stand_above_with_a_rule_as_long_as_the_motto(root: Any, styles: Any) -> None:
    nation, motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
    assert 12 <= size(root, styles, nation) <= 13
    assert 13 <= size(root, styles, motto) <= 14
    assert is_on(root, styles, nation, "b")
    assert is_on(root, styles, motto, "b")
    long, room = rule_under(paragraph_of(root, motto))
    assert 0.9 < long / (60.4 * MM) < 1.1
    assert room > long


def rule_under(paragraph: Any) -> tuple[float, float]:
    """How long the rule under a paragraph is, and the room that it stands in."""
    below = paragraph.getnext()
    assert below.find(f"{W}pPr/{W}pBdr/{W}top") is not None
    assert text_of(below) == ""
    indent = below.find(f"{W}pPr/{W}ind")
    cell = next(below.iterancestors(W + "tc"), None)
    room = 160 * MM if cell is None else int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w"))
    return room - int(indent.get(W + "left")) - int(indent.get(W + "right")), room


def test_the_body_above_is_not_bold_and_the_issuing_body_is_with_a_rule(root: Any, styles: Any) -> None:
    parent, organ = "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "SỞ CÔNG THƯƠNG"
    assert 12 <= size(root, styles, parent) <= 13
    assert not is_on(root, styles, parent, "b")
    assert is_on(root, styles, organ, "b")
    long, _ = rule_under(paragraph_of(root, organ))
    assert 1 / 3 <= long / (42.9 * MM) <= 1 / 2


def test_number_and_symbol_have_a_leading_zero_and_stay_open_before_issue(root: Any, styles: Any) -> None:
    assert text_of(paragraph_of(root, "Số:")) == "Số: 05/BC-SCT"
    assert size(root, styles, "Số:") == 13
    opened = part(to_docx(Report(replace(FRAME, number="", day=None), BLOCKS[:1])), "word/document.xml")
    assert re.fullmatch(r"Số: {5,}/BC-SCT", text_of(paragraph_of(opened, "Số:")))
    assert re.fullmatch(r"Cao Bằng, ngày {3,}tháng {3,}năm\s*", text_of(paragraph_of(opened, "Cao Bằng")))


def test_place_and_day_are_in_italics(root: Any, styles: Any) -> None:
    line = "Cao Bằng, ngày 05 tháng 01 năm 2022"
    assert text_of(paragraph_of(root, "Cao Bằng,")) == line
    assert is_on(root, styles, line, "i")
    assert 13 <= size(root, styles, line) <= 14


def test_the_kind_is_in_bold_capitals_and_the_subject_under_it_has_a_rule(root: Any, styles: Any) -> None:
    assert text_of(paragraph_of(root, "BÁO CÁO")) == "BÁO CÁO"
    assert is_on(root, styles, "BÁO CÁO", "b")
    subject = paragraph_of(root, FRAME.subject[:30])
    assert text_of(subject) == FRAME.subject
    assert is_on(root, styles, FRAME.subject[:30], "b")
    assert 13 <= size(root, styles, FRAME.subject[:30]) <= 14
    long, _ = rule_under(subject)
    assert 0 < long < 80 * MM


def test_bases_are_in_italics_each_with_a_semicolon_the_last_with_a_full_stop(root: Any, styles: Any) -> None:
    bases = [text_of(found) for found in root.iter(W + "p") if text_of(found).startswith("Căn cứ")]
    assert [base[-1] for base in bases] == [";", "."]
    assert is_on(root, styles, "Căn cứ", "i")


def test_the_body_is_justified_with_an_indent_and_room_between_paragraphs(root: Any, styles: Any) -> None:
    style = style_of(paragraph_of(root, "Giá trị sản xuất"), styles)
    assert setting(style, "pPr/jc") == "both"
    assert 13 <= int(setting(style, "rPr/sz") or 0) / 2 <= 14
    assert 10 <= int(setting(style, "pPr/ind", "firstLine") or 0) / MM <= 12.71
    between = int(setting(style, "pPr/spacing", "after") or 0) + int(setting(style, "pPr/spacing", "before") or 0)
    assert between >= 6 * 20
    assert 240 <= int(setting(style, "pPr/spacing", "line") or 0) <= 360


@pytest.mark.parametrize(("words", "level"), [("I. KẾT QUẢ", 0), ("1. Sản xuất", 1), ("a) Xuất", 2)])
def test_headings_are_those_of_word_so_that_its_navigation_works(
    root: Any, styles: Any, words: str, level: int
) -> None:
    style = style_of(paragraph_of(root, words), styles)
    assert style.find(W + "name").get(W + "val") == f"heading {level + 1}"
    assert setting(style, "pPr/outlineLvl") == str(level)
    assert style.find(f"{W}pPr/{W}keepNext") is not None


def test_recipients_and_signature_stand_side_by_side_and_never_begin_a_page_alone(root: Any, styles: Any) -> None:
    assert size(root, styles, "Nơi nhận:") == 12
    assert is_on(root, styles, "Nơi nhận:", "b")
    assert is_on(root, styles, "Nơi nhận:", "i")
    assert size(root, styles, "- Như trên;") == 11
    assert text_of(paragraph_of(root, "- Lưu")) == "- Lưu: VT, KHTC."
    assert is_on(root, styles, "PHÓ GIÁM ĐỐC", "b")
    table = next(paragraph_of(root, "Nơi nhận:").iterancestors(W + "tbl"))
    assert table.find(f"{W}tblPr/{W}tblBorders") is None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(W + "tr"))
    before = table.getprevious()
    assert text_of(before).startswith("Trên đây")
    assert before.find(f"{W}pPr/{W}keepNext") is not None
    right = [text_of(found) for found in table.findall(f"{W}tr/{W}tc")[1].iter(W + "p")]
    assert right == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", ""]


def test_a_signer_is_named_only_when_given() -> None:
    signed = part(to_docx(Report(replace(FRAME, signer="Người ký"), BLOCKS[:1])), "word/document.xml")
    assert style_name(signed, "Người ký") == "HoTen"
    bare = part(to_docx(Report(Frame(organ="SỞ CÔNG THƯƠNG"), BLOCKS[:1])), "word/document.xml")
    assert "Nơi nhận" not in text_of(bare)


def style_name(root: Any, text: str) -> str:
    return str(paragraph_of(root, text).find(f"{W}pPr/{W}pStyle").get(W + "val"))


def test_a_letter_without_a_kind_has_its_subject_under_the_number() -> None:
    letter = part(
        to_docx(Report(replace(FRAME, kind="", symbol="SCT-KHTC", subject="gửi số liệu"), ())), "word/document.xml"
    )
    assert style_name(letter, "V/v gửi số liệu") == "TrichYeuCongVan"
    assert "BÁO CÁO" not in text_of(letter)


def test_several_addressees_stand_one_a_line() -> None:
    frame = replace(FRAME, addressee=("Bộ Công Thương", "Ủy ban nhân dân tỉnh"))
    texts = [text_of(found) for found in part(to_docx(Report(frame, ())), "word/document.xml").iter(W + "p")]
    at = texts.index("Kính gửi:")
    assert texts[at + 1 : at + 3] == ["- Bộ Công Thương;", "- Ủy ban nhân dân tỉnh."]


def test_a_chart_is_a_picture_with_a_sentence_for_who_cannot_see_it(data: bytes, root: Any) -> None:
    [shape] = list(root.iter("{*}docPr"))
    assert shape.get("descr") == CHART.sentence
    assert shape.get("title") == CHART.caption
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        [picture] = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert archive.read(picture)[:8] == b"\x89PNG\r\n\x1a\n"


def test_what_is_lacking_is_marked_and_somebody_s_words_stand_in_quotation_marks(root: Any, styles: Any) -> None:
    lacking = paragraph_of(root, "[Số ước] Chưa có")
    assert style_of(lacking, styles).find(f"{W}pPr/{W}shd").get(W + "fill") not in (None, "FFFFFF", "auto")
    quoted = paragraph_of(root, "Nguyên nhân")
    assert "“giá kim loại tăng đã mang lại lợi nhuận tốt”." in text_of(quoted)
    assert "bamsat-quote:/tinh-hinh/0001/" in [tag.get(W + "val") for tag in quoted.iter(W + "tag")]


def test_an_appendix_says_to_what_it_belongs_and_has_its_two_signatures(root: Any) -> None:
    texts = [text_of(found) for found in root.iter(W + "p")]
    at = texts.index("Phụ lục I")
    assert texts[at + 1 : at + 3] == [
        ANNEX.title, "(Kèm theo Báo cáo số 05/BC-SCT ngày 05 tháng 01 năm 2022 của Sở Công Thương)",
    ]  # fmt: skip
    assert "NGƯỜI LẬP BIỂU" in texts
    assert "THỦ TRƯỞNG ĐƠN VỊ" in texts


def test_a_table_that_is_a_whole_appendix_is_named_once() -> None:
    alone = replace(ANNEX, title=TABLE.caption)
    root = part(to_docx(Report(FRAME, (), (alone,))), "word/document.xml")
    assert sum(text_of(found).endswith(TABLE.caption) for found in root.iter(W + "p")) == 1


def test_two_appendices_on_like_sheets_begin_new_pages() -> None:
    root = part(to_docx(replace(REPORT, appendices=(UPRIGHT, replace(UPRIGHT, number="III")))), "word/document.xml")
    for number in ("II", "III"):
        heading = next(found for found in root.iter(W + "p") if text_of(found) == f"Phụ lục {number}")
        assert heading.find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_the_file_says_what_it_is_of(data: bytes) -> None:
    package = docx.Document(io.BytesIO(data))
    assert package.core_properties.title == "Báo cáo năm 2021"
    assert package.core_properties.language == "vi-VN"
    assert package.core_properties.category == "BÁO CÁO"
    custom = part(data, "docProps/custom.xml")
    kept = {each.get("name"): "".join(each.itertext()) for each in custom}
    assert kept == {
        "bamsat.kind": "nam", "bamsat.place": "cao-bang", "bamsat.period": "2021", "bamsat.known": "2022-01-05",
    }  # fmt: skip


def test_the_same_report_gives_the_same_bytes(data: bytes) -> None:
    assert to_docx(REPORT) == data


def test_blocks_go_into_any_document_and_its_own_styles_stay() -> None:
    package = docx.Document()
    before = etree.tostring(package.styles["Heading 1"].element)
    body = package.element.body
    for element in body_elements(Report(Frame(), BLOCKS), package):
        body.insert(len(body) - 1, element)
    out = io.BytesIO()
    package.save(out)
    again = docx.Document(io.BytesIO(out.getvalue()))
    assert etree.tostring(again.styles["Heading 1"].element) == before
    assert [p.text for p in again.paragraphs if p.style.name == "Heading 1"] == ["I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ"]
    assert again.styles["Thân bài"] is not None


def test_a_style_that_a_document_names_otherwise_is_used_under_its_name() -> None:
    package = docx.Document()
    package.styles["Heading 1"].element.set(W + "styleId", "u1")
    [heading] = body_elements(Report(Frame(), (Heading(1, "Tình hình", "I."),)), package)
    assert heading.find(f"{W}pPr/{W}pStyle").get(W + "val") == "u1"


@given(st.text(max_size=80), st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_words_are_written_so_that_the_file_opens(words: str, number: str) -> None:
    table = Table(words, (Column((words,)), Column((number,), number=True)), (Row((Cell((Words(words),)),)),))
    report = Report(replace(FRAME, subject=words, organ=number), (said(words, told(number, 1)), table), title=words)
    root = part(to_docx(report), "word/document.xml")
    assert root.find(W + "body") is not None

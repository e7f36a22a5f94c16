# SPDX-License-Identifier: Apache-2.0
"""LibreOffice opens a report without repair: its pages, its words, its numbers after it was saved there."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bamsat.core.read.loaders.word import read
from bamsat.core.report.docx import tags_in, to_docx
from bamsat.core.report.docx.letterhead import MOTTO, NATION
from bamsat.core.report.docx.slips import SLIP, Slip, appendix_docx, slip_docx
from bamsat.core.report.docx.writer import LACKING
from bamsat.core.report.outline import Chart, Heading, Lacking, PageBreak, Paragraph, Table
from tests.core.report.year_report import ANNEX, BLOCKS, CHART, FRAME, REPORT, TABLE, said, told


def opened(data: bytes, folder: Path, to: str) -> Path:
    """The file as LibreOffice saves it in another format."""
    there = folder / "bao-cao.docx"
    there.write_bytes(data)
    done = folder / "done"
    command = [
        "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to,
        "--outdir", str(done), str(there),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return done / f"bao-cao.{to}"


def pages(pdf: Path) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return text.replace("\u00a0", " ").split("\f")[:-1]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return pages(opened(to_docx(REPORT), tmp_path_factory.mktemp("printed"), "pdf"))


def test_every_word_of_the_outline_is_printed(printed: list[str]) -> None:
    text = squeezed("".join(printed))
    for words in wanted():
        assert squeezed(words) in text, words


def wanted() -> list[str]:
    found = [NATION, MOTTO, FRAME.organ, "Số: 05/BC-SCT", "ngày 05 tháng 01 năm 2022", "Phụ lục II", "NGƯỜI LẬP BIỂU"]
    for block in BLOCKS:
        match block:
            case Heading():
                found.append(f"{block.number} {block.text}")
            case Paragraph():
                found.append("".join(piece.text for piece in block.pieces if not getattr(piece, "quoted", False)))
            case Table():
                found += [block.caption, block.note, *(cell.text for row in block.rows for cell in row.cells)]
            case Chart():
                found += [block.caption, block.note]
            case Lacking():
                found.append(f"[{LACKING[block.kind]}] {block.text}")
            case PageBreak():
                pass
    return [words for words in found if "Nguyên nhân" not in words]


def test_the_first_page_bears_no_number_and_the_others_theirs(printed: list[str]) -> None:
    firsts = [page.strip().splitlines()[0].strip() for page in printed]
    assert not firsts[0].isdigit()
    assert firsts[1:] == [str(number) for number in range(2, len(printed) + 1)]


def test_the_signature_stands_on_a_page_with_the_end_of_the_text(tmp_path: Path) -> None:
    filling = tuple(said(f"Đoạn {number}. " + "Nội dung của báo cáo. " * 14) for number in range(1, 31))
    for pages_more in (8, 9, 10):
        blocks = (*filling[: 6 + pages_more], said("Trên đây là báo cáo./."))
        folder = tmp_path / str(pages_more)
        folder.mkdir()
        last = pages(opened(to_docx(replace(REPORT, blocks=blocks, appendices=())), folder, "pdf"))[-1]
        assert "Nơi nhận" in last
        assert "Trên đây là báo cáo" in last


def test_heads_of_a_long_table_are_printed_on_every_page(tmp_path: Path) -> None:
    long = replace(TABLE, rows=TABLE.rows[1:2] * 90)
    found = pages(opened(to_docx(replace(REPORT, blocks=(long,), appendices=())), tmp_path, "pdf"))
    with_rows = [page for page in found if "Giá trị sản xuất công nghiệp" in page]
    assert len(with_rows) > 2
    assert all("Đơn vị" in page and "So sánh (%)" in page for page in with_rows)


def test_numbers_know_their_entries_after_libreoffice_saved_the_file(tmp_path: Path) -> None:
    data = to_docx(REPORT)
    saved = opened(data, tmp_path, "docx").read_bytes()
    assert [(tag.text, tag.entries, tag.key) for tag in tags_in(saved)] == [
        (tag.text, tag.entries, tag.key) for tag in tags_in(data)
    ]


def test_our_own_reader_reads_the_report_as_it_is_meant() -> None:
    document = read(to_docx(REPORT), "bao-cao.docx")
    assert document.attributes["number"] == "05/BC-SCT"
    assert document.attributes["dated"] == "2022-01-05"
    headings = [document.text[block.start : block.end] for block in document.blocks if block.kind == "heading"]
    assert headings[:3] == ["I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ", "1. Sản xuất công nghiệp", "a) Xuất nhập khẩu"]
    assert CHART.caption in document.text
    assert document.attributes["title"] == f"{FRAME.kind} {FRAME.subject}"


def test_a_submission_slip_and_an_appendix_alone_are_printed(tmp_path: Path) -> None:
    slip = Slip(
        "SỞ CÔNG THƯƠNG", "PHÒNG QUẢN LÝ CÔNG NGHIỆP", "Cao Bằng", None, "ban hành báo cáo năm 2021",
        ("Giám đốc Sở Công Thương",), (said("Giá trị sản xuất ước đạt ", told("5.300 tỷ đồng", 1), "."),),
        ("Dự thảo báo cáo",), others=("Phòng Quản lý thương mại",),
    )  # fmt: skip
    text = " ".join(pages(opened(slip_docx(slip), tmp_path, "pdf")))
    for words in (
        SLIP,
        "Giám đốc Sở Công Thương",
        "5.300 tỷ đồng",
        "- Dự thảo báo cáo.",
        "TRƯỞNG PHÒNG",
        "LÃNH ĐẠO SỞ",
    ):
        assert words in text
    assert "Ý kiến của Phòng Quản lý thương mại" in text
    assert [tag.text for tag in tags_in(slip_docx(slip))] == ["5.300 tỷ đồng"]
    alone = tmp_path / "alone"
    alone.mkdir()
    pdf = opened(appendix_docx(ANNEX, FRAME), alone, "pdf")
    info = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True).stdout.decode()
    assert re.search(r"Pages:\s+1\n", info)
    assert re.search(r"Page size:\s+84\d(\.\d+)? x 59\d", info)
    assert "THỦ TRƯỞNG ĐƠN VỊ" in pages(pdf)[0]

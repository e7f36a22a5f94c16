# SPDX-License-Identifier: Apache-2.0
"""Files that somebody sends to a report: what runs or fetches something, lies about itself, or swells is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bamsat.core.report.docx.active import something_active
from bamsat.core.report.docx.template_package import opened
from bamsat.core.terms.errors import FileUnreadable
from bamsat.rooms.reports import actions_write
from bamsat.rooms.reports.actions_issue import Uploaded, record_signed
from bamsat.rooms.reports.outputs import path_of
from tests.cast import Cast
from tests.rooms.reports.office import a_report, edited, with_figures
from tests.security.word_files import paragraph, run, word

TEXT = paragraph(run("Giá trị sản xuất công nghiệp năm 2021 đạt 5.300 tỷ đồng."))
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(kind: str, target: str, mode: str = "External") -> dict[str, str]:
    return {
        "word/_rels/document.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org'
        f'/package/2006/relationships"><Relationship Id="r9" Type="{REL}/{kind}" Target="{target}" '
        f'TargetMode="{mode}"/></Relationships>'
    }


def fielded(*instructions: str) -> str:
    return paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        *(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in instructions),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )


ACTIVE = {
    "macro": word(TEXT, {"word/vbaProject.bin": "x"}),
    "activex": word(TEXT, {"word/activeX/activeX1.xml": "<x/>"}),
    "program": word(TEXT, {"word/embeddings/a.exe": "MZ"}),
    "template": word(TEXT, relations("attachedTemplate", "https://ngoai.example/a.dotm")),
    "picture": word(TEXT, relations("image", "https://ngoai.example/theo-doi.png")),
    "share": word(TEXT, relations("image", "file://ngoai/chung/a.png")),
    "script link": word(TEXT, relations("hyperlink", "javascript:alert(1)")),
    "chunk": word(TEXT, relations("aFChunk", "a.xhtml", "Internal")),
    "dde": word(TEXT + fielded(r" DDEAUTO c:\\windows\\system32\\cmd.exe ")),
    "dde in pieces": word(TEXT + fielded("D", "", "De", "auto c:\\cmd.exe")),
    "dde in entities": word(TEXT + fielded("&#68;DE x")),
    "included": word(TEXT + fielded(' INCLUDETEXT "\\\\\\\\ngoai\\\\a.docx" ')),
}


@pytest.mark.parametrize("what", ACTIVE)
def test_a_word_file_that_runs_or_fetches_something_is_refused(cast: Cast, what: str):
    with pytest.raises(FileUnreadable, match="lấy nội dung từ ngoài"):
        actions_write.ask_word("sua.docx", ACTIVE[what])


@pytest.mark.parametrize("what", ACTIVE)
def test_a_template_that_runs_or_fetches_something_is_refused(what: str):
    with pytest.raises(FileUnreadable):
        opened(ACTIVE[what])


def test_links_page_numbers_and_tables_of_contents_are_no_harm():
    content = word(
        TEXT + fielded(" PAGE ") + fielded(' TOC \\o "1-3" ') + fielded(' HYPERLINK "https://moit.gov.vn/hidden-dde" '),
        relations("hyperlink", "https://moit.gov.vn/"),
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert something_active(archive, "a.docx") == ""


def bombed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 80_000_000)
    return out.getvalue()


def lying() -> bytes:
    content = word("<!-- -->" + TEXT)
    return content.replace(b"PK\x01\x02", b"PK\x01\x07")


HOSTILE = {
    "empty": b"", "text": b"<html><script>alert(1)</script>", "short": b"PK\x03\x04", "bomb": bombed(), "lie": lying(),
    "entities": word(TEXT, {"word/header1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    "cut": word(TEXT)[:-30], "no words": word("")[:200], "nested": word("<w:tbl>" * 5_000 + "</w:tbl>" * 5_000),
    "not closed": word("<w:p>"),
    "deep": word(paragraph("<w:sdt><w:sdtContent>" * 2_000 + "</w:sdtContent></w:sdt>" * 2_000)),
}  # fmt: skip


def test_no_hostile_file_becomes_a_version_or_breaks_the_page(cast: Cast):
    with_figures(cast)
    report = a_report(cast)
    client, address = cast.client(cast.specialist), reverse("reports:edited", args=[report.uuid])
    for what, content in HOSTILE.items():
        answer = client.post(address, {"tep": SimpleUploadedFile("sua.docx", content)})
        assert answer.status_code == 302, what
        came = report.versions.filter(origin="edited")
        assert not came.exists() or what in ("entities", "deep"), what
        if what == "entities":
            assert not came.exists()


def test_what_a_file_says_is_text_on_the_page(cast: Cast):
    with_figures(cast)
    report = a_report(cast)
    content = path_of(report.versions.get().sha256).read_bytes()
    evil = "<script>alert(1)</script> Kim ngạch xuất khẩu năm 2021 đạt 704 triệu USD <img src=x onerror=alert(1)>."
    version = actions_write.take_edited(cast.specialist, report, '"><script>.docx', edited(content, evil), "<script>x")
    assert version.remarks
    text = cast.client(cast.specialist).get(reverse("reports:report", args=[report.uuid])).content.decode()
    assert "<script>alert" not in text
    assert "<script>x" not in text
    assert "<img src=x" not in text


@pytest.mark.parametrize(
    "content", [b"", b"%PDF", b"<html>%PDF-1.7 %%EOF", b"%PDF-1.7\n" + b"x" * 5000, b"PK\x03\x04%%EOF"]
)
def test_what_is_no_pdf_is_no_signed_paper(cast: Cast, content: bytes):
    with_figures(cast)
    report = a_report(cast, "issued")
    with pytest.raises(FileUnreadable):
        record_signed(cast.clerk, report, Uploaded("ky.pdf", content))


def test_a_file_over_the_limit_is_refused_before_it_is_read(cast: Cast, settings):
    with_figures(cast)
    report = a_report(cast)
    settings.BAMSAT_UPLOAD_LIMIT = 20_000
    answer = cast.client(cast.specialist).post(
        reverse("reports:edited", args=[report.uuid]), {"tep": SimpleUploadedFile("a.docx", b"PK" + b"0" * 30_000)}
    )
    assert answer.status_code in (302, 413)
    assert report.versions.count() == 1

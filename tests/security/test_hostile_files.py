# SPDX-License-Identifier: Apache-2.0
"""Whoever sends a file may mean harm: it costs them a refusal, and everybody else nothing."""

import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from bamsat.core.read import apart
from bamsat.core.read.apart import ReaderBroke, read_apart
from bamsat.core.read.reader import read
from bamsat.core.terms.errors import FileUnreadable
from bamsat.rooms.documents import reading
from bamsat.rooms.documents.actions import clean_name, read_document, receive
from bamsat.rooms.documents.models import Document, State
from tests import build
from tests.cast import Cast

SENTENCE = "Giá trị sản xuất công nghiệp ước đạt 5.300 tỷ đồng, tăng 12,77% so với năm 2020.\n"
SCRIPT = b"<!doctype html><html><body><script>alert(1)</script><p>Xin ch\xc3\xa0o</p></body></html>"


def written(folder: Path, text: str) -> Path:
    path = folder / "bc.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_reading_apart_finds_the_same(tmp_path: Path):
    path = written(tmp_path, SENTENCE)
    assert read_apart(path) == read(path)


def test_a_line_that_keeps_the_grammar_busy_is_stopped(tmp_path: Path):
    with pytest.raises(FileUnreadable) as refused:
        read_apart(written(tmp_path, "năm 2021 đạt 5 tỷ đồng, " * 200_000), seconds=1)
    assert refused.value.cause == "too_slow"


def test_more_than_a_page_can_show_is_refused(tmp_path: Path):
    with pytest.raises(FileUnreadable) as refused:
        read_apart(written(tmp_path, "a\n" * (apart.MOST_LINES + 1)))
    assert refused.value.cause == "too_large"


def test_the_process_that_meets_the_file_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    seen = {}
    monkeypatch.setattr("subprocess.run", lambda *_, env, **__: seen.update(env) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        read_apart(written(tmp_path, SENTENCE))
    assert seen
    assert not [name for name in seen if name.startswith("BAMSAT_")]


def test_a_fault_of_the_grammar_is_told_without_the_words_it_was_reading(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def broken(*_: object, **__: object) -> None:
        raise ReaderBroke("KeyError (prose.py:1)")

    monkeypatch.setattr(reading, "read_apart", broken)
    log = reading.log
    log.addHandler(caplog.handler)
    document = read_document(build.received(cast.specialist, "nội dung mật"))
    log.removeHandler(caplog.handler)
    assert document.state == State.FAILED
    assert "prose.py:1" in caplog.text
    assert "mật" not in caplog.text


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 30_000_000 + b"</a>")
    return out.getvalue()


def entities() -> bytes:
    told = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", told)
    return out.getvalue()


@pytest.mark.parametrize(("content", "cause"), [(bomb(), "bomb"), (entities(), "bomb")])
def test_a_bomb_fails_alone_and_the_next_file_is_read(cast: Cast, content: bytes, cause: str):
    assert read_document(receive(cast.specialist, "bc.docx", content)).error_cause == cause
    assert read_document(receive(cast.specialist, "bc.txt", SENTENCE.encode())).state == State.READ


@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 10_000 + b"5 ty",
        b"<html><body>" + b"<table><tr><td>" * 3_000,
        b"(" * 100_000,
        "năm ".encode() * 50_000,
        "từ tháng 1 đến ".encode() * 20_000,
        b"1.000.000." * 20_000,
        b"1\t2\t" * 5_000,
        b"[](" * 30_000,
    ],
)
def test_deep_and_endless_repetition_is_read_or_refused_and_never_a_fault(cast: Cast, content: bytes):
    document = read_document(receive(cast.specialist, "bc.html" if b"<" in content[:1] else "bc.txt", content))
    assert document.state == State.READ or document.error_cause


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../secret-key.txt", "secret-key.txt"), ("..\\..\\a.txt", "a.txt"), ("/etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: b=c.txt", "aSet-Cookie: b=c.txt"), ("bc\u202etxt.exe", "bctxt.exe"), ("", "khong-ten"),
    ],
)  # fmt: skip
def test_a_file_name_is_only_a_name(sent: str, kept: str):
    assert clean_name(sent) == kept


def test_an_original_comes_back_as_a_download_that_no_browser_runs(cast: Cast):
    document = receive(cast.specialist, '"><svg onload=alert(1)>.html', SCRIPT)
    answer = cast.client(cast.specialist).get(f"/van-ban/{document.uuid}/tep-goc/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == SCRIPT  # type: ignore[attr-defined]


def test_a_page_shows_the_words_of_a_hostile_document_and_runs_none(cast: Cast):
    build.catalogue()
    text = '<script>alert("1")</script> và <img src=x onerror=alert(2)> đạt 5.300 tỷ đồng, tăng 5% so với năm 2020.'
    document = read_document(receive(cast.specialist, "<b onclick=alert(3)>.txt", text.encode()))
    client = cast.client(cast.specialist)
    for path in (
        f"/van-ban/{document.uuid}/",
        "/van-ban/",
        "/",
        f"/van-ban/{document.uuid}/trang-thai/",
        "/tim/?tim=b",
    ):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src" not in page
        assert "<b onclick" not in page


def test_a_stranger_cannot_fill_the_disk(client: Client, db: None):
    answer = client.post("/van-ban/gui/", {"tep": io.BytesIO(b"x" * 1000)})
    assert answer.status_code == 302
    assert "/dang-nhap/" in answer["Location"]
    assert not Document.objects.exists()

# SPDX-License-Identifier: Apache-2.0
"""Files that no one should be asked to read: each a clear refusal in both languages, within limits."""

import io
import os
import pickle
import random
import resource
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from bamsat.core.read.loaders import limits, load
from bamsat.core.read.loaders.safely import load_safely
from bamsat.core.terms.errors import FileUnreadable
from tests.core.read.loaders.specimens import SENTENCES, pdf, with_part, word, workbook, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
BOOK = workbook(("KQ", (("Chỉ tiêu", "Năm 2021"), ("Xuất khẩu", 28.85))))
ONE_PAGE = pdf([[(60, 700, "Đạt 5")]])
GARBAGE = random.Random(7).randbytes(40_000)
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


def refusal(data: bytes, name: str) -> FileUnreadable:
    with pytest.raises(FileUnreadable) as refused:
        load(data, name)
    error = refused.value
    assert error.name == name
    assert name in error.vi
    assert name in error.en
    assert error.vi.endswith(".")
    assert error.en.endswith(".")
    assert str(error) == error.vi
    return error


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf", "a.xlsx", "a.html", "a.csv"])
def test_an_empty_file(name):
    assert refusal(b"", name).cause == "empty"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b" \n\t\n", "a.txt"),
        (b"<html><body></body></html>", "a.html"),
        (word((), None), "a.docx"),
        (workbook(("S", ())), "a.xlsx"),
    ],
)
def test_a_file_that_says_nothing(data, name):
    assert refusal(data, name).cause == "empty"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95, 0.999])
@pytest.mark.parametrize(("data", "name"), [(word(), "a.docx"), (BOOK, "a.xlsx"), (ONE_PAGE, "a.pdf")])
def test_a_truncated_file(data, name, share):
    assert refusal(data[: int(len(data) * share)], name).cause in ("truncated", "binary")


def test_a_pdf_whose_pages_are_gone():
    data = ONE_PAGE
    assert refusal(data[: len(data) // 3] + b"\n%%EOF\n", "a.pdf").cause == "truncated"


def test_an_encrypted_office_file():
    data = OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(4000)
    assert refusal(data, "a.docx").cause == "encrypted"
    assert refusal(data, "a.xlsx").cause == "encrypted"
    assert "mật khẩu" in refusal(data, "a.docx").vi


def test_an_encrypted_pdf():
    data = ONE_PAGE
    secret = b"<< /Filter /Standard /V 1 /R 2 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> /P -4 >>"
    data = data.replace(b"trailer << ", b"trailer << /ID [<00> <00>] /Encrypt " + secret + b" ")
    assert refusal(data, "a.pdf").cause == "encrypted"


def test_an_encrypted_archive():
    data = bytearray(word())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(sign, at + 4)
    assert refusal(bytes(data), "a.docx").cause == "encrypted"


@pytest.mark.parametrize(
    ("data", "name", "media"),
    [
        (word(), "a.pdf", "docx"),
        (word(), "a.doc", "docx"),
        (BOOK, "a.xls", "xlsx"),
        (pdf([[(60, 700, "Xuất khẩu")]]), "a.docx", "pdf"),
        (b"<html><body><table><tr><td>A</td><td>5</td></tr></table></body></html>", "a.xls", "html"),
        (SENTENCES[0].encode(), "a.docx", "txt"),
    ],
)
def test_a_wrong_ending_is_noticed_and_the_content_read(data, name, media):
    document = load(data, name)
    assert document.media == media
    assert document.notices[0].startswith("đuôi tên tệp")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(100),
        b"{\\rtf1 Xin chao}",
        b"Rar!\x1a\x07\x00",
        b"\x1f\x8b\x08" + bytes(20),
        zipped({"ppt/presentation.xml": b"<p/>"}),
        zipped({"so-lieu.txt": b"5"}),
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_a_file_of_another_kind(data):
    assert refusal(data, "a.dat").cause == "wrong_type"


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf", "a.xlsx", "a.html", "a.csv", "a.md", "a.doc", "a"])
def test_binary_garbage(name):
    assert refusal(GARBAGE, name).cause in ("binary", "truncated")
    assert refusal(b"\0" * 5000, name).cause == "binary"


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"PK\x03\x04", OLE])
def test_garbage_behind_a_good_beginning(head):
    assert refusal(head + GARBAGE, "a.docx").cause in ("truncated", "wrong_type", "binary")
    assert refusal(head + GARBAGE + b"%%EOF", "a.pdf").cause in ("truncated", "wrong_type", "binary")


def test_a_zip_bomb():
    bomb = with_part(word(), "word/document.xml", b"<w:t>" + b" " * (limits.LARGEST_MEMBER // 8) + b"</w:t>")
    assert len(bomb) < limits.MEGABYTE
    assert refusal(bomb, "a.docx").cause == "bomb"
    bomb = with_part(BOOK, SHEET, b"<c/>" * (limits.RATIO_MATTERS_FROM // 3))
    assert refusal(bomb, "a.xlsx").cause == "bomb"


def test_an_archive_that_unpacks_to_too_much_in_all(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 10_000)
    assert refusal(word(), "a.docx").cause == "bomb"


def test_an_archive_whose_directory_lies_about_sizes():
    big = b'<c r="A1"/>' * 400_000
    data = bytearray(with_part(BOOK, SHEET, big))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = archive.getinfo(SHEET)
    declared = struct.pack("<I", member.file_size)
    for at in [at for at in range(len(data) - 4) if data[at : at + 4] == declared]:
        data[at : at + 4] = struct.pack("<I", 100)
    assert refusal(bytes(data), "a.xlsx").cause in ("truncated", "bomb")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (with_part(word(), "word/document.xml", (ENTITIES + "<a>&d;</a>").encode()), "a.docx"),
        (with_part(BOOK, SHEET, (ENTITIES + "<a>&d;</a>").encode()), "a.xlsx"),
        (with_part(word(), "word/media/a.svg", (ENTITIES + "<svg>&d;</svg>").encode()), "a.docx"),
        ((ENTITIES + "<svg>&d;</svg>").encode(), "a.svg"),
        ((ENTITIES + "<html><body>&d;</body></html>").encode(), "a.html"),
    ],
)
def test_an_entity_bomb(data, name):
    assert refusal(data, name).cause == "bomb"


def test_a_pdf_of_five_hundred_pages_is_read():
    lines = [(60.0, 740.0 - 16 * n, f"Mục này xuất khẩu đạt {n},5 triệu USD.") for n in range(30)]
    pages = [[(60.0, 756.0, f"Trang thứ {page + 1} của báo cáo."), *lines] for page in range(500)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    document = load(pdf(pages), "a.pdf")
    assert document.blocks[-1].at == "trang 500"
    assert len(document.blocks) == 500 * 31
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_a_pdf_of_too_many_pages(monkeypatch):
    monkeypatch.setattr(limits, "MOST_PAGES", 2)
    assert refusal(pdf([[(60, 700, "5")]] * 3), "a.pdf").cause == "too_large"


def test_a_scanned_pdf_is_told_from_a_broken_one():
    error = refusal(pdf([[]]), "a.pdf")
    assert error.cause == "unsupported"
    assert "ocrmypdf" in error.vi


def sheet(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_a_sheet_of_a_million_cells():
    letters = "ABCDEFGHIJ"
    cells = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{letter}{n}"><v>{n % 97}.5</v></c>' for letter in letters) + "</row>"
        for n in range(1, 100_001)
    )
    error = refusal(with_part(BOOK, SHEET, sheet(cells)), "a.xlsx")
    assert error.cause == "too_large"
    assert "1.000.000" in error.vi


def test_two_cells_at_the_ends_of_a_sheet():
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert refusal(with_part(BOOK, SHEET, sheet(cells)), "a.xlsx").cause == "too_large"


def test_a_limit_on_the_file_itself(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(limits, "LARGEST_FILE", 1000)
    assert refusal(word(), "a.docx").cause == "too_large"
    monkeypatch.setattr(limits, "LARGEST_TEXT_FILE", 100)
    path = tmp_path / "a.txt"
    path.write_text("Xuất khẩu " * 100)
    with pytest.raises(FileUnreadable) as refused:
        load(path)
    assert refused.value.cause == "too_large"


def test_an_error_survives_the_way_between_processes():
    error = refusal(b"", "a.docx")
    again = pickle.loads(pickle.dumps(error))
    assert (again.name, again.cause, again.vi, again.en) == (error.name, error.cause, error.vi, error.en)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_reading_safely_gives_the_same_document(folder):
    path = folder / "a.docx"
    path.write_bytes(word())
    assert load_safely(path) == load(path)


def test_reading_safely_gives_the_same_refusal(folder):
    path = folder / "abc"
    path.write_bytes(GARBAGE)
    with pytest.raises(FileUnreadable) as refused:
        load_safely(path, name="báo cáo.docx")
    assert (refused.value.cause, refused.value.name) == ("binary", "báo cáo.docx")


def test_reading_safely_stops_at_the_memory_limit(folder):
    path = folder / "a.txt"
    path.write_bytes("Xuất khẩu đạt 12,5 triệu USD.\n".encode() * 2_000_000)
    with pytest.raises(FileUnreadable) as refused:
        load_safely(path, megabytes=200)
    assert refused.value.cause == "too_large"


def test_reading_safely_stops_at_the_time_limit(folder):
    path = folder / "a.pdf"
    os.mkfifo(path)  # a source that never answers
    with pytest.raises(FileUnreadable) as refused:
        load_safely(path, seconds=1)
    assert refused.value.cause == "too_slow"
    assert "1 giây" in refused.value.vi


def test_a_stream_that_unpacks_for_ever_inside_a_pdf():
    data = ONE_PAGE
    stream = zlib.compress(b"BT ET " * 12_000_000)
    more = b"99 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(stream), stream)
    broken = data.replace(b"endobj\n", b"endobj\n" + more, 1)
    assert load(broken, "a.pdf").text == "Đạt 5"

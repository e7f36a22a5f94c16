# SPDX-License-Identifier: Apache-2.0
"""What a file is, by its first bytes; the name's ending only decides between kinds of plain text."""

from __future__ import annotations

import re
from pathlib import PurePath

from bamsat.core.read.loaders.archive import open_archive
from bamsat.core.read.loaders.limits import unreadable

ENDINGS = {
    ".txt": "txt", ".text": "txt", ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx",
    ".docm": "docx", ".doc": "doc", ".pdf": "pdf", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xlsb": "xlsx",
    ".xls": "xls", ".ods": "ods", ".csv": "csv", ".tsv": "csv", ".md": "md", ".markdown": "md",
}  # fmt: skip
_TEXT_KINDS = ("txt", "csv", "md")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|table)\b", re.IGNORECASE)
_OFFICE_PARTS = (
    ("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsx"),
)  # fmt: skip
_OPEN_DOCUMENT = {b"application/vnd.oasis.opendocument.spreadsheet": "ods"}
_KNOWN_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", "là ảnh PNG", "is a PNG picture"),
    (b"\xff\xd8\xff", "là ảnh JPEG", "is a JPEG picture"),
    (b"GIF8", "là ảnh GIF", "is a GIF picture"),
    (b"II*\0", "là ảnh TIFF", "is a TIFF picture"),
    (b"MM\0*", "là ảnh TIFF", "is a TIFF picture"),
    (b"BM", "là ảnh BMP", "is a BMP picture"),
    (b"Rar!\x1a\x07", "là tệp nén RAR", "is a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "là tệp nén 7z", "is a 7z archive"),
    (b"\x1f\x8b", "là tệp nén gzip", "is a gzip archive"),
    (b"{\\rtf", "là tệp RTF", "is an RTF file"),
    (b"MZ", "là chương trình chạy", "is a program"),
    (b"\x7fELF", "là chương trình chạy", "is a program"),
    (b"PAR1", "là tệp Parquet", "is a Parquet file"),
    (b"SQLite format 3\0", "là cơ sở dữ liệu SQLite", "is an SQLite database"),
    (b"ID3", "là tệp âm thanh", "is a sound file"),
    (b"OggS", "là tệp âm thanh", "is a sound file"),
)


def said_kind(name: str) -> str:
    """The type that the ending of the name promises; empty for an unknown ending."""
    return ENDINGS.get(PurePath(name).suffix.lower(), "")


def kind_of(data: bytes, name: str) -> str:
    """The type of a file by its content.

    >>> kind_of(b"%PDF-1.7 ...", "bao-cao.docx"), kind_of(b"a;b;c", "so-lieu.csv"), kind_of(b"<html>", "a.xls")
    ('pdf', 'csv', 'html')
    """
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(data, name)
    if head.startswith(_OLE):
        return _ole_kind(data, name)
    for sign, vi, en in _KNOWN_OTHERS:
        if head.startswith(sign) and not (len(sign) < 3 and _is_text(data)):
            raise unreadable(name, "wrong_type", vi, en)
    return _markup_kind(data, name)


def _markup_kind(data: bytes, name: str) -> str:
    said = said_kind(name)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"<!ENTITY" in data[:65536]:
        raise unreadable(name, "bomb", "có khai báo thực thể XML", "it declares XML entities")
    if said == "html" or (head.startswith(b"<") and _HTML.search(head)):
        return "html"
    if head.startswith((b"<?xml", b"<svg")):
        raise unreadable(name, "wrong_type", "là tệp XML, không phải báo cáo", "is an XML file, not a report")
    if head.startswith(b"MIME-Version:"):
        raise unreadable(name, "wrong_type", "là trang web lưu dạng MHT", "is a web page saved as MHT")
    return said if said in _TEXT_KINDS else "txt"


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:1024]


def _zip_kind(data: bytes, name: str) -> str:
    with open_archive(data, name) as archive:
        names = set(archive.namelist())
        for part, kind in _OFFICE_PARTS:
            if part in names:
                return kind
        if "mimetype" in names:
            kind = _OPEN_DOCUMENT.get(archive.read("mimetype")[:100].strip(), "")
            if kind:
                return kind
    if any(part.startswith("ppt/") for part in names):
        raise unreadable(name, "wrong_type", "là tệp trình chiếu PowerPoint", "is a PowerPoint presentation")
    if said_kind(name) in ("docx", "xlsx", "ods"):
        raise unreadable(name, "truncated", ": thiếu phần nội dung chính", ": its main part is missing")
    raise unreadable(name, "wrong_type", "là tệp nén, hãy giải nén trước", "is an archive, unpack it first")


def _ole_kind(data: bytes, name: str) -> str:
    """Names in the directory of an old Office file are UTF-16; which stream it has says what it is."""
    for stream, kind in (("EncryptedPackage", ""), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls")):
        if stream.encode("utf-16-le") in data:
            if not kind:
                raise unreadable(name, "encrypted")
            return kind
    if len(data) < 4096 or said_kind(name) in ("doc", "xls"):
        raise unreadable(name, "truncated")
    raise unreadable(name, "wrong_type", "là tệp Office cũ không phải Word hay Excel", "is another old Office file")

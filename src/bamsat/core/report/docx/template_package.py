# SPDX-License-Identifier: Apache-2.0
"""Opens the Word file of a template: hostile until shown otherwise, so what no report needs is refused at the door."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from bamsat.core.read.loaders.archive import check_members, member_text, open_archive
from bamsat.core.read.loaders.limits import MEGABYTE, unreadable
from bamsat.core.report.docx.active import something_active
from bamsat.core.report.docx.template_marks import MC, W, Where
from bamsat.core.terms.errors import FileUnreadable

LARGEST_TEMPLATE = 10 * MEGABYTE
LARGEST_BODY = 8 * MEGABYTE
MOST_PARAGRAPHS = 20_000
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ACTIVE = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|\.(exe|dll|js|vbs|bat|cmd|html?|mht|rtf)$", re.IGNORECASE
)
_ACTIVE_RELATION = re.compile(r"/(aFChunk|oleObject|package|control|attachedToolbars|vbaProject)$")
_HARMLESS_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
_TRACKED = tuple(
    W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "pPrChange", "rPrChange")
)
_DAMAGED = (
    PackageNotFoundError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, OSError,
    TypeError, IndexError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file in which marks may stand: its body, a header, a footer."""

    where: Where
    element: Any


def opened(data: bytes, name: str = "mẫu.docx") -> Any:
    """The document of a template that brings nothing active and nothing from elsewhere."""
    if len(data) > LARGEST_TEMPLATE:
        raise _refused(
            name, "lớn hơn 10 MB", "is larger than 10 MB", "Hãy bỏ bớt ảnh rồi tải lên lại.", "Remove pictures."
        )
    with open_archive(data, name) as archive:
        check_members(archive, name)
        _check_parts(archive, name)
        if found := something_active(archive, name):
            raise _refused(
                name, f"có thứ tự chạy hoặc lấy nội dung từ ngoài ({found})", f"runs or fetches something ({found})",
                "Hãy bỏ đi rồi tải lên lại.", "Remove it.",
            )  # fmt: skip
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
    except _DAMAGED as error:
        raise unreadable(name, "truncated") from error
    if body is None:
        raise unreadable(name, "truncated")
    if sum(1 for _each in body.iter(W + "p")) > MOST_PARAGRAPHS:
        raise unreadable(name, "too_large", "hơn 20.000 đoạn", "more than 20,000 paragraphs")
    _drop_second_drawings(document)
    return document


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    kinds = member_text(archive, "[Content_Types].xml", name).decode("utf-8", "replace")
    if _KIND not in kinds:
        raise _refused(
            name, "không phải tệp Word .docx", "is not a .docx of Word",
            "Hãy mở bằng Word, chọn Lưu thành “Word Document (*.docx)” rồi tải lên lại.",
            "Open it in Word, save it as “Word Document (*.docx)” and upload that.",
        )  # fmt: skip
    for member in archive.infolist():
        if _ACTIVE.search(member.filename) or "macroEnabled" in kinds:
            raise _refused(
                name, f"có macro hoặc tệp nhúng ({member.filename})",
                f"holds a macro or an embedded file ({member.filename})",
                "Hãy bỏ macro, tệp và đối tượng nhúng, lưu thành .docx rồi tải lên lại.",
                "Remove macros and embedded objects, and save it as .docx.",
            )  # fmt: skip
        if member.filename == "word/document.xml" and member.file_size > LARGEST_BODY:
            raise unreadable(name, "too_large", "phần chữ hơn 8 MB", "its text takes more than 8 MB")
        if member.filename.endswith(".rels"):
            _check_relations(member_text(archive, member.filename, name), name)


def _check_relations(content: bytes, name: str) -> None:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise unreadable(name, "truncated") from error
    for relation in root.iter(_RELATIONS):
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        outside = relation.get("TargetMode") == "External"
        link = kind.endswith("/hyperlink") and _HARMLESS_LINK.match(target)
        if _ACTIVE_RELATION.search(kind) or (outside and not link):
            raise _refused(
                name, f"lấy nội dung từ ngoài hoặc nhúng đối tượng ({target[:80]})",
                f"takes content from elsewhere or embeds an object ({target[:80]})",
                "Hãy chèn ảnh vào tệp thay vì liên kết, bỏ đối tượng nhúng và mẫu đính kèm rồi tải lên lại.",
                "Insert pictures instead of linking them, and remove embedded objects and the attached template.",
            )  # fmt: skip


def _refused(name: str, vi: str, en: str, mend_vi: str, mend_en: str) -> FileUnreadable:
    return FileUnreadable(
        name=name, cause="wrong_type", vi=f"Tệp “{name}” {vi}. {mend_vi}", en=f"The file “{name}” {en}. {mend_en}"
    )


def _drop_second_drawings(document: Any) -> None:
    """A drawing stands twice, once for programs before 2010; marks are filled in the one that is shown."""
    for part in parts_of(document):
        for other in list(part.element.iter(MC + "Fallback")):
            other.getparent().remove(other)


def parts_of(document: Any) -> list[Part]:
    """The body, then headers and footers, each once."""
    found = [Part("body", document.element.body)]
    for relation in document.part.rels.values():
        for where in ("header", "footer"):
            if relation.reltype.endswith(f"/{where}") and not relation.is_external:
                found.append(Part(where, relation.target_part.element))
    return found


def tracked(element: Any) -> bool:
    """Whether changes are kept in it that nobody has accepted or refused."""
    return next(element.iter(*_TRACKED), None) is not None

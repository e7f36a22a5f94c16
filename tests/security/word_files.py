# SPDX-License-Identifier: Apache-2.0
"""Word files as somebody with bad intentions would write them, part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KEYS = "urn:bamsat:report:numbers"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def word(body: str, more: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this body, and whatever other parts."""
    out = io.BytesIO()
    document = f'<?xml version="1.0"?><w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(more or {})).items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(*pieces: str) -> str:
    return f"<w:p>{''.join(pieces)}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def tagged(number: int, text: str, entry: str = "") -> str:
    """A number in the product's own content control, whoever wrote it."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="Số liệu {number}"/><w:tag w:val="bamsat:{entry}"/><w:id w:val="{number}"/>'
        f"</w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"
    )


def store(entries: Mapping[int, Iterable[str]]) -> dict[str, str]:
    """The part of the file in which numbers claim their entries."""
    rows = "".join(f'<number id="{number}" entries="{" ".join(them)}"/>' for number, them in entries.items())
    return {"customXml/item1.xml": f'<?xml version="1.0"?><numbers xmlns="{KEYS}">{rows}</numbers>'}

# SPDX-License-Identifier: Apache-2.0
"""Workbooks that no office would send, written part by part."""

import io
import zipfile

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_MEDIA}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_MEDIA}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def workbook(sheet: str | bytes, head: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """A workbook with these rows in its one sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, content)
        body = sheet if isinstance(sheet, bytes) else sheet.encode()
        start = f'{head}<worksheet xmlns="{_SHEETS}"><sheetData>'.encode()
        archive.writestr("xl/worksheets/sheet1.xml", start + body + b"</sheetData></worksheet>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def far_apart() -> bytes:
    """Two cells, and 17 milliard empty ones between them."""
    return workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def swollen() -> bytes:
    """Small as it is sent, 200 MB of nothing when unpacked."""
    return workbook(b" " * 200_000_000)


def entities() -> bytes:
    doors = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "haha"}">' for n in range(12))
    rows = '<row r="1"><c r="A1" t="str"><v>&e11;</v></c></row>'
    return workbook(rows, f"<!DOCTYPE worksheet [{doors}]>")


def deep() -> bytes:
    return workbook("<row>" * 200_000)


HOSTILE = {"far apart": far_apart, "swollen": swollen, "entities": entities, "deep": deep}

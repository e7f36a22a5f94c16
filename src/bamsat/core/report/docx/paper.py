# SPDX-License-Identifier: Apache-2.0
"""The sheet: A4, its margins, page numbers, an empty document of our own, and the bytes of a finished one."""

from __future__ import annotations

import copy
import io
import zipfile
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml import parse_xml

from bamsat.core.report.docx.marks import DECLARED, W, elements, paragraph, run, twips
from bamsat.core.report.docx.styles import sheet

SHORT, LONG = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 20.0
_NUMBER_FROM_EDGE = 10.0  # the page number stands in the middle of the top margin
_MOMENT = (2000, 1, 1, 0, 0, 0)  # the same report gives the same bytes
_DROPPED = ("stylesWithEffects", "webSettings", "customXml", "numbering", "theme", "fontTable", "thumbnail")
_SETTINGS = (
    f'<w:settings {DECLARED}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)
_PROGRAM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Bám Sát</Application></Properties>"
)


@dataclass(frozen=True, slots=True)
class Room:
    """What lies between the margins of a sheet, in millimetres."""

    landscape: bool = False

    @property
    def across(self) -> float:
        return (LONG if self.landscape else SHORT) - LEFT - RIGHT


def empty() -> Any:
    """A document without a word, with the styles and the page of Decree 30."""
    package = docx.Document()
    part = package.part
    for holder in (part, part.package):
        for relation in [r for r in holder.rels.values() if r.reltype.rpartition("/")[2] in _DROPPED]:
            del holder.rels[relation.rId]
    part._styles_part._element = parse_xml(sheet())
    part._settings_part._element = parse_xml(_SETTINGS)
    part._element = parse_xml(
        f'<w:document {DECLARED} mc:Ignorable="w15"><w:body>{section(landscape=False)}</w:body></w:document>'
    )
    for relation in part.package.rels.values():
        if relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _PROGRAM.encode()
    document = part.document
    _number_pages(document.sections[0])
    return document


def section(landscape: bool) -> str:
    """A sheet of A4, upright or on its side, with the margins of the decree."""
    wide, tall = (LONG, SHORT) if landscape else (SHORT, LONG)
    turned = ' w:orient="landscape"' if landscape else ""
    return (
        f'<w:sectPr><w:pgSz w:w="{twips(wide)}" w:h="{twips(tall)}"{turned}/>'
        f'<w:pgMar w:top="{twips(TOP)}" w:right="{twips(RIGHT)}" w:bottom="{twips(BOTTOM)}" w:left="{twips(LEFT)}" '
        f'w:header="{twips(_NUMBER_FROM_EDGE)}" w:footer="{twips(_NUMBER_FROM_EDGE)}" w:gutter="0"/></w:sectPr>'
    )


def _number_pages(section: Any) -> None:
    """Page numbers in the middle of the top margin; the first page has none."""
    section.different_first_page_header_footer = True
    header = section.header
    header.is_linked_to_previous = False
    root = header._element
    for old in list(root):
        root.remove(old)
    field = f'<w:fldSimple w:instr=" PAGE ">{run("2")}</w:fldSimple>'
    root.extend(elements(paragraph(field, "SoTrang")))


def turned(settings: Any, landscape: bool) -> Any:
    """A further section after one: the same header, no hidden number, upright or on its side."""
    found = copy.deepcopy(settings)
    for gone in (
        *found.findall(W + "headerReference"),
        *found.findall(W + "footerReference"),
        *found.findall(W + "titlePg"),
    ):
        found.remove(gone)
    size = found.find(W + "pgSz")
    across, down = sorted((int(size.get(W + "w")), int(size.get(W + "h"))), reverse=landscape)
    size.set(W + "w", str(across))
    size.set(W + "h", str(down))
    if landscape:
        size.set(W + "orient", "landscape")
    else:
        size.attrib.pop(W + "orient", None)
    return found


def saved(package: Any) -> bytes:
    """The bytes of a document, without the moment at which they were written."""
    first, out = io.BytesIO(), io.BytesIO()
    package.save(first)
    with zipfile.ZipFile(first) as loose, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for member in loose.infolist():
            info = zipfile.ZipInfo(member.filename, _MOMENT)
            packed.writestr(info, loose.read(member), zipfile.ZIP_DEFLATED)
    return out.getvalue()

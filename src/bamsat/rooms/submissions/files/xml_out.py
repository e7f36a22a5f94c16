# SPDX-License-Identifier: Apache-2.0
"""A return as XML by the published schema, data/schemas/return.xsd."""

from __future__ import annotations

import re
from importlib.resources import files
from xml.etree import ElementTree

from bamsat.rooms.submissions.files.xml_in import NAMESPACE
from bamsat.rooms.submissions.grids import Grid

MEDIA = "application/xml; charset=utf-8"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def schema() -> bytes:
    """The schema as it is published."""
    return files("bamsat").joinpath("data", "schemas", "return.xsd").read_bytes()


def as_xml(grid: Grid) -> bytes:
    """Every cell that was filled: numbers as XML writes them, with the unit they are in."""
    sent = grid.sent_return
    root = ElementTree.Element("return", {"xmlns": NAMESPACE})
    _said(root, "form", sent.form.code)
    _said(root, "version", str(sent.version.number))
    _said(root, "place", sent.place.name, code=sent.place.slug)
    _said(root, "period", sent.period)
    if sent.note:
        _said(root, "note", sent.note)
    cells = ElementTree.SubElement(root, "cells")
    for cell in grid.sheet.cells():
        why = sent.cells.get(cell.key, {}).get("why", "")
        text = cell.text.strip()
        if cell.role != "typed" or cell.column.hidden or not (text or why):
            continue
        told = {"key": cell.key, "row": cell.row.code, "column": cell.column.code}
        one = ElementTree.SubElement(cells, "cell", told)
        if text and cell.value is not None:
            _said(one, "value", format(cell.value, "f"), unit=cell.column.unit or cell.row.unit)
        elif text:
            _said(one, "text", (cell.typed.words if cell.typed else "") or text)
        if why:
            _said(one, "note", why)
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _said(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = _NOT_IN_XML.sub(" ", text)

# SPDX-License-Identifier: Apache-2.0
"""Parts of a Word file beside its text: the keys of its numbers, and properties of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from bamsat.core.report.docx.marks import cleaned
from bamsat.core.report.docx.tags import KEYS, Numbers, number_of
from bamsat.core.report.outline import Frame

_XML = "application/xml"
_STORE_KIND = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_STORE_SETTINGS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
_STORE_ID = "{3B0E6B52-61E4-4E52-9A34-6C1F2B7D5A01}"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_OURS = "bamsat"


def keep_numbers(package: Any, numbers: Numbers) -> None:
    """Put the keys of the numbers into a part of the file; those of an earlier call stay."""
    if not numbers.told:
        return
    kept = _kept(package)
    if kept is not None:
        root = etree.fromstring(kept.blob)
        root.extend(etree.fromstring(numbers.part()))
        kept._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return
    whole = package.part.package
    number = next(n for n in range(1, 10_000) if not _taken(whole, f"/customXml/item{n}.xml"))
    part = Part(PackURI(f"/customXml/item{number}.xml"), _XML, numbers.part(), whole)
    settings = (
        f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
        f'ds:itemID="{_STORE_ID}"><ds:schemaRefs><ds:schemaRef ds:uri="{KEYS}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    beside = Part(PackURI(f"/customXml/itemProps{number}.xml"), _STORE_KIND, settings.encode(), whole)
    part.relate_to(beside, _STORE_SETTINGS)
    package.part.relate_to(part, _STORE)


def kept_ids(package: Any) -> Iterator[int]:
    """The ids of numbers whose keys a document keeps already."""
    kept = _kept(package)
    if kept is not None:
        yield from (number_of(number.get("id")) for number in etree.fromstring(kept.blob))


def _kept(package: Any) -> Any:
    for relation in package.part.rels.values():
        if relation.reltype == _STORE and not relation.is_external and KEYS.encode() in relation.target_part.blob:
            return relation.target_part
    return None


def _taken(whole: Any, name: str) -> bool:
    return any(str(part.partname) == name for part in whole.iter_parts())


def set_properties(package: Any, title: str, frame: Frame, attributes: Mapping[str, str]) -> None:
    """Title and kind where Word shows them, and what the report is of, one property each."""
    day = frame.day
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
    core = package.core_properties
    core.title = cleaned(title or frame.subject or frame.kind)[:255]
    core.subject = cleaned(frame.subject)[:255]
    core.category = cleaned(frame.kind)[:255]
    core.author = cleaned(frame.organ)[:255]
    core.last_modified_by = ""
    core.language = "vi-VN"
    core.comments = ""
    core.keywords = cleaned("; ".join(value for value in attributes.values() if value))[:255]
    core.created = core.modified = moment
    if attributes:
        _set_custom(package, attributes)


def _set_custom(package: Any, attributes: Mapping[str, str]) -> None:
    """Custom properties; those of the same name are replaced, others stay."""
    whole = package.part.package
    named = {f"{_OURS}.{name}": value for name, value in attributes.items()}
    kept = next((r.target_part for r in whole.rels.values() if r.reltype == _PROPERTIES), None)
    others = [] if kept is None else [p for p in etree.fromstring(kept.blob) if p.get("name") not in named]
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VALUES})
    root.extend(others)
    for name, value in named.items():
        one = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT_ID, name=cleaned(name))
        etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = cleaned(value)
    for number, one in enumerate(root, start=2):
        one.set("pid", str(number))
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if kept is not None:
        kept._blob = blob
    else:
        whole.relate_to(Part(PackURI("/docProps/custom.xml"), _PROPERTIES_KIND, blob, whole), _PROPERTIES)

# SPDX-License-Identifier: Apache-2.0
"""Numbers in a Word file know their entries: each stands in a content control, its key in a part of the file.

Word keeps the control's id and tag; LibreOffice keeps only its title ("Số liệu 12"), by which the part is found too.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from bamsat.core.read.loaders.archive import check_members, open_archive
from bamsat.core.report.docx.marks import W, cleaned, escaped, run
from bamsat.core.report.outline import Told

KEYS = "urn:bamsat:report:numbers"
PREFIX = "bamsat:"
_TITLE = "Số liệu "
_K = "{" + KEYS + "}"
_NUMBERED = re.compile(re.escape(_TITLE) + r"(\d+)")
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_STORE = re.compile(r"customXml/item(\d+)\.xml")
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_LAYOUT = re.compile("XÃ HỘI CHỦ NGHĨA VIỆT NAM|Nơi nhận:", re.IGNORECASE)
_SKIPPED = {W + "pPr", W + "rPr", W + "del", W + "instrText", W + "delText", W + "sdtPr"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A number that a file holds with its entries: its words now, the words and key with which it was written."""

    id: int
    entries: tuple[str, ...]
    text: str
    place: str  # "đoạn 7"; "bảng 2, hàng 3, cột 4", merged cells counted once
    paragraph: str = ""  # the whole paragraph or cell in which it stands
    start: int = 0  # where in it
    key: Mapping[str, str] = field(default_factory=dict)  # indicator, measure, period, base, value ...; text as written


@dataclass(slots=True)
class Numbers:
    """The numbers of a file that is being written, each with an id of its own."""

    first: int = 1
    told: list[Told] = field(default_factory=list)

    def control(self, told: Told, settings: str = "") -> str:
        """A number as an inline content control that nobody sees."""
        number = self.first + len(self.told)
        self.told.append(told)
        entry = told.entries[0] if told.entries else ""
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{_TITLE}{number}"/><w:tag w:val="{PREFIX}{escaped(entry)}"/>'
            f'<w:id w:val="{number}"/><w15:appearance w15:val="hidden"/><w:text/></w:sdtPr>'
            f"<w:sdtContent>{run(told.text, settings=settings)}</w:sdtContent></w:sdt>"
        )

    def part(self) -> bytes:
        """The part of the file that keeps every number's key."""
        root = etree.Element(f"{_K}numbers", nsmap={None: KEYS})
        for number, told in enumerate(self.told, start=self.first):
            etree.SubElement(root, f"{_K}number", {"id": str(number), **_key(told)})
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _key(told: Told) -> dict[str, str]:
    fact = told.fact
    said = {
        "text": told.text,
        "entries": " ".join(fact.entries),
        "indicator": fact.indicator,
        "measure": fact.measure,
        "period": fact.period.code,
        "base": fact.base.code if fact.base else "",
        "segment": fact.segment,
        "area": fact.area,
        "value": str(fact.value),
        "value_high": "" if fact.value_high is None else str(fact.value_high),
        "of": "" if fact.of is None else str(fact.of),
        "unit": fact.unit,
        "status": fact.status,
        "hedge": fact.hedge,
        "price_basis": fact.price_basis,
        "counted": fact.counted,
    }
    return {name: cleaned(text) for name, text in said.items() if text}


def first_free(body: Any) -> int:
    """An id that no content control of a document has yet."""
    ids = (number_of(found.get(W + "val")) for found in body.iter(W + "id") if found.getparent().tag == W + "sdtPr")
    return max((*ids, 0)) + 1


def tags_in(data: bytes, name: str = "bao-cao.docx") -> list[Tag]:
    """Every number of a Word file that knows its entries, in the order of the file."""
    with open_archive(data, name) as archive:
        check_members(archive, name)
        keys = _keys(archive)
        roots = [_parsed(archive.read(part)) for part in sorted(_written(archive), key=_body_first)]
    return [tag for root in roots for tag in _tags(root, keys)]


def without_tags(data: bytes, name: str = "bao-cao.docx") -> bytes:
    """The same file, its numbers plain words: for those outside who need not know the entries."""
    out = io.BytesIO()
    with open_archive(data, name) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        check_members(archive, name)
        gone = _stores(archive)
        for member in archive.infolist():
            if member.filename in gone:
                continue
            blob = archive.read(member)
            if _PARTS.fullmatch(member.filename):
                blob = _unwrapped(blob)
            elif member.filename.endswith((".rels", "[Content_Types].xml")):
                blob = _unlisted(blob, gone)
            written.writestr(zipfile.ZipInfo(member.filename, member.date_time), blob, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parsed(blob: bytes) -> Any:
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _written(archive: zipfile.ZipFile) -> list[str]:
    return [part for part in archive.namelist() if _PARTS.fullmatch(part)]


def _body_first(part: str) -> tuple[bool, str]:
    return part != "word/document.xml", part


def _keys(archive: zipfile.ZipFile) -> dict[int, dict[str, str]]:
    keys: dict[int, dict[str, str]] = {}
    for part in archive.namelist():
        if _STORE.fullmatch(part) and KEYS.encode() in (blob := archive.read(part)):
            for number in _parsed(blob).iter(f"{_K}number"):
                said = dict(number.attrib)
                keys[number_of(said.pop("id", ""))] = said
    return keys


def number_of(text: str | None) -> int:
    """A whole number of an attribute, 0 where it is none.

    >>> number_of("12"), number_of("-3"), number_of("a1"), number_of(None)
    (12, -3, 0, 0)
    """
    return int(text) if text and text.removeprefix("-").isdecimal() else 0


def _stores(archive: zipfile.ZipFile) -> set[str]:
    """The parts that keep keys, with what belongs to them."""
    found: set[str] = set()
    for part in archive.namelist():
        if (match := _STORE.fullmatch(part)) and KEYS.encode() in archive.read(part):
            found |= {part, f"customXml/_rels/item{match[1]}.xml.rels", f"customXml/itemProps{match[1]}.xml"}
    return found


def _tags(root: Any, keys: dict[int, dict[str, str]]) -> Iterator[Tag]:
    for paragraph, place in _paragraphs(root):
        text, controls = _read(paragraph)
        for control, start, end in controls:
            settings = control.find(W + "sdtPr")
            mark, title, own = (_value(settings, name) for name in ("tag", "alias", "id"))
            numbered = _NUMBERED.fullmatch(title)
            if not numbered and not mark.startswith(PREFIX):
                continue
            # A control that was copied has a new id and the old title, one saved by LibreOffice likewise.
            number = int(numbered[1]) if numbered else number_of(own)
            key = dict(keys.get(number, {}))
            entries = tuple(key.pop("entries", "").split())
            if not entries and mark.startswith(PREFIX):
                entries = tuple(entry for entry in mark.removeprefix(PREFIX).split(",") if entry)
            yield Tag(number, entries, text[start:end], place, text, start, key)


def _value(settings: Any, name: str) -> str:
    found = None if settings is None else settings.find(W + name)
    return "" if found is None else str(found.get(W + "val") or "")


def _paragraphs(root: Any) -> Iterator[tuple[Any, str]]:
    """Paragraphs with their places, counted as the reader counts: no empty ones, and what a letterhead or a signature
    block sets side by side are paragraphs, not a table."""
    paragraphs = 0
    grids = [table for table in root.iter(W + "tbl") if not _LAYOUT.search("".join(table.itertext(W + "t")))]
    tables = {table: number for number, table in enumerate(grids, start=1)}
    counted: dict[Any, int] = {}
    for paragraph in root.iter(W + "p"):
        cell = next(paragraph.iterancestors(W + "tc"), None)
        row = None if cell is None else next(cell.iterancestors(W + "tr"), None)
        table = None if row is None else next(row.iterancestors(W + "tbl"), None)
        if cell is not None and row is not None and table in tables:
            across, down = _counted(cell, counted), _counted(row, counted)
            yield paragraph, f"bảng {tables[table]}, hàng {down}, cột {across}"
        else:
            paragraphs += any((found.text or "").strip() for found in paragraph.iter(W + "t"))
            yield paragraph, f"đoạn {paragraphs}"


def _counted(element: Any, counted: dict[Any, int]) -> int:
    """The how-many-th of its kind it is where it stands; all beside it are counted in one go."""
    if element not in counted:
        beside = element.getparent().iterchildren(element.tag)
        counted.update((one, number) for number, one in enumerate(beside, start=1))
    return counted[element]


def _read(paragraph: Any) -> tuple[str, list[tuple[Any, int, int]]]:
    """The words of a paragraph, and from where to where each content control of it reaches."""
    pieces: list[str] = []
    controls: list[tuple[Any, int, int]] = []

    def take(element: Any, at: int) -> int:
        for child in element:
            if child.tag in _SKIPPED or child.tag == W + "p":
                continue
            start = at
            if child.tag == W + "t" or child.tag in _SIGNS:
                words = (child.text or "") if child.tag == W + "t" else _SIGNS[child.tag]
                pieces.append(words)
                at += len(words)
                continue
            at = take(child, at)
            if child.tag == W + "sdt":
                controls.append((child, start, at))
        return at

    take(paragraph, 0)
    controls.sort(key=lambda control: control[1])
    return "".join(pieces), controls


def _unwrapped(blob: bytes) -> bytes:
    root = _parsed(blob)
    for control in list(root.iter(W + "sdt")):
        settings = control.find(W + "sdtPr")
        ours = _value(settings, "tag").startswith(PREFIX) or _NUMBERED.fullmatch(_value(settings, "alias"))
        content = control.find(W + "sdtContent")
        if ours and content is not None:
            parent = control.getparent()
            at = parent.index(control)
            parent[at : at + 1] = list(content)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _unlisted(blob: bytes, gone: set[str]) -> bytes:
    """A list of parts or of relationships without those that are gone."""
    root = _parsed(blob)
    names = {part.rpartition("/")[2] for part in gone}
    for entry in list(root):
        named = entry.get("PartName") or entry.get("Target") or ""
        if named.lstrip("/") in gone or ("customXml/" in named and named.rpartition("/")[2] in names):
            root.remove(entry)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

# SPDX-License-Identifier: Apache-2.0
"""Fills an office's own Word template with a report: its words, its numbers in their controls, its tables and charts.

docxtpl puts the marks of the template into a shape that Jinja reads; Jinja, shut into the closed list of
`template_grammar`, only leaves room; the writer of every other Word report fills it (docs/reports/templates.md).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docxtpl.template import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from bamsat.core.report.docx.annexes import annexes, in_sections
from bamsat.core.report.docx.marks import W, line
from bamsat.core.report.docx.store import set_properties
from bamsat.core.report.docx.tags import without_tags
from bamsat.core.report.docx.template_grammar import STYLED, Wrong, only_ours
from bamsat.core.report.docx.template_marks import isolate, lines
from bamsat.core.report.docx.template_package import opened, parts_of
from bamsat.core.report.docx.template_topics import period_of, sections_of, shipped_sets, topics_of
from bamsat.core.report.docx.template_values import SLOT, Item, Pieces, Slots, TemplateUnfit, values
from bamsat.core.report.docx.writer import Writer
from bamsat.core.report.facts import Topic
from bamsat.core.report.outline import Block, Report
from bamsat.core.report.wording import Setting
from bamsat.core.terms.period import Period

_DAMAGED = (TemplateError, etree.XMLSyntaxError, Wrong, RecursionError)


def fill(
    template: bytes,
    report: Report,
    sections: Mapping[str, tuple[Block, ...]] | None = None,
    topics: Mapping[str, Topic] | None = None,
    *,
    names: Mapping[str, str] | None = None,
    sets: Mapping[str, Sequence[str]] | None = None,
    setting: Setting | None = None,
) -> bytes:
    """The template as a Word file with this report in it.

    What is not given is taken from the report: sections from its headings, topics from its numbers. `names` are those
    of the indicators, `sets` their codes by set, both as shipped where an office has no others. A template that cannot
    be filled raises TemplateUnfit.
    """
    clean = without_tags(template, "mẫu.docx")
    filler = _Filler(io.BytesIO(clean))
    filler.docx = opened(clean)
    period = period_of(report)
    setting = setting or Setting(period or Period.year(2000), report.attributes.get("area", report.frame.place))
    slots = Slots([])
    told = values(
        report,
        sections_of(report) if sections is None else sections,
        topics_of(report, names) if topics is None else topics,
        setting,
        shipped_sets() if sets is None else sets,
        slots,
    )
    try:
        filler.written(told, slots)
        filler.rooms_filled(report, slots)
    except _DAMAGED as error:
        raise _unfit(error) from error
    set_properties(filler.docx, report.title, report.frame, report.attributes)
    out = io.BytesIO()
    filler.docx.save(out)
    return out.getvalue()


def _unfit(error: Exception) -> TemplateUnfit:
    vi, en = (error.vi, error.en) if isinstance(error, Wrong) else (str(error)[:200], str(error)[:200])
    return TemplateUnfit(
        vi=f"Không điền được mẫu: {vi}. Hãy kiểm tra lại mẫu ở trang Mẫu báo cáo.",
        en=f"The template cannot be filled: {en}. Check it on the page of templates.",
    )


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja to which `ct.name` is an indicator's own name and never an attribute of Python."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Item):
            return obj.value(attribute)
        return super().getattr(obj, attribute)


def _environment(slots: Slots) -> _Environment:
    found = _Environment(autoescape=True, optimized=False)
    found.filters.clear()
    found.tests.clear()
    found.globals.clear()
    found.filters[STYLED] = lambda told, style: slots.run(told.pieces if isinstance(told, Pieces) else (), style)
    return found


class _Filler(DocxTemplate):
    """docxtpl's reading of marks in Word, with rendering that is bounded and breaks rather than mends."""

    docx: Any

    @property
    def untyped(self) -> Any:
        """What docxtpl does; it says no types."""
        return self

    def written(self, told: Mapping[str, Any], slots: Slots) -> None:
        """Render the body, headers and footers in place."""
        self.pic_map: dict[str, Any] = {}
        self.docx_ids_index = 1000
        jinja = _environment(slots)
        for part in parts_of(self.docx):
            for each in lines(part.element, part.where):
                isolate(each, slots.looks)
            tree = self._rendered(part.element, told, jinja, slots)
            if part.where == "body":
                self.untyped.fix_docpr_ids(tree)
                part.element.getparent().replace(part.element, tree)
            else:
                part.element[:] = list(tree)

    def _rendered(self, element: Any, told: Mapping[str, Any], jinja: _Environment, slots: Slots) -> Any:
        source = self.untyped.patch_xml(self.untyped.xml_to_string(element))
        only_ours(source)
        pieces = []
        for piece in jinja.from_string(source).generate(told):
            slots.step_of_text(len(piece))
            pieces.append(piece)
        filled = "".join(pieces)
        etree.fromstring(filled, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        try:
            return self.untyped.fix_tables(filled)
        except AttributeError as error:  # a table without its grid of columns
            raise Wrong("một bảng bị hỏng cấu trúc", "the structure of a table is damaged") from error

    def rooms_filled(self, report: Report, slots: Slots) -> None:
        """Put numbers, paragraphs, tables and charts where room was left for them."""
        writer = Writer.into(self.docx)
        appendices = None
        for part in parts_of(self.docx):
            for room in [*part.element.iter(W + "pStyle", W + "rStyle")]:
                name = room.get(W + "val") or ""
                if name == f"{SLOT}appendices":
                    appendices = room.getparent().getparent()
                elif name.startswith(SLOT) and name.removeprefix(SLOT).isdigit():
                    self._fill_room(writer, slots, room, int(name.removeprefix(SLOT)))
            _end_cells(part.element)
        if appendices is not None:
            self._append(writer, report, appendices)
        writer.keep()

    def _append(self, writer: Writer, report: Report, room: Any) -> None:
        """The appendices at the end of the file, each on a sheet that lies as its tables need it."""
        body = self.docx.element.body
        settings = body.find(W + "sectPr")
        if room.getparent() is not body or settings is None:
            raise Wrong("{{p phu_luc }} phải đứng cuối tệp", "{{p phu_luc }} must stand at the end of the file")
        body.remove(room)
        body.remove(settings)
        if len(body) and body[-1].tag == W + "p" and body[-1].find(W + "pPr") is None:
            body[-1].insert(0, body.makeelement(W + "pPr"))  # where the sheet turns, it says so
        found = annexes(writer, report.frame, report.appendices, settings)
        turns = [appendix.landscape for appendix in report.appendices]
        whole, last = in_sections(list(body), list(zip(found, turns, strict=True)), settings)
        if not whole or whole[-1].tag != W + "p":
            whole.extend(writer.parsed(line("", "GachNgang")))
        body[:] = [*whole, last]

    def _fill_room(self, writer: Writer, slots: Slots, room: Any, number: int) -> None:
        holder = room.getparent().getparent()
        if room.tag == W + "pStyle" and number < len(slots.blocks):
            found = writer.written(slots.blocks[number])
        elif room.tag == W + "rStyle" and number < len(slots.runs):
            found = writer.parsed(writer.pieces(slots.runs[number], slots.settings(number)))
        else:
            return
        parent = holder.getparent()
        at = parent.index(holder)
        parent[at : at + 1] = found


def _end_cells(element: Any) -> None:
    """A cell or text box ends with a paragraph, or Word calls the file damaged."""
    for holder in element.iter(W + "tc", W + "txbxContent"):
        if len(holder) == 0 or holder[-1].tag != W + "p":
            holder.append(holder.makeelement(W + "p"))

# SPDX-License-Identifier: Apache-2.0
"""A whole report as a Word file: the product's own layout of Decree 30, or an office's template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bamsat.core.report.docx import letterhead, paper
from bamsat.core.report.docx.annexes import annexes, in_sections, keep_with_next
from bamsat.core.report.docx.marks import W, line
from bamsat.core.report.docx.store import set_properties
from bamsat.core.report.docx.template import fill
from bamsat.core.report.docx.writer import Writer
from bamsat.core.report.outline import Report


def to_docx(report: Report, template: bytes | None = None, picture: Callable[[Any], bytes] | None = None) -> bytes:
    """The report as a Word file, in an office's template when one is given; `picture` draws a chart's specification."""
    if template is not None:
        return fill(template, report)
    return _own_layout(report, picture)


def _own_layout(report: Report, picture: Callable[[Any], bytes] | None) -> bytes:
    package = paper.empty()
    writer = Writer.into(package, picture)
    body = package.element.body
    settings = body.sectPr
    above = letterhead.head(report.frame, writer.room)
    if not report.frame.kind and not report.frame.organ and report.title:
        above += line(report.title, "TenLoaiVanBan")
    main = [*writer.parsed(above), *writer.written(report.blocks)]
    below = writer.parsed(letterhead.tail(report.frame, writer.room))
    if below:
        keep_with_next(main)
    found = annexes(writer, report.frame, report.appendices, settings)
    turns = [appendix.landscape for appendix in report.appendices]
    whole, last = in_sections([*main, *below], list(zip(found, turns, strict=True)), settings)
    if not whole or whole[-1].tag != W + "p":
        whole.extend(writer.parsed(line("", "GachNgang")))  # a document may not end with a table
    body.remove(settings)
    for element in whole:
        body.append(element)
    body.append(last)
    writer.keep()
    set_properties(package, report.title, report.frame, report.attributes)
    return paper.saved(package)

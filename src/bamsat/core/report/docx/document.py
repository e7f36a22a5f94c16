# SPDX-License-Identifier: Apache-2.0
"""A whole report as a Word file: the product's own layout of Decree 30, or an office's template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bamsat.core.report.docx import letterhead, paper
from bamsat.core.report.docx.annexes import annexes, in_sections
from bamsat.core.report.docx.marks import W, line
from bamsat.core.report.docx.store import set_properties
from bamsat.core.report.docx.template import fill
from bamsat.core.report.docx.writer import Writer
from bamsat.core.report.outline import Report

_LOOSE = {"GhiChu", "CachBang", "TenBieuDo", "GachNgang"}  # what belongs to the block above it
_ROWS_KEPT = 2


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


def keep_with_next(found: Sequence[Any]) -> None:
    """Let the end of a text stay with what follows: the signature never begins a page alone."""
    for element in reversed(found):
        if element.tag == W + "tbl":
            for row in element.findall(W + "tr")[-_ROWS_KEPT:]:
                for inner in row.iter(W + "p"):
                    _keep(inner)
            return
        if element.tag == W + "p":
            _keep(element)
            style = element.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(W + "val") not in _LOOSE:
                return


def _keep(element: Any) -> None:
    settings = element.get_or_add_pPr()
    settings._remove_keepNext()
    settings.get_or_add_keepNext()

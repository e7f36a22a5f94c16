# SPDX-License-Identifier: Apache-2.0
"""A document in, its figures, statements and the documents that it cites out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bamsat.core.read.citations import citations
from bamsat.core.read.context import Context, context, title_end
from bamsat.core.read.document import Document
from bamsat.core.read.instructing import instructions
from bamsat.core.read.letterhead import letterhead
from bamsat.core.read.loaders import from_text, load
from bamsat.core.read.prose import ProseReader
from bamsat.core.read.quantities import number_style
from bamsat.core.read.scan import lower, scan
from bamsat.core.read.statements import statements
from bamsat.core.read.tables import table_figures
from bamsat.core.terms.figure import Figure, Reading


def figures(document: Document, *, with_statements: bool = True) -> Reading:
    """The figures of a loaded document, and its statements of direction without a number."""
    text = document.text
    low = lower(text)
    marks = scan(low)
    title = title_end(document)
    about = context(document, low, marks.events, marks.periods, title)
    reader = ProseReader(document.name, text, low, marks, about, number_style(marks.numbers))
    found: list[Figure] = []
    for block in document.blocks:
        if block.kind in ("furniture", "cell") or low.startswith("nơi nhận", block.start):
            continue
        if block.kind == "heading":
            reader.heading(block.start, block.end)
        found += reader.block(block.start, block.end, block.at, item=block.kind == "item", title=block.end <= title)
    found = _titles(found, title)
    if document.tables:
        found = sorted([*found, *_in_tables(document, about)], key=lambda figure: figure.start)
    said = statements(document, about, low, marks.events) if with_statements else ()
    period = about.period.code if about.period else None
    head = letterhead(document) if with_statements else None
    cited = citations(document, low, about.area, head) if with_statements else ()
    asked = instructions(document, low, marks.events, tuple(found), cited, head, about.year) if with_statements else ()
    return Reading(document, tuple(found), said, about.area, period, head, cited, asked)


def _in_tables(document: Document, about: Context) -> list[Figure]:
    """The figures of the tables; what a row's label means, the reader of prose says."""
    return table_figures(
        document,
        lambda words: figures(from_text(words), with_statements=False).figures,
        area=about.area,
        year=about.year,
        month=about.month,
        period=about.period,
        plan=about.plan,
    )


def _titles(found: list[Figure], title_end: int) -> list[Figure]:
    """A title repeats a figure of the text: it takes that figure's subject, period, base and status."""
    told: list[Figure] = []
    for figure in found:
        if figure.end <= title_end:
            for other in found:
                same = other.start > title_end and (other.value, other.unit, other.measure) == (
                    figure.value,
                    figure.unit,
                    figure.measure,
                )
                if same and (
                    other.indicator == figure.indicator or ":" in other.indicator + figure.indicator or figure.doubt
                ):
                    figure = replace(
                        figure,
                        indicator=other.indicator,
                        segment=other.segment,
                        period=other.period,
                        base=other.base,
                        status=other.status,
                    )
                    break
        told.append(figure)
    return told


def read(source: Path | bytes, name: str | None = None) -> Reading:
    """Read a file of any known type; FileUnreadable says what is wrong with any other."""
    return figures(load(source, name))


def read_text(text: str, name: str = "") -> Reading:
    """Read a text that is already at hand."""
    return figures(from_text(text, name))

# SPDX-License-Identifier: Apache-2.0
"""What a document states, as the check takes it: each figure with the words around it and the sentence it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right

from bamsat.core.check.model import Stated
from bamsat.core.read.clauses import sentences
from bamsat.core.read.document import Document
from bamsat.core.read.scan import lower
from bamsat.core.terms.figure import Figure, Reading
from bamsat.core.terms.vietnamese import fold

_BESIDE = 240  # characters of a sentence that are kept on each side of a figure
_SPACES = re.compile(r"\s+")


def stated_of(reading: Reading, source: str = "") -> list[Stated]:
    """The figures of a document for the check; `source` is what the document is called, its file name by default."""
    document = reading.document
    named = source or document.name
    spans = _sentences(document)
    starts = [start for start, _ in spans]
    taken = []
    for number, figure in enumerate(reading.figures):
        at = bisect_right(starts, figure.start) - 1
        inside = at >= 0 and figure.start < spans[at][1]
        near = _around(document.text, figure, *spans[at]) if inside else figure.label
        taken.append(
            Stated(
                key=f"{named}#{number}",
                figure=figure,
                source=named,
                place=fold(figure.area or ""),
                near=near,
                sentence=at if inside else -1,
            )
        )
    return taken


def _sentences(document: Document) -> list[tuple[int, int]]:
    """The sentences of the running text, in order; the cells of tables are in none."""
    text = document.text
    low = lower(text)
    blocks = [(b.start, b.end) for b in document.blocks if b.kind not in ("furniture", "cell")]
    return sorted(span for start, end in blocks for span in sentences(text, low, start, end))


def _around(text: str, figure: Figure, start: int, end: int) -> str:
    first, last = max(start, figure.start - _BESIDE), min(end, figure.end + _BESIDE)
    return _SPACES.sub(" ", text[first:last]).strip()

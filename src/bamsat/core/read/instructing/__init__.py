# SPDX-License-Identifier: Apache-2.0
"""What a document asks, promises and proposes (ý kiến chỉ đạo, cam kết, kiến nghị): who, what, by when."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bamsat.core.read.document import Document
from bamsat.core.read.instructing.fields import Fields
from bamsat.core.read.instructing.frames import Draft
from bamsat.core.read.instructing.prose import ProseAsked
from bamsat.core.read.instructing.task_tables import rows_asked
from bamsat.core.read.instructing.words import Marks
from bamsat.core.read.lexicon import Event
from bamsat.core.terms.directive import Citation, Instruction, Letterhead
from bamsat.core.terms.figure import Figure

_DAY = re.compile(
    r"(?<!trước )(?<!vào )(?<!đến )(?<!hết )(?<!nhất )"
    r"ngày (\d{1,2})(?:/|-|\.| tháng )(\d{1,2})(?:/|-|\.| năm )((?:19|20)\d\d)"
)
_OPENING = 900
_ORDERING = (
    "công văn",
    "chỉ thị",
    "công điện",
    "thông báo",
    "kế hoạch",
    "quyết định",
    "giấy mời",
    "chương trình",
    "kết luận",
)


def instructions(
    document: Document,
    low: str,
    events: list[Event],
    figures: tuple[Figure, ...] = (),
    citations: tuple[Citation, ...] = (),
    head: Letterhead | None = None,
    year: int = 0,
) -> tuple[Instruction, ...]:
    """Everything that a loaded document asks of somebody, in the order of the text."""
    marks = Marks(low)
    dated = (head.date if head else "") or document.attributes.get("dated", "") or _first_day(low) or str(year or "")
    orders = head is not None and head.type.lower().startswith(_ORDERING)
    prose = ProseAsked(document, low, marks, figures, events, dated, orders=orders)
    drafts = [*prose.read(), *rows_asked(document, low, dated)]
    fields = Fields(document, low, prose.actors, figures, events, dated, head.issuer if head else "")
    return tuple(fields.complete(draft) for draft in _apart(drafts, citations))


def _first_day(low: str) -> str:
    """The first whole date that the opening of a text names, for one that bears none."""
    found = _DAY.search(low, 0, _OPENING)
    if found is None or not (1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 12):
        return ""
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"


def _apart(drafts: Iterable[Draft], citations: tuple[Citation, ...]) -> list[Draft]:
    """In order, none over another: of two that overlap the first stands; the title of a cited document asks nothing."""
    kept: list[Draft] = []
    titles = [(cited.start, cited.end) for cited in citations]
    for draft in sorted(drafts, key=lambda draft: (draft.start, -draft.end)):
        if draft.end <= draft.start or (kept and draft.start < kept[-1].end):
            continue
        quoted = any(one < draft.start and draft.end < other for one, other in titles)
        if not quoted or draft.kind in ("programme", "objective", "contingency"):
            kept.append(draft)
    return kept

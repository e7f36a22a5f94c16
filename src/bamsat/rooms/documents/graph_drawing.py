# SPDX-License-Identifier: Apache-2.0
"""The picture of a document among others: boxes below one another, what it rests on above, what rests on it below.

Lines run in the margin at the left, so that one layout fits a screen and a phone and lines run only where no box is.
Places across are in percent, down in pixels; words keep their size.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from django.utils.translation import gettext as _

from bamsat.rooms.documents.graph import FORWARD, Graph
from bamsat.rooms.documents.models import Direction, Record
from bamsat.ui import words

LETTERS, TITLE_LINES = 40, 2
LINE, PAD, GAP = 18, 9, 12
MOST_A_STEP = 4  # boxes; the list below the picture has all
LANES, MARGIN, FAR = 6, 16.0, 13.0  # the margin in percent, and how far from its right edge the outermost line runs


class Words(NamedTuple):
    text: str
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    record: Record
    top: int
    height: int
    words: tuple[Words, ...]
    current: bool

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


@dataclass(frozen=True, slots=True)
class Line:
    """A relation: out of one box, along the margin, into the other, where its arrow points."""

    x: str
    y1: int
    y2: int
    kind: str
    arrow: int


@dataclass(frozen=True, slots=True)
class Picture:
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    height: int
    more: int
    left: str = f"{MARGIN:.0f}%"
    wide: str = f"{100 - MARGIN:.0f}%"


def picture(found: Graph) -> Picture | None:
    """Nothing where the document stands alone."""
    if not found.any:
        return None
    boxes: dict[int, Box] = {}
    top, more = 1, 0
    for step in sorted(found.steps):
        records = found.steps[step]
        more += max(len(records) - MOST_A_STEP, 0)
        for record in records[:MOST_A_STEP]:
            boxes[record.pk] = box = _box(record, top, record.pk == found.centre.pk)
            top = box.top + box.height + GAP
    drawn = [one for one in found.relations if one.of_id in boxes and one.to_id in boxes]
    drawn.sort(key=lambda one: abs(boxes[one.of_id].middle - boxes[one.to_id].middle))
    lines = tuple(_line(boxes[one.of_id], boxes[one.to_id], one.kind, at) for at, one in enumerate(drawn))
    return Picture(tuple(boxes.values()), lines, top - GAP + 2, more)


def says(found: Graph) -> str:
    """The picture in words."""
    told = [f"{one.of}: {_(FORWARD.get(one.kind, one.kind)).lower()} {one.to}" for one in found.relations]
    return "; ".join(told)


def _box(record: Record, top: int, current: bool) -> Box:
    lines: list[tuple[str, str]] = [(cut(str(record), LETTERS), "v" if current else "")]
    about = [words.day(record.dated) if record.dated else str(record.year or ""), record.issuer]
    lines.append((cut(", ".join(filter(None, about)), LETTERS - 4), "s"))
    lines += (
        [(text, "own") for text in broken(record.subject)] if record.subject and str(record) != record.subject else []
    )
    if record.direction == Direction.CITED:
        lines.append((_("chưa có trong sổ"), "s"))
    told = [each for each in lines if each[0]]
    placed = tuple(Words(text, top + PAD + LINE * (at + 1) - 5, kind) for at, (text, kind) in enumerate(told))
    return Box(record, top, 2 * PAD + LINE * len(told), placed, current)


def _line(of: Box, to: Box, kind: str, at: int) -> Line:
    """Lines share lanes, the shortest nearest the boxes; they leave a box a little beside its middle."""
    lane = MARGIN - 2 - (FAR - 1) * (at % LANES) / (LANES - 1)
    shift = 4 if of.top < to.top else -4
    return Line(f"{lane:.2f}%", of.middle + shift, to.middle - shift, kind, to.middle - shift)


def broken(text: str) -> list[str]:
    return wrap(" ".join(text.split()), LETTERS, max_lines=TITLE_LINES, placeholder="…", break_on_hyphens=False)


def cut(text: str, letters: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"

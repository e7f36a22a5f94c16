# SPDX-License-Identifier: Apache-2.0
"""Where the boxes, lines and words of a finding's picture stand.

Figures stand in boxes at the sides, the relations that tie them in pills between; on a phone figures stand below one
another and the relations beside them. So lines run only where no box is, whatever ties whatever. Widths are text in
percent and heights in pixels, with no scaling, so that words keep their size; they are broken to fit the
narrowest box.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from bamsat.rooms.findings.ties import Tie

PAD, GAP = 10, 14  # inside a box, between boxes
SMALL, LARGE = 17, 24  # heights of a line of words and of a line with the number
LABEL_LINES, PILL_LINES = 2, 2
MOST = 24  # figures drawn; the table beside holds all


class Plan(NamedTuple):
    """One of the two layouts: where its columns stand in percent, and how many letters their narrowest width holds."""

    sides: tuple[tuple[float, float], ...]
    middle: tuple[float, float]
    letters: int
    digits: int
    pill_letters: int


WIDE = Plan(sides=((0.0, 36.0), (64.0, 36.0)), middle=(42.0, 16.0), letters=23, digits=17, pill_letters=10)
NARROW = Plan(sides=((0.0, 64.0),), middle=(74.0, 26.0), letters=25, digits=18, pill_letters=10)


@dataclass(frozen=True, slots=True)
class Node:
    """A figure to draw: its name, its number as written, when; `mark` is the shape of a suspect and `said` its word."""

    name: str
    number: str
    when: str = ""
    mark: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words and its height on the picture; `kind` is the class of its letters."""

    text: str
    y: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A figure or a relation where it stands: left edge and width in percent, top and height in pixels."""

    at: float
    wide: float
    top: int
    height: int
    words: tuple[Words, ...]
    mark: str = ""

    @property
    def x(self) -> str:
        return percent(self.at)

    @property
    def width(self) -> str:
        return percent(self.wide)

    @property
    def centre(self) -> str:
        return percent(self.at + self.wide / 2)

    @property
    def right(self) -> float:
        return self.at + self.wide

    @property
    def middle(self) -> int:
        return self.top + self.height // 2

    @property
    def mark_y(self) -> int:
        """Where the shape of a suspect stands: beside its word, the last line."""
        return self.words[-1].y - 10


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    y1: int
    x2: str
    y2: int
    suspect: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes of figures, pills of relations and the lines between them; `more` figures were not drawn."""

    boxes: tuple[Box, ...]
    pills: tuple[Box, ...]
    lines: tuple[Line, ...]
    height: int
    more: int = 0


def percent(value: float) -> str:
    return f"{value:.2f}%"


def picture(nodes: Sequence[Node], ties: Sequence[Tie], words: Sequence[str], plan: Plan) -> Picture:
    """The layout of figures and their ties; `words` are those of the ties, in their order."""
    drawn = min(len(nodes), MOST)
    kept = [(tie, said) for tie, said in zip(ties, words, strict=True) if _within(tie, drawn)]
    columns = _columns(drawn, [tie for tie, _said in kept], len(plan.sides))
    heights = [sum(_height(nodes[at], plan) + GAP for at in column) - GAP for column in columns]
    pills_high = sum(_pill_height(said, plan) + GAP for _tie, said in kept) - GAP
    tall = max([*heights, pills_high, 0])
    boxes: dict[int, Box] = {}
    for (x, wide), column, height in zip(plan.sides, columns, heights, strict=True):
        top = (tall - height) // 2
        for at in column:
            boxes[at] = _box(nodes[at], x, wide, top, plan)
            top = boxes[at].top + boxes[at].height + GAP
    pills = _pills([(_members(tie, drawn), said) for tie, said in kept], boxes, tall, plan)
    lines = tuple(
        _line(boxes[at], pill) for (tie, _said), pill in zip(kept, pills, strict=True) for at in _members(tie, drawn)
    )
    return Picture(tuple(boxes[at] for at in sorted(boxes)), pills, lines, tall + 2, len(nodes) - drawn)


def _within(tie: Tie, drawn: int) -> bool:
    return len(_members(tie, drawn)) > 1


def _members(tie: Tie, drawn: int) -> tuple[int, ...]:
    return tuple(at for at in tie.all if at < drawn)


def _columns(count: int, ties: Sequence[Tie], sides: int) -> list[list[int]]:
    """Which figures stand in which column: what others come to at the right; in one column each tie's end last."""
    ends = {at for tie in ties for at in tie.to if at < count}
    starts = {at for tie in ties for at in tie.of if at < count}
    if not ends - starts:
        ends -= set(sorted(ends & starts)[: max(1, len(ends) // 2)])
    if sides == 1:
        order = list(dict.fromkeys(at for tie in ties for at in tie.all if at < count))
        return [[*order, *(at for at in range(count) if at not in order)]]
    left = [at for at in range(count) if at not in ends]
    return [left, sorted(ends)] if left else [sorted(ends), []]


def _height(node: Node, plan: Plan) -> int:
    small = len(broken(node.name, plan.letters, LABEL_LINES)) + bool(node.said)
    small += len(broken(node.when, plan.letters, LABEL_LINES)) if node.when else 0
    return 2 * PAD + LARGE * len(broken(node.number, plan.digits, LABEL_LINES)) + small * SMALL


def _box(node: Node, x: float, wide: float, top: int, plan: Plan) -> Box:
    words: list[Words] = []
    y = top + PAD

    def line(text: str, height: int, kind: str) -> None:
        nonlocal y
        y += height
        words.append(Words(text, y - 5, kind))

    for text in broken(node.name, plan.letters, LABEL_LINES):
        line(text, SMALL, "")
    for text in broken(node.number, plan.digits, LABEL_LINES):
        line(text, LARGE, "v")
    for text in broken(node.when, plan.letters, LABEL_LINES) if node.when else ():
        line(text, SMALL, "s")
    if node.said:
        line(cut(node.said, plan.letters - 3), SMALL, "said")
    return Box(x, wide, top, y + PAD - top, tuple(words), node.mark)


def _pill_height(said: str, plan: Plan) -> int:
    return 12 + SMALL * len(broken(said, plan.pill_letters, PILL_LINES))


def _pills(
    kept: Sequence[tuple[tuple[int, ...], str]], boxes: dict[int, Box], tall: int, plan: Plan
) -> tuple[Box, ...]:
    """Each relation at the height of the figures it ties, moved down or up just as far as they would touch."""
    heights = [_pill_height(said, plan) for _members, said in kept]
    tops = [
        sum(boxes[at].middle for at in members) // len(members) - height // 2
        for (members, _said), height in zip(kept, heights, strict=True)
    ]
    order = sorted(range(len(kept)), key=lambda at: (tops[at], at))
    free = 0
    for at in order:
        tops[at] = free = max(tops[at], free)
        free += heights[at] + GAP
    bottom = tall
    for at in reversed(order):
        tops[at] = min(tops[at], bottom - heights[at])
        bottom = tops[at] - GAP
    x, wide = plan.middle
    return tuple(
        Box(x, wide, top, height, tuple(
            Words(text, top + 6 + SMALL * (row + 1) - 5)
            for row, text in enumerate(broken(said, plan.pill_letters, PILL_LINES))
        ))
        for (_members, said), top, height in zip(kept, tops, heights, strict=True)
    )  # fmt: skip


def _line(box: Box, pill: Box) -> Line:
    if box.at < pill.at:
        return Line(percent(box.right), box.middle, percent(pill.at), pill.middle, bool(box.mark))
    return Line(percent(pill.right), pill.middle, percent(box.at), box.middle, bool(box.mark))


def broken(text: str, letters: int, lines: int) -> list[str]:
    """The words in at most so many lines of so many letters; what does not fit ends with an ellipsis.

    >>> broken("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ", 20, 2)
    ['Tổng mức bán lẻ hàng', 'hóa và doanh thu…']
    """
    return wrap(
        re.sub(r"[ \t\r\n]+", " ", text).strip(), letters, max_lines=lines, placeholder="…", break_on_hyphens=False
    ) or [""]


def cut(text: str, letters: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"

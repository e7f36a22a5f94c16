# SPDX-License-Identifier: Apache-2.0
"""An outline put in order: parts with nothing to tell left out, headings numbered as reports without articles are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bamsat.core.report.outline import Block, Heading, Lacking, Report

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report while it is put together."""

    heading: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.blocks and all(part.is_empty for part in self.parts)


def numbered(parts: Sequence[Part], level: int = 1) -> list[Block]:
    """I., 1., a), "-": the parts that have something, one number behind the other."""
    told = [part for part in parts if not part.is_empty]
    blocks: list[Block] = []
    for at, part in enumerate(told, start=1):
        if part.heading:
            blocks.append(Heading(level, part.heading, _number(level, at)))
        blocks += part.blocks
        blocks += numbered(part.parts, level + 1 if part.heading else level)
    return blocks


def _number(level: int, at: int) -> str:
    if level == 1:
        return f"{roman(at)}."
    if level == 2:
        return f"{at}."
    return f"{chr(ord('a') + (at - 1) % 26)})" if level == 3 else "-"


def roman(number: int) -> str:
    """
    >>> roman(4), roman(9), roman(18)
    ('IV', 'IX', 'XVIII')
    """
    made = ""
    for value, letters in _ROMAN:
        while number >= value:
            made, number = made + letters, number - value
    return made


def without_lacking(report: Report) -> Report:
    """The report as it is issued: nothing of what a draft says of itself, and no heading over nothing."""
    appendices = tuple(replace(one, blocks=kept) for one in report.appendices if (kept := tuple(_kept(one.blocks))))
    return replace(report, blocks=tuple(_renumbered(_headed(_kept(report.blocks)))), appendices=appendices)


def _kept(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if not isinstance(block, Lacking)]


def _headed(blocks: Sequence[Block]) -> list[Block]:
    """From the last to the first: a heading stays where anything stands under it."""
    kept: list[Block] = []
    for block in reversed(blocks):
        below = kept[-1] if kept else None
        if isinstance(block, Heading) and (
            below is None or (isinstance(below, Heading) and below.level <= block.level)
        ):
            continue
        kept.append(block)
    return kept[::-1]


def _renumbered(blocks: Iterable[Block]) -> list[Block]:
    counts: dict[int, int] = {}
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.number:
            counts = {level: count for level, count in counts.items() if level <= block.level}
            counts[block.level] = counts.get(block.level, 0) + 1
            block = replace(block, number=_number(block.level, counts[block.level]))
        made.append(block)
    return made

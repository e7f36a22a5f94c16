# SPDX-License-Identifier: Apache-2.0
"""The wordings of data/phrases/writing.yml, cut into pieces once, and the one that a style takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from zlib import crc32

from bamsat.core.report.outline import Piece, Words
from bamsat.core.terms.data import shipped

_SLOT = re.compile(r"\{(\w+)\}")


def writing() -> Mapping[str, Any]:
    """The wordings as data."""
    data: Mapping[str, Any] = shipped("phrases/writing.yml")
    return data


@cache
def wordings(kind: str) -> tuple[str, ...]:
    """The wordings of one kind; "level.estimate" stands one step deeper.

    >>> wordings("level.estimate")[0]
    'ước đạt {number}'
    """
    found: Any = writing()
    for step in kind.split("."):
        found = found[step]
    return (found,) if isinstance(found, str) else tuple(found)


def choose(kind: str, style: int) -> str:
    """The wording that a style takes; style 0 always takes the first, which is the plain one."""
    among = wordings(kind)
    return among[_turn(kind, style) % len(among)] if style else among[0]


@cache
def _turn(kind: str, style: int) -> int:
    # one style varies every kind on its own, and always alike; a checksum alone would vary all kinds together
    return crc32(f"{kind} {style}".encode()) * 2_654_435_761 >> 20


@cache
def _cut(pattern: str) -> tuple[str, ...]:
    return tuple(_SLOT.split(pattern))


def fill(pattern: str, **slots: str | Sequence[Piece]) -> list[Piece]:
    """The pattern with its slots filled by words or by pieces."""
    pieces: list[Piece] = []
    for at, part in enumerate(_cut(pattern)):
        append(pieces, slots[part] if at % 2 else part)
    return pieces


def joined(parts: Iterable[Sequence[Piece]], joint: str) -> list[Piece]:
    """Those that say anything, one behind the other."""
    pieces: list[Piece] = []
    for part in parts:
        if part:
            append(pieces, joint if pieces else "")
            append(pieces, part)
    return pieces


def append(pieces: list[Piece], more: str | Sequence[Piece]) -> None:
    """Words or pieces behind what there is; words that meet become one piece."""
    if not more:
        return
    last = pieces[-1] if pieces else None
    if isinstance(more, str):
        if isinstance(last, Words):
            pieces[-1] = Words(last.text + more)
        else:
            pieces.append(Words(more))
        return
    first = more[0]
    if isinstance(last, Words) and isinstance(first, Words):
        pieces[-1] = Words(last.text + first.text)
        pieces.extend(more[1:])
    else:
        pieces.extend(more)


def plain(pieces: Sequence[Piece]) -> str:
    """What the pieces say."""
    return "".join(piece.text for piece in pieces)

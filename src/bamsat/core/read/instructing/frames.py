# SPDX-License-Identifier: Apache-2.0
"""What a heading or a lead says of the lines under it, and what was found in one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bamsat.core.read.instructing.whens import NEVER, When

TOLD = "told"


@dataclass(slots=True)
class Frame:
    """What governs the lines below a heading or a lead: what they ask, of whom, by when."""

    level: float
    kind: str  # of directive.ASKED; "told" where the lines look back; "" where nothing is announced
    who: str = ""
    supporting: tuple[str, ...] = ()
    said_by: str | None = None
    addressee: str | None = None
    when: When = NEVER
    drafts: bool = False  # the lines name documents that somebody drafts


@dataclass(slots=True)
class Draft:
    """One thing asked, before its fields are complete."""

    start: int
    end: int
    kind: str
    at: str
    who: str = ""
    supporting: tuple[str, ...] = ()
    said_by: str | None = None
    addressee: str | None = None
    when: When = NEVER
    after: int = 0  # where the words that say what begins, behind who
    inferred: list[str] = field(default_factory=list)


class Frames:
    """The frames open at a place, outermost first."""

    __slots__ = ("_open",)

    def __init__(self) -> None:
        self._open: list[Frame] = []

    def close(self, level: float) -> None:
        """End every frame that a line of this depth does not stand under."""
        while self._open and self._open[-1].level >= level:
            self._open.pop()

    def open(self, frame: Frame) -> None:
        """Begin a frame, which takes from the ones around it whatever it does not say itself."""
        outer = self.now
        self.close(frame.level)
        if outer is not None and self._open:
            around = self._open[-1]
            frame.kind = frame.kind or around.kind
            frame.who = frame.who or around.who
            frame.said_by = frame.said_by or around.said_by
            frame.addressee = frame.addressee or around.addressee
            if frame.when is NEVER:
                frame.when = around.when
        self._open.append(frame)

    @property
    def now(self) -> Frame | None:
        return self._open[-1] if self._open else None

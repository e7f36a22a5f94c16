# SPDX-License-Identifier: Apache-2.0
"""What reading a file gives: texts for cells, what is refused at which cell, and what is said beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bamsat.core.forms.sheet import Pick
from bamsat.core.terms.errors import BamsatError


class NotThisReturn(BamsatError):
    """A file that is of another form, place or period, or of none that can be recognised."""


class NotRecognised(NotThisReturn):
    """A file that does not say of which form, place or period it is; somebody can say so for it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text for a cell, and where it stood in the file; `why` where the file gives a reason."""

    key: str
    text: str
    at: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong at a cell and how to mend it; `kept`: the text is in the return as it was typed."""

    at: str
    key: str
    vi: str
    en: str
    mend: str = ""
    kept: bool = False

    def as_json(self) -> dict[str, Any]:
        told = {"at": self.at, "key": self.key, "vi": self.vi, "en": self.en}
        return told | ({"mend": self.mend} if self.mend else {}) | ({"kept": True} if self.kept else {})


@dataclass(frozen=True, slots=True)
class Note:
    """Something done or left out that the sender should know; nothing has to be mended."""

    at: str
    vi: str
    en: str

    def as_json(self) -> dict[str, str]:
        return {"at": self.at, "vi": self.vi, "en": self.en}


@dataclass(slots=True)
class ReadReturn:
    """All that was read of one return in a file."""

    cells: list[Taken] = field(default_factory=list)
    picks: list[Pick] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    note: str | None = None  # the sender's remark, where the file has one

    def trouble(self, at: str, key: str, vi: str, en: str, mend: str = "", kept: bool = False) -> None:
        self.troubles.append(Trouble(at, key, vi, en, mend, kept))

    def say(self, at: str, vi: str, en: str) -> None:
        self.notes.append(Note(at, vi, en))

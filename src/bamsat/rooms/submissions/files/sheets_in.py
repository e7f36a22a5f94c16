# SPDX-License-Identifier: Apache-2.0
"""A workbook as it came: every cell with its kind, where it stands, and what its markup says beside its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bamsat.core.read.loaders.sheets import column_name
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.submissions.files.layout import Place

# Kinds of cells beside words: a number, a number shown as a percent, a day, yes or no, an error of the spreadsheet,
# a formula that was never computed.
NUMBER, PERCENT, DAY, YES_NO, ERROR, UNCOMPUTED = "n", "p", "d", "b", "e", "f"
Value = str | list[str]  # words, or a kind and the value as text


@dataclass(slots=True)
class SheetIn:
    """One sheet; places are counted from 0, whatever rows and columns its first cell leaves empty."""

    name: str
    cells: dict[Place, Value]
    shown: bool = True
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    formulas: set[Place] = field(default_factory=set)
    folded: dict[Place, str] = field(default_factory=dict)
    height: int = 0
    width: int = 0
    _covered: dict[Place, tuple[Place, Place]] | None = None

    @classmethod
    def of(cls, said: dict[str, Any]) -> SheetIn:
        top, left = said["top"], said["left"]
        cells = {
            (row, column): value
            for row, line in enumerate(said["rows"], top)
            for column, value in enumerate(line, left)
            if value != ""
        }
        merged = [((a, b), (c, d)) for a, b, c, d in said.get("merged", ())]
        formulas = {(a, b) for a, b in said.get("formulas", ())}
        return cls(said["name"], cells, said.get("shown", True), merged, set(said.get("hidden_rows", ())), formulas)

    def __post_init__(self) -> None:
        self.height = max((row for row, _ in self.cells), default=-1) + 1
        self.width = max((column for _, column in self.cells), default=-1) + 1

    def at(self, place: Place) -> str:
        """How a person finds a cell: "Sheet1!E14"."""
        return f"{self.name}!{column_name(place[1])}{place[0] + 1}"

    def words(self, place: Place) -> str:
        """The words of a cell; those of a merged one stand in all that it covers."""
        value = self.cells.get(place, "")
        if value == "":
            if not self.merged or not (over := self.covered.get(place)):
                return ""
            value = self.cells.get(over[0], "")
        return " ".join(value.split()) if isinstance(value, str) else value[1] if value[0] == NUMBER else ""

    def fold(self, place: Place) -> str:
        if place not in self.folded:
            self.folded[place] = fold(self.words(place))
        return self.folded[place]

    @property
    def covered(self) -> dict[Place, tuple[Place, Place]]:
        """The merged range that covers a place."""
        if self._covered is None:
            self._covered = {}
            for first, last in self.merged:
                if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > 20_000:
                    continue
                for row in range(first[0], last[0] + 1):
                    for column in range(first[1], last[1] + 1):
                        self._covered[row, column] = (first, last)
        return self._covered

    def lines(self, first: int, last: int) -> Iterator[tuple[int, list[str]]]:
        """The words of lines, each once however wide it was merged."""
        for row in range(first, min(last, self.height)):
            texts = [
                value for column in range(self.width) if isinstance(value := self.cells.get((row, column), ""), str)
            ]
            yield row, [" ".join(text.split()) for text in texts if text]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file taken apart: its sheets, or what its XML says."""

    name: str
    sha256: str
    size: int
    sheets: Sequence[SheetIn] = ()
    markup: dict[str, Any] | None = None

# SPDX-License-Identifier: Apache-2.0
"""The marks of a Word template where they stand: found across the runs that Word cuts words into, each put into a run
of its own that keeps its letters' looks."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from bamsat.core.report.docx.template_grammar import STYLED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {W + "tab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-"}
_MARK = re.compile(r"\{\{(?P<out>.*?)\}\}|\{%(?P<tag>.*?)%\}|\{#(?P<note>.*?)#\}", re.DOTALL)
_LEFT_OVER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u200b": ""})
_PREFIX = re.compile(r"(tr|tc|p|r)(?=\s)")
_AROUND = 40

Where = Literal["body", "header", "footer"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a file, as a person finds it there."""

    where: Where = "body"
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    box: bool = False

    @property
    def vi(self) -> str:
        at = f"bảng {self.table}, hàng {self.row}, ô {self.cell}" if self.table else f"đoạn {self.paragraph}"
        inside = {"body": "", "header": "đầu trang, ", "footer": "chân trang, "}[self.where]
        return f"{inside}{'khung chữ ở ' if self.box else ''}{at}"

    @property
    def en(self) -> str:
        at = f"table {self.table}, row {self.row}, cell {self.cell}" if self.table else f"paragraph {self.paragraph}"
        inside = {"body": "", "header": "header, ", "footer": "footer, "}[self.where]
        return f"{inside}{'text box at ' if self.box else ''}{at}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: {{ … }} or {% … %}, with its letter (p, r, tr) and what stands inside."""

    kind: Literal["out", "tag", "note"]
    prefix: str
    inside: str
    text: str  # as written
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.inside.split(None, 1)[0] if self.inside else ""


@dataclass(slots=True)
class Line:
    """A paragraph with the marks in it, and what is left of signs of marks that are not whole."""

    element: Any
    spot: Spot
    text: str = ""
    pieces: int = 0  # into which Word cut its words
    marks: list[Mark] = field(default_factory=list)
    halves: list[int] = field(default_factory=list)  # where a sign of a mark stands without its other half

    def around(self, start: int, end: int) -> str:
        """The words before and after, for somebody who looks for them in Word."""
        before, after = self.text[max(0, start - _AROUND) : start], self.text[end : end + _AROUND]
        return " ".join(f"{before}⟦{self.text[start:end]}⟧{after}".split())


def lines(root: Any, where: Where = "body") -> Iterator[Line]:
    """Every paragraph below this element in its order, text boxes too."""
    counts = {"p": 0, "tbl": 0}
    cells: dict[Any, tuple[int, int, int]] = {}
    for element in root.iter(W + "p", W + "tbl"):
        if element.tag == W + "tbl":
            counts["tbl"] += 1
            _count_cells(element, counts["tbl"], cells)
            continue
        pieces = atoms(element)
        text = "".join(sign for _element, sign in pieces)
        line = Line(element, _spot(element, where, counts, cells, bool(text.strip())), text, len(pieces))
        line.marks = [_mark(found) for found in _MARK.finditer(text)]
        line.halves = [found.start() for found in _LEFT_OVER.finditer(_blanked(text))]
        yield line


def _count_cells(table: Any, number: int, cells: dict[Any, tuple[int, int, int]]) -> None:
    for at_row, row in enumerate(table.iterchildren(W + "tr"), 1):
        for at_cell, cell in enumerate(row.iterchildren(W + "tc"), 1):
            cells[cell] = (number, at_row, at_cell)


def _spot(
    element: Any, where: Where, counts: dict[str, int], cells: dict[Any, tuple[int, int, int]], words: bool
) -> Spot:
    """Paragraphs without words are not counted, as the reader does not."""
    cell = next(element.iterancestors(W + "tc"), None)
    box = next(element.iterancestors(W + "txbxContent"), None) is not None
    if cell is None:
        counts["p"] += words and not box
        return Spot(where, max(counts["p"], 1), box=box)
    table, row, column = cells.get(cell, (counts["tbl"], 0, 0))
    return Spot(where, counts["p"], table, row, column, box)


def atoms(paragraph: Any) -> list[tuple[Any, str]]:
    """The pieces of text of a paragraph itself, not of text boxes that hang in it."""
    found = []
    for element in paragraph.iter(W + "t", *_SIGNS):
        if next(element.iterancestors(W + "p"), None) is paragraph and element.getparent().tag == W + "r":
            found.append((element, (element.text or "") if element.tag == W + "t" else _SIGNS[element.tag]))
    return found


def _mark(found: re.Match[str]) -> Mark:
    kind: Literal["out", "tag", "note"] = (
        "out" if found["out"] is not None else "tag" if found["tag"] is not None else "note"
    )
    inside = " ".join((found[kind] or "").translate(_QUOTES).split())
    # The letter follows the brace at once: "{{p noi_dung }}"; "{{ p }}" would be a field named p.
    raw = (found[kind] or "").translate(_QUOTES)
    prefix = letter[0] if kind != "note" and (letter := _PREFIX.match(raw)) else ""
    return Mark(kind, prefix, inside.removeprefix(prefix).strip(), found[0], found.start(), found.end())


def _blanked(text: str) -> str:
    return _MARK.sub(lambda found: " " * len(found[0]), text)


def written(mark: Mark, style: int | None = None) -> str:
    """The mark as Jinja and docxtpl take it, in straight quotes."""
    if mark.kind == "tag":
        return f"{{%{mark.prefix} {mark.inside} %}}"
    styled = f"|{STYLED}({style})" if style is not None else ""
    return f"{{{{{mark.prefix} {mark.inside}{styled} }}}}"


def isolate(line: Line, looks: list[Any]) -> None:
    """Put each mark of a paragraph into a run of its own; the looks of a number's letters are kept in `looks`."""
    for mark in reversed(line.marks):
        pieces, at = [], 0
        for element, text in atoms(line.element):
            if at < mark.end and at + len(text) > mark.start:
                pieces.append((element, max(mark.start - at, 0), min(mark.end - at, len(text))))
            at += len(text)
        style = None
        if mark.kind == "out" and mark.prefix == "r":
            looks.append(pieces[0][0].getparent().find(W + "rPr"))
            style = len(looks) - 1
        _into_one_run(pieces, written(mark, style))


def _into_one_run(pieces: list[tuple[Any, int, int]], text: str) -> None:
    first, start, _end = pieces[0]
    run = first.getparent()
    after = _split(run, first, start)
    own = run.makeelement(W + "r")
    looks = run.find(W + "rPr")
    if looks is not None:
        own.append(copy.deepcopy(looks))
    words = own.makeelement(W + "t")
    words.text = text
    own.append(words)
    run.addnext(own)
    own.addnext(after)
    for element, begin, end in pieces:
        if element.tag != W + "t":
            element.getparent().remove(element)
        elif element is first:
            moved = after.find(W + "t")
            moved.text = (moved.text or "")[end - begin :]
        else:
            element.text = element.text[:begin] + element.text[end:]
            element.set(_SPACE, "preserve")


def _split(run: Any, at: Any, offset: int) -> Any:
    """Cut a run in two inside one of its texts; the second half, which is not in the tree yet, is returned."""
    after = run.makeelement(W + "r")
    looks = run.find(W + "rPr")
    if looks is not None:
        after.append(copy.deepcopy(looks))
    rest = after.makeelement(W + "t")
    rest.text = (at.text or "")[offset:]
    rest.set(_SPACE, "preserve")
    after.append(rest)
    for sibling in list(at.itersiblings()):
        after.append(sibling)
    at.text = (at.text or "")[:offset]
    at.set(_SPACE, "preserve")
    return after


def sides(line: Line, mark: Mark) -> set[Any]:
    """The elements that hold the runs of a mark: more than one where it is half inside a link or a field."""
    holders, at = set(), 0
    for element, text in atoms(line.element):
        if at < mark.end and at + len(text) > mark.start:
            holders.add(element.getparent().getparent())
        at += len(text)
    return holders

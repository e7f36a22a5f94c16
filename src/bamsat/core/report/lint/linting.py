# SPDX-License-Identifier: Apache-2.0
"""Every number of a report about to be signed, matched to the ledger or called what it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bamsat.core.read.document import Document
from bamsat.core.report.lint import saying
from bamsat.core.report.lint.ground import Ground
from bamsat.core.report.lint.judging import Judge
from bamsat.core.report.lint.model import Known, KnownFigure, Remark, Tagged
from bamsat.core.terms.figure import Figure, Reading

_SEVERAL = 2  # entries of a number that was computed
_LONGEST_NUMBER = 200  # letters: what is longer is no number with its unit
_LONGEST_LINE = 8_000
_MOST_LOOKED = 200_000_000  # letters passed while tags are looked for
_COMPILED = 20  # what a letter that is looked for costs, in letters passed
_QUOTED = re.compile(r"“[^“”]{0,4000}”")


@dataclass(frozen=True, slots=True)
class Placed:
    """A tag where its words stand in the document's text."""

    start: int
    end: int
    tag: Tagged


def lint(document: Document, reading: Reading, tags: Sequence[Tagged], known: Known) -> tuple[Remark, ...]:
    """What is to be said of the numbers of a document, in their order.

    Numbers that are no figures (dates, numbers of documents) are not spoken of, nor are those inside quotation marks,
    which are somebody else's words.
    """
    ground = Ground(known)
    judge = Judge(ground)
    quoted = [found.span() for found in _QUOTED.finditer(document.text)]
    cells = {block.at: (block.start, block.end) for block in reversed(document.blocks) if block.kind == "cell"}
    placed = place(document.text, tags, cells)
    remarks = []
    for figure in reading.figures:
        if any(start <= figure.start < end for start, end in quoted):
            continue
        if _as_derived(placed, figure, ground) or _is_counted(_tag_over(placed, figure), known):
            continue
        remark = judge.remark(figure, _entries(placed, figure, ground))
        if remark is not None:
            remarks.append(remark)
    counted = [one for one in placed if _is_counted(one.tag, known)]
    remarks += _miscounted(document, counted, known)
    remarks += _unread(document, reading.figures, [one for one in placed if not _is_counted(one.tag, known)], ground)
    return tuple(sorted(remarks, key=lambda remark: remark.start))


def place(text: str, tags: Sequence[Tagged], cells: Mapping[str, tuple[int, int]] | None = None) -> list[Placed]:
    """Where each tag's words stand; one whose words are gone from the text is left out.

    A tag that knows its cell is not looked for before it: "3" is the number of a row too. A tag that knows its
    paragraph is looked for there: "9" alone in a cell is not the "9" of "9 tháng đầu năm". A file of others may hold
    any number of tags whose words stand nowhere: looking ends where it has cost too much.
    """
    found: list[Placed] = []
    looking = _Looking(text)
    at = line = 0
    around: re.Match[str] | None = None
    last = ("", 0)
    for tag in tags:
        if not tag.text.split() or len(tag.text) > _LONGEST_NUMBER:
            continue
        cell = (cells or {}).get(str(getattr(tag, "place", "")), (0, 0))
        least = cell[0] if tag.text in text[slice(*cell)] else 0
        at = max(at, least)
        whole, start = str(getattr(tag, "paragraph", "")), int(getattr(tag, "start", 0))
        if whole != last[0] or start <= last[1]:  # another paragraph
            around = looking.line(whole, tag.text, max(line, least))
        last = (whole, start)
        match = None
        if around is not None:
            line = around.start()
            match = looking.words(tag.text, max(at, line), around.end())
        match = match or looking.words(tag.text, at)
        if match is not None:
            found.append(Placed(match.start(), match.end(), tag))
            at = match.end()
        if looking.spent > _MOST_LOOKED:
            break
    return found


@dataclass(slots=True)
class _Looking:
    """Looks for words in a text, and counts what it cost: letters passed, and letters of what is looked for."""

    text: str
    spent: int = 0

    def line(self, whole: str, alone: str, at: int) -> re.Match[str] | None:
        if not whole.split() or len(whole) > _LONGEST_LINE:
            return None
        return self._found(_words(whole, alone=whole.split() == alone.split()), at, len(self.text), len(whole))

    def words(self, said: str, at: int, end: int | None = None) -> re.Match[str] | None:
        return self._found(_words(said), at, len(self.text) if end is None else end, len(said))

    def _found(self, pattern: re.Pattern[str], at: int, end: int, size: int) -> re.Match[str] | None:
        match = pattern.search(self.text, at, end)
        self.spent += _COMPILED * size + max(0, (match.end() if match else end) - at)
        return match


def _words(said: str, *, alone: bool = False) -> re.Pattern[str]:
    """These words however they are spaced; `alone` in a line or a cell of their own."""
    pattern = r"\s+".join(re.escape(word) for word in said.split())
    if alone:
        return re.compile(rf"(?:^|(?<=[\n\t]))[ \u00a0]*{pattern}(?=[ \u00a0]*(?:[\n\t]|$))")
    return re.compile(rf"(?<![\d.,/]){pattern}(?![\d])")


def _entries(placed: Sequence[Placed], figure: Figure, ground: Ground) -> list[KnownFigure]:
    """What the ledger says of the entries that the tag over these words names."""
    tag = _tag_over(placed, figure)
    return [known for entry in tag.entries if (known := ground.entry(entry)) is not None] if tag else []


def _tag_over(placed: Sequence[Placed], figure: Figure) -> Tagged | None:
    first = bisect_left(placed, figure.start, key=lambda one: one.end - 1)
    over = (one for one in placed[first : first + 1] if one.start < figure.end and figure.start < one.end)
    return next((one.tag for one in over), None)


def _as_derived(placed: Sequence[Placed], figure: Figure, ground: Ground) -> bool:
    """Whether it still says what the product computed from several entries, all of which stand as they stood: the sum
    of a grid's parts, its ratio to a plan that is such a sum. After a change of number, unit, name or direction word it
    does not."""
    tag = _tag_over(placed, figure)
    key: Mapping[str, str] = getattr(tag, "key", {}) or {}
    if tag is None or len(tag.entries) < _SEVERAL or "value" not in key:
        return False
    meant = (key.get("indicator"), key.get("measure"), key.get("period"), key.get("unit"), key.get("segment") or None)
    if meant != (figure.indicator, figure.measure, figure.period, figure.unit, figure.segment):
        return False
    known = [ground.entry(entry) for entry in tag.entries]
    stands = all(one is not None and one.current for one in known)
    try:
        return stands and figure.lower <= Decimal(key["value"]) <= figure.upper
    except (InvalidOperation, TypeError, ValueError):  # a file of others may claim anything
        return False


def counted_by(tag: Tagged | None) -> str:
    """By what a tag says that its number is counted, and no entry of the ledger; "" of any other number."""
    key: Mapping[str, str] = getattr(tag, "key", {}) or {}
    return key.get("counted", "")


def _is_counted(tag: Tagged | None, known: Known) -> bool:
    """Whether it was counted in books that are known: then those say what is right, not the ledger."""
    return counted_by(tag) in known.counts


def _miscounted(document: Document, counted: Sequence[Placed], known: Known) -> list[Remark]:
    """Numbers that are counted otherwise now, or were changed by hand."""
    return [
        saying.miscounted(one.start, one.end, _at(document, one.start), one.tag.text, known.counts[counted_by(one.tag)])
        for one in counted
        if one.tag.text.split() != known.counts[counted_by(one.tag)].split()
    ]


def _unread(
    document: Document, figures: Sequence[Figure], placed: Sequence[Placed], ground: Ground
) -> list[Remark]:  # fmt: skip
    """Tags whose words are no figure any more."""
    starts = sorted((figure.start, figure.end) for figure in figures)
    remarks = []
    for one in placed:
        first = bisect_left(starts, one.start, key=lambda span: span[1] - 1)
        if any(start < one.end and one.start < end for start, end in starts[first : first + 1]):
            continue
        known = next((found for entry in one.tag.entries if (found := ground.entry(entry)) is not None), None)
        words = document.text[one.start : one.end]
        remarks.append(saying.unread(one.start, one.end, _at(document, one.start), words, known))
    return remarks


def _at(document: Document, start: int) -> str:
    blocks = document.blocks
    at = bisect_left(blocks, start + 1, key=lambda block: block.start) - 1
    return blocks[at].at if at >= 0 else ""

# SPDX-License-Identifier: Apache-2.0
"""What a sentence asks in a row: "A, B và C", each its own where commas part actions, one where they part nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bamsat.core.read.instructing.asking import Asking
from bamsat.core.read.instructing.frames import Draft
from bamsat.core.read.instructing.pieces import trimmed
from bamsat.core.read.instructing.words import Marks
from bamsat.core.read.lexicon import Event, within
from bamsat.core.terms.figure import Figure

_TARGETS = re.compile(r",\s+(?:và\s+)?|\s+và\s+|;\s*")
_UNDER_FIGURE = re.compile(r"\s*(?:tăng|giảm|bằng|vượt|chiếm|trong đó|so với|gấp|tương đương)\b")
_NEXT_ACTION = re.compile(r",?[ \u00a0]+(?:đồng thời|song song với đó|song hành với|và|cũng như)[ \u00a0]+|,[ \u00a0]+")
_REACHED = re.compile(
    r"(?:đạt|trên|dưới|từ|ít nhất|tối thiểu|tối đa|không quá|còn|thêm|khoảng|giảm|tăng)[ \u00a0]"
    r"(?:[^\W\d]+[ \u00a0]){0,2}\d|\d+(?:,\d+)?[ \u00a0]?%"
)
# "..., có ít nhất 30 cụm đi vào hoạt động, tỷ lệ lấp đầy trên 70%": the next target of a row
_COUNTED = re.compile(
    r"(?:có|tỷ lệ|tỉ lệ|số|tổng|giá trị|kim ngạch|thu hút|phát triển|hình thành|thành lập|duy trì)[ \u00a0][^,;]{0,60}?"
    r"(?:đạt|trên|dưới|ít nhất|tối thiểu|từ|khoảng|thêm|mới)[ \u00a0](?:đạt[ \u00a0]|trên[ \u00a0])?\d"
)
_SPLIT = ("solution", "objective", "commitment")
_LONGEST_ROW = 230  # a longer sentence is one thing said at length
_FEWEST_WORDS = 4
_PURPOSE = re.compile(r"(?<![^\W_])(?:để|nhằm|qua đó|từ đó|góp phần|theo hướng)(?![^\W_])")
_CLOSES = re.compile(r"(?:hoàn thành|thời gian|thời hạn|hạn |chậm nhất|trước ngày|kết quả|sản phẩm)")


class Rows:
    """Parts what was found in one text."""

    __slots__ = ("asking", "events", "figures", "low", "marks", "text")

    def __init__(
        self, text: str, low: str, marks: Marks, asking: Asking, figures: tuple[Figure, ...], events: list[Event]
    ) -> None:
        self.text, self.low, self.marks, self.asking = text, low, marks, asking
        self.figures, self.events = figures, events

    def parted(self, draft: Draft, *, plain: bool, listed: bool) -> Iterator[Draft]:
        """The things asked one by one; `plain`: in running text; `listed`: semicolons part the list already."""
        for part in self._actions(draft, plain):
            yield from self._targets(part, listed)

    def is_target(self, start: int, end: int) -> bool:
        known = any(start <= figure.start < end for figure in self.figures)
        return known or _REACHED.search(self.low, start, end) is not None

    def _actions(self, draft: Draft, plain: bool) -> Iterator[Draft]:
        """ "hỗ trợ ..., | mở rộng ..., | khuyến khích ...": what is planned or promised in a row, each its own."""
        if not self._in_a_row(draft, plain):
            yield draft
            return
        start, cuts = draft.start, []
        for match in _NEXT_ACTION.finditer(self.low, draft.start, draft.end):
            if self._is_action(start, match, draft.end):
                cuts.append((start, match.start()))
                start = match.end()
        if not cuts or (draft.kind == "instruction" and len(cuts) < 2):  # "cần A, B" may be one thing said twice
            yield draft
            return
        for one, other in [*cuts, (start, draft.end)]:
            yield self._part(draft, one, other)

    def _in_a_row(self, draft: Draft, plain: bool) -> bool:
        """Whether the commas of a sentence part what is planned: in running text without semicolons."""
        long = draft.end - draft.start > _LONGEST_ROW
        ongoing = self.low.endswith("đang", 0, max(0, draft.start - 1))
        if long or ongoing or not plain:
            return False
        # in speech, "ngành cần A, B và C" lists; in an official letter commas part the steps of one task
        return draft.kind in _SPLIT or (draft.kind == "instruction" and self._needed(draft))

    def _needed(self, draft: Draft) -> bool:
        if self.asking.verb_at(draft.start, draft.end, "verb", "urge") is not None:
            return False  # "rà soát các chợ cần sửa chữa": the need is of what is done, not of who does it
        need = self.marks.first(draft.start, min(draft.end, draft.start + 90), "oblige")
        return need is not None and self.low.startswith("cần", need.start)

    def _is_action(self, start: int, match: re.Match[str], end: int) -> bool:
        """Whether another action begins behind a comma or "và", not a noun or a verb that shares its object."""
        at, said = match.end(), self.low
        verb = self.asking.verb_at(at, end, "verb", "urge", "aim")
        if verb is None or _CLOSES.match(said, at, end) or said.count("(", start, at) > said.count(")", start, at):
            return False
        if _PURPOSE.search(said, start, at):
            return False
        comma = _NEXT_ACTION.search(said, verb.end, end)
        words = len(said[at : comma.start() if comma else end].split())
        before = said[max(start, said.rfind(",", start, match.start()) + 1) : match.start()].split()
        fewest = _FEWEST_WORDS - (0 if "," in match[0] else -1)
        shared = 4 if before[:2] == ["tiếp", "tục"] else 0  # "tiếp tục A, B": the adverb is said of both
        return words >= fewest and len(before) >= _FEWEST_WORDS + shared

    def _targets(self, draft: Draft, listed: bool) -> Iterator[Draft]:
        """ "giá trị ... đạt 79 tỷ, tăng 16%; | bán lẻ đạt ... và | kim ngạch đạt ...": each its own target."""
        if draft.kind != "target":
            yield draft
            return
        start = draft.start
        inside = [figure for figure in self.figures if draft.start <= figure.start < draft.end]
        for match in _TARGETS.finditer(self.text, draft.start, draft.end):
            after = match.end()
            told = any(start <= figure.start < match.start() for figure in inside)
            ahead = next((figure.start for figure in inside if figure.start >= after), None)
            if "," in match[0] and not listed and _COUNTED.match(self.low, after, draft.end):
                yield self._part(draft, start, match.start())
                start = after
                continue
            if not told or ahead is None or _UNDER_FIGURE.match(self.low, after):
                continue
            named = [
                event
                for event in within(self.events, after, ahead)
                if event.kind in ("indicator", "part", "topic", "branch")
            ]
            reached = re.search(r"\b(?:đạt|là|tăng|giảm|còn|chiếm)\b", self.low[after:ahead])
            if (named and named[0].start - after < 30 and reached) or (
                reached and self.low.startswith(("tỷ lệ", "số ", "tổng ", "giá trị", "có ", "thu hút"), after)
            ):
                yield self._part(draft, start, match.start())
                start = after
        yield self._part(draft, start, draft.end)

    def _part(self, draft: Draft, start: int, end: int) -> Draft:
        start, end = trimmed(self.text, start, end)
        kind = draft.kind
        aim = self.asking.verb_at(start, end, "aim") if start > draft.start else None
        if aim is not None:
            start = self.asking.content(aim.end, end)
            kind = "target" if self.is_target(start, end) else "objective"
        elif kind == "target" and not self.is_target(start, end):
            kind = "objective"
        return Draft(
            start,
            end,
            kind,
            draft.at,
            draft.who,
            draft.supporting,
            draft.said_by,
            draft.addressee,
            draft.when,
            start,
            list(draft.inferred),
        )

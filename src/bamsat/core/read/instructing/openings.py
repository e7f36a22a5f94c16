# SPDX-License-Identifier: Apache-2.0
"""What the rules of asking share: where a piece begins, whose word it is, whether it looks back."""

from __future__ import annotations

import re

from bamsat.core.read.instructing.actors import Actors
from bamsat.core.read.instructing.frames import Draft
from bamsat.core.read.instructing.pieces import trimmed
from bamsat.core.read.instructing.words import Mark, Marks
from bamsat.core.terms.figure import Figure

_SPACE = " \u00a0"
_LONG_ROW = 100
_FRONT = re.compile(
    r"(?:để|nhằm|trong|năm|từ|trước|căn cứ|theo|tại|qua|trên cơ sở|với|ngoài|bên cạnh|cùng với|sau|bước vào|chuẩn bị"
    r"|xác định|phát biểu|đến|giai đoạn|riêng|ngay|nhân|thực hiện|vì vậy|do đó|kết luận|về|trường hợp|đối với"
    r"|thời gian tới|tới đây|quý|tháng|mục tiêu|quá trình|nếu|khi|ngoài ra|quá thời hạn|những tháng|các tháng|\d)\b"
)
# "duy trì thời gian bán hàng đã đăng ký": the noun is old, the work is not
_GRANTED = re.compile(
    r"đã (?:được )?(?:đăng ký|phê duyệt|ban hành|giao|nêu|chỉ ra|cấp|ký|ký kết|cam kết|đề ra|kết luận|hướng dẫn"
    r"|có|thống nhất|duyệt|xác định|đầu tư|thành lập|quy hoạch|chấp thuận|thẩm định|công nhận|đặt ra|công bố)(?![^\W_])"
)
_MEANS = re.compile(r"có (?:các |những |một số )?(?:phương án|kế hoạch|giải pháp|biện pháp|cơ chế|chính sách|lộ trình)")
_CHAIN = re.compile(r"(?:\s*,\s*|\s+và\s+|\s+)")


class Openings:
    """Looks at the pieces of one text."""

    def __init__(self, text: str, low: str, marks: Marks, actors: Actors, figures: tuple[Figure, ...]) -> None:
        self.text, self.low, self.marks, self.actors = text, low, marks, actors
        self._figures = [(figure.start, figure.end) for figure in figures]

    def opening(self, start: int, end: int) -> int:
        """Past "đồng thời", "trong thời gian tới," and the like."""
        at = start
        for _ in range(6):
            passed = self._past_link(at, end)
            passed = self._past_front(passed, end)
            if passed == at:
                return at
            at = passed
        return at

    def _past_link(self, at: int, end: int) -> int:
        mark = next(iter(self.marks.within(at, min(end, at + 2))), None)
        if mark is None or mark.start != at or not mark.is_a("link", "later"):
            return at
        rest = mark.end
        while rest < end and self.text[rest] in ", \u00a0:":
            rest += 1
        return rest

    def _past_front(self, at: int, end: int) -> int:
        """Past a phrase of time, purpose or ground, up to the comma before a body or a verb."""
        front, verb = _FRONT.match(self.low, at, end), self.verb_at(at, end)
        if front is None or (verb is not None and verb.end > front.end()):  # "theo dõi" is no "theo"
            return at
        comma = at
        for _ in range(6):
            comma = self.low.find(",", comma + 1, end)
            if comma < 0 or comma - at > 420:
                return at
            rest = comma + 1
            while rest < end and self.text[rest] in _SPACE:
                rest += 1
            if self._has_body_first(rest, end) or self.verb_at(rest, end, "order", "propose", "aim") is not None:
                return rest
            # "Thời gian tới, đẩy mạnh ...": a purpose may list verbs, a time may not
            if not self.low.startswith(("để", "nhằm", "thực hiện", "căn cứ", "xác định"), at) and self.verb_at(
                rest, end
            ):
                return rest
        return at

    def _has_body_first(self, at: int, end: int) -> bool:
        stop = self.actors.at(at, end)
        return stop is not None and at < stop < end and stop - at < 200

    def verb_at(self, at: int, end: int, *kinds: str) -> Mark | None:
        """The verb, or adverb before one, that begins right here."""
        mark = next(iter(self.marks.within(at, min(end, at + 2))), None)
        if mark is not None and mark.start == at and mark.is_a(*(kinds or ("verb", "urge", "manner"))):
            return mark
        return None

    def _figured(self, start: int, end: int) -> bool:
        return any(start <= one < end for one, _ in self._figures)

    def told_before(self, start: int, end: int) -> bool:
        """ "đã" before the verb of the piece: what was done, unless it stands behind ("các giải pháp đã đề ra")."""
        acts = self.verb_at(start, end, "verb", "urge") is not None
        for mark in self.marks.each(start, end, "told"):
            said = self.low[mark.start : mark.end]
            behind = acts and mark.start > start and "," not in self.low[start : mark.start]
            if behind and _GRANTED.match(self.low, mark.start):
                continue
            before = self.low[start : mark.start].split()
            if before and before[-1] in (
                "mục tiêu",
                "tiêu",
                "hoạch",
                "pháp",
                "vụ",
                "việc",
                "hiện",
                "định",
                "trình",
                "tại",
            ):
                continue
            if said not in ("còn", "luôn", "đều", "chưa", "hiện nay", "từng"):
                return True
        return False

    def draft(
        self, kind: str, start: int, end: int, *, who: str = "", after: int | None = None, **more: object
    ) -> Draft:
        start, end = trimmed(self.text, start, end)
        return Draft(start, end, kind, "", who=who, after=start if after is None else after, **more)  # type: ignore[arg-type]

    def speaker(self, start: int, at: int) -> str | None:
        begin = self.actors.before(start, at)
        if begin is None:
            return None
        name = self.actors.name(begin, self.actors.at(begin, at) or at)
        return name if 2 < len(name) <= 160 else None

    def past_chain(self, at: int, end: int) -> int:
        """ "chỉ đạo, đôn đốc, hướng dẫn | các cụm công nghiệp"."""
        for _ in range(4):
            gap = _CHAIN.match(self.low, at, end)
            if gap is None:
                break
            mark = next(iter(self.marks.within(gap.end(), min(end, gap.end() + 2))), None)
            if (
                mark is None
                or mark.start != gap.end()
                or not (
                    mark.is_a("order")
                    or self.low[mark.start : mark.end] in ("hướng dẫn", "đôn đốc", "hỗ trợ", "kiểm tra")
                )
            ):
                break
            at = mark.end
        while at < end and self.text[at] in _SPACE:
            at += 1
        return self._past_link(at, end) if self.verb_at(at, end, "later") else at

    def asks_upward(self, begin: int, end: int) -> Mark | None:
        for mark in self.marks.within(begin, min(end, begin + 40)):
            if mark.is_a("offer", "offer_up"):
                return mark
            if not mark.is_a("quantifier") or self.text[begin : mark.start].strip():
                return None
        return None

    def _acts_next(self, mark: Mark, end: int) -> bool:
        """Whether something to do follows right behind a modal verb."""
        if "trách nhiệm" in self.low[mark.start : mark.end] or "không" in self.low[mark.start : mark.end]:
            return True
        at = mark.end
        for following in self.marks.within(mark.end, min(end, mark.end + 60)):
            if self.low[at : following.start].strip(' \u00a0,"'):
                return False
            if _MEANS.match(self.low, following.start) or (
                following.is_a("verb", "urge")
                and self.low[following.start : following.end]
                not in (
                    "có",
                    "tăng",
                    "giảm",
                    "đạt",
                )
            ):
                return True
            at = following.end
        return False

    def _of_body(self, kind: str, begin: int, stop: int, end: int, **more: object) -> Draft:
        """What a named body is to do; a long row of bodies is left out of the words that say what."""
        start = stop if stop - begin > _LONG_ROW and 2 * (stop - begin) > end - stop else begin
        return self.draft(kind, start, end, who=self.actors.name(begin, stop), after=max(stop, start), **more)

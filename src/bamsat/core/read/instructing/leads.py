# SPDX-License-Identifier: Apache-2.0
"""What a heading or the words before a colon announce for the lines after them."""

from __future__ import annotations

import re

from bamsat.core.read.instructing.actors import Actors
from bamsat.core.read.instructing.asking import Asking
from bamsat.core.read.instructing.frames import TOLD, Frame, Frames
from bamsat.core.read.instructing.pieces import PLAIN, trimmed
from bamsat.core.read.instructing.whens import NEVER, when
from bamsat.core.read.instructing.words import Marks

_CONCLUDES = re.compile(r"(?:thống nhất|kết luận|quyết nghị|quyết định|chỉ đạo|có ý kiến)[^:]{0,60}$")
# "Các chủ hồ được yêu cầu:" gives work to them; "Kế hoạch của Sở xác định:" says what is to be reached
# "CHỈ ĐẠO CỦA CHỦ TỊCH UBND TỈNH": whose words follow, not whose work
_SPEAKS = re.compile(
    r"(?:các )?(?:ý kiến|phát biểu|chỉ đạo|kết luận|lời|bài phát biểu|nội dung chỉ đạo|đề nghị|kiến nghị)\b"
)
_IS_ASKED = re.compile(r"(?:được|bị) (?:yêu cầu|đề nghị|giao nhiệm vụ|giao|phân công)[^:]{0,30}$")
_SETS_OUT = re.compile(r"(?:xác định|đặt ra|đề ra|nêu rõ|hướng tới)(?: rõ)?$")


class Leads:
    """Reads headings and leads into the frames of one document."""

    def __init__(
        self,
        text: str,
        low: str,
        marks: Marks,
        actors: Actors,
        asking: Asking,
        frames: Frames,
        dated: str,
        *,
        orders: bool,
    ) -> None:
        self.text, self.low, self.marks, self.actors, self.asking = text, low, marks, actors, asking
        self.frames, self.dated, self.orders = frames, dated, orders

    def part_named(self, start: int, end: int, level: float) -> bool:
        """A part of a report ("II. PHƯƠNG HƯỚNG, NHIỆM VỤ") or a body ("1. Sở Công Thương")."""
        first, last = trimmed(self.text, start, end)
        if last - first > 170:
            return False
        body = self.body_alone(first, last)
        if body is not None:
            frame = self.frames.now
            kind = frame.kind if frame is not None and frame.kind else ("instruction" if self.orders else "")
            if body[2]:
                kind = "instruction" if kind in ("", TOLD) else kind
            elif kind == "solution":
                kind = "instruction"  # the work of the next months, given to a body
            elif not kind and (self.text.startswith(":", last) or (frame is None and level < PLAIN)):
                kind = "instruction"
            addressee = body[0] if kind == "proposal" else None
            self.frames.open(Frame(level, kind, who=body[0], supporting=body[1], addressee=addressee))
            return True
        order = self.marks.first(first, last, "order", "propose")
        if order is not None and self.actors.before(first, order.start) is not None:
            return False
        said = self.marks.sections(first, last)
        if not said or any(self.text[mark.start - 1 : mark.start].isalpha() for mark in said):
            return False
        if said[0].start - first > 24 and not self.text[first:last].isupper():
            return False
        asks = [mark.asks["section"] for mark in said]
        kind = asks[0]
        if (
            kind == TOLD
            and {"instruction", "solution", "proposal"} & set(asks)
            and self.low[first:last].startswith(("mục đích", "quan điểm", "đánh giá", "khó khăn"))
        ):
            kind = asks[0] if not self.low.startswith("khó khăn", first) else "proposal" if "proposal" in asks else TOLD
        if self.low.endswith(".", first, end) and len(self.text[first:last].split()) > 16:
            return False
        if next(self.actors.acts(first, said[0].start, "verb", "urge"), None) is not None:
            return False
        office = self._office(first, last)
        speaks = _SPEAKS.match(self.low, first, last) is not None
        self.frames.open(Frame(level, kind, who="" if speaks else office, said_by=office or None if speaks else None))
        return True

    def _office(self, start: int, end: int) -> str:
        """ "Trách nhiệm của Sở Công Thương": the body that a heading names behind its own word."""
        of = self.low.find(" của ", start, end)
        if of < 0:
            return ""
        stop = self.actors.at(of + 5, end)
        return self.actors.name(of + 5, stop) if stop else ""

    def body_alone(self, start: int, end: int) -> tuple[str, tuple[str, ...], bool] | None:
        """A line that is nothing but a body: its name, those that help it, and whether it is ordered."""
        at, ordered = start, False
        for lead in ("đối với ", "về phía ", "trách nhiệm của "):
            if self.low.startswith(lead, at):
                at += len(lead)
        mark = self.marks.first(at, min(end, at + 2), "order", "propose")
        if mark is not None and mark.start == at:
            at, ordered = mark.end + 1, True
            if self.low.startswith(("các ", "đồng chí "), at) is False and self.low.startswith("cho ", at):
                at += 4
        stop = self.actors.at(at, end)
        if stop is None:
            return None
        rest = self.low[stop:end].strip(" \u00a0,:")
        lead_words = re.match(
            r"(?:chủ trì|có trách nhiệm|là cơ quan chủ trì)?[, ]*(?:phối hợp(?: chặt chẽ)? (?:với|cùng) [^.;]{3,160})?"
            r"(?:thực hiện|triển khai)?(?: các nhiệm vụ| các nội dung| nhiệm vụ)?(?: sau| sau đây)?$",
            rest,
        )
        if rest and lead_words is None:
            return None
        return self.actors.name(at, stop), self.actors.helpers(self.low, stop, end), ordered

    def announced(self, start: int, end: int, level: float, speaker: str | None) -> Frame | None:
        """What a lead announces, or None."""
        start, end = trimmed(self.text, start, end)
        opening = self.asking.opening(start, end)
        told = self.asking.told_before(opening, end)
        now = self.frames.now
        by = when(self.low, start, end, self.dated)
        if self.low.startswith("kế hoạch", by.start):
            by = NEVER  # "để hoàn thành kế hoạch năm 2026, ...": what the lead is for, no deadline of what follows
        drafting = self.marks.first(start, end, "drafting")
        if (
            drafting is not None
            and self.marks.first(drafting.end, end, "issuing") is not None
            and (now is None or now.kind in ("", TOLD, "programme") or told)
        ):
            return Frame(level, "programme", who=self.asking.speaker(start, drafting.start) or "", drafts=True)
        asked = _IS_ASKED.search(self.low, start, end)
        if asked is not None and (bound := self.actors.before(start, asked.start())) is not None:
            return Frame(level, "instruction", who=self.actors.name(bound, asked.start()), said_by=speaker, when=by)
        for mark in self.marks.each(start, end, "order", "propose"):
            begin = self.asking.past_chain(mark.end, end)
            stop = self.actors.at(begin, end)
            said_by = self.asking.speaker(start, mark.start)
            loud = mark.is_a("propose") or self.low[mark.start : mark.end] in (
                "yêu cầu",
                "giao",
                "đề nghị",
                "phân công",
                "chỉ đạo",
                "lưu ý",
                "giao nhiệm vụ",
                "tiếp tục yêu cầu",
                "kiến nghị",
            )
            if not loud or (
                stop is None and mark.is_a("order") and not said_by and mark.start != opening and end - mark.end > 60
            ):
                continue
            up = self.asking.asks_upward(begin, end) is not None
            kind = (
                "proposal"
                if mark.is_a("propose") or (up and self.low.startswith("đề nghị", mark.start))
                else "instruction"
            )
            who = self.actors.name(begin, stop) if stop is not None else ""
            return Frame(
                level,
                kind,
                who=who,
                supporting=self.actors.helpers(self.low, begin, end),
                said_by=said_by or speaker,
                addressee=who or None if kind == "proposal" else None,
                when=by,
            )
        aim = self.marks.first(start, end, "aim")
        if aim is not None and (not told or "phấn đấu" in self.low[aim.start : end]):
            return Frame(level, "target", who=self.asking.speaker(start, aim.start) or "", said_by=speaker, when=by)
        work = self.marks.first(start, end, "work")
        if work is not None:
            announced = (
                re.search(
                    r"đề ra|xác định|đặt ra|tập trung|sau|trọng tâm|ưu tiên|như|thời gian tới|thực hiện"
                    r"|chủ yếu|cuối năm|cụ thể",
                    self.low[start:end],
                )
                is not None
            )
            if told and re.search(
                r"đã (?:triển khai|thực hiện|tập trung|chủ động|ban hành|tổ chức|hoàn thành|có)", self.low[start:end]
            ):
                return Frame(level, TOLD)
            kind = now.kind if now is not None and now.kind in ("instruction", "proposal", "commitment") else "solution"
            acts = next((m.start for m in self.marks.each(opening, end, "verb", "urge", "oblige", "told")), end)
            subject = self.actors.before(start, acts)
            if announced:
                name, named = "", self.actors.at(opening, end)
                if named is not None:
                    name = self.actors.name(opening, named)
                elif subject is not None and end - subject < 60:
                    name = self.actors.name(subject, end)
                return Frame(level, kind, who=name, said_by=speaker, when=by)
        for mark in self.marks.each(start, end, "oblige", "pledge"):
            bound = self.actors.before(start, mark.start)
            if bound is not None and not told:
                return Frame(
                    level,
                    "commitment" if mark.is_a("pledge") else "instruction",
                    who=self.actors.name(bound, mark.start),
                    when=by,
                )
        if _SETS_OUT.search(self.low, start, end) and self.asking.verb_at(start, end, "scheme"):
            return Frame(level, "target", who=self._office(start, end), said_by=speaker, when=by)
        concluded = _CONCLUDES.search(self.low, start, end)
        if concluded:
            said_by = self.asking.speaker(start, concluded.start()) or speaker
            return Frame(level, "instruction", said_by=said_by, when=by)
        if told:
            return Frame(level, TOLD)
        later = self.marks.first(start, end, "later")
        if later is not None:
            stop = self.actors.at(opening, end)
            return Frame(level, "solution", who=self.actors.name(opening, stop) if stop else "")
        return None

# SPDX-License-Identifier: Apache-2.0
"""Rules for what is aimed at, drafted or prepared: goals, programmes, plans for an emergency, calls to emulation."""

from __future__ import annotations

import re

from bamsat.core.read.instructing.frames import TOLD, Draft, Frame
from bamsat.core.read.instructing.openings import Openings

_OUTCOME = re.compile(r"(?:đã|vừa|được|ước)\s")
_AIMED_AT = ("mục tiêu", "chỉ tiêu", "kế hoạch", "nhiệm vụ")
_PREPARES = re.compile(r"xây dựng|lập|triển khai|thực hiện|chuẩn bị|hoàn thiện|rà soát|có")
_SOFT_AIMS = ("hướng tới", "hướng đến", "chủ trương")
_ON_ITS_WAY = re.compile(
    r"(?<![^\W_])(?:(?:hiện )?đang|sẽ)[ \u00a0](?:(?:tiếp tục|tập trung|khẩn trương|sớm)[ \u00a0])*"
    r"(?:xây dựng|soạn thảo|hoàn thiện|triển khai|ban hành|trình|lập|thực hiện|nghiên cứu)[ \u00a0]"
)
_SOURCE = re.compile(r", theo (?:thông tin|ông|bà|lãnh đạo|đồng chí|giám đốc)")


def on_its_way(low: str, start: int, end: int) -> bool:
    """Whether words say of a programme that it is being written or about to come."""
    return _ON_ITS_WAY.search(low, start, end) is not None


class Aiming(Openings):
    """Reads goals and programmes in the pieces of one text."""

    def _emulates(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        mark = self.marks.first(start, end, "emulation")
        if mark is None or (frame is not None and frame.kind not in ("", TOLD)):
            return None
        return self.draft("emulation", mark.start, end)

    def _drafts(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        """ "tham mưu UBND tỉnh ban hành | Đề án ... giai đoạn 2021-2025": the programme that is drafted."""
        if frame is not None and frame.kind not in ("", TOLD, "programme") and not frame.drafts:
            return None
        if frame is not None and frame.drafts:
            scheme = self.marks.first(start, min(end, start + 40), "scheme")
            if scheme is not None and scheme.start - start <= 24 and self.text[scheme.start].isupper():
                return self.draft("programme", scheme.start, end)
            return None
        drafting = self.marks.first(start, end, "drafting")
        if drafting is None:
            return None
        issued = None
        for mark in self.marks.each(drafting.end, min(end, drafting.end + 160), "issuing", "scheme", "verb"):
            if mark.is_a("issuing"):
                issued = mark
            elif issued is not None and mark.is_a("scheme") and self.text[mark.start].isupper():
                if len(self.text[mark.start : end].split()) < 7:
                    return None
                return self.draft("programme", mark.start, end, who=self.speaker(start, drafting.start) or "")
        carried = re.compile(
            r"tham mưu (?:tổ chức )?triển khai (?:thực hiện )?(?:các nội dung|nội dung|[A-ZĐ])"
        ).search(self.text, drafting.start - 1 if drafting.start else 0, end) or re.compile(
            r"tham mưu triển khai"
        ).search(self.low, drafting.start, end)
        if carried and re.search(
            r"(?:chỉ thị|nghị quyết|quyết định|chương trình|đề án|kế hoạch)\s", self.low[drafting.end : end]
        ):
            return self.draft("programme", start, end)
        return None

    def _is_drafting(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        """ "Tỉnh đang xây dựng | Đề án ...", "Sở sẽ trình | Đề án ...": a programme that is on its way."""
        if frame is not None and frame.kind not in ("", TOLD, "solution", "objective", "commitment"):
            return None
        found = _ON_ITS_WAY.search(self.low, start, end)
        if found is None:
            return None
        scheme = self.verb_at(found.end(), end, "scheme")
        subject = self.actors.before(start, found.start())
        if scheme is None or subject is None or not self.text[scheme.start].isupper():
            return None
        cut = _SOURCE.search(self.low, scheme.end, end)
        stop = cut.start() if cut else end
        if len(self.text[scheme.start : stop].split()) < 6:
            return None
        return self.draft("programme", scheme.start, stop, who=self.actors.name(subject, found.start()))

    def _aims(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        opening = self.opening(start, end)
        mark = self.marks.first(start, end, "aim")
        if mark is None or (frame is not None and frame.kind == TOLD):
            return None
        before = self.low[start : mark.start]
        acting = [verb for verb in self.actors.acts(opening, mark.start, "verb") if verb.start < mark.start]
        by_body = self.actors.before(start, mark.start) is not None
        if mark.start > opening and not by_body and (acting or len(before.split()) > 14):
            return None
        if self.told_before(opening, mark.start) or re.search(
            r"\b(?:khi|đạt|hoàn thành|thực hiện|các|những|so với|/)\s*$", before
        ):
            return None
        at = mark.end
        figured = self._figured(at, end)
        said = self.low[mark.start : mark.end]
        if not figured and ("chỉ tiêu" in said or _OUTCOME.match(self.low[at : at + 8].strip() + " ")):
            return None
        begin = self.content(at, end)
        if self.low.startswith(("này", "trên", "đó", "đã", "của kế hoạch", "kế hoạch", "tăng trưởng so", "và "), begin):
            return None
        if (
            not figured
            and self.verb_at(begin, end) is None
            and "phấn đấu" not in said
            and " là " not in self.low[at : begin + 1]
        ):
            return None
        if said in _SOFT_AIMS and self.verb_at(begin, end) is None:
            return None
        who = self.speaker(start, mark.start) or ""
        return self.draft("target" if figured else "objective", begin, end, who=who)

    def content(self, at: int, end: int) -> int:
        """Past "hoàn thành các chỉ tiêu:", "trong năm 2027", "là"."""
        lead = re.compile(
            r"(?:[\s,:]|là(?=\s)|đến(?= (?:năm|hết|cuối))(?: hết| cuối)?"
            r"|trong(?= (?:năm|quý|tháng|giai))|(?:năm|quý|tháng) [\divxIVX/]+(?=[\s,:])"
            r"|giai đoạn \d{4}\s?[-–]\s?\d{4}|hoàn thành các chỉ tiêu(?: sau)?:|tổng quát|cụ thể|chung"
            r"|của (?:ngành|tỉnh|sở|đề án|kế hoạch|chương trình)(?=[\s,:])"
            r"|có(?= )|(?:để )?đưa(?= (?:tổng|giá|kim|tỷ|tốc))|thực hiện(?= (?:tổng|giá trị|kim|tỷ))|rằng|được giao)*"
        ).match(self.low, at, end)
        return lead.end() if lead and lead.end() < end else at

    def _resolves(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        """ "Để đạt mục tiêu này, ngành đã đề ra nhiều giải pháp": the resolve itself, where no list follows."""
        if not self.low.startswith(("để ", "nhằm "), start):
            return None
        work = next(
            (mark for mark in self.marks.each(start, end, "work") if self.low[start : mark.start].find(",") > 0), None
        )
        if work is None or not re.search(
            r"(?:đề ra|xác định|đặt ra|lựa chọn|đưa ra)(?: lựa chọn)?(?: các| nhiều| những| một số)+\s*$",
            self.low[start : work.start],
        ):
            return None
        comma = self.low.rfind(",", start, work.start)
        stop = self.actors.at(comma + 2, work.start) if comma > 0 else None
        told = self.told_before(max(comma, start), work.start)
        who = self.actors.name(comma + 1, stop) if stop else ""
        return self.draft("commitment" if told else "objective", start, end, who=who)

    def _grounds(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        """ "... là tiền đề để tỉnh hoàn thành các mục tiêu ..."."""
        ground = self.marks.first(start, end, "ground")
        if ground is None:
            return None
        found = re.compile(r"\bđể\s[^,;.]{0,60}?(?:hoàn thành|thực hiện|đạt|vượt)\s").search(
            self.low, ground.end, min(end, ground.end + 140)
        )
        if found is None or not any(word in self.low[found.end() : found.end() + 90] for word in _AIMED_AT[:3]):
            return None
        return self.draft("objective", found.start(), end)

    def _depends(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        mark = self.marks.first(start, end, "condition")
        if mark is None:
            return None
        can = re.compile(r"\b(?:còn |sẽ |vẫn |hoàn toàn )?(?:có thể|sẽ) ").search(
            self.low, max(start, mark.start - 120), mark.start
        )
        return self.draft("condition", can.start(), end) if can else None

    def _prepares(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        """ "xây dựng ... các phương án xử trí khi có ca mắc", also where the sentence looks back."""
        mark = self.marks.first(start, end, "contingency")
        if mark is None:
            return None
        verbs = [
            verb for verb in self.marks.each(max(start, mark.start - 110), mark.start + 1, "verb")
            if _PREPARES.match(self.low, verb.start, verb.end)
        ]  # fmt: skip
        if not verbs:
            return None
        cut = re.compile(r",\s(?=thực hiện|tuân thủ|tổ chức|bảo đảm|đảm bảo)").search(self.low, mark.end, end)
        who = self.actors.name(start, verbs[-1].start) if self.actors.at(start, end) == verbs[-1].start else ""
        return self.draft("contingency", verbs[-1].start, cut.start() if cut else end, who=who)

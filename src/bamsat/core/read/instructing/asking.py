# SPDX-License-Identifier: Apache-2.0
"""Whether a piece of a sentence asks, promises, proposes or aims, and over which words."""

from __future__ import annotations

import re

from bamsat.core.read.instructing.actors import Actors
from bamsat.core.read.instructing.frames import TOLD, Draft, Frame
from bamsat.core.read.instructing.openings import Openings
from bamsat.core.read.instructing.pieces import trimmed
from bamsat.core.read.instructing.words import Mark, Marks
from bamsat.core.terms.figure import Figure

_SPACE = " \u00a0"
_SHORTEST = 12
_NORM = re.compile(r"(?:điều|khoản|luật|nghị định|thông tư)[ \u00a0](?:này\b|\d|[a-zđ])|pháp luật|theo quy định tại")
_FIGURES_TOLD = re.compile(r"(?:đạt|ước|tăng|giảm)[^;]{0,30}\d")
_OUTCOME = re.compile(r"(?:đã|vừa|được|ước)\s")
_AIMED_AT = ("mục tiêu", "chỉ tiêu", "kế hoạch", "nhiệm vụ")
_DUE = re.compile(
    r"(?:trước|xong|chậm nhất|hạn)[^,;]{0,16}\d{1,2}/\d{1,2}|(?:hoàn thành|xong) (?:trong|trước) (?:tháng|quý)"
)
_PREPARES = re.compile(r"xây dựng|lập|triển khai|thực hiện|chuẩn bị|hoàn thiện|rà soát|có")
_BARE = frozenset(
    (
        "không được",
        "tuyệt đối không",
        "nghiêm cấm",
        "phải",
        "cần",
        "cần phải",
        "cần tiếp tục",
        "cần sớm",
        "cần tập trung",
    )
) | {"cần khẩn trương"}
_HIS = frozenset(("chỉ đạo", "đôn đốc", "nhắc nhở", "quán triệt", "phân công", "lưu ý"))
_LOUD = frozenset(("yêu cầu", "giao", "đề nghị", "phân công", "chỉ đạo", "giao nhiệm vụ", "lưu ý"))


class Asking(Openings):
    """Reads the pieces of one text."""

    def __init__(self, text: str, low: str, marks: Marks, actors: Actors, figures: tuple[Figure, ...]) -> None:
        super().__init__(text, low, marks, actors, figures)
        self._rules = (
            self._emulates, self._orders, self._proposes, self._drafts, self._aims, self._resolves, self._obliges,
            self._pledges, self._goes_on, self._grounds, self._depends, self._imperative, self._by_name, self._prepares,
        )  # fmt: skip

    def asked(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        """What a piece asks; `loose`: an order may stand here though nothing announced one."""
        start, end = trimmed(self.text, start, end)
        if end - start < _SHORTEST or self.low[end - 1] == "?" or self.low.startswith("?", end):
            return None
        for rule in self._rules:
            found = rule(start, end, frame, loose)
            if found is not None and found.end - found.start >= _SHORTEST:
                return found
        return None

    # The rules, one after the other; the first that knows a piece tells what it asks

    def _orders(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        opening = self.opening(start, end)
        for mark in self.marks.each(start, end, "order"):
            said = self.low[mark.start : mark.end]
            own = mark.start == opening and frame is not None and bool(frame.who) and frame.kind != TOLD
            if own and said in _HIS:
                return None  # the work of a body that a heading names
            begin = self.past_chain(mark.end, end)
            loud = said.removeprefix("tiếp tục ") in _LOUD or "giao" in said
            told = self.told_before(opening, mark.start)
            if (told and not loud) or (frame is not None and frame.kind == TOLD and (told or mark.start == opening)):
                continue
            if not loud and frame is None and not loose and " ngay " not in self.low[begin:end]:
                continue
            stop = self.actors.at(begin, end)
            named = next(iter(self.marks.within(begin, min(end, begin + 24))), None)
            up = self.asks_upward(begin, end)
            subject = self.speaker(start, mark.start)
            if up and said in ("đề nghị", "yêu cầu") and (said == "đề nghị" or mark.start == opening):
                return self._proposal(start, mark, end, begin, stop, subject)
            if stop is not None and stop < end and named is not None:
                if self._done_alone(stop, end):
                    continue
                said_by = subject or (frame.said_by if frame else None)
                kind = "requirement" if "chịu trách nhiệm" in self.low[stop : stop + 24] else "instruction"
                return self._of_body(kind, begin, stop, end, said_by=said_by)
            verb = self.verb_at(begin, end)
            if (
                verb is not None
                and (subject or mark.start == opening)
                and said in ("yêu cầu", "đề nghị", "lưu ý", "tiếp tục yêu cầu")
            ):
                return self.draft("instruction", begin, end, said_by=subject)
        return None

    def _done_alone(self, stop: int, end: int) -> bool:
        """A body without anything to do behind it."""
        return end - stop < 6

    def _proposal(self, start: int, mark: Mark, end: int, begin: int, stop: int | None, subject: str | None) -> Draft:
        first = self.actors.before(start, mark.start)
        addressee = self.actors.name(begin, stop) if stop is not None else None
        return self.draft(
            "proposal",
            mark.start if first is None else first,
            end,
            who=addressee or "",
            after=mark.start,
            said_by=subject,
            addressee=addressee,
        )

    def _proposes(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        opening = self.opening(start, end)
        for mark in self.marks.each(start, end, "propose"):
            begin = mark.end
            while begin < end and self.text[begin] in _SPACE + ",:":
                begin += 1
            if self.low.startswith(("với ", "đến ", "tới ", "cho "), begin):
                begin += 4
            up = self.asks_upward(begin, end) is not None
            subject = self.speaker(start, mark.start)
            if self.told_before(opening, mark.start) and not up:
                continue
            if mark.start == opening and frame is not None and frame.kind not in ("proposal", TOLD, "") and not up:
                return None
            if not up and subject is None and mark.start != opening and "cần" not in self.low[mark.start : mark.end]:
                continue
            if (
                not up
                and mark.start == opening
                and self.verb_at(begin, end) is None
                and self.actors.at(begin, end) is None
            ):
                continue
            return self._proposal(start, mark, end, begin, self.actors.at(begin, end), subject)
        return None

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
        begin = self._content(at, end)
        if self.low.startswith(("này", "trên", "đó", "đã", "của kế hoạch", "kế hoạch", "tăng trưởng so"), begin):
            return None
        if (
            not figured
            and self.verb_at(begin, end) is None
            and "phấn đấu" not in said
            and " là " not in self.low[at : begin + 1]
        ):
            return None
        who = self.speaker(start, mark.start) or ""
        return self.draft("target" if figured else "objective", begin, end, who=who)

    def _content(self, at: int, end: int) -> int:
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

    def _obliges(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        if frame is not None and frame.kind == TOLD:
            return None
        opening = self.opening(start, end)
        for mark in self.marks.each(start, end, "oblige"):
            said = self.low[mark.start : mark.end]
            begin = self.actors.before(start, mark.start)
            if begin is None:
                announced = frame is not None or (said.startswith(("cần", "tuyệt")) and self._acts_next(mark, end))
                if mark.start == opening and announced and said in _BARE:
                    return self.draft(self._kind(frame, "instruction"), mark.start, end)
                continue
            if (
                self.told_before(opening, mark.start)
                or not self._acts_next(mark, end)
                or (_NORM.search(self.low, mark.end, end) and frame is None)
            ):
                continue
            if (
                "phải" in said
                and frame is None
                and self.low[begin : mark.start].strip()
                in ("doanh nghiệp", "các doanh nghiệp", "hộ kinh doanh", "thương nhân")
            ):
                continue
            kind = "requirement" if "trách nhiệm" in said and "chịu" in said else self._kind(frame, "instruction")
            return self._of_body(kind, begin, mark.start, end)
        return None

    def _kind(self, frame: Frame | None, otherwise: str) -> str:
        return frame.kind if frame is not None and frame.kind not in ("", TOLD) else otherwise

    def _pledges(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        if frame is not None and frame.kind == TOLD:
            return None
        for mark in self.marks.each(start, end, "pledge"):
            said = self.low[mark.start : mark.end]
            begin = self.actors.before(start, mark.start)
            if begin is None:
                if not (frame or loose) or mark.start != self.opening(start, end) or said in ("sẽ", "đăng ký"):
                    continue
                begin = mark.start
            if not self._acts_next(mark, end) or self.told_before(begin, mark.start):
                continue
            return self.draft(
                self._kind(frame, "commitment"), begin, end, who=self.actors.name(begin, mark.start), after=mark.start
            )
        return None

    def _goes_on(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        """ "Ngành đang khẩn trương ...", "Thời gian tới, Sở tập trung ...", "Để ..., Sở thực hiện nghiêm ..."."""
        if frame is not None and frame.kind == TOLD:
            return None
        opening = self.opening(start, end)
        ongoing = self.marks.first(opening, min(end, opening + 200), "ongoing")
        if ongoing is not None:
            begin = self.actors.before(start, ongoing.start)
            following = self.verb_at(ongoing.end + 1, end, "urge")
            if begin is None or following is None or not self._is_office(begin, ongoing.start):
                return None
            return self.draft("solution", following.start, end, who=self.actors.name(begin, ongoing.start))
        later = self.marks.first(start, min(end, start + 220), "later")
        forward = later is not None and later.start <= opening
        # a purpose alone does not look forward: "Để khắc phục, Sở tổ chức ..." may tell what was done
        aimed = self.low.startswith(("để ", "nhằm "), start) and opening > start
        if not forward and not aimed:
            return None
        stop = self.actors.at(opening, end)
        if stop is not None and stop < end:
            verb = self.verb_at(stop, end, "verb", "urge")
            if verb is None or (not forward and not verb.is_a("urge")) or self.told_before(opening, verb.start):
                return None
            return self.draft("solution", verb.start, end, who=self.actors.name(opening, stop))
        if (
            forward
            and self.verb_at(opening, end, "verb", "urge")
            and not self.told_before(opening, min(end, opening + 30))
        ):
            return self.draft(self._kind(frame, "solution"), opening, end)
        return None

    def _is_office(self, begin: int, end: int) -> bool:
        return bool(
            re.search(
                r"\b(?:sở|ngành|ubnd|ủy ban|tỉnh|ban|phòng|chi cục|cục|trung tâm|huyện|xã|bộ)\b", self.low[begin:end]
            )
        )

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

    def _emulates(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        mark = self.marks.first(start, end, "emulation")
        if mark is None or (frame is not None and frame.kind not in ("", TOLD)):
            return None
        return self.draft("emulation", mark.start, end)

    def _imperative(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        if frame is not None and frame.kind == TOLD:
            return None
        announced = frame is not None and bool(frame.kind) and not frame.drafts
        if not announced and not loose:
            return None
        opening = self.opening(start, end)
        verb = self.verb_at(opening, end, "verb", "urge", "manner", "order")
        if verb is None or (not announced and not self._urges(verb, end)):
            return None
        if self._is_subject(verb, end) or self.told_before(opening, min(end, opening + 28) if announced else end):
            return None
        return self.draft(self._kind(frame, "instruction"), opening, end)

    def _urges(self, verb: Mark, end: int) -> bool:
        """Where nothing announced an order, the words must press: "tăng cường", or "tiếp tục" with a verb behind."""
        if not verb.is_a("urge"):
            return False
        following = self.verb_at(verb.end + 1, end, "verb", "urge", "manner")
        return following is not None or not verb.is_a("manner")

    def _is_subject(self, verb: Mark, end: int) -> bool:
        """ "Tổ chức hội chợ là hoạt động ...": the verb only names what the sentence is about."""
        return bool(
            re.compile(r"[^,;:]{0,60}\s(?:là|đạt|ước đạt|đang|đã|được|gặp (?:khó|nhiều)|vẫn|bị)\s").match(
                self.low, verb.end, min(end, verb.end + 80)
            )
        )

    def _by_name(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        """ "Sở Công Thương chủ trì, phối hợp ...": a body and its work, where orders are being given."""
        if frame is not None and frame.kind in (TOLD, "programme"):
            return None
        opening = self.opening(start, end)
        stop = self.actors.at(opening, end)
        if stop is None or stop >= end:
            return None
        verb = self.verb_at(stop, end, "verb", "urge", "manner")
        if verb is None or self.told_before(opening, verb.start):
            return None
        leads = self.low.startswith(
            ("chủ trì", "có trách nhiệm", "là đầu mối", "làm đầu mối", "khẩn trương", "chịu trách nhiệm"), stop
        )
        ordered = frame is not None and frame.kind in (
            "instruction",
            "requirement",
            "proposal",
            "solution",
            "commitment",
        )
        if not leads and not ordered and not (loose and _DUE.search(self.low, stop, end)):
            return None
        if self.low[verb.start : verb.end] in ("có", "tăng", "giảm", "đạt", "hoạt động") or _FIGURES_TOLD.match(
            self.low, verb.start
        ):
            return None
        return self._of_body(self._kind(frame, "instruction"), opening, stop, end)

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

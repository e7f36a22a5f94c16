# SPDX-License-Identifier: Apache-2.0
"""Whether a piece of a sentence asks, promises, proposes or aims, and over which words."""

from __future__ import annotations

import re

from bamsat.core.read.instructing.actors import Actors
from bamsat.core.read.instructing.aiming import Aiming
from bamsat.core.read.instructing.frames import TOLD, Draft, Frame
from bamsat.core.read.instructing.pieces import trimmed
from bamsat.core.read.instructing.words import Mark, Marks
from bamsat.core.terms.figure import Figure

_SPACE = " \u00a0"
_SHORTEST = 12
_NORM = re.compile(r"(?:điều|khoản|luật|nghị định|thông tư)[ \u00a0](?:này\b|\d|[a-zđ])|pháp luật|theo quy định tại")
_FIGURES_TOLD = re.compile(r"(?:đạt|ước|tăng|giảm)[^;]{0,30}\d")
_DUE = re.compile(
    r"(?:trước|xong|chậm nhất|hạn)[^,;]{0,16}\d{1,2}/\d{1,2}|(?:hoàn thành|xong) (?:trong|trước) (?:tháng|quý|năm)"
    r"|(?:trước|chậm nhất)(?: là| vào)? (?:ngày|quý|tháng) [\divx]|trong vòng \d+ (?:ngày|giờ|tuần|tháng)"
)
# "Theo Công văn số ..., Sở ...": the work that another document gives
_UNDER = re.compile(
    r"(?:thực hiện|theo|triển khai|tiếp theo|căn cứ)[ \u00a0](?:nội dung )?(?:chỉ thị|công văn|công điện|văn bản"
    r"|kết luận|thông báo|ý kiến|quyết định|kế hoạch)[ \u00a0]"
)
_EMERGENCY = re.compile(
    r"(?:khi|nếu|trường hợp|trong trường hợp) (?:xảy ra|có|để xảy ra|phát sinh|mực nước|bão|mưa|dịch|thiên tai)"
)
# those of whom the law speaks in general
_ANYBODY = re.compile(
    r"(?:(?:các|những|nhiều|một số|không ít|mọi|tổ chức|cá nhân|hộ) )*"
    r"(?:doanh nghiệp|hộ kinh doanh|thương nhân|cơ sở|cá nhân|tổ chức)(?![^\W_])"
)
_NAMED_ONLY = re.compile(r"[^,;:]{0,60}\s(?:là|ước đạt|đang|vẫn)\s")
_TROUBLE = re.compile(r"(?:nếu|trường hợp)[^.;]{0,60}(?:vướng mắc|khó khăn|phát sinh|vượt thẩm quyền|thay đổi)")
_SAYS = re.compile(r"(?:nhấn mạnh|lưu ý|chỉ đạo|cho rằng|yêu cầu|khẳng định|chỉ rõ|đề nghị)(?: rằng| là|,)?\s*$")
_OWN = frozenset(
    ("yêu cầu", "giao", "giao cho", "đề nghị", "kiến nghị", "đề xuất", "phân công", "giao nhiệm vụ", "cam kết")
)
_ORDERED = ("instruction", "requirement", "proposal", "solution", "commitment", "contingency")
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
_LOUD = frozenset(("yêu cầu", "giao", "đề nghị", "phân công", "chỉ đạo", "giao nhiệm vụ", "lưu ý", "khuyến cáo"))


class Asking(Aiming):
    """Reads the pieces of one text."""

    def __init__(self, text: str, low: str, marks: Marks, actors: Actors, figures: tuple[Figure, ...]) -> None:
        super().__init__(text, low, marks, actors, figures)
        self._rules = (
            self._emulates, self._his_work, self._orders, self._proposes, self._drafts, self._is_drafting, self._aims,
            self._resolves, self._obliges, self._pledges, self._goes_on, self._grounds, self._depends, self._imperative,
            self._by_name, self._prepares,
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

    def _his_work(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        """ "; UBND huyện đôn đốc chủ đầu tư ...": where orders are given, a body's work may be to press others."""
        if frame is None or frame.kind not in _ORDERED or frame.kind == "proposal":
            return None
        opening = self.opening(start, end)
        stop = self.actors.at(opening, end)
        verb = self.verb_at(stop, end, "verb", "urge") if stop is not None else None
        if verb is None or self.low[verb.start : verb.end] in _OWN or not verb.is_a("order"):
            return None
        return self._by_name(start, end, frame, loose)

    def _orders(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        opening = self.opening(start, end)
        for mark in self.marks.each(start, end, "order"):
            said = self.low[mark.start : mark.end]
            proposed = self.marks.first(start, mark.start, "propose")
            if proposed is not None and self.asks_upward(self.past_chain(proposed.end, end), end):
                return None  # "kiến nghị Bộ chỉ đạo ...": what the ministry is to order is proposed
            own = mark.start == opening and frame is not None and bool(frame.who) and frame.kind != TOLD
            if own and said in _HIS:
                return None  # the work of a body that a heading names
            begin = self.past_chain(mark.end, end)
            if self.low.endswith("sẽ ", start, mark.start):
                return None  # "Sở sẽ đề nghị ...": what the body promises
            passive = mark.start - len("được ")
            if self.low.endswith("được ", start, mark.start) and self.verb_at(begin, end) is not None:
                bound = self.actors.before(start, passive)
                if bound is not None and not self.told_before(opening, mark.start):
                    return self.draft("instruction", begin, end, who=self.actors.name(bound, passive))
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
            others = self.actors.at(begin, end)
            works = others is not None and self.verb_at(others, end, "verb", "urge", "manner") is not None
            works = works or self.low.startswith("được ", begin)
            said = self.low[mark.start : mark.end]
            if not up and subject is None and mark.start != opening and "cần" not in said and not works:
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

    def _obliges(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        if frame is not None and frame.kind == TOLD:
            return None
        opening = self.opening(start, end)
        for mark in self.marks.each(start, end, "oblige"):
            said = self.low[mark.start : mark.end]
            begin = self.actors.before(start, mark.start)
            bound_by = begin is None and said.startswith(("phải", "cần"))
            if bound_by:
                begin = self._bound_by(
                    opening, mark.start, frame, loose=loose and self._names_whoever(said, opening, mark.start)
                )
            if begin is None:
                presses = said.startswith(("cần", "tuyệt")) or (loose and self.text[mark.start].isupper())
                announced = frame is not None or (presses and self._acts_next(mark, end))
                if said in _BARE and ((mark.start == opening and announced) or self._pressed(start, mark, end)):
                    return self.draft(self._kind(frame, "instruction"), mark.start, end)
                continue
            if (
                (self.told_before(opening, mark.start) and not bound_by)
                or not self._acts_next(mark, end)
                or (_NORM.search(self.low, mark.end, end) and frame is None)
            ):
                continue
            if (
                ("phải" in said or "có trách nhiệm" in said)
                and frame is None
                and begin == opening
                and not _EMERGENCY.match(self.low, start, opening)
                and not _UNDER.match(self.low, start, opening)
                and _ANYBODY.match(self.low, begin, mark.start)
                and not _DUE.search(self.low, mark.end, end)
            ):
                continue
            bound = "phải" in said or ("trách nhiệm" in said and "chịu" in said)
            kind = "requirement" if bound else self._kind(frame, "instruction")
            return self._of_body(kind, begin, mark.start, end)
        return None

    def _bound_by(self, opening: int, at: int, frame: Frame | None, *, loose: bool) -> int | None:
        """ "Doanh nghiệp tham gia khuyến mại phải ...": who must, told with what they do, where orders are given."""
        ordered = frame is not None and frame.kind in ("instruction", "requirement")
        if not (ordered or loose) or at - opening > 110:
            return None
        stop = self.actors.at(opening, at)
        plain = stop is not None and not re.search(
            r"[;:.]| (?:mà|khi|do|vì|nên|đã|cho biết|cho rằng) ", self.low[opening:at]
        )
        return opening if plain else None

    def _names_whoever(self, said: str, opening: int, at: int) -> bool:
        """ "Các địa phương chưa có ... cần", "đơn vị nào không báo cáo phải": told without an order before."""
        return said.startswith("cần") or re.search(r"\bnào\b", self.low[opening:at]) is not None

    def _pressed(self, start: int, mark: Mark, end: int) -> bool:
        """ "Đồng chí nhấn mạnh phải ...": what somebody says must be done, nobody named."""
        said = _SAYS.search(self.low, start, mark.start)
        return said is not None and self.actors.before(start, said.start()) is not None and self._acts_next(mark, end)

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
        given = frame is not None and frame.kind == "instruction" and bool(frame.who)
        if self._is_subject(verb, end, given=given) or self.told_before(
            opening, min(end, opening + 28) if announced else end
        ):
            return None
        return self.draft(self._kind(frame, "instruction"), opening, end)

    def _urges(self, verb: Mark, end: int) -> bool:
        """Where nothing announced an order, the words must press: "tăng cường", or "tiếp tục" with a verb behind."""
        if not verb.is_a("urge"):
            return False
        following = self.verb_at(verb.end + 1, end, "verb", "urge", "manner")
        return following is not None or not verb.is_a("manner")

    def _is_subject(self, verb: Mark, end: int, *, given: bool) -> bool:
        """ "Tổ chức hội chợ là hoạt động ...": the verb only names what the sentence is about."""
        if given or (verb.is_a("urge") and not self.low.startswith("tổ chức", verb.start)):
            return _NAMED_ONLY.match(self.low, verb.end, min(end, verb.end + 80)) is not None
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
        ordered = frame is not None and frame.kind in _ORDERED
        given = loose and (
            _DUE.search(self.low, stop, end) is not None
            or (start < opening and verb.is_a("urge") and _UNDER.match(self.low, start, opening) is not None)
            or _TROUBLE.search(self.low, start, opening) is not None
            or (self.low.startswith("về phía ", start) and verb.is_a("urge"))
        )
        ready = (
            start < opening
            and _EMERGENCY.match(self.low, start, opening) is not None
            and (ordered or verb.is_a("urge"))
        )
        if not leads and not ordered and not given and not ready:
            return None
        if self.low[verb.start : verb.end] in ("có", "tăng", "giảm", "đạt", "hoạt động") or _FIGURES_TOLD.match(
            self.low, verb.start
        ):
            return None
        return self._of_body("contingency" if ready else self._kind(frame, "instruction"), opening, stop, end)

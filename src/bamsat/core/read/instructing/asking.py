# SPDX-License-Identifier: Apache-2.0
"""Whether a piece of a sentence asks, promises, proposes or aims, and over which words."""

from __future__ import annotations

import re

from bamsat.core.read.instructing.actors import Actors
from bamsat.core.read.instructing.frames import TOLD, Draft, Frame
from bamsat.core.read.instructing.pieces import trimmed
from bamsat.core.read.instructing.words import Mark, Marks
from bamsat.core.terms.figure import Figure

_SPACE = " \u00a0"
_SHORTEST = 12
_FRONT = re.compile(
    r"(?:để|nhằm|trong|năm|từ|trước|căn cứ|theo|tại|qua|trên cơ sở|với|ngoài|bên cạnh|cùng với|sau|bước vào|chuẩn bị"
    r"|xác định|phát biểu|đến|giai đoạn|riêng|ngay|nhân|thực hiện|vì vậy|do đó|kết luận|về|trường hợp|đối với"
    r"|thời gian tới|tới đây|quý|tháng|mục tiêu|những tháng|các tháng|\d)\b"
)
_NORM = re.compile(r"(?:điều|khoản|luật|nghị định|thông tư)[ \u00a0](?:này\b|\d|[a-zđ])|pháp luật|theo quy định tại")
_FIGURES_TOLD = re.compile(r"(?:đạt|ước|tăng|giảm)[^;]{0,30}\d")
_CHAIN = re.compile(r"(?:\s*,\s*|\s+và\s+|\s+)")
_OUTCOME = re.compile(r"(?:đã|vừa|được|ước)\s")
_AIMED_AT = ("mục tiêu", "chỉ tiêu", "kế hoạch", "nhiệm vụ")
_DUE = re.compile(
    r"(?:trước|xong|chậm nhất|hạn)[^,;]{0,16}\d{1,2}/\d{1,2}|(?:hoàn thành|xong) (?:trong|trước) (?:tháng|quý)"
)
_HIS = frozenset(("chỉ đạo", "đôn đốc", "nhắc nhở", "quán triệt", "phân công", "lưu ý", "yêu cầu"))
_LOUD = frozenset(("yêu cầu", "giao", "đề nghị", "phân công", "chỉ đạo", "giao nhiệm vụ", "lưu ý"))


class Asking:
    """Reads the pieces of one text."""

    def __init__(self, text: str, low: str, marks: Marks, actors: Actors, figures: tuple[Figure, ...]) -> None:
        self.text, self.low, self.marks, self.actors = text, low, marks, actors
        self._figures = [(figure.start, figure.end) for figure in figures]
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

    # Where the words of a piece begin once what only links or sets it is passed

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
        if not _FRONT.match(self.low, at, end):
            return at
        comma = at
        for _ in range(6):
            comma = self.low.find(",", comma + 1, end)
            if comma < 0 or comma - at > 420:
                return at
            rest = comma + 1
            while rest < end and self.text[rest] in _SPACE:
                rest += 1
            if self._has_body_first(rest, end) or self._verb_at(rest, end, "order", "propose", "aim") is not None:
                return rest
            # "Thời gian tới, đẩy mạnh ...": a purpose may list verbs, a time may not
            if not self.low.startswith(("để", "nhằm", "thực hiện", "căn cứ", "xác định"), at) and self._verb_at(
                rest, end
            ):
                return rest
        return at

    def _has_body_first(self, at: int, end: int) -> bool:
        stop = self.actors.at(at, end)
        return stop is not None and at < stop < end and stop - at < 200

    def _verb_at(self, at: int, end: int, *kinds: str) -> Mark | None:
        """The verb, or adverb before one, that begins right here."""
        mark = next(iter(self.marks.within(at, min(end, at + 2))), None)
        if mark is not None and mark.start == at and mark.is_a(*(kinds or ("verb", "urge", "manner"))):
            return mark
        return None

    def _figured(self, start: int, end: int) -> bool:
        return any(start <= one < end for one, _ in self._figures)

    def _told_before(self, start: int, end: int) -> bool:
        """ "đã" before the verb of the piece: what was done, unless it stands behind ("các giải pháp đã đề ra")."""
        for mark in self.marks.each(start, end, "told"):
            said = self.low[mark.start : mark.end]
            before = self.low[start : mark.start].split()
            if before and before[-1] in ("mục tiêu", "tiêu", "hoạch", "pháp", "vụ", "việc", "hiện", "định"):
                continue
            if said not in ("còn", "luôn", "đều", "chưa", "hiện nay", "từng"):
                return True
        return False

    def _draft(
        self, kind: str, start: int, end: int, *, who: str = "", after: int | None = None, **more: object
    ) -> Draft:
        start, end = trimmed(self.text, start, end)
        return Draft(start, end, kind, "", who=who, after=start if after is None else after, **more)  # type: ignore[arg-type]

    def _speaker(self, start: int, at: int) -> str | None:
        begin = self.actors.before(start, at)
        if begin is None:
            return None
        name = self.actors.name(begin, self.actors.at(begin, at) or at)
        return name if 2 < len(name) <= 160 else None

    # The rules, one after the other; the first that knows a piece tells what it asks

    def _orders(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        opening = self.opening(start, end)
        for mark in self.marks.each(start, end, "order"):
            said = self.low[mark.start : mark.end]
            own = mark.start == opening and frame is not None and bool(frame.who) and frame.kind != TOLD
            if own and said in _HIS:
                return None  # the work of a body that a heading names
            begin = self._past_chain(mark.end, end)
            loud = said.removeprefix("tiếp tục ") in _LOUD or "giao" in said
            told = self._told_before(opening, mark.start)
            if (told and not loud) or (frame is not None and frame.kind == TOLD and (told or mark.start == opening)):
                continue
            if not loud and frame is None and not loose and " ngay " not in self.low[begin:end]:
                continue
            stop = self.actors.at(begin, end)
            named = next(iter(self.marks.within(begin, min(end, begin + 24))), None)
            up = self._asks_upward(begin, end)
            subject = self._speaker(start, mark.start)
            if up and said in ("đề nghị", "yêu cầu") and (said == "đề nghị" or mark.start == opening):
                return self._proposal(start, mark, end, begin, stop, subject)
            if stop is not None and stop < end and named is not None:
                if self._done_alone(stop, end):
                    continue
                said_by = subject or (frame.said_by if frame else None)
                kind = "requirement" if "chịu trách nhiệm" in self.low[stop : stop + 24] else "instruction"
                return self._of_body(kind, begin, stop, end, said_by=said_by)
            verb = self._verb_at(begin, end)
            if (
                verb is not None
                and (subject or mark.start == opening)
                and said in ("yêu cầu", "đề nghị", "lưu ý", "tiếp tục yêu cầu")
            ):
                return self._draft("instruction", begin, end, said_by=subject)
        return None

    def _of_body(self, kind: str, begin: int, stop: int, end: int, **more: object) -> Draft:
        """What a named body is to do; a long row of bodies is left out of the words that say what."""
        start = stop if 2 * (stop - begin) > end - stop else begin
        return self._draft(kind, start, end, who=self.actors.name(begin, stop), after=max(stop, start), **more)

    def _past_chain(self, at: int, end: int) -> int:
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
        return at

    def _done_alone(self, stop: int, end: int) -> bool:
        """A body without anything to do behind it."""
        return end - stop < 6

    def _asks_upward(self, begin: int, end: int) -> Mark | None:
        for mark in self.marks.within(begin, min(end, begin + 40)):
            if mark.is_a("offer", "offer_up"):
                return mark
            if not mark.is_a("quantifier") or self.text[begin : mark.start].strip():
                return None
        return None

    def _proposal(self, start: int, mark: Mark, end: int, begin: int, stop: int | None, subject: str | None) -> Draft:
        first = self.actors.before(start, mark.start)
        addressee = self.actors.name(begin, stop) if stop is not None else None
        return self._draft(
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
            up = self._asks_upward(begin, end) is not None
            subject = self._speaker(start, mark.start)
            if self._told_before(opening, mark.start) and not up:
                continue
            if mark.start == opening and frame is not None and frame.kind not in ("proposal", TOLD, "") and not up:
                return None
            if not up and subject is None and mark.start != opening and "cần" not in self.low[mark.start : mark.end]:
                continue
            if (
                not up
                and mark.start == opening
                and self._verb_at(begin, end) is None
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
                return self._draft("programme", scheme.start, end)
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
                return self._draft("programme", mark.start, end, who=self._speaker(start, drafting.start) or "")
        carried = re.compile(
            r"tham mưu (?:tổ chức )?triển khai (?:thực hiện )?(?:các nội dung|nội dung|[A-ZĐ])"
        ).search(self.text, drafting.start - 1 if drafting.start else 0, end) or re.compile(
            r"tham mưu triển khai"
        ).search(self.low, drafting.start, end)
        if carried and re.search(
            r"(?:chỉ thị|nghị quyết|quyết định|chương trình|đề án|kế hoạch)\s", self.low[drafting.end : end]
        ):
            return self._draft("programme", start, end)
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
        if self._told_before(opening, mark.start) or re.search(
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
            and self._verb_at(begin, end) is None
            and "phấn đấu" not in said
            and " là " not in self.low[at : begin + 1]
        ):
            return None
        who = self._speaker(start, mark.start) or ""
        return self._draft("target" if figured else "objective", begin, end, who=who)

    def _content(self, at: int, end: int) -> int:
        """Past "hoàn thành các chỉ tiêu:", "trong năm 2027", "là"."""
        lead = re.compile(
            r"(?:[\s,:]|là(?=\s)|đến(?= (?:năm|hết|cuối))(?: hết| cuối)?|trong(?= (?:năm|quý|tháng|giai))|(?:năm|quý|tháng) [\divxIVX/]+(?=[\s,:])"
            r"|giai đoạn \d{4}\s?[-–]\s?\d{4}|hoàn thành các chỉ tiêu(?: sau)?:|tổng quát|cụ thể|chung|của (?:ngành|tỉnh|sở|đề án|kế hoạch|chương trình)(?=[\s,:])"
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
        told = self._told_before(max(comma, start), work.start)
        who = self.actors.name(comma + 1, stop) if stop else ""
        return self._draft("commitment" if told else "objective", start, end, who=who)

    def _obliges(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        if frame is not None and frame.kind == TOLD:
            return None
        opening = self.opening(start, end)
        for mark in self.marks.each(start, end, "oblige"):
            said = self.low[mark.start : mark.end]
            begin = self.actors.before(start, mark.start)
            if begin is None:
                if mark.start == opening and said in (
                    "không được",
                    "tuyệt đối không",
                    "nghiêm cấm",
                    "cần",
                    "cần phải",
                    "phải",
                    "cần tiếp tục",
                    "cần sớm",
                    "cần khẩn trương",
                    "cần tập trung",
                ):
                    if frame is not None or (said.startswith(("cần", "tuyệt")) and self._acts_next(mark, end)):
                        return self._draft(self._kind(frame, "instruction"), mark.start, end)
                continue
            if (
                self._told_before(opening, mark.start)
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

    def _acts_next(self, mark: Mark, end: int) -> bool:
        """Whether something to do follows right behind a modal verb."""
        if "trách nhiệm" in self.low[mark.start : mark.end] or "không" in self.low[mark.start : mark.end]:
            return True
        at = mark.end
        for following in self.marks.within(mark.end, min(end, mark.end + 60)):
            if self.low[at : following.start].strip(' \u00a0,"'):
                return False
            if following.is_a("verb", "urge") and self.low[following.start : following.end] not in (
                "có",
                "tăng",
                "giảm",
                "đạt",
            ):
                return True
            at = following.end
        return False

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
            if not self._acts_next(mark, end) or self._told_before(begin, mark.start):
                continue
            return self._draft(
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
            following = self._verb_at(ongoing.end + 1, end, "urge")
            if begin is None or following is None or not self._is_office(begin, ongoing.start):
                return None
            return self._draft("solution", following.start, end, who=self.actors.name(begin, ongoing.start))
        later = self.marks.first(start, min(end, start + 220), "later")
        forward = later is not None and later.start <= opening
        # a purpose alone does not look forward: "Để khắc phục, Sở tổ chức ..." may tell what was done
        aimed = self.low.startswith(("để ", "nhằm "), start) and opening > start
        if not forward and not aimed:
            return None
        stop = self.actors.at(opening, end)
        if stop is not None and stop < end:
            verb = self._verb_at(stop, end, "verb", "urge")
            if verb is None or (not forward and not verb.is_a("urge")) or self._told_before(opening, verb.start):
                return None
            return self._draft("solution", verb.start, end, who=self.actors.name(opening, stop))
        if (
            forward
            and self._verb_at(opening, end, "verb", "urge")
            and not self._told_before(opening, min(end, opening + 30))
        ):
            return self._draft(self._kind(frame, "solution"), opening, end)
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
        return self._draft("objective", found.start(), end)

    def _depends(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        mark = self.marks.first(start, end, "condition")
        if mark is None:
            return None
        can = re.compile(r"\b(?:còn |sẽ |vẫn |hoàn toàn )?(?:có thể|sẽ) ").search(
            self.low, max(start, mark.start - 120), mark.start
        )
        return self._draft("condition", can.start(), end) if can else None

    def _emulates(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        mark = self.marks.first(start, end, "emulation")
        if mark is None or (frame is not None and frame.kind not in ("", TOLD)):
            return None
        return self._draft("emulation", mark.start, end)

    def _imperative(self, start: int, end: int, frame: Frame | None, loose: bool) -> Draft | None:
        if frame is not None and frame.kind == TOLD:
            return None
        announced = frame is not None and bool(frame.kind) and not frame.drafts
        if not announced and not loose:
            return None
        opening = self.opening(start, end)
        verb = self._verb_at(opening, end, "verb", "urge", "manner", "order")
        if verb is None or (not announced and not self._urges(verb, end)):
            return None
        if self._is_subject(verb, end) or self._told_before(opening, min(end, opening + 28) if announced else end):
            return None
        return self._draft(self._kind(frame, "instruction"), opening, end)

    def _urges(self, verb: Mark, end: int) -> bool:
        """Where nothing announced an order, the words must press: "tăng cường", or "tiếp tục" with a verb behind."""
        if not verb.is_a("urge"):
            return False
        following = self._verb_at(verb.end + 1, end, "verb", "urge", "manner")
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
        verb = self._verb_at(stop, end, "verb", "urge", "manner")
        if verb is None or self._told_before(opening, verb.start):
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
            if re.match(r"xây dựng|lập|triển khai|thực hiện|chuẩn bị|hoàn thiện|rà soát|có", self.low[verb.start : verb.end])
        ]  # fmt: skip
        if not verbs:
            return None
        cut = re.compile(r",\s(?=thực hiện|tuân thủ|tổ chức|bảo đảm|đảm bảo)").search(self.low, mark.end, end)
        who = self.actors.name(start, verbs[-1].start) if self.actors.at(start, end) == verbs[-1].start else ""
        return self._draft("contingency", verbs[-1].start, cut.start() if cut else end, who=who)

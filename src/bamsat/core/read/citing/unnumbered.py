# SPDX-License-Identifier: Apache-2.0
"""Documents cited without a number: by their title, by who issued them, as a number of them, or as any of a sort."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right

from bamsat.core.read.citing.bodies import Body, bodies_at
from bamsat.core.read.citing.found import Draft
from bamsat.core.read.citing.tails import read_tail, told
from bamsat.core.read.citing.titles import Passage, title_end
from bamsat.core.read.citing.words import BLANK, Anchor, data, ending, pattern_of, starting

_NOT_ONE = re.compile(
    rf"{BLANK}+(?:này|nêu trên|nói trên|trên đây|trên|đó|kia|nào|sau|sau đây|lại|hóa|viên|được ban hành|tại)(?![^\W_])"
)
_PLAN_OF_YEAR = re.compile(
    rf"{BLANK}+(?:(?:đã{BLANK})?(?:được{BLANK})?(?:giao|đề ra|đặt ra)|cả năm(?:{BLANK}\d{{4}})?"
    rf"|năm(?:{BLANK}\d{{4}})?(?:{BLANK}và giai đoạn{BLANK}\d{{4}}{BLANK}?[-–]{BLANK}?\d{{4}})?"
    rf"|\d{BLANK}năm(?:{BLANK}\(?\d{{4}}{BLANK}?[-–]{BLANK}?\d{{4}}\)?)?"
    rf"|(?:quý|tháng|6 tháng|9 tháng)(?:{BLANK}[\divxIVX]+)?(?:{BLANK}đầu năm)?"
    rf"|giai đoạn{BLANK}\d{{4}}{BLANK}?[-–]{BLANK}?\d{{4}})(?:{BLANK}\([^()\n\d]{{1,40}}\))?(?![^\W_])"
)
_ABOUT = re.compile(rf"{BLANK}(?:về việc|về){BLANK}")
_KH = re.compile(rf"KH(?<![^\W_]KH){BLANK}(?:năm(?:{BLANK}\d{{4}})?|được giao|giao)(?![^\W_])")
_COUNT = re.compile(
    rf"(?:(?P<hedge>hơn|trên|gần|khoảng|tổng số|tổng cộng){BLANK})?"
    rf"(?P<count>(?<![\d.,/%])\d{{1,4}}){BLANK}(?:bản{BLANK}"
    rf"|bộ{BLANK})?$"
)
_MANNER = re.compile(
    rf"{BLANK}+(?:{pattern_of(data()['directive_manner'])})(?:,{BLANK}(?:{pattern_of(data()['directive_manner'])}))*(?![^\W_])"
)
_OF = re.compile(rf"{BLANK}+(?:của|từ|do){BLANK}+")
_LEADS = re.compile(
    rf"(?<![^\W_])(?:những|các|sự|nội dung|tinh thần|các nội dung)(?:{BLANK}(?:ý kiến|nội dung))?{BLANK}+$"
)
_LED = re.compile(rf"lãnh đạo{BLANK}?,{BLANK}?(?:sự{BLANK})?$")
_AT_MEETING = re.compile(rf"{BLANK}tại{BLANK}(?:hội nghị|cuộc họp|buổi|phiên họp|lễ|hội thảo)|{BLANK}đối với{BLANK}")
_SEPARATES = re.compile(
    rf"{BLANK}*(?:,{BLANK}*(?:và{BLANK})?|{BLANK}và{BLANK}+|{BLANK}*/{BLANK}*)(?:các{BLANK}+|những{BLANK}+)?$"
)
_IN_CAPITALS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+")
_BOARD = re.compile(rf" của{BLANK}(?P<name>Ban [Cc]hỉ đạo|Tổ công tác|Hội đồng)(?![^\W_])")
_DECIDES = re.compile(rf"{BLANK}(?:trao|tặng|công nhận|khen thưởng|phê duyệt|thành lập|phong tặng)(?![^\W_])")
_MADE = re.compile(
    rf"(?:xây dựng|ban hành|triển khai|thực hiện|phê duyệt|trình|lập|theo)(?:{BLANK}(?:tốt"
    rf"|và|nghiêm|hiệu quả))*{BLANK}+$"
)
_YEAR = re.compile(rf"(?<!đến )(?<!đến\u00a0)năm{BLANK}(?P<year>20\d\d)(?![^\W_]| *[-–] *\d)")
_OF_THE_STATE = re.compile(rf"(?:,|{BLANK}và){BLANK}(?:các{BLANK})?chính sách,?{BLANK}pháp luật của nhà nước")
_PLANS = ("Kế hoạch", "Chương trình", "Đề án", "Phương án", "Chiến lược", "Quy chế")
_CARRIES_OUT = re.compile(rf"{BLANK}(?:(?:thực hiện|triển khai|phối hợp|hành động)(?![^\W_])|[\"“])")
_PASSIVE = re.compile(rf"(?<![^\W_])(?:được|do){BLANK}")
_OF_YEARS = re.compile(r" giai đoạn .*$")
_CROWD, _CLOSE = 6, 11
_BETWEEN_VERBS = 5
_AMOUNT = re.compile(r"(?:gần |trên |hơn |khoảng |vượt |\()?\d|và |do |vượt |hơn ")
_HELD_AGAINST = re.compile(rf"(?:%|vượt|đạt|so với|so|hoàn thành|bằng|hơn|đúng|kém){BLANK}*$")
_OF_A_BODY = re.compile(rf"(?<![^\W_])(?:sở|bộ|phòng|viện|cục|vụ|trung tâm|ngành){BLANK}$")  # Sở Kế hoạch và Đầu tư
_FIELD = re.compile(rf"{BLANK}(?:và{BLANK}đầu tư|[-–]{BLANK}(?:tài chính|kiến trúc)|kiến trúc|tài chính)(?![^\W_])")
_FEW = 7  # words: a title in lower case that has more names one document
_REACH = 60
_TASK = re.compile(rf"{BLANK}+giao(?![^\W_])")


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (at, sys.maxsize)) - 1
    return place >= 0 and at < spans[place][1]


class Unnumbered:
    """Reads the documents of one passage that bear no number."""

    def __init__(self, passage: Passage, year: int | None, used: set[int]) -> None:
        self.passage, self.year = passage, year
        self.used = set(used)
        self.drafts: list[Draft] = []

    def read(self, quiet: list[tuple[int, int]]) -> list[Draft]:
        """All of them; within the quiet spans (titles, captions) only those with a name of their own."""
        for place, anchor in enumerate(self.passage.anchors):
            if anchor.start in self.used or anchor.type.numbered or self._crowded(place):
                continue
            hushed = _within(anchor.start, quiet)
            draft = self._order(anchor) if anchor.type.directive else self._document(place, anchor)
            if draft is not None and not (hushed and draft.kind in ("generic", "set", "directive")):
                self.drafts.append(draft)
        for match in _KH.finditer(self.passage.text):
            self.drafts.append(Draft(match.start(), match.end(), "generic", "Kế hoạch"))
        return self.drafts

    def _crowded(self, place: int) -> bool:
        """Types upon types with nothing between them say nothing; each would be followed through all the others."""
        anchors = self.passage.anchors
        return place >= _CROWD and anchors[place].start - anchors[place - _CROWD].start < _CROWD * _CLOSE

    def _before(self, at: int) -> str:
        return self.passage.low[max(0, at - _REACH) : at].rpartition("\n")[2]

    def _order(self, anchor: Anchor) -> Draft | None:
        """ "chỉ đạo của UBND tỉnh", "nhiệm vụ do UBND tỉnh giao"."""
        passage, limit = self.passage, self.passage.limit(anchor.end)
        before = self._before(anchor.start)
        if _LED.search(before):
            return None
        at = anchor.end
        if manner := _MANNER.match(passage.low, at, limit):
            at = manner.end()
        of = _OF.match(passage.low, at, limit)
        task = passage.low.startswith("nhiệm vụ", anchor.start)
        opinion = passage.low[anchor.start : anchor.end] == "ý kiến"
        start = of.end() if of else at + 1
        found = bodies_at(passage.text, start, limit, unnamed=of is not None) if of or task else None
        if found is None or (opinion and not passage.low.startswith((" tại", "\u00a0tại", " về việc"), found[1])):
            return None
        end = found[1]
        if task:
            given = _TASK.match(passage.low, end, limit)
            if given is None:
                return None
            end = given.end()
        elif more := _AT_MEETING.match(passage.low, end, limit):
            end = title_end(passage, more.start() + 1, limit)
        lead = _LEADS.search(before)
        begin = anchor.start - (len(before) - lead.start()) if lead else anchor.start
        return Draft(begin, end, "directive", anchor.type.name, bodies=found[0])

    def _document(self, place: int, anchor: Anchor) -> Draft | None:
        passage, limit = self.passage, self.passage.limit(anchor.end)
        words = passage.text[anchor.start : anchor.end]
        if _NOT_ONE.match(passage.low, anchor.end, limit) or words.isupper() or (words.islower() and len(words) < 3):
            return None
        before = self._before(anchor.start)
        if _OF_A_BODY.search(before) or _FIELD.match(passage.low, anchor.end):
            return None
        group = self._group(place)
        last = group[-1]
        opens = anchor.type.alone and self._opens_sentence(anchor.start)
        capital = words[0].isupper() and (not opens or self._carries_out(anchor))
        many = ending("many", before)
        count = _COUNT.search(before)
        noun = many is not None or count or ending("makes_noun", before) is not None or before.rstrip().endswith("%")
        draft = Draft(anchor.start, last.end, "named", self._types(group))
        if anchor.type.law:
            return self._law(draft, limit) if words[0].isupper() else None
        if not capital and not noun and not self._said_by(last):
            return self._decided(draft, limit)
        self._read(draft, last, limit, capital and not last.type.vague)
        return self._judged(draft, group, capital, before, many, count)

    def _decided(self, draft: Draft, limit: int) -> Draft | None:
        """ "được UBND tỉnh xét chọn và quyết định công nhận": a verb in the passive tells a decision that was made."""
        passage = self.passage
        if draft.type != "Quyết định" or _DECIDES.match(passage.low, draft.end, limit) is None:
            return None
        passives = list(_PASSIVE.finditer(passage.low, max(0, draft.start - _REACH), draft.start))
        found = bodies_at(passage.text, passives[-1].end(), draft.start, unnamed=False) if passives else None
        if found is None or len(passage.low[found[1] : draft.start].split()) > _BETWEEN_VERBS:
            return None
        end = title_end(passage, draft.end, limit, plain=True)
        draft.about, draft.end, draft.bodies = told(passage.text[draft.end : end]), end, found[0]
        if year := _YEAR.search(passage.low, draft.start, end):
            draft.date = year["year"]
        return draft

    def _carries_out(self, anchor: Anchor) -> bool:
        """ "Kế hoạch thực hiện Chương trình ...", "Đề án “...”" open a sentence as names do."""
        return anchor.type.name in _PLANS and bool(_CARRIES_OUT.match(self.passage.low, anchor.end))

    def _said_by(self, anchor: Anchor) -> bool:
        """ "kết luận của Bí thư Tỉnh ủy": whose it is makes a document of a word that may be a verb."""
        of = _OF.match(self.passage.low, anchor.end)
        limit = self.passage.limit(anchor.end)
        named = of and anchor.type.name != "Báo cáo" and bodies_at(self.passage.text, of.end(), limit, unnamed=False)
        return bool(named)

    def _read(self, draft: Draft, last: Anchor, limit: int, capital: bool) -> None:
        passage = self.passage
        if not capital and (plan := _PLAN_OF_YEAR.match(passage.low, last.end, limit)):
            draft.end, draft.kind = plan.end(), "generic"
            if more := _ABOUT.match(passage.low, draft.end, limit):
                draft.end = title_end(passage, draft.end, limit)
                draft.about = told(passage.text[more.end() : draft.end])
                draft.kind = "named"
            return
        read_tail(passage, draft, limit, self.year)
        if draft.about:
            return
        end = title_end(passage, draft.end, limit, plain=not capital)
        said = told(passage.text[draft.end : end])
        if (
            said
            and (capital or not _AMOUNT.match(said))
            and passage.text[draft.end : draft.end + 1] in (" ", "\u00a0", '"', "“")
        ):
            draft.about, draft.end = said, end
        draft.end = max(draft.end, last.end)
        if last.type.vague and (law := _OF_THE_STATE.match(passage.low, draft.end, limit)):
            draft.end = law.end()  # "chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước"

    def _judged(
        self,
        draft: Draft,
        group: list[Anchor],
        capital: bool,
        before: str,
        many: int | None,
        count: re.Match[str] | None,
    ) -> Draft | None:
        """What kind of citation it is; None where the words are none."""
        vague = all(anchor.type.vague for anchor in group)
        if all(anchor.type.joins for anchor in group):
            return None
        bare = draft.kind == "named" and not draft.about and not draft.bodies and many is None and not count
        if bare and not capital and draft.type == "Kế hoạch" and _HELD_AGAINST.search(before):
            return None  # "vượt kế hoạch": a figure is held against it
        alone = all(anchor.type.alone for anchor in group)
        if not draft.bodies:
            self._of_whom(draft)
        if count:
            draft.start -= len(before) - count.start()
            draft.kind, draft.count = "set", int(count["count"])
        elif many is not None:
            draft.start -= len(before) - many
            draft.kind = "generic" if draft.bodies or vague or len(group) > 1 or draft.about else "set"
        elif len(group) > 1 or vague:
            if vague and not draft.about and not draft.bodies:
                return None
            draft.kind = "generic"
        elif draft.kind == "named" and not capital:
            if not alone and not draft.bodies and not draft.about:
                return None
            long = len(_WORDS.findall(draft.about)) >= _FEW
            made = bool(_MADE.search(before))
            draft.kind = "named" if made and (long or (draft.bodies and draft.about)) else "generic"
        elif draft.kind == "named" and not draft.bodies and not draft.about:
            draft.kind = "generic"
        if draft.about and not draft.bodies and starting("opens_title").fullmatch(draft.about.lower()):
            return None  # "xây dựng Kế hoạch triển khai như sau"
        if draft.type == "Kết luận" and draft.kind == "generic" and draft.bodies and not draft.about:
            draft.kind = "directive"
        if draft.kind == "generic" and capital and draft.end == group[-1].end:
            return None  # a bare word: "xây dựng Kế hoạch, tổ chức thực hiện"
        if draft.date is None and (year := _YEAR.search(self.passage.low, group[-1].end, draft.end)):
            draft.date = year["year"]
        if group[0].type.certificate and draft.kind == "named":
            draft.kind = "certificate"
        return draft

    def _of_whom(self, draft: Draft) -> None:
        """The last words of a title that say whose it is: "... phát triển điện lực của tỉnh"."""
        if board := _BOARD.search(self.passage.text, draft.start, draft.end):
            name = _OF_YEARS.sub("", " ".join(self.passage.text[board.start("name") : draft.end].split()))
            draft.bodies = [Body(board.start("name"), draft.end, name)]
            return
        for of in _OF.finditer(self.passage.low, draft.start, draft.end):
            found = bodies_at(self.passage.text, of.end(), draft.end)
            if found and (draft.end - found[1] < 3 or self.passage.low.startswith(" ban hành", found[1])):
                draft.bodies = found[0]

    def _law(self, draft: Draft, limit: int) -> Draft | None:
        """A law is called by its field: "Luật Điện lực năm 2024"."""
        passage = self.passage
        end = title_end(passage, draft.end, limit, law=True)
        said = told(passage.text[draft.end : end])
        if draft.type == "Hiến pháp":
            said, end = "", draft.end
        elif not said or not (said[0].isupper() or said.startswith("sửa")):
            return None
        draft.end, draft.about = end, said
        about, draft.about = draft.about, ""
        read_tail(passage, draft, limit, self.year)
        draft.about = about or draft.about
        return draft

    def _group(self, place: int) -> list[Anchor]:
        """Types named one after the other before what they share: "các đề án, kế hoạch phát triển ..."."""
        anchors = self.passage.anchors
        group = [anchors[place]]
        for after in anchors[place + 1 :]:
            between = self.passage.low[group[-1].end : after.start]
            if after.type.directive or after.type.law or after.start in self.used or not _SEPARATES.match(between):
                break
            group.append(after)
        if len(group) > 1:
            self.used |= {anchor.start for anchor in group[1:]}
        return group

    def _types(self, group: list[Anchor]) -> str:
        firm = [anchor.type.name for anchor in group if not anchor.type.vague] or [anchor.type.name for anchor in group]
        return "; ".join(dict.fromkeys(firm))

    def _opens_sentence(self, at: int) -> bool:
        """Whether its capital is only that of a sentence."""
        before = self.passage.text[max(0, at - 4) : at].rstrip(" \u00a0")
        return not before or before[-1] in ".\n!?+-–*…•\t" or (at >= 2 and self.passage.text[at - 2 : at] == ") ")

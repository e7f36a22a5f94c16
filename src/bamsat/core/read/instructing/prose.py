# SPDX-License-Identifier: Apache-2.0
"""Walks through a document from heading to item and keeps what is announced, by whom and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bamsat.core.read.document import Block, Document
from bamsat.core.read.instructing.actors import Actors
from bamsat.core.read.instructing.aiming import on_its_way
from bamsat.core.read.instructing.asking import Asking
from bamsat.core.read.instructing.frames import TOLD, Draft, Frame, Frames
from bamsat.core.read.instructing.leads import Leads
from bamsat.core.read.instructing.pieces import PLAIN, colon, deeper_list, marker, pieces, sentences_of, trimmed
from bamsat.core.read.instructing.rows import Rows
from bamsat.core.read.instructing.whens import NEVER, When, when
from bamsat.core.read.instructing.words import Marks
from bamsat.core.read.lexicon import Event
from bamsat.core.terms.figure import Figure

_SPEAKER = re.compile(
    r"(?:(?:Ông|Bà|Đ/c|Đồng chí|Anh|Chị|PV|P\.V|Phóng viên|Hỏi|Đáp|Trả lời)\b[^:.;]{0,90}|[^:.;]{0,160}"
    r"(?:cho biết|cho hay|nhấn mạnh|khẳng định|chia sẻ|nêu rõ|phát biểu|cho rằng|thông tin|nói|bày tỏ|gợi mở))$"
)
_ASKS_HIM = re.compile(r"(?:PV|P\.V|Phóng viên|Hỏi)\b")
_SKIPPED = ("nơi nhận", "kính gửi", "căn cứ", "v/v", "số:", "lưu:", "kt.", "tm.", "tl.", "tuq.")
_FINISH = re.compile(
    r"(?:hoàn thành|xong|thời gian|thời hạn|hạn |chậm nhất|trước ngày|kết quả báo cáo|kết quả gửi"
    r"|kết quả thực hiện báo cáo"
    r"|báo cáo kết quả|(?:tổng hợp,?|đề xuất,?) báo cáo"
    r"|báo cáo ubnd|báo cáo chủ tịch|báo cáo sở|báo cáo về|trình ubnd|trình chủ tịch|gửi kết quả|gửi về|gửi sở"
    r"|sản phẩm|kinh phí)"
)
_CLOSES = re.compile(
    r"(?:hoàn thành(?= (?:trước|trong|vào|chậm|đúng|ngày|tháng|quý))|thời gian|thời hạn|hạn |chậm nhất|trước ngày"
    r"|kết quả|sản phẩm)"
)
_NEXT_SCHEME = re.compile(r"(?:,| và),? (?=(?:Chương trình|Kế hoạch|Đề án|Phương án|Quy chế|Chiến lược|Quy hoạch) )")
# "tập trung vào ba nhóm giải pháp": only says that a list follows
_MERELY = re.compile(
    r"(?:tập trung|thực hiện|triển khai|đề ra|xác định)[^,;.:\d]{0,40}(?:giải pháp|nhiệm vụ|nội dung|việc)"
    r"(?: sau| trọng tâm| chủ yếu| cụ thể| lớn| chính| đây)*$"
)
# "giao Sở A hỗ trợ ... và Sở B là cơ quan thường trực": a further body with a work of its own
_NEXT_BODY = re.compile(
    r"(?:,?[ \u00a0]và|,)[ \u00a0](?=sở |ubnd|ủy ban|công an|chi cục|cục |trung tâm|phòng|ban |văn phòng"
    r"|các (?:sở|phòng|xã))"
)
_IN_ROW = re.compile(r"(?:với|cùng|cho|gồm|của|tại|gửi|báo cáo|đến|là|qua|như|giúp|trước)[ \u00a0][^;]{0,140}$")
_LEADS = re.compile(r"(?:là (?:cơ quan|đầu mối|đơn vị)|làm đầu mối|chủ trì|có trách nhiệm|chịu trách nhiệm)")
_VERBLESS = ("về", "phạm vi", "đối tượng", "địa điểm", "thành phần")
_LONGEST_PREFIX = 90
_NEAR_OPENING = 40
_GOES_ON = {
    "instruction": "instruction", "requirement": "instruction", "solution": "solution", "objective": "solution",
    "commitment": "solution",
}  # fmt: skip


class ProseAsked:
    """Reads the running text of one document."""

    def __init__(
        self,
        document: Document,
        low: str,
        marks: Marks,
        figures: tuple[Figure, ...],
        events: list[Event],
        dated: str,
        *,
        orders: bool,
    ) -> None:
        self.document, self.text, self.low, self.dated = document, document.text, low, dated
        self.marks, self.figures, self.events = marks, figures, events
        self.actors = Actors(self.text, marks)
        self.asking = Asking(self.text, low, marks, self.actors, figures)
        self.rows = Rows(self.text, low, marks, self.asking, figures, events)
        self.frames = Frames()
        self.leads = Leads(self.text, low, marks, self.actors, self.asking, self.frames, dated, orders=orders)
        self.drafts: list[Draft] = []
        self._looked_back = False  # the paragraph, or the one before it, tells what was done
        self._listed = False  # a list with semicolons keeps the commas within its items
        self._at = ""
        self._in_title = False
        self._level = PLAIN
        self.speaker: str | None = None

    def read(self) -> list[Draft]:
        blocks = [block for block in self.document.blocks if block.kind not in ("cell", "furniture", "caption")]
        for place, block in enumerate(blocks):
            self._at = block.at
            if not self.low.startswith(_SKIPPED, block.start) or self._asks_on_grounds(block):
                self._block(block, blocks[place + 1] if place + 1 < len(blocks) else None)
            elif self.low.startswith("nơi nhận", block.start) and place * 2 > len(blocks):
                self.frames.close(0)
                if not any(self.low.startswith("phụ lục", later.start) for later in blocks[place:]):
                    break
        return self.drafts

    def _asks_on_grounds(self, block: Block) -> bool:
        """ "Căn cứ ý kiến của UBND tỉnh, Sở đề nghị ...": not one of the grounds of a decision, which end on ";"."""
        return (
            self.low.startswith("căn cứ", block.start)
            and self.low.endswith((".", ":"), block.start, block.end)
            and self.marks.first(block.start, block.end, "order", "propose") is not None
        )

    def _block(self, block: Block, following: Block | None) -> None:
        level, begin = marker(self.text, block)
        self._level = level
        self._in_title = block.kind == "title"
        if level < PLAIN:
            self.frames.close(level)
        start, end = begin, block.end
        deeper = following is not None and marker(self.text, following)[0] > level
        if block.kind in ("heading", "title") and self._heading(block, level, start, end, deeper):
            return
        if level < PLAIN and not self.low.endswith((".", ";"), start, end) and self.leads.part_named(start, end, level):
            return
        over = level >= PLAIN and deeper_list(self.text, block, following)
        if over and self.leads.part_named(start, end, self._lead_level(level, following)):
            return
        if self.low.endswith(":", start, end):
            stop = self._last_sentence(start, end)
            if stop > start:
                self._sentences(start, stop, level)
            self._lead(stop, end - 1, self._lead_level(level, following))
            return
        self._sentences(start, end, level)

    def _lead_level(self, level: float, following: Block | None) -> float:
        """A lead without a mark stands just above the lines after it."""
        if level < PLAIN or following is None:
            return level
        return max(0.5, marker(self.text, following)[0] - 0.3) if marker(self.text, following)[0] < PLAIN else PLAIN

    def _last_sentence(self, start: int, end: int) -> int:
        return sentences_of(self.text, self.low, start, end)[-1][0]

    # Headings and leads

    def _heading(self, block: Block, level: float, start: int, end: int, deeper: bool) -> bool:
        """Whether a heading only announces; a sentence in a heading's place is read as one."""
        if block.kind == "title":
            return False
        if self.leads.part_named(start, end, level):
            return True
        if deeper or self.text[start:end].isupper():
            frame = self.frames.now
            self.frames.open(Frame(level, frame.kind if frame else ""))
            return True
        return False

    def _lead(self, start: int, end: int, level: float) -> None:
        """Words before a colon at the end of a line."""
        if self.leads.part_named(start, end, level):
            return
        frame = self.leads.announced(start, end, level, self.speaker)
        if frame is not None:
            self.frames.open(frame)
        elif level >= PLAIN:
            self.frames.close(PLAIN)

    # Sentences

    def _sentences(self, start: int, end: int, level: float) -> None:
        spans = sentences_of(self.text, self.low, start, end)
        for place, (one, other) in enumerate(spans):
            self._sentence(one, other, level, first=place == 0)

    def _sentence(self, start: int, end: int, level: float, *, first: bool) -> None:
        text = self.text
        begin, _ = trimmed(text, start, end)
        if self.low.endswith("?", start, end) or self.low.startswith("?", end):
            return
        for _ in range(3):
            at = colon(text, begin, end)
            if at < 0 or text.count("(", begin, at) > text.count(")", begin, at) or ";" in text[begin:at]:
                break
            said = text[begin:at].strip()
            if _SPEAKER.match(said) and at - begin < 260:
                if _ASKS_HIM.match(said):
                    return
                self.speaker = said.split(" cho ")[0].split(" nhấn ")[0][:160] if len(said) < 160 else None
                begin = at + 1
                self.frames.close(PLAIN)
                first = True
                continue
            rest = trimmed(text, at + 1, end)
            if rest[1] - rest[0] < 12:
                break
            if self.leads.body_alone(*trimmed(text, begin, at)) is not None and (
                level < PLAIN
                or (self.low.endswith((".", ";"), start, end) and self.asking.verb_at(rest[0], end, "urge") is not None)
            ):
                self.leads.part_named(begin, at, level + 0.2)
                begin = at + 1
                continue
            if self._prefix(begin, at):
                begin = at + 1
                continue
            frame = self.leads.announced(begin, at, PLAIN if level >= PLAIN else level + 0.2, self.speaker)
            if frame is not None:
                self.frames.close(PLAIN)
                self.frames.open(frame)
                self._pieces(at + 1, end, first=False)
                return
            break
        if level >= PLAIN:
            self._leave(begin, end)
        self._pieces(begin, end, first=first)

    def _prefix(self, start: int, at: int) -> bool:
        """A few words that name a topic before the colon: "Về công nghiệp: tập trung ..."."""
        first, last = trimmed(self.text, start, at)
        if last - first > _LONGEST_PREFIX:
            return False
        if self.low.startswith(_VERBLESS, first) or len(self.text[first:last].split()) <= 6:
            return (
                self.marks.first(
                    first, last, "order", "propose", "aim", "work", "pledge", "oblige", "drafting", "later"
                )
                is None
            )
        return False

    def _leave(self, start: int, end: int) -> None:
        """A plain sentence that does not go on where the lead left off ends what the lead announced."""
        frame = self.frames.now
        opening = self.asking.opening(*trimmed(self.text, start, end))
        told = self.asking.told_before(opening, min(end, opening + 260))
        turns = self.marks.first(start, end, "later", "aim", "propose", "oblige", "pledge")
        self._looked_back = told or (self._looked_back and turns is None)
        if frame is None or frame.level < PLAIN - 0.4:
            return
        goes_on = self.asking.verb_at(opening, end) is not None and not self.asking.told_before(
            opening, min(end, opening + 28)
        )
        by_name = frame.kind in ("instruction", "requirement") and not told and self.actors.at(opening, end) is not None
        if not goes_on and not by_name:
            self.frames.close(PLAIN - 0.4)

    def _pieces(self, start: int, end: int, *, first: bool) -> None:
        """The pieces of one sentence; a piece without a verb of its own goes on with the one before."""
        last: Draft | None = None
        opens = True
        self._listed = ";" in self.text[start:end]
        held: int | None = None  # where a row of bodies began that has no verb yet
        purpose = False
        for one, other in self._cut(start, end):
            frame = self.frames.now
            begin = held if held is not None else one
            span = trimmed(self.text, begin, other)
            if last is not None and self._is_end_of(span, last):
                last.end = span[1]
                continue
            if held is None and last is None and self._bodies_only(span):
                held = begin
                continue
            draft = self._of_piece(span, frame, last, loose=opens and not self._looked_back and not self._in_title)
            opens = False
            if draft is None and frame is not None and frame.drafts:
                purpose = self._purpose_of(span, purpose)
                continue
            held = None
            if draft is None:
                if last is not None and self._continues(span, last):
                    last.end = span[1]
                continue
            if last is not None and not draft.who and last.who:
                draft.who = last.who
                draft.inferred.append("who")
            if draft.when.time == "none":
                draft.when = self._set_before(start, last or draft, draft)
            if _MERELY.search(self.low, draft.start, draft.end):
                self._goes_on_from(draft, frame)
                continue
            last = self._kept(draft, frame)
            self._goes_on_from(last, frame)

    def _set_before(self, start: int, first: Draft, draft: Draft) -> When:
        """ "Năm 2027, ngành phấn đấu ...": the time that a sentence begins with, for all that it lists."""
        if first is not draft and first.when.time != "none":
            return first.when
        told = when(self.low, start, min(first.start, draft.start), self.dated)
        near = told.start - start < _NEAR_OPENING  # farther on it is the period of a cited document
        return told if near and told.time in ("date", "standing") and draft.kind != "programme" else NEVER

    def _cut(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The pieces of a sentence; a call to emulation is one of its own."""
        for one, other in pieces(self.text, start, end):
            for match in _NEXT_SCHEME.finditer(self.text, one, other):
                if self.marks.first(start, match.start(), "drafting") or on_its_way(self.low, start, match.start()):
                    yield one, match.start()
                    one = match.end()
            for match in _NEXT_BODY.finditer(self.low, one, other):
                stop = self.actors.at(match.end(), other)
                if stop is not None and self._works_apart(one, match, stop, other):
                    yield one, match.start()
                    one = match.end()
            for mark in self.marks.each(one, other, "emulation"):
                joined = re.search(r"(?:,|\svà)\s+$", self.low[one : mark.start])
                if joined:
                    yield one, one + joined.start()
                    one = mark.start
            yield one, other

    def _works_apart(self, one: int, match: re.Match[str], stop: int, end: int) -> bool:
        """Whether a body behind "và" or a comma has a work of its own, and is not one more of a row of bodies."""
        ordered = self.marks.first(one, match.start(), "order")
        if ordered is None:
            return False
        given = self.actors.at(self.asking.past_chain(ordered.end, match.start()), match.start())
        if given is None or given >= match.start() - 6:
            return False
        if _IN_ROW.search(self.low, given, match.start()):
            return False
        if _LEADS.match(self.low, stop):
            return True
        return "và" not in match[0] and self.asking.verb_at(stop, end, "verb", "urge") is not None

    def _goes_on_from(self, draft: Draft, frame: Frame | None) -> None:
        """What a plain sentence asks goes on in those after it that begin with a verb."""
        kind = _GOES_ON.get(draft.kind)
        if kind is None or self._in_title or (frame is not None and frame.kind not in ("", TOLD)):
            return
        if frame is not None and frame.level < PLAIN and self._level < PLAIN:
            return
        self.frames.close(PLAIN)
        self.frames.open(Frame(PLAIN, kind, who=draft.who, said_by=draft.said_by))

    def _of_piece(self, span: tuple[int, int], frame: Frame | None, last: Draft | None, *, loose: bool) -> Draft | None:
        start, end = span
        if last is not None and (frame is None or frame.kind in ("", last.kind, TOLD) or not frame.drafts):
            inner = Frame(PLAIN, last.kind, who=last.who, said_by=last.said_by, addressee=last.addressee)
            if last.kind in ("condition", "contingency", "emulation", "requirement"):
                inner.kind = frame.kind if frame and last.kind != "requirement" else "instruction"
            inner.drafts = last.kind == "programme"
            frame = inner
        figured = frame is not None and frame.kind in ("target", "objective", "solution")
        bare = figured and self.asking.verb_at(self.asking.opening(start, end), end, "verb", "urge", "manner") is None
        stated = bare and self.actors.at(start, end) is None and not self.asking.told_before(start, end)
        if (stated or (frame is not None and frame.kind == "target")) and self.rows.is_target(start, end):
            return self.asking.draft("target", self.asking.content(start, end), end)
        found = self.asking.asked(start, end, frame, loose)
        if found is not None and found.kind == "target" and not self.rows.is_target(found.start, found.end):
            found.kind = "objective"
        return found

    def _bodies_only(self, span: tuple[int, int]) -> bool:
        """ "Yêu cầu các sở, ngành | ; UBND các xã ...": bodies whose verb comes behind the semicolon."""
        start, end = span
        mark = self.marks.first(start, end, "order")
        at = start if mark is None else self.asking.past_chain(mark.end, end)
        stop = self.actors.at(at, end)
        return stop is not None and stop >= end and end - at < 200

    def _is_end_of(self, span: tuple[int, int], last: Draft) -> bool:
        """A piece that only says by when or to whom the piece before is to be reported."""
        start, end = span
        if end - start > 110 or not _FINISH.match(self.low, start, end):
            return False
        return _CLOSES.match(self.low, start, end) is not None or when(self.low, start, end, self.dated).time == "date"

    def _continues(self, span: tuple[int, int], last: Draft) -> bool:
        """A piece of nouns behind a semicolon: "công nghiệp chế biến; | công nghiệp điện"."""
        start, end = span
        near = start - last.end <= 4
        own = self.actors.at(start, end)
        return near and end - start < 160 and (own is None or own >= end) and not self.asking.told_before(start, end)

    def _purpose_of(self, span: tuple[int, int], before: bool) -> bool:
        """Behind a row of programmes: "... nhằm thu hút nhà đầu tư": what they are to bring about."""
        start, end = span
        if not self.low.startswith("nhằm ", start) or self.asking.verb_at(start + 5, end) is None:
            return before
        frame = self.frames.now
        self._kept(self.asking.draft("solution", start + 5, end, who=frame.who if frame else ""), None)
        return True

    def _kept(self, draft: Draft, frame: Frame | None) -> Draft:
        draft.at = self._at
        if frame is not None:
            if not draft.who and frame.who:
                draft.who = frame.who
                draft.inferred.append("who")
                draft.supporting = frame.supporting
            draft.said_by = draft.said_by or frame.said_by
            draft.addressee = draft.addressee or (frame.addressee if draft.kind == "proposal" else None)
            if frame.when.time != "none":
                draft.when = frame.when
        if draft.said_by is None and self.speaker:
            draft.said_by = self.speaker
        self.drafts.extend(
            self.rows.parted(draft, plain=self._level >= PLAIN and not self._listed, listed=self._listed)
        )
        return self.drafts[-1]

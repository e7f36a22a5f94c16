# SPDX-License-Identifier: Apache-2.0
"""Figures from running text: one pass from left to right, its state in the open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bamsat.core.read.clauses import Clause, Comparison, clauses, sentences
from bamsat.core.read.context import Context, name_in
from bamsat.core.read.lexicon import Event, indicators, within
from bamsat.core.read.periods import Mention, mentions
from bamsat.core.read.quantities import NumberStyle, Quantity, QuantityReader
from bamsat.core.read.subjects import Subject, SubjectReader, Topic
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.interval import hedge_after, interval
from bamsat.core.terms.period import Period

_HUNDRED = Decimal(100)


@dataclass(slots=True)
class State:
    """What holds until the text says otherwise."""

    topic: Topic = field(default_factory=Topic)
    subject: Subject | None = None
    area: str | None = None
    area_local: bool = False
    period: Period | None = None
    status: str = "actual"
    measure: str = ""
    sign: int = 1
    bracket_measure: str = ""
    bracket_sign: int = 1
    outer: Subject | None = None
    outer_period: tuple[Period | None, str] | None = None
    pair: list[Comparison] = field(default_factory=list)  # two bases told of one subject, for the lists that follow
    lead_sign: int = 0  # "Sản phẩm giảm so với cùng kỳ: ..."
    list_period: Period | None = None
    list_status: str = ""
    plan_period: Period | None = None
    pending: Mention | None = None  # the second of two periods told "lần lượt"
    compare: Comparison | None = None  # the last base that a sentence of the paragraph named
    main: Subject | None = None  # the first subject of the paragraph
    row: list[Subject] = field(default_factory=list)  # the subjects told of the place at hand
    row_before: list[Subject] = field(default_factory=list)
    price: str | None = None


@dataclass(slots=True)
class Draft:
    """A figure while its sentence is being read."""

    clause: Clause
    subject: Subject
    measure: str
    value: Decimal
    high: Decimal | None
    unit: str
    status: str
    hedge: str | None
    area: str | None
    period: Period | None
    compare: Comparison | None
    base_kind: str
    price: str | None
    doubt: str | None
    inferred: list[str]
    base: Period | None = None
    own_period: bool = False  # its own words named the period


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a number is to be taken: its measure, its value after that, and its unit."""

    measure: str
    value: Decimal
    high: Decimal | None
    unit: str
    doubt: str | None = None


class ProseReader:
    """Reads the blocks of one document in order."""

    def __init__(self, name: str, text: str, low: str, events: list[Event], context: Context, style: NumberStyle) -> None:
        self.name, self.text, self.low, self.events, self.context, self.style = name, text, low, events, context, style
        codes = {e.means["code"] for e in events if e.kind == "indicator" and low[e.start : e.end] != "sản xuất công nghiệp"}
        home = next((e.means["family"] for e in events if e.kind == "topic" and e.start < context.title_end and e.means["topic"] in _HOMES), "")
        self.subjects = SubjectReader(
            text, low, has_index="iip" in codes, has_value="industrial_output" in codes, home=home
        )
        self.quantities = QuantityReader()
        self.state = State(period=context.period, status="target" if context.plan else "actual")
        self.state.area = context.area
        self.sentence_start = 0
        self._shared_before = self._own_period = False

    def heading(self, start: int, end: int) -> None:
        """A line without figures: it may say what the lines below it are about."""
        topic = Topic()
        for event in within(self.events, start, end):
            if event.kind == "indicator":
                topic.code = event.means["code"]
            elif event.kind == "topic":
                topic.field, topic.family = event.means["topic"], event.means["family"]
        self.state.topic = topic
        self.state.subject = None
        found = [m for m in mentions(self.low, start, end) if m.kind not in ("date", "this")]
        period = found[0].resolve(self.context.year, self.context.period) if found else None
        self.state.period = period or self.context.period
        words = {e.kind for e in within(self.events, start, end)}
        self.state.status = "target" if "target" in words or self.context.plan else "actual"
        self.state.list_period = self.state.period
        self.state.list_status = "estimate" if "estimate" in words else ""

    def block(self, start: int, end: int, at: str, *, item: bool, title: bool = False) -> list[Figure]:
        """The figures of a paragraph or a list item."""
        events = within(self.events, start, end)
        periods = self._mentions(start, end, events)
        if periods:
            events = [e for e in events if not any(m.start < e.start and e.end <= m.end for m in periods)]
        found = self.quantities.read(self.text, self.low, start, end, periods, events, self.style)
        if not found:
            self._pass_over(start, end, events, periods)
            return []
        state = self.state
        if not item:
            state.subject = state.main = None
            state.row, state.row_before = [], []
            state.compare, state.pair = None, []
            state.area = self.context.area
            if not title and state.status == "target" and not self.context.plan:
                state.status = "target" if self._carries_on(events) else "actual"
            if not self._opens_with_period(periods, found):
                carried = state.status == "target" and not self.context.plan
                state.period = state.plan_period if carried and state.plan_period else self.context.period
            state.topic.stale = True
            state.list_status = ""
        elif state.list_period is not None and not self._opens_with_period(periods, found):
            state.period = state.list_period
        drafts: list[Draft] = []
        for first, last in sentences(self.text, self.low, start, end):
            inside = [q for q in found if first <= q.start < last]
            sentence_events = within(events, first, last)
            sentence_periods = [m for m in periods if first <= m.start < last]
            if inside:
                drafts += self._sentence(first, last, inside, sentence_events, sentence_periods)
            else:
                self._context_of(sentence_events, sentence_periods)
        if not item:
            state.list_period = state.period
        return [self._figure(draft, at) for draft in drafts]

    def _mentions(self, start: int, end: int, events: list[Event]) -> list[Mention]:
        """Period phrases, less those inside a known wording: "giá so sánh năm 2010", "tháng 12 năm trước"."""
        held = [(e.start, e.end) for e in events if e.kind in ("price", "base")]
        # the other way round, "đầu năm" inside "6 tháng đầu năm 2022" is no base of its own
        return [
            m for m in mentions(self.low, start, end)
            if not any(a <= m.start < b for a, b in held)
            and not self.low[max(start, m.start - 18) : m.start].rstrip().endswith(("giá so sánh", "giá cố định", "giá ss"))
        ]  # fmt: skip

    @staticmethod
    def _carries_on(events: list[Event]) -> bool:
        return not any(e.kind in ("direction", "settle", "estimate") for e in events[:12])

    def _opens_with_period(self, periods: list[Mention], found: list[Quantity]) -> bool:
        return bool(periods) and periods[0].start < found[0].start and periods[0].kind != "date"

    def _pass_over(self, start: int, end: int, events: list[Event], periods: list[Mention]) -> None:
        led = self.low[start:end].rstrip().endswith(":")
        if end - start < 90:
            self.heading(start, end)
        elif led and any(e.kind == "target" for e in events):
            self.state.status = "target"
        else:
            self._context_of(events, periods)
            if not self.context.plan:
                self.state.status = "actual"

    def _context_of(self, events: list[Event], periods: list[Mention]) -> None:
        for event in events:
            if event.kind == "indicator":
                self.state.topic = Topic(event.means["code"])
            elif event.kind == "topic":
                self.state.topic.field, self.state.topic.family = event.means["topic"], event.means["family"]

    # ---- a sentence -------------------------------------------------------------------------------------

    def _sentence(
        self, start: int, end: int, quantities: list[Quantity], events: list[Event], periods: list[Mention]
    ) -> list[Draft]:
        state = self.state
        if state.outer_period is not None:
            (state.period, state.status), state.outer_period = state.outer_period, None
        if state.status in ("estimate", "forecast"):
            state.status = "target" if self.context.plan else "actual"
        if state.list_status:
            state.status = state.list_status
        self.sentence_start = start
        self._points_in(quantities)
        state.lead_sign, state.pending = self._lead_sign(start, quantities[0].start, events), None
        if state.area_local:
            state.area, state.area_local = self.context.area, False
        state.measure, state.bracket_measure, state.outer = "", "", None
        topics = {e.means["topic"] for e in events if e.kind == "topic"}
        spans = [(m.start, m.end) for m in periods]
        drafts: list[Draft] = []
        for clause in clauses(self.low, start, end, quantities, events, periods):
            draft = self._clause(clause, spans, topics, drafts)
            if draft is not None:
                drafts.append(draft)
        self._zip_subjects(drafts)
        self._share_bases(drafts)
        return self._told_of_both(drafts)

    @staticmethod
    def _points_in(quantities: list[Quantity]) -> None:
        """ "6,9 điểm phần trăm, dịch vụ 2,6 điểm": the short form of what the sentence spelled out."""
        if any(q.kind == "point" for q in quantities):
            for quantity in quantities:
                if quantity.unit == "điểm":
                    quantity.unit, quantity.kind = "point", "point"

    def _lead_sign(self, start: int, first: int, events: list[Event]) -> int:
        colon = self.low.rfind(":", start, first)
        led = [e for e in events if e.kind == "direction" and e.end <= colon]
        return int(led[-1].means["sign"]) if led and colon > 0 else 0

    def _zip_subjects(self, drafts: list[Draft]) -> None:
        """Two levels, then two changes without a subject: the first is of the first, the second of the second."""
        for index in range(2, len(drafts) - 1):
            first, second, one, two = drafts[index - 2 : index + 2]
            levels = first.measure == second.measure == "level" and first.subject != second.subject
            bare = not self._fresh(one) and not self._fresh(two) and one.measure == two.measure == "growth"
            same_base = one.clause.tail_compare is None and not self.low[two.clause.head_start : two.clause.quantity.start].strip(" \u00a0,và")
            if levels and bare and same_base:
                one.subject, two.subject = first.subject, second.subject

    @staticmethod
    def _fresh(draft: Draft) -> bool:
        return "indicator" not in draft.inferred

    def _told_of_both(self, drafts: list[Draft]) -> list[Draft]:
        """One number of two indicators is two figures: "xuất khẩu và nhập khẩu cùng tăng 11,5%"."""
        told: list[Draft] = []
        for index, draft in enumerate(drafts):
            head = self.low[draft.clause.head_start : draft.clause.quantity.start]
            told.append(draft)
            if draft.measure not in ("growth", "index", "plan_ratio") or not _BOTH.search(head):
                continue
            if draft.subject.indicator == "trade_total" and _TWO_TRADES.search(head):
                told[-1] = replace(draft, subject=replace(draft.subject, indicator="exports"))
                told.append(replace(draft, subject=replace(draft.subject, indicator="imports")))
            elif index >= 2 and not self._fresh(draft) and drafts[index - 2].subject != drafts[index - 1].subject and drafts[index - 2].measure == drafts[index - 1].measure == "level":
                told[-1] = replace(draft, subject=drafts[index - 2].subject)
                told.append(replace(draft, subject=drafts[index - 1].subject))
        return told

    def _clause(
        self, clause: Clause, spans: list[tuple[int, int]], topics: set[str], drafts: list[Draft]
    ) -> Draft | None:
        state = self.state
        inferred: list[str] = []
        self._place(clause)
        if not clause.bracketed:
            if state.outer is not None:
                state.subject, state.outer = state.outer, None
            if state.outer_period is not None:
                (state.period, state.status), state.outer_period = state.outer_period, None
        elif clause.mention is not None and state.outer_period is None:
            state.outer_period = (state.period, state.status)
        before = state.period
        period = self._period(clause, inferred)
        subject, fresh = self.subjects.resolve(clause, state.topic, state.subject, spans, topics)
        whole = self._whole(clause)
        if (
            state.status == "target" and clause.mention is not None and before is not None and period is not None
            and period.last < before.first and not self.context.plan
        ):  # fmt: skip
            state.status = "actual"  # "(cuối năm 2023 là 57,4%)" beside a target of 2024
        subject, fresh = self._parallel(clause, subject, fresh)
        if not fresh:
            inferred.append("indicator")
            own = clause.mention is not None or self._own_period
            if not own and drafts and drafts[-1].subject == subject and not clause.bracketed:
                period = self._tail_period(clause, drafts[-1].period)
        if clause.last_year and period is not None:
            period = period.shift_years(-1)
        status = self._status(clause, fresh)
        meaning = self._meaning(clause, subject, fresh, drafts)
        if meaning is None:
            return None
        if clause.bracketed and fresh and state.outer is None:
            state.outer = state.subject
        state.subject = subject
        if whole == "trade_total" and subject.indicator in ("exports", "imports"):
            whole = None
        if whole is not None and meaning.measure in ("share", "contribution") and whole != subject.indicator and not any(e.kind == "equal" for e in clause.head):
            subject = Subject(whole, subject.segment or subject.label or None, subject.label)
        if clause.bracketed and meaning.measure == "level" and drafts and drafts[-1].measure == "plan_ratio" and not fresh and drafts[-1].clause.tail_compare:
            status, period = "target", Period.year(period.end_year) if period else None  # "bằng 38,6% kế hoạch năm (3.120 triệu USD)"
        planned = clause.plan_opens or (
            clause.head_compare is not None and clause.head_compare.kind == "plan" and not clause.head_compare.versus
        )
        if meaning.measure == "level" and planned:
            status = "target"
            if not clause.bracketed and not drafts:
                state.status = "target"
                state.plan_period = period
        if meaning.measure == "growth" and clause.head_compare and clause.head_compare.kind == "plan":
            status = "target"
        price = next((e.means["basis"] for e in (*clause.head, *clause.tail) if e.kind == "price"), None)
        if price:
            state.price = price
        hedge = self._hedge(clause)
        compare = self._compare(clause, meaning.measure)
        if state.area is not None and state.area == self.context.area and "area" in self.context.inferred:
            inferred.append("area")
        return Draft(
            clause, subject, meaning.measure, meaning.value, meaning.high, meaning.unit, status, hedge, state.area,
            period, compare, compare.kind if compare else "", price, meaning.doubt, inferred,
            own_period=clause.mention is not None or self._own_period,
        )  # fmt: skip

    def _parallel(self, clause: Clause, subject: Subject, fresh: bool) -> tuple[Subject, bool]:
        """Places told in one order: "Bình Dương xuất 4,3 tỷ, nhập 3,2 tỷ; Bắc Ninh 4,9 tỷ và 4,8 tỷ"."""
        state = self.state
        if any(e.kind == "area" for e in clause.head):
            state.row_before, state.row = state.row, []
        place = len(state.row)
        if not fresh and clause.quantity.kind == "money" and place < len(state.row_before):
            subject = state.row_before[place]
        elif self._generic(clause) == "kim ngạch":
            if state.main is not None and state.main.indicator in ("trade_total", "exports", "imports"):
                subject, fresh = state.main, True
            elif self._both_follow(clause):
                subject, fresh = Subject("trade_total", None, "kim ngạch"), True
        if clause.quantity.kind != "percent":
            state.row.append(subject)
        if state.main is None and fresh:
            state.main = subject
        return subject, fresh

    def _both_follow(self, clause: Clause) -> bool:
        """Whether exports and imports are told apart right after: then "kim ngạch" is their sum."""
        after = within(self.events, clause.quantity.end, clause.quantity.end + 160)
        codes = [e.means["code"] for e in after if e.kind == "indicator"][:2]
        return codes == ["exports", "imports"]

    def _generic(self, clause: Clause) -> str:
        named = [e for e in clause.head if e.kind in ("indicator", "part", "branch", "topic", "generic", "weak_trade")]
        return self.low[named[-1].start : named[-1].end] if named and all(e.kind == "generic" for e in named) else ""

    @staticmethod
    def _whole(clause: Clause) -> str | None:
        """The indicator that a share is a share of: "chiếm 45,4% GRDP"."""
        for event in clause.tail:
            if event.kind == "indicator" and event.start - clause.quantity.end <= 16:
                return str(event.means["code"])
        return None

    def _place(self, clause: Clause) -> None:
        for event in clause.head:
            if event.kind != "area" or not self.text[event.start].isupper() and event.means["name"] != "Cả nước":
                continue
            before = self.low[max(clause.head_start, event.start - 14) : event.start].rstrip()
            if before.endswith(("sang", "hỗ trợ", "công ty", "nhà máy", "thủy điện", "từ", "tập đoàn", "điện lực", "samsung", "cục", "báo", "cảng", "đến", "cùng", "gạch", "xi măng", "thép", "khu công nghiệp", "kcn", "sở công thương", "với")):
                continue
            self.state.area = name_in(event.means, self.context.year)
            self.state.area_local = before.endswith(("ở", "tại"))

    def _period(self, clause: Clause, inferred: list[str]) -> Period | None:
        state, context = self.state, self.context
        mention = clause.mention
        self._own_period = state.pending is not None or any(e.kind == "cumulative" for e in clause.head)
        if clause.plan_opens and mention is None and clause.head_plan is not None:
            mention = clause.head_plan.mention
        if state.pending is not None and mention is None:
            mention, state.pending = state.pending, None
        elif len(clause.mentions) == 2 and any(e.kind == "respectively" for e in clause.head):
            mention, state.pending = clause.mentions
        if mention is not None and mention.kind == "date":
            before = self.low[max(0, mention.start - 12) : mention.start].rstrip()
            mention = mention if before.endswith(("đến", "tới", "hết", "tính", "điểm")) else None
        if mention is not None:
            found = mention.resolve(context.year, context.this(self.low[mention.start : mention.end]))
            if found is not None:
                state.period = found
                if not mention.year:
                    inferred.append("period")
                own = found
                return self._tail_period(clause, own)
        if state.period is not None and any(e.kind == "cumulative" for e in clause.head) and state.period.length <= 3:
            state.period = Period.months(state.period.end_year, 1, state.period.last % 12 + 1)
        if state.period is not None and state.period == context.period:
            inferred.append("period")
        return self._tail_period(clause, state.period)

    def _tail_period(self, clause: Clause, period: Period | None) -> Period | None:
        mention = clause.tail_mention
        if mention is None or mention.kind == "date":
            return period
        if any(e.kind in ("equal", "times") for e in clause.head) and clause.quantity.kind in ("percent", "times"):
            return period
        between = self.low[clause.quantity.end : mention.start]
        if len(between) > 60:
            return period
        found = mention.resolve(self.context.year, self.context.this(self.low[mention.start : mention.end]))
        if found is not None and clause.quantity.kind in ("counted", "open"):
            self.state.period = found
        return found or period

    def _status(self, clause: Clause, fresh: bool) -> str:
        state = self.state
        kinds = [e.kind for e in (*clause.head, *clause.asides)]
        if "estimate" in kinds:
            state.status = "estimate"
        elif "target" in kinds:
            state.status = "target"
        elif "expect" in kinds or any(e.kind == "forecast_base" and e.start - clause.head_start <= 8 for e in clause.head):
            state.status = "target" if state.status == "target" else "forecast"
        elif state.status == "target" and not self.context.plan and self._done(clause):
            state.status = "actual"
        elif "settle" in kinds or (fresh and state.status == "estimate" and self._plain_reach(clause)):
            state.status = "actual"
        return state.status

    def _done(self, clause: Clause) -> bool:
        head = self.low[clause.head_start : clause.quantity.start]
        return "thực hiện" in head or "đã đạt" in head or "giải ngân" in head

    def _plain_reach(self, clause: Clause) -> bool:
        return any(e.kind == "reach" and self.low[e.start : e.end] in ("đạt", "đạt được", "thực hiện", "là") for e in clause.head)

    def _hedge(self, clause: Clause) -> str | None:
        after = hedge_after(self.low, clause.quantity.end)
        if after is not None:
            return after.means
        if not clause.head:
            return None
        event = clause.head[-1]
        if self.low[event.end : clause.quantity.start].strip(" \u00a0"):
            return None
        word = self.low[event.start : event.end]
        if event.kind == "hedge":
            return str(event.means["hedge"])
        if event.kind == "than" or word.endswith((" hơn", " trên")) and event.kind in ("times", "share", "reach", "exceed"):
            return "over"
        if word.endswith(" gần"):
            return "nearly"
        if word.endswith(" khoảng"):
            return "about"
        if word in ("vượt mốc", "vượt ngưỡng") or event.kind == "exceed" and clause.quantity.kind in ("money", "physical"):
            return "over"
        return None

    # ---- measures -----------------------------------------------------------------------------------------

    def _last_words(self, clause: Clause) -> list[Event]:
        """The events after the last comma or colon of the head that has a verb; else all of them."""
        cut = clause.head_start
        for at in range(clause.quantity.start - 1, clause.head_start, -1):
            if self.low[at] in ",:;(" and not (self.low[at] == "," and self.low[at + 1 : at + 2].isdigit()):
                last = [e for e in clause.head if e.start > at]
                if any(e.kind in _VERBS and self.low[e.start : e.end] not in _NEUTRAL for e in last):
                    cut = at
                    break
        events = [
            e if e.kind != "more" else Event(e.start, e.end, "direction", e.means)
            for e in clause.head
            if e.start >= cut and (e.kind != "more" or self._adds(e, clause))
        ]
        if events and events[-1].kind == "than" and not self.low[events[-1].end : clause.quantity.start].strip(" \u00a0"):
            events = events[:-1]  # "hơn" right before a number is a hedge
        return events

    def _adds(self, event: Event, clause: Clause) -> bool:
        quantity = clause.quantity
        touches = quantity.start - event.end <= 6
        return touches and (quantity.kind in ("percent", "point") or "/" in quantity.unit)

    def _meaning(self, clause: Clause, subject: Subject, fresh: bool, drafts: list[Draft]) -> Meaning | None:  # noqa: PLR0911
        quantity = clause.quantity
        events = self._last_words(clause)
        if quantity.of is not None:
            return Meaning("ratio", quantity.value, None, quantity.unit or "")
        if quantity.kind == "point":
            return self._points(clause, events)
        if quantity.kind == "times":
            return self._times(clause, events)
        if quantity.kind == "none":
            return self._bare(clause, events, subject, drafts)
        if quantity.kind == "percent":
            return self._percent(clause, events, subject, drafts)
        return self._level(clause, events, drafts)

    def _points(self, clause: Clause, events: list[Event]) -> Meaning:
        quantity = clause.quantity
        kinds = [e.kind for e in events]
        sign = self._sign(events)
        if self.state.measure == "contribution" and "share" not in kinds:
            sign = -1 if any(w in self.low[clause.head_start : quantity.start] for w in ("kéo lùi", "kéo giảm", "làm giảm")) else sign
            return Meaning("contribution", quantity.value * (sign or 1), quantity.high, "point")
        if "contribution" in kinds or any(e.kind in ("contribution",) for e in clause.tail) or "đóng góp" in self.low[clause.head_start : clause.tail_end]:
            words = [self.low[e.start : e.end] for e in events if e.kind == "contribution"]
            sign = -1 if any("giảm" in w or "lùi" in w for w in words) else sign or 1
            self.state.measure = "contribution"
            return Meaning("contribution", quantity.value * sign, quantity.high, "point")
        if sign or "direction" in kinds:
            return Meaning("change", quantity.value * (sign or 1), quantity.high, "point")
        measure = self.state.measure if self.state.measure in ("contribution", "change") else "contribution"
        return Meaning(measure, quantity.value, quantity.high, "point")

    def _times(self, clause: Clause, events: list[Event]) -> Meaning | None:
        quantity = clause.quantity
        kinds = {e.kind for e in events}
        if not kinds & {"times", "direction", "equal", "than", "exceed"} and self.state.measure != "growth":
            return None
        value = (quantity.value - 1) * _HUNDRED
        high = (quantity.high - 1) * _HUNDRED if quantity.high else None
        self.state.measure, self.state.sign = "growth", 1
        sign = self._sign(events)
        if sign < 0:
            value = (1 / quantity.value - 1) * _HUNDRED if quantity.value else value
        return Meaning("growth", value, high, "%", None if "times" in kinds else "“tăng … lần” có thể hiểu hai cách")

    def _bare(self, clause: Clause, events: list[Event], subject: Subject, drafts: list[Draft]) -> Meaning | None:
        """A number without a unit: a percent whose sign was left out, or a count that its subject names."""
        quantity = clause.quantity
        kinds = {e.kind for e in events}
        compared = clause.head_compare or clause.tail_compare
        if "," in quantity.written and (kinds & {"direction", "than"} and (compared or self.state.measure) or "%" in self.low[clause.head_start : quantity.start]):
            meaning = self._percent(clause, events, subject, drafts)
            return Meaning(meaning.measure, meaning.value, meaning.high, meaning.unit, "văn bản không ghi dấu %") if meaning else None
        low = self.low[clause.head_start : quantity.start]
        whole = quantity.value == quantity.value.to_integral_value() and "," not in quantity.written
        if "," in quantity.written and re.search(r"[\s(,]%", self.low[self.sentence_start : quantity.start]):
            state = self.state
            state.measure, state.sign = state.measure or "growth", state.lead_sign or state.sign
            return Meaning(state.measure, quantity.value, quantity.high, "%", "dấu % ghi một lần ở đầu")
        noun = _COUNTED_HEAD.match(low.lstrip(" -+•,;\u00a0"))
        if quantity.scale >= 1000 and (kinds or self.subjects.words(clause, [])[0]):
            counted = _COUNTED_ANY.search(low)
            return Meaning("level", quantity.value, quantity.high, counted[1] if counted else "", "không thấy đơn vị")
        if whole and noun and low.rstrip().endswith((":", "là")):
            return Meaning("level", quantity.value, None, noun[1])
        counted_before = drafts and drafts[0].measure == "level" and drafts[0].clause.quantity.kind in ("none", "counted")
        if whole and counted_before and clause.mention is not None and not low[clause.mention.end - clause.head_start :].strip(" :là"):
            self.state.subject = drafts[0].subject
            return Meaning("level", quantity.value, None, drafts[0].unit)
        if kinds & {"reach"} and "số " in low and quantity.value == quantity.value.to_integral_value():
            noun = subject.label.split()[0] if subject.label else ""
            return Meaning("level", quantity.value, None, noun)
        return None

    def _sign(self, events: list[Event]) -> int:
        signs = [e.means["sign"] for e in events if e.kind in ("direction", "than", "exceed")]
        return int(signs[-1]) if signs else 0

    def _remember(self, clause: Clause, measure: str, sign: int) -> None:
        state = self.state
        if clause.bracketed:
            state.bracket_measure, state.bracket_sign = measure, sign
        else:
            state.measure, state.sign = measure, sign

    def _percent(self, clause: Clause, events: list[Event], subject: Subject, drafts: list[Draft]) -> Meaning | None:  # noqa: C901, PLR0911, PLR0912
        quantity, state = clause.quantity, self.state
        value, high = quantity.value, quantity.high
        unit = quantity.unit or "%"
        kinds = [e.kind for e in events]
        sign = self._sign(events)
        directed = any(k in ("direction", "than", "exceed") for k in kinds)
        head, tail = clause.head_compare, clause.tail_compare
        last = next((k for k in reversed(kinds) if k in _VERBS), "")
        self._shared_before = any(e.kind == "share" for e in clause.head) or bool(drafts and drafts[-1].measure == "share")
        if last == "reach" and self.low[events[-1].start : events[-1].end] == "lên" and not self._shared_before:
            sign, directed, last = 1, True, "direction"
        if "loại trừ" in self.low[clause.head_start : quantity.start] and drafts and drafts[-1].measure == "growth":
            return Meaning("growth", value * self.state.sign, high, unit)
        to_level = last == "reach" and self._moves_to(events)
        if quantity.plus:
            sign, directed = 1, True
        if value < 0:
            sign, value = -1, -value
            high = -high if high else None
            directed = True
        plan = tail if tail and tail.kind == "plan" else None
        if plan is None and head and head.kind == "plan":
            close = head.start >= (events[0].start if events else clause.head_start) or not events
            plan = head if close or head.versus or last in ("reach", "equal", "exceed") else None
        if plan is not None:
            if directed and last != "reach" or "exceed" in kinds or plan is head and plan.versus and directed:
                less = -1 if sign < 0 else 1
                return Meaning("plan_ratio", _HUNDRED + less * value, _HUNDRED + less * high if high else None, "%")
            if plan is head and not plan.versus and last == "" and (state.measure in ("growth", "") and any(d.measure == "growth" and d.subject == subject for d in drafts[-3:]) or clause.bracketed and drafts and drafts[-1].measure == "growth"):
                return Meaning("growth", value, high, unit)
            if plan is head and not plan.versus and last == "" and not clause.bracketed and state.measure == "growth":
                return Meaning("growth", value, high, unit)
            self._remember(clause, "plan_ratio", 1)
            return Meaning("plan_ratio", value, high, "%")
        if any(e.kind == "forecast_base" for e in clause.head) and directed:
            pass
        if last == "times":
            return Meaning("index", value, high, "%")
        if last == "equal" and directed and self.low[events[-1].start : events[-1].end] == "tương ứng":
            last = "direction"
        if last == "equal":
            near = clause.tail_mention is not None and clause.tail_mention.start - quantity.end < 40
            compared = bool(tail) or bool(head) or near or any(e.kind == "versus" for e in clause.head)
            part_of = not compared and not subject.indicator.startswith("iip") and subject.indicator != "cpi"
            if part_of and state.measure in ("plan_ratio",) and not fresh_share(self.low, quantity):
                return Meaning("plan_ratio", value, high, "%")
            measure = "share" if part_of else "index"
            self._remember(clause, measure, 1)
            return Meaning(measure, value, high, "%")
        shares = "share" in kinds or any(e.kind == "share" for e in clause.head) and not directed
        if shares and not directed:
            self._remember(clause, "share", 1)
            return Meaning("share", value, high, "%")
        if "contribution" in kinds and not directed:
            if any(e.kind == "indicator" and e.means["code"] == "grdp" for e in clause.tail):
                return Meaning("share", value, high, "%")
            return Meaning("contribution" if "điểm" in self.low[quantity.end : quantity.end + 8] else "share", value, high, "%")
        rising_from = directed and high is None and not hedge_after(self.low, quantity.end) and self.low[max(0, quantity.start - 4) : quantity.start].strip() == "từ"
        if rising_from:
            return Meaning("share", value, None, "%")
        if directed and not to_level:
            if "share" in kinds and not (tail or head) or "share" in kinds and (drafts and drafts[-1].measure == "share"):
                self._remember(clause, "change", sign or 1)
                return Meaning("change", value * (sign or 1), high * (sign or 1) if high else None, "point")
            if drafts and drafts[-1].measure == "share" and drafts[-1].subject == subject and not subject.indicator.startswith(("iip", "cpi")) and not any(d.measure == "level" and d.subject == subject for d in drafts[-3:]) and last in ("direction", "than"):
                return Meaning("change", value * (sign or 1), high * (sign or 1) if high else None, "point")
            self._remember(clause, "growth", sign or 1)
            if clause.bracketed is False:
                state.bracket_measure = ""
            signed = sign or 1
            return Meaning("growth", value * signed, high * signed if high else None, unit)
        if to_level:
            measure = "share"
            known = indicators().get(subject.indicator)
            if known is not None and known.adds_up == "index":
                measure = "growth"
            if any(e.kind == "share" for e in clause.head) or measure == "share":
                return Meaning("share", value, high, "%")
            return Meaning("growth", value * (sign or 1), high, unit)
        return self._undirected(clause, subject, drafts, value, high, unit, last)

    def _moves_to(self, events: list[Event]) -> bool:
        verbs = [e for e in events if e.kind in _VERBS]
        word = self.low[verbs[-1].start : verbs[-1].end] if verbs else ""
        directions = [e for e in verbs if e.kind in ("direction", "than")]
        if word in ("lên", "lên tới", "lên đến") and directions and "mức" in self.low[directions[-1].start : directions[-1].end]:
            return False
        if word == "lên" and not self._shared_before:
            return False
        return word.startswith(("tăng lên", "giảm còn", "giảm xuống", "xuống", "còn", "lên", "nâng", "co lại còn", "chỉ còn", "tăng từ", "giảm từ", "hạ còn", "hạ xuống", "rút"))

    def _undirected(
        self, clause: Clause, subject: Subject, drafts: list[Draft], value: Decimal, high: Decimal | None, unit: str, last: str
    ) -> Meaning:  # fmt: skip
        state = self.state
        known = indicators().get(subject.indicator)
        indexed = known is not None and known.adds_up == "index"
        if unit == "%/year":
            return Meaning("growth", value, high, unit)
        measure, sign = (state.bracket_measure, state.bracket_sign) if clause.bracketed else (state.measure, state.sign)
        if not measure and state.lead_sign:
            measure, sign = "growth", state.lead_sign
        if clause.bracketed and not measure:
            previous = drafts[-1] if drafts else None
            if previous is not None and previous.measure in ("level", "ratio") and not indexed and not _ends_list(self.low, clause):
                return Meaning("share", value, high, "%", None)
            measure, sign = state.measure, state.sign
        compare = next((c for c in (clause.tail_compare, clause.head_compare) if c is not None and c.kind != "plan"), None)
        if compare is not None and (last in ("", "reach") or last == "equal"):
            if measure in ("plan_ratio", "index") or value > 80 and measure != "growth":
                return Meaning("index", value, high, "%")
            self._remember(clause, "growth", sign)
            return Meaning("growth", value * sign, high * sign if high else None, unit)
        if last == "reach" and state.measure == "plan_ratio" and drafts:
            return Meaning("plan_ratio", value, high, "%")
        if last == "reach":
            if indexed:
                if value > 60:
                    return Meaning("index", value, high, "%")
                return Meaning("growth", value, high, unit)
            if subject.indicator in ("grdp",) and not subject.segment:
                return Meaning("growth", value, high, unit)
            if subject.indicator == "investment":
                return Meaning("plan_ratio", value, high, "%")
            if measure in ("growth", "plan_ratio", "index") and not drafts:
                return Meaning(measure, value * sign, high, unit)
            return Meaning("share", value, high, "%")
        if measure:
            self._remember(clause, measure, sign)
            if measure == "change":
                return Meaning("change", value * sign, high, "point")
            if measure == "growth" and value > 0:
                return Meaning("growth", value * sign, high * sign if high else None, unit)
            return Meaning(measure, value, high, "%")
        if indexed:
            doubt = "không thấy chữ tăng hay giảm"
            return Meaning("index" if value > 60 else "growth", value, high, "%", doubt)
        if drafts and drafts[-1].measure == "growth":
            return Meaning("growth", value * state.sign, high, unit, "không thấy chữ tăng hay giảm")
        return Meaning("share", value, high, "%", None if state.topic.field else "không rõ là tỷ lệ hay mức tăng")

    def _level(self, clause: Clause, events: list[Event], drafts: list[Draft]) -> Meaning:
        quantity = clause.quantity
        verbs = [e for e in events if e.kind in _VERBS and e.kind != "estimate"]
        last = verbs[-1] if verbs else None
        value, high = quantity.value, quantity.high
        balance = next((e for e in reversed(clause.head) if e.kind == "balance"), None)
        if balance is not None and quantity.kind == "money":
            if not any(e.kind in ("direction",) and e.start > balance.start for e in clause.head):
                sign = balance.means["sign"]
                return Meaning("level", value * sign, high * sign if high else None, quantity.unit)
        moved = last is not None and last.kind in ("direction", "than") and not self._moves_to(events)
        compare = clause.head_compare
        if last is not None and last.kind == "reach" and self.low[last.start : last.end] == "là" and compare is not None and compare.kind != "plan":
            mover = next((e for e in reversed(verbs) if e.kind in ("direction", "than") and e.end <= compare.start), None)
            if mover is not None:
                sign = mover.means["sign"] or 1
                return Meaning("change", value * sign, high * sign if high else None, quantity.unit)
        if last is not None and last.kind == "exceed" and (clause.tail_compare or clause.head_compare) and quantity.kind == "money":
            moved = True
        if moved and last is not None and last.kind == "than":
            near = not self.low[last.end : quantity.start].strip(" \u00a0")
            moved = not near and bool(clause.head_compare)
        if moved and last is not None and self._touches(last, clause):
            sign = last.means["sign"] or 1
            if clause.head_compare or drafts or clause.tail_compare or quantity.kind in ("counted", "open"):
                return Meaning("change", value * sign, high * sign if high else None, quantity.unit)
        return Meaning("level", value, high, quantity.unit)

    def _touches(self, event: Event, clause: Clause) -> bool:
        """Only small words or a comparison between the verb and the number."""
        between = self.low[event.end : clause.quantity.start]
        compare = clause.head_compare
        if compare is not None and compare.start >= event.start:
            between = self.low[compare.end : clause.quantity.start]
        for word in ("gần", "hơn", "khoảng", "trên", "thêm", "tới", "đến", "là", "được", "ước", "có"):
            between = between.replace(word, " ")
        return not between.strip(" \u00a0")

    # ---- bases ----------------------------------------------------------------------------------------------

    def _compare(self, clause: Clause, measure: str) -> Comparison | None:
        if measure not in ("growth", "index", "change"):
            return None
        for compare in (clause.tail_compare, clause.head_compare):
            if compare is not None and compare.kind != "plan":
                return compare
        mention = clause.tail_mention
        if mention is not None and any(e.kind in ("equal", "times") for e in clause.head) and mention.kind not in ("date", "this"):
            return Comparison(mention.start, mention.end, "period", mention)
        return None

    def _share_bases(self, drafts: list[Draft]) -> None:
        """A base said once holds for its list: forward from where it stands, or back from the end of the sentence."""
        state = self.state
        compared = [d for d in drafts if d.measure in ("growth", "index", "change")]
        following: Comparison | None = None
        explicit = [d.compare for d in compared]
        for index, draft in enumerate(compared):
            compare = draft.compare
            if compare is None:
                before = next((c for c in reversed(explicit[:index]) if c is not None), None) or self._led(drafts, draft)
                following = next((c for c in explicit[index + 1 :] if c is not None), None)
                compare = before or following or self._paired(compared, index) or self._kept(draft)
                draft.inferred.append("base")
                if compare is not None and not self._suits(compare, draft, drafts):
                    compare = None
            if draft.period is None:
                continue
            kind = compare.kind if compare is not None else "prev_year"
            draft.base = self._base_of(kind, draft.period, compare.mention if compare is not None else None)
            if compare is not None and compare.kind == "period" and draft.base.length > draft.period.length == 1 and draft.base.last % 12 == draft.period.last % 12:
                # "đến hết tháng 6" held against half a year
                draft.period = state.period = draft.base.in_year(draft.period.end_year)
        named = [c for d in drafts for c in d.clause.named if c.kind != "plan"]
        if named:
            state.compare = named[-1]
        told = [d for d in compared if d.compare is not None]
        if len(told) >= 2 and told[-2].subject == told[-1].subject and told[-2].period == told[-1].period:
            state.pair = [told[-2].compare, told[-1].compare]  # type: ignore[list-item]

    @staticmethod
    def _led(drafts: list[Draft], draft: Draft) -> Comparison | None:
        """The base that opens the sentence: "So với tháng 7, có 7/11 nhóm hàng tăng giá: giáo dục tăng 1,12%"."""
        named = [c for d in drafts for c in d.clause.named if c.kind != "plan" and c.end <= draft.clause.quantity.start]
        return named[-1] if named else None

    def _suits(self, compare: Comparison, draft: Draft, drafts: list[Draft]) -> bool:
        """Whether a figure can have a base told of others; what is held against a month is told of a month."""
        against = compare.mention.kind if compare.mention is not None else ""
        if draft.period is None or draft.period.length < 4 or compare.kind != "prev" and against not in ("month", "quarter"):
            return True
        stated = any(d.own_period for d in drafts[: drafts.index(draft) + 1])
        if stated or against == "quarter" or self.context.month is None:
            return False
        draft.period = self.state.period = self.context.month
        return True

    def _kept(self, draft: Draft) -> Comparison | None:
        """The base of the sentence before, where the figure's period can have it."""
        compare = self.state.compare
        if compare is None or draft.period is None:
            return None
        if compare.mention is not None and compare.mention.kind not in ("month", "quarter"):
            return None
        return compare

    def _paired(self, compared: list[Draft], index: int) -> Comparison | None:
        """ "khai khoáng 82,6% và 97,9%" after a sentence that held one subject against two bases."""
        pair = self.state.pair
        if len(pair) != 2:
            return None
        same = [i for i, d in enumerate(compared) if d.subject == compared[index].subject and d.compare is None]
        if len(same) == 2 and abs(same[0] - same[1]) == 1 and index in same:
            return pair[same.index(index)]
        return None

    def _base_of(self, kind: str, period: Period, mention: Mention | None) -> Period:
        if mention is not None:
            if mention.kind == "year" or mention.kind == "whole":
                year = mention.year or self.context.year
                return period.in_year(year) if year and period.length <= 12 else Period.year(year)
            nearby = mention.kind in ("month", "quarter") or mention.shift
            year = mention.year or (period.end_year if nearby else period.end_year - 1)
            found = mention.resolve(year, None)
            if found is not None:
                if found == period or found.first > period.last:
                    return found.shift_years(-1)
                return found
        if kind == "prev" and period.length in (1, 3):
            return period.before()
        if kind == "december":
            return Period.month(period.start_year - 1, 12)
        if period.length > 12:
            return Period(period.first - 12, period.first - 1)
        return period.shift_years(-1)

    # ---- the result -----------------------------------------------------------------------------------------

    def _figure(self, draft: Draft, at: str) -> Figure:
        quantity = draft.clause.quantity
        lower, upper = self._bounds(draft)
        subject = draft.subject
        code = subject.indicator
        if ":" in code and len(code) > 100:
            code = code[:100].rsplit(" ", 1)[0]
        unit = draft.unit
        label = subject.label or self.text[quantity.number_end : quantity.end].strip()
        growing = draft.measure == "growth" and unit == "%/year"
        return Figure(
            doc=self.name, start=quantity.start, end=quantity.end, number=self.text[quantity.start : quantity.end],
            label=label, indicator=code, segment=subject.segment, measure=draft.measure, value=draft.value,
            value_high=draft.high, of=quantity.of, unit=unit, lower=lower, upper=upper, status=draft.status,
            hedge=draft.hedge, area=draft.area, period=draft.period.code if draft.period else None,
            base=draft.base.code if draft.base and not growing else None, price_basis=draft.price,
            inferred=tuple(dict.fromkeys(draft.inferred)), doubt=draft.doubt, at=at,
        )  # fmt: skip

    def _bounds(self, draft: Draft) -> tuple[Decimal, Decimal]:
        quantity = draft.clause.quantity
        scale = _HUNDRED if quantity.kind == "times" else quantity.scale
        kind = "counted" if quantity.kind in ("counted", "open") else quantity.kind if quantity.kind != "none" else "percent"
        lower, upper = interval(draft.value, quantity.written, scale, draft.hedge, kind=kind)  # type: ignore[arg-type]
        if draft.high is not None:
            upper = max(upper, draft.high)
            lower = min(lower, draft.high)
        return lower, upper


_BOTH = re.compile(r"\b(?:đều|cùng)\b(?! (?:kỳ|kì|tháng|quý|thời|với))|xuất khẩu và nhập khẩu")
_TWO_TRADES = re.compile(r"xuất khẩu và nhập khẩu|xuất, nhập khẩu|xuất nhập khẩu")
_COUNTED_ANY = re.compile(r"(lượt khách|lượt người|khách|lượt|lao động|người|hộ|con|hành khách)\b")
_COUNTED_HEAD = re.compile(r"(?:tổng )?(?:số )?(doanh nghiệp|hợp tác xã|dự án|hộ kinh doanh|cơ sở|chợ|siêu thị|lao động|hồ sơ|vụ|đề án|cụm công nghiệp)\b")
_NEUTRAL = frozenset(("ở mức", "là", "đạt mức", "mức", "đạt"))
_HOMES = frozenset(("promotion", "cluster", "market", "inspection", "electrification"))
_VERBS = frozenset(("direction", "than", "exceed", "times", "reach", "equal", "share", "contribution", "more"))


def fresh_share(low: str, quantity: Quantity) -> bool:
    """"bằng 54% tổng ...": the words after the percent name a whole."""
    return low[quantity.end : quantity.end + 6].strip().startswith(("tổng", "toàn", "của", "cả"))


def _ends_list(low: str, clause: Clause) -> bool:
    return "so với" in low[clause.head_start : clause.quantity.start]

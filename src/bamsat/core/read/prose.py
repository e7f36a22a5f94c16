# SPDX-License-Identifier: Apache-2.0
"""Figures from running text: one pass from left to right, its state in the open."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from typing import TypeVar

from bamsat.core.read.bases import BaseReader
from bamsat.core.read.clauses import Clause, clauses, sentences
from bamsat.core.read.context import Context, compared
from bamsat.core.read.doubts import doubt_about
from bamsat.core.read.levels import LevelReader
from bamsat.core.read.lexicon import Event, within
from bamsat.core.read.lists import ListReader
from bamsat.core.read.measures import MeasureReader
from bamsat.core.read.periods import Mention
from bamsat.core.read.quantities import NumberStyle, Quantity, QuantityReader
from bamsat.core.read.scan import Found
from bamsat.core.read.setting import SettingReader
from bamsat.core.read.state import Draft, State
from bamsat.core.read.subjects import Subject, SubjectReader, Topic
from bamsat.core.read.wholes import WholeReader
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.interval import interval

_HUNDRED = Decimal(100)
_TO_DATE = re.compile(r"(?:tính )?đến nay\b|đến thời điểm (?:này|hiện tại)|hiện (?:nay|tại|có|tỉnh|toàn)\b|hiện,")
_HOMES = frozenset(("promotion", "cluster", "market", "inspection", "electrification"))
T = TypeVar("T")


class ProseReader:
    """Reads the blocks of one document in order."""

    def __init__(
        self, name: str, text: str, low: str, found: Found, context: Context, style: NumberStyle
    ) -> None:  # fmt: skip
        events = found.events
        self.periods, self.numbers = found.periods, found.numbers
        self._period_starts = [mention.start for mention in found.periods]
        self._number_starts = [match.start() for match in found.numbers]
        self.name, self.text, self.low, self.events, self.context, self.style = name, text, low, events, context, style
        codes = {
            e.means["code"]
            for e in events
            if e.kind == "indicator" and low[e.start : e.end] not in ("sản xuất công nghiệp", "sxcn")
        }
        self.has_product = "grdp" in codes
        title = within(events, 0, context.title_end)
        home = next((e.means["family"] for e in title if e.kind == "topic" and e.means["topic"] in _HOMES), "")
        self.subjects = SubjectReader(
            text, low, has_index="iip" in codes, has_value="industrial_output" in codes, home=home
        )
        self.quantities = QuantityReader()
        self.headed = False  # the last heading named what its lines are about
        self.state = State(period=context.period, status="target" if context.plan else "actual")
        self.state.area = context.area
        self.measures = MeasureReader(low, self.state, self.subjects)
        self.bases = BaseReader(low, self.state, context)
        self.levels = LevelReader(low, self.state, self.bases)
        self.setting = SettingReader(text, low, self.state, context, found.periods)
        self.lists = ListReader(low, self.state, events)
        self.wholes = WholeReader(low, self.state, events)

    def heading(self, start: int, end: int) -> None:
        """A line without figures: it may say what the lines below it are about."""
        topic = Topic()
        before = self.state.topic.code
        events = within(self.events, start, end)
        for event in events:
            if event.kind == "indicator":
                topic.code = event.means["code"]
            elif event.kind == "topic":
                topic.field, topic.family = event.means["topic"], event.means["family"]
        self.headed = topic.code is not None or bool(topic.field)
        if topic.field in ("product", "industries") and before in ("exports", "imports") and topic.code is None:
            topic = Topic(before)  # "Chi tiết theo mặt hàng:" under exports lists goods sold, not goods made
        self.state.topic = topic
        self.state.subject = None
        inside = self._slice(self.periods, self._period_starts, start, end)
        found = [m for m in inside if m.kind not in ("date", "this")]
        period = found[0].resolve(self.context.year, self.context.period) if found else None
        self.state.period = period or self.context.period
        words = {e.kind for e in events}
        self.state.status = "target" if "target" in words or self.context.plan else "actual"
        self.state.list_period = self.state.period
        self.state.list_status = "estimate" if "estimate" in words else ""

    def block(self, start: int, end: int, at: str, *, item: bool, title: bool = False) -> list[Figure]:
        """The figures of a paragraph or a list item."""
        numbers = self._slice(self.numbers, self._number_starts, start, end)
        if not numbers and end - start >= 90:
            self._pass_over(start, end, within(self.events, start, end))
            return []
        events = within(self.events, start, end)
        periods = self._slice(self.periods, self._period_starts, start, end)
        found = (
            self.quantities.read(self.text, self.low, start, end, numbers, periods, events, self.style)
            if numbers
            else []
        )
        if not found:
            self._pass_over(start, end, events)
            return []
        state = self.state
        if not item:
            state.subject = state.main = None
            state.row, state.row_before = [], []
            state.compare, state.pair = None, []
            state.area = self.context.area
            state.target_held = False
            if not title and state.status == "target" and not self.context.plan:
                state.status = "target" if self._carries_on(events) else "actual"
            if not self._opens_with_period(periods, found):
                carried = state.status == "target" and not self.context.plan
                state.period = state.plan_period if carried and state.plan_period else self.context.period
            dated = self.context.dated
            ahead = dated is not None and state.period is not None and state.period.first > dated.last
            if ahead and _TO_DATE.match(self.low, start):
                state.period, state.status = dated, "actual"  # in a report of a plan: what there is already
            state.topic.stale = True
            state.list_status = ""
        elif state.list_period is not None and not self._opens_with_period(periods, found):
            state.period = state.list_period
        self.wholes.block(item=item)
        drafts: list[Draft] = []
        anew = False
        found_starts, period_starts = [q.start for q in found], [m.start for m in periods]
        for first, last in sentences(self.text, self.low, start, end):
            inside = self._slice(found, found_starts, first, last)
            sentence_events = within(events, first, last)
            sentence_periods = self._slice(periods, period_starts, first, last)
            anew = bool(drafts) and not inside and not sentence_periods and self.low.endswith(":", first, last)
            if inside:
                drafts += self._sentence(first, last, inside, sentence_events, sentence_periods)
            else:
                self._context_of(sentence_events)
                told = [
                    m
                    for m in sentence_periods
                    if m.kind not in ("date", "this", "range") and not compared(self.low, m.start)
                ]
                opening = told[0] if told and (len(told) == 1 or told[0].start - first <= 24) else None
                if opening is not None:
                    state.period = opening.resolve(self.context.year, self.context.period) or state.period
        if not item:
            # "IIP tháng 8 tăng 5%, 8 tháng tăng 4%. Một số sản phẩm:" leads with the month again
            state.list_period = self.context.period if anew else state.period
        return [self._figure(draft, at) for draft in drafts]

    @staticmethod
    def _slice(items: list[T], starts: list[int], start: int, end: int) -> list[T]:
        first = bisect_left(starts, start)
        return items[first : bisect_left(starts, end, lo=first)]

    @staticmethod
    def _carries_on(events: list[Event]) -> bool:
        return not any(e.kind in ("direction", "settle", "estimate") for e in events[:12])

    def _opens_with_period(self, periods: list[Mention], found: list[Quantity]) -> bool:
        return bool(periods) and periods[0].start < found[0].start and periods[0].kind != "date"

    def _pass_over(self, start: int, end: int, events: list[Event]) -> None:
        words = self.low[start:end].rstrip()
        led = words.endswith(":")
        if end - start < 90 and not words.endswith("."):
            self.heading(start, end)
        elif led and any(e.kind == "target" for e in events):
            self.state.status = "target"
        else:
            if led or not self.headed:
                self._context_of(events)  # else the heading says what the lines below are about, whatever is named here
            if not self.context.plan:
                self.state.status = "actual"

    def _context_of(self, events: list[Event]) -> None:
        for event in events:
            if event.kind == "indicator":
                self.state.topic = Topic(event.means["code"])
            elif event.kind == "topic":
                self.state.topic.field, self.state.topic.family = event.means["topic"], event.means["family"]

    def _sentence(
        self, start: int, end: int, quantities: list[Quantity], events: list[Event], periods: list[Mention]
    ) -> list[Draft]:
        state = self.state
        if state.outer_period is not None:
            (state.period, state.status), state.outer_period = state.outer_period, None
        if state.status in ("estimate", "forecast"):
            state.status = "target" if self.context.plan or state.target_held else "actual"
        state.target_held = state.target_held or state.status == "target"
        if state.aside_period is not None:
            state.period, state.aside_period = state.aside_period, None
        if state.list_status:
            state.status = state.list_status
        self.state.sentence_start = start
        self.lists.points_in(quantities)
        self.lists.units_in(quantities)
        state.lead_sign, state.pending = self.lists.lead_sign(start, quantities[0].start, events), None
        if state.area_local:
            state.area, state.area_local = self.context.area, False
        state.measure, state.bracket_measure, state.outer = "", "", None
        topics = {e.means["topic"] for e in events if e.kind == "topic"}
        spans = [(m.start, m.end) for m in periods]
        sectors = {e.means["sector"] for e in events if e.kind == "branch" and "sector" in e.means}
        if len(sectors) > 1 and self.has_product and state.topic.code in (None, "iip", "industrial_output"):
            state.topic = Topic("grdp")  # agriculture, industry and services side by side make the whole economy
        drafts: list[Draft] = []
        led = self.wholes.led(start, quantities[0].start, periods)
        if led > start:
            start, events = led, within(events, led, end)
        for clause in clauses(self.low, start, end, quantities, events, periods):
            draft = self._clause(clause, spans, topics, drafts)
            if draft is not None:
                drafts.append(draft)
                self.wholes.told(draft)
        self.lists.two_trades(drafts)
        self.lists.zip_subjects(drafts)
        self.bases.share(drafts)
        return self.lists.told_of_both(drafts)

    def _clause(
        self, clause: Clause, spans: list[tuple[int, int]], topics: set[str], drafts: list[Draft]
    ) -> Draft | None:
        state = self.state
        inferred: list[str] = []
        if not clause.bracketed and state.outer_area is not None:
            state.area, state.outer_area = state.outer_area, None
        elif clause.bracketed and state.outer_area is None:
            state.outer_area = state.area
        self.setting.place(clause)
        self._opens_with_base(clause, drafts)
        state.lead_sign = self.lists.led_again(clause) or state.lead_sign
        if not clause.bracketed:
            if state.outer is not None:
                state.subject, state.outer = state.outer, None
            if state.outer_period is not None:
                (state.period, state.status), state.outer_period = state.outer_period, None
        elif clause.mention is not None and state.outer_period is None:
            state.outer_period = (state.period, state.status)
        self.setting.starts_again(clause)
        # "... đạt 95 tỷ đồng. Kế hoạch năm 2022 là 90 tỷ đồng.": what was just told goes on behind it
        told_before = state.subject if state.status != "target" else None
        before, held = state.period, (state.status, state.target_held)
        period = self.setting.period(clause, inferred)
        self.wholes.opens(clause)
        subject, fresh = self.subjects.resolve(clause, state.topic, state.subject, spans, topics)
        whole = self._whole(clause)
        if (
            state.status == "target" and clause.mention is not None and before is not None and period is not None
            and period.last < before.first and not self.context.plan
        ):  # fmt: skip
            state.status = "actual"  # "(cuối năm 2023 là 57,4%)" beside a target of 2024
        subject, fresh = self.lists.parallel(clause, subject, fresh)
        subject = self.wholes.again(clause, subject, fresh, drafts)
        if not fresh:
            inferred.append("indicator")
            if clause.mention is None and not state.own_period and not clause.bracketed:
                beside = next((d for d in reversed(drafts) if not d.clause.bracketed), None)
                if beside is not None and beside.subject == subject and not beside.clause.base_level:
                    period = self.setting.tail_period(clause, beside.period)
        if not clause.bracketed and clause.mention is not None and self._is_aside(clause):
            state.aside_period = before
        period = self.setting.so_far(clause, subject, period)
        unit_a_year = clause.quantity.unit == "%/year" or any(e.kind == "per_year" for e in clause.head)
        if unit_a_year and clause.quantity.kind == "percent" and period is not None and period.length <= 12:
            period = self.context.span or period
        if clause.last_year and period is not None:
            period = period.shift_years(-1)
        status = self.setting.status(clause, fresh)
        if (held_level := self.levels.of(clause, period, drafts, None if fresh else subject)) is not None:
            period, status = held_level
        if (
            status == "estimate" and clause.mention is not None and before is not None and period is not None
            and period.end_year < before.end_year and not any(e.kind == "estimate" for e in clause.head)
        ):  # fmt: skip
            status = "actual"  # "ước tăng 15,5%, trong khi 10 tháng năm 2016 chỉ tăng 9,31%"
        meaning = self.measures.meaning(clause, subject, fresh, drafts)
        if meaning is None:
            return None
        if clause.bracketed and fresh and state.outer is None:
            state.outer = state.subject
        state.subject = subject
        if whole == "trade_total" and subject.indicator in ("exports", "imports"):
            whole = None
        if (
            whole is not None
            and meaning.measure in ("share", "contribution")
            and whole != subject.indicator
            and not any(e.kind == "equal" for e in clause.head)
        ):
            subject = Subject(whole, subject.segment or subject.label or None, subject.label)
        planned = clause.plan_opens or (
            clause.head_compare is not None and clause.head_compare.kind == "plan" and not clause.head_compare.versus
        )
        if meaning.measure == "level" and planned:
            status = "target"
            if not clause.bracketed and not drafts and (told_before is None or told_before != subject):
                state.status = "target"
                state.plan_period = period
        if meaning.measure == "growth" and self.levels.leads_with_plan(clause):
            status = state.status = "target"
        if meaning.measure == "growth" and clause.head_compare and clause.head_compare.kind == "plan":
            status = "target"
        price = next(
            (e.means["basis"] for e in (*clause.head, *clause.asides, *clause.tail) if e.kind == "price"), None
        )
        if price is None and drafts and self._priced_alike(drafts, subject):
            price = drafts[-1].price or drafts[0].price
        if status == "target" and held[0] != "target" and self._is_aside(clause):
            state.status, state.target_held = held  # "..., trong khi nghị quyết chỉ đặt mục tiêu 13%/năm"
        hedge = self.setting.hedge(clause)
        compare = self.bases.compare(clause, meaning.measure)
        if state.area is not None and state.area == self.context.area and "area" in self.context.inferred:
            inferred.append("area")
        return Draft(
            clause, subject, meaning.measure, meaning.value, meaning.high, meaning.unit, status, hedge, state.area,
            period, compare, price, meaning.doubt, inferred,
            own_period=clause.mention is not None or self.state.own_period,
        )  # fmt: skip

    @staticmethod
    def _priced_alike(drafts: list[Draft], subject: Subject) -> bool:
        """Said once of a whole, the prices are those of the parts told behind it too."""
        if drafts[-1].subject == subject:
            return True
        whole = drafts[0].subject
        return whole.segment is None and subject.segment is not None and whole.indicator == subject.indicator

    def _opens_with_base(self, clause: Clause, drafts: list[Draft]) -> None:
        """ "So với tháng 7, có 4 nhóm hàng lên giá": told of the month after it, not of the span told before."""
        compare, month = clause.head_compare, self.context.month
        if drafts or compare is None or not compare.versus or month is None or self.state.period is None:
            return
        monthly = compare.kind == "prev" or (compare.mention is not None and compare.mention.kind == "month")
        opens = compare.start - self.state.sentence_start <= 3 and clause.mention is None
        if monthly and opens and self.state.period.length > 1 and self.state.period.last == month.last:
            self.state.period = month

    def _is_aside(self, clause: Clause) -> bool:
        """ "..., trong khi tháng 9 còn xuất siêu 8 triệu USD": a period for this clause alone."""
        return (
            self.low[clause.head_start : clause.quantity.start]
            .lstrip(" ,\u00a0")
            .startswith(("trong khi", "trong lúc"))
        )

    @staticmethod
    def _whole(clause: Clause) -> str | None:
        """The indicator that a share is a share of: "chiếm 45,4% GRDP"."""
        for event in clause.tail:
            if event.kind == "indicator" and event.start - clause.quantity.end <= 16:
                return str(event.means["code"])
        return None

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
            inferred=tuple(dict.fromkeys(draft.inferred)),
            doubt=doubt_about(draft, dots_group=self.style.dots_group), at=at,
        )  # fmt: skip

    def _bounds(self, draft: Draft) -> tuple[Decimal, Decimal]:
        quantity = draft.clause.quantity
        scale = _HUNDRED if quantity.kind == "times" else quantity.scale
        kind = (
            "counted"
            if quantity.kind in ("counted", "open")
            else quantity.kind
            if quantity.kind != "none"
            else "percent"
        )
        lower, upper = interval(draft.value, quantity.written, scale, draft.hedge, kind=kind)  # type: ignore[arg-type]
        if draft.high is not None:
            upper = max(upper, draft.high)
            lower = min(lower, draft.high)
        return lower, upper

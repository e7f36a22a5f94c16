# SPDX-License-Identifier: Apache-2.0
"""Figures told in rows: lists led by one verb, numbers zipped with their subjects, one number of two indicators."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from bamsat.core.read.clauses import Clause
from bamsat.core.read.lexicon import Event, within
from bamsat.core.read.quantities import Quantity
from bamsat.core.read.state import Draft, State
from bamsat.core.read.subjects import Subject

_BOTH = re.compile(r"\b(?:đều|cùng)\b(?! (?:kỳ|kì|tháng|quý|thời|với))|xuất khẩu và nhập khẩu")
_NAMED = re.compile(r"[^\W\d_]{2}[ \u00a0]?[:=][ \u00a0]?$")
_TWO_TRADES = re.compile(r"xuất khẩu và nhập khẩu|xuất, nhập khẩu|xuất nhập khẩu")


class ListReader:
    """Reads what one item of a list takes from the others."""

    def __init__(self, low: str, state: State, events: list[Event]) -> None:
        self.low, self.state, self.events = low, state, events
        self.points_told = False

    def points_in(self, quantities: list[Quantity]) -> None:
        """ "6,9 điểm phần trăm, dịch vụ 2,6 điểm": the short form of what the text spelled out."""
        self.points_told = self.points_told or any(q.kind == "point" for q in quantities)
        if self.points_told:
            for quantity in quantities:
                if quantity.unit == "điểm":
                    quantity.unit, quantity.kind = "point", "point"

    def units_in(self, quantities: list[Quantity]) -> None:
        """ "50 tỷ đồng (FDI: 40; trong nước: 10)": parts are told in the unit of their whole."""
        whole, closed = None, 0
        for before, quantity in pairwise(quantities):
            if before.kind in ("money", "physical") and self.low.startswith((" (", "("), before.end):
                whole, closed = before, self.low.find(")", before.end)
            if whole is None or quantity.kind != "none" or quantity.of is not None or quantity.start > closed:
                continue
            if _NAMED.search(self.low, max(before.end, quantity.start - 40), quantity.start):
                quantity.value = quantity.value / quantity.scale * whole.scale
                quantity.unit, quantity.kind, quantity.scale = whole.unit, whole.kind, whole.scale

    def lead_sign(self, start: int, first: int, events: list[Event]) -> int:
        colon = self.low.rfind(":", start, first)
        led = [e for e in events if e.kind == "direction" and e.end <= colon]
        return int(led[-1].means["sign"]) if led and colon > 0 else 0

    def led_again(self, clause: Clause) -> int:
        """ "Nhiều hơn cùng kỳ có đường 152 nghìn tấn (9,6%), ...; ít hơn có thuốc viên 486 triệu viên (3,7%)"."""
        led = [e for e in clause.head if e.kind == "direction"]
        if not led or clause.quantity.kind not in ("physical", "counted", "money", "open"):
            return 0
        between = self.low[led[-1].end : clause.quantity.start]
        return int(led[-1].means["sign"]) if re.search(r"[ \u00a0](?:có|gồm|là)[ \u00a0:]", between) else 0

    def two_trades(self, drafts: list[Draft]) -> None:
        """ "xuất khẩu và nhập khẩu lần lượt đạt 80 triệu USD và 65 triệu USD": one number for each."""
        for one, two in pairwise(drafts):
            head = self.low[one.clause.head_start : one.clause.quantity.start]
            respectively = any(e.kind == "respectively" for e in (*one.clause.head, *two.clause.head, *two.clause.tail))
            if respectively and _TWO_TRADES.search(head) and not self._fresh(two) and one.measure == two.measure:
                one.subject = Subject("exports", None, one.subject.label)
                two.subject = Subject("imports", None, one.subject.label)

    def zip_subjects(self, drafts: list[Draft]) -> None:
        """Two levels, then two changes without a subject: the first is of the first, the second of the second."""
        for index in range(2, len(drafts) - 1):
            first, second, one, two = drafts[index - 2 : index + 2]
            levels = first.measure == second.measure == "level" and first.subject != second.subject
            bare = not self._fresh(one) and not self._fresh(two) and one.measure == two.measure == "growth"
            same_base = one.clause.tail_compare is None and not self.low[
                two.clause.head_start : two.clause.quantity.start
            ].strip(" \u00a0,và")
            if levels and bare and same_base:
                one.subject, two.subject = first.subject, second.subject

    @staticmethod
    def _fresh(draft: Draft) -> bool:
        return "indicator" not in draft.inferred

    def told_of_both(self, drafts: list[Draft]) -> list[Draft]:
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
            elif (
                index >= 2
                and not self._fresh(draft)
                and drafts[index - 2].subject != drafts[index - 1].subject
                and drafts[index - 2].measure == drafts[index - 1].measure == "level"
            ):
                told[-1] = replace(draft, subject=drafts[index - 2].subject)
                told.append(replace(draft, subject=drafts[index - 1].subject))
        return told

    def parallel(self, clause: Clause, subject: Subject, fresh: bool) -> tuple[Subject, bool]:
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

# SPDX-License-Identifier: Apache-2.0
"""Levels that are told of something else than the period at hand: of the base held against, or of the plan."""

from __future__ import annotations

import re

from bamsat.core.read.bases import BaseReader
from bamsat.core.read.clauses import Clause, Comparison
from bamsat.core.read.state import Draft, State
from bamsat.core.read.subjects import Subject
from bamsat.core.terms.period import Period

_NEAR = 40  # characters
_ABOUT = r"(?:[ \u00a0]*(?:khoảng|gần|hơn|trên|chừng|xấp xỉ))?[ \u00a0]*$"
_MARK = r"(?:mức|con số|số|ngưỡng|mốc)(?:[ \u00a0](?:đạt|thực hiện|đạt được))?"
# "so với (con số) 95 tỷ đồng của cùng kỳ", "cao hơn mức 95 tỷ đồng cùng kỳ", "từ 95 tỷ đồng cùng kỳ lên ..."
_AGAINST = re.compile(
    rf"(?:^|[ \u00a0,(])(?:so|so với|so sánh với|từ(?:[ \u00a0]{_MARK})?"
    rf"|(?:so|so với|hơn|kém|vượt|dưới|trên|bằng|từ)[ \u00a0]{_MARK}){_ABOUT}"
)
# between the base's name and its level: "so với quý I là 40 tỷ", "so CK: 54 tỷ", "bằng 104% tháng trước (11,5 tấn)"
_NAMES_IT = re.compile(rf"[ \u00a0]*(?:là|:|: là|chỉ là|mới là|vốn là|\([ \u00a0]*(?:là|chỉ|khoảng)?){_ABOUT}")
_BEHIND = re.compile(rf"[ \u00a0]*,?[ \u00a0]*\({_ABOUT}")
# between the plan's name and its level: "50% kế hoạch cả năm là 200 tỷ", "75% KH giao 300 tỷ", "dự toán năm (250 tỷ)"
_PLANNED = re.compile(
    r"[ \u00a0]*(?:(?:của[ \u00a0])?(?:cả[ \u00a0])?năm"
    r"|(?:được|đã|do)?[ \u00a0]*(?:tỉnh|trung ương|tw|hđnd|ubnd|bộ|sở)?(?:[ \u00a0]tỉnh)?[ \u00a0]*giao"
    r"|đề ra|đặt ra)?[ \u00a0]*"
    rf"(?:là|với mức|ở mức|:|\([ \u00a0]*(?:là|kế hoạch|kh|:|=)*)?{_ABOUT}"
)
_OF_BASE = re.compile(
    r"[ \u00a0]*(?:\([ \u00a0]*)?(?:(?:thực hiện|đạt được|đạt|ghi nhận)[ \u00a0])?(?:của|trong|ở|vào|hồi)?[ \u00a0]*"
)
_ITSELF = re.compile(r"(?:kế hoạch|kh|dự toán|chỉ tiêu|mục tiêu)[ \u00a0](?:của[ \u00a0])?(?:tháng|quý)")


class LevelReader:
    """Says of a level whether it is that of a base or of a plan, for the clauses of one document."""

    __slots__ = ("_bases", "_low", "_state")

    def __init__(self, low: str, state: State, bases: BaseReader) -> None:
        self._low, self._state, self._bases = low, state, bases

    def of(
        self, clause: Clause, period: Period | None, drafts: list[Draft], subject: Subject | None
    ) -> tuple[Period, str] | None:
        """The period and status of a level that is a base's or a plan's; `subject` None where its words name one."""
        if period is None or clause.quantity.kind in ("percent", "point", "times"):
            return None
        if (aside := self._plan_aside(clause, period)) is not None:
            return aside, "target"
        if clause.base_level:
            compare = clause.head_compare
            monthly = compare is not None and compare.kind == "prev" and period.length in (1, 3)
            return period.before() if monthly else period.shift_years(-1), "actual"
        if self._goes_on(clause, drafts):
            return (drafts[-1].period, "actual") if drafts[-1].period is not None else None
        last = drafts[-1] if drafts else None
        base = self._held_against(clause, period, last)
        if base is None and last is not None and subject is not None:
            # marked, so that what follows goes on with the period before it
            if (planned := self._planned(clause, last)) is not None:
                clause.base_level = True
                return planned, "target"
            base = self._behind(clause, last, drafts, subject)
        if base is not None:
            clause.base_level = True
            told = last.compare if last is not None else None
            guessed = told is not None and " ước " in self._low[told.start : min(told.end, clause.quantity.start)]
            return base, "estimate" if guessed else "actual"
        return None

    def _between(self, words: re.Pattern[str], start: int, end: int) -> bool:
        """Whether only such words stand between; never looked for in a long stretch."""
        return 0 <= end - start <= _NEAR and words.fullmatch(self._low, start, end) is not None

    def _held_against(self, clause: Clause, period: Period, last: Draft | None) -> Period | None:
        """ "tăng 5% so với 95 tỷ đồng của cùng kỳ", "so với cùng kỳ (95 tỷ đồng) tăng 5%"."""
        at = clause.quantity.start
        head, tail = clause.head_compare, clause.tail_compare
        if head is not None and head.kind != "plan" and clause.bracketed and self._between(_BEHIND, head.end, at):
            return self._bases.base_of(head, period)
        mention = clause.tail_mention
        if tail is None and mention is not None and mention.kind not in ("date", "this"):
            tail = Comparison(mention.start, mention.end, "period", mention)
        if tail is None or tail.kind == "plan" or not self._between(_OF_BASE, clause.quantity.end, tail.start):
            return None
        started = max(clause.head_start - 16, last.clause.quantity.end if last is not None else 0, at - _NEAR)
        if _AGAINST.search(self._low, started, at) is None:
            return None
        own = last.period if last is not None and last.measure in ("growth", "index", "change") else None
        if last is not None and own is not None and last.compare is None:
            last.compare = tail
        if own is None and tail.mention is mention is not None:
            return period  # already that of the words behind the number
        return self._bases.base_of(tail, own or period)

    def _behind(self, clause: Clause, last: Draft, drafts: list[Draft], subject: Subject) -> Period | None:
        """ "so với quý I/2021 là 40 tỷ đồng", "(cùng kỳ: 28,8 tỷ đồng)", "so với cùng kỳ (691,6 triệu USD)"."""
        if last.compare is None or last.period is None or last.measure not in ("growth", "index", "change"):
            return None
        at, after = clause.quantity.start, last.compare.end
        if not self._between(_NAMES_IT, after, at):
            return None
        if clause.bracketed and self._between(_BEHIND, after, at):
            # Only where this period's own level was told: "tăng 4,1% so với cùng kỳ (720 triệu USD)" may well tell it.
            told = any(d.measure == "level" and d.subject == subject and d.period == last.period for d in drafts)
            if not told:
                return None
        return self._bases.base_of(last.compare, last.period)

    def _plan_aside(self, clause: Clause, period: Period) -> Period | None:
        """ "... đạt 80 tỷ đồng (kế hoạch năm 2021 là 95 tỷ đồng)": the plan of what stands before the bracket."""
        plan = clause.head_plan
        if plan is None or plan.versus or not clause.bracketed or plan.mention is None:
            return None
        opened = self._low[max(0, plan.start - 2) : plan.start].rstrip().endswith("(")
        if not opened or not self._between(_PLANNED, plan.end, clause.quantity.start):
            return None
        return plan.mention.resolve(period.end_year, None)

    def _planned(self, clause: Clause, last: Draft) -> Period | None:
        """ "hoàn thành 50% kế hoạch cả năm là 200 tỷ đồng", "bằng 38,6% kế hoạch năm (3.120 triệu USD)"."""
        plan = next(
            (c for c in (last.clause.tail_compare, last.clause.head_compare) if c is not None and c.kind == "plan"),
            None,
        )
        at = clause.quantity.start
        if last.measure != "plan_ratio" or plan is None or last.period is None:
            return None
        if plan.end <= last.clause.quantity.end:  # "so với kế hoạch đạt 75% (300 tỷ đồng)": behind the percent itself
            return None
        if not self._between(_PLANNED, plan.end, at):
            return None
        if plan.mention is not None and plan.mention.kind in ("month", "quarter", "span", "year"):
            own = plan.mention.resolve(last.period.end_year, None)
            if own is not None:
                return own
        if _ITSELF.match(self._low, plan.start):
            return last.period
        return Period.year(last.period.end_year)

    def leads_with_plan(self, clause: Clause) -> bool:
        """ "Mục tiêu năm 2024: IIP tăng 9%": what follows the colon is the plan's."""
        plan = clause.head_plan
        return plan is not None and clause.plan_opens and self._low.startswith((":", " :", ","), plan.end)

    def _goes_on(self, clause: Clause, drafts: list[Draft]) -> bool:
        """ "Cùng kỳ năm trước, xuất khẩu đạt 310 triệu USD, nhập khẩu đạt 200 triệu USD": one base opens them all."""
        first = drafts[0].clause if drafts else None
        opening = first.head_compare if first is not None and first.base_level else None
        led = opening is not None and opening.start - self._state.sentence_start <= 3
        levels = all(d.measure == "level" and d.period == drafts[0].period for d in drafts)
        return led and levels and clause.mention is None and clause.head_compare is None and not clause.bracketed

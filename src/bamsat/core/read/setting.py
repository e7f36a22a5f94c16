# SPDX-License-Identifier: Apache-2.0
"""Where, when and how surely: the place, period, status and hedge of a clause."""

from __future__ import annotations

import re
from bisect import bisect_left

from bamsat.core.read.clauses import Clause
from bamsat.core.read.context import Context, name_in
from bamsat.core.read.lexicon import indicators
from bamsat.core.read.periods import Mention
from bamsat.core.read.state import State
from bamsat.core.read.subjects import Subject
from bamsat.core.terms.interval import hedge_after
from bamsat.core.terms.period import Period

_STOPS = re.compile(r"\n|\.[ \u00a0]")
_SUMS = re.compile(r"(?:lũy kế|luỹ kế|cộng dồn|tính chung|\blk)(?:[ \u00a0](?:đến|hết|từ|trong|cả))*[ \u00a0]$")


class SettingReader:
    """Follows place, period and status through one document."""

    def __init__(self, text: str, low: str, state: State, context: Context, periods: list[Mention]) -> None:
        self.text, self.low, self.state, self.context = text, low, state, context
        self._periods = periods

    def starts_again(self, clause: Clause) -> None:
        """ "...; lũy kế 8 tháng 60 tấn; xi măng ước đạt 80 tấn, lũy kế 8 tháng 600 tấn": each begins with the month."""
        state, end = self.state, clause.quantity.end
        period, opened = state.period, clause.head_start
        if period is None or not 2 <= period.length <= 12 or clause.mention is not None or clause.bracketed:
            return
        if clause.quantity.kind in ("percent", "point", "times") or any(e.kind == "cumulative" for e in clause.head):
            return
        if opened > state.sentence_start and ";" not in self.low[max(0, opened - 2) : opened + 2]:
            return
        after = bisect_left(self._periods, end, key=lambda mention: mention.start)
        mention = self._periods[after] if after < len(self._periods) else None
        if mention is None or mention.kind != "span" or mention.start - end > 120:
            return
        between = self.low[end : mention.start]
        if (
            _STOPS.search(between) is None
            and _SUMS.search(between)
            and mention.resolve(period.end_year, None) == period
        ):
            month = self.context.month
            state.period = (
                month if month is not None and month.last == period.last else Period(period.last, period.last)
            )

    def place(self, clause: Clause) -> None:
        for event in clause.head:
            if event.kind != "area" or (not self.text[event.start].isupper() and event.means["name"] != "Cả nước"):
                continue
            before = self.low[max(clause.head_start, event.start - 14) : event.start].rstrip()
            if before.endswith(
                (
                    "sang",
                    "hỗ trợ",
                    "công ty",
                    "nhà máy",
                    "thủy điện",
                    "từ",
                    "tập đoàn",
                    "điện lực",
                    "samsung",
                    "cục",
                    "báo",
                    "cảng",
                    "đến",
                    "cùng",
                    "gạch",
                    "xi măng",
                    "thép",
                    "khu công nghiệp",
                    "kcn",
                    "sở công thương",
                    "với",
                )
            ):
                continue
            self.state.area = name_in(event.means, self.context.year)
            self.state.area_local = before.endswith(("ở", "tại"))

    def period(self, clause: Clause, inferred: list[str]) -> Period | None:
        state, context = self.state, self.context
        mention = clause.mention
        self.state.own_period = state.pending is not None or any(e.kind == "cumulative" for e in clause.head)
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
            # "cả năm" is the year that is spoken of: 2020 in a paragraph about 2020, whatever the document's own
            year = state.period.end_year if mention.kind == "whole" and state.period is not None else context.year
            found = mention.resolve(year, context.this(self.low[mention.start : mention.end]))
            if found is not None:
                state.period = found
                if not mention.year:
                    inferred.append("period")
                own = found
                return self.tail_period(clause, own)
        if state.period is not None and any(e.kind == "cumulative" for e in clause.head) and state.period.length <= 3:
            state.period = Period.months(state.period.end_year, 1, state.period.last % 12 + 1)
        if state.period is not None and state.period == context.period:
            inferred.append("period")
        return self.tail_period(clause, state.period)

    def tail_period(self, clause: Clause, period: Period | None) -> Period | None:
        mention = clause.tail_mention
        if mention is None or mention.kind == "date":
            return period
        held = any(e.kind in ("equal", "times") for e in clause.head) or self.state.measure == "index"
        if held and clause.quantity.kind in ("percent", "times"):
            return period
        between = self.low[clause.quantity.end : mention.start]
        if len(between) > 60:
            return period
        found = mention.resolve(self.context.year, self.context.this(self.low[mention.start : mention.end]))
        if found is not None and clause.quantity.kind in ("counted", "open"):
            self.state.period = found
        return found or period

    def so_far(self, clause: Clause, subject: Subject, period: Period | None) -> Period | None:
        """ "Hết tháng 9, xuất khẩu đạt ..." tells a flow from January on; of a stock it tells the end of the month."""
        mention, told = clause.mention, self.context.period
        if mention is None or mention.kind not in ("month", "date") or period is None or period.length > 1:
            return period
        until = self.low.endswith(("hết ", "đến ngày ", "đến "), 0, mention.start)
        if until and told is not None and told.length > 1 and told.last == period.last:
            self.state.period = told  # "Đến hết tháng 9 ..." in a report of nine months
            return told
        if mention.kind != "month":
            return period
        known = indicators().get(subject.indicator)
        if known is None or known.adds_up != "flow" or not self.low.endswith("hết ", 0, mention.start):
            return period
        self.state.period = Period.months(period.end_year, 1, period.last % 12 + 1)
        return self.state.period

    def status(self, clause: Clause, fresh: bool) -> str:
        state = self.state
        kinds = [e.kind for e in (*clause.head, *clause.asides)]
        if "estimate" in kinds:
            state.status = "estimate"
        elif "target" in kinds:
            state.status, state.target_held = "target", True
        elif "expect" in kinds or any(
            e.kind == "forecast_base" and not self._held_against(e.start) for e in clause.head
        ):
            state.status = "target" if state.status == "target" else "forecast"
        elif (
            (state.status == "target" and not self.context.plan and self._done(clause))
            or "settle" in kinds
            or (fresh and state.status == "estimate" and self._plain_reach(clause))
        ):
            state.status, state.target_held = "actual", False
        return state.status

    def _held_against(self, start: int) -> bool:
        return self.low[max(0, start - 8) : start].rstrip().endswith(("hơn", "với", "kém", "mức", "so"))

    def _done(self, clause: Clause) -> bool:
        head = self.low[clause.head_start : clause.quantity.start]
        return "thực hiện" in head or "đã đạt" in head or "giải ngân" in head

    def _plain_reach(self, clause: Clause) -> bool:
        return any(
            e.kind == "reach" and self.low[e.start : e.end] in ("đạt", "đạt được", "thực hiện", "là")
            for e in clause.head
        )

    def hedge(self, clause: Clause) -> str | None:
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
        if event.kind == "than" or (
            word.endswith((" hơn", " trên")) and event.kind in ("times", "share", "reach", "exceed")
        ):
            return "over"
        if word.endswith(" gần"):
            return "nearly"
        if word.endswith(" khoảng"):
            return "about"
        if word in ("vượt mốc", "vượt ngưỡng") or (
            event.kind == "exceed" and clause.quantity.kind in ("money", "physical")
        ):
            return "over"
        return None

# SPDX-License-Identifier: Apache-2.0
"""The period that a growth, an index or a change is held against."""

from __future__ import annotations

from bamsat.core.read.clauses import Clause, Comparison
from bamsat.core.read.context import Context
from bamsat.core.read.periods import Mention
from bamsat.core.read.state import Draft, State
from bamsat.core.terms.period import Period


class BaseReader:
    """Gives the figures of each sentence of one document their bases."""

    def __init__(self, low: str, state: State, context: Context) -> None:
        self.low, self.state, self.context = low, state, context

    def compare(self, clause: Clause, measure: str) -> Comparison | None:
        if measure not in ("growth", "index", "change"):
            return None
        head = clause.head_compare
        near = head is not None and clause.quantity.start - head.end <= 24
        near = near and not self._head_is_told(clause)
        for compare in (head, clause.tail_compare) if near else (clause.tail_compare, head):
            if compare is not None and compare.kind != "plan":
                return compare
        mention = clause.tail_mention
        if (
            mention is not None
            and (any(e.kind in ("equal", "times") for e in clause.head) or self.state.measure == "index")
            and mention.kind not in ("date", "this")
        ):
            return Comparison(mention.start, mention.end, "period", mention)
        return None

    @staticmethod
    def _head_is_told(clause: Clause) -> bool:
        """ "giảm so với cùng kỳ, tăng 3,2% so với tháng trước": the first base has a verb but no number."""
        head, tail = clause.head_compare, clause.tail_compare
        if head is None or tail is None or tail.kind == "plan":
            return False
        verbs = [e for e in clause.head if e.kind in ("direction", "than", "equal", "exceed")]
        return any(e.end <= head.start for e in verbs) and any(e.start >= head.end for e in verbs)

    def share(self, drafts: list[Draft]) -> None:
        """A base said once holds for its list: forward from where it stands, or back from the end of the sentence."""
        state = self.state
        compared = [d for d in drafts if d.measure in ("growth", "index", "change")]
        named = [c for d in drafts for c in d.clause.named if c.kind != "plan"]
        ahead = self._ahead(compared)
        lead = [c for c in named if compared and c.end <= compared[0].clause.quantity.start]
        if len(lead) >= 2 and len(compared) >= 2 and lead[-1].start - lead[-2].end <= 24:
            state.pair = lead[-2:]  # "(so với tháng trước và so với cùng kỳ): dệt tăng 5,65% và 14,82%; ..."
            for draft in compared:
                draft.compare = None if draft.compare in lead else draft.compare
            named = [c for c in named if c not in lead]
        said: Comparison | None = None
        for index, draft in enumerate(compared):
            compare = draft.compare
            if compare is not None:
                said = compare
            else:
                before, following = said or self._led(named, draft), ahead[index]
                compare = (
                    before or following or self._paired(compared, index) or self._of_prices(draft) or self._kept(draft)
                )
                compare = self._moved_on(compare, draft, compared[index - 1] if index else None)
                draft.inferred.append("base")
                if compare is not None and not self._suits(compare, draft, drafts):
                    compare = None
            if draft.period is None:
                continue
            kind = compare.kind if compare is not None else "prev_year"
            draft.base = self._base_of(kind, draft.period, compare.mention if compare is not None else None)
            if compare is None and (start := self._climbed_from(draft, drafts)) is not None:
                draft.base = start
            if (
                compare is not None
                and compare.kind == "period"
                and draft.base.length > draft.period.length == 1
                and draft.base.last % 12 == draft.period.last % 12
            ):
                # "đến hết tháng 6" held against half a year
                draft.period = state.period = draft.base.in_year(draft.period.end_year)
        if named:
            state.compare = named[-1]
        elif any(d.own_period for d in drafts):
            state.compare = None  # a new period has a base of its own
        told = [d for d in compared if d.compare is not None]
        if len(told) >= 2 and told[-2].subject == told[-1].subject and told[-2].period == told[-1].period:
            state.pair = [told[-2].compare, told[-1].compare]  # type: ignore[list-item]

    @staticmethod
    def _climbed_from(draft: Draft, drafts: list[Draft]) -> Period | None:
        """ "từ 17.900 tỷ đồng năm 2015 lên 30.430 tỷ đồng năm 2020, gấp 1,7 lần": against where it started."""
        if draft.clause.quantity.kind != "times":
            return None
        at = next(i for i, one in enumerate(drafts) if one is draft)
        if at < 2:
            return None
        start, end = drafts[at - 2], drafts[at - 1]
        levels = start.measure == end.measure == "level" and start.subject == end.subject == draft.subject
        before = start.period is not None and draft.period is not None and start.period.last < draft.period.first
        return start.period if levels and before else None

    def base_of(self, compare: Comparison, period: Period) -> Period:
        """The period that a comparison names for a figure of some period."""
        return self._base_of(compare.kind, period, compare.mention)

    @staticmethod
    def _ahead(compared: list[Draft]) -> list[Comparison | None]:
        """For each draft the next base that is said after it; found from the end, since a list may be very long."""
        found: list[Comparison | None] = []
        following: Comparison | None = None
        for draft in reversed(compared):
            found.append(following)
            following = draft.compare or following
        return found[::-1]

    @staticmethod
    def _led(named: list[Comparison], draft: Draft) -> Comparison | None:
        """The base that opens the sentence: "So với tháng 7, có 7/11 nhóm hàng tăng giá: giáo dục tăng 1,12%"."""
        return next((c for c in reversed(named) if c.end <= draft.clause.quantity.start), None)

    def _suits(self, compare: Comparison, draft: Draft, drafts: list[Draft]) -> bool:
        """Whether a figure can have a base told of others; what is held against a month is told of a month."""
        against = compare.mention.kind if compare.mention is not None else ""
        if (
            draft.period is None
            or draft.period.length < 4
            or (compare.kind != "prev" and against not in ("month", "quarter"))
        ):
            return True
        stated = any(d.own_period for d in drafts[: drafts.index(draft) + 1])
        if stated or against == "quarter" or self.context.month is None:
            return False
        draft.period = self.state.period = self.context.month
        return True

    @staticmethod
    def _moved_on(compare: Comparison | None, draft: Draft, before: Draft | None) -> Comparison | None:
        """ "tháng 1 tăng 0,93% so với tháng 12, tháng 2 tăng tiếp 0,42%": each against the one before it."""
        if before is None or before.period is None or draft.period is None or draft.period.length > 1:
            return compare
        stepped = draft.own_period and draft.period.before() == before.period
        return Comparison(0, 0, "prev") if stepped and before.base == before.period.before() else compare

    @staticmethod
    def _of_prices(draft: Draft) -> Comparison | None:
        """Groups of the price index are told against the month before, whatever the whole was held against last."""
        if (
            draft.subject.indicator != "cpi"
            or not draft.subject.segment
            or draft.period is None
            or draft.period.length > 1
        ):
            return None
        return Comparison(0, 0, "prev")

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
                named = period.in_year(year) if year and period.length <= 12 else Period.year(year)
                return named if named != period or mention.year else period.shift_years(-1)
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

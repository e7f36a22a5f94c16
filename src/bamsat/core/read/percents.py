# SPDX-License-Identifier: Apache-2.0
"""What a percent says: growth, plan ratio, index, share, contribution, or a change of a share in points."""

from __future__ import annotations

from decimal import Decimal

from bamsat.core.read.clauses import Clause
from bamsat.core.read.doubts import NO_DIRECTION, SHARE_OR_GROWTH
from bamsat.core.read.lexicon import Event, indicators
from bamsat.core.read.quantities import Quantity
from bamsat.core.read.state import Draft, Meaning, State
from bamsat.core.read.subjects import Subject
from bamsat.core.terms.interval import hedge_after

_HUNDRED = Decimal(100)
_TO_LEVEL = (
    "tăng lên",
    "giảm còn",
    "giảm xuống",
    "xuống",
    "còn",
    "lên",
    "nâng",
    "co lại còn",
    "chỉ còn",
    "hạ còn",
    "hạ xuống",
    "rút",
    "kéo xuống",
)
VERBS = frozenset(["direction", "than", "exceed", "times", "reach", "equal", "share", "contribution", "more"])


class PercentReader:
    """Decides the measure of the percents of one document."""

    def __init__(self, low: str, state: State) -> None:
        self.low, self.state = low, state

    def percent(self, clause: Clause, events: list[Event], subject: Subject, drafts: list[Draft]) -> Meaning | None:
        quantity, state = clause.quantity, self.state
        value, high = quantity.value, quantity.high
        unit = quantity.unit or "%"
        kinds = [e.kind for e in events]
        sign = self.sign_of(events)
        directed = any(k in ("direction", "than", "exceed") for k in kinds)
        head, tail = clause.head_compare, clause.tail_compare
        last = next((k for k in reversed(kinds) if k in VERBS), "")
        self.state.share_told = any(e.kind == "share" for e in clause.head) or bool(
            drafts and drafts[-1].measure == "share"
        )
        if last == "reach" and self.low[events[-1].start : events[-1].end] == "lên" and not self.state.share_told:
            sign, directed, last = 1, True, "direction"
        if "loại trừ" in self.low[clause.head_start : quantity.start] and drafts and drafts[-1].measure == "growth":
            return Meaning("growth", value * self.state.sign, high, unit)
        to_level = last == "reach" and self.moves_to(events)
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
            inside = self.low.rfind("(", clause.head_start, quantity.start)
            if clause.bracketed and plan is tail and not any(e.start > inside for e in clause.head):
                return Meaning("plan_ratio", value, high, "%")
            if (directed and last != "reach") or "exceed" in kinds or (plan is head and plan.versus and directed):
                less = -1 if sign < 0 else 1
                return Meaning("plan_ratio", _HUNDRED + less * value, _HUNDRED + less * high if high else None, "%")
            if (
                plan is head
                and not plan.versus
                and last == ""
                and (
                    (
                        state.measure in ("growth", "")
                        and any(d.measure == "growth" and d.subject == subject for d in drafts[-3:])
                    )
                    or (clause.bracketed and drafts and drafts[-1].measure == "growth")
                )
            ):
                return Meaning("growth", value, high, unit)
            if plan is head and not plan.versus and last == "" and not clause.bracketed and state.measure == "growth":
                return Meaning("growth", value, high, unit)
            told_beside = bool(drafts) and drafts[-1].measure == "growth" and drafts[-1].subject == subject
            if plan is head and not plan.versus and told_beside and last == "reach" and value < 50:
                return Meaning("growth", value, high, unit)  # "tăng 5,3%, trong khi kế hoạch là 6,5%"
            self.remember(clause, "plan_ratio", 1)
            return Meaning("plan_ratio", value, high, "%")
        if last == "times":
            return Meaning("index", value, high, "%")
        if last == "equal" and directed and self.low[events[-1].start : events[-1].end] == "tương ứng":
            last = "direction"
        if last == "equal" and self.low.startswith(" số ", quantity.end):
            return Meaning("share", value, high, "%")  # "tức 55,6% số vụ đã kiểm tra"
        if last == "equal":
            near = clause.tail_mention is not None and clause.tail_mention.start - quantity.end < 40
            compared = bool(tail) or bool(head) or near or any(e.kind == "versus" for e in clause.head)
            part_of = (
                not compared
                and state.measure != "index"
                and not subject.indicator.startswith("iip")
                and subject.indicator != "cpi"
            )
            if part_of and state.measure in ("plan_ratio",) and not _names_a_whole(self.low, quantity):
                return Meaning("plan_ratio", value, high, "%")
            measure = "share" if part_of else "index"
            self.remember(clause, measure, 1)
            return Meaning(measure, value, high, "%")
        shares = "share" in kinds or (any(e.kind == "share" for e in clause.head) and not directed)
        if shares and not directed:
            self.remember(clause, "share", 1)
            return Meaning("share", value, high, "%")
        if "contribution" in kinds and not directed:
            if any(e.kind == "indicator" and e.means["code"] == "grdp" for e in clause.tail):
                return Meaning("share", value, high, "%")
            return Meaning(
                "contribution" if "điểm" in self.low[quantity.end : quantity.end + 8] else "share", value, high, "%"
            )
        rising_from = (
            directed
            and high is None
            and not hedge_after(self.low, quantity.end)
            and self.low[max(0, quantity.start - 4) : quantity.start].strip() == "từ"
        )
        if rising_from:
            return Meaning("share", value, None, "%")
        held_up = self.low.endswith(("mức ", "mức tăng ", "mức chung "), 0, quantity.start)
        alone = not (tail or head) or self.low.startswith(" của ", quantity.end)
        if last == "than" and held_up and alone and drafts and drafts[-1].measure in ("growth", "share"):
            return Meaning(drafts[-1].measure, value, high, "%")  # "thấp hơn mức 3,45% của cả nước"
        if directed and not to_level:
            if ("share" in kinds and not (tail or head)) or (
                "share" in kinds and (drafts and drafts[-1].measure == "share")
            ):
                self.remember(clause, "change", sign or 1)
                return Meaning("change", value * (sign or 1), high * (sign or 1) if high else None, "point")
            if (
                drafts
                and drafts[-1].measure == "share"
                and drafts[-1].subject == subject
                and not subject.indicator.startswith(("iip", "cpi"))
                and not any(d.measure == "level" and d.subject == subject for d in drafts[-3:])
                and last in ("direction", "than")
                and value * 6 <= drafts[-1].value
            ):
                return Meaning("change", value * (sign or 1), high * (sign or 1) if high else None, "point")
            self.remember(clause, "growth", sign or 1)
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

    def _undirected(
        self,
        clause: Clause,
        subject: Subject,
        drafts: list[Draft],
        value: Decimal,
        high: Decimal | None,
        unit: str,
        last: str,
    ) -> Meaning:
        state = self.state
        known = indicators().get(subject.indicator)
        indexed = known is not None and known.adds_up == "index"
        if unit == "%/year":
            return Meaning("growth", value, high, unit)
        if subject.indicator.startswith("electrification") and value > 50:
            return Meaning("share", value, high, "%")
        measure, sign = (state.bracket_measure, state.bracket_sign) if clause.bracketed else (state.measure, state.sign)
        if not measure and state.lead_sign:
            measure, sign = "growth", state.lead_sign
        if clause.bracketed and not measure:
            previous = drafts[-1] if drafts else None
            if (
                previous is not None
                and previous.measure in ("level", "ratio")
                and not indexed
                and not _ends_list(self.low, clause)
            ):
                return Meaning("share", value, high, "%", None)
            measure, sign = state.measure, state.sign
        compare = next(
            (c for c in (clause.tail_compare, clause.head_compare) if c is not None and c.kind != "plan"), None
        )
        if compare is not None and (last in ("", "reach") or last == "equal"):
            if measure in ("plan_ratio", "index") or (value > 80 and measure != "growth"):
                return Meaning("index", value, high, "%")
            self.remember(clause, "growth", sign)
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
        if measure == "contribution" and any(d.measure == "growth" for d in drafts):
            measure = "growth"  # "..., đóng góp 11,8 điểm phần trăm; kế tiếp có điện 4,7%"
        if measure:
            self.remember(clause, measure, sign)
            if measure == "change":
                return Meaning("change", value * sign, high, "point")
            if measure == "growth" and value > 0:
                return Meaning("growth", value * sign, high * sign if high else None, unit)
            return Meaning(measure, value, high, "%")
        if indexed:
            return Meaning("index" if value > 60 else "growth", value, high, "%", NO_DIRECTION)
        if drafts and drafts[-1].measure == "growth":
            return Meaning("growth", value * state.sign, high, unit, NO_DIRECTION)
        return Meaning("share", value, high, "%", None if state.topic.field else SHARE_OR_GROWTH)

    def moves_to(self, events: list[Event]) -> bool:
        verbs = [e for e in events if e.kind in VERBS]
        word = self.low[verbs[-1].start : verbs[-1].end] if verbs else ""
        directions = [e for e in verbs if e.kind in ("direction", "than")]
        if (
            word in ("lên", "lên tới", "lên đến")
            and directions
            and "mức" in self.low[directions[-1].start : directions[-1].end]
        ):
            return False
        if word == "lên" and not self.state.share_told:
            return False
        return word.startswith(_TO_LEVEL)

    def sign_of(self, events: list[Event]) -> int:
        signs = [e.means["sign"] for e in events if e.kind in ("direction", "than", "exceed")]
        return int(signs[-1]) if signs else 0

    def remember(self, clause: Clause, measure: str, sign: int) -> None:
        state = self.state
        if clause.bracketed:
            state.bracket_measure, state.bracket_sign = measure, sign
        else:
            state.measure, state.sign = measure, sign


def _names_a_whole(low: str, quantity: Quantity) -> bool:
    """ "bằng 54% tổng ...": the words after the percent name a whole."""
    return low[quantity.end : quantity.end + 6].strip().startswith(("tổng", "toàn", "của", "cả"))


def _ends_list(low: str, clause: Clause) -> bool:
    return "so với" in low[clause.head_start : clause.quantity.start]

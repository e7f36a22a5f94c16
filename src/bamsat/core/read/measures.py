# SPDX-License-Identifier: Apache-2.0
"""How a number is to be taken: level, growth, change, plan ratio, share, index, contribution or ratio."""

from __future__ import annotations

import re
from decimal import Decimal

from bamsat.core.read.clauses import Clause
from bamsat.core.read.doubts import NO_PERCENT_SIGN, NO_UNIT, PERCENT_SIGN_ONCE, TIMES_TWO_WAYS
from bamsat.core.read.lexicon import Event
from bamsat.core.read.percents import VERBS, PercentReader
from bamsat.core.read.state import Draft, Meaning, State
from bamsat.core.read.subjects import Subject, SubjectReader

_HUNDRED = Decimal(100)
_COUNTED_ANY = re.compile(r"(lượt khách|lượt người|khách|lượt|lao động|người|hộ|con|hành khách)\b")
_COUNTED_HEAD = re.compile(
    r"(?:tổng )?(?:số )?"
    r"(doanh nghiệp|hợp tác xã|dự án|hộ kinh doanh|cơ sở|chợ|siêu thị|lao động|hồ sơ|vụ|đề án|cụm công nghiệp)\b"
)
_TAKES = ("kéo lùi", "kéo giảm", "làm giảm", "lấy mất", "lấy đi", "làm mất", "mất đi", "bớt đi", "làm hụt")
_PULLS = re.compile(r"\b(?:kéo|đẩy)\b[^,;]{2,40}\b(?:(xuống|giảm|lùi)|lên|tăng)[ \u00a0]$")
_NEUTRAL = frozenset(("ở mức", "là", "đạt mức", "mức", "đạt"))


class MeasureReader:
    """Decides the measure of each clause of one document."""

    def __init__(self, low: str, state: State, subjects: SubjectReader) -> None:
        self.low, self.state, self.subjects = low, state, subjects
        self.percents = PercentReader(low, state)

    def meaning(self, clause: Clause, subject: Subject, fresh: bool, drafts: list[Draft]) -> Meaning | None:
        quantity = clause.quantity
        events = self._last_words(clause)
        if quantity.of is not None:
            return Meaning("ratio", quantity.value, None, quantity.unit or "")
        if quantity.kind == "point":
            return self._points(clause, events, drafts)
        if quantity.kind == "times":
            return self._times(clause, events)
        if quantity.kind == "none":
            return self._bare(clause, events, subject, drafts)
        if quantity.kind == "percent":
            return self.percents.percent(clause, events, subject, drafts)
        return self._level(clause, events, drafts)

    def _last_words(self, clause: Clause) -> list[Event]:
        """The events after the last comma or colon of the head that has a verb; else all of them."""
        cut = clause.head_start
        for at in range(clause.quantity.start - 1, clause.head_start, -1):
            if self.low[at] in ",:;(" and not (self.low[at] == "," and self.low[at + 1 : at + 2].isdigit()):
                last = [e for e in clause.head if e.start > at]
                if any(e.kind in VERBS and self.low[e.start : e.end] not in _NEUTRAL for e in last):
                    cut = at
                    break
        events = [
            e if e.kind != "more" else Event(e.start, e.end, "direction", e.means)
            for e in clause.head
            if e.start >= cut and (e.kind != "more" or self._adds(e, clause))
        ]
        if (
            events
            and events[-1].kind == "than"
            and not self.low[events[-1].end : clause.quantity.start].strip(" \u00a0")
        ):
            events = events[:-1]  # "hơn" right before a number is a hedge
        return events

    def _adds(self, event: Event, clause: Clause) -> bool:
        quantity = clause.quantity
        touches = quantity.start - event.end <= 6
        compared = clause.tail_compare is not None and clause.tail_compare.kind != "plan"
        return touches and (quantity.kind in ("percent", "point") or "/" in quantity.unit or compared)

    def _points(self, clause: Clause, events: list[Event], drafts: list[Draft]) -> Meaning:
        quantity = clause.quantity
        kinds = [e.kind for e in events]
        sign = self.percents.sign_of(events)
        if pulled := _PULLS.search(self.low, clause.head_start, quantity.start):
            self.state.measure = "contribution"
            return Meaning("contribution", quantity.value * (-1 if pulled[1] else 1), quantity.high, "point")
        if self.state.measure == "contribution" and "share" not in kinds:
            takes = any(w in self.low[clause.head_start : quantity.start] for w in _TAKES)
            if not kinds and drafts and drafts[-1].measure == "contribution" and drafts[-1].value < 0:
                takes = True  # "làm giảm nhiều nhất là da, giày (2,9 điểm phần trăm), thực phẩm (1,7 điểm phần trăm)"
            sign = -1 if takes else sign
            return Meaning("contribution", quantity.value * (sign or 1), quantity.high, "point")
        if (
            "contribution" in kinds
            or any(e.kind in ("contribution",) for e in clause.tail)
            or "đóng góp" in self.low[clause.head_start : clause.tail_end]
        ):
            words = [self.low[e.start : e.end] for e in events if e.kind == "contribution"]
            sign = -1 if any(w in _TAKES for w in words) else sign or 1
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
        sign = self.percents.sign_of(events)
        if sign < 0:
            value = (1 / quantity.value - 1) * _HUNDRED if quantity.value else value
        return Meaning("growth", value, high, "%", None if "times" in kinds else TIMES_TWO_WAYS)

    def _bare(self, clause: Clause, events: list[Event], subject: Subject, drafts: list[Draft]) -> Meaning | None:
        """A number without a unit: a percent whose sign was left out, or a count that its subject names."""
        quantity = clause.quantity
        kinds = {e.kind for e in events}
        compared = clause.head_compare or clause.tail_compare
        if "," in quantity.written and (
            (kinds & {"direction", "than"} and (compared or self.state.measure))
            or ("equal" in kinds and compared)
            or "%" in self.low[clause.head_start : quantity.start]
        ):
            meaning = self.percents.percent(clause, events, subject, drafts)
            return (
                Meaning(meaning.measure, meaning.value, meaning.high, meaning.unit, NO_PERCENT_SIGN)
                if meaning
                else None
            )
        low = self.low[clause.head_start : quantity.start]
        whole = quantity.value == quantity.value.to_integral_value() and "," not in quantity.written
        if "," in quantity.written and re.search(r"[\s(,]%", self.low[self.state.sentence_start : quantity.start]):
            state = self.state
            state.measure, state.sign = state.measure or "growth", state.lead_sign or state.sign
            return Meaning(state.measure, quantity.value, quantity.high, "%", PERCENT_SIGN_ONCE)
        noun = _COUNTED_HEAD.match(low.lstrip(" -+•,;\u00a0"))
        if quantity.scale >= 1000 and (kinds or self.subjects.words(clause)):
            counted = _COUNTED_ANY.search(low)
            return Meaning("level", quantity.value, quantity.high, counted[1] if counted else "", NO_UNIT)
        if whole and noun and low.rstrip().endswith((":", "là")):
            return Meaning("level", quantity.value, None, noun[1])
        counted_before = (
            drafts and drafts[0].measure == "level" and drafts[0].clause.quantity.kind in ("none", "counted")
        )
        if (
            whole
            and counted_before
            and clause.mention is not None
            and not low[clause.mention.end - clause.head_start :].strip(" :là")
        ):
            self.state.subject = drafts[0].subject
            return Meaning("level", quantity.value, None, drafts[0].unit)
        if kinds & {"reach"} and "số " in low and quantity.value == quantity.value.to_integral_value():
            return Meaning("level", quantity.value, None, subject.label.split()[0] if subject.label else "")
        return None

    def _level(self, clause: Clause, events: list[Event], drafts: list[Draft]) -> Meaning:
        quantity = clause.quantity
        verbs = [e for e in events if e.kind in VERBS and e.kind != "estimate"]
        last = verbs[-1] if verbs else None
        value, high = quantity.value, quantity.high
        balance = next((e for e in reversed(clause.head) if e.kind == "balance"), None)
        changed = balance is not None and any(e.kind == "direction" and e.start > balance.start for e in clause.head)
        if balance is not None and quantity.kind == "money" and not changed:
            sign = balance.means["sign"]
            return Meaning("level", value * sign, high * sign if high else None, quantity.unit)
        moved = last is not None and last.kind in ("direction", "than") and not self.percents.moves_to(events)
        compare = clause.head_compare
        if (
            last is not None
            and last.kind == "reach"
            and self.low[last.start : last.end] == "là"
            and compare is not None
            and compare.kind != "plan"
        ):
            mover = next(
                (e for e in reversed(verbs) if e.kind in ("direction", "than") and e.end <= compare.start), None
            )
            if mover is not None:
                sign = mover.means["sign"] or 1
                return Meaning("change", value * sign, high * sign if high else None, quantity.unit)
        if (
            last is not None
            and last.kind == "exceed"
            and (clause.tail_compare or clause.head_compare)
            and quantity.kind == "money"
        ):
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

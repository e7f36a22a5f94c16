# SPDX-License-Identifier: Apache-2.0
"""How a number is to be taken: level, growth, change, plan ratio, share, index, contribution or ratio."""

from __future__ import annotations

import re
from decimal import Decimal

from bamsat.core.read.clauses import Clause
from bamsat.core.read.lexicon import Event, indicators
from bamsat.core.read.quantities import Quantity
from bamsat.core.read.state import Draft, Meaning, State
from bamsat.core.read.subjects import Subject, SubjectReader
from bamsat.core.terms.interval import hedge_after

_HUNDRED = Decimal(100)
_COUNTED_ANY = re.compile(r"(lượt khách|lượt người|khách|lượt|lao động|người|hộ|con|hành khách)\b")
_COUNTED_HEAD = re.compile(
    r"(?:tổng )?(?:số )?(doanh nghiệp|hợp tác xã|dự án|hộ kinh doanh|cơ sở|chợ|siêu thị|lao động|hồ sơ|vụ|đề án|cụm công nghiệp)\b"
)
_NEUTRAL = frozenset(("ở mức", "là", "đạt mức", "mức", "đạt"))
_VERBS = frozenset(("direction", "than", "exceed", "times", "reach", "equal", "share", "contribution", "more"))


class MeasureReader:
    """Decides the measure of each clause of one document."""

    def __init__(self, low: str, state: State, subjects: SubjectReader) -> None:
        self.low, self.state, self.subjects = low, state, subjects

    def meaning(self, clause: Clause, subject: Subject, fresh: bool, drafts: list[Draft]) -> Meaning | None:  # noqa: PLR0911
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
        return touches and (quantity.kind in ("percent", "point") or "/" in quantity.unit)

    def _points(self, clause: Clause, events: list[Event]) -> Meaning:
        quantity = clause.quantity
        kinds = [e.kind for e in events]
        sign = self._sign(events)
        if self.state.measure == "contribution" and "share" not in kinds:
            sign = (
                -1
                if any(w in self.low[clause.head_start : quantity.start] for w in ("kéo lùi", "kéo giảm", "làm giảm"))
                else sign
            )
            return Meaning("contribution", quantity.value * (sign or 1), quantity.high, "point")
        if (
            "contribution" in kinds
            or any(e.kind in ("contribution",) for e in clause.tail)
            or "đóng góp" in self.low[clause.head_start : clause.tail_end]
        ):
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
        if "," in quantity.written and (
            kinds & {"direction", "than"}
            and (compared or self.state.measure)
            or "%" in self.low[clause.head_start : quantity.start]
        ):
            meaning = self._percent(clause, events, subject, drafts)
            return (
                Meaning(meaning.measure, meaning.value, meaning.high, meaning.unit, "văn bản không ghi dấu %")
                if meaning
                else None
            )
        low = self.low[clause.head_start : quantity.start]
        whole = quantity.value == quantity.value.to_integral_value() and "," not in quantity.written
        if "," in quantity.written and re.search(r"[\s(,]%", self.low[self.state.sentence_start : quantity.start]):
            state = self.state
            state.measure, state.sign = state.measure or "growth", state.lead_sign or state.sign
            return Meaning(state.measure, quantity.value, quantity.high, "%", "dấu % ghi một lần ở đầu")
        noun = _COUNTED_HEAD.match(low.lstrip(" -+•,;\u00a0"))
        if quantity.scale >= 1000 and (kinds or self.subjects.words(clause)):
            counted = _COUNTED_ANY.search(low)
            return Meaning("level", quantity.value, quantity.high, counted[1] if counted else "", "không thấy đơn vị")
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
        self.state.share_told = any(e.kind == "share" for e in clause.head) or bool(
            drafts and drafts[-1].measure == "share"
        )
        if last == "reach" and self.low[events[-1].start : events[-1].end] == "lên" and not self.state.share_told:
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
            if (
                plan is head
                and not plan.versus
                and last == ""
                and (
                    state.measure in ("growth", "")
                    and any(d.measure == "growth" and d.subject == subject for d in drafts[-3:])
                    or clause.bracketed
                    and drafts
                    and drafts[-1].measure == "growth"
                )
            ):
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
            if part_of and state.measure in ("plan_ratio",) and not _names_a_whole(self.low, quantity):
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
        if directed and not to_level:
            if (
                "share" in kinds
                and not (tail or head)
                or "share" in kinds
                and (drafts and drafts[-1].measure == "share")
            ):
                self._remember(clause, "change", sign or 1)
                return Meaning("change", value * (sign or 1), high * (sign or 1) if high else None, "point")
            if (
                drafts
                and drafts[-1].measure == "share"
                and drafts[-1].subject == subject
                and not subject.indicator.startswith(("iip", "cpi"))
                and not any(d.measure == "level" and d.subject == subject for d in drafts[-3:])
                and last in ("direction", "than")
            ):
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
        if (
            word in ("lên", "lên tới", "lên đến")
            and directions
            and "mức" in self.low[directions[-1].start : directions[-1].end]
        ):
            return False
        if word == "lên" and not self.state.share_told:
            return False
        return word.startswith(
            (
                "tăng lên",
                "giảm còn",
                "giảm xuống",
                "xuống",
                "còn",
                "lên",
                "nâng",
                "co lại còn",
                "chỉ còn",
                "tăng từ",
                "giảm từ",
                "hạ còn",
                "hạ xuống",
                "rút",
            )
        )

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


def _names_a_whole(low: str, quantity: Quantity) -> bool:
    """ "bằng 54% tổng ...": the words after the percent name a whole."""
    return low[quantity.end : quantity.end + 6].strip().startswith(("tổng", "toàn", "của", "cả"))


def _ends_list(low: str, clause: Clause) -> bool:
    return "so với" in low[clause.head_start : clause.quantity.start]

# SPDX-License-Identifier: Apache-2.0
"""Wholes and their parts: what a list of parts is parts of, and the whole told again behind it."""

from __future__ import annotations

import re

from bamsat.core.read.clauses import Clause
from bamsat.core.read.lexicon import Event, within
from bamsat.core.read.periods import Mention
from bamsat.core.read.state import Draft, State
from bamsat.core.read.subjects import Subject
from bamsat.core.terms.period import Period

_CODES = frozenset(("iip", "cpi", "industrial_output", "retail_services", "exports", "imports", "grdp"))
_TRADE = ("exports", "imports")
_RETAIL = ("retail_goods", "retail_services")
_SUMS_UP = re.compile(r"[;. ]*(?:tính chung|lũy kế|luỹ kế|cộng dồn|chung cả|cộng cả)\b")
_TOTAL = re.compile(
    r"\btổng (?:mức|giá trị|trị giá|kim ngạch|doanh thu|sản lượng|số|cộng|nộp|vốn)\b(?! [^\W\d_]+ (?:này|đó))"
    r"|\b(?:toàn ngành|tính chung|cộng chung|chung (?:lại|cả)|cả (?:hai|ba|bốn|năm) (?:khu vực|nhóm|khối|ngành))\b"
)
_ALL_TRADE = re.compile(r"\btổng kim ngạch\b(?![ \u00a0](?:xuất|nhập|hai|xnk|xk|nk|hàng|ngoại))")
_LIST = re.compile(
    r"[-+•*\s]*(?:(?:(?:nếu )?(?:phân|chia|xét|tính|bóc tách|phân chia|phân tổ)(?: ra)? theo|theo|(?:xét |về )?cơ cấu)"
    r"[ \u00a0][^:;,.()\d\n]{2,60}|(?:về )?cơ cấu)[ \u00a0]?:"
)


class WholeReader:
    """Follows wholes and parts through one document."""

    __slots__ = ("_events", "_first", "_low", "_state")

    def __init__(self, low: str, state: State, events: list[Event]) -> None:
        self._low, self._state, self._events = low, state, events
        self._first: dict[str, Period | None] = {}  # the period that each indicator was told of first

    def block(self, *, item: bool) -> None:
        """A new paragraph or item: nothing is a part of what stood before it."""
        self._state.topic.whole, self._state.topic.parts = None, 0
        if not item:
            self._first.clear()

    def led(self, start: int, first: int, periods: list[Mention]) -> int:
        """Where a sentence's own words begin behind "Phân theo thị trường:"; those only say what is listed."""
        match = _LIST.match(self._low, start, first)
        if match is None:
            return start
        topic = self._state.topic
        inside = within(self._events, start, match.end())
        named = next((str(e.means["code"]) for e in inside if e.kind == "indicator"), topic.code)
        if named is None or (named in _CODES and topic.code is None):
            return start
        topic.code, topic.stale = named, False
        self._state.subject = topic.whole = Subject(named, None, "")
        topic.parts = 0
        if not any(m.start < first for m in periods):
            self._state.period = self._first.get(named) or self._state.period
        return match.end()

    def opens(self, clause: Clause) -> None:
        """ "..., trong đó ...", "..., gồm ...": what was just told is the whole of what follows."""
        subject = self._state.subject
        if clause.bracketed or subject is None or subject.segment:
            return
        if any(
            e.kind == "parts" or (e.kind == "reach" and self._low.startswith("bao gồm", e.start)) for e in clause.head
        ):
            self._state.topic.whole, self._state.topic.parts = subject, 0

    def again(self, clause: Clause, subject: Subject, fresh: bool, drafts: list[Draft]) -> Subject:
        """The whole, where the clause tells of it without its name; else the subject as it is."""
        state, topic = self._state, self._state.topic
        whole = topic.whole or state.main
        if clause.bracketed or whole is None:
            return subject
        if clause.quantity.kind == "money" and whole.indicator.startswith("iip"):
            return subject  # no index is told in money
        if fresh and subject.indicator not in ("trade_total", "iip"):
            if not drafts and clause.mention is not None and subject.segment is None:
                topic.whole, topic.parts = None, 0  # a sentence that names its period and subject begins anew
            topic.parts += 1
            return subject
        head = self._low[clause.head_start : clause.quantity.start]
        if fresh:
            topic.parts += 1
            return self._total_of_all(subject, whole, head)
        if "tổng mức" in head and topic.code in _RETAIL:
            return Subject("retail_services", None, "tổng mức")
        sums_up = clause.mention is not None and _SUMS_UP.match(self._low, clause.head_start) is not None
        if sums_up and (whole.indicator in _CODES or topic.whole is not None):
            return whole
        if topic.whole is None or topic.parts < 2 or not self._is_part(subject, whole):
            return subject
        return whole if _TOTAL.search(head) or self._apart(clause, drafts) else subject

    def told(self, draft: Draft) -> None:
        self._first.setdefault(draft.subject.indicator, draft.period)

    def _total_of_all(self, subject: Subject, whole: Subject, head: str) -> Subject:
        """ "tổng kim ngạch" where one trade alone is told, "toàn ngành" where values are told."""
        if subject.indicator == "trade_total" and whole.indicator in _TRADE and _ALL_TRADE.search(head):
            both = all(code in self._first for code in _TRADE)
            return subject if both or "trade_total" in self._first else Subject(whole.indicator, None, whole.label)
        if subject.indicator == "iip" and whole.indicator == "industrial_output" and "toàn ngành" in head:
            return subject if "iip" in self._first else Subject("industrial_output", None, whole.label)
        return subject

    def _apart(self, clause: Clause, drafts: list[Draft]) -> bool:
        """Whether a comparison stands behind a semicolon or opens a sentence: it is not that of the last part."""
        if any(e.kind in ("share", "contribution", "balance") for e in clause.head):
            return False
        if clause.head_compare is None and clause.tail_compare is None and clause.mention is None:
            return False
        return not drafts or ";" in self._low[drafts[-1].clause.quantity.end : clause.quantity.start]

    @staticmethod
    def _is_part(subject: Subject, whole: Subject) -> bool:
        one, other = subject.indicator, whole.indicator
        if one == other:
            return subject.segment is not None
        return (other in ("retail_services", "trade_total") and one in (*_RETAIL, *_TRADE)) or (
            other == "iip" and one.startswith("iip_")
        )

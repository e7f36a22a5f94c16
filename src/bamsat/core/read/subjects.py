# SPDX-License-Identifier: Apache-2.0
"""What a figure measures: the catalogue's indicator, or a family and a name from the words of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bamsat.core.read.clauses import Clause
from bamsat.core.read.families import (
    MONEY_CODES,
    OWN_FAMILIES,
    POWER_UNITS,
    TRADE,
    FamilyReader,
    Subject,
    Topic,
    enter,
    nouns,
    without_price,
)
from bamsat.core.read.labels import LabelReader, clean, without
from bamsat.core.read.lexicon import Event, indicators
from bamsat.core.read.owners import owned_part
from bamsat.core.read.parts import PartReader

__all__ = ["Subject", "SubjectReader", "Topic"]

_LONGEST_GOODS = 5  # words of a name that stands before a colon
_SUBJECT_KINDS = frozenset(["indicator", "part", "branch", "topic", "weak_trade", "balance", "industry"])
_OVER_INDICATORS = frozenset(["promotion", "finance", "enterprise", "labour", "award", "document"])
_PRONOUN = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ|con số|chỉ tiêu|phần|mức|khoản|chỉ số|tổng mức|số|"
    r"nguồn vốn|vốn|nguồn|nhóm|lĩnh vực|khu vực|khối|mặt hàng|sản phẩm) này\b|\bcon số (?:là|ấy|đó|đạt|ước)\b"
)
_POWERED = re.compile(r"\b(?:hộ|thôn|bản|xóm|xã|dân)\b[^,;.]*\b(?:có|dùng|sử dụng|được cấp|được đóng) điện\b")
_NEW_CAPITAL = re.compile(r"dự án|cấp mới|đăng ký|thu hút|cấp phép|chủ trương|xúc tiến")
_BUDGET = re.compile(r"[-+•*\s]*(thu|chi)\b")
_NOT_EARNED = frozenset(("iip", "industrial_output", "exports", "imports", "trade_total", "budget_revenue"))
_PART_OF = re.compile(
    r"[ \u00a0](?:tổng )?(?:số (?:hộ|thôn|xã|doanh|cơ|dân|lao|người|bản|xóm|chợ)"
    r"|hộ|dân số|diện tích|doanh nghiệp|cơ sở|người dân|lao động)"
)


def clause_words(low: str, clause: Clause) -> str:
    """The words around a quantity, in lower case."""
    return low[clause.head_start : clause.tail_end]


@dataclass(slots=True)
class _Named:
    """A clause and what its head names, for the rules that are tried one after another."""

    clause: Clause
    topic: Topic
    last: Subject | None  # of the figure before
    topics: set[str]  # of the sentence
    head: str
    words: str
    events: list[Event]
    indicator: Event | None
    part: Event | None
    branch: Event | None
    industry: Event | None
    field: Event | None
    balance: Event | None
    periods: list[tuple[int, int]]  # of the sentence

    @property
    def kind(self) -> str:
        return self.clause.quantity.kind


Found = tuple[Subject, bool] | None


class SubjectReader:
    """Resolves the subjects of the clauses of one document."""

    __slots__ = ("_families", "_has_index", "_has_value", "_labels", "_low", "_parts", "_rules", "_text")

    def __init__(self, text: str, low: str, *, has_index: bool, has_value: bool, home: str) -> None:
        self._text, self._low = text, low
        self._has_index, self._has_value = has_index, has_value
        self._labels = LabelReader(text)
        self._families = FamilyReader(text, low, self._labels, home)
        self._parts = PartReader(text, low, has_index=has_index, has_value=has_value)
        # the first rule that knows a subject gives it
        self._rules = (
            self._of_owner, self._of_balance, self._of_power, self._of_goods, self._named_after, self._counted,
            self._of_relief, self._by_indicator, self._by_part, self._by_industry, self._by_branch, self._of_budget,
        )  # fmt: skip

    def words(self, clause: Clause) -> str:
        """The open words of a clause's head."""
        return self._labels.words(clause, [])[0]

    def resolve(
        self,
        clause: Clause,
        topic: Topic,
        last: Subject | None,
        periods: list[tuple[int, int]],
        sentence_topics: set[str],
    ) -> tuple[Subject, bool]:
        """The clause's subject, and whether its own words named it."""
        head = self._low[clause.head_start : clause.quantity.start]
        if last is not None and _PRONOUN.search(head) and clause.quantity.kind not in ("counted", "open"):
            return Subject(last.indicator, last.segment, last.label), False
        words, _ = self._labels.words(clause, periods)
        if _POWERED.search(head) and clause.quantity.kind in ("percent", "none"):
            return Subject(f"electrification:{words.lower()}", None, words), True
        named = self._named(clause, topic, last, sentence_topics, head, words, periods)
        for rule in self._rules:
            found = rule(named)
            if found is not None:
                return found
        return self._open(named)

    def _named(
        self, clause: Clause, topic: Topic, last: Subject | None, topics: set[str], head: str, words: str,
        periods: list[tuple[int, int]],
    ) -> _Named:  # fmt: skip
        """The last event of each sort that the head names."""
        events = [e for e in clause.head if e.kind in _SUBJECT_KINDS and self._counts(e, clause)]
        indicator = next((e for e in reversed(events) if e.kind in ("indicator", "weak_trade")), None)
        if indicator is not None and indicator.kind == "weak_trade" and not self._weak_trade(indicator, clause, topic):
            events.remove(indicator)
            indicator = next((e for e in reversed(events) if e.kind == "indicator"), None)
        if indicator is not None and indicator.kind == "indicator":
            indicator = self._leading(events, indicator)
            opens = self._low.rfind(";", clause.head_start, indicator.start)  # what closes there names nothing here
            events = [e for e in events if e.start > opens]
        latest = {e.kind: e for e in events}
        return _Named(
            clause, topic, last, topics, head, words, events, indicator, latest.get("part"), latest.get("branch"),
            latest.get("industry"), latest.get("topic"), latest.get("balance"), periods,
        )  # fmt: skip

    def _of_balance(self, n: _Named) -> Found:
        if n.balance is None or n.kind != "money":
            return None
        return Subject("trade_balance", None, self._text[n.balance.start : n.balance.end]), True

    @staticmethod
    def _of_owner(n: _Named) -> Found:
        whole = n.last if n.clause.bracketed else n.topic.whole
        if whole is None or n.kind not in ("money", "percent", "physical"):
            return None
        return (part, True) if (part := owned_part(whole, n.words)) is not None else None

    def _of_power(self, n: _Named) -> Found:
        """ "129,2 triệu kWh điện": the unit alone names it."""
        if n.words or n.events or n.last is None or not n.clause.quantity.unit.startswith("kWh"):
            return None
        own = n.last.indicator.startswith("electricity")
        return (n.last if own else Subject("electricity_output", None, "điện")), not own

    def _of_goods(self, n: _Named) -> Found:
        """Pieces: goods made, or sold abroad where the text speaks of trade."""
        quantity, last = n.clause.quantity, n.last
        if n.kind != "counted" or quantity.of is not None or nouns().get(quantity.unit) != "piece":
            return None
        told = n.words or (last is not None and last.indicator.startswith(("product:", "exports", "imports")))
        if not told or "ocop" in clause_words(self._low, n.clause) or n.topics & {"inspection", "award", "promotion"}:
            return None
        name = n.words or (last.label if last is not None else "")
        if n.topic.code in ("exports", "imports"):
            return Subject(n.topic.code, name, name), bool(n.words)
        farmed = n.topic.field == "agriculture" and (not n.topic.stale or n.field is not None)
        if farmed or n.topic.field in ("inspection", "award", "promotion", "transport"):
            return Subject(f"{n.topic.family}:{name.lower()}", None, name), bool(n.words)
        return Subject(f"product:{name.lower()}", None, name), bool(n.words)

    def _named_after(self, n: _Named) -> Found:
        """Where the head names nothing: the words right after the number, "12% hộ dân", "80 triệu USD xuất khẩu"."""
        clause, end = n.clause, n.clause.quantity.end
        if n.words or n.events or n.kind not in ("money", "physical", "percent"):
            return None
        shared = any(e.kind in ("share", "equal", "contribution") for e in clause.head)
        if n.last is not None and n.kind == "percent" and shared:
            return None
        after = next((e for e in clause.tail if e.kind in ("indicator", "topic", "part") and e.start - end <= 4), None)
        compare = clause.tail_compare
        if after is None and n.kind == "percent" and compare is not None and n.last is None:
            after = next((e for e in clause.tail if e.kind == "indicator" and e.start - compare.end <= 6), None)
        if after is not None and after.kind == "indicator":
            code = after.means["code"]
            if code == "iip" and self._has_value and not self._has_index:
                code = "industrial_output"
            self._move(n.topic, code, None)
            subject = Subject(code, None, self._text[after.start : after.end])
            return self._fit(clause, subject, "", n.topic, n.topics), True
        stop = clause.tail_mention.start if clause.tail_mention is not None else clause.tail_end
        tail = clean(self._text[end:stop]) if stop - end > 2 else ""
        part_of = n.kind == "percent" and _PART_OF.match(self._low, end)
        thing = n.kind == "physical" and len(tail) < 80 and self._labels.says(tail)
        if part_of or thing:
            return self._families.named(clause, tail, n.topic, n.last, n.topics), True
        return None

    def _counted(self, n: _Named) -> Found:
        if n.kind != "counted" and (n.kind != "open" or n.clause.quantity.of is not None):
            return None
        subject = self._families.counted(n.clause, n.words, n.topic, n.last, n.field, n.topics)
        return subject, bool(n.words or n.events)

    def _of_relief(self, n: _Named) -> Found:
        if n.field is None or n.field.means["topic"] != "relief" or n.kind != "money":
            return None
        return self._families.named(n.clause, n.words, n.topic, n.last, n.topics), True

    def _by_indicator(self, n: _Named) -> Found:
        """The catalogue's indicator that the head names, and the part of it."""
        indicator, topic, clause, field = n.indicator, n.topic, n.clause, n.field
        if indicator is None:
            return None
        code, said = indicator.means["code"], self._low[indicator.start : indicator.end]
        label = n.words or self._text[indicator.start : indicator.end]
        if code in TRADE and topic.code == "budget_revenue" and clause.quantity.unit == "VND":
            return Subject("budget_revenue", said, label), True
        if code in ("exports", "imports") and topic.field == "transport" and n.kind in ("physical", "percent"):
            return Subject(f"other:{label.lower()}", None, label), True
        if said in ("sản xuất công nghiệp", "sxcn") and self._has_value and not self._has_index:
            code = "industrial_output"
        if field is not None and field.start > indicator.start and field.means["topic"] in _OVER_INDICATORS:
            return None
        self._move(topic, code, field)
        branch = n.branch if n.branch and not self._covers(indicator, n.branch) else None
        subject = self._coded(clause, code, branch, n.part, n.words, indicator, n.periods)
        return self._fit(clause, subject, n.words, topic, n.topics), True

    def _by_part(self, n: _Named) -> Found:
        part, field, topic = n.part, n.field, n.topic
        if part is None or (n.branch is not None and part.start < n.branch.start):
            return None
        of_labour = topic.field == "labour" and topic.code is None
        if (field is not None and field.means["topic"] == "agriculture") or of_labour or self._of_carriers(n):
            return None
        told = self._parts.part(part, topic, n.words, n.kind)
        return (self._fit(n.clause, told, n.words, topic, n.topics), True) if told is not None else None

    def _by_industry(self, n: _Named) -> Found:
        if n.industry is None or (n.branch is not None and n.industry.start <= n.branch.start):
            return None
        told = self._parts.industry(n.industry, n.topic, n.words, n.kind)
        return (self._fit(n.clause, told, n.words, n.topic, n.topics), True) if told is not None else None

    def _by_branch(self, n: _Named) -> Found:
        owned = n.field is not None and n.field.means["topic"] in OWN_FAMILIES
        if n.branch is None or owned or (n.kind == "money" and self._of_carriers(n)):
            return None
        subject = self._parts.branch(n.branch, n.topic, n.words, n.kind)
        return self._fit(n.clause, subject, n.words, n.topic, n.topics), True

    @staticmethod
    def _of_carriers(n: _Named) -> bool:
        """ "toàn ngành thu về 2.243 tỷ đồng", of those who carry goods."""
        return n.topic.field == "transport" and n.topic.code is None

    @staticmethod
    def _of_budget(n: _Named) -> Found:
        spoken = n.topic.field == "budget" or n.topic.code == "budget_revenue"
        opened = _BUDGET.match(n.head) if spoken and n.kind == "money" else None
        if opened is None:
            return None
        code = "budget_revenue" if opened[1] == "thu" else "other:chi ngân sách"
        return Subject(code, None, opened[1].capitalize()), True

    def _open(self, n: _Named) -> tuple[Subject, bool]:
        """A subject that no rule knows: its own words, the figure before it, or what the text is about."""
        clause, topic, last, words = n.clause, n.topic, n.last, n.words
        if n.field is not None:
            made = n.field.means["topic"] == "product" and self._low.startswith("sản phẩm", n.field.start)
            if made and n.kind == "physical" and ":" in n.head:
                topic.code = None  # "Sản phẩm chủ lực: ...": made, not sold
            if self._enters(n, n.field):
                enter(topic, n.field)
            if not words and n.field.means["topic"] not in ("product", "industries"):
                words = self._text[n.field.start : n.field.end]
        if words:
            return self._families.named(clause, words, topic, last, n.topics), True
        generic = next((e for e in reversed(clause.head) if e.kind == "generic"), None)
        earned = generic is not None and self._low.startswith("doanh thu", generic.start)
        if earned and n.kind == "money" and (last.indicator if last is not None else topic.code) in _NOT_EARNED:
            return Subject("other:doanh thu", None, "doanh thu"), True
        if last is not None:
            return self._fit(clause, last, last.label, topic, n.topics), False
        label = self._text[n.indicator.start : n.indicator.end] if n.indicator else ""
        if topic.code:
            subject = Subject(topic.code, None, label)
            return self._fit(clause, subject, words, topic, n.topics), False
        if not label and generic is not None:
            label = self._text[generic.start : generic.end]
        unit = self._text[clause.quantity.number_end : clause.quantity.end].strip()
        return self._families.named(clause, label or unit, topic, last, n.topics), False

    def _enters(self, n: _Named, field: Event) -> bool:
        """Whether a field that the head names is what the text now speaks of, and not an item of the list at hand."""
        topic, name, unit = n.topic, field.means["topic"], n.clause.quantity.unit
        goods = name == "agriculture" and not topic.stale and n.kind == "percent" and topic.code in TRADE
        owners = name == "fdi" and not _NEW_CAPITAL.search(n.head)
        listed = (
            (topic.code in TRADE and unit == "USD")
            or (topic.code == "cpi" and n.kind == "percent")
            or (topic.code in ("retail_goods", "retail_services") and n.kind == "money")
            or (goods and n.last is not None and n.last.indicator == topic.code)
            or (owners and topic.code in ("industrial_output", "exports", "imports"))
        )
        return not listed or (name in ("fdi", "finance") and not owners)

    def _leading(self, named: list[Event], last: Event) -> Event:
        """Of "thu ngân sách từ xuất nhập khẩu" the first names the figure."""
        before = [e for e in named if e.kind == "indicator" and e.end <= last.start]
        if before and self._low[before[-1].end : last.start].strip() in ("từ", "từ hoạt động", "cho", "qua"):
            return before[-1]
        return last

    @staticmethod
    def _covers(one: Event, other: Event) -> bool:
        return one.start <= other.start < one.end

    @staticmethod
    def _counts(event: Event, clause: Clause) -> bool:
        compare = clause.head_compare
        return compare is None or not compare.start <= event.start < compare.end

    def _weak_trade(self, event: Event, clause: Clause, topic: Topic) -> bool:
        """ "xuất" and "nhập" mean trade only next to a number of dollars or goods, or where trade is spoken of."""
        unit = clause.quantity
        close = unit.start - event.end <= 16
        return close and (
            unit.unit in ("USD",) or (topic.code in TRADE and unit.kind in ("physical", "percent", "money"))
        )

    @staticmethod
    def _move(topic: Topic, code: str, field: Event | None) -> None:
        if topic.field == "product" and code.startswith("electricity"):
            return  # one of the products in a list
        topic.code, topic.stale = code, False
        topic.field = field.means["topic"] if field is not None else ""
        topic.family = field.means["family"] if field is not None else ""

    def _coded(
        self, clause: Clause, code: str, branch: Event | None, part: Event | None, words: str, indicator: Event,
        periods: list[tuple[int, int]],
    ) -> Subject:  # fmt: skip
        label = words or self._text[indicator.start : indicator.end]
        if branch is not None:
            if code.startswith("iip"):
                if first := branch.means.get("iip"):
                    return Subject(first, None, label)
                if branch.means.get("sector") == "industry":
                    return Subject("iip", None, label)
            segment = branch.means.get("segment") or self._low[branch.start : branch.end]
            if not (code == "industrial_output" and branch.means.get("sector") == "industry"):
                return Subject(code, segment, label)
        if part is not None and part.means["code"] == code:
            return Subject(code, self._low[part.start : part.end], label)
        compared = [(e.start, e.end) for e in (clause.head_compare,) if e]
        spans = [*periods, *((e.start, e.end) for e in clause.head), *compared]
        spans = [(a, b) for a, b in spans if clause.head_start <= a < clause.quantity.start]
        opens = max(clause.head_start, self._low.rfind(";", clause.head_start, indicator.start) + 1)
        colon = self._low.find(":", opens, indicator.start)
        if len(self._low[opens:colon].split()) > _LONGEST_GOODS and colon >= 0:
            opens = colon + 1  # a sentence of its own, not the name of goods
        rest = clean(without(self._text, opens, clause.quantity.start, spans))
        named = code in ("exports", "imports") and self._labels.says(rest) and len(rest) < 40 and "," not in rest
        return Subject(code, rest if named else None, label)

    def _fit(self, clause: Clause, subject: Subject, words: str, topic: Topic, sentence_topics: set[str]) -> Subject:
        """The same subject where its unit can be measured so, else what the unit says it is."""
        unit, kind = clause.quantity.unit, clause.quantity.kind
        code = subject.indicator
        known = indicators().get(code)
        if topic.field == "transport" and code in ("exports", "imports") and kind == "physical":
            return Subject(f"other:{(words or subject.label).lower()}", None, words or subject.label)
        if known is None:
            if kind == "money" and unit in ("USD",) and topic.code in TRADE and code.startswith("product:"):
                return Subject(topic.code, subject.segment or subject.label, subject.label)
            return subject
        if "/" in unit and kind == "money" and unit != "VND/person":
            name = without_price(words or subject.label)
            return Subject(f"product:{name.lower()}", "giá", name)
        if kind == "physical":
            if unit.startswith("kWh"):
                return subject if code.startswith("electricity") else Subject("electricity_output", None, subject.label)
            if unit in POWER_UNITS:
                return Subject(f"energy:{(words or subject.label).lower()}", None, subject.label)
            if code in ("exports", "imports"):
                return Subject(code, subject.segment or (words or None), subject.label)
            name = clean(words or self._text[clause.quantity.end : clause.tail_end]) or subject.label
            return self._families.named(clause, name, topic, None, sentence_topics)
        if kind == "money" and code not in MONEY_CODES:
            if code.startswith("iip"):
                return Subject("industrial_output", subject.segment, subject.label)
            if code.startswith("electricity") or code == "cpi":
                return self._families.named(clause, words or subject.label, topic, None, sentence_topics)
        return subject

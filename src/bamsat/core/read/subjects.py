# SPDX-License-Identifier: Apache-2.0
"""What a figure measures: the catalogue's indicator, or a family and a name from the words of the text."""

from __future__ import annotations

import re

from bamsat.core.read.clauses import Clause
from bamsat.core.read.families import FamilyReader, Subject, Topic, enter, nouns
from bamsat.core.read.labels import LabelReader, clean, without
from bamsat.core.read.lexicon import Event, indicators

__all__ = ["Subject", "SubjectReader", "Topic"]

_MONEY_CODES = frozenset(
    [
        "industrial_output",
        "retail_services",
        "retail_goods",
        "exports",
        "imports",
        "trade_total",
        "trade_balance",
        "supervised_goods",
        "grdp",
        "investment",
        "budget_revenue",
    ]
)
_TRADE = frozenset(["exports", "imports", "trade_total", "trade_balance", "supervised_goods"])
_POWER_UNITS = frozenset(("MW", "kW", "kV", "MVA", "kVA", "W", "kWp", "km đường dây"))
_SUBJECT_KINDS = frozenset(["indicator", "part", "branch", "topic", "weak_trade", "balance", "industry"])
_OWN_FAMILIES = frozenset(["transport", "agriculture", "labour", "finance", "fdi"])
_PRONOUN = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ|con số|chỉ tiêu|phần|mức|khoản|chỉ số|tổng mức|số|"
    r"nguồn vốn|vốn|nguồn|nhóm|lĩnh vực|khu vực|khối|mặt hàng|sản phẩm) này\b|\bcon số (?:là|ấy|đó|đạt|ước)\b"
)
_POWERED = re.compile(r"\b(?:hộ|thôn|bản|xóm|xã|dân)\b[^,;.]*\b(?:có|dùng|sử dụng|được cấp|được đóng) điện\b")
_NEW_CAPITAL = re.compile(r"dự án|cấp mới|đăng ký|thu hút|cấp phép|chủ trương|xúc tiến")
_BUDGET = re.compile(r"[-+•*\s]*(thu|chi)\b")
_PART_OF = re.compile(
    r"[ \u00a0](?:tổng )?(?:số (?:hộ|thôn|xã|doanh|cơ|dân|lao|người|bản|xóm|chợ)"
    r"|hộ|dân số|diện tích|doanh nghiệp|cơ sở|người dân|lao động)"
)


def clause_words(low: str, clause: Clause) -> str:
    """The words around a quantity, in lower case."""
    return low[clause.head_start : clause.tail_end]


class SubjectReader:
    """Resolves the subjects of the clauses of one document."""

    __slots__ = ("_families", "_has_index", "_has_value", "_labels", "_low", "_text")

    def __init__(self, text: str, low: str, *, has_index: bool, has_value: bool, home: str) -> None:
        self._text, self._low = text, low
        self._has_index, self._has_value = has_index, has_value
        self._labels = LabelReader(text)
        self._families = FamilyReader(text, low, self._labels, home)

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
        words, _ = self._labels.words(clause, periods)
        head = self._low[clause.head_start : clause.quantity.start]
        if last is not None and _PRONOUN.search(head) and clause.quantity.kind not in ("counted", "open"):
            return Subject(last.indicator, last.segment, last.label), False
        if _POWERED.search(head) and clause.quantity.kind in ("percent", "none"):
            return Subject(f"electrification:{words.lower()}", None, words), True
        named = [e for e in clause.head if e.kind in _SUBJECT_KINDS and self._counts(e, clause)]
        unit = clause.quantity.kind
        indicator = next((e for e in reversed(named) if e.kind in ("indicator", "weak_trade")), None)
        if indicator is not None and indicator.kind == "weak_trade" and not self._weak_trade(indicator, clause, topic):
            named.remove(indicator)
            indicator = next((e for e in reversed(named) if e.kind == "indicator"), None)
        part = next((e for e in reversed(named) if e.kind == "part"), None)
        branch = next((e for e in reversed(named) if e.kind == "branch"), None)
        industry = next((e for e in reversed(named) if e.kind == "industry"), None)
        field = next((e for e in reversed(named) if e.kind == "topic"), None)
        if indicator is not None and indicator.kind == "indicator":
            indicator = self._leading(named, indicator)
        balance = next((e for e in reversed(named) if e.kind == "balance"), None)
        label = words or (self._text[indicator.start : indicator.end] if indicator else "")
        if balance is not None and unit == "money":
            return Subject("trade_balance", None, self._text[balance.start : balance.end]), True
        piece = unit == "counted" and nouns().get(clause.quantity.unit) == "piece" and clause.quantity.of is None
        if (
            piece
            and (words or (last is not None and last.indicator.startswith(("product:", "exports", "imports"))))
            and "ocop" not in clause_words(self._low, clause)
            and not sentence_topics & {"inspection", "award", "promotion"}
        ):
            name = words or (last.label if last is not None else "")
            if topic.code in ("exports", "imports"):
                return Subject(topic.code, name, name), bool(words)
            if topic.field in ("agriculture", "inspection", "award", "promotion", "transport"):
                return Subject(f"{topic.family}:{name.lower()}", None, name), bool(words)
            return Subject(f"product:{name.lower()}", None, name), bool(words)
        carried = (
            last is not None
            and unit == "percent"
            and any(e.kind in ("share", "equal", "contribution") for e in clause.head)
        )
        if not words and not named and not carried and unit in ("money", "physical", "percent"):
            after = next(
                (
                    e
                    for e in clause.tail
                    if e.kind in ("indicator", "topic", "part") and e.start - clause.quantity.end <= 4
                ),
                None,
            )
            if after is None and unit == "percent" and clause.tail_compare is not None and last is None:
                after = next(
                    (e for e in clause.tail if e.kind == "indicator" and e.start - clause.tail_compare.end <= 6), None
                )
            if after is not None and after.kind == "indicator":
                code = after.means["code"]
                if code == "iip" and self._has_value and not self._has_index:
                    code = "industrial_output"
                self._move(topic, code, None)
                return self._fit(
                    clause, Subject(code, None, self._text[after.start : after.end]), "", topic, sentence_topics
                ), True
            if unit == "percent" and _PART_OF.match(self._low, clause.quantity.end):
                tail = clean(self._text[clause.quantity.end : clause.tail_end])
                return self._families.named(clause, tail, topic, last, sentence_topics), True
            if unit == "physical" and clause.tail_end - clause.quantity.end > 2:
                tail = clean(self._text[clause.quantity.end : clause.tail_end])
                if self._labels.says(tail) and len(tail) < 80:
                    return self._families.named(clause, tail, topic, last, sentence_topics), True
        if (unit in ("counted", "open") and clause.quantity.of is None) or unit == "counted":
            return self._families.counted(clause, words, topic, last, field, sentence_topics), bool(words or named)
        if field is not None and field.means["topic"] == "relief" and unit == "money":
            return self._families.named(clause, words, topic, last, sentence_topics), True
        if indicator is not None:
            code = indicator.means["code"]
            if code in _TRADE and topic.code == "budget_revenue" and clause.quantity.unit == "VND":
                return Subject("budget_revenue", self._low[indicator.start : indicator.end], label), True
            if code in ("exports", "imports") and topic.field == "transport" and unit in ("physical", "percent"):
                return Subject(f"other:{label.lower()}", None, label), True
            if (
                self._low[indicator.start : indicator.end] == "sản xuất công nghiệp"
                and self._has_value
                and not self._has_index
            ):
                code = "industrial_output"
            if (
                field is not None
                and field.start > indicator.start
                and field.means["topic"] in ("promotion", "finance", "enterprise", "labour", "award", "document")
            ):
                indicator = None
            else:
                self._move(topic, code, field)
                subject = self._coded(
                    clause,
                    code,
                    branch if branch and not self._covers(indicator, branch) else None,
                    part,
                    words,
                    indicator,
                )
                return self._fit(clause, subject, words, topic, sentence_topics), True
        if (
            part is not None
            and (branch is None or part.start >= branch.start)
            and (field is None or field.means["topic"] not in ("agriculture",))
            and not (topic.field == "transport" and topic.code is None)
        ):
            told = self._part(part, topic, words, unit)
            if told is not None:
                return self._fit(clause, told, words, topic, sentence_topics), True
        if industry is not None and (branch is None or industry.start > branch.start):
            told = self._industry(industry, topic, words, unit)
            if told is not None:
                return self._fit(clause, told, words, topic, sentence_topics), True
        if branch is not None and not (field is not None and field.means["topic"] in _OWN_FAMILIES):
            subject = self._branch(branch, topic, words, unit, clause)
            return self._fit(clause, subject, words, topic, sentence_topics), True
        if topic.field == "budget" and unit == "money" and (opened := _BUDGET.match(head)):
            return Subject(
                "budget_revenue" if opened[1] == "thu" else "other:chi ngân sách", None, opened[1].capitalize()
            ), True
        if field is not None:
            listed = (
                (topic.code in _TRADE and clause.quantity.unit == "USD")
                or (topic.code == "cpi" and unit == "percent")
                or (topic.code in ("retail_goods", "retail_services") and unit == "money")
            )
            goods = field.means["topic"] == "agriculture" and not topic.stale and unit == "percent"
            listed = listed or (goods and topic.code in _TRADE and last is not None and last.indicator == topic.code)
            owners = field.means["topic"] == "fdi" and not _NEW_CAPITAL.search(head)
            listed = listed or (owners and topic.code in ("industrial_output", "exports", "imports"))
            if not listed or (field.means["topic"] in ("fdi", "finance") and not owners):
                enter(topic, field)
            if not words and field.means["topic"] not in ("product", "industries"):
                words = self._text[field.start : field.end]
        if words:
            return self._families.named(clause, words, topic, last, sentence_topics), True
        if last is not None:
            return self._fit(clause, last, last.label, topic, sentence_topics), False
        if topic.code:
            return self._fit(clause, Subject(topic.code, topic.segment, label), words, topic, sentence_topics), False
        return self._families.named(
            clause,
            label or self._text[clause.quantity.number_end : clause.quantity.end].strip(),
            topic,
            last,
            sentence_topics,
        ), False

    def _leading(self, named: list[Event], last: Event) -> Event:
        """Of "thu ngân sách từ xuất nhập khẩu" the first names the figure."""
        before = [e for e in named if e.kind == "indicator" and e.end <= last.start]
        if before and self._low[before[-1].end : last.start].strip() in ("từ", "từ hoạt động", "cho", "qua"):
            return before[-1]
        return last

    def _industry(self, industry: Event, topic: Topic, words: str, unit: str) -> Subject | None:
        """A second-level industry: part of the index, of output value, or goods of a trade list."""
        label = words or self._text[industry.start : industry.end]
        if (
            unit == "percent"
            and topic.field != "product"
            and topic.code
            not in (
                "exports",
                "imports",
                "industrial_output",
                "cpi",
                "retail_goods",
                "retail_services",
                "electricity_consumption",
            )
        ):
            if topic.field in ("labour", "transport"):
                return None
            return Subject("iip", label, label)
        if unit in ("percent", "money") and topic.code == "industrial_output":
            return Subject("industrial_output", label, label)
        return None

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
            unit.unit in ("USD",) or (topic.code in _TRADE and unit.kind in ("physical", "percent", "money"))
        )

    @staticmethod
    def _move(topic: Topic, code: str, field: Event | None) -> None:
        if topic.field == "product" and code.startswith("electricity"):
            return  # one of the products in a list
        topic.code = code
        topic.segment, topic.stale = None, False
        topic.field = field.means["topic"] if field is not None else ""
        topic.family = field.means["family"] if field is not None else ""

    def _coded(
        self, clause: Clause, code: str, branch: Event | None, part: Event | None, words: str, indicator: Event
    ) -> Subject:
        label = words or self._text[indicator.start : indicator.end]
        if branch is not None:
            if code.startswith("iip"):
                first = branch.means.get("iip")
                if first:
                    return Subject(first, None, label)
                if branch.means.get("sector") == "industry":
                    return Subject("iip", None, label)
            segment = branch.means.get("segment") or self._low[branch.start : branch.end]
            if not (code == "industrial_output" and branch.means.get("sector") == "industry"):
                return Subject(code, segment, label)
        if part is not None and part.means["code"] == code:
            return Subject(code, self._low[part.start : part.end], label)
        compare = clause.head_compare
        spans = [(e.start, e.end) for e in clause.head] + ([(compare.start, compare.end)] if compare else [])
        rest = clean(without(self._text, clause.head_start, clause.quantity.start, spans))
        segment = (
            rest
            if code in ("exports", "imports") and self._labels.says(rest) and len(rest) < 40 and "," not in rest
            else None
        )
        return Subject(code, segment, label)

    def _part(self, part: Event, topic: Topic, words: str, unit: str) -> Subject | None:
        code = part.means["code"]
        segment = self._low[part.start : part.end]
        current = topic.code
        if current and current != code:
            family = {
                "cpi",
                "retail_goods",
                "retail_services",
                "investment",
                "budget_revenue",
                "industrial_output",
                "exports",
                "imports",
                "grdp",
                "electricity_consumption",
            }
            if code in ("cpi",) and current not in ("cpi",):
                return None if unit != "percent" else Subject(current, segment, words or segment)
            if current == "cpi" and unit == "percent":
                return Subject("cpi", segment, words or segment)
            if current in ("exports", "imports") and code in ("retail_goods", "industrial_output"):
                return Subject(current, segment, words or segment)
            if (current == "industrial_output" and code == "investment") or code not in family:
                return Subject(code, segment, words or segment)
        elif code == "cpi" and current is None:
            return None
        if code == "industrial_output" and "công nghiệp" in segment:
            topic.code = code
            return Subject(code, segment, words or segment)
        if code == "industrial_output" and current in ("iip", "grdp", "investment", "retail_services", "retail_goods"):
            return Subject(current, segment, words or segment)
        topic.code = code if current not in ("cpi",) else current
        return Subject(code, segment, words or segment)

    def _branch(self, branch: Event, topic: Topic, words: str, unit: str, clause: Clause) -> Subject:
        means = branch.means
        segment = means.get("segment") or self._low[branch.start : branch.end]
        label = words or self._text[branch.start : branch.end]
        code = topic.code
        if code in ("cpi", "retail_goods", "retail_services") and not means.get("iip"):
            return Subject(code, label, label)
        if code in ("grdp", "investment", "electricity_consumption", "budget_revenue", "exports", "imports"):
            return Subject(code, segment, label)
        if topic.field in ("labour", "finance"):
            return Subject(f"other:{label.lower()}", None, label)
        sector = means.get("sector")
        if sector == "agriculture":
            return Subject(f"other:{label.lower()}", None, label)
        if sector == "services":
            return Subject(
                "retail_services" if code in ("retail_services", "retail_goods") else f"other:{label.lower()}",
                segment,
                label,
            )
        if sector == "industry":
            if unit == "money":
                return Subject("industrial_output", None, label)
            if code in ("iip", "industrial_output"):
                return Subject(code, None, label)
            chosen = "iip" if self._has_index and not self._has_value else "industrial_output"
            topic.code = chosen
            return Subject(chosen, None, label)
        if unit == "money" or code == "industrial_output":
            topic.code = "industrial_output"
            return Subject("industrial_output", segment, label)
        if code is None and self._has_value and not self._has_index:
            topic.code = "industrial_output"
            return Subject("industrial_output", segment, label)
        topic.code = "iip"
        return Subject(means["iip"], None, label)

    def _fit(self, clause: Clause, subject: Subject, words: str, topic: Topic, sentence_topics: set[str]) -> Subject:
        """The same subject where its unit can be measured so, else what the unit says it is."""
        unit, kind = clause.quantity.unit, clause.quantity.kind
        code = subject.indicator
        known = indicators().get(code)
        if topic.field == "transport" and code in ("exports", "imports") and kind == "physical":
            return Subject(f"other:{(words or subject.label).lower()}", None, words or subject.label)
        if known is None:
            if kind == "money" and unit in ("USD",) and topic.code in _TRADE and code.startswith("product:"):
                return Subject(topic.code, subject.segment or subject.label, subject.label)
            return subject
        if "/" in unit and kind == "money" and unit != "VND/person":
            name = words or subject.label
            return Subject(f"product:{name.lower()}", "giá", name)
        if kind == "physical":
            if unit.startswith("kWh"):
                return subject if code.startswith("electricity") else Subject("electricity_output", None, subject.label)
            if unit in _POWER_UNITS:
                return Subject(f"energy:{(words or subject.label).lower()}", None, subject.label)
            if code in ("exports", "imports"):
                return Subject(code, subject.segment or (words or None), subject.label)
            name = clean(words or self._text[clause.quantity.end : clause.tail_end]) or subject.label
            return self._families.named(clause, name, topic, None, sentence_topics)
        if kind == "money" and code not in _MONEY_CODES:
            if code.startswith("iip"):
                return Subject("industrial_output", subject.segment, subject.label)
            if code.startswith("electricity") or code == "cpi":
                return self._families.named(clause, words or subject.label, topic, None, sentence_topics)
        return subject

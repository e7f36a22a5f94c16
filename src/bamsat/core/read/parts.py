# SPDX-License-Identifier: Apache-2.0
"""Parts of an indicator: industries, branches of the economy, groups of goods, told under the indicator at hand."""

from __future__ import annotations

from bamsat.core.read.families import Subject, Topic
from bamsat.core.read.lexicon import Event

_FLOWS = frozenset(
    [
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
    ]
)
_PRICED = ("cpi", "retail_goods", "retail_services")
_NO_INDEX = frozenset(
    [
        "exports",
        "imports",
        "industrial_output",
        "cpi",
        "retail_goods",
        "retail_services",
        "electricity_consumption",
    ]
)


class PartReader:
    """Names the parts of the indicators of one document."""

    __slots__ = ("_has_index", "_has_value", "_low", "_text")

    def __init__(self, text: str, low: str, *, has_index: bool, has_value: bool) -> None:
        self._text, self._low = text, low
        self._has_index, self._has_value = has_index, has_value

    def industry(self, industry: Event, topic: Topic, words: str, unit: str) -> Subject | None:
        """A second-level industry: part of the index, of output value, or goods of a trade list."""
        label = words or self._text[industry.start : industry.end]
        if unit == "percent" and topic.field != "product" and topic.code not in _NO_INDEX:
            if topic.field in ("labour", "transport"):
                return None
            return Subject("iip", label, label)
        if unit in ("percent", "money") and topic.code == "industrial_output":
            return Subject("industrial_output", label, label)
        return None

    def part(self, part: Event, topic: Topic, words: str, unit: str) -> Subject | None:
        """A part that the catalogue lists ("hàng hóa", "vốn ngân sách"): of its own indicator or of the one at hand."""
        code = part.means["code"]
        segment = self._low[part.start : part.end]
        current = topic.code
        if current and current != code:
            if code in ("cpi",) and current not in ("cpi",):
                return None if unit != "percent" else Subject(current, segment, words or segment)
            if current == "cpi" and unit == "percent":
                return Subject("cpi", segment, words or segment)
            if current in ("exports", "imports") and code in ("retail_goods", "industrial_output"):
                return Subject(current, segment, words or segment)
            if (current == "industrial_output" and code == "investment") or code not in _FLOWS:
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

    def branch(self, branch: Event, topic: Topic, words: str, unit: str) -> Subject:
        """A branch of the economy: of the index, of output, of the whole product, or of a list of prices or trade."""
        means = branch.means
        segment = means.get("segment") or self._low[branch.start : branch.end]
        label = words or self._text[branch.start : branch.end]
        code = topic.code
        at_hand = code == "cpi" and unit == "percent" and not topic.stale
        if code is not None and (at_hand or (code in _PRICED and not means.get("iip"))):
            return Subject(code, label, label)
        if code == "electricity_consumption":
            return Subject(code, label, label)  # "công nghiệp và xây dựng", "thương nghiệp, dịch vụ": whole names
        if code in ("grdp", "investment", "budget_revenue", "exports", "imports"):
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
            if topic.whole is not None and topic.whole.indicator == code == "industrial_output":
                return Subject(code, segment, label)  # beside "tiểu thủ công nghiệp"
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

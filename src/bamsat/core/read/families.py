# SPDX-License-Identifier: Apache-2.0
"""Subjects that the catalogue does not have: a family and a name from their words, their unit and their sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bamsat.core.read.clauses import Clause
from bamsat.core.read.labels import LabelReader, clean
from bamsat.core.read.lexicon import Event, phrases
from bamsat.core.terms.vietnamese import tone_variants

MONEY_CODES = frozenset(
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
TRADE = frozenset(["exports", "imports", "trade_total", "trade_balance", "supervised_goods"])
POWER_UNITS = frozenset(("MW", "kW", "kV", "MVA", "kVA", "W", "kWp", "km đường dây"))
OWN_FAMILIES = frozenset(["transport", "agriculture", "labour", "finance", "fdi"])
_PRICE_OF = re.compile(r"^giá (?:bán lẻ |bán |mua |thu mua |xuất khẩu )?", re.IGNORECASE)
_AWARDED = ("sản phẩm", "nghệ nhân", "cá nhân", "tập thể", "người", "hộ", "danh hiệu")
_STRONG_TOPICS = (
    "relief",
    "coverage",
    "supply",
    "award",
    "inspection",
    "electrification",
    "promotion",
    "cluster",
    "market",
    "energy",
    "enterprise",
)
_INDUSTRY = re.compile(
    r"(?:các |nhóm |riêng )*(?:ngành|công nghiệp|sản xuất|chế biến|chế tạo|khai|dệt|may|in\b|in ấn|xử lý|thoát|cung cấp"
    r"|phân phối|hoạt động|sửa chữa|thu gom|truyền tải|luyện|cơ khí|toàn ngành|điện|cấp nước|nước|thuộc da|da\b"
    r"|chỉ số|tiêu thụ|tồn kho)"
)
_PRODUCT = re.compile(r"(?!vốn|dù|nhờ|do|so|bỏ|đặt|kéo)[^\W\d_]+(?: [^\W_]+){0,6}")
_ECONOMY = re.compile(r"(?:tăng trưởng |tốc độ tăng trưởng )?(?:nền )?kinh tế(?: [^\W\d_]+){0,3}")
_MADE = re.compile(
    r"[ ,(]+(?:lên|đạt|còn|xuống|với|được|ước)[^,;.\d]{0,14}\d[\d.,]*(?: triệu| nghìn| ngàn)?"
    r" (?:tấn|cái|chiếc|bộ|m3|m2|lít|đôi|kg|viên|bao|thùng|chai|lon|sản phẩm|quyển|hộp)\b"
)
_SOLD = re.compile(
    r"[ ,(]+(?:trị giá|thu|mang về|giá trị|kim ngạch|đạt|với|ước)?[^;.\d]{0,24}"
    r"\d[\d.,]*(?: triệu| tỷ| nghìn)? usd(?!/)"
)
_EARNS = re.compile(r"\b(?:mang về|thu về|đem về|đem lại)\b")
_BELONGS = re.compile(
    r"(?:tổng |với |số )*(?:vốn|kinh phí|diện tích|rộng|số tiền|mức đầu tư|doanh thu|thu nhập|lương|"
    r"trị giá|giá trị|quy mô)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The indicator, the part of it, and the words that named them."""

    indicator: str
    segment: str | None
    label: str


@dataclass(slots=True)
class Topic:
    """What the text is about at a point: a coded indicator and a field."""

    code: str | None = None
    stale: bool = False  # told in a paragraph before this one
    field: str = ""  # product, transport, agriculture, ... or ""
    family: str = ""
    whole: Subject | None = None  # what the parts at hand are parts of
    parts: int = 0  # told of it so far


@lru_cache(maxsize=1)
def nouns() -> dict[str, str]:
    return {
        way: entry["means"]["family"]
        for entry in phrases("families")
        for word in entry["says"]
        for way in tone_variants(word)
    }


def without_price(name: str) -> str:
    """The thing whose price is told.

    >>> without_price("giá bán lẻ xăng E5")
    'xăng E5'
    """
    return _PRICE_OF.sub("", name) or name


def enter(topic: Topic, field: Event) -> None:
    name = field.means["topic"]
    topic.field, topic.family = name, field.means["family"]
    if name in OWN_FAMILIES or name in _STRONG_TOPICS:
        topic.code = None


class FamilyReader:
    """Names the open subjects of one document."""

    __slots__ = ("_home", "_labels", "_low", "_text")

    def __init__(self, text: str, low: str, labels: LabelReader, home: str) -> None:
        self._text, self._low, self._labels = text, low, labels
        self._home = home  # the family of a document about one field, for what its sentences leave open

    def counted(
        self,
        clause: Clause,
        words: str,
        topic: Topic,
        last: Subject | None,
        field: Event | None,
        sentence_topics: set[str],
    ) -> Subject:
        quantity = clause.quantity
        noun = quantity.unit
        tail = clean(self._text[quantity.end : clause.tail_end]) if clause.tail_end > quantity.end else ""
        label = (
            f"{noun} {tail}".strip()[:120]
            if tail and not tail[0].isdigit()
            else (f"{noun} {words}".strip() if words else noun)
        )
        about = f"{label} {words}".lower()
        if last is not None and last.indicator.startswith("relief") and noun in ("đợt", "lần"):
            return Subject("relief:đợt hỗ trợ", None, last.label)
        if field is not None:
            enter(topic, field)
        family = nouns().get(noun)
        strong = next((name for name in _STRONG_TOPICS if name in sentence_topics), "")
        if quantity.of is not None and "coverage" in sentence_topics:
            return Subject(f"facility_coverage:{noun}", None, label)
        if strong == "award" and noun != "chợ" and (not self._home or noun in _AWARDED):
            return Subject(f"award:{label.lower()}", None, label)
        if "điện" in about and re.search(r"thủy điện|thuỷ điện|điện gió|điện mặt trời|năng lượng|nhiệt điện", about):
            return Subject(f"energy:{label.lower()}", None, label)
        if "electrification" in sentence_topics and noun in ("hộ", "thôn", "bản", "xóm", "xã", "hộ dân"):
            return Subject(f"electrification:{label.lower()}", None, label)
        if family in (None, "context", "piece"):
            if (
                last is not None
                and last.indicator.startswith("electrification")
                and noun in ("hộ", "thôn", "bản", "xóm")
            ):
                return last
            family = self._family_of_context(noun, topic, strong)
        elif family == "enterprise" and self._home == "market" and noun.startswith(("cơ sở", "hộ")):
            family = "market"
        elif (
            family == "enterprise"
            and topic.field in ("promotion", "cluster", "inspection")
            and noun not in ("doanh nghiệp", "hợp tác xã")
        ):
            family = {"promotion": "promotion", "cluster": "cluster", "inspection": "market"}[topic.field]
        return Subject(f"{family}:{label.lower()}", None, label)

    def _family_of_context(self, noun: str, topic: Topic, strong: str) -> str:
        if noun in ("vụ", "trường hợp", "hành vi", "cuộc") and (strong == "inspection" or topic.field == "inspection"):
            return "market"
        if noun in ("dự án", "lao động", "hợp đồng", "hộ", "công nhân", "đơn vị") and (
            strong == "cluster" or topic.field == "cluster"
        ):
            return "cluster"
        if (noun in ("dự án", "nhà máy") and topic.field == "energy") or (noun == "dự án" and strong == "energy"):
            return "energy"
        if strong == "promotion" or topic.field == "promotion":
            return "promotion"
        if noun == "nhà máy" or (noun in ("lao động", "công nhân") and strong == "enterprise"):
            return "enterprise"
        if noun in ("xe", "trường hợp") and topic.field == "inspection":
            return "market"
        return self._home or "other"

    def named(
        self, clause: Clause, words: str, topic: Topic, last: Subject | None, sentence_topics: set[str]
    ) -> Subject:
        """A subject that the catalogue does not have, from its words, its unit and its sentence."""
        unit, kind = clause.quantity.unit, clause.quantity.kind
        label = words
        name = label.lower()
        code = topic.code
        if kind == "money" and "/" in unit and not unit.endswith(("person", "month", "year")):
            return Subject(f"product:{without_price(name)}", "giá", without_price(label))
        if re.search(r"(?:hộ|thôn|bản|xóm|xã|dân)\b.*\b(?:có điện|dùng điện|sử dụng điện)", name):
            return Subject(f"electrification:{name}", None, label)
        owner = last.indicator.split(":")[0] if last is not None and ":" in last.indicator else ""
        if (
            owner in ("cluster", "promotion", "enterprise", "energy", "market", "award")
            and ((kind == "money" and _BELONGS.match(name)) or unit in ("ha", "m2"))
            and topic.field != "fdi"
        ):
            return Subject(f"{owner}:{name}", None, label)
        if kind == "physical" and unit in POWER_UNITS:
            return Subject(f"energy:{name}", None, label)
        if kind == "point" and code in MONEY_CODES | {"iip", "cpi", "grdp"}:
            return Subject(code, label or None, label)
        strong = next(
            (t for t in ("relief", "supply", "award", "electrification", "inspection") if t in sentence_topics), ""
        )
        if strong and not (strong == "supply" and kind == "percent"):
            family = {"inspection": "market"}.get(strong, strong)
            if kind != "percent" or strong in ("electrification",):
                return Subject(f"{family}:{name}", None, label)
        if kind == "physical":
            if unit.startswith("kWh"):
                sold = re.search(r"thương phẩm|tiêu thụ|tiêu dùng|phụ tải|cấp cho", name)
                if code in ("electricity_output", "electricity_consumption") and not sold:
                    return Subject(code, label or None, label)
                return Subject("electricity_consumption" if sold else "electricity_output", None, label)
            if code in ("exports", "imports") and topic.stale and not _SOLD.match(self._low, clause.quantity.end):
                topic.code = code = None  # a new paragraph about goods made, not sold abroad
            if code in ("exports", "imports"):
                return Subject(code, label or None, label)
            told = not topic.stale or any(e.kind == "topic" for e in clause.head)
            settled = topic.field == "transport" or (topic.field in ("agriculture", "labour") and told)
            if settled or unit in ("ton.km", "lượt khách.km"):
                return Subject(f"other:{name}", None, label)
            made = topic.field == "product" or (last is not None and last.indicator.startswith("product:"))
            if unit in ("ha", "km2", "km") or (unit == "m2" and not made):
                family = topic.family if topic.field in ("cluster", "market", "energy", "promotion") else "other"
                return Subject(f"{family or 'other'}:{name}", None, label)
            return Subject(f"product:{name}", None, label)
        if kind == "money":
            if "/" in unit:
                if unit in (
                    "VND/month",
                    "VND/year",
                    "VND/person",
                    "VND/person/month",
                    "VND/worker/month",
                    "VND/person/year",
                    "USD/person",
                ):
                    family = topic.family if topic.field in ("cluster", "enterprise", "promotion") else "other"
                    return Subject(f"{family or 'other'}:{name}", None, label)
                return Subject(f"product:{without_price(name)}", "giá", without_price(label))
            if unit == "USD" and _EARNS.search(self._low, clause.head_start, clause.quantity.start):
                topic.code = code = "exports"
            if unit == "USD" and code in TRADE:
                return Subject(code, label or None, label)
            if code in MONEY_CODES and code not in TRADE:
                return Subject(code, label or None, label)
            if topic.field and topic.family and topic.field != "product":
                family = topic.family if topic.family != "iip" else "industrial_output"
                if family == "other" and self._home:
                    family = self._home
                return Subject(f"{family}:{name}" if family != "industrial_output" else family, None, label)
            if code in ("exports", "imports"):
                return Subject(code, label or None, label)
            if code in ("iip",):
                return Subject("industrial_output", label or None, label)
            return Subject(f"other:{name}", None, label)
        if _MADE.match(self._low, clause.quantity.end) and code not in TRADE:
            return Subject(f"product:{name}", None, label)
        if _ECONOMY.fullmatch(name):
            topic.code = "grdp"
            return Subject("grdp", None, label)
        if topic.field == "product" and code not in ("exports", "imports", "cpi", "retail_goods", "retail_services"):
            return Subject(f"product:{name}", None, label)
        if topic.field in OWN_FAMILIES or topic.field in _STRONG_TOPICS:
            return Subject(f"{topic.family}:{name}", None, label)
        if last is not None and last.indicator.startswith("product:") and code not in ("cpi", "exports", "imports"):
            return Subject(f"product:{name}", None, label)
        if code:
            if code.startswith(("iip", "electricity")):
                electric = code.startswith("electricity") and "điện" in name
                if (
                    name
                    and not electric
                    and topic.field != "industries"
                    and not clause.bracketed
                    and _PRODUCT.fullmatch(name)
                    and not _INDUSTRY.match(name)
                ):
                    return Subject(f"product:{name}", None, label)
                return Subject(code if electric or not code.startswith("iip") else "iip", label or None, label)
            return Subject(code, label or None, label)
        return Subject(
            f"{self._home or 'other'}:{name}" if name and kind == "money" else f"other:{name}" if name else "other:",
            None,
            label,
        )

# SPDX-License-Identifier: Apache-2.0
"""What a document says of itself as a whole: its place, its period, its year and whether it is a plan."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bamsat.core.read.document import Document
from bamsat.core.read.lexicon import Event, data_text
from bamsat.core.read.periods import Mention
from bamsat.core.terms.period import Period

_UNIT_NAME = re.compile(
    r"(?:huyện|thị xã|thành phố|tp\.?|quận|xã|phường|thị trấn|Huyện|Thị xã|Thành phố|TP\.?|Quận|Xã|Phường|Thị trấn)"
    r"[ \u00a0]"
    r"((?:[A-ZĐÀ-Ỹ][\wà-ỹ]*)(?:[ \u00a0][A-ZĐÀ-Ỹ][\wà-ỹ]*){0,3})"
)
_BRACKETED_NAME = re.compile(r"\(([A-ZĐÀ-Ỹ][\wà-ỹ]*(?: [A-ZĐÀ-Ỹ][\wà-ỹ]*){1,3})\)")
_MONTHS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
_MONTH_NAME = re.compile(rf"[Tt]háng ({'|'.join(_MONTHS)})(?! [MH])\b")
_OF_A_MONTH = re.compile(r"tháng này|so với tháng trước|trong tháng(?! \d)")
_BARE_YEAR = re.compile(
    r"(?<![\d.,/\-–])20[0-9]{2}(?![\d%]|[.,/\-–]\d)(?=[ ,:;.\n]|$)(?! (?:tỷ|triệu|tấn|dự|hộ|doanh))"
)
_PLAN_TITLE = re.compile(
    r"chỉ tiêu[^.\n]{0,30}(?:chủ yếu|kế hoạch|phấn đấu)|phương hướng|kế hoạch (?:năm|phát triển|sản xuất|kinh)"
    r"|^\s*kế hoạch [^.\n]{0,60}năm 20|mục tiêu|phấn đấu|hướng tới|nhiệm vụ"
)
_DONE_TITLE = re.compile(r"kết quả|tình hình|vượt|đạt|hoàn thành|tổng kết|báo cáo|thực hiện|tăng|giảm|chưa chạm")


@dataclass(frozen=True, slots=True)
class Context:
    """The document's own place, period and year, and the names of those that no words state."""

    area: str | None
    period: Period | None
    year: int
    month: Period | None
    plan: bool
    inferred: tuple[str, ...]
    title_end: int = 0
    quarter: Period | None = None
    span: Period | None = None
    dated: Period | None = None  # the month that the document is dated

    def this(self, words: str) -> Period | None:
        """What "trong tháng", "trong quý", "cả giai đoạn" mean here."""
        if "quý" in words:
            return self.quarter or (self.period if self.period and self.period.length == 3 else None)
        if "giai" in words or "năm" in words:
            return self.span
        return self.month or self.period


@lru_cache(maxsize=1)
def _province_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in csv.DictReader(data_text("places/provinces.csv").splitlines()):
        names.setdefault(row["code"], row["name"])
    return names


@lru_cache(maxsize=2)
def _units_below(file: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(data_text(f"places/{file}.csv").splitlines()):
        if not row.get("valid_to", "") and file == "communes":
            continue
        found.setdefault(row["name"].lower(), set()).add(_province_names()[row["province_code"]])
    return found


@lru_cache(maxsize=1)
def _office_holders() -> tuple[tuple[str, int, int, str], ...]:
    rows = csv.DictReader(data_text("office_holders.csv").splitlines())
    return tuple((row["name"], int(row["from"][:4] or 0), int(row["to"][:4] or 9999), row["province"]) for row in rows)


def _area_from_units(text: str) -> str | None:
    """The province that most of the named districts, and then communes, lie in."""
    for file, pattern in (("districts", _UNIT_NAME), ("districts", _BRACKETED_NAME), ("communes", _UNIT_NAME)):
        votes: Counter[str] = Counter()
        for match in pattern.finditer(text):
            provinces = _units_below(file).get(match[1].lower(), set())
            if len(provinces) == 1:
                votes.update(provinces)
        if votes:
            return votes.most_common(1)[0][0]
    return None


def name_in(means: Mapping[str, Any], year: int) -> str:
    """The name that a place had in a year: Thừa Thiên Huế became Huế in 2025."""
    for name, since, until in means.get("dated", ()):
        if since <= year < until:
            return str(name)
    return str(means["name"])


def _area(document: Document, events: list[Event], title_end: int, year: int) -> tuple[str | None, bool]:
    """The document's place, and whether it had to be inferred."""
    text = document.text
    named = [event for event in events if event.kind == "area" and _stands_for_a_place(text, event)]
    title = [event for event in named if event.start < title_end and event.means["name"] != "Cả nước"]
    if title:
        return name_in(title[0].means, year), False
    named = [event for event in named if not event.means["name"].startswith("Khu vực")]
    votes = Counter(name_in(event.means, year) for event in named if event.means["name"] != "Cả nước")
    for event in named:
        if event.start < title_end + 600 and name_in(event.means, year) in votes:
            votes[name_in(event.means, year)] += 1
    # a report of the whole country names provinces too
    if named and named[0].means["name"] == "Cả nước":
        return "Cả nước", False
    if votes:
        best, count = votes.most_common(1)[0]
        if len(votes) == 1 or count > sum(votes.values()) / 2 or name_in(named[0].means, year) == best:
            return best, False
    holder = next(
        (
            province
            for name, since, until, province in _office_holders()
            if since <= year + 1 and year <= until and name in text
        ),
        None,
    )
    found = next((str(e.means["name"]) for e in events if e.kind == "outlet" and _is_outlet(text, e, title_end)), None)
    inferred = found or holder or _area_from_units(text)
    return inferred, inferred is not None


def _is_outlet(text: str, event: Event, title_end: int) -> bool:
    """A paper's name near the start or the end; its initials only as a dateline writes them: "BHG - ..."."""
    if title_end + 400 < event.start < len(text) - 400:
        return False
    said = text[event.start : event.end]
    return not event.means["mark"] or (
        said.isupper() and text[event.end : event.end + 2].strip()[:1] in ("-", "–", ")", ":")
    )


def _stands_for_a_place(text: str, event: Event) -> bool:
    return text[event.start : event.start + 1].isupper() or event.means["name"] in (
        "Cả nước",
        "Khu vực phía Bắc",
        "Khu vực phía Nam",
    )


_BASE_LEADS = (
    "cùng tháng", "cùng quý", "cùng thời điểm", "cùng giai đoạn", "đặt cạnh", "dưới", "vượt",
    "so với", "cùng kỳ", "hơn", "kém", "ngang", "bằng", "kế hoạch", "đến", "nhìn", "hướng tới",
)  # fmt: skip


def compared(low: str, start: int) -> bool:
    """Whether a period is one that something is compared with, or planned for."""
    before = low[max(0, start - 14) : start].rstrip()
    return before.endswith(_BASE_LEADS) and not before.endswith("cao bằng")  # the province, not "equal to"


def _opens(low: str, mention: Mention) -> bool:
    """Whether a period stands near the start of its sentence, outside brackets."""
    line = re.split(r"[\n.]", low[max(0, mention.start - 40) : mention.start])[-1]
    return "(" not in line and len(line) <= 36


def _period(low: str, found: list[Mention], title_end: int, year: int) -> tuple[Period | None, Mention | None]:
    stated = [m for m in found if m.kind not in ("date", "this") and not compared(low, m.start)]
    title = [m for m in stated if m.start < title_end]
    if title and _PLAN_TITLE.search(low[:title_end]):
        # "hướng tới 3.700 triệu USD năm 2019" heads a text about the year before
        own = title[0].resolve(year, None)
        body = next(
            (
                p
                for m in stated
                if title_end <= m.start < title_end + 400
                and _opens(low, m)
                and m.kind != "range"
                and (p := m.resolve(year, None))
            ),
            None,
        )
        if own is not None and body is not None and body.last < own.first:
            return body, None
    spans = [m for m in title if m.kind == "span"] or title
    for mention in (
        *spans[:1],
        *[m for m in stated if m.start < title_end + 900 and m.kind != "range"][:1],
        *stated[:1],
    ):
        period = mention.resolve(year, None)
        if period is not None:
            return period, mention
    return None, None


def context(document: Document, low: str, events: list[Event], found: list[Mention], title_end: int) -> Context:
    """Place, period and year of the document, from its title, letterhead, dateline, outlet and the places it names."""
    year = _year(document, low, found, title_end)
    period, mention = _period(low, found, title_end, year)
    area, area_inferred = _area(document, events, title_end, year)
    inferred = ["area"] if area_inferred else []
    title = low[:title_end]
    ahead = [m.resolve(year, None) for m in found if m.start < title_end and m.kind != "date"]
    looks_back = period is not None and any(p is not None and period.last < p.first for p in ahead)
    plan = bool(_PLAN_TITLE.search(title)) and not _DONE_TITLE.search(title) and not looks_back
    month = next(
        (
            m.resolve(year, None)
            for m in found
            if m.kind == "month" and m.start < title_end + 600 and not compared(low, m.start)
        ),
        None,
    )
    written = str(document.attributes.get("dated", ""))
    dated = Period.month(int(written[:4]), int(written[5:7])) if len(written) >= 7 else None
    if month is None and year:
        month = _month_in_words(document.text[: title_end + 600], year)
        if month is None and dated is not None and dated.start_year == year and _OF_A_MONTH.search(low):
            month = dated
        if month is not None and period is not None and not ahead and period.last == month.last:
            period = month  # "Giá cả tháng Hai": the span told in the text is not the document's own
    if period is None and dated is not None and year:
        period = _told_in(dated, low)
        inferred.append("period")
    if mention is not None and not mention.year:
        inferred.append("year")
    quarter = next((m.resolve(year, None) for m in found if m.kind == "quarter" and not compared(low, m.start)), None)
    span = next((m.resolve(year, None) for m in found if m.kind == "range"), None)
    return Context(area, period, year, month, plan, tuple(inferred), title_end, quarter, span, dated)


def _month_in_words(text: str, year: int) -> Period | None:
    """A month written as a name, which a capital tells from a number of months: "tháng Hai"."""
    named = _MONTH_NAME.search(text)
    return Period.month(year, _MONTHS.index(named[1]) + 2) if named else None


def _told_in(dated: Period, low: str) -> Period:
    """What a text that names no period tells of: its own month, or early in a year the year before."""
    early = dated.first % 12 < 3
    return Period.year(dated.start_year - 1) if early and re.search(r"tổng kết|năm qua|năm trước", low) else dated


def _year(document: Document, low: str, found: Iterable[Mention], title_end: int) -> int:
    rows = [m for m in found if m.year and m.kind != "range" and not compared(low, m.start)]
    for m in rows:
        if m.start < title_end and m.kind != "date":
            return m.year
    bare = _BARE_YEAR.search(low, 0, title_end)
    if bare is not None:
        return int(bare[0])
    stated = Counter(m.year for m in rows if m.kind != "date")
    if stated:
        first = next(m.year for m in rows if m.kind != "date")
        best, count = stated.most_common(1)[0]
        return first if stated[first] * 2 >= count else best
    if dated := document.attributes.get("dated"):
        return int(dated[:4])
    based = [m.year for m in found if m.year and m.kind != "range"]
    dates = [m.year for m in rows]
    if dates:
        return dates[0]
    return max(based) + 1 if based else 0


def title_end(document: Document) -> int:
    """Where the title ends: the title block, or the first line that is long enough to be one."""
    for block in document.blocks:
        if block.kind == "title":
            return block.end
    for block in document.blocks:
        if block.kind == "furniture":
            continue
        if block.end - block.start > 8:
            return block.end if block.end - block.start < 200 else block.start
    return 0

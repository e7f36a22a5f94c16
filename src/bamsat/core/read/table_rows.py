# SPDX-License-Identifier: Apache-2.0
"""The rows of a table: what a label names, how deep it stands, whether it is a place or a period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bamsat.core.read.document import Cell
from bamsat.core.read.lexicon import lexicon
from bamsat.core.read.periods import mentions
from bamsat.core.read.table_columns import Column, head_unit, whole_unit
from bamsat.core.terms.data import shipped
from bamsat.core.terms.period import Period
from bamsat.core.terms.unit import UnitFound

_DITTO = re.compile(r"[\"”“'´〃]+|-|nt|n\.t|như trên|''", re.IGNORECASE)
_PLACE = re.compile(r"(?:tỉnh|huyện|thành phố|tp\.?|thị xã|quận|xã|phường|thị trấn|đặc khu)\s+\S", re.IGNORECASE)
_PRICE = re.compile(r"giá (?:so sánh|cố định|ss)(?:\s+năm)?(?:\s+(20[12]0))?|giá (hiện hành|thực tế)")
_ROMAN = re.compile(r"[IVX]+\.?$|[A-D]\.?$")
_YEAR = re.compile(r"(?:19[5-9]|20[0-9])\d")


@dataclass(frozen=True, slots=True)
class Row:
    """What the label of a row names, under which rows above it stands."""

    label: str
    name: str
    depth: int
    unit: UnitFound | None
    unit_words: str
    parents: tuple[str, ...] = ()
    section: str = ""
    period: Period | None = None
    area: str | None = None
    named: bool = True  # the label names something besides a place


@lru_cache(maxsize=1)
def _leads() -> re.Pattern[str]:
    return re.compile(shipped("phrases/tables.yml")["labels"]["leads"])


@lru_cache(maxsize=1)
def headings() -> frozenset[str]:
    return frozenset(shipped("phrases/tables.yml")["labels"]["headings"])


def read_row(cells: tuple[Cell | None, ...], columns: list[Column], unit_words: str) -> Row | None:
    said = [
        cells[column.index]
        for column in columns
        if column.role == "label" and column.index < len(cells) and cells[column.index] is not None
    ]
    labels = [cell.text.strip() for cell in said if cell is not None and cell.text.strip()]
    if not labels:
        return None
    # "Tên cụm | Địa điểm": the name is the label, the place beside it the area
    names = [words for words in labels if _place_of(words) is None] or labels
    beside = [place for words in labels if words is not names[-1] and (place := _place_of(words))]
    label = names[-1]
    ordinal = next((cells[c.index] for c in columns if c.role == "ordinal" and c.index < len(cells)), None)
    mark = ordinal.text.strip() if ordinal is not None else ""
    name = _leads().sub("", label).strip(" :;")
    unit_cell = next((cells[c.index] for c in columns if c.role == "unit" and c.index < len(cells)), None)
    own = unit_cell.text.strip() if unit_cell is not None else ""
    unit_words = unit_words if _DITTO.fullmatch(own) else own
    unit = whole_unit(unit_words) or (None if unit_words else head_unit(label.lower()))
    if unit is None and unit_words and not any(char.isdigit() for char in unit_words):
        unit = UnitFound(unit_words.lower(), Decimal(1), "counted", 0, 0)
    name = re.sub(r"\s*\((?:đvt|đơn vị)?[^()]*\)$", "", name, flags=re.IGNORECASE) if head_unit(label.lower()) else name
    area, period = _place_of(name) or next(iter(beside), None), _period_of(name)
    named = bool(beside) or area is None
    depth = _depth(label, mark)
    if ordinal is not None and not mark and depth == 1 and name.lower() not in headings():
        depth = 3  # in a table that numbers its rows: a part of the row above
    return Row(label, name, depth, unit, unit_words, period=period, area=area, named=named)


def _depth(label: str, mark: str) -> int:
    """How deep a row stands: Roman numbers above plain ones, those above 1.1, dashes, and pluses."""
    lead = mark or label.split(" ", 1)[0]
    if label.lstrip()[:1] in "-–•":
        return 4
    if label.lstrip()[:1] in "+*":
        return 5
    if label.lower().startswith("trong đó"):
        return 4
    if _ROMAN.fullmatch(lead):
        return 0
    number = lead.strip(".)")
    if number.replace(".", "").isdigit() and (mark or lead[-1:] in ".)"):
        return 1 + number.count(".")
    if re.fullmatch(r"[a-zđ][.)]?", lead) and (mark or lead[-1:] in ".)"):
        return 3
    return 1 if not mark else 2


def _place_of(name: str) -> str | None:
    """The place that a label is, as it is written."""
    low = name.lower()
    if _PLACE.match(name) and len(name) < 50 and not names_indicator(low):
        return name
    whole = [
        event for event in lexicon().events(low) if event.kind == "area" and event.end - event.start >= len(low) - 1
    ]
    return str(whole[0].means["name"]) if whole and name[:1].isupper() else None


def _period_of(name: str) -> Period | None:
    low = name.lower().strip()
    if _YEAR.fullmatch(low):
        return Period.year(int(low))
    found = [m for m in mentions(low) if m.kind not in ("date", "this", "whole") and m.year]
    return found[0].resolve(0, None) if len(found) == 1 and found[0].end - found[0].start >= len(low) - 1 else None


def subject_words(head: str) -> str:
    """The words of a head or a caption without periods, units and comparison."""
    low = head.lower()
    for mention in sorted(mentions(low), key=lambda m: -m.start):
        head = head[: mention.start] + " " + head[mention.end :]
    head = re.sub(r"\([^()]*\)|(?:ĐVT|Đơn vị(?: tính)?)\s*:.*$|\|", " ", head, flags=re.IGNORECASE)
    head = re.sub(
        r"\b(?:ước(?: tính)?|thực hiện|kế hoạch|so với|so|cùng kỳ|lũy kế|năm trước|th|ưth|kh)\b",
        " ",
        head,
        flags=re.IGNORECASE,
    )
    return " ".join(head.split()).strip(" .,:;-")


def names_indicator(words: str) -> bool:
    return any(event.kind == "indicator" for event in lexicon().events(words.lower()))


def price_basis(words: str) -> str | None:
    found = _PRICE.search(words.lower())
    if found is None:
        return None
    return "current" if found[2] else f"constant:{found[1] or 2010}"

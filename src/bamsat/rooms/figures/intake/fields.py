# SPDX-License-Identifier: Apache-2.0
"""What a row of an import says, in which order, and the many ways in which files head and spell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from bamsat.core.terms.vietnamese import fold

# A row is a plain tuple of texts in this order: a million of them pass by. Typed numbers of a workbook come as
# "=1234.5", which is how their digits are told from those that somebody typed as text.
FIELDS = (
    "cell", "value", "period", "base", "lower", "upper", "hedge",
    "indicator", "place", "segment", "measure", "unit", "price_basis", "provider", "kind", "vintage",
)  # fmt: skip
CELL, VALUE, PERIOD, BASE, LOWER, UPPER, HEDGE = range(7)
INDICATOR, PLACE, SEGMENT, MEASURE, UNIT, PRICE_BASIS, PROVIDER, KIND, VINTAGE = range(7, 16)
HEAD = slice(INDICATOR, None)  # what many rows share

Row = tuple[str, ...]

_HEADINGS: dict[str, tuple[str, ...]] = {
    "indicator": ("chi tieu", "ten chi tieu", "ma chi tieu", "indicator", "indicator code", "san pham", "noi dung",
                  "ten san pham", "san pham chu yeu", "chi tieu chu yeu", "danh muc", "measure name"),
    "place": ("dia ban", "noi", "don vi hanh chinh", "tinh", "tinh, thanh pho", "huyen", "xa", "place", "area",
              "ref area", "dia phuong", "co so", "province", "commune"),
    "period": ("ky", "ky bao cao", "thoi gian", "period", "time period", "thoi ky", "time"),
    "base": ("ky so sanh", "ky goc", "base", "base period", "so voi ky"),
    "value": ("gia tri", "so lieu", "value", "obs value", "so", "amount"),
    "lower": ("can duoi", "lower", "tu", "lower bound"),
    "upper": ("can tren", "upper", "den", "upper bound"),
    "hedge": ("muc de dat", "hedge", "de dat"),
    "segment": ("phan to", "segment", "breakdown", "nhom"),
    "measure": ("loai so", "measure", "cach do"),
    "unit": ("don vi", "don vi tinh", "dvt", "unit", "unit measure", "dv tinh"),
    "price_basis": ("gia so sanh", "gia", "loai gia", "price basis", "prices"),
    "provider": ("nguon", "nguon so lieu", "provider", "source", "data provider"),
    "kind": ("loai", "loai so lieu", "kind", "status", "tinh trang", "thuc hien/ke hoach"),
    "vintage": ("lan cong bo", "vintage", "muc cong bo", "phien ban"),
}  # fmt: skip
HEADINGS = {name: field for field, names in _HEADINGS.items() for name in (*names, field.replace("_", " "))}

KINDS = {
    "actual": ("thuc hien", "th", "actual", "chinh thuc thuc hien", "so thuc hien"),
    "estimate": ("uoc", "uoc thuc hien", "uoc th", "estimate", "uoc dat", "uth"),
    "plan": ("ke hoach", "kh", "plan", "target", "chi tieu ke hoach", "muc tieu"),
    "forecast": ("du bao", "db", "forecast"),
}
VINTAGES = {
    "estimate": ("uoc tinh", "uoc", "estimate", "estimated", "e"),
    "preliminary": ("so bo", "preliminary", "provisional", "p"),
    "official": ("chinh thuc", "official", "final", "a"),
}
MEASURES = {
    "level": ("muc", "gia tri", "level"), "growth": ("tang truong", "toc do tang", "growth", "tang giam %"),
    "change": ("tang giam tuyet doi", "change", "tang, giam tuyet doi", "chenh lech"),
    "plan_ratio": ("so voi ke hoach", "plan ratio", "plan_ratio", "ty le hoan thanh ke hoach", "% ke hoach"),
    "share": ("ty trong", "co cau", "share"), "index": ("chi so", "index"),
    "contribution": ("dong gop", "contribution", "diem dong gop"), "ratio": ("ty le", "ratio", "ty suat"),
}  # fmt: skip
PRICE_BASES = {
    "current": ("current", "hien hanh", "gia hien hanh", "gia thuc te", "hh", "gia tt", "gia hh"),
    "constant:1994": ("constant:1994", "1994", "gia so sanh 1994", "ss 1994", "so sanh 1994", "gia co dinh 1994"),
    "constant:2010": ("constant:2010", "2010", "gia so sanh 2010", "ss 2010", "so sanh 2010", "gia co dinh 2010"),
    "constant:2020": ("constant:2020", "2020", "gia so sanh 2020", "ss 2020", "so sanh 2020", "gia co dinh 2020"),
}
HEDGES = {
    "over": ("over", "tren", "hon", ">"), "nearly": ("nearly", "gan"), "about": ("about", "khoang", "uoc", "~"),
    "at_least": ("at_least", "it nhat", "tro len", ">="), "at_most": ("at_most", "khong qua", "toi da", "<="),
}  # fmt: skip


def _turned(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {spelling: code for code, spellings in words.items() for spelling in (*spellings, code)}


KIND_WORDS, VINTAGE_WORDS, MEASURE_WORDS = _turned(KINDS), _turned(VINTAGES), _turned(MEASURES)
PRICE_WORDS, HEDGE_WORDS = _turned(PRICE_BASES), _turned(HEDGES)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")


@lru_cache(maxsize=4096)
def heading(text: str) -> str:
    """The field that a column head names, or nothing.

    >>> heading("Chỉ tiêu"), heading("ĐVT"), heading("Lần công bố"), heading("OBS_VALUE"), heading("Ghi chú")
    ('indicator', 'unit', 'vintage', 'value', '')
    """
    folded = fold(text.replace("_", " ").replace("\n", " ")).strip(" .:*")
    return HEADINGS.get(folded) or HEADINGS.get(_IN_BRACKETS.sub("", folded), "")


_BEHIND = re.compile(
    r"^(?P<name>.+?)[\s,–-]*(?:\((?:theo\s+|đvt:?\s*|đơn vị( tính)?:?\s*)?(?P<inside>[^()]+)\)"
    r"|(?:theo\s+)?(?P<price>giá\s+(?:so sánh|cố định|hiện hành|thực tế)[^()]*))$",
    re.IGNORECASE,
)
_YEAR_BEHIND = re.compile(r"\s*\b(?:năm|base)\s+(?=\d{4}$)", re.IGNORECASE)


def behind(name: str) -> tuple[str, str]:
    """An indicator's name as a table heads its row, and the price basis or unit that stands behind it.

    >>> behind("Giá trị sản xuất công nghiệp (giá so sánh 2010)")
    ('Giá trị sản xuất công nghiệp', 'giá so sánh 2010')
    >>> behind("GTSX công nghiệp theo giá hiện hành"), behind("Kim ngạch xuất khẩu (ĐVT: triệu USD)")
    (('GTSX công nghiệp', 'giá hiện hành'), ('Kim ngạch xuất khẩu', 'triệu USD'))
    >>> behind("Giá trị sản xuất công nghiệp (giá cố định năm 2010)")
    ('Giá trị sản xuất công nghiệp', 'giá cố định 2010')
    >>> behind("Kim ngạch xuất khẩu")
    ('Kim ngạch xuất khẩu', '')
    """
    match = _BEHIND.match(name.strip())
    if not match:
        return name, ""
    said = (match["inside"] or match["price"]).strip()
    return match["name"].strip(), _YEAR_BEHIND.sub(" ", said)


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that could not be understood, said by its cell; the rest goes on."""

    cell: str
    kind: str
    said: str = ""


class Source(Protocol):
    """A file opened as one stream of rows; reading it twice gives the same rows."""

    format: str

    def rows(self) -> Iterator[Row]: ...

    @property
    def unread(self) -> Iterable[Unread]: ...

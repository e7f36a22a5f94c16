# SPDX-License-Identifier: Apache-2.0
"""Period phrases (kỳ báo cáo) in running text: where they stand and which months they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bamsat.core.terms.period import Period

_WORDS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12, "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
_GAP = r"[ \u00a0]"
_YEAR = r"(?:19[5-9]|20[0-9])\d(?![\d%]|[.,]\d)"
_OF = rf"(?:{_GAP}*[/\-–.]{_GAP}*|{_GAP}*,?{_GAP}*(?:của{_GAP})?năm{_GAP}+|{_GAP}+(?={_YEAR}))"
_M = r"(?:1[0-2]|0?[1-9])(?![\d%]|[.,]\d)"
_MW = rf"(?:giêng|chạp|mười{_GAP}hai|mười{_GAP}một)"
_NW = rf"(?:mười{_GAP}hai|mười{_GAP}một|mười|hai|ba|bốn|năm|sáu|bảy|tám|chín)"
_TO = rf"{_GAP}*(?:-|–|đến|tới){_GAP}*(?:hết{_GAP}|cuối{_GAP})?"

# Each alternative starts with a literal or a digit, so that the scanner can skip ahead quickly.
_PATTERN = re.compile(
    rf"""
    từ{_GAP}(?:đầu{_GAP})?tháng{_GAP}(?P<f1>{_M})(?:{_OF}(?P<fy1>{_YEAR}))?
      {_TO}(?:tháng{_GAP})?(?P<f2>{_M})(?:{_OF}(?P<fy2>{_YEAR}))?
    | tháng{_GAP}(?P<g1>{_M})(?:{_OF}(?P<gy1>{_YEAR}))?
      {_TO}tháng{_GAP}(?P<g2>{_M})(?:{_OF}(?P<gy2>{_YEAR}))?
    | (?:ngày|sáng|chiều|tối|hôm){_GAP}(?:ngày{_GAP})?
      (?P<d>[0-3]?\d)(?:{_GAP}*[/\-.]{_GAP}*|{_GAP}tháng{_GAP})(?P<dm>{_M})(?:{_OF}(?P<dy>{_YEAR}))?
    | (?<![\d.,/\-])(?P<e>[0-3]?\d)[/\-.](?P<em>1[0-2]|0?[1-9])[/\-.](?P<ey>{_YEAR})
    | (?<![\d.,/\-])(?P<x>[0-3]?\d){_GAP}tháng{_GAP}(?P<xm>{_M}){_GAP}năm{_GAP}(?P<xy>{_YEAR})
    | (?:trong{_GAP})?(?<![\d.,/\-\w])(?P<n>1[0-2]|0?[2-9]|{_NW}){_GAP}tháng
      (?!{_GAP}(?:tới|liên|tuổi|sau|lương|hành
        |(?:1[0-2]|[1-9])(?![\d.,%]|{_GAP}(?:tỷ|tỉ|triệu|nghìn|ngàn|tấn)(?!\w))))
      (?:{_GAP}(?P<nside>đầu|cuối)(?:{_GAP}năm(?!{_GAP}*{_YEAR})
      (?:{_GAP}(?P<nthis>nay|qua|trước|ngoái))?)?)?
      (?:{_OF}(?P<ny>{_YEAR})|{_GAP}(?:của{_GAP})?năm{_GAP}(?P<nthis2>nay|trước|ngoái))?
    | (?P<nt>1[0-2]|0?[2-9])t(?:{_GAP}đầu(?={_GAP}năm{_GAP}))?
      (?={_GAP}*[/\-]{_GAP}*{_YEAR}|{_GAP}năm{_GAP}{_YEAR}){_OF}(?P<nty>{_YEAR})
    | (?P<nb>1[0-2]|0?[2-9])t(?!\w)(?:{_GAP}đầu{_GAP}năm(?!{_GAP}*{_YEAR}))?
    | nửa{_GAP}(?P<half>đầu|cuối)(?:{_GAP}(?:của{_GAP})?năm)?(?:{_OF}(?P<hy>{_YEAR})|{_GAP}(?P<hy2>{_YEAR}))?
    | quý{_GAP}(?P<q>iii|ii|iv|i|[1-4]|một|hai|ba|bốn|tư)(?![\w])(?:{_OF}(?P<qy>{_YEAR}))?
    | qu[íy]{_GAP}(?P<q3>iii|ii|iv|i)(?![\w])(?:{_OF}(?P<qy3>{_YEAR}))?
    | tháng{_GAP}(?P<m>{_M}|{_MW})(?!{_GAP}*(?:tuổi|[/\-]{_GAP}*\d{{1,2}}(?!\d)))(?:{_OF}(?P<my>{_YEAR}))?
    | tháng{_GAP}(?P<p1>{_M})-(?P<p2>{_M})(?:{_OF}(?P<py>{_YEAR}))
    | (?<![\d.,/\-\w])(?P<nq>[23]|hai|ba){_GAP}quý
      (?:{_GAP}đầu)?(?:{_GAP}năm(?!{_GAP}*{_YEAR}))?(?:{_OF}(?P<nqy>{_YEAR}))?
    | t(?P<t>1[0-2]|0?[1-9]){_OF}(?P<ty>{_YEAR})
    | t(?P<tb>1[0-2]|0?[1-9])(?![\w/%]|[.,\-]\w)
    | (?:giai{_GAP}đoạn|thời{_GAP}kỳ|nhiệm{_GAP}kỳ|niên{_GAP}độ|(?:(?:5|năm){_GAP})?năm)?
      {_GAP}?\(?(?<![\d.,/])(?P<r1>{_YEAR}){_GAP}*(?:-|–|đến|tới){_GAP}*(?:năm{_GAP})?(?P<r2>{_YEAR})\)?
    | (?:từ{_GAP})năm{_GAP}(?P<s1>{_YEAR}){_GAP}(?:đến|tới)(?:{_GAP}hết)?(?:{_GAP}năm)?{_GAP}(?P<s2>{_YEAR})
    | (?:cả{_GAP})?năm{_GAP}(?P<y>{_YEAR})
    | (?P<cy>cả{_GAP}năm|năm{_GAP}nay|toàn{_GAP}năm)(?!\w)
    | (?P<this>(?:trong{_GAP}|cả{_GAP})(?:tháng|quý)
      (?!{_GAP}*\d|{_GAP}(?:i|ii|iii|iv|một|hai|ba|bốn|tư|{_MW})(?!\w))|(?:tháng|quý){_GAP}này
      |(?:cả|trong|toàn){_GAP}giai{_GAP}đoạn(?!{_GAP}*\d)
      |giai{_GAP}đoạn{_GAP}này|(?:năm|5){_GAP}năm{_GAP}qua)(?!\w)
    | (?<![\d.,/\-])(?P<b>0?[1-9]|1[0-2])/(?P<by>{_YEAR})(?![/\d])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A period phrase: its span and its months; year 0 where the words leave it to the document."""

    start: int
    end: int
    kind: str  # month | quarter | span | year | range | date | whole | this
    year: int
    first: int
    last: int
    end_year: int = 0
    shift: int = 0  # years before the document's, for "năm trước"
    short: bool = False  # "T4", "9T": a period only where the words around it let it be one

    def resolve(self, year: int, current: Period | None) -> Period | None:
        """The months named, with the document's year and period for what is left out."""
        if self.kind == "this":
            return current
        if self.kind == "whole":
            return Period.year(year) if year else None
        own = self.year or (year - self.shift if year else 0)
        if not own:
            return None
        if self.kind == "range":
            return Period.years(self.year, self.end_year) if self.end_year >= self.year else None
        if self.kind == "year":
            return Period.year(own)
        if self.end_year and self.end_year != own:
            return Period(own * 12 + self.first - 1, self.end_year * 12 + self.last - 1)
        return Period.months(own, self.first, self.last)


def _number(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdigit() else _WORDS.get(text.replace("\u00a0", " "), 5 if text == "năm" else 0)


def _read(match: re.Match[str]) -> Mention | None:
    g = match.groupdict()
    start, end = match.span()

    def mention(kind: str, year: str | None, first: int, last: int, end_year: int = 0, shift: int = 0) -> Mention:
        return Mention(start, end, kind, int(year) if year else 0, first, last, end_year, shift)

    if g["tb"]:
        return Mention(start, end, "month", 0, int(g["tb"]), int(g["tb"]), short=True)
    if g["nb"]:
        return Mention(start, end, "span", 0, 1, int(g["nb"]), short=True)
    if g["p1"]:
        return mention("span", g["py"], int(g["p1"]), int(g["p2"]))
    if g["nq"]:
        return mention("span", g["nqy"], 1, 3 * _number(g["nq"]))
    for a, ya, b, yb in (("f1", "fy1", "f2", "fy2"), ("g1", "gy1", "g2", "gy2")):
        if g[a]:
            year, end_year = g[ya] or g[yb], int(g[yb] or 0)
            return mention("span", year, int(g[a]), int(g[b]), end_year if g[ya] else 0)
    if g["d"]:
        return mention("date", g["dy"], int(g["dm"]), int(g["dm"]))
    if g["e"]:
        return mention("date", g["ey"], int(g["em"]), int(g["em"]))
    if g["x"]:
        return mention("date", g["xy"], int(g["xm"]), int(g["xm"]))
    if g["n"] or g["nt"]:
        count = _number(g["n"] or g["nt"])
        shift = int((g["nthis"] or g["nthis2"]) in ("trước", "ngoái"))
        if g["nside"] == "cuối":
            return mention("span", g["ny"], 13 - count, 12, shift=shift)
        return mention("span", g["ny"] or g["nty"], 1, count, shift=shift)
    if g["half"]:
        return mention("span", g["hy"] or g["hy2"], *((1, 6) if g["half"] == "đầu" else (7, 12)))
    if g["q"] or g["q3"]:
        quarter = _number(g["q"] or g["q3"])
        return mention("quarter", g["qy"] or g["qy3"], 3 * quarter - 2, 3 * quarter)
    if g["m"] or g["t"] or g["b"]:
        month = _number(g["m"] or g["t"] or g["b"])
        return mention("month", g["my"] or g["ty"] or g["by"], month, month)
    if g["r1"] or g["s1"]:
        return mention("range", g["r1"] or g["s1"], 1, 12, int(g["r2"] or g["s2"]))
    if g["y"]:
        return mention("year", g["y"], 1, 12)
    if g["cy"]:
        return mention("whole", None, 1, 12)
    return mention("this", None, 0, 0)


_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORDS_OF_TIME = ("tháng", "năm", "quý", "quí", "giai đoạn", "nửa")
_LEADS = tuple(
    lead.replace(" ", gap) + gap if lead != "t" else "t"
    for gap in (" ", "\u00a0")
    for lead in (
        "t", "từ", "từ đầu", "cả", "trong", "toàn",
        "ngày", "sáng", "chiều", "tối", "hôm", "thời kỳ", "nhiệm kỳ", "niên độ",
        "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai",
    )
)  # fmt: skip
_LONGEST_FIRST = sorted(_LEADS, key=len, reverse=True)


def numbers(low: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
    """Every run of digits and separators."""
    return list(_DIGITS.finditer(low, start, len(low) if end is None else end))


def _times(low: str, start: int, end: int) -> Iterator[int]:
    # six plain searches cost less than one pattern whose first letters are the commonest of the language
    for word in _WORDS_OF_TIME:
        at = low.find(word, start, end)
        while at >= 0:
            yield at
            at = low.find(word, at + 3, end)


def mentions(low: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """The period phrases of a lower-case text, in order.

    >>> [(m.kind, m.resolve(2021, None).code) for m in mentions("9 tháng năm 2021, riêng quý iii/2021")]
    [('span', '2021-01/2021-09'), ('quarter', '2021-Q3')]
    """
    end = len(low) if end is None else end
    return mentions_at(low, numbers(low, start, end), start, end)


def mentions_at(low: str, digits: Iterable[re.Match[str]], start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """The period phrases of a text whose numbers are known: a phrase holds one of them or a word of time."""
    end = len(low) if end is None else end
    done = start
    for at in sorted([*(match.start() for match in digits), *_times(low, start, end)]):
        if at < done:
            continue
        match = None
        if low.endswith(_LEADS, done, at):
            lead = next(lead for lead in _LONGEST_FIRST if low.endswith(lead, done, at))
            match = _at(low, at - len(lead), end)
        match = match or _at(low, at, end)
        if match is None:
            continue
        done = match.end()
        found = _read(match)
        if found is not None:
            yield found


def _at(low: str, at: int, end: int) -> re.Match[str] | None:
    if at and low[at - 1].isalnum() and low[at].isalnum():
        return None
    return _PATTERN.match(low, at, end)


def read_period(text: str, year: int = 0) -> Period | None:
    """The one period that a phrase names ("6 tháng đầu năm 2025"), or None."""
    found = list(mentions(text.lower()))
    return found[0].resolve(year, None) if len(found) == 1 else None

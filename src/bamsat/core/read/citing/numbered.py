# SPDX-License-Identifier: Apache-2.0
"""Documents cited with their number: one by one, and in lists that say their type or issuer once."""

from __future__ import annotations

import re
from bisect import bisect_right

from bamsat.core.read.citing.bodies import Body, bodies_at
from bamsat.core.read.citing.dates import day_at
from bamsat.core.read.citing.found import Draft
from bamsat.core.read.citing.symbols import Symbol, symbols
from bamsat.core.read.citing.tails import read_tail, told
from bamsat.core.read.citing.titles import Passage
from bamsat.core.read.citing.words import BLANK, Anchor, Type, types

_NUMBER = re.compile(rf"(?:số|no){BLANK}*[:.]?{BLANK}*$")
_QUALIFIES = re.compile(
    rf"{BLANK}*(?:\(?qppl\)?|hỏa tốc|hoả tốc|khẩn|thượng khẩn|mật|liên tịch|liên ngành"
    rf"|liên bộ|mới|gốc|riêng)?[ \u00a0:,(\"“”]*$"
)
_OF = re.compile(rf"{BLANK}*(?:của|do){BLANK}+")
_LISTED = re.compile(rf"^[ \u00a0]*[,;)]*[ \u00a0\n]*(?:(?:và|cùng|hoặc|với){BLANK}*)?(?:các{BLANK}*)?$")
_PLAIN = re.compile(
    rf"{BLANK}*số{BLANK}*:?{BLANK}*(?P<said>\d{{1,5}})(?![\d/]|[.,]\d|{BLANK}?(?:%|tỷ|triệu|nghìn|đồng|tấn))"
)
_SHORT = re.compile(
    rf"{BLANK}(?P<short>\d{{1,4}}a?)(?![\w/%]|[.,]\d|-\d|{BLANK}?(?:%|năm|tháng"
    rf"|ngày(?! \d)|tỷ|triệu|tuổi|điểm|nội dung|nhóm|nhiệm vụ|chỉ tiêu))"
)
_SHORT_TYPES = (
    "Nghị định",
    "Nghị quyết",
    "Chỉ thị",
    "Quyết định",
    "Thông tư",
    "Kết luận",
    "Chương trình",
    "Công điện",
    "Đề án",
)
_FAR = 120
_SORT = 3  # words between a type and the number that only say of what sort it is: "Kế hoạch hành động số ..."
_LAW_NAME = re.compile(r"(?!.*(?:\bsố\b(?! (?:điều|nội dung))|\d/))[^;.\n:()]{3,110}$")


class Numbered:
    """Reads the numbered documents of one passage, in order."""

    def __init__(self, passage: Passage, area: str | None, year: int | None) -> None:
        self.passage, self.area, self.year = passage, area, year
        self.ends = [anchor.end for anchor in passage.anchors]
        self.used: set[int] = set()  # starts of the types that were read with their number
        self.drafts: list[Draft] = []

    def read(self) -> list[Draft]:
        for symbol in symbols(self.passage.text):
            self._one(symbol)
        for anchor in self.passage.anchors:
            if anchor.start not in self.used and not anchor.type.directive and not anchor.type.vague:
                self._plain(anchor)
        self.drafts.sort(key=lambda draft: draft.start)
        self._share()
        return self.drafts

    def _one(self, symbol: Symbol) -> None:
        low = self.passage.low
        number = _NUMBER.search(low, max(0, symbol.start - 8), symbol.start)
        at = number.start() if number else symbol.start
        if any(draft.start <= symbol.start < draft.end and draft.symbol == symbol.text for draft in self.drafts[-2:]):
            return
        draft = self._after_type(symbol, at) or self._in_list(symbol, at)
        if draft is None:
            named = symbol.type
            if named is None and not symbol.known:
                return
            named = named or (types()["Luật"] if symbol.groups[0].startswith("QH") else types()["Văn bản"])
            draft = Draft(at, symbol.end, "named", named.name, inferred=["type"])
        draft.end, draft.symbol = symbol.end, symbol.text
        draft.by_symbol = symbol.issuer(self.area)
        read_tail(self.passage, draft, self.passage.limit(symbol.end), self.year)
        self.drafts.append(draft)

    def _after_type(self, symbol: Symbol, at: int) -> Draft | None:
        place = bisect_right(self.ends, at) - 1
        for anchor in reversed(self.passage.anchors[max(0, place - 2) : place + 1]):
            if at - anchor.end > _FAR or "\n" in self.passage.text[anchor.end : at] or anchor.type.directive:
                return None
            if (draft := self._between(anchor, symbol, at)) is not None:
                self.used.add(anchor.start)
                if anchor.type.certificate:
                    draft.kind = "certificate"
                return draft
        return None

    def _between(self, anchor: Anchor, symbol: Symbol, at: int) -> Draft | None:
        """What stands between a type and the number, where it is part of the name."""
        low, text = self.passage.low, self.passage.text
        draft = Draft(anchor.start, at, "named", anchor.type.name)
        if _QUALIFIES.match(low, anchor.end, at):
            return draft
        of = _OF.match(low, anchor.end, at)
        start = of.end() if of else anchor.end + 1
        if found := bodies_at(text, start, at):
            draft.bodies, end = found
            draft.shared = ":" in text[end:at]
            return draft if _QUALIFIES.match(low, end, at) else None
        if day := day_at(low, anchor.end + 1, at, self.year):
            draft.date = day[1] or None
            return draft if _QUALIFIES.match(low, day[0], at) else None
        named = symbol.type is anchor.type or (anchor.type.law and symbol.groups[0].startswith(("QH", "UBTVQH")))
        said = _LAW_NAME.match(text, anchor.end, at)
        if named and said and "," not in said[0][-2:]:
            words = told(said[0])
            draft.about = words if anchor.type.law or len(words.split()) > _SORT else ""
            return draft
        if (
            symbol.type is None
            and said
            and "," not in said[0]
            and len(said[0].split()) <= _SORT
            and text[at : symbol.start]
        ):
            return draft  # "Chương trình phối hợp số 05/CTrPH-SCT"
        return None

    def _in_list(self, symbol: Symbol, at: int) -> Draft | None:
        before = self.drafts[-1] if self.drafts else None
        if before is None or at - before.end > 40 or at < before.end:
            return None
        if not _LISTED.match(self.passage.text[before.end : at]):
            return None
        own: Type | None = symbol.type
        inherits = own is None or own.name == before.type or before.type == "Văn bản" or own is types()["Công văn"]
        draft = Draft(at, symbol.end, "named", before.type if inherits or own is None else own.name)
        if before.shared:
            draft.bodies, draft.shared = list(before.bodies), True
        draft.inferred.append("type")
        return draft

    def _plain(self, anchor: Anchor) -> None:
        """A number without letters: "Công văn số 123 ngày ...", "Nghị định 98"."""
        low, text = self.passage.low, self.passage.text
        match = _PLAIN.match(low, anchor.end)
        said = match["said"] if match else ""
        if match is None and text[anchor.start].isupper() and anchor.type.name in _SHORT_TYPES:
            match = _SHORT.match(low, anchor.end)
            said = match["short"] if match else ""
        if match is None:
            return
        self.used.add(anchor.start)
        kind = "certificate" if anchor.type.certificate else "named"
        draft = Draft(anchor.start, match.end(), kind, anchor.type.name, said, by_symbol=anchor.type.by)
        read_tail(self.passage, draft, self.passage.limit(match.end()), self.year)
        self.drafts.append(draft)

    def _share(self) -> None:
        """ "số 12/QĐ-UBND và số 13/QĐ-UBND ngày ... của UBND tỉnh": who issued the last issued all of them."""
        for before, after in zip(reversed(self.drafts[:-1]), reversed(self.drafts[1:]), strict=True):
            gap = self.passage.text[before.end : after.start]
            listed = 0 <= after.start - before.end < 20 and _LISTED.match(gap) and "type" in after.inferred
            if listed and ";" not in gap and not before.bodies and after.bodies:
                before.bodies = _copied(after.bodies)


def _copied(bodies: list[Body]) -> list[Body]:
    return list(bodies)

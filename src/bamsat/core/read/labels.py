# SPDX-License-Identifier: Apache-2.0
"""The words that name what a figure measures, cut out of the sentence around them."""

from __future__ import annotations

import re
from functools import lru_cache

from bamsat.core.read.clauses import PREDICATES, Clause
from bamsat.core.read.lexicon import phrases
from bamsat.core.terms.vietnamese import tone_variants

_SILENT = frozenset(
    (
        "parts",
        "area",
        "average",
        "per_year",
        "price",
        "hedge",
        "estimate",
        "target",
        "expect",
        "respectively",
        "settle",
        "cumulative",
    )
)
_FILLERS = frozenset(
    (
        "bên bằng bị cao cho chung chỉ con cuối các còn có cùng cũng cả cộng của do doanh dù dưới dẫn dồn giá giữ hiện hàng hơn hết khi khá khối kim kinh kế kể kỳ là làm lên lĩnh lũy lượng lại mà mô mạnh mặt mốc một mới mức nay ngay ngoái ngành ngạch nhiều nhóm nhưng nhất nhờ những này năm nữa phí phương phần phẩm phố qua quy quý ra riêng sau song sản sẽ số theo thu thành tháng thêm thì thấp thứ thực tiếp toàn triệu trong trên trước trị tuy tính tương tại tỉ tỉnh tốc tốt tổng tới từ tỷ và vào vẫn về vốn với vực xuống xếp ít đang đáng đã đó được đầu đến đều để địa độ đứng ước ở ứng"
    ).split()
)
_LETTERS = re.compile(r"[^\W\d_]+")
_CLEAN = re.compile(r"^[\s,;:.()\-–—+•*\"“”]+|[\s,;:.(\-–—+•*\"“”]+$")
_HEAD_NOUNS = (
    "nhóm",
    "ngành",
    "sản phẩm",
    "mặt hàng",
    "sản lượng",
    "lượng",
    "phần",
    "khối lượng",
    "như",
    "là",
    "từ",
    "khi",
    "mà",
    "thì",
    "làm",
    "bị",
    "giữ",
    "sau",
    "về",
    "thêm",
    "lại",
    "được",
    "ra",
    "dẫn đầu",
    "cao nhất",
    "thấp nhất",
    "đứng đầu",
    "đến",
    "tới",
    "hơn",
)


@lru_cache(maxsize=1)
def _trim() -> re.Pattern[str]:
    """Words at either end of a label that only link it to the sentence."""
    words = [
        word for entry in phrases("linking") if entry["means"]["class"] in ("link", "parts") for word in entry["says"]
    ]
    spelled = {way for word in (*words, *_HEAD_NOUNS) for way in tone_variants(word)}
    edge = "|".join(re.escape(word) for word in sorted(spelled, key=len, reverse=True))
    return re.compile(rf"^(?:(?:{edge})\s+)+|(?:\s+(?:{edge}))+$", re.IGNORECASE)


def clean(words: str) -> str:
    """The words of a label without what only links them to the sentence."""
    words = _CLEAN.sub("", " ".join(words.split()))
    if "(" not in words:
        words = words.replace(")", " ")
    while True:
        shorter = _CLEAN.sub("", _trim().sub("", words))
        if shorter == words:
            return words
        words = shorter


def without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """text[start:end] with some spans left out."""
    pieces, at = [], start
    for one, other in sorted(spans):
        if one >= at:
            pieces.append(text[at:one])
        at = max(at, other)
    pieces.append(text[at:end] if at < end else "")
    return " ".join(pieces)


class LabelReader:
    """Finds the open words of the clauses of one document."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def words(self, clause: Clause, periods: list[tuple[int, int]]) -> tuple[str, int]:
        """The open words of the head that name something, and where they start."""
        start, end = clause.head_start, clause.quantity.start
        predicates = [e for e in clause.head if e.kind in PREDICATES or e.kind == "plan"]
        stop = predicates[0].start if predicates else end
        spans = [(e.start, e.end) for e in clause.head if e.kind in _SILENT or e.kind in PREDICATES]
        if clause.head_compare:
            spans.append((clause.head_compare.start, clause.head_compare.end))
        spans += [(a, b) for a, b in periods if start <= a < end]
        named = without(self._text, start, stop, spans)
        if self.says(named) and self.says(named := clean(named)):
            return self._last_piece(named), start
        if predicates:
            after = without(self._text, predicates[0].end, end, spans)
            if self.says(after) and self.says(after := clean(after)):
                return self._last_piece(after), predicates[0].end
        return "", start

    @staticmethod
    def says(words: str) -> bool:
        return any(len(word) > 1 and word not in _FILLERS for word in _LETTERS.findall(words.lower()))

    @staticmethod
    def _last_piece(words: str) -> str:
        if len(words) <= 60:
            return words
        pieces = [piece for piece in re.split(r"[,:;(]\s*", words) if piece.strip()]
        return clean(pieces[-1]) if pieces else words

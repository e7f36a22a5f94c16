# SPDX-License-Identifier: Apache-2.0
"""Where the title of a cited document ends: a mark, a clause that goes on without it, another document."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from bamsat.core.read.citing.bodies import body_at
from bamsat.core.read.citing.words import BLANK, Anchor, data, pattern_of, spelled, starting

LONGEST = 420
_LONGEST_PLAIN = 150
_LONGEST_LAW = 110
_INSIDE = 220  # characters between brackets or quotation marks
_LINE_END = re.compile(r"[\n\t]")
_LEFT_OUT = re.compile(
    rf"\({BLANK}?(?:gọi|sau đây|kèm|có|công văn|quyết định|văn bản|kế hoạch|chỉ thị"
    rf"|nghị|thông|số|ngày|tại|theo|nay|đã|[\d/]+{BLANK}?-)"
)
_LAW_ENDS = (
    r"(?<!một )số|ngày|năm|quy định|theo|để|có|khi|trong|trên|tại|hiện hành|mới|(?:19|20)\d\d|của quốc hội|cho|với"
    r"|nêu|không|yêu cầu"
)
_ABBREVIATED = re.compile(r"(?:\btp|\bths|\bts|\bđ|\bst|\bp|\bq)$")
_AND_OTHERS = re.compile(rf"và{BLANK}(?:các{BLANK}|những{BLANK}|ý kiến|chỉ đạo của|đề nghị của)")


@dataclass(frozen=True, slots=True)
class Passage:
    """The text in which a title is followed, and where types of documents stand in it."""

    text: str
    low: str
    anchors: list[Anchor]
    starts: list[int]
    ends: list[int]  # of lines and cells

    @classmethod
    def of(cls, text: str, low: str, anchors: list[Anchor]) -> Passage:
        ends = [match.start() for match in _LINE_END.finditer(text)]
        return cls(text, low, anchors, [anchor.start for anchor in anchors], ends)

    def limit(self, at: int) -> int:
        """Where the line or cell ends in which a place lies."""
        place = bisect_left(self.ends, at)
        return self.ends[place] if place < len(self.ends) else len(self.text)

    def anchor_at(self, at: int) -> Anchor | None:
        place = bisect_left(self.starts, at)
        return self.anchors[place] if place < len(self.starts) and self.starts[place] == at else None


@lru_cache(maxsize=4)
def _breaks(law: bool) -> re.Pattern[str]:
    words = pattern_of(data()["ends"]) + (f"|{_LAW_ENDS}" if law else "")
    return re.compile(
        rf"(?P<mark>[;\n\t:…()\"“”,]|\.(?![\d])|(?<=\D)\.)"
        rf"|(?<=[^\w])(?P<join>và|theo|tại|trình|do|được|để|thay thế)(?![^\W_])|(?<=[ \u00a0])(?P<word>{words}"
        rf"|(?:đạt|tăng|giảm|bằng|chiếm)(?=[ \u00a0](?:\d|trên|gần|hơn|khoảng|bình quân))"
        rf"|trước(?=[ \u00a0](?:ngày|tháng|quý|\d)))(?![^\W_])"
    )


@lru_cache(maxsize=1)
def _joined() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(way) for way in spelled(data()["joined_by_comma"])))


@lru_cache(maxsize=1)
def _telling() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w){BLANK}(?:{pattern_of(data()['tells_of_somebody'])})(?![^\W_])")


_PROVINCE_DOES = re.compile(rf"(?:toàn )?(?:tỉnh|ngành|huyện|thành phố){BLANK}(?=[a-zà-ỹđ])(?!ta )")
_BEGUN = 14  # characters of a title, after which "thay thế" goes on with the sentence
_NUMBERED = re.compile(rf"(?:và{BLANK})?số{BLANK}?:?{BLANK}?\d")
_CLAUSE_END = re.compile(r"[,;.:()\n\t“”\"]")
_LOOK_AHEAD = 90
_SENTENCE = re.compile(rf"(?:^|\n|[.;!?]{BLANK})[ \u00a0\-–+*•]*", re.MULTILINE)
_TOLD = re.compile(
    rf"{BLANK}(?:(?:các|Các){BLANK}(?:sở|đơn vị|cơ quan|địa phương|phòng|doanh nghiệp"
    rf"|chủ|Sở)|UBND|Ủy ban|Uỷ ban|Sở|Bộ|Chủ tịch|Thủ tướng|"
    rf"Tỉnh ủy|Ban|Phòng|quý|Quý)(?![^\W_])"
)
_GOES_ON = re.compile(
    rf"(?:hỗ trợ|thúc đẩy|tiêu thụ|phát triển|lưu thông|quản lý|sử dụng|bảo vệ"
    rf"|đấu tranh|chống|cung cấp|cung ứng|kiểm soát|"
    rf"thanh tra|kiểm tra|đầu tư|xúc tiến|xử lý|bình ổn|dự trữ|nâng cao|khu|cụm"
    rf"|hướng dẫn|quy định|chỉ đạo|hiệu quả|dịch vụ){BLANK}?"
)


def title_end(passage: Passage, start: int, limit: int, plain: bool = False, law: bool = False) -> int:
    """Where the title that begins at a place ends; a plain one, in lower case, ends at the first clause.

    >>> text = "tăng cường quản lý giá, bình ổn thị trường, Sở Công Thương báo cáo"
    >>> text[: title_end(Passage.of(text, text.lower(), []), 0, len(text))]
    'tăng cường quản lý giá, bình ổn thị trường'
    """
    limit = min(limit, start + (_LONGEST_LAW if law else _LONGEST_PLAIN if plain else LONGEST))
    text, at = passage.text, start
    end = limit
    while match := _breaks(law).search(passage.low, at, limit):
        skipped = _skipped(passage, match, start, limit, plain or law)
        if skipped is None:
            end = match.start()
            break
        at = max(skipped, match.end())
    while end > start and (text[end - 1] in " \u00a0,.;:-–\n/" or text[max(start, end - 3) : end].lower() == " và"):
        end -= 1 if text[end - 1] in " \u00a0,.;:-–\n/" else 3
    return end


def _skipped(passage: Passage, match: re.Match[str], start: int, limit: int, plain: bool) -> int | None:
    """Where to look on after something at which a title might end; None where it does."""
    if match["word"] == "kèm theo" and passage.low.endswith("ban hành", 0, match.start() - 1):
        return match.end()
    if match["word"]:
        return match.end() if match["word"].startswith("như") and plain is False and _compares(passage, match) else None
    if match["join"]:
        return _after_word(passage, match, limit, start)
    mark, at = match["mark"], match.end()
    if mark == ",":
        return _after_comma(passage, match.start(), limit, plain)
    if mark == "(":
        close = passage.text.find(")", at, min(limit, at + _INSIDE))
        return None if close < 0 or _LEFT_OUT.match(passage.low, match.start()) else close + 1
    if mark in '"“':
        opened = mark == "“" or match.start() == start or passage.text[match.start() - 1] in " (\u00a0"
        close = passage.text.find("”" if mark == "“" else '"', at, min(limit, at + _INSIDE)) if opened else -1
        return close + 1 if close > 0 else None
    if mark == ".":
        return _after_full_stop(passage, match, limit)
    return None


def _compares(passage: Passage, match: re.Match[str]) -> bool:
    return match["word"] == "như" and passage.low[match.end() : match.end() + 1] not in (":", "\n", "")


def _after_full_stop(passage: Passage, match: re.Match[str], limit: int) -> int | None:
    """A slip for a comma goes on in lower case; "TP. Hồ Chí Minh" goes on too."""
    rest = passage.text[match.end() : min(limit, match.end() + 3)]
    before = passage.low[max(0, match.start() - 4) : match.start()]
    if rest[:1] in (" ", "\u00a0") and (rest.strip()[:1].islower() or _ABBREVIATED.search(before)):
        return match.end()
    return match.end() if rest[:1].isalnum() and _ABBREVIATED.search(before) else None


def _after_word(passage: Passage, match: re.Match[str], limit: int, start: int) -> int | None:
    following = match.end() + 1
    word = match["join"]
    anchor = passage.anchor_at(following)
    if word == "theo" and passage.low.endswith("kèm", 0, match.start() - 1):
        return match.end()
    if word == "thay thế":
        return match.end() if match.start() - start < _BEGUN or anchor is None else None
    if word == "và" and passage.low.startswith(("điều ", "khoản ", "mục ", "điểm "), following):
        return None
    if word == "và" and passage.low.startswith("sửa đổi", start + (passage.low[start : start + 1].isspace())):
        return match.end()  # an amending act amends several
    if word == "và" and passage.text[following : following + 1].isdigit() and _document_soon(passage, following, limit):
        return None
    if word == "và":
        if _AND_OTHERS.match(passage.low, match.start(), limit) and _document_soon(passage, following, limit):
            return None
        return None if anchor is not None and _is_document(passage, anchor) else match.end()
    if word == "theo":
        return (
            None
            if anchor is not None or passage.low.startswith(("đúng", "tinh thần", "sự"), following)
            else match.end()
        )
    if word == "để":
        told = _TOLD.match(passage.text, match.end(), limit) or passage.low.startswith(("lấy", "xin", "làm"), following)
        return None if told else match.end()
    if word in ("trình", "do", "được"):
        return (
            None
            if body_at(passage.text, following, limit) or passage.low.startswith(("các cấp", "cấp"), following)
            else match.end()
        )
    return None if anchor is not None and _is_document(passage, anchor) else match.end()


def _document_soon(passage: Passage, at: int, limit: int) -> bool:
    place = bisect_left(passage.starts, at)
    return place < len(passage.starts) and passage.starts[place] - at < 12 and passage.starts[place] < limit


def _is_document(passage: Passage, anchor: Anchor) -> bool:
    """Whether a type is followed by a number or begins with a capital: another document, not a word of the title."""
    rest = passage.low[anchor.end : anchor.end + 5].lstrip(" \u00a0")
    return passage.text[anchor.start].isupper() or rest.startswith("số") or rest[:1].isdigit()


def _tells(passage: Passage, at: int, limit: int) -> bool:
    """Whether the clause after a comma says what somebody did or must do: the sentence goes on, the title does not."""
    mark = _CLAUSE_END.search(passage.low, at, min(limit, at + _LOOK_AHEAD))
    clause = passage.low[at : mark.start() if mark else min(limit, at + _LOOK_AHEAD)]
    return bool(_telling().search(clause)) and _adverbial(passage, at)


def _adverbial(passage: Passage, at: int) -> bool:
    """Whether the sentence begins with what is carried out or followed, so that its subject is still to come."""
    begin = max(0, at - LONGEST - 200)
    for match in _SENTENCE.finditer(passage.text, begin, at):
        begin = match.end()
    return bool(starting("opens_adverbially").match(passage.low, begin, at))


def _after_comma(passage: Passage, comma: int, limit: int, plain: bool) -> int | None:
    text, low = passage.text, passage.low
    if text[comma - 1 : comma].isdigit() and text[comma + 1 : comma + 2].isdigit():
        return comma + 1
    around = _joined().search(low, max(0, comma - 20), min(limit, comma + 24))
    if around and around.start() < comma < around.end():
        return comma + 1
    following = comma + 1
    while following < limit and text[following] in " \u00a0":
        following += 1
    anchor = passage.anchor_at(following)
    if (anchor is not None and (text[following].isupper() or plain)) or _NUMBERED.match(low, following, limit):
        return None
    if text[following : following + 1].isdigit() and _document_soon(passage, following, limit):
        return None
    if _PROVINCE_DOES.match(low, following, limit):
        return None
    if starting("ends_after_comma").match(low, following, limit) or body_at(text, following, limit):
        return None
    if _tells(passage, following, limit):
        return None
    if (told := starting("ends_before_body").match(low, following, limit)) and _TOLD.match(text, told.end(), limit):
        return None
    if plain:
        return following if _GOES_ON.match(low, following, limit) else None
    return following

# SPDX-License-Identifier: Apache-2.0
"""Bodies that issue documents, as a sentence names them: one, or several one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bamsat.core.read.citing.words import BLANK, UPPER, data, pattern_of
from bamsat.core.terms.vietnamese import fold

_NAMES = rf"(?!(?:VỀ|NGÀY|VÀ|TẠI|NĂM|BAN HÀNH|SỐ)(?![^\W_])|[Vv]/)[{UPPER}][^\W\d_]*"
_NAME = rf"{_NAMES}(?:{BLANK}(?:-{BLANK})?{_NAMES}){{0,4}}"
_LEVEL = (
    rf"(?:(?:các{BLANK})?(?:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu))(?![^\W_])"
    rf"(?:,{BLANK}thành phố(?![^\W_]))?"
)
_PLACE = re.compile(
    rf"(?:{BLANK}(?P<level>(?i:{_LEVEL})))?(?:{BLANK}(?P<name>{_NAME}))?(?:{BLANK}(?P<th>lần thứ{BLANK}[IVXLC\d]+))?"
)
_TERM = re.compile(rf"{BLANK}(?:khóa|khoá|nhiệm kỳ|lần thứ){BLANK}[IVXLC\d]+(?:{BLANK}?[-–]{BLANK}?\d{{4}})?")
_CONGRESS = re.compile(
    rf"(?:Đại hội(?:{BLANK}(?:đại biểu{BLANK})?(?:Đảng{BLANK})?toàn quốc)?"
    rf"(?:{BLANK}lần thứ)?{BLANK}[IVX]+(?:{BLANK}của{BLANK}Đảng|{BLANK}(?:của{BLANK})?Đảng bộ{BLANK}tỉnh)?"
    rf"|(?:Hội nghị{BLANK})?(?:lần thứ{BLANK}\w+{BLANK})?(?:Ban Chấp hành{BLANK})?Trung ương"
    rf"(?:{BLANK}lần thứ)?{BLANK}\d{{1,2}}(?:{BLANK}\(?kh(?:óa"
    rf"|oá){BLANK}[IVX]+\)?)?)"
)
_STOP = re.compile(
    rf"[,;.:()\[\]\n\t\"“”]|{BLANK}(?:về|tại|ngày|số|đã|đối với|để|nhằm|có|yêu cầu"
    rf"|đề nghị|ban hành|năm|là|và (?:các|sở|UBND|Sở)|"
    rf"chủ trì|giao|sẽ|trong|từ|theo|do|thì|phê duyệt|quy định)(?![^\W_])"
)
_PERSON = re.compile(
    rf"(?:(?:đồng chí|đ/c|ông|bà|các đồng chí)\.?{BLANK}|lãnh đạo{BLANK})(?:(?P<name>{_NAME}){BLANK}?[,–-]{BLANK}?)?",
    re.IGNORECASE,
)
_AND = re.compile(rf"(?:{BLANK}?[,;]{BLANK}?(?:và{BLANK})?|{BLANK}(?:và|cùng|&){BLANK})(?:của{BLANK})?")
_ACTS = re.compile(
    rf"{BLANK}(?!(?:về|v/v|tại|và|cùng|trong|đối với|liên quan|theo|ban hành|năm"
    rf"|ngày|giai đoạn|để|nhằm|ở|trên|số)(?![^\W_]))[^\W\d_]"
)
_POSTS_APART = re.compile(rf",{BLANK}")
_MOST = 8
_LONGEST = 110
_CITIES = (
    "Hà Nội",
    "Hải Phòng",
    "Đà Nẵng",
    "Cần Thơ",
    "Huế",
    "Hồ Chí Minh",
    "TP. Hồ Chí Minh",
    "Thành phố Hồ Chí Minh",
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body at a place of a text; `open` where the province whose it is was not said."""

    start: int
    end: int
    name: str
    open: str = ""  # province: "tỉnh {area}"; short: "{area}"; of: "của tỉnh {area}"
    person: bool = False

    def of(self, area: str | None) -> str:
        """Its name, with the province of the document where the words leave it out."""
        if not self.open or not area or fold(area) in fold(self.name):
            return self.name
        if self.open == "of":
            return f"{self.name} của tỉnh {area}"
        if self.open == "short":
            return f"{self.name} {area}"
        level = "thành phố" if area in _CITIES else "tỉnh"
        bare = re.sub(rf"{BLANK}(?:tỉnh|thành phố)$", "", self.name)
        return f"{bare} {level} {area.removeprefix('TP. ').removeprefix('Thành phố ')}"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    raw = data()
    return (
        re.compile(rf"(?i:{pattern_of(raw['bodies'])})(?![^\W_])"),
        re.compile(rf"(?i:{pattern_of(raw['provincial'])})(?![^\W_])"),
        re.compile(rf"(?i:{pattern_of(raw['of_field'])}){BLANK}(?i:{pattern_of(raw['fields'])})(?![^\W_])"),
        re.compile(
            rf"(?:{'|'.join(re.escape(word) for word in sorted(raw['heads'], key=len, reverse=True))})(?![^\W_])"
        ),
        re.compile(rf"(?i:{pattern_of(raw['unnamed'])})(?![^\W_])"),
    )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def body_at(text: str, at: int, limit: int) -> Body | None:
    """The body whose name begins at a place of a text."""
    whole, provincial, of_field, heads, _ = _patterns()
    if match := of_field.match(text, at, limit):
        return _of_field(text, match, limit)
    if match := provincial.match(text, at, limit):
        return _provincial(text, match, limit)
    if match := _CONGRESS.match(text, at, limit):
        return Body(at, match.end(), _spaced(match[0]))
    if match := heads.match(text, at, limit):
        return _headed(text, match, limit)
    if (match := whole.match(text, at, limit)) and text[at].isupper():
        end = match.end()
        if term := _TERM.match(text, end, limit):
            end = term.end()
        return Body(at, end, _spaced(text[at:end]))
    return None


def _provincial(text: str, match: re.Match[str], limit: int) -> Body:
    end = match.end()
    place = _PLACE.match(text, end, limit)
    assert place is not None
    party = fold(match[0]).endswith("uy")
    level = place["level"] or ""
    end = place.end()
    name = _spaced(text[match.start() : end])
    if term := _TERM.match(text, end, limit):
        end = term.end()
    named = place["name"] is not None
    if (
        named
        or fold(level) in ("huyen", "xa", "phuong", "quan", "thi xa", "dac khu", "thi tran")
        or "các" in level.lower()
    ):
        return Body(match.start(), end, name)
    if place["th"]:
        return Body(match.start(), end, name, "")
    return Body(match.start(), end, name, "short" if party else "province")


def _of_field(text: str, match: re.Match[str], limit: int) -> Body:
    end = match.end()
    if "sở" not in match[0].lower().split():
        return Body(match.start(), end, _spaced(text[match.start() : end]))
    place = _PLACE.match(text, end, limit)
    assert place is not None
    named = place["name"] is not None and place["name"].split()[0] not in _OTHER_WORDS
    if named or place["level"]:
        end = place.end()
    return Body(match.start(), end, _spaced(text[match.start() : end]), "" if named else "province")


_OTHER_WORDS = ("Công", "Báo", "Quyết", "Kế", "Chỉ", "Tờ", "Thông", "Về", "Nghị", "Văn", "Sở", "UBND", "Bộ")


def _headed(text: str, match: re.Match[str], limit: int) -> Body | None:
    until = min(limit, match.start() + _LONGEST)
    stop = _STOP.search(text, match.end(), until)
    end = stop.start() if stop else until
    # "Ban Chỉ đạo phòng, chống dịch": the comma stands inside its name
    while stop and text[stop.start()] == "," and re.match(rf",{BLANK}chống", text[stop.start() : stop.start() + 8]):
        stop = _STOP.search(text, stop.end(), until)
        end = stop.start() if stop else until
    name = _spaced(text[match.start() : end])
    return (
        Body(match.start(), match.start() + len(text[match.start() : end].rstrip()), name) if name != match[0] else None
    )


def bodies_at(text: str, at: int, limit: int, unnamed: bool = True) -> tuple[list[Body], int] | None:
    """The bodies named at a place, one after the other, and where their names end.

    >>> found, end = bodies_at("Tỉnh ủy, HĐND, UBND tỉnh về nhiệm vụ", 0, 36)
    >>> [body.of("Cao Bằng") for body in found], end
    (['Tỉnh ủy Cao Bằng', 'HĐND tỉnh Cao Bằng', 'UBND tỉnh Cao Bằng'], 24)
    """
    found: list[Body] = []
    ends: list[int] = []
    by_comma = False
    person = _PERSON.match(text, at, limit)
    if person:
        at = person.end()
    end = at
    while len(found) < _MOST:
        body = body_at(text, at, limit) or (_unnamed(text, at, limit) if unnamed else None)
        if body is None:
            break
        if person and found:
            found, ends = [], []  # "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh": one person, who speaks by the last post
        found.append(body)
        ends.append(body.end)
        end = body.end
        joined = _POSTS_APART.match(text, end, limit) if person else _AND.match(text, end, limit)
        if joined is None:
            break
        at = joined.end()
        by_comma = joined[0].strip(" \u00a0") == ","
    if len(found) > 1 and by_comma and not person and _ACTS.match(text, end, limit):
        return found[:-1], ends[-2]  # "của UBND tỉnh, Sở Công Thương đã ...": the last is who acts
    return (found, end) if found else None


def _unnamed(text: str, at: int, limit: int) -> Body | None:
    match = _patterns()[4].match(text, at, limit)
    if match is None:
        return None
    said = _spaced(match[0])
    if fold(said) == "tinh":
        place = _PLACE.match(text, at - 1, limit) if at else None
        if place and place["level"] and place["name"]:
            return Body(at, place.end(), _spaced(text[at : place.end()]))
    if fold(said).endswith("co tham quyen"):
        return Body(at, match.end(), said.removeprefix("các "), "of")
    return Body(at, match.end(), said, "short" if fold(said) == "tinh" else "")


def issuer(bodies: Iterable[Body], area: str | None) -> tuple[str, bool]:
    """Their names with "; " between, and whether the province had to be added."""
    listed = list(bodies)
    names = [body.of(area) for body in listed]
    return "; ".join(names), names != [body.name for body in listed]

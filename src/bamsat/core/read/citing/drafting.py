# SPDX-License-Identifier: Apache-2.0
"""Who issues a document of which only the drafting is told: "tham mưu cho UBND tỉnh ban hành ..."."""

from __future__ import annotations

import re

from bamsat.core.read.citing.bodies import Body, bodies_at, body_at
from bamsat.core.read.citing.words import BLANK, UPPER, data, pattern_of

_SENTENCE = re.compile(rf"\n|[.!?]{BLANK}+(?=[{UPPER}])")
_FOR = re.compile(
    rf"(?:tham mưu|giúp|trình|trình xin ý kiến|tham mưu đề xuất)"
    rf"(?:{BLANK}cho)?{BLANK}+(?P<body>(?:các{BLANK})?(?=[^\W\d_]))"
)
_HEAD = re.compile(
    r"(?<![^\W_])(?:UBND|Ủy|Uỷ|HĐND|Hội đồng|Thủ tướng|Chính phủ|Bộ|Sở|Ban|Tỉnh"
    r"|Thành ủy|Chủ tịch|Văn phòng|Thường trực|Bí thư|Phó|Giám đốc|Quốc hội|Cục|Tổng|Công ty|Ngành|Đảng)(?![^\W_])"
)
_DOES = re.compile(rf"[^.;\n]{{0,60}}?(?<![^\W_])(?:{pattern_of(data()['drafts'])})(?![^\W_])")
_DRAFTED = re.compile(
    rf"(?:{pattern_of(data()['drafts'])})(?:{BLANK}(?:và|,){BLANK}[^,.;\n]{{1,40}})?(?:{BLANK}(?:thực hiện"
    rf"|các|những|hơn|trên|\d+))*{BLANK}*:?{BLANK}*$"
)
_OWN = re.compile(
    rf"(?<![^\W_])(?:Ngành|ngành Công [Tt]hương|Sở)(?:{BLANK}(?:đã|cũng|tích cực"
    rf"|chủ động|sẽ)){{0,3}}{BLANK}(?:{pattern_of(data()['drafts'])})(?![^\W_])"
)
_ADVISES = re.compile(r"(?<![^\W_])(?:tham mưu|đề xuất)(?![^\W_])")
_PROVINCE = re.compile(
    rf"(?:^|(?<=[.,;\n] )|(?<=\n))[Tt]ỉnh"
    rf"(?={BLANK}(?:(?:đã|cũng|vừa|sẽ){BLANK})?(?:ban hành|phê duyệt|triển khai|xây dựng))"
)
_ISSUED = re.compile(
    rf"{BLANK}(?:(?:đã|vừa|cũng|mới|kịp thời){BLANK}){{0,2}}(?:ký{BLANK})?(?:ban hành|có|ra|gửi){BLANK}(?:các{BLANK})?$"
)
_APPROVED = re.compile(rf",?{BLANK}(?:đã{BLANK})?(?:được|do){BLANK}")
_APPROVES = re.compile(rf"{BLANK}(?:ban hành|phê duyệt|thông qua|ký)(?![^\W_])")
_NEAR = 90
_FAR = 1200


def sentence_start(text: str, at: int) -> int:
    """Where the sentence begins in which a place lies."""
    start = max(0, at - _FAR)
    for match in _SENTENCE.finditer(text, start, at):
        start = match.end()
    return start


def drafter(text: str, low: str, at: int, department: Body | None) -> list[Body]:
    """Who issues the document that is named at a place, where words before it say who had it drafted or did it."""
    start = sentence_start(text, at)
    asked = list(_FOR.finditer(low, start, at))
    for match in reversed(asked):
        if found := bodies_at(text, match.start("body"), at):
            return found[0][:1]
    doing = _doing(text, low, start, at)
    if doing is not None:
        return [] if _ADVISES.search(low, doing.end, at) else [doing]
    if province := _PROVINCE.search(text, start, at):
        return [Body(province.start(), province.end(), "tỉnh", "short")]
    if department is not None and (_OWN.search(text, start, at) or _DRAFTED.search(low, start, at)):
        return [department]
    return []


def signer(text: str, low: str, at: int) -> Body | None:
    """Who the words right before a numbered document say issued it: "Tỉnh ủy đã ban hành Chỉ thị số ..."."""
    issued = _ISSUED.search(low, max(0, at - _NEAR), at)
    if issued is None:
        return None
    for match in _HEAD.finditer(text, max(0, issued.start() - _NEAR), issued.start() + 1):
        body = body_at(text, match.start(), issued.start() + 1)
        if body is not None and body.end == issued.start() and not _object(low, body.start):
            return body
    return None


def approver(text: str, at: int) -> list[Body]:
    """ "... được UBND tỉnh phê duyệt": who the words behind a document say approved it."""
    by = _APPROVED.match(text, at)
    found = bodies_at(text, by.end(), min(len(text), by.end() + _NEAR), unnamed=False) if by else None
    return found[0][:1] if found and _APPROVES.match(text, found[1]) else []


def _doing(text: str, low: str, start: int, at: int) -> Body | None:
    """The last body of the sentence before a verb of drafting or issuing."""
    last: Body | None = None
    reach = start
    for match in _HEAD.finditer(text, start, at):
        if match.start() < reach:
            continue
        body = body_at(text, match.start(), at)
        if body is None:
            continue
        reach = body.end
        if not _object(low, body.start) and _DOES.match(low, body.end, at):
            last = body
    return last


def _object(low: str, start: int) -> bool:
    """Whether a body is told of, not the one that acts: "của UBND tỉnh", "với Bộ Công Thương"."""
    return (
        low[max(0, start - 8) : start]
        .rstrip()
        .endswith(("của", "với", "cho", "tại", "từ", "do", "trước", "gửi", "đến", "vụ"))
    )

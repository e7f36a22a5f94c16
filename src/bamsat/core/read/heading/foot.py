# SPDX-License-Identifier: Apache-2.0
"""What stands under the content of a document: who receives it, who signs it and by what right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bamsat.core.read.citing.words import BLANK, data, pattern_of
from bamsat.core.read.heading.lines import Line
from bamsat.core.terms.vietnamese import fold

_RECIPIENTS = re.compile(r"^Nơi nhận[ \u00a0]*:?[ \u00a0]*(?P<first>.*)$", re.IGNORECASE)
_ITEM = re.compile(r"^[-–+•*][ \u00a0]*(?P<said>.+)$")
_NOBODY = re.compile(r"(?i)^(?:như|lưu|trên)(?![^\W_])")
_BRACKETED = re.compile(r"[ \u00a0]*\([^()]{0,60}\)")
_AUTHORITY = re.compile(r"^(?:TM|T/M|KT|K/T|TL|T/L|TUQ|T/UQ|TUN|Q)[.,]?(?:[ \u00a0]+|(?<=\.))(?=[^\W\d_]{2})")
_ANNEX = re.compile(r"^(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Biểu số)")
_NAME = re.compile(r"^(?:(?:TS|ThS|PGS|GS|KS|BS|Ths)\.[ \u00a0]*)?(?P<name>[^\W\d_]+(?:[ \u00a0][^\W\d_]+){1,5})$")
_NOT_NAMES = {
    "so",
    "tinh",
    "uy",
    "ban",
    "phong",
    "cuc",
    "trung tam",
    "noi",
    "nhan",
    "luu",
    "da",
    "ky",
    "dong",
    "dau",
    "nguoi lap",
    "bieu",
    "van thu",
}
_POST_IN_CELL = re.compile(r"((?:KT|TL|TUQ|TM)\.? .+?) ((?:PHÓ|CHÁNH|TRƯỞNG|BÍ THƯ|CHỦ TỊCH|KT\.).+)$")
_AFTER = 24  # lines
_BEFORE = 10


@dataclass(slots=True)
class Foot:
    """The fields of the lower part, and where each was read."""

    authority: list[str] = field(default_factory=list)
    post: str = ""
    signer: str = ""
    recipients: list[str] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _post() -> re.Pattern[str]:
    return re.compile(rf"(?i:(?:Q\.{BLANK}?)?(?:{pattern_of(data()['posts'])}))(?![^\W_])[^.;:\d]{{0,60}}$")


def find_foot(lines: list[Line]) -> Foot:
    """Read recipients and signature among the lines under the letterhead."""
    place = next((n for n, line in enumerate(lines) if _RECIPIENTS.match(line.text)), None)
    foot = Foot()
    if place is None:
        _sign(foot, lines[-_AFTER:])
        return foot
    after = _received(foot, lines, place)
    end = next((n for n in range(place + 1, len(lines)) if _ANNEX.match(lines[n].text)), len(lines))
    below = lines[after : min(end, after + _AFTER)]
    _sign(foot, below)
    if not foot.post and not foot.authority:
        _sign(foot, lines[max(0, place - _BEFORE) : place])
    return foot


def _received(foot: Foot, lines: list[Line], place: int) -> int:
    """The lines of the list, and where it ends; a signature may stand between them where columns are mixed."""
    first = _RECIPIENTS.match(lines[place].text)
    said = [first["first"]] if first and first["first"].strip(" .") else []
    at = place + 1
    start, end = lines[place].start, lines[place].end
    while at < len(lines) and at < place + 40:
        item = _ITEM.match(lines[at].text)
        text = item["said"] if item else lines[at].text
        if item is None and not (text.endswith(";") or text.startswith(("Lưu", "Như "))):
            break
        said += re.split(r";[ \u00a0]*[-–][ \u00a0]*", text)
        end = lines[at].end
        at += 1
    bodies = [_BRACKETED.sub("", each).strip(" ;.,\u00a0-") for each in said]
    foot.recipients = [each for each in bodies if each and not _NOBODY.match(each)]
    if said:
        foot.spans["recipients"] = (start, end)
    return at


def _in_cell(line: Line) -> list[Line]:
    """The parts of a signature in a cell, whose lines come as one: right, post, name."""
    if line.kind != "cell":
        return [line]
    words = line.text.split(" ")
    name = next((n for n, word in enumerate(words) if not word.isupper()), len(words))
    above = " ".join(words[:name])
    split = _POST_IN_CELL.match(above)
    parts = [*(split.groups() if split else (above,)), " ".join(words[name:])]
    return [replace(line, text=part) for part in parts if part]


def _sign(foot: Foot, lines: list[Line]) -> None:
    for line in (part for each in lines for part in _in_cell(each)):
        text = line.text.strip(" *")
        name = _signer(text) if foot.post or foot.authority else ""
        if name and not (line.capitals and _post().match(text)):
            foot.signer = name
            foot.spans["signer"] = (line.start, line.end)
            return
        if not line.capitals or len(text) > 120:
            continue
        if _AUTHORITY.match(text):
            _by_right(foot, text, line)
        elif not foot.post and _post().match(text):
            foot.post = " ".join(text.split())
            foot.spans["post"] = (line.start, line.end)


def _by_right(foot: Foot, text: str, line: Line) -> None:
    """ "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" on one line is a right and a post."""
    split = re.match(r"(?P<right>(?:KT|TL|TUQ|K/T|T/L)\.?[ \u00a0].+?)[ \u00a0]+(?P<post>PHÓ .+|CHÁNH .+)$", text)
    if split and not foot.post:
        text = split["right"]
        foot.post = " ".join(split["post"].split())
        foot.spans["post"] = (line.start, line.end)
    foot.authority.append(" ".join(text.split()))
    foot.spans.setdefault("authority", (line.start, line.end))


def _signer(text: str) -> str:
    match = _NAME.match(text)
    if match is None:
        return ""
    words = match["name"].split()
    if any(not word[0].isupper() for word in words) or len(words) < 2:
        return ""
    folded = fold(match["name"])
    if any(word in _NOT_NAMES for word in folded.split()) and folded.split()[0] in _NOT_NAMES:
        return ""
    return " ".join(match["name"].split())

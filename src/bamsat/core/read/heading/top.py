# SPDX-License-Identifier: Apache-2.0
"""What stands above the content of a document: who issues it, its number, day, marks, title and addressees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from bamsat.core.read.citing.symbols import symbols
from bamsat.core.read.citing.words import UPPER
from bamsat.core.read.heading.lines import Line
from bamsat.core.read.heading.names import proper, titles
from bamsat.core.read.heading.stamps import at_end, levels, stamps
from bamsat.core.terms.vietnamese import fold

_B = "[ \u00a0]*"
NATION = re.compile(r"(?i)(?:^CỘNG H(?:ÒA|OÀ) XÃ HỘI$|CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM)")
_MOTTO = re.compile(r"(?i)Độc lập[ \u00a0]*[-–][ \u00a0]*Tự do")
_RULE = re.compile(r"[^\w]*")
_NUMBER = re.compile(
    rf"^(?:Số|SỐ){_B}[:.]?{_B}(?P<number>\d{{1,5}}[a-zA-Z]?)?[ \u00a0.…_]*(?P<sep>[/-]){_B}(?P<code>(?:(?:19"
    rf"|20)\d\d{_B}/{_B})?[{UPPER}][^\s,;]*(?:{_B}[-–/]{_B}[{UPPER}][^\s,;()]*)*)"
)
_DAY = re.compile(
    rf"(?P<place>[{UPPER}][^,\d\n]{{1,40}}?)?{_B},?{_B}[Nn]gày{_B}(?P<day>\d{{1,2}}"
    rf"|[.…_ \u00a0]*){_B}tháng{_B}(?P<month>\d{{1,2}}|[.…_ \u00a0]*){_B}năm{_B}(?P<year>\d{{4}}"
    rf"|[.…_ \u00a0\d]*)\.?$"
)
_SHORT_DAY = re.compile(
    rf"^(?P<place>[{UPPER}][^,\d\n]{{1,40}}?){_B},{_B}(?:ngày{_B})?(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}})\.?$"
)
_ABOUT = re.compile(rf"^(?:V/v|v/v|V/V|Về việc|Vv)(?![^\W_]){_B}:?{_B}")
_TITLE_ABOUT = re.compile(rf"^(?:V/v|v/v|Về việc|VỀ VIỆC|V/V)(?![^\W_]){_B}:?{_B}")
_TO = re.compile(rf"^Kính gửi{_B}:?{_B}(?P<who>.*)$", re.IGNORECASE)
_ITEM = re.compile(rf"^[-–+•*]{_B}(?P<said>.+)$")
_CONTENT = re.compile(
    r"^(?:Căn cứ|Thực hiện|Theo|Xét|Kính gửi|Nhằm|Để|Trong|Trên cơ sở|Tiếp theo"
    r"|Phúc đáp|Sau khi|Ngày|Vừa qua|Phần|PHẦN|Chương|CHƯƠNG|Điều|ĐIỀU|Mục|[IVX]+[.\s]"
    r"|\d+[.)]|\(|Qua |Hiện nay|Tại|Số)"
)
_STARTS_BODY = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|CHỦ TỊCH|GIÁM ĐỐC|BỘ|THỦ TƯỚNG|SỞ|CỤC"
    r"|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|ĐẢNG BỘ|"
    r"BAN|CHI CỤC|CHÍNH PHỦ|QUỐC HỘI|TRƯỞNG|TỔNG|VĂN PHÒNG|CÔNG TY|TẬP ĐOÀN|TRUNG TÂM|PHÒNG|VIỆN|TRƯỜNG|LIÊN ĐOÀN|"
    r"HIỆP HỘI|HỘI|NGÂN HÀNG|KHO BẠC|CÔNG AN|TÒA ÁN|TOÀ ÁN|MẶT TRẬN|THANH TRA"
    r"|KIỂM TOÁN|ĐOÀN|NHÀ MÁY|HỢP TÁC XÃ|HTX|ĐẠI HỘI|TÒA|"
    r"ĐIỆN LỰC|HẢI QUAN|THỐNG KÊ|THUẾ|VỤ|XÍ NGHIỆP|DOANH NGHIỆP)(?![^\W_])"
)
_CONTINUES = re.compile(
    r"^(?:TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG|QUẬN|THỊ XÃ|THỊ TRẤN|ĐẶC KHU|KHU|VÀ|NÔNG THÔN|MÔI TRƯỜNG)(?![^\W_])(?! ỦY| UỶ)"
)
_PLACE_BEHIND = re.compile(rf"[ \u00a0]+[-–][ \u00a0]+[{UPPER}](?=[a-zà-ỹđ]).*$")  # "Số: 12/BC-SCT - Vinh, ngày ..."
_MOST_LINES_ABOVE = 6
_MOST_LINES_BELOW = 30
_LONGEST_TITLE_LINE = 220
_LONGEST_NAME = 120
_SHORT_STAMP = 12
_ANNEX = re.compile(r"^(?:PHỤ LỤC|PHỤ BIỂU|Phụ lục)(?![^\W_])")


def is_number_or_day(text: str) -> bool:
    """Whether a line or a cell is the number of a document, or its place and day."""
    return bool(_NUMBER.match(text) or (len(text) < _LONGEST_NAME and _DAY.match(text)))


def is_head_line(line: Line) -> bool:
    """Whether a line alone shows that a document or an annex begins: a body, a title, a number, the nation's name."""
    text = line.text
    if NATION.search(text) or _NUMBER.match(text) or _ANNEX.match(text) or stamps(text):
        return True
    return line.capitals and (bool(_STARTS_BODY.match(text)) or fold(text.rstrip(":")) in titles())


@dataclass(slots=True)
class Top:
    """The fields of the upper part, and where each was read."""

    said: dict[str, str] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    recipients: list[str] = field(default_factory=list)
    names: list[Line] = field(default_factory=list)
    last: int = 0  # place of the last line that belongs to it

    def say(self, name: str, value: str, start: int, end: int) -> None:
        if value and name not in self.said:
            self.said[name] = value
            self.spans[name] = (start, end)


def find_top(lines: list[Line]) -> Top | None:
    """Read the letterhead among these lines; None where there is none."""
    place = next((n for n, line in enumerate(lines) if NATION.search(line.text)), None)
    if place is None:
        place = _number_without_nation(lines)
    if place is None:
        return None
    first = max(0, place - _MOST_LINES_ABOVE)
    return _Reader(lines, first, min(len(lines), place + _MOST_LINES_BELOW)).read()


def _number_without_nation(lines: list[Line]) -> int | None:
    """A number line near a day line or under a name in capitals is a letterhead too."""
    for place, line in enumerate(lines):
        if _NUMBER.match(line.text) is None:
            continue
        near = lines[max(0, place - 4) : place + 5]
        if any(_DAY.search(other.text) and len(other.text) < 90 for other in near) or any(
            other.capitals for other in lines[max(0, place - 3) : place]
        ):
            return place
    return None


class _Reader:
    def __init__(self, lines: list[Line], first: int, last: int) -> None:
        self.lines, self.at, self.until = lines, first, last
        self.top = Top()
        self.motto = False

    def read(self) -> Top | None:
        while self.at < self.until:
            line = self.lines[self.at]
            self.at += 1
            if not self._one(line):
                break
        self._issuers()
        top = self.top
        top.last = self.at
        told = bool(top.spans.keys() & {"symbol", "number", "date", "type"})
        return top if told or (self.motto and (top.said or top.names)) else None  # a portal's banner is no letterhead

    def _one(self, line: Line) -> bool:
        """Read one line; False at the first line of the content."""
        text = line.text
        if NATION.search(text) or _MOTTO.search(text) or _RULE.fullmatch(text):
            self.motto |= _MOTTO.search(text) is not None
            return True
        if self._marks(line) or self._number(line) or self._day(line) or self._about(line):
            return True
        if to := _TO.match(text):
            self._addressees(line, to["who"])
            return False
        if self._title(line):
            return True
        titled = "type" in self.top.said and "subject" in self.top.said
        if line.capitals and "type" not in self.top.said:
            line = self._unmarked(line)
        if line.capitals and not titled and "number" not in self.top.spans and self._names(line):
            self.top.names.append(line)
            return True
        if line.capitals and "type" not in self.top.said and not titled and self._before_day(line):
            self.top.names.append(line)
            return True
        if not self.top.said and not self.top.names:
            return True  # what a web page carries above
        return self._between_columns(line)

    def _names(self, line: Line) -> bool:
        """Whether a line in capitals names a body, or goes on with the name above it."""
        if len(line.text) >= _LONGEST_NAME or line.kind == "item":
            return False
        bare = line.text.strip(" *-–_")
        return bool(_STARTS_BODY.match(bare)) or bool(self.top.names and _CONTINUES.match(bare))

    def _before_day(self, line: Line) -> bool:
        return "date" not in self.top.spans and self._names(line)

    def _between_columns(self, line: Line) -> bool:
        """An unknown short line before number or title has come: go on."""
        return (
            "type" not in self.top.said
            and "subject" not in self.top.said
            and len(line.text) < 90
            and not _CONTENT.match(line.text)
        )

    def _marks(self, line: Line) -> bool:
        found = stamps(line.text) or levels(line.text)
        if not found and line.text[:1].isupper() and len(line.text) <= _SHORT_STAMP:
            found = stamps(line.text.upper())  # between the names and the title "Mật" is nothing else
        for name, value in found.items():
            self.top.say(name, value, line.start, line.end)
        return bool(found)

    def _unmarked(self, line: Line) -> Line:
        """A name without the stamp that stands on its line: "SỞ CÔNG THƯƠNG MẬT"; "BẢO MẬT" is a word."""
        bare, found = at_end(line.text)
        for name, value in found.items():
            self.top.say(name, value, line.start, line.end)
        return replace(line, text=bare)

    def _number(self, line: Line) -> bool:
        match = _NUMBER.match(line.text)
        if match is None:
            return False
        number = match["number"] or ""
        symbol = next((one for one in symbols(_PLACE_BEHIND.sub("", line.text)) if number), None)
        code = re.sub(r"\s+", "", _PLACE_BEHIND.sub("", match["code"])).rstrip(".").replace("–", "-")
        said = symbol.text if symbol else f"{number}{match['sep']}{code}"
        self.top.say("symbol", said, line.start, line.end)
        self.top.say("number", number, line.start, line.end)
        self.top.spans.setdefault("number", (line.start, line.end))
        for name, value in at_end(line.text)[1].items():
            self.top.say(name, value, line.start, line.end)
        behind = _PLACE_BEHIND.search(line.text)
        rest = behind[0].strip(" -–\u00a0") if behind else line.text[match.end() :].strip()
        if (day := _SHORT_DAY.match(rest) or _DAY.search(rest)) and day["place"]:
            self._say_day(day, line)
        return True

    def _day(self, line: Line) -> bool:
        match = _DAY.search(line.text) if len(line.text) < 100 else None
        match = match or _SHORT_DAY.match(line.text)
        if match is None or (match.start() and line.text[: match.start()].strip()):
            return False
        self._say_day(match, line)
        return True

    def _say_day(self, match: re.Match[str], line: Line) -> None:
        place = (match["place"] or "").strip(" ,\u00a0")
        self.top.say("issued_at", place, line.start, line.end)
        try:
            said = date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
        except ValueError:
            said = ""
        self.top.say("date", said, line.start, line.end)
        self.top.spans.setdefault("date", (line.start, line.end))

    def _about(self, line: Line) -> bool:
        match = _ABOUT.match(line.text)
        if match is None or "type" in self.top.said:
            return False
        words, end = [line.text[match.end() :]], line.end
        while self.at < self.until and self._goes_on(self.lines[self.at], line):
            words.append(self.lines[self.at].text)
            end = self.lines[self.at].end
            self.at += 1
        self.top.say("subject", _joined(words), line.start, end)
        return True

    def _goes_on(self, after: Line, line: Line) -> bool:
        text = after.text
        known = (
            NATION.search(text) or _MOTTO.search(text) or _NUMBER.match(text) or _DAY.search(text) or _TO.match(text)
        )
        if known or _RULE.fullmatch(text) or _CONTENT.match(text) or after.capitals or len(text) > 120 or stamps(text):
            return False
        return after.kind == line.kind or text[:1].islower()

    def _title(self, line: Line) -> bool:
        if "type" in self.top.said or len(line.text) > _LONGEST_TITLE_LINE:
            return False
        words = line.text.split()
        for count in range(min(6, len(words)), 0, -1):
            name = " ".join(words[:count])
            named = titles().get(fold(name.rstrip(":")))
            if named is not None and name.isupper():
                break
        else:
            return False
        rest = " ".join(words[count:])
        if rest and not (self.top.said or self.top.names):
            return False
        self.top.say("type", named, line.start, line.end)
        if "khan" in fold(name).split():
            self.top.say("urgency", "khan", line.start, line.end)
        self._subject(rest, line)
        return True

    def _subject(self, rest: str, line: Line) -> None:
        """The lines under the title, up to the first of the content."""
        words = [rest] if rest else []
        start, end = line.start, line.end
        titled = line.kind == "title"
        while self.at < self.until:
            after = self.lines[self.at]
            if marks := stamps(after.text):
                for name, value in marks.items():
                    self.top.say(name, value, after.start, after.end)
                self.at += 1
                continue
            if not self._is_subject(after, titled, bool(words)):
                break
            start = start if words else after.start
            words.append(after.text)
            end = after.end
            self.at += 1
        self.top.say("subject", _joined(words), start, end)

    def _is_subject(self, after: Line, titled: bool, begun: bool) -> bool:
        text = after.text
        if (
            _RULE.fullmatch(text)
            or _TO.match(text)
            or len(text) > _LONGEST_TITLE_LINE
            or _NUMBER.match(text)
            or _DAY.fullmatch(text)
        ):
            return False
        if after.kind == "title":
            return True
        if titled and begun and after.kind != "title":
            return text[:1].islower() and not text.endswith((".", ";"))
        if _STARTS_BODY.match(text) and text.isupper():
            return False
        if _CONTENT.match(text) or text.endswith((".", ";", ":")) or after.kind == "item":
            return bool(_TITLE_ABOUT.match(text))
        return not begun or not text[:1].isupper() or after.capitals or after.kind == "heading"

    def _addressees(self, line: Line, who: str) -> None:
        found = [who] if who.strip(" .;:") else []
        first = self.at
        while self.at < len(self.lines) and self.at < first + 25:
            text = self.lines[self.at].text
            item = _ITEM.match(text)
            if item is None and (found or len(text) > 140 or _CONTENT.match(text)):
                break
            found.append(item["said"] if item else text)
            self.at += 1
            if text.endswith(".") and item:
                break
        self.top.recipients += [clean for each in found if (clean := each.strip(" ;.,\u00a0"))]
        if found:
            self.top.spans["recipients"] = (line.start, self.lines[self.at - 1].end)

    def _issuers(self) -> None:
        """The body above and the one that issues; a name may take two lines."""
        names: list[tuple[str, int, int]] = []
        for line in self.top.names:
            text = line.text.strip(" *-–_")
            if names and _CONTINUES.match(text) and not names[-1][0].endswith(text):
                names[-1] = (f"{names[-1][0]} {text}", names[-1][1], line.end)
            elif text:
                names.append((text, line.start, line.end))
        if not names:
            return
        if len(names) > 1:
            self.top.say("above", "; ".join(proper(name[0]) for name in names[:-1]), names[0][1], names[-2][2])
        self.top.say("issuer", proper(names[-1][0]), names[-1][1], names[-1][2])


def _joined(words: list[str]) -> str:
    said = " ".join(" ".join(words).split())
    said = _TITLE_ABOUT.sub("", said)
    return said.strip(" .;:\u00a0")

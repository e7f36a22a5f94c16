# SPDX-License-Identifier: Apache-2.0
"""Who is to do it: the bodies that a text names before a verb, and those that are to help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bamsat.core.read.instructing.words import Mark, Marks

_LONGEST = 260
_WITH = re.compile(
    r"phối hợp(?:[ \u00a0](?:chặt chẽ|tốt|hiệu quả|thường xuyên|đồng bộ|liên ngành))*[ \u00a0](?:với|cùng)[ \u00a0]+"
)
_PARTED = re.compile(r"[,;]\s+|\s+và\s+|\s+cùng\s+")
_ENDS = re.compile(r"[:\n]|\.\s|\s(?:để|nhằm|về|trong việc|khi|theo|trước ngày|trên cơ sở)\s")
_SAID = re.compile(
    r"(?:nhấn mạnh|cho biết|cho hay|chia sẻ|khẳng định|lưu ý|cho rằng|đề nghị|thống nhất|chỉ rõ|nêu rõ"
    r"|yêu cầu)(?![^\W_])"
)
# "cho biết | đơn vị sẽ ...", "năm nay | chúng tôi sẽ ...": a body may begin behind these without a comma
_LEADS_IN = re.compile(
    r"(?:^|[\s“\"])(?:cho biết|cho hay|nhấn mạnh|khẳng định|cho rằng|nói|chia sẻ|thông tin|rằng"
    r"|năm nay|năm sau|dịp này|dịp tết|hiện nay|năm \d{4}|quý (?:[ivx]+|\d)(?:/\d{4})?|tháng \d{1,2}(?:/\d{4})?)$"
)
_OPENERS = frozenset(':.;–-+*•)“"(…')


class Actors:
    """Finds bodies in one text."""

    __slots__ = ("_marks", "_text")

    def __init__(self, text: str, marks: Marks) -> None:
        self._text, self._marks = text, marks

    def acts(self, start: int, end: int, *kinds: str) -> Iterator[Mark]:
        """The verbs of a span, less those that are a part of a name: "Sở Xây dựng", "Ban Quản lý chợ"."""
        text = self._text
        for mark in self._marks.each(start, end, *(kinds or ("verb", "urge"))):
            if text[mark.start].isupper() and not self._opens(mark.start):
                continue
            if mark.is_a("body") and not mark.is_a("order"):
                continue
            yield mark

    def _opens(self, at: int) -> bool:
        """Whether a sentence or an item begins here, so that its first letter is a capital anyway."""
        before = self._text[max(0, at - 2) : at]
        return before.strip()[-1:] in _OPENERS if before.strip() else at < 2 or "\n" in before

    def at(self, start: int, end: int) -> int | None:
        """Where the phrase of a body that begins at `start` ends (before its verb), or None where none begins there."""
        first = next(iter(self._marks.within(start, min(end, start + 30))), None)
        if first is None or first.start != start:
            return None
        named = first
        for mark in self._marks.within(first.end, min(end, start + 40)):
            if not named.is_a("quantifier") or named.is_a("body", "offer", "offer_up"):
                break
            if not mark.is_a("quantifier", "body", "offer", "offer_up") or self._text[named.end : mark.start].strip():
                return None
            named = mark
        if not named.is_a("body", "offer", "offer_up"):
            return None
        stop = min(end, start + _LONGEST)
        for mark in self.acts(
            named.end, stop, "verb", "urge", "oblige", "pledge", "told", "order", "propose", "ongoing", "aim", "manner"
        ):
            stop = mark.start
            break
        cut = self._text.find(":", start, stop)
        return cut if cut >= 0 else stop

    def before(self, start: int, at: int) -> int | None:
        """Where the body begins that a verb at `at` is said of, no verb between."""
        text = self._text
        for mark in self._marks.each(start, at, "quantifier", "body", "offer", "offer_up"):
            lead = text[start : mark.start].rstrip(" \u00a0")
            if (
                lead
                and lead[-1] not in ',:;“"(.'
                and not self._after_link(mark.start)
                and not _LEADS_IN.search(lead.lower())
            ):
                continue
            stop = self.at(mark.start, at)
            if (
                stop is not None
                and _SAID.search(self._text[mark.start : stop]) is None
                and self._adverbs_only(stop, at)
                and self._one_phrase(mark.start, at)
            ):
                return mark.start
        return None

    def _adverbs_only(self, start: int, end: int) -> bool:
        """Whether nothing but "đã", "cũng", "tích cực" stands between a body and its verb."""
        at = start
        for mark in self._marks.within(start, end):
            if self._text[at : mark.start].strip() or not mark.is_a("told", "manner", "link", "ongoing"):
                return False
            at = mark.end
        return not self._text[at:end].strip()

    def _one_phrase(self, start: int, at: int) -> bool:
        """Whether the words up to the verb are names alone: "nội dung của đề án, Sở" is not."""
        said = self._text[start:at]
        return (at - start <= _LONGEST and not re.search(r"[.;]\s+[^\W\d_]*[a-zà-ỹ]", said)) or "UBND" in said

    def _after_link(self, at: int) -> bool:
        return any(
            mark.end <= at and not self._text[mark.end : at].strip()
            for mark in self._marks.each(max(0, at - 16), at, "link", "order", "later")
        )

    def name(self, start: int, end: int) -> str:
        """The words of a body as they are kept: no trailing comma, no "khẩn trương"."""
        said = self._text[start:end].strip(' \u00a0,;:.-–“”"')
        for added in ("cần", "phải", "tiếp tục", "thì", "và", "có", "sẽ"):
            said = said.removesuffix(" " + added)
        return said.strip(" ,;:")

    def helpers(self, low: str, start: int, end: int) -> tuple[str, ...]:
        """The bodies named after "phối hợp với", one by one."""
        found = _WITH.search(low, start, end)
        if found is None:
            return ()
        stop = min(end, found.end() + _LONGEST)
        for mark in self.acts(found.end(), stop, "verb", "urge", "oblige"):
            stop = mark.start
            break
        cut = _ENDS.search(low, found.end(), stop)
        stop = cut.start() if cut else stop
        return self.parted(found.end(), stop)

    def parted(self, start: int, end: int) -> tuple[str, ...]:
        """A row of bodies, each by its name; "Sở Kế hoạch và Đầu tư" is one."""
        names, at = [], start
        for match in _PARTED.finditer(self._text, start, end):
            mark = next(iter(self._marks.within(match.end(), min(end, match.end() + 20))), None)
            if mark is None or mark.start != match.end() or not mark.is_a("body", "quantifier", "offer", "offer_up"):
                continue
            if self._text[at : match.start()].strip().lower() in ("các sở", "các sở, ban", "sở", "các ban", "các cấp"):
                continue
            names.append(self._text[at : match.start()])
            at = match.end()
        names.append(self._text[at:end])
        cleaned = [" ".join(name.split()).strip(" ,;:.()") for name in names]
        return tuple(dict.fromkeys(name for name in cleaned if len(name) > 1))

# SPDX-License-Identifier: Apache-2.0
"""Statements of direction without a number (nhận định): "đều giảm", "vượt kế hoạch" (phrases/statements.yml)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import ahocorasick_rs

from bamsat.core.read.document import Block, Document
from bamsat.core.read.lexicon import Event, Lexicon, Term, blanked, lexicon, within
from bamsat.core.read.periods import mentions
from bamsat.core.terms.data import shipped
from bamsat.core.terms.figure import Statement
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import tone_variants

_SENTENCE_END = re.compile(r"[;\n!:?]|(?<!\.)\.(?=\s+[^\W\d_a-zà-ỹăđĩũơưạ-ỹ]|\s*$)|…(?=\s+[^\W\d_a-zà-ỹăđĩũơưạ-ỹ])")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_DIGITS_NEXT = re.compile(r"\s*(\d+(?:[.,]\d+)*)")
_DISEASE = re.compile(r"(?:covid|covd|sars)\s?[-–]?\s?(?:cov-?)?$")
_LETTER = re.compile(r"[^\W_]")
_SLOT = re.compile(r"\{(\w+)\}|\[([^\[\]]+)\]")
_TOGETHER = re.compile(r"(?:đều|cùng|đồng loạt)\s")
_LONGEST_NAME = 4  # words
_LONGEST_COMPLEMENT = 70
_LONGEST_SUBJECT = 220
_LONGEST_ADVERBS = 32
_FARTHEST_PERIOD = 160
_PERIOD_WORD = re.compile(r"(?<![^\W_])(?:năm|tháng|quý)(?=\s)")


class Context(Protocol):
    """What the document says of itself as a whole."""

    @property
    def period(self) -> Period | None: ...

    @property
    def year(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Group:
    """Wordings of one meaning."""

    sign: str
    what: str
    after: re.Pattern[str] | None
    alone: bool
    whole: bool
    bare: bool


class Mark(NamedTuple):
    """A word of some importance in a clause."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Clause:
    """A stretch of text between two borders, with the marks in it once they were asked for."""

    start: int
    end: int
    asks: bool
    found: list[Mark] | None = None

    def marks(self, low: str) -> list[Mark]:
        if self.found is None:
            self.found = _marks().within(low, self.start, self.end)
        return self.found


def _data() -> Any:
    return shipped("phrases/statements.yml")


def wordings(pattern: str) -> Iterator[str]:
    """Every wording that a pattern of the data stands for.

    >>> list(wordings("[còn] chậm"))
    ['còn chậm', 'chậm']
    """
    slot = _SLOT.search(pattern)
    if slot is None:
        yield " ".join(pattern.split())
        return
    choices = _data()["sets"][slot[1]] if slot[1] else [slot[2], ""]
    for choice in choices:
        yield from wordings(pattern[: slot.start()] + choice + pattern[slot.end() :])


@lru_cache(maxsize=1)
def _groups() -> tuple[Group, ...]:
    return tuple(
        Group(
            row["means"]["sign"],
            row["means"]["what"],
            _word(row["after"]) if "after" in row else None,
            bool(row.get("alone")),
            bool(row.get("whole")),
            bool(row.get("bare")),
        )
        for row in _data()["groups"]
    )


def _terms() -> Iterator[Term]:
    for at, row in enumerate(_data()["groups"]):
        for said in itertools.chain.from_iterable(map(wordings, row["says"])):
            yield Term(said, str(at), {})


@lru_cache(maxsize=1)
def _predicates() -> Lexicon:
    return Lexicon(_terms())


def _any_of(words: Iterable[str]) -> str:
    ways = {way for word in words for way in tone_variants(word)}
    return "|".join(re.escape(way).replace(r"\ ", r"\s+") for way in sorted(ways, key=len, reverse=True))


def _word(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_any_of(words)})(?![^\W_])")


class _Marks:
    """The words that tell where a subject begins and whether a clause tells facts."""

    def __init__(self) -> None:
        data = _data()
        said = {"subject": [word for words in data["subjects"].values() for word in words]}
        said |= {
            kind: data[kind] for kind in ("told", "done", "wishes_unless_done", "quantifiers", "borders", "wishes")
        }
        kinds = {blanked(way): kind for kind, words in said.items() for word in words for way in tone_variants(word)}
        self.kinds = tuple(kinds.values())
        longest = ahocorasick_rs.MatchKind.LeftmostLongest
        self.words = ahocorasick_rs.AhoCorasick([" " + way for way in kinds], matchkind=longest)

    def within(self, low: str, start: int, end: int) -> list[Mark]:
        flat = f" {blanked(low[start:end])} "
        kinds, words = self.kinds, self.words.find_matches_as_indexes(flat)
        return [Mark(start + a, start + b - 1, kinds[which]) for which, a, b in words if not flat[b].isalnum()]


_marks = lru_cache(maxsize=1)(_Marks)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    data = _data()
    manner = [*data["bare_complements"], *data["sets"]["well"], *data["sets"]["strongly"]]
    return {
        "adverbs": re.compile(rf"(?:(?<![^\W_])(?:{_any_of(data['adverbs'])})\s+)+$"),
        "stops": re.compile(rf",|\(|\)|\s[-–]\s|\s(?:{_any_of(data['stops'])})(?![^\W_])"),
        "bare": re.compile(rf"\s*(?:$|(?:{_any_of(manner)})(?![^\W_]))"),
        "denied": re.compile(rf"(?<![^\W_])(?:{_any_of(data['denials'])})\s+$"),
        "period": re.compile(r"(?:năm|tháng|quý)\s[\w/]+\s*,"),
        "bases": _word(said for row in data["bases"] for said in row["says"]),
    }


@lru_cache(maxsize=1)
def _subject_codes() -> dict[str, str]:
    return {way: code for code, words in _data()["subjects"].items() for word in words for way in tone_variants(word)}


def _clauses(text: str, start: int, end: int) -> list[Clause]:
    clauses, at = [], start
    for border in _SENTENCE_END.finditer(text, start, end):
        clauses.append(Clause(at, border.start(), border[0] == "?"))
        at = border.end()
    return [*clauses, Clause(at, end, False)]


def _is_figure(low: str, digits: re.Match[str]) -> bool:
    """Whether digits state a figure: not the number in COVID-19, a year, a month or a date."""
    if _DISEASE.search(low, max(0, digits.start() - 12), digits.start()):
        return False
    before, after = low[max(0, digits.start() - 8) : digits.start()], low[digits.end() : digits.end() + 7]
    period = re.search(r"(?:năm|tháng|quý|ngày|[/\-–])\s*$", before) or re.match(r"\s*(?:tháng|[/\-–])", after)
    return period is None


def _figures(low: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return (digits for digits in _DIGITS.finditer(low, start, end) if _is_figure(low, digits))


class _Reading:
    """The statements of one document."""

    def __init__(self, document: Document, context: Context, low: str, events: list[Event]) -> None:
        self.document, self.context = document, context
        self.text, self.low, self.events = document.text, low, events
        self.patterns = _patterns()

    def _left_border(self, clause: Clause, at: int) -> int:
        """Where the subject may begin at the earliest: after a figure, a conjunction, a period."""
        start = max(clause.start, at - _LONGEST_SUBJECT)
        for digits in _figures(self.low, start, at):
            comma = self.low.find(",", digits.end(), at)
            start = comma + 1 if comma >= 0 else digits.end()
        for period in self.patterns["period"].finditer(self.low, start, at):
            start = period.end()
        for mark in clause.marks(self.low):
            if mark.kind == "borders" and start <= mark.start < at:
                start = mark.end
            elif mark.kind == "told" and start <= mark.start and self.low.startswith(",", mark.end) and mark.end < at:
                start = mark.end + 1
        return start

    def _subject(self, clause: Clause, border: int, at: int, group: Group) -> int | None:
        """Where the subject of a predicate begins; None when nothing that can be one is there."""
        if group.alone and self.low[border:at].rstrip().endswith(","):
            return at
        marks = [mark for mark in clause.marks(self.low) if border <= mark.start and mark.end <= at]
        together = _TOGETHER.match(self.low, at)
        for place, mark in enumerate(marks):
            if mark.kind == "subject":
                begin = self._with_quantifiers(marks[:place], mark.start)
                return self._list_before(border, begin) if together else begin
        first = self._first_word(border, at)
        quantified = group.alone and marks and marks[0].kind == "quantifiers" and marks[0].start == first
        if first < at and (together or quantified):
            return first
        return at if group.alone else None

    def _with_quantifiers(self, before: list[Mark], begin: int) -> int:
        for mark in reversed(before):
            if mark.kind != "quantifiers" or self.low[mark.end : begin].strip():
                break
            begin = mark.start
        return begin

    def _list_before(self, border: int, begin: int) -> int:
        """Where a list of short names begins that a shared predicate is said of: quặng sắt, đá và | xi măng đều hụt."""
        while begin > border:
            comma = max(border, self.low.rfind(",", border, max(border, begin - 2)))
            piece = self.low[comma:begin].strip(" ,")
            if not piece or len(piece.split()) > _LONGEST_NAME:
                break
            begin = self._first_word(comma, begin)
        return begin

    def _first_word(self, start: int, end: int) -> int:
        first = _LETTER.search(self.low, start, end)
        return first.start() if first else end

    def _complement_end(self, clause: Clause, end: int, group: Group) -> int:
        """How far what follows the predicate still belongs to it."""
        if group.whole:
            return clause.end
        limit = min(clause.end, end + _LONGEST_COMPLEMENT)
        stops = (found.start() for found in self.patterns["stops"].finditer(self.low, end, limit))
        stop_at = next((at for at in stops if not self.low.endswith(" so", end, at)), limit)
        if stop_at == limit < clause.end:
            stop_at = max(end, self.low.rfind(" ", end, limit))
        return end + len(self.low[end:stop_at].rstrip(" .,…"))

    def _opened(self, group: Group, border: int, at: int) -> int | None:
        """Where the verb stands that a predicate needs before it: đạt ... | đáng ghi nhận."""
        if group.after is None:
            return at
        found = group.after.search(self.low, max(border, at - 60), at)
        return found.start() if found else None

    def _wished(self, clause: Clause, piece: int, begin: int, end: int) -> bool:
        """Whether the clause tells a wish, a plan or an order."""
        kinds = {mark.kind for mark in clause.marks(self.low) if piece <= mark.start < end}
        if "wishes" in kinds or "wishes_unless_done" not in kinds:
            return "wishes" in kinds
        return not any(mark.kind == "done" and mark.end <= begin for mark in clause.marks(self.low))

    def _gives_figure(self, start: int, end: int) -> bool:
        """Whether a number stands in a span or right behind it."""
        if next(_figures(self.low, start, end), None):
            return True
        following = _DIGITS_NEXT.match(self.low, end)
        return bool(following and next(_figures(self.low, following.start(1), following.end(1)), None))

    def statement(
        self, block: Block, clause: Clause, group: Group, start: int, end: int, earliest: int
    ) -> Statement | None:
        finish = self._complement_end(clause, end, group)
        if clause.asks or (group.bare and not self.patterns["bare"].match(self.low[end:finish])):
            return None
        if self._gives_figure(start, finish):
            return None
        border = max(earliest, self._left_border(clause, start))
        opened = self._opened(group, border, start)
        if opened is None:
            return None
        adverbs = self.patterns["adverbs"].search(self.low, max(border, opened - _LONGEST_ADVERBS), opened)
        predicate = adverbs.start() if adverbs else opened
        begin = self._subject(clause, border, predicate, group)
        if begin is None or self.patterns["denied"].search(self.low, max(border, predicate - 12), predicate):
            return None
        piece = max(clause.start, earliest, self.low.rfind(",", clause.start, begin) + 1)
        if self._wished(clause, piece, begin, end):
            return None
        period = self._period(block, begin, finish)
        base = self._base(begin, finish, period)
        return Statement(
            doc=self.document.name,
            start=begin,
            end=finish,
            text=self.text[begin:finish],
            indicator=self._indicator(begin, finish if begin == predicate else predicate),
            sign=group.sign,
            period=period.code if period else None,
            base=base.code if base else None,
            at=block.at,
        )

    def _indicator(self, start: int, end: int) -> str:
        said = self.low[start:end]
        events = [event for event in within(self.events, start, end) if event.kind == "indicator"]
        if events and not (events[0].means["code"] == "iip" and "chỉ số" not in said):
            return str(events[0].means["code"])
        subject = next((mark for mark in _marks().within(self.low, start, end) if mark.kind == "subject"), None)
        words = " ".join((self.low[subject.start : subject.end] if subject else said).split()[:4])
        return _subject_codes().get(words, f"other:{words}")

    def _period(self, block: Block, start: int, end: int) -> Period | None:
        """The period named in the statement, or last before it in its paragraph, or the document's."""
        opens = max(block.start, start - _FARTHEST_PERIOD)
        base = self.patterns["bases"].search(self.low, start, end)
        for word in reversed(list(_PERIOD_WORD.finditer(self.low, opens, base.start() if base else end))):
            around = mentions(self.low, max(opens, word.start() - 12), min(len(self.low), word.end() + 30))
            mention = next((m for m in around if m.start <= word.start() < m.end), None)
            if mention and mention.kind not in ("date", "range") and not self._compared(mention.start):
                return mention.resolve(self.context.year, self.context.period) or self.context.period
        return self.context.period

    def _compared(self, at: int) -> bool:
        return self.low[max(0, at - 10) : at].rstrip().endswith(("so với", "cùng kỳ", "với"))

    def _base(self, start: int, end: int, period: Period | None) -> Period | None:
        if period is None or not self.patterns["bases"].search(self.low, start, end):
            return None
        return period.shift_years(-1)

    def of_block(self, block: Block, hits: list[tuple[int, int, Group]]) -> Iterator[Statement]:
        clauses = _clauses(self.text, block.start, block.end)
        earliest = block.start
        for start, end, group in hits:
            if start < earliest:
                continue
            clause = next((c for c in clauses if c.start <= start < c.end or c.start <= start == c.end), None)
            found = clause and self.statement(block, clause, group, start, end, max(earliest, clause.start))
            if found:
                earliest = found.end
                yield found


def statements(
    document: Document, context: Context, low: str | None = None, events: list[Event] | None = None
) -> tuple[Statement, ...]:
    """The statements of direction in a document's own text, in order, none overlapping.

    `low` and `events`, the text in lower case and what the lexicon knows in it, save the time of finding them again.
    """
    low = document.text.lower() if low is None else low
    reading = _Reading(document, context, low, lexicon().events(low) if events is None else events)
    groups = _groups()
    hits = [(event.start, event.end, groups[int(event.kind)]) for event in _predicates().events(reading.low)]
    found: list[Statement] = []
    at = 0
    for block in document.blocks:
        while at < len(hits) and hits[at][0] < block.start:
            at += 1
        last = at
        while last < len(hits) and hits[last][0] < block.end:
            last += 1
        if last > at and block.kind not in ("furniture", "cell", "caption"):
            found += reading.of_block(block, hits[at:last])
        at = last
    return tuple(found)

# SPDX-License-Identifier: Apache-2.0
"""Numbers in running text that may be figures: digits, ranges and ratios, each with its unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from bamsat.core.read.lexicon import Event, phrases
from bamsat.core.read.periods import Mention
from bamsat.core.terms.unit import UnitFound, read_unit

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GAP = r"[ \u00a0\u2009]*"
_RANGE = re.compile(rf"{_GAP}(?P<first>%)?{_GAP}(?:-|–|—|đến|tới){_GAP}(?P<high>\d+(?:[.,]\d+)*)(?![\d/])")
_OF = re.compile(
    rf"(?:{_GAP}/{_GAP}|{_GAP}(?:trong|trên){_GAP}(?:tổng{_GAP})?(?:số{_GAP})?)(?P<of>\d+(?:\.\d+)*)(?![\d,/%])"
)
_NOUN = re.compile(r"[ \u00a0]((?!\d)[a-zà-ỹăâđêôơư]+)(?:[ \u00a0]([a-zà-ỹăâđêôơư]+))?")
_LIST_NUMBER = re.compile(r"[ \t]*(?:[-+•*]\s*)?\d{1,2}(?:\.\d{1,2})*(?:[.)/]|\.?(?=[ \t]+[A-ZĐÀ-Ỹ]))")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
_VIETNAMESE = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+")
_CURRENT_YEARS = range(1950, 2100)


@dataclass(slots=True)
class Quantity:
    """A number with its unit: its span, its values in base units, and what it still lacks."""

    start: int
    end: int
    number_end: int
    value: Decimal
    high: Decimal | None
    of: Decimal | None
    unit: str
    kind: str  # money physical counted percent point times none
    scale: Decimal
    written: str  # the digits of the (first) number, for its precision
    plus: bool = False  # written with a plus sign


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """Which separators a document uses."""

    english: bool
    dots_group: bool = False  # some number groups its thousands by dots


def number_style(numbers: Iterable[re.Match[str]]) -> NumberStyle:
    """Vietnamese separators unless the text writes numbers that only English ones can be."""
    written = [match[0] for match in numbers if not match[0].isdigit()]
    grouped = any(_GROUPED.fullmatch(digits) for digits in written)
    english = any(_ENGLISH.fullmatch(digits) for digits in written)
    return NumberStyle(english and not any(_VIETNAMESE.fullmatch(digits) for digits in written), grouped)


def decimal_of(digits: str, *, english: bool = False) -> Decimal | None:
    """The value of a run of digits and separators.

    >>> decimal_of("44.767,5"), decimal_of("5.300"), decimal_of("3,926"), decimal_of("5.5")
    (Decimal('44767.5'), Decimal('5300'), Decimal('3.926'), Decimal('5.5'))
    """
    if digits.isdigit():
        return Decimal(digits)
    if english:
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+", digits):
            return Decimal(digits.replace(",", ""))
        if re.fullmatch(r"\d+,\d+", digits):
            return Decimal(digits.replace(",", "."))
    if _GROUPED.fullmatch(digits) and not digits.startswith("0"):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if digits.count(",") == 1 and "." not in digits:
        return Decimal(digits.replace(",", "."))
    if digits.count(".") == 1 and "," not in digits:
        return Decimal(digits)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return Decimal(digits.replace(",", ""))
    return None


def _stop_words() -> frozenset[str]:
    return frozenset(
        word for entry in phrases("quantities") if entry["means"]["class"] == "not_a_noun" for word in entry["says"]
    )


def _hard_blocks() -> frozenset[str]:
    return frozenset(
        word for entry in phrases("quantities") if entry["means"]["class"] == "soft_block" for word in entry["says"]
    )


class QuantityReader:
    """Finds the quantities of a block; knows the words after which digits are a name or an address."""

    __slots__ = ("_soft", "_stops")

    def __init__(self) -> None:
        self._stops = _stop_words()
        self._soft = _hard_blocks()

    def read(
        self, text: str, low: str, start: int, end: int, numbers: list[re.Match[str]],
        periods: list[Mention], events: list[Event], style: NumberStyle,
    ) -> list[Quantity]:  # fmt: skip
        """The quantities of text[start:end], in order."""
        found: list[Quantity] = []
        period_starts = [mention.start for mention in periods]
        event_starts = [event.start for event in events]
        listed = _LIST_NUMBER.match(text, start, end)
        position = listed.end() if listed and text[listed.end() : listed.end() + 1] in (" ", "\t", "\u00a0") else start
        for match in numbers:
            at = match.start()
            if at < position:
                continue
            index = bisect_right(period_starts, at) - 1
            if index >= 0 and periods[index].end > at:
                continue
            before = bisect_right(event_starts, at) - 1
            event = events[before] if before >= 0 else None
            if event is not None and event.end > at and event.kind not in ("reach", "hedge"):
                continue
            paired = bool(found) and text[found[-1].end : at] == "/" and found[-1].kind in ("physical", "counted")
            quantity = self._one(text, low, match, end, event, style, paired=paired)
            if quantity is not None:
                found.append(quantity)
                position = quantity.end
            elif event is not None and event.kind in ("block", "rank") and (of := _OF.match(low, match.end(), end)):
                position = of.end()  # "thứ 12 trong 63 tỉnh"
        return found

    def _one(
        self,
        text: str,
        low: str,
        match: re.Match[str],
        end: int,
        event: Event | None,
        style: NumberStyle,
        *,
        paired: bool,
    ) -> Quantity | None:
        at, number_end = match.span()
        before = text[at - 1] if at else "\n"
        if (
            before.isalpha()
            or before in "_#@"
            or (not paired and before == "/" and at > 1 and not text[at - 2].isspace())
        ):
            return None
        if before in "-–" and at > 1 and (text[at - 2].isalnum()):
            return None
        value = decimal_of(match[0], english=style.english)
        if value is None:
            return None
        after = text[number_end : number_end + 2]
        if after[:1] in "-–/" and after[1:2].isalpha() and after[1:2].isupper():
            return None
        if (after[:1] == ":" and after[1:2].isdigit()) or (
            after[:1] == "h" and (len(after) == 1 or not after[1].isalpha())
        ):
            return None
        sign = _sign(text, low, at)
        high, of, tail, percent_first = None, None, number_end, False
        if (ratio := _OF.match(low, number_end, end)) and match[0].replace(".", "").isdigit():
            of, tail = decimal_of(ratio["of"]), ratio.end()
        elif span := _RANGE.match(low, number_end, end):
            high = decimal_of(span["high"], english=style.english)
            percent_first = bool(span["first"])
            if high is not None and high > value and (percent_first or not span["first"]):
                tail = span.end()
            else:
                high = None
        unit = read_unit(low, tail)
        if high is not None and (unit is None or (percent_first and unit.kind != "percent")):
            # "bằng 5 - 7 ..." with no unit after is a sum or two numbers, not a range
            high, tail, of = None, number_end, None
            unit = read_unit(low, tail)
        if unit is not None and not _unit_stands(text, low, tail, unit, end):
            unit = None
        if unit is not None and unit.kind == "scale" and of is None and high is None:
            more = _NUMBER.match(low, unit.end + 1)  # "2 tỷ 615 triệu USD"
            smaller = read_unit(low, more.end()) if more and low[unit.end].isspace() else None
            if more and smaller and smaller.kind in ("money", "physical", "counted") and smaller.scale < unit.scale:
                added = decimal_of(more[0], english=style.english)
                if added is not None:
                    value = value * unit.scale / smaller.scale + added
                    unit = smaller
        return self._with_unit(text, low, match, end, event, value * sign, high, of, tail, unit)

    def _with_unit(
        self, text: str, low: str, match: re.Match[str], end: int, event: Event | None,
        value: Decimal, high: Decimal | None, of: Decimal | None, tail: int, unit: UnitFound | None,
    ) -> Quantity | None:  # fmt: skip
        at, number_end = match.span()
        blocked = (
            event is not None
            and event.kind in ("block", "rank")
            and not low[event.end : at].strip(" \u00a0:.")
            and not (
                low[event.start - 4 : event.start] == "các "
                or "," in match[0]
                or (unit is not None and unit.scale >= 1000)
            )
        )
        named = _after_name(text, at)
        if low[max(0, at - 4) : at] == " số " and not low[max(0, at - 10) : at].endswith(
            ("tổng số ", "trong số ", "con số ")
        ):
            blocked = blocked or unit is None or unit.kind in ("counted", "scale")
        if unit is not None and (unit.kind == "time" or unit.code == "sao"):
            return None
        if unit is None or unit.kind == "scale":
            return self._bare(text, low, match, end, blocked, named, value, high, of, tail, unit)
        if blocked and (
            unit.kind == "counted"
            or (
                event is not None and event.kind in ("block", "rank") and low[event.start : event.end] not in self._soft
            )
        ):
            return None
        if low.startswith((" lượt xem", " lượt đọc"), number_end):
            return None
        if unit.kind == "counted" and (named or "," in match[0]) and of is None and value < 100 and "," not in match[0]:
            return None
        if of is not None and unit.kind not in ("counted",) and unit.kind == "percent":
            return None
        kind, scale = unit.kind, unit.scale
        if kind == "counted" and len(words := text[tail : unit.end].split(" ")) > 5:
            unit = replace(unit, end=tail + len(" ".join(words[:5])))
        if unit.code == "point" and unit.kind != "point":
            kind = "point"
        return Quantity(
            at, unit.end, number_end, value * scale, high * scale if high is not None else None,
            of * scale if of is not None else None, unit.code, kind, scale, match[0], text[at - 1 : at] == "+",
        )  # fmt: skip

    def _bare(
        self, text: str, low: str, match: re.Match[str], end: int, blocked: bool, named: bool,
        value: Decimal, high: Decimal | None, of: Decimal | None, tail: int, unit: UnitFound | None,
    ) -> Quantity | None:  # fmt: skip
        """A number without a known unit: an open noun ("12 xưởng"), or none at all ("bằng 95,3 so với cùng kỳ")."""
        at, number_end = match.span()
        if blocked or (match[0].isdigit() and len(match[0]) == 4 and int(match[0]) in _CURRENT_YEARS and unit is None):
            return None
        scale = unit.scale if unit is not None else Decimal(1)
        tail = unit.end if unit is not None else tail
        noun = _NOUN.match(text, tail, end)
        if noun and noun[1] not in self._stops and not (named and unit is None):
            stop = noun.end(1)
            return Quantity(at, stop, number_end, value * scale, None, of, noun[1], "open", scale, match[0])
        kind = "none"
        if text[at - 1 : at] == "/" or (of is not None and of <= 12 and value <= 31):
            return None  # a date: "từ 16/02 đến 15/3"
        high = high * scale if high is not None else None
        return Quantity(at, tail, number_end, value * scale, high, of, "", kind, scale, match[0])


def _sign(text: str, low: str, at: int) -> int:
    """Minus where a dash touches the number and follows a space or a bracket, "(-)" or "âm" stands before it."""
    if (
        text[at - 1 : at] in ("-", "−", "–")
        and at > 1
        and text[at - 2] in " (\u00a0\t|:;"
        and text[:at].rstrip("-−–")[-1:] != "\n"
    ):
        return 0 - 1
    return -1 if text[max(0, at - 4) : at].rstrip() == "(-)" or low[max(0, at - 3) : at] == "âm " else 1


def _unit_stands(text: str, low: str, tail: int, unit: UnitFound, end: int) -> bool:
    """A unit belongs to its number only on the same line, and a one-letter unit only when written as one."""
    if unit.end > end or "\n" in text[tail : unit.end]:
        return False
    word = text[unit.start : unit.end]
    return not (len(word) == 1 and word.isalpha() and word.isupper() and unit.kind != "money")


def _after_name(text: str, at: int) -> bool:
    """Whether the word before is a capitalised name in mid-sentence: Bảo Lâm 3."""
    line = re.split(r"[\n.;:,()]", text[max(0, at - 24) : at].rstrip(" \u00a0"))[-1]
    words = [word for word in line.split() if word[-1].isalnum()]  # a dash that opens a list is no word
    return (
        bool(words) and len(words) > 1 and words[-1][:1].isupper() and words[-1].isalpha() and not words[-1].isupper()
    )

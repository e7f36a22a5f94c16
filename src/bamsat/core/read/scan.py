# SPDX-License-Identifier: Apache-2.0
"""What stands where in a text: known wordings, period phrases and runs of digits, none inside another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bamsat.core.read.lexicon import Event, lexicon, listed
from bamsat.core.read.periods import Mention, mentions_at, numbers

_CONSTANT_PRICE = ("giá so sánh ", "giá cố định ", "giá ss ")
_HOLDS_PERIODS = ("price", "base")
_MARKS = ",;:.()-–+•*"
# what a "T4" may stand behind: an indicator, a branch or the words that lead to a period
_LET_SHORT = frozenset(("indicator", "part", "branch", "cumulative", "versus", "estimate", "price", "average", "plan"))


@dataclass(slots=True)
class Found:
    """The events, periods and numbers of a text, each in order."""

    events: list[Event]
    periods: list[Mention]
    numbers: list[re.Match[str]]


def lower(text: str) -> str:
    """The text in lower case, letter for letter."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def scan(low: str) -> Found:
    """Find everything in a lower-case text.

    >>> found = scan("năm 2021, theo giá so sánh năm 2010, ước tăng 5%")
    >>> [low.start for low in found.periods], [n[0] for n in found.numbers]
    ([0], ['2021', '2010', '5'])
    """
    digits = numbers(low)
    events = lexicon().events(low)
    periods = list(mentions_at(low, digits))
    if any(mention.short for mention in periods):
        periods = _meant(low, events, periods)
    periods = _apart(low, events, periods)
    return Found(_outside(events, periods), periods, digits)


def _meant(low: str, events: list[Event], periods: list[Mention]) -> list[Mention]:
    """Period phrases, less a "T4" or "9T" that names a machine, a seed or a load."""
    ends = {event.end for event in events if event.kind in _LET_SHORT}
    told: set[str] = set()
    left: dict[int, str] = {}  # start of each one that nothing lets be a period, and the word before it
    for mention in periods:
        if not mention.short:
            continue
        before = low[max(0, mention.start - 24) : mention.start].rstrip(" \u00a0")
        last = mention.start - min(24, mention.start) + len(before)
        word = before.split()[-1] if before.split() else ""
        if not word or word[-1] in _MARKS or last in ends or word in listed("before_short"):
            told.add(low[mention.start : mention.end])
        else:
            left[mention.start] = word
    never = listed("never_short")
    return [
        mention
        for mention in periods
        if mention.start not in left or (low[mention.start : mention.end] in told and left[mention.start] not in never)
    ]


def _apart(low: str, events: list[Event], periods: list[Mention]) -> list[Mention]:
    """Period phrases, less those inside a known wording: "giá so sánh năm 2010", "tháng 12 năm trước"."""
    held = [event for event in events if event.kind in _HOLDS_PERIODS]
    kept, at = [], 0
    for mention in periods:
        while at < len(held) and held[at].end <= mention.start:
            at += 1
        inside = at < len(held) and held[at].start <= mention.start
        if not inside and not low.endswith(_CONSTANT_PRICE, 0, mention.start):
            kept.append(mention)
    return kept


def _outside(events: list[Event], periods: list[Mention]) -> list[Event]:
    """Wordings, less those inside a period phrase: "đầu năm" in "6 tháng đầu năm 2022" is no base."""
    if not periods:
        return events
    kept, at = [], 0
    for event in events:
        while at < len(periods) and periods[at].end <= event.start:
            at += 1
        inside = at < len(periods) and periods[at].start < event.start and event.end <= periods[at].end
        if not inside:
            kept.append(event)
    return kept

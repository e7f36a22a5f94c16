# SPDX-License-Identifier: Apache-2.0
"""Rounds and their total in running text: "đợt 3 ... từ tháng 6 đến tháng 12/2021", "tính chung cả 3 đợt ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bamsat.core.check.beside.passages import Sentence, any_of
from bamsat.core.check.model import Stated
from bamsat.core.read.periods import mentions
from bamsat.core.terms.data import shipped
from bamsat.core.terms.period import Period

_FARTHEST = 2  # sentences between a round and its total


@dataclass(frozen=True, slots=True)
class Round:
    """What is told of one round, or of all of them (`number` 0, `count` 0 where it is not said how many)."""

    noun: str
    number: int
    count: int
    window: Period | None
    stated: tuple[Stated, ...]

    @property
    def amounts(self) -> tuple[Stated, ...]:
        return tuple(one for one in self.stated if one.figure.measure == "level" and not self.counts_rounds(one))

    def counts_rounds(self, one: Stated) -> bool:
        return bool(self.noun) and one.figure.unit == self.noun

    def holds(self, part: Round) -> bool:
        """Whether this total takes in a round."""
        return self.noun in ("", part.noun) and (not self.count or part.number <= self.count)


def _data() -> Any:
    return shipped("phrases/rounds.yml")


def noun(says: str) -> dict[str, str]:
    """The names of a kind of round, in both languages."""
    named: dict[str, str] = next((row for row in _data()["nouns"] if row["says"] == says), _data()["nouns"][0])
    return named


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    data = _data()
    nouns, counts = any_of([row["says"] for row in data["nouns"]]), rf"\d{{1,2}}|{any_of(list(data['ordinals']))}"
    openers = any_of([said.split(" {count}")[0] for said in data["totals"]])
    return re.compile(
        rf"(?<![^\W_])(?:(?:{openers})\s+(?:cả\s+)?(?P<count>{counts}|các)\s+(?P<all>{nouns})(?P<former>\s+(?:trước|đầu|sau))?"
        rf"|(?P<noun>{nouns})\s+(?:thứ\s+)?(?P<number>{counts})(?!\s*[/\-–.]?\d)"
        rf"|(?P<running>{any_of(data['running'])}))(?![^\W_])"
    )


@lru_cache(maxsize=1)
def _compared() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of(_data()['compared'])})\s+$")


def _number(said: str) -> int:
    return int(said) if said.isdigit() else int(_data()["ordinals"].get(said, 0))


def _window(low: str, start: int, end: int, year: int) -> Period | None:
    """The one stretch of time named between two places of a sentence; None where none or several are."""
    named: list[Period] = []
    dates: list[Period] = []
    for mention in mentions(low, start, end):
        if _compared().search(low, start, mention.start):
            continue
        period = mention.resolve(year, None)
        if period is not None:
            (dates if mention.kind == "date" else named).append(period)
    if len(dates) == 2 and not named and dates[0].first <= dates[1].last:
        return Period(dates[0].first, dates[1].last)
    return named[0] if len(named) == 1 and not dates else None


def rounds(sentence: Sentence) -> list[Round]:
    """The rounds and totals that a sentence tells of, each with its words up to the next one."""
    low = sentence.low
    cues = list(_cues().finditer(low))
    found = []
    for cue, after in zip(cues, [*(later.start() for later in cues[1:]), len(low)], strict=False):
        inside = sentence.within(cue.start(), after)
        years = [Period.parse(one.figure.period).end_year for one in inside if one.figure.period]
        window = _window(low, cue.end(), after, max(years, default=0))
        number = _number(cue["number"]) if cue["number"] else 0
        count = _number(cue["count"]) if cue["count"] and cue["count"] != "các" else 0
        if cue["former"] or (cue["noun"] and not number):
            continue
        found.append(Round(cue["noun"] or cue["all"] or "", number, count, window, inside))
    return found


def pairs(told: Sequence[Sentence]) -> Iterator[tuple[Round, Round]]:
    """Every round with the total that takes it in, told in the same sentence or in one close by."""
    by_sentence = [rounds(sentence) for sentence in told]
    for at, here in enumerate(by_sentence):
        for total in (one for one in here if not one.number):
            near = [at, *_neighbours(told, at, -1), *_neighbours(told, at, 1)]
            if not total.noun:  # "lũy kế" is of what was told just before
                near = [at, *_neighbours(told, at, -1)[:1]]
            for part in (one for place in near for one in by_sentence[place] if one.number):
                if total.holds(part):
                    yield part, total


def _neighbours(told: Sequence[Sentence], at: int, step: int) -> list[int]:
    found: list[int] = []
    here = at + step
    while 0 <= here < len(told) and len(found) < _FARTHEST:
        first, second = (told[here], told[here - step]) if step < 0 else (told[here - step], told[here])
        if not first.leads_to(second):
            break
        found.append(here)
        here += step
    return found

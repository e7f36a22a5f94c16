# SPDX-License-Identifier: Apache-2.0
"""What becomes of each line beside what the ledger has: new, unchanged, in conflict; and what the person chose then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from bamsat.rooms.figures.intake import bulk
from bamsat.rooms.figures.intake.bulk import Standing, Written
from bamsat.rooms.figures.intake.heads import Head
from bamsat.rooms.figures.intake.lines import Line, LineKey
from bamsat.rooms.figures.models import Vintage

if TYPE_CHECKING:
    from bamsat.rooms.figures.ledger import SeriesKey

KEEP, REPLACE, NEW_VINTAGE = "keep", "replace", "vintage"
_NEXT = {Vintage.ESTIMATE: Vintage.PRELIMINARY, Vintage.PRELIMINARY: Vintage.OFFICIAL}


class Outcome(IntEnum):
    """What a line is beside the ledger."""

    NEW = 0
    UNCHANGED = 1
    CONFLICT = 2
    MOVED = 3  # a conflict that came up after the dry run, so nobody has chosen


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do with conflicts; `mark` is the last entry that the dry run could see."""

    on_conflict: str = KEEP
    reason: str = ""
    mark: int = 0
    intake: int = 0


class Ledger:
    """The ledger as far as an import has met it: the ids of its series, and which of them nobody has written to."""

    def __init__(self) -> None:
        self._fresh: set[int] = set()
        self._made: list[Head] = []

    def find(self, lines: Iterable[Line]) -> None:
        """Learn the ids of series that are there."""
        self.learn(line.head for line in lines)

    def learn(self, heads: Iterable[Head]) -> None:
        """The same, before there are lines: a series that is there says at which scale its numbers are kept."""
        self._learn({head for head in heads if not head.series})

    def intern(self, lines: Iterable[Line], just_asked: bool = False) -> None:
        """The same, and make those that are not; what the transaction made is forgotten if it fails.

        Of lines that were `just_asked` for, the ones without a series are most likely new.
        """
        missing = list({line.head for line in lines if not line.head.series})
        if not just_asked:
            missing = self._learn(missing)
        if not missing:
            return
        made = bulk.make_series({(head.key, head.scale) for head in missing})
        left = _settled(missing, made)
        self._made += missing
        self._fresh |= {series for series, _ in made.values()}
        lost = self._learn(left)  # somebody else made these meanwhile, and may have written to them
        assert not lost

    def _learn(self, heads: Iterable[Head]) -> list[Head]:
        heads = list(heads)
        return _settled(heads, bulk.series_of(sorted({head.key for head in heads})))

    def settle(self) -> None:
        """The transaction holds."""
        self._made = []

    def forget(self) -> None:
        """The transaction failed: series that it made are not there, and others may have written meanwhile."""
        for head in self._made:
            head.series = 0
        self._made, self._fresh = [], set()

    def standing(self, lines: Iterable[Line]) -> dict[LineKey, Standing]:
        pairs = {(line.head.series, line.period) for line in lines if line.head.series not in self._fresh}
        return bulk.standing(pair for pair in pairs if pair[0]) if pairs else {}


def _settled(heads: Iterable[Head], found: Mapping[SeriesKey, tuple[int, int]]) -> list[Head]:
    """Tell heads their series and its scale; those of which none was found come back."""
    missing = []
    for head in heads:
        if head.key in found:
            head.series, scale = found[head.key]
            if scale != head.scale:
                head.scale = scale
                head.steps.clear()
        else:
            missing.append(head)
    return missing


def key_of(line: Line) -> LineKey:
    return (line.head.series, line.period, line.base, line.head.kind, line.head.vintage)


def outcome(line: Line, there: Standing | None) -> Outcome:
    """A file that does not say how far a number is rounded says nothing new by the same number."""
    if there is None or not there.entry:
        return Outcome.NEW
    same = there.exact and there.value == line.value
    if same and line.bounded:
        same = (there.lower, there.upper) == (line.lower, line.upper)
    return Outcome.UNCHANGED if same else Outcome.CONFLICT


def decide(
    lines: Sequence[Line], there: dict[LineKey, Standing], choice: Choice
) -> tuple[list[Written], list[tuple[Line, Outcome]]]:
    """What to write, and what not, each with the reason: unchanged, kept as it is, or changed since the dry run."""
    write: list[Written] = []
    rest: list[tuple[Line, Outcome]] = []
    if not there:
        return [Written(line, line.head.series, line.head.vintage, None, "") for line in lines], rest
    for line in lines:
        key = key_of(line)
        found = there.get(key)
        was = outcome(line, found)
        if was is Outcome.NEW:
            write.append(Written(line, key[0], key[4], found, choice.reason if found else ""))
        elif was is Outcome.UNCHANGED or choice.on_conflict == KEEP:
            rest.append((line, was))
        elif found and found.entry > choice.mark and found.intake != choice.intake:
            rest.append((line, Outcome.MOVED))
        elif choice.on_conflict == REPLACE:
            write.append(Written(line, key[0], key[4], found, choice.reason))
        else:
            _as_later(line, key, there, choice, write, rest)
    return write, rest


def _as_later(
    line: Line, key: LineKey, there: dict[LineKey, Standing], choice: Choice, write: list[Written],
    rest: list[tuple[Line, Outcome]],
) -> None:  # fmt: skip
    """Under the next release that has no other value yet: estimate, preliminary, official."""
    vintage = _NEXT.get(Vintage(key[4]))
    while vintage:
        found = there.get((*key[:4], vintage))
        was = outcome(line, found)
        if was is Outcome.UNCHANGED:
            rest.append((line, was))
            return
        if was is Outcome.NEW:
            write.append(Written(line, key[0], vintage, found, choice.reason))
            return
        vintage = _NEXT.get(vintage)
    rest.append((line, Outcome.CONFLICT))

# SPDX-License-Identifier: Apache-2.0
"""What became of places: dated steps from one place to the next, and who was there on which day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from bamsat.core.ledger.allocation import numerators, shown_share

Flaw = Literal["unstated", "shares"]
Names = Callable[[Hashable], tuple[str, str]]
"""What a place is called, in Vietnamese and in English."""


def plain_name(place: Hashable) -> tuple[str, str]:
    return str(place), str(place)


def listed(places: Iterable[Hashable], names: Names, most: int = 5) -> tuple[str, str]:
    """The names of places as one phrase in both languages, the first few of many.

    >>> listed(["A", "B", "C"], plain_name), listed("ABCDEFG", plain_name)[0]
    (('A, B và C', 'A, B and C'), 'A, B, C, D, E và 2 nơi khác')
    """
    named = [names(place) for place in places]
    more = len(named) - most
    if more > 1:
        named = [*named[:most], (f"{more} nơi khác", f"{more} others")]
    spoken = []
    for language, joint in enumerate((" và ", " and ")):
        words = [name[language] for name in named]
        spoken.append(", ".join(words[:-1]) + joint + words[-1] if len(words) > 1 else "".join(words))
    return spoken[0], spoken[1]


@dataclass(frozen=True, slots=True)
class Step:
    """On a day `old` became `new`, whole or by a share of it; `old` itself where it goes on.

    `share` may be left out for a single successor; with several it then means that no share was stated.
    """

    old: Hashable
    new: Hashable
    on: date
    share: Decimal | None = None
    act: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one place on one day: its successors, and their shares as whole numbers over `below`."""

    old: Hashable
    steps: tuple[Step, ...]
    above: tuple[int, ...] = (1,)
    below: int = 1
    flaw: Flaw | None = None
    total: Fraction = Fraction(1)

    @classmethod
    def of(cls, old: Hashable, steps: tuple[Step, ...]) -> Event:
        """The event that the steps of one place and one day make; `flaw` says why nothing can be split by it.

        >>> day = date(2025, 7, 1)
        >>> whole, split = (Step("A", "B", day),), (Step("A", "B", day), Step("A", "C", day))
        >>> Event.of("A", whole).flaw is None, Event.of("A", split).flaw
        (True, 'unstated')
        """
        stated = [step.share for step in steps if step.share is not None]
        if len(stated) < len(steps):
            return cls(old, steps, flaw=None if len(steps) == 1 else "unstated")
        shares = [Fraction(share) for share in stated]
        total = sum(shares, Fraction(0))
        if total != 1 or min(shares) < 0:
            return cls(old, steps, flaw="shares", total=total)
        return cls(old, steps, *numerators(shares))

    @property
    def successors(self) -> tuple[Hashable, ...]:
        return tuple(step.new for step in self.steps)

    def told_flaw(self, names: Names) -> tuple[str, str]:
        """Why nothing can be split by this event, and how to mend it, in both languages."""
        (old_vi, old_en), day = names(self.old), self.steps[0].on.strftime("%d/%m/%Y")
        new_vi, new_en = listed(self.successors, names)
        if self.flaw == "unstated":
            return (
                f"Ngày {day} {old_vi} tách thành {new_vi} mà chưa ghi phần của mỗi nơi. "
                "Hãy ghi các phần ở thay đổi địa giới đó.",
                f"On {day} {old_en} was split into {new_en} and the share of each is not stated. "
                "State the shares in that boundary change.",
            )
        sum_vi, sum_en = shown_share(self.total)
        return (
            f"Ngày {day} {old_vi} tách thành {new_vi}, các phần cộng lại bằng {sum_vi}. "
            "Hãy sửa để các phần cộng lại bằng 1.",
            f"On {day} {old_en} was split into {new_en} and the shares add up to {sum_en}. "
            "Correct them so that they add up to 1.",
        )


class Changes:
    """All steps of a set of places in order of date. Everything on one day happens at once.

    `since` says when places came to be (None: they were always there). Without it a place first named as a successor
    is taken to be new on that day, unless it has figures from before: `was_there` then answers None.
    """

    def __init__(
        self, steps: Iterable[Step], names: Names = plain_name, since: Mapping[Hashable, date | None] | None = None
    ) -> None:
        self.names = names
        self._since = since or {}
        by_day: dict[date, dict[Hashable, list[Step]]] = defaultdict(lambda: defaultdict(list))
        for step in steps:
            by_day[step.on][step.old].append(step)
        self.days = sorted(by_day)
        self.events = [{old: Event.of(old, tuple(found)) for old, found in by_day[day].items()} for day in self.days]
        self.arrivals: list[dict[Hashable, list[Hashable]]] = []
        self._mentions: dict[Hashable, list[int]] = defaultdict(list)
        for at, events in enumerate(self.events):
            arrivals: dict[Hashable, list[Hashable]] = defaultdict(list)
            for event in events.values():
                for step in event.steps:
                    arrivals[step.new].append(event.old)
            self.arrivals.append(dict(arrivals))
            for place in dict.fromkeys([*events, *arrivals]):
                self._mentions[place].append(at)

    def count_until(self, day: date) -> int:
        """How many days of change there were until the end of a day."""
        return bisect_right(self.days, day)

    def was_there(self, place: Hashable, day: date) -> bool | None:
        """Whether a place existed on a day; None when nothing says so.

        >>> changes = Changes([Step("A", "B", date(2025, 7, 1))])
        >>> [changes.was_there(place, date(2025, 6, 30)) for place in "ABC"], changes.was_there("A", date(2025, 7, 1))
        ([True, None, True], False)
        """
        mentions = self._mentions.get(place, [])
        before = bisect_right(mentions, self.count_until(day) - 1)
        if before:
            return place in self.arrivals[mentions[before - 1]]
        if place in self._since:
            born = self._since[place]
            return born is None or born <= day
        return True if not mentions or place in self.events[mentions[0]] else None

    def end_of(self, place: Hashable, day: date) -> tuple[date, tuple[Hashable, ...]] | None:
        """When a place that is no more by a day ended, and what it became."""
        for at in range(self.count_until(day) - 1, -1, -1):
            event = self.events[at].get(place)
            if event:
                return self.days[at], event.successors
        return None

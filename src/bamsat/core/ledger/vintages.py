# SPDX-License-Identifier: Apache-2.0
"""What was known when: the log of entries and withdrawals, replayed; which of several publications comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

VINTAGES = ("estimate", "preliminary", "official")
"""From the earliest publication to the last (ước tính, sơ bộ, chính thức)."""
KINDS = ("actual", "estimate", "plan", "forecast")
"""From what is surest to what is least sure."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry that came into the ledger; `number` grows with every entry."""

    number: int
    key: Hashable
    at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An entry that was taken back; the nearest one of its key before it stands again."""

    number: int
    at: datetime


Event = Recorded | Withdrawn


def replay(log: Iterable[Event]) -> dict[Hashable, int]:
    """The entry that stands for each key after a log, event by event; the last that was not taken back.

    >>> day = datetime(2025, 7, 1)
    >>> log = [Recorded(1, "k", day), Recorded(2, "k", day), Withdrawn(2, day)]
    >>> replay(log[:2]), replay(log), replay([*log, Withdrawn(1, day)])
    ({'k': 2}, {'k': 1}, {})
    """
    lines: dict[Hashable, list[int]] = defaultdict(list)
    key_of: dict[int, Hashable] = {}
    for event in log:
        if isinstance(event, Recorded):
            key_of[event.number] = event.key
            lines[event.key].append(event.number)
        elif event.number in (line := lines[key_of[event.number]]):
            line.remove(event.number)
    return {key: max(line) for key, line in lines.items() if line}


def as_of(log: Iterable[Event], moment: datetime) -> dict[Hashable, int]:
    """The entry that stood for each key at a moment: recorded by then, not taken back by then, the last of its key.

    The order of the log does not matter, as it does not in a query.

    >>> log = [Withdrawn(1, datetime(2025, 7, 2)), Recorded(1, "k", datetime(2025, 7, 1))]
    >>> as_of(log, datetime(2025, 7, 1)), as_of(log, datetime(2025, 7, 2))
    ({'k': 1}, {})
    """
    known = [event for event in log if event.at <= moment]
    gone = {event.number for event in known if isinstance(event, Withdrawn)}
    standing: dict[Hashable, int] = {}
    for event in known:
        if isinstance(event, Recorded) and event.number not in gone:
            standing[event.key] = max(event.number, standing.get(event.key, event.number))
    return standing


def order(kind: str, vintage: str) -> tuple[int, int]:
    """A key that sorts the figure to show first to the front: what happened before a plan, official before estimated.

    >>> sorted([("plan", "official"), ("actual", "estimate"), ("actual", "official")], key=lambda pair: order(*pair))
    [('actual', 'official'), ('actual', 'estimate'), ('plan', 'official')]
    """
    return KINDS.index(kind), -VINTAGES.index(vintage)

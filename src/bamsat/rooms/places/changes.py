# SPDX-License-Identifier: Apache-2.0
"""What a dated change of the tree will do, worked out before anything is written: a pure plan over a picture of it.

Places that begin by the change have no id yet: in a plan they are -1, -2 ... in the order in which they were told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from bamsat.core.terms.errors import BamsatError

# Rooms above say in words what else a change touches: they get the places whose boundaries change, and the day.
Teller = Callable[[frozenset[int], date], list[str]]
affected: list[Teller] = []


class ChangeRefused(BamsatError):
    """The change cannot be made as it was told."""


@dataclass(frozen=True, slots=True)
class Begin:
    """A place that begins, or the name under which one goes on; `share` is its part of the place that was split."""

    name: str
    code: str = ""
    word: str = ""
    kind: str = ""
    name_en: str = ""
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change as somebody told it; which parts it needs depends on its kind (docs/places.md).

    `into` absorbs in a merge, receives a part in a transfer, takes what stood in a closed place. With `keeps` a place
    that is split goes on under its own name with the part `share`. `moves` says where facilities go, by their ids.
    """

    kind: str
    on: date
    act: str
    places: tuple[int, ...] = ()
    into: int | None = None
    parent: int | None = None
    begins: tuple[Begin, ...] = ()
    share: Decimal | None = None
    keeps: bool = False
    moves: Mapping[int, int] = field(default_factory=dict)
    note: str = ""

    def as_told(self) -> dict[str, Any]:
        """The change as JSON holds it, for the record."""
        return {
            "places": list(self.places), "into": self.into, "parent": self.parent, "keeps": self.keeps,
            "share": _text(self.share), "moves": {str(child): to for child, to in self.moves.items()},
            "begins": [
                {"name": one.name, "code": one.code, "word": one.word, "kind": one.kind, "name_en": one.name_en,
                 "share": _text(one.share)}
                for one in self.begins
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A version of a place, or one that is going to be."""

    place: int
    name: str
    name_en: str
    word: str
    code: str
    parent: int | None
    start: date | None
    end: date | None
    pk: int | None = None

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    @property
    def full_name(self) -> str:
        return f"{self.word} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Step:
    """The succession of one place by another, or by itself where it goes on with a part; dated where it is known."""

    old: int
    new: int
    share: Decimal | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """What a plan has to know of the tree: versions of the places concerned and of all above them, what stands below
    them on the day or later, who bears the names and codes that begin, successions of the day and later, roles, and
    kinds with their rank."""

    spans: Mapping[int, tuple[Span, ...]]
    kinds: Mapping[int, str]
    below: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    namesakes: tuple[Span, ...] = ()
    later: tuple[Step, ...] = ()
    roles: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)
    administrative: frozenset[str] = frozenset()

    def on(self, place: int, day: date) -> Span | None:
        return next((span for span in self.spans.get(place, ()) if span.holds_on(day)), None)

    def name(self, place: int, day: date | None = None) -> str:
        spans = self.spans.get(place, ())
        found = next((span for span in spans if day and span.holds_on(day)), spans[-1] if spans else None)
        return found.full_name if found else str(place)

    def above(self, place: int | None, day: date) -> list[int]:
        """The place itself and all that stand above it on the day, from below."""
        found: list[int] = []
        while place is not None and place not in found:
            found.append(place)
            span = self.on(place, day)
            place = span.parent if span else None
        return found


@dataclass(frozen=True, slots=True)
class Shift:
    """One version before and after the day: none before for a place that begins, none after for one that ends."""

    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a change does: versions cut on the day and begun on it, versions of later days put below another
    parent, and who succeeds whom."""

    change: Change
    named: tuple[Shift, ...]
    carried: tuple[Shift, ...] = ()
    repointed: tuple[Shift, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def shifts(self) -> tuple[Shift, ...]:
        return self.named + self.carried

    @property
    def ends(self) -> tuple[Span, ...]:
        return tuple(shift.before for shift in self.named if shift.before and shift.after is None)

    @property
    def begins(self) -> tuple[Span, ...]:
        return tuple(shift.after for shift in self.named if shift.after and shift.before is None)

    @property
    def touched(self) -> frozenset[int]:
        """The places that exist already and whose versions or successors the change concerns."""
        spans = [span for shift in self.shifts + self.repointed for span in (shift.before, shift.after) if span]
        steps = [place for step in self.steps for place in (step.old, step.new)]
        return frozenset(place for place in [span.place for span in spans] + steps if place > 0)


def shares_of(change: Change) -> list[Decimal | None]:
    """The parts into which a split place goes, its own first where it goes on."""
    own = [change.share] if change.keeps else []
    return [*own, *(one.share for one in change.begins)]


def day_words(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def listed(names: Iterable[str], most: int = 5) -> str:
    """Names in a row, the rest as a count."""
    names = list(names)
    more = f" … (+{len(names) - most})" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _text(share: Decimal | None) -> str | None:
    return None if share is None else f"{share:f}"

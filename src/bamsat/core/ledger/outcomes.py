# SPDX-License-Identifier: Apache-2.0
"""What restating answers: a value with its parts, a number computed from such values, or the reason for none."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from bamsat.core.ledger.amounts import Amount, Bounds
from bamsat.core.ledger.succession import Step

Why = Literal["missing", "unstated", "shares", "gone", "merged", "not_yet", "no_weights", "no_parts", "zero"]


@dataclass(frozen=True, slots=True)
class Part:
    """What one place of its time gave to a restated value.

    `amount` is its own whole value (None when there is no figure), `share` the part of it that counts, `taken` that
    part as a whole number: the `taken` of all parts add up to the restated value.
    """

    place: Hashable
    amount: Amount | None
    share: Fraction
    taken: int | None = None


@dataclass(frozen=True, slots=True)
class Restated:
    """A value on other boundaries, at the scale of its series."""

    place: Hashable
    amount: Amount
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]

    @property
    def is_restated(self) -> bool:
        """Whether a change of boundaries had a part in it; if not, it is the figure itself."""
        return bool(self.steps)

    @property
    def acts(self) -> tuple[tuple[date, str], ...]:
        """The days and legal acts that led here, each once, in order."""
        return tuple(dict.fromkeys((step.on, step.act) for step in self.steps))


@dataclass(frozen=True, slots=True)
class Derived:
    """A ratio or growth with the restated levels that it is `of`, or an index with the parts that it is the mean of.

    The share of a part of an index is its part of all weights.
    """

    place: Hashable
    bounds: Bounds
    of: tuple[Restated, ...] = ()
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_restated(self) -> bool:
        return bool(self.steps) or any(restated.is_restated for restated in self.of)


@dataclass(frozen=True, slots=True)
class Refusal:
    """No value, and the reason in both languages; `missing` names the places without a figure."""

    place: Hashable
    why: Why
    vi: str
    en: str
    missing: tuple[Hashable, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Portion:
    """A place of its time, and how much of it lies in another."""

    place: Hashable
    share: Fraction

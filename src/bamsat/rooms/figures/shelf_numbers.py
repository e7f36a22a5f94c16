# SPDX-License-Identifier: Apache-2.0
"""What a shelf answers with: a number with the entries that it comes from, and where it stands against its plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from bamsat.core.compare.arithmetic import Bounded
from bamsat.rooms.figures.models import DEPARTMENT, EntryKind, Measure, Series, Vintage
from bamsat.rooms.places.models import Place

KINDS_DONE = (EntryKind.ACTUAL, EntryKind.ESTIMATE)
_RANK = {EntryKind.ACTUAL: 0, EntryKind.ESTIMATE: 1, EntryKind.FORECAST: 2, EntryKind.PLAN: 3}
_VINTAGE_RANK = {Vintage.OFFICIAL: 0, Vintage.PRELIMINARY: 1, Vintage.ESTIMATE: 2}
_RANKS = {(str(k), str(v)): (rank, of) for k, rank in _RANK.items() for v, of in _VINTAGE_RANK.items()}


def earlier_first(kind: str, vintage: str) -> tuple[int, int]:
    """Of several values of one thing the smallest is heard: actual before estimate, official before preliminary."""
    return _RANKS[kind, vintage]


class PlanState(models.TextChoices):
    """Where an indicator stands against its plan."""

    EXCEEDED = "exceeded", _("Vượt kế hoạch")
    MET = "met", _("Đạt")
    NEAR = "near", _("Sát kế hoạch")
    AT_RISK = "at_risk", _("Nguy cơ")
    MISSED = "missed", _("Hụt kế hoạch")
    RUNNING = "running", _("Đang chạy")
    NOT_STARTED = "not_started", _("Chưa bắt đầu")
    NO_PLAN = "no_plan", _("Chưa có kế hoạch")


@dataclass(frozen=True, slots=True)
class Piece:
    """What a place of its time gave to a number on other boundaries; no number where it has none."""

    place: Place
    number: Number | None
    share: Fraction
    taken: Decimal | None  # the part that counts, in display units


@dataclass(frozen=True, slots=True)
class Number:
    """A number on a screen: in base units and in display units, with the entries it comes from."""

    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    display: Decimal
    display_low: Decimal
    display_high: Decimal
    display_unit: str
    period: str
    entries: tuple[UUID, ...]
    measure: str = Measure.LEVEL
    of: Decimal | None = None  # of how many, where the measure is a ratio: 25 of 79
    kind: str = ""
    vintage: str = ""
    hedge: str = ""
    written: str = ""
    derived: bool = False
    how: str = ""
    provider: str = DEPARTMENT
    boundaries: date | None = None  # of which day, where the number was restated
    pieces: tuple[Piece, ...] = ()
    months: int = 0  # how many months it adds up, where nobody stated it
    estimated: int = 0  # how many of those are estimates

    @property
    def entry(self) -> UUID | None:
        """The entry that the number leads to; for a computed one, the first that it is computed from. A sum of months
        leads to none."""
        return self.entries[0] if self.entries else None

    @property
    def bounded(self) -> Bounded:
        return Bounded(self.value, self.low, self.high)


Heard = tuple[tuple[int, int], str, int, int, int]  # which is heard first, kind, value, lower, upper


@dataclass(frozen=True, slots=True)
class Summed:
    """What months came to, or the last of them, as whole numbers at the scale of their series."""

    value: int | Decimal
    low: int | Decimal
    high: int | Decimal
    scale: int
    provider: str
    months: int = 0  # none where nothing was added
    estimated: int = 0

    @classmethod
    def of(cls, parts: Sequence[Heard], series: Series, months: int = 0, estimated: int = 0) -> Summed:
        """Of figures as (rank, kind, value, lower, upper)."""
        value, low, high = (sum(each) for each in zip(*(part[2:] for part in parts), strict=True))
        if not months:
            estimated = int(parts[0][1] == EntryKind.ESTIMATE)
        return cls(value, low, high, series.scale, series.provider, months, estimated)

    @property
    def kind(self) -> EntryKind:
        """An estimate where nothing of it is more than that."""
        return EntryKind.ESTIMATE if self.estimated == max(self.months, 1) else EntryKind.ACTUAL

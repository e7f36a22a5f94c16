# SPDX-License-Identifier: Apache-2.0
"""What lint knows and what it says: figures of the ledger without a database, and remarks with their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from bamsat.core.terms.period import Period

Kind = Literal[
    "untraceable", "stale", "wrong_unit", "wrong_direction", "wrong_period", "wrong_indicator", "contradicts",
    "unread", "rounded",
]  # fmt: skip
Severity = Literal["error", "question", "information"]


class Tagged(Protocol):
    """A number that carries its entries, in the order of the document (core/report/docx/tags)."""

    @property
    def text(self) -> str: ...

    @property
    def entries(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A value that the ledger holds or held. Values are in base units, `status` as a figure's (plan is target)."""

    indicator: str
    measure: str
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    period: Period
    base: Period | None = None
    segment: str = ""
    place: str = ""
    status: str = "actual"
    price_basis: str = ""
    value_high: Decimal | None = None
    of: Decimal | None = None
    entry: str = ""
    replaced_by: str = ""  # the entry that stands in its place now; of a withdrawn one "-"
    replaced_on: date | None = None
    names: tuple[str, ...] = ()  # of the indicator, as reports say it
    segment_names: tuple[str, ...] = ()  # the same part in other words

    @property
    def current(self) -> bool:
        return not self.replaced_by


@dataclass(frozen=True, slots=True)
class Known:
    """All that the ledger says of a place in the periods of a document, as the reader of the document may see it."""

    figures: Sequence[KnownFigure]
    place: str = ""  # whose report it is
    place_names: tuple[str, ...] = ()  # the other names of that place
    counts: Mapping[str, str] = field(default_factory=dict)  # Fact.counted: what is counted now, in words


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a number of a document, where it stands, and what to do about it."""

    kind: Kind
    severity: Severity
    start: int
    end: int
    at: str  # "đoạn 12", "bảng 1, hàng 3, cột 4"
    words: str
    vi: str
    en: str
    entry: str = ""  # that the remark speaks of
    entry_now: str = ""  # that stands in its place

# SPDX-License-Identifier: Apache-2.0
"""A figure (số liệu đọc được): a number as a document states it, with everything that its words say of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bamsat.core.read.document import Document
    from bamsat.core.terms.directive import Citation, Instruction, Letterhead

MEASURES = ("level", "growth", "change", "plan_ratio", "share", "index", "contribution", "ratio")
STATUSES = ("actual", "estimate", "target", "forecast")
HEDGES = ("over", "nearly", "about", "at_least", "at_most")


def json_number(value: Decimal | None) -> int | float | None:
    """A decimal as the shortest JSON number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; names, meanings and units as the table "The figure, as data" of the design says."""

    doc: str
    start: int
    end: int
    number: str
    label: str
    indicator: str
    segment: str | None
    measure: str
    value: Decimal
    value_high: Decimal | None
    of: Decimal | None
    unit: str
    lower: Decimal
    upper: Decimal
    status: str
    hedge: str | None
    area: str | None
    period: str | None
    base: str | None
    price_basis: str | None
    inferred: tuple[str, ...] = ()
    doubt: str | None = None
    at: str = ""

    def as_json(self) -> dict[str, Any]:
        """The figure as the public JSON object."""
        row = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("value", "value_high", "of", "lower", "upper"):
            row[name] = json_number(row[name])
        row["inferred"] = list(self.inferred)
        return row


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of direction without a number (nhận định): its words and its sign (+, -, 0, plan>100)."""

    doc: str
    start: int
    end: int
    text: str
    indicator: str
    sign: str
    period: str | None
    base: str | None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one document."""

    document: Document
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    area: str | None
    period: str | None
    letterhead: Letterhead | None = None
    citations: tuple[Citation, ...] = ()
    instructions: tuple[Instruction, ...] = ()

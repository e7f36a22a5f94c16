# SPDX-License-Identifier: Apache-2.0
"""What is asked of a report and what comes back: its outline, what it lacks, its numbers; and why none is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bamsat.core.report.outline import Lacking, Report, told_in
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.places.models import Place


class ReportRefused(BamsatError):
    """A report that cannot be written as asked."""


class NothingToTell(ReportRefused):
    """The ledger has no approved figure that the report would tell."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of report (data/reports), a place and a period.

    `field` narrows a thematic report to one indicator set; `known` is the moment whose ledger is told; `frame` are the
    fields of core/report's Frame that the office sets itself; the same `style` gives the same wording. A `draft` shows
    where something is missing, at the place where it would stand.
    """

    kind: str
    place: Place
    period: Period
    field: IndicatorSet | None = None
    known: datetime | None = None
    frame: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    style: int = 0
    draft: bool = False
    forms: tuple[str, ...] = ()  # codes of the forms that its numbers come from: who has not sent is told


@dataclass(frozen=True, slots=True)
class Composed:
    """A report ready for any writer, with what it lacks; `numbers` as models.Version keeps them."""

    report: Report
    lacking: tuple[Lacking, ...]
    numbers: list[dict[str, Any]]


def whole_ledger() -> User:
    """Who a command on the machine itself reads as: nobody in the tables, and everything is seen, as by an
    administrator."""
    return User(username="", is_active=True, is_superuser=True)


def numbers_of(report: Report) -> list[dict[str, Any]]:
    """Every number of a report as data: its words and its key, so that two reports can be held against each other."""
    return [
        {
            "text": told.text, "indicator": fact.indicator, "segment": fact.segment, "measure": fact.measure,
            "period": fact.period.code, "base": fact.base.code if fact.base else "", "value": f"{fact.value:f}",
            "unit": fact.unit, "status": fact.status, "hedge": fact.hedge, "area": fact.area,
            "price_basis": fact.price_basis, "entries": list(fact.entries),
        }
        for told in told_in(report.all_blocks())
        for fact in (told.fact,)
    ]  # fmt: skip

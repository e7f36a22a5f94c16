# SPDX-License-Identifier: Apache-2.0
"""Reports that departments usually issue, as the product ships them: offered, never made by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bamsat.core.terms.data import shipped
from bamsat.rooms.reports.actions_plan import Said
from bamsat.rooms.reports.models import ReportPlan
from bamsat.rooms.reports.naming import offered
from bamsat.rooms.reports.periods import deadline_words


@dataclass(frozen=True, slots=True)
class Proposal:
    """A usual report, ready to become a plan."""

    code: str
    kind: str
    frequency: str
    name: str
    deadline: dict[str, Any]
    audience: tuple[str, ...]
    forms: tuple[str, ...]

    @property
    def deadline_told(self) -> str:
        return deadline_words(self.deadline, self.frequency)

    def said(self, since: date) -> Said:
        return Said(
            kind=self.kind, name=self.name, frequency=self.frequency, since=since, deadline=self.deadline,
            audience="\n".join(self.audience), forms=self.forms,
        )  # fmt: skip


@cache
def proposals() -> tuple[Proposal, ...]:
    return tuple(
        Proposal(
            code=one["code"], kind=one["kind"], frequency=one["frequency"], name=one["name"],
            deadline=one["deadline"], audience=tuple(one["audience"]), forms=tuple(one["forms"]),
        )
        for one in shipped("report_plans.yml")
    )  # fmt: skip


def not_planned(plans: Iterable[ReportPlan]) -> list[Proposal]:
    """Those of which the place has no plan of the kind yet."""
    planned = {plan.kind for plan in plans if plan.until is None}
    return [one for one in proposals() if one.kind not in planned and one.kind in offered()]

# SPDX-License-Identifier: Apache-2.0
"""What a task is to be, as somebody asks for it, before it is one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from bamsat.core.terms.directive import Condition
from bamsat.rooms.tasks.models import Kind, Time

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.catalogue.models import Indicator
    from bamsat.rooms.directory.models import Body
    from bamsat.rooms.documents.models import Record
    from bamsat.rooms.figures.models import Entry
    from bamsat.rooms.tasks.models import Task


@dataclass(frozen=True, slots=True)
class TaskAsked:
    """Every field of a task that a person gives; `begins` None is today, `rule` as occurrences.Rule writes it."""

    what: str
    assigner: str = ""
    words: str = ""
    product: str = ""
    lead: Body | None = None
    supporting: tuple[Body, ...] = ()
    person: User | None = None
    begins: date | None = None
    time: str = Time.DATE
    due: date | None = None
    rule: dict[str, Any] = field(default_factory=dict)
    period: str = ""
    indicators: tuple[Indicator, ...] = ()
    target: Entry | None = None
    condition: Condition | None = None
    parent: Task | None = None
    record: Record | None = None
    kind: str = Kind.TASK
    drafted: str = ""
    issued_by: str = ""
    committee: Body | None = None

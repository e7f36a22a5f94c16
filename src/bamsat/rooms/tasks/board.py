# SPDX-License-Identifier: Apache-2.0
"""The board of tasks: a column for each thing that is waited for, what is overdue at its top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bamsat.core.act.tasks import State
from bamsat.rooms.tasks.counting import Tally
from bamsat.rooms.tasks.listing import Row, rows

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

SHOWN = 12  # cards of a column; the list has the rest


@dataclass(frozen=True, slots=True)
class Column:
    state: State
    name: str
    total: int
    rows: tuple[Row, ...]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def columns_of(user: User, tally: Tally, today: date) -> list[Column]:
    """The four columns: what nobody has yet, what somebody does, what waits to be confirmed, what is done lately."""
    named = (
        (State.UNASSIGNED, _("Chưa giao")), (State.RUNNING, _("Đang làm")), (State.REPORTED, _("Chờ xác nhận")),
        (State.DONE, _("Xong")),
    )  # fmt: skip
    told = {row.task.pk: row for row in rows(user, tally.keys, today)}
    return [
        Column(state, name, tally.states[state], tuple(told[key] for key, of in tally.listed if of is state))
        for state, name in named
    ]

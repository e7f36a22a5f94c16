# SPDX-License-Identifier: Apache-2.0
"""The documents that an office drafts for the province, as a board of stages and as lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bamsat.core.act.tasks import State
from bamsat.rooms.tasks.drafting import ISSUED, SUBMITTED, Stage, Track, stages, track
from bamsat.rooms.tasks.models import Kind, Step
from bamsat.rooms.tasks.rights import seen_tasks
from bamsat.rooms.tasks.standing import Line, lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

WORKING, WAITING, DONE, ALL = "dang-lam", "cho-ky", "da-ban-hanh", "tat-ca"
SHOWS = (WORKING, WAITING, DONE, ALL)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with where it stands and how far it is."""

    line: Line
    track: Track
    days: int  # in its stage

    @property
    def is_over(self) -> bool:
        """Cancelled, or issued and all that follows."""
        order = list(stages())
        past = order.index(self.track.at.code) >= order.index(ISSUED)
        return past or self.line.standing.state is State.CANCELLED

    @property
    def waits_for_signature(self) -> bool:
        return not self.is_over and self.track.at.code == SUBMITTED

    @property
    def is_slow(self) -> bool:
        """Whether the stage that comes next is overdue by what it usually takes; two days of five are no work."""
        coming = self.track.next
        return not self.is_over and coming is not None and self.days * 5 > coming.days * 7

    @property
    def issued(self) -> Step | None:
        return next((one.step for one in self.track.way if one.stage.code == ISSUED), None)


@dataclass(frozen=True, slots=True)
class Column:
    """The drafts that have come through a stage and wait for the next."""

    stage: Stage
    drafts: Sequence[Draft]


def drafts(user: User, today: date) -> list[Draft]:
    """Every draft that the user may see; the nearest deadline first."""
    found = lines(seen_tasks(user).filter(kind=Kind.DRAFT), today)
    made = ((one, track(one.task.drafted, one.task.begins, one.steps)) for one in found)
    return [Draft(one, way, way.days(today)) for one, way in made]


def shown(found: Iterable[Draft], what: str) -> list[Draft]:
    """Those on their way, those that wait for a signature, those issued, or all."""
    match what:
        case "dang-lam":
            return [one for one in found if not one.is_over]
        case "cho-ky":
            return [one for one in found if one.waits_for_signature]
        case "da-ban-hanh":
            return [one for one in found if one.issued]
        case _:
            return list(found)


def columns(found: Iterable[Draft]) -> list[Column]:
    """One a stage before the document is issued."""
    by_stage: dict[str, list[Draft]] = defaultdict(list)
    for one in found:
        by_stage[one.track.at.code].append(one)
    order = list(stages())
    before = order[: order.index(ISSUED)]
    return [Column(stages()[code], by_stage[code]) for code in before]

# SPDX-License-Identifier: Apache-2.0
"""Where many tasks stand, asked of the database: what core.act.tasks derives of one from its steps, as one question.

Every step is one that could happen where the task stood then (the actions see to it), so that the last of those that
decide tells the state. Tests hold these answers against the derivation itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from bamsat.core.act.calendar import Calendar
from bamsat.core.act.tasks import Counts, State
from bamsat.rooms.tasks import queries
from bamsat.rooms.tasks.models import Act, Step, Task, Time
from bamsat.rooms.tasks.standing import SOON

_DECIDE = (Act.REPORTED, Act.RETURNED, Act.CLOSED, Act.CANCELLED, Act.REOPENED)
_ANSWER = (Act.EXTENSION_ASKED, Act.EXTENDED, Act.EXTENSION_REFUSED, Act.REPORTED, Act.CANCELLED, Act.REOPENED)
_ENDS = {Act.REPORTED: State.REPORTED, Act.CLOSED: State.DONE, Act.CANCELLED: State.CANCELLED}


def _last(acts: Sequence[str], field: str = "act") -> Subquery:
    """What the last of these acts says, of each task."""
    return Subquery(Step.objects.filter(task=OuterRef("pk"), act__in=acts).order_by("-pk").values(field)[:1])


def judged(tasks: QuerySet[Task]) -> QuerySet[Any]:
    """The tasks, each with the last thing that decides where it stands."""
    found: QuerySet[Any] = tasks.annotate(last_act=_last(_DECIDE))
    return found


_ASSIGNED = Exists(Step.objects.filter(task=OuterRef("pk"), act=Act.ASSIGNED))
_IS_OPEN = Q(last_act=None) | Q(last_act__in=(Act.RETURNED, Act.REOPENED))
_DATED = Q(due__isnull=False) & ~Q(time=Time.STANDING)


def in_state(tasks: QuerySet[Any], wanted: str, today: date, workdays: Calendar) -> QuerySet[Any]:
    """Of judged tasks those that stand so on a day: what `queries.is_in` says of one."""
    open_: QuerySet[Any] = tasks.filter(_IS_OPEN)
    match wanted:
        case "":
            return tasks
        case queries.OPEN:
            return tasks.filter(_IS_OPEN | Q(last_act=Act.REPORTED))
        case queries.ASKING:
            asking: QuerySet[Any] = open_.annotate(asks=_last(_ANSWER))
            return asking.filter(asks=Act.EXTENSION_ASKED)
        case queries.SOON:
            return open_.filter(_DATED, due__gte=today, due__lte=_last_day_of_soon(today, workdays))
        case State.UNASSIGNED | State.RUNNING:
            return open_.filter(_ASSIGNED if wanted == State.RUNNING else ~_ASSIGNED)
        case State.REPORTED | State.DONE | State.CANCELLED:
            return tasks.filter(last_act=next(act for act, state in _ENDS.items() if state == wanted))
        case "without_deadline":
            return tasks.exclude(last_act=Act.CANCELLED, last_act__isnull=False).exclude(_DATED)
    return _kept(tasks, wanted, today)


def _kept(tasks: QuerySet[Any], wanted: str, today: date) -> QuerySet[Any]:
    """By a field of Counts that says something of the deadline."""
    told: QuerySet[Any] = tasks.filter(_DATED).annotate(told_on=_last((Act.REPORTED,), "on"))
    if wanted in ("done_on_time", "done_late"):
        done: QuerySet[Any] = told.filter(last_act=Act.CLOSED)
        return done.filter(told_on__gt=F("due")) if wanted == "done_late" else done.filter(told_on__lte=F("due"))
    reported = Q(last_act=Act.REPORTED)
    if wanted == "running_overdue":
        return told.filter((_IS_OPEN & Q(due__lt=today)) | (reported & Q(told_on__gt=F("due"))))
    return told.filter((_IS_OPEN & Q(due__gte=today)) | (reported & Q(told_on__lte=F("due"))))


def _last_day_of_soon(today: date, workdays: Calendar) -> date:
    """The last day until which no more than so many working days are left."""
    return workdays.add_working_days(today, SOON + 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """The same tasks counted twice, by what they wait for and by how they keep their deadlines; and some of their
    keys, in the order of a list."""

    states: dict[State, int]
    counts: Counts
    listed: tuple[tuple[int, State], ...] = ()

    @property
    def keys(self) -> list[int]:
        return [key for key, _state in self.listed]

    @property
    def total(self) -> int:
        return self.counts.total

    @property
    def open(self) -> int:
        return self.states[State.UNASSIGNED] + self.states[State.RUNNING]


# The last step that decides is looked up once for each task, and the others only for the tasks that need them. Listed
# are first the tasks with which somebody has something to do, by their deadlines, and last those that are over.
_TALLY = """
WITH asked (id, due, time, act) AS MATERIALIZED ({asked}),
found (id, due, act, rank, assigned, kept) AS MATERIALIZED (
    SELECT asked.id, asked.due, asked.act,
        CASE asked.act WHEN 'reported' THEN 1 WHEN 'closed' THEN 2 WHEN 'cancelled' THEN 3 ELSE 0 END,
        CASE WHEN asked.act IN ('reported', 'closed', 'cancelled') THEN 1
            WHEN EXISTS (SELECT 1 FROM {step} s WHERE s.task_id = asked.id AND s.act = 'assigned') THEN 1 ELSE 0 END,
        CASE WHEN asked.due IS NULL OR asked.time = 'standing' THEN 2
            WHEN asked.act IN ('reported', 'closed') THEN CASE WHEN
                (SELECT s."on" FROM {step} s WHERE s.task_id = asked.id AND s.act = 'reported'
                    ORDER BY s.id DESC LIMIT 1) <= asked.due THEN 1 ELSE 0 END
            WHEN asked.due >= %s THEN 1 ELSE 0 END
    FROM asked
)
SELECT 0, act, assigned, kept, COUNT(*) FROM found GROUP BY act, assigned, kept
UNION ALL SELECT * FROM ({keys}) listed
"""
_ORDER = """rank, CASE WHEN rank < 2 THEN due END NULLS LAST, CASE WHEN rank > 1 THEN due END DESC NULLS LAST,
    CASE WHEN rank < 2 THEN id ELSE -id END"""
_PART = f"SELECT 1, act, assigned, 0, id FROM found ORDER BY {_ORDER} LIMIT %s OFFSET %s"  # noqa: S608 - no words of others
_TOPS = f"""SELECT 1, act, assigned, 0, id FROM (
    SELECT found.*, ROW_NUMBER() OVER (PARTITION BY rank, assigned ORDER BY {_ORDER}) AS place FROM found WHERE rank < 3
) placed WHERE place <= %s ORDER BY rank, assigned, place"""  # noqa: S608


def tally(tasks: QuerySet[Task], today: date, start: int = 0, stop: int = 0) -> Tally:
    """How many of these tasks stand where on a day, and the keys of a part of their list; one question."""
    return _tallied(tasks, today, _PART, max(stop - start, 0), start)


def tops(tasks: QuerySet[Task], today: date, most: int) -> Tally:
    """The same with the keys of the first tasks of each state that is not cancelled."""
    return _tallied(tasks, today, _TOPS, most)


def _tallied(tasks: QuerySet[Task], today: date, keys: str, *asks: int) -> Tally:
    asked = judged(tasks.order_by()).values_list("pk", "due", "time", "last_act")
    inner, given = asked.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_TALLY.format(asked=inner, step=Step._meta.db_table, keys=keys), [*given, today, *asks])
        rows = cursor.fetchall()
    fields = dict.fromkeys(Counts.__dataclass_fields__, 0)
    states, found = dict.fromkeys(State, 0), []
    for is_key, act, assigned, kept, number in rows:
        state = _ENDS.get(act) or (State.RUNNING if assigned else State.UNASSIGNED)
        if is_key:
            found.append((number, state))
            continue
        states[state] += number
        fields[_field(state, kept)] += number
    return Tally(states, Counts(**fields), tuple(found))


def _field(state: State, kept: int) -> str:
    """The field of Counts; `kept` is 1 of a deadline that is kept, 0 of one that is not, 2 where there is none."""
    if state is State.CANCELLED:
        return "cancelled"
    if kept == 2:
        return "without_deadline"
    if state is State.DONE:
        return "done_on_time" if kept else "done_late"
    return "running_within" if kept else "running_overdue"


def ordered(tasks: QuerySet[Any], newest_first: bool = False) -> QuerySet[Any]:
    """Judged tasks as a list shows them: what has to be done by its deadline, then what waits to be confirmed, then
    what is over."""
    rank = Case(
        When(_IS_OPEN, then=Value(0)), When(last_act=Act.REPORTED, then=Value(1)),
        When(last_act=Act.CLOSED, then=Value(2)), default=Value(3),
    )  # fmt: skip
    if newest_first:
        return tasks.order_by(rank, F("due").desc(nulls_last=True), "-pk")
    return tasks.order_by(rank, F("due").asc(nulls_last=True), "pk")

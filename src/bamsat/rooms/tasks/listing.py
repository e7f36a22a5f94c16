# SPDX-License-Identifier: Apache-2.0
"""The list of tasks: its filters, its pages, and a row for each task with the one thing that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, overload
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from bamsat.core.act.tasks import Counts, State
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.directory.models import Body
from bamsat.rooms.documents.models import Record
from bamsat.rooms.tasks import counting
from bamsat.rooms.tasks.models import Kind, Task
from bamsat.rooms.tasks.queries import ALL, ASKING, MINE, OPEN, SOON, UNIT, Asked, tasks_for
from bamsat.rooms.tasks.rights import ASSIGN, WORK, within
from bamsat.rooms.tasks.standing import Line, lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

A_PAGE = 50
OVERDUE = "running_overdue"

_NAMES = {"whose": "cua", "state": "tt", "unit": "don-vi", "indicator": "chi-tieu", "kind": "loai", "since": "tu",
          "until": "den", "record": "van-ban", "find": "tim"}  # fmt: skip
_OVER = (State.DONE, State.CANCELLED, "done_on_time", "done_late")
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")


def state_choices() -> list[tuple[str, str]]:
    """What a list can be narrowed to, in the order of their urgency."""
    return [
        (OPEN, _("Chưa xong")), (OVERDUE, _("Quá hạn, chưa xong")), (SOON, _("Sắp đến hạn")),
        (State.UNASSIGNED, _("Chờ giao")), (State.RUNNING, _("Đang làm")), (ASKING, _("Xin gia hạn")),
        (State.REPORTED, _("Chờ xác nhận")), ("running_within", _("Chưa xong, trong hạn")),
        (State.DONE, _("Đã xong")), ("done_on_time", _("Xong đúng hạn")), ("done_late", _("Xong quá hạn")),
        ("without_deadline", _("Không có hạn")), (State.CANCELLED, _("Thôi thực hiện")),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address says to show."""

    whose: str = ""
    state: str = ""
    unit: str = ""
    indicator: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    record: str = ""
    find: str = ""

    @classmethod
    def of(cls, said: dict[str, Any]) -> Filters:
        read = {field: str(said.get(name, "")).replace("\0", "").strip()[:120] for field, name in _NAMES.items()}
        known = {"whose": (MINE, UNIT, ALL), "kind": Kind.values, "state": [code for code, _name in state_choices()]}
        return cls(**{f: "" if f in known and value not in known[f] else value for f, value in read.items()})

    @property
    def any(self) -> bool:
        """Whether less is shown than there is of this list."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "whose")

    @property
    def narrow_by(self) -> bool:
        """Whether more is chosen than the words of the search and the state, which stand in sight."""
        return any((self.unit, self.indicator, self.kind, self.since, self.until, self.record))

    @property
    def query(self) -> str:
        """The same filters as the end of an address."""
        return self.query_with()

    def query_with(self, **changes: str) -> str:
        said = QueryDict(mutable=True)
        for field, name in _NAMES.items():
            if value := changes.get(field, getattr(self, field)):
                said[name] = value
        return said.urlencode()

    def asked(self) -> Asked:
        """The same with what the words mean; what nobody knows narrows to nothing found in it."""
        return Asked(
            whose=self.whose or ALL, search=self.find, kind=self.kind,
            body=Body.objects.filter(slug=self.unit).first() if self.unit else None,
            indicator=Indicator.objects.filter(code=self.indicator).first() if self.indicator else None,
            record=Record.objects.filter(uuid=_uuid(self.record)).first() if self.record else None,
            due_from=day_said(self.since), due_to=day_said(self.until),
        )  # fmt: skip


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def day_said(text: str) -> date | None:
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


class Listed(Sequence[int]):
    """The keys of the tasks that fit, for a paginator: overdue first, then what is due soon, then what is over. Each
    part is asked of its own, so that the database reads no further than the page."""

    def __init__(self, user: User, filters: Filters, today: date) -> None:
        self.filters, self.today = filters, today
        self.workdays = calendar(today.year - 2, today.year + 6)
        self.tasks = tasks_for(user, filters.asked())

    @cached_property
    def tally(self) -> counting.Tally:
        """Of all tasks that the other filters leave, whatever their state."""
        return counting.tally(self.tasks, self.today)

    @property
    def counts(self) -> Counts:
        return self.tally.counts

    def chosen(self) -> QuerySet[Task]:
        """All of them, in the order of the list."""
        found = counting.in_state(counting.judged(self.tasks), self.filters.state, self.today, self.workdays)
        return counting.ordered(found, newest_first=self.filters.state in _OVER)

    def first(self, state: str, most: int) -> list[int]:
        """The first tasks of one state."""
        found = counting.in_state(counting.judged(self.tasks.order_by()), state, self.today, self.workdays)
        return list(counting.ordered(found, newest_first=state in _OVER).values_list("pk", flat=True)[:most])

    @cached_property
    def _whole(self) -> list[tuple[str, int]]:
        states = self.tally.states
        return [("working", self.tally.open), (State.REPORTED, states[State.REPORTED]),
                (State.DONE, states[State.DONE]), (State.CANCELLED, states[State.CANCELLED])]  # fmt: skip

    @cached_property
    def _narrowed(self) -> list[int]:
        return list(self.chosen().values_list("pk", flat=True))

    def __len__(self) -> int:
        return len(self._narrowed) if self.filters.state else sum(there for _part, there in self._whole)

    @overload
    def __getitem__(self, part: int) -> int: ...

    @overload
    def __getitem__(self, part: slice) -> list[int]: ...

    def __getitem__(self, part: int | slice) -> int | list[int]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        if self.filters.state:
            return self._narrowed[part]
        start, stop = part.start or 0, len(self) if part.stop is None else part.stop
        keys: list[int] = []
        for name, there in self._whole:
            if start < there and stop > 0:
                keys += self._part(name).values_list("pk", flat=True)[max(start, 0) : min(stop, there)]
            start, stop = start - there, stop - there
        return keys

    def _part(self, name: str) -> QuerySet[Task]:
        found = counting.judged(self.tasks.order_by())
        if name == "working":
            return counting.working(found).order_by(F("due").asc(nulls_last=True), "pk")
        found = counting.in_state(found, name, self.today, self.workdays)
        if name == State.REPORTED:
            return found.order_by(F("due").asc(nulls_last=True), "pk")
        return found.order_by(F("due").desc(nulls_last=True), "-pk")


@dataclass(frozen=True, slots=True)
class Row:
    """A task as the list and the board show it, with the one thing that comes next."""

    line: Line
    verb: str
    anchor: str  # of the page of the task, where it is done

    @property
    def task(self) -> Task:
        return self.line.task

    @property
    def late(self) -> bool:
        return self.line.is_overdue

    @property
    def supporting(self) -> str:
        return ", ".join(body.label for body in self.task.supporting.all())


def rows(user: User, keys: Sequence[int], today: date) -> list[Row]:
    """The rows of a page: so many questions, however many tasks."""
    found = Task.objects.filter(pk__in=list(keys)).select_related("place", "lead", "person", "record", "parent")
    by_key = {task.pk: task for task in found.prefetch_related("supporting")}
    told = lines([by_key[key] for key in keys if key in by_key], today)
    works = _allowed(user, keys, WORK)
    assigns = _allowed(user, keys, ASSIGN)
    return [Row(line, *_next(line, line.task.pk in works, line.task.pk in assigns)) for line in told]


def _allowed(user: User, keys: Sequence[int], function: str) -> set[int]:
    found = Task.objects.filter(within(user, function), pk__in=list(keys))
    return set(found.values_list("pk", flat=True))


def _next(line: Line, works: bool, assigns: bool) -> tuple[str, str]:
    """What this user does next with a task, and where on its page."""
    state = line.standing.state
    if state is State.UNASSIGNED and assigns:
        return _("Giao"), "giao"
    if state is State.REPORTED and assigns:
        return _("Xác nhận"), "xac-nhan"
    if state is State.RUNNING and line.standing.asked and assigns:
        return _("Xét gia hạn"), "xet-gia-han"
    if state is State.RUNNING and works:
        return _("Báo hoàn thành"), "bao-xong"
    return _("Xem"), ""

# SPDX-License-Identifier: Apache-2.0
"""The list of tasks: its filters, its pages, and a row for each task with the one thing that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, overload
from uuid import UUID

from django.db.models import QuerySet
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
from bamsat.rooms.tasks.rights import ASSIGN, WORK, seen_tasks, within
from bamsat.rooms.tasks.standing import Line, lines

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

A_PAGE = 30
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
            record=_record(self.record),
            due_from=day_said(self.since), due_to=day_said(self.until),
        )  # fmt: skip


def _record(text: str) -> Record | None:
    try:
        return Record.objects.filter(uuid=UUID(text)).first() if text else None
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
    """The keys of the tasks that fit, for a paginator: overdue first, then what is due soon, then what is over. The
    page that is looked for comes with the counts, so that the database goes through the steps once."""

    def __init__(self, user: User, filters: Filters, today: date, page: str | None = None) -> None:
        self.filters, self.today = filters, today
        self.workdays = calendar(today.year - 2, today.year + 6)
        self.tasks = tasks_for(user, filters.asked())
        number = int(page) if page and page.isascii() and page.isdecimal() and len(page) < 7 else 1
        self.part = slice((max(number, 1) - 1) * A_PAGE, max(number, 1) * A_PAGE)

    @cached_property
    def tally(self) -> counting.Tally:
        """Of all tasks that the other filters leave, whatever their state."""
        return counting.tally(self.tasks, self.today, self.part.start, self.part.stop)

    @property
    def counts(self) -> Counts:
        return self.tally.counts

    def chosen(self) -> QuerySet[Task]:
        """All of them, in the order of the list."""
        state = self.filters.state
        found = counting.in_state(counting.judged(self.tasks.order_by()), state, self.today, self.workdays)
        return counting.ordered(found, newest_first=state in _OVER)

    @cached_property
    def _narrowed(self) -> list[int]:
        return list(self.chosen().values_list("pk", flat=True))

    def __len__(self) -> int:
        return len(self._narrowed) if self.filters.state else self.tally.total

    @overload
    def __getitem__(self, part: int) -> int: ...

    @overload
    def __getitem__(self, part: slice) -> list[int]: ...

    def __getitem__(self, part: int | slice) -> int | list[int]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        if self.filters.state:
            return self._narrowed[part]
        start, stop, _step = part.indices(len(self))
        if start == self.part.start and stop <= self.part.stop:
            return self.tally.keys[: stop - start]
        return counting.tally(self.tasks, self.today, start, stop).keys


@dataclass(frozen=True, slots=True)
class Row:
    """A task as the list and the board show it, with the one thing that comes next."""

    line: Line
    verb: str
    anchor: str  # of the page of the task, where it is done
    above: Task | None = None  # the task that it is a part of, where this user may open that one

    @property
    def task(self) -> Task:
        return self.line.task

    @property
    def late(self) -> bool:
        return self.line.is_overdue

    @property
    def what(self) -> str:
        return cut(self.task.what, 220)

    @property
    def short(self) -> str:
        return cut(self.task.what, 80)

    @property
    def parent(self) -> str:
        return cut(self.above.what, 80) if self.above else ""

    @property
    def progress(self) -> str:
        """Of what still runs, what was last said of it."""
        found = self.line.progress if self.line.is_open else None
        return cut(found.note, 100) if found else ""

    @property
    def supporting(self) -> str:
        return cut(", ".join(body.label for body in self.task.supporting.all()), 120)


def cut(text: str, most: int) -> str:
    """The beginning of long words; the filter of the templates goes letter by letter and takes a hundred times as
    long."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def rows(user: User, keys: Sequence[int], today: date) -> list[Row]:
    """The rows of a page: so many questions, however many tasks."""
    found = Task.objects.filter(pk__in=list(keys)).select_related("place", "lead", "person", "record")
    by_key = {task.pk: task for task in found.prefetch_related("supporting")}
    told = lines([by_key[key] for key in keys if key in by_key], today)
    works = _allowed(user, keys, WORK)
    assigns = _allowed(user, keys, ASSIGN)
    above = _above(user, told)
    return [
        Row(line, *_next(line, line.task.pk in works, line.task.pk in assigns), above.get(line.task.parent_id or 0))
        for line in told
    ]


def _above(user: User, told: Sequence[Line]) -> dict[int, Task]:
    """The tasks that these are parts of: a part may be for somebody for whom the whole is not."""
    wanted = {line.task.parent_id for line in told if line.task.parent_id}
    return {task.pk: task for task in seen_tasks(user).filter(pk__in=wanted)} if wanted else {}


def _allowed(user: User, keys: Sequence[int], function: str) -> set[int]:
    found = Task.objects.filter(within(user, function), pk__in=list(keys))
    return set(found.values_list("pk", flat=True))


def _next(line: Line, works: bool, assigns: bool) -> tuple[str, str]:
    """What this user does next with a task, and where on its page."""
    state = line.standing.state
    if state is State.UNASSIGNED and assigns:
        return _("Giao việc"), "giao"
    if state is State.REPORTED and assigns:
        return _("Xác nhận"), "xac-nhan"
    if state is State.RUNNING and line.standing.asked and assigns:
        return _("Xét gia hạn"), "xet-gia-han"
    if state is State.RUNNING and works:
        return _("Báo hoàn thành"), "bao-xong"
    return _("Xem"), ""

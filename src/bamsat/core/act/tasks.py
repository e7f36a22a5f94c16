# SPDX-License-Identifier: Apache-2.0
"""Where a task stands (nhiệm vụ được giao): derived from what happened to it, never typed; counts, rates, reminders.

How offices follow what they were told is set by Decision 42/2014/QĐ-TTg, amended by Decision 23/2018/QĐ-TTg (merged as
01/HNVB-VPCP of 2018): finished or not, and each of the two within or past the deadline. Those four states are counted
here; work without a deadline (thường xuyên) is counted apart, for nothing can be said of its being on time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bamsat.core.act.calendar import Calendar
from bamsat.core.act.deadlines import Timeliness

# Working days before a deadline, and after it: then somebody is reminded.
MILESTONES = (7, 3, 1, -1, -3, -7)
# What a draft for a higher body comes through (tham mưu): words and marks are in data/drafting.yml.
STAGES = ("assigned", "drafted", "commented", "appraised", "submitted", "issued", "carried_out", "reviewed")
STANDING = "standing"  # of core.terms.directive.TIMES: at all times, so that no day can be missed
_HUNDREDTH = Decimal("0.01")


class State(StrEnum):
    """What a task waits for."""

    UNASSIGNED = "unassigned"  # chờ giao
    RUNNING = "running"  # đang thực hiện
    REPORTED = "reported"  # đã báo hoàn thành, chờ xác nhận
    DONE = "done"  # hoàn thành
    CANCELLED = "cancelled"  # thôi thực hiện

    @property
    def is_open(self) -> bool:
        """Whether whoever has it still has something to do."""
        return self in (State.UNASSIGNED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a task: `on` is the day on which it counts, of the answering document where there is
    one; `due` the deadline that was asked for or given; `stage` the step of a draft that is done now."""

    act: str
    on: date
    due: date | None = None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a task stands on a day; nothing is said of its timeliness where there is no deadline."""

    state: State = State.UNASSIGNED
    due: date | None = None  # as extended
    first_due: date | None = None  # as first given
    asked: date | None = None  # until when an extension is asked for that nobody has decided on
    reported_on: date | None = None
    finished_on: date | None = None
    timeliness: Timeliness | None = None
    against_first: Timeliness | None = None  # the same by the deadline that was first given
    days_left: int | None = None  # negative once it has passed; none of what is finished or cancelled
    stage: str = ""

    @property
    def is_extended(self) -> bool:
        return self.due != self.first_due


def standing(begins: date, due: date | None, time: str, events: Iterable[Event], today: date) -> Standing:
    """Where a task stands that began on a day with a first deadline, after all that happened to it, in that order.

    The day of completion is that of the report which was confirmed, not the day of the confirmation. What cannot happen
    where a task stands (the closing of one that nobody reported) changes nothing.

    >>> begun, due = date(2026, 9, 1), date(2026, 9, 30)
    >>> done = [Event("assigned", begun), Event("reported", date(2026, 9, 29)), Event("closed", date(2026, 10, 5))]
    >>> now = standing(begun, due, "date", done, date(2026, 10, 6))
    >>> now.state.value, now.timeliness.value, now.finished_on.isoformat()
    ('done', 'on_time', '2026-09-29')
    >>> longer = [Event("assigned", begun), Event("extended", date(2026, 9, 28), due=date(2026, 10, 15))]
    >>> late = standing(begun, due, "date", longer, date(2026, 10, 10))
    >>> late.timeliness.value, late.against_first.value, late.days_left
    ('waiting', 'overdue', 5)
    >>> standing(begun, None, "standing", [Event("assigned", begun)], date(2027, 1, 1)).timeliness is None
    True
    """
    has_deadline = time != STANDING
    now = _Told(due if has_deadline else None, due if has_deadline else None)
    for event in events:
        now = _after(now, event, has_deadline)
    return _judged(now, today)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the events so far come to."""

    due: date | None
    first_due: date | None
    assigned: bool = False
    asked: date | None = None
    reported_on: date | None = None
    confirmed: bool = False
    cancelled: bool = False
    stage: str = ""

    @property
    def state(self) -> State:
        if self.cancelled:
            return State.CANCELLED
        if self.reported_on:
            return State.DONE if self.confirmed else State.REPORTED
        return State.RUNNING if self.assigned else State.UNASSIGNED


def _after(now: _Told, event: Event, has_deadline: bool) -> _Told:
    """One event further, if it is one that can happen now."""
    act, state = event.act, now.state
    if act == "reopened" and state in (State.DONE, State.CANCELLED):
        return replace(now, reported_on=None, confirmed=False, cancelled=False, asked=None)
    if state is State.REPORTED:
        if act == "closed":
            return replace(now, confirmed=True)
        if act == "returned":
            return replace(now, reported_on=None)
    if act == "cancelled" and state is not State.DONE:
        return replace(now, cancelled=True, asked=None)
    return _while_open(now, event, has_deadline) if state.is_open else now


def _while_open(now: _Told, event: Event, has_deadline: bool) -> _Told:
    due = event.due if has_deadline else None
    match event.act:
        case "assigned":
            # Whoever assigns may ask for it sooner than the document; later is an extension and says so.
            sooner = due if due and (now.due is None or due < now.due) else now.due
            return replace(now, assigned=True, due=sooner, first_due=now.first_due or sooner)
        case "changed" if due:
            return replace(now, due=due, first_due=due)  # it had been written down wrongly
        case "extension_asked":
            return replace(now, asked=due)
        case "extension_refused":
            return replace(now, asked=None)
        case "extended":
            longer = due if due and now.due and due > now.due else now.due
            return replace(now, due=longer, asked=None)
        case "reported":
            return replace(now, reported_on=event.on, asked=None)
        case "stage":
            return replace(now, stage=event.stage)
        case _:
            return now


def _judged(told: _Told, today: date) -> Standing:
    state = told.state
    done = state is State.DONE
    left = (told.due - today).days if told.due and state.is_open else None
    return Standing(
        state=state, due=told.due, first_due=told.first_due, asked=told.asked, reported_on=told.reported_on,
        finished_on=told.reported_on if done else None,
        timeliness=_timeliness(told.due, told.reported_on, state, today),
        against_first=_timeliness(told.first_due, told.reported_on, state, today), days_left=left, stage=told.stage,
    )  # fmt: skip


def _timeliness(due: date | None, reported: date | None, state: State, today: date) -> Timeliness | None:
    """What was reported and waits to be confirmed grows no later while it waits: the day of its report counts."""
    if due is None or state is State.CANCELLED:
        return None
    kept = (reported or today) <= due
    if state is State.DONE:
        return Timeliness.ON_TIME if kept else Timeliness.LATE
    return Timeliness.WAITING if kept else Timeliness.OVERDUE


# Counting.


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is a share of; whoever shows it shows both."""

    name: str  # done | on_time | fell_due | overdue
    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """With two decimals; None where there is nothing to be a share of.

        >>> Rate("fell_due", 16_051, 16_051 + 223).percent, Rate("done", 0, 0).percent
        (Decimal('98.63'), None)
        """
        if not self.denominator:
            return None
        return (Decimal(100 * self.numerator) / self.denominator).quantize(_HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks stand where, each in one number alone: `total` is the sum of all of them.

    The Prime Minister's task force told of 21.914 tasks in 2017 (1270/BC-TCTTTg): 16.051 finished, 14.068 of them
    within the deadline and 1.983 past it; 5.863 not finished, 5.640 within and 223 past. The "98,62%" that was quoted
    is what finished of what fell due, 16.051 of 16.274 (98,6297 %, cut and not rounded), and not of all, of which it
    is 73,25 %:

    >>> told = Counts(done_on_time=14_068, done_late=1_983, running_within=5_640, running_overdue=223)
    >>> told.total, told.done, told.running
    (21914, 16051, 5863)
    >>> for rate in told.rates:
    ...     print(f"{rate.name}: {rate.numerator} / {rate.denominator} = {rate.percent} %")
    done: 16051 / 21914 = 73.25 %
    on_time: 14068 / 16051 = 87.65 %
    fell_due: 16051 / 16274 = 98.63 %
    overdue: 223 / 5863 = 3.80 %
    """

    done_on_time: int = 0
    done_late: int = 0
    running_within: int = 0
    running_overdue: int = 0
    without_deadline: int = 0  # finished or not
    cancelled: int = 0

    @property
    def total(self) -> int:
        return sum(getattr(self, field.name) for field in fields(self))

    @property
    def with_deadline(self) -> int:
        """The four states: what can be on time or late."""
        return self.done + self.running

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def running(self) -> int:
        return self.running_within + self.running_overdue

    @property
    def fell_due(self) -> int:
        """What is finished, and what should be: the denominator of the rate that is quoted most."""
        return self.done + self.running_overdue

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Done of all that have a deadline; on time of done; done of what fell due; overdue of what is not done."""
        return (
            Rate("done", self.done, self.with_deadline),
            Rate("on_time", self.done_on_time, self.done),
            Rate("fell_due", self.done, self.fell_due),
            Rate("overdue", self.running_overdue, self.running),
        )

    def rate(self, name: str) -> Rate:
        return next(rate for rate in self.rates if rate.name == name)

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


_COUNTED = {
    Timeliness.ON_TIME: "done_on_time", Timeliness.LATE: "done_late",
    Timeliness.WAITING: "running_within", Timeliness.OVERDUE: "running_overdue",
}  # fmt: skip


def counted_as(standing: Standing) -> str:
    """The field of Counts in which a task is counted.

    >>> counted_as(Standing(state=State.RUNNING, timeliness=Timeliness.OVERDUE)), counted_as(Standing())
    ('running_overdue', 'without_deadline')
    """
    if standing.state is State.CANCELLED:
        return "cancelled"
    return _COUNTED[standing.timeliness] if standing.timeliness else "without_deadline"


def counts(standings: Iterable[Standing]) -> Counts:
    """How many stand where.

    >>> counts([Standing(timeliness=Timeliness.WAITING), Standing(), Standing(state=State.CANCELLED)]).total
    3
    """
    found = dict.fromkeys((field.name for field in fields(Counts)), 0)
    for one in standings:
        found[counted_as(one)] += 1
    return Counts(**found)


# Reminding.


def milestone_day(due: date, milestone: int, calendar: Calendar) -> date:
    """The day of a milestone: so many working days before a deadline, or after it if negative.

    >>> milestone_day(date(2026, 10, 19), 1, Calendar()).isoformat()
    '2026-10-16'
    """
    return calendar.add_working_days(due, -milestone)


def reminders(due: date, today: date, done: Collection[int], calendar: Calendar) -> int | None:
    """The milestone that is owed today: the latest that has come, unless it was told (it stands in `done`).

    Those that were missed before it are not told one by one afterwards: who is reminded that a day is left need not be
    told that seven were.

    >>> due = date(2026, 10, 30)
    >>> [reminders(due, date(2026, 10, day), (), Calendar()) for day in (20, 21, 26, 27, 30)]
    [None, 7, 7, 3, 1]
    >>> reminders(due, date(2026, 10, 28), {7, 3}, Calendar()) is None
    True
    """
    came = [each for each in MILESTONES if milestone_day(due, each, calendar) <= today]
    return came[-1] if came and came[-1] not in done else None

# SPDX-License-Identifier: Apache-2.0
"""A year of a department and what it was told, day by day through the product's own actions, beside a plain account.

The account is kept by hand: what each action is meant to do is written down when it is called, never derived from the
steps, and what is owed as a reminder is counted by walking days. The tests hold the two against each other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bamsat.core.act.calendar import Calendar
from bamsat.core.act.tasks import State
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.directory.models import Body
from bamsat.rooms.documents.models import ReadInstruction
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.actions import TaskAsked
from bamsat.rooms.tasks.models import Task, Time
from bamsat.rooms.tasks.occurrences import start_due
from bamsat.rooms.tasks.reminding import remind
from tests import build
from tests.rooms.tasks.told import body, proposal, seat
from tests.simulated import HERE, Clock

YEAR = 2026
LAST = date(YEAR, 12, 31)
MONTHLY = {"frequency": "month", "deadline": {"day": 20, "if_off": "before"}}
Sent = tuple[int, date, int, str, date]  # task, deadline, milestone, to whom, on


@dataclass
class Account:
    """What a task is, as its actions were called."""

    task: Task
    begins: date
    due: date | None
    first_due: date | None
    assigned: bool = False
    state: str = "open"  # open | reported | done | cancelled
    asked: date | None = None
    reported_on: date | None = None
    reporter: User | None = None
    lead: Body | None = None
    person: User | None = None
    is_standing: bool = False

    def stands(self) -> State:
        if self.state == "open":
            return State.RUNNING if self.assigned else State.UNASSIGNED
        return {"reported": State.REPORTED, "done": State.DONE, "cancelled": State.CANCELLED}[self.state]

    def counted(self, today: date) -> str:
        """In which of the six numbers it is."""
        if self.state == "cancelled":
            return "cancelled"
        if self.due is None:
            return "without_deadline"
        late = (self.reported_on or today) > self.due
        if self.state == "done":
            return "done_late" if late else "done_on_time"
        return "running_overdue" if late else "running_within"


@dataclass
class Year:
    """One year, the same for the same seed."""

    cast: Any
    seed: int
    clock: Clock = field(default_factory=lambda: Clock(datetime(YEAR, 1, 1, 8, tzinfo=HERE)))
    accounts: list[Account] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)  # what should have been sent
    told: set[tuple[int, date, str, int]] = field(default_factory=set)
    waiting: list[ReadInstruction] = field(default_factory=list)
    rules: list[Account] = field(default_factory=list)
    started: set[tuple[int, str]] = field(default_factory=set)
    refused: int = 0
    done: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.workdays = calendar(YEAR - 1, YEAR + 2)
        cast = self.cast
        office = body("so-thu", "Sở Thử Nghiệm tỉnh Cao Bằng", cast.home)
        self.bodies = [body(f"phong-{n}", f"Phòng Thử {n}", cast.home, office) for n in ("mot", "hai", "ba")]
        seat(cast.head, self.bodies[0])
        seat(cast.specialist, self.bodies[1], "Chuyên viên")  # in the third nobody holds a post
        self.holders = {self.bodies[0].pk: [cast.head], self.bodies[1].pk: [cast.specialist]}
        self.leaders = [cast.director, cast.deputy, cast.head]
        self.workers = [cast.specialist, cast.clerk, cast.head]

    def play(self) -> Iterator[date]:
        """Each day of the year: people work on working days; in the evening the machine does its round, or two."""
        with self.clock.running():
            for number in range(365):
                day = date(YEAR, 1, 1) + timedelta(days=number)
                self.clock.go_to(day, time(8))
                if self.workdays.is_working(day):
                    self._work(day)
                self.clock.go_to(day, time(18))
                if self._chance(0.93) or day == LAST:  # else the machine was off
                    self._round(day)
                yield day

    # What people do.

    def _work(self, day: date) -> None:
        if day.month == 1 and not self.rules:
            self.rules = [self._standing(day, n) for n in range(2)]
        if self._chance(0.15):
            self._document(day)
        for instruction in list(self.waiting):
            if self._chance(0.6):
                self.waiting.remove(instruction)
                self._decide(instruction, day)
        for account in list(self.accounts):
            self._step(account, day)
            self.clock.tick()
            if self.clock.at.hour > 16:
                self.clock.go_to(day, time(9))

    def _standing(self, day: date, number: int) -> Account:
        asked = TaskAsked(
            what=f"Báo cáo hằng tháng {number}", time=Time.STANDING, rule=MONTHLY, begins=day, lead=self.bodies[number]
        )
        made = actions.create(self.cast.director, self.cast.home, asked, today=day)
        account = Account(made, day, None, None, assigned=True, lead=self.bodies[number], is_standing=True)
        self.accounts.append(account)
        return account

    def _document(self, day: date) -> None:
        document = build.document(self.cast.specialist)
        for ordinal in range(1, self.random.randint(1, 4) + 1):
            kind = self.random.choices(["date", "standing", "soon"], [8, 1, 1])[0]
            due = day + timedelta(days=self.random.randint(4, 70)) if kind == "date" else None
            said = {"time": kind, "due": due.isoformat() if due else None, "who": self.random.choice(self.bodies).name}
            self.waiting.append(proposal(self.cast, document, ordinal, text=f"Yêu cầu {day}: việc {ordinal}.", **said))

    def _decide(self, instruction: ReadInstruction, day: date) -> None:
        if self._chance(0.1):
            actions.dismiss(self.cast.clerk, instruction, "của đơn vị khác")
            return
        by = self.random.choice([self.cast.specialist, self.cast.clerk, self.cast.deputy])
        made = actions.accept_many(by, [instruction], today=day)
        assert not made.left, made.left
        lead = next(each for each in self.bodies if each.name == instruction.who)
        due, standing = instruction.due, instruction.time == "standing"
        begins = made.tasks[0].begins
        account = Account(made.tasks[0], begins, due, due, lead=lead, is_standing=standing)
        account.assigned = by == self.cast.deputy
        self.accounts.append(account)

    def _step(self, one: Account, day: date) -> None:
        """At most one step of a task on a day."""
        if one.state == "open":
            self._open(one, day)
        elif one.state == "reported" and self._chance(0.4):
            self._confirm(one, day)
        elif one.state in ("done", "cancelled") and self._chance(0.002) and one.task.parent_id is None:
            actions.reopen(self.cast.director, one.task, "còn việc", today=day)
            one.state, one.reported_on, one.asked = "open", None, None

    def _open(self, one: Account, day: date) -> None:
        left = (one.due - day).days if one.due else 99
        if not one.assigned:
            if self._chance(0.6):
                self._assign(one, day)
        elif one.is_standing:
            return
        elif one.asked and self._chance(0.4):
            self._answer(one, day)
        elif self._chance(0.004):
            actions.cancel(self.cast.deputy, one.task, "không còn cần", today=day)
            one.state, one.asked = "cancelled", None
        elif self._chance(0.35 if left < 2 else 0.1 if left < 8 else 0.02):
            self._report(one, day)
        elif one.due and left < 8 and not one.asked and self._chance(0.06):
            until = one.due + timedelta(days=self.random.randint(3, 30))
            actions.ask_extension(self.cast.specialist, one.task, until, "chờ ý kiến", today=day)
            one.asked = until
        elif self._chance(0.04):
            actions.note_progress(self.cast.clerk, one.task, "đang làm", self.random.randint(0, 99), today=day)
        elif self._chance(0.02):
            self._assign(one, day)
        else:
            return
        self.done += 1

    def _assign(self, one: Account, day: date) -> None:
        lead = self.random.choice(self.bodies)
        person = self.random.choice([None, None, self.cast.specialist, self.cast.clerk])
        sooner = None
        if one.due and one.due - timedelta(days=3) > max(day, one.begins) and self._chance(0.15):
            sooner = one.due - timedelta(days=2)
        elif one.due is None and not one.is_standing and self._chance(0.5):
            sooner = max(day, one.begins) + timedelta(days=20)
        actions.assign(self.cast.director, one.task, lead, (), person, sooner, today=day)
        one.assigned, one.lead, one.person = True, lead, person
        if sooner:
            one.due, one.first_due = sooner, one.first_due or sooner

    def _answer(self, one: Account, day: date) -> None:
        assert one.asked
        assert one.due
        if self._chance(0.3):
            actions.decide_extension(self.cast.deputy, one.task, False, reason="phải kịp", today=day)
        else:
            until = self.random.choice([one.asked, one.due + timedelta(days=1)])
            actions.decide_extension(self.cast.deputy, one.task, True, until, today=day)
            one.due = until
        one.asked = None

    def _report(self, one: Account, day: date) -> None:
        by = self.random.choice(self.workers)
        on = max(one.begins, day - timedelta(days=self.random.randint(0, 3)))
        actions.report_done(by, one.task, on, evidence=f"{self.random.randint(10, 999)}/BC-SCT", today=day)
        one.state, one.reported_on, one.reporter, one.asked = "reported", on, by, None

    def _confirm(self, one: Account, day: date) -> None:
        by = next(each for each in self.leaders if each != one.reporter)
        if self._chance(0.2):
            actions.return_(by, one.task, "chưa đạt", today=day)
            one.state, one.reported_on = "open", None
            return
        try:
            actions.close(self.cast.head, one.task, today=day)  # who may have reported it
        except actions.Refused:
            assert one.reporter == self.cast.head
            self.refused += 1
            actions.close(by, one.task, today=day)
        one.state = "done"

    # What the machine does.

    def _round(self, day: date) -> None:
        self._begin_periods(day)
        made, told = start_due(day), remind(self.clock.at)
        self._take(made, day)
        assert told.on_page == self._owe(day), day
        if self._chance(0.2) or day == LAST:
            assert start_due(day) == []
            assert remind(self.clock.at).is_nothing, "the second round of a day finds everything done"

    def _begin_periods(self, day: date) -> None:
        """The months that standing work owes by now; the account of what `start_due` has to begin."""
        self.expected = []
        for rule in self.rules:
            for month in range(rule.begins.month, day.month + 1):
                code = f"{YEAR}-{month:02}"
                if (rule.task.pk, code) not in self.started:
                    self.expected.append((rule, code, self._last_working(date(YEAR, month, 20))))
                    self.started.add((rule.task.pk, code))

    def _take(self, made: list[Task], day: date) -> None:
        got = [(task.parent_id, task.period, task.due) for task in made]
        assert got == [(rule.task.pk, code, due) for rule, code, due in self.expected]
        for task, (rule, _code, due) in zip(made, self.expected, strict=True):
            begins = task.begins
            assert begins <= day
            child = Account(task, begins, due, due, assigned=True, lead=rule.lead, person=rule.person)
            self.accounts.append(child)

    def _owe(self, day: date) -> int:
        """What has to be sent this evening, by walking days; how much it is."""
        if not self.workdays.is_working(day):
            return 0
        before = len(self.sent)
        for number, one in enumerate(self.accounts):
            if one.state == "open" and one.due:
                milestone = last_milestone(one.due, day, self.workdays)
                for user in self._whom(one):
                    if milestone is not None and (number, one.due, user, milestone) not in self.told:
                        self.told.add((number, one.due, user, milestone))
                        self.sent.append((number, one.due, milestone, user, day))
        return len(self.sent) - before

    def _whom(self, one: Account) -> list[str]:
        """The person, else who holds a post in the lead unit, else the leaders."""
        if one.person:
            return [one.person.username]
        held = self.holders.get(one.lead.pk if one.lead else 0, []) or self.leaders
        return [user.username for user in held]

    def _last_working(self, day: date) -> date:
        while not self.workdays.is_working(day):
            day -= timedelta(days=1)
        return day

    def _chance(self, share: float) -> bool:
        return self.random.random() < share


def last_milestone(due: date, today: date, workdays: Calendar) -> int | None:
    """Which of 7, 3, 1 working days before and 1, 3, 7 after came last: counted day by day."""
    found = None
    for wanted in (7, 3, 1):
        day, left = due, wanted
        while left:
            day -= timedelta(days=1)
            left -= workdays.is_working(day)
        found = wanted if day <= today else found
    for wanted in (1, 3, 7):
        day, left = due, wanted
        while left:
            day += timedelta(days=1)
            left -= workdays.is_working(day)
        found = -wanted if day <= today else found
    return found

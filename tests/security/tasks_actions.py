# SPDX-License-Identifier: Apache-2.0
"""What can be done to the register and to tasks of the office at home, past the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from bamsat.rooms.documents import actions_register
from bamsat.rooms.documents.models import Direction, ReadInstruction, Record, Relation
from bamsat.rooms.tasks import actions, actions_drafts, actions_finish
from bamsat.rooms.tasks.actions import TaskAsked
from bamsat.rooms.tasks.models import Task
from bamsat.rooms.tasks.reminding import remind_by_hand

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from tests.security.world import World

DAY = date(2021, 9, 2)
ASKED = TaskAsked(what="Việc lạ", time="none")
LINE = actions_register.Line(Direction.RECEIVED, symbol="9/XX", subject="x")


def task(w: World) -> Task:
    return Task.objects.get(uuid=w.given["tasks.uuid"])


def draft(w: World) -> Task:
    return Task.objects.get(uuid=w.given["tasks:draft_step.uuid"])


def waiting(w: World) -> ReadInstruction:
    return ReadInstruction.objects.get(uuid=w.given["tasks:proposal.uuid"])


def record(w: World) -> Record:
    return Record.objects.get(uuid=w.given["documents:record.uuid"])


def cited(w: World) -> Record:
    return Relation.objects.get(pk=w.given["relation"]).to


ACTIONS: dict[str, Callable[[World, User], Any]] = {
    "tasks.accept": lambda w, by: actions.accept(by, waiting(w)),
    "tasks.accept_changed": lambda w, by: actions.accept(by, waiting(w), ASKED),
    "tasks.dismiss": lambda w, by: actions.dismiss(by, waiting(w), "x"),
    "tasks.take_back": lambda w, by: actions.take_back_dismissal(by, waiting(w)),
    "tasks.create": lambda w, by: actions.create(by, w.cast.home, ASKED),
    "tasks.change": lambda w, by: actions.change(by, task(w), ASKED, "x"),
    "tasks.assign": lambda w, by: actions.assign(by, draft(w), None, (), by),
    "tasks.progress": lambda w, by: actions.note_progress(by, draft(w), "x", 50),
    "tasks.ask_extension": lambda w, by: actions.ask_extension(by, draft(w), date(2021, 12, 31), "x"),
    "tasks.decide": lambda w, by: actions.decide_extension(by, draft(w), True, date(2021, 12, 31), "x"),
    "tasks.report": lambda w, by: actions.report_done(by, draft(w), DAY, "x"),
    "tasks.return": lambda w, by: actions.return_(by, task(w), "x"),
    "tasks.close": lambda w, by: actions.close(by, task(w)),
    "tasks.cancel": lambda w, by: actions.cancel(by, task(w), "x"),
    "tasks.reopen": lambda w, by: actions.reopen(by, task(w), "x"),
    "tasks.stage": lambda w, by: actions_finish.pass_stage(by, draft(w), "drafted", DAY),
    "tasks.pass_on": lambda w, by: actions_drafts.pass_on(by, draft(w), actions_drafts.Passing("drafted", DAY)),
    "tasks.remind": lambda w, by: remind_by_hand(by, Task.objects.filter(pk=draft(w).pk)),
    "register.enter": lambda w, by: actions_register.enter(by, w.cast.home, LINE),
    "register.confirm": lambda w, by: actions_register.confirm(by, record(w), LINE),
    "register.attach": lambda w, by: actions_register.attach(by, record(w), w.document),
    "register.relate": lambda w, by: actions_register.relate(by, record(w), cited(w), "amends"),
    "register.unrelate": lambda w, by: actions_register.unrelate(by, Relation.objects.get(pk=w.given["relation"])),
}

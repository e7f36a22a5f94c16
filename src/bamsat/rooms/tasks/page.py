# SPDX-License-Identifier: Apache-2.0
"""One task as its page shows it: where it stands in a sentence, its deadlines, its steps, what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.act.tasks import Standing, State
from bamsat.rooms.documents.models import Document
from bamsat.rooms.documents.queries import visible
from bamsat.rooms.tasks import queries, rights
from bamsat.rooms.tasks.drafting import stages
from bamsat.rooms.tasks.models import Act, Step, Task
from bamsat.rooms.tasks.standing import Line, line
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_SHAPES = {
    Act.REPORTED: "half", Act.CLOSED: "good", Act.RETURNED: "doubt", Act.CANCELLED: "none",
    Act.EXTENSION_REFUSED: "doubt",
}  # fmt: skip
_OF_DEADLINES = (Act.EXTENSION_ASKED, Act.EXTENDED, Act.EXTENSION_REFUSED)
_FIRST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Quoted:
    """A document that this user may open, at the words."""

    document: Document
    address: str


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step as the trail shows it."""

    step: Step
    name: str
    shape: str
    to: str  # to whom it was given
    file: str  # the address of its file, where this user may open it


@dataclass(frozen=True, slots=True)
class Page:
    line: Line
    says: str
    first_due: str  # how it stands to the deadline first given, where that was moved
    deadlines: tuple[ToldStep, ...]
    steps: tuple[ToldStep, ...]
    children: tuple[Line, ...]
    above: Task | None  # the task that it is a part of, where this user may open that one
    source: Quoted | None
    can: frozenset[str]
    main: str

    @property
    def task(self) -> Task:
        return self.line.task

    @property
    def standing(self) -> Standing:
        return self.line.standing


def page_of(user: User, task: Task, today: date) -> Page:
    now = line(task, today)
    files = {step.document_id for step in now.steps if step.document_id}
    if task.instruction:
        files.add(task.instruction.document_id)
    seen = set(visible(user).filter(pk__in=files).values_list("pk", flat=True)) if files else set()
    steps = tuple(_told(step, seen) for step in reversed(now.steps))
    can = _can(user, now)
    return Page(
        line=now, says=sentence(now), first_due=_against_first(now),
        deadlines=tuple(one for one in reversed(steps) if one.step.act in _OF_DEADLINES), steps=steps,
        children=tuple(queries.children_of(user, task, today)), above=_above(user, task), source=_source(task, seen),
        can=can, main=_main(now, can),
    )  # fmt: skip


def _above(user: User, task: Task) -> Task | None:
    return rights.seen_tasks(user).filter(pk=task.parent_id).first() if task.parent_id else None


# Where it stands, in words.


def sentence(line: Line) -> str:
    """ "Đã hoàn thành ngày 12/03/2026, muộn 2 ngày so với hạn 10/03/2026." """
    now, state = line.standing, line.standing.state
    if state is State.CANCELLED:
        last = next((step for step in reversed(line.steps) if step.act == Act.CANCELLED), None)
        return _("Đã thôi thực hiện ngày %(day)s.") % {"day": words.day(last.on)} if last else _("Đã thôi thực hiện.")
    if now.reported_on:
        said = _("Đã hoàn thành ngày %(day)s") if state is State.DONE else _("Đã báo hoàn thành ngày %(day)s")
        parts = [said % {"day": words.day(now.reported_on)}]
        if now.due:
            parts.append(_kept(now.reported_on, now.due))
        return ", ".join(parts) + ("." if state is State.DONE else _("; đang chờ xác nhận."))
    said = _("Chưa giao đơn vị nào") if state is State.UNASSIGNED else _("Đang thực hiện")
    if now.due:
        said += _("; hạn %(day)s, %(left)s") % {"day": words.day(now.due), "left": line.left}
    else:
        said += f"; {line.task.get_time_display()}"
    if now.asked:
        said += _(". Đã xin lùi hạn đến %(day)s, đang chờ quyết định") % {"day": words.day(now.asked)}
    return f"{said}."


def _kept(on: date, due: date) -> str:
    days = (on - due).days
    told = {"n": abs(days), "due": words.day(due)}
    if days > 0:
        return ngettext("muộn %(n)s ngày so với hạn %(due)s", "muộn %(n)s ngày so với hạn %(due)s", days) % told
    if days == 0:
        return _("đúng ngày hạn")
    return ngettext("sớm %(n)s ngày so với hạn %(due)s", "sớm %(n)s ngày so với hạn %(due)s", -days) % told


def _against_first(line: Line) -> str:
    """Lateness against the deadline that was first given; nothing where that still holds."""
    now = line.standing
    if not now.is_extended or now.first_due is None:
        return ""
    if now.reported_on:
        return _kept(now.reported_on, now.first_due)
    return ""


# Its steps.


def _told(step: Step, seen: set[int]) -> ToldStep:
    details = step.details
    to = ", ".join(filter(None, (details.get("lead"), details.get("person"))))
    file = (
        reverse("documents:original", args=[step.document.uuid]) if step.document_id in seen and step.document else ""
    )
    name = words.capital(str(step.get_act_display()))
    if step.act == Act.STAGE and step.stage in stages():
        name = f"{name}: {stages()[step.stage].label}"
    return ToldStep(step, name, _SHAPES.get(Act(step.act), ""), to, file)


def _source(task: Task, seen: set[int]) -> Quoted | None:
    found = task.instruction
    if found is None or found.document_id not in seen:
        return None
    return Quoted(found.document, words_address(found.document, found.text))


def words_address(document: Document, text: str) -> str:
    """The reading page, at the place where these words stand: browsers scroll to them and mark them."""
    try:
        address = reverse("figures:reading", args=[document.uuid])
    except NoReverseMatch:
        return ""
    said = text.split()
    if not said:
        return address
    first = " ".join(said[:_FIRST_WORDS])
    last = " ".join(said[-_FIRST_WORDS:]) if len(said) > 2 * _FIRST_WORDS else ""
    parts = [quote(part, safe="").replace("-", "%2D") for part in (first, last) if part]
    return f"{address}#:~:text={','.join(parts)}"


# What can be done.


def _can(user: User, line: Line) -> frozenset[str]:
    """What this user can do with the task where it stands."""
    now, state = line.standing, line.standing.state
    works, assigns = rights.may(user, line.task, rights.WORK), rights.may(user, line.task, rights.ASSIGN)
    can: set[str] = set()
    if state not in (State.DONE, State.CANCELLED) and rights.may(user, line.task.place, rights.WORK):
        can |= {"change", "child"}
    if works and state.is_open:
        can |= {"tien-do", "bao-xong"}
        if now.due and not now.asked:
            can.add("xin-gia-han")
    if assigns:
        can |= _of_assigner(now)
    return frozenset(can)


def _of_assigner(now: Standing) -> set[str]:
    if now.state.is_open:
        return {"giao", "thoi"} | ({"xet-gia-han"} if now.due else set())
    return {"xac-nhan", "chua-dat", "thoi"} if now.state is State.REPORTED else {"mo-lai"}


def _main(line: Line, can: frozenset[str]) -> str:
    """The step that most people take next; it stands open."""
    if line.standing.state is State.UNASSIGNED and "giao" in can:
        return "giao"
    if line.standing.asked and "xet-gia-han" in can:
        return "xet-gia-han"
    return next((one for one in ("xac-nhan", "bao-xong") if one in can), "")

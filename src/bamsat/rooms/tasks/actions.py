# SPDX-License-Identifier: Apache-2.0
"""Tasks begin: from what a document asks, accepted or dismissed, or of one's own; and they are mended.

Every change of a task is an action of this name or of those that it gathers here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from bamsat.core.act.tasks import State
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents.models import ProposalState, ReadInstruction, Record
from bamsat.rooms.documents.queries import visible
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.tasks import rights
from bamsat.rooms.tasks.actions_assign import ask_extension, assign, decide_extension
from bamsat.rooms.tasks.actions_finish import (
    cancel,
    close,
    note_progress,
    pass_stage,
    reopen,
    report_done,
    return_,
)
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.columns import columns, known_bodies, served
from bamsat.rooms.tasks.models import Act, Task
from bamsat.rooms.tasks.steps import OPEN, Refused, hold, state_is, today_or, words, write
from bamsat.rooms.tasks.suggesting import suggest

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

__all__ = [
    "Accepted", "Refused", "TaskAsked", "accept", "accept_many", "ask_extension", "assign", "cancel", "change", "close",
    "create", "decide_extension", "dismiss", "note_progress", "pass_stage", "reopen", "report_done", "return_",
    "suggest", "take_back_dismissal",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of several proposals: the tasks made, and those left with the sentence that says why."""

    tasks: tuple[Task, ...]
    left: tuple[tuple[ReadInstruction, BamsatError], ...]


# Proposals.


@transaction.atomic
def accept(
    by: User, instruction: ReadInstruction, asked: TaskAsked | None = None, *, today: date | None = None
) -> Task:  # fmt: skip
    """What a document asks becomes a task of the office that holds it, with its words; once."""
    today = today_or(today)
    held, place = _proposal(by, instruction)
    _waits(held)
    asked = asked or suggest(held)
    asked = replace(
        asked, words=held.text, record=Record.objects.filter(document=held.document).first() or asked.record,
        assigner=asked.assigner or held.said_by,
    )  # fmt: skip
    made = _made(by, place, asked, today, held)
    _decided(by, held, ProposalState.ACCEPTED)
    details = {"document": str(held.document), "at": held.at} | _told(made)
    audit.record(by, "tasks.task.accepted", made, **details)
    return made


def accept_many(by: User, instructions: Iterable[ReadInstruction], *, today: date | None = None) -> Accepted:
    """Each as the machine suggests it; one that cannot be a task yet is left, and does not stop the others."""
    made: list[Task] = []
    left: list[tuple[ReadInstruction, BamsatError]] = []
    for instruction in instructions:
        try:
            made.append(accept(by, instruction, today=today))
        except BamsatError as trouble:
            left.append((instruction, trouble))
    return Accepted(tuple(made), tuple(left))


@transaction.atomic
def dismiss(by: User, instruction: ReadInstruction, reason: str = "") -> None:
    """It asks nothing of this office."""
    held, _place = _proposal(by, instruction)
    _waits(held)
    held.reason = words(reason)
    _decided(by, held, ProposalState.DISMISSED)
    audit.record(by, "tasks.proposal.dismissed", held, held.reason, document=str(held.document), text=held.text[:200])


@transaction.atomic
def take_back_dismissal(by: User, instruction: ReadInstruction) -> None:
    """It waits again."""
    held, _place = _proposal(by, instruction)
    if held.state != ProposalState.DISMISSED:
        raise Refused(
            vi="Đề xuất này không ở trạng thái bỏ qua. Hãy tải lại trang.",
            en="This proposal was not dismissed. Reload the page.",
        )
    held.reason = ""
    _decided(by, held, ProposalState.WAITING)
    audit.record(by, "tasks.proposal.taken_back", held, document=str(held.document), text=held.text[:200])


def _proposal(by: User, instruction: ReadInstruction) -> tuple[ReadInstruction, Place]:
    """The proposal as it stands, held until the transaction ends, and the place whose office decides on it."""
    rows = ReadInstruction.objects.select_for_update(of=("self",)).select_related("document")
    held = rows.get(pk=instruction.pk)
    place = held.document.office
    if place is None or not visible(by).filter(pk=held.document_id).exists():
        raise NotAllowed(
            vi="Anh/chị không mở được văn bản có ý kiến chỉ đạo này, hoặc văn bản chưa thuộc cơ quan nào.",
            en="You cannot open the document of this instruction, or it belongs to no office yet.",
        )
    rights.ask(by, place, rights.WORK)
    return held, place


def _waits(held: ReadInstruction) -> None:
    if held.state == ProposalState.WAITING:
        return
    who = f"{held.decided_by}, {timezone.localtime(held.decided_at):%H:%M %d/%m/%Y}" if held.decided_at else ""
    if held.state == ProposalState.ACCEPTED:
        raise Refused(
            vi=f"Ý kiến chỉ đạo này đã thành nhiệm vụ ({who}). Hãy mở nhiệm vụ đó.",
            en=f"This instruction has become a task already ({who}). Open that task.",
        )
    raise Refused(
        vi=f"Ý kiến chỉ đạo này đã bỏ qua ({who}). Muốn nhận thì lấy lại trước.",
        en=f"This instruction was dismissed ({who}). Take the dismissal back first.",
    )


def _decided(by: User, held: ReadInstruction, state: str) -> None:
    waits = state == ProposalState.WAITING
    held.state = state
    held.decided_by, held.decided_at = (None, None) if waits else (by, timezone.now())
    held.save(update_fields=["state", "reason", "decided_by", "decided_at"])


# Tasks of one's own.


@transaction.atomic
def create(by: User, place: Place, asked: TaskAsked, *, today: date | None = None) -> Task:
    """A task that no document was read for: an oral instruction, a part of another task, a programme."""
    today = today_or(today)
    rights.ask(by, place, rights.WORK)
    made = _made(by, place, asked, today)
    audit.record(by, "tasks.task.created", made, **_told(made))
    return made


@transaction.atomic
def change(by: User, task: Task, asked: TaskAsked, reason: str = "", *, today: date | None = None) -> Task:
    """Mend what a task says. A deadline that was written down wrongly is mended with a reason, by whoever may assign;
    who does it is changed by assigning it again, once it is assigned."""
    today = today_or(today)
    held, now = hold(by, task, rights.WORK, today)
    rights.ask(by, held.place, rights.WORK)  # who leads it from below works on it, and does not rewrite it
    state_is(held, now, *OPEN, State.REPORTED)
    columns_ = columns(by, held.place, asked, today, held)
    before = {name: getattr(held, name) for name in columns_}
    moved = (held.due, held.time, held.rule) != tuple(columns_[name] for name in ("due", "time", "rule"))
    if moved:
        rights.ask(by, held, rights.ASSIGN)
        state_is(held, now, *OPEN)
        columns_["first_due"] = columns_["due"]
    for name, value in columns_.items():
        setattr(held, name, value)
    held.save()
    held.indicators.set(served(asked))
    if now.state is State.UNASSIGNED:
        _proposed(by, held, asked)
    note = words(reason, *(_WHY if moved else ()))
    details = {"changed": sorted(name for name, value in columns_.items() if before.get(name, value) != value)}
    due = held.due if moved else None
    write(by, held, Act.CHANGED, today, "changed", due=due, note=note, details=details)
    return held


_WHY = (
    "Hãy ghi vì sao sửa hạn; hạn đúng thì cho gia hạn.",
    "Say why the deadline is mended; extend one that is right.",
)


def _made(by: User, place: Place, asked: TaskAsked, today: date, instruction: ReadInstruction | None = None) -> Task:
    columns_ = columns(by, place, asked, today)
    made = Task.objects.create(
        place=place, instruction=instruction, created_by=by, first_due=columns_["due"], **columns_
    )  # fmt: skip
    made.indicators.set(served(asked))
    _proposed(by, made, asked)
    if (asked.lead or asked.person) and rights.may(by, made, rights.ASSIGN):
        assign(by, made, asked.lead, asked.supporting, asked.person, today=today)
    return made


def _proposed(by: User, task: Task, asked: TaskAsked) -> None:
    """Who should do it: until somebody who may assigns it, a proposal."""
    known_bodies(by, (*asked.supporting, *((asked.lead,) if asked.lead else ())))
    task.lead, task.person = asked.lead, asked.person
    task.save(update_fields=["lead", "person"])
    task.supporting.set(asked.supporting)


def _told(task: Task) -> dict[str, Any]:
    """What the trail keeps of a task that begins."""
    return {
        "what": task.what[:200], "place": task.place.slug, "lead": str(task.lead) if task.lead else "",
        "begins": task.begins.isoformat(), "due": task.due.isoformat() if task.due else "", "time": str(task.time),
    }  # fmt: skip

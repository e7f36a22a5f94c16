# SPDX-License-Identifier: Apache-2.0
"""Tasks begin from what a document asks, or of one's own; each change is refused where it cannot be, and signed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bamsat.core.act.deadlines import Timeliness
from bamsat.core.act.tasks import State
from bamsat.core.terms.directive import Condition, Instruction
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.accounts.trail_words import action_name
from bamsat.rooms.directory.models import Body
from bamsat.rooms.documents.models import Document, ProposalState, ReadInstruction, Record
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.actions import Refused, TaskAsked
from bamsat.rooms.tasks.models import Act, Task, Time
from bamsat.rooms.tasks.standing import standing_of
from tests import build

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)
DUE = date(2026, 9, 30)


def test_accepting_an_instruction_makes_a_task_with_its_words(cast):
    found = proposal(cast, who="Sở Công Thương", product="Kế hoạch", said_by="Chủ tịch UBND tỉnh")
    task = actions.accept(cast.specialist, found, today=TODAY)
    assert (task.what, task.words, task.product) == (found.what, found.text, "Kế hoạch")
    assert (task.assigner, task.due, task.first_due) == ("Chủ tịch UBND tỉnh", DUE, DUE)
    found.refresh_from_db()
    assert (found.state, found.decided_by) == (ProposalState.ACCEPTED, cast.specialist)
    assert [row.action for row in AuditRecord.objects.filter(action__startswith="tasks.")] == ["tasks.task.accepted"]


def proposal(cast, document: Document | None = None, ordinal: int = 1, **said: Any) -> ReadInstruction:
    """An instruction as the reader would have kept it."""
    document = document or build.document(cast.specialist)
    text = said.pop("text", "Giao Sở Công Thương xây dựng kế hoạch, hoàn thành trước 30/9/2026.")
    fields: dict[str, Any] = {
        "doc": "cv.txt", "start": 0, "end": len(text), "text": text, "kind": "instruction", "who": "Sở Công Thương",
        "supporting": (), "what": "xây dựng kế hoạch", "by_when": "trước 30/9/2026", "time": "date",
        "due": DUE.isoformat(), "indicators": (),
    }  # fmt: skip
    read = Instruction(**fields | said)
    return ReadInstruction.objects.create(
        document=document, ordinal=ordinal, as_read=read.as_json(), start=read.start, end=read.end, text=read.text,
        kind=read.kind, who=read.who, what=read.what, time=read.time, by_when=read.by_when or "",
        due=date.fromisoformat(read.due) if read.due else None, said_by=read.said_by or "",
    )  # fmt: skip

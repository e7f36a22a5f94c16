# SPDX-License-Identifier: Apache-2.0
"""Builders for tests of tasks: proposals as the reader keeps them, bodies, tasks at any point of their way."""

from __future__ import annotations

from datetime import date
from typing import Any

from bamsat.core.terms.directive import Instruction
from bamsat.rooms.directory.models import Body, BodyVersion, Holding, Post
from bamsat.rooms.documents.models import Document, ReadInstruction
from bamsat.rooms.places.models import Place
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.actions import TaskAsked
from bamsat.rooms.tasks.models import Task
from tests import build

TODAY = date(2026, 9, 1)
DUE = date(2026, 9, 30)


def body(slug: str, name: str, place: Place | None, parent: Body | None = None, short: str = "") -> Body:
    made = Body.objects.create(slug=slug, kind="division" if parent else "department", place=place, name=name)
    BodyVersion.objects.create(body=made, name=name, short_name=short, parent=parent)
    made.take_name_from_versions()
    return made


def seat(user: Any, body: Body, title: str = "Trưởng phòng") -> Holding:
    """The user holds a post of the body."""
    return Holding.objects.create(post=Post.objects.create(body=body, title=title), person=str(user), user=user)


def task(cast: Any, by: Any = None, place: Place | None = None, **asked: Any) -> Task:
    """A task of one's own with a deadline, not assigned to anybody."""
    said = {"what": "Xây dựng kế hoạch khuyến công", "begins": TODAY, "due": DUE} | asked
    return actions.create(by or cast.specialist, place or cast.home, TaskAsked(**said), today=TODAY)


def proposal(cast: Any, document: Document | None = None, ordinal: int = 1, **said: Any) -> ReadInstruction:
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

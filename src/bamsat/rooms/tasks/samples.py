# SPDX-License-Identifier: Apache-2.0
"""Drafts and programmes that press articles name, as examples for an installation that has no task yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bamsat.core.terms.data import shipped
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.directory.models import Body
from bamsat.rooms.documents.indexing import index
from bamsat.rooms.documents.models import Direction, Record
from bamsat.rooms.documents.register import Meant, same_as, settle
from bamsat.rooms.places.models import Place
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.models import Task, Time

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MARK = "Ví dụ kèm theo phần mềm Bám Sát. {source}; nguồn không nêu số và ngày của văn bản."


@transaction.atomic
def load_samples(by: User) -> int:
    """How many were added; none where anybody has made a task, so that examples never come among an office's own."""
    if Task.objects.exists():
        return 0
    told = shipped("sample_tasks.yml")
    places = {place.slug: place for place in Place.objects.filter(slug__in={one["place"] for one in told["tasks"]})}
    made: dict[str, Task] = {}
    count = 0
    for one in told["tasks"]:
        if one["place"] in places:
            task = _add(by, places[one["place"]], one, told["sources"][one["source"]], made)
            made[one.get("key", task.what)] = task
            count += 1
    return count


def _add(
    by: User, place: Place, told: Mapping[str, Any], source: Mapping[str, Any], made: Mapping[str, Task]
) -> Task:  # fmt: skip
    on: date = source["day"]
    note = MARK.format(source=source["vi"])
    department = Body.objects.filter(slug=f"so-cong-thuong-{place.slug}").first()
    asked = TaskAsked(
        what=told["what"], assigner=told.get("assigner", ""), begins=told["begins"], time=Time.NONE,
        period=told.get("period", ""), kind=told["kind"], drafted=told.get("drafted", ""),
        issued_by=told.get("issued_by", ""), parent=made.get(told.get("parent", "")),
        committee=Body.objects.filter(slug=told.get("committee", "")).first(),
        indicators=tuple(Indicator.objects.filter(code__in=told.get("indicators", ()))),
        record=_record(place, told["record"]) if "record" in told else None,
    )  # fmt: skip
    task = actions.create(by, place, asked, today=told["begins"])
    if department:
        actions.assign(by, task, department, note=note, today=told["begins"])
    for stage in told.get("reached", ()):
        actions.pass_stage(by, task, stage, on, note, today=on)
    return task


def _record(place: Place, told: Mapping[str, Any]) -> Record:
    """The document that it rests on: of the register, where a sample report cites it, else noted as cited."""
    meant = Meant(told["type"], told["symbol"], told["issuer"], told["date"].isoformat(), told["subject"])
    if found := same_as(place, meant):
        return found[0]
    record = Record(
        direction=Direction.CITED, holder=place, type=meant.type, symbol=meant.symbol, issuer=meant.issuer,
        subject=meant.subject, dated=told["date"],
    )  # fmt: skip
    settle(record)
    record.save()
    index(record)
    return record

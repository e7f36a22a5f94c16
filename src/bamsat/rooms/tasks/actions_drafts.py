# SPDX-License-Identifier: Apache-2.0
"""A draft goes its way: units are asked for their opinion and answer, a stage is passed with what shows it, the
document is issued and stands in the register beside what it carries out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bamsat.rooms.accounts import audit
from bamsat.rooms.documents.indexing import index
from bamsat.rooms.documents.models import Direction, Record, Relation
from bamsat.rooms.documents.register import Meant, same_as, settle
from bamsat.rooms.tasks import rights
from bamsat.rooms.tasks.actions import change
from bamsat.rooms.tasks.actions_finish import pass_stage
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.columns import known_bodies
from bamsat.rooms.tasks.drafting import AFTER_OPINIONS, ISSUED, Stage, Track, stages, track
from bamsat.rooms.tasks.models import Act, Kind, Step, Task
from bamsat.rooms.tasks.opinions import ANSWER, ASKED, Opinion, opinions
from bamsat.rooms.tasks.steps import OPEN, Refused, evidence_of, happened_on, hold, state_is, today_or, words, write
from bamsat.rooms.tasks.suggesting import condition_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.directory.models import Body

RELATIONS = ("carries_out", "based_on")


@dataclass(frozen=True, slots=True)
class Passing:
    """A stage that a draft came through: on which day, and the number of the document that shows it. Of an issued
    document `record` is its line of the register; without one a line is made of its number."""

    stage: str
    on: date
    evidence: str = ""
    note: str = ""
    record: Record | None = None
    relation: str = "carries_out"  # to the document that gave the task


@transaction.atomic
def pass_on(by: User, task: Task, said: Passing, *, today: date | None = None) -> Step:
    """Pass a stage of the draft's way, with what it asks for as evidence."""
    stage, way = _stage(said.stage), track(task.drafted, task.begins, task.steps.order_by("pk"))
    _on_its_way(way, stage, said)
    record = said.record
    if stage.code == ISSUED:
        record = record or _issued(by, task, said)
        _related(by, task, record, said.relation)
    evidence = said.evidence or (record.symbol if record else "")
    if stage.evidence and stage.evidence.number and not evidence.strip():
        raise Refused(
            vi=f"Bước “{stage.vi}” cần: {stage.evidence.vi.lower()}. Hãy ghi số văn bản.",
            en=f"The stage “{stage.en}” needs: {stage.evidence.en.lower()}. Write the document's number.",
        )
    return pass_stage(by, task, stage.code, said.on, said.note, evidence, record, today=today)


def _stage(code: str) -> Stage:
    found = stages().get(code)
    if found is None:
        raise Refused(vi="Không có bước soạn thảo này. Hãy chọn trong danh sách.", en="There is no such stage.")
    return found


def _on_its_way(way: Track, stage: Stage, said: Passing) -> None:
    """Not a stage that the type does not have, nor one before what was passed, nor a day before it."""
    codes = [one.stage.code for one in way.way]
    if stage.code not in codes:
        raise Refused(
            vi=f"{way.type.vi} không qua bước “{stage.vi}”. Hãy chọn bước khác, hoặc sửa loại văn bản của nhiệm vụ.",
            en=f"{way.type.en}: there is no stage “{stage.en}”. Choose another, or mend the type of the document.",
        )
    if codes.index(stage.code) < codes.index(way.at.code):
        raise Refused(
            vi=f"Văn bản đã qua bước “{way.at.vi}”, không lùi về “{stage.vi}”. Hãy chọn bước sau.",
            en=f"The draft has passed “{way.at.en}” and does not go back to “{stage.en}”. Choose a later stage.",
        )
    if said.on < way.since:
        raise Refused(
            vi=f"Ngày {said.on:%d/%m/%Y} trước bước “{way.at.vi}” ({way.since:%d/%m/%Y}). Hãy xem lại ngày.",
            en=f"{said.on:%d/%m/%Y} is before the stage “{way.at.en}” ({way.since:%d/%m/%Y}). Look at the day again.",
        )


# What it is.


@dataclass(frozen=True, slots=True)
class About:
    """What only drafts and programmes have: type and issuer of the one, committee of the other, years of both."""

    drafted: str = ""
    issued_by: str = ""
    period: str = ""
    committee: Body | None = None


@transaction.atomic
def describe(by: User, task: Task, about: About, *, today: date | None = None) -> Task:
    """Say what is drafted and who issues it, or which years a programme has and whose committee leads it."""
    if (
        task.parent_id
        and about.period
        and task.parent
        and task.parent.children.exclude(pk=task.pk).filter(period=about.period)
    ):
        raise Refused(
            vi="Cùng nhiệm vụ cấp trên đã có việc ghi giai đoạn này. Hãy để trống giai đoạn ở đây.",
            en="Another part of the same task bears these years. Leave them empty here.",
        )
    return change(
        by, task, replace(asked_of(task), **{f.name: getattr(about, f.name) for f in fields(about)}), today=today
    )


def asked_of(task: Task) -> TaskAsked:
    """The task as it is asked for today."""
    kept = {
        name: getattr(task, name)
        for name in (
            "what", "assigner", "words", "product", "lead", "person", "begins", "time", "due", "rule", "period",
            "target", "parent", "record", "kind", "drafted", "issued_by", "committee",
        )
    }  # fmt: skip
    return TaskAsked(
        **kept, supporting=tuple(task.supporting.all()), indicators=tuple(task.indicators.all()),
        condition=condition_of(task.condition),
    )  # fmt: skip


# What was issued.


def _issued(by: User, task: Task, said: Passing) -> Record | None:
    """The line of the register that this number means; where there is none yet, one that waits for its file."""
    if not said.evidence.strip():
        return None
    rights.ask(by, task, rights.WORK)
    if not rights.may(by, task.place, rights.WORK):  # the register is that of the office, not of who leads from below
        return None
    told = Meant(task.drafted[:60], said.evidence.strip()[:80], task.issued_by, said.on.isoformat(), task.what)
    if found := same_as(task.place, told):
        return found[0]
    record = Record(
        direction=Direction.CITED, holder=task.place, type=told.type, symbol=told.symbol, issuer=told.issuer,
        subject=told.subject, dated=said.on,
    )  # fmt: skip
    settle(record)
    record.save()
    index(record)
    audit.record(by, "documents.record.noted", record, task=str(task.uuid))
    return record


def _related(by: User, task: Task, record: Record | None, relation: str) -> None:
    if record is None or task.record is None or record.pk == task.record_id or relation not in RELATIONS:
        return
    Relation.objects.get_or_create(of=record, to=task.record, kind=relation, defaults={"by": by})


# Opinions.


@transaction.atomic
def ask_opinions(
    by: User, task: Task, units: Iterable[Body], until: date, letter: str, on: date, *, today: date | None = None
) -> Step:
    """A letter asks units for their opinion until a day."""
    today, asked = today_or(today), list(units)
    held = _draft(by, task, today)
    if not asked:
        raise Refused(vi="Hãy chọn ít nhất một đơn vị để lấy ý kiến.", en="Choose at least one unit to ask.")
    known_bodies(by, asked)
    day = happened_on(held, on, today)
    if until < day:
        raise Refused(
            vi=f"Hạn góp ý {until:%d/%m/%Y} trước ngày gửi {day:%d/%m/%Y}. Hãy xem lại hạn.",
            en=f"The deadline for opinions, {until:%d/%m/%Y}, is before the letter, {day:%d/%m/%Y}.",
        )
    told = [{"slug": body.slug, "name": body.name, "until": until.isoformat()} for body in asked]
    note = f"Lấy ý kiến đến {until:%d/%m/%Y}: {'; '.join(body.name for body in asked)}."
    return write(
        by, held, Act.PROGRESS, day, "opinions_asked", stage=AFTER_OPINIONS, note=words(note),
        details={ASKED: told}, **evidence_of(by, letter, None, None),
    )  # fmt: skip


@transaction.atomic
def note_opinion(
    by: User, task: Task, slug: str, agrees: bool, on: date, letter: str = "", note: str = "", *,
    today: date | None = None,
) -> Step:  # fmt: skip
    """What a unit answered, by which letter."""
    today = today_or(today)
    held = _draft(by, task, today)
    one = next((one for one in opinions(held.steps.order_by("pk")) if one.slug == slug), None)
    if one is None:
        raise Refused(
            vi="Chưa lấy ý kiến đơn vị này. Hãy ghi công văn lấy ý kiến trước.",
            en="This unit was not asked. Note the letter that asks it first.",
        )
    day = happened_on(held, on, today)
    said = words(note) or _said(one, agrees)
    return write(
        by, held, Act.PROGRESS, day, "opinion_given", stage=AFTER_OPINIONS, note=said,
        details={ANSWER: {"slug": slug, "name": one.name, "agrees": agrees}}, **evidence_of(by, letter, None, None),
    )  # fmt: skip


def _said(one: Opinion, agrees: bool) -> str:
    return f"{one.name}: thống nhất với dự thảo." if agrees else f"{one.name}: có ý kiến."


def _draft(by: User, task: Task, today: date) -> Task:
    held, now = hold(by, task, rights.WORK, today)
    state_is(held, now, *OPEN)
    if held.kind != Kind.DRAFT:
        raise Refused(
            vi="Chỉ văn bản tham mưu mới lấy ý kiến các đơn vị. Hãy đổi loại của nhiệm vụ trước.",
            en="Only drafts ask for opinions. Change the kind of the task first.",
        )
    return held

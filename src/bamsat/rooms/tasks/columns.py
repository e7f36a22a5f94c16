# SPDX-License-Identifier: Apache-2.0
"""What is asked for becomes the columns of a task, or a sentence that says why it cannot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.directory.queries import bodies
from bamsat.rooms.documents.searching import records_for
from bamsat.rooms.figures.models import EntryKind
from bamsat.rooms.figures.queries import visible_entries
from bamsat.rooms.places.models import Place
from bamsat.rooms.tasks import rights
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.models import Kind, Task, Time
from bamsat.rooms.tasks.occurrences import Rule
from bamsat.rooms.tasks.steps import LONGEST_LINE, Refused, parent_runs, words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.directory.models import Body

_LINES = ("assigner", "product", "issued_by")
_DEEPEST = 50


def columns(by: User, place: Place, asked: TaskAsked, today: date, task: Task | None = None) -> dict[str, Any]:
    """The columns of a task at a place (of `task`, where it is there already); who does it is apart."""
    asked = _timed(asked, task.begins if task else today)
    _seen(by, asked, task)
    _parent(by, place, asked.parent, today, task)
    if asked.kind not in Kind.values:
        raise Refused(vi="Hãy chọn loại: nhiệm vụ, văn bản tham mưu hoặc chương trình.", en="Choose the kind of task.")
    return {
        "kind": asked.kind, "parent": asked.parent, "record": asked.record,
        "what": words(asked.what, "Hãy ghi nội dung nhiệm vụ.", "Write what is to be done."),
        "words": words(asked.words), **{name: _line(getattr(asked, name)) for name in _LINES},
        "begins": asked.begins, "time": asked.time, "due": asked.due, "rule": asked.rule, "period": asked.period[:40],
        "target": asked.target, "condition": asked.condition.as_json() if asked.condition else None,
        "drafted": asked.drafted.strip()[:60], "committee": asked.committee,
    }  # fmt: skip


def served(asked: TaskAsked) -> list[Indicator]:
    """The indicators that a task serves; those of its condition and its target always among them, for they decide who
    sees it."""
    found = {one.pk: one for one in asked.indicators}
    if asked.condition:
        found |= {one.pk: one for one in Indicator.objects.filter(code=asked.condition.indicator)}
    if asked.target:
        found[asked.target.series.indicator_id] = asked.target.series.indicator
    return list(found.values())


def told(asked: TaskAsked) -> dict[str, Any]:
    """Who does it, as the trail and the step keep it."""
    return {
        "lead": str(asked.lead) if asked.lead else "", "supporting": [str(body) for body in asked.supporting],
        "person": str(asked.person) if asked.person else "",
    }  # fmt: skip


def known_bodies(by: User, asked: Iterable[Body]) -> None:
    """A body that the user cannot see cannot be given work."""
    wanted = {body.pk for body in asked}
    if wanted and bodies(by).filter(pk__in=wanted).count() != len(wanted):
        raise Refused(
            vi="Không có đơn vị này trong danh bạ của anh/chị. Hãy chọn trong danh sách.",
            en="This body is not in your directory. Choose one of the list.",
        )


def _timed(asked: TaskAsked, begins: date) -> TaskAsked:
    """With the day on which it begins, and a deadline only where it can have one."""
    asked = replace(asked, begins=asked.begins or begins)
    if asked.time not in Time.values:
        raise Refused(vi="Hãy chọn loại hạn.", en="Choose the kind of deadline.")
    if asked.time == Time.STANDING:
        rule = Rule.parse(asked.rule).written() if asked.rule else {}
        return replace(asked, due=None, rule=rule)
    if asked.rule:
        raise Refused(
            vi="Chỉ việc thường xuyên mới lặp lại theo kỳ. Hãy chọn loại hạn “thường xuyên”, hoặc bỏ quy tắc lặp lại.",
            en="Only standing work comes back in each period. Choose a standing task, or leave the rule out.",
        )
    if asked.due is None:
        if asked.time == Time.DATE:
            raise Refused(
                vi="Hãy ghi ngày hết hạn, hoặc chọn “thường xuyên”, “không nói hạn”.",
                en="Write the day of the deadline, or choose standing work or none.",
            )
        return asked
    return replace(asked, time=Time.DATE, due=_after_it_begins(asked.due, asked.begins))


def _after_it_begins(due: date, begins: date | None) -> date:
    if begins and due < begins:
        raise Refused(
            vi=f"Hạn {due:%d/%m/%Y} trước ngày giao {begins:%d/%m/%Y}. Hãy xem lại hai ngày.",
            en=f"The deadline, {due:%d/%m/%Y}, is before the task begins, {begins:%d/%m/%Y}. Look at both days.",
        )
    return due


def _seen(by: User, asked: TaskAsked, task: Task | None) -> None:
    """What a task points at, whoever makes it must be able to see; what it pointed at before stays."""
    known_bodies(by, (asked.committee,) if asked.committee else ())
    target = asked.target
    kept = task is not None and target is not None and task.target_id == target.pk
    if target and not kept and not visible_entries(by).filter(pk=target.pk, kind=EntryKind.PLAN).exists():
        raise Refused(
            vi="Không có mục tiêu kế hoạch này. Hãy chọn một mục tiêu đã ghi vào sổ.",
            en="There is no such target. Choose a target of the plan that stands in the ledger.",
        )
    kept = task is not None and asked.record is not None and task.record_id == asked.record.pk
    if asked.record and not kept and not records_for(by).filter(pk=asked.record.pk).exists():
        raise Refused(
            vi="Văn bản giao việc không có trong sổ của anh/chị. Hãy chọn văn bản trong sổ.",
            en="The document is not in your register. Choose one of the register.",
        )


def _parent(by: User, place: Place, parent: Task | None, today: date, task: Task | None) -> None:
    if parent is None or (task and task.parent_id == parent.pk):
        return
    if parent.place_id != place.pk or not rights.seen_tasks(by).filter(pk=parent.pk).exists():
        raise Refused(
            vi=f"Nhiệm vụ cấp trên phải là nhiệm vụ của {place.label}. Hãy chọn nhiệm vụ khác.",
            en=f"The task above has to be one of {place.label}. Choose another one.",
        )
    parent_runs(parent, today)
    above: Task | None = parent
    for _step in range(_DEEPEST):
        if above is None:
            return
        if task and above.pk == task.pk:
            break
        above = above.parent
    raise Refused(
        vi=f"“{parent.what[:80]}” nằm dưới chính nhiệm vụ này. Hãy chọn nhiệm vụ cấp trên khác.",
        en=f"“{parent.what[:80]}” lies below this very task. Choose another task above it.",
    )


def _line(typed: str) -> str:
    text = " ".join(typed.split())
    if len(text) > LONGEST_LINE:
        raise Refused(
            vi=f"“{text[:40]}…” dài {len(text)} ký tự; nhiều nhất {LONGEST_LINE}. Hãy viết gọn.",
            en=f"“{text[:40]}…” has {len(text)} characters; at most {LONGEST_LINE}. Shorten it.",
        )
    return text

# SPDX-License-Identifier: Apache-2.0
"""The way of a task: assigned, extended, reported, returned, confirmed, cancelled, reopened; what is refused when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.utils import DatabaseError

from bamsat.core.act.deadlines import Timeliness
from bamsat.core.act.tasks import State
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents.models import Record
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.actions import Refused
from bamsat.rooms.tasks.models import Act, Kind, Step, Task, Time
from bamsat.rooms.tasks.occurrences import start_due
from bamsat.rooms.tasks.standing import line, standing_of
from tests import build
from tests.rooms.tasks.told import DUE, TODAY, body, task

pytestmark = pytest.mark.django_db
LATER = date(2026, 10, 15)


def test_a_task_goes_its_way_and_the_day_of_the_answer_counts(cast):
    made, division = task(cast), body("phong-thu", "Phòng Thử nghiệm", cast.home)
    other = body("phong-khac", "Phòng Khác", cast.home)
    actions.assign(cast.director, made, division, [other], cast.specialist, date(2026, 9, 25), "làm sớm", today=TODAY)
    actions.note_progress(cast.specialist, made, "đã có dự thảo", 40, today=date(2026, 9, 10))
    actions.report_done(cast.specialist, made, date(2026, 9, 24), "", "215/KH-SCT", today=date(2026, 9, 28))
    actions.close(cast.head, made, today=LATER)
    made.refresh_from_db()
    told = line(made, LATER)
    assert (made.lead, made.person, list(made.supporting.all())) == (division, cast.specialist, [other])
    assert (made.due, made.first_due, told.standing.due) == (date(2026, 9, 25), DUE, date(2026, 9, 25))
    assert (told.standing.state, told.standing.timeliness) == (State.DONE, Timeliness.ON_TIME)
    assert (told.shape, told.word, told.left, told.percent) == ("good", "Hoàn thành đúng hạn", "", 100)
    assert told.report.evidence == "215/KH-SCT"
    trail = AuditRecord.objects.filter(action__startswith="tasks.").order_by("pk")
    acts = [row.action.removeprefix("tasks.task.") for row in trail]
    assert acts == ["created", "assigned", "progress", "reported", "closed"]


def test_an_extension_is_asked_for_decided_and_moves_the_deadline(cast):
    made = task(cast)
    actions.ask_extension(cast.specialist, made, LATER, "chờ ý kiến Sở Tài chính", today=TODAY)
    assert line(made, TODAY).asking.due == LATER
    with pytest.raises(Refused, match="đang chờ quyết định"):
        actions.ask_extension(cast.specialist, made, LATER, "lần nữa", today=TODAY)
    actions.decide_extension(cast.deputy, made, False, reason="còn đủ thời gian", today=TODAY)
    assert standing_of(made, TODAY).asked is None
    with pytest.raises(Refused, match="Chưa ai xin"):
        actions.decide_extension(cast.deputy, made, False, reason="không", today=TODAY)
    actions.ask_extension(cast.specialist, made, LATER, "vẫn chờ", today=TODAY)
    actions.decide_extension(cast.deputy, made, True, today=TODAY)
    made.refresh_from_db()
    assert (made.due, made.first_due) == (LATER, DUE)
    assert made.steps.latest("pk").details == {"before": "2026-09-30", "asked": "2026-10-15"}
    told = standing_of(made, date(2026, 10, 1))
    assert (told.timeliness, told.against_first) == (Timeliness.WAITING, Timeliness.OVERDUE)


def test_what_is_not_enough_goes_back_with_its_reason(cast):
    made = task(cast)
    actions.report_done(cast.specialist, made, TODAY, "xong", today=TODAY)
    with pytest.raises(Refused, match="vì sao chưa đạt"):
        actions.return_(cast.head, made, " ", today=TODAY)
    actions.return_(cast.head, made, "thiếu phụ lục", today=TODAY)
    assert standing_of(made, TODAY).state is State.UNASSIGNED


def test_what_was_finished_or_cancelled_can_go_on(cast):
    made = task(cast)
    actions.cancel(cast.head, made, "trùng", today=TODAY)
    assert line(made, TODAY).word == "Thôi thực hiện"
    actions.reopen(cast.director, made, "không trùng", today=TODAY)
    assert standing_of(made, TODAY).state is State.UNASSIGNED
    with pytest.raises(Refused, match="không cần mở lại"):
        actions.reopen(cast.director, made, "lần nữa", today=TODAY)


Do = Callable[[Any, Task], object]
STEPS: dict[str, Do] = {
    "assign": lambda cast, made: actions.assign(cast.head, made, None, (), cast.specialist, today=TODAY),
    "progress": lambda cast, made: actions.note_progress(cast.specialist, made, "đang làm", today=TODAY),
    "ask": lambda cast, made: actions.ask_extension(cast.specialist, made, LATER, "chờ", today=TODAY),
    "extend": lambda cast, made: actions.decide_extension(cast.head, made, True, LATER, today=TODAY),
    "report": lambda cast, made: actions.report_done(cast.specialist, made, TODAY, "xong", today=TODAY),
    "return": lambda cast, made: actions.return_(cast.head, made, "thiếu", today=TODAY),
    "close": lambda cast, made: actions.close(cast.head, made, today=TODAY),
    "cancel": lambda cast, made: actions.cancel(cast.head, made, "thôi", today=TODAY),
    "reopen": lambda cast, made: actions.reopen(cast.head, made, "làm tiếp", today=TODAY),
}
WAYS = {
    State.UNASSIGNED: (),
    State.RUNNING: ("assign",),
    State.REPORTED: ("assign", "report"),
    State.DONE: ("assign", "report", "close"),
    State.CANCELLED: ("cancel",),
}
ALLOWED = {
    State.UNASSIGNED: {"assign", "progress", "ask", "extend", "report", "cancel"},
    State.RUNNING: {"assign", "progress", "ask", "extend", "report", "cancel"},
    State.REPORTED: {"return", "close", "cancel"},
    State.DONE: {"reopen"},
    State.CANCELLED: {"reopen"},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_taken_where_it_can_be_and_else_refused_with_what_to_do(cast, state, step):
    made = task(cast)
    for each in WAYS[state]:
        STEPS[each](cast, made)
    before = made.steps.count()
    assert standing_of(made, TODAY).state is state
    if step in ALLOWED[state]:
        STEPS[step](cast, made)
        assert made.steps.count() == before + 1
        return
    with pytest.raises(Refused, match=r"(Hãy|Muốn) ") as refused:
        STEPS[step](cast, made)
    assert refused.value.en
    assert made.steps.count() == before


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda cast, made: actions.decide_extension(cast.head, made, True, DUE, today=TODAY), "không sau hạn"),
        (lambda cast, made: actions.ask_extension(cast.specialist, made, TODAY, "x", today=TODAY), "không sau hạn"),
        (lambda cast, made: actions.ask_extension(cast.specialist, made, LATER, "", today=TODAY), "vì sao xin"),
        (lambda cast, made: actions.decide_extension(cast.head, made, True, today=TODAY), "ghi hạn mới"),
        (lambda cast, made: actions.report_done(cast.specialist, made, DUE, "xong", today=TODAY), "chưa tới"),
        (lambda cast, made: actions.report_done(cast.specialist, made, date(2026, 8, 1), "x", today=TODAY), "trước"),
        (lambda cast, made: actions.report_done(cast.specialist, made, TODAY, today=TODAY), "số văn bản hoàn thành"),
        (lambda cast, made: actions.report_done(cast.specialist, made, TODAY, evidence="1" * 121, today=TODAY), "120"),
        (lambda cast, made: actions.note_progress(cast.specialist, made, "x", 101, today=TODAY), "0 đến 100"),
        (lambda cast, made: actions.note_progress(cast.specialist, made, " ", today=TODAY), "ghi tiến độ"),
        (lambda cast, made: actions.assign(cast.head, made, None, today=TODAY), "chọn đơn vị"),
        (lambda cast, made: actions.assign(cast.head, made, None, (), cast.specialist, LATER, today=TODAY), "gia hạn"),
        (lambda cast, made: actions.assign(cast.head, made, None, (), cast.newcomer, today=TODAY), "không mở được"),
        (lambda cast, made: actions.cancel(cast.head, made, "", today=TODAY), "vì sao thôi"),
        (lambda cast, made: actions.pass_stage(cast.specialist, made, "drafted", TODAY, today=TODAY), "tham mưu"),
    ],
)  # fmt: skip
def test_what_does_not_make_sense_is_refused_and_nothing_is_written(cast, act, says):
    made = task(cast)
    with pytest.raises(Refused, match=says):
        act(cast, made)
    assert not Step.objects.exists()
    made.refresh_from_db()
    assert (made.due, made.lead, made.person) == (DUE, None, None)


def test_standing_work_has_no_deadline_to_extend_or_to_give(cast):
    made = task(cast, time=Time.STANDING, due=None)
    with pytest.raises(Refused, match="không có gì để gia hạn"):
        actions.ask_extension(cast.specialist, made, LATER, "chờ", today=TODAY)
    with pytest.raises(Refused, match="thường xuyên không có hạn"):
        actions.assign(cast.head, made, None, (), cast.specialist, LATER, today=TODAY)
    soon = task(cast, time=Time.SOON, due=None)
    actions.assign(cast.head, soon, None, (), cast.specialist, LATER, today=TODAY)
    soon.refresh_from_db()
    assert (soon.time, soon.due, soon.first_due) == (Time.DATE, LATER, LATER)


def test_the_evidence_is_a_document_that_the_user_can_open(cast):
    made = task(cast)
    line_ = Record.objects.create(direction="issued", holder=cast.home, type="Kế hoạch", symbol="215/KH-SCT")
    other = Record.objects.create(direction="issued", holder=cast.elsewhere, type="Kế hoạch", symbol="9/KH-SCT")
    alien = build.document(cast.specialist_elsewhere, area="Lạng Sơn")
    for given in ({"record": other}, {"document": alien}):
        with pytest.raises(Refused, match="Không mở được văn bản"):
            actions.report_done(cast.specialist, made, TODAY, today=TODAY, **given)
    step = actions.report_done(cast.specialist, made, TODAY, record=line_, today=TODAY)
    assert (step.record, step.evidence) == (line_, "Kế hoạch 215/KH-SCT")


def test_whoever_reported_it_does_not_confirm_it_while_somebody_else_could(cast):
    made = task(cast)
    assert cast.deputy
    actions.report_done(cast.director, made, TODAY, "xong", today=TODAY)
    with pytest.raises(Refused, match="không tự xác nhận"):
        actions.close(cast.director, made, today=TODAY)
    actions.close(cast.deputy, made, today=TODAY)


def test_whoever_is_alone_confirms_and_the_trail_says_so(cast):
    made = task(cast)
    actions.report_done(cast.director, made, TODAY, "xong", today=TODAY)
    step = actions.close(cast.director, made, today=TODAY)
    assert step.details == {"alone": True}
    assert AuditRecord.objects.get(action="tasks.task.closed").details["alone"] is True


def test_a_task_is_not_finished_while_its_parts_run_nor_its_part_reopened_after_it(cast):
    above = task(cast)
    part = task(cast, parent=above)
    actions.report_done(cast.specialist, above, TODAY, "xong", today=TODAY)
    for act in (actions.close, actions.cancel):
        with pytest.raises(Refused, match="Còn 1 việc con chưa xong"):
            act(cast.head, above, "thôi", today=TODAY)
    actions.cancel(cast.head, part, "thôi", today=TODAY)
    actions.close(cast.head, above, today=TODAY)
    with pytest.raises(Refused, match="cấp trên"):
        actions.reopen(cast.head, part, "làm tiếp", today=TODAY)


def test_the_second_of_two_who_confirm_is_told_of_the_first(cast):
    made = task(cast)
    actions.report_done(cast.specialist, made, TODAY, "xong", today=TODAY)
    seen_by_both = Task.objects.get(pk=made.pk)
    actions.close(cast.head, made, today=TODAY)
    with pytest.raises(Refused, match="bước gần nhất: Trưởng phòng"):
        actions.return_(cast.deputy, seen_by_both, "thiếu", today=TODAY)


def test_a_draft_passes_its_stages(cast):
    draft = task(cast, kind=Kind.DRAFT, drafted="Quyết định")
    actions.pass_stage(cast.specialist, draft, "drafted", TODAY, evidence="100/SCT-KH", today=TODAY)
    actions.pass_stage(cast.specialist, draft, "commented", TODAY, today=TODAY)
    assert standing_of(draft, TODAY).stage == "commented"
    with pytest.raises(Refused, match="chọn một bước"):
        actions.pass_stage(cast.specialist, draft, "forgotten", TODAY, today=TODAY)


def test_what_happened_stays_as_it_was_written(cast):
    made = task(cast)
    step = actions.note_progress(cast.specialist, made, "đang làm", today=TODAY)
    with pytest.raises(DatabaseError):
        Step.objects.filter(pk=step.pk)._raw_delete("default")


# Standing work that comes back.


MONTHLY = {"frequency": "month", "deadline": {"day": 20, "if_off": "before"}}


def test_the_work_of_each_period_begins_once_with_who_has_it(cast):
    division = body("phong-thu", "Phòng Thử nghiệm", cast.home)
    made = task(cast, by=cast.head, time=Time.STANDING, due=None, rule=MONTHLY, lead=division, what="Báo cáo giá")
    Task.objects.filter(pk=made.pk).update(created_at="2026-09-01T08:00:00+07:00")
    first = start_due(date(2026, 9, 3))
    assert [(each.period, each.due, each.lead, each.parent) for each in first] == [
        ("2026-09", date(2026, 9, 18), division, made)
    ]
    assert standing_of(first[0], TODAY).state is State.RUNNING
    assert start_due(date(2026, 9, 30)) == []
    later = start_due(date(2026, 11, 2))  # nobody asked in October
    assert [(each.period, each.due) for each in later] == [
        ("2026-10", date(2026, 10, 20)), ("2026-11", date(2026, 11, 20)),
    ]  # fmt: skip
    for each in (*first, *later):
        actions.cancel(cast.head, each, "thôi", today=date(2026, 11, 2))
    actions.cancel(cast.head, made, "thôi", today=date(2026, 11, 2))
    assert start_due(date(2026, 12, 1)) == []


def test_roles_are_asked_for_each_step(cast):
    made = task(cast)
    for step in ("assign", "extend", "cancel"):
        with pytest.raises(NotAllowed):
            STEPS[step](SimpleNamespace(head=cast.specialist, specialist=cast.specialist), made)
    for who in (cast.specialist_elsewhere, cast.reader, cast.newcomer):
        with pytest.raises(NotAllowed):
            actions.note_progress(who, made, "đang làm", today=TODAY)
    assert not made.steps.filter(act=Act.PROGRESS).exists()

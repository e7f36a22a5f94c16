# SPDX-License-Identifier: Apache-2.0
"""Tasks begin from what a document asks, or of one's own; they are mended; each once, and signed in the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bamsat.core.act.tasks import State
from bamsat.core.terms.directive import Condition
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.accounts.trail_words import action_name
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.models import ProposalState, Record
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.actions import Refused, TaskAsked
from bamsat.rooms.tasks.models import Act, Kind, Task, Time
from bamsat.rooms.tasks.standing import standing_of
from bamsat.rooms.tasks.suggesting import condition_of, suggest
from tests import build
from tests.rooms.tasks.told import DUE, TODAY, body, proposal, task

pytestmark = pytest.mark.django_db


# From a document.


def test_accepting_an_instruction_makes_a_task_with_its_words(cast):
    found = proposal(cast, product="Kế hoạch", said_by="Chủ tịch UBND tỉnh")
    made = actions.accept(cast.specialist, found, today=TODAY)
    assert (made.what, made.words, made.product) == ("Xây dựng kế hoạch", found.text, "Kế hoạch")
    assert (made.assigner, made.due, made.first_due) == ("Chủ tịch UBND tỉnh", DUE, DUE)
    found.refresh_from_db()
    assert (found.state, found.decided_by) == (ProposalState.ACCEPTED, cast.specialist)
    assert trail() == ["tasks.task.accepted"]
    assert standing_of(made, TODAY).state is State.UNASSIGNED


def test_what_it_serves_its_condition_and_the_line_of_the_register_come_with_it(cast):
    build.catalogue()
    condition = Condition("retail_services", None, "plan_ratio", ">=", Decimal("60.5"), "%", "2026")
    found = proposal(cast, indicators=("industrial_output",), condition=condition)
    line = Record.objects.create(
        direction="received", holder=cast.home, document=found.document, type="Công văn", symbol="841/UBND-VX",
        dated=date(2026, 8, 20), issuer="UBND tỉnh Cao Bằng",
    )  # fmt: skip
    made = actions.accept(cast.specialist, found, today=TODAY)
    assert (made.record, made.begins, made.assigner) == (line, date(2026, 8, 20), "UBND tỉnh Cao Bằng")
    assert set(made.indicators.values_list("code", flat=True)) == {"industrial_output", "retail_services"}
    made.refresh_from_db()
    assert condition_of(made.condition) == condition


def test_the_bodies_that_it_names_are_found_in_the_directory(cast):
    department = body("so-thu", "Sở Thử Nghiệm tỉnh Cao Bằng", cast.home, short="STN")
    division = body("phong-thu", "Phòng Quản lý thử nghiệm", cast.home, department)
    elsewhere = body("so-thu-khac", "Sở Thử Nghiệm tỉnh Lạng Sơn", cast.elsewhere)
    asked = suggest(proposal(cast, who="Giám đốc Sở Thử Nghiệm", supporting=("Phòng Quản lý thử nghiệm", "các xã")))
    assert (asked.lead, asked.supporting) == (department, (division,))
    assert suggest(proposal(cast, who="Sở Thử Nghiệm tỉnh Cao Bằng", ordinal=1)).lead == department
    assert suggest(proposal(cast, who="các đơn vị có liên quan")).lead is None
    assert elsewhere != department


def test_a_leader_who_accepts_assigns_at_once_and_a_specialist_proposes(cast):
    lead = body("phong-thu", "Phòng Quản lý thử nghiệm", cast.home)
    by_head = actions.accept(cast.head, proposal(cast, who=lead.name), today=TODAY)
    by_specialist = actions.accept(cast.specialist, proposal(cast, who=lead.name), today=TODAY)
    assert by_head.lead == by_specialist.lead == lead
    states = [standing_of(each, TODAY).state for each in (by_head, by_specialist)]
    assert states == [State.RUNNING, State.UNASSIGNED]


def test_the_second_who_accepts_is_told_who_was_first(cast):
    found = proposal(cast)
    actions.accept(cast.specialist, found, today=TODAY)
    with pytest.raises(Refused, match=r"đã thành nhiệm vụ \(Chuyên viên tổng hợp"):
        actions.accept(cast.head, found, today=TODAY)
    assert Task.objects.count() == 1


def test_several_are_accepted_at_once_and_one_that_cannot_be_is_left_with_its_reason(cast):
    document = build.document(cast.specialist)
    good, done = proposal(cast, document, 1), proposal(cast, document, 2)
    actions.dismiss(cast.specialist, done, "của đơn vị khác")
    found = actions.accept_many(cast.specialist, [good, done], today=TODAY)
    assert [each.instruction for each in found.tasks] == [good]
    assert [(each, "đã bỏ qua" in str(why)) for each, why in found.left] == [(done, True)]


def test_a_dismissal_is_taken_back_and_the_instruction_waits_again(cast):
    found = proposal(cast)
    actions.dismiss(cast.specialist, found, "của đơn vị khác")
    found.refresh_from_db()
    assert (found.state, found.reason) == (ProposalState.DISMISSED, "của đơn vị khác")
    actions.take_back_dismissal(cast.head, found)
    found.refresh_from_db()
    assert (found.state, found.reason, found.decided_by) == (ProposalState.WAITING, "", None)
    with pytest.raises(Refused, match="không ở trạng thái bỏ qua"):
        actions.take_back_dismissal(cast.head, found)
    assert trail() == ["tasks.proposal.dismissed", "tasks.proposal.taken_back"]


@pytest.mark.parametrize("who", ["specialist_elsewhere", "reader", "commune_official", "newcomer"])
def test_nobody_decides_on_what_another_office_was_told(cast, who):
    found = proposal(cast)
    for act in (actions.accept, actions.dismiss):
        with pytest.raises(NotAllowed):
            act(getattr(cast, who), found)
    found.refresh_from_db()
    assert found.state == ProposalState.WAITING


def test_a_day_that_was_told_but_not_read_is_no_deadline_until_somebody_writes_it(cast):
    found = proposal(cast, due=None, time="date", by_when="trong tháng")
    asked = suggest(found)
    assert (asked.time, asked.due) == (Time.NONE, None)
    made = actions.accept(cast.specialist, found, replace(asked, due=DUE, begins=TODAY), today=TODAY)
    assert (made.time, made.due) == (Time.DATE, DUE)


# Of one's own.


def test_every_action_has_words_in_the_trail():
    codes = [
        "accepted", "created", "started", "changed", "assigned", "progress", "stage_passed", "extension_asked",
        "extended", "extension_refused", "reported", "returned", "closed", "cancelled", "reopened",
    ]  # fmt: skip
    for code in codes:
        assert action_name(f"tasks.task.{code}", "vi") != f"tasks.task.{code}"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"what": " "}, "ghi nội dung"),
        ({"due": None}, "ghi ngày hết hạn"),
        ({"due": date(2026, 8, 31)}, "trước ngày giao"),
        ({"time": "someday"}, "loại hạn"),
        ({"kind": "other"}, "chọn loại"),
        ({"rule": {"frequency": "month", "deadline": {"day": 20}}}, "thường xuyên"),
        ({"time": "standing", "rule": {"frequency": "week", "deadline": {"day": 20}}}, "kỳ lặp lại"),
        ({"product": "a" * 301}, "nhiều nhất 300"),
        ({"what": "a" * 4001}, "nhiều nhất 4000"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_task_is_refused_with_what_to_do(cast, asked, says):
    with pytest.raises(Refused, match=says):
        task(cast, **asked)
    assert not Task.objects.exists()


def test_a_task_above_is_one_of_the_same_place_that_runs_and_not_one_below(cast):
    above = task(cast)
    part = task(cast, parent=above)
    deeper = task(cast, parent=part)
    with pytest.raises(Refused, match="nằm dưới chính nhiệm vụ này"):
        actions.change(cast.specialist, above, asked_of(above, parent=deeper), today=TODAY)
    with pytest.raises(Refused, match="phải là nhiệm vụ của"):
        task(cast, by=cast.administrator, place=cast.elsewhere, parent=above)
    alone = task(cast)
    actions.cancel(cast.head, alone, "trùng", today=TODAY)
    with pytest.raises(Refused, match="đã kết thúc"):
        task(cast, parent=alone)


def test_words_are_mended_by_whoever_works_and_the_deadline_by_whoever_assigns(cast):
    made = task(cast)
    actions.change(cast.specialist, made, asked_of(made, what="Xây dựng kế hoạch khuyến mại"), today=TODAY)
    moved = asked_of(made, due=date(2026, 10, 15))
    with pytest.raises(NotAllowed):
        actions.change(cast.specialist, made, moved, "ghi nhầm", today=TODAY)
    with pytest.raises(Refused, match="vì sao sửa hạn"):
        actions.change(cast.head, made, moved, today=TODAY)
    actions.change(cast.head, made, moved, "ghi nhầm tháng", today=TODAY)
    made.refresh_from_db()
    now = standing_of(made, TODAY)
    assert (made.due, now.due, now.first_due) == (date(2026, 10, 15),) * 3
    step = made.steps.latest("pk")
    assert (step.act, step.note, step.details["changed"]) == (Act.CHANGED, "ghi nhầm tháng", ["due", "what"])


def test_the_words_of_a_task_are_found_without_their_accents(cast):
    made = task(cast, what="Xây dựng kế hoạch khuyến công", product="Đề án")
    assert made.folded == "xay dung ke hoach khuyen cong de an"


def test_a_draft_keeps_what_is_drafted_and_a_programme_its_committee(cast):
    committee = body("ban-thu", "Ban Chỉ đạo thử nghiệm", cast.home)
    draft = task(cast, kind=Kind.DRAFT, drafted="Quyết định", issued_by="UBND tỉnh Cao Bằng")
    programme = task(cast, kind=Kind.PROGRAMME, committee=committee, period="2026-2030", time=Time.STANDING, due=None)
    assert (draft.drafted, draft.issued_by) == ("Quyết định", "UBND tỉnh Cao Bằng")
    assert (programme.committee, programme.period) == (committee, "2026-2030")


def test_indicators_can_be_given_by_hand(cast):
    build.catalogue()
    one = Indicator.objects.get(code="industrial_output")
    assert list(task(cast, indicators=(one,)).indicators.all()) == [one]


def asked_of(made: Task, **changes: object) -> TaskAsked:
    """What the form of a task would send, with some fields changed."""
    asked = TaskAsked(
        what=made.what, assigner=made.assigner, words=made.words, product=made.product, begins=made.begins,
        time=made.time, due=made.due, parent=made.parent, kind=made.kind,
    )  # fmt: skip
    return replace(asked, **changes)


def trail() -> list[str]:
    found = AuditRecord.objects.filter(action__startswith="tasks.").order_by("pk")
    return list(found.values_list("action", flat=True))

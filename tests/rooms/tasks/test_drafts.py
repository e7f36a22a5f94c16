# SPDX-License-Identifier: Apache-2.0
"""A document drafted for the province goes its way: opinions, stages with their evidence, issued into the register."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bamsat.core.act.tasks import STAGES
from bamsat.rooms.directory.models import Body
from bamsat.rooms.directory.shipped import load_directory
from bamsat.rooms.documents.models import Direction, Record, Relation
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.tasks import actions, actions_drafts, drafts
from bamsat.rooms.tasks.actions_drafts import About, Passing
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.drafting import stages
from bamsat.rooms.tasks.models import Act, Kind, Task
from bamsat.rooms.tasks.opinions import opinions
from bamsat.rooms.tasks.steps import Refused
from tests.cast import Cast

pytestmark = pytest.mark.django_db
BEGUN, TODAY = date(2026, 3, 2), date(2026, 6, 1)
PLAN, LAW = "Kế hoạch", "Quyết định quy phạm pháp luật"


def a_draft(cast: Cast, drafted: str = PLAN, **more: object) -> Task:
    asked = TaskAsked(
        what="Kế hoạch phát triển hạ tầng thương mại biên giới", kind=Kind.DRAFT, drafted=drafted,
        issued_by="UBND tỉnh Cao Bằng", begins=BEGUN, due=date(2026, 6, 30), **more,
    )  # fmt: skip
    return actions.create(cast.specialist, cast.home, asked, today=BEGUN)


def passing(stage: str, on: date, evidence: str = "", **more: object) -> Passing:
    return Passing(stage, on, evidence, **more)


def to(cast: Cast, task: Task, *said: Passing) -> Task:
    for one in said:
        actions_drafts.pass_on(cast.specialist, task, one, today=TODAY)
    return task


DRAFTED = passing("drafted", date(2026, 3, 20))
COMMENTED = passing("commented", date(2026, 4, 15), "812/SCT-QLTM")
SUBMITTED = passing("submitted", date(2026, 5, 4), "45/TTr-SCT")


def at(cast: Cast, task: Task) -> drafts.Draft:
    return next(one for one in drafts.drafts(cast.specialist, TODAY) if one.line.task == task)


def test_the_stages_of_the_file_are_those_that_a_task_knows() -> None:
    assert tuple(stages()) == STAGES


def test_a_plan_goes_from_the_draft_to_the_signature(cast: Cast) -> None:
    task = to(cast, a_draft(cast), DRAFTED, COMMENTED, SUBMITTED)
    one = at(cast, task)
    assert (one.track.at.code, one.days, one.waits_for_signature) == ("submitted", 28, True)
    assert [draft.line.task for draft in drafts.shown([one], drafts.WAITING)] == [task]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (passing("submitted", date(2026, 5, 4)), "Số, ngày tờ trình".lower()),
        (passing("appraised", date(2026, 5, 4), "12/BCTĐ-STP"), "không qua bước"),
        (passing("drafted", date(2026, 5, 4)), "không lùi về"),
        (passing("submitted", date(2026, 4, 1), "45/TTr-SCT"), "trước bước"),
        (passing("printed", date(2026, 5, 4)), "Không có bước"),
        (passing("submitted", date(2026, 6, 2), "45/TTr-SCT"), "chưa tới"),
    ],
)
def test_a_stage_is_refused_with_the_reason(cast: Cast, said: Passing, words: str) -> None:
    task = to(cast, a_draft(cast), DRAFTED, COMMENTED)
    with pytest.raises(Refused, match=words):
        to(cast, task, said)
    assert at(cast, task).track.at.code == "commented"


def test_a_stage_between_can_be_left_out_where_it_was_never_written_down(cast: Cast) -> None:
    task = to(cast, a_draft(cast), SUBMITTED)
    assert at(cast, task).waits_for_signature


def test_what_lays_down_law_waits_for_appraisal_after_opinions(cast: Cast) -> None:
    task = to(cast, a_draft(cast, LAW), DRAFTED, COMMENTED)
    following = at(cast, task).track.next
    assert following is not None
    assert following.code == "appraised"


def test_an_issued_document_stands_in_the_register_beside_what_it_carries_out(cast: Cast) -> None:
    gave = Record.objects.create(holder=cast.home, direction=Direction.RECEIVED, type="Quyết định", symbol="259/QĐ-TTg")
    task = to(cast, a_draft(cast, record=gave), SUBMITTED, passing("issued", date(2026, 5, 20), "1130/KH-UBND"))
    step = task.steps.get(stage="issued")
    assert step.record is not None
    assert (step.record.symbol, step.record.dated, step.record.issuer) == (
        "1130/KH-UBND", date(2026, 5, 20), "UBND tỉnh Cao Bằng",
    )  # fmt: skip
    relation = Relation.objects.get(of=step.record)
    assert (relation.to, relation.kind, relation.by) == (gave, "carries_out", cast.specialist)


def test_an_issued_document_that_the_register_has_is_taken_from_there(cast: Cast) -> None:
    known = Record.objects.create(
        holder=cast.home, direction=Direction.RECEIVED, type="Kế hoạch", symbol="1130/KH-UBND", key="1130/kh-ubnd",
        dated=date(2026, 5, 20), issuer="UBND tỉnh Cao Bằng",
    )  # fmt: skip
    task = to(cast, a_draft(cast), SUBMITTED, passing("issued", date(2026, 5, 20), "1130/KH-UBND"))
    assert task.steps.get(stage="issued").record == known
    assert Record.objects.count() == 1


def test_a_stage_refused_leaves_no_line_in_the_register(cast: Cast) -> None:
    task = to(cast, a_draft(cast), SUBMITTED)
    with pytest.raises(Refused):
        to(cast, task, passing("issued", date(2026, 6, 20), "1130/KH-UBND"))
    assert not Record.objects.exists()


def test_another_office_passes_no_stage(cast: Cast) -> None:
    task = a_draft(cast)
    with pytest.raises(NotAllowed):
        actions_drafts.pass_on(cast.specialist_elsewhere, task, DRAFTED, today=TODAY)


# Opinions.


@pytest.fixture
def units(cast: Cast) -> list[Body]:
    load_directory()
    return list(Body.objects.filter(place=cast.home, kind="department").order_by("slug")[:2])


def asked(cast: Cast, units: list[Body]) -> Task:
    task = a_draft(cast)
    if len(units) < 2:
        units += [Body.objects.create(slug="so-thu", kind="department", place=cast.home, name="Sở Thử")]
    actions_drafts.ask_opinions(
        cast.specialist, task, units, date(2026, 4, 10), "812/SCT-QLTM", date(2026, 3, 25), today=TODAY
    )
    return task


def test_a_unit_that_says_nothing_by_its_day_agrees(cast: Cast, units: list[Body]) -> None:
    task = asked(cast, units)
    [first, second] = opinions(task.steps.order_by("pk"))
    assert first.agrees
    assert second.answer is None
    assert (first.shape(date(2026, 4, 10)), first.shape(date(2026, 4, 11))) == ("wait", "good")


def test_what_a_unit_answers_is_kept_with_its_letter(cast: Cast, units: list[Body]) -> None:
    task = asked(cast, units)
    slug = opinions(task.steps.order_by("pk"))[0].slug
    actions_drafts.note_opinion(
        cast.specialist, task, slug, False, date(2026, 4, 8), "305/STC-HCSN", "Bổ sung nguồn vốn.", today=TODAY
    )
    first = opinions(task.steps.order_by("pk"))[0]
    assert first.answer is not None
    assert (first.agrees, first.answer.evidence, first.answer.note) == (False, "305/STC-HCSN", "Bổ sung nguồn vốn.")
    assert first.shape(TODAY) == "doubt"
    assert at(cast, task).track.at.code == "assigned"  # answers pass no stage


def test_who_was_not_asked_cannot_answer(cast: Cast, units: list[Body]) -> None:
    task = asked(cast, units)
    with pytest.raises(Refused, match="Chưa lấy ý kiến"):
        actions_drafts.note_opinion(cast.specialist, task, "khong-co", True, date(2026, 4, 8), today=TODAY)


def test_opinions_are_asked_until_a_day_after_the_letter(cast: Cast, units: list[Body]) -> None:
    task = asked(cast, units)
    with pytest.raises(Refused, match="trước ngày gửi"):
        actions_drafts.ask_opinions(cast.specialist, task, units, date(2026, 3, 1), "", date(2026, 3, 25), today=TODAY)


# Pages.


def test_the_board_shows_a_draft_under_its_stage_and_the_signature_as_a_filter(cast: Cast) -> None:
    task = to(cast, a_draft(cast), DRAFTED, COMMENTED, SUBMITTED)
    page = cast.client(cast.specialist)
    board = page.get(reverse("tasks:drafts")).content.decode()
    assert "1 đang chờ ký" in board
    assert task.what in board
    waiting = page.get(reverse("tasks:drafts"), {"xem": "cho-ky"}).content.decode()
    assert task.what in waiting
    done = page.get(reverse("tasks:drafts"), {"xem": "da-ban-hanh"}).content.decode()
    assert task.what not in done


def test_another_office_sees_no_draft(cast: Cast) -> None:
    task = a_draft(cast)
    page = cast.client(cast.specialist_elsewhere)
    assert task.what not in page.get(reverse("tasks:drafts"), {"xem": "tat-ca"}).content.decode()
    url = reverse("tasks:draft_step", args=[task.uuid, "buoc"])
    assert page.post(url, {"stage": "drafted", "on": "02/03/2026"}).status_code == 404


def test_a_stage_is_passed_from_the_page_of_the_draft(cast: Cast) -> None:
    task = a_draft(cast)
    page = cast.client(cast.specialist)
    shown = page.get(reverse("tasks:task", args=[task.uuid])).content.decode()
    assert "Các bước soạn thảo" in shown
    yesterday = timezone.localdate() - timedelta(days=1)
    url = reverse("tasks:draft_step", args=[task.uuid, "buoc"])
    answer = page.post(url, {"stage": "submitted", "on": f"{yesterday:%d/%m/%Y}", "evidence": "45/TTr-SCT", "note": ""})
    assert answer.status_code == 302
    assert task.steps.get(act=Act.STAGE).evidence == "45/TTr-SCT"
    shown = page.get(reverse("tasks:task", args=[task.uuid])).content.decode()
    assert "45/TTr-SCT" in shown


def test_a_stage_without_its_number_comes_back_with_what_is_missing(cast: Cast) -> None:
    task = a_draft(cast)
    url = reverse("tasks:draft_step", args=[task.uuid, "buoc"])
    answer = cast.client(cast.specialist).post(url, {"stage": "submitted", "on": "05/03/2026", "evidence": ""})
    assert answer.status_code == 422
    assert "Hãy ghi số văn bản" in answer.content.decode()
    assert not task.steps.exists()


def test_type_issuer_and_years_of_a_draft_are_mended(cast: Cast) -> None:
    task = a_draft(cast)
    url = reverse("tasks:draft_step", args=[task.uuid, "thong-tin"])
    said = {"drafted": "Đề án", "issued_by": "HĐND tỉnh Cao Bằng", "period": "giai đoạn 2026-2030"}
    assert cast.client(cast.specialist).post(url, said).status_code == 302
    task.refresh_from_db()
    assert (task.drafted, task.issued_by, task.period) == ("Đề án", "HĐND tỉnh Cao Bằng", "2026/2030")
    assert (task.what, task.due) == ("Kế hoạch phát triển hạ tầng thương mại biên giới", date(2026, 6, 30))


def test_two_parts_of_one_task_do_not_bear_the_same_years(cast: Cast) -> None:
    parent = actions.create(cast.specialist, cast.home, TaskAsked(what="Chương trình", time="none", begins=BEGUN))
    for what in ("Một", "Hai"):
        asked = TaskAsked(what=what, kind=Kind.DRAFT, begins=BEGUN, time="none", parent=parent)
        made = actions.create(cast.specialist, cast.home, asked)
        if what == "Một":
            actions_drafts.describe(cast.specialist, made, About(period="2026/2030"))
    with pytest.raises(Refused, match="giai đoạn"):
        actions_drafts.describe(cast.specialist, made, About(period="2026/2030"))

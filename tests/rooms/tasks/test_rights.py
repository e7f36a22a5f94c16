# SPDX-License-Identifier: Apache-2.0
"""Who sees a task and does what with it: the office whose task it is, and the units that lead or support it."""

from __future__ import annotations

from typing import Any

import pytest

from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.tasks import actions, rights
from bamsat.rooms.tasks.models import Task
from bamsat.rooms.tasks.queries import task_for
from tests.rooms.tasks.told import TODAY, body, task

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "administrator", "director", "deputy", "head", "specialist", "clerk", "commune_official", "facility_clerk",
    "reader", "api_client", "specialist_elsewhere", "newcomer",
)  # fmt: skip
OFFICE = {"administrator", "director", "deputy", "head", "specialist", "clerk"}
LEADERS = {"administrator", "director", "deputy", "head"}


def test_the_office_works_on_its_tasks_and_its_leaders_decide(cast):
    made = task(cast)
    assert who(cast, made, rights.WORK) == OFFICE
    assert who(cast, made, rights.ASSIGN) == LEADERS
    assert {name for name in EVERYBODY if sees(cast, name, made)} == OFFICE


@pytest.mark.parametrize("part", ["lead", "supporting"])
def test_a_commune_works_on_what_its_body_leads_or_supports_and_sees_nothing_else(cast, part):
    unit, other = (
        body("ubnd-xa-nha", "UBND Xã Nhà", cast.commune),
        body("ubnd-xa-ben", "UBND Xã Bên", cast.other_commune),
    )
    mine, theirs, office = task(cast), task(cast), task(cast)
    give(cast, mine, unit, part)
    give(cast, theirs, other, part)
    assert list(rights.seen_tasks(cast.commune_official)) == [mine]
    assert rights.may(cast.commune_official, mine, rights.WORK)
    assert not rights.may(cast.commune_official, mine, rights.ASSIGN)
    actions.report_done(cast.commune_official, mine, TODAY, "đã rà soát", today=TODAY)
    for closed in (theirs, office):
        with pytest.raises(NotAllowed):
            actions.note_progress(cast.commune_official, closed, "đang làm", today=TODAY)
        with pytest.raises(Task.DoesNotExist):
            task_for(cast.commune_official, closed.uuid)


def test_a_commune_makes_tasks_of_its_own_that_the_province_sees(cast):
    made = task(cast, by=cast.commune_official, place=cast.commune)
    assert who(cast, made, rights.WORK) == OFFICE | {"commune_official"}
    assert who(cast, made, rights.ASSIGN) == LEADERS
    with pytest.raises(NotAllowed, match="Anh/chị không có quyền"):
        task(cast, by=cast.commune_official)


def test_a_body_that_supports_twice_shows_its_task_once(cast):
    first, second = body("ubnd-xa-nha", "UBND Xã Nhà", cast.commune), body("tram-xa-nha", "Trạm Xã Nhà", cast.commune)
    made = task(cast)
    actions.assign(cast.head, made, first, (second,), today=TODAY)
    assert list(rights.seen_tasks(cast.commune_official)) == [made]
    assert rights.seen_tasks(cast.specialist).count() == 1


def test_others_who_may_confirm_are_people_of_the_place_and_not_administrators(cast):
    made = task(cast)
    assert cast.administrator
    assert not rights.others_may(cast.director, made, rights.ASSIGN)
    assert cast.head
    assert rights.others_may(cast.director, made, rights.ASSIGN)
    cast.head.is_active = False
    cast.head.save()
    assert not rights.others_may(cast.director, made, rights.ASSIGN)


def test_places_at_which_tasks_are_made(cast):
    assert list(rights.places_for(cast.specialist)) == [cast.home]
    assert list(rights.places_for(cast.specialist, rights.ASSIGN)) == []
    assert cast.home in rights.places_for(cast.administrator)
    assert list(rights.places_for(cast.newcomer)) == []


def give(cast: Any, made: Task, unit: Any, part: str) -> None:
    lead, supporting = (unit, ()) if part == "lead" else (body(f"phong-{unit.slug}", "Phòng Thử", cast.home), (unit,))
    actions.assign(cast.head, made, lead, supporting, today=TODAY)


def who(cast: Any, made: Task, function: str) -> set[str]:
    return {name for name in EVERYBODY if rights.may(getattr(cast, name), made, function)}


def sees(cast: Any, name: str, made: Task) -> bool:
    return rights.seen_tasks(getattr(cast, name)).filter(pk=made.pk).exists()

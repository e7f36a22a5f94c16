# SPDX-License-Identifier: Apache-2.0
"""Lists of tasks: mine, my unit's, all; narrowed and searched; the nearest deadline first, in one query of steps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bamsat.core.act.tasks import Counts
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.models import ProposalState, Record
from bamsat.rooms.tasks import actions, queries
from bamsat.rooms.tasks.models import Kind, Task, Time
from bamsat.rooms.tasks.queries import Asked
from bamsat.rooms.tasks.standing import lines
from tests import build
from tests.rooms.tasks.told import DUE, TODAY, body, proposal, seat, task

pytestmark = pytest.mark.django_db


def test_mine_is_what_i_follow_and_what_my_body_has_while_nobody_follows_it(cast):
    office, division, other = units(cast)
    followed, of_mine = task(cast, what="a"), task(cast, what="b")
    for_another, elsewhere = task(cast, what="c"), task(cast, what="d")
    actions.assign(cast.director, followed, other, (), cast.specialist, today=TODAY)
    actions.assign(cast.director, of_mine, division, today=TODAY)
    actions.assign(cast.director, for_another, division, (), cast.clerk, today=TODAY)
    actions.assign(cast.director, elsewhere, office, (division,), today=TODAY)
    assert told(cast.specialist, whose="mine") == ["a", "b"]
    assert told(cast.specialist, whose="unit") == ["a", "b", "c", "d"]
    assert told(cast.head, whose="unit") == ["a", "b", "c", "d"]
    assert told(cast.clerk, whose="mine") == ["c"]
    assert told(cast.deputy, whose="unit") == []


def test_units_of_a_user_are_the_bodies_of_their_posts_and_those_below(cast):
    office, division, other = units(cast)
    assert set(queries.units_of(cast.head)) == {office, division, other}
    assert set(queries.units_of(cast.specialist)) == {division}
    assert set(queries.units_of(cast.newcomer)) == set()


def test_a_list_is_narrowed_by_each_of_its_fields(cast):
    build.catalogue()
    line = Record.objects.create(direction="received", holder=cast.home, type="Công văn", symbol="841/UBND-VX")
    served = Indicator.objects.get(code="industrial_output")
    division = body("phong-thu", "Phòng Thử", cast.home)
    task(cast, what="của văn bản", record=line)
    task(cast, what="phục vụ chỉ tiêu", indicators=(served,))
    task(cast, what="tham mưu", kind=Kind.DRAFT, due=date(2026, 12, 31))
    task(cast, what="của xã", by=cast.administrator, place=cast.commune)
    of_division = task(cast, what="của phòng", due=date(2026, 9, 10))
    actions.assign(cast.head, of_division, division, today=TODAY)
    assert told(cast.head, record=line) == ["của văn bản"]
    assert told(cast.head, indicator=served) == ["phục vụ chỉ tiêu"]
    assert told(cast.head, kind=Kind.DRAFT) == ["tham mưu"]
    assert told(cast.head, place=cast.commune) == ["của xã"]
    assert told(cast.head, body=division) == ["của phòng"]
    assert told(cast.head, due_from=date(2026, 10, 1)) == ["tham mưu"]
    assert told(cast.head, due_to=date(2026, 9, 15)) == ["của phòng"]
    assert len(told(cast.head, place=cast.home)) == 5


def test_words_are_searched_without_their_accents_and_numbers_of_documents_too(cast):
    line = Record.objects.create(direction="received", holder=cast.home, type="Công văn", symbol="841/UBND-VX")
    task(cast, what="Xây dựng kế hoạch khuyến công", record=line)
    task(cast, what="Rà soát cụm công nghiệp")
    assert told(cast.head, search="ke hoach KHUYẾN") == ["Xây dựng kế hoạch khuyến công"]
    assert told(cast.head, search="841") == ["Xây dựng kế hoạch khuyến công"]
    assert told(cast.head, search="không có gì") == []


def test_states_narrow_a_list_and_count_every_task_once(cast):
    story(cast)
    day = date(2026, 10, 5)
    assert told(cast.head, day, state="running_overdue") == ["quá hạn"]
    assert told(cast.head, day, state="reported") == ["chờ xác nhận"]
    assert told(cast.head, day, state="done_on_time") == ["xong"]
    assert told(cast.head, day, state="cancelled") == ["thôi"]
    assert told(cast.head, day, state="without_deadline") == ["thường xuyên"]
    assert told(cast.head, day, state="asking") == ["xin gia hạn"]
    assert told(cast.head, day, state="soon") == ["xin gia hạn"]
    assert len(told(cast.head, day, state="open")) == 4
    assert queries.counts_for(cast.head, Asked(), day) == Counts(1, 0, 2, 1, 1, 1)


def test_shapes_and_words_say_where_each_stands(cast):
    story(cast)
    found = {line.task.what: (line.shape, line.word, line.left) for line in all_lines(cast, date(2026, 10, 5))}
    assert found == {
        "quá hạn": ("bad", "Quá hạn, chưa giao", "quá 3 ngày làm việc"),
        "xin gia hạn": ("doubt", "Sắp đến hạn", "còn 2 ngày làm việc"),
        "chờ xác nhận": ("half", "Chờ xác nhận", ""),
        "xong": ("good", "Hoàn thành đúng hạn", ""),
        "thôi": ("none", "Thôi thực hiện", ""),
        "thường xuyên": ("wait", "Chờ giao", ""),
    }
    due_today = [line.left for line in all_lines(cast, DUE) if line.task.what == "quá hạn"]
    assert due_today == ["hạn hôm nay"]


def test_many_lines_take_the_same_queries_as_few(cast):
    for number in range(3):
        task(cast, what=f"{number}")
    asked_queries(cast)  # the calendar is remembered from here on
    few = asked_queries(cast)
    for number in range(20):
        made = task(cast, what=f"more {number}")
        actions.note_progress(cast.specialist, made, "đang làm", today=TODAY)
    assert asked_queries(cast) == few


def test_proposals_are_of_documents_that_the_user_sees(cast):
    document = build.document(cast.specialist)
    first, second = proposal(cast, document, 1), proposal(cast, document, 2, text="Yêu cầu Sở Tài chính bố trí vốn.")
    actions.dismiss(cast.specialist, second)
    assert list(queries.proposals(cast.head)) == [first]
    assert list(queries.proposals(cast.head, state="")) == [first, second]
    assert list(queries.proposals(cast.head, state=ProposalState.DISMISSED, search="tài chính")) == [second]
    assert list(queries.proposals(cast.head, document=document)) == [first]
    for who in (cast.specialist_elsewhere, cast.commune_official, cast.newcomer):
        assert not queries.proposals(who, state="").exists()


def test_parts_of_a_task_are_listed_with_where_they_stand(cast):
    above = task(cast)
    part = task(cast, parent=above, what="phần việc")
    assert [line.task for line in queries.children_of(cast.head, above, TODAY)] == [part]
    assert list(queries.steps_of(part)) == []


def units(cast: Any) -> tuple[Any, Any, Any]:
    """The head leads an office with two divisions, the specialist works in one of them."""
    office = body("so-thu", "Sở Thử", cast.home)
    division, other = body("phong-a", "Phòng A", cast.home, office), body("phong-b", "Phòng B", cast.home, office)
    seat(cast.head, office, "Chánh Văn phòng")
    seat(cast.specialist, division, "Chuyên viên")
    return office, division, other


def story(cast: Any) -> None:
    """One task in each state, as it stands on 5 October."""
    task(cast, what="quá hạn")
    late = task(cast, what="xin gia hạn", due=date(2026, 10, 7))
    actions.assign(cast.head, late, None, (), cast.specialist, today=TODAY)
    actions.ask_extension(cast.specialist, late, date(2026, 11, 1), "chờ", today=TODAY)
    waits, done, cancelled = (task(cast, what=what) for what in ("chờ xác nhận", "xong", "thôi"))
    for each in (waits, done):
        actions.report_done(cast.specialist, each, date(2026, 9, 29), "xong", today=DUE)
    actions.close(cast.head, done, today=DUE)
    actions.cancel(cast.head, cancelled, "trùng", today=DUE)
    task(cast, what="thường xuyên", time=Time.STANDING, due=None)


def told(user: Any, day: date = TODAY, **asked: Any) -> list[str]:
    return sorted(line.task.what for line in queries.lines_for(user, Asked(**asked), day))


def all_lines(cast: Any, day: date) -> list[Any]:
    return lines(Task.objects.all(), day)


def asked_queries(cast: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.lines_for(cast.head, Asked(), TODAY)
    return len(asked)

# SPDX-License-Identifier: Apache-2.0
"""Committees have members by date and a programme of work whose results are written down."""

import pytest

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.directory.actions import DirectoryRefused
from bamsat.rooms.directory.actions_committees import (
    add_member,
    add_work_item,
    change_work_item,
    end_membership,
    mark_work_item,
)
from bamsat.rooms.directory.actions_posts import appoint
from bamsat.rooms.directory.models import Body, CommitteeRole, WorkState
from bamsat.rooms.directory.profile import profile
from bamsat.rooms.places.queries import NotAllowed
from tests.cast import Cast
from tests.rooms.directory.office import committee, day, department, post


@pytest.fixture
def sct(cast: Cast) -> Body:
    return department(cast)


@pytest.fixture
def board(sct: Body) -> Body:
    return committee(sct)


def test_members_stand_in_the_order_of_their_roles_with_the_holder_of_that_day(cast: Cast, sct: Body, board: Body):
    appoint(None, post(sct, "Giám đốc"), person="Giám đốc thứ nhất", valid_from=day("01/01/2020"))
    add_member(None, board, person="Thư ký ban", role=CommitteeRole.SECRETARY)
    add_member(None, board, body=sct)
    add_member(cast.director, board, post=post(sct, "Giám đốc"), role=CommitteeRole.HEAD, act="Quyết định số 8/QĐ-UBND")
    seen = profile(cast.specialist, board, day("01/06/2021"))
    assert [line.membership.role for line in seen.members] == ["head", "member", "secretary"]
    assert [held.person for held in seen.members[0].holders] == ["Giám đốc thứ nhất"]
    assert [seat.committee for seat in profile(cast.specialist, sct, day("01/06/2021")).seats] == [board, board]


def test_a_member_is_one_thing_and_a_committee_has_one_head(sct: Body, board: Body):
    for wrong in ({}, {"person": "X", "body": sct}, {"body": board}):
        with pytest.raises(DirectoryRefused, match="hãy chọn đúng một"):
            add_member(None, board, **wrong)
    head = add_member(None, board, person="Trưởng ban thứ nhất", role=CommitteeRole.HEAD, valid_from=day("01/01/2021"))
    with pytest.raises(DirectoryRefused, match="đã có trưởng ban: Trưởng ban thứ nhất"):
        add_member(None, board, person="Trưởng ban thứ hai", role=CommitteeRole.HEAD)
    with pytest.raises(DirectoryRefused, match="phải sau ngày đó"):
        end_membership(None, head, on=day("01/01/2021"))
    end_membership(None, head, on=day("01/01/2022"))
    add_member(None, board, person="Trưởng ban thứ hai", role=CommitteeRole.HEAD, valid_from=day("01/01/2022"))


def test_a_seat_that_ended_is_not_shown_on_a_later_day(cast: Cast, board: Body):
    seat = add_member(None, board, person="Ủy viên", valid_from=day("01/01/2021"))
    end_membership(cast.director, seat, on=day("01/01/2022"))
    assert len(profile(cast.director, board, day("31/12/2021")).members) == 1
    assert len(profile(cast.director, board, day("01/01/2022")).members) == 0


def test_a_department_is_no_committee(sct: Body):
    for attempt in (
        lambda: add_member(None, sct, person="X"),
        lambda: add_work_item(None, sct, year=2021, content="X"),
    ):
        with pytest.raises(DirectoryRefused, match="không phải ban chỉ đạo"):
            attempt()


def test_what_is_done_says_its_result(cast: Cast, sct: Body, board: Body):
    item = add_work_item(
        cast.director, board, year=2021, content="Rà soát dự án", lead=sct, due=day("30/06/2021"), period="quý II"
    )
    mark_work_item(cast.director, item, state=WorkState.RUNNING)
    with pytest.raises(DirectoryRefused, match="ghi kết quả"):
        mark_work_item(cast.director, item, state=WorkState.DONE)
    mark_work_item(cast.director, item, state=WorkState.DONE, result="Đã rà soát, có báo cáo")
    seen = profile(cast.director, board, day("01/07/2021"))
    assert [(line.item.state, line.item.result) for line in seen.work] == [("done", "Đã rà soát, có báo cáo")]
    assert seen.tally == [("good", "đã xong", 1)]


def test_what_is_not_done_by_its_day_is_late_from_the_next_day(cast: Cast, board: Body):
    add_work_item(None, board, year=2021, content="Rà soát dự án", due=day("30/06/2021"))
    words = [profile(cast.director, board, day(on)).work[0].word for on in ("30/06/2021", "01/07/2021")]
    assert words == ["chưa bắt đầu", "quá hạn"]


def test_a_thing_of_the_programme_can_be_changed_and_the_trail_keeps_its_due_day(cast: Cast, sct: Body, board: Body):
    item = add_work_item(None, board, year=2021, content="Rà soát", due=day("30/06/2021"))
    change_work_item(cast.director, item, year=2021, content="Rà soát dự án", lead=sct, due=day("30/09/2021"))
    item.refresh_from_db()
    assert (item.content, item.lead, item.due) == ("Rà soát dự án", sct, day("30/09/2021"))
    signed = AuditRecord.objects.get(action="directory.work.changed")
    assert signed.details["due"] == ["2021-06-30", "2021-09-30"]


def test_a_thing_of_the_programme_has_content_and_a_year(board: Body):
    for year, content in ((2021, " "), (21, "Rà soát")):
        with pytest.raises(DirectoryRefused, match="nội dung và năm"):
            add_work_item(None, board, year=year, content=content)


def test_only_keepers_change_committees(cast: Cast, board: Body):
    item, seat = add_work_item(None, board, year=2021, content="Rà soát"), add_member(None, board, person="Ủy viên")
    for attempt in (
        lambda: add_member(cast.specialist, board, person="X"),
        lambda: end_membership(cast.specialist, seat, on=day("01/01/2022")),
        lambda: add_work_item(cast.specialist, board, year=2021, content="X"),
        lambda: change_work_item(cast.specialist, item, year=2021, content="X"),
        lambda: mark_work_item(cast.specialist, item, state=WorkState.RUNNING),
    ):
        with pytest.raises(NotAllowed):
            attempt()

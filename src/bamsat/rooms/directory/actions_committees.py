# SPDX-License-Identifier: Apache-2.0
"""Members of committees and their programme of work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bamsat.rooms.accounts import audit
from bamsat.rooms.directory.actions import DirectoryRefused, hold_still, require_keeper
from bamsat.rooms.directory.models import Body, CommitteeRole, Membership, Post, WorkItem, WorkState

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@transaction.atomic
def add_member(
    by: User | None, committee: Body, *, role: str = CommitteeRole.MEMBER, post: Post | None = None,
    body: Body | None = None, person: str = "", valid_from: date | None = None, act: str = "",
) -> Membership:  # fmt: skip
    """A seat for the holder of a post, for a body, or for a person by name; exactly one of the three."""
    require_keeper(by, committee.place)
    _require_committee(committee)
    person = " ".join(person.split())
    if sum(map(bool, (post, body, person))) != 1 or body == committee:
        raise DirectoryRefused(
            vi="Thành viên là một chức vụ, một cơ quan, hoặc một người nêu họ tên: hãy chọn đúng một.",
            en="A member is a post, a body, or a person by name: choose exactly one.",
        )
    role = CommitteeRole(role)
    hold_still(committee)
    heads = committee.members.filter(role=CommitteeRole.HEAD, valid_to=None)
    if role == CommitteeRole.HEAD and (head := heads.first()):
        raise DirectoryRefused(
            vi=f"“{committee.name}” đã có trưởng ban: {head}. Hãy ghi ngày thôi tham gia của trưởng ban đó trước.",
            en=f"“{committee.label}” already has a head: {head}. Write the day on which that seat ends first.",
        )
    seat = Membership.objects.create(
        committee=committee, role=role, post=post, body=body, person=person, valid_from=valid_from, act=act
    )
    audit.record(by, "directory.member.added", seat, committee=committee.slug, role=role.value, act=act)
    return seat


@transaction.atomic
def end_membership(by: User | None, seat: Membership, *, on: date, act: str = "") -> None:
    """The seat is no longer held from that day on."""
    require_keeper(by, seat.committee.place)
    if seat.valid_from and on <= seat.valid_from:
        raise DirectoryRefused(
            vi=f"{seat} tham gia từ {seat.valid_from:%d/%m/%Y}. Ngày thôi tham gia phải sau ngày đó.",
            en=f"{seat} has been a member since {seat.valid_from:%d/%m/%Y}. The end comes after that day.",
        )
    seat.valid_to, seat.ended_act = on, act
    seat.save(update_fields=["valid_to", "ended_act"])
    audit.record(by, "directory.member.ended", seat, on=on.isoformat(), act=act)


@transaction.atomic
def add_work_item(
    by: User | None, committee: Body, *, year: int, content: str, period: str = "", lead: Body | None = None,
    due: date | None = None, note: str = "",
) -> WorkItem:  # fmt: skip
    """One more thing in the programme of the committee for a year."""
    require_keeper(by, committee.place)
    _require_committee(committee)
    _require_content(content, year)
    item = WorkItem.objects.create(
        committee=committee, year=year, content=content.strip(), period=period.strip(), lead=lead, due=due, note=note
    )
    audit.record(by, "directory.work.added", item, committee=committee.slug, year=year)
    return item


@transaction.atomic
def change_work_item(
    by: User | None, item: WorkItem, *, year: int, content: str, period: str = "", lead: Body | None = None,
    due: date | None = None,
) -> None:  # fmt: skip
    """Other words, year, lead or due day; the trail keeps what the due day was."""
    require_keeper(by, item.committee.place)
    _require_content(content, year)
    told = {"due": [day.isoformat() if day else None for day in (item.due, due)], "year": [item.year, year]}
    item.year, item.content, item.period, item.lead, item.due = year, content.strip(), period.strip(), lead, due
    item.save(update_fields=["year", "content", "period", "lead", "due"])
    audit.record(by, "directory.work.changed", item, "", **told)


@transaction.atomic
def mark_work_item(by: User | None, item: WorkItem, *, state: str, result: str = "") -> None:
    """How far it has come; what is done or dropped says its result or the reason."""
    require_keeper(by, item.committee.place)
    state = WorkState(state)
    if state in (WorkState.DONE, WorkState.DROPPED) and not result.strip():
        raise DirectoryRefused(
            vi="Hãy ghi kết quả của việc đã xong, hoặc lý do không làm nữa.",
            en="Write the result of what is done, or the reason why it is dropped.",
        )
    item.state, item.result = state, result.strip()
    item.save(update_fields=["state", "result"])
    audit.record(by, "directory.work.marked", item, result.strip(), state=state.value)


def _require_content(content: str, year: int) -> None:
    if not content.strip() or not 1975 <= year <= 2100:
        raise DirectoryRefused(
            vi="Việc trong chương trình công tác cần có nội dung và năm, như 2021.",
            en="A thing in the programme of work needs its content and a year, such as 2021.",
        )


def _require_committee(body: Body) -> None:
    if not body.kind_told.committee:
        raise DirectoryRefused(
            vi=f"“{body.name}” không phải ban chỉ đạo hay trung tâm chỉ huy, nên không có thành viên và chương trình "
            "công tác. Hãy lập một ban chỉ đạo.",
            en=f"“{body.label}” is no steering committee or command centre, so it has no members and no programme of "
            "work. Found a committee.",
        )

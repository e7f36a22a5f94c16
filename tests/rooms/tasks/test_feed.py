# SPDX-License-Identifier: Apache-2.0
"""The calendar feed: whose deadlines it tells, to whom, in what form; its address is a secret told once."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bamsat.rooms.accounts.models import User
from bamsat.rooms.places.models import PlaceRole
from bamsat.rooms.reports.models import ReportPlan
from bamsat.rooms.tasks import actions_assign, actions_feed, actions_finish
from bamsat.rooms.tasks.models import Feed, Task
from tests.cast import Cast
from tests.rooms.tasks import told

pytestmark = pytest.mark.django_db

LONG = "Rà soát; tổng hợp, báo cáo tình hình cung ứng hàng hóa thiết yếu " * 3


def ahead(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def given(cast: Cast, who: User, what: str = LONG) -> Task:
    today = timezone.localdate()
    task = told.task(cast, what=what, begins=today, due=ahead())
    actions_assign.assign(cast.director, task, None, (), who, today=today)
    return task


def fetched(user: User) -> bytes:
    answer = Client().get(reverse("tasks:feed", args=[actions_feed.make_address(user)]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    return answer.content


def events(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_it_tells_what_until_when_and_where_with_three_alarms_and_nothing_else(cast: Cast):
    task = given(cast, cast.specialist)
    other = given(cast, cast.head, "Việc của người khác")
    content = fetched(cast.specialist)
    [event] = events(content)
    assert event["UID"] == f"{task.uuid}@bamsat"
    assert event["SUMMARY"].startswith("Hạn: Rà soát; tổng hợp, báo cáo")
    assert event.decoded("DTSTART") == ahead()
    assert event["URL"].endswith(f"/nhiem-vu/{task.uuid}/")
    triggers = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    assert len(triggers) == 3
    assert all(trigger < timedelta(0) for trigger in triggers)
    assert set(event) == {
        "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "SUMMARY", "STATUS", "TRANSP", "URL",
    }  # fmt: skip
    assert other.what.encode() not in content


def test_its_lines_are_those_of_the_standard(cast: Cast):
    given(cast, cast.specialist)
    content = fetched(cast.specialist)
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two
    unfolded = re.sub(rb"\r\n[ \t]", b"", content).decode()
    assert "SUMMARY:Hạn: Rà soát\\; tổng hợp\\, báo cáo" in unfolded


def test_the_same_until_something_changes_and_then_a_higher_sequence(cast: Cast):
    task = given(cast, cast.specialist)
    before = fetched(cast.specialist)
    assert fetched(cast.specialist) == before
    today = timezone.localdate()
    actions_assign.ask_extension(cast.specialist, task, ahead(40), "Chờ số liệu", today=today)
    actions_assign.decide_extension(cast.director, task, True, ahead(40), "Đồng ý", today=today)
    [old], [new] = events(before), events(fetched(cast.specialist))
    assert (new["UID"], new.decoded("DTSTART")) == (old["UID"], ahead(40))
    assert new["SEQUENCE"] > old["SEQUENCE"]


def test_a_cancelled_task_says_so_for_a_month_and_a_finished_one_goes(cast: Cast):
    task, done = given(cast, cast.specialist), given(cast, cast.specialist, "Việc đã xong")
    today = timezone.localdate()
    actions_finish.cancel(cast.director, task, "Không làm nữa", today=today)
    actions_finish.report_done(cast.specialist, done, today, "Đã trình", "5/BC-SCT", today=today)
    [event] = events(fetched(cast.specialist))
    assert (event["UID"], event["STATUS"]) == (f"{task.uuid}@bamsat", "CANCELLED")
    assert not event.walk("VALARM")


def test_only_its_digest_is_kept_and_a_new_address_ends_the_old(cast: Cast):
    first = actions_feed.make_address(cast.specialist)
    assert Feed.objects.get().secret == hashlib.sha256(first.encode()).hexdigest()
    second = actions_feed.make_address(cast.specialist)
    assert Client().get(reverse("tasks:feed", args=[first])).status_code == 404
    assert Client().get(reverse("tasks:feed", args=[second])).status_code == 200
    assert actions_feed.revoke_address(cast.specialist)
    assert Client().get(reverse("tasks:feed", args=[second])).status_code == 404
    assert not actions_feed.revoke_address(cast.specialist)


def test_whoever_lost_the_role_or_the_account_is_answered_nothing(cast: Cast):
    secret = actions_feed.make_address(cast.specialist)
    address = reverse("tasks:feed", args=[secret])
    User.objects.filter(pk=cast.specialist.pk).update(is_active=False)
    assert Client().get(address).status_code == 404
    User.objects.filter(pk=cast.specialist.pk).update(is_active=True)
    assert Client().get(address).status_code == 200
    PlaceRole.objects.filter(user=cast.specialist).delete()
    assert Client().get(address).status_code == 404


def test_the_page_tells_the_address_once(cast: Cast):
    client, page = cast.client(cast.specialist), reverse("tasks:feed_address")
    assert "Chưa có địa chỉ nào" in client.get(page).content.decode()
    made = client.post(page, {"viec": "lap"})
    [address] = re.findall(r"http://testserver/lich/[\w-]+\.ics", made.content.decode())
    assert Client().get(address).status_code == 200
    assert ".ics" not in client.get(page).content.decode()
    client.post(page, {"viec": "thu-hoi"})
    assert Client().get(address).status_code == 404
    assert cast.client(cast.reader).get(page).status_code == 403


def test_the_pages_remind_and_give_words_to_paste(cast: Cast):
    task = given(cast, cast.specialist)
    Task.objects.filter(pk=task.pk).update(due=ahead(2), first_due=ahead(2))
    client, address = cast.client(cast.head), reverse("tasks:remind")
    assert str(task.uuid) in client.get(reverse("tasks:chase")).content.decode()
    page = client.post(address, {"muc": task.uuid, "tu": "mot", "kenh": "both"}, follow=True).content.decode()
    assert "Đã nhắc trên trang: 1 lần." in page
    assert f"{timezone.localdate():%d/%m/%Y}" in page
    again = client.post(address, {"muc": task.uuid, "kenh": "both"}, follow=True).content.decode()
    assert "Hôm nay đã nhắc rồi" in again
    assert "Lời nhắc để dán" in client.post(address, {"muc": task.uuid, "kenh": "text"}).content.decode()
    assert cast.client(cast.specialist_elsewhere).post(address, {"muc": task.uuid}).status_code == 404
    assert client.post(address, {"muc": "khong-phai"}).status_code == 404


def test_reports_that_fall_due_stand_beside_tasks(cast: Cast):
    plan = ReportPlan.objects.create(
        place=cast.home, kind="thang", name="Báo cáo tháng", frequency="month", since=timezone.localdate(),
        deadline={"day": 25}, created_by=cast.head,
    )  # fmt: skip
    found = [event["UID"] for event in events(fetched(cast.specialist))]
    assert found
    assert all(uid.startswith(str(plan.uuid)) for uid in found)
    assert len(set(found)) == len(found)

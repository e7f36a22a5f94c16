# SPDX-License-Identifier: Apache-2.0
"""Reminding of tasks: whom, of which milestone, each once; the mail of the day, the words to paste, the button."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord, Mail
from bamsat.rooms.places.models import PlaceRole
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.tasks import actions_assign, actions_finish, due
from bamsat.rooms.tasks.models import Reminder, Task
from bamsat.rooms.tasks.reminding import NothingToRemind, remind, remind_by_hand
from tests.cast import Cast
from tests.rooms.tasks import told

pytestmark = pytest.mark.django_db

SITE = "https://bamsat.example/"


def at(day: int, month: int = 9) -> datetime:
    return timezone.make_aware(datetime(2026, month, day, 7, 30))


@pytest.fixture
def _mails(settings: Any) -> None:
    settings.BAMSAT_MAIL = True


def milestones(task: Task, way: str = "page") -> list[int]:
    return list(task.reminders.filter(way=way).order_by("pk").values_list("days", flat=True))


def task_of(cast: Cast, **asked: Any) -> Task:
    """A task due on Wednesday 30 September 2026, which the specialist follows."""
    made = told.task(cast, **asked)
    actions_assign.assign(cast.director, made, None, (), cast.specialist, today=told.TODAY)
    return made


def test_each_milestone_is_told_once_on_its_day(cast: Cast):
    task = task_of(cast)
    for month, day in ((9, day) for day in range(14, 31)):
        remind(at(day, month))
        assert remind(at(day, month)).is_nothing
    assert milestones(task) == [7, 3, 1]
    for day in range(1, 20):
        remind(at(day, 10))
    assert milestones(task) == [7, 3, 1, -1, -3, -7]


def test_days_on_which_nobody_asked_lose_nothing(cast: Cast):
    task = task_of(cast)
    remind(at(29))
    assert milestones(task) == [1]
    remind(at(9, 10))
    assert milestones(task) == [1, -7]


def test_nobody_is_reminded_on_a_day_off(cast: Cast):
    task_of(cast)
    assert remind(at(26)).is_nothing
    assert remind(at(28)).on_page == 1


def test_an_extension_and_another_person_begin_anew(cast: Cast):
    task = task_of(cast)
    remind(at(29))
    actions_assign.ask_extension(cast.specialist, task, date(2026, 10, 15), "Chờ ý kiến", today=date(2026, 9, 29))
    actions_assign.decide_extension(cast.director, task, True, date(2026, 10, 15), "Đồng ý", today=date(2026, 9, 29))
    assert remind(at(30)).is_nothing
    remind(at(7, 10))
    assert milestones(task) == [1, 7]
    before = task.reminders.count()
    actions_assign.assign(cast.director, task, None, (), cast.head, today=date(2026, 10, 7))
    remind(at(8, 10))
    assert task.reminders.count() == before + 1
    assert task.reminders.first().to == cast.head


def test_what_was_reported_done_is_left_in_peace_until_it_comes_back(cast: Cast):
    task = task_of(cast)
    actions_finish.report_done(
        cast.specialist, task, date(2026, 9, 28), "Đã trình", "12/BC-SCT", today=date(2026, 9, 28)
    )
    assert remind(at(29)).is_nothing
    actions_finish.return_(cast.director, task, "Còn thiếu phụ lục", today=date(2026, 9, 29))
    assert remind(at(30)).on_page == 1


def test_without_a_person_the_posts_of_the_lead_unit_are_reminded_and_else_who_assigns(cast: Cast):
    division = told.body("phong-ql", "Phòng Quản lý công nghiệp", cast.home)
    told.seat(cast.head, division)
    by_unit, by_nobody = told.task(cast, what="Của phòng"), told.task(cast, what="Chưa giao")
    actions_assign.assign(cast.director, by_unit, division, (), None, today=told.TODAY)
    remind(at(29))
    assert {one.to for one in by_unit.reminders.all()} == {cast.head}
    assert {one.to for one in by_nobody.reminders.all()} >= {cast.director, cast.head}
    assert cast.specialist not in {one.to for one in by_nobody.reminders.all()}


def test_whoever_lost_the_role_is_told_nothing(cast: Cast):
    task = task_of(cast)
    PlaceRole.objects.filter(user=cast.specialist).delete()
    remind(at(29))
    assert cast.specialist not in {one.to for one in task.reminders.all()}
    assert cast.director in {one.to for one in task.reminders.all()}


@pytest.mark.usefixtures("_mails")
def test_one_mail_a_person_a_day_tells_all_that_is_owed(cast: Cast, django_capture_on_commit_callbacks: Any):
    cast.specialist.email = "chuyen-vien@so.example"
    cast.specialist.save()
    task_of(cast, what="Rà soát chợ hạng 3")
    task_of(cast, what="Trình kế hoạch khuyến công")
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            remind(at(29), SITE)
    [letter] = mail.outbox
    assert letter.subject == "Nhắc việc: 2 nhiệm vụ"
    for words in ("Kính gửi: Chuyên viên tổng hợp", "Rà soát chợ hạng 3", "còn 1 ngày làm việc", f"{SITE}nhiem-vu/"):
        assert words in letter.body
    task_of(cast, what="Việc đến sau")
    with django_capture_on_commit_callbacks(execute=True):
        assert remind(at(29), SITE).on_page == 1
    assert len(mail.outbox) == 1
    with django_capture_on_commit_callbacks(execute=True):
        remind(at(30), SITE)
    assert mail.outbox[1].subject == "Nhắc việc: Việc đến sau"


@pytest.mark.usefixtures("_mails")
def test_a_mail_that_was_refused_is_kept_and_told_the_next_day(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
):
    cast.specialist.email = "chuyen-vien@so.example"
    cast.specialist.save()
    task_of(cast)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        remind(at(29))
    assert "ConnectionRefusedError" in Mail.objects.get().note
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        remind(at(30))
    assert len(mail.outbox) == 1
    assert Mail.objects.get().sent_at is not None
    with django_capture_on_commit_callbacks(execute=True):
        assert remind(at(30)).is_nothing


def test_the_button_reminds_once_a_day_and_signs_its_name(cast: Cast):
    task = task_of(cast)
    chosen = Task.objects.filter(pk=task.pk)
    assert remind_by_hand(cast.head, chosen, at(21))[0].on_page == 1
    again, _text = remind_by_hand(cast.director, chosen, at(21))
    assert (again.on_page, again.before) == (0, 1)
    assert remind_by_hand(cast.director, chosen, at(22))[0].on_page == 1
    assert AuditRecord.objects.filter(action="tasks.reminder.asked", by=cast.head).count() == 1
    for who in (cast.reader, cast.specialist_elsewhere, cast.commune_official):
        with pytest.raises(NotAllowed):
            remind_by_hand(who, chosen, at(23))
    actions_finish.cancel(cast.director, task, "Thôi", today=date(2026, 9, 23))
    with pytest.raises(NothingToRemind):
        remind_by_hand(cast.director, chosen, at(24))


def test_words_to_paste_stand_by_unit_with_deadline_and_address(cast: Cast):
    division = told.body("phong-ql", "Phòng Quản lý thương mại", cast.home)
    task = told.task(cast, what="Kiểm tra giá")
    actions_assign.assign(cast.director, task, division, (), cast.specialist, today=told.TODAY)
    _told, text = remind_by_hand(cast.head, Task.objects.filter(pk=task.pk), at(29), SITE, as_text=True)
    for words in ("Phòng Quản lý thương mại:", "- Kiểm tra giá", "30/09/2026", f"{SITE}nhiem-vu/{task.uuid}/"):
        assert words in text, text


def test_the_month_shows_the_task_with_the_day_of_the_reminder(cast: Cast):
    task = task_of(cast)
    remind(at(29))
    [row] = due.rows(cast.specialist, Period.month(2026, 9), at(29))
    assert (row.key, row.note, row.group) == (task, "đã nhắc ngày 29/09", "tasks")
    assert due.rows(cast.specialist_elsewhere, Period.month(2026, 9), at(29)) == []


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_tell_nothing_twice(cast: Cast, settings: Any):
    settings.BAMSAT_MAIL = True
    cast.specialist.email = "chuyen-vien@so.example"
    cast.specialist.save()
    for number in range(5):
        task_of(cast, what=f"Việc {number}")

    def round_(_number: int) -> int:
        try:
            return remind(at(29)).on_page
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(round_, range(4))) == 5
    assert Reminder.objects.count() == 10
    assert Mail.objects.count() == 1
    assert len(mail.outbox) == 1

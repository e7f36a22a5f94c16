# SPDX-License-Identifier: Apache-2.0
"""The pages of tasks: who opens them, what they tell, what happens when somebody presses a button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bamsat.core.act.tasks import State
from bamsat.rooms.documents.models import Direction, Document, Record
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.models import Task
from bamsat.rooms.tasks.queries import steps_of
from bamsat.rooms.tasks.standing import standing_of
from tests.rooms.tasks import told
from tests.rooms.tasks.told import body

pytestmark = pytest.mark.django_db
PAGES = ("tasks:list", "tasks:board", "tasks:calendar", "tasks:new")


def today():
    return timezone.localdate()


def task(cast, **asked):
    """A task that began ten days ago and is due in twenty."""
    begins = today() - timedelta(days=10)
    return told.task(cast, **{"begins": begins, "due": today() + timedelta(days=20)} | asked)


def given(cast, found, lead=None):
    lead = lead or body(f"phong-{found.pk}", f"Phòng số {found.pk}", cast.home)
    actions.assign(cast.director, found, lead)
    return lead


def act(cast, who, found, what, **said):
    return cast.client(who).post(reverse("tasks:act", args=[found.uuid, what]), said)


def where(found):
    return standing_of(found, today()).state


# Who opens them.


@pytest.mark.parametrize("who", ["specialist", "clerk", "head", "deputy", "director", "administrator"])
def test_who_works_in_the_office_opens_every_page(cast, who):
    found = task(cast)
    client = cast.client(getattr(cast, who))
    for route in PAGES:
        assert client.get(reverse(route)).status_code == 200, route
    page = client.get(reverse("tasks:task", args=[found.uuid]))
    assert page.status_code == 200
    assert found.what in page.content.decode()
    assert client.get(reverse("tasks:proposals")).status_code == 200


@pytest.mark.parametrize("who", ["reader", "newcomer", "facility_clerk", "api_client"])
def test_who_has_no_part_in_tasks_opens_none_of_them(cast, who):
    found = task(cast)
    client = cast.client(getattr(cast, who))
    for address in [*map(reverse, PAGES), reverse("tasks:task", args=[found.uuid])]:
        assert client.get(address).status_code == 403, address


def test_another_office_does_not_see_that_a_task_is_there(cast):
    found = task(cast)
    client = cast.client(cast.specialist_elsewhere)
    assert found.what not in client.get(reverse("tasks:list")).content.decode()
    for route in ("tasks:task", "tasks:change"):
        assert client.get(reverse(route, args=[found.uuid])).status_code == 404
    assert act(cast, cast.specialist_elsewhere, found, "tien-do", note="Xong").status_code == 404


def test_an_official_of_a_commune_sees_the_tasks_of_the_commune_alone(cast):
    own, other = task(cast, what="Rà soát chợ của xã"), task(cast, what="Việc của Sở")
    given(cast, own, body("ubnd-xa", "UBND Xã Nhà", cast.commune))
    client = cast.client(cast.commune_official)
    page = client.get(reverse("tasks:list")).content.decode()
    assert own.what in page
    assert other.what not in page
    assert client.get(reverse("tasks:task", args=[own.uuid])).status_code == 200
    assert client.get(reverse("tasks:task", args=[other.uuid])).status_code == 404
    assert client.get(reverse("tasks:proposals")).status_code == 403
    assert act(cast, cast.commune_official, own, "tien-do", note="Đã rà soát 3 chợ", percent="50").status_code == 302
    assert act(cast, cast.commune_official, own, "thoi", reason="không cần").status_code == 403
    assert client.get(reverse("tasks:change", args=[own.uuid])).status_code == 403


# The list.


def test_the_list_says_the_four_states_as_a_sum_and_each_rate_with_its_denominator(cast):
    done, late, running = task(cast), task(cast, due=today() - timedelta(days=5)), task(cast)
    overdue = task(cast, due=today() - timedelta(days=2))
    for each in (done, late, running, overdue):
        given(cast, each)
    for each in (done, late):
        actions.report_done(cast.specialist, each, today(), "Đã xong")
        actions.close(cast.director, each)
    page = cast.client(cast.specialist).get(reverse("tasks:list")).content.decode()
    assert "4 nhiệm vụ có hạn = 2 đã xong (1 đúng hạn + 1 quá hạn) + 2 chưa xong (1 trong hạn + 1 quá hạn)." in page
    assert "66,67% = 2 / 3 nhiệm vụ đã đến hạn" in page
    assert "50% = 2 / 4 nhiệm vụ có hạn" in page or "50,00% = 2 / 4 nhiệm vụ có hạn" in page


def test_what_is_late_comes_first_and_says_how_late(cast):
    task(cast, what="Việc còn lâu", due=today() + timedelta(days=60))
    task(cast, what="Việc đã quá hạn", due=today() - timedelta(days=8))
    task(cast, what="Việc không có hạn", time="none", due=None)
    page = cast.client(cast.specialist).get(reverse("tasks:list")).content.decode()
    order = [page.index(what) for what in ("Việc đã quá hạn", "Việc còn lâu", "Việc không có hạn")]
    assert order == sorted(order)
    assert "ngày làm việc" in page


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("tim=cong+nghiep", {"Rà soát công nghiệp"}), ("tim=CÔNG+NGHIỆP", {"Rà soát công nghiệp"}),
        ("tim=841", {"Rà soát chợ"}), ("tt=unassigned", {"Rà soát chợ", "Chương trình chợ"}),
        ("tt=running", {"Rà soát công nghiệp"}), ("tt=running_overdue", {"Rà soát chợ"}),
        ("don-vi=phong-cn", {"Rà soát công nghiệp"}), ("loai=programme", {"Chương trình chợ"}),
        ("tt=bay-ba", {"Rà soát công nghiệp", "Rà soát chợ", "Chương trình chợ"}),
        ("den=01/01/2020", set()), ("tu=bay-ba", {"Rà soát công nghiệp", "Rà soát chợ", "Chương trình chợ"}),
    ],
)  # fmt: skip
def test_a_list_is_narrowed_by_what_the_address_says(cast, asked, seen):
    record = Record.objects.create(direction="received", holder=cast.home, type="Công văn", symbol="841/UBND-VX")
    industry = task(cast, what="Rà soát công nghiệp")
    given(cast, industry, body("phong-cn", "Phòng Công nghiệp", cast.home))
    task(cast, what="Rà soát chợ", record=record, due=today() - timedelta(days=1))
    task(cast, what="Chương trình chợ", kind="programme")
    page = cast.client(cast.specialist).get(f"{reverse('tasks:list')}?{asked}").content.decode()
    names = {"Rà soát công nghiệp", "Rà soát chợ", "Chương trình chợ"}
    assert {name for name in names if f">{name}</a>" in page} == seen


def test_mine_are_those_that_i_follow_and_my_units_those_that_it_leads(cast):
    unit = body("phong-toi", "Phòng của tôi", cast.home)
    told.seat(cast.head, unit)
    followed, led, other = (task(cast, what=what) for what in ("Tôi theo dõi", "Phòng chủ trì", "Phòng khác"))
    actions.assign(cast.director, followed, None, person=cast.head)
    given(cast, led, unit)
    given(cast, other)
    client = cast.client(cast.head)
    mine, ours, every = (
        client.get(f"{reverse('tasks:list')}?cua={of}").content.decode() for of in ("mine", "unit", "")
    )
    assert followed.what in mine
    assert led.what in ours
    assert other.what not in mine + ours
    assert other.what in every


def test_a_list_of_five_hundred_tasks_asks_no_more_questions_than_one_of_five(cast):
    lead = body("phong-chung", "Phòng chung", cast.home)

    def fill(number):
        for n in range(number):
            found = task(cast, what=f"Việc {n}")
            actions.assign(cast.director, found, lead)

    client = cast.client(cast.director)
    fill(5)
    client.get(reverse("tasks:list"))
    few = asked(client)
    like = Task.objects.first()
    Task.objects.bulk_create(
        Task(place=cast.home, what=f"Việc thêm {n}", begins=like.begins, due=like.due, lead=lead,
             created_by=cast.specialist)
        for n in range(495)
    )  # fmt: skip
    assert asked(client) == few


def asked(client):
    with CaptureQueriesContext(connection) as found:
        assert client.get(reverse("tasks:list")).status_code == 200
    return len(found)


# One task, step by step.


def test_the_whole_way_of_a_task_by_the_buttons_of_its_page(cast):
    found = task(cast)
    lead, helper = body("phong-a", "Phòng A", cast.home), body("phong-b", "Phòng B", cast.home)
    said = {"lead": lead.pk, "supporting": [helper.pk, lead.pk], "person": cast.specialist.pk, "due": "", "note": ""}
    assert act(cast, cast.director, found, "giao", **said).status_code == 302
    found.refresh_from_db()
    assert (found.lead, found.person, list(found.supporting.all())) == (lead, cast.specialist, [helper])
    assert act(cast, cast.specialist, found, "tien-do", note="Đã lấy ý kiến", percent="40").status_code == 302
    later = today() + timedelta(days=40)
    asked_for = act(cast, cast.specialist, found, "xin-gia-han", due=f"{later:%d/%m/%Y}", reason="Chờ ý kiến Bộ")
    assert asked_for.status_code == 302
    page = cast.client(cast.director).get(reverse("tasks:task", args=[found.uuid])).content.decode()
    assert f"Đã xin lùi hạn đến {later:%d/%m/%Y}" in page
    assert act(cast, cast.director, found, "xet-gia-han", quyet="cho", due=f"{later:%d/%m/%Y}").status_code == 302
    found.refresh_from_db()
    assert found.due == later
    done = act(cast, cast.specialist, found, "bao-xong", on=f"{today():%d/%m/%Y}", evidence="215/BC-SCT")
    assert done.status_code == 302
    assert where(found) is State.REPORTED
    assert act(cast, cast.director, found, "chua-dat", reason="Thiếu phụ lục").status_code == 302
    assert where(found) is State.RUNNING
    act(cast, cast.specialist, found, "bao-xong", on=f"{today():%d/%m/%Y}", evidence="216/BC-SCT")
    assert act(cast, cast.director, found, "xac-nhan").status_code == 302
    assert where(found) is State.DONE
    page = cast.client(cast.specialist).get(reverse("tasks:task", args=[found.uuid])).content.decode()
    assert f"Đã hoàn thành ngày {today():%d/%m/%Y}, sớm 40 ngày so với hạn {later:%d/%m/%Y}." in page
    assert "hạn gốc" in page
    assert "Thiếu phụ lục" in page
    assert act(cast, cast.director, found, "mo-lai", reason="Bổ sung số liệu").status_code == 302
    assert where(found) is State.RUNNING


@pytest.mark.parametrize(
    ("what", "said", "tells"),
    [
        ("giao", {}, "Hãy chọn đơn vị chủ trì, hoặc người theo dõi."),
        ("tien-do", {"note": "", "percent": "10"}, "Hãy ghi đã làm được gì"),
        ("tien-do", {"note": "Đang làm", "percent": "130"}, "từ 0 đến 100"),
        ("xin-gia-han", {"due": "bao giờ cũng được", "reason": "Chờ"}, "Ngày viết như 31/12/2026."),
        ("xin-gia-han", {"due": "01/01/2020", "reason": "Chờ"}, "Hạn"),
        ("xet-gia-han", {"quyet": "cho"}, "Hãy ghi hạn mới"),
        ("xet-gia-han", {"quyet": "khong"}, "Hãy ghi vì sao không cho lùi hạn."),
        ("bao-xong", {"on": "31/12/2199", "note": "Xong"}, "Ngày này chưa đến."),
        ("bao-xong", {"on": "01/01/2020", "note": "Xong"}, "trước ngày giao nhiệm vụ"),
        ("bao-xong", {"on": ""}, "Hãy ghi ngày"),
        ("thoi", {"reason": ""}, "Hãy ghi lý do"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(cast, what, said, tells):
    found = task(cast)
    given(cast, found)
    before = steps_of(found).count()
    answer = act(cast, cast.director, found, what, **said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert tells in page
    assert all(value in page for name, value in said.items() if name != "quyet")
    assert steps_of(found).count() == before


def test_whoever_reported_a_task_is_told_that_somebody_else_confirms_it(cast):
    found = task(cast)
    assert cast.deputy
    given(cast, found)
    actions.report_done(cast.director, found, today(), "Đã xong")
    answer = act(cast, cast.director, found, "xac-nhan")
    assert answer.status_code == 422
    assert "Hãy để lãnh đạo khác xác nhận" in answer.content.decode()


def test_a_button_of_a_page_that_has_grown_old_says_where_the_task_stands_now(cast):
    found = task(cast)
    given(cast, found)
    actions.cancel(cast.director, found, "Đã giao nơi khác")
    answer = cast.client(cast.specialist).post(
        reverse("tasks:act", args=[found.uuid, "tien-do"]), {"note": "Đang làm"}, follow=True
    )
    assert "đã thôi thực hiện" in answer.content.decode()


def test_a_task_is_answered_with_a_document_of_the_register_or_a_file_that_is_kept(cast):
    issued = Record.objects.create(
        direction=Direction.ISSUED, holder=cast.home, type="Báo cáo", symbol="215/BC-SCT", number="215", year=2026
    )
    first, second = task(cast), task(cast)
    act(cast, cast.specialist, first, "bao-xong", on=f"{today():%d/%m/%Y}", record=issued.pk)
    assert steps_of(first)[0].record == issued
    file = SimpleUploadedFile("ket-qua.txt", "Báo cáo kết quả thực hiện nhiệm vụ".encode())
    act(cast, cast.specialist, second, "bao-xong", on=f"{today():%d/%m/%Y}", file=file)
    kept = steps_of(second)[0].document
    assert kept == Document.objects.get(name="ket-qua.txt")
    page = cast.client(cast.specialist).get(reverse("tasks:task", args=[second.uuid])).content.decode()
    assert reverse("documents:original", args=[kept.uuid]) in page


def test_only_who_may_is_offered_a_button(cast):
    found = task(cast)
    given(cast, found)
    by_specialist, by_head = (
        cast.client(who).get(reverse("tasks:task", args=[found.uuid])).content.decode()
        for who in (cast.specialist, cast.head)
    )
    for slug, here, there in (("tien-do", True, True), ("thoi", False, True), ("giao", False, True)):
        assert (f'id="{slug}"' in by_specialist, f'id="{slug}"' in by_head) == (here, there)
    assert act(cast, cast.specialist, found, "thoi", reason="không cần nữa").status_code == 403


# The board and the month.


def test_the_board_moves_a_task_on_by_its_buttons_and_comes_back(cast):
    found = task(cast)
    given(cast, found)
    actions.report_done(cast.specialist, found, today(), "Đã xong")
    client = cast.client(cast.director)
    assert reverse("tasks:act", args=[found.uuid, "xac-nhan"]) in client.get(reverse("tasks:board")).content.decode()
    answer = client.post(reverse("tasks:act", args=[found.uuid, "xac-nhan"]), {"ve": "bang"})
    assert answer.url == reverse("tasks:board")
    assert where(found) is State.DONE


def test_the_month_shows_deadlines_on_their_days_and_what_is_off(cast):
    task(cast, what="Việc đến hạn", begins=today().replace(day=1), due=today().replace(day=15))
    client = cast.client(cast.specialist)
    page = client.get(reverse("tasks:calendar")).content.decode()
    assert "Việc đến hạn" in page
    assert "1 nhiệm vụ đến hạn trong tháng" in page
    independence = client.get(f"{reverse('tasks:calendar')}?thang=2026-09").content.decode()
    assert "Quốc khánh" in independence
    assert "thang=2026-08" in independence
    assert "thang=2026-10" in independence
    for odd in ("2026-13", "xyz", "99999-01", "2026", "²026-01"):
        assert client.get(f"{reverse('tasks:calendar')}?thang={odd}").status_code == 200, odd

# SPDX-License-Identifier: Apache-2.0
"""Users as the administrator's pages show and change them."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from bamsat.rooms.accounts import access, actions, sessions
from bamsat.rooms.accounts.models import AuditRecord, User
from tests.cast import Cast

PAGES = ["accounts:people", "accounts:add_person", "accounts:trail", "accounts:export_trail"]
DONE_TO_SOMEBODY = ["rename", "deactivate", "reactivate", "reset_password", "sign_out"]


@pytest.fixture
def boss(cast: Cast) -> Client:
    return cast.client(cast.administrator)


def of(name: str, user: User) -> str:
    return reverse(f"accounts:{name}", args=[user.username])


def last() -> AuditRecord:
    return AuditRecord.objects.latest("pk")


@pytest.mark.parametrize("name", PAGES)
def test_only_administrators_open_these_pages(cast: Cast, boss: Client, name: str):
    assert boss.get(reverse(name)).status_code == 200
    for other in (cast.newcomer, cast.specialist, cast.director):
        assert cast.client(other).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", DONE_TO_SOMEBODY)
def test_nobody_else_changes_an_account(cast: Cast, name: str):
    client, clerk = cast.client(cast.director), cast.clerk
    before = AuditRecord.objects.count()
    assert client.post(of(name, clerk), {"reason": "thử", "display_name": "khác"}).status_code == 403
    assert AuditRecord.objects.count() == before
    clerk.refresh_from_db()
    assert clerk.is_active
    assert clerk.check_password("mat-khau-thu")


def test_a_room_above_can_say_who_else_administers(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(access, "also_administers", [lambda user: user == cast.director])
    client = cast.client(cast.director)
    assert client.get(reverse("accounts:people")).status_code == 200
    assert client.post(of("deactivate", cast.clerk), {"reason": "nghỉ hưu"}).status_code == 302
    for name in ("deactivate", "reset_password", "sign_out"):
        assert client.post(of(name, cast.administrator), {"reason": "thử"}).status_code == 403
    client.post(reverse("accounts:add_person"), {"username": "moi", "display_name": "Mới", "administers": "on"})
    assert not User.objects.filter(username="moi").exists()


def test_a_room_above_can_say_who_else_reads_the_trail(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(access, "also_reads_trail", [lambda user: user == cast.director])
    assert cast.clerk
    client = cast.client(cast.director)
    page = client.get(reverse("accounts:trail")).content.decode()
    assert "Tạo người dùng" in page
    assert reverse("accounts:people") not in page.split("<main")[1]
    assert client.post(reverse("accounts:check_trail")).status_code == 302
    assert client.get(reverse("accounts:people")).status_code == 403
    assert cast.client(cast.clerk).get(reverse("accounts:trail")).status_code == 403


def test_the_list_is_searched_without_tones_and_filtered(cast: Cast, boss: Client):
    assert cast.clerk
    assert cast.specialist
    page = boss.get(reverse("accounts:people"), {"tim": "van thu"}).content.decode()
    assert "Văn thư" in page
    assert "Chuyên viên" not in page
    cast.clerk.is_active = False
    cast.clerk.save()
    page = boss.get(reverse("accounts:people"), {"trang-thai": "da-khoa"}).content.decode()
    assert "Văn thư" in page
    assert "Chuyên viên" not in page


def test_a_new_user_gets_a_password_shown_once_and_must_change_it(cast: Cast, boss: Client):
    sent = {"username": "chuyen-vien-2", "display_name": "Chuyên viên phòng Thương mại"}
    answer = boss.post(reverse("accounts:add_person"), sent)
    made = re.search(r"\b\w{4}(-\w{4}){3}\b", answer.content.decode())
    assert made
    assert "no-store" in answer["Cache-Control"]
    user = User.objects.get(username="chuyen-vien-2")
    assert (last().action, last().by, last().object_id) == ("accounts.user.created", cast.administrator, str(user.pk))
    assert made[0] not in str(AuditRecord.objects.values_list("details", "reason"))
    newcomer = Client()
    assert newcomer.post(reverse("accounts:login"), {"username": user.username, "password": made[0]}).status_code == 302
    assert newcomer.get("/")["Location"] == reverse("accounts:password")
    assert newcomer.get("/", headers={"HX-Request": "true"})["HX-Redirect"] == reverse("accounts:password")
    told = {"old": made[0], "new": "trời hôm nay nhiều mây", "again": "trời hôm nay nhiều mây"}
    assert newcomer.post(reverse("accounts:password"), told)["Location"] == reverse("accounts:account")
    assert newcomer.get("/").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"username": "chuyen-vien", "display_name": "Trùng tên"},
        {"username": "có dấu cách", "display_name": "Tên lạ"},
        {"username": "khong-chuc-danh", "display_name": "  "},
    ],
)
def test_a_user_who_cannot_be_is_refused_under_the_field(cast: Cast, boss: Client, sent: dict[str, str]):
    assert cast.specialist
    count = User.objects.count()
    assert 'class="wrong"' in boss.post(reverse("accounts:add_person"), sent).content.decode()
    assert User.objects.count() == count


def test_a_deactivated_user_is_out_at_once_and_comes_back_when_reactivated(cast: Cast, boss: Client):
    there = cast.client(cast.specialist)
    boss.post(of("deactivate", cast.specialist), {"reason": "chuyển công tác"})
    assert there.get("/").status_code == 302
    assert (last().action, last().reason, last().details["signed_out"]) == (
        "accounts.user.deactivated", "chuyển công tác", 1,
    )  # fmt: skip
    assert not sessions.live(cast.specialist)
    boss.post(of("reactivate", cast.specialist), {"reason": "về lại"})
    cast.specialist.refresh_from_db()
    assert cast.specialist.is_active


@pytest.mark.parametrize("name", ["deactivate", "reactivate", "reset_password", "sign_out"])
def test_a_reason_is_asked_for(cast: Cast, boss: Client, name: str):
    assert cast.clerk
    before = AuditRecord.objects.count()
    answer = boss.post(of(name, cast.clerk), {"reason": "  "}, follow=True)
    assert "Chưa ghi lý do" in answer.content.decode()
    assert AuditRecord.objects.count() == before


def test_nobody_locks_themselves_out(cast: Cast, boss: Client):
    answer = boss.post(of("deactivate", cast.administrator), {"reason": "thử"}, follow=True)
    assert "của mình" in answer.content.decode()
    cast.administrator.refresh_from_db()
    assert cast.administrator.is_active


def test_a_reset_password_is_shown_once_and_ends_every_sign_in(cast: Cast, boss: Client):
    there = cast.client(cast.specialist)
    answer = boss.post(of("reset_password", cast.specialist), {"reason": "quên"})
    made = re.search(r"\b\w{4}(-\w{4}){3}\b", answer.content.decode())
    assert made
    assert there.get("/").status_code == 302
    cast.specialist.refresh_from_db()
    assert cast.specialist.check_password(made[0])
    assert cast.specialist.must_change_password
    assert made[0] not in str(AuditRecord.objects.values_list("details", "reason"))
    assert made[0] not in boss.get(of("person", cast.specialist)).content.decode()


def test_a_reset_password_opens_a_door_that_guessing_has_shut(cast: Cast, boss: Client):
    name = cast.specialist.username
    for turn in range(11):
        Client().post(reverse("accounts:login"), {"username": name, "password": f"sai-{turn}"})
    made = actions.reset_password(cast.administrator, cast.specialist, "quên")
    assert Client().post(reverse("accounts:login"), {"username": name, "password": made}).status_code == 302


def test_an_administrator_signs_a_user_out_of_one_browser_or_all(cast: Cast, boss: Client):
    one, other = cast.client(cast.specialist), cast.client(cast.specialist)
    first = sessions.live(cast.specialist).order_by("pk")[0]
    boss.post(of("sign_out", cast.specialist), {"reason": "máy lạ", "phien": first.pk})
    assert (one.get("/").status_code, other.get("/").status_code) == (302, 200)
    boss.post(of("sign_out", cast.specialist), {"reason": "mất máy"})
    assert other.get("/").status_code == 302
    assert (last().action, last().reason) == ("accounts.session.forced_out", "mất máy")


def test_the_title_of_a_user_is_changed_and_signed(cast: Cast, boss: Client):
    boss.post(of("rename", cast.clerk), {"display_name": "Văn thư Sở"})
    assert get_user_model().objects.get(pk=cast.clerk.pk).display_name == "Văn thư Sở"
    assert last().details == {"before": "Văn thư", "after": "Văn thư Sở"}


def test_the_page_of_a_user_who_is_not_there_says_so(boss: Client):
    assert boss.get("/nguoi-dung/khong-co/").status_code == 404


def test_users_are_not_deleted_in_the_tables(cast: Cast, boss: Client):
    assert boss.post(f"/quan-tri/accounts/user/{cast.newcomer.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=cast.newcomer.pk).exists()
    sent = {"action": "delete_selected", "_selected_action": [cast.newcomer.pk], "post": "yes"}
    boss.post("/quan-tri/accounts/user/", sent)
    assert User.objects.filter(pk=cast.newcomer.pk).exists()


def test_an_administrator_writes_down_where_mails_to_a_person_go(cast: Cast):
    client, person = cast.client(cast.administrator), cast.commune_official
    at = f"/nguoi-dung/{person.username}/thu-dien-tu/"
    assert (
        "Đã ghi địa chỉ thư điện tử." in client.post(at, {"email": "can-bo@xa.example"}, follow=True).content.decode()
    )
    person.refresh_from_db()
    assert person.email == "can-bo@xa.example"
    assert "Không hiểu địa chỉ" in client.post(at, {"email": "can bo"}, follow=True).content.decode()
    assert cast.client(cast.director).post(at, {"email": "x@y.example"}).status_code == 403
    person.refresh_from_db()
    assert person.email == "can-bo@xa.example"
    record = AuditRecord.objects.filter(action="accounts.user.email").get()
    assert "can-bo" not in str(record.details)

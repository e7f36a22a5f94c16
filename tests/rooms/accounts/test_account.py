# SPDX-License-Identifier: Apache-2.0
"""One's own account: the password and its rules, and where one is signed in."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from bamsat.rooms.accounts import actions, clients, passwords, sessions
from bamsat.rooms.accounts.models import AuditRecord, PasswordUsed, SignedIn
from bamsat.rooms.accounts.session_store import SessionStore, kept_as
from tests.cast import Cast

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
)
NEXT = "trời hôm nay nhiều mây"


def change(client: Client, old: str = "mat-khau-thu", new: str = NEXT, again: str = ""):
    return client.post(reverse("accounts:password"), {"old": old, "new": new, "again": again or new})


def test_the_account_page_says_who_and_where(cast: Cast):
    client = Client(headers={"User-Agent": CHROME}, REMOTE_ADDR="113.160.12.34")
    client.post(reverse("accounts:login"), {"username": cast.clerk.username, "password": "mat-khau-thu"})
    page = client.get(reverse("accounts:account")).content.decode()
    assert all(word in page for word in ("Văn thư", "van-thu", "Chrome 120, Windows", "113.160.12.*", "máy này"))
    assert "113.160.12.34" not in page
    assert client.get(reverse("accounts:people")).status_code == 403


def test_a_changed_password_keeps_this_browser_and_signs_out_the_others(cast: Cast):
    here, elsewhere = cast.client(cast.specialist), cast.client(cast.specialist)
    assert change(here).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert sessions.live(cast.specialist).count() == 1
    row = AuditRecord.objects.latest("pk")
    assert (row.action, row.by, row.details) == ("accounts.password.changed", cast.specialist, {"signed_out": 1})


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"old": "sai"}, "Mật khẩu đang dùng không đúng"),
        ({"again": "khác hẳn thế này"}, "không giống nhau"),
        ({"new": "ngắn"}, "ít nhất 10 ký tự"),
        ({"new": "1q2w3e4r5t"}, "quá phổ biến"),
        ({"new": "chuyen-vien1"}, "quá giống"),
        ({"new": "mat-khau-thu"}, "dùng gần đây"),
    ],
)
def test_a_password_against_the_rules_is_refused_and_says_why(cast: Cast, sent: dict[str, str], told: str):
    answer = change(cast.client(cast.specialist), **sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="wrong"' in page
    assert told in page
    cast.specialist.refresh_from_db()
    assert cast.specialist.check_password("mat-khau-thu")


def test_none_of_the_last_five_passwords_is_taken_again(cast: Cast):
    words = [f"một câu dài thứ {number}" for number in range(6)]
    for word in words:
        validate_password(word, cast.specialist)
        actions.change_password(cast.specialist, word)
    for word in words[1:]:
        with pytest.raises(ValidationError, match="dùng gần đây"):
            validate_password(word, cast.specialist)
    validate_password(words[0], cast.specialist)
    assert PasswordUsed.objects.filter(user=cast.specialist).count() == 5


def test_guessing_the_old_password_on_an_open_screen_shuts_the_door_too(cast: Cast):
    client = cast.client(cast.specialist)
    assert [change(client, old=f"sai-{turn}").status_code for turn in range(10)] == [200] * 9 + [429]


def test_a_password_expires_only_where_the_office_says_so(cast: Cast, settings):
    client, user = cast.client(cast.specialist), cast.specialist
    user.password_changed_at = timezone.now() - timedelta(days=91)
    user.save()
    assert client.get("/").status_code == 200
    settings.BAMSAT_PASSWORD_DAYS = 90
    assert client.get("/")["Location"] == reverse("accounts:password")
    assert "đến hạn" in client.get(reverse("accounts:password")).content.decode()
    change(client)
    assert client.get("/").status_code == 200
    assert not passwords.must_change(type(user).objects.get(pk=user.pk))


def test_who_must_change_the_password_may_still_sign_out_and_choose_the_language(cast: Cast):
    cast.specialist.must_change_password = True
    cast.specialist.save()
    client = cast.client(cast.specialist)
    assert client.post(reverse("accounts:language"), {"language": "en", "next": "/"})["Location"] == "/"
    assert client.post(reverse("documents:upload"))["Location"] == reverse("accounts:password")
    assert client.get("/quan-tri/")["Location"] == reverse("accounts:password")
    assert client.post(reverse("accounts:logout"))["Location"] == reverse("accounts:login")


def test_one_signs_out_another_browser_or_all_others(cast: Cast):
    here, second, third = (cast.client(cast.specialist) for _ in range(3))
    rows = list(sessions.live(cast.specialist).order_by("pk"))
    here.post(reverse("accounts:end_session"), {"phien": rows[1].pk})
    assert [client.get("/").status_code for client in (here, second, third)] == [200, 302, 200]
    here.post(reverse("accounts:end_session"), {"phien": "khac"})
    assert [client.get("/").status_code for client in (here, third)] == [200, 302]
    assert AuditRecord.objects.filter(action="accounts.session.ended_elsewhere").count() == 2


def test_nobody_ends_a_session_of_somebody_else(cast: Cast):
    there = cast.client(cast.director)
    row = sessions.live(cast.director).get()
    assert cast.client(cast.specialist).post(reverse("accounts:end_session"), {"phien": row.pk}).status_code == 404
    assert there.get("/").status_code == 200


def test_being_seen_is_written_at_most_every_few_minutes(cast: Cast):
    client = cast.client(cast.specialist)
    row = sessions.live(cast.specialist).get()
    client.get("/")
    assert SignedIn.objects.get(pk=row.pk).last_seen == row.last_seen
    SignedIn.objects.filter(pk=row.pk).update(last_seen=timezone.now() - timedelta(minutes=6))
    client.get("/")
    assert SignedIn.objects.get(pk=row.pk).last_seen > row.last_seen


def test_the_table_of_sessions_opens_nobody_s_session(cast: Cast):
    client = cast.client(cast.specialist)
    key = client.cookies["sessionid"].value
    kept = Session.objects.get().session_key
    assert kept == kept_as(key) != key
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/").status_code == 302
    assert SessionStore(key).exists(key)


def test_a_session_that_changed_its_key_is_known_again(cast: Cast):
    client = cast.client(cast.administrator)
    sent = {"old_password": "mat-khau-thu", "new_password1": NEXT, "new_password2": NEXT}
    assert client.post("/quan-tri/password_change/", sent).status_code == 302
    assert client.get("/").status_code == 200
    assert sessions.live(cast.administrator).count() == 1


@pytest.mark.parametrize(
    ("given", "forwarded", "proxies", "address", "shown"),
    [
        ("113.160.12.34", "", 0, "113.160.12.34", "113.160.12.*"),
        ("113.160.12.34", "1.2.3.4", 0, "113.160.12.34", "113.160.12.*"),
        ("127.0.0.1", "6.6.6.6, 113.160.12.34", 1, "113.160.12.34", "113.160.12.*"),
        ("127.0.0.1", "", 1, "127.0.0.1", "127.0.0.*"),
        ("2001:ee0:4f1:b2c0:aaaa::1", "", 0, "2001:ee0:4f1:b2c0::", "2001:ee0:4f1::*"),
        ("::ffff:113.160.12.34", "", 0, "113.160.12.34", "113.160.12.*"),
        ("no address", "", 0, None, ""),
    ],
)
def test_an_address_is_what_our_own_machines_say(settings, given, forwarded, proxies, address, shown):
    settings.BAMSAT_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=given, headers={"X-Forwarded-For": forwarded})
    assert clients.address_of(request) == address
    assert clients.shortened(address) == shown


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (CHROME, "Chrome 120, Windows"),
        (CHROME + " Edg/120.0.2210.91", "Edge 120, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0", "Firefox 115, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/17.1 Mobile/15E148 Safari/604.1",
            "Safari 17, iPhone",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_words(said: str, words: str):
    assert clients.browser_of(RequestFactory().get("/", headers={"User-Agent": said})) == words

# SPDX-License-Identifier: Apache-2.0
import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from bamsat.rooms.accounts.actions import new_password
from tests.cast import Cast


def sign_in(client: Client, username: str, password: str):
    return client.post(reverse("accounts:login"), {"username": username, "password": password})


def test_a_page_asks_for_a_sign_in_first(client: Client, db: None):
    response = client.get(reverse("accounts:logout"))
    assert response.status_code in (302, 405)
    assert client.get("/quan-tri/").status_code == 302


def test_one_who_knows_the_password_comes_in(client: Client, cast: Cast):
    response = sign_in(client, cast.specialist.username, "mat-khau-thu")
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.specialist.pk)


def test_a_wrong_password_is_told_in_vietnamese(client: Client, cast: Cast):
    response = sign_in(client, cast.specialist.username, "sai")
    assert response.status_code == 200
    assert response.context["form"].errors


def test_after_ten_wrong_passwords_the_door_stays_shut(client: Client, cast: Cast):
    answers = [sign_in(client, cast.specialist.username, f"sai-{turn}").status_code for turn in range(10)]
    assert answers == [200] * 9 + [429]
    closed = sign_in(client, cast.specialist.username, "mat-khau-thu")
    assert closed.status_code == 429
    assert "15 phút" in closed.content.decode()


def test_signing_out_needs_a_post(cast: Cast):
    client = cast.client(cast.specialist)
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_language_is_kept_with_the_user(client: Client, cast: Cast):
    there = cast.client(cast.specialist)
    there.post(reverse("accounts:language"), {"language": "en", "next": "/"})
    cast.specialist.refresh_from_db()
    assert cast.specialist.language == "en"
    elsewhere = sign_in(client, cast.specialist.username, "mat-khau-thu")
    assert elsewhere.cookies["django_language"].value == "en"


def test_a_language_that_does_not_exist_changes_nothing(cast: Cast):
    cast.client(cast.specialist).post(reverse("accounts:language"), {"language": "xx", "next": "/"})
    cast.specialist.refresh_from_db()
    assert cast.specialist.language == "vi"


def test_the_sign_in_page_speaks_both_languages(client: Client, db: None):
    assert "Đăng nhập" in client.get(reverse("accounts:login")).content.decode()
    client.post(reverse("accounts:language"), {"language": "en", "next": "/"})
    page = client.get(reverse("accounts:login")).content.decode()
    assert "Sign in" in page
    assert "Đăng nhập" not in page


def test_passwords_are_random_and_readable():
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == 19 and not set("01ilo") & set(password) for password in made)


def test_the_administrator_sees_the_trail_but_cannot_edit_it(cast: Cast):
    client = cast.client(cast.administrator)
    assert client.get("/quan-tri/accounts/auditrecord/").status_code == 200
    assert client.get("/quan-tri/accounts/auditrecord/add/").status_code == 403
    assert client.get("/quan-tri/accounts/user/").status_code == 200


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    log = logging.getLogger("bamsat.requests")
    log.addHandler(caplog.handler)
    caplog.handler.setFormatter(log.handlers[0].formatter)
    yield lambda: [json.loads(line) for line in caplog.text.splitlines()]
    log.removeHandler(caplog.handler)


def test_the_log_has_a_line_a_request_and_no_names(client: Client, cast: Cast, lines):
    response = sign_in(client, cast.specialist.username, "bi-mat")
    client.get("/khong-co/nguyen-van")
    first, second = lines()
    assert first["id"] == response["X-Request-Id"]
    assert (first["status"], first["route"]) == (200, "dang-nhap/")
    assert (second["status"], second["route"]) == (404, None)
    told = json.dumps([first, second])
    assert not any(word in told for word in (cast.specialist.username, "bi-mat", "nguyen-van"))

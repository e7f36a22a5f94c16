# SPDX-License-Identifier: Apache-2.0
"""Every refusal says what to do, in both languages, and carries an id that the log has too."""

import json
import logging

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client
from django.urls import path

from bamsat import errors
from bamsat.middleware import JsonLine
from bamsat.rooms.accounts.access import anyone
from bamsat.urls import urlpatterns as real

handler400, handler403 = errors.bad_request, errors.forbidden
handler404, handler500 = errors.not_found, errors.broken


def failing(error: Exception):
    @anyone
    def view(request):
        raise error

    return view


urlpatterns = [
    *real,
    path("sai/", failing(BadRequest("secret detail"))),
    path("cam/", failing(PermissionDenied("secret detail"))),
    path("hong/", failing(RuntimeError("secret detail"))),
]

CASES = [
    ("/sai/", 400, "Không hiểu yêu cầu này", "not understood"),
    ("/cam/", 403, "không có quyền", "may not do this"),
    ("/khong-co/", 404, "Không có trang này", "no such page"),
    ("/hong/", 500, "Phần mềm gặp lỗi", "The program failed"),
]


@pytest.fixture
def client(db: None) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.urls("tests.house.test_errors")
@pytest.mark.parametrize(("address", "status", "vietnamese", "english"), CASES)
def test_an_error_page_speaks_both_languages_and_carries_its_id(
    client: Client, address: str, status: int, vietnamese: str, english: str
):
    for language, words in (("vi", vietnamese), ("en", english)):
        client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == status
        assert words in page
        assert response["X-Request-Id"] in page
        assert "secret detail" not in page


@pytest.mark.urls("tests.house.test_errors")
def test_a_fault_is_logged_with_the_id_that_people_see_and_without_values(client: Client, caplog):
    log = logging.getLogger("bamsat")
    log.addHandler(caplog.handler)
    caplog.handler.setFormatter(JsonLine())
    response = client.get("/hong/")
    log.removeHandler(caplog.handler)
    line = json.loads(caplog.text.splitlines()[0])
    assert (line["id"], line["error"]) == (response["X-Request-Id"], "RuntimeError")
    assert "secret detail" not in caplog.text


def test_the_page_is_vietnamese_whatever_the_browser_speaks(client: Client):
    assert "Đăng nhập" in client.get("/dang-nhap/", headers={"accept-language": "en-US"}).content.decode()


def test_a_request_that_is_too_large_is_refused_unread(client: Client, settings: object):
    settings.BAMSAT_UPLOAD_LIMIT = 1000  # type: ignore[attr-defined]
    response = client.post("/dang-nhap/", {"username": "x" * 2000})
    assert response.status_code == 413
    assert response["X-Request-Id"] in response.content.decode()


def test_every_answer_carries_the_strict_headers(client: Client):
    response = client.get("/dang-nhap/")
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_an_error_page_can_be_shown_when_the_templates_are_what_broke(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(errors, "render_to_string", failing(RuntimeError("no template")))
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert response["X-Request-Id"] in response.content.decode()

# SPDX-License-Identifier: Apache-2.0
"""Who changed rights, names or places in the administrator's tables stands in the trail, without what was typed."""

from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.models import AuditRecord, User
from bamsat.rooms.catalogue.models import Indicator
from tests import build
from tests.cast import Cast


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.administrator)


def form_of(client: Client, page: str) -> dict[str, Any]:
    """What the administrator's form would send if nothing were changed."""
    form = HTMLParser(client.get(page).content).css_first("#content-main form")
    sent: dict[str, Any] = {}
    for field in form.css("input[name], textarea[name]"):
        told = field.attributes
        if told.get("type") not in ("checkbox", "submit") or "checked" in told:
            sent[str(told["name"])] = told.get("value") or field.text()
    for field in form.css("select[name]"):
        chosen = [option.attributes.get("value") for option in field.css("option[selected]")]
        sent[str(field.attributes["name"])] = chosen if "multiple" in field.attributes else (chosen or [""])[0] or ""
    return {name: value for name, value in sent.items() if not name.startswith("_")}


def last() -> AuditRecord:
    return AuditRecord.objects.latest("pk")


def test_making_somebody_an_administrator_is_signed(cast: Cast, client: Client):
    page = f"/quan-tri/accounts/user/{cast.clerk.pk}/change/"
    sent = form_of(client, page) | {"is_superuser": "on", "is_staff": "on"}
    sent.pop("password", None)
    assert client.post(page, sent).status_code == 302
    assert User.objects.get(pk=cast.clerk.pk).is_superuser
    record = last()
    assert (record.by, record.action, record.object_id) == (
        cast.administrator, "accounts.user.changed", str(cast.clerk.pk),
    )  # fmt: skip
    assert record.details["administers"] is True
    assert audit.verify() is None


def test_a_new_password_is_signed_and_not_told(cast: Cast, client: Client):
    page = f"/quan-tri/accounts/user/{cast.clerk.pk}/password/"
    client.post(page, {"password1": "mot-khoa-rat-la", "password2": "mot-khoa-rat-la", "usable_password": "true"})
    record = last()
    assert record.action == "accounts.user.changed"
    assert "mot-khoa" not in str(record.details)


def test_a_password_that_an_administrator_typed_must_be_changed(cast: Cast, client: Client):
    there = cast.client(cast.clerk)
    page = f"/quan-tri/accounts/user/{cast.clerk.pk}/password/"
    client.post(page, {"password1": "mot-khoa-rat-la", "password2": "mot-khoa-rat-la", "usable_password": "true"})
    cast.clerk.refresh_from_db()
    assert cast.clerk.must_change_password
    assert there.get("/").status_code == 302


def test_a_user_is_never_removed(cast: Cast, client: Client):
    newcomer = cast.newcomer.pk
    assert client.post(f"/quan-tri/accounts/user/{newcomer}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=newcomer).exists()


def test_changing_an_indicator_or_a_place_is_signed(cast: Cast, client: Client):
    build.catalogue()
    indicator = Indicator.objects.get(code="exports")
    page = f"/quan-tri/catalogue/indicator/{indicator.pk}/change/"
    assert client.post(page, form_of(client, page) | {"good": "down"}).status_code == 302
    assert (last().action, last().object_id) == ("catalogue.indicator.changed", str(indicator.pk))
    page = f"/quan-tri/places/place/{cast.home.pk}/change/"
    assert client.post(page, form_of(client, page) | {"latitude": "22.1"}).status_code == 302
    assert (last().action, last().object_id) == ("places.place.changed", str(cast.home.pk))

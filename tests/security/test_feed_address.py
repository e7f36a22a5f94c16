# SPDX-License-Identifier: Apache-2.0
"""The address of a calendar feed is a secret: it stands in no log, no database and no answer but the one that made it,
and what it opens is no more than its owner may see today."""

from __future__ import annotations

import logging
import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bamsat.middleware import JsonLine
from bamsat.rooms.accounts.models import User
from bamsat.rooms.places.models import PlaceRole
from bamsat.rooms.tasks import actions, actions_feed
from bamsat.rooms.tasks.feed import feed
from tests.cast import Cast
from tests.rooms.tasks.told import task
from tests.security.world import body_of, writes

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(datetime(2026, 9, 10, 8))
INJECTED = "Rà soát\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:gia\r\nSUMMARY:giả\r\nATTACH:http://la.vn\r\n chợ;,\\n"


def address(user: User) -> str:
    return reverse("tasks:feed", args=[actions_feed.make_address(user)])


def followed(cast: Cast, user: User, what: str = "Rà soát chợ") -> None:
    made = task(cast, what=what)
    actions.assign(cast.director, made, None, (), user, today=date(2026, 9, 1))


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_no_log_holds_the_secret_however_it_is_asked(
    cast: Cast, client, method: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    followed(cast, cast.specialist)
    path = address(cast.specialist)
    secret = path.removeprefix("/lich/").removesuffix(".ics")
    client.handler.enforce_csrf_checks = True
    with caplog.at_level(logging.INFO), writes() as written:
        answer = getattr(client, method)(path)
        client.get(path.replace(secret, f"{secret}x"))
    assert written == []
    assert answer.status_code == {"get": 200, "head": 405}.get(method, answer.status_code)
    assert method == "get" or answer.status_code in (200, 403, 405)
    told = "".join(JsonLine().format(each) for each in caplog.records if each.name.startswith("bamsat"))
    printed = "".join(capfd.readouterr())
    assert secret not in told + printed
    assert "no-store" in client.get(path)["Cache-Control"]
    assert secret not in str(client.get(path).headers)


def test_the_secret_lies_in_no_table(cast: Cast):
    secret = actions_feed.make_address(cast.specialist)
    client = cast.client(cast.specialist)
    shown = body_of(client.post(reverse("tasks:feed_address"), {"viec": "lap"}))
    found = re.search(r"/lich/([\w-]{40,})\.ics", shown)
    assert found
    for page in (reverse("tasks:feed_address"), reverse("tasks:list")):
        assert found[1] not in body_of(client.get(page))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("documents_recordtext", "sqlite")):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = str(cursor.fetchall())
            assert found[1] not in kept, table
            assert secret not in kept, table


def test_it_answers_nothing_once_its_owner_is_out(cast: Cast, client):
    path = address(cast.specialist)
    assert client.get(path).status_code == 200
    PlaceRole.objects.filter(user=cast.specialist).update(valid_to=timezone.localdate())
    assert client.get(path).status_code == 404
    PlaceRole.objects.filter(user=cast.specialist).update(valid_to=None)
    User.objects.filter(pk=cast.specialist.pk).update(is_active=False)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("guess", ["x", "0" * 64, "%27%20OR%201=1--", "%2e%2e", "a" * 4000, "None", "é", "%ff"])
def test_guesses_open_nothing(cast: Cast, client, guess: str):
    actions_feed.make_address(cast.specialist)
    assert client.get(f"/lich/{guess}.ics").status_code in (400, 404)


def test_the_kept_digest_is_no_key(cast: Cast, client):
    actions_feed.make_address(cast.specialist)
    assert client.get(reverse("tasks:feed", args=[cast.specialist.task_feed.secret])).status_code == 404


def test_words_of_a_task_write_no_line_of_their_own(cast: Cast):
    followed(cast, cast.specialist, INJECTED)
    told = feed(cast.specialist, NOW, "https://so.example/")
    events = Calendar.from_ical(told).walk("VEVENT")
    assert len(events) == 1
    assert str(events[0]["uid"]) != "gia"
    assert "attach" not in events[0]
    assert not [line for line in told.split(b"\r\n") if line.startswith((b"ATTACH", b"UID:gia"))]


def test_only_its_owner_makes_and_revokes_it(cast: Cast, client):
    path = address(cast.specialist)
    other = cast.client(cast.director)
    other.post(reverse("tasks:feed_address"), {"viec": "thu-hoi"})
    assert client.get(path).status_code == 200
    assert client.post(reverse("tasks:feed_address"), {"viec": "thu-hoi"}).status_code in (302, 403)
    assert client.get(path).status_code == 200
    assert cast.client(cast.reader).post(reverse("tasks:feed_address")).status_code == 403

# SPDX-License-Identifier: Apache-2.0
"""Returns under attack: addresses of others, odd JSON, periods of no calendar, places that do not send, four eyes."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.submissions.filling import actions as actions_fill
from bamsat.rooms.submissions.filling.actions import Change
from bamsat.rooms.submissions.filling.may_open import NotOpened
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.models import Form, FormVersion, Reminder, Return, Step
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(cast: Cast) -> FormVersion:
    return build.form()


@pytest.fixture
def draft(cast: Cast, form: FormVersion) -> Return:
    return build.sent(cast.commune_official, form, cast.commune, "2026-10", until="draft")


@pytest.fixture
def sent(cast: Cast, form: FormVersion) -> Return:
    return build.sent(cast.commune_official, form, cast.commune, "2026-10", {"food.now": "5"})


def outsiders(cast: Cast) -> list[object]:
    """Everybody who has no business with a return of the commune at home."""
    ended = build.administrator("het-vai")
    ended.is_superuser = False
    ended.save()
    give_role(None, ended, cast.home, Role.DIRECTOR, valid_from=date(2020, 1, 1), valid_to=timezone.localdate())
    one_field = build.role(build.administrator("mot-linh-vuc"), cast.home.slug, Role.HEAD)
    one_field.is_superuser = False
    one_field.save()
    one_field.place_roles.get().sets.set([IndicatorSet.objects.create(code="khac", name_vi="Khác")])
    beside = cast._at(cast.other_commune, Role.COMMUNE, "can-bo-xa-ben", "Cán bộ xã bên")
    chief = cast._at(cast.elsewhere, Role.DIRECTOR, "giam-doc-noi-khac", "Giám đốc Sở khác")
    return [
        cast.specialist_elsewhere, chief, beside, cast.facility_clerk, cast.reader, cast.clerk, cast.api_client,
        cast.newcomer, ended, one_field,
    ]  # fmt: skip


ACTS = ("luu", "lay", "them-dong", "bo-dong", "hoan-tac", "gui", "lay-lai", "kiem-tra", "bo-kiem-tra", "tra-lai",
        "duyet", "mo-lai", "tep/nap", "tep/kem")  # fmt: skip


def test_nobody_outside_does_anything_with_a_return(cast: Cast, sent: Return):
    before = (Step.objects.count(), Entry.objects.count(), Return.objects.values().get(pk=sent.pk))
    for user in outsiders(cast):
        client = cast.client(user)  # type: ignore[arg-type]
        for act in ACTS:
            answer = client.post(f"/phieu/{sent.uuid}/{act}/", {"ly-do": "x", "y-kien": "x", "o": ""})
            assert answer.status_code in (403, 404), (user, act)
        for page in ("", "xem/", "tep/", "tep/bieu.xlsx", "tep/phieu.xml", "danh-muc/partner/"):
            assert "Xã Nhà" not in client.get(f"/phieu/{sent.uuid}/{page}", follow=True).content.decode(), (user, page)
        for what, tab in (("send", "tat-ca"), ("check", "kiem-tra"), ("approve", "duyet"), ("approve", "tat-ca")):
            client.post("/bieu-mau/nhieu-phieu/", {"viec": what, "muc": tab, "phieu": str(sent.uuid)})
            client.post("/bieu-mau/nhieu-phieu/?tat-ca=1", {"viec": what, "muc": tab})
    assert before == (Step.objects.count(), Entry.objects.count(), Return.objects.values().get(pk=sent.pk))


def test_the_actions_refuse_them_whatever_the_page_let_through(cast: Cast, sent: Return):
    for user in outsiders(cast):
        for act in (actions_flow.check, actions_many.approve, actions_flow.take_back):
            with pytest.raises(NotAllowed):
                act(user, sent)  # type: ignore[operator]
        with pytest.raises(NotAllowed):
            actions_flow.send_back(user, sent, [], "x")  # type: ignore[arg-type]
        for many in (actions_many.send_many, actions_many.check_many, actions_many.approve_many):
            assert many(user, [sent.pk]).done == ()  # type: ignore[arg-type]


def test_who_sent_approves_it_in_no_role_and_in_no_heap(cast: Cast, form: FormVersion):
    mine = build.sent(cast.head, form, cast.commune, "2026-10", {"food.now": "5"})
    give_role(None, cast.head, cast.home, Role.DIRECTOR, acting_for=cast.director, act="Quyết định số 1/QĐ")
    with pytest.raises(NotAllowed, match="bốn mắt"):
        actions_many.approve(cast.head, mine)
    assert actions_many.approve_many(cast.head, [mine.pk]).done == ()
    client = cast.client(cast.head)
    client.post("/bieu-mau/nhieu-phieu/", {"viec": "approve", "muc": "tat-ca", "phieu": str(mine.uuid)})
    assert not Entry.objects.exists()


# What a program may send instead of the page.


def odd() -> dict[str, bytes]:
    key = "food.now"
    said: dict[str, object] = {
        "a list": [1], "changes are words": {"changes": "x"}, "no object": {"changes": [1, None, [], "x"]},
        "no text": {"changes": [{"key": key, "text": {"a": 1}}, {"key": 7, "text": "1"}]},
        "computed": {"changes": [{"key": "total.now", "text": "1"}, {"key": "food.previous", "text": "1"}]},
        "no cells": {"changes": [{"key": each, "text": "1"} for each in ("", "x", "a.b", "__class__.x", "o" * 9999)]},
        "odd counts": {"changes": [{"key": key, "text": "1", "seen": 10**400, "why": [], "origin": {}}]},
        "very long": {"changes": [{"key": key, "text": "9" * 100_000}]},
        "half a letter": {"changes": [{"key": key, "text": "\ud800", "seen": 0, "why": "\udfff\0"}], "note": "\0"},
        "controls": {"changes": [{"key": key, "text": "\0\x01\x1b\u202e", "seen": 1}], "revision": "x"},
        "very many": {"changes": [{"key": key, "text": "1", "seen": 0}] * 30_000},
        "a number": {"changes": [{"key": key, "text": "1e99999", "seen": 0}], "missing": [[]], "revision": -(10**30)},
    }  # fmt: skip
    return {name: json.dumps(each).encode() for name, each in said.items()} | {
        "deep": b"[" * 200_000, "deep objects": b'{"changes":' * 50_000, "no text at all": b"\xff\xfe", "empty": b"",
        "no JSON": b"{", "constants": b'{"changes": NaN, "note": Infinity}', "a long number": b"9" * 9_000,
    }  # fmt: skip


@pytest.mark.parametrize("name", odd())
def test_odd_json_is_answered_and_only_typed_cells_are_written(cast: Cast, draft: Return, name: str):
    client = cast.client(cast.commune_official)
    client.raise_request_exception = False
    answer = client.post(f"/phieu/{draft.uuid}/luu/", odd()[name], content_type="application/json")
    assert answer.status_code in (200, 400, 409), answer.content[:200]
    draft.refresh_from_db()
    assert set(draft.cells) <= {"food.now"}
    assert "\0" not in json.dumps([draft.cells, draft.note], ensure_ascii=False)
    json.dumps([draft.cells, draft.note], ensure_ascii=False).encode()
    assert client.get(f"/phieu/{draft.uuid}/").status_code == 200
    assert client.get(f"/phieu/{draft.uuid}/xem/").status_code == 200
    assert client.post(f"/phieu/{draft.uuid}/", {"gui": "1", "lan": "9" * 5000}).status_code in (200, 302)


def test_markup_in_cells_notes_and_names_is_text(cast: Cast, draft: Return):
    evil = "<script>alert(1)</script>"
    Form.objects.filter(pk=draft.form_id).update(name_vi=evil)
    actions_fill.save_cells(cast.commune_official, draft, [Change("food.now", evil, why=evil)], evil)
    for user in (cast.commune_official, cast.specialist):
        client = cast.client(user)
        for page in (f"/phieu/{draft.uuid}/", f"/phieu/{draft.uuid}/xem/", f"/phieu/{draft.uuid}/tep/", "/bieu-mau/"):
            assert evil not in client.get(page).content.decode(), page


# Periods and places.


@pytest.mark.parametrize(
    "period",
    ["0000-13", "0000-01", "0001-01", "9999", "9999-12", "2026-Q5", "2026-13", "1900-01", "2027-12", "x", "",
     "2026-10/2026-11", "٩٩٩٩-١٢", "2026-10\n", "9" * 99],
)  # fmt: skip
def test_a_period_of_no_calendar_opens_nothing(cast: Cast, form: FormVersion, period: str):
    client = cast.client(cast.commune_official)
    client.raise_request_exception = False
    told = {"bieu": form.form.code, "noi": cast.commune.slug, "ky": period}
    answer = client.post("/phieu/mo/", told)
    assert answer.status_code in (302, 404)
    assert set(Return.objects.values_list("period", flat=True)) <= {"2026-10"}
    for page in (f"/bieu-mau/nap/bieu-trong/{form.form.code}/", f"/don-doc/bieu/{form.form.code}/", "/tinh-hinh-gui/"):
        told = {"ky": period, "tu": period, "den": period, "noi": cast.commune.slug}
        client = cast.client(cast.specialist)
        client.raise_request_exception = False
        assert client.get(page, told).status_code < 500, page


def test_only_a_place_that_sends_the_form_and_is_there_gets_a_return(cast: Cast, form: FormVersion):
    october = Period.month(2026, 10)
    refused = NotOpened
    with pytest.raises(refused, match="không thuộc loại"):
        actions_fill.open_return(cast.specialist, form.form, cast.home, october)
    with pytest.raises(refused, match="còn xa"):
        actions_fill.open_return(cast.commune_official, form.form, cast.commune, Period.month(2029, 1))
    cast.commune.ended = date(2026, 7, 1)
    with pytest.raises(refused, match="thôi hoạt động"):
        actions_fill.open_return(cast.commune_official, form.form, cast.commune, october)
    assert actions_fill.open_return(cast.commune_official, form.form, cast.commune, Period.month(2026, 5)).pk
    cast.commune.ended, form.form.ended = None, date(2026, 9, 1)
    with pytest.raises(refused, match="hết dùng"):
        actions_fill.open_return(cast.commune_official, form.form, cast.commune, october)


def test_a_return_that_is_there_is_not_handed_to_who_may_not_fill_it(cast: Cast, draft: Return):
    with pytest.raises(NotAllowed):
        actions_fill.open_return(cast.specialist_elsewhere, draft.form, draft.place, draft.span)


# Chasing.


def test_nobody_chases_places_of_others(cast: Cast, form: FormVersion):
    assert cast.commune.pk
    client = cast.client(cast.specialist_elsewhere)
    chosen = {"kenh": "page", "muc": f"{form.form.code}|2026-10"}
    client.post("/don-doc/nhac/", chosen)
    cast.client(cast.commune_official).post("/don-doc/nhac/", chosen)
    assert not Reminder.objects.filter(place=cast.commune).exists()
    for query in ("", "?tep=csv", f"?noi={cast.commune.slug}", f"?bieu={form.form.code}&theo=place"):
        assert "Xã Nhà" not in client.get(f"/tinh-hinh-gui/{query}").content.decode()


@pytest.mark.parametrize("channel", ["text", "letter", "page", "mail"])
def test_names_with_markup_break_no_reminder(cast: Cast, form: FormVersion, channel: str, settings: object):
    settings.BAMSAT_MAIL = "smtp://localhost"  # type: ignore[attr-defined]
    cast.commune.name = "Xã <script>&\r\nBcc: a@b.vn"
    cast.commune.save()
    Form.objects.filter(pk=form.form_id).update(name_vi="=1+1\r\nBcc: x@y.vn <b>")
    cast.commune_official.email = "xa@caobang.gov.vn"
    cast.commune_official.save()
    client = cast.client(cast.specialist)
    client.raise_request_exception = False
    told = {"kenh": channel, "muc": f"{form.form.code}|2026-10"}
    answer = client.post("/don-doc/nhac/", told)
    assert answer.status_code in (200, 302)
    if channel == "text":
        assert "<script>" not in answer.content.decode()
    assert client.get("/tinh-hinh-gui/?tep=csv").status_code == 200


def test_every_action_has_words_in_the_trail(cast: Cast, sent: Return):
    actions_flow.check(cast.specialist, sent)
    actions_many.approve(cast.head, sent)
    actions_flow.unlock(cast.head, sent, "sai số")
    words = yaml.safe_load(Path("src/bamsat/data/actions.yml").read_text(encoding="utf-8"))
    kept = set(AuditRecord.objects.filter(action__startswith="submissions.").values_list("action", flat=True))
    assert {
        f"submissions.return.{each}" for each in ("opened", "saved", "sent", "checked", "approved", "unlocked")
    } <= kept
    assert kept <= words.keys()

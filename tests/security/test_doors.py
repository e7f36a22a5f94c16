# SPDX-License-Identifier: Apache-2.0
"""Every address with real objects of an office, tried by everybody whom they do not concern.

Nothing here lists addresses that are tried: what is not in tests/security/world.py fails, and what is open to all is
named as such.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.accounts import actions_sessions
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents.models import FigureState, ReadFigure
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.models import PlaceRole, Role
from tests import build
from tests.security.world import (
    AT_OFFICES,
    HTMX,
    OUTSIDERS,
    SENT,
    World,
    addresses,
    body_of,
    browser,
    has_the_function,
    leaks,
    nowhere,
    routes,
    who_may,
    writes,
)

pytestmark = pytest.mark.walk

NEEDS_NO_SIGN_IN = {"accounts:login", "accounts:language", "help", "tasks:feed"}
ITSELF = {"accounts:logout"}  # ends the session with which the others are tried
OWN_ACCOUNT = {"accounts:login", "accounts:language", "accounts:password", "accounts:account", "accounts:end_session"}
# Tables of the catalogue are the same for everybody who has signed in.
OF_EVERYBODY = {"catalogue:row"}
# The directory of offices is public among the offices of provinces.
OF_OFFICES = {"directory:list", "directory:body", "directory:change", "directory:change_item"}
# A kind of report is a word of the product; its template is that of the user's own place.
OF_THEIR_OWN_PLACE = {"reports:template", "reports:template_drop"}
WITHOUT_AN_OFFICE = {"newcomer", "ended", "not_begun", "commune", "facility"}
ASKED = (
    {"tim": "Chỉ Sở nhà", "loai": "market", "ngay": "2026-02-01", "ca-het-dung": "1"},
    {"noi": "cao-bang", "trong": "xa-ben", "nam": "2021", "ky": "2021", "tim": "chợ", "loai": "market"},
)  # fmt: skip


def names() -> list[str]:
    return [name for name in routes() if name not in ITSELF]


def each(world: World) -> Iterator[tuple[str, str]]:
    """Every address, with a savepoint's worth of quiet between them."""
    for name in names():
        yield name, world.address(name)


def test_the_world_has_an_object_for_every_address(world: World):
    for name in routes():
        assert world.address(name) != nowhere(name, world) or not set(addresses()[name]) - {
            "form", "table", "kind", "over", "what", "ordinal", "year",
        }, name  # fmt: skip
        assert who_may(name), name


def test_who_works_there_finds_the_secrets(world: World):
    """Else the other tests would look for what is nowhere shown."""
    client = browser(world.cast.administrator)
    home = {"noi": "cao-bang", "nam": "2021"}
    shown = {"places:export": {"loai": "market"}, "figures:plans_beside": home, "documents:register": home}
    for name in (
        "home", "scoreboard:table", "figures:reading", "figures:list", "figures:entry", "figures:plans", "figures:plan",
        "figures:plan_csv", "figures:plan_divide", "figures:intakes", "figures:intake", "figures:intake_findings",
        "figures:series", "figures:plans_beside", "documents:list", "documents:status", "directory:list",
        "directory:body", "places:place", "places:changes", "places:change", "places:export", "places:edit",
        "submissions:list", "submissions:review", "submissions:return", "submissions:files", "submissions:workbook",
        "submissions:xml", "submissions:forms", "submissions:form", "submissions:form_edit", "submissions:batch",
        "reports:list", "reports:report", "reports:plans", "reports:plan_edit", "reports:download", "reports:verify",
        "reports:slip", "documents:register", "documents:record", "tasks:list", "tasks:board", "tasks:proposals",
        "tasks:proposal", "tasks:task", "tasks:change", "tasks:drafts", "tasks:export_xlsx", "tasks:export_docx",
        "tasks:chase",
    ):  # fmt: skip
        answer = client.get(world.address(name), shown.get(name, {}))
        found = leaks(body_of(answer))
        assert found or name == "figures:list", (name, answer.status_code)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_outside_sees_it_or_learns_that_it_is_there(world: World, who: str):
    user = world.outsider(who)
    client, wrong = browser(user), []
    for name, address in each(world):
        public = name in OF_EVERYBODY or (name in OF_OFFICES and who not in WITHOUT_AN_OFFICE)
        asked = ({}, *ASKED) if not addresses()[name] else ({},)
        for query in asked:
            answer = client.get(address, query)
            if answer.status_code >= 500:
                wrong.append((name, query, answer.status_code))
            if not public and (found := leaks(body_of(answer))):
                wrong.append((name, query, found))
        if addresses()[name] and not public:
            there = client.get(nowhere(name, world)).status_code
            if answer.status_code != there:
                wrong.append((name, "there is", answer.status_code, "but not there is", there))
    assert wrong == []


@pytest.mark.parametrize("who", ["specialist", "commune"])
def test_nor_in_the_parts_that_the_script_asks_for(world: World, who: str):
    client, wrong = browser(world.outsider(who)), []
    for name, address in each(world):
        if name in OF_OFFICES and who not in WITHOUT_AN_OFFICE:
            continue
        for query in ({}, *ASKED):
            if found := leaks(body_of(client.get(address, query, headers=HTMX))):
                wrong.append((name, query, found))
    assert wrong == []


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_outside_changes_it(world: World, who: str):
    user = world.outsider(who)
    client, wrong = browser(user), []
    for name, address in each(world):
        if not addresses()[name] or name in OWN_ACCOUNT:
            continue
        with writes() as wrote:
            answer = client.post(address, SENT)
        allowed = (403, 404, 405) if not has_the_function(user, name) or name in OF_OFFICES else (404, 405)
        if name in OF_THEIR_OWN_PLACE:
            allowed = (302, 403, 404, 405, 422)
        if answer.status_code not in allowed or wrote:
            wrong.append((name, answer.status_code, wrote))
        if name not in OF_OFFICES and leaks(body_of(answer)):
            wrong.append((name, "tells"))
    assert wrong == []


@pytest.mark.parametrize("role", [Role.READER, Role.API])
def test_a_reader_of_the_same_office_changes_nothing(world: World, role: str):
    client = browser(build.role(accounts.create_user("nguoi-xem-nha", "Người xem"), "cao-bang", role))
    wrong = []
    for name, address in each(world):
        if name in OWN_ACCOUNT:
            continue
        with writes() as wrote:
            answer = client.post(address, SENT)
        if wrote or answer.status_code not in (403, 404, 405):
            wrong.append((name, answer.status_code, wrote))
    assert wrong == []


@pytest.mark.parametrize("who", ["administrator", "director", "commune_official"])
def test_looking_changes_nothing(world: World, who: str):
    client, wrong = browser(getattr(world.cast, who)), []
    client.get("/")
    for name, address in each(world):
        for send in (client.get, client.head):
            with writes() as wrote:
                body_of(send(address))  # type: ignore[operator]
            if wrote and (name, set(wrote)) != ("accounts:export_trail", {"accounts_auditrecord"}):
                wrong.append((name, wrote))
    assert wrong == []


def test_a_form_from_another_site_changes_nothing(world: World):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.cast.administrator, backend="django.contrib.auth.backends.ModelBackend")
    for name, address in [*each(world), ("accounts:logout", world.address("accounts:logout"))]:
        with writes() as wrote:
            answer = client.post(address, SENT)
        assert (answer.status_code in (403, 405), wrote) == (True, []), name
    assert client.session["_auth_user_id"] == str(world.cast.administrator.pk)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_address_answers_a_method_that_nobody_declared(world: World, method: str):
    client = browser(world.cast.administrator)
    for name, address in each(world):
        with writes() as wrote:
            answer = getattr(client, method)(address)
        assert wrote == [], name
        assert answer.status_code in (403, 404, 405) or name in ("accounts:login",), (name, answer.status_code)


def test_a_stranger_is_asked_to_sign_in_everywhere(world: World, client: Client):
    for name in routes():
        for send in (client.get, client.post):
            with writes() as wrote:
                answer = send(world.address(name), SENT)
            assert not leaks(body_of(answer)), name
            if name in NEEDS_NO_SIGN_IN:
                assert answer.status_code in (200, 302, 405) or name == "tasks:feed", name
                continue
            assert wrote == [], name
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/dang-nhap/?next="), name


def out(client: Client, world: World) -> bool:
    """Whether a browser finds every door closed."""
    answers = [(name, client.get(address)) for name, address in each(world) if name not in NEEDS_NO_SIGN_IN]
    return all(answer.status_code == 302 and "/dang-nhap/" in answer["Location"] for _name, answer in answers)


def test_whoever_is_locked_or_signed_out_by_force_finds_every_door_closed(world: World):
    admin = world.cast.administrator
    for act in (accounts.deactivate, actions_sessions.sign_out):
        user = build.role(accounts.create_user(f"bi-{act.__name__}", "Người bị"), "cao-bang", Role.DIRECTOR)
        client = browser(user)
        assert client.get(world.address("figures:entry")).status_code == 200
        act(admin, user, "thử")
        assert out(client, world), act.__name__


def test_a_role_that_is_taken_ends_or_is_narrowed_counts_from_the_next_request(world: World):
    user = build.role(accounts.create_user("sap-thoi", "Sắp thôi"), "cao-bang", Role.SPECIALIST)
    client, address = browser(user), world.address("figures:entry")
    held = PlaceRole.objects.get(user=user)
    assert client.get(address).status_code == 200
    held.sets.set([world.exports])
    assert client.get(address).status_code == 404
    held.sets.clear()
    for field, day, status in (
        ("valid_to", timezone.localdate(), 403), ("valid_to", timezone.localdate() + timedelta(days=1), 200),
        ("valid_from", timezone.localdate() + timedelta(days=1), 403), ("valid_from", timezone.localdate(), 200),
    ):  # fmt: skip
        PlaceRole.objects.filter(pk=held.pk).update(**{field: day})
        assert client.get(address).status_code == status, (field, day)
    held.delete()
    assert client.get(address).status_code == 403


def test_who_acts_for_another_has_that_role_and_no_more(world: World):
    user = world.outsider("acting_elsewhere")
    assert browser(user).get(world.address("figures:entry")).status_code == 404
    assert browser(user).get("/nguoi-dung/").status_code == 403


def test_a_commune_official_who_changes_an_address_sees_nothing_outside_the_commune(world: World):
    client, other = browser(world.cast.commune_official), world.cast.other_commune.slug
    paths = [
        f"/so-lieu/but-toan/{world.entry_beside.uuid}/", f"/so-lieu/industrial_output/{other}/", f"/dia-ban/{other}/",
        "/so-lieu/industrial_output/cao-bang/", "/dia-ban/cao-bang/", "/dia-ban/lang-son/", f"/dia-ban/?trong={other}",
        f"/bang-diem/?noi={other}", "/bang-diem/?noi=cao-bang", f"/so-lieu/?noi={other}", "/so-lieu/?noi=cao-bang",
        f"/so-lieu/ke-hoach/{world.plan.uuid}/", f"/so-lieu/ke-hoach/{world.plan.uuid}/?sua={world.target.uuid}",
        "/so-lieu/ke-hoach/canh-nhau/?noi=cao-bang&nam=2021", f"/danh-ba/{world.body.slug}/",
        f"/so-lieu/industrial_output/{other}/?tai=csv", f"/so-lieu/industrial_output/{other}/?dia-gioi=2026-01-01",
        f"/so-lieu/industrial_output/{other}/?biet=2099-01-01", f"/dia-ban/{world.facility.slug}/",
    ]  # fmt: skip
    assert [(path, client.get(path).status_code) for path in paths] == [(path, 404) for path in paths]
    told = {"tim": "bên", "loai": "", "noi": ""}
    for name, address in each(world):
        if not addresses()[name] and not name.startswith("catalogue:"):
            assert "Xã Bên" not in body_of(client.get(address, told)), name


# The second axis: a specialist of one field at home.


def test_a_specialist_of_one_field_sees_no_number_of_another(world: World):
    user = accounts.create_user("chuyen-vien-xuat-khau", "Chuyên viên xuất khẩu")
    build.role(user, "cao-bang").place_roles.get().sets.set([world.exports])
    client, wrong = browser(user), []
    # A document is of no field, and what is found in it is read by whoever reads it.
    of_no_field = {"figures:reading", "figures:card", "documents:status", "figures:accept_all", "documents:original"}
    of_no_field |= {"findings:list", "findings:finding"}
    for name, address in each(world):
        if name in of_no_field:
            continue
        asked = (
            ({}, {"noi": "cao-bang", "nam": "2021", "ky": "2021", "tim": "giá trị"}) if not addresses()[name] else ({},)
        )
        for query in asked:
            text = body_of(client.get(address, query))
            if re.search(r"5[.,]?318[.,]?27|918[.,]?273", text):
                wrong.append((name, query))
    assert wrong == []


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.HEAD])
def test_who_works_for_one_field_writes_no_number_of_another(world: World, role: str):
    user = accounts.create_user("mot-linh-vuc", "Người phụ trách xuất khẩu")
    build.role(user, "cao-bang", role).place_roles.get().sets.set([world.exports])
    client, before = browser(user), Entry.objects.count()
    for name, address in each(world):
        if addresses()[name] and name.startswith("figures:"):
            client.post(address, SENT | {"indicator": "industrial_output", "place": "Cao Bằng", "period": "2021"})
    changed = Entry.objects.exclude(series__indicator__code="exports").count()
    assert (Entry.objects.count(), changed) == (before, before)
    assert not Entry.objects.filter(withdrawal__isnull=False).exists()


# What a form carries beside its fields.


def test_figures_of_two_documents_are_not_mixed_by_number(world: World):
    """The number of a figure counts within its document: one's own document opens no one else's figure."""
    other = world.outsider("specialist")
    own = build.document(other, [build.stated("1", area="Lạng Sơn")], area="Lạng Sơn")
    client = browser(other)
    assert client.post(f"/van-ban/{own.uuid}/so/2/nhan/").status_code == 404
    assert client.post(f"/van-ban/{world.document.uuid}/so/1/nhan/").status_code == 404
    assert client.get(f"/van-ban/{uuid4()}/").status_code == 404


def test_a_correction_cannot_carry_a_figure_into_another_offices_ledger(world: World):
    other = world.outsider("specialist")
    own = build.document(other, [build.stated("7", area="Lạng Sơn")], area="Lạng Sơn")
    before = Entry.objects.count()
    browser(other).post(f"/van-ban/{own.uuid}/so/1/sua/", {"area": "Cao Bằng", "nhan": "1"})
    assert own.figures.get().area == "Cao Bằng"
    assert own.figures.get().state != FigureState.ACCEPTED
    assert Entry.objects.count() == before


def test_a_correction_takes_only_the_fields_of_its_form(world: World):
    figure = world.document.figures.get(ordinal=2)
    kept = ReadFigure.objects.filter(pk=figure.pk).values().get()
    sent = {
        "state": "accepted", "document": "1", "document_id": "1", "as_read": "{}", "corrected": "on", "ordinal": "99",
        "uuid": str(uuid4()), "lower": "0", "upper": "0", "start": "0", "rejected_because": "x", "doubt": "x",
        "label": "x", "of": "9", "number": "x", "inferred": "x",
    }  # fmt: skip
    browser(world.cast.specialist).post(f"/van-ban/{world.document.uuid}/so/2/sua/", sent)
    assert ReadFigure.objects.filter(pk=figure.pk).values().get() == kept


# The administrator's tables, and what every answer carries.


def test_the_administrators_tables_open_to_administrators_only(world: World, client: Client):
    pages = [
        "", "accounts/user/", "accounts/auditrecord/", "figures/entry/", "documents/document/", "places/placerole/add/",
    ]  # fmt: skip
    for who in (client, browser(world.cast.specialist), browser(world.cast.director)):
        for page in pages:
            assert who.get(f"/quan-tri/{page}").status_code == 302
    for page in pages:
        assert browser(world.cast.administrator).get(f"/quan-tri/{page}").status_code == 200


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ("accounts/auditrecord", lambda world: AuditRecord.objects.latest("pk").pk),
        ("figures/entry", lambda world: world.entry.pk), ("documents/document", lambda world: world.document.pk),
    ],
)  # fmt: skip
def test_not_even_an_administrator_edits_the_ledger_the_trail_or_a_document(world: World, table: str, wanted: Any):
    client = browser(world.cast.administrator)
    row = wanted(world)
    with writes() as wrote:
        for page in (f"{row}/change/", f"{row}/delete/", "add/"):
            assert client.post(f"/quan-tri/{table}/{page}", {"post": "yes", "reason": "x"}).status_code == 403
        client.post(f"/quan-tri/{table}/", {"action": "delete_selected", "_selected_action": [row], "post": "yes"})
    assert wrote == []


def test_every_answer_carries_the_policy_errors_and_tables_too(world: World, client: Client):
    signed_in, admin = browser(world.cast.specialist), browser(world.cast.administrator)
    answers = [signed_in.get(address) for _name, address in each(world)]
    answers += [admin.get(address) for _name, address in each(world)]
    answers += [admin.get(page) for page in ("/quan-tri/", "/quan-tri/accounts/user/")]
    answers += [client.get(page) for page in ("/khong-co/", "/quan-tri/login/", "/%ff", "/dang-nhap/")]
    answers += [client.get("/dang-nhap/", headers={"host": "evil.example"})]
    answers += [Client(enforce_csrf_checks=True).post("/dang-nhap/", {})]
    for answer in answers:
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert not re.search(r"unsafe|\*|https?:", policy)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert "evil.example" not in body_of(answer)


def test_outsiders_are_of_every_kind():
    assert set(AT_OFFICES) < set(OUTSIDERS)
    assert len(OUTSIDERS) >= 12

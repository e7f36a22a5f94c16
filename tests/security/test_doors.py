# SPDX-License-Identifier: Apache-2.0
"""Every address, tried by everybody whom it does not concern: strangers, newcomers, and people of another office."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.accounts.models import AuditRecord, User
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure
from bamsat.rooms.figures import actions
from bamsat.rooms.figures.models import Entry, Withdrawal
from bamsat.rooms.places.models import Role
from bamsat.rooms.places.rights import Function, holds
from tests import build
from tests.cast import Cast

HTMX = {"HX-Request": "true"}
NEEDS_NO_SIGN_IN = {"accounts:login", "accounts:language", "help"}
ONLY_POST = {
    "accounts:logout", "accounts:language", "documents:upload", "documents:again", "figures:accept", "figures:correct",
    "figures:reject", "figures:reopen", "figures:replace", "figures:withdraw", "accounts:end_session",
}  # fmt: skip
OPEN_TO_ALL_SIGNED_IN = {
    "home", "help", "documents:list", "documents:upload", "figures:list", "catalogue:suggest", "desk:scoreboard",
    "desk:search", "accounts:login", "accounts:logout", "accounts:language",
    "accounts:account", "accounts:password", "accounts:end_session", "catalogue:index", "catalogue:rows",
    "catalogue:row", "catalogue:download", "catalogue:download_all",
}  # fmt: skip
SECRET = "Chỉ Sở nhà biết"


class Work:
    """What an office has under its hands: a document, a figure still to be judged, and an entry."""

    def __init__(self, cast: Cast) -> None:
        build.catalogue()
        self.document = build.document(
            cast.specialist, [build.stated("5300000000000"), build.growth("12.77")], title=SECRET
        )
        self.entry = actions.accept(cast.specialist, self.document.figures.get(ordinal=1))

    def address(self, name: str) -> str:
        uuid = self.entry.uuid if name in ("figures:entry", "figures:replace", "figures:withdraw") else None
        given: dict[str, Any] = {
            "uuid": uuid or self.document.uuid, "ordinal": 2, "indicator": "industrial_output", "place": "cao-bang",
            "username": "chuyen-vien", "table": "nguon", "key": "customs", "code": "petrol", "kind": "csv", "pk": 1,
        }  # fmt: skip
        wanted = dict(addresses())[name]
        return reverse(name, kwargs={param: given[param] for param in wanted})

    def state(self) -> tuple[Any, ...]:
        """All that nobody else may have changed."""
        return (
            Document.objects.count(), Entry.objects.count(), Withdrawal.objects.count(), AuditRecord.objects.count(),
            list(ReadFigure.objects.order_by("pk").values_list("state", "value_text", "area", "corrected")),
        )  # fmt: skip


def addresses(resolver: URLResolver | None = None, within: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield within + str(entry.name), tuple(entry.pattern.converters)
        elif entry.app_name != "admin":
            yield from addresses(entry, f"{within}{entry.namespace}:" if entry.namespace else within)


def views(resolver: URLResolver | None = None, within: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield within + str(entry.name), entry.callback
        elif entry.app_name != "admin":
            yield from views(entry, f"{within}{entry.namespace}:" if entry.namespace else within)


NAMES = sorted(name for name, _ in addresses())
OF_ONE_OFFICE = [name for name in NAMES if name not in OPEN_TO_ALL_SIGNED_IN]
SENT = {
    "value": "1", "unit": "đồng", "reason": "thử", "ly-do": "thử", "period": "2020", "area": "Lạng Sơn", "nhan": "1",
}  # fmt: skip


def has_the_function(user: User, name: str) -> bool:
    declared = getattr(dict(views())[name], "who_may", ())
    return holds(user, *(each for each in declared if each in Function.values))


@pytest.fixture
def work(cast: Cast) -> Work:
    return Work(cast)


def elsewhere(cast: Cast, role: str) -> User:
    return build.role(create_user(f"khac-{role}", "Người nơi khác"), "lang-son", role)


def test_every_address_is_tried_here():
    assert len(NAMES) == len(set(NAMES))
    assert set(OF_ONE_OFFICE) | OPEN_TO_ALL_SIGNED_IN == set(NAMES)
    assert len(OF_ONE_OFFICE) >= 14


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_asked_to_sign_in_everywhere(work: Work, client: Client, name: str, method: str):
    before = work.state()
    answer = getattr(client, method)(work.address(name), SENT)
    assert work.state() == before
    if name in NEEDS_NO_SIGN_IN:
        assert answer.status_code in (200, 302, 405)
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/dang-nhap/?next=")
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("name", OF_ONE_OFFICE)
@pytest.mark.parametrize("who", ["newcomer", "clerk", "specialist", "director"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_belongs_to_another_office_is_not_there(
    cast: Cast, work: Work, name: str, who: str, headers: dict[str, str]
):
    user = cast.newcomer if who == "newcomer" else elsewhere(cast, who)
    client, before = cast.client(user), work.state()
    for send in (client.get, client.post):
        answer = send(work.address(name), SENT, headers=headers)  # type: ignore[operator]
        # A role that may not do such a thing anywhere is told so, whether the thing is there or not.
        assert answer.status_code in (404, 405) or (answer.status_code == 403 and not has_the_function(user, name))
        assert SECRET not in answer.content.decode()
    assert work.state() == before


@pytest.mark.parametrize("name", sorted(OPEN_TO_ALL_SIGNED_IN - {"accounts:logout"}))
def test_pages_that_everybody_has_show_nothing_of_another_office(cast: Cast, work: Work, name: str):
    client = cast.client(elsewhere(cast, Role.SPECIALIST))
    told = {"tim": "Chỉ Sở nhà", "noi": "lang-son"}
    assert SECRET not in client.get(work.address(name), told).content.decode(errors="replace")
    assert SECRET not in client.get(work.address(name), told, headers=HTMX).content.decode(errors="replace")


@pytest.mark.parametrize("name", ["desk:scoreboard", "figures:list"])
def test_another_offices_place_cannot_be_asked_for_by_its_address(cast: Cast, work: Work, name: str):
    assert cast.client(elsewhere(cast, Role.DIRECTOR)).get(reverse(name), {"noi": "cao-bang"}).status_code == 404


@pytest.mark.parametrize("name", [n for n in OF_ONE_OFFICE if n in ONLY_POST or n == "figures:accept_all"])
def test_a_clerk_of_the_same_office_sees_but_changes_nothing(cast: Cast, work: Work, name: str):
    client = cast.client(cast.clerk)
    before = work.state()
    answer = client.post(work.address(name), SENT)
    assert answer.status_code in (302, 403)
    assert work.state() == before


@pytest.mark.parametrize("name", sorted(ONLY_POST))
def test_what_changes_something_answers_no_other_method(cast: Cast, work: Work, name: str):
    client = cast.client(cast.specialist)
    before = work.state()
    for method in ("get", "head", "put", "patch", "delete"):
        assert getattr(client, method)(work.address(name)).status_code == 405
    assert work.state() == before


@pytest.mark.parametrize("name", NAMES)
def test_a_form_from_another_site_changes_nothing(cast: Cast, work: Work, name: str):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.specialist, backend="django.contrib.auth.backends.ModelBackend")
    before = work.state()
    answer = client.post(work.address(name), SENT)
    assert answer.status_code in (403, 405)
    assert work.state() == before
    assert client.session["_auth_user_id"] == str(cast.specialist.pk)


def test_figures_of_two_documents_are_not_mixed_by_number(cast: Cast, work: Work):
    """The number of a figure counts within its document: one's own document opens no one else's figure."""
    other = elsewhere(cast, Role.SPECIALIST)
    own = build.document(other, [build.stated("1", area="Lạng Sơn")], area="Lạng Sơn")
    client = cast.client(other)
    assert client.post(f"/van-ban/{own.uuid}/so/2/nhan/").status_code == 404
    assert client.post(f"/van-ban/{work.document.uuid}/so/1/nhan/").status_code == 404
    assert client.get(f"/van-ban/{uuid4()}/").status_code == 404


def test_a_correction_cannot_carry_a_figure_into_another_offices_ledger(cast: Cast, work: Work):
    other = elsewhere(cast, Role.SPECIALIST)
    own = build.document(other, [build.stated("7", area="Lạng Sơn")], area="Lạng Sơn")
    client, before = cast.client(other), Entry.objects.count()
    client.post(f"/van-ban/{own.uuid}/so/1/sua/", {"area": "Cao Bằng", "nhan": "1"})
    assert own.figures.get().area == "Cao Bằng"
    assert own.figures.get().state != FigureState.ACCEPTED
    assert Entry.objects.count() == before


def test_a_correction_takes_only_the_fields_of_its_form(cast: Cast, work: Work):
    figure = work.document.figures.get(ordinal=2)
    kept = ReadFigure.objects.filter(pk=figure.pk).values().get()
    sent = {
        "state": "accepted", "document": "1", "document_id": "1", "as_read": "{}", "corrected": "on", "ordinal": "99",
        "uuid": str(uuid4()), "lower": "0", "upper": "0", "start": "0", "rejected_because": "x", "doubt": "x",
        "label": "x", "of": "9", "number": "x", "inferred": "x",
    }  # fmt: skip
    cast.client(cast.specialist).post(f"/van-ban/{work.document.uuid}/so/2/sua/", sent)
    assert ReadFigure.objects.filter(pk=figure.pk).values().get() == kept


def test_the_administrators_tables_open_to_administrators_only(cast: Cast, work: Work, client: Client):
    pages = [
        "", "accounts/user/", "accounts/auditrecord/", "figures/entry/", "documents/document/", "places/placerole/add/",
    ]  # fmt: skip
    for who in (client, cast.client(cast.specialist), cast.client(cast.director)):
        for page in pages:
            assert who.get(f"/quan-tri/{page}").status_code == 302
    for page in pages:
        assert cast.client(cast.administrator).get(f"/quan-tri/{page}").status_code == 200


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ("accounts/auditrecord", lambda work: AuditRecord.objects.latest("pk").pk),
        ("figures/entry", lambda work: work.entry.pk), ("documents/document", lambda work: work.document.pk),
    ],
)  # fmt: skip
def test_not_even_an_administrator_edits_the_ledger_the_trail_or_a_document(
    cast: Cast, work: Work, table: str, wanted: Any
):
    client, before = cast.client(cast.administrator), work.state()
    row = wanted(work)
    for page in (f"{row}/change/", f"{row}/delete/", "add/"):
        assert client.post(f"/quan-tri/{table}/{page}", {"post": "yes", "reason": "x"}).status_code == 403
    client.post(f"/quan-tri/{table}/", {"action": "delete_selected", "_selected_action": [row], "post": "yes"})
    assert work.state() == before


def test_every_answer_carries_the_policy_errors_and_tables_too(cast: Cast, work: Work, client: Client):
    answers = [cast.client(cast.specialist).get(work.address(name)) for name in NAMES]
    answers += [cast.client(cast.administrator).get(page) for page in ("/quan-tri/", "/quan-tri/accounts/user/")]
    answers += [client.get(page) for page in ("/khong-co/", "/quan-tri/login/", "/%ff", "/dang-nhap/")]
    answers += [client.get("/dang-nhap/", headers={"host": "evil.example"})]
    answers += [Client(enforce_csrf_checks=True).post("/dang-nhap/", {})]
    for answer in answers:
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert not re.search(r"unsafe|\*|https?:", policy)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert "evil.example" not in getattr(answer, "content", b"").decode()

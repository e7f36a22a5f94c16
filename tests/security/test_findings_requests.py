# SPDX-License-Identifier: Apache-2.0
"""What no page of findings would send: other offices' findings in one press, odd words, days and addresses."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.accounts.models import AuditRecord, User
from bamsat.rooms.findings.models import Finding, State, Step
from bamsat.rooms.places.models import Role
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MARKUP = "<img src=x onerror=alert(1)>"
ODD = "\u202e\x07\x1b[31m\u2028 lý do " + MARKUP


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def found(user: User, says: str = "Hai số không thể cùng đúng.", area: str = "Cao Bằng") -> Finding:
    figures = [stated(5300 * 10**9, number="5.300 tỷ đồng"), growth("12.77", number="12,77%")]
    return build.finding(build.document(user, figures, area=area), says)


def steps() -> tuple[int, int]:
    return Step.objects.count(), AuditRecord.objects.count()


def press(client: Client, finding: Finding, what: str, **said: Any) -> int:
    return client.post(f"/phat-hien/{finding.uuid}/{what}/", said).status_code


@pytest.mark.parametrize("what", ["giao", "giai-trinh", "de-nguyen", "mo-lai"])
def test_a_finding_of_another_office_is_not_there_for_any_act(cast: Cast, what: str):
    theirs, client = found(cast.specialist_elsewhere, area="Lạng Sơn"), cast.client(cast.specialist)
    before = steps()
    said = {"to": str(cast.specialist.pk), "reason": "thử", "due": ""}
    assert press(client, theirs, what, **said) == 404
    left = client.post(f"/van-ban/{theirs.document.uuid}/phat-hien/{theirs.uuid}/de-nguyen/", {"ly-do": "thử"})
    assert left.status_code == 404
    assert steps() == before


def test_many_at_once_leaves_those_of_other_offices_and_does_not_say_that_they_are_there(cast: Cast):
    mine = found(cast.specialist)
    theirs = found(cast.specialist_elsewhere, "Chỉ Sở bên biết.", area="Lạng Sơn")
    client = cast.client(cast.specialist)
    for what in ({"viec": "accept", "reason": "thử"}, {"viec": "assign", "to": str(cast.specialist.pk)}):
        answer = client.post(
            "/phat-hien/nhieu/", {"phat-hien": [str(mine.uuid), str(theirs.uuid), "x", "'"], **what}, follow=True
        )
        assert answer.status_code == 200
        assert "Chỉ Sở bên biết" not in answer.content.decode()
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (theirs.state, theirs.assignee, mine.state) == (State.OPEN, None, State.ACCEPTED)
    assert not theirs.steps.exists()


def test_a_reader_decides_nothing_whatever_is_pressed(cast: Cast):
    finding, client = found(cast.specialist), cast.client(cast.reader)
    before = steps()
    for what in ("giao", "giai-trinh", "de-nguyen", "mo-lai"):
        assert press(client, finding, what, to=str(cast.reader.pk), reason="thử") in (403, 404)
    said = {"viec": "accept", "reason": "thử", "phat-hien": [str(finding.uuid)]}
    assert client.post("/phat-hien/nhieu/", said).status_code == 403
    assert steps() == before


def test_nobody_is_given_what_they_may_not_see(cast: Cast):
    finding, client = found(cast.specialist), cast.client(cast.specialist)
    gone = build.role(accounts.create_user("da-khoa", "Đã khóa"), "cao-bang", Role.SPECIALIST)
    accounts.deactivate(cast.administrator, gone, "thử")
    for who in (cast.specialist_elsewhere, cast.commune_official, cast.reader, gone):
        assert press(client, finding, "giao", to=str(who.pk)) == 422, who
        client.post("/phat-hien/nhieu/", {"viec": "assign", "to": str(who.pk), "phat-hien": [str(finding.uuid)]})
    for to in ("-1", "0", "9" * 40, "admin", "\0", ""):
        assert press(client, finding, "giao", to=to) == 422, to
    finding.refresh_from_db()
    assert finding.assignee is None


@pytest.mark.parametrize(
    "due", ["01/01/0001", "31/12/99999", "-1", "31/02/2030", "9" * 3000, "٣١/١٢/٢٠٣٠", "\0", MARKUP]
)
def test_days_that_no_calendar_has_are_refused_or_read_but_never_a_fault(cast: Cast, due: str):
    finding, client = found(cast.specialist), cast.client(cast.specialist)
    assert press(client, finding, "giao", to=str(cast.specialist.pk), due=due) in (302, 422)
    assert client.get(f"/phat-hien/{finding.uuid}/").status_code == 200
    assert client.get("/phat-hien/").status_code == 200


@pytest.mark.parametrize("what", ["giai-trinh", "de-nguyen"])
def test_a_reason_is_shown_as_words_whatever_it_holds(cast: Cast, what: str):
    finding, client = found(cast.specialist, f"Hai số {MARKUP}"), cast.client(cast.specialist)
    assert press(client, finding, what, reason=ODD) == 302
    for address in (f"/phat-hien/{finding.uuid}/", "/phat-hien/?tt=moi", f"/van-ban/{finding.document.uuid}/"):
        assert MARKUP not in client.get(address).content.decode(), address
    for reason in ("", "   ", "x" * 2001, "a\0b"):
        assert press(client, found(cast.specialist), what, reason=reason) == 422, reason[:5]


def test_a_reason_of_the_reading_page_is_cut_and_loses_its_nuls(cast: Cast):
    finding = found(cast.specialist)
    address = f"/van-ban/{finding.document.uuid}/phat-hien/{finding.uuid}/de-nguyen/"
    cast.client(cast.specialist).post(address, {"ly-do": "a\0" + "x" * 50_000, "so": "9" * 400})
    finding.refresh_from_db()
    assert (finding.state, len(finding.reason), "\0" in finding.reason) == (State.ACCEPTED, 2000, False)


@pytest.mark.parametrize(
    "asked",
    [
        {"trang": "-1"}, {"trang": "9" * 5000}, {"trang": "²"}, {"trang": "x"}, {"muc": "'"}, {"noi": "' OR 1=1 --"},
        {"ky": "%" * 200}, {"tim": "%_" * 300}, {"tim": "\\"}, {"tim": "a " * 500}, {"ai": "x"}, {"tt": "x"},
        {"luat": MARKUP}, {"tim": MARKUP}, {"noi": "https://xau.example/"},
    ],
)  # fmt: skip
def test_odd_filters_find_nothing_or_all_and_are_shown_as_words(cast: Cast, asked: dict[str, str]):
    finding, client = found(cast.specialist), cast.client(cast.specialist)
    for address in ("/phat-hien/", f"/phat-hien/{finding.uuid}/"):
        answer = client.get(address, asked)
        assert answer.status_code == 200
        assert MARKUP not in answer.content.decode()


def test_after_a_press_the_browser_stays_within_the_product(cast: Cast):
    finding, client = found(cast.specialist), cast.client(cast.specialist)
    bad = {"next": "https://xau.example/", "tim": "//xau.example", "noi": "\r\nLocation: https://xau.example/"}
    said = {"viec": "accept", "reason": "thử", "phat-hien": [str(finding.uuid)], "trang": "٣" * 9000, **bad}
    many = client.post("/phat-hien/nhieu/", said)
    one = client.post(f"/phat-hien/{finding.uuid}/mo-lai/?next=https://xau.example/&tim=//xau.example", bad)
    for answer in (many, one):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/phat-hien/")
        assert len(answer["Location"]) < 2000


def test_a_correction_that_an_address_fills_in_is_only_words_until_it_is_pressed(cast: Cast):
    finding, client = found(cast.specialist), cast.client(cast.specialist)
    document = finding.document
    for said in (
        {"so": "1", "sua": "1", "value": MARKUP, "unit": MARKUP, "period": MARKUP, "base": MARKUP, "measure": MARKUP},
        {"so": "1", "sua": "1", "value": "9" * 5000}, {"so": "9" * 5000, "sua": "1"}, {"so": "-1"}, {"so": "²"},
    ):  # fmt: skip
        answer = client.get(f"/van-ban/{document.uuid}/", said)
        assert answer.status_code in (200, 404), said
        assert MARKUP not in answer.content.decode()
    assert document.figures.get(ordinal=1).value_text == str(5300 * 10**9)

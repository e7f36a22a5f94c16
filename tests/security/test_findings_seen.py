# SPDX-License-Identifier: Apache-2.0
"""What a finding quotes of the ledger is seen only by those who see it there, also without an entry beside it."""

from __future__ import annotations

import pytest

from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures.checking import check_document
from bamsat.rooms.findings.models import Finding
from bamsat.rooms.findings.queries import findings
from bamsat.rooms.places.models import Role
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SECRET = "4.718,27"


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def past(cast: Cast) -> None:
    """Five years in the ledger of the province, the last of which is a secret."""
    for year, value in (("2016", 4100), ("2017", 4200), ("2018", 4300), ("2019", 4500)):
        told = stated(value * 10**9, number=f"{value} tỷ đồng", period=year)
        figures.accept(cast.head, build.document(cast.specialist, [told]).figures.get())
    told = stated(4_718_270_000_000, number=f"{SECRET} tỷ đồng", period="2020")
    figures.accept(cast.head, build.document(cast.specialist, [told]).figures.get())


def checked(user: User) -> Document:
    """A document whose figure is ten times what is usual."""
    document = build.document(user, [stated("51000000000000", number="51.000 tỷ đồng")])
    check_document(document)
    return document


def quoting(document: Document) -> Finding:
    return Finding.objects.get(document=document, vi__contains=SECRET)


def of_exports(cast: Cast) -> User:
    exports = IndicatorSet.objects.create(code="chi-xuat-khau", name_vi="Chỉ xuất khẩu")
    SetMember.objects.create(set=exports, indicator=Indicator.objects.get(code="exports"), order=1)
    user = build.role(accounts.create_user("chuyen-vien-xuat-khau", "Chuyên viên xuất khẩu"), "cao-bang")
    user.place_roles.get().sets.set([exports])
    return user


def test_who_sees_the_ledger_sees_what_is_quoted_of_its_past(cast: Cast, past: None):
    found = quoting(checked(cast.specialist))
    assert found.rule == "history"
    assert findings(cast.specialist).filter(pk=found.pk).exists()
    assert SECRET in cast.client(cast.specialist).get(f"/phat-hien/{found.uuid}/").content.decode()


def test_who_has_another_field_does_not(cast: Cast, past: None):
    document, user = checked(cast.specialist), of_exports(cast)
    found = quoting(document)
    client = cast.client(user)
    assert client.get(f"/phat-hien/{found.uuid}/").status_code == 404
    for address in ("/phat-hien/?tt=moi", "/phat-hien/?tim=tỷ", f"/van-ban/{document.uuid}/"):
        assert SECRET not in client.get(address).content.decode(), address


def test_nor_does_an_office_below_that_writes_of_the_place_above(cast: Cast, past: None):
    official = build.role(accounts.create_user("chuyen-vien-xa", "Chuyên viên xã"), cast.commune.slug, Role.SPECIALIST)
    document = checked(official)
    assert (document.office, document.place) == (cast.commune, cast.home)
    found = quoting(document)
    client = cast.client(official)
    assert client.get(f"/phat-hien/{found.uuid}/").status_code == 404
    assert SECRET not in client.get(f"/van-ban/{document.uuid}/").content.decode()


def test_nor_by_calling_the_figure_something_of_ones_own_field(cast: Cast, past: None):
    document, user = checked(cast.specialist), of_exports(cast)
    found = quoting(document)
    figures.correct(user, document.figures.get(), indicator="exports")
    client = cast.client(user)
    assert client.get(f"/phat-hien/{found.uuid}/").status_code == 404
    for address in ("/phat-hien/?tt=moi", "/phat-hien/?tt=corrected", f"/van-ban/{document.uuid}/?so=1"):
        assert SECRET not in client.get(address).content.decode(), address

# SPDX-License-Identifier: Apache-2.0
"""The reading page for who checks and for who approves, and what the first page and the list say of it."""

import re

import pytest
from django.test import Client

from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures import actions
from bamsat.rooms.figures.models import Entry
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def specialist(cast: Cast) -> Client:
    return cast.client(cast.specialist)


@pytest.fixture
def head(cast: Cast) -> Client:
    return cast.client(cast.head)


@pytest.fixture
def document(cast: Cast) -> Document:
    return build.document(
        cast.specialist, [stated("5300000000000", number="5.300 tỷ đồng", end=3), growth("12.77"), plan_ratio("100")]
    )


@pytest.fixture
def checked(cast: Cast, document: Document) -> Document:
    """Its first two figures wait for approval."""
    for figure in document.figures.filter(ordinal__lt=3):
        actions.accept(cast.specialist, figure)
    return document


def address(document: Document, rest: str = "") -> str:
    return f"/van-ban/{document.uuid}/{rest}"


def shown(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


def states(document: Document) -> list[str]:
    return list(document.figures.order_by("ordinal").values_list("state", flat=True))


def test_who_only_checks_hands_on_and_the_buttons_say_so(specialist: Client, document: Document):
    page = shown(specialist, address(document, "?so=1"))
    assert "Chuyển duyệt 3 số không có nghi ngờ" in page
    assert re.search(r"<button[^>]*Ctrl\+Enter[^>]*>Chuyển duyệt", page)
    assert "Lưu và chuyển duyệt" in shown(specialist, address(document, "?so=1&sua=1"))
    answer = specialist.post(address(document, "so/1/nhan/"), headers=HTMX).content.decode()
    assert 'class="fig is-half" id="so-1"' in answer
    assert "Đã xem 1/3 số liệu" in answer
    told = specialist.post(address(document, "nhan-het/"), follow=True).content.decode()
    assert "2 số chờ duyệt." in told
    assert states(document) == ["checked"] * 3
    assert not Entry.objects.exists()


def test_a_checked_figure_says_who_checked_it_and_who_approves(specialist: Client, checked: Document):
    page = shown(specialist, address(checked, "?so=1"))
    assert "<dt>Kiểm tra</dt><dd>Chuyên viên tổng hợp, " in page
    assert "trưởng phòng, phó giám đốc hoặc giám đốc" in page
    assert "so/1/lay-lai/" in page
    assert "so/1/duyet/" not in page
    assert "Duyệt 2 số" not in page


def test_an_approver_finds_the_button_approves_one_and_comes_to_the_next(head: Client, checked: Document):
    page = shown(head, address(checked, "?so=1"))
    assert re.search(r'<a class="btn main"[^>]*>Duyệt 2 số</a>', page)
    assert re.search(r'<a class="btn"[^>]*>Nhận 1 số không có nghi ngờ</a>', page)
    answer = head.post(address(checked, "so/1/duyet/"), headers=HTMX).content.decode()
    assert 'class="fig is-good" id="so-1"' in answer
    assert re.search(r'<li class="fig open is-half" id="so-2"[^>]*hx-swap-oob="true"', answer)
    assert states(checked) == ["accepted", "checked", "waiting"]


def test_approving_all_asks_first(head: Client, checked: Document):
    assert head.get(address(checked, "duyet-het/")).headers["Location"] == address(checked, "?hoi=duyet-het")
    assert "Duyệt 2 số vào sổ?" in shown(head, address(checked, "?hoi=duyet-het"))
    assert "Duyệt 2 số vào sổ?" in head.get(address(checked, "duyet-het/"), headers=HTMX).content.decode()
    assert "2 số vào sổ." in head.post(address(checked, "duyet-het/"), follow=True).content.decode()
    assert states(checked) == ["accepted", "accepted", "waiting"]


def test_a_returned_figure_shows_its_remark_until_it_is_approved(head: Client, specialist: Client, checked: Document):
    refused = head.post(address(checked, "so/1/tra-lai/"), {"y-kien": " "}, headers=HTMX).content.decode()
    assert "Hãy ghi vì sao trả lại" in refused
    head.post(address(checked, "so/1/tra-lai/"), {"y-kien": "Xem lại <kỳ>"}, headers=HTMX)
    page = shown(specialist, address(checked, "?so=1"))
    assert '<b>Trả lại:</b> <span lang="vi">Xem lại &lt;kỳ&gt;</span>' in page
    specialist.post(address(checked, "so/1/sua/"), {"period": "năm 2020", "nhan": "1"}, headers=HTMX)
    assert states(checked) == ["checked", "checked", "waiting"]
    assert "<b>Trả lại:</b>" in shown(head, address(checked, "?so=1"))
    head.post(address(checked, "so/1/duyet/"), headers=HTMX)
    assert "<b>Trả lại:</b>" not in shown(head, address(checked, "?so=1"))
    assert Entry.objects.get().period == "2020"


def test_a_checker_takes_a_figure_back(specialist: Client, checked: Document):
    specialist.post(address(checked, "so/1/lay-lai/"), headers=HTMX)
    assert states(checked)[0] == "waiting"


def test_who_may_not_approve_is_refused(cast: Cast, specialist: Client, checked: Document):
    for act in ("so/1/duyet/", "so/1/tra-lai/", "duyet-het/"):
        assert specialist.post(address(checked, act), {"y-kien": "x"}).status_code == 403
        assert cast.client(cast.clerk).post(address(checked, act)).status_code == 403
    assert cast.client(cast.clerk).post(address(checked, "so/1/lay-lai/")).status_code == 403
    assert states(checked) == ["checked", "checked", "waiting"]


def test_the_first_page_and_the_list_count_what_waits_for_whom(
    cast: Cast, head: Client, specialist: Client, checked: Document
):
    for page in (shown(head, "/"), shown(head, "/van-ban/")):
        assert "2 số</b> chờ anh/chị duyệt." in page
    assert "Duyệt số đang chờ" in shown(head, "/")
    assert "2 chờ duyệt" in shown(specialist, "/van-ban/")
    assert "chờ anh/chị duyệt" not in shown(specialist, "/")
    actions.send_back(cast.head, checked.figures.get(ordinal=1), "sai")
    assert "1 số bị trả lại." in shown(specialist, "/")


def test_a_document_that_waits_for_approval_is_on_the_first_page_however_old(cast: Cast, checked: Document):
    actions.accept(cast.specialist, checked.figures.get(ordinal=3))
    for _ in range(9):
        build.document(cast.specialist)
    assert f"/van-ban/{checked.uuid}/" in shown(cast.client(cast.head), "/")


def test_an_entry_says_who_may_change_it_to_those_who_may_not(cast: Cast, head: Client, specialist: Client):
    entry = actions.accept(cast.head, build.figure(cast.specialist))
    where = f"/so-lieu/but-toan/{entry.uuid}/"
    assert "Thay bằng số khác" in shown(head, where)
    page = shown(specialist, where)
    assert "Thay bằng số khác" not in page
    assert "Thay hoặc rút số này: trưởng phòng, phó giám đốc hoặc giám đốc" in page


def test_the_history_of_an_entry_names_who_checked_and_who_approved(cast: Cast, head: Client, checked: Document):
    entry = actions.approve(cast.head, checked.figures.get(ordinal=1))
    page = shown(head, f"/so-lieu/but-toan/{entry.uuid}/")
    assert '<span>Trưởng phòng<span class="sub">Chuyên viên tổng hợp kiểm tra</span></span>' in page


def test_the_page_that_an_approver_looked_at_does_not_approve_what_was_checked_since(
    cast: Cast, head: Client, checked: Document
):
    told = re.search(r'name="luc" value="([^"]+)"', shown(head, address(checked, "?so=1")))
    assert told
    figure = checked.figures.get(ordinal=1)
    actions.correct(cast.specialist, figure, period="2020")
    actions.accept(cast.specialist, figure)
    answer = head.post(address(checked, "so/1/duyet/"), {"luc": told[1]}, headers=HTMX).content.decode()
    assert "vừa được kiểm tra lại" in answer
    assert not Entry.objects.exists()
    head.post(address(checked, "so/2/duyet/"), {"luc": "không phải lúc"}, headers=HTMX)
    assert Entry.objects.count() == 1

# SPDX-License-Identifier: Apache-2.0
"""The first page, the scoreboard, search and help."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bamsat.rooms.figures import actions
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.specialist)


def shown(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


def accepted(cast: Cast) -> None:
    document = build.document(cast.specialist, [stated("5300000000000"), growth("12.77"), plan_ratio("110.4")])
    for figure in document.figures.all():
        actions.accept(cast.head, figure)


def test_the_first_page_says_what_waits(cast: Cast, client: Client):
    assert "Chưa có văn bản nào." in shown(client, "/")
    build.document(cast.specialist, [stated(1), stated(2, doubt="hai nghĩa")], title="Báo cáo năm")
    page = shown(client, "/")
    assert "<b>1 văn bản</b> còn 2 số chưa xem. 1 số máy chưa chắc." in page
    assert re.search(r'aria-current="page">Tháng này', page)
    assert re.search(r'Văn bản <span class="n">1<', page)


def test_the_side_bar_has_no_dead_entries(client: Client):
    page = shown(client, "/")
    for address in re.findall(r'<nav class="nav".*?</nav>', page)[0].split('href="')[1:]:
        assert client.get(address.split('"')[0]).status_code == 200


def test_the_scoreboard_says_the_conclusion_and_each_number_leads_on(cast: Cast, client: Client):
    assert "Chưa có số nào trong sổ." in shown(client, "/bang-diem/")
    accepted(cast)
    page = shown(client, "/bang-diem/")
    assert "Vượt kế hoạch: Giá trị sản xuất công nghiệp." in page
    for number in ("5.300", "+12,77%", "110,4%"):
        found = re.search(rf'href="(/so-lieu/but-toan/[^"]+)"[^>]*>{re.escape(number)}', page)
        assert found, number
        assert client.get(found[1]).status_code == 200
    assert 'aria-label="110,4 phần trăm kế hoạch"' in page


def test_place_and_period_are_chosen_and_the_place_is_remembered(cast: Cast, client: Client):
    accepted(cast)
    assert client.get("/bang-diem/?noi=cao-bang&ky=2021").status_code == 200
    assert "Chưa có số nào của kỳ này." in shown(client, "/bang-diem/?noi=cao-bang&ky=2015")
    assert client.get("/bang-diem/?noi=cao-bang&ky=mua-xuan").status_code == 404
    assert client.get("/bang-diem/?noi=lang-son").status_code == 404
    assert client.session["place"] == "cao-bang"


def test_another_office_sees_nothing_of_it(cast: Cast):
    accepted(cast)
    elsewhere = cast.client(cast.specialist_elsewhere)
    assert "Chưa có số nào trong sổ." in shown(elsewhere, "/bang-diem/")
    assert "5.300" not in shown(elsewhere, "/")
    assert "/so-lieu/industrial_output" not in shown(elsewhere, "/tim/?tim=công nghiệp")


def test_search_finds_with_and_without_tones(cast: Cast, client: Client):
    accepted(cast)
    for typed in ("công nghiệp", "cong nghiep", "CAO BẰNG"):
        assert "/so-lieu/industrial_output/cao-bang/" in shown(client, f"/tim/?tim={typed}")
    lines = client.get("/tim/?tim=cong nghiep", headers={"hx-request": "true"}).content.decode()
    assert 'role="option"' in lines
    assert "<mark>công</mark>" in lines
    assert "Không thấy." in shown(client, "/tim/?tim=qqqq")
    assert client.get("/tim/").status_code == 200


def test_suggestions_offer_a_new_name_last(client: Client):
    lines = client.get("/danh-muc/goi-y/?tim=kim ngach&ho=product").content.decode()
    assert lines.index('data-code="exports"') < lines.index('data-code="product:kim ngach"')
    assert "product:kim ngạch xuất khẩu" not in client.get("/danh-muc/goi-y/?tim=kim ngạch xuất khẩu").content.decode()


def test_help_shows_every_function_with_its_screen_or_not_yet(client: Client):
    page = shown(client, "/tro-giup/")
    assert page.count('<tr><th scope="row">') == 151
    assert "chưa có" in page
    for address in set(re.findall(r'<td><a href="([^"]+)"', page)):
        assert client.get(address).status_code == 200, address
    assert Client().get("/tro-giup/").status_code == 200


def test_a_lost_page_says_so_with_a_request_number(client: Client):
    answer = client.get("/khong-co/")
    assert answer.status_code == 404
    assert answer.headers["X-Request-Id"] in answer.content.decode()
    client.cookies["django_language"] = "en"
    assert "There is no such page" in client.get("/khong-co/").content.decode()

# SPDX-License-Identifier: Apache-2.0
"""Places on a map: every province once, the boundary named, the archipelagos always, nothing of what is not seen."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bamsat.rooms.places.models import Kind, Place, Role
from tests import build
from tests.build import role
from tests.cast import Cast
from tests.rooms.scoreboard.beside import months, plan, recorded

pytestmark = pytest.mark.django_db

HERE = "/bang-diem/ban-do/"


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def shown(client: Client, query: str) -> str:
    answer = client.get(f"{HERE}?{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def title_of(page: str, place: str) -> str:
    found = re.search(rf"<title>({re.escape(place)}: [^<]+)</title>", page)
    assert found, place
    return found[1]


def of_provinces(cast: Cast, year: int) -> Client:
    for area, value in (("Cao Bằng", 10), ("Lạng Sơn", 918_273), ("Thái Bình", 7)):
        recorded(cast.administrator, months(area, year, [value]))
    recorded(cast.administrator, [plan("Cao Bằng", year, 40)])
    return cast.client(cast.administrator)


@pytest.mark.parametrize(
    ("year", "provinces", "boundary"), [(2021, 63, "trước 01/07/2025"), (2026, 34, "từ 01/07/2025")]
)
def test_a_map_of_the_country_has_the_provinces_of_its_period(cast: Cast, year: int, provinces: int, boundary: str):
    for area, value in (("Cao Bằng", 10), ("Lạng Sơn", 20)):
        recorded(cast.administrator, months(area, year, [value]))
    page = shown(cast.client(cast.administrator), f"noi=cao-bang&ky={year}-01&cap=cung-cap&theo=gia-tri")
    land = page[page.index('class="ch land"') : page.index('class="ch over"')]
    assert land.count("<path ") == provinces
    assert f"Địa giới {boundary}" in page


def test_the_two_archipelagos_stand_on_every_map_of_the_country(cast: Cast):
    client = of_provinces(cast, 2021)
    for query in ("theo=gia-tri", "theo=trang-thai", "theo=tang-truong&dia-gioi=nay"):
        page = shown(client, f"noi=cao-bang&ky=2021-01&cap=cung-cap&{query}")
        assert "Hoàng Sa (Đà Nẵng)" in page
        assert "Trường Sa (Khánh Hòa)" in page


def test_each_outline_leads_on_and_says_place_value_and_state(cast: Cast):
    page = shown(of_provinces(cast, 2021), "noi=cao-bang&ky=2021-01&cap=cung-cap&theo=gia-tri")
    assert title_of(page, "Cao Bằng") == "Cao Bằng: 10. Đang chạy"
    assert title_of(page, "Hà Nội") == "Hà Nội: chưa có số. Chưa có kế hoạch"
    assert re.search(r'<a href="/so-lieu/industrial_output/cao-bang/\?ky=2021-01" tabindex="-1">', page)
    assert re.search(r'class="here"><th scope="row"><a href="/so-lieu/industrial_output/cao-bang/', page)
    assert re.search(r'<path class="k\d on"', page)


def test_a_province_that_is_not_the_users_has_no_number(cast: Cast):
    of_provinces(cast, 2021)
    user = role(cast.specialist, "thai-binh", Role.READER)
    page = shown(cast.client(user), "noi=cao-bang&ky=2021-01&cap=cung-cap&theo=gia-tri")
    assert title_of(page, "Lạng Sơn") == "Lạng Sơn: không thuộc quyền xem"
    assert "918.273" not in page
    assert "lang-son" not in page


def test_classes_are_told_in_words_and_what_has_no_number_is_hatched(cast: Cast):
    page = shown(of_provinces(cast, 2021), "noi=cao-bang&ky=2021-01&cap=cung-cap&theo=gia-tri")
    assert "trở lên tỷ đồng" in page
    assert "dưới" in page
    assert 'class="nil"' in page


def test_old_periods_are_shown_on_the_boundaries_of_today_when_asked(cast: Cast):
    recorded(cast.administrator, [
        *months("Hà Giang", 2021, [10]), *months("Tuyên Quang", 2021, [20]), *months("Cao Bằng", 2021, [5]),
    ])  # fmt: skip
    page = shown(cast.client(cast.administrator), "noi=cao-bang&ky=2021-01&cap=cung-cap&theo=gia-tri&dia-gioi=nay")
    assert title_of(page, "Tuyên Quang").startswith("Tuyên Quang: 30.")
    assert "Hà Giang:" not in page
    assert "Số của nơi đã đổi địa giới được quy đổi" in page


def test_communes_are_marks_over_the_outline_of_their_province(cast: Cast):
    for slug, name, at in (
        ("xa-nha", "Xã Nhà", (22.6, 106.2)),
        ("xa-ben", "Xã Bên", None),
        ("xa-ba", "Xã Ba", (22.8, 106)),
    ):
        place = cast._below(slug, Kind.COMMUNE, name, cast.home)
        if at:
            Place.objects.filter(pk=place.pk).update(latitude=at[0], longitude=at[1])
    recorded(cast.head, [*months("Xã Nhà", 2026, [10]), *months("Xã Bên", 2026, [9])])
    page = shown(cast.client(cast.specialist), "noi=cao-bang&ky=2026-01&theo=gia-tri")
    land = page[page.index('class="ch land"') : page.index('class="ch over"')]
    assert land.count("<path ") == 1
    assert title_of(page, "Xã Nhà").startswith("Xã Nhà: 10.")
    assert title_of(page, "Xã Ba") == "Xã Ba: chưa có số. Chưa có kế hoạch"
    assert "1 nơi chưa có tọa độ, chỉ có trong bảng." in page


def test_an_island_far_from_its_province_stands_in_a_box_of_its_own(cast: Cast):
    home = Place.objects.get(kind=Kind.PROVINCE, versions__code="48", ended=None)
    for slug, name, at in (("p-1", "Phường Một", (16.06, 108.2)), ("p-2", "Phường Hai", (16.05, 108.1))):
        place = cast._below(slug, Kind.COMMUNE, name, home)
        Place.objects.filter(pk=place.pk).update(latitude=at[0], longitude=at[1])
    recorded(cast.administrator, [*months("Phường Một", 2026, [10]), *months("Phường Hai", 2026, [9])])
    page = shown(cast.client(cast.administrator), f"noi={home.slug}&ky=2026-01&theo=gia-tri")
    apart = page[page.index('class="apart"') :]
    assert "Hoàng Sa" in apart


def test_states_are_shapes_with_their_words_beside(cast: Cast):
    page = shown(of_provinces(cast, 2021), "noi=cao-bang&ky=2021&cap=cung-cap&theo=trang-thai")
    assert 'href="#m-' in page
    assert "Đang chạy" in page


def test_nothing_to_lay_side_by_side_says_what_to_do(cast: Cast):
    recorded(cast.head, months("Cao Bằng", 2021, [10]))
    page = shown(cast.client(cast.specialist), "noi=cao-bang")
    assert "Hãy chọn địa bàn khác hoặc kỳ khác ở trên" in page

# SPDX-License-Identifier: Apache-2.0
"""Places are ranked by one indicator: ties share a rank, what cannot be compared is said, nothing leaks."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bamsat.rooms.places.models import Kind, Role
from bamsat.rooms.scoreboard.places.standings import ranks_of
from tests import build
from tests.build import growth, role
from tests.cast import Cast
from tests.rooms.scoreboard.beside import months, plan, recorded

HERE = "/bang-diem/xep-hang/"


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()
    assert cast.commune.pk
    assert cast.other_commune.pk
    assert cast._below("xa-ba", Kind.COMMUNE, "Xã Ba", cast.home).pk


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.specialist)


def shown(client: Client, query: str) -> str:
    answer = client.get(f"{HERE}?{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def ranks(page: str) -> list[tuple[str, str]]:
    """Rank and place of each row."""
    rows = re.findall(r'<b>(\d+)</b></td><th scope="row"><a [^>]*>([^<]+)</a>', page)
    return [(rank, place) for rank, place in rows]


@pytest.mark.django_db
def test_communes_are_ranked_by_what_they_did_to_date_and_equal_ones_share_a_rank(cast: Cast, client: Client):
    recorded(cast.head, [
        *months("Xã Nhà", 2021, [10, 20]), *months("Xã Bên", 2021, [15, 15]), *months("Xã Ba", 2021, [5, 5]),
    ])  # fmt: skip
    page = shown(client, "noi=cao-bang&ky=2021-02&theo=gia-tri")
    assert ranks(page) == [("1", "Xã Bên"), ("1", "Xã Nhà"), ("3", "Xã Ba")]
    assert "Đứng đầu: Xã Bên; đứng cuối: Xã Ba." in page


@pytest.mark.django_db
def test_without_any_growth_to_tell_places_stand_by_their_values_unless_growth_was_asked_for(
    cast: Cast, client: Client
):
    recorded(cast.head, [*months("Xã Nhà", 2021, [10, 20]), *months("Xã Bên", 2021, [15, 25])])
    assert ranks(shown(client, "noi=cao-bang&ky=2021-02")) == [("1", "Xã Bên"), ("2", "Xã Nhà")]
    assert ranks(shown(client, "noi=cao-bang&ky=2021-02&theo=tang-truong")) == []


@pytest.mark.django_db
def test_who_lacks_a_month_stands_apart_with_the_reason(cast: Cast, client: Client):
    recorded(cast.head, [*months("Xã Nhà", 2021, [10, 20]), *months("Xã Bên", 2021, [None, 15])])
    page = shown(client, "noi=cao-bang&ky=2021-02&theo=gia-tri")
    assert ranks(page) == [("1", "Xã Nhà")]
    apart = page[page.index('id="khong-xep"') :]
    assert "Còn thiếu số của một số tháng" in apart
    assert "Xã Ba" in apart
    assert "2 nơi không xếp được." in page


@pytest.mark.django_db
def test_growth_is_to_date_and_the_rank_of_the_year_before_is_told_in_words(cast: Cast, client: Client):
    recorded(cast.head, [
        *months("Xã Nhà", 2019, [10, 10]), *months("Xã Nhà", 2020, [10, 12]), *months("Xã Nhà", 2021, [20, 20]),
        *months("Xã Bên", 2019, [10, 10]), *months("Xã Bên", 2020, [20, 20]), *months("Xã Bên", 2021, [22, 22]),
    ])  # fmt: skip
    page = shown(client, "noi=cao-bang&ky=2021-02&theo=tang-truong")
    assert ranks(page) == [("1", "Xã Nhà"), ("2", "Xã Bên")]
    assert "+81,82%" in page
    assert "lên 1 bậc" in page
    assert "xuống 1 bậc" in page


@pytest.mark.django_db
def test_what_a_report_states_of_growth_comes_before_what_is_computed(cast: Cast, client: Client):
    recorded(cast.head, [
        *months("Xã Nhà", 2020, [10]), *months("Xã Nhà", 2021, [20]), *months("Xã Bên", 2021, [5]),
        growth("7.5", area="Xã Bên", period="2021-01", base="2020-01"),
    ])  # fmt: skip
    page = shown(client, "noi=cao-bang&ky=2021-01&theo=tang-truong")
    assert ranks(page) == [("1", "Xã Nhà"), ("2", "Xã Bên")]
    assert "+7,5%" in page


@pytest.mark.django_db
def test_contributions_say_of_which_whole_they_are(cast: Cast, client: Client):
    recorded(cast.head, [
        *months("Xã Nhà", 2020, [60]), *months("Xã Nhà", 2021, [70]),
        *months("Xã Bên", 2020, [40]), *months("Xã Bên", 2021, [44]),
    ])  # fmt: skip
    page = shown(client, "noi=cao-bang&ky=2021-01&theo=dong-gop")
    assert ranks(page) == [("1", "Xã Nhà"), ("2", "Xã Bên")]
    assert "đóng góp tính trên tổng các nơi có đủ số hai năm" in page
    recorded(cast.head, [*months("Cao Bằng", 2020, [200]), *months("Cao Bằng", 2021, [220])])
    page = shown(client, "noi=cao-bang&ky=2021-01&theo=dong-gop")
    assert "đóng góp tính trên tổng" not in page
    assert "<b>+5</b>" in page


@pytest.mark.django_db
def test_plan_ratios_rank_and_without_any_plan_the_page_says_what_to_do(cast: Cast, client: Client):
    recorded(cast.head, [*months("Xã Nhà", 2021, [10]), *months("Xã Bên", 2021, [10])])
    page = shown(client, "noi=cao-bang&ky=2021-01&theo=ke-hoach")
    assert "Chưa nơi nào có số để xếp." in page
    recorded(cast.head, [plan("Xã Nhà", 2021, 100), plan("Xã Bên", 2021, 50)])
    page = shown(client, "noi=cao-bang&ky=2021-01&theo=ke-hoach")
    assert ranks(page) == [("1", "Xã Bên"), ("2", "Xã Nhà")]


@pytest.mark.django_db
def test_two_price_bases_are_never_ranked_together(cast: Cast, client: Client):
    constant = {"price_basis": "constant:2010"}
    recorded(cast.head, [
        *months("Xã Nhà", 2021, [10], **constant), *months("Xã Ba", 2021, [11], **constant),
        *months("Xã Bên", 2021, [90], price_basis="current"),
    ])  # fmt: skip
    page = shown(client, "noi=cao-bang&ky=2021-01&theo=gia-tri")
    assert ranks(page) == [("1", "Xã Ba"), ("2", "Xã Nhà")]
    assert "Không xếp lẫn giá, đơn vị hoặc nguồn số liệu khác nhau." in page
    page = shown(client, "noi=cao-bang&ky=2021-01&theo=gia-tri&gia=current")
    assert ranks(page) == [("1", "Xã Bên")]


@pytest.mark.django_db
def test_prices_that_nobody_named_are_said_to_be_unnamed(cast: Cast, client: Client):
    recorded(cast.head, [*months("Xã Nhà", 2021, [10]), *months("Xã Bên", 2021, [9])])
    assert "không nêu giá hiện hành hay giá so sánh" in shown(client, "noi=cao-bang&ky=2021-01&theo=gia-tri")


@pytest.mark.django_db
def test_a_province_is_ranked_only_for_who_sees_several(cast: Cast):
    for area, value in (("Cao Bằng", 10), ("Lạng Sơn", 918_273)):
        recorded(cast.administrator, months(area, 2021, [value]))
    alone = shown(cast.client(cast.specialist), "noi=cao-bang&ky=2021-01&cap=cung-cap&theo=gia-tri")
    assert "918.273" not in alone
    assert "Không có hai nơi nào cùng có số" in alone
    both = role(cast.specialist, "lang-son", Role.READER)
    page = shown(cast.client(both), "noi=cao-bang&ky=2021-01&cap=cung-cap&theo=gia-tri")
    assert ranks(page) == [("1", "Lạng Sơn"), ("2", "Cao Bằng")]


@pytest.mark.django_db
def test_merged_provinces_are_ranked_on_one_boundary(cast: Cast):
    """Growth of the province of today counts what it was made of a year before, and a year in which both stood."""
    recorded(cast.administrator, [
        *months("Hà Giang", 2024, [10] * 12), *months("Tuyên Quang", 2024, [20] * 12),
        *months("Hà Giang", 2025, [10] * 6), *months("Tuyên Quang", 2025, [20] * 6),
        *(one for one in months("Tuyên Quang", 2025, [None] * 6 + [33] * 3)),
        *months("Cao Bằng", 2024, [10] * 12), *months("Cao Bằng", 2025, [10] * 9),
    ])  # fmt: skip
    page = shown(cast.client(cast.administrator), "noi=cao-bang&ky=2025-09&cap=cung-cap&theo=gia-tri")
    assert ranks(page) == [("1", "Tuyên Quang"), ("2", "Cao Bằng")]
    assert "<b>279</b>" in page  # 6 × 30 + 3 × 33
    assert "Số của nơi đã đổi địa giới được quy đổi" in page
    assert "+3,33%" in page


@pytest.mark.django_db
def test_a_ranking_is_as_it_was_known_on_a_day(cast: Cast, client: Client):
    recorded(cast.head, [*months("Xã Nhà", 2021, [10]), *months("Xã Bên", 2021, [9])])
    assert "Không có hai nơi nào cùng có số" in shown(client, "noi=cao-bang&ky=2021-01&biet=2020-01-01")


@pytest.mark.django_db
def test_the_page_is_of_who_may_see_figures(cast: Cast):
    assert Client().get(HERE).status_code == 302
    assert cast.client(cast.newcomer).get(HERE).status_code in (200, 403)


@given(st.dictionaries(st.integers(1, 99), st.integers(-9, 9).map(Decimal), max_size=30), st.booleans())
def test_a_rank_is_one_more_than_how_many_stand_before(numbers: dict[int, Decimal], low_first: bool):
    told = ranks_of(numbers, low_first)
    for key, number in numbers.items():
        before = [other for other in numbers.values() if (other < number if low_first else other > number)]
        assert told[key] == len(before) + 1


def test_a_place_that_will_probably_miss_its_plan_is_at_risk_in_the_ranking_too(cast: Cast):
    assert cast.commune
    recorded(cast.administrator, [*months("Xã Nhà", 2021, [10] * 9), plan("Xã Nhà", 2021, 300)])
    page = shown(cast.client(cast.administrator), "noi=cao-bang&ky=2021-09&theo=gia-tri")
    assert "Nguy cơ" in page

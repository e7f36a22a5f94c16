# SPDX-License-Identifier: Apache-2.0
"""Small charts: a year beside the year before and the pace of its plan; what lacks is said and never bridged."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bamsat.rooms.places.queries import place_named
from bamsat.rooms.scoreboard.months import at_ends, cumulated
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast
from tests.rooms.scoreboard.beside import BILLION, months, plan, recorded

HERE = "/bang-diem/bieu-do/"


@pytest.fixture
def client(cast: Cast) -> Client:
    build.catalogue()
    return cast.client(cast.specialist)


def shown(client: Client, query: str) -> str:
    answer = client.get(f"{HERE}?{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def label(page: str) -> str:
    found = re.search(r'role="img" aria-label="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.django_db
def test_a_chart_says_what_it_shows_and_leads_to_its_series(cast: Cast, client: Client):
    recorded(cast.head, [
        *months("Cao Bằng", 2020, [10] * 12), *months("Cao Bằng", 2021, [12] * 3), plan("Cao Bằng", 2021, 150),
    ])  # fmt: skip
    page = shown(client, "noi=cao-bang&ky=2021-03")
    assert label(page) == ("Giá trị sản xuất công nghiệp: Quý I/2021: 36 tỷ đồng; cùng kỳ 30 (+20%); kế hoạch năm 150")
    assert '<h2><a href="/so-lieu/industrial_output/cao-bang/">Giá trị sản xuất công nghiệp</a></h2>' in page
    for part in ("line", "l-past", "l-pace"):
        assert f'<path class="{part}"' in page


@pytest.mark.django_db
def test_a_missing_month_is_a_gap_and_the_sum_is_not_told(cast: Cast, client: Client):
    recorded(cast.head, months("Cao Bằng", 2021, [12, None, 12, 12]))
    page = shown(client, "noi=cao-bang&ky=2021-04")
    assert "còn thiếu tháng 2/2021: chưa cộng được lũy kế" in page
    assert 'class="gap"' in page
    assert "Tháng 1/2021: 12 tỷ đồng" in page


@pytest.mark.django_db
def test_years_alone_are_bars(cast: Cast, client: Client):
    recorded(cast.head, [stated(5300 * BILLION), growth("12.77"), plan_ratio("110.4")])
    page = shown(client, "noi=cao-bang&ky=2021")
    assert re.search(r'<rect class="bar" ', page)
    assert "so với cùng kỳ +12,77%" in label(page)


@pytest.mark.django_db
def test_the_numbers_of_the_charts_stand_in_a_table(cast: Cast, client: Client):
    recorded(cast.head, months("Cao Bằng", 2021, [12, 13]))
    page = shown(client, "noi=cao-bang&ky=2021-02")
    table = page[page.index("Số của các biểu đồ") :]
    assert '<td class="num">12</td><td class="num">25</td>' in table


@pytest.mark.django_db
def test_the_pace_follows_the_usual_year(cast: Cast, client: Client):
    """Half of last year was done in January: half of the plan should be."""
    recorded(cast.head, [
        *months("Cao Bằng", 2020, [11] + [1] * 11), *months("Cao Bằng", 2021, [12]), plan("Cao Bằng", 2021, 44),
    ])  # fmt: skip
    page = shown(client, "noi=cao-bang&ky=2021-01")
    assert '<th scope="row">nhịp KH</th><td class="num">22</td>' in page


@pytest.mark.django_db
def test_merged_places_have_last_years_months_restated(cast: Cast):
    build.catalogue()
    recorded(cast.administrator, [
        *months("Hà Giang", 2025, [10] * 6), *months("Tuyên Quang", 2025, [20] * 6),
        *months("Tuyên Quang", 2026, [36] * 6),
    ])  # fmt: skip
    place = place_named("Tuyên Quang")
    assert place
    page = shown(cast.client(cast.administrator), f"noi={place.slug}&ky=2026-06")
    assert "cùng kỳ 180 (+20%)" in page


@pytest.mark.django_db
def test_a_chart_is_as_it_was_known_on_a_day(cast: Cast, client: Client):
    recorded(cast.head, months("Cao Bằng", 2021, [12]))
    assert "Chưa có số nào của kỳ này." in shown(client, "noi=cao-bang&ky=2021-01&biet=2020-01-01")


@pytest.mark.django_db
def test_another_office_sees_nothing_of_it(cast: Cast, client: Client):
    recorded(cast.head, months("Cao Bằng", 2021, [918_273]))
    assert "918.273" not in shown(cast.client(cast.specialist_elsewhere), "ky=2021-01")
    assert cast.client(cast.specialist_elsewhere).get(f"{HERE}?noi=cao-bang").status_code == 404


MONTHS = st.dictionaries(st.integers(1, 12), st.integers(-99, 99).map(Decimal))


@given(MONTHS)
def test_what_is_cumulated_is_the_sum_of_all_months_before_or_nothing(values: dict[int, Decimal]):
    first = 2020 * 12
    told = cumulated({(first + month - 1, first + month - 1): value for month, value in values.items()}, 2020)
    for month in range(1, 13):
        parts = [values.get(each) for each in range(1, month + 1)]
        assert told[month - 1] == (None if None in parts else sum(filter(None, parts), Decimal(0)))


@given(MONTHS)
def test_a_stock_stands_where_it_was_told(values: dict[int, Decimal]):
    first = 2020 * 12
    told = at_ends({(first, first + month - 1): value for month, value in values.items()}, 2020)
    assert {month: value for month, value in enumerate(told, start=1) if value is not None} == values

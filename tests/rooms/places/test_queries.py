# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from bamsat.rooms.places.models import Kind, Place, PlaceVersion
from bamsat.rooms.places.queries import home_places, name_on, place_named
from bamsat.rooms.places.shipped import load_places
from tests.build import place, role
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "on", "slug"),
    [
        ("Cao Bằng", None, "cao-bang"),
        ("tỉnh Cao Bằng", date(2021, 12, 28), "cao-bang"),
        ("CAO BẰNG", None, "cao-bang"),
        ("cao bang", None, "cao-bang"),
        ("Thái Bình", date(2020, 12, 28), "thai-binh"),
        ("Hưng Yên", date(2021, 1, 1), "hung-yen-den-2025"),
        ("Hưng Yên", date(2026, 1, 1), "hung-yen"),
        ("Hưng Yên", None, "hung-yen"),
        ("TP. Hồ Chí Minh", date(2020, 1, 1), "thanh-pho-ho-chi-minh-den-2025"),
        ("Bà Rịa–Vũng Tàu", None, "ba-ria-vung-tau"),
        ("Bà Rịa-Vũng Tàu", None, "ba-ria-vung-tau"),
        ("cả nước", None, "viet-nam"),
        ("huyện Hòa An", date(2021, 1, 1), "huyen-hoa-an-051-den-2025"),
        ("Hoà An", date(2021, 1, 1), "huyen-hoa-an-051-den-2025"),
    ],
)
def test_a_name_means_the_place_that_bore_it_on_that_day(cast: Cast, text: str, on: date | None, slug: str) -> None:
    found = place_named(text, on)
    assert found is not None
    assert found.slug == slug


def test_a_city_below_a_province_is_not_the_province_of_that_name(cast: Cast) -> None:
    province = place_named("Hà Giang", date(2021, 1, 1))
    city = place_named("thành phố Hà Giang", date(2021, 1, 1))
    assert province is not None
    assert city is not None
    assert (province.kind, city.kind) == (Kind.PROVINCE, Kind.DISTRICT)


@pytest.mark.parametrize("text", ["", "Xứ Lạ", "Châu Thành"])
def test_a_name_that_nobody_or_several_bear_means_no_place(cast: Cast, text: str) -> None:
    assert place_named(text, date(2021, 1, 1)) is None


def test_a_name_of_before_the_shipped_dates_still_means_its_place(cast: Cast) -> None:
    found = place_named("Thái Bình", date(2005, 12, 28))
    assert found is not None
    assert found.slug == "thai-binh"


def test_a_place_is_called_by_its_name_of_the_day(cast: Cast) -> None:
    renamed = Place.objects.create(slug="cho-moi", kind="market", name="Chợ Trung tâm")
    PlaceVersion.objects.create(place=renamed, name="Chợ Xanh", valid_to=date(2020, 1, 1))
    PlaceVersion.objects.create(place=renamed, name="Chợ Trung tâm", valid_from=date(2020, 1, 1))
    assert name_on(renamed, date(2019, 5, 1)) == "Chợ Xanh"
    assert name_on(renamed, date(2021, 5, 1)) == "Chợ Trung tâm"


def test_home_is_where_the_roles_are_the_highest_first(cast: Cast) -> None:
    user = role(cast.newcomer, "huyen-hoa-an-051-den-2025")
    role(user, "cao-bang")
    assert [each.slug for each in home_places(user)] == ["cao-bang", "huyen-hoa-an-051-den-2025"]


def test_loading_again_adds_nothing_and_keeps_what_an_administrator_added(cast: Cast) -> None:
    Place.objects.create(slug="cho-xanh", kind="market", name="Chợ Xanh")
    before = Place.objects.count()
    assert load_places(communes=False)["added"] == 0
    assert Place.objects.count() == before


def test_34_provinces_stand_today_and_63_stood_in_2024(cast: Cast) -> None:
    provinces = PlaceVersion.objects.filter(place__kind=Kind.PROVINCE)
    standing = [sum(version.holds_on(day) for version in provinces) for day in (date(2024, 6, 1), date(2025, 7, 1))]
    assert standing == [63, 34]
    assert place("thai-binh").successors.get().new == place("hung-yen")

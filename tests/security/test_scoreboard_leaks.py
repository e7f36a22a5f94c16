# SPDX-License-Identifier: Apache-2.0
"""The ways of looking at the scoreboard tell nobody of places, indicators or words that are not theirs."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from bamsat.core.compare import expressions
from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.figures.actions import accept
from bamsat.rooms.figures.compared import compared, observations, series_rows
from bamsat.rooms.figures.models import Series
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.actions_register import Facility, add_place
from bamsat.rooms.places.models import Place, Role
from tests import build
from tests.cast import Cast

BY = ("gia-tri", "tang-truong", "ke-hoach", "dong-gop", "trang-thai")
SIDE_BY_SIDE = [
    f"/bang-diem/{way}/?chi-tieu=industrial_output&ky=2021&theo={by}" for way in ("xep-hang", "ban-do") for by in BY
]


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def told(cast: Cast, value: int, area: str = "Cao Bằng", period: str = "2021", indicator: str = "industrial_output"):
    stated = build.stated(value, area=area, period=period, indicator=indicator)
    return accept(cast.administrator, build.figure(cast.administrator, stated))


def field(*codes: str) -> IndicatorSet:
    made = IndicatorSet.objects.create(code="-".join(codes)[:40] or "trong", name_vi="Lĩnh vực")
    for at, code in enumerate(codes):
        SetMember.objects.create(set=made, indicator=Indicator.objects.get(code=code), order=at)
    return made


def person(*places: Place, role: str = Role.READER, sets: tuple[IndicatorSet, ...] = ()) -> User:
    user = accounts.create_user(f"nguoi-{User.objects.count()}", "Người xem", password="mat-khau-thu")
    for place in places:
        give_role(None, user, place, role, sets=sets)
    return user


def page(client: Client, address: str, **asked: str) -> str:
    answer = client.get(address, asked or None)
    assert answer.status_code == 200, (address, asked)
    return answer.content.decode()


def numbers(text: str) -> list[str]:
    return re.findall(r"7[.,]?317|6[.,]?113", text)


# Places.


@pytest.fixture
def neighbours(cast: Cast) -> Cast:
    """Two communes that the user sees, one that is not theirs, and the province's own number."""
    assert cast.commune.pk != cast.other_commune.pk
    third = cast._below("xa-kin", "commune", "Xã Kín", cast.home)
    for area, then, now in (("Xã Nhà", 10, 12), ("Xã Bên", 20, 21), (third.name, 6_113, 7_317)):
        told(cast, now, area)
        told(cast, then, area, "2020")
    told(cast, 7_317 + 33)
    told(cast, 6_113 + 30, period="2020")
    return cast


def test_places_beside_ones_own_are_neither_counted_ranked_nor_summed(neighbours: Cast):
    client = neighbours.client(person(neighbours.commune, neighbours.other_commune))
    for address in SIDE_BY_SIDE:
        text = page(client, f"{address}&noi=xa-nha&cap=cung-cap")
        assert "Xã Bên" in text, address
        assert numbers(text) == [], address
        assert "7.350" not in text, address
        assert "6.143" not in text, address
        if "xep-hang" in address:
            assert "Xã Kín" not in text, address
            assert "trên 3" not in text, address


def test_why_and_its_ranks_are_of_the_places_that_one_sees(neighbours: Cast):
    client = neighbours.client(neighbours.commune_official)
    assert client.get("/bang-diem/vi-sao/industrial_output/", {"noi": "cao-bang"}).status_code == 404
    text = page(client, "/bang-diem/vi-sao/industrial_output/", noi="xa-nha", ky="2021")
    assert numbers(text) == []
    assert "Xã Kín" not in text
    assert "noi=cao-bang" not in text


def test_a_map_names_no_facility_that_is_not_the_users(cast: Cast):
    at = (Decimal("22.6"), Decimal("106.2"))
    own = [add_place(None, Facility("market", name, cast.commune, point=at)) for name in ("Chợ Một", "Chợ Hai")]
    add_place(None, Facility("market", "Chợ Bí Mật", cast.commune, point=at))
    for place in own:
        told(cast, 5, place.name)
    client = cast.client(person(*own))
    for address in SIDE_BY_SIDE:
        assert "Bí Mật" not in page(client, f"{address}&noi={own[0].slug}&cap=cung-cap"), address


# Fields.


@pytest.fixture
def trade(cast: Cast) -> Cast:
    """The total and its three parts, of which imports are the field of another."""
    for year, off in (("2021", 0), ("2020", 7_317 - 6_113)):
        told(cast, 90_000 - off, period=year, indicator="trade_total")
        told(cast, 7_317 - off, period=year, indicator="imports")
        told(cast, 52_683, period=year, indicator="exports")
        told(cast, 30_000, period=year, indicator="supervised_goods")
    return cast


def test_a_part_that_is_anothers_field_is_not_worked_out_from_the_rest(trade: Cast):
    client = trade.client(person(trade.home, sets=(field("trade_total", "exports", "supervised_goods"),)))
    text = page(client, "/bang-diem/vi-sao/trade_total/", noi="cao-bang", ky="2021")
    assert numbers(text) == []
    assert Indicator.objects.get(code="imports").name not in text
    assert "suy ra" not in text
    whole = page(trade.client(trade.director), "/bang-diem/vi-sao/trade_total/", noi="cao-bang", ky="2021")
    assert Indicator.objects.get(code="imports").name in whole


def test_pages_offer_no_indicator_of_another_field(trade: Cast):
    assert trade.commune.pk != trade.other_commune.pk
    told(trade, 5, "Xã Nhà", indicator="imports")
    told(trade, 5, "Xã Bên", indicator="imports")
    told(trade, 5, "Xã Nhà", indicator="exports")
    told(trade, 6, "Xã Bên", indicator="exports")
    client = trade.client(person(trade.home, sets=(field("exports"),)))
    name = Indicator.objects.get(code="imports").name
    for way in ("", "bieu-do/", "ban-do/", "xep-hang/", "nam-nam/", "muc-tieu-kep/"):
        for asked in (
            {},
            {"chi-tieu": "imports"},
            {"bo": "main"},
            {"bo": "rest"},
            {"ky": "2021", "chi-tieu": "imports"},
        ):
            text = page(client, f"/bang-diem/{way}", noi="cao-bang", **asked)
            assert name not in text, (way, asked)
            assert "imports" not in re.sub(r"(noi|chi-tieu)=[^\"]*|value=\"imports\"", "", text), (way, asked)
    assert "7.317" not in page(client, "/bang-diem/vi-sao/imports/", noi="cao-bang", ky="2021")


def test_a_field_without_indicators_shows_nothing_and_breaks_nothing(trade: Cast):
    client = trade.client(person(trade.home, sets=(field(),)))
    for way in ("", "bieu-do/", "ban-do/", "xep-hang/", "nam-nam/", "muc-tieu-kep/", "vi-sao/exports/"):
        for asked in ({}, {"ky": "2021"}, {"biet": "31/12/2030", "ky": "2021"}):
            answer = client.get(f"/bang-diem/{way}", {"noi": "cao-bang"} | asked)
            assert answer.status_code in (200, 404)
            assert "52.683" not in answer.content.decode()
    assert client.get("/tinh-hinh/", {"noi": "cao-bang"}).status_code == 200


@pytest.mark.parametrize("name", [each for each in expressions.__all__ if each not in ("averages", "ranks", "years")])
def test_no_series_at_all_compare_to_nothing(cast: Cast, name: str):
    none = Series.objects.none()
    tables = {"observations": observations(none), "series": series_rows(none), "places": [], "indicators": []}
    assert compared(getattr(expressions, name), **tables, boundaries=[]) == []


def test_who_has_no_role_finds_every_way_closed(trade: Cast):
    client = trade.client(trade.newcomer)
    for way in ("", "bieu-do/", "ban-do/", "xep-hang/", "nam-nam/", "muc-tieu-kep/", "vi-sao/exports/"):
        for asked in ({}, {"noi": "cao-bang"}, {"noi": "khong-co"}):
            assert client.get(f"/bang-diem/{way}", asked).status_code == 403
    assert client.get("/tinh-hinh/", {"noi": "cao-bang"}).status_code == 403


def test_a_year_ago_is_quoted_only_from_documents_that_the_user_reads(cast: Cast):
    """The number is of the province and everybody there sees it; the words are of an office elsewhere."""
    said = build.figure(cast.specialist_elsewhere, build.stated(6_113, period="2020"))
    entry = accept(cast.administrator, said)
    assert entry
    now = told(cast, 7_317)
    assert now
    text = page(cast.client(cast.reader), "/bang-diem/vi-sao/industrial_output/", noi="cao-bang", ky="2021")
    assert str(said.document.uuid) not in text
    assert said.document.text[:20] not in text

# SPDX-License-Identifier: Apache-2.0
"""The pages of plans, as a browser sees them; decisions are samples made up for the tests."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from bamsat.rooms.catalogue.models import Provider
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures.models import Entry, Plan
from bamsat.rooms.figures.plans import actions, queries
from bamsat.rooms.figures.plans.allocation import allocate
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TY = 10**9
HEADER = {
    "number": "01/NQ-HĐND", "issued_on": "10/12/2020", "issuer": "Hội đồng nhân dân tỉnh",
    "title": "Kế hoạch phát triển kinh tế - xã hội năm 2021", "note": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()
    for code, name in (("council", "Hội đồng nhân dân tỉnh"), ("ministry", "Bộ Công Thương")):
        Provider.objects.get_or_create(code=code, defaults={"name_vi": name})


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.specialist)


def recorded(cast: Cast, **more: Any) -> Plan:
    said = {
        "number": "01/NQ-HĐND", "issuer": "Hội đồng nhân dân tỉnh", "issued_on": date(2020, 12, 10),
        "title": "Kế hoạch", "period": "2021",
    }  # fmt: skip
    return actions.record_plan(cast.specialist, cast.home, **said | more)


def target(cast: Cast, plan: Plan, code: str = "industrial_output", **said: Any) -> Entry:
    indicator = indicator_coded(code)
    assert indicator
    return actions.set_target(cast.specialist, plan, indicator, **said)[0]


def done(cast: Cast, value: int, period: str) -> None:
    figures.accept(cast.head, build.figure(cast.specialist, stated(value, period=period)))


def shown(client: Client, where: str) -> str:
    response = client.get(where, follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def home(plan: Plan, rest: str = "") -> str:
    return f"/so-lieu/ke-hoach/{plan.uuid}/{rest}"


def test_a_plan_is_recorded_on_a_page_and_stands_in_the_list(client: Client, cast: Cast) -> None:
    assert "Chưa ghi kế hoạch nào" in shown(client, "/so-lieu/ke-hoach/")
    told = HEADER | {"place": "Cao Bằng", "period": "năm 2021", "provider": "council"}
    response = client.post("/so-lieu/ke-hoach/moi/", told)
    plan = Plan.objects.get()
    assert response["location"] == home(plan)
    assert (plan.place, plan.period, plan.issued_on) == (cast.home, "2021", date(2020, 12, 10))
    page = shown(client, "/so-lieu/ke-hoach/?nam=2021&noi=cao-bang&nguon=council")
    assert "01/NQ-HĐND" in page
    assert "Đang dùng" in page
    assert "Không có kế hoạch nào khớp" in shown(client, "/so-lieu/ke-hoach/?nam=2019")
    again = client.post("/so-lieu/ke-hoach/moi/", told).content.decode()
    assert "Đã ghi kế hoạch số 01/NQ-HĐND" in again


def test_what_is_typed_wrong_is_said_beside_its_field(client: Client) -> None:
    told = HEADER | {"place": "Nơi không có", "period": "hôm kia", "provider": "council", "issued_on": "31/02/2020"}
    page = client.post("/so-lieu/ke-hoach/moi/", told).content.decode()
    assert "Hãy viết ngày như 10/12/2020" in page
    assert 'id="period-loi"' in page
    page = client.post("/so-lieu/ke-hoach/moi/", told | {"period": "2021"}).content.decode()
    assert "Không tìm thấy địa bàn “Nơi không có”" in page


def test_a_target_is_typed_as_the_decision_says_it(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    done(cast, 68800 * TY, "2020")
    done(cast, 40000 * TY, "2021-01/2021-06")
    said = {"indicator": "Giá trị sản xuất công nghiệp", "level": "79.770", "growth": "gần 16%"}
    response = client.post(home(plan, "chi-tieu/"), said)
    assert response.status_code == 302
    page = shown(client, home(plan))
    for words in ("79.770", "gần +16", "68.800", "40.000", "6 tháng đầu năm 2021", "Đang chạy"):
        assert words in page, words
    assert Entry.objects.filter(plan=plan).count() == 2


def test_growth_alone_shows_the_level_it_implies_as_derived(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    done(cast, 100 * TY, "2020")
    target(cast, plan, growth="10%")
    page = shown(client, home(plan))
    assert "suy ra" in page
    assert "× (1 + 10%)" in page


def test_a_target_is_changed_in_place_with_a_reason(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    entry = target(cast, plan, level="79.770 tỷ đồng")
    page = shown(client, home(plan, f"?sua={entry.uuid}"))
    assert 'value="79.770 tỷ đồng"' in page
    said = {"indicator": "Giá trị sản xuất công nghiệp", "level": "80.000 tỷ đồng"}
    assert "Hãy ghi lý do" in client.post(home(plan, "chi-tieu/"), said).content.decode()
    client.post(home(plan, "chi-tieu/"), said | {"reason": "đính chính"})
    assert queries.targets(plan)[0].amount == 80000 * TY
    new = queries.targets(plan)[0]
    client.post(home(plan, f"chi-tieu/{new.uuid}/bo/"), {"reason": "không giao"})
    assert queries.targets(plan) == []


def test_an_unknown_indicator_is_refused_with_what_is_near(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    page = client.post(home(plan, "chi-tieu/"), {"indicator": "bán lẻ xyz", "level": "1"}).content.decode()
    assert "Danh mục chưa có chỉ tiêu “bán lẻ xyz”" in page
    assert not Entry.objects.exists()


def test_a_division_is_tried_out_and_then_written(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    total = target(cast, plan, level="79.770 tỷ đồng")
    where = home(plan, f"chia/{total.uuid}/quy/")
    assert "Tính thử" in shown(client, where)
    tried = client.post(where, {"cach": "equal", "tron": "tron", "thu": "1"}).content.decode()
    for words in ('name="so-2021-Q1" value="19.943"', 'name="so-2021-Q4" value="19.942"', "khớp tổng"):
        assert words in tried, words
    assert queries.Tree(queries.targets(plan)).divisions(total) == []
    typed = {"so-2021-Q1": "20.000", "so-2021-Q2": "20.000", "so-2021-Q3": "20.000", "so-2021-Q4": "19.000"}
    missing = client.post(where, typed | {"cach": "amounts", "ghi": "1"}).content.decode()
    assert "còn thiếu 770 tỷ đồng" in missing
    assert "thiếu 770.000.000.000 đồng so với tổng" in missing
    assert 'name="so-2021-Q4" value="19.000"' in missing
    response = client.post(where, typed | {"so-2021-Q4": "19.770", "cach": "amounts", "ghi": "1"})
    assert response.status_code == 302
    page = shown(client, home(plan))
    assert "đã chia 4 quý, khớp tổng" in page
    assert "Xem cả 4 phần đã chia" in page
    assert "Quý II/2021" in shown(client, home(plan, "?moi=1"))


def test_a_division_that_makes_no_sense_is_refused_with_its_reason(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    total = target(cast, plan, "iip", level="106,8%")
    page = shown(client, home(plan, f"chia/{total.uuid}/thang/"))
    assert "là chỉ số, các phần không cộng lại thành tổng" in page


def test_a_changed_total_offers_to_spread_its_parts_again(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    total = target(cast, plan, level="79.770 tỷ đồng")
    allocate(cast.specialist, plan, total, "months")
    new = target(cast, plan, level="80.000 tỷ đồng", reason="điều chỉnh")
    page = shown(client, home(plan))
    assert "12 tháng, còn thiếu 230 tỷ đồng" in page
    assert "Chia lại theo tỷ lệ cũ" in page
    assert client.post(home(plan, f"chia/{new.uuid}/thang/lai/")).status_code == 302
    assert "đã chia 12 tháng, khớp tổng" in shown(client, home(plan))


def test_versions_are_recorded_compared_and_withdrawn(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    target(cast, plan, level="79.770 tỷ đồng")
    target(cast, plan, "iip", growth="6,8%")
    told = HEADER | {"number": "05/NQ-HĐND", "issued_on": "20/07/2021", "reason": "điều chỉnh giữa năm"}
    client.post(home(plan, "thay/"), told)
    new = Plan.objects.get(number="05/NQ-HĐND")
    target(cast, new, level="80.000 tỷ đồng", reason="điều chỉnh")
    page = shown(client, home(new, "so-sanh/"))
    assert "1 chỉ tiêu khác, 1 giữ nguyên" in page
    assert "+230 tỷ đồng" in page
    assert "Giữ nguyên" in shown(client, home(new, "so-sanh/?moi=1"))
    assert "Đã thay" in shown(client, home(plan))
    assert "Thêm chỉ tiêu" not in shown(client, home(plan))
    client.post(home(new, "rut/"), {"reason": "ban hành nhầm"})
    assert "ban hành nhầm" in shown(client, home(new))
    assert "Thêm chỉ tiêu" in shown(client, home(plan))


def test_the_header_is_mended_with_a_reason(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    client.post(home(plan, "sua/"), HEADER | {"number": "11/NQ-HĐND", "reason": "gõ nhầm"})
    plan.refresh_from_db()
    assert plan.number == "11/NQ-HĐND"


def test_plans_of_different_issuers_stand_side_by_side(client: Client, cast: Cast) -> None:
    council, ministry = recorded(cast), recorded(cast, number="02/QĐ-BCT", provider="ministry")
    target(cast, council, level="79.770 tỷ đồng")
    target(cast, ministry, level="81.000 tỷ đồng")
    target(cast, ministry, "iip", growth="7%")
    page = shown(client, "/so-lieu/ke-hoach/canh-nhau/?noi=cao-bang&nam=2021")
    for words in ("79.770", "81.000", "+7", "không giao", "Bộ Công Thương"):
        assert words in page, words
    one = shown(client, "/so-lieu/ke-hoach/canh-nhau/?noi=cao-bang&nam=2021&chi-tieu=industrial_output")
    assert "+7<" not in one
    assert client.get("/so-lieu/ke-hoach/canh-nhau/?noi=cao-bang&nam=x").status_code == 404


def test_targets_are_downloaded_in_base_units(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    target(cast, plan, level="gần 51.000 tỷ đồng", growth="+9,7%")
    response = client.get(home(plan, "csv/"))
    lines = list(csv.DictReader(StringIO(response.content.decode().removeprefix("\ufeff"))))
    assert [(line["measure"], line["value"], line["hedge"]) for line in lines] == [
        ("level", "51000000000000", "nearly"), ("growth", "9.7", ""),
    ]  # fmt: skip


def test_who_may_not_plan_sees_without_forms_and_who_is_elsewhere_sees_nothing(cast: Cast) -> None:
    plan = recorded(cast)
    entry = target(cast, plan, level="79.770 tỷ đồng")
    clerk, stranger = cast.client(cast.clerk), cast.client(cast.specialist_elsewhere)
    page = shown(clerk, home(plan))
    assert "79.770" in page
    assert "Thêm chỉ tiêu" not in page
    assert clerk.post(home(plan, "chi-tieu/"), {}).status_code == 403
    assert clerk.get("/so-lieu/ke-hoach/moi/").status_code == 403
    for rest in ("", "csv/", "so-sanh/", f"chia/{entry.uuid}/thang/"):
        assert stranger.get(home(plan, rest)).status_code == 404
    assert "01/NQ-HĐND" not in shown(stranger, "/so-lieu/ke-hoach/")
    assert stranger.get("/so-lieu/ke-hoach/canh-nhau/?noi=cao-bang&nam=2021").status_code == 404


def test_a_commune_sees_its_own_part_of_the_provinces_plan_and_nothing_else(cast: Cast) -> None:
    plan = recorded(cast)
    total = target(cast, plan, level="79.770 tỷ đồng")
    typed = {cast.commune.slug: "70.123", cast.other_commune.slug: "9.647"}
    allocate(cast.specialist, plan, total, "places", "amounts", typed)
    official = cast.client(cast.commune_official)
    page = shown(official, home(plan))
    assert "70.123" in page
    for hidden in ("9.647", "79.770", "Xã Bên", "Thêm chỉ tiêu"):
        assert hidden not in page, hidden
    assert "9647" not in shown(official, home(plan, "csv/"))
    assert official.get(home(plan, f"chia/{total.uuid}/noi/")).status_code == 403


def test_last_years_shape_fills_the_grid_and_shows_growth_beside_it(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    total = target(cast, plan, level="110 tỷ đồng")
    for quarter, value in enumerate((10, 20, 30, 40), start=1):
        done(cast, value * TY, f"2020-Q{quarter}")
    where = home(plan, f"chia/{total.uuid}/quy/")
    tried = " ".join(client.post(where, {"cach": "last_year", "thu": "1"}).content.decode().split())
    for words in ('name="so-2021-Q1" value="11"', 'name="so-2021-Q4" value="44"', "+10%", 'value="40"', "khớp tổng"):
        assert words in tried, words
    shares = {f"ty-le-2021-Q{quarter}": "30" for quarter in (1, 2, 3)} | {"ty-le-2021-Q4": "9"}
    said = client.post(where, shares | {"cach": "shares", "ghi": "1"}).content.decode()
    assert "thiếu 1 điểm %" in said
    assert client.post(where, shares | {"ty-le-2021-Q4": "10%", "cach": "shares", "ghi": "1"}).status_code == 302
    assert "đã chia 4 quý, khớp tổng" in shown(client, home(plan))


def test_pages_of_plans_are_there_in_english(client: Client, cast: Cast) -> None:
    plan = recorded(cast)
    entry = target(cast, plan, level="79.770 tỷ đồng", growth="10%")
    client.cookies["django_language"] = "en"
    for address in ("", f"chia/{entry.uuid}/thang/", "so-sanh/", f"?sua={entry.uuid}"):
        assert client.get(home(plan, address)).status_code == 200
    typed = client.post(home(plan, f"chia/{entry.uuid}/thang/"), {"cach": "equal", "thu": "1"}).content.decode()
    assert 'name="so-2021-01" value="6.647,5"' in typed

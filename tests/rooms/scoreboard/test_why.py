# SPDX-License-Identifier: Apache-2.0
"""Why a number is what it is: contributions, the gap to the plan, the places below, and who may see it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures import actions
from bamsat.rooms.scoreboard.why.answer import Why, why
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MILLION = 1_000_000
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.specialist)


def recorded(cast: Cast, *figures: Figure) -> None:
    document = build.document(cast.specialist, figures, title="Báo cáo năm 2021")
    for figure in document.figures.order_by("ordinal"):
        actions.accept(cast.head, figure)


def usd(value: str, code: str, **more: Any) -> Figure:
    return stated(str(int(float(value) * MILLION)), **{"indicator": code, "unit": "USD", "label": code} | more)


def trade(cast: Cast) -> None:
    """What the report on 2021 says of trade through Cao Bằng; goods under supervision have no growth of their own."""
    recorded(
        cast, usd("777.792", "trade_total"), growth("21.7", indicator="trade_total"),
        plan_ratio("110.63", indicator="trade_total"), usd("337.887", "exports"), growth("21.43", indicator="exports"),
        plan_ratio("110.4", indicator="exports"), usd("178.925", "imports", status="estimate"),
        growth("7.69", indicator="imports"), usd("260.98", "supervised_goods"),
    )  # fmt: skip


def of_trade(cast: Cast, **more: Any) -> Why:
    found = why(cast.specialist, Indicator.objects.get(code="trade_total"), cast.home, Period.year(2021), **more)
    assert found
    return found


def shown(client: Client, where: str, **headers: str) -> str:
    answer = client.get(where, headers=headers)
    assert answer.status_code == 200, where
    return " ".join(answer.content.decode().split())


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_components_explain_the_growth_and_the_missing_one_follows(cast: Cast):
    trade(cast)
    (told,) = of_trade(cast).told
    assert [(one.key, round(float(one.points.value), 2), one.derived) for one in told.growth if one.points] == [
        ("supervised_goods", 10.37, True), ("exports", 9.33, False), ("imports", 2.0, False),
    ]  # fmt: skip
    assert sum(one.points.value for one in told.growth if one.points) == pytest.approx(21.7)


def test_parts_without_a_plan_of_their_own_are_the_remainder_of_the_gap(cast: Cast):
    trade(cast)
    (told,) = of_trade(cast).told
    rest, exports = told.gap
    assert (rest.of, round(float(rest.change.value) / MILLION, 2)) == (("imports", "supervised_goods"), 42.91)
    assert (exports.key, round(float(exports.change.value) / MILLION, 2)) == ("exports", 31.83)
    assert round(float(rest.share.value), 1) == 57.4 if rest.share else False


def test_the_page_says_the_conclusion_and_the_column_adds_up(cast: Cast, client: Client):
    trade(cast)
    page = text(shown(client, "/bang-diem/vi-sao/trade_total/?noi=cao-bang&ky=2021"))
    assert "Tăng 21,7%, nhiều nhất do Trị giá hàng hóa giám sát qua địa bàn (+10,37 điểm %)" in page
    assert "Vượt kế hoạch 74,7" in page
    assert "Chưa giao riêng: " in page
    assert re.search(r"Cộng \+21,70 \+138,6\d", page)


def test_asked_by_htmx_it_is_the_panel_alone(cast: Cast, client: Client):
    trade(cast)
    panel = shown(client, "/bang-diem/vi-sao/trade_total/?noi=cao-bang&ky=2021", **HTMX)
    assert panel.startswith('<div class="why-in">')
    assert "<h1>" not in panel
    assert shown(client, "/bang-diem/vi-sao/trade_total/?dong=1", **HTMX) == ""


def test_drilling_keeps_period_and_day_of_knowledge(cast: Cast, client: Client):
    trade(cast)
    page = shown(client, "/bang-diem/vi-sao/trade_total/?noi=cao-bang&ky=2021&biet=31/12/2099")
    found = re.search(r'href="(/bang-diem/vi-sao/exports/[^"]+)"', page)
    assert found
    assert "ky=2021" in found[1]
    assert "biet=31%2F12%2F2099" in found[1]
    assert "Kim ngạch xuất khẩu" in shown(client, found[1].replace("&amp;", "&"))


def test_what_was_not_known_on_a_day_is_not_there(cast: Cast, client: Client):
    trade(cast)
    page = shown(client, "/bang-diem/vi-sao/trade_total/?noi=cao-bang&ky=2021&biet=01/01/2020")
    assert "777,792" not in page
    assert "Chưa có số nào của kỳ này." in page


def test_places_below_are_ranked_and_those_that_are_silent_are_the_remainder(cast: Cast, client: Client):
    here = {"indicator": "exports", "unit": "USD", "price_basis": None}
    recorded(cast, stated(300, **here), stated(200, period="2020", **here))
    for place, now, before in ((cast.commune, 120, 100), (cast.other_commune, 90, 60)):
        recorded(cast, stated(now, area=place.name, **here), stated(before, area=place.name, period="2020", **here))
    found = why(cast.specialist, Indicator.objects.get(code="exports"), cast.home, Period.year(2021))
    assert found
    (told,) = found.told
    assert [(one.key, int(one.points.value)) for one in told.growth if one.points] == [
        ("", 25), ("xa-ben", 15), ("xa-nha", 10),
    ]  # fmt: skip
    page = text(shown(client, "/bang-diem/vi-sao/exports/?noi=cao-bang&ky=2021"))
    assert "Phần còn lại chưa có số" in page
    assert re.search(r"Xã Bên 1 .*Xã Nhà 2 ", page)


def test_a_year_of_months_is_as_far_as_its_months_and_says_which_lack(cast: Cast, client: Client):
    months = [stated(100 + n, indicator="exports", unit="USD", period=f"2021-{n:02}") for n in (1, 2, 3, 6)]
    before = [stated(90 + n, indicator="exports", unit="USD", period=f"2020-{n:02}") for n in range(1, 13)]
    recorded(cast, *months, *before)
    found = why(cast.specialist, Indicator.objects.get(code="exports"), cast.home, Period.year(2021))
    assert found
    whole = found.whole
    assert (whole.period.code, whole.now and whole.now.value) == ("2021-Q1", 306)
    assert [month.code for month in whole.lacking] == ["2021-04", "2021-05"]
    assert whole.growth
    assert round(whole.growth.value, 2) == round(100 * 306 / 276 - 100, 2) == 10.87 or whole.growth.value
    page = text(shown(client, "/bang-diem/vi-sao/exports/?noi=cao-bang&ky=2021"))
    assert "Còn thiếu tháng 4/2021, tháng 5/2021: chưa cộng được lũy kế" in page


def test_codes_of_a_list_are_one_breakdown_and_a_code_is_taken_apart_further(cast: Cast, client: Client):
    def of(segment: str | None, now: int, before: int) -> list[Figure]:
        fields = {"indicator": "industrial_output", "segment": segment, "price_basis": "current"}
        return [stated(now, **fields), stated(before, period="2020", **fields)]

    recorded(cast, *of(None, 300, 200), *of("industry:C", 250, 160), *of("industry:C10", 90, 50))
    output = Indicator.objects.get(code="industrial_output")
    whole = why(cast.specialist, output, cast.home, Period.year(2021))
    assert whole
    (told,) = whole.told
    assert told.breakdown.code == "phan-to:industry"
    assert [(one.key, int(one.points.value)) for one in told.growth if one.points] == [("industry:C", 45), ("", 5)]
    part = why(cast.specialist, output, cast.home, Period.year(2021), segment="industry:C")
    assert part
    assert [one.key for one in part.told[0].growth] == ["", "industry:C10"]
    page = shown(client, "/bang-diem/vi-sao/industrial_output/?noi=cao-bang&ky=2021&phan-to=industry:C")
    assert "industry:C" not in text(page)


def test_parts_that_reports_name_are_not_added_up(cast: Cast, client: Client):
    def of(segment: str | None, now: int, before: int) -> list[Figure]:
        fields = {"indicator": "exports", "unit": "USD", "segment": segment}
        return [stated(now, **fields), stated(before, period="2020", **fields)]

    recorded(cast, *of(None, 300, 200), *of("hàng chợ phiên", 150, 100), *of("hàng vùng cao", 90, 80))
    page = text(shown(client, "/bang-diem/vi-sao/exports/?noi=cao-bang&ky=2021"))
    assert "có thể trùng nhau nên không cộng" in page
    assert "Cộng" not in page


def test_an_index_without_weights_is_refused_with_the_reason(cast: Cast, client: Client):
    fields = {"measure": "index", "unit": "%", "base": "2020"}
    recorded(cast, stated("106", indicator="iip", **fields), stated("110", indicator="iip_mining", **fields),
             stated("105", indicator="iip_manufacturing", **fields))  # fmt: skip
    page = text(shown(client, "/bang-diem/vi-sao/iip/?noi=cao-bang&ky=2021"))
    assert "chưa có quyền số của các phần" in page or "chưa có số của thành phần" in page


def test_nobody_else_sees_it(cast: Cast):
    trade(cast)
    elsewhere = cast.client(cast.specialist_elsewhere)
    assert elsewhere.get("/bang-diem/vi-sao/trade_total/?noi=cao-bang").status_code == 404
    assert Client().get("/bang-diem/vi-sao/trade_total/?noi=cao-bang").status_code == 302
    assert cast.client(cast.specialist).get("/bang-diem/vi-sao/khong-co/").status_code == 404


def test_it_is_said_in_english_too(cast: Cast, client: Client):
    trade(cast)
    client.post("/i18n/setlang/", {"language": "en"})
    assert client.get("/bang-diem/vi-sao/trade_total/?noi=cao-bang&ky=2021").status_code == 200


def months(value: int, year: int, upto: int, **fields: Any) -> list[Figure]:
    asked = {"indicator": "exports", "unit": "USD"} | fields
    return [stated(value * MILLION, period=f"{year}-{n:02}", **asked) for n in range(1, upto + 1)]


def test_a_year_that_is_not_over_tells_its_pace_its_forecast_and_what_is_needed(cast: Cast, client: Client):
    plan = stated(1500 * MILLION, indicator="exports", unit="USD", status="target")
    recorded(cast, *months(100, 2020, 12), *months(110, 2021, 9), plan)
    page = text(shown(client, "/bang-diem/vi-sao/exports/?noi=cao-bang&ky=2021"))
    for said in (
        "Năm đang đi tới đâu", "Đạt đến hết tháng 9 66,0%", "Chậm so với nhịp thường 9,0 điểm %",
        "Mỗi tháng đã làm 110", "Mỗi tháng còn lại cần 170", "gấp 1,55 lần", "Còn phải làm 510", "Dự báo cả năm",
    ):  # fmt: skip
        assert said in page, said


def test_a_finished_year_has_no_forecast(cast: Cast, client: Client):
    recorded(cast, *months(100, 2020, 12), *months(110, 2021, 12))
    assert "Năm đang đi tới đâu" not in text(shown(client, "/bang-diem/vi-sao/exports/?noi=cao-bang&ky=2021"))


def test_what_was_said_a_year_ago_is_quoted_and_later_values_stand_beside(cast: Cast, client: Client):
    first = build.document(
        cast.specialist, [stated(200 * MILLION, period="2020", indicator="exports", unit="USD")], title="Báo cáo 2020"
    )
    entry = actions.accept(cast.head, first.figures.get())
    actions.replace(cast.head, entry, "210 triệu", "số chính thức", unit="USD")
    recorded(cast, stated(300 * MILLION, indicator="exports", unit="USD"))
    page = text(shown(client, "/bang-diem/vi-sao/exports/?noi=cao-bang&ky=2021"))
    assert "Một năm trước nói gì về năm 2020" in page
    assert "sổ chưa ghi gì" in page
    assert "Báo cáo 2020" in page
    assert "số chính thức" in page


@pytest.mark.parametrize(
    "period", ["0000", "9999", "0001-01", "99999", "2021-13", "2021/0000", "-1", "٢٠٢١", "2021/2025"]
)
def test_odd_periods_break_nothing(cast: Cast, client: Client, period: str):
    trade(cast)
    for where in ("/bang-diem/vi-sao/trade_total/", "/bang-diem/nam-nam/"):
        assert client.get(where, {"ky": period, "noi": "cao-bang"}).status_code in (200, 404)


def test_odd_words_in_the_address_break_nothing(cast: Cast, client: Client):
    trade(cast)
    for odd in ({"phan-to": "a:b|c:d"}, {"phan-to": "x" * 900}, {"gia": "constant:1"}, {"theo": "<img>"}, {"noi": ""}):
        answer = client.get("/bang-diem/vi-sao/trade_total/", {"ky": "2021", "noi": "cao-bang"} | odd)
        assert answer.status_code in (200, 404)
        assert "<img>" not in answer.content.decode()


def test_a_ratio_leads_to_what_it_is_made_of(cast: Cast, client: Client):
    ratio = Indicator.objects.filter(adds_up="ratio", numerator__isnull=False, denominator__isnull=False).first()
    assert ratio
    fields = {"indicator": ratio.code, "unit": "%"}
    recorded(cast, stated(31, **fields), stated(30, period="2020", **fields))
    page = shown(client, f"/bang-diem/vi-sao/{ratio.code}/?noi=cao-bang&ky=2021")
    assert "Tỷ lệ này tính từ:" in page
    for one in (ratio.numerator, ratio.denominator):
        assert one
        assert f'href="/bang-diem/vi-sao/{one.code}/?noi=cao-bang&amp;ky=2021"' in page


def below(cast: Cast, *figures: Figure) -> str:
    """The panel of industrial output of Cao Bằng in the first nine months, with one commune below it."""
    assert cast.commune
    document = build.document(cast.specialist, figures, area=None, period=None)
    assert not actions.accept_all(cast.head, document).left
    return shown(cast.client(cast.specialist), "/bang-diem/vi-sao/industrial_output/?noi=cao-bang&ky=2021-01/2021-09")


def test_plans_of_places_that_do_not_add_up_are_no_rounding(cast: Cast):
    so_far = {"period": "2021-01/2021-09"}
    page = below(
        cast, stated(700 * 10**9, **so_far), stated(1000 * 10**9, status="target"),
        stated(700 * 10**9, area="Xã Nhà", **so_far), stated(1002 * 10**9, area="Xã Nhà", status="target"),
    )  # fmt: skip
    assert "Kế hoạch các nơi cộng lại khác kế hoạch của Cao Bằng" in text(page)
    assert "Chênh do làm tròn" not in page


def test_a_place_below_that_will_probably_miss_its_plan_is_at_risk_too(cast: Cast):
    so_far = {"period": "2021-01/2021-09"}
    page = below(
        cast, stated(900 * 10**9, **so_far), stated(1000 * 10**9, status="target"),
        stated(300 * 10**9, area="Xã Nhà", **so_far), stated(1000 * 10**9, area="Xã Nhà", status="target"),
    )  # fmt: skip
    assert "Nguy cơ" in page.split("nơi cấp dưới có số")[1]


def test_a_year_ago_of_which_nothing_was_known_is_one_sentence(client: Client, cast: Cast):
    recorded(cast, stated(5 * 10**12), stated(4 * 10**12, period="2020"))
    page = shown(client, "/bang-diem/vi-sao/industrial_output/?noi=cao-bang&ky=2021")
    assert "sổ chưa ghi gì về kỳ đó; dưới đây là số biết nay." in page
    assert "Biết đến" not in page.split("Một năm trước nói gì")[1]


def test_who_may_write_notes_a_cause_from_the_answer(client: Client, cast: Cast):
    recorded(cast, stated(5 * 10**12))
    where = "/bang-diem/vi-sao/industrial_output/?noi=cao-bang&ky=2021"
    form = "/tinh-hinh/ghi/?noi=cao-bang&amp;ky=2021&amp;chi-tieu=industrial_output&amp;loai=cause"
    assert form in shown(client, where)
    assert form not in shown(cast.client(cast.reader), where)

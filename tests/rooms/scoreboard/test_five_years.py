# SPDX-License-Identifier: Apache-2.0
"""The five-year plan: the way to its targets, where we are, what the years left need, and its pivot year."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bamsat.core.terms.figure import Figure
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures import actions
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.scoreboard.five_years.targets import FiveYears, five_years
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.specialist)


def recorded(cast: Cast, *figures: Figure) -> None:
    for figure in build.document(cast.specialist, figures, title="Nghị quyết").figures.order_by("ordinal"):
        actions.accept(cast.head, figure)


def exports(value: int, period: str, **more: Any) -> Figure:
    return stated(value, indicator="exports", unit="USD", period=period, **more)


def found(cast: Cast) -> FiveYears:
    return five_years(cast.specialist, cast.home)


def page(client: Client, where: str = "/bang-diem/nam-nam/?noi=cao-bang") -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_without_a_plan_of_years_the_page_says_how_to_enter_one(cast: Cast, client: Client):
    recorded(cast, exports(100, "2020"))
    assert "Chưa có kế hoạch nhiều năm nào" in page(client)


def test_a_target_for_the_last_year_has_an_even_way_and_says_what_is_now_needed(cast: Cast, client: Client):
    plan = plans.record_plan(
        cast.specialist, cast.home, "05/NQ-HĐND", "Hội đồng nhân dân tỉnh", date(2020, 12, 10), "Kế hoạch năm năm",
        "2021/2025",
    )  # fmt: skip
    plans.set_target(cast.specialist, plan, Indicator.objects.get(code="exports"), level="161,05 USD", period="2025")
    recorded(cast, exports(100, "2020"), exports(105, "2021"), exports(112, "2022"))
    (way,) = found(cast).ways
    assert way.growth is not None
    assert round(way.growth, 2) == 10
    assert [round(step.path) for step in way.steps if step.path] == [110, 121, 133, 146, 161]
    assert way.latest
    assert (way.latest.year, way.left) == (2022, 3)
    assert way.needed
    assert round(way.needed.value, 1) == Decimal("12.9")
    text = page(client)
    assert "Chậm nhịp" in text
    assert "Còn 3 năm, mỗi năm cần +12,9%" in text


def test_the_total_of_the_years_is_the_target_of_a_flow_for_the_span(cast: Cast):
    recorded(cast, exports(100, "2020"), exports(110, "2021"), exports(672, "2021/2025", status="target"))
    (way,) = found(cast).ways
    assert way.asked == "total"
    assert way.growth is not None
    assert round(way.growth, 1) == 10
    assert way.needed
    assert 9 < way.needed.value < 11


def test_less_than_two_years_of_the_base_can_only_be_the_last_year(cast: Cast, client: Client):
    recorded(cast, exports(100, "2020"), exports(150, "2021/2025", status="target"))
    (way,) = found(cast).ways
    assert (way.asked, way.presumed) == ("level", True)
    assert "hiểu là mức của năm 2025" in page(client)


def test_an_average_growth_is_a_target_too(cast: Cast, client: Client):
    asked = growth("8", indicator="exports", period="2021/2025", base="2020", status="target")
    recorded(cast, exports(100, "2020"), exports(104, "2021"), asked)
    (way,) = found(cast).ways
    assert way.asked == "growth"
    assert way.target
    assert round(way.target.value, 1) == Decimal("146.9")
    assert way.needed
    assert round(way.needed.value, 1) == 9
    assert "tăng bình quân 8% mỗi năm" in page(client)


def test_what_was_reached_is_said_when_the_years_are_over(cast: Cast, client: Client):
    recorded(cast, exports(100, "2020"), exports(150, "2025"), exports(140, "2021/2025", status="target"))
    assert "Đạt mục tiêu" in page(client)


def test_the_pivot_year_is_the_one_that_the_plan_names(cast: Cast, client: Client):
    plan = plans.record_plan(
        cast.specialist, cast.home, "05/NQ-HĐND", "Hội đồng nhân dân tỉnh", date(2020, 12, 10),
        "Kế hoạch năm năm, năm bản lề là năm 2023", "2021/2025",
    )  # fmt: skip
    plans.set_target(cast.specialist, plan, Indicator.objects.get(code="exports"), level="150 USD", period="2025")
    assert found(cast).pivot
    assert "Năm bản lề: 2023" in page(client)


def test_what_was_not_known_on_a_day_is_not_there(cast: Cast, client: Client):
    recorded(cast, exports(100, "2020"), exports(150, "2021/2025", status="target"))
    assert "Chưa có kế hoạch nhiều năm nào" in page(client, "/bang-diem/nam-nam/?noi=cao-bang&biet=01/01/2020")


def test_another_office_sees_nothing_of_it(cast: Cast):
    recorded(cast, exports(100, "2020"), exports(150, "2021/2025", status="target"))
    elsewhere = cast.client(cast.specialist_elsewhere)
    assert elsewhere.get("/bang-diem/nam-nam/?noi=cao-bang").status_code == 404
    assert "150" not in page(elsewhere, "/bang-diem/nam-nam/")

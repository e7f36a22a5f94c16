# SPDX-License-Identifier: Apache-2.0
"""The growth that a plan asks for, on the figures of the five articles and on what may not be compared."""

from decimal import Decimal

import pytest

from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.actions import accept_all
from bamsat.rooms.figures.asked_growth import Asked, asked_growth
from bamsat.rooms.figures.comparison import Number, Shelf, shelves
from bamsat.rooms.figures.models import Series
from bamsat.rooms.figures.queries import standing
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BILLION = Decimal(10**9)
MILLION = Decimal(10**6)


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def money(billions: str, half: str = "0", up: str = "", down: str = "", **more: object) -> Figure:
    """A level in billions of đồng with the interval of its rounding, or with one that a hedge leaves open."""
    value = Decimal(billions)
    low, high = value - Decimal(down or half), value + Decimal(up or half)
    return stated(f"{value * BILLION:f}", lower=low * BILLION, upper=high * BILLION, **more)


def dollars(millions: str, half: str = "0", down: str = "", **more: object) -> Figure:
    value = Decimal(millions)
    low, high = value - Decimal(down or half), value + Decimal("0" if down else half)
    return stated(f"{value * MILLION:f}", lower=low * MILLION, upper=high * MILLION, unit="USD", **more)


def percent(value: str, half: str, **more: object) -> Figure:
    return growth(value, **{"lower": Decimal(value) - Decimal(half), "upper": Decimal(value) + Decimal(half)} | more)


def ask(cast: Cast, *figures: Figure, of: str = "industrial_output", period: str = "2021", basis: str = "") -> Asked:
    made = found(cast, *figures)
    shelf = next(s for s in made if s.indicator.code == of and (not basis or s.price_basis == basis))
    told = asked_growth(shelf, Period.parse(period), made)
    assert told
    return told


def found(cast: Cast, *figures: Figure) -> list[Shelf]:
    done = accept_all(cast.head, build.document(cast.specialist, figures))
    assert not done.left
    return shelves(standing(Series.objects.select_related("indicator")))


def span(number: Number | None) -> tuple[str, str, str]:
    assert number
    return (str(number.display), str(round(number.low, 2)), str(round(number.high, 2)))


def test_nearly_16_and_what_follows_from_over_68800_agree(cast: Cast):
    asked = ask(
        cast,
        money("68800", up="100", down="0", period="2020", hedge="over", status="estimate"),
        money("79770", "0.5", status="target"),
        growth("16", lower=Decimal(15), upper=Decimal(16), hedge="nearly", status="target"),
    )
    assert span(asked.computed)[2] == "15.95"
    assert asked.computed
    assert asked.computed.how == "79.770 ÷ 68.800 − 1"
    assert (asked.agree, asked.only_by_hedge) == (True, False)
    assert asked.best == asked.stated


def test_nearly_51000_and_9_7_percent_agree_only_by_the_hedge(cast: Cast):
    told = (money("46315", "0.5", period="2020"), percent("9.7", "0.05", status="target"))
    asked = ask(cast, *told, money("51000", up="0", down="1000", hedge="nearly", status="target"))
    assert span(asked.computed)[1:] == ("7.96", "10.12")
    assert (asked.agree, asked.only_by_hedge) == (True, True)


def test_without_the_hedge_51000_and_9_7_percent_do_not_agree(cast: Cast):
    asked = ask(
        cast, money("46315", "0.5", period="2020"), percent("9.7", "0.05", status="target"),
        money("51000", "0.5", status="target"),
    )  # fmt: skip
    assert asked.agree is False


def test_a_growth_after_a_fall_says_what_of_the_fall_is_left(cast: Cast):
    asked = ask(
        cast, percent("-9.16", "0.005", indicator="iip", period="2020", base="2019"),
        percent("6.8", "0.05", indicator="iip", status="target"), of="iip",
    )  # fmt: skip
    assert asked.computed is None
    assert asked.after_fall
    assert span(asked.after_fall.left) == ("-2.98", "-3.03", "-2.93")
    assert span(asked.after_fall.recovery)[0] == "10.08"
    assert not asked.after_fall.made_good


def test_a_total_is_not_held_against_one_of_its_parts(cast: Cast):
    asked = ask(
        cast, dollars("242", "0.5", indicator="exports", period="2020"),
        dollars("270", "0.5", indicator="trade_total", status="target"), of="trade_total",
    )  # fmt: skip
    assert (asked.stated, asked.computed, asked.target) == (None, None, None)
    assert "Kim ngạch xuất khẩu 242 triệu USD, còn thiếu Kim ngạch nhập khẩu" in asked.refusal


def test_a_total_of_last_year_is_the_sum_of_all_its_parts(cast: Cast):
    asked = ask(
        cast, dollars("1456", "0.5", indicator="exports", period="2020"),
        dollars("1246", "0.5", indicator="imports", period="2020"),
        dollars("3000", down="600", indicator="trade_total", status="target", hedge="nearly"), of="trade_total",
    )  # fmt: skip
    assert asked.computed
    assert asked.computed.how == "3.000 ÷ (1.456 + 1.246) − 1"
    assert span(asked.computed)[2] == "11.07"
    assert len(asked.computed.entries) == 3


def test_goods_under_supervision_are_missed_where_the_place_has_had_any(cast: Cast):
    asked = ask(
        cast, dollars("1456", indicator="exports", period="2020"), dollars("1246", indicator="imports", period="2020"),
        dollars("5", indicator="supervised_goods", period="2019"),
        dollars("3000", indicator="trade_total", status="target"), of="trade_total",
    )  # fmt: skip
    assert asked.computed is None
    assert "giám sát" in asked.refusal


def test_a_plan_that_follows_from_a_ratio_asks_for_what_the_two_ratios_say(cast: Cast):
    ratio = build.plan_ratio("100.38", lower=Decimal("100.375"), upper=Decimal("100.385"))
    asked = ask(cast, money("844000", up="1000", down="0", hedge="over"), percent("7.7", "0.05"), ratio)
    assert span(asked.computed) == ("7.29", "7.24", "7.35")
    assert asked.computed
    assert asked.computed.how == "1,077 ÷ 1,0038 − 1"


def test_levels_at_two_price_bases_are_not_compared(cast: Cast):
    asked = ask(
        cast, stated(100, period="2020", price_basis="current"),
        stated(120, price_basis="constant:2010", status="target"), basis="constant:2010",
    )  # fmt: skip
    assert asked.computed is None
    assert "hai loại giá không so với nhau được" in asked.refusal


def test_a_stated_growth_without_a_target_asks_for_a_level(cast: Cast):
    asked = ask(cast, money("46315", "0.5", period="2020"), percent("9.7", "0.05", status="target"))
    assert asked.target
    assert span(asked.target)[0] == "50808"
    assert (asked.target.how, asked.refusal) == ("46.315 × 1,097", "")


def test_where_nothing_is_known_of_last_year_it_says_so(cast: Cast):
    asked = ask(cast, percent("10.8", "0.05", status="target"))
    assert (asked.computed, asked.target, asked.agree) == (None, None, None)
    assert asked.refusal == "Giá trị sản xuất công nghiệp năm 2020 chưa có số để so."


def test_a_month_is_asked_what_its_own_plan_asks_else_what_that_of_the_year_does(cast: Cast):
    figures = (
        money("100", period="2020"), money("110", status="target"), money("8", period="2020-03"),
        money("9", period="2021-03", status="target"), money("7", period="2021-04"),
    )  # fmt: skip
    assert span(ask(cast, *figures, period="2021-03").computed)[0] == "12.50"
    (shelf,) = shelves(standing(Series.objects.select_related("indicator")))
    asked = asked_growth(shelf, Period.month(2021, 4))
    assert asked
    assert span(asked.computed)[0] == "10.00"
    assert asked_growth(shelf, Period.year(2022)) is None
    assert asked_growth(shelf, Period.years(2021, 2025)) is None

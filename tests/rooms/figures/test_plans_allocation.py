# SPDX-License-Identifier: Apache-2.0
"""Targets divided among months, quarters, places and codes: the parts add up to the last đồng."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from typing import cast as typed_as

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.catalogue.models import Code, CodeList, Indicator, Provider
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures import ledger
from bamsat.rooms.figures.models import Entry, Plan
from bamsat.rooms.figures.plans import actions, queries
from bamsat.rooms.figures.plans.actions import PlanRefused
from bamsat.rooms.figures.plans.allocation import allocate, respread, shared
from bamsat.rooms.figures.plans.parts import NotDivided, parts_of, ways
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.build import stated
from tests.cast import Cast

TY = 10**9


def indicator(code: str) -> Indicator:
    found = indicator_coded(code)
    assert found
    return found


@pytest.fixture
def plan(cast: Cast) -> Plan:
    build.catalogue()
    Provider.objects.get_or_create(code="council", defaults={"name_vi": "Hội đồng nhân dân tỉnh"})
    return actions.record_plan(
        cast.specialist, cast.home, "01/NQ-HĐND", "Hội đồng nhân dân tỉnh", date(2020, 12, 10), "Kế hoạch 2021", "2021"
    )


@pytest.fixture
def total(cast: Cast, plan: Plan) -> Entry:
    return target(cast, plan, level="79.770 tỷ đồng")


def target(cast: Cast, plan: Plan, code: str = "industrial_output", **said: Any) -> Entry:
    return actions.set_target(cast.specialist, plan, indicator(code), **said)[0]


def done(cast: Cast, value: int, period: str) -> Entry:
    return figures.accept(cast.head, build.figure(cast.specialist, stated(value, period=period)))


def amounts(entries: list[Entry]) -> list[Decimal]:
    return [entry.amount for entry in entries]


# Sums, for any total and any weights.


@given(
    st.integers(0, 10**17),
    st.lists(st.integers(0, 10**13), min_size=1, max_size=40).filter(any),
    st.sampled_from([None, 1, 1000, 10**6, 10**9]),
)
def test_parts_of_any_total_add_up_to_the_last_dong(amount: int, weights: list[int], step: int | None) -> None:
    whole = typed_as(Entry, SimpleNamespace(amount=Decimal(amount)))
    parts = shared(whole, [Decimal(weight) for weight in weights], Decimal(step) if step else None)
    assert sum(parts) == amount
    assert all(part == int(part) and part >= 0 for part in parts)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


@given(st.decimals("0.001", 10**6, places=3), st.integers(1, 31))
def test_a_total_with_decimals_is_divided_in_its_own_last_place(amount: Decimal, count: int) -> None:
    parts = shared(typed_as(Entry, SimpleNamespace(amount=amount)), [Decimal(1)] * count)
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= Decimal(1).scaleb(min(0, int(amount.normalize().as_tuple().exponent)))


# Methods.


@pytest.mark.django_db
def test_equal_months_add_up(cast: Cast, plan: Plan) -> None:
    total = target(cast, plan, level=Decimal(100_000_000_000))
    parts = allocate(cast.specialist, plan, total, "months")
    assert amounts(parts) == [8333333334] * 4 + [8333333333] * 8
    assert sum(amounts(parts)) == total.amount
    assert [part.period for part in parts] == [f"2021-{month:02}" for month in range(1, 13)]
    assert {part.plan for part in parts} == {plan}
    assert not ledger.drift()


@pytest.mark.django_db
def test_round_parts_leave_the_rest_to_the_last(cast: Cast, plan: Plan, total: Entry) -> None:
    parts = allocate(cast.specialist, plan, total, "quarters", step=Decimal(1000 * TY))
    assert [int(value / TY) for value in amounts(parts)] == [20000, 20000, 20000, 19770]


@pytest.mark.django_db
def test_last_years_shape_needs_every_part_of_last_year(cast: Cast, plan: Plan, total: Entry) -> None:
    for quarter, value in enumerate((10, 20, 30), start=1):
        done(cast, value * TY, f"2020-Q{quarter}")
    with pytest.raises(PlanRefused, match="chưa có số năm trước của: Quý IV/2021"):
        allocate(cast.specialist, plan, total, "quarters", "last_year")
    done(cast, 40 * TY, "2020-Q4")
    parts = allocate(cast.specialist, plan, total, "quarters", "last_year")
    assert [int(value / TY) for value in amounts(parts)] == [7977, 15954, 23931, 31908]


@pytest.mark.django_db
def test_typed_shares_make_a_hundred_percent(cast: Cast, plan: Plan, total: Entry) -> None:
    typed = {"2021-Q1": "20", "2021-Q2": "25%", "2021-Q3": "27,5", "2021-Q4": "27"}
    with pytest.raises(PlanRefused, match=r"cộng lại bằng 99,5%, thiếu 0,5 điểm %"):
        allocate(cast.specialist, plan, total, "quarters", "shares", typed)
    parts = allocate(cast.specialist, plan, total, "quarters", "shares", typed | {"2021-Q4": "27,5"})
    assert sum(amounts(parts)) == total.amount


@pytest.mark.django_db
def test_typed_amounts_match_to_the_last_dong_or_say_by_how_much_not(cast: Cast, plan: Plan, total: Entry) -> None:
    typed = {"2021-Q1": "20.000", "2021-Q2": "20.000 tỷ đồng", "2021-Q3": "20.000", "2021-Q4": "19.769,999999999"}
    with pytest.raises(PlanRefused, match=r"thiếu 1 đồng so với tổng 79.770.000.000.000 đồng"):
        allocate(cast.specialist, plan, total, "quarters", "amounts", typed)
    assert queries.Tree(queries.targets(plan)).divisions(total) == []
    with pytest.raises(PlanRefused, match="không cùng đơn vị"):
        allocate(cast.specialist, plan, total, "quarters", "amounts", typed | {"2021-Q4": "3 triệu USD"})
    allocate(cast.specialist, plan, total, "quarters", "amounts", typed | {"2021-Q4": "19.770"})
    (quarters,) = queries.Tree(queries.targets(plan)).divisions(total)
    assert (quarters.over, quarters.left, quarters.whole) == ("quarters", 0, True)


@pytest.mark.django_db
def test_a_quarter_is_divided_into_its_months_again(cast: Cast, plan: Plan, total: Entry) -> None:
    quarters = allocate(cast.specialist, plan, total, "quarters")
    allocate(cast.specialist, plan, quarters[0], "months")
    tree = queries.Tree(queries.targets(plan))
    assert tree.tops() == [total]
    found = {each.over: each for each in tree.divisions(total)}
    assert (len(found["months"].parts), found["months"].whole) == (3, False)
    assert tree.division(quarters[0], "months").whole  # type: ignore[union-attr]


# Places and codes.


@pytest.mark.django_db
def test_a_province_gives_parts_to_its_units(cast: Cast, plan: Plan, total: Entry) -> None:
    parts = allocate(cast.specialist, plan, total, "places")
    assert len(parts) > 5
    assert sum(amounts(parts)) == total.amount
    tree = queries.Tree(queries.targets(plan))
    assert tree.tops() == [total]
    (places,) = tree.divisions(total)
    assert (places.over, places.whole) == ("places", True)


@pytest.mark.django_db
def test_some_places_only_and_the_others_are_withdrawn(cast: Cast, plan: Plan, total: Entry) -> None:
    first, second, *_rest = allocate(cast.specialist, plan, total, "places")
    typed = {first.series.place.slug: "79.000", second.series.place.slug: "770"}
    with pytest.raises(PlanRefused, match="lý do"):
        allocate(cast.specialist, plan, total, "places", "amounts", typed)
    allocate(cast.specialist, plan, total, "places", "amounts", typed, reason="chỉ giao hai nơi")
    (places,) = queries.Tree(queries.targets(plan)).divisions(total)
    assert {e.series.place.slug: int(e.amount / TY) for e in places.parts} == {
        first.series.place.slug: 79000, second.series.place.slug: 770,
    }  # fmt: skip
    assert not ledger.drift()


@pytest.mark.django_db
def test_a_breakdown_is_divided_by_the_codes_of_its_list(cast: Cast, plan: Plan, total: Entry) -> None:
    codes = CodeList.objects.create(code="sample-sectors", version="1", name_vi="Khu vực (mẫu)")
    for code in ("A", "B", "C"):
        row = Code.objects.create(codelist=codes, code=code, name_vi=f"Khu vực {code}")
    Code.objects.create(codelist=codes, code="C1", name_vi="Khu vực C1", parent=row)
    Code.objects.create(codelist=codes, code="C2", name_vi="Khu vực C2", parent=row)
    Indicator.objects.filter(code="industrial_output").update(dimensions=["sample-sectors"])
    total = queries.target_at(cast.specialist, plan, total.uuid)
    assert ("breakdown", "sample-sectors", "Khu vực (mẫu)") in ways(total)
    parts = allocate(cast.specialist, plan, total, "breakdown", codelist="sample-sectors")
    assert [part.series.segment for part in parts] == [f"sample-sectors:{code}" for code in "ABC"]
    below = allocate(cast.specialist, plan, parts[2], "breakdown", codelist="sample-sectors")
    assert [part.series.segment for part in below] == ["sample-sectors:C1", "sample-sectors:C2"]
    assert sum(amounts(below)) == parts[2].amount
    tree = queries.Tree(queries.targets(plan))
    assert tree.tops() == [total]
    assert [each.whole for each in tree.divisions(total)] == [True]


# What does not add up, and growths.


@pytest.mark.django_db
def test_an_index_is_not_divided_by_sum(cast: Cast, plan: Plan) -> None:
    level = target(cast, plan, "iip", level="106,8%")
    for over in ("months", "quarters", "places"):
        with pytest.raises(NotDivided, match="là chỉ số, các phần không cộng lại thành tổng"):
            allocate(cast.specialist, plan, level, over)
    assert ways(level) == []


@pytest.mark.django_db
def test_a_stock_is_divided_by_places_but_not_by_months(cast: Cast, plan: Plan) -> None:
    Indicator.objects.filter(code="industrial_output").update(adds_up="stock")
    total = target(cast, plan, level="10 tỷ đồng")
    with pytest.raises(NotDivided, match="là số tại một thời điểm"):
        allocate(cast.specialist, plan, total, "months")
    assert sum(amounts(allocate(cast.specialist, plan, total, "places"))) == 10 * TY


@pytest.mark.django_db
def test_a_growth_goes_to_each_place_as_it_is_or_as_typed(cast: Cast, plan: Plan) -> None:
    grown = target(cast, plan, "iip", growth="gần 6,8%")
    parts = allocate(cast.specialist, plan, grown, "places")
    assert {(part.amount, part.hedge, part.base) for part in parts} == {(Decimal("6.8"), "nearly", "2020")}
    typed = {parts[0].series.place.slug: "9%", parts[1].series.place.slug: "5,5"}
    own = allocate(cast.specialist, plan, grown, "places", "amounts", typed, reason="giao riêng")
    assert sorted(amounts(own)) == [Decimal("5.5"), 9]
    months = allocate(cast.specialist, plan, grown, "months")
    assert [part.base for part in months][:2] == ["2020-01", "2020-02"]
    with pytest.raises(PlanRefused, match="không chia theo tỷ trọng"):
        allocate(cast.specialist, plan, grown, "months", "shares", {}, reason="thử")
    assert queries.Tree(queries.targets(plan)).tops() == [grown]


# Changing a total, and who may.


@pytest.mark.django_db
def test_parts_of_a_changed_total_no_longer_match_until_they_are_spread_again(
    cast: Cast, plan: Plan, total: Entry
) -> None:
    parts = allocate(cast.specialist, plan, total, "months", step=Decimal(TY))
    new = target(cast, plan, level="80.000 tỷ đồng", reason="điều chỉnh")
    (months,) = queries.Tree(queries.targets(plan)).divisions(new)
    assert (months.left, months.whole, months.complete) == (230 * TY, False, True)
    again = respread(cast.specialist, plan, total, "months", "chia lại theo tổng mới")
    assert sum(amounts(again)) == 80000 * TY
    assert [entry.replaces for entry in again] == parts
    (months,) = queries.Tree(queries.targets(plan)).divisions(new)
    assert months.whole
    assert not ledger.drift()


@pytest.mark.django_db
def test_dividing_wants_the_right_to_plan_for_every_part(cast: Cast, plan: Plan, total: Entry) -> None:
    for who in (cast.clerk, cast.specialist_elsewhere):
        with pytest.raises(NotAllowed):
            allocate(who, plan, total, "months")


@pytest.mark.django_db
def test_nothing_is_left_to_divide_below_a_month(cast: Cast, plan: Plan) -> None:
    month = target(cast, plan, period="2021-03", level="1 tỷ đồng")
    with pytest.raises(NotDivided, match="mức nhỏ nhất"):
        parts_of(month, "months")
    with pytest.raises(BamsatError, match="Không có cách chia"):
        allocate(cast.specialist, plan, month, "places", "guess")

# SPDX-License-Identifier: Apache-2.0
"""Plans as decisions give them; the decisions here are samples made up for the tests, their targets are not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue.models import Indicator, Provider
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures import ledger
from bamsat.rooms.figures.models import Entry, Latest, Plan
from bamsat.rooms.figures.plans import actions, queries
from bamsat.rooms.figures.plans.actions import PlanRefused
from bamsat.rooms.figures.plans.forms import of_target
from bamsat.rooms.figures.plans.typed import said
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TY = 10**9


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()
    for code in ("council", "committee", "ministry"):
        Provider.objects.get_or_create(code=code, defaults={"name_vi": code})


def indicator(code: str) -> Indicator:
    found = indicator_coded(code)
    assert found
    return found


def recorded(cast: Cast, number: str = "01/NQ-HĐND", **more: Any) -> Plan:
    said = {
        "issuer": "Hội đồng nhân dân tỉnh", "issued_on": date(2020, 12, 10),
        "title": "Kế hoạch phát triển kinh tế - xã hội năm 2021", "period": "2021",
    }  # fmt: skip
    return actions.record_plan(cast.specialist, cast.home, number, **said | more)


def standing(plan: Plan) -> dict[str, Decimal]:
    return {f"{e.series.indicator.code} {e.series.measure}": e.amount for e in queries.targets(plan)}


# Words.


@pytest.mark.parametrize(
    ("text", "base", "value", "hedge", "unit"),
    [
        ("79.770 tỷ đồng", "VND", 79770 * TY, "", "VND"),
        ("gần 51.000 tỷ đồng", "VND", 51000 * TY, "nearly", "VND"),
        ("gần 3.000 triệu USD", "USD", 3_000_000_000, "nearly", "USD"),
        ("trên 270 triệu USD", "USD", 270_000_000, "over", "USD"),
        ("+9,7%", "%", "9.7", "", "%"),
        ("tăng gần 16%", "%", 16, "nearly", "%"),
        ("giảm 2%", "%", -2, "", "%"),
        ("8% trở lên", "%", 8, "at_least", "%"),
    ],
)
def test_targets_are_typed_as_decisions_write_them(text: str, base: str, value: Any, hedge: str, unit: str) -> None:
    told = said(text, base)
    assert (told.value, told.hedge, told.unit) == (Decimal(str(value)), hedge, unit)
    assert told.lower <= told.value <= told.upper


# Recording.


def test_a_plan_is_recorded_and_signed(cast: Cast) -> None:
    plan = recorded(cast)
    assert (plan.number, plan.period, plan.provider) == ("01/NQ-HĐND", "2021", "council")
    last = AuditRecord.objects.order_by("-pk").first()
    assert last
    assert (last.action, last.by) == ("figures.plan.recorded", cast.specialist)


def test_the_same_number_of_the_same_day_is_refused(cast: Cast) -> None:
    recorded(cast)
    with pytest.raises(PlanRefused, match="Đã ghi kế hoạch số 01/NQ-HĐND, 10/12/2020"):
        recorded(cast)
    recorded(cast, issued_on=date(2021, 12, 10))
    assert Plan.objects.count() == 2


def test_a_plan_without_its_header_is_refused_with_what_it_lacks(cast: Cast) -> None:
    with pytest.raises(PlanRefused, match="thiếu: số, ký hiệu, trích yếu"):
        recorded(cast, number=" ", title="")
    with pytest.raises(PlanRefused, match="chưa có nguồn"):
        recorded(cast, provider="nobody")


def test_a_mistyped_header_is_mended_with_a_reason(cast: Cast) -> None:
    plan = recorded(cast)
    with pytest.raises(PlanRefused, match="lý do"):
        actions.correct_plan(cast.specialist, plan, "", number="02/NQ-HĐND")
    mended = actions.correct_plan(cast.specialist, plan, "gõ nhầm số", number="02/NQ-HĐND")
    assert mended.number == "02/NQ-HĐND"
    last = AuditRecord.objects.order_by("-pk").first()
    assert last
    assert last.details["old"] == {"number": "01/NQ-HĐND"}


@pytest.mark.parametrize("who", ["clerk", "specialist_elsewhere", "newcomer"])
def test_only_those_who_plan_for_the_place_record_and_change(cast: Cast, who: str) -> None:
    plan, user = recorded(cast), getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.record_plan(user, cast.home, "9", "x", date(2021, 1, 1), "x", "2021")
    with pytest.raises(NotAllowed):
        actions.set_target(user, plan, indicator("iip"), growth="6,8%")
    with pytest.raises(NotAllowed):
        actions.supersede(user, plan, "9", "x", date(2021, 1, 1), "x", "y")
    with pytest.raises(NotAllowed):
        actions.withdraw_plan(user, plan, "y")


# Targets.


def test_targets_are_entries_of_kind_plan_from_the_plans_provider(cast: Cast) -> None:
    plan = recorded(cast)
    level, grown = actions.set_target(
        cast.specialist, plan, indicator("industrial_output"), level="79.770 tỷ đồng", growth="gần 16%"
    )
    assert (level.amount, level.kind, level.plan, level.series.provider) == (79770 * TY, "plan", plan, "council")
    assert (grown.series.measure, grown.amount, grown.base, grown.hedge) == ("growth", 16, "2020", "nearly")
    assert not ledger.drift()


def test_a_target_without_unit_is_in_the_unit_that_is_shown(cast: Cast) -> None:
    plan = recorded(cast)
    retail = indicator("retail_services")
    (entry,) = actions.set_target(cast.specialist, plan, retail, level="gần 51.000", unit="tỷ đồng", growth=None)
    assert (entry.amount, entry.hedge) == (51000 * TY, "nearly")


def test_a_target_in_the_wrong_unit_or_outside_the_plan_is_refused(cast: Cast) -> None:
    plan = recorded(cast)
    with pytest.raises(PlanRefused, match="tính bằng tỷ đồng, không phải USD"):
        actions.set_target(cast.specialist, plan, indicator("retail_services"), level="270 triệu USD")
    with pytest.raises(PlanRefused, match="nằm ngoài kỳ"):
        actions.set_target(cast.specialist, plan, indicator("iip"), period="2022", growth="6,8%")
    with pytest.raises(PlanRefused, match="hãy ghi mức hoặc tăng trưởng"):
        actions.set_target(cast.specialist, plan, indicator("iip"))
    build.role(cast.specialist, "lang-son")
    with pytest.raises(PlanRefused, match="không thuộc"):
        actions.set_target(cast.specialist, plan, indicator("iip"), cast.elsewhere, growth="6,8%")
    assert not Entry.objects.exists()


def test_changing_a_target_wants_a_reason_and_keeps_the_old_one(cast: Cast) -> None:
    plan = recorded(cast)
    (first,) = actions.set_target(cast.specialist, plan, indicator("iip"), growth="6,8%")
    (again,) = actions.set_target(cast.specialist, plan, indicator("iip"), growth="6,8%")
    assert again == first
    with pytest.raises(PlanRefused, match="lý do"):
        actions.set_target(cast.specialist, plan, indicator("iip"), growth="7%")
    (second,) = actions.set_target(cast.specialist, plan, indicator("iip"), growth="7%", reason="ghi nhầm")
    assert second.replaces == first
    assert standing(plan) == {"iip growth": 7}


def test_two_plans_of_one_provider_do_not_write_over_each_other(cast: Cast) -> None:
    plan, other = recorded(cast), recorded(cast, number="02/NQ-HĐND")
    actions.set_target(cast.specialist, plan, indicator("iip"), growth="6,8%")
    with pytest.raises(PlanRefused, match="đã giao theo 01/NQ-HĐND"):
        actions.set_target(cast.specialist, other, indicator("iip"), growth="7%")
    ministry = recorded(cast, number="03/QĐ-BCT", provider="ministry")
    actions.set_target(cast.specialist, ministry, indicator("iip"), growth="7%")
    assert (standing(plan), standing(ministry)) == ({"iip growth": Decimal("6.8")}, {"iip growth": 7})


def test_a_target_can_be_taken_out(cast: Cast) -> None:
    plan = recorded(cast)
    (_first,) = actions.set_target(cast.specialist, plan, indicator("iip"), growth="6,8%")
    (second,) = actions.set_target(cast.specialist, plan, indicator("iip"), growth="7%", reason="ghi nhầm")
    assert actions.remove_target(cast.specialist, plan, second, "không giao") == 2
    assert standing(plan) == {}
    assert not Latest.objects.exists()
    assert Entry.objects.count() == 2
    assert not ledger.drift()


# Versions.


def superseded(cast: Cast, plan: Plan, number: str = "05/NQ-HĐND") -> Plan:
    return actions.supersede(
        cast.specialist, plan, number, "Hội đồng nhân dân tỉnh", date(2021, 7, 20), "Điều chỉnh kế hoạch năm 2021",
        "điều chỉnh giữa năm",
    )  # fmt: skip


def test_a_new_version_carries_what_it_does_not_change(cast: Cast) -> None:
    plan = recorded(cast)
    actions.set_target(cast.specialist, plan, indicator("iip"), growth="6,8%")
    (retail,) = actions.set_target(cast.specialist, plan, indicator("retail_services"), level="gần 51.000 tỷ đồng")
    new = superseded(cast, plan)
    (changed,) = actions.set_target(
        cast.specialist, new, indicator("retail_services"), level="50.500 tỷ đồng", reason="điều chỉnh"
    )
    assert standing(plan) == {"iip growth": Decimal("6.8"), "retail_services level": 51000 * TY}
    assert standing(new) == {"iip growth": Decimal("6.8"), "retail_services level": 50500 * TY}
    line = []
    at: Entry | None = changed
    while at:
        line.append(at.plan)
        at = at.replaces
    assert line == [new, new, plan]
    assert Latest.objects.get(series=retail.series).entry == changed
    assert queries.versions(plan) == queries.versions(new) == [plan, new]
    assert not ledger.drift()


def test_a_superseded_plan_is_not_changed_any_more(cast: Cast) -> None:
    plan = recorded(cast)
    new = superseded(cast, plan)
    for change in (
        lambda: actions.set_target(cast.specialist, plan, indicator("iip"), growth="6,8%"),
        lambda: superseded(cast, plan, "06/NQ-HĐND"),
        lambda: actions.withdraw_plan(cast.specialist, plan, "bỏ"),
    ):
        with pytest.raises(PlanRefused, match="đã được thay bằng 05/NQ-HĐND"):
            change()
    with pytest.raises(PlanRefused, match="ban hành trước"):
        actions.supersede(cast.specialist, new, "7", "x", date(2020, 1, 1), "x", "y")


def test_a_target_taken_out_of_a_new_version_stays_in_the_old_one(cast: Cast) -> None:
    plan = recorded(cast)
    actions.set_target(cast.specialist, plan, indicator("iip"), growth="6,8%")
    new = superseded(cast, plan)
    actions.remove_target(cast.specialist, new, queries.targets(new)[0], "không giao nữa")
    assert (standing(plan), standing(new)) == ({"iip growth": Decimal("6.8")}, {})
    assert not Latest.objects.exists()


def test_withdrawing_a_version_puts_the_one_before_in_force_again(cast: Cast) -> None:
    plan = recorded(cast)
    (first,) = actions.set_target(cast.specialist, plan, indicator("iip"), growth="6,8%")
    new = superseded(cast, plan)
    actions.set_target(cast.specialist, new, indicator("iip"), growth="7%", reason="điều chỉnh")
    assert actions.withdraw_plan(cast.specialist, new, "ban hành nhầm") == 2
    assert Latest.objects.get().entry == first
    assert queries.superseder(plan) is None
    gone = queries.withdrawn(Plan.objects.get(pk=new.pk))
    assert gone
    assert gone.reason == "ban hành nhầm"
    assert queries.not_in_force([plan, new]) == {new.pk}
    assert not ledger.drift()
    superseded(cast, plan, "08/NQ-HĐND")


def test_a_plan_recorded_by_mistake_leaves_its_line_in_the_trail(cast: Cast) -> None:
    plan = recorded(cast)
    assert actions.withdraw_plan(cast.specialist, plan, "ghi nhầm tỉnh") == 0
    assert not Plan.objects.exists()
    last = AuditRecord.objects.order_by("-pk").first()
    assert last
    assert (last.action, last.reason) == ("figures.plan.withdrawn", "ghi nhầm tỉnh")
    recorded(cast)


def test_a_plan_is_seen_where_its_place_is(cast: Cast) -> None:
    plan = recorded(cast)
    assert list(queries.visible_plans(cast.clerk)) == [plan]
    assert not queries.visible_plans(cast.specialist_elsewhere).exists()
    with pytest.raises(Plan.DoesNotExist):
        queries.plan_at(cast.specialist_elsewhere, plan.uuid)


def test_a_target_replaced_from_its_own_page_stays_in_its_plan(cast: Cast) -> None:
    plan = recorded(cast)
    (first,) = actions.set_target(cast.specialist, plan, indicator("iip"), growth="6,8%")
    new = figures.replace(cast.head, first, "7", "đính chính", unit="%")
    assert (new.plan, standing(plan)) == (plan, {"iip growth": 7})
    assert queries.period_of(new) == Period.year(2021)


@pytest.mark.parametrize("hedge", ["", "over", "nearly", "about", "at_least", "at_most"])
@pytest.mark.parametrize("given", [{"level": "51.000 tỷ đồng"}, {"growth": "+9,7%"}, {"growth": "-2%"}])
def test_a_target_shown_for_changing_is_read_back_as_it_was(cast: Cast, hedge: str, given: dict[str, str]) -> None:
    plan = recorded(cast)
    (entry,) = actions.set_target(cast.specialist, plan, indicator("retail_services"), hedge=hedge, **given)  # type: ignore[arg-type]
    shown = of_target(entry, None)
    text = shown.get("level") or shown["growth"]
    again = said(text, entry.series.unit)
    assert (again.value, again.hedge, again.unit) == (entry.amount, entry.hedge, entry.series.unit)

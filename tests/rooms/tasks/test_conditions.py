# SPDX-License-Identifier: Apache-2.0
"""A condition on a figure is held against what the ledger has approved: met, not met, cannot tell, each with why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bamsat.core.terms.directive import Condition
from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from bamsat.rooms.tasks.conditions import Judged, judge
from bamsat.rooms.tasks.models import Task
from bamsat.rooms.tasks.rights import seen_tasks
from tests import build
from tests.rooms.tasks.told import task

pytestmark = pytest.mark.django_db
TODAY, DUE = date(2026, 10, 5), date(2026, 9, 30)


def test_a_figure_that_reaches_it_meets_it_and_leads_to_its_entry(cast):
    approved(cast, build.plan_ratio("61.2", period="2026-01/2026-09"))
    found = asked(cast, condition("plan_ratio", "60", period="2026-01/2026-09"))
    assert (found.met, found.value, found.shown, found.period) == (True, Decimal("61.2"), "61,2 %", "2026-01/2026-09")
    assert found.entry is not None
    assert found.words == "9 tháng năm 2026: 61,2 %, đạt."
    assert found.asked == "Giá trị sản xuất công nghiệp, so với kế hoạch ≥ 60 %, 9 tháng năm 2026"


def test_one_that_does_not_reach_it_does_not(cast):
    approved(cast, build.plan_ratio("58", period="2026-01/2026-09"))
    found = asked(cast, condition("plan_ratio", "60", period="2026-01/2026-09"))
    assert (found.met, found.words) == (False, "9 tháng năm 2026: 58 %, chưa đạt.")


def test_nothing_is_said_by_figures_that_nobody_approved(cast):
    document = build.document(cast.specialist, [build.plan_ratio("61.2", period="2026-01/2026-09")])
    figures.accept_all(cast.specialist, document)
    found = asked(cast, condition("plan_ratio", "60", period="2026-01/2026-09"))
    assert (found.met, found.value) == (None, None)
    assert "Sổ số liệu chưa có" in found.words


def test_growth_is_computed_from_levels(cast):
    approved(cast, level("100", "2025-01/2025-09"), level("112", "2026-01/2026-09"))
    assert asked(cast, condition("growth", "12", period="2026-01/2026-09")).met is True
    assert asked(cast, condition("growth", "12.1", period="2026-01/2026-09")).met is False


def test_months_are_added_where_nobody_stated_their_sum(cast):
    approved(cast, *(level("10", f"2026-{month:02}") for month in range(1, 10)))
    found = asked(cast, condition("level", str(90 * 10**9), unit="VND", period="2026-01/2026-09"))
    assert (found.met, found.value) == (True, Decimal(90 * 10**9))


def test_of_a_year_that_is_not_over_its_first_months_can_be_enough(cast):
    approved(cast, level("80", "2026-01/2026-08"))
    enough = asked(cast, condition("level", str(75 * 10**9), unit="VND", period="2026"))
    assert (enough.met, enough.period) == (True, "2026-01/2026-08")
    lacking = asked(cast, condition("level", str(95 * 10**9), unit="VND", period="2026"))
    assert (lacking.met, "chưa hết" in lacking.words) == (None, True)
    ceiling = asked(cast, condition("level", str(95 * 10**9), unit="VND", period="2026", comparison="<="))
    assert (ceiling.met, "đang giữ được" in ceiling.words) == (None, True)


def test_without_a_period_the_latest_months_until_the_deadline_answer(cast):
    approved(cast, build.plan_ratio("50", period="2026-01/2026-06"), build.plan_ratio("70", period="2026-01/2026-10"))
    found = asked(cast, condition("plan_ratio", "60", period=None))
    assert (found.met, found.period) == (False, "2026-01/2026-06")


def test_what_is_in_another_unit_or_of_no_indicator_cannot_be_told(cast):
    approved(cast, level("80", "2026"))
    other = asked(cast, condition("level", "5", unit="USD", period="2026"))
    assert (other.met, "khác đơn vị" in other.words) == (None, True)
    unknown = Condition("no_such_thing", None, "level", ">=", Decimal(5), "USD", "2026")
    assert "Danh mục không có" in asked(cast, unknown).words
    assert judge(cast.specialist, task(cast), TODAY) is None


def test_a_share_is_held_against_what_was_stated(cast):
    approved(cast, build.stated("38.5", measure="share", unit="%", period="2026-01/2026-09"))
    assert asked(cast, condition("share", "38", period="2026-01/2026-09")).met is True
    assert asked(cast, condition("share", "38.5", period="2026-01/2026-09", comparison="=")).met is True


def test_who_works_for_other_indicators_sees_neither_the_task_nor_its_figure(cast):
    approved(cast, build.plan_ratio("61.2", period="2026-01/2026-09"))
    made = with_condition(cast, condition("plan_ratio", "60", period="2026-01/2026-09"))
    plain = task(cast, indicators=(Indicator.objects.get(code="industrial_output"),))
    beside = create_user("chuyen-vien-khac", "Chuyên viên lĩnh vực khác", password="mat-khau-thu")
    give_role(None, beside, cast.home, Role.SPECIALIST, sets=[other_set()])
    assert set(seen_tasks(beside)) == {plain}
    assert set(seen_tasks(cast.specialist)) == {plain, made}
    found = judge(beside, made, TODAY)
    assert found is not None
    assert (found.met, found.value) == (None, None)


def condition(
    measure: str, value: str, unit: str = "%", period: str | None = "2026", comparison: str = ">="
) -> Condition:
    return Condition("industrial_output", None, measure, comparison, Decimal(value), unit, period)


def level(billions: str, period: str) -> Any:
    number = Decimal(billions) * 10**9
    return build.stated(f"{number:f}", period=period, price_basis="current")


def approved(cast: Any, *stated: Any) -> None:
    document = build.document(cast.specialist, stated, period="2026")
    assert not figures.accept_all(cast.specialist, document).left
    assert not figures.approve_all(cast.head, document).left


def with_condition(cast: Any, condition: Condition) -> Task:
    made = task(cast, condition=condition)
    made.refresh_from_db()
    return made


def asked(cast: Any, condition: Condition) -> Judged:
    build.catalogue()
    found = judge(cast.specialist, with_condition(cast, condition), TODAY)
    assert found is not None
    return found


def other_set() -> IndicatorSet:
    """A set without industrial output."""
    return IndicatorSet.objects.exclude(members__indicator__code="industrial_output").order_by("pk")[0]

# SPDX-License-Identifier: Apache-2.0
"""What stands in the ledger, as the check takes it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bamsat.core.check.model import Stated
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.actions import accept, accept_all, replace, withdraw
from bamsat.rooms.figures.known_stated import history_stated, known_stated, place_key
from bamsat.rooms.figures.models import Entry
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def taken(cast: Cast, *figures: Any) -> list[Entry]:
    return list(accept_all(cast.head, build.document(cast.specialist, figures)).entries)


def told(found: list[Stated]) -> list[tuple[str, str, str | None, Decimal, str]]:
    return [
        (one.figure.measure, one.figure.period or "", one.figure.base, one.figure.value, one.figure.status)
        for one in found
    ]


def test_levels_growth_plan_and_ratios_of_the_periods_asked_for_are_told(cast: Cast):
    taken(
        cast, stated(100), stated(90, period="2020"), stated(120, status="target"), growth("12.77"), plan_ratio("100.5")
    )
    taken(cast, stated(80, period="2019"))
    found = known_stated(cast.home, ["2021", "2020"])
    assert sorted(told(found), key=str) == [
        ("growth", "2021", "2020", Decimal("12.77"), "actual"),
        ("level", "2020", None, Decimal(90), "actual"),
        ("level", "2021", None, Decimal(100), "actual"),
        ("level", "2021", None, Decimal(120), "target"),
        ("plan_ratio", "2021", None, Decimal("100.5"), "actual"),
    ]


def test_an_entry_is_told_with_its_key_its_source_its_place_and_how_sure_it_is(cast: Cast):
    figure = stated(
        5300,
        number="5.300 tỷ đồng",
        value=Decimal(5300) * 10**9,
        lower=Decimal(52995) * 10**8,
        upper=Decimal(53005) * 10**8,
    )
    entry = taken(cast, figure)[0]
    (found,) = known_stated(cast.home, ["2021"])
    assert found.key == f"entry:{entry.uuid}"
    assert found.place == place_key(cast.home)
    assert found.source == "Sở Công Thương (sơ bộ)"
    assert (found.figure.number, found.figure.area) == ("5.300 tỷ đồng", "tỉnh Cao Bằng")
    assert (found.figure.lower, found.figure.upper) == (Decimal(52995) * 10**8, Decimal(53005) * 10**8)
    assert (found.weight, found.official) == (5, False)


def test_a_value_that_was_replaced_is_written_anew(cast: Cast):
    figure = stated(
        5300,
        number="5.300 tỷ đồng",
        value=Decimal(5300) * 10**9,
        lower=Decimal(5300) * 10**9,
        upper=Decimal(5300) * 10**9,
    )
    entry = taken(cast, figure)[0]
    replace(cast.head, entry, Decimal(5310) * 10**9, "đính chính")
    (found,) = known_stated(cast.home, ["2021"])
    assert found.figure.number == "5.310 tỷ đồng"


def test_what_was_withdrawn_is_not_told_and_what_stood_on_a_day_is(cast: Cast):
    entry = accept(cast.head, build.figure(cast.specialist, stated(100)))
    moment = timezone.now()
    replace(cast.head, entry, Decimal(200), "đính chính")
    assert [one.figure.value for one in known_stated(cast.home, ["2021"], as_known=moment)] == [100]
    assert [one.figure.value for one in known_stated(cast.home, ["2021"])] == [200]
    withdraw(cast.director, Entry.objects.get(value__gt=100 * 10**entry.series.scale), "nhầm")
    later = known_stated(cast.home, ["2021"], as_known=timezone.now() + timedelta(days=1))
    assert (
        [one.key for one in later] == [one.key for one in known_stated(cast.home, ["2021"])] == [f"entry:{entry.uuid}"]
    )


def test_a_user_is_told_only_what_that_user_may_see(cast: Cast):
    taken(cast, stated(100))
    assert len(known_stated(cast.home, ["2021"], user=cast.specialist)) == 1
    assert known_stated(cast.home, ["2021"], user=cast.specialist_elsewhere) == []
    assert known_stated(cast.home, ["2021"], user=cast.newcomer) == []


def test_indicators_narrow_it(cast: Cast):
    taken(cast, stated(100), stated(7, indicator="exports", unit="USD"))
    assert [one.figure.indicator for one in known_stated(cast.home, ["2021"], ["exports"])] == ["exports"]


def test_the_number_of_questions_does_not_grow_with_the_entries(cast: Cast):
    taken(cast, stated(100))
    with CaptureQueriesContext(
        connection,
    ) as few:
        known_stated(cast.home, ["2021"], user=cast.specialist)
    taken(cast, *(stated(number, indicator=f"product:hàng {number}", unit="ton") for number in range(30)))
    fresh = type(cast.specialist).objects.get(pk=cast.specialist.pk)
    with CaptureQueriesContext(connection) as many:
        assert len(known_stated(cast.home, ["2021"], user=fresh)) == 31
    assert len(many) <= len(few) + 1


class TestHistory:
    def test_the_months_of_five_years_before_are_told(self, cast: Cast):
        taken(cast, *(stated(number, period=f"2021-{number:02}") for number in range(1, 13)))
        taken(cast, stated(5, period="2016-05"), stated(9, period="2021"), stated(8, period="2021-05", status="target"))
        found = history_stated(cast.home, ["industrial_output"], Period.month(2021, 10))
        assert [one.figure.value for one in found] == list(range(1, 10))

    def test_a_year_to_date_is_beside_the_same_months_of_other_years(self, cast: Cast):
        taken(
            cast, stated(1, period="2020-01/2020-10"), stated(2, period="2021-01/2021-10"), stated(3, period="2021-10")
        )
        found = history_stated(cast.home, ["industrial_output"], Period.months(2022, 1, 10))
        assert [one.figure.period for one in found] == ["2020-01/2020-10", "2021-01/2021-10"]

    def test_other_indicators_and_places_are_left_out(self, cast: Cast):
        taken(cast, stated(1, period="2021-01"), stated(2, period="2021-01", indicator="exports", unit="USD"))
        found = history_stated(cast.home, ["exports"], Period.month(2021, 2))
        assert [one.figure.indicator for one in found] == ["exports"]
        assert history_stated(cast.elsewhere, ["exports"], Period.month(2021, 2)) == []

# SPDX-License-Identifier: Apache-2.0
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.actions import accept, accept_all, replace, withdraw
from bamsat.rooms.figures.histories import history
from bamsat.rooms.figures.queries import (
    as_of,
    confirmations,
    entries_of,
    entry_for,
    is_standing,
    releases,
    trail,
)
from bamsat.rooms.figures.series_list import Wanted, series_lines, series_page
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def test_the_trail_of_an_entry_tells_every_value_with_its_reason_and_source(cast: Cast) -> None:
    figure = build.figure(cast.specialist, stated(100))
    first = accept(cast.head, figure)
    second = replace(cast.head, first, Decimal(200), "đính chính")
    withdraw(cast.director, second, "nhầm")
    told = [(e.amount, e.reason, e.withdrawn, e.source) for e in trail(first)]
    assert told == [(200, "đính chính", True, None), (100, "", False, figure)]
    assert is_standing(first)
    assert not is_standing(second)
    assert entry_for(cast.specialist, second.uuid).withdrawal.by == cast.director


def test_the_releases_of_a_period_are_its_standing_entries_of_every_kind(cast: Cast) -> None:
    document = build.document(cast.specialist, [stated(1, status="estimate"), stated(2), stated(3, status="target")])
    entries = accept_all(cast.head, document).entries
    assert [e.kind for e in releases(entries[0])] == ["estimate", "actual", "plan"]


def test_each_accepted_figure_of_a_document_leads_to_its_entry(cast: Cast) -> None:
    first = accept(cast.head, build.figure(cast.specialist, stated(1)))
    document = build.document(cast.specialist, [stated(1), stated(2, period="2020"), stated(3, doubt="?")])
    made = accept_all(cast.head, document).entries
    ordinals = {f.pk: f.ordinal for f in document.figures.all()}
    assert {ordinals[pk]: entry for pk, entry in entries_of(document).items()} == {1: first, 2: made[1]}
    assert [c.source.document for c in confirmations(first)] == [document]


def test_the_ledger_can_be_read_as_it_stood_on_a_day(cast: Cast) -> None:
    first = accept(cast.head, build.figure(cast.specialist, stated(100)))
    second = replace(cast.head, first, Decimal(200), "đính chính")
    between = second.recorded_at - timedelta(microseconds=1)
    withdrawal = withdraw(cast.head, second, "nhầm")
    series = [first.series]
    assert as_of(first.recorded_at - timedelta(microseconds=1), series) == []
    assert as_of(between, series) == [first]
    assert as_of(withdrawal.at - timedelta(microseconds=1), series) == [second]
    assert as_of(timezone.now(), series) == [first]


def test_the_history_of_a_series_tells_level_growth_plan_and_ratio_period_by_period(cast: Cast) -> None:
    billion = 10**9
    document = build.document(
        cast.specialist,
        [
            stated(5300 * billion), growth("12.77"), plan_ratio("100"), stated(5310 * billion, status="forecast"),
            stated(4700 * billion, period="2020"), stated(6000 * billion, period="2022", status="target"),
            stated(77, segment="khu vực FDI"),
        ],
    )  # fmt: skip
    accept_all(cast.head, document)
    told = history(cast.specialist, Indicator.objects.get(code="industrial_output"), cast.home)
    assert [row.period for row in told.rows] == ["2022", "2021", "2020"]
    planned, now, before = told.rows
    assert planned.plan
    assert (planned.plan.display, planned.plan.display_unit, planned.level) == (6000, "tỷ đồng", None)
    assert now.level
    assert now.growth
    assert now.plan
    assert now.forecast
    assert (now.level.display, now.growth.display, now.plan.display) == (5300, Decimal("12.77"), 5300)
    assert (now.growth.derived, now.plan.derived, now.forecast.display) == (False, True, 5310)
    assert before.growth is None
    assert told.segments == ("ownership:foreign",)
    assert [level.period for level in told.levels] == ["2020", "2021"]


def test_the_history_of_an_indicator_without_entries_is_empty(cast: Cast) -> None:
    told = history(cast.specialist, Indicator.objects.get(code="cpi"), cast.home)
    assert (told.rows, told.levels) == ((), ())


def test_the_list_of_series_finds_by_indicator_and_place_with_or_without_tones(cast: Cast) -> None:
    accept_all(cast.head, build.document(cast.specialist, [stated(1), growth("2"), stated(3, indicator="exports")]))
    lines = series_lines(cast.specialist)
    assert [(line.indicator.code, line.entries) for line in lines] == [("industrial_output", 2), ("exports", 1)]
    assert [line.indicator.code for line in series_lines(cast.specialist, "xuat khau")] == ["exports"]
    assert len(series_lines(cast.specialist, "cao bang")) == 2
    assert series_page(cast.specialist, Wanted(place=cast.elsewhere)).lines == ()


def test_a_history_takes_the_same_few_queries_however_long_it_is(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    accept_all(cast.head, build.document(cast.specialist, [stated(n, period=f"{1990 + n}") for n in range(1, 30)]))
    indicator = Indicator.objects.get(code="industrial_output")
    with django_assert_max_num_queries(7):
        history(cast.specialist, indicator, cast.home)

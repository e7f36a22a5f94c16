# SPDX-License-Identifier: Apache-2.0
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import PeriodUnreadable
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.desk.queries import home
from bamsat.rooms.figures.actions import accept, accept_all
from bamsat.rooms.figures.comparison import PlanState
from bamsat.rooms.places.models import Place
from bamsat.rooms.scoreboard.board import MAIN, REST, SHOWN, Scoreboard, places_with_figures, scoreboard
from bamsat.rooms.scoreboard.lines import line as board_line
from bamsat.rooms.scoreboard.rows import Row
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BILLION = 10**9


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def board(cast: Cast, figures: Sequence[Figure], period: str | int | None = 2021) -> Scoreboard:
    done = accept_all(cast.head, build.document(cast.specialist, figures))
    assert not done.left
    return scoreboard(cast.specialist, cast.home, period)


def only_row(cast: Cast, *figures: Figure, period: str | int | None = 2021) -> Row:
    (row,) = board(cast, figures, period).rows
    return row


def within(value: int | str, half: str, **more: object) -> Figure:
    number = Decimal(value)
    return stated(value, lower=number - Decimal(half), upper=number + Decimal(half), **more)


def test_what_the_report_states_is_shown_and_what_follows_from_it_is_computed(cast: Cast) -> None:
    row = only_row(
        cast,
        within(777_792_000, "500", indicator="trade_total", unit="USD"),
        growth("21.7", indicator="trade_total"),
        plan_ratio("110.63", indicator="trade_total", lower=Decimal("110.625"), upper=Decimal("110.635")),
    )
    assert row.value
    assert row.growth
    assert row.plan
    assert row.plan_ratio
    assert row.before
    assert (row.value.display, row.unit, row.value.derived) == (Decimal("777.792"), "triệu USD", False)
    assert (row.growth.display, row.plan_ratio.display) == (Decimal("21.7"), Decimal("110.63"))
    assert (row.plan.display, row.plan.derived, row.plan.how) == (Decimal("703.06"), True, "777,792 ÷ 1,1063")
    assert (row.before.display, row.before.derived) == (Decimal("639.11"), True)
    assert (row.state, row.direction, row.favourable) == (PlanState.EXCEEDED, "up", True)


def test_every_number_leads_to_the_entries_that_it_comes_from(cast: Cast) -> None:
    document = build.document(cast.specialist, [stated(100 * BILLION), plan_ratio("80")])
    level, ratio = accept_all(cast.head, document).entries
    (row,) = scoreboard(cast.specialist, cast.home, 2021).rows
    assert row.value
    assert row.plan
    assert (row.value.entry, row.plan.entries) == (level.uuid, (level.uuid, ratio.uuid))


def test_growth_and_plan_ratio_are_computed_where_the_report_states_none(cast: Cast) -> None:
    row = only_row(
        cast, stated(110 * BILLION), stated(100 * BILLION, period="2020"), stated(120 * BILLION, status="target")
    )
    assert row.growth
    assert row.plan
    assert row.plan_ratio
    assert (row.growth.display, row.growth.derived, row.growth.how) == (10, True, "110 ÷ 100 − 1")
    assert (row.plan.display, row.plan.derived) == (120, False)
    assert (row.plan_ratio.display, row.plan_ratio.derived) == (Decimal("91.67"), True)
    assert row.state == PlanState.MISSED


@pytest.mark.parametrize(
    ("done", "half", "plan", "state"),
    [
        (120, "0.5", 100, PlanState.EXCEEDED), (100, "0", 100, PlanState.MET), (100, "0.5", 100, PlanState.NEAR),
        (90, "0.5", 100, PlanState.MISSED),
    ],
)  # fmt: skip
def test_the_state_says_where_it_stands_and_near_where_rounding_hides_it(
    cast: Cast, done: int, half: str, plan: int, state: PlanState
) -> None:
    assert only_row(cast, within(done, half), stated(plan, status="target")).state == state


def test_without_a_plan_it_says_so(cast: Cast) -> None:
    row = only_row(cast, stated(5), growth("-3"))
    assert (row.state, row.plan, row.plan_ratio) == (PlanState.NO_PLAN, None, None)
    assert (row.direction, row.favourable) == ("down", False)


def test_part_of_a_year_runs_against_the_plan_of_the_year(cast: Cast) -> None:
    row = only_row(cast, stated(72, period="2021-01/2021-09"), stated(90, status="target"), period="2021-01/2021-09")
    assert row.plan
    assert row.plan_ratio
    assert (row.plan.period, row.plan_ratio.display, row.state) == ("2021", 80, PlanState.RUNNING)
    assert row.pace
    assert row.needed
    assert (row.pace.should, row.needed.months, row.needed.each) == (67.5, 3, 6)


def test_actual_comes_before_estimate(cast: Cast) -> None:
    row = only_row(cast, stated(5, status="estimate"), stated(6))
    assert row.value
    assert (row.value.value, row.value.kind) == (6, "actual")


def test_so_many_of_so_many_is_the_value_of_an_indicator_that_has_no_level(cast: Cast) -> None:
    ratio = {"measure": "ratio", "of": Decimal(79), "unit": "chợ", "indicator": "facility_coverage:chợ"}
    row = only_row(cast, stated(25, **ratio))
    assert row.value
    assert (row.value.display, row.value.of, row.value.measure, row.value.display_unit) == (25, 79, "ratio", "chợ")
    assert (row.before, row.state) == (None, PlanState.NO_PLAN)


def test_growth_against_the_month_before_is_not_taken_for_growth_against_last_year(cast: Cast) -> None:
    row = only_row(cast, stated(5, period="2021-07"), growth("4", period="2021-07", base="2021-06"), period="2021-07")
    assert row.growth is None


def test_an_index_against_last_year_gives_the_growth(cast: Cast) -> None:
    row = only_row(cast, growth("107.5", measure="index", indicator="iip"))
    assert row.growth
    assert (row.growth.display, row.growth.derived) == (Decimal("7.5"), True)


def test_each_price_basis_has_its_own_row_and_growth_goes_with_the_first(cast: Cast) -> None:
    rows = board(cast, [stated(9, price_basis="constant:2010"), stated(12, price_basis="current"), growth("3")]).rows
    assert [(row.price_basis, row.growth is None) for row in rows] == [("constant:2010", False), ("current", True)]


def test_rows_stand_in_the_order_of_the_catalogue_and_new_names_after_it(cast: Cast) -> None:
    told = board(
        cast,
        [
            stated(1, indicator="product:xi măng", unit="ton"), stated(2, indicator="exports", unit="USD"),
            stated(3), stated(4, indicator="cpi", period="2020"), stated(5, segment="khu vực FDI"),
        ],
    )  # fmt: skip
    assert [row.indicator.code for row in told.rows] == ["industrial_output", "exports", "product:xi măng"]
    assert [row.segments for row in told.rows] == [1, 0, 0]
    assert told.tally == {state: 3 if state == "no_plan" else 0 for state in PlanState.values}


def test_without_a_period_it_opens_on_the_last_year_in_which_something_was_done(cast: Cast) -> None:
    told = board(
        cast, [stated(1, period="2020"), stated(2, period="2021-07"), stated(3, period="2025", status="target")], None
    )
    assert told.period == "2021"
    assert told.periods == ("2021", "2025", "2021-07", "2020")


def test_a_place_without_figures_has_an_empty_board_and_a_wrong_period_is_told(cast: Cast) -> None:
    assert scoreboard(cast.specialist, cast.home).rows == ()
    with pytest.raises(PeriodUnreadable):
        scoreboard(cast.specialist, cast.home, "hôm qua")


def test_the_board_of_another_place_is_not_there(cast: Cast) -> None:
    board(cast, [stated(1)])
    for stranger in (cast.specialist_elsewhere, cast.newcomer):
        with pytest.raises(Place.DoesNotExist):
            scoreboard(stranger, cast.home, 2021)
        assert places_with_figures(stranger) == []


def test_the_board_takes_the_same_queries_however_many_rows_it_has(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    board(cast, [stated(n, indicator=f"product:mặt hàng {n}", unit="ton") for n in range(1, 60)])
    with django_assert_max_num_queries(14):  # one of them asks for drafts of returns
        first = scoreboard(cast.specialist, cast.home, 2021)
    rest = scoreboard(cast.specialist, cast.home, 2021, page=2)
    assert (len(first.rows), len(rest.rows), first.pages) == (SHOWN, 59 - SHOWN, 2)
    assert not {row.indicator for row in first.rows} & {row.indicator for row in rest.rows}


def test_many_indicators_stand_one_field_at_a_time_and_what_is_in_no_field_comes_last(cast: Cast) -> None:
    names = [f"product:mặt hàng {n}" for n in range(1, 60)]
    board(cast, [stated(n, indicator=name, unit="ton") for n, name in enumerate(names, 1)])
    SetMember.objects.all().delete()
    made = {code: IndicatorSet.objects.get_or_create(code=code, defaults={"name_vi": code})[0] for code in ("a", MAIN)}
    for code, held in (("a", names[:5]), (MAIN, names[3:6])):
        for name in held:
            SetMember.objects.create(set=made[code], indicator=Indicator.objects.get(code=name))
    told = scoreboard(cast.specialist, cast.home, 2021)
    assert [(each.code, len(each.indicators)) for each in told.fields] == [(MAIN, 3), ("a", 5), (REST, 53)]
    assert (told.field, {row.indicator.code for row in told.rows}) == (MAIN, set(names[3:6]))
    assert len(scoreboard(cast.specialist, cast.home, 2021, field="a").rows) == 5


def test_the_first_page_tells_what_waits_and_what_came_in_last(cast: Cast) -> None:
    document = build.document(cast.specialist, [stated(1), stated(2, doubt="?", period="2020")])
    accept_all(cast.head, document)
    page = home(cast.specialist)
    assert (page.waiting.documents, page.waiting.figures, page.waiting.doubts) == (1, 1, 1)
    assert [each.uuid for each in page.documents] == [document.uuid]
    assert [entry.amount for entry in page.entries] == [1]
    assert [place.slug for place in page.places] == ["cao-bang"]
    elsewhere = home(cast.specialist_elsewhere)
    assert (elsewhere.waiting.figures, elsewhere.documents, elsewhere.entries) == (0, (), ())


def test_a_draft_stands_under_its_number_and_counts_for_nothing(cast: Cast) -> None:
    told = board(cast, [stated(5300 * BILLION), growth("10"), plan_ratio("104")])
    drafts = build.document(
        cast.specialist,
        [
            stated(5400 * BILLION, number="5.400 tỷ đồng"), growth("99"), plan_ratio("50"),
            stated(6000 * BILLION, status="target"), stated(7, indicator="exports", unit="USD"),
        ],
    )  # fmt: skip
    for figure in drafts.figures.all():
        accept(cast.specialist, figure)
    after = scoreboard(cast.specialist, cast.home, 2021)
    assert [replace(row, drafts=()) for row in after.rows] == list(told.rows)
    assert after.tally == told.tally
    assert len(after.rows[0].drafts) == 4
    assert [one.indicator for one in after.drafts] == ["exports"]
    line = board_line(after.rows[0], after)
    assert [[one.text for one in found] for found in (line.drafts_of_value, line.drafts_of_growth)] == [
        ["5.400 tỷ đồng"],
        ["+99%"],
    ]
    assert (len(line.drafts_of_plan), len(line.drafts_of_ratio)) == (1, 1)
    moment = timezone.now()
    assert scoreboard(cast.specialist, cast.home, 2021, known=moment).drafts == ()


def test_the_page_says_that_a_draft_is_one_and_leads_to_its_source(cast: Cast) -> None:
    board(cast, [stated(5300 * BILLION)])
    figure = build.figure(cast.specialist, stated(5400 * BILLION, number="5.400 tỷ đồng"))
    other = build.figure(cast.specialist, stated(7, indicator="exports", unit="USD"))
    for one in (figure, other):
        accept(cast.specialist, one)
    page = cast.client(cast.specialist).get("/bang-diem/?noi=cao-bang&ky=2021").content.decode()
    assert f'<a href="/van-ban/{figure.document.uuid}/?so=1#cau-1"' in page
    assert "nháp: 5.400 tỷ đồng, chờ duyệt" in page
    assert "Chưa vào sổ, không tính vào bảng điểm" in page
    assert f"/van-ban/{other.document.uuid}/?so=1#cau-1" in page


def test_the_usual_period_is_the_year_in_which_something_was_done_last_however_far_it_has_come(cast: Cast) -> None:
    done = [stated(20, period="2022-01"), stated(22, period="2022-02"), stated(200, period="2021")]
    planned = [stated(260, period=year, status="target") for year in ("2022", "2025")]
    told = board(cast, [*done, *planned], None)
    assert (told.period, told.periods[:3]) == ("2022", ("2025", "2022", "2022-02"))
    assert told.span
    assert told.span.month == 2
    (row,) = told.rows
    assert row.to_date
    assert (row.to_date.value, row.to_date.months) == (42, 2)


def test_a_year_that_only_months_speak_of_is_offered_too_and_what_does_not_add_up_opens_on_its_month(
    cast: Cast,
) -> None:
    told = board(cast, [growth("7.5", measure="index", indicator="iip", period="2022-03")], None)
    assert (told.period, told.periods) == ("2022-03", ("2022-03",))
    told = board(cast, [stated(20 + month, period=f"2022-{month:02}") for month in (1, 2, 3)], None)
    assert (told.period, told.periods[:2]) == ("2022", ("2022", "2022-03"))
    assert told.rows[0].to_date

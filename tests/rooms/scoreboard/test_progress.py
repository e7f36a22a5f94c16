# SPDX-License-Identifier: Apache-2.0
"""The year so far on the scoreboard: months added up, what lacks, the pace, the forecast and what is now needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from bamsat.core.compare.expressions.years import years
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period
from bamsat.rooms.figures.actions import accept_all
from bamsat.rooms.figures.compared import compared, observations, series_rows
from bamsat.rooms.figures.comparison import PlanState
from bamsat.rooms.figures.models import Series
from bamsat.rooms.scoreboard import lines
from bamsat.rooms.scoreboard.board import Scoreboard, scoreboard
from bamsat.rooms.scoreboard.rows import Row
from bamsat.rooms.scoreboard.sums import sums_of
from tests import build
from tests.build import growth, plan_ratio, stated
from tests.cast import Cast
from tests.rooms.scoreboard import beside

pytestmark = pytest.mark.django_db

BILLION = 10**9


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def told(cast: Cast, figures: Sequence[Figure], period: str) -> Scoreboard:
    assert not accept_all(cast.head, build.document(cast.specialist, figures)).left
    return scoreboard(cast.specialist, cast.home, period)


def months(year: int, values: Sequence[int | None], **more: Any) -> list[Figure]:
    return [
        stated(value * BILLION, period=f"{year}-{month:02}", **more)
        for month, value in enumerate(values, 1)
        if value is not None
    ]


def only(board: Scoreboard) -> Row:
    (row,) = board.rows
    return row


def test_months_are_added_up_where_nobody_stated_the_year_so_far(cast: Cast) -> None:
    estimated = months(2021, [None] * 8 + [12], status="estimate")
    board = told(cast, [*months(2020, [10] * 12), *months(2021, [11] * 8), *estimated], "2021-09")
    row = only(board)
    assert row.value
    assert row.to_date
    assert row.to_date_growth
    assert (row.value.display, row.to_date.display, row.to_date.months, row.to_date.estimated) == (12, 100, 9, 1)
    assert row.to_date_growth.display == Decimal("11.11")
    line = lines.line(row, board)
    assert line.done
    assert (line.done.text, line.done_notes) == ("100", ("cộng 9 tháng", "1 tháng là ước"))
    assert line.done.address == "/so-lieu/industrial_output/cao-bang/"
    assert line.part
    assert (line.part.text, line.part_label) == ("12", "T9/2021")


def test_what_a_report_states_for_the_year_so_far_comes_before_the_sum(cast: Cast) -> None:
    row = only(told(cast, [*months(2021, [10] * 9), stated(95 * BILLION, period="2021-01/2021-09")], "2021-09"))
    assert row.to_date
    assert (row.to_date.display, row.to_date.months, len(row.to_date.entries)) == (95, 0, 1)


def test_a_sum_with_missing_months_is_not_shown_and_says_which_they_are(cast: Cast) -> None:
    board = told(cast, [*months(2021, [10, 10, 10, None, None, 10]), stated(200 * BILLION, status="target")], "2021-06")
    row = only(board)
    assert row.to_date is None
    assert [each.code for each in row.lacking] == ["2021-04", "2021-05"]
    assert lines.line(row, board).lacking == "còn thiếu tháng 4, 5/2021: chưa cộng được lũy kế"
    assert (row.plan_ratio, row.forecast, row.state) == (None, None, PlanState.RUNNING)


def test_growth_that_lacks_months_of_the_year_before_says_which(cast: Cast) -> None:
    board = told(cast, [*months(2020, [10, 10, None]), *months(2021, [11] * 3)], "2021")
    row = only(board)
    assert [each.code for each in row.lacking_before] == ["2020-03"]
    assert row.to_date_growth is None
    assert row.growth is None
    assert lines.line(row, board).lacking_before == "cùng kỳ còn thiếu tháng 3/2020"


def test_a_year_that_is_not_over_is_as_far_as_its_months(cast: Cast) -> None:
    board = told(cast, [*months(2021, [10] * 9), stated(160 * BILLION, status="target")], "2021")
    row = only(board)
    assert board.span
    assert board.span.month == 9
    assert row.plan_ratio
    assert row.plan_ratio.display == Decimal("56.25")
    assert row.needed
    assert (row.needed.months, round(row.needed.each), row.state) == (3, round(70 * BILLION / 3), PlanState.AT_RISK)
    line = lines.line(row, board)
    assert line.needed == "mỗi tháng còn lại cần 23,33, bằng 2,33 lần mức đã làm"
    assert line.bar
    assert line.bar.pace == "60.00%"  # three quarters of the way to the line of the plan


def test_the_usual_shape_of_past_years_is_the_pace_and_the_forecast_says_its_chance(cast: Cast) -> None:
    late = [5] * 9 + [15] * 3  # half of such a year is done in its last quarter
    board = told(
        cast,
        [
            *months(2018, late), *months(2019, late), *months(2020, late), *months(2021, [6] * 9),
            stated(90 * BILLION, status="target"),
        ],
        "2021-01/2021-09",
    )  # fmt: skip
    row = only(board)
    assert row.shape
    assert (row.shape.share, row.shape.years) == (0.5, (2018, 2019, 2020))
    assert row.chance is not None
    assert row.chance > 0.9
    assert row.state == PlanState.RUNNING
    line = lines.line(row, board)
    assert line.ahead
    assert line.ahead.chance_word == "gần như chắc đạt"
    assert lines.sentence(board) == "1 chỉ tiêu đang chạy, chưa thấy nguy cơ hụt kế hoạch."


def test_what_will_probably_be_missed_is_said_first(cast: Cast) -> None:
    board = told(
        cast,
        [
            stated(120, indicator="exports", unit="USD"), plan_ratio("120", indicator="exports"),
            stated(40 * BILLION, period="2021-01/2021-09"), stated(100 * BILLION, status="target"),
        ],
        "2021",
    )  # fmt: skip
    said = lines.sentence(board)
    assert said.startswith("Có nguy cơ hụt kế hoạch: Giá trị sản xuất công nghiệp (khả năng đạt ")
    assert said.endswith("Vượt kế hoạch: Kim ngạch xuất khẩu.")
    (group,) = lines.groups(board, worst_first=True)
    assert [line.row.indicator.code for line in group.lines] == ["industrial_output", "exports"]


def test_a_plan_of_which_nothing_is_done_has_not_begun_and_says_the_growth_that_it_asks_for(cast: Cast) -> None:
    board = told(cast, [stated(100 * BILLION, period="2020"), stated(112 * BILLION, status="target")], "2021")
    row = only(board)
    assert row.state == PlanState.NOT_STARTED
    line = lines.line(row, board)
    assert line.asked
    assert line.asked.text == "+12"
    assert lines.sentence(board) == "Chưa bắt đầu: Giá trị sản xuất công nghiệp (kế hoạch cần +12%)."


def test_january_and_february_are_told_together_too(cast: Cast) -> None:
    figures = [*months(2020, [8, 12]), *months(2021, [12, 10])]
    row = only(told(cast, figures, "2021-01"))
    assert row.growth
    assert row.progress.together
    assert (row.growth.display, row.progress.together.display) == (50, 10)
    board = scoreboard(cast.specialist, cast.home, "2021-01")
    assert [(each.told.text, each.label) for each in lines.line(only(board), board).growths] == [
        ("+10", "tháng 1 và 2 cộng lại"),
        ("+50", "T1/2021"),
    ]


def test_an_index_never_adds_up(cast: Cast) -> None:
    row = only(told(cast, [growth("7.9", indicator="iip", period="2021-09", base="2020-09")], "2021-09"))
    assert (row.to_date, row.lacking, row.forecast) == (None, (), None)


def test_a_ratio_is_expected_to_stay_where_it_is_give_or_take_what_it_moved(cast: Cast) -> None:
    code = "promotion_paid_rate"
    monthly = [
        stated(str(value), indicator=code, unit="%", period=f"2021-{month:02}")
        for month, value in enumerate(("40", "40.4", "40.9", "41.1", "41.5", "42"), 1)
    ]
    plan = stated("60", indicator=code, unit="%", status="target")
    row = only(told(cast, [*monthly, plan], "2021-06"))
    assert row.forecast
    assert (row.forecast.method, row.forecast.value) == ("level", 42)
    assert row.forecast.low < 42 < row.forecast.high  # a level may fall again
    assert row.state == PlanState.AT_RISK


def test_growth_to_date_is_carried_to_the_end_of_the_year_and_says_so_alike_in_both_places(cast: Cast) -> None:
    to_date = growth("6.5", indicator="iip", period="2021-01/2021-09", base="2020-01/2020-09")
    board = told(cast, [to_date, growth("9", indicator="iip", status="target")], "2021-09")
    row = only(board)
    assert row.forecast
    assert (row.forecast.method, round(row.forecast.value, 1)) == ("growth", 6.2)
    assert row.chance is not None
    line = lines.line(row, board)
    assert line.ahead
    assert line.ahead.value.startswith("+6,")
    assert line.ahead.range.endswith("%")
    page = cast.client(cast.specialist).get("/bang-diem/vi-sao/iip/?noi=cao-bang&ky=2021-09").content.decode()
    assert "Lũy kế 9 tháng tăng 6,50%" in page
    assert f"<dt>Khả năng đạt kế hoạch</dt><dd>{line.ahead.chance}</dd>" in page


def test_the_range_of_a_balance_may_lie_below_what_is_done(cast: Cast) -> None:
    balance = {"indicator": "trade_balance", "unit": "USD"}
    figures = [
        stated(value * 10**6, period=f"{year}-{month:02}", **balance)
        for year, value in ((2020, -3), (2021, -5))
        for month in range(1, 13 if year == 2020 else 10)
    ]
    board = told(cast, figures, "2021-09")
    row = only(board)
    assert row.forecast
    assert row.forecast.method == "plain"
    line = lines.line(row, board)
    assert line.ahead
    low, high = line.ahead.range.split(" đến ")
    assert low.startswith("−")
    assert int(low[1:]) > 45
    assert high.startswith("−")


@pytest.mark.parametrize("period", ["2025-09", "2025-01/2025-09", "2025"])
def test_a_province_put_together_within_the_year_joins_the_months_of_those_before(cast: Cast, period: str) -> None:
    figures = [
        *beside.months("Hà Giang", 2025, [10] * 6), *beside.months("Tuyên Quang", 2025, [20] * 6),
        *beside.months("Tuyên Quang", 2025, [None] * 6 + [33] * 3),
    ]  # fmt: skip
    beside.recorded(cast.administrator, figures)
    board = scoreboard(cast.administrator, build.place("tuyen-quang"), period)
    row = only(board)
    assert row.to_date
    assert (row.to_date.display, row.lacking) == (6 * 30 + 3 * 33, ())
    done = lines.line(row, board).done_notes
    assert done == ("cộng 9 tháng", "quy đổi")
    client = cast.client(cast.administrator)
    why = client.get(f"/bang-diem/vi-sao/industrial_output/?noi=tuyen-quang&ky={period}").content.decode()
    assert "còn thiếu" not in why.lower()
    assert period == "2025-09" or ">279<" in why


def test_the_months_of_a_page_add_up_as_the_expression_says(cast: Cast) -> None:
    told(
        cast,
        [
            *months(2020, [7] * 12), *months(2021, [3, 4, None, 5]), *months(2021, [3, 9], indicator="retail_services"),
            stated(19 * BILLION, period="2020-01/2020-02", indicator="retail_services"),
            stated(31, indicator="exports", unit="USD", period="2019"),
        ],
        "2021-02",
    )  # fmt: skip
    rows = Series.objects.all()
    series = list(rows.select_related("indicator", "place"))
    made = sums_of(series, 2021, 2, None)
    mine = {
        (one.series.pk, year): (one.to_date and one.to_date.value, one.total and one.total.value, one.present)
        for by_year in made.of.values()
        for year, found in by_year.items()
        for one in found
    }
    asked = compared(lambda: years(2), observations=observations(rows), series=series_rows(rows))
    assert mine == {(row["series"], row["year"]): (row["to_date"], row["total"], row["present"]) for row in asked}


def test_what_was_known_on_a_day_is_all_that_the_progress_of_that_day_rests_on(cast: Cast) -> None:
    told(cast, [*months(2021, [10] * 3), stated(100 * BILLION, status="target")], "2021")
    then = timezone.now()
    accept_all(cast.head, build.document(cast.specialist, months(2021, [None] * 3 + [50])))
    now, before = (only(scoreboard(cast.specialist, cast.home, 2021, known=at)) for at in (None, then))
    assert now.to_date
    assert before.to_date
    assert (now.to_date.display, before.to_date.display) == (80, 30)


def test_the_board_with_forecasts_takes_the_same_queries_however_many_rows_it_has(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    def rows(first: int, last: int) -> list[Figure]:
        names = [f"product:mặt hàng {n}" for n in range(first, last)]
        return [one for name in names for one in months(2021, [1, 2, 3], indicator=name)]

    told(cast, rows(1, 3), "2021-03")
    for expected in (2, 30):
        with django_assert_max_num_queries(13):
            assert len(scoreboard(cast.specialist, cast.home, "2021-03").rows) == expected
        accept_all(cast.head, build.document(cast.specialist, rows(3, 31)))


def test_the_page_shows_the_forecast_the_pace_and_where_it_is_told_why(cast: Cast) -> None:
    told(cast, [*months(2021, [10] * 9), stated(160 * BILLION, status="target")], "2021-09")
    page = cast.client(cast.specialist).get("/bang-diem/?noi=cao-bang&ky=2021-09&sap=xau").content.decode()
    for words in ("khả năng đạt ", "9/12 tháng", "mỗi tháng còn lại cần", "nhịp 75%", "Nguy cơ", "xấu trước"):
        assert words in page, words
    assert re.search(r'href="/bang-diem/vi-sao/industrial_output/\?noi=cao-bang&amp;ky=2021-09[^"]*"', page)
    assert Period.parse("2021-09").length == 1


def test_covered_facilities_have_a_section_with_the_pooled_rate_and_the_gap_it_hides(cast: Cast) -> None:
    of = {"chợ": (25, 79), "siêu thị": (3, 5), "nhà hàng": (38, 232), "nhà máy": (40, 40)}
    figures = [
        stated(done, measure="ratio", of=Decimal(all_), unit=name, indicator=f"facility_coverage:{name}")
        for name, (done, all_) in of.items()
    ]
    told(cast, figures, "2021")
    page = cast.client(cast.specialist).get("/bang-diem/?noi=cao-bang&ky=2021").content.decode()
    assert "Cộng 106/356 cơ sở, 29,8%. 194 trong 250 cơ sở còn thiếu là:" in page
    assert page.count("25/79") == 1

# SPDX-License-Identifier: Apache-2.0
"""Bars start at zero, nothing leaves the drawing, what is missing is a gap and never a zero."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bamsat.ui import charts

VALUES = st.decimals(min_value=-(10**14), max_value=10**14, allow_nan=False, places=2)


def test_parts_of_a_bar_fill_it():
    made = charts.parts([("good", 9), ("doubt", 0), ("wait", 3)])
    assert [(part.kind, part.x, part.width) for part in made] == [
        ("good", "0.00%", "74.70%"),
        ("wait", "75.00%", "24.70%"),
    ]
    assert charts.parts([("good", 0)]) == []


def test_the_plan_stands_at_four_fifths_and_more_than_a_quarter_over_it_fills_the_track():
    assert charts.plan_bar(Decimal("110.63"), False).width == "88.50%"
    assert charts.plan_bar(Decimal(300), False).width == "100.00%"
    assert charts.plan_bar(Decimal(-5), False).width == "0.00%"
    assert charts.plan_bar(Decimal(100), True).plan == "80.00%"


def test_a_small_chart_needs_something_to_compare():
    assert charts.mini(None, None, None, False) is None
    assert charts.mini(None, Decimal(5), None, False) is None
    assert charts.mini(Decimal(-3), Decimal(2), None, False) is None
    drawn = charts.mini(Decimal(50), Decimal(100), Decimal(90), True)
    assert drawn is not None
    assert drawn.now == ("6.0", "34.0")
    assert drawn.past == ("23.0", "17.0")


def test_a_year_with_only_a_plan_is_a_gap():
    chart = charts.series(
        [
            charts.Point("2020", Decimal(68800), "trên 68.800", estimated=True),
            charts.Point("2021", None, "", plan=Decimal(79770), plan_shown="79.770"),
        ],
        Decimal(1),
    )
    assert chart is not None
    done, planned = chart.bars
    assert (done.missing, done.estimated, done.shown) == (False, True, "trên 68.800")
    assert (planned.missing, planned.plan_shown) == (True, "79.770")


@given(st.lists(VALUES, min_size=1, max_size=40))
def test_every_bar_stays_inside_and_touches_zero(values: list[Decimal]):
    chart = charts.series([charts.Point(str(1990 + n), value, "") for n, value in enumerate(values)], Decimal(1000))
    assert chart is not None
    assert len(chart.bars) <= charts.MOST_BARS
    for bar in chart.bars:
        top, bottom = float(bar.y), float(bar.y) + float(bar.height)
        assert charts.HEAD - 1 <= top <= bottom <= charts.HEIGHT + 1.1
        assert min(abs(top - float(chart.zero)), abs(bottom - float(chart.zero))) < 1.2
    assert len(chart.ticks) <= 9


def test_positions_keep_a_point_in_vietnamese_too():
    """A comma in an SVG length draws nothing."""
    assert charts.percent(12.5) == "12.50%"
    assert charts.pixels(Decimal("7.25")) in ("7.2", "7.3")

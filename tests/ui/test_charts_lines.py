# SPDX-License-Identifier: Apache-2.0
"""Small charts of a year: nothing leaves the field, what lacks is a gap, names never lie on one another."""

import re
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bamsat.ui.charts_lines import APART, HEAD, STEPS, TALL, lines, years

VALUES = st.lists(st.none() | st.integers(-(10**13), 10**13).map(Decimal), min_size=12, max_size=12)
NAMES, MONTHS = ("2026", "2025", "KH"), [f"T{month}" for month in range(1, 13)]


def points(path: str) -> list[tuple[int, int]]:
    """Each point of a path of the kind that is drawn."""
    found, at = [], (0, 0)
    for how, x, y in re.findall(r"([Ml])(\d+)\s*(-?\d+)", path):
        at = (int(x), int(y)) if how == "M" else (at[0] + int(x), at[1] + int(y))
        found.append(at)
    return found


@given(VALUES, VALUES, VALUES, st.none() | st.integers(0, 10**13).map(Decimal), st.booleans())
def test_every_point_is_on_the_field_and_every_month_that_is_known_is_drawn(now, past, pace, plan, from_zero):
    drawn = lines(now, past, pace, plan, NAMES, MONTHS, from_zero)
    if drawn is None:
        assert not [value for value in (*now, *past) if value is not None]
        return
    for values, path in ((now, drawn.now), (past, drawn.past), (pace, drawn.pace)):
        assert [x for x, _y in points(path)] == [month for month, value in enumerate(values) if value is not None]
        assert all(0 <= y <= STEPS for _x, y in points(path))
    places = sorted(float(name.y) for name in drawn.names)
    assert all(after - before >= APART - 0.2 for before, after in pairwise(places))
    assert all(HEAD - 2 * APART <= place <= HEAD + TALL + 0.1 for place in places)


def test_a_line_breaks_where_a_month_lacks_and_the_gap_is_framed():
    drawn = lines([1, None, 3, *[None] * 9], [None] * 12, [None] * 12, None, NAMES, MONTHS, upto=3)
    assert drawn is not None
    assert drawn.now.count("M") == 2
    assert len(drawn.gaps) == 1


def test_months_to_come_are_no_gap():
    drawn = lines([1, 2, *[None] * 10], [None] * 12, [None] * 12, None, NAMES, MONTHS, upto=2)
    assert drawn is not None
    assert drawn.gaps == ()


def test_years_are_bars_from_zero_and_a_year_with_only_a_plan_is_a_gap():
    drawn = years([("2024", Decimal(50), "past"), ("2025", None, "bar")], Decimal(100))
    assert drawn is not None
    past, missing = drawn.bars
    assert (past.kind, missing.kind) == ("past", "gap")
    assert float(past.y) + float(past.height) == float(drawn.ground)
    assert drawn.plan is not None
    assert years([("2025", None, "bar")], Decimal(100)) is None

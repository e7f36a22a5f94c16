# SPDX-License-Identifier: Apache-2.0
"""Maps: both sets of provinces whole, neighbours meet, classes hold every number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.ui import charts_map
from bamsat.ui.charts_map import COUNTRY, ISLANDS, STEPS, frame_around, limits, outlines, step_of, steps

NUMBERS = st.lists(st.decimals(-(10**9), 10**9, places=2), max_size=70)


@pytest.mark.parametrize(("name", "count"), [("shapes_2008", 63), ("shapes_2025", 34)])
def test_every_province_has_an_outline_inside_the_country(name: str, count: int):
    found = outlines(name)
    assert len(found) == count
    for one in found.values():
        corners = list(charts_map._corners(one.path))
        assert len(corners) > 3
        assert all(COUNTRY.holds(x, y) for x, y in corners), one.code
        frame = frame_around(one.path)
        assert frame.holds(one.x, one.y), one.code


def test_neighbours_share_the_points_of_their_border():
    found = outlines("shapes_2025")
    here, beside = (set(charts_map._corners(found[code].path)) for code in ("04", "20"))  # Cao Bằng, Lạng Sơn
    assert len(here & beside) > 5


def test_the_archipelagos_are_where_they_are():
    assert [name for name, _code, _points in ISLANDS] == ["Hoàng Sa", "Trường Sa"]
    assert all(code in outlines(name) for _n, code, _p in ISLANDS for name in ("shapes_2008", "shapes_2025"))
    assert all(COUNTRY.holds(*steps(*point)) for _name, _code, points in ISLANDS for point in points)
    east = max(x for x, _y in charts_map._corners(outlines("shapes_2025")["56"].path))
    assert all(steps(*point)[0] > east for point in ISLANDS[1][2])


@given(NUMBERS)
def test_limits_rise_and_every_number_has_a_class(numbers: list[Decimal]):
    between = limits(numbers)
    assert between == sorted(set(between))
    assert len(between) < STEPS
    classes = [step_of(number, between) for number in sorted(numbers)]
    assert classes == sorted(classes)
    assert all(1 <= one <= STEPS for one in classes)
    if len(set(numbers)) > 1 and len(numbers) >= STEPS:
        assert between or len({*numbers}) < STEPS


def test_numbers_that_differ_a_thousandfold_still_have_two_classes():
    assert limits([Decimal(7), Decimal(10), Decimal(918273)])

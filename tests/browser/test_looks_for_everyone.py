# SPDX-License-Identifier: Apache-2.0
"""Small charts, rankings and maps for people who listen, see little, use a phone or the keyboard alone, or print."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import kept_looks
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.cast import Cast

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_axe_finds_nothing_on_charts_rankings_and_maps(
    office: Cast, visit: Callable[..., Visit], size: dict[str, int], dark: bool
):
    pages = kept_looks.addresses(office)
    person = visit(size=size, dark=dark)
    assert office.administrator.pk
    person.sign_in("quan-tri")
    assert person.walk(pages) == {}


def test_a_map_keeps_its_words_over_its_outlines_at_any_width(office: Cast, visit: Callable[..., Visit]):
    """The marks lie over the same frame as the outlines, wide or narrow, without scripts."""
    kept_looks.told(office)
    assert office.administrator.pk
    for size in (DESKTOP, PHONE):
        person = visit(size=size, scripts=False)
        person.sign_in("quan-tri")
        person.go("/bang-diem/ban-do/?noi=cao-bang&ky=2021-03&cap=cung-cap&theo=gia-tri")
        land, over = (person.page.locator(f".map .{part}").bounding_box() for part in ("land", "over"))
        assert land is not None
        assert over is not None
        for side in ("x", "y", "width", "height"):
            assert abs(land[side] - over[side]) < 1, side  # type: ignore[literal-required]
        person.follow(".ranking tbody tr:first-child th a")
        assert "/so-lieu/industrial_output/" in person.page.url

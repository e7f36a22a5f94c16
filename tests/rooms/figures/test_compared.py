# SPDX-License-Identifier: Apache-2.0
"""Comparisons run on the ledger itself: its own database, what a user may see, and what was known on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from bamsat.core.compare import expressions
from bamsat.core.compare.compiled import kept
from bamsat.core.compare.reasons import Reason, months_in
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.actions import accept, withdraw
from bamsat.rooms.figures.compared import (
    boundary_rows,
    compared,
    indicator_rows,
    observations,
    place_rows,
    series_rows,
)
from bamsat.rooms.figures.models import Entry, Series
from bamsat.rooms.figures.scopes import series_of
from bamsat.rooms.places.models import Kind, Place, PlaceVersion, Succession
from tests import build
from tests.build import stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
MEASURES = {
    name: getattr(expressions, name) for name in expressions.__all__ if name not in ("years", "averages", "ranks")
} | {
    "years": kept(expressions.years, 6), "averages": kept(expressions.averages, 3),
    "ranks": kept(expressions.ranks, "value"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def asked(series: Any, measure: str, known: Any = None, **more: Any) -> list[dict[str, Any]]:
    return compared(MEASURES[measure], observations=observations(series, known), series=series_rows(series), **more)


@pytest.fixture
def months(cast: Cast) -> list[Entry]:
    """Industrial output of Cao Bằng: all months of 2020, but April missing in 2021, and the plan of 2021."""
    told = [stated(10 + m, period=f"2020-{m:02}") for m in range(1, 13)]
    told += [stated(20 + m, period=f"2021-{m:02}") for m in range(1, 7) if m != 4]
    told += [stated(300, period="2021", status="target")]
    return [accept(cast.administrator, build.figure(cast.administrator, each)) for each in told]  # type: ignore[misc]


def test_every_comparison_runs_on_this_database(cast: Cast, months: list[Entry]) -> None:
    series, places = series_of(cast.administrator), Place.objects.all()
    tables = {
        "places": place_rows(places, DAY), "indicators": indicator_rows(Indicator.objects.all()),
        "boundaries": boundary_rows([cast.home], DAY),
    }  # fmt: skip
    for measure in MEASURES:
        for row in asked(series, measure, **tables):
            assert all(value is None or isinstance(value, int | float | str) for value in row.values()), measure


def test_a_missing_month_is_said_and_not_skipped(cast: Cast, months: list[Entry]) -> None:
    rows = {row["year"]: row for row in asked(series_of(cast.administrator), "years")}
    scale = 10 ** Series.objects.get(measure="level").scale
    assert rows[2020]["to_date"] == sum(range(11, 17)) * scale
    assert rows[2021]["to_date"] is None
    assert (rows[2021]["to_date_why"], rows[2021]["lacking"]) == (Reason.MONTHS_LACK, 1)
    assert rows[2021]["first_lacking"] == 4
    assert months_in(rows[2021]["present"]) == (1, 2, 3, 5, 6)
    assert rows[2021]["plan"] == 300 * scale
    gap = asked(series_of(cast.administrator), "gaps")
    assert [(row["first_month"], row["months"]) for row in gap] == [(2021 * 12 + 3, 1)]


def test_january_and_february_are_told_together(cast: Cast, months: list[Entry]) -> None:
    row = {row["year"]: row for row in asked(series_of(cast.administrator), "new_year")}[2021]
    assert row["growth_both"] == pytest.approx(100 * (43 - 23) / 23)
    assert row["growth_january"] == pytest.approx(100 * (21 - 11) / 11)
    assert row["growth_february"] == pytest.approx(100 * (22 - 12) / 12)


def test_a_comparison_knows_only_what_was_known_at_a_moment(cast: Cast, months: list[Entry]) -> None:
    series, moment = series_of(cast.administrator), timezone.now()
    withdraw(cast.administrator, months[0], "nhầm")
    before = {row["year"]: row for row in asked(series, "years", known=moment)}
    assert before[2020]["lacking"] == 0
    for known in (None, timezone.now()):
        now = {row["year"]: row for row in asked(series, "years", known=known)}
        assert (now[2020]["to_date"], now[2020]["first_lacking"]) == (None, 1)


def test_a_comparison_sees_only_what_the_user_may_see(cast: Cast, months: list[Entry]) -> None:
    assert asked(series_of(cast.administrator), "standing")
    assert asked(series_of(cast.newcomer), "standing") == []


def test_figures_of_merged_places_are_added_up_on_the_boundaries_of_a_day(cast: Cast) -> None:
    for area, value in (("Hà Giang", 300), ("Tuyên Quang", 500), ("Bắc Kạn", 70)):
        accept(cast.administrator, build.figure(cast.administrator, stated(value, area=area)))
    series = series_of(cast.administrator)
    places = list(Place.objects.filter(slug__in=("tuyen-quang", "thai-nguyen")))
    scale = 10 ** Series.objects.first().scale  # type: ignore[union-attr]
    after = {row["place"]: row for row in asked(series, "restated", boundaries=boundary_rows(places, DAY))}
    assert (after["tuyen-quang"]["whole"], after["tuyen-quang"]["lacking"]) == (800 * scale, 0)
    assert after["tuyen-quang"]["total"] == 800.0 * scale
    assert (after["thai-nguyen"]["total"], after["thai-nguyen"]["total_why"]) == (None, Reason.PARTS_LACK)
    former = list(Place.objects.filter(slug__in=("ha-giang", "tuyen-quang-den-2025")))
    eve = {row["place"]: row for row in asked(series, "restated", boundaries=boundary_rows(former, date(2025, 6, 30)))}
    assert (eve["tuyen-quang-den-2025"]["whole"], eve["ha-giang"]["whole"]) == (500 * scale, 300 * scale)


def test_a_share_that_nobody_stated_leaves_no_total(cast: Cast) -> None:
    def made(slug: str, begun: date | None, ended: date | None) -> Place:
        place = Place.objects.create(slug=slug, kind=Kind.COMMUNE, name=slug)
        PlaceVersion.objects.create(place=place, name=slug, valid_from=begun, valid_to=ended)
        place.take_name_from_versions()
        return place

    old, one, two = made("cu", None, DAY), made("mot", DAY, None), made("hai", DAY, None)
    for new in (one, two):
        Succession.objects.create(old=old, new=new, on=DAY)
    rows = boundary_rows([old], DAY)
    assert {row[0] for row in rows} == {"cu", "mot", "hai"}
    assert [row[4:] for row in rows if row[0] == "cu"] == [(None, None)] * 2
    entry = accept(cast.administrator, build.figure(cast.administrator, stated(100)))
    assert entry is not None
    Series.objects.filter(pk=entry.series_id).update(place=old)
    found = asked(Series.objects.all(), "restated", boundaries=rows)
    assert {(row["total"], row["total_why"], row["unknown"]) for row in found} == {(None, Reason.SHARE_UNKNOWN, 1)}


def test_places_are_those_of_the_day(cast: Cast) -> None:
    def there(on: date) -> set[str]:
        rows = place_rows(Place.objects.filter(slug__in=("ha-giang", "tuyen-quang", "tuyen-quang-den-2025")), on)
        return {row[0] for row in rows}  # type: ignore[index]

    assert there(date(2025, 6, 30)) == {"ha-giang", "tuyen-quang-den-2025"}
    assert there(DAY) == {"tuyen-quang"}

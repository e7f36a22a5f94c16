# SPDX-License-Identifier: Apache-2.0
"""The merger of July 2025 on real units: series of both former provinces, of their time and on today's boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bamsat.core.terms.figure import Figure
from bamsat.rooms.catalogue.models import AddsUp, Indicator
from bamsat.rooms.figures.actions import accept_all
from bamsat.rooms.figures.ground import ground_of
from bamsat.rooms.figures.histories import Asked, History, HistoryRow, history
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.models import Place, Succession
from bamsat.rooms.scoreboard.board import scoreboard
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MERGED = date(2025, 7, 1)
BILLION = 10**9


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def known(cast: Cast, *figures: Figure) -> None:
    done = accept_all(cast.administrator, build.document(cast.administrator, figures))
    assert not done.left


def output(value: int, area: str, period: str = "2024", **more: Any) -> Figure:
    return stated(value * BILLION, **{"area": area, "period": period} | more)


def told(cast: Cast, slug: str = "tuyen-quang", code: str = "industrial_output", **asked: Any) -> History:
    indicator = Indicator.objects.get(code=code)
    return history(cast.administrator, indicator, build.place(slug), Asked(**{"on": MERGED} | asked))


def only(rows: Sequence[HistoryRow]) -> HistoryRow:
    (row,) = rows
    return row


def test_levels_of_both_provinces_add_on_new_boundaries_and_stay_on_those_of_their_time(cast: Cast) -> None:
    known(cast, output(10, "Hà Giang"), output(20, "Tuyên Quang"))
    row = only(told(cast).rows)
    assert row.level
    assert (row.level.display, row.level.derived, row.level.boundaries) == (30, True, MERGED)
    assert {(p.place.slug, p.number and p.number.display, p.share) for p in row.level.pieces} == {
        ("ha-giang", 10, 1), ("tuyen-quang-den-2025", 20, 1),
    }  # fmt: skip
    assert sum(p.taken or 0 for p in row.level.pieces) == 30
    assert [r.level and r.level.display for r in told(cast, "tuyen-quang-den-2025", on=None).rows] == [20]
    assert [r.level and r.level.display for r in told(cast, "ha-giang", on=None).rows] == [10]
    assert sorted(e.amount for e in Entry.objects.all()) == [10 * BILLION, 20 * BILLION]


def test_what_came_after_the_merger_is_shown_as_it_was_stated(cast: Cast) -> None:
    known(cast, output(40, "Tuyên Quang", "2025-08"), output(11, "Hưng Yên", "2025-08"))
    row = only(told(cast).rows)
    assert row.level
    assert (row.level.display, row.level.boundaries, row.level.derived) == (40, None, False)


def test_growth_after_a_merger_is_computed_from_restated_levels_and_says_so(cast: Cast) -> None:
    known(
        cast, output(10, "Thái Bình", "2024-08"), output(20, "Hưng Yên", "2024-08"), output(33, "Hưng Yên", "2025-08"),
        growth("7", area="Thái Bình", period="2024-08", base="2023-08"),
    )  # fmt: skip
    after, before = told(cast, "hung-yen").rows
    assert after.growth
    assert (after.growth.display, after.growth.derived, after.growth.boundaries) == (10, True, MERGED)
    assert before.growth is None
    (plain,) = told(cast, "hung-yen", on=None).rows
    assert plain.growth is None
    (board,) = scoreboard(cast.administrator, build.place("hung-yen"), "2025-08").rows
    assert board.before
    assert board.growth
    assert (board.before.display, board.before.boundaries, board.growth.display) == (30, MERGED, 10)


def test_a_part_without_a_number_is_named_and_nothing_is_added_up(cast: Cast) -> None:
    known(cast, output(20, "Tuyên Quang"))
    row = only(told(cast).rows)
    assert row.level is None
    assert row.refusal.startswith("Chưa có số của Hà Giang.")


def test_plans_add_and_the_plan_ratio_is_that_of_the_sums(cast: Cast) -> None:
    known(
        cast, output(10, "Hà Giang"), output(20, "Tuyên Quang"),
        output(15, "Hà Giang", status="target"), output(25, "Tuyên Quang", status="target"),
    )  # fmt: skip
    row = only(told(cast).rows)
    assert row.plan
    assert row.plan_ratio
    assert (row.plan.display, row.plan_ratio.display) == (40, 75)


def test_a_ratio_comes_from_the_numerators_and_denominators_of_the_parts(cast: Cast) -> None:
    made, total = Indicator.objects.get(code="exports"), Indicator.objects.get(code="trade_total")
    share = Indicator.objects.create(
        code="export_share",
        name_vi="Tỷ lệ xuất khẩu",
        unit="%",
        adds_up=AddsUp.RATIO,
        numerator=made,
        denominator=total,
    )
    figures = []
    for area, above, below in (("Hà Giang", 10, 40), ("Tuyên Quang", 50, 60)):
        figures += [
            stated(above, area=area, period="2024", indicator="exports", unit="USD"),
            stated(below, area=area, period="2024", indicator="trade_total", unit="USD"),
            stated(
                Decimal(100 * above) / below if above == 10 else 83,
                area=area,
                period="2024",
                indicator=share.code,
                unit="%",
            ),
        ]
    known(cast, *figures)
    row = only(told(cast, code="export_share").rows)
    assert row.level
    assert (row.level.display, row.level.boundaries) == (60, MERGED)


def test_so_many_of_so_many_adds_above_and_below(cast: Cast) -> None:
    ratio = {"measure": "ratio", "unit": "chợ", "indicator": "facility_coverage:chợ", "period": "2024"}
    known(
        cast,
        stated(25, area="Hà Giang", of=Decimal(79), **ratio),
        stated(10, area="Tuyên Quang", of=Decimal(20), **ratio),
    )
    row = only(told(cast, code="facility_coverage:chợ").rows)
    assert row.level
    assert (row.level.value, row.level.of) == (35, 99)


def test_an_index_is_weighted_anew_and_refused_without_weights(cast: Cast) -> None:
    index = {"measure": "index", "unit": "%", "indicator": "iip", "period": "2024", "base": "2023"}
    known(cast, stated("110", area="Hà Giang", **index), stated("104", area="Tuyên Quang", **index))
    Indicator.objects.filter(code="iip").update(weight=None, base_year=None)
    refused = only(told(cast, code="iip").rows)
    assert (refused.growth, "quyền số" in refused.refusal) == (None, True)
    weight = Indicator.objects.get(code="industrial_output")
    Indicator.objects.filter(code="iip").update(weight=weight, base_year=2020)
    known(cast, output(10, "Hà Giang", "2020"), output(20, "Tuyên Quang", "2020"))
    row = only(told(cast, code="iip").rows)
    assert row.growth
    assert (row.growth.display, row.growth.boundaries) == (6, MERGED)


def test_a_split_uses_the_stated_shares(cast: Cast) -> None:
    home, north = build.place("cao-bang"), build.place("bac-kan")
    Succession.objects.filter(old__in=[home, north]).delete()
    Succession.objects.create(old=home, new=home, on=MERGED, share=Decimal("0.7"))
    Succession.objects.create(old=home, new=north, on=MERGED, share=Decimal("0.3"))
    Place.objects.filter(pk=north.pk).update(ended=None)
    known(cast, output(10, "Cao Bằng"))
    row = only(told(cast, "cao-bang").rows)
    assert row.level
    assert row.level.display == 7


def test_a_place_that_ended_says_where_it_went(cast: Cast) -> None:
    ending = ground_of(build.place("thai-binh")).ending()
    assert ending
    assert (ending.on, [place.slug for place in ending.into]) == (MERGED, ["hung-yen"])
    assert ground_of(build.place("hung-yen")).days() == [MERGED]
    assert ground_of(build.place("thai-binh")).days() == []
    assert ground_of(build.place("cao-bang")).ending() is None


def test_a_page_of_restated_numbers_names_the_day_and_leads_to_the_parts(cast: Cast) -> None:
    known(cast, output(10, "Hà Giang"), output(20, "Tuyên Quang"))
    client = cast.client(cast.administrator)
    page = " ".join(client.get("/so-lieu/industrial_output/tuyen-quang/?dia-gioi=2025-07-01").content.decode().split())
    assert "quy đổi theo địa giới từ 01/07/2025" in page
    for entry in Entry.objects.all():
        assert f"/so-lieu/but-toan/{entry.uuid}/" in page
    ended = client.get("/so-lieu/industrial_output/ha-giang/").content.decode()
    assert "/so-lieu/industrial_output/tuyen-quang/?dia-gioi=2025-07-01" in ended


def test_without_a_word_on_boundaries_a_new_province_shows_the_years_before_it_too(cast: Cast) -> None:
    known(cast, output(10, "Hà Giang"), output(20, "Tuyên Quang"), output(35, "Tuyên Quang", "2026"))
    client = cast.client(cast.administrator)
    page = client.get("/so-lieu/industrial_output/tuyen-quang/").content.decode()
    assert "quy đổi" in page
    assert "2024" in page
    of_each_time = client.get("/so-lieu/industrial_output/tuyen-quang/?dia-gioi=tung-thoi").content.decode()
    assert "2026" in of_each_time
    assert "Năm 2024" not in of_each_time
    listed = client.get("/so-lieu/?noi=tuyen-quang").content.decode()
    assert "Hà Giang (đến 30/06/2025)" in listed

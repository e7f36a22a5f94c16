# SPDX-License-Identifier: Apache-2.0
"""The dual goal: safety beside the economy, each half with its sentence and state, and what is said when one lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet
from bamsat.rooms.figures.actions import accept
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.places.queries import place_at
from bamsat.rooms.scoreboard.dual import Dual, dual, verdict
from bamsat.rooms.situation.actions import Said, write
from bamsat.rooms.situation.models import Kind
from tests import build
from tests.cast import Cast
from tests.rooms.scoreboard.test_articles import office

pytestmark = pytest.mark.django_db
TODAY = date(2021, 12, 31)
YEAR = Period.year(2021)


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def known(cast: Cast, indicator: str, value: str, **fields: Any) -> None:
    figure = build.figure(cast.specialist, build.stated(value, indicator=indicator, **fields))
    accept(cast.head, figure)


def goal(cast: Cast) -> Dual:
    found = dual(cast.specialist, cast.home, YEAR)
    assert found
    return found


class TestCaoBangIn2021:
    @pytest.fixture
    def found(self, cast: Cast) -> Dual:
        there = office(cast, "cao-bang-nam-2021.docx")
        made = dual(cast.specialist, there.place, YEAR)
        assert made
        return made

    def test_safety_shows_so_many_of_so_many_of_each_kind_of_site(self, found: Dual):
        assert found.safety.coverage
        assert {(one.name, one.shown) for one in found.safety.coverage.kinds} == {
            ("Nhà máy", "40/40"), ("Siêu thị", "3/5"), ("Chợ", "25/79"), ("Nhà hàng", "38/232"),
        }  # fmt: skip

    def test_the_pooled_rate_names_the_gap_that_it_hides(self, found: Dual):
        assert "106/356 cơ sở, 29,8%" in found.safety.sentence
        assert "194 trong 250 cơ sở còn thiếu là: nhà hàng" in found.safety.sentence.lower()
        assert (found.safety.kind, found.safety.state) == ("bad", "Còn thiếu nhiều cơ sở")

    def test_the_economy_stands_as_its_worst_target_does(self, found: Dual):
        assert (found.economy.kind, found.economy.state) == ("doubt", "Có chỉ tiêu sát kế hoạch")
        assert {line.row.indicator.code for line in found.economy.lines} >= {"industrial_output", "exports"}
        assert not any(line.row.indicator.code.startswith("facility_coverage") for line in found.economy.lines)
        assert verdict(found) == "An toàn: còn thiếu nhiều cơ sở. Kinh tế: có chỉ tiêu sát kế hoạch."


def test_a_half_without_figures_says_so_and_nothing_is_concluded(cast: Cast):
    known(cast, "industrial_output", "5300000000000")
    found = goal(cast)
    assert found.safety.lacks
    assert (found.safety.kind, found.safety.state) == ("none", "Chưa có số")
    assert verdict(found) == "Chưa nói được về mục tiêu kép: nửa an toàn chưa có số của kỳ này."
    page = cast.client(cast.specialist).get("/bang-diem/muc-tieu-kep/?noi=cao-bang&ky=2021").content.decode()
    assert "Chưa có số an toàn nào của kỳ này." in page


def test_accidents_that_rise_make_the_half_bad_and_those_that_fall_do_not(cast: Cast):
    known(cast, "workplace_accidents", "6", unit="vụ tai nạn")
    known(cast, "workplace_accidents", "4", unit="vụ tai nạn", period="2020")
    found = goal(cast)
    assert (found.safety.kind, found.safety.state) == ("bad", "Có mặt xấu đi so với cùng kỳ")
    assert "6 vụ tai nạn, +50% so với cùng kỳ." in found.safety.sentence
    known(cast, "workplace_accidents", "3", unit="vụ tai nạn", period="2022")
    later = dual(cast.specialist, cast.home, Period.year(2022))
    assert later
    assert later.safety.kind == "good"


def test_each_half_shows_the_risks_that_threaten_it_and_general_ones_stand_apart(cast: Cast):
    known(cast, "industrial_output", "5300000000000")
    output = Indicator.objects.get(code="industrial_output")
    safety = IndicatorSet.objects.get(code="safety")
    for text, more in (
        ("giá thép", {"indicators": (output,)}),
        ("cháy chợ", {"field": safety}),
        ("thiên tai", {}),
    ):
        write(cast.specialist, cast.home, Said(Kind.RISK, text, YEAR, **more), TODAY)  # type: ignore[arg-type]
    found = goal(cast)
    told = [[note.text for note in risks] for risks in (found.economy.risks, found.safety.risks, found.risks)]
    assert told == [["giá thép"], ["cháy chợ"], ["thiên tai"]]


def test_who_sees_one_half_alone_is_shown_that_half_alone(cast: Cast):
    known(cast, "industrial_output", "5300000000000")
    known(cast, "workplace_accidents", "6", unit="vụ tai nạn")
    output = Indicator.objects.get(code="industrial_output")
    write(cast.specialist, cast.home, Said(Kind.RISK, "giá thép", YEAR, indicators=(output,)), TODAY)
    limited = cast.newcomer
    give_role(None, limited, cast.home, Role.READER, sets=IndicatorSet.objects.filter(code="safety"))
    found = dual(limited, cast.home, YEAR)
    assert found
    assert found.economy.lacks
    assert not found.economy.risks
    assert [line.row.indicator.code for line in found.safety.lines] == ["workplace_accidents"]
    page = cast.client(limited).get("/bang-diem/muc-tieu-kep/?noi=cao-bang&ky=2021").content.decode()
    assert "5.300" not in page
    with pytest.raises(Place.DoesNotExist):
        dual(cast.specialist_elsewhere, cast.home, YEAR)
    assert place_at(limited, cast.home.slug) == cast.home


def test_as_known_before_anything_was_recorded_both_halves_lack(cast: Cast):
    known(cast, "workplace_accidents", "6", unit="vụ tai nạn")
    address = "/bang-diem/muc-tieu-kep/?noi=cao-bang&ky=2021&biet=2021-08-15"
    page = cast.client(cast.specialist).get(address).content.decode()
    assert "cả hai nửa chưa có số" in page

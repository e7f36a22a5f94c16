# SPDX-License-Identifier: Apache-2.0
import pytest

from bamsat.rooms.catalogue.actions import add_indicator, add_name
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.queries import suggest, unit_scale
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    build.catalogue()


@pytest.mark.parametrize("typed", ["bán lẻ", "ban le", "BÁN LẺ", "  bán  lẻ "])
def test_it_finds_an_indicator_with_or_without_tones_and_case(typed: str) -> None:
    assert "retail_goods" in [found.code for found in suggest(typed)]


def test_beginnings_of_words_are_enough(db: None) -> None:
    assert "exports" in [found.code for found in suggest("xuat kh")]
    assert suggest("gia tri san xuat cong ng")[0].code == "industrial_output"


def test_it_finds_by_another_name_and_says_by_which(cast: Cast) -> None:
    add_name(cast.specialist, Indicator.objects.get(code="supervised_goods"), "hàng đi qua có trông coi")
    found = suggest("hang di qua")[0]
    assert (found.code, found.matched) == ("supervised_goods", "hàng đi qua có trông coi")


def test_the_whole_name_comes_before_names_that_only_contain_it(cast: Cast) -> None:
    for name in ("xi măng trắng", "xi măng", "bao bì xi măng"):
        add_indicator(cast.specialist, f"product:{name}", unit="ton")
    assert [found.code for found in suggest("xi mang")] == [
        "product:xi măng", "product:xi măng trắng", "product:bao bì xi măng",
    ]  # fmt: skip


def test_nothing_typed_offers_the_main_indicators_and_nonsense_offers_none(db: None) -> None:
    assert [found.indicator.order for found in suggest("", limit=3)] == [1, 2, 3]
    assert suggest("zzzz") == []


def test_no_more_are_offered_than_asked_for(db: None) -> None:
    assert len(suggest("a", limit=4)) == 4


def test_it_takes_two_queries_however_many_fit(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        suggest("san xuat")


def test_dong_keeps_no_decimals_other_money_two_and_all_else_six(db: None) -> None:
    assert [unit_scale(code) for code in ("VND", "USD", "ton", "%", "con gà")] == [0, 2, 6, 6, 6]

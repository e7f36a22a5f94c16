# SPDX-License-Identifier: Apache-2.0
"""The page on the forecast says what its back-test measures, and the method still deserves to be the chosen one."""

from statistics import fmean

from bench.forecast_backtest import PAGE, written
from bench.series.families import FAMILIES, series
from bench.series.methods import METHODS
from bench.series.scores import against, brier, by_family, chances, covered, errors


def test_the_page_holds_the_tables_as_they_are_measured_now() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert written(page) == page, "run: python -m bench.forecast_backtest"


def test_no_other_method_errs_less_over_all_families() -> None:
    found = {name: by_family(pairs) for name, pairs in errors().items()}
    assert all(against(found["chosen"], found[name]) < 1 for name in METHODS if name != "chosen")


def test_it_beats_naive_and_seasonal_naive_on_families_that_chose_nothing() -> None:
    found = {name: by_family(pairs) for name, pairs in errors().items()}
    held_out = [family for family in FAMILIES if family.held_out]
    assert against(found["chosen"], found["last_total"], held_out) < 0.75
    assert against(found["chosen"], found["last_rest"], held_out) < 0.95


def test_ranges_hold_about_as_many_years_as_they_promise() -> None:
    for known in ("1 year", "3 years", "5 years"):
        assert 75 <= fmean(covered(known).values()) <= 92


def test_chances_say_more_than_how_many_plans_are_usually_met() -> None:
    for known in ("nothing", "1 year", "5 years"):
        score, base = brier(chances(known))
        assert score < base * 0.8


def test_the_synthetic_series_are_the_same_at_every_making() -> None:
    made = [(one.family.name, one.total(2015)) for one in series(2)]
    series.cache_clear()
    assert [(one.family.name, one.total(2015)) for one in series(2)] == made

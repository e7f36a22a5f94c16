# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.core.ledger import totals
from bamsat.core.ledger.amounts import Amount
from bamsat.core.ledger.totals import Addend, from_months, mean_of_indices, total, total_of_ratio, year_to_date
from bamsat.core.terms.period import Period

MAY = Period.month(2025, 5)


def month(n, value=None, **more):
    return Addend(Amount.exactly(n if value is None else value), Period.month(2025, n), **more)


def place(name, value, **more):
    return Addend(Amount.exactly(value), MAY, of=name, **more)


year = [month(n) for n in range(1, 13)]
both = [place("xã A", 10), place("xã B", 20)]


class TestWhatAdds:
    def test_flows_add_over_months_and_bounds_with_them(self):
        parts = [Addend(Amount(10, 9, 11), Period.month(2025, 1)), Addend(Amount(20, 18, 23), Period.month(2025, 2))]
        assert total(parts, "flow", "time") == Amount(30, 27, 34)

    def test_a_stock_over_time_is_what_it_was_at_the_end(self):
        assert total([month(1, 7), month(3, 9)], "stock", "time", whole=Period.quarter(2025, 1)).value == 9

    @pytest.mark.parametrize("adds_up", ["flow", "stock"])
    @pytest.mark.parametrize("over", ["places", "breakdown"])
    def test_flows_and_stocks_add_over_places_and_breakdowns(self, adds_up, over):
        assert total(both, adds_up, over, expected=["xã A", "xã B"]).value == 30

    def test_quarters_and_months_may_be_added_where_they_do_not_overlap(self):
        parts = [month(4), Addend(Amount.exactly(6), Period.quarter(2025, 1)), month(5)]
        assert total(parts, "flow", "time", whole=Period.months(2025, 1, 5)).value == 15

    def test_a_quarter_and_the_year_to_date_come_from_months_alone(self):
        shown = [*year, Addend(Amount.exactly(6), Period.quarter(2025, 1))]
        assert from_months(shown, Period.quarter(2025, 3)).value == 7 + 8 + 9
        assert year_to_date(shown, Period.month(2025, 5)).value == 15
        assert year_to_date(shown, Period.quarter(2025, 2), "stock").value == 6

    def test_the_ratio_of_a_whole_is_the_ratio_of_totals(self):
        assert total_of_ratio(Amount.exactly(10), Amount.exactly(20), Decimal(100)).value == 50

    def test_indices_have_a_mean_when_weights_are_given(self):
        found = mean_of_indices([place("A", 110), place("B", 100)], {"A": Decimal(1), "B": Decimal(1)})
        assert found.value == 105


REFUSED = {
    "IndicesDoNotAdd": lambda: total(both, "index", "places"),
    "RatiosDoNotAdd": lambda: total(both, "ratio", "places"),
    "NothingToAdd": lambda: total([], "flow", "places"),
    "UnitsDiffer": lambda: total([place("A", 1, unit="VND"), place("B", 1, unit="USD")], "flow", "places"),
    "PriceBasesDiffer": lambda: total(
        [place("A", 1, price_basis="current"), place("B", 1, price_basis="constant-2010")], "flow", "places"
    ),
    "ProvidersDiffer": lambda: total([place("A", 1), place("B", 1, provider="customs")], "flow", "places"),
    "PeriodsDiffer": lambda: total([place("A", 1), replace(both[1], period=Period.year(2025))], "flow", "places"),
    "PeriodsOverlap": lambda: total([*year, Addend(Amount.exactly(6), Period.quarter(2025, 1))], "flow", "time"),
    "MonthsMissing": lambda: total([month(1), month(4)], "flow", "time"),
    "PartsMissing": lambda: total(both, "flow", "places", expected=["xã A", "xã B", "xã D"]),
    "PartsTwice": lambda: total([both[0], both[0]], "flow", "places"),
}


class TestWhatIsRefused:
    @pytest.mark.parametrize("name", REFUSED)
    def test_every_refusal_teaches_in_both_languages(self, name):
        with pytest.raises(getattr(totals, name)) as refused:
            REFUSED[name]()
        assert "Hãy" in refused.value.vi
        assert refused.value.en
        assert refused.value.en != refused.value.vi

    def test_every_kind_of_refusal_is_tried_here(self):
        kinds = {kind.__name__ for kind in totals.AdditionRefused.__subclasses__()}
        assert kinds == set(REFUSED)

    def test_the_months_that_lack_are_named(self):
        with pytest.raises(totals.MonthsMissing) as refused:
            from_months([month(1), month(3)], Period.months(2025, 1, 4))
        assert refused.value.months == ("2025-02", "2025-04")
        assert "tháng 2/2025, 4/2025" in refused.value.vi

    def test_a_stock_without_its_last_month_is_not_told(self):
        with pytest.raises(totals.MonthsMissing) as refused:
            total([month(1), month(2)], "stock", "time", whole=Period.quarter(2025, 1))
        assert refused.value.months == ("2025-03",)

    def test_no_month_at_all_is_missing_every_month(self):
        with pytest.raises(totals.MonthsMissing) as refused:
            from_months([Addend(Amount.exactly(6), Period.quarter(2025, 1))], Period.quarter(2025, 1))
        assert len(refused.value.months) == 3

    def test_the_places_that_lack_are_named(self):
        with pytest.raises(totals.PartsMissing) as refused:
            REFUSED["PartsMissing"]()
        assert refused.value.lacking == ("xã D",)

    def test_what_differs_is_named(self):
        with pytest.raises(totals.PriceBasesDiffer) as refused:
            REFUSED["PriceBasesDiffer"]()
        assert "current, constant-2010" in refused.value.vi

    def test_scales_that_differ_are_refused_though_the_unit_is_one(self):
        with pytest.raises(totals.UnitsDiffer):
            total([place("A", 1, unit="VND"), place("B", 1, unit="VND", scale=2)], "flow", "places")

    def test_two_places_are_not_added_over_time_at_once(self):
        with pytest.raises(totals.PartsTwice):
            total([month(1, of="A"), month(2, of="B")], "flow", "time")

    def test_a_month_outside_the_whole_is_refused(self):
        with pytest.raises(totals.PeriodsDiffer):
            total(year, "flow", "time", whole=Period.quarter(2025, 1))

    def test_two_different_figures_for_the_end_are_refused(self):
        with pytest.raises(totals.PeriodsOverlap):
            total([month(3, 1), Addend(Amount.exactly(2), Period.quarter(2025, 1))], "stock", "time")

    @pytest.mark.parametrize(
        ("weights", "kind"),
        [
            (None, totals.IndicesDoNotAdd),
            ({"A": Decimal(1)}, totals.PartsMissing),
            ({"A": Decimal(0), "B": Decimal(0)}, totals.IndicesDoNotAdd),
        ],
    )
    def test_a_mean_of_indices_needs_all_weights(self, weights, kind):
        with pytest.raises(kind):
            mean_of_indices([place("A", 110), place("B", 100)], weights)

    def test_a_ratio_over_nothing_is_refused(self):
        with pytest.raises(totals.AdditionRefused):
            total_of_ratio(Amount.exactly(1), Amount.exactly(0))


@given(st.lists(st.integers(-(10**15), 10**15), min_size=12, max_size=12))
def test_quarters_add_up_to_the_year(values):
    months = [month(n, value) for n, value in enumerate(values, start=1)]
    quarters = [Addend(from_months(months, Period.quarter(2025, n)), Period.quarter(2025, n)) for n in range(1, 5)]
    whole = total(quarters, "flow", "time", whole=Period.year(2025))
    assert whole == year_to_date(months, Period.month(2025, 12))
    assert whole.value == sum(values)

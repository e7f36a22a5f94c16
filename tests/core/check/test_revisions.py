# SPDX-License-Identifier: Apache-2.0
from bamsat.core.check.beside.revisions import findings
from tests.core.check.earlier import told

ESTIMATE = "Cục Thống kê (ước tính)"
PRELIMINARY = "Cục Thống kê (sơ bộ)"
OFFICIAL = "Cục Thống kê (chính thức)"


def growth(period, base, value):
    return told(period, value, unit="%", scale=1, measure="growth", base=base, key=f"growth.{period}")


def habits(share):
    """Five years of estimates that later moved by so much."""
    found = []
    for year in range(2015, 2020):
        found += [told(str(year), 200, source=ESTIMATE), told(str(year), round(200 * (1 + share), 1), source=OFFICIAL)]
    return found


def test_a_former_period_told_anew_within_the_habit_of_its_source_is_a_note():
    (one,) = findings([told("2020", 211)], [*habits(0.04), told("2020", 205, source=ESTIMATE)])
    assert (one.outcome, one.severity, one.rule) == ("cannot_tell", "note", "revision")
    assert "nay là 211 triệu USD, trước đây Cục Thống kê (ước tính) công bố 205 triệu USD" in one.vi


def test_a_revision_far_beyond_the_habit_is_a_question():
    (one,) = findings([told("2020", 260)], [*habits(0.04), told("2020", 205, source=ESTIMATE)])
    assert one.severity == "question"


def test_what_was_final_hardly_moves():
    (one,) = findings([told("2020", 211)], [*habits(0.04), told("2020", 205, source=OFFICIAL, official=True)])
    assert one.severity == "question"


def test_the_same_value_rounded_otherwise_is_no_revision():
    assert findings([told("2020", 205)], [told("2020", "205.3")]) == []


def test_last_years_level_that_growth_implies_is_set_beside_the_published_one():
    now = [told("2021", "312.5"), growth("2021", "2020", "12.1")]
    (one,) = findings(now, [told("2020", "275.2", source=PRELIMINARY)])
    assert (one.outcome, one.severity) == ("cannot_tell", "note")
    assert one.figures == ("exports.2021", "growth.2021")
    assert "phải là 278,6 – 279 triệu USD" in one.vi
    assert "275,2 triệu USD (tức 275,15 – 275,25 triệu USD): số kỳ trước đã chỉnh lý." in one.vi
    assert one.calc == "312,5 triệu USD ÷ 1,121 = 278,6 – 279 triệu USD"


def test_a_growth_that_fits_what_was_published_says_nothing():
    now = [told("2021", "312.5"), growth("2021", "2020", "12.1")]
    assert findings(now, [told("2020", "278.8")]) == []


def test_a_growth_that_implies_quite_another_level_is_a_question():
    now = [told("2021", "312.5"), growth("2021", "2020", "12.1")]
    (one,) = findings(now, [told("2020", 190)])
    assert one.severity == "question"


def test_growth_at_prices_that_are_not_stated_says_nothing_of_last_years_value():
    def value(period, number, **more):
        return told(period, number, indicator="industrial_output", unit="VND", scale=10**9, **more)

    rise = told("2021", 5, indicator="industrial_output", unit="%", scale=1, measure="growth", base="2020", key="rise")
    assert findings([value("2021", 5300), rise], [value("2020", 4100)]) == []


def test_what_the_check_ties_anyway_is_left_to_it():
    approved = told("2020", 190, weight=5, key="entry")
    assert findings([told("2020", 260), approved], [told("2020", 190)]) == []


def test_without_history_nothing_is_said():
    assert findings([told("2020", 260)], []) == []

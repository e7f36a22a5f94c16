# SPDX-License-Identifier: Apache-2.0
"""What is wrong in a filled form is told at its cell: unreadable, missing, far from last period, against a rule."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.forms.checks import TIMES, check
from bamsat.core.forms.definition import Definition
from bamsat.core.forms.sheet import Pick, Sheet
from bamsat.core.terms.numbers import format_number


def form(*rules, rows=None):
    return Definition.parse({
        "frequency": "year", "senders": ["province"],
        "columns": [{"code": "total", "name": "Tổng"}, {"code": "one", "name": "Một"}, {"code": "two", "name": "Hai"}],
        "rows": rows or [{"code": "markets", "name": "Chợ", "indicator": "m"},
                         {"code": "built", "name": "Xây mới", "indicator": "b"}],
        "rules": [{"code": f"r{at}", "message": {"vi": "Sai.", "en": "No."}} | rule for at, rule in enumerate(rules)],
    })  # fmt: skip


def told(definition, typed, before=None, explained=(), picks=()):
    full = {f"{row.code}.{column.code}": "1" for row in definition.rows for column in definition.columns}
    return [
        (each.key, each.severity, each.kind)
        for each in check(Sheet(definition, full | typed, {}, picks), before or {}, explained)
    ]


def test_a_good_form_has_nothing_to_say():
    assert told(form(), {}) == []


def test_a_blank_cell_is_missing_until_somebody_says_why():
    assert told(form(), {"built.one": ""}) == [("built.one", "missing", "missing")]
    assert told(form(), {"built.one": ""}, explained={"built.one"}) == []


def test_an_unreadable_cell_is_an_error_that_no_reason_takes_away():
    assert told(form(), {"built.one": "1,234.5"}, explained={"built.one"}) == [("built.one", "error", "unreadable")]


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_value_is_asked_about_where_it_is_ten_times_the_last_or_a_tenth(value, last):
    found = told(form(), {"built.one": format_number(Decimal(value))}, {"built.one": Decimal(last)})
    far = value >= TIMES * last or last >= TIMES * value
    assert found == ([("built.one", "doubt", "far_from_last")] if far else [])


def test_a_rule_between_rows_is_asked_in_each_typed_column():
    rule = form({"says": "built <= markets"})
    assert told(rule, {"built.one": "2"}) == [("built.one", "error", "rule:r0")]
    assert told(rule, {"built.one": "2", "built.two": "3"})[1][0] == "built.two"
    assert told(form({"says": "built <= markets", "columns": ["two"]}), {"built.one": "2"}) == []


def test_a_rule_between_columns_is_asked_in_each_row():
    rule = form({"says": "total >= one + two"})
    assert [key for key, _s, _k in told(rule, {})] == ["markets.total", "built.total"]
    assert told(rule, {"markets.total": "2", "built.total": "2"}) == []
    narrowed = form({"says": "total >= one + two", "rows": ["built"]})
    assert [key for key, _s, _k in told(narrowed, {})] == ["built.total"]


def test_a_rule_between_columns_holds_for_picked_rows_too():
    rows = [{"code": "goods", "name": "Hàng", "indicator": "g", "pick": ["commodity"]}]
    rule = form({"says": "one <= total", "rows": ["goods"]}, rows=rows)
    typed = {"goods~tea.total": "1", "goods~tea.one": "2", "goods~tea.two": "0"}
    assert told(rule, typed, picks=[Pick("goods", ("tea",))]) == [("goods~tea.one", "error", "rule:r0")]


def test_a_rule_between_single_cells_is_asked_once():
    assert told(form({"says": "markets.total >= built.one + 1"}), {}) == [("markets.total", "error", "rule:r0")]


def test_a_doubt_of_a_rule_may_be_explained():
    rule = form({"says": "built < markets", "severity": "doubt", "columns": ["one"]})
    assert told(rule, {}) == [("built.one", "doubt", "rule:r0")]
    assert told(rule, {}, explained={"built.one"}) == []


def test_a_rule_waits_for_its_values():
    assert told(form({"says": "built <= markets", "columns": ["one"]}), {"markets.one": ""}) == [
        ("markets.one", "missing", "missing")
    ]


@pytest.mark.parametrize(("total", "holds"), [("3,3", True), ("3,5", False), ("3,4", True)])
def test_rounded_numbers_may_differ_by_half_a_digit_each(total, holds):
    typed = {"markets.total": total, "markets.one": "1,6", "markets.two": "1,7", "built.total": "2"}
    found = list(told(form({"says": "total = one + two", "rows": ["markets"]}), typed))
    assert (found == []) == holds

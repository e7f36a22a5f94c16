# SPDX-License-Identifier: Apache-2.0
"""The same small ledgers in SQLite and in DuckDB give what plain Python gives, measure by measure."""

from __future__ import annotations

import doctest
import math
import re
import sqlite3
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import duckdb
import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from ibis.expr.types import Table

from bamsat.core.compare import compiled, expressions, reasons
from bamsat.core.compare.arithmetic import Bounded, growth, plan_ratio
from bamsat.core.compare.compiled import Dialect, kept, sql
from bamsat.core.compare.expressions.numbers import foremost, joined
from bamsat.core.compare.reasons import Reason
from bamsat.core.compare.tables import TABLES
from tests.core.compare.plain_comparisons import Plain, Row, Small
from tests.core.compare.small_ledgers import ledgers

_TYPES = {"sqlite": {"int64": "INTEGER", "string": "TEXT"}, "duckdb": {"int64": "BIGINT", "string": "VARCHAR"}}
MEASURES: dict[str, Callable[[], Table]] = {
    name: getattr(expressions, name)
    for name in expressions.__all__
    if name not in ("years", "averages", "ranks")
} | {
    **{f"years_{month}": kept(expressions.years, month) for month in (1, 2, 9, 12)},
    **{f"averages_{years}": kept(expressions.averages, years) for years in (2, 3)},
    **{f"ranks_{by}": kept(expressions.ranks, by) for by in ("value", "growth_last", "growth_same", "plan_ratio")},
}  # fmt: skip


@cache
def text(measure: str, dialect: Dialect) -> str:
    return sql(MEASURES[measure](), dialect)


def answers(ledger: Small, measure: str, dialect: Dialect) -> list[Row]:
    connection: Any = sqlite3.connect(":memory:") if dialect == "sqlite" else duckdb.connect()
    for table in TABLES.values():
        columns = ", ".join(f'"{column.name}" {_TYPES[dialect][column.type]}' for column in table.columns)
        connection.execute(f"CREATE TABLE {table.name} ({columns})")
        rows = [tuple(row[column.name] for column in table.columns) for row in getattr(ledger, table.name, [])]
        marks = ", ".join("?" * len(table.columns))
        if rows:
            connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
    found = connection.execute(text(measure, dialect))
    names = [column[0] for column in found.description]
    told = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    connection.close()
    return told


def same(found: Any, expected: Any) -> bool:
    if isinstance(expected, Fraction | float) and found is not None:
        return isinstance(found, float | int) and math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-9)
    return bool(found == expected) and not (isinstance(found, float) and isinstance(expected, int))


def agree(ledger: Small, measure: str, keys: Iterable[str], expected: dict[Any, Row]) -> None:
    for dialect in ("sqlite", "duckdb"):
        rows = answers(ledger, measure, dialect)  # type: ignore[arg-type]
        found = {tuple(row[key] for key in keys): row for row in rows}
        assert len(found) == len(rows), f"{dialect}: a key twice"
        assert found.keys() == expected.keys(), dialect
        for key, row in expected.items():
            wrong = {
                name: (found[key][name], value) for name, value in row.items() if not same(found[key][name], value)
            }
            assert not wrong, f"{dialect} {key}: {wrong}"


sparing = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PERIOD = ("series", "first_month", "last_month")


def test_the_examples_in_the_modules_hold() -> None:
    for module in (compiled, reasons):
        assert doctest.testmod(module).failed == 0


@sparing
@given(ledgers())
def test_the_figure_that_stands_is_what_was_done_before_what_is_expected_and_official_first(ledger: Small) -> None:
    expected = {key: {"value": row["value"], "year": row["year"]} for key, row in ledger.standing().items()}
    agree(ledger, "standing", PERIOD, expected)


@sparing
@given(ledgers())
@pytest.mark.parametrize("month", [1, 2, 9, 12])
def test_a_year_in_one_row_says_what_was_done_and_which_months_are_missing(month: int, ledger: Small) -> None:
    agree(ledger, f"years_{month}", ("series", "year"), Plain(ledger).years(month))


@sparing
@given(ledgers())
def test_every_month_is_held_against_last_month_last_year_the_year_to_date_and_the_plan(ledger: Small) -> None:
    agree(ledger, "monthly", ("series", "month"), Plain(ledger).monthly())


@sparing
@given(ledgers())
def test_january_and_february_are_compared_together_and_each_alone(ledger: Small) -> None:
    agree(ledger, "new_year", ("series", "year"), Plain(ledger).new_year())


@sparing
@given(ledgers())
def test_growth_of_any_period_is_on_the_one_before_and_on_last_year(ledger: Small) -> None:
    agree(ledger, "growths", PERIOD, Plain(ledger).growths())


@sparing
@given(ledgers())
def test_a_plan_ratio_is_against_the_own_plan_or_to_date_against_that_of_the_year(ledger: Small) -> None:
    agree(ledger, "plan_ratios", PERIOD, Plain(ledger).plan_ratios())


@sparing
@given(ledgers())
@pytest.mark.parametrize("years", [2, 3])
def test_a_mean_over_years_is_told_only_where_every_year_is_there(years: int, ledger: Small) -> None:
    agree(ledger, f"averages_{years}", PERIOD, Plain(ledger).averages(years))


@sparing
@given(ledgers())
def test_missing_months_are_listed(ledger: Small) -> None:
    agree(ledger, "gaps", ("series", "first_month"), Plain(ledger).gaps())


@sparing
@given(ledgers())
def test_totals_over_places_want_every_place_and_never_add_indices(ledger: Small) -> None:
    keys = ("indicator", "segment", "provider", "place", "kind", "first_month", "last_month")
    agree(ledger, "totals", keys, Plain(ledger).totals())


@sparing
@given(ledgers())
def test_totals_on_other_boundaries_want_every_part_and_its_share(ledger: Small) -> None:
    agree(ledger, "restated", ("indicator", "segment", "provider", "place", *PERIOD[1:]), Plain(ledger).restated())


@sparing
@given(ledgers())
def test_the_ratio_of_a_whole_is_the_ratio_of_totals(ledger: Small) -> None:
    sums = Plain(ledger).totals()
    expected = {}
    for (indicator, segment, provider, *where), row in sums.items():
        if indicator == "sales":
            below = sums.get(("visits", segment, provider, *where), {"total": None})
            # Visits are kept with two decimals: a hundred of them are one.
            there = row["total"] is not None and below["total"] is not None and below["total"] > 0
            ratio = Fraction(row["total"] * 100 * 100, below["total"]) if there else None
            expected[segment, provider, *where] = {"ratio": ratio, "indicator": "rate"}
    agree(ledger, "ratios_of_totals", ("segment", "provider", "place", "kind", *PERIOD[1:]), expected)


@sparing
@given(ledgers())
def test_a_share_is_of_the_same_thing_of_the_place_above(ledger: Small) -> None:
    agree(ledger, "shares_of_places", PERIOD, Plain(ledger).shares_of_places())


@sparing
@given(ledgers())
def test_what_places_gave_to_growth_and_gap_and_what_is_left_add_up(ledger: Small) -> None:
    plain = Plain(ledger)
    agree(ledger, "contributions_of_places", PERIOD, plain.contributions_of_places())
    agree(ledger, "remainders_of_places", ("whole", *PERIOD[1:]), plain.remainders_of_places())


@sparing
@given(ledgers())
def test_segments_are_held_against_the_whole_of_their_place(ledger: Small) -> None:
    segments = {s["series"]: s["segment"] for s in ledger.series}
    lists = {"industry:C": "industry", "industry:D": "industry", "chợ": ""}
    values = Plain(ledger).values
    for dialect in ("sqlite", "duckdb"):
        for row in answers(ledger, "shares_of_segments", dialect):  # type: ignore[arg-type]
            assert row["breakdown"] == lists[segments[row["series"]]]
            assert segments[row["whole"]] == ""
            assert row["whole_value"] == values.get((row["whole"], row["first_month"], row["last_month"]))
        for row in answers(ledger, "contributions_of_segments", dialect):  # type: ignore[arg-type]
            assert row["value"] == values.get((row["series"], row["first_month"], row["last_month"]))


@sparing
@given(ledgers())
@pytest.mark.parametrize("by", ["value", "growth_last", "growth_same", "plan_ratio"])
def test_ties_share_a_rank_and_places_without_a_number_are_told_apart(by: str, ledger: Small) -> None:
    plain = Plain(ledger)
    if by == "value":
        numbers: dict[Any, Any] = plain.values
    elif by == "plan_ratio":
        numbers = {key: row["plan_ratio"] for key, row in plain.plan_ratios().items()}
    else:
        numbers = {key: row[by] for key, row in plain.growths().items()}
    # As floats, for that is what databases compare.
    floats = {key: None if one is None else float(one) for key, one in numbers.items()}
    keys = ("place", "indicator", "segment", "provider", "first_month", "last_month")
    agree(ledger, f"ranks_{by}", keys, plain.ranks(floats))  # type: ignore[arg-type]


@sparing
@given(ledgers())
def test_growth_and_plan_ratio_agree_with_the_arithmetic_of_pages(ledger: Small) -> None:
    def bounded(number: int) -> Bounded:
        return Bounded.exactly(Decimal(number))

    for row in answers(ledger, "growths", "sqlite"):
        if row["same"] is not None:
            found = growth(bounded(row["value"]), bounded(row["same"]))
            assert same(row["growth_same"], None if found is None else Fraction(found.value))
    for row in answers(ledger, "plan_ratios", "sqlite"):
        if row["done"] is not None and row["plan"] is not None:
            ratio = plan_ratio(bounded(row["done"]), bounded(row["plan"]))
            assert same(row["plan_ratio"], None if ratio is None else Fraction(ratio.value))


def test_the_foremost_of_a_group_keeps_every_digit_of_the_largest_integers() -> None:
    rows = ibis.table({"key": "int64", "value": "int64", "order": "int64"}, name="given")
    high, low = foremost(rows.value, rows.order, 6, where=rows.order < 6)
    halves = rows.group_by("key").aggregate(high=high, low=low)
    chosen = halves.select("key", value=joined(halves.high, halves.low))
    values = [-(2**63), -(2**32) - 1, -(2**32), -1, 0, 1, 2**31, 2**32 - 1, 2**32, 2**63 - 1]
    given = [(key, value, 2) for key, value in enumerate(values)]
    given += [(key, later, order) for key in range(len(values)) for later, order in ((-(2**63), 5), (2**63 - 1, 4))]
    for dialect, connection in (("sqlite", sqlite3.connect(":memory:")), ("duckdb", duckdb.connect())):
        connection.execute('CREATE TABLE given (key BIGINT, value BIGINT, "order" BIGINT)')
        connection.executemany("INSERT INTO given VALUES (?, ?, ?)", given)
        found = connection.execute(sql(chosen, dialect)).fetchall()  # type: ignore[arg-type]
        assert dict(found) == dict(enumerate(values)), dialect


@pytest.mark.parametrize("measure", MEASURES)
def test_a_comparison_has_sql_in_all_dialects_without_dates_decimals_or_words_of_a_language(measure: str) -> None:
    for dialect in ("sqlite", "postgres", "duckdb", "pyspark"):
        made = text(measure, dialect)  # type: ignore[arg-type]
        assert made.isascii()
        assert not re.search(
            r"\b(DATE|TIMESTAMP|INTERVAL|EXTRACT|DECIMAL|NUMERIC|HUGEINT|COLLATE|LOWER|UPPER)\b\s*\(?",
            made.replace('"lower"', "").replace('"upper"', "").replace("`lower`", "").replace("`upper`", ""),
        ), dialect
        assert "%" not in made.replace("'%'", ""), "a division of integers means something else in each database"


@pytest.mark.parametrize("measure", MEASURES)
def test_a_comparison_answers_with_integers_floats_and_words_only(measure: str) -> None:
    types = {str(kind) for kind in MEASURES[measure]().schema().types}
    assert types <= {"int64", "float64", "string", "!int64", "int8", "int16", "int32", "!string"}, types


def test_sql_is_made_once_for_each_parameter() -> None:
    assert kept(expressions.years, 6) is kept(expressions.years, 6)
    assert kept(expressions.years, 6) is not kept(expressions.years, 7)


def test_every_reason_has_its_words_in_both_languages() -> None:
    assert all(reason.vi and reason.en for reason in Reason if reason)

# SPDX-License-Identifier: Apache-2.0
"""The figure that stands for a series and period: what was done before what is expected, official before estimated."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis.expr.types import IntegerValue, Table

from bamsat.core.compare.expressions.numbers import first_of
from bamsat.core.compare.tables import OBSERVATIONS, SERIES, Schema
from bamsat.core.ledger.vintages import VINTAGES

DONE = ("actual", "estimate")
PLAN = ("plan",)
_PERIOD = ("series", "first_month", "last_month")


def table(schema: Schema) -> Table:
    """A table by its name, bound to nothing."""
    return ibis.table(schema.types, name=schema.name)


def observations(measure: str | None = "level") -> Table:
    """Observations that compare with no other period: levels, or those of another measure, or of all."""
    rows = table(OBSERVATIONS)
    rows = rows.filter(rows.base == "")
    if measure is None:
        return rows
    series = table(SERIES)
    return rows.semi_join(series.filter(series.measure == measure), "series")


def standing(kinds: Sequence[str] = DONE, measure: str | None = "level", bounds: bool = False) -> Table:
    """One row a series and period: the figure that comes first of these kinds, with its bounds if asked for."""
    rows = observations(measure)
    rows = rows.filter(rows.kind.isin(list(kinds))).mutate(order=order_of(rows, kinds))
    columns = ("value", "lower", "upper") if bounds else ("value",)
    return rows.group_by("series", "year", "first_month", "last_month").aggregate(
        # A key has one row each kind and vintage, so that the largest of them is that one.
        **{
            column: first_of([rows[column].max(where=rows.order == n) for n in range(len(kinds) * len(VINTAGES))])
            for column in columns
        }
    )


def with_earlier(rows: Table, months: IntegerValue, name: str) -> Table:
    """Figures of `standing` with the figure of so many months before, under a name.

    The figures looked for keep their months as they are: SQLite looks up columns by an index, and no sum of them.
    """
    earlier = standing()
    earlier = earlier.select(**{f"{name}_{key}": earlier[key] for key in _PERIOD}, **{name: earlier.value})
    same = [
        rows.series == earlier[f"{name}_series"],
        rows.first_month - months == earlier[f"{name}_first_month"],
        rows.last_month - months == earlier[f"{name}_last_month"],
    ]
    return rows.left_join(earlier, same).drop(*(f"{name}_{key}" for key in _PERIOD))


def order_of(rows: Table, kinds: Sequence[str] = DONE) -> IntegerValue:
    """0 for what comes first of these kinds: kind before vintage, official before estimate."""
    last = len(VINTAGES) - 1
    kind = ibis.cases(*((rows.kind == name, n * len(VINTAGES)) for n, name in enumerate(kinds)), else_=0)
    return kind + ibis.cases(*((rows.vintage == name, last - n) for n, name in enumerate(VINTAGES)), else_=last)


def series_added() -> Table:
    """Series of levels, and how each adds up."""
    series = table(SERIES)
    return series.filter(series.measure == "level").select("series", "adds_up")


def family() -> Table:
    """Series of levels with the number of their family: what differs from them in nothing but the provider."""
    series = table(SERIES)
    levels = series.filter(series.measure == "level")
    alike = ibis.window(group_by=["indicator", "place", "segment", "unit", "price_basis", "scale"])
    return levels.select("series", family=levels.series.min().over(alike))

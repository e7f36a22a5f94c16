# SPDX-License-Identifier: Apache-2.0
"""Places of one kind under one place, in order; those without a number are told apart."""

from __future__ import annotations

from typing import Literal

import ibis
from ibis.expr.types import Table

from bamsat.core.compare.expressions.numbers import INT64, NOTHING
from bamsat.core.compare.expressions.periods import growths, plan_ratios
from bamsat.core.compare.expressions.standing import standing, table
from bamsat.core.compare.reasons import Reason
from bamsat.core.compare.tables import INDICATORS, PLACES, SERIES

By = Literal["value", "growth_last", "growth_same", "plan_ratio"]
_THING = ("indicator", "segment", "unit", "price_basis", "provider", "scale")
_GROUP = (*_THING, "parent", "kind", "first_month", "last_month")


def ranks(by: By) -> Table:
    """One row a place and period for each thing that any place of its kind under the same place above has a number of.

    `rank` begins with 1 for the best; ties share a rank; more is better but where the indicator says that less is.
    `ranked` counts places with a number, `places` all of them. Without a number a place has no rank: `rank_why`.
    """
    numbers = {"value": standing, "growth_last": growths, "growth_same": growths, "plan_ratio": plan_ratios}[by]()
    series, places, indicators = table(SERIES), table(PLACES), table(INDICATORS)
    levels = series.filter(series.measure == "level").select("series", "place", *_THING)
    numbers = numbers.select("series", "first_month", "last_month", number=numbers[by].cast("float64"))
    tree = places.select("place", "parent", "kind")
    found = numbers.filter(numbers.number.notnull()).join(levels, "series").join(tree, "place")
    found = found.select("place", *_GROUP, "number")
    compared = found.select(*_GROUP).distinct()
    all_places = compared.join(tree, ["parent", "kind"], rname="{name}_tree").select("place", *_GROUP)
    rows = all_places.left_join(found, ["place", *_GROUP], rname="{name}_found")
    rows = rows.left_join(indicators.select("indicator", "good"), "indicator", rname="{name}_good")
    direction = ibis.cases((rows.good == "down", -1), else_=1)
    rows = rows.select("place", *_GROUP, "number", order=rows.number * direction)
    has = rows.number.notnull()
    # Those without a number stand in a group of their own, so that no database has to agree on where nothing sorts.
    rows = rows.mutate(has=ibis.cases((has, 1), else_=0).cast("int64"))
    apart = ibis.window(group_by=[*_GROUP, "has"], order_by=ibis.desc("order"))
    together = ibis.window(group_by=list(_GROUP))
    rows = rows.mutate(place_in=ibis.rank().over(apart) + 1, ranked=rows.has.sum().over(together),
                       places=rows.has.count().over(together))  # fmt: skip
    return rows.select(
        "place", *_GROUP, "number", rank=ibis.cases((rows.has == 1, rows.place_in), else_=NOTHING),
        ranked=rows.ranked.cast(INT64), places=rows.places.cast(INT64),
        rank_why=ibis.cases((rows.has == 1, int(Reason.TOLD)), else_=int(Reason.NO_FIGURE)).cast("int64"),
    )  # fmt: skip

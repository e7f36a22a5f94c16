# SPDX-License-Identifier: Apache-2.0
"""Totals over places, on the boundaries of their time or on those of another day; ratios of totals.

A total is there only where every part is: a part that is missing or whose share is unknown leaves nothing.
Indices and ratios are never added.
"""

from __future__ import annotations

import ibis
from ibis.expr.types import Table

from bamsat.core.compare.expressions.numbers import NO_NUMBER, NOTHING, counted, total
from bamsat.core.compare.expressions.standing import standing, table
from bamsat.core.compare.reasons import Reason
from bamsat.core.compare.tables import BOUNDARIES, INDICATORS, PLACES, SERIES

_THING = ("indicator", "segment", "unit", "price_basis", "provider", "scale", "adds_up")
_PERIOD = ("first_month", "last_month")


def totals() -> Table:
    """One row a thing, place above, kind of the places below and period: the sum of all places below of that kind.

    `parts` counts them, `lacking` those without a figure; nothing is added up where any is.
    """
    places = table(PLACES)
    below = places.filter(places.parent != "").select("place", "parent", "kind")
    expected = below.group_by("parent", "kind").aggregate(parts=below.count())
    # Told apart from other rows, series with their places are found first: SQLite would try all places for each figure.
    placed = _levels().join(below, "place").distinct()
    found = standing().join(placed, "series")
    rows = found.group_by("parent", "kind", *_THING, *_PERIOD).aggregate(found=found.count(), added=total(found.value))
    rows = rows.join(expected, ["parent", "kind"], rname="{name}_expected")
    lacking = rows.parts - rows.found
    return rows.select(
        *_THING, *_PERIOD, place="parent", kind="kind", parts="parts", lacking=lacking,
        total=ibis.cases((rows.adds_up.isin(["flow", "stock"]) & (lacking == 0), rows.added), else_=NOTHING),
        total_why=ibis.cases(
            (rows.adds_up.isin(["index", "ratio"]), int(Reason.DOES_NOT_ADD)), (lacking > 0, int(Reason.PARTS_LACK)),
            else_=int(Reason.TOLD),
        ).cast("int64"),
    )  # fmt: skip


def restated() -> Table:
    """One row a thing, place on the boundaries chosen and period: the total of the parts of places of their time.

    `total` is a float, for shares divide; `whole` is the same as an integer where no part was divided. `parts`,
    `lacking` and `unknown` count the parts, those without a figure and those whose share nobody states.
    """
    parts = table(BOUNDARIES)
    figures = _figures()
    periods = figures.select(*_THING, *_PERIOD).distinct()
    expected = periods.join(
        parts, [periods.last_month >= parts.first_month, periods.last_month <= parts.last_month], rname="{name}_part"
    )
    expected = expected.select("place", "on_place", "share", "of", *_THING, *_PERIOD)
    rows = expected.left_join(figures, ["place", *_THING, *_PERIOD], rname="{name}_figure")
    entire = (rows.share == rows["of"]) & rows.share.notnull()
    taken = rows.value.cast("float64") * rows.share.cast("float64") / rows["of"].nullif(0).cast("float64")
    rows = rows.group_by("on_place", *_THING, *_PERIOD).aggregate(
        parts=rows.count(), found=rows.value.count(), known=rows.share.count(), entire=counted(entire),
        taken=taken.sum(), added=total(rows.value, where=entire),
    )  # fmt: skip
    rows = rows.filter(rows.found > 0)
    lacking, unknown = rows.parts - rows.found, rows.parts - rows.known
    adds = rows.adds_up.isin(["flow", "stock"])
    there = adds & (lacking == 0) & (unknown == 0)
    return rows.select(
        *_THING, *_PERIOD, place="on_place", parts="parts", lacking=lacking, unknown=unknown,
        total=ibis.cases((there, rows.taken), else_=NO_NUMBER),
        whole=ibis.cases((there & (rows.entire == rows.parts), rows.added), else_=NOTHING),
        total_why=ibis.cases(
            (~adds, int(Reason.DOES_NOT_ADD)), (lacking > 0, int(Reason.PARTS_LACK)),
            (unknown > 0, int(Reason.SHARE_UNKNOWN)), else_=int(Reason.TOLD),
        ).cast("int64"),
    )  # fmt: skip


def ratios_of_totals() -> Table:
    """One row an indicator that is a ratio, place above, kind of places below and period: the total of its numerator
    over the total of its denominator, in percent where its unit is one; `total_why` where either is missing."""
    sums, indicators = totals(), table(INDICATORS)
    ratios = indicators.filter((indicators.numerator != "") & (indicators.denominator != ""))
    ratios = ratios.select(ratio="indicator", ratio_unit="unit", numerator="numerator", denominator="denominator")
    shared = ("segment", "provider", "place", "kind", *_PERIOD)
    told = ("total", "total_why", "parts", "lacking", "scale")
    above = sums.select("indicator", *shared, **{f"above_{name}": sums[name] for name in told})
    below = sums.select("indicator", *shared, **{f"below_{name}": sums[name] for name in told})
    rows = ratios.join(above, ratios.numerator == above.indicator)
    rows = rows.left_join(
        below, [rows.denominator == below.indicator, *(rows[name] == below[name] for name in shared)],
        rname="{name}_below",
    )  # fmt: skip
    times = ibis.cases((rows.ratio_unit == "%", 100), else_=1) * _ten_to(rows.below_scale - rows.above_scale)
    positive = rows.below_total > 0
    quotient = rows.above_total.cast("float64") * times / rows.below_total.nullif(0).cast("float64")
    return rows.select(
        *shared, indicator="ratio", numerator="above_total", denominator="below_total",
        lacking=rows.above_lacking + ibis.coalesce(rows.below_lacking, 0),
        ratio=ibis.cases((positive, quotient), else_=NO_NUMBER),
        ratio_why=ibis.cases(
            (rows.above_total.isnull(), rows.above_total_why), (rows.below_total_why.isnull(), int(Reason.NO_BASE)),
            (rows.below_total.isnull(), rows.below_total_why), (~positive, int(Reason.BASE_NOT_POSITIVE)),
            else_=int(Reason.TOLD),
        ).cast("int64"),
    )  # fmt: skip


def _ten_to(power: ibis.expr.types.IntegerValue) -> ibis.expr.types.FloatingValue:
    """Exact powers of ten; scales go from 0 to 9."""
    up = ibis.cases(*((power == n, 10**n) for n in range(1, 10)), else_=1).cast("float64")
    down = ibis.cases(*((power == -n, 10**n) for n in range(1, 10)), else_=1).cast("float64")
    return up / down


def _figures() -> Table:
    """Standing levels with what they are of and where."""
    return standing().join(_levels(), "series").select("place", *_THING, *_PERIOD, "value")


def _levels() -> Table:
    series = table(SERIES)
    return series.filter(series.measure == "level").select("series", "place", *_THING)

# SPDX-License-Identifier: Apache-2.0
"""Parts of a whole: places in the place above, segments in the whole; their shares and what they gave to its growth
and to its gap against the plan."""

from __future__ import annotations

import ibis
from ibis.expr.types import StringValue, Table

from bamsat.core.compare.expressions.numbers import counted, grown, percent
from bamsat.core.compare.expressions.plans import plans
from bamsat.core.compare.expressions.standing import standing, table, with_earlier
from bamsat.core.compare.reasons import Reason
from bamsat.core.compare.tables import PLACES, SERIES

_THING = ("indicator", "unit", "price_basis", "provider", "scale")
_PERIOD = ("first_month", "last_month")


def shares_of_places() -> Table:
    """One row a series and period: what percentage it is of the same thing of the place above."""
    return _shares(_in_the_place_above())


def shares_of_segments() -> Table:
    """One row a series of a breakdown and period: what percentage it is of the whole of its place."""
    return _shares(_in_the_whole())


def contributions_of_places() -> Table:
    """One row a series and period whose place above has a figure too: the points that it gave to that one's growth on
    last year, and to its gap against the plan of the period; see `remainders_of_places` for what is left."""
    return _contributions(_in_the_place_above())


def contributions_of_segments() -> Table:
    """The same for the segments of a place in its whole; `breakdown` is the list that they are of."""
    return _contributions(_in_the_whole())


def remainders_of_places() -> Table:
    """One row a series and period whose places below give parts: the growth of the whole, the points of its parts, and
    the points that no part explains; `lacking` counts parts that lack one of the two years."""
    rows = contributions_of_places()
    told = rows.group_by("whole", *_PERIOD).aggregate(
        parts=rows.count(), lacking=counted(rows.points.isnull()), growth=rows.whole_growth.max(),
        explained=ibis.coalesce(rows.points.sum(), 0),
    )  # fmt: skip
    return told.select("whole", *_PERIOD, "parts", "lacking", "growth", "explained", rest=told.growth - told.explained)


def _in_the_place_above() -> Table:
    """Series of levels with the series of the same thing one place above: part, whole, breakdown."""
    part, whole, places = _levels(), _levels(), table(PLACES)
    above = places.select(place=places.place, parent=places.parent)
    part = part.join(above, "place").select("series", "segment", "parent", *_THING)
    whole = whole.select(whole="series", place="place", segment="segment", **{f"of_{n}": whole[n] for n in _THING})
    same = [part[name] == whole[f"of_{name}"] for name in _THING]
    rows = part.join(whole, [part.parent == whole.place, part.segment == whole.segment, *same], rname="{name}_whole")
    return rows.select(part="series", whole="whole", breakdown=ibis.literal(""))


def _in_the_whole() -> Table:
    """Series of levels of one breakdown with the series of the whole they break down: part, whole, breakdown."""
    part, whole = _levels(), _levels()
    part = part.filter((part.segment != "") & ~part.segment.contains("|"))
    whole = whole.filter(whole.segment == "")
    whole = whole.select(whole="series", of_place="place", **{f"of_{name}": whole[name] for name in _THING})
    same = [part[name] == whole[f"of_{name}"] for name in _THING]
    rows = part.join(whole, [part.place == whole.of_place, *same])
    return rows.select(part="series", whole="whole", breakdown=_list_of(rows.segment))


def _list_of(segment: StringValue) -> StringValue:
    """The list whose code a segment is; nothing in front where a report says it in words."""
    return ibis.cases((segment.contains(":"), segment.substr(0, segment.find(":"))), else_="")


def _levels() -> Table:
    series = table(SERIES)
    return series.filter(series.measure == "level")


def _shares(pairs: Table) -> Table:
    done = standing()
    rows = pairs.join(done, pairs.part == done.series)
    whole = done.select(of="series", of_first="first_month", of_last="last_month", whole_value="value")
    rows = rows.left_join(
        whole, [rows.whole == whole.of, rows.first_month == whole.of_first, rows.last_month == whole.of_last]
    )
    why = ibis.cases(
        (rows.whole_value.isnull(), int(Reason.NO_BASE)), (rows.whole_value <= 0, int(Reason.BASE_NOT_POSITIVE)),
        else_=int(Reason.TOLD),
    )  # fmt: skip
    return rows.select(
        series="part", whole="whole", breakdown="breakdown", first_month="first_month", last_month="last_month",
        value="value", whole_value="whole_value", share=percent(rows.value, rows.whole_value),
        share_why=why.cast("int64"),
    )  # fmt: skip


def _contributions(pairs: Table) -> Table:
    level = _with_last_year_and_plan()
    part = level.select(**{f"p_{name}": level[name] for name in level.columns})
    whole = level.select(**{f"w_{name}": level[name] for name in level.columns})
    rows = pairs.join(whole, pairs.whole == whole.w_series)
    rows = rows.left_join(
        part,
        [rows.part == part.p_series, rows.w_first_month == part.p_first_month, rows.w_last_month == part.p_last_month],
    )
    whole_grown = grown("", rows.w_value, rows.w_before, Reason.NO_FIGURE)
    points = ibis.cases(
        (rows.p_value.isnull(), int(Reason.NO_FIGURE)),
        (rows.p_before.isnull() | rows.w_before.isnull(), int(Reason.NO_BASE)),
        (rows.w_before <= 0, int(Reason.BASE_NOT_POSITIVE)), else_=int(Reason.TOLD),
    )  # fmt: skip
    gap = ibis.cases(
        (rows.p_value.isnull(), int(Reason.NO_FIGURE)),
        (rows.p_plan.isnull() | rows.w_plan.isnull(), int(Reason.NO_PLAN)),
        (rows.w_plan <= 0, int(Reason.BASE_NOT_POSITIVE)), else_=int(Reason.TOLD),
    )  # fmt: skip
    return rows.select(
        series="part", whole="whole", breakdown="breakdown", first_month="w_first_month", last_month="w_last_month",
        value="p_value", before="p_before", plan="p_plan", whole_growth=whole_grown["growth_"],
        points=percent(rows.p_value - rows.p_before, rows.w_before), points_why=points.cast("int64"),
        gap_points=percent(rows.p_value - rows.p_plan, rows.w_plan), gap_points_why=gap.cast("int64"),
    )  # fmt: skip


def _with_last_year_and_plan() -> Table:
    done = standing()
    rows = with_earlier(done, ibis.literal(12, "int64"), "before")
    rows = rows.left_join(plans("plan"), ["series", *_PERIOD], rname="{name}_plan")
    return rows.select("series", *_PERIOD, "value", "before", "plan")

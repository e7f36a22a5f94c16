# SPDX-License-Identifier: Apache-2.0
"""Any period of any length: its growth, its plan, its mean over years; and the months that a series lacks."""

from __future__ import annotations

import ibis
from ibis.expr.types import Table

from bamsat.core.compare.expressions.monthly import MONTHS, side_by_side
from bamsat.core.compare.expressions.numbers import NO_NUMBER, NOTHING, grown, no_sum, percent
from bamsat.core.compare.expressions.plans import plan_ratio_why, plans, year_plans
from bamsat.core.compare.expressions.standing import series_added, standing, with_earlier
from bamsat.core.compare.reasons import Reason

_PERIOD = ("series", "first_month", "last_month")


def growths() -> Table:
    """One row a series of levels and period: growth on the period of the same length just before, and on the same
    period of last year, in percent, each with what it grew from."""
    rows = standing()
    rows = with_earlier(rows, rows.last_month - rows.first_month + 1, "last")
    rows = with_earlier(rows, ibis.literal(12, "int64"), "same")
    return rows.select(
        *_PERIOD, "year", "value", "last", "same",
        **grown("last", rows.value, rows["last"], Reason.NO_FIGURE),
        **grown("same", rows.value, rows.same, Reason.NO_FIGURE),
    )  # fmt: skip


def plan_ratios() -> Table:
    """One row a series of levels and period that has a figure: what percentage of its plan was done.

    The plan of that very period, if it has one (`own` is 1); else the plan of the year against what was done from
    January to the end of the period.
    """
    done = standing()
    rows = done.left_join(plans("own_plan"), list(_PERIOD), rname="{name}_own")
    rows = rows.left_join(year_plans(), ["series", "year"], rname="{name}_held")
    rows = rows.join(series_added(), "series", rname="{name}_added")
    rows = rows.left_join(side_by_side(), ["series", "year"], rname="{name}_beside")
    own = rows.own_plan.notnull()
    # From January on, the figure itself is the year to date.
    at = rows.last_month - rows.year * 12 + 1
    sums = [(at == month, rows[f"to_date_{month}"]) for month in MONTHS]
    until = ibis.cases((rows.first_month == rows.year * 12, rows.value), *sums, else_=NOTHING)
    rows = rows.select(
        *_PERIOD, "year", "value", "adds_up", "plan_why", own=ibis.cases((own, 1), else_=0).cast("int64"),
        done=ibis.cases((own, rows.value), else_=until), plan=ibis.coalesce(rows.own_plan, rows.plan),
    )  # fmt: skip
    why = plan_ratio_why(rows, rows.done, no_sum(rows))
    return rows.select(
        *_PERIOD, "year", "value", "own", "done", "plan", plan_ratio=percent(rows.done, rows.plan), plan_ratio_why=why
    )


def averages(years: int) -> Table:
    """One row a series of levels and period: the mean of the same period over so many years up to it, and by how many
    percent it grew a year on average since the first of them.

    `found` counts the years that have the figure; where one is missing there is no mean.
    """
    rows = standing()
    same = ibis.window(
        group_by=["series", rows.first_month - rows.year * 12, rows.last_month - rows.first_month],
        order_by="year", range=(-(years - 1), 0),
    )  # fmt: skip
    rows = rows.mutate(found=rows.value.count().over(same), added=rows.value.cast("float64").sum().over(same))
    rows = with_earlier(rows, ibis.literal(12 * (years - 1), "int64"), "since")
    whole, positive = rows.found == years, (rows.since > 0) & (rows.value > 0)
    # The logarithm keeps to what all databases have; of nothing it is asked where it would fail.
    times = rows.value.cast("float64") / ibis.cases((positive, rows.since), else_=1).cast("float64")
    times = ibis.cases((positive, times), else_=1)
    yearly = (times.ln() / max(years - 1, 1)).exp()
    return rows.select(
        *_PERIOD, "year", "value", found=rows.found.cast("int64"),
        mean=ibis.cases((whole, rows.added / years), else_=NO_NUMBER),
        mean_why=ibis.cases((whole, int(Reason.TOLD)), else_=int(Reason.MONTHS_LACK)).cast("int64"),
        yearly=ibis.cases((positive, (yearly - 1) * 100), else_=NO_NUMBER),
        yearly_why=ibis.cases(
            (rows.since.isnull(), int(Reason.NO_BASE)), (~positive, int(Reason.BASE_NOT_POSITIVE)), else_=0
        ).cast("int64"),
    )  # fmt: skip


def gaps() -> Table:
    """One row a run of months without a figure between the first and the last month that a series of levels has one."""
    rows = standing()
    months = rows.filter(rows.first_month == rows.last_month)
    after = months.first_month.lead().over(ibis.window(group_by="series", order_by="first_month"))
    rows = months.select("series", month=months.first_month, after=after)
    rows = rows.filter(rows.after > rows.month + 1)
    return rows.select(
        "series", first_month=rows.month + 1, last_month=rows.after - 1, months=rows.after - rows.month - 1
    )

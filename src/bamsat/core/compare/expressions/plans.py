# SPDX-License-Identifier: Apache-2.0
"""Plans: the plan of a year for each series, and what percentage of it was done."""

from __future__ import annotations

import ibis
from ibis.expr.types import IntegerValue, Table

from bamsat.core.compare.expressions.numbers import NOTHING, why
from bamsat.core.compare.expressions.standing import PLAN, family, standing
from bamsat.core.compare.reasons import Reason


def year_plans(bounds: bool = False) -> Table:
    """One row a series and year that has a plan: its own, else the only one among other providers of the same thing.

    Where several others give a plan and it has none of its own, nothing is chosen: `plan_why` says so.
    """
    columns = ("value", "lower", "upper") if bounds else ("value",)
    rows = standing(PLAN, bounds=bounds)
    own = rows.filter((rows.first_month == rows.year * 12) & (rows.last_month == rows.year * 12 + 11))
    own = own.select("series", "year", *columns)
    members = family()
    joined = own.join(members, "series")
    shared = joined.group_by("family", "year").aggregate(
        plans=joined.count(), **{f"shared_{column}": joined[column].max() for column in columns}
    )
    rows = members.join(shared, "family").left_join(own, ["series", "year"], rname="own_{name}")
    told = {"value": "plan", "lower": "plan_lower", "upper": "plan_upper"}
    only = rows.plans == 1
    plan = {
        told[column]: ibis.cases((rows.value.notnull(), rows[column]), (only, rows[f"shared_{column}"]), else_=NOTHING)
        for column in columns
    }
    differ = why((rows.value.isnull() & (rows.plans > 1), Reason.PLANS_DIFFER))
    return rows.select("series", "year", **plan, plan_why=differ)


def plans(name: str) -> Table:
    """One row a series and period that has a plan of its own, under a name."""
    rows = standing(PLAN)
    return rows.select("series", "first_month", "last_month", **{name: rows.value})


def plan_ratio_why(rows: Table, done: IntegerValue, absent: IntegerValue | Reason) -> IntegerValue:
    """Why nothing can be said against a plan, from the columns of `year_plans` beside what was done."""
    return ibis.cases(
        (done.isnull(), int(absent) if isinstance(absent, Reason) else absent),
        (rows.plan.isnull(), ibis.coalesce(rows.plan_why, int(Reason.NO_PLAN))),
        (rows.plan <= 0, int(Reason.BASE_NOT_POSITIVE)),
        else_=int(Reason.TOLD),
    ).cast("int64")

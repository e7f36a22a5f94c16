# SPDX-License-Identifier: Apache-2.0
"""Every month of every series: growth on last month and on the same month, the year to date, and the plan.

Months of a year are laid side by side first, twelve columns a series and year, so that neither a sort nor a join of
all figures with themselves is needed: the one large step is a grouping, whatever the database.
"""

from __future__ import annotations

import operator
from functools import reduce

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from bamsat.core.compare.expressions.numbers import NOTHING, foremost, grown, joined, no_sum, percent
from bamsat.core.compare.expressions.plans import plan_ratio_why, year_plans
from bamsat.core.compare.expressions.standing import DONE, observations, order_of, series_added
from bamsat.core.compare.reasons import Reason

MONTHS = range(1, 13)
_RANKS = 6  # kinds of what was done, each with three vintages
_MONTH, _STATED = 0, _RANKS  # the first lots of months, and of sums from January on


def monthly() -> Table:
    """One row a month that has a figure, or a stated sum from January on, of each series of levels.

    `value`; `growth_last` on the month before; `growth_same` on the same month of last year; `to_date` from January
    as `years` has it, with `lacking` and `first_lacking`; `growth_to_date`; `plan` of the year and `plan_ratio`, the
    percentage of it done to date. Growth and ratios are floats in percent; `*_why` is a Reason where there is none.
    """
    # A join comes last, and nothing is chosen from it: what all months are read from is then worked out once.
    rows = beside_last_year().left_join(year_plans(), ["series", "year"], rname="{name}_held")
    return ibis.union(*(_month(rows, month) for month in MONTHS))


def new_year() -> Table:
    """January and February as one, because Tết falls now in one and now in the other, and each of them beside it.

    One row a series and year: `both` and `growth_both`, `january` and `growth_january`, `february` and
    `growth_february`, all on the same months of the year before.
    """
    rows = beside_last_year()
    told: dict[str, Value] = {}
    for name, column in (("both", "to_date_2"), ("january", "value_1"), ("february", "value_2")):
        absent = no_sum(rows) if name == "both" else Reason.NO_FIGURE
        told |= {name: rows[column], **grown(name, rows[column], rows[f"before_{column}"], absent)}
    january, february = (ibis.cases((rows[f"value_{month}"].isnull(), 1), else_=0) for month in (1, 2))
    found = rows.select("series", "year", **told, lacking=(january + february).cast("int64"))
    return found.filter(found.both.notnull() | found.january.notnull() | found.february.notnull())


def beside_last_year() -> Table:
    """One row a series and year: the value and the sum to date of each month, and those of the year before."""
    here = side_by_side()
    names = [name for name in here.columns if name[-1].isdigit()]
    # The row before, if it is last year's: a join of the table with itself would have it grouped twice.
    before = ibis.window(group_by="series", order_by="year")
    rows = here.mutate(last=here.year.lag().over(before), **{f"before_{n}": here[n].lag().over(before) for n in names})
    follows = rows["last"] == rows.year - 1
    return rows.mutate(**{f"before_{n}": ibis.cases((follows, rows[f"before_{n}"]), else_=NOTHING) for n in names})


def side_by_side() -> Table:
    """One row a series and year: `value_1` to `value_12`, `to_date_1` to `to_date_12`; `gap` is the first month
    without a value."""
    lots = _in_lots()
    # Years with nothing but stated sums are among the months too: SQLite knows no index for a join of both sides' rows.
    months = _first_of_lots(lots, _MONTH, "value", MONTHS)
    stated = _first_of_lots(lots.filter(lots.lot >= _STATED), _STATED, "stated", range(2, 13))
    rows = months.left_join(stated, ["series", "year"], rname="{name}_stated").drop("series_stated", "year_stated")
    rows = rows.join(series_added(), "series")
    flow, stock = rows.adds_up == "flow", rows.adds_up == "stock"
    sums = {f"to_date_{month}": _to_date(rows, month, flow, stock) for month in MONTHS}
    gap = ibis.cases(*((rows[f"value_{month}"].isnull(), month) for month in MONTHS), else_=NOTHING)
    values = {f"value_{month}": rows[f"value_{month}"] for month in MONTHS}
    return rows.select("series", "year", "adds_up", gap=gap, **values, **sums)


def _in_lots() -> Table:
    """One row a series, year, and kind of figure: `at_1` to `at_12` are figures that end with a month of the year.

    A lot holds figures of one kind and vintage: those of months, or those stated for January to a month. All that
    months are compared by comes out of this one grouping of all figures; the first of a lot is chosen after it.
    """
    rows = observations()
    january, month = rows.first_month == rows.year * 12, rows.first_month == rows.last_month
    rows = rows.filter(rows.kind.isin(list(DONE)) & (month | january))
    of = ibis.cases((rows.first_month == rows.last_month, _MONTH), else_=_STATED)
    rows = rows.select("series", "year", "value", lot=of + order_of(rows), at=rows.last_month - rows.year * 12 + 1)
    return rows.group_by("series", "year", "lot").aggregate(
        **{f"at_{month}": rows.value.max(where=rows["at"] == month) for month in MONTHS}
    )


def _first_of_lots(lots: Table, start: int, name: str, months: range) -> Table:
    """Of each month the figure of the first lot that has one, from `start` on; a row for each series and year there."""
    of = lots.lot - start
    halves = {month: foremost(lots[f"at_{month}"], of, _RANKS, where=of < _RANKS) for month in months}
    columns = {f"{half}_{m}": halves[m][n] for m in months for n, half in enumerate(("high", "low"))}
    rows = lots.group_by("series", "year").aggregate(**columns)
    return rows.select("series", "year", **{f"{name}_{m}": joined(rows[f"high_{m}"], rows[f"low_{m}"]) for m in months})


def _to_date(rows: Table, month: int, flow: BooleanValue, stock: BooleanValue) -> IntegerValue:
    if month == 1:
        return rows.value_1
    # A sum is nothing where one of its months is missing.
    summed = reduce(operator.add, (rows[f"value_{m}"] for m in range(1, month + 1)))
    added = ibis.cases((flow, summed), (stock, rows[f"value_{month}"]), else_=NOTHING)
    return ibis.coalesce(rows[f"stated_{month}"], added)


def _month(rows: Table, month: int) -> Table:
    value, to_date, before = rows[f"value_{month}"], rows[f"to_date_{month}"], rows[f"before_value_{month}"]
    last = rows[f"value_{month - 1}"] if month > 1 else rows.before_value_12
    missing = [ibis.cases((rows[f"value_{m}"].isnull(), 1), else_=0) for m in range(1, month + 1)]
    whole = rows.gap.isnull() | (rows.gap > month)
    return rows.filter(value.notnull() | to_date.notnull()).select(
        "series", month=rows.year * 12 + (month - 1), year=rows.year, value=value,
        **grown("last", value, last, Reason.NO_FIGURE), **grown("same", value, before, Reason.NO_FIGURE),
        to_date=to_date, to_date_why=ibis.cases((to_date.notnull(), 0), else_=no_sum(rows)),
        lacking=ibis.cases((whole, 0), else_=reduce(operator.add, missing)).cast("int64"),
        first_lacking=ibis.cases((whole, NOTHING), else_=rows.gap),
        **grown("to_date", to_date, rows[f"before_to_date_{month}"], no_sum(rows)),
        plan=rows.plan, plan_ratio=percent(to_date, rows.plan),
        plan_ratio_why=plan_ratio_why(rows, to_date, no_sum(rows)),
    )  # fmt: skip

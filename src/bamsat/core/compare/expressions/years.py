# SPDX-License-Identifier: Apache-2.0
"""Each series and year in one row: done by the end of a month, done in all, which months are there, and the plan."""

from __future__ import annotations

import ibis
from ibis.expr.types import IntegerValue, Table

from bamsat.core.compare.expressions.numbers import NOTHING, counted, first_of, total, why
from bamsat.core.compare.expressions.plans import year_plans
from bamsat.core.compare.expressions.standing import series_added, standing
from bamsat.core.compare.reasons import Reason

_BOUNDS = ("", "_lower", "_upper")


def years(month: int) -> Table:
    """One row a series of levels and year, by the end of a month (1 to 12).

    `to_date` is what was stated for January to that month, else the sum of its months (flows), else the last month
    (stocks); nothing where months are missing, which `lacking` counts, `first_lacking` names and `present` lists as
    bits (bit 0 is January). `total` is the same for the whole year. `plan` is the plan of the year. Each has a lower
    and an upper bound as far as published digits reach; `*_why` is a Reason where there is no number.
    """
    told, held = _summed(month), year_plans(bounds=True)
    # A join of both sides' rows would be a loop within a loop in SQLite.
    keys = ibis.union(told.select("series", "year"), held.select("series", "year"), distinct=True)
    rows = keys.join(series_added(), "series").left_join(told, ["series", "year"], rname="told_{name}")
    rows = rows.left_join(held, ["series", "year"], rname="held_{name}")
    present = ibis.coalesce(rows.present, 0)
    chosen = {
        until + bound: _chosen(rows, until, last, bound)
        for until, last in (("to_date", month), ("total", 12))
        for bound in _BOUNDS
    }
    rows = rows.mutate(
        present=present, lacking=month - ibis.coalesce(rows.to_date_months, 0),
        total_lacking=12 - ibis.coalesce(rows.total_months, 0), first_lacking=_first_lacking(present, month), **chosen,
    )  # fmt: skip
    return rows.select(
        "series", "year", "to_date", "to_date_lower", "to_date_upper", "lacking", "first_lacking", "present",
        "total", "total_lower", "total_upper", "total_lacking", "plan", "plan_lower", "plan_upper",
        to_date_why=_why(rows, "to_date"), total_why=_why(rows, "total"),
        plan_why=ibis.coalesce(rows.plan_why, int(Reason.NO_PLAN)),
    )  # fmt: skip


def _summed(month: int) -> Table:
    """What is there of each year: its months added up, the last of them, and what was stated from January on."""
    rows = standing(bounds=True)
    one, at = rows.last_month == rows.first_month, rows.last_month - rows.year * 12 + 1
    stated = rows.first_month == rows.year * 12
    bits = ibis.cases(*((one & (at == m), 1 << (m - 1)) for m in range(1, 13)), else_=0).cast("int64")
    asked: dict[str, IntegerValue] = {"present": total(bits)}
    for until, last in (("to_date", month), ("total", 12)):
        asked[f"{until}_months"] = counted(one & (at <= last))
        for bound in _BOUNDS:
            column = rows[bound.removeprefix("_") or "value"]
            asked[f"{until}{bound}_sum"] = total(column, where=one & (at <= last))
            asked[f"{until}{bound}_end"] = column.max(where=one & (at == last))
            asked[f"{until}{bound}_stated"] = column.max(where=stated & (at == last))
    return rows.group_by("series", "year").aggregate(**asked)


def _chosen(rows: Table, until: str, last: int, bound: str) -> IntegerValue:
    added = ibis.cases(
        ((rows.adds_up == "flow") & (rows[f"{until}_months"] == last), rows[f"{until}{bound}_sum"]),
        (rows.adds_up == "stock", rows[f"{until}{bound}_end"]),
        else_=NOTHING,
    )
    return first_of([rows[f"{until}{bound}_stated"], added])


def _why(rows: Table, until: str) -> IntegerValue:
    return why(
        (rows[until].notnull(), Reason.TOLD),
        (rows.adds_up.isin(["index", "ratio"]), Reason.DOES_NOT_ADD),
        (rows[until].isnull(), Reason.MONTHS_LACK),
    )


def _first_lacking(present: IntegerValue, month: int) -> IntegerValue:
    """The first month whose bit is not set; nothing where all are."""
    return ibis.cases(*(((present & (1 << (m - 1))) == 0, m) for m in range(1, month + 1)), else_=NOTHING)

# SPDX-License-Identifier: Apache-2.0
"""Sums, percentages and choices that mean the same in every database.

What they keep apart: the sum of integers is a wider type in some databases, the quotient of integers is an integer in
some, and division by zero is an error, an infinity or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import BooleanValue, FloatingValue, IntegerValue, Table, Value

from bamsat.core.compare.reasons import Reason

# Ibis takes a sum for an int64 already, and would leave out a cast to that; not every database agrees.
INT64 = dt.Int64(nullable=False)
NOTHING = ibis.null("int64")
NO_NUMBER = ibis.null("float64")


def total(values: IntegerValue, where: BooleanValue | None = None) -> IntegerValue:
    """The sum of integers as an int64; a sum that does not fit is an error of the database, never another number."""
    return values.sum(where=where).cast(INT64)


def counted(where: BooleanValue) -> IntegerValue:
    """How many rows are so; 0 where none is."""
    return ibis.coalesce(total(ibis.cases((where, 1), else_=0).cast("int64")), 0)


def percent(part: IntegerValue, whole: IntegerValue) -> FloatingValue:
    """100 * part / whole as a float; nothing where the whole is not above zero."""
    told = part.cast("float64") * 100 / whole.nullif(0).cast("float64")
    return ibis.cases((whole > 0, told), else_=NO_NUMBER)


def grown(name: str, now: IntegerValue, before: IntegerValue, absent: IntegerValue | Reason) -> dict[str, Value]:
    """The columns of a growth and of why there is none; `absent` says why where there is nothing that grew."""
    reason = ibis.cases(
        (now.isnull(), int(absent) if isinstance(absent, Reason) else absent),
        (before.isnull(), int(Reason.NO_BASE)),
        (before <= 0, int(Reason.BASE_NOT_POSITIVE)),
        else_=int(Reason.TOLD),
    )
    return {f"growth_{name}": growth(now, before), f"growth_{name}_why": reason.cast("int64")}


def no_sum(rows: Table) -> IntegerValue:
    """Why there is no sum of months: some are missing, or what they hold does not add."""
    return ibis.cases(
        (rows.adds_up.isin(["index", "ratio"]), int(Reason.DOES_NOT_ADD)), else_=int(Reason.MONTHS_LACK)
    ).cast("int64")


def growth(now: IntegerValue, before: IntegerValue) -> FloatingValue:
    """By how many percent a number is above another one."""
    return percent(now - before, before)


def why(*reasons: tuple[BooleanValue, Reason]) -> IntegerValue:
    """The first reason that holds; 0 where none does."""
    return ibis.cases(*((holds, int(reason)) for holds, reason in reasons), else_=0).cast("int64")


def first_of(values: Sequence[Value]) -> Value:
    """The first that is there."""
    return ibis.coalesce(*values) if len(values) > 1 else values[0]


_HALF = 2**32


def foremost(
    value: IntegerValue, order: IntegerValue, orders: int, where: BooleanValue
) -> tuple[IntegerValue, IntegerValue]:
    """The value whose order is lowest in a group, as two halves for `joined`; no order may stand twice.

    Each half has the order in front, so that the largest of both are of one row: databases share no function for it.
    """
    front = (orders - 1 - order).cast("int64") * _HALF
    return (
        (front + (value >> 32) + _HALF // 2).max(where=where),
        (front + (value & (_HALF - 1))).max(where=where),
    )


def joined(high: IntegerValue, low: IntegerValue) -> IntegerValue:
    """The value of two halves."""
    return ((high & (_HALF - 1)) - _HALF // 2) * _HALF + (low & (_HALF - 1))

# SPDX-License-Identifier: Apache-2.0
"""Rows of the ledger in batches, in one order, as one moment saw them; no row becomes an object of its own class."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction

from bamsat.rooms.exchange.asked import Asked, series_asked
from bamsat.rooms.figures.compared import Rows, observations

# So few rows stay in the processor's own memory while they are turned into columns: measured, twice as fast as 50,000.
AT_ONCE = 2_000
Batch = list[tuple[Any, ...]]


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything that is read inside is of the same moment, and nobody who writes has to wait."""
    if connection.in_atomic_block:
        yield  # the caller's transaction says which moment
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # All rows are wanted: the plan that is best for the first ones alone is not.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
            cursor.execute("SET LOCAL work_mem = '128MB'")
            yield
    else:
        # Django's own transactions take SQLite's only place of a writer.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def observed(asked: Asked) -> Rows:
    """The figures to publish, by series and by month."""
    months = ("last_month", "first_month")
    if asked.moment is None:
        order = ("series_id", *(f"entry__{month}" for month in months), "entry_id")
    else:
        order = ("series_id", *months, "pk")
    return observations(series_asked(asked), asked.moment).order_by(*order)


def in_batches(rows: Rows) -> Iterator[Batch]:
    """The rows of a query, so many at a time, through a cursor that holds no more."""
    try:
        text, given = rows.query.sql_with_params()
    except EmptyResultSet:  # no row can be one of them: there is nothing to ask
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(text, given)
        while batch := cursor.fetchmany(AT_ONCE):
            yield batch

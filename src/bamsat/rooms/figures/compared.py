# SPDX-License-Identifier: Apache-2.0
"""Comparisons of core/compare, run on the ledger: through Django's connection, over what a user may see.

Each table of an expression is bound to a query of rows. The SQL of an expression is made once a kind of database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from bamsat.core.compare.compiled import sql
from bamsat.core.compare.tables import OBSERVATIONS, SERIES, TABLES
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.belonging import belonging
from bamsat.rooms.figures.models import Entry, Latest, Series
from bamsat.rooms.places.models import Place, PlaceVersion

if TYPE_CHECKING:
    from ibis.expr.types import Table

Rows = QuerySet[Any, Any]
Given = Sequence[tuple[Any, ...]]
_DIALECT = {"sqlite": "sqlite", "postgresql": "postgres"}
_COLUMNS = {table.name: [column.name for column in table.columns] for table in TABLES.values()}


def compared(expression: Callable[[], Table], **tables: Rows | Given) -> list[dict[str, Any]]:
    """The rows of a comparison, each table of it bound to a query that yields that table's columns in their order, or
    to rows that were worked out.

    `expression` is a function without arguments, so that its SQL can be kept; a comparison with a parameter is one
    function for each value that the parameter can have.
    """
    bound: list[str] = []
    values: list[Any] = []
    for name, rows in tables.items():
        text, given = _told(name, rows)
        columns = ", ".join(f'"{column}"' for column in _COLUMNS[name])
        bound.append(f"{name} ({columns}) AS ({text})")
        values += given
    asked = _sql(expression, connection.vendor)
    # Both parts are made by the product; values go apart.
    statement = f"WITH {', '.join(bound)} SELECT * FROM ({asked}) AS compared"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _told(name: str, rows: Rows | Given) -> tuple[str, tuple[Any, ...]]:
    if not isinstance(rows, QuerySet):
        return _stated(name, rows)
    try:
        text, values = rows.query.sql_with_params()
    except EmptyResultSet:  # nothing that the user may see: Django asks no database for that
        return _stated(name, [])
    return text, tuple(values)


def _stated(name: str, rows: Given) -> tuple[str, tuple[str]]:
    """Rows as one value, however many they are: databases limit how many values a question may have."""
    kinds = ["bigint" if column.type == "int64" else "text" for column in TABLES[name].columns]
    if connection.vendor == "postgresql":
        columns = ", ".join(f"CAST(value ->> {n} AS {kind})" for n, kind in enumerate(kinds))
        return f"SELECT {columns} FROM json_array_elements(CAST(%s AS json)) AS stated(value)", (json.dumps(rows),)  # noqa: S608
    columns = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(len(kinds)))
    return f"SELECT {columns} FROM json_each(%s)", (json.dumps(rows),)  # noqa: S608


def prepare(expressions: Iterable[Callable[[], Table]]) -> None:
    """Make the SQL of comparisons before anybody asks for them."""
    for expression in expressions:
        _sql(expression, connection.vendor)


@lru_cache(maxsize=256)
def _sql(expression: Callable[[], Table], vendor: str) -> str:
    # Django's cursor takes a percent sign for a place where a value goes.
    return sql(expression(), _DIALECT[vendor]).replace("%", "%%")  # type: ignore[arg-type]


def observations(series: QuerySet[Series], known: datetime | None = None, only: Sequence[str] = ()) -> Rows:
    """The standing figures of these series, or those that stood at a moment, as core/compare's table of that name; or
    only some of its columns, in the order in which they are named, for who reads the rows himself."""
    names = only or [column.name for column in OBSERVATIONS.columns]
    if known is None:
        rows = Latest.objects.filter(series__in=series.values("pk")).order_by()
        own = ("series", "base", "kind", "vintage")
        columns = {name: F(name if name in own else f"entry__{name}") for name in names}
        return rows.values_list(*(columns.values() if only else _in_order(columns, F("entry__last_month"))))
    standing = Entry.objects.filter(stood(known), series__in=series.values("pk")).order_by()
    later = Entry.objects.filter(
        stood(known), series=OuterRef("series"), period=OuterRef("period"), base=OuterRef("base"),
        kind=OuterRef("kind"), vintage=OuterRef("vintage"), pk__gt=OuterRef("pk"),
    )  # fmt: skip
    columns = {name: F(name) for name in names}
    found = columns.values() if only else _in_order(columns, F("last_month"))
    return standing.filter(~Exists(later)).values_list(*found)


def _in_order(columns: dict[str, F], last_month: F) -> list[Any]:
    # Both databases divide integers as integers.
    return list({**columns, "year": last_month / 12}.values())


def stood(known: datetime) -> Q:
    """Recorded by then, and not withdrawn by then."""
    return Q(recorded_at__lte=known) & (Q(withdrawal=None) | Q(withdrawal__at__gt=known))


def series_rows(series: QuerySet[Series]) -> Rows:
    """Series as core/compare's table of that name."""
    of = {"series": "pk", "indicator": "indicator__code", "place": "place__slug", "adds_up": "indicator__adds_up"}
    return series.order_by().values_list(*(of.get(c.name, c.name) for c in SERIES.columns))


def indicator_rows(indicators: QuerySet[Indicator]) -> Rows:
    """Indicators as core/compare's table of that name."""
    parts = (Coalesce(f"{part}__code", Value("")) for part in ("numerator", "denominator"))
    return indicators.order_by().values_list("code", "name_vi", "name_en", "unit", "good", *parts)


def place_rows(places: QuerySet[Place], on: date) -> Rows:
    """Places as core/compare's table of that name: those that were there on a day, under what they were then."""
    there = PlaceVersion.objects.filter(Q(valid_from=None) | Q(valid_from__lte=on), place__in=places.order_by())
    there = there.filter(Q(valid_to=None) | Q(valid_to__gt=on)).order_by()
    return there.values_list("place__slug", Coalesce("parent__slug", Value("")), "place__kind", "name", "name_en")


def boundary_rows(places: Iterable[Place], on: date) -> Given:
    """Where figures of these places belong on the boundaries of a day, as core/compare's table of that name."""
    found = belonging([place.pk for place in places], on)
    slugs = dict(Place.objects.filter(pk__in={pk for b in found for pk in (b.place, b.to)}).values_list("pk", "slug"))
    return [(slugs[b.place], b.first_month, b.last_month, slugs[b.to], b.share, b.of) for b in found]

# SPDX-License-Identifier: Apache-2.0
"""What `bamsat publish` wrote, opened again: the tables of comparisons under their own names, in DuckDB or in Spark.

connection = opened("cong-bo")
rows = answers(connection, expression)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bamsat.core.compare.tables import OBSERVATIONS, TABLES, Schema
from bamsat.core.terms.errors import BamsatError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from ibis.expr.types import Table

MANIFEST = "manifest.json"
_SPARK = {"int64": "BIGINT", "string": "STRING"}
PARTED_BY = "year"  # the column of observations that stands in the names of folders, not in the files


class PublicationUnreadable(BamsatError):
    """A folder that holds no publication, or a program that is not there to open it."""


def path_of(table: Schema) -> str:
    """Where a table lies in the folder: observations in a folder of years, each other one in a file.

    >>> path_of(TABLES["observations"]), path_of(TABLES["series"])
    ('observations', 'series.parquet')
    """
    return table.name if table is OBSERVATIONS else f"{table.name}.parquet"


def opened(folder: Path | str) -> DuckDBPyConnection:
    """A DuckDB connection in which each table of the publication is a view; nothing is copied or written."""
    whole = _publication(folder)
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise PublicationUnreadable(
            vi="Chưa cài DuckDB. Hãy chạy: pip install 'bamsat[scale]'",
            en="DuckDB is not installed. Run: pip install 'bamsat[scale]'",
        ) from error
    connection = duckdb.connect()
    for table in TABLES.values():
        files = whole / path_of(table)
        parted = table is OBSERVATIONS
        pattern = str(files / "*" / "*.parquet" if parted else files).replace("'", "''")
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        how = f"hive_types = {{'{PARTED_BY}': BIGINT}}" if parted else "hive_partitioning = false"
        # The names are the product's own, the quotes of the path are doubled.
        connection.execute(f"CREATE VIEW {table.name} AS SELECT {columns} FROM read_parquet('{pattern}', {how})")  # noqa: S608
    return connection


def answers(connection: DuckDBPyConnection, expression: Table) -> list[dict[str, Any]]:
    """The rows of a comparison over the tables of an opened publication."""
    from bamsat.core.compare.compiled import sql

    found = connection.execute(sql(expression, "duckdb"))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def named_in_spark(spark: Any, folder: Path | str) -> None:
    """Give a Spark session the tables of the publication as temporary views, named as comparisons name them."""
    whole = _publication(folder)
    for table in TABLES.values():
        rows = spark.read.parquet(str(whole / path_of(table)))
        # What stands in the names of folders Spark takes for a smaller type; the rest is as it should be.
        columns = (f"CAST(`{c.name}` AS {_SPARK[c.type]}) AS `{c.name}`" for c in table.columns)
        rows.selectExpr(*columns).createOrReplaceTempView(table.name)


def _publication(folder: Path | str) -> Path:
    whole = Path(folder).resolve()
    if not (whole / MANIFEST).is_file():
        raise PublicationUnreadable(
            vi=f"{folder}: không phải thư mục công bố (không có {MANIFEST}). Hãy chỉ thư mục mà bamsat publish đã ghi.",
            en=f"{folder}: no publication (there is no {MANIFEST}). Name a folder that bamsat publish wrote.",
        )
    return whole

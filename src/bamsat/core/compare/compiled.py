# SPDX-License-Identifier: Apache-2.0
"""Comparisons as SQL: one expression, the dialect of each database that can hold the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from ibis.expr.types import Table

Dialect = Literal["sqlite", "postgres", "duckdb", "pyspark"]
_COMPILERS: Mapping[str, str] = {
    "sqlite": "SQLiteCompiler",
    "postgres": "PostgresCompiler",
    "duckdb": "DuckDBCompiler",
    "pyspark": "PySparkCompiler",
}


@cache
def kept(make: Callable[..., Table], *given: Any) -> Callable[[], Table]:
    """A comparison with its parameters as a function without any: the same one each time, so that SQL is made once.

    >>> kept(max, 3) is kept(max, 3)
    True
    """
    return partial(make, *given)


def sql(expression: Table, dialect: Dialect) -> str:
    """The SQL of an expression; its tables stand in it by their names."""
    compiler = _compiler(dialect)
    return str(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect))


def _compiler(dialect: Dialect) -> Any:
    # The compilers alone: a backend would want its database's own driver. Spark's compiler asks for an option that
    # only its backend sets.
    if dialect == "pyspark":
        _option_of_spark()
    return getattr(import_module(f"ibis.backends.sql.compilers.{dialect}"), _COMPILERS[dialect])()


@cache
def _option_of_spark() -> None:
    from ibis import options
    from ibis.config import Config

    class Spark(Config):  # type: ignore[misc]
        treat_nan_as_null: bool = False

    if options.pyspark is None:
        options.pyspark = Spark()

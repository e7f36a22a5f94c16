# SPDX-License-Identifier: Apache-2.0
"""Made-up figures as Parquet: every month of ten years of every indicator at every place, and a plan for each year.

One month in a thousand is missing, and two have an estimate beside the official figure. One indicator in ten is a
stock, one a ratio, and one has its plans from another provider; of one year in fifty a report states the first half.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

PLACES, FIRST_YEAR, YEARS = 170, 2016, 10

_OBSERVATIONS = """
WITH months AS (
    SELECT s AS series, {first} * 12 + m AS month, hash(s * 1009 + m * 7919 + 11) AS h
    FROM range(1, {series} + 1) AS one(s), range({months}) AS other(m)
), figures AS (
    SELECT series, month, h, 'actual' AS kind, 'official' AS vintage, (h // 1000 % 900000000 + 1000)::BIGINT AS value
    FROM months WHERE h % 1000 <> 0
    UNION ALL
    SELECT series, month, h, 'estimate', 'estimate', (h // 1000 % 890000000)::BIGINT
    FROM months WHERE h % 1000 IN (1, 2)
)
SELECT series::BIGINT AS series, month::BIGINT AS first_month, month::BIGINT AS last_month,
    (month // 12)::BIGINT AS year, '' AS base, kind, vintage, value, value AS lower, value AS upper
FROM figures
UNION ALL
SELECT s, y * 12, y * 12 + 5, y, '', 'actual', 'preliminary', p, p, p
FROM (
    SELECT s::BIGINT AS s, ({first} + n)::BIGINT AS y, hash(s * 37 + n) AS h, (h // 50 % 3000000000)::BIGINT AS p
    FROM range(1, {series} + 1) AS one(s), range({years}) AS other(n)
) WHERE h % 50 = 0
UNION ALL
SELECT s, y * 12, y * 12 + 11, y, '', 'plan', 'official', p, p, p
FROM (
    SELECT (CASE WHEN (s - 1) % {indicators} % 10 = 7 THEN s + {series} ELSE s END)::BIGINT AS s,
        ({first} + n)::BIGINT AS y, (hash(s * 31 + n) % 6000000000 + 1000)::BIGINT AS p
    FROM range(1, {series} + 1) AS one(s), range({years}) AS other(n)
)
"""
_SERIES = """
SELECT s::BIGINT AS series, 'indicator-' || (s - 1) % {indicators} AS indicator,
    'place-' || (s - 1) % {series} // {indicators} AS place, '' AS segment, 'level' AS measure, 'VND' AS unit,
    '' AS price_basis,
    CASE WHEN s > {series} THEN 'statistics' ELSE 'department' END AS provider, 0::BIGINT AS scale,
    CASE (s - 1) % {indicators} % 10 WHEN 9 THEN 'stock' WHEN 8 THEN 'ratio' ELSE 'flow' END AS adds_up
FROM range(1, {series} * 2 + 1) AS one(s) WHERE s <= {series} OR (s - 1) % {indicators} % 10 = 7
"""


def make(folder: Path, indicators: int) -> int:
    """Writes the tables; how many figures of months there are."""
    sizes = {
        "first": FIRST_YEAR, "years": YEARS, "months": YEARS * 12, "indicators": indicators,
        "series": indicators * PLACES,
    }  # fmt: skip
    connection = duckdb.connect()
    for name, query in (("observations", _OBSERVATIONS), ("series", _SERIES)):
        connection.execute(f"COPY ({query.format(**sizes)}) TO '{folder / name}.parquet' (FORMAT parquet)")
    return indicators * PLACES * YEARS * 12


def opened(folder: Path, threads: int = 2) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    connection.execute("SET enable_progress_bar = false")
    for file in folder.glob("*.parquet"):
        connection.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM '{file}'")
    return connection


def make_places(folder: Path, indicators: int) -> None:
    """The tree of places and the list of indicators, for measures that ask for them."""
    connection = duckdb.connect()
    connection.execute(
        f"COPY (SELECT 'place-' || n AS place, CASE WHEN n = 0 THEN '' ELSE 'place-0' END AS parent,"
        f" CASE WHEN n = 0 THEN 'province' ELSE 'commune' END AS kind, 'place-' || n AS name, 'place-' || n AS name_en"
        f" FROM range({PLACES}) AS one(n)) TO '{folder / 'places'}.parquet' (FORMAT parquet)"
    )
    connection.execute(
        f"COPY (SELECT 'indicator-' || n AS indicator, 'indicator-' || n AS name, 'indicator-' || n AS name_en,"
        f" 'VND' AS unit, CASE WHEN n % 2 = 0 THEN 'up' ELSE 'down' END AS good, '' AS numerator, '' AS denominator"
        f" FROM range({indicators}) AS one(n)) TO '{folder / 'indicators'}.parquet' (FORMAT parquet)"
    )

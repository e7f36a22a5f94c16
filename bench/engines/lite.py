# SPDX-License-Identifier: Apache-2.0
"""Runs questions on Parquet tables in SQLite, in memory."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import duckdb

_TYPES = {"BIGINT": "INTEGER", "VARCHAR": "TEXT"}


def ask(tables: Path, questions: Path, answers: Path) -> None:
    """Each answer as a CSV file; floats with all their digits."""
    connection = sqlite3.connect(":memory:")
    for file in sorted(tables.glob("*.parquet")):
        _load(connection, file)
    for question in sorted(questions.glob("*.sql")):
        rows = connection.execute(question.read_text(encoding="utf-8"))
        with (answers / f"{question.stem}.csv").open("w", encoding="utf-8", newline="") as file:
            written = csv.writer(file)
            written.writerow([column[0] for column in rows.description])
            written.writerows(rows)
    connection.close()


def _load(connection: sqlite3.Connection, file: Path) -> None:
    rows = duckdb.connect().execute(f"SELECT * FROM '{file}'")
    columns = [(column[0], str(column[1])) for column in rows.description or ()]
    told = ", ".join(f'"{name}" {_TYPES[kind]}' for name, kind in columns)
    connection.execute(f"CREATE TABLE {file.stem} ({told})")
    marks = ", ".join("?" * len(columns))
    while block := rows.fetchmany(50_000):
        connection.executemany(f"INSERT INTO {file.stem} VALUES ({marks})", block)
    connection.execute("ANALYZE")

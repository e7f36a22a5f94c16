# SPDX-License-Identifier: Apache-2.0
"""Runs questions on Parquet tables in the PostgreSQL that BAMSAT_DATABASE_URL names.

python -m bench.engines.postgres TABLES QUESTIONS ANSWERS, three folders: Parquet files, SQL files, and where CSV goes.
"""

import os
import sys
import time
from pathlib import Path

import duckdb
import psycopg

_TYPES = {"BIGINT": "bigint", "VARCHAR": "text"}


def main(tables: Path, questions: Path, answers: Path) -> None:
    with psycopg.connect(os.environ["BAMSAT_DATABASE_URL"], autocommit=True) as connection:
        for file in sorted(tables.glob("*.parquet")):
            _load(connection, file, answers / "loading.csv")
        connection.execute("SET work_mem = '256MB'")
        for question in sorted(questions.glob("*.sql")):
            begun = time.perf_counter()
            _ask(connection, question.read_text(encoding="utf-8"), answers / f"{question.stem}.csv")
            print(question.stem, round(time.perf_counter() - begun, 2), flush=True)


def _load(connection: "psycopg.Connection[tuple[object, ...]]", file: Path, passing: Path) -> None:
    duck = duckdb.connect()
    columns = duck.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()
    duck.execute(f"COPY (SELECT * FROM '{file}') TO '{passing}' (FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '')")
    told = ", ".join(f'"{name}" {_TYPES[kind]}' for name, kind, *_ in columns)
    connection.execute(f"CREATE TABLE {file.stem} ({told})")
    with connection.cursor().copy(f"COPY {file.stem} FROM STDIN (FORMAT csv)") as copying:
        copying.write(passing.read_bytes())
    connection.execute(f"ANALYZE {file.stem}")
    passing.unlink()


def _ask(connection: "psycopg.Connection[tuple[object, ...]]", question: str, answer: Path) -> None:
    asked = f"COPY ({question}) TO STDOUT (FORMAT csv, HEADER true)"
    with answer.open("wb") as file, connection.cursor().copy(asked) as copying:
        for block in copying:
            file.write(block)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))

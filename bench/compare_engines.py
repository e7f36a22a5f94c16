# SPDX-License-Identifier: Apache-2.0
"""Comparisons of every figure at once: how fast beside SQL written by hand, and whether four engines say the same.

10.2 million figures of months (500 indicators, 170 places, 120 months) and the plans of their years, as Parquet.

    BAMSAT_BENCH_INDICATORS=50   fewer indicators
    BAMSAT_BENCH_ENGINES=duckdb  without SQLite, PostgreSQL and Spark
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bamsat.core.compare import expressions
from bamsat.core.compare.compiled import kept, sql
from bench import ROOT, Line
from bench.engines import by_hand, equal, figures, lite

INDICATORS = int(os.environ.get("BAMSAT_BENCH_INDICATORS", "500"))
ROUNDS, LIMIT = 3, 1.5
FEWER = 50  # indicators in the question that all four engines answer: 1.02 million figures
ENGINES = os.environ.get("BAMSAT_BENCH_ENGINES", "sqlite,postgres,duckdb,pyspark").split(",")
SCALE = ROOT / ".venv-scale" / "bin" / "python"
_PERIOD = ("series", "first_month", "last_month")
MEASURES: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
    "monthly": (expressions.monthly, ("series", "month")),
    "years": (kept(expressions.years, 6), ("series", "year")),
    "new_year": (expressions.new_year, ("series", "year")),
    "growths": (expressions.growths, _PERIOD),
    "plan_ratios": (expressions.plan_ratios, _PERIOD),
    "gaps": (expressions.gaps, ("series", "first_month")),
    "ranks": (kept(expressions.ranks, "growth_same"), ("indicator", "place", *_PERIOD[1:])),
    "totals": (expressions.totals, ("indicator", "place", "kind", *_PERIOD[1:])),
}


def measure() -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="bamsat-engines-") as folder:
        yield from _speed(Path(folder))
    with tempfile.TemporaryDirectory(prefix="bamsat-engines-") as folder:
        # PostgreSQL reads what it is given under a user of its own.
        yield from _four(Path(folder))


def _speed(folder: Path) -> Iterator[Line]:
    size = figures.make(folder, INDICATORS)
    connection = figures.opened(folder)
    questions = {
        "expression": sql(expressions.monthly(), "duckdb"), "plain": by_hand.PLAIN, "fast": by_hand.FAST,
    }  # fmt: skip
    columns = [row[0] for row in connection.execute(f"DESCRIBE {questions['expression']}").fetchall()]
    # Every column of every row is made; none is kept.
    asked = f"SELECT count(*), {', '.join(f'sum({column})' for column in columns)} FROM"
    walls: dict[str, list[float]] = {name: [] for name in questions}
    work: dict[str, list[float]] = {name: [] for name in questions}
    for number in range(ROUNDS):
        # In turn, and each round the other way round, so that what else the machine does falls on all of them.
        for name, question in sorted(questions.items(), reverse=bool(number % 2)):
            begun, worked = time.perf_counter(), _worked()
            connection.execute(f"{asked} ({question})").fetchall()
            walls[name].append(time.perf_counter() - begun)
            work[name].append(_worked() - worked)
    yield Line("figures of months", size, None, "figures")
    taken = {name: median(walls[name]) for name in questions}
    best = min(("plain", "fast"), key=lambda name: taken[name])
    told = f"by hand {taken['plain']:.1f} s plain, {taken['fast']:.1f} s fastest, load {os.getloadavg()[0]:.1f}"
    yield Line("growth, to date, plan ratio of all, DuckDB", taken["expression"], None, "s", told)
    yield Line("times the best SQL by hand", taken["expression"] / taken[best], LIMIT, "times", best)
    spent = {name: median(work[name]) for name in questions}
    least = min(spent["plain"], spent["fast"])
    told = f"{spent['expression']:.1f} s; {spent['plain']:.1f} s plain, {spent['fast']:.1f} s fastest"
    yield Line("times the least processor time by hand", spent["expression"] / least, None, "times", told)
    connection.execute(f"CREATE TABLE expression AS {questions['expression']}")
    for name in ("plain", "fast"):
        connection.execute(f"CREATE OR REPLACE TABLE hand AS {questions[name]}")
        wrong = equal.differing(connection, "expression", "hand", ("series", "month"))
        yield Line(f"rows that differ from SQL by hand, {name}", wrong, 0, "rows")


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _four(folder: Path) -> Iterator[Line]:
    tables = folder / "tables"
    tables.mkdir()
    size = figures.make(tables, FEWER)
    figures.make_places(tables, FEWER)
    yield Line("figures of months that each engine is asked about", size, None, "figures")
    connection = figures.opened(tables)
    for name, (expression, _) in MEASURES.items():
        connection.execute(f"CREATE TABLE of_duckdb_{name} AS {sql(expression(), 'duckdb')}")
    for engine, run in (("sqlite", _sqlite), ("postgres", _postgres), ("pyspark", _spark)):
        if engine not in ENGINES:
            continue
        questions, answers = folder / f"{engine}-asked", folder / engine
        questions.mkdir()
        answers.mkdir()
        for name, (expression, _) in MEASURES.items():
            (questions / f"{name}.sql").write_text(sql(expression(), engine), encoding="utf-8")  # type: ignore[arg-type]
        begun = time.perf_counter()
        run(tables, questions, answers)
        taken = time.perf_counter() - begun
        wrong = sum(_differing(connection, answers, name, keys) for name, (_, keys) in MEASURES.items())
        told = f"{len(MEASURES)} measures, {taken:.0f} s with loading"
        yield Line(f"rows that {engine} answers otherwise than DuckDB", wrong, 0, "rows", told)


def _differing(connection: Any, answers: Path, name: str, keys: tuple[str, ...]) -> int:
    described = connection.execute(f"DESCRIBE of_duckdb_{name}").fetchall()
    types = ", ".join(f"'{column}': '{kind}'" for column, kind, *_ in described)
    words = [column for column, kind, *_ in described if kind == "VARCHAR"]
    # Nothing between two commas is an empty word where there are words, and no number.
    empty = f", force_not_null = {words}" if words else ""
    text = answers / f"{name}.csv"
    source = f"read_parquet('{answers / name}/*.parquet')"
    if text.exists():
        source = f"read_csv('{text}', header = true, columns = {{{types}}}, quote = '\"'{empty})"
    connection.execute(f"CREATE OR REPLACE TABLE other AS SELECT * FROM {source}")
    return equal.differing(connection, f"of_duckdb_{name}", "other", keys)


def _sqlite(tables: Path, questions: Path, answers: Path) -> None:
    lite.ask(tables, questions, answers)


def _postgres(tables: Path, questions: Path, answers: Path) -> None:
    own = [sys.executable, "-m", "bench.engines.postgres", str(tables), str(questions), str(answers)]
    subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "with_postgresql.py"), *own], check=True, cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _spark(tables: Path, questions: Path, answers: Path) -> None:
    if not SCALE.exists():
        raise SystemExit("Chưa có môi trường Spark / Spark has no environment yet: make scale")
    # Spark's own workers must be of the same environment.
    chosen = {"PYSPARK_PYTHON": str(SCALE), "PYSPARK_DRIVER_PYTHON": str(SCALE)}
    subprocess.run(
        [str(SCALE), str(ROOT / "bench" / "engines" / "spark.py"), str(tables), str(questions), str(answers)],
        check=True, env=os.environ | chosen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

# SPDX-License-Identifier: Apache-2.0
"""What importing figures from CSV costs, in times of the database's own bulk load of the very same rows.

The file is imported through the product; the rows that it made are then taken out and put back by the database's own
means (PostgreSQL: COPY; SQLite: executemany of ready tuples), into the same tables with their indexes, keys and
triggers, as durable as before. `python -m bench.ledger_import work FOLDER ROWS STEP` is one step, in its own process.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pickle
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import ROOT, Line

ROWS = int(os.environ.get("BAMSAT_BENCH_ROWS", "1000000"))
MONTHS = 60
SEGMENTS = ("", "khu vực nhà nước", "khu vực ngoài nhà nước", "khu vực FDI", "công nghiệp địa phương")
MOST_MEGABYTES = 300
_CHUNK = 50_000
_TABLES = ("figures_entry", "figures_latest")


def measure() -> Iterator[Line]:
    yield from lines("SQLite", on_sqlite(ROWS))
    yield from lines("PostgreSQL", on_postgresql(ROWS))


def lines(database: str, found: dict[str, Any]) -> Iterator[Line]:
    rows, ours, own = found["rows"], found["write"]["seconds"], found["load"]["seconds"]
    peer = f"{rows / own:,.0f} rows a second; the import {rows / ours:,.0f}"
    memory = max(found["check"]["megabytes"], found["write"]["megabytes"])
    yield Line(f"{database}: import of CSV, in times of its bulk load", ours / own, 3, "times", peer)
    yield Line(f"{database}: dry run of the same file", found["check"]["seconds"], None, "seconds")
    yield Line(f"{database}: longest transaction of the import", 1000 * found["write"]["longest"], None, "ms")
    yield Line(f"{database}: peak memory, dry run and import", memory, MOST_MEGABYTES, "MB")


def on_sqlite(rows: int) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="bamsat-bench-"))
    try:
        return steps(folder, rows, {})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def on_postgresql(rows: int) -> dict[str, Any]:
    """A server of its own that writes to disk as one in use does."""
    server = with_postgresql()
    folder = Path(tempfile.mkdtemp(prefix="bamsat-bench-"))
    try:
        out = folder / "found.json"
        server.SETTINGS = {"listen_addresses": "", "jit": "off", "shared_buffers": "256MB", "max_wal_size": "4GB"}
        server.main([sys.executable, "-m", "bench.ledger_import", "steps", str(folder), str(rows), str(out)])
        found: dict[str, Any] = json.loads(out.read_text())
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def with_postgresql() -> Any:
    spec = importlib.util.spec_from_file_location("with_postgresql", ROOT / "scripts/with_postgresql.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def steps(folder: Path, rows: int, more: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for step in ("prepare", "check", "write", "take_out", "load"):
        found[step] = run(folder, rows, step, more)
    return found | {"rows": found["prepare"]["rows"]}


def run(folder: Path, rows: int, step: str, more: dict[str, str]) -> dict[str, Any]:
    surroundings = os.environ | {"BAMSAT_DATA": str(folder), "PYTHONPATH": str(ROOT)} | more
    command = [sys.executable, "-m", "bench.ledger_import", "work", str(folder), str(rows), step]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr[-4000:])
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


# The steps, each in a process of its own.


def work(folder: Path, rows: int, step: str) -> dict[str, Any]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bamsat.settings")
    django.setup()
    started = time.monotonic()
    said = {"prepare": prepare, "check": check, "write": write, "take_out": take_out, "load": load}[step](folder, rows)
    seconds = said.pop("seconds", time.monotonic() - started)
    return said | {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def prepare(folder: Path, rows: int) -> dict[str, Any]:
    from django.core.management import call_command

    from bamsat.rooms.accounts.actions import create_user
    from bamsat.rooms.catalogue.actions import load_catalogue
    from bamsat.rooms.places.shipped import load_places

    call_command("migrate", verbosity=0)
    load_catalogue()
    load_places()
    create_user("quan-tri", "Quản trị viên", password="mat-khau-thu", administers=True)
    return {"rows": write_csv(folder / "figures.csv", rows)}


def write_csv(file: Path, rows: int) -> int:
    """Sums of money and of goods for communes, months and parts, as a department would hand them over."""
    import random

    from bamsat.rooms.catalogue.models import Indicator
    from bamsat.rooms.places.models import Place

    chance = random.Random(2021)
    months = [f"{month:02}/{year}" for year in range(2020, 2025) for month in range(1, 13)]
    units = {"VND": "tỷ đồng", "USD": "triệu USD"}
    indicators = [(i.code, units[i.unit]) for i in Indicator.objects.filter(unit__in=units, adds_up="flow")[:10]]
    places = Place.objects.filter(kind="commune", versions__valid_from=None).values_list("slug", flat=True)
    count = 0
    with file.open("w", encoding="utf-8") as out:
        out.write("Chỉ tiêu;Địa bàn;Phân tổ;Kỳ;Đơn vị;Giá trị\n")
        for place in places.order_by("slug").distinct().iterator():
            for code, unit in indicators:
                for segment in SEGMENTS:
                    for month in months:
                        whole, tenth = chance.randrange(10, 99_999), chance.randrange(10)
                        out.write(f"{code};{place};{segment};{month};{unit};{whole},{tenth}\n")
                        count += 1
            if count >= rows:
                break
    return count


def check(folder: Path, rows: int) -> dict[str, Any]:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.figures import intake_actions
    from bamsat.rooms.figures.intake import running

    user = User.objects.get()
    with (folder / "figures.csv").open("rb") as file:
        intake = intake_actions.receive(user, "figures.csv", file, limit=2**40, now=True)
    started = time.monotonic()
    running.check(intake)
    took = time.monotonic() - started
    intake.refresh_from_db()
    assert intake.report["new"] == intake.rows, (intake.error_vi, intake.report)
    intake_actions.confirm(user, intake, now=True)
    return {"seconds": took}


def write(folder: Path, rows: int) -> dict[str, Any]:
    from django.db import transaction

    from bamsat.rooms.figures.intake import running, writing
    from bamsat.rooms.figures.models import Intake

    longest = 0.0
    once = writing.Writer._once

    def timed(*args: Any) -> Any:
        nonlocal longest
        started = time.monotonic()
        try:
            return once(*args)
        finally:
            longest = max(longest, time.monotonic() - started)

    writing.Writer._once = timed  # type: ignore[method-assign]
    assert transaction.get_autocommit()
    started = time.monotonic()
    intake = running.write(Intake.objects.get())
    took = time.monotonic() - started
    assert intake.written == intake.rows, intake.written
    return {"seconds": took, "longest": longest}


def take_out(folder: Path, rows: int) -> dict[str, Any]:
    from django.db import connection

    from bamsat.rooms.figures import triggers

    with connection.cursor() as cursor:
        for table in _TABLES:
            if connection.vendor == "postgresql":
                with (folder / table).open("wb") as out, cursor.copy(f"COPY {table} TO STDOUT") as copy:
                    for piece in copy:
                        out.write(piece)
            else:
                cursor.execute(f"SELECT * FROM {table} ORDER BY id")
                with (folder / table).open("wb") as out:
                    while chunk := cursor.cursor.fetchmany(_CHUNK):
                        pickle.dump(chunk, out)
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE figures_latest, figures_entry CASCADE")
        else:
            triggers.remove(connection)
            for table in reversed(_TABLES):
                cursor.execute(f"DELETE FROM {table}")
            cursor.execute("VACUUM")
            triggers.install(connection)
    return {}


def load(folder: Path, rows: int) -> dict[str, Any]:
    from django.db import connection

    connection.ensure_connection()
    seconds = _copied(folder) if connection.vendor == "postgresql" else _executed_many(folder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM figures_latest")
        assert cursor.fetchone()[0] >= rows
    return {"seconds": seconds}


def _copied(folder: Path) -> float:
    from django.db import connection, transaction

    started = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _TABLES:
            with (folder / table).open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                while piece := file.read(1 << 20):
                    copy.write(piece)
    return time.monotonic() - started


def _executed_many(folder: Path) -> float:
    from django.db import connection

    raw = connection.connection
    took = 0.0
    raw.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        with (folder / table).open("rb") as file:
            while True:
                try:
                    chunk = pickle.load(file)
                except EOFError:
                    break
                marks = ", ".join("?" * len(chunk[0]))
                started = time.monotonic()
                raw.executemany(f"INSERT INTO {table} VALUES ({marks})", chunk)
                took += time.monotonic() - started
    started = time.monotonic()
    raw.execute("COMMIT")
    return took + time.monotonic() - started


if __name__ == "__main__":
    if sys.argv[1] == "steps":
        Path(sys.argv[4]).write_text(json.dumps(steps(Path(sys.argv[2]), int(sys.argv[3]), {})))
    else:
        print(json.dumps(work(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])))

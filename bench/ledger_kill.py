# SPDX-License-Identifier: Apache-2.0
"""Killed at seeded points while it imports, replaces or merges, the product is as if it had not been: nothing half
written, nothing twice, the trail whole; what was begun goes on and ends where an undisturbed run ends.

Each point is a process of its own that kills itself with SIGKILL: at a statement, before it, in the middle of a bulk
load or after it, or at a moment. `python -m bench.ledger_kill POINTS SEED` prints what went wrong as JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import ROOT, Line
from bench.killed_work import SEED, do, prepare, state, troubles

POINTS = int(os.environ.get("BAMSAT_BENCH_POINTS", "200"))
JOBS = ("import", "import", "replace", "merge")  # half of the points are in imports


def measure() -> Iterator[Line]:
    yield from lines("SQLite", started([], POINTS))
    server = [sys.executable, str(ROOT / "scripts/with_postgresql.py")]
    yield from lines("PostgreSQL", started(server, POINTS))


def lines(database: str, found: dict[str, Any]) -> Iterator[Line]:
    told = "; ".join(found["wrong"][:3])
    killed = f"{found['killed']} killed in time"
    yield Line(
        f"{database}: of {found['points']} kills, with a trace left", len(found["wrong"]), 0, "kills", told or killed
    )


def started(server: list[str], points: int, seed: int = SEED) -> dict[str, Any]:
    """All of it in a process that has no connection of its own, so that it can split off others."""
    command = [*server, sys.executable, "-m", "bench.ledger_kill", str(points), str(seed)]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=surroundings)
    if done.returncode:
        raise SystemExit(done.stderr[-4000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# The ground: a database that is put back before every point.


@dataclass(frozen=True)
class Ground:
    """A database beside its untouched copy."""

    folder: Path
    server: str  # the address of a PostgreSQL, or nothing

    def keep(self) -> None:
        if self.server:
            self._sql(
                "DROP DATABASE IF EXISTS bamsat_kill_kept", "CREATE DATABASE bamsat_kill_kept TEMPLATE bamsat_kill"
            )
        else:
            shutil.copyfile(self.folder / "ledger.sqlite3", self.folder / "kept.sqlite3")

    def put_back(self) -> None:
        if self.server:
            self._sql("DROP DATABASE bamsat_kill WITH (FORCE)", "CREATE DATABASE bamsat_kill TEMPLATE bamsat_kill_kept")
            return
        for ending in ("-wal", "-shm", "-journal"):
            (self.folder / f"ledger.sqlite3{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.folder / "kept.sqlite3", self.folder / "ledger.sqlite3")

    def make(self) -> None:
        if self.server:
            self._sql("DROP DATABASE IF EXISTS bamsat_kill WITH (FORCE)", "CREATE DATABASE bamsat_kill")

    def drop(self) -> None:
        if self.server:
            self._sql(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in ("bamsat_kill", "bamsat_kill_kept")))

    def address(self) -> str:
        if not self.server:
            return f"sqlite:///{self.folder / 'ledger.sqlite3'}"
        before, _, after = self.server.rpartition("/postgres")
        return f"{before}/bamsat_kill{after}"

    def _sql(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self.server.replace("postgres://", "postgresql://"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def apart(work: Callable[[], Any]) -> tuple[int, Any]:
    """What a process split off from this one says; its exit status (negative: the signal that ended it)."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        status = 1
        try:
            from django.db import connections

            said = json.dumps(work())
            connections.close_all()  # SQLite brings its log home
            with os.fdopen(theirs, "w") as out:
                out.write(said)
            status = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(theirs)
    with os.fdopen(ours) as told:
        said = told.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status, json.loads(said) if said and status == 0 else None


# Killing.


@dataclass
class Point:
    """Where a run is killed: at a statement (before, within or after it), or at a moment."""

    job: str
    statement: int = 0
    when: str = "before"
    moment: float = 0.0


class Killer:
    """Counts what reaches the database: statements, bulk loads, commits."""

    def __init__(self, point: Point) -> None:
        self.point, self.count = point, 0
        from django.db import connection

        from bamsat.rooms.figures.intake import bulk

        connection.ensure_connection()
        connection.execute_wrappers.append(self._statement)
        self._commit, self._copy = connection._commit, bulk._copy
        connection._commit = self._committed  # type: ignore[method-assign]
        bulk._copy = self._copied
        if point.moment:
            threading.Timer(point.moment, die).start()

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self._due("before") or (self._is("within") and not many):
            die()
        if self._is("within"):
            params = cut(params)
        result = execute(sql, params, many, context)
        if self._is("after"):
            die()
        return result

    def _committed(self) -> Any:
        if self._due("before"):
            die()
        result = self._commit()
        if self._is("after") or self._is("within"):
            die()
        return result

    def _copied(self, table: str, columns: Any, text: str) -> None:
        from django.db import connection

        if self._due("before"):
            die()
        if self._is("within"):
            with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                copy.write(text[: len(text) // 2])
                die()
        self._copy(table, columns, text)
        if self._is("after"):
            die()

    def _due(self, when: str) -> bool:
        self.count += 1
        return self._is(when)

    def _is(self, when: str) -> bool:
        return self.count == self.point.statement and self.point.when == when


def cut(rows: Any) -> Iterator[Any]:
    """Half of the rows of an executemany, and then the end."""
    rows = list(rows)
    yield from rows[: len(rows) // 2]
    die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def undisturbed(job: str) -> dict[str, Any]:
    killer, began = Killer(Point(job)), time.monotonic()
    do(job)
    took = time.monotonic() - began
    return {"statements": killer.count, "seconds": took, "troubles": troubles()} | state()


def killed(point: Point) -> str:
    Killer(point)
    do(point.job)
    os._exit(0)


def after(job: str) -> dict[str, Any]:
    """A new process looks at what is there, and takes the work up again."""
    first = troubles()
    do(job)
    return {"troubles": first + troubles()} | state()


def run(points: int, seed: int) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="bamsat-kill-"))
    ground = Ground(folder, os.environ.get("BAMSAT_DATABASE_URL", ""))
    os.environ |= {"BAMSAT_DATA": str(folder), "BAMSAT_DATABASE_URL": ground.address()}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bamsat.settings")
    try:
        ground.make()
        import django

        django.setup()
        if apart(prepare)[0]:
            raise SystemExit("the ground could not be prepared")
        ground.keep()
        return _run(ground, random.Random(seed), points)
    finally:
        ground.drop()
        shutil.rmtree(folder, ignore_errors=True)


def _run(ground: Ground, chance: random.Random, points: int) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for job in dict.fromkeys(JOBS):
        ground.put_back()
        whole[job] = apart(lambda job=job: undisturbed(job))[1]
        if whole[job] is None or whole[job]["troubles"]:
            raise SystemExit(f"{job} fails undisturbed: {whole[job]}")
    wrong, died = [], 0
    for number in range(points):
        point = _point(JOBS[number % len(JOBS)], whole, chance)
        ground.put_back()
        status, _said = apart(lambda point=point: killed(point))
        died += status == -signal.SIGKILL
        status, said = apart(lambda point=point: after(point.job))
        if status or said is None:
            wrong.append(f"{asdict(point)}: could not go on")
        elif said["troubles"] or said["digest"] != whole[point.job]["digest"]:
            wrong.append(f"{asdict(point)}: {said['troubles'] or 'ends elsewhere than an undisturbed run'}")
    return {"points": points, "killed": died, "wrong": wrong, "whole": whole}


def _point(job: str, whole: dict[str, Any], chance: random.Random) -> Point:
    if chance.random() < 0.25:
        return Point(job, moment=max(0.001, chance.random() * whole[job]["seconds"]))
    when = chance.choice(("before", "within", "after"))
    return Point(job, chance.randrange(1, whole[job]["statements"] + 1), when)


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]))))

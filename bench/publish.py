# SPDX-License-Identifier: Apache-2.0
"""What publishing costs, in times of what nobody can do without: reading the same rows and writing the same Parquet.

A ledger is filled by SQL (bench/ledger_pages.py) and published whole, by a process of its own. The floor, in another
one: the rows are drained from the same query through the plain cursor, and pyarrow writes the same from memory.

    BAMSAT_BENCH_PUBLISHED=1000000   about how many entries, where no ledger is kept
    BAMSAT_BENCH_LEDGER=/folder      the ledger of ten million that bench/ledger_pages.py has kept; it is only read
    BAMSAT_BENCH_DATABASES=sqlite    one of the two alone
"""

from __future__ import annotations

import json
import os
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

ENTRIES = int(os.environ.get("BAMSAT_BENCH_PUBLISHED", "1000000"))
KEPT_ENTRIES = os.environ.get("BAMSAT_BENCH_ENTRIES", "10200000")
MOST_TIMES, MOST_MEGABYTES = 3, 400


def measure() -> Iterator[Line]:
    kept = os.environ.get("BAMSAT_BENCH_LEDGER", "")
    folder = Path(kept or tempfile.mkdtemp(prefix="bamsat-publish-"))
    try:
        for database in os.environ.get("BAMSAT_BENCH_DATABASES", "sqlite,postgresql").split(","):
            yield from _of(database, folder / f"{database}-{KEPT_ENTRIES if kept else ENTRIES}")
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _of(database: str, folder: Path) -> Iterator[Line]:
    from bench.ledger_pages import _no_server, _server

    (folder / "data").mkdir(parents=True, exist_ok=True)
    out = Path(tempfile.mkdtemp(prefix="bamsat-published-"))
    environment = os.environ | {
        "BAMSAT_DATA": str(folder / "data"), "BAMSAT_SAMPLES": "no", "BAMSAT_BENCH_ENTRIES": str(ENTRIES),
        "BAMSAT_SECRET_KEY": "only-for-benchmarks-" + "0" * 30, "DJANGO_SETTINGS_MODULE": "bamsat.settings",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    try:
        with _server(folder) if database == "postgresql" else _no_server() as more:
            steps = ("fill", "now", "floor", "then")
            ready, now, floor, then = (_step(step, out, environment | more) for step in steps)
    finally:
        shutil.rmtree(out, ignore_errors=True)
    rows, bare = now["rows"], floor["read"] + floor["write"]
    peer = f"{rows / now['seconds']:,.0f} rows a second of {rows:,}; the floor {rows / bare:,.0f}"
    yield Line(f"{database}: publishing, in times of its floor", now["seconds"] / bare, MOST_TIMES, "times", peer)
    written = f"{now['size']:.0f} MB written"
    yield Line(f"{database}: publishing, peak memory", now["megabytes"], MOST_MEGABYTES, "MB", written)
    yield Line(f"{database}: publishing as known on a day", then["seconds"], None, "seconds", f"{then['rows']:,} rows")
    yield Line(f"{database}: the ledger filled for it", ready["seconds"], None, "seconds")


def _step(step: str, out: Path, environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.publish", step, str(out)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    if done.returncode:
        raise SystemExit(f"bench.publish {step}: {done.returncode}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


# The steps, each in a process that has the application.


def fill(_out: Path) -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command

    from bench import ledger_pages

    if not (settings.BAMSAT_DATA / "filled").exists():
        from bamsat.rooms.catalogue.actions import load_catalogue
        from bamsat.rooms.catalogue.models import Indicator

        call_command("migrate", verbosity=0)
        load_catalogue()
        # The catalogue's own indicators are enough: fewer places make a smaller ledger.
        ledger_pages.PLACES = max(1, ENTRIES // (Indicator.objects.count() * ledger_pages.MONTHS))
        ledger_pages.fill()
        (settings.BAMSAT_DATA / "filled").write_text(str(ENTRIES))
    return {}


def now(out: Path) -> dict[str, Any]:
    return _published(out / "now")


def then(out: Path) -> dict[str, Any]:
    """As known a year and a half ago: what was recorded since is left out, row by row."""
    from datetime import timedelta

    from django.utils import timezone

    return _published(out / "then", known=timezone.localdate() - timedelta(days=550))


def _published(folder: Path, **asked: Any) -> dict[str, Any]:
    """Without the record in the trail, so that a kept ledger stays as it is."""
    from django.utils import timezone

    from bamsat.rooms.exchange.asked import Asked
    from bamsat.rooms.exchange.folder import beside, put_in_place
    from bamsat.rooms.exchange.writing import write

    with beside(folder) as part:
        wanted = Asked(**asked)
        made = write(part, wanted, wanted.moment or timezone.now())
        put_in_place(part, folder)
    return {"rows": made.rows["observations"], "size": sum(file.bytes for file in made.files.values()) / 2**20}


def floor(out: Path) -> dict[str, Any]:
    import pyarrow.parquet as pq

    from bamsat.rooms.exchange.asked import Asked
    from bamsat.rooms.exchange.reading import in_batches, observed, one_moment

    began = time.monotonic()
    with one_moment():
        read = sum(len(batch) for batch in in_batches(observed(Asked())))
    drained = time.monotonic() - began
    written = 0.0
    for file in sorted((out / "now").glob("observations/*/*.parquet")):
        table = pq.ParquetFile(file).read()
        read -= table.num_rows
        began = time.monotonic()
        pq.write_table(table, out / "floor.parquet", compression="zstd", row_group_size=122_880)
        written += time.monotonic() - began
    assert read == 0, read
    return {"read": drained, "write": written}


def work(step: str, out: Path) -> dict[str, Any]:
    import django

    django.setup()
    began = time.monotonic()
    said = {"fill": fill, "now": now, "floor": floor, "then": then}[step](out)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return said | {"seconds": time.monotonic() - began, "megabytes": megabytes}


if __name__ == "__main__":
    print(json.dumps(work(sys.argv[1], Path(sys.argv[2]))))

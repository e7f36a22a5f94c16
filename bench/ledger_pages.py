# SPDX-License-Identifier: Apache-2.0
"""How fast the ledger's pages answer on a ledger of ten million entries: 500 indicators, 170 places, 120 months.

Each database is filled by SQL and asked through the whole application by one worker, 200 warm requests a page; then
the scoreboard by 50 users at once, through a server of its own.

    BAMSAT_BENCH_ENTRIES=1000000   a smaller ledger (fewer indicators)
    BAMSAT_BENCH_LEDGER=/folder    keeps the filled databases there for the next run; without it they go afterwards
    BAMSAT_BENCH_DATABASES=sqlite  one of the two alone
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench import ROOT, Line
from bench.ledger_users import together

ENTRIES = int(os.environ.get("BAMSAT_BENCH_ENTRIES", "10200000"))
PLACES, MONTHS, FIRST_YEAR = 170, 120, 2016
LIMIT = 150.0
FULL = "the scoreboard, a field of 40 rows"
FORM, FORM_LIMIT = "a form of 400 cells to fill", 300.0
ASKED, WARM = 200, 20
USERS, EACH = 50, 8  # clients at once, and how many pages each of them opens


def measure() -> Iterator[Line]:
    kept = os.environ.get("BAMSAT_BENCH_LEDGER", "")
    folder = Path(kept or tempfile.mkdtemp(prefix="bamsat-ledger-"))
    try:
        for database in os.environ.get("BAMSAT_BENCH_DATABASES", "sqlite,postgresql").split(","):
            yield from _of(database, folder / f"{database}-{ENTRIES}")
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _of(database: str, folder: Path) -> Iterator[Line]:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "BAMSAT_DATA": str(folder / "data"), "BAMSAT_SAMPLES": "no",
        "BAMSAT_SECRET_KEY": "only-for-benchmarks-" + "0" * 30,
        "DJANGO_SETTINGS_MODULE": "bamsat.settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    with _server(folder) if database == "postgresql" else _no_server() as more:
        command = [sys.executable, "-m", "bench.ledger_pages", "inside"]
        told = subprocess.run(command, env=environment | more, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    found = json.loads(told.decode().splitlines()[-1])
    for page, times in found["pages"].items():
        limit = FORM_LIMIT if page == FORM else None if page == FULL else LIMIT
        yield _line(f"{database}: {page}, p95", times, limit)
    times, seconds = found["together"]
    yield _line(f"{database}: the scoreboard, {USERS} users at once, p95", times, None)
    yield Line(f"{database}: the scoreboard, {USERS} users at once", len(times) / seconds, None, "a second")


def _line(claim: str, times: list[float], limit: float | None) -> Line:
    told_by = quantiles(times, n=20)
    return Line(
        claim, told_by[18], limit, "ms", f"p50 {told_by[9]:.0f} ms, slowest {max(times):.0f} ms of {len(times)}"
    )


@contextmanager
def _no_server() -> Iterator[dict[str, str]]:
    yield {}


@contextmanager
def _server(folder: Path) -> Iterator[dict[str, str]]:
    """PostgreSQL as Debian sets it up, in a folder that may be there from the last time."""
    from scripts.with_postgresql import as_postgres, programs

    data, sockets, bin = folder / "pg", folder / "s", programs()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        for above in folder.parents:
            if str(above).startswith(tempfile.gettempdir()) and above != Path(tempfile.gettempdir()):
                above.chmod(0o755)
    sockets.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(sockets, "postgres")
    if not data.exists():
        as_postgres(bin / "initdb", "-D", data, "-U", "bamsat", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust")
    options = f"-c listen_addresses='' -c fsync=off -c jit=off -c max_wal_size=4GB -k {sockets}"
    as_postgres(bin / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield {"BAMSAT_DATABASE_URL": f"postgres://bamsat@/postgres?host={sockets}"}
    finally:
        as_postgres(bin / "pg_ctl", "-D", data, "-m", "fast", "stop")


# In the process that has the application.


def inside() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    filled = settings.BAMSAT_DATA / "filled"
    _log("migrate")
    call_command("migrate", verbosity=0)
    if not filled.exists():
        fill()
        filled.write_text(str(ENTRIES))
    call_command("collectstatic", verbosity=0, interactive=False)
    from bamsat.messages import compile_catalogues

    compile_catalogues()
    import bamsat.wsgi  # noqa: F401 - loaded and settled as a worker is

    pages = _pages()
    told = {page: _times(ask) for page, ask in pages.items()}
    print(json.dumps({"pages": told, "together": together(pages["the scoreboard"], USERS, EACH)}))


def _log(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def fill() -> None:
    """The catalogue and the places that the product ships, then series and entries in a few statements."""
    from django.db import connection

    from bamsat.rooms.accounts.actions import create_user
    from bamsat.rooms.catalogue.actions import load_catalogue
    from bamsat.rooms.places.actions import give_role
    from bamsat.rooms.places.models import Place, Role
    from bamsat.rooms.places.shipped import load_places

    _log("places and catalogue")
    load_catalogue()
    load_places()
    home = Place.objects.get(slug="cao-bang")
    user = create_user("chuyen-vien", "Chuyên viên tổng hợp", password="mat-khau-thu-nghiem")
    give_role(None, user, home, Role.SPECIALIST)
    _indicators(max(1, ENTRIES // (PLACES * MONTHS)))
    _log("series and entries")
    with connection.cursor() as cursor:
        run = _Filler(cursor, connection.vendor)
        run.fill(home.pk, user.pk)
    _log("filled")


def _indicators(count: int) -> None:
    """So many indicators in all, in ten sets."""
    from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember

    lacking = count - Indicator.objects.count()
    made = []
    for n in range(1, lacking + 1):
        one = Indicator(code=f"product:mặt hàng {n}", name_vi=f"Mặt hàng {n}", name_en=f"Product {n}", unit="ton")
        one.fill_keys()
        made.append(one)
    made = Indicator.objects.bulk_create(made)
    for at in range(0, len(made), 60):
        field = IndicatorSet.objects.create(code=f"do-{at}", name_vi=f"Bộ đo {at}", order=1000 + at)
        SetMember.objects.bulk_create(SetMember(set=field, indicator=one) for one in made[at : at + 60])


class _Filler:
    """One INSERT for the series, one for the entries, one for what stands; indexes are made afterwards."""

    def __init__(self, cursor: Any, vendor: str) -> None:
        self.cursor, self.postgresql = cursor, vendor == "postgresql"

    def fill(self, home: int, user: int) -> None:
        self.run("SET session_replication_role = replica" if self.postgresql else "PRAGMA foreign_keys = OFF")
        if not self.postgresql:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
                self.run(f"PRAGMA {pragma}")
        self.series(home)
        indexes = self.drop_indexes()
        self.entries(user)
        self.run(
            "INSERT INTO figures_latest (series_id, period, base, kind, vintage, entry_id)"
            " SELECT series_id, period, base, kind, vintage, id FROM figures_entry ORDER BY id"
        )
        _log("indexes")
        for make in indexes:
            self.run(make)
        self.close()

    def run(self, sql: str) -> None:
        self.cursor.execute(sql)

    def series(self, home: int) -> None:
        self.run(
            "INSERT INTO figures_series (indicator_id, place_id, segment, measure, unit, price_basis, provider, scale)"
            " SELECT i.id, p.id, '', 'level', i.unit, '', 'department', 0 FROM catalogue_indicator i,"
            f" (SELECT {home} AS id UNION SELECT id FROM (SELECT DISTINCT place_id AS id FROM places_ancestor"
            f" WHERE ancestor_id = {home} ORDER BY 1 LIMIT {PLACES - 1}) below) p ORDER BY i.id, p.id"
        )

    def entries(self, user: int) -> None:
        first = FIRST_YEAR * 12
        year, month = f"(({first} + m) / 12)", f"(({first} + m) % 12 + 1)"
        number = "((s.id - (SELECT min(id) FROM figures_series)) * 120 + m + 1)"
        value = "((s.id * 7919 + m * 104729) % 900000 + 100000)"
        if self.postgresql:
            months = f"generate_series(0, {MONTHS - 1}) AS m"
            uuid = f"lpad(to_hex({number}), 32, '0')::uuid"
            period = f"lpad({year}::text, 4, '0') || '-' || lpad({month}::text, 2, '0')"
            source = f"FROM figures_series s, {months}"
            now = f"now() - interval '1 day' * ({MONTHS} - m) * 30"
        else:
            uuid, period = f"printf('%032x', {number})", f"printf('%04d-%02d', {year}, {month})"
            counted = f"SELECT 0 UNION ALL SELECT m + 1 FROM n WHERE m < {MONTHS - 1}"
            source = f"FROM figures_series s, (WITH RECURSIVE n(m) AS ({counted}) SELECT m FROM n)"
            now = f"datetime('now', '-' || (({MONTHS} - m) * 30) || ' days')"
        self.run(
            "INSERT INTO figures_entry (id, uuid, series_id, period, first_month, last_month, base, kind, vintage,"
            " value, lower, upper, hedge, cell, reason, recorded_at, by_id)"
            f" SELECT {number}, {uuid}, s.id, {period}, {first} + m, {first} + m, '', 'actual', 'estimate', {value},"
            f" {value}, {value}, '', '', '', {now}, {user} {source} ORDER BY s.id, m"
        )

    def drop_indexes(self) -> list[str]:
        """Those that can be made again in one pass; the statements that do."""
        if self.postgresql:
            self.run(
                "SELECT i.indexname, i.indexdef FROM pg_indexes i"
                " WHERE i.tablename IN ('figures_entry', 'figures_latest') AND NOT EXISTS"
                " (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
            )
        else:
            self.run(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                " AND tbl_name IN ('figures_entry', 'figures_latest')"
            )
        found = self.cursor.fetchall()
        for name, _sql in found:
            self.run(f'DROP INDEX "{name}"')
        return [sql for _name, sql in found]

    def close(self) -> None:
        if self.postgresql:
            self.run("SET session_replication_role = origin")
            self.run(
                "SELECT setval(pg_get_serial_sequence('figures_entry', 'id'), (SELECT max(id) FROM figures_entry))"
            )
            self.run("VACUUM ANALYZE")
        else:
            self.run("ANALYZE")
            self.run("PRAGMA journal_mode = WAL")


def _form() -> list[str]:
    """Addresses of returns of one form: 100 indicators that the ledger knows, four columns to fill, four beside."""
    from bamsat.core.terms.period import Period
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.figures.models import Series
    from bamsat.rooms.places.models import Place
    from bamsat.rooms.submissions.filling.actions import Change, open_return, save_cells
    from bamsat.rooms.submissions.models import Form, FormVersion, Return

    user = User.objects.get(username="chuyen-vien")
    if not Form.objects.filter(code="bieu-do").exists():
        codes = list(Series.objects.filter(place__slug="cao-bang").values_list("indicator__code", flat=True)[:100])
        typed = [{"code": code, "name": code, "kind": kind, "period": period} for code, kind, period in (
            ("now", "estimate", "this"), ("done", "actual", "previous"), ("planned", "plan", "year"),
            ("hoped", "forecast", "this"),
        )]  # fmt: skip
        beside = [
            {"code": "last", "name": "last", "fill": "known", "period": "previous"},
            {"code": "year_ago", "name": "year ago", "fill": "known", "period": "year_ago"},
            {"code": "ratio", "name": "%", "fill": "computed", "formula": "now / last * 100", "unit": "%"},
            {"code": "growth", "name": "%", "fill": "computed", "formula": "now / year_ago * 100", "unit": "%"},
        ]
        rows = [{"code": f"r{at}", "name": f"Dòng {at}", "indicator": code} for at, code in enumerate(codes)]
        definition = {
            "frequency": "month",
            "senders": {"kinds": ["commune", "province"]},
            "columns": beside[:2] + typed + beside[2:],
            "rows": rows,
        }
        form = Form.objects.create(code="bieu-do", name_vi="Biểu đo", place=Place.objects.get(slug="cao-bang"))
        FormVersion.objects.create(form=form, number=1, first_month=0, definition=definition, in_use=True)
    form = Form.objects.get(code="bieu-do")
    if not Return.objects.filter(form=form).exists():
        places = Place.objects.filter(pk__in=Series.objects.values("place"))[:20]
        for place in places:
            sent = open_return(user, form, place, Period.month(2025, 11))
            keys = [f"r{at}.{code}" for at in range(100) for code in ("now", "done", "planned")]
            save_cells(user, sent, [Change(key, f"{37 * at + 100}", 0) for at, key in enumerate(keys)])
    return [f"/phieu/{uuid}/" for uuid in Return.objects.filter(form=form).values_list("uuid", flat=True)]


def _pages() -> dict[str, Callable[[random.Random], str]]:
    """An address of each kind of page, another one at every call."""
    from django.urls import reverse

    from bamsat.rooms.figures.models import Series

    count = ENTRIES
    rows = list(Series.objects.order_by("pk").values_list("indicator__code", "place__slug"))
    places = sorted({place for _indicator, place in rows})

    forms = _form()

    def series(choose: random.Random) -> str:
        indicator, place = choose.choice(rows)
        return f"/so-lieu/{indicator}/{place}/"

    def entry(choose: random.Random) -> str:
        plain = f"{choose.randint(1, min(count, len(rows) * MONTHS)):032x}"
        return f"/so-lieu/but-toan/{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}/"

    def scoreboard(choose: random.Random) -> str:
        return f"/bang-diem/?noi={choose.choice(places)}&ky={choose.randint(2018, 2025)}-{choose.randint(1, 12):02}"

    def looking(route: str, *args: str) -> Callable[[random.Random], str]:
        """Another way to look at a place and month."""
        return lambda choose: reverse(route, args=args) + scoreboard(choose).removeprefix("/bang-diem/")

    return {
        "a series": series,
        "a series as known in 2024": lambda choose: f"{series(choose)}?biet=2024-06-30",
        "the history of a number": entry,
        "the scoreboard": scoreboard,
        "the scoreboard as known in 2024": lambda choose: f"{scoreboard(choose)}&biet=2024-06-30",
        FULL: lambda choose: f"{scoreboard(choose)}&bo=do-60",
        "why": looking("scoreboard:why", "exports"),
        "small charts": looking("scoreboard:multiples"),
        "the map": looking("scoreboard:map"),
        "the ranking": looking("scoreboard:ranking"),
        "the list of series": lambda choose: f"/so-lieu/?trang={choose.randint(1, 1000)}",
        "the list searched": lambda choose: f"/so-lieu/?tim=mat+hang+{choose.randint(1, 400)}",
        "the first page": lambda _choose: "/",
        FORM: lambda choose: choose.choice(forms),
    }


def _times(address: Callable[[random.Random], str]) -> list[float]:
    """Milliseconds of warm requests by a specialist of the province."""
    from django.test import Client

    from bamsat.rooms.accounts.models import User

    client, choose, times = Client(HTTP_HOST="localhost"), random.Random(7), []
    client.force_login(User.objects.get(username="chuyen-vien"), "django.contrib.auth.backends.ModelBackend")
    for _ in range(WARM + ASKED):
        where = address(choose)
        began = time.perf_counter()
        answer = client.get(where)
        times.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{where}: {answer.status_code}")
    return times[WARM:]


if __name__ == "__main__":
    inside()

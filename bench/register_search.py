# SPDX-License-Identifier: Apache-2.0
"""How fast the register of documents is searched and leafed through where an office has 100,000 of them.

Subjects and texts of 200 to 2,000 words are stretches of the reports that the tests read, so that words come together
as often as they do; each database is asked through the query and through the whole page, by one worker.

    BAMSAT_BENCH_RECORDS=10000     a smaller register
    BAMSAT_BENCH_REGISTER=/folder  keeps the filled databases there for the next run; without it they go afterwards
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
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import ROOT, Line
from bench.ledger_pages import _no_server as no_server
from bench.ledger_pages import _server as server

RECORDS = int(os.environ.get("BAMSAT_BENCH_RECORDS", "100000"))
LIMIT = 300.0
ASKED, WARM, SCANNED = 120, 10, 8
SHORTEST, LONGEST = 200, 2000
TYPES = ("Công văn", "Quyết định", "Kế hoạch", "Báo cáo", "Thông báo", "Chỉ thị")
ISSUERS = (
    "UBND tỉnh Cao Bằng", "Bộ Công Thương", "Thủ tướng Chính phủ", "Sở Tài chính", "UBND xã Nguyên Bình",
    "Sở Công Thương tỉnh Cao Bằng",
)  # fmt: skip


def measure() -> Iterator[Line]:
    kept = os.environ.get("BAMSAT_BENCH_REGISTER", "")
    folder = Path(kept or tempfile.mkdtemp(prefix="bamsat-register-"))
    try:
        for database in os.environ.get("BAMSAT_BENCH_DATABASES", "sqlite,postgresql").split(","):
            yield from _of(database, folder / f"{database}-{RECORDS}")
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
    with server(folder) if database == "postgresql" else no_server() as more:
        command = [sys.executable, "-m", "bench.register_search", "inside"]
        told = subprocess.run(command, env=environment | more, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    found = json.loads(told.decode().splitlines()[-1])
    for claim, times in found["times"].items():
        by = quantiles(times, n=20)
        limit = LIMIT if "page" in claim and "desk" not in claim else None
        peer = f"p50 {by[9]:.0f} ms, slowest {max(times):.0f} ms of {len(times)}"
        yield Line(f"{database}: {claim}, p95", by[18], limit, "ms", peer)
    floor, scan = median(found["floor"]), median(found["scan"])
    mine = median(found["times"]["search, the query"])
    yield Line(f"{database}: the query, in bare full-text queries", mine / floor, None, "times", f"{floor:.1f} ms")
    yield Line(f"{database}: a scan of the texts instead", scan, None, "ms", f"{scan / mine:.0f} times the query")
    yield Line(f"{database}: the index", found["index"] / 1e6, None, "MB", f"texts {found['texts'] / 1e6:.0f} MB")
    yield Line(f"{database}: one document indexed", median(found["indexed"]), None, "ms")


# In the process that has the application.


def inside() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    filled = settings.BAMSAT_DATA / "filled"
    call_command("migrate", verbosity=0)
    choose = random.Random(20261122)
    words = _words()
    if not filled.exists():
        _fill(choose, words)
        filled.write_text(str(RECORDS))
    call_command("collectstatic", verbosity=0, interactive=False)
    import bamsat.wsgi  # noqa: F401 - loaded and settled as a worker is

    print(json.dumps(_measured(random.Random(7), words)))


def _log(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def _words() -> list[str]:
    """The words of every report that the tests read, in their order."""
    found: list[str] = []
    for file in sorted((ROOT / "tests/specimens").rglob("*.txt")):
        found += file.read_text(encoding="utf-8", errors="ignore").split()
    return found


def _stretches(choose: random.Random, words: list[str], count: int) -> str:
    said: list[str] = []
    while len(said) < count:
        start = choose.randrange(len(words) - 30)
        said += words[start : start + choose.randint(4, 24)]
    return " ".join(said[:count])


def _fill(choose: random.Random, words: list[str]) -> None:
    from django.db import connection, transaction

    from bamsat.rooms.accounts.actions import create_user
    from bamsat.rooms.documents import indexing
    from bamsat.rooms.documents.models import Document, Record, State
    from bamsat.rooms.documents.register import settle
    from bamsat.rooms.places.actions import give_role
    from bamsat.rooms.places.models import Place, Role
    from bamsat.rooms.places.shipped import load_places

    load_places(communes=False)
    home = Place.objects.get(slug="cao-bang")
    user = create_user("van-thu", "Văn thư", password="mat-khau-thu-nghiem")
    give_role(None, user, home, Role.SPECIALIST)
    _log(f"{RECORDS} documents")
    for first in range(0, RECORDS, 1000):
        with transaction.atomic():
            documents, records = [], []
            for at in range(first, min(first + 1000, RECORDS)):
                day = date(2016, 1, 1) + timedelta(days=at * 3900 // RECORDS)
                documents.append(Document(
                    sha256=f"{at:064x}", name=f"{at}.txt", size=1, holder=home, place=home, uploaded_by=user,
                    state=State.READ, text=_stretches(choose, words, choose.randint(SHORTEST, LONGEST)),
                ))  # fmt: skip
                record = Record(
                    direction=("received", "received", "issued")[at % 3], holder=home, type=choose.choice(TYPES),
                    symbol=f"{at % 9000 + 1}/{('UBND-VX', 'BCT-TTTN', 'SCT-QLTM')[at % 3]}{at // 9000}", dated=day,
                    issuer=choose.choice(ISSUERS), subject=_stretches(choose, words, 18), entered_at=user.date_joined,
                    received_on=day + timedelta(days=2) if at % 3 < 2 else None,
                )  # fmt: skip
                settle(record)
                records.append(record)
            Document.objects.bulk_create(documents, batch_size=200)
            for document, record in zip(documents, records, strict=True):
                record.document = document
            Record.objects.bulk_create(records, batch_size=200)
            for document, record in zip(documents, records, strict=True):
                indexing._put(indexing.place_of(record), record.pk, indexing.head_of(record),
                              indexing.body_of(document.text))  # fmt: skip
        if first % 10_000 == 0:
            _log(f"{first}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    _log("filled")


def _asked(choose: random.Random, words: list[str]) -> str:
    """What somebody types: a few words as they follow one another, a phrase, a symbol, a word half written."""
    start, sort = choose.randrange(len(words) - 10), choose.random()
    plain = [word.strip('.,;:()"“”') for word in words[start : start + 4]]
    if sort < 0.15:
        at = choose.randrange(RECORDS)
        return f"{at % 9000 + 1}/{('ubnd-vx', 'bct-tttn', 'sct-qltm')[at % 3]}{at // 9000}"
    if sort < 0.35:
        return f"“{' '.join(plain[:3])}”"
    if sort < 0.5:
        return f"{plain[0]} {plain[1][:3]}"
    if sort < 0.6:
        return choose.choice(("công thương", "sản xuất", "năm 2021", "kế hoạch", "ubnd tỉnh cao bằng"))
    return " ".join(plain[: choose.randint(2, 4)])


def _measured(choose: random.Random, words: list[str]) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client

    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.documents import indexing
    from bamsat.rooms.documents.models import Record
    from bamsat.rooms.documents.search_words import groups_of
    from bamsat.rooms.documents.searching import Found, records_for
    from bamsat.rooms.places.models import Place

    user = User.objects.get(username="van-thu")
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    typed = [_asked(choose, words) for _n in range(ASKED + WARM)]

    def query(said: str) -> None:
        found = Found(records_for(user), groups_of(said))
        found.count()
        found[0:30]

    def page(address: str, **more: Any) -> None:
        answer = client.get(address, more)
        assert answer.status_code == 200, answer.status_code

    last = Place.objects.get(slug="cao-bang").records.filter(direction="received").count() // 30
    times = {
        "search, the query": _times(query, typed),
        "search, the page of the register": _times(lambda said: page("/so-van-ban/", tim=said), typed),
        "search, the page of the desk": _times(lambda said: page("/tim/", tim=said), typed),
        "the book, its first page": _times(lambda _said: page("/so-van-ban/"), typed[:40]),
        "the book, some page": _times(lambda _said: page("/so-van-ban/", trang=choose.randint(1, last)), typed[:40]),
        "the book of a year, a page": _times(
            lambda _s: page("/so-van-ban/", nam=choose.randint(2016, 2025)), typed[:40]
        ),
    }
    scan = _times(lambda said: list(Record.objects.filter(document__text__icontains=said)[:30]), typed[:SCANNED])
    floor = _times(_bare, [said for said in typed if groups_of(said)])
    indexed = _times(lambda _said: indexing.index(choose.choice(sample)), typed[:40]) if (
        sample := list(Record.objects.order_by("?")[:40])
    ) else []  # fmt: skip
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('documents_recordwords')")
        else:
            cursor.execute(
                "SELECT (SELECT sum(length(block)) FROM documents_recordtext_data)"
                " + (SELECT sum(length(packed)) FROM documents_recordpacked)"
            )
        index = cursor.fetchone()[0]
        cursor.execute("SELECT sum(length(text)) FROM documents_document")
        texts = cursor.fetchone()[0]
    return {"times": times, "floor": floor, "scan": scan, "indexed": indexed, "index": index, "texts": int(texts)}


def _bare(said: str) -> None:
    """What the database needs for the words alone: the newest thirty that hold them, of whatever office."""
    from django.db import connection

    from bamsat.rooms.documents.search_words import for_fts5, for_postgresql, groups_of

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT id FROM documents_recordwords WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT 30",
                [for_postgresql(groups_of(said))],
            )
        else:
            cursor.execute(
                "SELECT rowid FROM documents_recordtext WHERE documents_recordtext MATCH %s"
                " ORDER BY rowid DESC LIMIT 30",
                [for_fts5(groups_of(said))],
            )
        cursor.fetchall()


def _times(ask: Callable[[str], object], typed: list[str]) -> list[float]:
    made = []
    for at, said in enumerate(typed):
        start = time.perf_counter()
        ask(said)
        if at >= min(WARM, len(typed) // 4):
            made.append((time.perf_counter() - start) * 1000)
    return made


if __name__ == "__main__" and sys.argv[1:] == ["inside"]:
    inside()

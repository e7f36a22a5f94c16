# SPDX-License-Identifier: Apache-2.0
"""Thirty clerks fill and send while five approve, all at once, through the server that `bamsat serve` starts.

Each clerk fills a return of a commune of their own, cell by cell as the page does, and between that writes into one
return that all thirty fill together. What the server said is then held against the database: every change that it took
is there, each was told its own number, whoever came second was told, and every sent return was approved once.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from bench import ROOT, Line
from bench.ledger_pages import _no_server, _server

CLERKS, APPROVERS, ROUNDS, CELLS = 30, 5, 3, 30
LONGEST = 240.0  # seconds after which everybody stops
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def measure() -> Iterator[Line]:
    for database in os.environ.get("BAMSAT_BENCH_DATABASES", "sqlite,postgresql").split(","):
        with tempfile.TemporaryDirectory(prefix="bamsat-rush-") as folder:
            yield from _of(database, Path(folder))


def _of(database: str, folder: Path) -> Iterator[Line]:
    (folder / "data").mkdir()
    environment = os.environ | {
        "BAMSAT_DATA": str(folder / "data"), "BAMSAT_SAMPLES": "no",
        "BAMSAT_SECRET_KEY": "only-for-benchmarks-" + "0" * 30,
        "DJANGO_SETTINGS_MODULE": "bamsat.settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    with _server(folder) if database == "postgresql" else _no_server() as more:
        command = [sys.executable, "-m", "bench.form_rush", "inside"]
        told = subprocess.run(command, env=environment | more, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    found: dict[str, Any] = json.loads(told.decode().splitlines()[-1])
    for what in ("lost updates", "unexpected answers", "sent and not approved once", "entries that differ"):
        yield Line(f"{database}: {what}", float(found[what]), 0.0, "", found["said"].get(what, ""))
    told_second = found["told second"]
    yield Line(f"{database}: second writers told (at least 1)", -float(told_second), -1.0, "", f"{told_second} told")
    for what, times in found["times"].items():
        cut = quantiles(times, n=20)
        peer = f"p50 {cut[9]:.0f} ms, slowest {max(times):.0f} ms of {len(times)}"
        yield Line(f"{database}: {what}, p95", cut[18], None, "ms", peer)


# In the process that has the application.


@dataclass
class Person:
    """One browser: a session, and the time of each of its requests."""

    port: int
    session: str
    token: str = ""
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    def ask(self, method: str, address: str, what: str, body: str = "", kind: str = "") -> tuple[int, str, str]:
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.token}", "Host": "127.0.0.1"}
        if body:
            headers |= {"Content-Type": kind, "X-CSRFToken": self.token}
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, address, body.encode() or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except OSError as trouble:
            self.wrong.append(f"{method} {what}: {trouble!r}")
            return 0, "", ""
        finally:
            connection.close()
        self.times[what].append((time.perf_counter() - began) * 1000)
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            if cookie.startswith("csrftoken="):
                self.token = cookie.partition("=")[2].partition(";")[0]
        if answer.status >= 500 or answer.status in (400, 403, 404):
            self.wrong.append(f"{method} {what}: {answer.status}")
        return answer.status, text, answer.headers.get("Location", "")

    def post(self, address: str, what: str, **said: str) -> tuple[int, str, str]:
        return self.ask("POST", address, what, urlencode(said), "application/x-www-form-urlencoded")

    def save(self, address: str, changes: list[dict[str, Any]]) -> dict[str, Any]:
        status, text, _ = self.ask(
            "POST", f"{address}luu/", "saving cells", json.dumps({"changes": changes}), "application/json"
        )
        return json.loads(text) if status == 200 else {}


@dataclass
class Clerk:
    person: Person
    place: str
    shared: str
    chance: random.Random
    taken: list[tuple[str, int, str]] = field(default_factory=list)  # cell, its number, text
    refused: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def work(self, until: float) -> None:
        for at in range(ROUNDS):
            period = f"2026-{at + 1:02}"
            _, _, address = self.person.post("/phieu/mo/", "opening", bieu="bieu-do", noi=self.place, ky=period)
            if not address or time.monotonic() > until:
                return
            self.person.ask("GET", address, "the form's page")
            for first in range(0, CELLS, 10):
                changes = [{"key": f"r{n}.now", "text": f"{100 * n + at}", "seen": 0} for n in range(first, first + 10)]
                self.person.save(address, changes)
                self.together()
            _, text, _ = self.person.ask("GET", address, "the form's page")
            found = re.search(r'name="lan" value="(\d+)"', text)
            self.person.post(address, "sending", gui="1", lan=found[1] if found else "")

    def together(self) -> None:
        """One cell of the return that everybody fills; told that somebody was first, the clerk knows better then."""
        key, text = f"r{self.chance.randrange(4)}.now", str(self.chance.randrange(1_000_000))
        answer = self.person.save(self.shared, [{"key": key, "text": text, "seen": self.seen[key]}])
        if not answer:
            return
        if key in answer["conflicts"]:
            self.refused += 1
            self.seen[key] = answer["conflicts"][key]
        else:
            self.seen[key] = answer["cells"][key]["n"]
            self.taken.append((key, self.seen[key], text))


@dataclass
class Approver:
    person: Person
    told_second: int = 0

    def work(self, until: float, done: threading.Event) -> None:
        from django.db import connection

        from bamsat.rooms.submissions.models import Return

        while time.monotonic() < until:
            rows = list(Return.objects.filter(state="sent").order_by("sent_at").values_list("uuid", "revision")[:3])
            connection.close()  # the pool has fewer connections than there are people
            if not rows:
                if done.is_set():
                    break
                time.sleep(0.05)
            for uuid, revision in rows:
                self.person.ask("GET", f"/phieu/{uuid}/xem/", "reading a return")
                _, _, address = self.person.post(f"/phieu/{uuid}/duyet/", "approving", lan=str(revision))
                self.told_second += not address
        connection.close()


def inside() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from bamsat.serve import collect_static

    call_command("migrate", verbosity=0)
    collect_static()
    clerks, approvers, shared = _people()
    with ExitStack() as stack:
        port = _serve(stack)
        until = time.monotonic() + LONGEST
        people = [Person(port, session) for _place, session in clerks]
        working = [
            Clerk(person, place, shared, random.Random(at))
            for at, (person, (place, _)) in enumerate(zip(people, clerks, strict=True))
        ]
        approving = [Approver(Person(port, session)) for session in approvers]
        for person in [*people, *(each.person for each in approving)]:
            person.ask("GET", "/", "the first page")
        done = threading.Event()
        threads = [threading.Thread(target=each.work, args=(until,)) for each in working]
        others = [threading.Thread(target=each.work, args=(until, done)) for each in approving]
        for thread in threads + others:
            thread.start()
        for thread in threads:
            thread.join()
        done.set()
        for thread in others:
            thread.join()
    print(json.dumps(_found(working, approving, shared)))


def _people() -> tuple[list[tuple[str, str]], list[str], str]:
    """Thirty communes with a clerk each, who all write for one more; five heads of division; the form."""
    from bamsat.core.terms.period import Period
    from bamsat.rooms.accounts.actions import create_user
    from bamsat.rooms.catalogue.actions import load_catalogue
    from bamsat.rooms.places.actions import give_role
    from bamsat.rooms.places.models import Place, Role
    from bamsat.rooms.places.shipped import load_places
    from bamsat.rooms.submissions.filling.actions import open_return
    from bamsat.rooms.submissions.models import Form, FormVersion

    load_catalogue()
    load_places()
    home = Place.objects.get(slug="cao-bang")
    *places, common = Place.objects.filter(kind="commune", versions__parent=home, ended=None)[: CLERKS + 1]
    form = Form.objects.create(code="bieu-do", name_vi="Biểu đo")
    FormVersion.objects.create(form=form, number=1, first_month=0, in_use=True, definition={
        "frequency": "month", "senders": {"kinds": ["commune"]},
        "columns": [
            {"code": "last", "name": "Tháng trước", "fill": "known", "period": "previous"},
            {"code": "now", "name": "Tháng này", "kind": "estimate"},
            {"code": "ratio", "name": "%", "fill": "computed", "formula": "now / last * 100", "unit": "%"},
        ],
        "rows": [
            {"code": f"r{n}", "name": f"Dòng {n}", "indicator": "retail_goods", "unit": "triệu đồng",
             "segment": {"retail_group": f"g{n}"}}
            for n in range(CELLS)
        ],
    })  # fmt: skip
    clerks = []
    for at, place in enumerate(places):
        user = create_user(f"can-bo-{at}", "Cán bộ xã", password="mat-khau-thu-nghiem")
        for held in (place, common):
            give_role(None, user, held, Role.COMMUNE)
        clerks.append((place.slug, _session(user)))
    heads = [
        create_user(f"truong-phong-{at}", "Trưởng phòng", password="mat-khau-thu-nghiem") for at in range(APPROVERS)
    ]
    for head in heads:
        give_role(None, head, home, Role.HEAD)
    sent = open_return(heads[0], form, common, Period.month(2026, 1))
    return clerks, [_session(head) for head in heads], f"/phieu/{sent.uuid}/"


def _session(user: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _serve(stack: ExitStack) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "bamsat", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(server.wait)
    stack.callback(server.terminate)
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return port
    raise SystemExit("the server did not start")


def _found(working: list[Clerk], approving: list[Approver], shared: str) -> dict[str, Any]:
    from bamsat.rooms.figures.models import Latest
    from bamsat.rooms.submissions.models import Return, Step

    lost = []
    cells = Return.objects.get(uuid=shared.split("/")[2]).cells
    taken: dict[str, dict[int, str]] = defaultdict(dict)
    for clerk in working:
        for key, number, text in clerk.taken:
            if number in taken[key]:
                lost.append(f"{key} number {number} was given twice")
            taken[key][number] = text
    for key, numbers in taken.items():
        if sorted(numbers) != list(range(1, cells[key]["n"] + 1)) or cells[key]["t"] != numbers[max(numbers)]:
            lost.append(f"{key}: {sorted(numbers)} taken, {cells[key]['n']} kept")
    own = Return.objects.exclude(uuid=shared.split("/")[2])
    approvals = Counter(Step.objects.filter(after="approved").values_list("sent_return_id", flat=True))
    not_once = [pk for pk in own.values_list("pk", flat=True) if approvals[pk] != 1]
    if own.count() != CLERKS * ROUNDS:
        not_once.append(own.count())
    expected = own.filter(state="approved").count() * CELLS
    people = [*(each.person for each in working), *(each.person for each in approving)]
    times: dict[str, list[float]] = defaultdict(list)
    for person in people:
        for what, each in person.times.items():
            times[what] += each
    wrong = [each for person in people for each in person.wrong]
    return {
        "lost updates": len(lost), "unexpected answers": len(wrong), "sent and not approved once": len(not_once),
        "entries that differ": abs(expected - Latest.objects.count()),
        "told second": sum(clerk.refused for clerk in working),
        "times": {what: each for what, each in times.items() if len(each) > 20},
        "said": {
            "lost updates": "; ".join(lost[:3]), "unexpected answers": "; ".join(wrong[:3]),
            "entries that differ": f"of {expected}",
        },
    }  # fmt: skip


if __name__ == "__main__":
    inside()

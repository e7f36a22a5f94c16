# SPDX-License-Identifier: Apache-2.0
"""A month of one department: 2,000 places, 40 forms, 60,000 cells, from Excel files to approved figures in the ledger.

Each place sends one workbook of thirty cells; fifty places share a form. The files are made beforehand by the product's
own export. Timed is everything after: receiving the archive, reading the workbooks apart, saving, sending, checking and
approving, with steps, trail and ledger entries. PostgreSQL runs as Debian sets it up, in a folder of its own.

    BAMSAT_BENCH_DATABASES=sqlite  one of the two alone
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import ROOT, Line
from bench.ledger_pages import _no_server, _server

PLACES, FORMS, CELLS = 2_000, 40, 30
LIMITS = {"sqlite": 60.0, "postgresql": 30.0}


def measure() -> Iterator[Line]:
    for database in os.environ.get("BAMSAT_BENCH_DATABASES", "sqlite,postgresql").split(","):
        with tempfile.TemporaryDirectory(prefix="bamsat-month-") as folder:
            yield from _of(database, Path(folder))


def _of(database: str, folder: Path) -> Iterator[Line]:
    (folder / "data").mkdir()
    environment = os.environ | {
        "BAMSAT_DATA": str(folder / "data"), "BAMSAT_SAMPLES": "no",
        "BAMSAT_SECRET_KEY": "only-for-benchmarks-" + "0" * 30,
        "DJANGO_SETTINGS_MODULE": "bamsat.settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    with _server(folder) if database == "postgresql" else _no_server() as more:
        command = [sys.executable, "-m", "bench.form_month", "inside"]
        told = subprocess.run(command, env=environment | more, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    found: dict[str, Any] = json.loads(told.decode().splitlines()[-1])
    whole = sum(found["seconds"].values())
    said = ", ".join(f"{what} {took:.1f}" for what, took in found["seconds"].items())
    yield Line(f"{database}: a month from Excel to the ledger", whole, LIMITS[database], "s", said)
    yield Line(f"{database}: cells that are not in the ledger", PLACES * CELLS - found["entries"], 0.0, "")
    yield Line(f"{database}: longest transaction", found["longest"] * 1000, None, "ms")


# In the process that has the application.


def inside() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    specialist, head = _department()
    archive = _archive()
    longest = _watched()
    seconds: dict[str, float] = {}
    from bamsat.rooms.figures.models import Latest
    from bamsat.rooms.submissions.files import actions_many as actions_files_many
    from bamsat.rooms.submissions.flow import actions_many
    from bamsat.rooms.submissions.models import Return

    began = time.perf_counter()

    def done(what: str) -> None:
        nonlocal began
        now = time.perf_counter()
        seconds[what], began = now - began, now

    batch = actions_files_many.receive(specialist, [("thang-10.zip", archive)], now=True)
    done("received")
    actions_files_many.run(batch)
    done("read and saved")
    for what, act, user in (
        ("sent", actions_many.send_many, specialist), ("checked", actions_many.check_many, specialist),
        ("approved", actions_many.approve_many, head),
    ):  # fmt: skip
        act(user, list(Return.objects.order_by("pk").values_list("pk", flat=True)))
        done(what)
    print(json.dumps({"seconds": seconds, "entries": Latest.objects.count(), "longest": max(longest)}))


def _department() -> tuple[Any, Any]:
    """Two thousand markets in the communes of a province, forty forms of which fifty markets each send one."""
    from bamsat.rooms.accounts.actions import create_user
    from bamsat.rooms.catalogue.actions import load_catalogue
    from bamsat.rooms.places.actions import give_role, rebuild_ancestors
    from bamsat.rooms.places.models import Place, PlaceVersion, Role
    from bamsat.rooms.places.shipped import load_places
    from bamsat.rooms.submissions.models import Form, FormVersion

    load_catalogue()
    load_places()
    home = Place.objects.get(slug="cao-bang")
    communes = list(Place.objects.filter(kind="commune", versions__parent=home, ended=None))
    markets = Place.objects.bulk_create(
        Place(slug=f"cho-{n}", kind="market", name=f"Chợ {n}", attributes={"stalls": n // 50}) for n in range(PLACES)
    )
    versions = [PlaceVersion(place=p, name=p.name, parent=communes[p.pk % len(communes)]) for p in markets]
    for version in versions:
        version.fill_keys()
    PlaceVersion.objects.bulk_create(versions)
    rebuild_ancestors()
    for n in range(FORMS):
        form = Form.objects.create(code=f"bieu-{n}", name_vi=f"Biểu số {n}", order=n)
        FormVersion.objects.create(form=form, number=1, first_month=0, in_use=True, definition=_definition(n))
    people = []
    for name, role in (("chuyen-vien", Role.SPECIALIST), ("truong-phong", Role.HEAD)):
        people.append(create_user(name, name, password="mat-khau-thu-nghiem"))
        give_role(None, people[-1], home, role)
    return people[0], people[1]


def _definition(form: int) -> dict[str, Any]:
    rows = [
        {"code": f"r{n}", "number": str(n + 1), "name": f"Mặt hàng số {n + 1}", "indicator": "retail_goods",
         "unit": "triệu đồng", "segment": {"retail_group": f"g{form}_{n}"}}
        for n in range(CELLS)
    ]  # fmt: skip
    return {
        "frequency": "month", "senders": {"kinds": ["market"]}, "unit": "triệu đồng", "rows": rows,
        "deadline": {"day": 20, "months_after": 0, "if_off": "before"},
        "columns": [
            {"code": "last", "name": "Tháng {last_month}/{last_month_year} thực hiện", "fill": "known",
             "period": "previous"},
            {"code": "now", "name": "Tháng {month}/{year} ước", "kind": "estimate"},
            {"code": "ratio", "name": "So với tháng trước, %", "fill": "computed", "formula": "now / last * 100",
             "unit": "%"},
        ],
    }  # fmt: skip


def _archive() -> io.BytesIO:
    """A workbook of each market, filled, as the product exports it."""
    from bamsat.core.terms.period import Period
    from bamsat.rooms.places.models import Place
    from bamsat.rooms.submissions.files import bundles
    from bamsat.rooms.submissions.models import FormVersion

    versions = list(FormVersion.objects.filter(form__code__startswith="bieu-").order_by("form__order"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for at, place in enumerate(Place.objects.filter(kind="market").order_by("pk")):
            sent = bundles.blank(versions[at % FORMS], place, Period.month(2026, 10))
            sent.cells = {f"r{n}.now": {"t": f"{100 + (at * 37 + n) % 900},5"} for n in range(CELLS)}
            archive.writestr(f"{at:04}.xlsx", bundles.workbook_of(sent))
    out.seek(0)
    return out


def _watched() -> list[float]:
    """The length of each transaction from now on."""
    from django.db import connection, transaction

    enter, leave, began, found = transaction.Atomic.__enter__, transaction.Atomic.__exit__, [0.0], [0.0]

    def begins(self: Any) -> None:
        outer = not connection.in_atomic_block
        enter(self)
        if outer:
            began[0] = time.perf_counter()

    def ends(self: Any, *told: Any) -> None:
        leave(self, *told)
        if not connection.in_atomic_block:
            found.append(time.perf_counter() - began[0])

    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = begins, ends  # type: ignore[method-assign]
    return found


if __name__ == "__main__":
    inside()

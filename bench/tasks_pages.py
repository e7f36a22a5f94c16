# SPDX-License-Identifier: Apache-2.0
"""How fast the pages of tasks answer where an office has 20,000 tasks with 100,000 steps: list, filters, board, month.

Asked through the whole application by one worker, 60 warm requests a page, on SQLite.

    BAMSAT_BENCH_TASKS=2000        fewer tasks (five steps each)
    BAMSAT_BENCH_KEPT=/folder      keeps the filled database there for the next run; without it it goes afterwards
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
from statistics import quantiles
from typing import Any

from bench import ROOT, Line

TASKS = int(os.environ.get("BAMSAT_BENCH_TASKS", "20000"))
LIMIT = 200.0
ASKED, WARM = 60, 6
_HISTORIES = (
    ("assigned", "progress", "progress", "reported", "closed"),
    ("assigned", "progress", "extension_asked", "extended", "progress"),
    ("assigned", "progress", "reported", "returned", "progress"),
    ("assigned", "progress", "progress", "progress", "reported"),
    ("progress", "progress", "progress", "progress", "progress"),
    ("assigned", "reported", "closed", "reopened", "progress"),
    ("assigned", "progress", "progress", "progress", "cancelled"),
)
_WEIGHTS = (60, 8, 6, 6, 6, 4, 10)


def measure() -> Iterator[Line]:
    kept = os.environ.get("BAMSAT_BENCH_KEPT", "")
    folder = Path(kept or tempfile.mkdtemp(prefix="bamsat-tasks-"))
    (folder / "data").mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "BAMSAT_DATA": str(folder / "data"), "BAMSAT_SAMPLES": "no",
        "BAMSAT_SECRET_KEY": "only-for-benchmarks-" + "0" * 30,
        "DJANGO_SETTINGS_MODULE": "bamsat.settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    try:
        command = [sys.executable, "-m", "bench.tasks_pages", "inside"]
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    for page, times in json.loads(told.decode().splitlines()[-1]).items():
        by = quantiles(times, n=20)
        yield Line(f"{page}, p95", by[18], LIMIT, "ms", f"p50 {by[9]:.0f} ms, slowest {max(times):.0f} ms")


def inside() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    filled = settings.BAMSAT_DATA / "filled"
    call_command("migrate", verbosity=0)
    if not filled.exists():
        fill()
        filled.write_text(str(TASKS))
    call_command("collectstatic", verbosity=0, interactive=False)
    from bamsat.messages import compile_catalogues

    compile_catalogues()
    import bamsat.wsgi  # noqa: F401 - loaded and settled as a worker is

    print(json.dumps({page: _times(ask) for page, ask in _pages().items()}))


def fill() -> None:
    """One office with forty units, its tasks over three years, five steps each."""
    from django.db import connection

    from bamsat.rooms.accounts.actions import create_user
    from bamsat.rooms.catalogue.actions import load_catalogue
    from bamsat.rooms.directory.models import Body, BodyVersion
    from bamsat.rooms.places.actions import give_role
    from bamsat.rooms.places.models import Place, Role
    from bamsat.rooms.places.shipped import load_places

    load_catalogue()
    load_places(communes=False)
    home = Place.objects.get(slug="cao-bang")
    user = create_user("giam-doc", "Giám đốc Sở", password="mat-khau-thu-nghiem")
    give_role(None, user, home, Role.DIRECTOR)
    bodies = []
    for at in range(40):
        name = f"Phòng số {at + 1}"
        body = Body.objects.create(slug=f"phong-{at}", kind="division", place=home, name=name, sort_key=f"{at:02}")
        BodyVersion.objects.create(body=body, name=name)
        bodies.append(body)
    _tasks(home, user, bodies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _tasks(home: Any, user: Any, bodies: list[Any]) -> None:
    from bamsat.rooms.documents.models import Record
    from bamsat.rooms.tasks.models import Step, Task

    draw = random.Random(8)
    records = Record.objects.bulk_create(
        Record(
            direction="received", holder=home, type="Công văn", number=str(n), symbol=f"{n}/UBND-TH",
            key=f"{n}/ubnd-th", subject=f"Về việc triển khai nhiệm vụ số {n}", issuer="UBND tỉnh Cao Bằng",
        )
        for n in range(1, TASKS // 10 + 2)
    )  # fmt: skip
    tasks, histories = [], []
    for n in range(TASKS):
        begins = date.today() - timedelta(days=draw.randrange(1000))
        history = draw.choices(_HISTORIES, _WEIGHTS)[0]
        finished = {"closed", "cancelled"} & set(history[-1:])
        due = begins + timedelta(days=draw.randrange(10, 60 if finished else 1100))
        timed = draw.random() > 0.08
        tasks.append(Task(
            place=home, record=draw.choice(records), what=f"Rà soát, báo cáo tình hình thực hiện nhiệm vụ số {n}",
            assigner="Chủ tịch UBND tỉnh", lead=draw.choice(bodies) if "assigned" in history else None, begins=begins,
            time="date" if timed else "standing", due=due if timed else None, created_by=user,
        ))  # fmt: skip
        histories.append(history)
    made = Task.objects.bulk_create(tasks, batch_size=500)
    steps = []
    for task, history in zip(made, histories, strict=True):
        day = task.begins
        for act in history:
            steps.append(Step(task=task, act=act, on=day, note="Đang thực hiện.", by=user))
            day += timedelta(days=draw.randrange(12))
    Step.objects.bulk_create(steps, batch_size=500)


def _pages() -> dict[str, Callable[[random.Random], str]]:
    """An address of each kind of page, another one at every call."""

    def paged(choose: random.Random) -> str:
        return f"/nhiem-vu/?trang={choose.randint(1, max(1, TASKS // 100))}"

    return {
        "the first page of the list": lambda choose: f"/nhiem-vu/?trang=1&_={choose.random()}",
        "any page of the list": paged,
        "what is overdue": lambda _choose: "/nhiem-vu/?tinh-trang=overdue",
        "words of a task": lambda choose: f"/nhiem-vu/?tim=nhiem+vu+so+{choose.randint(1, TASKS)}",
        "the board": lambda _choose: "/nhiem-vu/bang/",
        "a month": lambda choose: f"/nhiem-vu/lich/?thang={date.today().year}-{choose.randint(1, 12):02}",
    }


def _times(ask: Callable[[random.Random], str]) -> list[float]:
    from django.test import Client

    from bamsat.rooms.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="giam-doc"), "django.contrib.auth.backends.ModelBackend")
    choose, taken = random.Random(1), []
    for n in range(WARM + ASKED):
        address = ask(choose)
        began = time.perf_counter()
        answer = client.get(address)
        passed = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, (address, answer.status_code)
        if n >= WARM:
            taken.append(passed)
    return taken


if __name__ == "__main__" and sys.argv[1:] == ["inside"]:
    inside()

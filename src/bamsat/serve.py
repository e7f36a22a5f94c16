# SPDX-License-Identifier: Apache-2.0
"""One command from an empty machine to a working page: data, first users, samples, worker and server."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from granian import Granian
from granian.constants import Interfaces

from bamsat.messages import compile_catalogues
from bamsat.rooms.accounts.actions import create_user, new_password
from bamsat.rooms.accounts.models import User
from bamsat.rooms.documents.actions import read_document, receive
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role

SIGN_IN_FILE = "first-sign-in.txt"
ADMINISTRATOR, SPECIALIST = "quan-tri", "chuyen-vien"


def run(host: str, port: int) -> int:
    """Prepare, say where to go, serve until Ctrl+C."""
    first = prepare()
    say(f"Bám Sát: http://{host}:{port}")
    say(first)
    with worker():
        Granian(
            "bamsat.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1 if connection.vendor == "sqlite" else 2,
            blocking_threads=4,
            log_level="error",  # type: ignore[arg-type]
        ).serve()
    return 0


def say(text: str) -> None:
    print(text, flush=True)


def prepare() -> str:
    """Bring the database and files up to this version; safe to repeat. Answers what to say about signing in."""
    settings.BAMSAT_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    compile_catalogues()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_catalogue")
    call_command("load_places")
    told = first_users()
    if settings.BAMSAT_SAMPLES:
        read_samples()
    connection.close()
    return told


def first_users() -> str:
    """An administrator and a specialist when there is nobody yet, with passwords that only the file keeps."""
    kept = settings.BAMSAT_DATA / SIGN_IN_FILE
    if User.objects.exists():
        return f"Đăng nhập / Sign in: {kept}" if kept.exists() else ""
    lines = []
    with transaction.atomic():
        for name, title, administers in (
            (ADMINISTRATOR, "Quản trị viên", True),
            (SPECIALIST, "Chuyên viên tổng hợp", False),
        ):
            password = new_password()
            create_user(name, title, password=password, administers=administers)
            lines.append(f"  {name}  {password}   ({title})")
        write_private(kept, "\n".join(lines) + "\n")
    return "\n".join(["Đăng nhập lần đầu / First sign-in:", *lines, f"  ({kept})"])


def write_private(file: Path, text: str) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)


def read_samples() -> None:
    """Read the reports that ship with the product, each once; the first specialist works for their places."""
    reader = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    specialist = User.objects.filter(username=SPECIALIST).first()
    if reader is None:
        return
    for sample in sorted(files("bamsat.data").joinpath("samples").iterdir(), key=lambda file: file.name):
        # The files are named for their province: cao-bang-nam-2021.docx
        place = Place.objects.get(slug="-".join(sample.name.split("-")[:2]))
        document = read_document(receive(reader, sample.name, sample.read_bytes(), place))
        say(f"{sample.name}: {document.get_state_display()}, {document.figures.count()} số liệu")
        if specialist:
            give_role(None, specialist, place, Role.SPECIALIST)


@contextmanager
def worker() -> Iterator[None]:
    """A process that reads what is uploaded, started again should it end, for as long as the server runs."""
    stop = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not stop.is_set():
            running[:] = [
                subprocess.Popen([sys.executable, "-m", "bamsat", "db_worker", "--interval", "0.5", "-v", "0"])
            ]
            running[0].wait()
            stop.wait(2)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        for process in running:
            process.terminate()
        keeper.join(timeout=20)

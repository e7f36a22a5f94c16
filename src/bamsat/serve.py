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
from django.db import connection
from granian import Granian
from granian.constants import Interfaces

from bamsat.messages import compile_catalogues
from bamsat.rooms.accounts.actions import create_user, new_password
from bamsat.rooms.accounts.models import User
from bamsat.rooms.documents.actions import read_document, receive
from bamsat.rooms.documents.models import Document
from bamsat.rooms.places.models import PlaceRole, Role

SIGN_IN_FILE = "first-sign-in.txt"


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
            blocking_threads=8,
            log_level="warning",  # type: ignore[arg-type]
        ).serve()
    return 0


def say(text: str) -> None:
    print(text, flush=True)


def prepare() -> str:
    """Bring the database and files up to this version; safe to repeat. Answers what to say about signing in."""
    settings.BAMSAT_DATA.mkdir(parents=True, exist_ok=True)
    compile_catalogues()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_catalogue")
    call_command("load_places")
    told = first_users()
    read_samples(User.objects.filter(is_superuser=True).order_by("pk")[0])
    connection.close()
    return told


def first_users() -> str:
    """An administrator and a specialist when there is nobody yet, with passwords that only the file keeps."""
    kept = settings.BAMSAT_DATA / SIGN_IN_FILE
    if User.objects.exists():
        return f"Đăng nhập / Sign in: {kept}" if kept.exists() else ""
    lines = []
    for name, title, administers in (
        ("quan-tri", "Quản trị viên", True),
        ("chuyen-vien", "Chuyên viên tổng hợp", False),
    ):
        password = new_password()
        create_user(name, title, password=password, administers=administers)
        lines.append(f"  {name}  {password}   ({title})")
    write_private(kept, "\n".join(lines) + "\n")
    return "\n".join(["Đăng nhập lần đầu / First sign-in:", *lines, f"  ({kept})"])


def write_private(file: Path, text: str) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)


def read_samples(reader: User) -> None:
    """Read the reports that ship with the product, each once, and let the specialist work at their places."""
    folder = files("bamsat.data") / "samples"
    for sample in sorted(folder.iterdir(), key=lambda file: file.name):
        document = receive(reader, sample.name, sample.read_bytes())
        if document.state == Document.State.WAITING:
            read_document(document)


@contextmanager
def worker() -> Iterator[None]:
    """A process that reads what is uploaded, started again should it end, for as long as the server runs."""
    stop = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not stop.is_set():
            running[:] = [subprocess.Popen([sys.executable, "-m", "bamsat", "db_worker", "--interval", "0.5", "-v", "0"])]
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

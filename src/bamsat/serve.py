# SPDX-License-Identifier: Apache-2.0
"""One command from an empty machine to a working page: data, first users, samples, worker and server."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction

from bamsat.messages import compile_catalogues
from bamsat.rooms.accounts.actions import create_user, new_password
from bamsat.rooms.accounts.models import User
from bamsat.rooms.directory.shipped import load_directory
from bamsat.rooms.documents.actions import read_document, receive
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.places.queries import place_named
from bamsat.rooms.tasks.samples import load_samples as load_tasks

READER = [sys.executable, "-m", "bamsat", "db_worker", "--interval", "0.5", "-v", "0"]
SIGN_IN_FILE = "first-sign-in.txt"
ADMINISTRATOR, SPECIALIST, HEAD, OFFICIAL = "quan-tri", "chuyen-vien", "truong-phong", "can-bo-xa"
SAMPLE_COMMUNE = "Thục Phán"


def run(host: str, port: int) -> int:
    """Prepare, say where to go, serve until Ctrl+C."""
    if taken(host, port):
        say(
            f"Cổng {port} đang có chương trình khác dùng. Hãy chọn cổng khác: make run PORT={port + 1}\n"
            f"Port {port} is in use by another program. Choose another: make run PORT={port + 1}"
        )
        return 1
    os.umask(0o077)  # the database and the files are for this user alone, whoever made their folder
    first = prepare()
    say(f"Bám Sát: http://{host}:{port}")
    say(first)
    return keep_running(server(host, port), READER)


def say(text: str) -> None:
    print(text, flush=True)


def prepare() -> str:
    """Bring the database and files up to this version; safe to repeat. Answers what to say about signing in."""
    settings.BAMSAT_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    compile_catalogues()
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    call_command("load_catalogue")
    call_command("load_places")
    load_directory()
    call_command("load_forms")
    told = first_users()
    if settings.BAMSAT_SAMPLES:
        read_samples()
    connection.close()
    return told


def collect_static() -> None:
    """Lay out and compress the files of the pages, if any of them changed since it was done last."""
    found = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    told = sorted(f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in found)
    now, stamp = hashlib.sha256("\n".join(told).encode()).hexdigest(), settings.STATIC_ROOT / ".collected"
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)


def first_users() -> str:
    """An administrator and a specialist when there is nobody yet, with passwords that only the file keeps.

    With the samples a head, who approves what the specialist checked, and an official of a commune, who fills forms.
    """
    kept = settings.BAMSAT_DATA / SIGN_IN_FILE
    if User.objects.exists():
        return f"Đăng nhập / Sign in: {kept}" if kept.exists() else ""
    people = [(ADMINISTRATOR, "Quản trị viên"), (SPECIALIST, "Chuyên viên tổng hợp")]
    if settings.BAMSAT_SAMPLES:
        people += [(HEAD, "Trưởng phòng"), (OFFICIAL, f"Cán bộ phường {SAMPLE_COMMUNE}")]
    lines = []
    with transaction.atomic():
        for name, title in people:
            password = new_password()
            create_user(name, title, password=password, administers=name == ADMINISTRATOR)
            lines.append(f"  {name}  {password}   ({title})")
        write_private(kept, "\n".join(lines) + "\n")
    return "\n".join(["Đăng nhập lần đầu / First sign-in:", *lines, f"  ({kept})"])


def write_private(file: Path, text: str) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)


def read_samples() -> None:
    """Read the reports and the letter that ship with the product, each once, and make the tasks that the articles name;
    the first specialist and head work for their places."""
    reader = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    staff = {HEAD: Role.HEAD, SPECIALIST: Role.SPECIALIST}
    held = [(user, staff[user.username]) for user in User.objects.filter(username__in=staff)]
    if reader is None:
        return
    for sample in sorted(files("bamsat.data").joinpath("samples").iterdir(), key=lambda file: file.name):
        # The files are named for their province: cao-bang-nam-2021.docx
        place = Place.objects.get(slug="-".join(sample.name.split("-")[:2]))
        document = read_document(receive(reader, sample.name, sample.read_bytes(), place))
        say(f"{sample.name}: {document.get_state_display()}, {document.figures.count()} số liệu")
        for user, role in held:
            give_role(None, user, place, role)
    if made := load_tasks(reader):
        say(f"Ví dụ về văn bản tham mưu và chương trình / sample tasks: {made}")
    commune = place_named(f"phường {SAMPLE_COMMUNE}")
    official = User.objects.filter(username=OFFICIAL).first()
    if commune and official:
        give_role(None, official, commune, Role.COMMUNE)


def taken(host: str, port: int) -> bool:
    """Whether another program answers there."""
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((host, port)) == 0


def server(host: str, port: int) -> list[str]:
    """The web server's command: threads for SQLite, whose writers wait for each other anyway; more for PostgreSQL."""
    workers = "1" if connection.vendor == "sqlite" else "2"
    command = [
        sys.executable,
        "-m",
        "granian",
        "bamsat.wsgi:application",
        "--interface",
        "wsgi",
        "--log-level",
        "error",
    ]
    return [*command, "--host", host, "--port", str(port), "--workers", workers, "--blocking-threads", "4"]


def keep_running(serving: list[str], reading: list[str]) -> int:
    """Run both until told to stop or the server ends; a reader that ends is started again.

    They live in sessions of their own, so that Ctrl+C reaches them once, through here: a server told twice may hang.
    """
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup asks us to stay
            signal.signal(number, lambda *_: stop.set())
    pages, reader = start(serving), start(reading)
    while not stop.wait(1) and pages.poll() is None:
        if reader.poll() is not None:
            reader = start(reading)
    end(reader)
    return end(pages)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True)


def end(process: subprocess.Popen[bytes]) -> int:
    """Let it finish what it is at, for a while; 0 when it ended because it was told to."""
    if (code := process.poll()) is not None:
        return code
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return 0

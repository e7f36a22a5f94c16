# SPDX-License-Identifier: Apache-2.0
"""From nothing to a page with one command, and again with the data kept."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, str]]:
    """The address of a running server and what it has said so far."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    told = data.parent / f"told-{port}.txt"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BAMSAT_", "DJANGO_"))}
    with told.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bamsat", "serve", "--port", str(port)],
            env=kept | {"BAMSAT_DATA": str(data)},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        for _ in range(600):
            if process.poll() is not None or answers(address):
                break
            time.sleep(0.2)
        yield address, told.read_text()
    finally:
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl+C does
        assert process.wait(timeout=60) == 0, told.read_text()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/dang-nhap/", timeout=20) as page:
            return page.status == 200
    except OSError:
        return False


def test_it_serves_from_nothing_and_keeps_its_data(tmp_path: Path):
    data = tmp_path / "var"
    with serving(data) as (address, told):
        assert answers(address), told
        assert address in told
        assert "quan-tri" in told
    kept = data / "first-sign-in.txt"
    assert kept.stat().st_mode & 0o777 == 0o600
    first = kept.read_text()
    with serving(data) as (address, told):
        assert answers(address), told
        assert str(kept) in told
        assert first.split()[1] not in told
    assert kept.read_text() == first
    assert not answers(address)


def test_it_says_when_the_port_is_taken(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "bamsat", "serve", "--port", str(port)]
        environment = os.environ | {"BAMSAT_DATA": str(tmp_path)}
        refused = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert refused.returncode == 1
    assert f"PORT={port + 1}" in refused.stdout

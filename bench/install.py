# SPDX-License-Identifier: Apache-2.0
"""How much room an installation takes: fresh environments, filled from the locks."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import ROOT, Line

MEGABYTE = 1_000_000


def measure() -> Iterator[Line]:
    yield Line("base install: the reader alone", installed("base"), 120, "MB")
    yield Line("what `make run` installs", installed("web"), None, "MB")
    yield Line("everything but scale", installed("full"), 650, "MB")


def installed(lock: str) -> float:
    """What a new environment weighs with this lock and the product in it, beyond Python's own files in it."""
    with tempfile.TemporaryDirectory(prefix="bamsat-install-") as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        empty = weight(Path(folder))
        pip = [f"{folder}/bin/pip", "install", "--quiet", "--disable-pip-version-check"]
        locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / f"requirements/{lock}.txt")]
        subprocess.run([*pip, *locked], check=True, stderr=subprocess.DEVNULL)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", str(ROOT)], check=True, stderr=subprocess.DEVNULL)
        return (weight(Path(folder)) - empty) / MEGABYTE


def weight(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())

# SPDX-License-Identifier: Apache-2.0
"""Runs a command beside a PostgreSQL of its own, made for it in a temporary folder and gone after it.

python scripts/with_postgresql.py pytest -m database
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# Nothing in it outlives the run, so nothing need reach the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "jit": "off",
}


def programs() -> Path:
    """The newest PostgreSQL that Debian installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[4]))
    if not found:
        raise SystemExit("Chưa có PostgreSQL / PostgreSQL is missing: apt-get install postgresql")
    return found[-1].parent


def as_postgres(*command: object) -> None:
    """PostgreSQL refuses to run as root, so root becomes its user."""
    become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    subprocess.run([*become, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


def main(command: list[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="bamsat-pg-"))
    data, sockets, bin = folder / "data", folder / "s", programs()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items()) + f" -k {sockets}"
    try:
        as_postgres("mkdir", sockets)
        as_postgres(bin / "initdb", "-D", data, "-U", "bamsat", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust")
        as_postgres(bin / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            url = f"postgres://bamsat@/postgres?host={sockets}"
            return subprocess.run(command, env=os.environ | {"BAMSAT_DATABASE_URL": url}).returncode
        finally:
            as_postgres(bin / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

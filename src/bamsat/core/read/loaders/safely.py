# SPDX-License-Identifier: Apache-2.0
"""Reads a file of unknown origin in a process of its own, with a limit on time and memory."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import astuple
from decimal import Decimal
from pathlib import Path
from typing import Any

from bamsat.core.read.document import Block, Cell, Document, OffsetMap, Table
from bamsat.core.read.loaders import load
from bamsat.core.read.loaders.limits import MEGABYTE, unreadable
from bamsat.core.terms.errors import FileUnreadable

_OUT_OF_MEMORY = 77  # the exit status by which the child says so
_STARTING = 2  # seconds of processor time that the interpreter itself may take


def load_safely(path: Path, seconds: float = 60, megabytes: int = 1024, name: str | None = None) -> Document:
    """`load`, where a file that hangs, floods or crashes the reader costs a FileUnreadable and nothing else."""
    return from_json(apart(__name__, path, name or path.name, seconds, megabytes))


def apart(module: str, path: Path, name: str, seconds: float, megabytes: int) -> dict[str, Any]:
    """What a module says of a file when it runs as a program of its own, within a limit on time and memory."""
    command = [sys.executable, "-m", module, str(path), name, str(seconds), str(megabytes)]
    # The program that meets the file needs none of the installation's secrets.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("BAMSAT_")}
    surroundings = {**kept, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds + _STARTING, check=False, env=surroundings)
    except subprocess.TimeoutExpired as error:
        raise unreadable(name, "too_slow", f"{seconds:g}") from error
    if done.returncode:
        raise _death(done.returncode, name, seconds, megabytes)
    said: dict[str, Any] = json.loads(done.stdout)
    if "error" in said:
        raise FileUnreadable(**said["error"])
    return said


def _death(status: int, name: str, seconds: float, megabytes: int) -> FileUnreadable:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return unreadable(name, "too_slow", f"{seconds:g}")
    if status in (_OUT_OF_MEMORY, -signal.SIGABRT):
        return unreadable(name, "too_large", f"cần hơn {megabytes} MB bộ nhớ", f"it needs more than {megabytes} MB")
    return unreadable(name, "truncated")


def as_json(document: Document) -> dict[str, Any]:
    """A document as lists and texts; `from_json` makes the same document of them."""
    return {
        "name": document.name,
        "media": document.media,
        "text": document.text,
        "blocks": [astuple(block) for block in document.blocks],
        "tables": [
            {
                "start": table.start,
                "end": table.end,
                "at": table.at,
                "caption": table.caption,
                "rows": [[None if cell is None else _cell_as_json(cell) for cell in row] for row in table.rows],
            }
            for table in document.tables
        ],
        "attributes": document.attributes,
        "notices": document.notices,
        "offsets": astuple(document.offsets),
    }


def _cell_as_json(cell: Cell) -> tuple[Any, ...]:
    number = None if cell.number is None else str(cell.number)
    return cell.row, cell.col, cell.start, cell.end, cell.text, number, cell.at


def from_json(said: dict[str, Any]) -> Document:
    return Document(
        name=said["name"],
        media=said["media"],
        text=said["text"],
        blocks=tuple(Block(*block) for block in said["blocks"]),
        tables=tuple(
            Table(
                table["start"],
                table["end"],
                table["at"],
                tuple(tuple(None if cell is None else _cell(*cell) for cell in row) for row in table["rows"]),
                table["caption"],
            )
            for table in said["tables"]
        ),
        attributes=said["attributes"],
        notices=tuple(said["notices"]),
        offsets=OffsetMap(*(tuple(column) for column in said["offsets"])),
    )


def _cell(row: int, col: int, start: int, end: int, text: str, number: str | None, at: str) -> Cell:
    return Cell(row, col, start, end, text, None if number is None else Decimal(number), at)


def answer(work: Callable[[Path, str], dict[str, Any]], path: str, name: str, seconds: str, megabytes: str) -> None:
    """What the limited process does; its answer is one JSON object."""
    most = int(megabytes) * MEGABYTE
    processor = int(float(seconds)) + _STARTING
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        said = json.dumps(work(Path(path), name))
    except FileUnreadable as error:
        said = json.dumps({"error": {"name": error.name, "cause": error.cause, "vi": error.vi, "en": error.en}})
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    sys.stdout.write(said)


if __name__ == "__main__":
    answer(lambda path, name: as_json(load(path, name)), *sys.argv[1:])

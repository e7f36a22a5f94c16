# SPDX-License-Identifier: Apache-2.0
"""Takes files of strangers apart in a process of its own, one process for all files of a batch, with limits."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bamsat.core.read.loaders.limits import LARGEST_FILE, unreadable
from bamsat.core.terms.errors import FileUnreadable
from bamsat.rooms.submissions.files.sheets_in import Opened, SheetIn

SECONDS = 20  # of processor time for one file; a form takes some milliseconds
MEGABYTES = 1024
_STARTING = 10
_PIECE = 1 << 16
_LARGEST_ANSWER = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A file to open: where it lies, or in which archive and the how-manieth of its members."""

    path: Path
    name: str
    member: int | None = None


def open_one(path: Path, name: str) -> Opened:
    """FileUnreadable says why it cannot be read."""
    found = next(open_many([Source(path, name)]))
    if isinstance(found, FileUnreadable):
        raise found
    return found


def open_many(sources: Sequence[Source]) -> Iterator[Opened | FileUnreadable]:
    """Each file in order, taken apart or with the reason why not; one that kills the reader costs only itself."""
    at = 0
    while at < len(sources):
        for answer in _run(sources[at:]):
            yield _opened(sources[at], answer)
            at += 1


def _opened(source: Source, answer: dict[str, Any]) -> Opened | FileUnreadable:
    if "error" in answer:
        return FileUnreadable(**answer["error"])
    sheets = [SheetIn.of(each) for each in answer.get("sheets", ())]
    return Opened(source.name, answer["sha256"], answer["size"], sheets, answer.get("markup"))


def _run(sources: Sequence[Source]) -> Iterator[dict[str, Any]]:
    """The answers of one process; when it dies, the last answer says so of the file that it died of."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as told:
        json.dump([[str(each.path), each.name, each.member] for each in sources], told)
        told.flush()
        # The program that meets the files needs none of the installation's secrets.
        kept = {key: value for key, value in os.environ.items() if not key.startswith("BAMSAT_")}
        surroundings = {**kept, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
        command = [sys.executable, "-m", f"{__package__}.taking_apart", told.name, str(SECONDS), str(MEGABYTES)]
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=surroundings
        )
        try:
            for source in sources:
                answer = None
                if (line := _line(child)) is not None:
                    answer = json.loads(line)
                yield answer if answer is not None else _died(source)
                if answer is None:
                    return
        finally:
            child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()
            _REST.pop(child.pid, None)


_REST: dict[int, bytearray] = {}  # what came after the end of a line, by process


def _line(child: subprocess.Popen[bytes]) -> bytes | None:
    """The next line of the process; None when it ended, hung or flooded."""
    assert child.stdout is not None
    rest = _REST.setdefault(child.pid, bytearray())
    until = time.monotonic() + SECONDS + _STARTING
    while (end := rest.find(b"\n")) < 0:
        left = until - time.monotonic()
        if left <= 0 or len(rest) > _LARGEST_ANSWER or not select.select([child.stdout], [], [], left)[0]:
            return None
        piece = os.read(child.stdout.fileno(), _PIECE)
        if not piece:
            return None
        rest += piece
    line = bytes(rest[:end])
    del rest[: end + 1]
    return line


def _died(source: Source) -> dict[str, Any]:
    error = unreadable(
        source.name, "too_large", "đọc quá lâu hoặc cần quá nhiều bộ nhớ cho một biểu",
        "it takes too long or too much memory for a form",
    )  # fmt: skip
    return {"error": {"name": error.name, "cause": error.cause, "vi": error.vi, "en": error.en}}


def too_large(name: str, size: int) -> FileUnreadable | None:
    return unreadable(name, "too_large", "hơn 64 MB", "over 64 MB") if size > LARGEST_FILE else None

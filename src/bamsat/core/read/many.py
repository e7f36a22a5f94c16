# SPDX-License-Identifier: Apache-2.0
"""Many files, one after the other or in worker processes; one bad file never stops the rest."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bamsat.core.terms.errors import BamsatError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from bamsat.core.terms.figure import Reading

WORKERS_ABOVE = 32 * 2**20
"""Bytes in all above which worker processes pay for their start."""

_READABLE = {".txt", ".html", ".htm", ".docx", ".doc", ".pdf", ".xlsx", ".xls", ".ods", ".csv", ".md"}


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of one file: its rows as public JSON objects, or the reason why there are none."""

    name: str
    figures: tuple[dict[str, Any], ...] = ()
    statements: tuple[dict[str, Any], ...] = ()
    documents: tuple[dict[str, Any], ...] = ()  # those that it cites
    letterhead: tuple[dict[str, Any], ...] = ()  # what it says of itself, in one row
    instructions: tuple[dict[str, Any], ...] = ()
    error: BamsatError | None = None


def expand(paths: Iterable[Path]) -> list[Path]:
    """The files meant: a folder stands for the readable files in it, in order of name."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.suffix.lower() in _READABLE and file.is_file())
            files += sorted(file for file in inside if not file.name.startswith((".", "~$")))
        else:
            files.append(path)
    return files


def _of_system(error: OSError) -> BamsatError:
    if isinstance(error, FileNotFoundError):
        return BamsatError(vi="không có tệp này. Hãy xem lại đường dẫn.", en="there is no such file. Check the path.")
    if isinstance(error, PermissionError):
        return BamsatError(
            vi="không có quyền đọc tệp này. Hãy xin quyền đọc.", en="this file may not be read. Ask for the right to."
        )
    reason = error.strerror or type(error).__name__
    return BamsatError(vi=f"hệ thống không đọc được tệp ({reason}).", en=f"the system cannot read the file ({reason}).")


def _unforeseen(error: BaseException) -> BamsatError:
    what = f"{type(error).__name__}: {error}"
    return BamsatError(
        vi=f"gặp lỗi của chương trình khi đọc ({what}). Xin gửi tệp này cho người bảo trì.",
        en=f"a fault of the program while reading ({what}). Please send this file to the maintainers.",
    )


def _stopped() -> BamsatError:
    return BamsatError(
        vi="tiến trình đọc tệp này bị dừng giữa chừng, có thể vì thiếu bộ nhớ. Hãy đọc riêng tệp này.",
        en="the process that read this file was stopped, perhaps for want of memory. Read this file alone.",
    )


def reading_of(source: Path | bytes, name: str) -> Reading | BamsatError:
    """Read one file; whatever goes wrong is told, not raised."""
    from bamsat.core.read.reader import read

    try:
        return read(source, name)
    except BamsatError as error:
        return error
    except OSError as error:
        return _of_system(error)
    except Exception as error:  # the other files are still to be read
        return _unforeseen(error)


def read_file(source: Path | bytes, name: str) -> FileRead:
    """Read one file into rows; whatever goes wrong is told, not raised."""
    reading = reading_of(source, name)
    if isinstance(reading, BamsatError):
        return FileRead(name, error=reading)
    figures = tuple(figure.as_json() for figure in reading.figures)
    return FileRead(
        name,
        figures,
        tuple(asdict(statement) for statement in reading.statements),
        documents=tuple(citation.as_json() for citation in reading.citations),
        instructions=tuple(instruction.as_json() for instruction in reading.instructions),
        letterhead=({"doc": name} | reading.letterhead.as_json(),) if reading.letterhead else (),
    )


def _alone(file: Path) -> FileRead:
    """A file that was in hand when a worker died, in a process of its own."""
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    with ProcessPoolExecutor(max_workers=1) as pool:
        try:
            return pool.submit(read_file, file, file.name).result()
        except BrokenProcessPool:
            return FileRead(file.name, error=_stopped())


def _in_workers(files: list[Path], workers: int) -> Iterator[FileRead]:
    """In the order of the files, with only a few in hand, so that memory stays flat."""
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor  # dear to load, and rarely needed

    waiting = deque(files)
    while waiting:
        in_hand: deque[tuple[Path, Future[FileRead]]] = deque()
        with ProcessPoolExecutor(max_workers=workers) as pool:
            try:
                while waiting or in_hand:
                    while waiting and len(in_hand) < 2 * workers:
                        in_hand.append((waiting[0], pool.submit(read_file, waiting[0], waiting[0].name)))
                        waiting.popleft()
                    yield in_hand[0][1].result()
                    in_hand.popleft()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
        for file, _ in in_hand:
            yield _alone(file)


def total_size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())


def read_many(files: list[Path], workers: int | None = None) -> Iterator[FileRead]:
    """Read files in their order, in worker processes when they are large in all."""
    workers = workers or os.cpu_count() or 1
    if len(files) > 1 and workers > 1 and total_size(files) > WORKERS_ABOVE:
        yield from _in_workers(files, workers)
    else:
        for file in files:
            yield read_file(file, file.name)

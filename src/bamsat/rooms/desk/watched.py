# SPDX-License-Identifier: Apache-2.0
"""The watched folder: files that somebody put there are received as if they had been sent in by the page.

A file lies in the folder itself (for the receiver's own office) or in a folder named by the slug of a place. What
was received moves to `done`, what was refused to `refused` with a note that says why.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.documents.actions import receive
from bamsat.rooms.documents.models import Document, State
from bamsat.rooms.places.models import Place

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

DONE, REFUSED = "done", "refused"
NOTE = ".ly-do.txt"
QUIET = 5.0  # seconds without a change, before a file counts as whole
_PIECE = 1024 * 1024
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp")


class FileRefused(BamsatError):
    """A file in the folder that is not received."""


class StillWritten(Exception):
    """The file changed while it was read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that lies ready; `office` is the name of the folder in which it lies, or nothing."""

    path: Path
    office: str = ""


@dataclass(slots=True)
class Taken:
    """What became of the files."""

    received: list[Document] = field(default_factory=list)
    again: int = 0
    refused: list[str] = field(default_factory=list)
    later: int = 0
    faults: list[str] = field(default_factory=list)


def look(folder: Path, now: float) -> tuple[list[Found], int]:
    """The files that lie ready, by name, and how many are still being written."""
    ready: list[Found] = []
    later = 0
    for found in _files(folder):
        told = found.path.lstat()
        if now - max(told.st_mtime if told.st_mtime <= now else 0.0, told.st_ctime) < QUIET:
            later += 1
        else:
            ready.append(found)
    return ready, later


def take(user: User, folder: Path, now: float) -> Taken:
    """Receive what lies ready; one file that cannot be received stops no other."""
    taken = Taken()
    ready, taken.later = look(folder, now)
    for found in ready:
        try:
            _take(user, found, taken)
        except StillWritten:
            taken.later += 1
        except OSError as error:  # the disk, the share: the file stays for the next time
            taken.faults.append(f"{found.path.name}: {error.strerror or error}")
    return taken


def _take(user: User, found: Found, taken: Taken) -> None:
    try:
        document = receive(user, found.path.name, _bytes(found.path), _office(found))
    except BamsatError as error:
        taken.refused.append(f"{found.path.name}: {error.vi}")
        _refuse(found.path, error)
        return
    if document.received_before:
        taken.again += 1
    else:
        taken.received.append(document)
    if document.state == State.REFUSED:
        _refuse(found.path, _secret(document))
    else:
        _move(found.path, DONE)


def put_aside_secret(folder: Path, documents: list[Document]) -> int:
    """What was refused when it was read, because it is marked secret, leaves `done`; who watches the folder removes
    it from the machine: the program never deletes anybody's file."""
    moved = 0
    names = {document.name: document for document in documents if document.state == State.REFUSED}
    for place in [folder, *_offices(folder)] if names else ():
        for name, document in names.items():
            path = place / DONE / name
            if path.is_file() and path.stat().st_size == document.size:
                _refuse(path, _secret(document), place)
                moved += 1
    return moved


def _secret(document: Document) -> FileRefused:
    return FileRefused(
        vi=f"{document.error_vi or 'Văn bản không được nhận.'} Hãy chuyển tệp này khỏi máy nối mạng.",
        en=f"{document.error_en or 'The document was not taken.'} Take this file off the networked machine.",
    )


# Looking.


def _files(folder: Path) -> Iterator[Found]:
    yield from (Found(path) for path in _in(folder))
    for office in _offices(folder):
        yield from (Found(path, office.name) for path in _in(office))


def _offices(folder: Path) -> list[Path]:
    with os.scandir(folder) as held:
        names = [
            one.name
            for one in held
            if one.is_dir(follow_symlinks=False) and not one.name.startswith(".") and one.name not in (DONE, REFUSED)
        ]
    return [folder / name for name in sorted(names)]


def _in(folder: Path) -> list[Path]:
    with os.scandir(folder) as held:
        names = [one.name for one in held if not one.is_dir(follow_symlinks=False) and not _is_partial(one.name)]
    return [folder / name for name in sorted(names)]


def _is_partial(name: str) -> bool:
    low = name.lower()
    return low.startswith((".", "~$")) or low.endswith(("~", *_UNFINISHED)) or low in ("thumbs.db", "desktop.ini")


def _office(found: Found) -> Place | None:
    if not found.office:
        return None
    place = Place.objects.filter(slug=found.office).first()
    if place is None:
        raise FileRefused(
            vi=f"Không có địa bàn nào tên “{found.office}”. Hãy đặt tên thư mục theo địa chỉ địa bàn, như cao-bang.",
            en=f"No place is called “{found.office}”. Name the folder by the address of a place, such as cao-bang.",
        )
    return place


def _bytes(path: Path) -> Iterator[bytes]:
    """The bytes of a plain file, never of what a link leads to; a file that changes meanwhile is not whole."""
    if path.is_symlink() or not stat.S_ISREG(path.lstat().st_mode):
        raise FileRefused(
            vi="Đây là liên kết hoặc không phải tệp thường. Hãy chép chính tệp vào thư mục.",
            en="This is a link, or no plain file. Copy the file itself into the folder.",
        )
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        before = os.fstat(file.fileno())
        while piece := file.read(_PIECE):
            yield piece
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise StillWritten


# Moving.


def _refuse(path: Path, error: BamsatError, office: Path | None = None) -> None:
    moved = _move(path, REFUSED, office)
    note = moved.with_name(moved.name + NOTE)
    note.write_text(f"{error.vi}\n{error.en}\n", encoding="utf-8", errors="replace")


def _move(path: Path, into: str, office: Path | None = None) -> Path:
    folder = (office or path.parent) / into
    if folder.is_symlink():
        raise OSError(0, f"“{into}” là liên kết / is a link")
    folder.mkdir(exist_ok=True)
    name, number = path.name, 1
    while os.path.lexists(folder / name):
        number += 1
        name = f"{path.stem} ({number}){path.suffix}"
    path.rename(folder / name)
    return folder / name

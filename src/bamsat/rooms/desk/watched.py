# SPDX-License-Identifier: Apache-2.0
"""The watched folder: files that somebody put there are received as if they had been sent in by the page.

A file lies in the folder itself (for the receiver's own office) or in a folder named by the slug of a place. What
was received moves to `done`, what was refused to `refused` with a note that says why.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.documents.actions import clean_name, receive
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
        try:
            told = found.path.lstat()
        except FileNotFoundError:  # somebody took it back
            continue
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
            taken.faults.append(f"{clean_name(found.path.name)}: {error.strerror or type(error).__name__}")
    return taken


def _take(user: User, found: Found, taken: Taken) -> None:
    read: list[os.stat_result] = []
    try:
        document = receive(user, found.path.name, _bytes(found.path, read), _office(found))
    except BamsatError as error:
        if _is_as_read(found.path, read):
            taken.refused.append(f"{clean_name(found.path.name)}: {error.vi}")
            _refuse(found.path, error)
        else:
            taken.later += 1
        return
    if document.received_before:
        taken.again += 1
    else:
        taken.received.append(document)
    if not _is_as_read(found.path, read):
        taken.later += 1  # another file lies there now: it is received next time
    elif document.state == State.REFUSED:
        _refuse(found.path, _secret(document))
    else:
        _move(found.path, DONE)


def put_aside_secret(folder: Path) -> int:
    """What was refused when it was read, because it is marked secret, leaves `done`; who watches the folder removes
    it from the machine: the program never deletes anybody's file. It is known by its bytes, for its name was not kept.
    """
    refused = {document.sha256: document for document in Document.objects.filter(state=State.REFUSED)}
    sizes = {document.size for document in refused.values()}
    moved = 0
    for place in [folder, *_offices(folder)] if refused else ():
        for path in _of_size(place / DONE, sizes):
            if document := refused.get(_digest(path)):
                _refuse(path, _secret(document), place)
                moved += 1
    return moved


def _of_size(folder: Path, sizes: set[int]) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    with os.scandir(folder) as held:
        return [
            folder / one.name
            for one in held
            if one.is_file(follow_symlinks=False) and one.stat(follow_symlinks=False).st_size in sizes
        ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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


def _bytes(path: Path, read: list[os.stat_result]) -> Iterator[bytes]:
    """The bytes of a plain file, never of what a link leads to; a file that changes meanwhile is not whole. `read` is
    told which file it was."""
    _plain(path.lstat())
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        before = os.fstat(file.fileno())
        _plain(before)
        read.append(before)
        while piece := file.read(_PIECE):
            yield piece
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise StillWritten


def _plain(told: os.stat_result) -> None:
    if not stat.S_ISREG(told.st_mode):
        raise FileRefused(
            vi="Đây là liên kết hoặc không phải tệp thường. Hãy chép chính tệp vào thư mục.",
            en="This is a link, or no plain file. Copy the file itself into the folder.",
        )


def _is_as_read(path: Path, read: list[os.stat_result]) -> bool:
    """Whether the file at the path is the one that was read, and not another put in its place meanwhile."""
    if not read:
        return True
    now, then = path.lstat(), read[-1]
    return (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns) == (
        then.st_dev, then.st_ino, then.st_size, then.st_mtime_ns,
    )  # fmt: skip


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

# SPDX-License-Identifier: Apache-2.0
"""A folder that is complete or absent: written beside its place, then renamed; what was there gives way whole."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bamsat.core.compare.published import MANIFEST
from bamsat.rooms.exchange.manifest import files_in, read
from bamsat.rooms.exchange.refused import PublishRefused


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """An empty folder next to `folder` to write in; gone afterwards, unless it was put in place."""
    may_be_replaced(folder)
    part = _beside(folder, "part")
    held = _hold(part, folder)
    try:
        _take_up(folder)
        _empty(part)  # of a run that was cut
        yield part
    finally:
        # Once renamed, what bears this name is another one's.
        if _is(held, part):
            shutil.rmtree(part, ignore_errors=True)
        os.close(held)


def put_in_place(part: Path, folder: Path) -> None:
    """Everything is on the disk before the folder has its name."""
    for at, _folders, files in os.walk(part):
        for name in files:
            _keep(Path(at, name))
        _keep(Path(at))
    before = _beside(folder, "before")
    if folder.exists():
        folder.rename(before)
    try:
        part.rename(folder)
    except OSError:
        if before.exists():
            before.rename(folder)
        raise
    _keep(folder.parent)
    shutil.rmtree(before, ignore_errors=True)


def may_be_replaced(folder: Path) -> None:
    """Refuses a folder that is not there to be written: of others, or with anything that no publication wrote."""
    if not folder.name:
        raise PublishRefused(
            vi="Không công bố thẳng vào thư mục gốc của máy. Hãy ghi tên một thư mục.",
            en="The root of the machine is no place to publish to. Name a folder.",
        )
    if not folder.parent.is_dir():
        raise PublishRefused(
            vi=f"Không có thư mục {folder.parent}. Hãy tạo thư mục đó trước.",
            en=f"There is no folder {folder.parent}. Make it first.",
        )
    if folder.is_dir():
        strange = _strange(folder)
    elif folder.exists():
        strange = folder.name
    else:
        return
    if strange:
        raise PublishRefused(
            vi=f"{folder} đã có và chứa thứ không do bamsat publish ghi: {strange}. Hãy chọn một thư mục khác.",
            en=f"{folder} is there and holds what bamsat publish did not write: {strange}. Choose another folder.",
        )


def _strange(folder: Path) -> str:
    """The first thing in the folder that no publication wrote there; nothing where all of it may go."""
    found = files_in(folder)
    if not found:
        return ""
    manifest = read(folder) if MANIFEST in found else None
    known = {MANIFEST, *manifest.files} if manifest else set()
    return next((name for name in sorted(found) if name not in known), "")


def _hold(part: Path, folder: Path) -> int:
    """One at a time writes to a folder; the hold ends with the process, however that ends."""
    part.mkdir(exist_ok=True)
    held = os.open(part, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        alone = _is(held, part)
    except OSError:
        alone = False
    if not alone:
        os.close(held)
        raise PublishRefused(
            vi=f"Đang có một lần công bố khác ghi vào {folder}. Hãy đợi nó xong rồi chạy lại.",
            en=f"Another publication is being written to {folder}. Wait for it, then run this again.",
        )
    return held


def _is(held: int, part: Path) -> bool:
    return part.exists() and os.path.samestat(os.fstat(held), part.stat())


def _take_up(folder: Path) -> None:
    """What a run that was cut between its two renames left aside."""
    before = _beside(folder, "before")
    if before.exists():
        if folder.exists():
            shutil.rmtree(before)
        else:
            before.rename(folder)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _empty(folder: Path) -> None:
    for each in folder.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()


def _keep(path: Path) -> None:
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)

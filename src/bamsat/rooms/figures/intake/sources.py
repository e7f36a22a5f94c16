# SPDX-License-Identifier: Apache-2.0
"""Which reader a file wants, told by its first bytes rather than by its name."""

from __future__ import annotations

from pathlib import Path

from bamsat.core.read.loaders.limits import unreadable
from bamsat.rooms.figures.intake.delimited import Delimited
from bamsat.rooms.figures.intake.fields import Source
from bamsat.rooms.figures.intake.markup import Markup
from bamsat.rooms.figures.intake.tidy import Names
from bamsat.rooms.figures.intake.workbook import Workbook

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def open_source(path: Path, name: str, names: Names | None = None) -> Source:
    """The file as one stream of rows; FileUnreadable with the reason when it is none of those."""
    names = names or Names()
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        raise unreadable(name, "empty")
    if start.startswith((b"PK", _OLD_WORKBOOK)):
        return Workbook(path, name, names)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return Markup(path, name)
    return Delimited(path, name, names)

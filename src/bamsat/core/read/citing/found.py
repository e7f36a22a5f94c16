# SPDX-License-Identifier: Apache-2.0
"""A cited document while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from bamsat.core.read.citing.bodies import Body


@dataclass(slots=True)
class Draft:
    """What is known so far of one cited document."""

    start: int
    end: int
    kind: str
    type: str
    symbol: str | None = None
    date: str | None = None
    bodies: list[Body] = field(default_factory=list)
    issuer: str | None = None  # where it is not from bodies that were named
    about: str = ""
    count: int | None = None
    inferred: list[str] = field(default_factory=list)
    relation: str = "cites"
    by_symbol: str = ""  # who its symbol says issued it
    shared: bool = False  # its type and issuer were said before the first number of a list
    subject: bool = False  # it stands behind "ban hành", and who did that before it

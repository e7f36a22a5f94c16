# SPDX-License-Identifier: Apache-2.0
"""Where a number of the ledger came from, where a room above keeps the page that says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bamsat.rooms.figures.models import Intake

FORM = "form"  # the format of an intake that is an approved return, and no file


@dataclass(frozen=True, slots=True)
class Origin:
    """Words for the page, and its address."""

    words: str
    address: str


# By the format of an intake; a room above that writes such intakes says where they came from.
origins: dict[str, Callable[[Intake], Origin | None]] = {}


def origin_of(intake: Intake) -> Origin | None:
    find = origins.get(intake.format)
    return find(intake) if find else None

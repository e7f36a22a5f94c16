# SPDX-License-Identifier: Apache-2.0
"""What a committee leads: rooms above tell it, the page of the committee shows it without knowing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from bamsat.rooms.directory.kinds import committees
from bamsat.rooms.directory.models import Body

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Led:
    """A programme that a committee leads: its page, its years, how its work stands."""

    name: str
    address: str
    span: str
    says: str
    shape: str
    word: str


led_sources: list[Callable[[User | AnonymousUser, Body], Sequence[Led]]] = []


def led_by(user: User | AnonymousUser, body: Body) -> list[Led]:
    """Nothing of a body that is no committee."""
    if body.kind not in committees():
        return []
    return [one for source in led_sources for one in source(user, body)]

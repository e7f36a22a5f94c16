# SPDX-License-Identifier: Apache-2.0
"""What people noted of an indicator in a period: causes, difficulties, solutions; with who said so and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bamsat.rooms.scoreboard.why.answer import Whole
from bamsat.rooms.situation.models import Kind, Note
from bamsat.rooms.situation.queries import notes
from bamsat.rooms.situation.rights import fields_of, general

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, the word for its kind, and its page."""

    note: Note
    kind: str
    address: str


def noted(user: User | AnonymousUser, whole: Whole) -> list[Noted]:
    found = notes(user, whole.place, whole.span, indicator=whole.indicator, known=whole.known)[:SHOWN]
    return [Noted(one, str(one.get_kind_display()), reverse("situation:note", args=[one.uuid])) for one in found]


def new_address(user: User | AnonymousUser, whole: Whole) -> str:
    """Where to write one; nothing for who may not write, or where the page shows a day of the past."""
    if whole.known is not None:
        return ""
    if not general(user, whole.place) and not fields_of(user, whole.place).exists():
        return ""
    asked = {
        "noi": whole.place.slug,
        "ky": whole.period.code,
        "chi-tieu": whole.indicator.code,
        "loai": Kind.CAUSE.value,
    }
    return f"{reverse('situation:new')}?{urlencode(asked)}"
